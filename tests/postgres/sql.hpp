/// A separate connection to a PostgreSQL server, for statements outside the library.
#ifndef SEATBOOK_TESTS_POSTGRES_SQL_HPP_
#define SEATBOOK_TESTS_POSTGRES_SQL_HPP_

#include <libpq-fe.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace seatbook::testing {

class Sql {
 public:
  explicit Sql(const std::string& url) : connection_(PQconnectdb(url.c_str()), &PQfinish) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) throw std::runtime_error(error_message());
    PQsetNoticeProcessor(connection_.get(), [](void*, const char*) {}, nullptr);
  }

  /// Executes a statement. Returns the first value of the first row, or "" if there is no row.
  std::string operator()(const std::string& sql) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(
        PQexec(connection_.get(), sql.c_str()), &PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
      throw std::runtime_error(error_message() + " in: " + sql);
    }
    if (PQntuples(result.get()) == 0) return "";
    return PQgetvalue(result.get(), 0, 0);
  }

 private:
  std::string error_message() const { return PQerrorMessage(connection_.get()); }

  std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
};

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_POSTGRES_SQL_HPP_

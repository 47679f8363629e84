/// The rules in hand-written SQL on PostgreSQL: the peer of postgres.cpp.
#ifndef SEATBOOK_BENCHMARKS_PEER_POSTGRES_HPP_
#define SEATBOOK_BENCHMARKS_PEER_POSTGRES_HPP_

#include <libpq-fe.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace seatbook::bench {

/// What the books of a row contain.
struct Shape {
  std::string name;
  std::uint32_t licenses = 0;
  std::uint32_t people = 0;
  std::uint32_t people_per_caller = 0;
};
inline constexpr std::uint32_t seats_per_license = 100'000;

/// One thread's way to change seats.
class Caller {
 public:
  Caller() = default;
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;
  virtual ~Caller() = default;
  /// Revokes the person's seat, or assigns one if there is none.
  virtual void change(std::uint32_t book, std::uint32_t license, std::uint32_t person) = 0;
};

/// Returns the URL of the server.
inline std::string url() {
  const char* value = std::getenv("SEATBOOK_TEST_POSTGRES");
  if (value == nullptr) {
    throw std::runtime_error("SEATBOOK_TEST_POSTGRES is not set: use make bench-postgres");
  }
  return value;
}

/// A connection.
class Server {
 public:
  Server() : connection_(PQconnectdb(url().c_str()), &PQfinish) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) throw std::runtime_error("no connection");
    run("SET client_min_messages = warning");
  }
  void run(const std::string& sql) { (void)rows_of(PQexec(connection_.get(), sql.c_str())); }
  void prepare(const char* name, const char* sql) {
    (void)rows_of(PQprepare(connection_.get(), name, sql, 2, nullptr));
  }
  /// Executes a prepared statement and returns the number of rows.
  int run(const char* name, std::uint32_t first, std::uint32_t second) {
    const std::string texts[] = {std::to_string(first), std::to_string(second)};
    const char* values[] = {texts[0].c_str(), texts[1].c_str()};
    return rows_of(
        PQexecPrepared(connection_.get(), name, 2, values, nullptr, nullptr, /*binary=*/0));
  }
  /// Executes a query and returns the numbers in its first column.
  std::vector<std::uint64_t> numbers(const char* sql) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection_.get(), sql),
                                                               &PQclear);
    std::vector<std::uint64_t> found;
    for (int row = 0; row < PQntuples(result.get()); ++row) {
      found.push_back(std::strtoull(PQgetvalue(result.get(), row, 0), nullptr, 10));
    }
    return found;
  }
  [[nodiscard]] PGconn* get() const { return connection_.get(); }

 private:
  static int rows_of(PGresult* result) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> owned(result, &PQclear);
    const auto status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
      throw std::runtime_error(PQresultErrorMessage(result));
    }
    return PQntuples(result);
  }
  std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
};

/// Each change is one prepared statement, which is a transaction: one message, one round trip. It
/// locks the license's row while it checks the capacity, adds the assignment and the history row,
/// and commits. The same as separate statements in one message (BEGIN, UPDATE, INSERT, COMMIT in
/// pipeline mode) is 5 % slower without syncs, and as fast with a sync of 1 ms. Rows of different
/// licenses are independent, so their commits share syncs.
class ByHand final : public Caller {
 public:
  explicit ByHand(const Shape& shape) : shape_(shape) {
    server_.prepare("assign", R"(
WITH seat AS (
  UPDATE peer.licenses SET used = used + 1
  WHERE id = $1::bigint AND active AND used < total RETURNING id
), given AS (
  INSERT INTO peer.assignments (license, person, assigned_at, assigned_by)
  SELECT seat.id, people.id, clock_timestamp(), 1 FROM seat, peer.people
  WHERE people.id = $2::bigint AND people.active RETURNING id, license, person
)
INSERT INTO peer.history (at, actor, kind, license, person, assignment)
SELECT clock_timestamp(), 1, 'assigned', license, person, id FROM given RETURNING assignment)");
    server_.prepare("revoke", R"(
WITH gone AS (
  UPDATE peer.assignments SET revoked_at = clock_timestamp(), revoked_by = 1
  WHERE license = $1::bigint AND person = $2::bigint AND revoked_at IS NULL
  RETURNING id, license, person
), less AS (
  UPDATE peer.licenses SET used = used - 1 FROM gone WHERE licenses.id = gone.license
)
INSERT INTO peer.history (at, actor, kind, license, person, assignment)
SELECT clock_timestamp(), 1, 'revoked', license, person, id FROM gone RETURNING assignment)");
  }
  void change(std::uint32_t book, std::uint32_t license, std::uint32_t person) override {
    license += book * shape_.licenses;
    person += book * shape_.people;
    const auto held = held_.find({license, person});
    if (server_.run(held == held_.end() ? "assign" : "revoke", license, person) != 1) {
      throw std::runtime_error("nothing changed");
    }
    if (held == held_.end()) {
      held_.emplace(license, person);
    } else {
      held_.erase(held);
    }
  }

  /// Creates the tables anew. The rows of all books have consecutive ids.
  static void create_tables(const Shape& shape, std::uint32_t books) {
    Server server;
    server.run(R"(
DROP SCHEMA IF EXISTS peer CASCADE; CREATE SCHEMA peer;
CREATE TABLE peer.people (id bigint PRIMARY KEY, name text NOT NULL, active boolean NOT NULL);
CREATE TABLE peer.licenses (id bigint PRIMARY KEY, name text NOT NULL, total bigint NOT NULL,
  used bigint NOT NULL, active boolean NOT NULL) WITH (fillfactor = 50);
CREATE TABLE peer.assignments (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  license bigint NOT NULL REFERENCES peer.licenses, person bigint NOT NULL REFERENCES peer.people,
  assigned_at timestamptz NOT NULL, assigned_by bigint NOT NULL, revoked_at timestamptz,
  revoked_by bigint);
CREATE UNIQUE INDEX ON peer.assignments (license, person) WHERE revoked_at IS NULL;
CREATE TABLE peer.history (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL, actor bigint NOT NULL, kind text NOT NULL, license bigint,
  person bigint, assignment bigint);)");
    const auto upto = [books](std::uint32_t count) {
      return " FROM generate_series(1, " + std::to_string(count * books) + ") AS n";
    };
    server.run("INSERT INTO peer.people SELECT n, 'Person ' || n, true" + upto(shape.people));
    server.run("INSERT INTO peer.licenses SELECT n, 'License ' || n, " +
               std::to_string(seats_per_license) + ", 0, true" + upto(shape.licenses));
    server.run("ANALYZE peer.people, peer.licenses, peer.assignments, peer.history");
  }

 private:
  Shape shape_;
  Server server_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> held_;
};

}  // namespace seatbook::bench

#endif  // SEATBOOK_BENCHMARKS_PEER_POSTGRES_HPP_

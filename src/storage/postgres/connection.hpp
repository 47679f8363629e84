/// One connection to a server. Statements are sent together and their answers waited for, with a
/// limit (libpq's pipeline mode). All of it needs load_libpq() first.
#ifndef SEATBOOK_STORAGE_POSTGRES_CONNECTION_HPP_
#define SEATBOOK_STORAGE_POSTGRES_CONNECTION_HPP_

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "seatbook/postgres.hpp"
#include "storage/postgres/libpq.hpp"
#include "storage/postgres/target.hpp"

namespace seatbook::postgres::detail {

/// Why something was not done.
struct Failure {
  std::string message = {};  ///< one line; no secrets, and no data of records
  std::string state = {};    ///< the server's SQLSTATE; empty where it said nothing
  std::string table = {};    ///< whose constraint was broken, if one was
  bool lost = false;         ///< the connection is gone; what was sent may have been carried out
  bool transient = false;    ///< trying again may mend it
  bool unsupported = false;  ///< this server, or a pool in front of it, cannot keep a book

  [[nodiscard]] Error as(Code code) const { return {code, message}; }
  [[nodiscard]] Error when_opening() const {
    return as(unsupported ? Code::unsupported_storage : Code::storage_failed);
  }
};

/// A statement that the server plans once a connection.
struct Statement {
  std::string name;  ///< empty: it is not prepared
  std::string sql;
};

/// The values of $1, $2 ... in PostgreSQL's binary form.
class Parameters {
 public:
  Parameters& number(std::uint64_t value);
  /// Text, bytes, or what is in binary form already.
  Parameters& bytes(std::string value) {
    values_.push_back(std::move(value));
    return *this;
  }
  [[nodiscard]] const std::vector<std::string>& values() const { return values_; }

 private:
  std::vector<std::string> values_;
};

/// A row of an answer, in binary form.
class Row {
 public:
  Row(const PGresult* result, int row) : result_(result), row_(row) {}
  [[nodiscard]] bool null(int column) const {
    return libpq().PQgetisnull(result_, row_, column) != 0;
  }
  [[nodiscard]] std::string_view bytes(int column) const {
    return {libpq().PQgetvalue(result_, row_, column),
            static_cast<std::size_t>(libpq().PQgetlength(result_, row_, column))};
  }
  /// A whole number of 1, 4 or 8 bytes; none where it has another length.
  [[nodiscard]] std::optional<std::int64_t> number(int column) const;

 private:
  const PGresult* result_;
  int row_;
};

/// Not synchronized. No call blocks longer than the options say.
class Connection {
 public:
  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { close(); }

  /// Connects, and sets the limits of the session. Fails with `unsupported` on a server that would
  /// lose acknowledged batches.
  std::optional<Failure> open(const Target& target, const Options& options);
  /// Fails with `unsupported` if a pool lets other clients use this connection's server connection
  /// between two transactions.
  std::optional<Failure> check_pool();
  void close() noexcept;
  /// close() in a forked process: the server, and the parent's session, notice nothing.
  void abandon() noexcept;
  [[nodiscard]] bool is_open() const { return connection_ != nullptr; }
  /// Whether a transaction is open, one that has failed included.
  [[nodiscard]] bool in_transaction() const;

  /// Adds a statement to what finish() waits for; its number there, from 0.
  std::size_t send(const Statement& statement, const Parameters& parameters = {});
  /// As send(), for an answer of any length: its rows are handed over as they arrive.
  std::size_t send_streamed(const Statement& statement, const Parameters& parameters);

  /// Takes a row of the statement with that number. False: enough; the connection is closed then.
  using TakeRow = std::function<bool(std::size_t statement, const Row& row)>;
  /// Waits until all that was sent is answered. The first statement that fails makes the server
  /// skip those behind it. What `take` throws passes through, and closes the connection.
  std::optional<Failure> finish(const TakeRow& take = {});

 private:
  struct Sent {
    std::string prepares;  // the name of the statement that this one prepares
    std::size_t number = 0;
    bool streamed = false;
  };
  std::optional<Failure> connect_to_any();
  std::optional<Failure> connect(const ConnectionParameters& host);
  std::optional<Failure> set_up_session();
  void keep_alive();
  std::optional<Failure> ask_process(std::int64_t& process);
  std::size_t send(const Statement& statement, const Parameters& parameters, bool streamed);
  void sent(int queued, Sent what);
  std::optional<Failure> receive(const Sent& sent, const TakeRow& take);
  std::optional<Failure> await_result();
  std::optional<Failure> failure_of(const PGresult* result);
  Failure lost(const std::string& why);

  PGconn* connection_ = nullptr;
  Target target_;
  Options options_;
  std::int64_t process_ = 0;  // of the server, for this connection; 0: unknown
  std::set<std::string> prepared_;
  std::vector<Sent> sent_;
  std::size_t statements_ = 0;  // of sent_, without the preparing ones
  bool refused_ = false;        // libpq did not take a statement
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_CONNECTION_HPP_

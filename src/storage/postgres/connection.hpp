/// A connection to a server in libpq's pipeline mode: statements are queued, then their results are
/// awaited together with a time limit. Requires load_libpq().
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
#include "storage/postgres/failure.hpp"
#include "storage/postgres/libpq.hpp"
#include "storage/postgres/target.hpp"

namespace seatbook::postgres::detail {

/// Why statements failed.
struct SqlFailure : Failure {
  std::string state = {};     ///< the server's SQLSTATE; empty if it sent none
  std::string table = {};     ///< of the violated constraint, if any
  std::size_t statement = 0;  ///< its number, unless the connection is lost
};

/// A statement that is prepared once per connection.
struct Statement {
  std::string name;  ///< empty: not prepared
  std::string sql;
};

/// The values of $1, $2 ... in PostgreSQL's binary form.
class Parameters {
 public:
  Parameters& number(std::uint64_t value);
  /// Adds text, bytes, or a value already in binary form.
  Parameters& bytes(std::string value) {
    values_.emplace_back(std::move(value));
    return *this;
  }
  Parameters& null() {
    values_.emplace_back();
    return *this;
  }
  [[nodiscard]] const std::vector<std::optional<std::string>>& values() const { return values_; }

 private:
  std::vector<std::optional<std::string>> values_;
};

/// A result row in binary form.
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
  /// Returns an integer of 1, 4 or 8 bytes; nothing if the value has another length.
  [[nodiscard]] std::optional<std::int64_t> number(int column) const;

 private:
  const PGresult* result_;
  int row_;
};

/// Not thread-safe. No call blocks longer than the limits in the options.
class Connection {
 public:
  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { close(); }

  /// Connects and sets up the session in one message. Fails with `unsupported` if the server would
  /// lose acknowledged batches.
  std::optional<SqlFailure> open(const Target& target, const Options& options);
  /// Fails with `unsupported` if a pool in front of the server lets other clients use this
  /// connection's server connection between two transactions. Sends one message.
  std::optional<SqlFailure> check_pool();
  void close() noexcept;
  /// close() for a forked process: does not affect the server or the parent's session.
  void abandon() noexcept;
  [[nodiscard]] bool is_open() const { return connection_ != nullptr; }
  /// Whether a transaction is open, including a failed one.
  [[nodiscard]] bool in_transaction() const;
  /// Whether a commit can be made durable by a later sync on this server (see SqlBookServer).
  [[nodiscard]] bool shares_syncs() const { return shares_syncs_; }
  /// Whether no transaction is open and no result is awaited.
  [[nodiscard]] bool is_idle() const;
  /// Whether the server has ended this idle connection, as far as this machine has noticed. Does
  /// not block.
  [[nodiscard]] bool has_ended() const;
  /// How many messages open() and finish() have sent.
  [[nodiscard]] std::uint64_t messages() const { return messages_; }

  /// Queues a statement for finish(). Returns its number, from 0.
  std::size_t send(const Statement& statement, const Parameters& parameters = {});
  /// Like send(), for results of any size: rows are passed on as they arrive.
  std::size_t send_streamed(const Statement& statement, const Parameters& parameters);

  /// Receives a row of the statement with that number. Returning false stops the read and closes
  /// the connection.
  using TakeRow = std::function<bool(std::size_t statement, const Row& row)>;
  /// Waits for the results of all queued statements. After a statement that fails, the server skips
  /// the remaining ones. An exception of `take` propagates and closes the connection.
  std::optional<SqlFailure> finish(const TakeRow& take = {});

 private:
  struct Sent {
    std::string prepares;  // name of the statement that this entry prepares
    std::size_t number = 0;
    bool streamed = false;
  };
  std::optional<SqlFailure> connect_to_any();
  std::optional<SqlFailure> connect(const ConnectionParameters& host);
  std::optional<SqlFailure> set_up_session();
  std::optional<SqlFailure> read_process(std::int64_t& process);
  std::size_t send(const Statement& statement, const Parameters& parameters, bool streamed);
  void add_sent(int queued, Sent entry);
  std::optional<SqlFailure> receive(const Sent& sent, const TakeRow& take);
  std::optional<SqlFailure> await_result();
  std::optional<SqlFailure> failure_of(const PGresult* result);
  SqlFailure lost(const std::string& why);

  PGconn* connection_ = nullptr;
  Target target_;
  Options options_;
  std::int64_t process_ = 0;  // the server process of this connection; 0: unknown
  bool shares_syncs_ = false;
  std::set<std::string> prepared_;
  std::vector<Sent> sent_;
  std::size_t statements_ = 0;  // number of sent_ entries without PREPARE
  bool refused_ = false;        // libpq rejected a statement
  std::uint64_t messages_ = 0;
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_CONNECTION_HPP_

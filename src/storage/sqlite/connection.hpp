/// RAII wrappers of SQLite's C interface: a connection, a prepared statement.
#ifndef SEATBOOK_STORAGE_SQLITE_CONNECTION_HPP_
#define SEATBOOK_STORAGE_SQLITE_CONNECTION_HPP_

#include <sqlite3.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "seatbook/result.hpp"

namespace seatbook::sqlite::detail {

/// An open database. Not synchronized.
class Connection {
 public:
  enum class File { database, log };

  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  /// Closes the connection; all statements must be gone.
  ~Connection() { sqlite3_close_v2(db_); }

  /// `file` is a path, or a URI if `flags` say so; `vfs` can be empty.
  Result<void> open(const std::string& file, int flags, const std::string& vfs);
  /// Runs SQL that returns no rows.
  Result<void> run(const char* sql);
  /// Runs a PRAGMA and returns the first column of its first row; empty if there is none.
  Result<std::string> query_value(const char* sql);
  Result<void> configure(int option, bool on);
  /// Returns the error of the last call on the connection.
  [[nodiscard]] Error error() const;
  /// Returns whether that call failed because the file cannot grow: the disk is full, or a quota or
  /// the process's limit on file sizes is reached.
  [[nodiscard]] bool out_of_room(File written) const;
  [[nodiscard]] sqlite3* get() const { return db_; }
  /// Drops the database without touching it: in a forked process it belongs to the parent.
  void abandon() { db_ = nullptr; }

 private:
  sqlite3* db_ = nullptr;
};

/// Translates an SQLite result code to an error.
[[nodiscard]] Error error_of(int code, const std::string& message);

/// A statement that is prepared on first use. Binding stores texts by reference: they must live
/// until the statement has run.
class Statement {
 public:
  Statement() = default;
  explicit Statement(std::string sql) : sql_(std::move(sql)) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement(Statement&& other) noexcept
      : sql_(std::move(other.sql_)), statement_(std::exchange(other.statement_, nullptr)) {}
  Statement& operator=(Statement&& other) noexcept {
    std::swap(sql_, other.sql_);
    std::swap(statement_, other.statement_);
    return *this;
  }
  ~Statement() { sqlite3_finalize(statement_); }

  /// Prepares the statement for binding.
  Result<void> prepare(Connection& connection);
  void bind(int place, std::uint64_t value) {
    sqlite3_bind_int64(statement_, place, static_cast<sqlite3_int64>(value));
  }
  void bind(int place, std::string_view text) {
    // A null pointer would make it NULL.
    sqlite3_bind_text64(statement_, place, text.data() == nullptr ? "" : text.data(), text.size(),
                        SQLITE_STATIC, SQLITE_UTF8);
  }
  void bind_bytes(int place, const void* bytes, std::size_t size) {
    sqlite3_bind_blob64(statement_, place, bytes, size, SQLITE_STATIC);
  }
  void bind_null(int place) { sqlite3_bind_null(statement_, place); }

  /// Steps to the next row; returns false if there is none.
  Result<bool> step();
  /// Runs the statement to its end.
  Result<void> run();
  /// Same as run(), but returns only whether it succeeded; needs no memory.
  bool done() noexcept {
    const int code = sqlite3_step(statement_);
    sqlite3_reset(statement_);
    return code == SQLITE_DONE;
  }
  /// Resets the statement; bound texts can be released.
  void reset() { sqlite3_reset(statement_); }

  [[nodiscard]] int type(int column) const { return sqlite3_column_type(statement_, column); }
  [[nodiscard]] std::int64_t number(int column) const {
    return sqlite3_column_int64(statement_, column);
  }
  /// Valid until the next step.
  [[nodiscard]] std::string_view text(int column) const;
  /// Drops the statement; see Connection::abandon().
  void abandon() { statement_ = nullptr; }

 private:
  std::string sql_;
  sqlite3_stmt* statement_ = nullptr;
};

/// Resets a statement at the end of a scope.
class Reset {
 public:
  explicit Reset(Statement& statement) : statement_(statement) {}
  Reset(const Reset&) = delete;
  Reset& operator=(const Reset&) = delete;
  ~Reset() { statement_.reset(); }

 private:
  Statement& statement_;
};

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_CONNECTION_HPP_

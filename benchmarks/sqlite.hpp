/// Wrappers of SQLite for the peers: prepared statements, one thread.
#ifndef SEATBOOK_BENCHMARKS_SQLITE_HPP_
#define SEATBOOK_BENCHMARKS_SQLITE_HPP_

#include <sqlite3.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace seatbook::bench {

/// Configures SQLite for the whole process, including the library's connections. Call it at program
/// start if the library might use SQLite first.
inline void configure_sqlite() {
  static const bool configured = sqlite3_config(SQLITE_CONFIG_MULTITHREAD) == SQLITE_OK &&
                                 sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
  if (!configured) throw std::runtime_error("SQLite was in use before");
}

/// A database in memory or in a file, used by one thread.
class Database {
 public:
  explicit Database(const std::string& schema, const std::string& path = ":memory:") {
    configure_sqlite();
    check(
        sqlite3_open_v2(path.c_str(), &db_,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr),
        "open");
    check(sqlite3_exec(db_, schema.c_str(), nullptr, nullptr, nullptr), "schema");
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database() { sqlite3_close(db_); }
  operator sqlite3*() const { return db_; }  // NOLINT: implicit for SQLite calls

 private:
  void check(int code, const char* what) const {
    if (code != SQLITE_OK) throw std::runtime_error(std::string(what) + ": " + sqlite3_errmsg(db_));
  }
  sqlite3* db_ = nullptr;
};

/// A prepared statement.
class Statement {
 public:
  /// The rows of a running statement. The destructor resets the statement.
  class Rows {
   public:
    explicit Rows(Statement& statement) : statement_(statement) {}
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    ~Rows() { sqlite3_reset(statement_.statement_); }

    bool next() {
      const int code = sqlite3_step(statement_.statement_);
      if (code != SQLITE_ROW && code != SQLITE_DONE) statement_.fail();
      return code == SQLITE_ROW;
    }
    [[nodiscard]] bool is_null(int column) const {
      return sqlite3_column_type(statement_.statement_, column) == SQLITE_NULL;
    }
    [[nodiscard]] std::uint32_t number(int column) const {
      return static_cast<std::uint32_t>(big_number(column));
    }
    [[nodiscard]] std::int64_t big_number(int column) const {
      return sqlite3_column_int64(statement_.statement_, column);
    }
    /// Valid until the next row. Empty for NULL.
    [[nodiscard]] std::string_view text(int column) const {
      const auto* begin = sqlite3_column_text(statement_.statement_, column);
      if (begin == nullptr) return {};
      return {reinterpret_cast<const char*>(begin),
              static_cast<std::size_t>(sqlite3_column_bytes(statement_.statement_, column))};
    }

   private:
    Statement& statement_;
  };

  Statement(sqlite3* db, const char* sql) : db_(db) {
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) !=
        SQLITE_OK) {
      fail();
    }
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() { sqlite3_finalize(statement_); }

  Statement& bind(int place, std::uint64_t value) {
    sqlite3_bind_int64(statement_, place, static_cast<sqlite3_int64>(value));
    return *this;
  }
  Statement& bind(int place, const std::string& value) {
    sqlite3_bind_text(statement_, place, value.data(), static_cast<int>(value.size()),
                      SQLITE_TRANSIENT);  // NOLINT: its own old-style cast
    return *this;
  }

  Rows rows() { return Rows(*this); }
  void run() { rows().next(); }
  /// Returns false if a constraint refused the statement.
  bool run_unless_constrained() {
    const int code = sqlite3_step(statement_);
    sqlite3_reset(statement_);
    if (code != SQLITE_DONE && code != SQLITE_CONSTRAINT) fail();
    return code == SQLITE_DONE;
  }

 private:
  [[noreturn]] void fail() const { throw std::runtime_error(sqlite3_errmsg(db_)); }
  sqlite3* db_;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace seatbook::bench

#endif  // SEATBOOK_BENCHMARKS_SQLITE_HPP_

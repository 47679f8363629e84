#include "storage/sqlite/connection.hpp"
#include "types/try.hpp"

#include <cerrno>
#include <string>

namespace seatbook::sqlite::detail {

Error error_of(int code, const std::string& message) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {Code::storage_in_use,
              "another program has the file open, or this process was forked from one that had it "
              "open: " +
                  message};
    case SQLITE_NOTADB:
      return {Code::not_a_book, "the file is not an SQLite database: " + message};
    case SQLITE_CORRUPT:
      return {Code::storage_corrupt, "the file is damaged: " + message};
    default:
      return {Code::storage_failed, message + " (SQLite code " + std::to_string(code) + ")"};
  }
}

Result<void> Connection::open(const std::string& file, int flags, const std::string& vfs) {
  // A cache shared with the host's own connections would bypass every lock.
  constexpr int always = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE;
  const int code =
      sqlite3_open_v2(file.c_str(), &db_, flags | always, vfs.empty() ? nullptr : vfs.c_str());
  if (db_ == nullptr) return error_of(SQLITE_NOMEM, "out of memory");
  if (code != SQLITE_OK) return error();
  return {};
}

Error Connection::error() const {
  return error_of(sqlite3_extended_errcode(db_), sqlite3_errmsg(db_));
}

bool Connection::out_of_room(File written) const {
  const int code = sqlite3_extended_errcode(db_);
  if ((code & 0xff) == SQLITE_FULL) return true;
  if (code != SQLITE_IOERR_WRITE) return false;
  // sqlite3_system_errno() does not return the error of a COMMIT.
  sqlite3_file* file = nullptr;
  const int pointer =
      written == File::log ? SQLITE_FCNTL_JOURNAL_POINTER : SQLITE_FCNTL_FILE_POINTER;
  sqlite3_file_control(db_, "main", pointer, static_cast<void*>(&file));
  if (file == nullptr || file->pMethods == nullptr) return false;
  int error = 0;
  file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &error);
  return error == EFBIG || error == EDQUOT;
}

Result<void> Connection::run(const char* sql) {
  if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return error();
  return {};
}

Result<std::string> Connection::query_value(const char* sql) {
  Statement statement{sql};
  SEATBOOK_TRY(statement.prepare(*this));
  const auto row = statement.step();
  if (!row) return row.error();
  return *row ? std::string(statement.text(0)) : std::string();
}

Result<void> Connection::configure(int option, bool on) {
  if (sqlite3_db_config(db_, option, on ? 1 : 0, nullptr) != SQLITE_OK) return error();
  return {};
}

Result<void> Statement::prepare(Connection& connection) {
  if (statement_ != nullptr) return {};
  if (sqlite3_prepare_v3(connection.get(), sql_.data(), static_cast<int>(sql_.size()),
                         SQLITE_PREPARE_PERSISTENT, &statement_, nullptr) != SQLITE_OK) {
    return connection.error();
  }
  return {};
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return error_of(code, sqlite3_errmsg(sqlite3_db_handle(statement_)));
}

Result<void> Statement::run() {
  const Reset reset(*this);
  const auto row = step();
  if (!row) return row.error();
  return {};
}

std::string_view Statement::text(int column) const {
  const auto* begin = sqlite3_column_text(statement_, column);
  if (begin == nullptr) return {};
  return {reinterpret_cast<const char*>(begin),
          static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

}  // namespace seatbook::sqlite::detail

/// What is done to a log that was left behind before SQLite may trust it.
#ifndef SEATBOOK_STORAGE_SQLITE_LOG_FILE_HPP_
#define SEATBOOK_STORAGE_SQLITE_LOG_FILE_HPP_

#include <sqlite3.h>

#include <string>

#include "seatbook/result.hpp"

namespace seatbook::sqlite::detail {

/// Whether a write-ahead log with anything in it lies beside the file.
Result<bool> has_log(sqlite3_vfs* vfs, const std::string& path);

/// Whether a write-ahead log or a rollback journal with anything in it lies beside the file.
Result<bool> needs_recovery(sqlite3_vfs* vfs, const std::string& path);

/// Writes the log beside the file once more, byte for byte, and syncs it; nothing where there is
/// none. After a sync that failed, the system may show bytes that the disk does not have and will
/// never get, as it takes them for written. SQLite would copy them into the file, and if the power
/// went half-way through, the log could not finish the work.
Result<void> rewrite_log(sqlite3_vfs* vfs, const std::string& path);

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_LOG_FILE_HPP_

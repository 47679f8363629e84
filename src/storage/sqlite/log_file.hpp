/// Preparation of a log that was left behind, before SQLite uses it.
#ifndef SEATBOOK_STORAGE_SQLITE_LOG_FILE_HPP_
#define SEATBOOK_STORAGE_SQLITE_LOG_FILE_HPP_

#include <sqlite3.h>

#include <string>

#include "seatbook/result.hpp"

namespace seatbook::sqlite::detail {

/// Returns whether there is a non-empty write-ahead log next to the file.
Result<bool> has_log(sqlite3_vfs* vfs, const std::string& path);

/// Returns whether there is a non-empty write-ahead log or rollback journal next to the file.
Result<bool> needs_recovery(sqlite3_vfs* vfs, const std::string& path);

/// Rewrites the log next to the file, byte for byte, and syncs it; does nothing if there is none.
/// After a failed sync the system can show bytes that the disk does not have and will never get,
/// because they count as written. SQLite would copy them into the file, and after a power failure
/// in the middle the log could not complete the work.
Result<void> rewrite_log(sqlite3_vfs* vfs, const std::string& path);

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_LOG_FILE_HPP_

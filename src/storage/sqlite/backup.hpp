/// A copy of a book's file, made while the book is in use.
#ifndef SEATBOOK_STORAGE_SQLITE_BACKUP_HPP_
#define SEATBOOK_STORAGE_SQLITE_BACKUP_HPP_

#include <mutex>
#include <string>

#include "seatbook/result.hpp"
#include "storage/sqlite/connection.hpp"

namespace seatbook::sqlite::detail {

/// Copies the database of `source` into a new file of the usual file system, in slices; `mutex`
/// guards `source` and is free between them. Changes made meanwhile through `source` are in the
/// copy. The file appears under its name when it is whole and synced.
Result<void> back_up(Connection& source, std::mutex& mutex, const std::string& path);

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_BACKUP_HPP_

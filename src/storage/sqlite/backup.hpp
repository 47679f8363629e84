/// Copies of a book's file, made while the book is in use.
#ifndef SEATBOOK_STORAGE_SQLITE_BACKUP_HPP_
#define SEATBOOK_STORAGE_SQLITE_BACKUP_HPP_

#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "seatbook/result.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/file_access.hpp"

namespace seatbook::sqlite::detail {

/// Copies the database of `source` into a new file of the default file system, in slices. `mutex`
/// guards `source` and is released between slices. The copy includes changes made in the meantime
/// through `source`. The file gets `access`, if given, before anything is written to it. It appears
/// under its name after it was synced and `check`, called with its temporary path, has found no
/// error.
Result<void> back_up(Connection& source, std::mutex& mutex, const std::string& path,
                     const std::optional<FileAccess>& access,
                     const std::function<Result<void>(const std::string& copy)>& check);

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_BACKUP_HPP_

/// Checks of the paths of books and copies.
#ifndef SEATBOOK_STORAGE_SQLITE_PATHS_HPP_
#define SEATBOOK_STORAGE_SQLITE_PATHS_HPP_

#include <sqlite3.h>

#include <optional>
#include <string>

#include "seatbook/result.hpp"

namespace seatbook::sqlite::detail {

/// Returns `invalid_argument` with the field `path`.
[[nodiscard]] Error refused_path(const std::string& why);

/// Refuses an empty path, one with a NUL, and one that starts with ":" or "file:", which SQLite and
/// other libraries do not treat as a file name.
Result<void> check_name(const std::string& path);

/// Refuses an absolute path that is too long for SQLite; `suffix` is appended to the file's name
/// while it is written.
Result<void> check_length(const std::string& path, const sqlite3_vfs* vfs,
                          const std::string& suffix = {});

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_PATHS_HPP_

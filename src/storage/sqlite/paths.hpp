/// Which paths can be those of a book or of a copy.
#ifndef SEATBOOK_STORAGE_SQLITE_PATHS_HPP_
#define SEATBOOK_STORAGE_SQLITE_PATHS_HPP_

#include <sqlite3.h>

#include <optional>
#include <string>

#include "seatbook/result.hpp"

namespace seatbook::sqlite::detail {

/// `invalid_argument` with the field `path`.
[[nodiscard]] Error refused_path(const std::string& why);

/// Refuses an empty path, one with a NUL, and one that starts with ":" or "file:": SQLite and other
/// libraries read those as something else than the name of a file.
[[nodiscard]] std::optional<Error> refusal_of_name(const std::string& path);

/// Refuses an absolute path that SQLite cannot open for its length; `suffix` is what the file's
/// name gets appended while it is written.
[[nodiscard]] std::optional<Error> refusal_of_length(const std::string& path,
                                                     const sqlite3_vfs* vfs,
                                                     const std::string& suffix = {});

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_PATHS_HPP_

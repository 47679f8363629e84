/// File permissions that the files next to a book copy from it.
#ifndef SEATBOOK_STORAGE_SQLITE_FILE_ACCESS_HPP_
#define SEATBOOK_STORAGE_SQLITE_FILE_ACCESS_HPP_

#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <optional>
#include <string>

namespace seatbook::sqlite::detail {

struct FileAccess {
  mode_t mode = 0;  ///< the permission bits
  uid_t owner = 0;
  gid_t group = 0;
};

/// Returns none if the path is not a file, for example with a virtual file system that stores books
/// elsewhere.
inline std::optional<FileAccess> access_of(const std::string& path) {
  struct stat found{};
  if (stat(path.c_str(), &found) != 0) return std::nullopt;
  return FileAccess{found.st_mode & 0777U, found.st_uid, found.st_gid};
}

/// Sets the mode of an open file and, as root, its owner and group, as SQLite does with its log.
/// Returns false if the mode could not be set. File systems without owners keep the file's own.
inline bool give_access(int file, const FileAccess& access) {
  struct stat facts = {};
  // Skips a link to another file that was put in its place.
  if (fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode) || facts.st_nlink != 1) return false;
  if (geteuid() == 0) {
    [[maybe_unused]] const int given = fchown(file, access.owner, access.group);
  }
  return fchmod(file, access.mode) == 0;
}

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_FILE_ACCESS_HPP_

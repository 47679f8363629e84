/// The lock that keeps a book's file to one process: held on a file beside it.
#ifndef SEATBOOK_STORAGE_SQLITE_LOCK_FILE_HPP_
#define SEATBOOK_STORAGE_SQLITE_LOCK_FILE_HPP_

#include <string>

#include "seatbook/result.hpp"
#include "storage/sqlite/file_access.hpp"

namespace seatbook::sqlite::detail {

/// SQLite's own locks belong to the process: whoever in it opens and closes the database file for
/// any reason, to copy it for instance, drops them. This one belongs to the open file, on a file
/// that nobody else has a reason to open, and is gone with the process however that ends.
///
/// A forked child has the same open file, so the lock lasts until the owner lets go of it or all of
/// them have ended.
class LockFile {
 public:
  LockFile() = default;
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;
  ~LockFile();

  /// Takes the lock and, if the file can be written, writes down who has it. The file is made if
  /// there is none, and stays. A reader on a file system that cannot be written (EROFS), without a
  /// lock file, goes without the lock: nothing can be changed there.
  /// Errors: storage_failed, storage_in_use (naming the holder).
  Result<void> take(const std::string& path, bool reader);
  /// Gives the file, if this process has just made it or is root, to those who may use the book:
  /// otherwise root, having opened a book once, would lock its owner out.
  void give_to(const FileAccess& access) const;
  /// Closes the file and leaves the lock to the process that this one was forked from.
  void abandon();

 private:
  Result<void> open_file(const std::string& path, bool reader);

  int file_ = -1;
  bool made_ = false;
};

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_LOCK_FILE_HPP_

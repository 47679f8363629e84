/// The lock that reserves a book's file for one process, on a separate file next to it.
#ifndef SEATBOOK_STORAGE_SQLITE_LOCK_FILE_HPP_
#define SEATBOOK_STORAGE_SQLITE_LOCK_FILE_HPP_

#include <string>

#include "seatbook/result.hpp"
#include "storage/sqlite/file_access.hpp"

namespace seatbook::sqlite::detail {

/// SQLite's own locks belong to the process: any thread that opens and closes the database file,
/// for example to copy it, drops them. This lock belongs to the open file description of a file
/// that nothing else has a reason to open, and ends with the process in any case.
///
/// A forked child shares the open file, so the lock lasts until the owner releases it or all of
/// them have ended.
class LockFile {
 public:
  LockFile() = default;
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;
  ~LockFile();

  /// Takes the lock and, if the file is writable, writes the name of this process to it. Creates
  /// the file if it is missing; the file is kept. A reader on a read-only file system (EROFS)
  /// without a lock file takes no lock: nothing can change there.
  /// Errors: storage_failed, storage_in_use (naming the holder).
  Result<void> take(const std::string& path, bool reader);
  /// Copies the book's permissions to the lock file if this process created it or is root:
  /// otherwise root, after opening a book once, would lock out its owner.
  void give_to(const FileAccess& access) const;
  /// Closes the file and leaves the lock to the parent process.
  void abandon();

 private:
  Result<void> open_file(const std::string& path, bool reader);

  int file_ = -1;
  bool made_ = false;
};

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_LOCK_FILE_HPP_

/// Detects that another program uses the file of an open book.
#ifndef SEATBOOK_STORAGE_SQLITE_LOG_WATCH_HPP_
#define SEATBOOK_STORAGE_SQLITE_LOG_WATCH_HPP_

#include <sys/stat.h>
#include <sys/types.h>

#include <optional>
#include <string>

namespace seatbook::sqlite::detail {

/// SQLite's locks belong to the process: they are gone as soon as anything in it opens and closes
/// the database file. Another program that then opens the file sees no other connection; when it
/// closes, it checkpoints the log into the file and deletes it. Data written to a deleted log is
/// lost with the process that has it open.
///
/// Two files reveal it. Either the log (`-wal`) is no longer the one that was opened. Or the index
/// that connections share (`-shm`) exists: an open book has none, because its connection is the
/// only one, and another connection creates it, or truncates an existing one, before it reads the
/// log. So if a change is in the log before a check that finds neither, every later connection sees
/// it. Both checks take about 3 us.
///
/// Not detected in time: a program that opens the file without an index (`PRAGMA locking_mode =
/// EXCLUSIVE`), and one whose complete visit falls into a single commit and that is, at the second
/// check, between deleting the index and the log.
class LogWatch {
 public:
  /// Records the files. SQLite must have the log open and its lock on the database.
  void begin(const std::string& log, const std::string& index);
  /// Returns what another program has done, or null. Needs no memory. Always null if the log is not
  /// a file at its path, for example with a virtual file system that stores books elsewhere.
  [[nodiscard]] const char* foreign_use() const noexcept;

 private:
  struct Index {
    dev_t device;
    ino_t file;
    timespec written;
  };

  bool watching_ = false;
  std::string log_;
  dev_t log_device_ = 0;
  ino_t log_file_ = 0;
  std::string index_;
  std::optional<Index> index_found_;  // left behind by a killed program
};

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_LOG_WATCH_HPP_

/// Notices that another program works on the file of an open book.
#ifndef SEATBOOK_STORAGE_SQLITE_LOG_WATCH_HPP_
#define SEATBOOK_STORAGE_SQLITE_LOG_WATCH_HPP_

#include <sys/stat.h>
#include <sys/types.h>

#include <optional>
#include <string>

namespace seatbook::sqlite::detail {

/// SQLite's locks belong to the process: they are gone as soon as anything in it opens and closes
/// the database file. Another program that then opens the file sees no other connection, and takes
/// the log into the file and deletes it when it closes. What is written to a deleted log is lost
/// with the process that has it open.
///
/// Two files show it. The log (`-wal`) is no longer the one that was opened. Or the index that
/// connections share (`-shm`) is there: an open book has none, as its connection is the only one,
/// and another connection makes it, or empties the one it finds, before it reads the log. So a
/// change that is in the log before a look that finds neither is seen by every connection that
/// comes later. Two looks cost about 3 us.
///
/// Not noticed in time: a program that opens the file without an index (`PRAGMA locking_mode =
/// EXCLUSIVE`), and one whose whole visit falls into a single commit and ends, between its deleting
/// the index and the log, when the second look is made.
class LogWatch {
 public:
  /// Remembers the files. SQLite has the log open and its lock on the database.
  void begin(const std::string& log, const std::string& index);
  /// What another program has done; null: nothing. Needs no memory. Always null if the log is not a
  /// file at its path, as with a virtual file system that keeps books elsewhere.
  [[nodiscard]] const char* sign() const noexcept;

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
  std::optional<Index> index_found_;  // left behind by a program that was killed
};

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_LOG_WATCH_HPP_

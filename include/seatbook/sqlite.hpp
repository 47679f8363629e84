/// Books in SQLite files, one file per book. A separate component: link seatbook::sqlite.
///
/// While the book is open, the file belongs to one process. A lock on a second file next to it
/// (`acme.db-lock`, which is kept and contains only the name of the process) excludes other books;
/// SQLite's own exclusive lock excludes all other programs. To read a book that is in use, make a
/// copy (Book::backup_to). To write from several processes, use PostgreSQL. The folder must be on a
/// local disk.
///
/// The process that has a book open must not open its files itself, not even to copy or hash them:
/// when any of its threads closes the database file, the system drops SQLite's lock, and other
/// programs are no longer excluded. Another program that then only reads the file deletes the log
/// of the open book when it closes the file. The book checks for this before and after each commit
/// (docs/guides/storage.md lists what it can miss). From then on every change fails with
/// `book_needs_reopen`; if it was detected during a commit, that change and every later one fails
/// with `storage_unknown`. Queries, exports and copies continue to work. Copy the book (backup_to),
/// then close it and open it again.
///
/// While a book is open, or after its process was killed, there is a third file, `acme.db-wal`. It
/// belongs to the book; only a closed book can be copied as a single file.
///
/// The tables are typed and can be read with the `sqlite3` shell once the book is closed
/// (docs/guides/storage.md). Do not edit them: the file has a checksum over all its records, and a
/// file that another program edited is refused as `storage_corrupt`.
#ifndef SEATBOOK_SQLITE_HPP_
#define SEATBOOK_SQLITE_HPP_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "seatbook/book.hpp"
#include "seatbook/result.hpp"
#include "seatbook/storage.hpp"

namespace seatbook::sqlite {

/// What an acknowledged change survives. Neither mode leaves a partial change.
enum class Durability : std::uint8_t {
  full = 0,     ///< A process, system or power failure: every commit is synced.
  relaxed = 1,  ///< A process failure. A system failure can lose the last commits.
};

/// The file format that this library writes. It also reads every older format. A file of an older
/// format is migrated when it is opened for writing.
inline constexpr std::uint32_t file_format = 2;

struct Options {
  Durability durability = Durability::full;
  /// Fail if the file does not exist, instead of creating a book.
  bool must_exist = false;
  /// Change nothing, not even to recover: fails with `needs_recovery` if the last writer was
  /// interrupted. Implies OpenOptions::read_only. Needs no write permission for the file, and only
  /// read permission for `-lock`; if there is no `-lock`, permission to create it. On a read-only
  /// file system a missing `-lock` is not an error: the book is then read without a lock.
  bool read_only = false;
  /// The name of a virtual file system that the host has registered with SQLite; empty: the
  /// default.
  std::string vfs = {};
};

/// Opens only the storage, to share one file between several books of a process, or to wrap it.
///
/// `path` is a file of the default file system, in UTF-8; links are followed. It must not start
/// with ":" or "file:", which other programs interpret differently: write such a name as "./:name".
/// The absolute path can have at most 504 bytes, 8 less than SQLite's limit. The storage can be
/// used by any number of books and threads; its last owner closes the file.
///
/// A batch is durable when append() returns, with one sync per batch (Durability::full). About
/// every thousand pages the log is checkpointed into the file, which costs two more syncs. If a
/// sync fails, the content of the disk is unknown: the batch is `storage_unknown`, and the storage
/// accepts no other until it is opened again. Opening rewrites a log that was left behind, syncs
/// it, and checkpoints it before the first batch is accepted.
///
/// A file of format 1, which 0.1 wrote, is migrated: its pages and records are checked, the records
/// against the checksum; then one transaction adds the columns of format 2. If a check fails, the
/// file keeps format 1. The book checks its rules only after the migration: a file that passes the
/// checksum but breaks a rule has format 2 when opening fails. Version, records, batches and
/// checksum stay the same. Afterwards 0.1 refuses the file with format_too_new. With `read_only` a
/// file of format 1 is not migrated.
///
/// backup_to() copies the stored records to a new file, which is an independent book, in slices
/// that let writers in. A copy keeps the data of the book, so erase a person there too. It has the
/// mode of the book's file and, if root makes it, its owner. Its absolute path can have at most 496
/// bytes. If another program has written to the file of the open book, the copy is checked
/// completely, and fails with storage_failed if it is not a book.
///
/// A file that cannot grow counts as a full disk, whether because of the disk, a quota (EDQUOT) or
/// the limit of the process (EFBIG): append() returns storage_failed until there is room.
///
/// Errors, in the order checked: invalid_argument (field `path`: empty, a NUL, starts with ":" or
/// "file:", a dangling link, no such folder, not a regular file), unsupported_storage (SQLite is
/// older than 3.37 or without threads; field `vfs`: not registered), invalid_argument (field
/// `path`: too long, no such file), storage_failed (the lock file cannot be created or read),
/// storage_in_use (by another book, whose process the message names), needs_recovery,
/// storage_failed (no write permission for the file), storage_corrupt (a log without its file),
/// storage_in_use (by another program), not_a_book, format_too_new, storage_corrupt,
/// storage_failed.
[[nodiscard]] Result<std::shared_ptr<Storage>> open_storage(const std::string& path,
                                                            const Options& options = {});

/// Opens the book in the SQLite file at `path`, or creates it.
///
/// Reads all records, O(everything), and checks them against the file's checksum. Errors: as
/// open_storage(), then as Book::open().
[[nodiscard]] inline Result<Book> open(const std::string& path, const Options& options = {},
                                       OpenOptions book = {}) {
  auto storage = open_storage(path, options);
  if (!storage) return std::move(storage).error();
  if (options.read_only) book.read_only = true;
  return Book::open(*std::move(storage), std::move(book));
}

}  // namespace seatbook::sqlite

#endif  // SEATBOOK_SQLITE_HPP_

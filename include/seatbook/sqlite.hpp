/// Books that last: one SQLite file a book. A component of its own: link seatbook::sqlite.
///
/// The file belongs to one process while the book is open. A lock on a second file beside it
/// (`acme.db-lock`, which stays and holds nothing but the name of the process) keeps other books
/// out, and SQLite's own exclusive lock everything else. Who wants to look at a book that is in use
/// takes a copy (Book::backup_to); who wants to write from several processes takes PostgreSQL. The
/// folder must be on a local disk.
///
/// The process that has a book open must not open its files itself, not even to copy or hash them:
/// when any of its threads closes the database file, the system drops SQLite's lock, and other
/// programs are no longer kept out. One that then only reads deletes the log of the open book when
/// it closes the file. The book looks for this before and after each commit (docs/guides/storage.md
/// says what it can miss). From then on every change fails with `book_needs_reopen`; if it was
/// noticed during a commit, that change and every later one fails with `storage_unknown`. Queries,
/// exports and copies go on. Copy the book (backup_to), then close it and open it again.
///
/// While a book is open or after its process was killed there is a
/// third file, `acme.db-wal`: it belongs to the book, and only a book that was closed can be copied
/// as a single file.
///
/// The tables are typed and meant to be read with the `sqlite3` shell once the book is closed
/// (docs/guides/storage.md). They are not meant to be written: the file keeps a checksum over all
/// its records, and what was changed by other hands is refused as `storage_corrupt`.
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

/// What an acknowledged change survives. Neither leaves half a change behind.
enum class Durability : std::uint8_t {
  full = 0,     ///< The end of the process, of the machine, of its power: every commit is synced.
  relaxed = 1,  ///< The end of the process. If the machine stops, the last commits may be missing.
};

/// The newest format of files that this library writes and reads.
inline constexpr std::uint32_t file_format = 1;

struct Options {
  Durability durability = Durability::full;
  /// Refuse a path where no file is, instead of making a new book.
  bool must_exist = false;
  /// Change nothing, not even to recover: `needs_recovery` if the last writer was interrupted.
  /// Needs no right to write to the file, and only to read `-lock`; if there is no `-lock`, the
  /// right to make it. On a file system that cannot be written a missing `-lock` is no error: the
  /// book is then read without a lock. OpenOptions::read_only follows.
  bool read_only = false;
  /// A virtual file system that the host has registered with SQLite, by name; empty: the usual one.
  std::string vfs = {};
};

/// The storage alone, for several books of one process on one file, or to wrap it.
///
/// `path` is a file of the usual file system, in UTF-8; links are followed. It must not start with
/// ":" or "file:", which other programs take for something else: a file of such a name is
/// "./:name". The absolute path may have 504 bytes, 8 less than SQLite's limit. The storage may be
/// used by any number of books and threads, and lets the file go with its last owner.
///
/// Durable from the moment append() answers: one sync a batch (Durability::full). Every thousand
/// pages or so the log is written back into the file, which costs two more. If a sync fails, what
/// the disk holds can no longer be told: the batch is `storage_unknown`, and the storage takes no
/// other until it is opened again. Opening writes a log that was left behind once more, syncs it,
/// and takes it into the file before the first batch is accepted.
///
/// backup_to() copies what is stored to a new file that is a book of its own, in slices between
/// which writers get their turn. A copy keeps what the book held, so erase a person there too. It
/// has the mode of the book's file and, if root makes it, its owner. Its absolute path may have 496
/// bytes. If another program has written to the file of the open book, the copy is checked as a
/// whole, and fails with storage_failed if it is no book.
///
/// A file that cannot grow is a full disk, whether the disk, a quota (EDQUOT) or the limit of the
/// process (EFBIG) is the reason: append() returns storage_failed until there is room.
///
/// Errors, in the order checked: invalid_argument (field `path`: empty, a NUL, starts with ":" or
/// "file:", a link that leads nowhere, no such folder, not a file), unsupported_storage (SQLite is
/// older than 3.37 or without threads; field `vfs`: not registered), invalid_argument (field
/// `path`: too long, no such file), storage_failed (the lock file cannot be made or read),
/// storage_in_use (by another book, whose process the message names), needs_recovery,
/// storage_failed (no right to write to the file), storage_corrupt (a log without its file),
/// storage_in_use (by another program), not_a_book, format_too_new, storage_corrupt,
/// storage_failed.
[[nodiscard]] Result<std::shared_ptr<Storage>> open_storage(const std::string& path,
                                                            const Options& options = {});

/// A book in the SQLite file at `path`; a new one where there is none.
///
/// Reads all records: O(everything), and checks them against the file's checksum. Errors: as
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

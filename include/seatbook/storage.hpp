/// The whole contract of a storage plug-in: what a book asks of the place that keeps its records.
///
/// A book writes one Batch per call: the full after-image of every record the call changed and the
/// history rows that say what happened. The storage decides nothing. It keeps, for every record,
/// the newest image and the version (number of the batch) that wrote it; it never deletes one.
///
/// A write is: lock(), read(after the version in memory), the rules decide, append(), unlock().
/// unlock() is always called after a lock() that succeeded. A storage without a lock must be right
/// by append()'s comparison alone. A book calls its storage from one thread at a time; a storage
/// that several books share is called by several at once and has to serialize them itself. From
/// within these calls, backup_to() excepted, it must not use a book on itself (see Book).
///
/// Under the lock a book takes in up to 1,000 records of a read(). If there are more, its sink
/// refuses the rest; the book then unlocks, reads without the lock, and locks again.
///
/// A storage must not throw: it returns an Error with one of these codes. Any other, and an
/// exception, is treated as `storage_unknown` in append() and as `storage_failed` elsewhere.
/// - `conflict` (append): the stored version is not batch.base; nothing was written.
/// - `storage_failed`: nothing was written, for certain.
/// - `storage_unknown` (append, find): the batch may or may not have been written. The book then
///   calls find(), and makes no further write until find() has returned a value.
/// - `storage_corrupt`, `format_too_new` (read, lock): what is stored cannot be understood.
/// - `book_needs_reopen` (lock, append): nothing was written, and this storage object takes no
///   change any more, as when another program has the file that it writes to. The command fails
///   with this code. The book goes on: queries, exports and backup_to() work, and the next command
///   asks the storage again, which should return the same.
/// - `book_needs_reopen` (read): see there.
#ifndef SEATBOOK_STORAGE_HPP_
#define SEATBOOK_STORAGE_HPP_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "seatbook/records.hpp"
#include "seatbook/types.hpp"

namespace seatbook {

class Clock;  // clock.hpp

/// One record's new image. Records are told apart by kind (the alternative) and id: `id`, `seq` for
/// history rows and their texts, `assignment` for a last use; there is one BookInfo.
using RecordImage = std::variant<BookInfo, Person, ActorRecord, License, Assignment, HistoryRow,
                                 HistoryTexts, LastUse>;

/// The kinds of record, in the order of RecordImage's alternatives; the numbers are stable.
enum class RecordKind : std::uint8_t {
  book_info = 0,
  person = 1,
  actor = 2,
  license = 3,
  assignment = 4,
  history = 5,
  history_texts = 6,
  last_use = 7,
};
[[nodiscard]] RecordKind kind_of(const RecordImage& image) noexcept;
/// The record's number within its kind, from 1; 1 for BookInfo.
[[nodiscard]] std::uint64_t id_of(const RecordImage& image) noexcept;

/// What one call changes. Ordered: what frees a unique key (an email, a host key, an active
/// assignment of a person to a license) stands before what takes it. No record stands in it twice.
struct Batch {
  Version base = {};  ///< the version it was decided on; carried out, it becomes base + 1
  Token token = {};
  std::vector<RecordImage> images = {};
};

/// Receives records from Storage::read().
class RecordSink {
 public:
  RecordSink() = default;
  RecordSink(const RecordSink&) = delete;
  RecordSink& operator=(const RecordSink&) = delete;
  virtual ~RecordSink() = default;
  /// Takes one record; an error means: stop reading and answer it.
  virtual Result<void> accept(RecordImage record) = 0;
};

class Storage {
 public:
  Storage() = default;
  Storage(const Storage&) = delete;
  Storage& operator=(const Storage&) = delete;
  virtual ~Storage() = default;

  /// Hands over the newest image of every record that a batch after `after` wrote (0: of all), each
  /// once, in any order, from one consistent snapshot; answers that snapshot's version.
  /// Errors: storage_failed; book_needs_reopen if the storage cannot say that what it holds follows
  /// what it held at version `after`: it was put back to an older state, or it no longer knows. The
  /// book then reads everything (`after` 0) and continues if the stored history begins with its
  /// own; otherwise, or if that fails with book_needs_reopen too, every further call of the book
  /// fails with that code.
  virtual Result<Version> read(Version after, RecordSink& sink) = 0;

  /// Makes `batch` durable, all or nothing, only if the stored version is batch.base.
  /// Errors: conflict, storage_failed, storage_unknown, book_needs_reopen.
  virtual Result<void> append(const Batch& batch) = 0;

  /// Which version carried out the batch with this token, if any; of the last 10,000 batches at
  /// least. An answer "none" must be final: a batch still on its way may not land afterwards.
  /// Between lock() and unlock(), of a token that no unresolved append() had, it is enough that
  /// such a batch cannot land after the next append(), whether that succeeds or fails. Errors:
  /// storage_failed, storage_unknown (both: cannot be told now).
  virtual Result<std::optional<Version>> find(const Token& token) = 0;

  /// A shared storage may hold its writer lock from here to unlock(), so that writers queue
  /// instead of retrying. Errors: storage_failed, storage_corrupt, format_too_new,
  /// book_needs_reopen.
  virtual Result<void> lock() { return {}; }
  virtual void unlock() noexcept {}

  /// The clock that a storage for several machines has in common for them all, such as its
  /// server's: a book on it dates what it writes by this one, unless the host gave the book a clock
  /// (C52). Asked for once, when the book is opened. Its now() must not wait for anything; right
  /// after lock() or read() it should be as good as it gets. None: the machine's own clock serves.
  [[nodiscard]] virtual std::shared_ptr<Clock> clock() { return nullptr; }

  /// A storage may copy what it keeps to a new file: one committed version, whole. Unlike the other
  /// calls this one comes from any thread, also while another is in one of them.
  /// Errors: unsupported_storage, invalid_argument (field `path`), storage_failed.
  virtual Result<void> backup_to(const std::string& path);
};

/// How many of the last batches a storage remembers the tokens of, at least (C58).
inline constexpr std::size_t remembered_tokens = 10'000;

/// Keeps records in this process's memory, so that several books of one process can share them.
/// Safe to use from any number of books and threads. With `with_lock` writers queue; without, they
/// retry.
[[nodiscard]] std::shared_ptr<Storage> memory_storage(bool with_lock = true);

}  // namespace seatbook

#endif  // SEATBOOK_STORAGE_HPP_

/// The contract between a book and its storage.
///
/// A book writes one Batch per call: the complete new image of every record that the call changed,
/// and the history rows that describe the change. The storage makes no decisions. For every record
/// it keeps the newest image and the version (number of the batch) that wrote it; it never deletes
/// one.
///
/// A write consists of lock(), read(after the version in memory), the decision by the rules,
/// append() and unlock(). unlock() is always called after a lock() that succeeded. A storage
/// without a lock must be correct by append()'s comparison alone. Calls that wait for each other
/// are written as a group, with one append_group() instead of several append(), if the storage
/// takes groups. A book calls its storage from one thread at a time. A storage that several books
/// share is called by all of them concurrently and has to serialize the calls itself. Its calls,
/// except backup_to(), must not use a book that is stored in it (see Book).
///
/// Under the lock a book accepts up to 1,000 records of a read(). If there are more, its sink
/// refuses the rest; the book then unlocks, reads without the lock, and locks again.
///
/// read() may return batches of other processes that are not durable yet. A book shows them to no
/// query, and returns no result that depends on them, before an own append() or sync() has made
/// them durable. Commands on a single seat are decided on them without a sync. If they lead to no
/// append(), the book calls sync() after unlock(). Before any other command it calls sync() with
/// the lock held.
///
/// A storage must not throw: it returns an Error with one of these codes. Any other code, and an
/// exception, is treated as `storage_unknown` in append() and append_group(), and as
/// `storage_failed` elsewhere.
/// - `conflict` (append, append_group): the stored version is not the base; nothing was written.
/// - `storage_failed`: nothing was written, definitely.
/// - `storage_unknown` (append, append_group): the batches may or may not have been written. The
///   book then calls find() with the token of each batch, the last one first, until one is found.
///   It makes no further write until find() has returned a value.
/// - `storage_unknown` (find, seen): whether the batch was written cannot be determined now.
/// - `storage_corrupt`, `format_too_new` (read, lock): the stored data cannot be read.
/// - `book_needs_reopen` (lock, append, append_group, sync): nothing was written, and this storage
///   object accepts no more changes, for example because another program uses its file. The command
///   fails with this code. The book stays usable: queries, exports and backup_to() work, and the
///   next command calls the storage again, which should return the same error.
/// - `book_needs_reopen` (read): see Storage::read().
#ifndef SEATBOOK_STORAGE_HPP_
#define SEATBOOK_STORAGE_HPP_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "seatbook/records.hpp"
#include "seatbook/types.hpp"

namespace seatbook {

class Clock;  // clock.hpp

/// Receives records from Storage::read().
class RecordSink {
 public:
  RecordSink() = default;
  RecordSink(const RecordSink&) = delete;
  RecordSink& operator=(const RecordSink&) = delete;
  virtual ~RecordSink() = default;
  /// Accepts one record. If it returns an error, read() must stop and return that error.
  virtual Result<void> accept(RecordImage record) = 0;
};

class Storage {
 public:
  Storage() = default;
  Storage(const Storage&) = delete;
  Storage& operator=(const Storage&) = delete;
  virtual ~Storage() = default;

  /// Passes the newest image of every record that a batch after `after` wrote (0: of all) to
  /// `sink`: each once, in any order, from one consistent snapshot. Returns the version of that
  /// snapshot.
  /// Errors: storage_failed; book_needs_reopen if the storage cannot guarantee that its content
  /// continues its state at version `after`: it was restored to an older state, or it no longer
  /// has the information. The book then reads everything (`after` 0) and continues if the stored
  /// history begins with the history in memory. Otherwise, or if that read fails with
  /// book_needs_reopen too, every further call of the book fails with that code.
  virtual Result<Version> read(Version after, RecordSink& sink) = 0;

  /// Makes `batch` durable, all or nothing, only if the stored version is batch.base. That includes
  /// all batches that it is based on. If read() has returned batches that are lost since, it must
  /// fail with conflict, even if other batches have their versions.
  /// Errors: conflict, storage_failed, storage_unknown, book_needs_reopen.
  virtual Result<void> append(const Batch& batch) = 0;

  /// Returns the maximum number of batches of one append_group(). 1: it is not called. Called once,
  /// when the book is opened. Values above max_group_size count as max_group_size.
  [[nodiscard]] virtual std::size_t largest_group() const { return 1; }

  /// Like append(), for one or more batches, each based on the one before it: makes all of them
  /// durable or none, in this order, with one sync, only if the stored version is the base of the
  /// first. If several batches contain an image of a record, keeps the last image and its version.
  /// Keeps the token of every batch. The default calls append() for each batch, which is neither
  /// atomic nor one sync.
  /// Errors: conflict, storage_failed, storage_unknown, book_needs_reopen.
  virtual Result<void> append_group(const std::vector<Batch>& batches);

  /// Makes everything that read() has returned durable. For storages whose read() can return
  /// batches of other processes before they are durable; the default does nothing. If some of them
  /// are lost, fails with storage_failed.
  /// Errors: storage_failed, book_needs_reopen.
  virtual Result<void> sync() { return {}; }

  /// Returns the version that committed the batch with this token, durably, if any; at least the
  /// last 10,000 batches are known. A result of none must be final: a batch with this token that is
  /// still on its way must not be committed afterwards. Between lock() and unlock(), this holds at
  /// once only for the token of an append() whose result is unknown. For other tokens the result
  /// becomes final when the next append() returns.
  /// Errors: storage_failed, storage_unknown (both: cannot be determined now).
  virtual Result<std::optional<Version>> find(const Token& token) = 0;

  /// Like find(), but a result of none need not be final. Called between lock() and unlock() for
  /// the request id of a call: the batch of an earlier call with this id has been committed, or is
  /// rejected once a later batch has been committed. A batch that read() has returned need not be
  /// durable: the book calls sync() before it returns the result.
  /// Errors: storage_failed, storage_unknown.
  virtual Result<std::optional<Version>> seen(const Token& token) { return find(token); }

  /// Takes the writer lock of a shared storage until unlock(), so that writers queue instead of
  /// retrying. Optional.
  /// Errors: storage_failed, storage_corrupt, format_too_new, book_needs_reopen.
  virtual Result<void> lock() { return {}; }
  virtual void unlock() noexcept {}

  /// Returns the common clock of a storage that several machines share, such as the clock of its
  /// server. A book on this storage dates its records by this clock, unless the host gave the book
  /// another one (C52). Called once, when the book is opened. Its now() must not block; right after
  /// lock() or read() it should be as accurate as possible. None: the machine's clock is used.
  [[nodiscard]] virtual std::shared_ptr<Clock> clock() { return nullptr; }

  /// Copies one committed version to a new file. Optional. Unlike the other calls it can come from
  /// any thread, even while another call runs.
  /// Errors: unsupported_storage, invalid_argument (field `path`), storage_failed.
  virtual Result<void> backup_to(const std::string& path);
};

/// A storage remembers the tokens of at least this many of the last batches (C58).
inline constexpr std::size_t remembered_tokens = 10'000;
/// A book appends at most this many batches as one group, and at most 4 MiB.
inline constexpr std::size_t max_group_size = 64;

/// Returns a storage in the memory of this process, which several of its books can share. Safe to
/// use from any number of books and threads. With `with_lock` writers queue; without, they retry.
[[nodiscard]] std::shared_ptr<Storage> memory_storage(bool with_lock = true);

}  // namespace seatbook

#endif  // SEATBOOK_STORAGE_HPP_

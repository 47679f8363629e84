// The SQLite storage: writing batches, reading records, and recovery after errors.
#include "storage/sqlite/storage.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <mutex>
#include <new>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>

#include "storage/sqlite/backup.hpp"
#include "storage/sqlite/schema.hpp"
#include "storage/sqlite/scrub.hpp"
#include "types/try.hpp"

namespace seatbook::sqlite::detail {
namespace {

/// The log is checkpointed into the file from this many pages on.
constexpr int checkpoint_pages = 1'000;
/// How many changed records are kept for books that catch up; books further behind read the tables.
constexpr std::size_t remembered_changes = 65'536;

bool erases(std::span<const Batch> batches) {
  for (const Batch& batch : batches) {
    for (const RecordImage& image : batch.images) {
      const auto* person = std::get_if<Person>(&image);
      if (person != nullptr && person->state == PersonState::erased) return true;
    }
  }
  return false;
}

}  // namespace

// ------------------------------------------------------------------------------------- reading

Result<Version> SqliteStorage::read(Version after, RecordSink& sink) {
  SEATBOOK_TRY(check_caller());
  const std::lock_guard guard(mutex_);
  if (after >= state_.version) return state_.version;
  if (foreign_use()) return Error{Code::storage_failed, needs_reopen().message};
  if (!after) return read_all(sink);
  if (after >= recent_from_) return read_recent(after, sink);
  for (std::size_t kind = 0; kind < record_kinds; ++kind) {
    const auto read = rows_.read(static_cast<RecordKind>(kind), after, [&](StoredRecord stored) {
      return sink.accept(std::move(stored.record));
    });
    if (!read) return read.error();
  }
  return state_.version;
}

/// Computes the checksum of all records read; it must equal the one of the last batch.
Result<Version> SqliteStorage::read_all(RecordSink& sink) {
  Checksum checksum;
  for (std::size_t kind = 0; kind < record_kinds; ++kind) {
    const auto read = rows_.read(static_cast<RecordKind>(kind), {}, [&](StoredRecord stored) {
      checksum.add(stored.record, stored.version);
      return sink.accept(std::move(stored.record));
    });
    if (!read) return read.error();
  }
  if (checksum.value() != state_.checksum.value()) {
    return Error{Code::storage_corrupt,
                 "the records do not match the file's checksum: the file was damaged, or edited by "
                 "another program"};
  }
  return state_.version;
}

Result<Version> SqliteStorage::read_recent(Version after, RecordSink& sink) {
  std::set<std::pair<RecordKind, std::uint64_t>> changed;
  for (auto change = recent_.rbegin(); change != recent_.rend() && change->version > after;
       ++change) {
    changed.emplace(change->kind, change->id);
  }
  for (const auto& [kind, id] : changed) {
    auto found = rows_.find(kind, id);
    if (!found) return found.error();
    if (!*found) return Error{Code::storage_corrupt, "a committed record is missing"};
    SEATBOOK_TRY(sink.accept(std::move((*found)->record)));
  }
  return state_.version;
}

Result<std::optional<Version>> SqliteStorage::find(const Token& token) {
  SEATBOOK_TRY(check_caller());
  const std::lock_guard guard(mutex_);
  if (broken_) return broken_error(Code::storage_unknown);
  if (foreign_use_ != nullptr) return Error{Code::storage_unknown, needs_reopen().message};
  SEATBOOK_TRY(find_batch_.prepare(connection_));
  const Reset reset(find_batch_);
  find_batch_.bind_bytes(1, token.bytes.data(), token.bytes.size());
  const auto row = find_batch_.step();
  if (!row) return row.error();
  if (!*row) return std::optional<Version>();
  return std::optional<Version>(static_cast<std::uint64_t>(find_batch_.number(0)));
}

// ------------------------------------------------------------------------------------- writing

Result<void> SqliteStorage::check_caller() const {
  if (!fork_guard_.forked()) return {};
  return Error{Code::storage_failed, "this process is a fork of the one that opened the file"};
}

Error SqliteStorage::broken_error(Code code) const {
  return {code, "no change is accepted after an earlier failure, until the file is opened again: " +
                    *broken_};
}

/// Returns the error of every write after foreign_use().
Error SqliteStorage::needs_reopen() const {
  return {Code::book_needs_reopen,
          std::string("another program uses the file of this book: ") + foreign_use_ +
              ". Make a copy with backup_to(), then close the book and open it again"};
}

Result<void> SqliteStorage::lock() {
  SEATBOOK_TRY(check_caller());
  {
    const std::lock_guard guard(mutex_);
    if (foreign_use_ != nullptr) return needs_reopen();
  }
  writer_.lock();
  return {};
}

/// Appends batches in one transaction.
Result<void> SqliteStorage::append_all(std::span<const Batch> batches) {
  SEATBOOK_TRY(check_caller());
  const std::lock_guard guard(mutex_);
  try {
    return write_and_commit(batches);
  } catch (const std::bad_alloc&) {
    // These texts are short enough to need no allocation. A transaction may still be open; the next
    // read would then see uncommitted data.
    const bool unknown = committing_;
    if (!rolled_back() || unknown) broken_.emplace("out of memory");
    return Error{unknown ? Code::storage_unknown : Code::storage_failed, "out of memory"};
  }
}

Result<void> SqliteStorage::write_and_commit(std::span<const Batch> batches) {
  committing_ = false;
  if (foreign_use_ != nullptr) return needs_reopen();
  if (broken_) return broken_error(Code::storage_failed);
  if (moved()) {
    return Error{Code::storage_failed,
                 "the file was moved, replaced or deleted since it was opened"};
  }
  if (read_only_) return Error{Code::storage_failed, "the file was opened read-only"};
  if (foreign_use()) return needs_reopen();
  Version base = state_.version;
  for (const Batch& batch : batches) {
    if (batch.base != base) {
      return Error{Code::conflict,
                   "the file is at version " + std::to_string(state_.version.value)};
    }
    base = Version(base.value + 1);
  }
  State next = state_;
  if (auto written = write(batches, next); !written) {
    // The log contains at most pages without a commit, which are never read.
    Error error = std::move(written).error();
    error.code = Code::storage_failed;
    if (!rolled_back()) broken_ = error.message;
    return error;
  }
  committing_ = true;
  SEATBOOK_TRY(commit());
  if (foreign_use()) {
    // A program that read the log before these batches were in it deletes them with the log.
    broken_ = needs_reopen().message;
    return Error{Code::storage_unknown, *broken_};
  }
  after_commit(batches, std::move(next));
  return {};
}

Result<void> SqliteStorage::write(std::span<const Batch> batches, State& next) {
  for (Statement* statement : statements()) {
    SEATBOOK_TRY(statement->prepare(connection_));
  }
  SEATBOOK_TRY(begin_.run());
  for (const Batch& batch : batches) {
    SEATBOOK_TRY(write_batch(batch, next));
  }
  if (next.version.value > remembered_tokens) {
    forget_batches_.bind(1, next.version.value - remembered_tokens);
    SEATBOOK_TRY(forget_batches_.run());
  }
  return {};
}

Result<void> SqliteStorage::write_batch(const Batch& batch, State& next) {
  next.version = Version(batch.base.value + 1);
  for (const RecordImage& image : batch.images) {
    SEATBOOK_TRY(write_record(image, next));
  }
  add_batch_.bind(1, next.version.value);
  add_batch_.bind_bytes(2, batch.token.bytes.data(), batch.token.bytes.size());
  add_batch_.bind(3, next.checksum.value());
  return add_batch_.run();
}

Result<void> SqliteStorage::write_record(const RecordImage& image, State& next) {
  const RecordKind kind = kind_of(image);
  const std::uint64_t id = id_of(image);
  std::uint64_t& last_id = next.last_ids[static_cast<std::size_t>(kind)];
  next.checksum.add(image, next.version);
  if (id > last_id) {
    last_id = id;
    return rows_.insert(image, next.version);
  }
  const auto before = rows_.find(kind, id);
  if (!before) return before.error();
  if (!*before) return rows_.insert(image, next.version);
  next.checksum.remove((*before)->record, (*before)->version);
  return rows_.update(image, next.version);
}

/// After a failed commit the content of the disk cannot be determined by reading it back: a failed
/// sync can leave bytes that are visible but not stored, and is not retried. Only if there was no
/// room to write it, the last page, and so the commit, is definitely not there.
Result<void> SqliteStorage::commit() {
  const auto committed = commit_.run();
  if (committed) return {};
  Error error = committed.error();
  const bool out_of_room = connection_.out_of_room(Connection::File::log);
  if (rolled_back() && out_of_room) {
    error.code = Code::storage_failed;
    return error;
  }
  error.code = Code::storage_unknown;
  broken_ = error.message;
  return error;
}

/// Rolls back; returns whether no transaction is open any more. Some SQLite errors have already
/// ended it. Needs no memory.
bool SqliteStorage::rolled_back() noexcept {
  return sqlite3_get_autocommit(connection_.get()) != 0 || rollback_.done();
}

/// Returns whether the path no longer leads to the open file: data written to it would be lost with
/// its last owner.
bool SqliteStorage::moved() noexcept {
  int moved = 0;
  const int code = sqlite3_file_control(connection_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  return code == SQLITE_OK && moved != 0;  // not every file system supports this
}

/// Returns whether another program uses the file. Permanent once true: data in the log may be
/// missing from the file, and vice versa.
bool SqliteStorage::foreign_use() noexcept {
  if (foreign_use_ == nullptr) foreign_use_ = watch_.foreign_use();
  return foreign_use_ != nullptr;
}

/// The batches are committed: nothing here may turn them into a failure.
void SqliteStorage::after_commit(std::span<const Batch> batches, State next) noexcept {
  state_ = std::move(next);
  try {
    remember(batches);
  } catch (...) {
    recent_.clear();
    recent_from_ = state_.version;
  }
  // An erased person's bytes are gone when the call returns, from the log too (C49).
  erasure_due_ = erasure_due_ || erases(batches);
  if (!erasure_due_ && log_pages_ < checkpoint_pages) return;
  try {
    const auto checkpointed = erasure_due_ ? empty_log() : checkpoint(SQLITE_CHECKPOINT_PASSIVE);
    if (checkpointed) {
      erasure_due_ = false;
    } else if (!connection_.out_of_room(Connection::File::database)) {
      broken_ = checkpointed.error().message;
    }  // A full disk has lost nothing: the log stays, and the next commit tries again.
  } catch (...) {
    broken_.emplace();
  }
}

void SqliteStorage::remember(std::span<const Batch> batches) {
  for (const Batch& batch : batches) {
    for (const RecordImage& image : batch.images) {
      recent_.push_back({Version(batch.base.value + 1), kind_of(image), id_of(image)});
    }
  }
  while (recent_.size() > remembered_changes) {
    recent_from_ = recent_.front().version;
    recent_.pop_front();
  }
}

Result<void> SqliteStorage::checkpoint(int mode) {
  int pages = 0;
  int done = 0;
  const int code = sqlite3_wal_checkpoint_v2(connection_.get(), nullptr, mode, &pages, &done);
  if (code != SQLITE_OK) return connection_.error();
  log_pages_ = 0;
  if (pages != done)
    return Error{Code::storage_failed, "the log could not be checkpointed completely"};
  return {};
}

/// Checkpoints the log and removes erased data from both files. The log is truncated last: after an
/// interruption, the next opening finds it and repeats everything.
Result<void> SqliteStorage::empty_log() {
  SEATBOOK_TRY(checkpoint(SQLITE_CHECKPOINT_PASSIVE));
  if (auto scrubbed = scrub(connection_); !scrubbed) {
    broken_ = scrubbed.error().message;
    return scrubbed;
  }
  return checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
}

Result<void> SqliteStorage::backup_to(const std::string& path) {
  SEATBOOK_TRY(check_caller());
  const std::lock_guard one_at_a_time(backup_);
  std::optional<FileAccess> access;
  {
    const std::lock_guard guard(mutex_);
    if (!moved()) access = access_of(sqlite3_db_filename(connection_.get(), "main"));
    if (!access) access = access_;
  }
  return back_up(connection_, mutex_, path, access,
                 [this](const std::string& copy) { return check_copy(copy); });
}

/// If another program has written to the file, its pages and this book's log can mix, and the copy
/// is not a book. No further change is acknowledged by then, so a complete copy has every
/// acknowledged change.
Result<void> SqliteStorage::check_copy(const std::string& path) {
  Version acknowledged;
  {
    const std::lock_guard guard(mutex_);
    if (!foreign_use()) return {};
    acknowledged = state_.version;
  }
  SqliteStorage copy;
  auto checked = copy.examine(path);
  if (checked && copy.state_.version < acknowledged) {
    checked = Error{Code::storage_corrupt, "the newest changes are missing from the copy"};
  }
  if (checked) return {};
  return Error{Code::storage_failed,
               "another program has written to the file of this book: " + checked.error().message};
}

/// Reads all records and compares them with the checksum.
Result<void> SqliteStorage::verify() {
  class DiscardingSink final : public RecordSink {
    Result<void> accept(RecordImage /*record*/) override { return {}; }
  };
  DiscardingSink sink;
  if (const auto read = read_all(sink); !read) return read.error();
  return {};
}

/// Reads a whole file that is not in use.
Result<void> SqliteStorage::examine(const std::string& path) {
  read_only_ = true;
  if (auto connected = connect(path, {.read_only = true}, nullptr); !connected) return connected;
  const auto format = check_schema(connection_);
  if (!format) return format.error();
  if (*format == 0) return Error{Code::not_a_book, "the file is empty"};
  rows_.use_format(*format);
  SEATBOOK_TRY(check_pages());
  SEATBOOK_TRY(load_state());
  return verify();
}

/// In a forked process, leaves everything to the parent: SQLite would checkpoint the log into a
/// file that is still being written.
void SqliteStorage::close() noexcept {
  if (fork_guard_.forked()) {
    rows_.abandon();
    for (Statement* statement : statements()) statement->abandon();
    connection_.abandon();
    lock_file_.abandon();
    return;
  }
  if (!open_ || read_only_ || broken_ || foreign_use()) return;
  // If this fails, the log stays, and the next opening checkpoints it.
  try {
    // An erasure may still be due because the disk was full.
    if (erasure_due_ ? empty_log() : checkpoint(SQLITE_CHECKPOINT_TRUNCATE)) {
      (void)connection_.configure(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false);
    }
  } catch (...) {
    return;
  }
}

}  // namespace seatbook::sqlite::detail

// The SQLite storage: batches in, records out, and what is believed after an error.
#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <deque>
#include <exception>
#include <filesystem>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "seatbook/sqlite.hpp"
#include "storage/fork_guard.hpp"
#include "storage/sqlite/backup.hpp"
#include "storage/sqlite/checksum.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/lock_file.hpp"
#include "storage/sqlite/log_file.hpp"
#include "storage/sqlite/rows.hpp"
#include "storage/sqlite/schema.hpp"

namespace seatbook::sqlite {
namespace detail {
namespace {

using seatbook::detail::ForkGuard;

/// Pages in the log from which on it is taken back into the file.
constexpr int checkpoint_pages = 1'000;
/// How many changed records are remembered for books that catch up; who is further behind reads the
/// tables.
constexpr std::size_t remembered_changes = 65'536;
constexpr int oldest_sqlite = 3'037'000;  // STRICT

bool erases(const Batch& batch) {
  for (const Put& put : batch.puts) {
    const auto* person = std::get_if<Person>(&put);
    if (person != nullptr && person->state == PersonState::erased) return true;
  }
  return false;
}

class SqliteStorage final : public Storage {
 public:
  SqliteStorage() : rows_(connection_) {}
  SqliteStorage(const SqliteStorage&) = delete;
  SqliteStorage& operator=(const SqliteStorage&) = delete;
  ~SqliteStorage() override { close(); }

  Result<void> open(const std::string& path, const Options& options, sqlite3_vfs* vfs);

  Result<Version> read(Version after, RecordSink& sink) override;
  Result<void> append(const Batch& batch) override;
  Result<std::optional<Version>> find(const Token& token) override;
  Result<void> lock() override {
    if (auto error = not_here()) return *std::move(error);
    writer_.lock();
    return {};
  }
  void unlock() noexcept override { writer_.unlock(); }
  Result<void> backup_to(const std::string& path) override;

 private:
  struct Change {
    Version version;
    RecordKind kind;
    std::uint64_t id;
  };
  using LastIds = std::array<std::uint64_t, record_kinds>;
  /// What the file holds once the batch under way is committed.
  struct State {
    Version version;
    Checksum checksum;
    LastIds last_ids{};
  };

  Result<void> connect(const std::string& path, const Options& options);
  Result<void> check_empty();
  Result<void> prepare_for_writing(bool empty);
  Result<void> check_pages();
  Result<void> load_state();
  Result<Version> read_all(RecordSink& sink);
  Result<Version> read_recent(Version after, RecordSink& sink);
  Result<void> write(const Batch& batch, State& next);
  Result<void> write_record(const Put& put, State& next);
  Result<void> commit();
  bool rolled_back();
  Result<void> checkpoint(int mode);
  void after_commit(const Batch& batch, State next) noexcept;
  void remember(const Batch& batch);
  void close() noexcept;
  [[nodiscard]] Error not_trusted(Code code) const;
  [[nodiscard]] std::optional<Error> not_here() const;
  std::array<Statement*, 6> statements() {
    return {&begin_, &commit_, &rollback_, &add_batch_, &forget_batches_, &find_batch_};
  }

  std::mutex writer_;  // lock() to unlock()
  std::mutex mutex_;   // everything below
  const ForkGuard fork_guard_;
  LockFile lock_file_;
  Connection connection_;
  Rows rows_;
  Statement begin_{"BEGIN IMMEDIATE"};
  Statement commit_{"COMMIT"};
  Statement rollback_{"ROLLBACK"};
  Statement add_batch_{"INSERT INTO batches (version, token, checksum) VALUES (?1, ?2, ?3)"};
  Statement forget_batches_{"DELETE FROM batches WHERE version <= ?1"};
  Statement find_batch_{"SELECT version FROM batches WHERE token = ?1"};
  bool read_only_ = false;
  bool open_ = false;
  int log_pages_ = 0;         // written since the log was last taken in
  bool erasure_due_ = false;  // the log may still hold what an erasure took away
  State state_;
  std::deque<Change> recent_;  // of the versions after recent_from_
  Version recent_from_;
  std::optional<std::string> broken_;  // why nothing is written any more until the file is reopened
  std::mutex backup_;                  // one copy at a time
};

Result<void> SqliteStorage::open(const std::string& path, const Options& options,
                                 sqlite3_vfs* vfs) {
  read_only_ = options.read_only;
  if (auto locked = lock_file_.take(path + "-lock"); !locked) return locked;
  if (read_only_) {
    const auto interrupted = needs_recovery(vfs, path);
    if (!interrupted) return interrupted.error();
    if (*interrupted) {
      return Error{Code::needs_recovery, "the last writer of " + path +
                                             " was interrupted; open the book for writing once"};
    }
  }
  if (auto connected = connect(path, options); !connected) return connected;
  // The first look at the file takes SQLite's lock. Before it nothing is touched that may be in
  // somebody else's use.
  const auto empty = check_schema(connection_);
  if (!empty) return empty.error();
  if (read_only_) {
    if (*empty) return Error{Code::not_a_book, "the file is empty"};
  } else {
    if (*empty) {
      if (auto nothing = check_empty(); !nothing) return nothing;
    }
    if (auto rewritten = rewrite_log(vfs, path); !rewritten) return rewritten;
    if (auto prepared = prepare_for_writing(*empty); !prepared) return prepared;
  }
  if (auto sound = check_pages(); !sound) return sound;
  if (auto loaded = load_state(); !loaded) return loaded;
  open_ = true;
  return {};
}

/// A path as a URI that tells SQLite that nobody changes the file: it then needs no lock and no
/// log.
std::string immutable_uri(const std::string& path) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '%' || c == '?' || c == '#') {
      uri += {'%', digits[byte >> 4], digits[byte & 0xf]};
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

Result<void> SqliteStorage::connect(const std::string& path, const Options& options) {
  const bool create = !options.read_only && !options.must_exist;
  auto opened =
      options.read_only
          ? connection_.open(immutable_uri(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                             options.vfs)
          : connection_.open(path, SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0),
                             options.vfs);
  if (!opened) return opened;
  // The file may be anybody's: nothing in it is run.
  const std::pair<int, bool> settings[] = {{SQLITE_DBCONFIG_DEFENSIVE, true},
                                           {SQLITE_DBCONFIG_TRUSTED_SCHEMA, false},
                                           {SQLITE_DBCONFIG_ENABLE_TRIGGER, false},
                                           {SQLITE_DBCONFIG_ENABLE_VIEW, false},
                                           {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true}};
  for (const auto& [setting, on] : settings) {
    if (auto set = connection_.configure(setting, on); !set) return set;
  }
  // The lock is taken with the first look at the file and kept, before there is a log: SQLite then
  // needs no memory that it would share with other processes. A mapped file would answer a failing
  // disk with a signal.
  std::string pragmas =
      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON;"
      "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF;"
      "PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; PRAGMA wal_autocheckpoint = 0;";
  pragmas += options.durability == Durability::full ? "PRAGMA synchronous = FULL"
                                                    : "PRAGMA synchronous = NORMAL";
  return connection_.run(pragmas.c_str());
}

/// To SQLite a file too short for a header is a new one, whatever it holds.
Result<void> SqliteStorage::check_empty() {
  const auto pages = connection_.ask("PRAGMA page_count");
  if (!pages) return pages.error();
  sqlite3_file* file = nullptr;
  sqlite3_file_control(connection_.get(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
  sqlite3_int64 size = 0;
  if (file == nullptr || file->pMethods->xFileSize(file, &size) != SQLITE_OK) {
    return Error{Code::storage_failed, "cannot read the size of the file"};
  }
  if (*pages == "0" && size > 0) {
    return Error{Code::not_a_book, "the file is too short for a database, and not empty"};
  }
  return {};
}

Result<void> SqliteStorage::prepare_for_writing(bool empty) {
  const auto mode = connection_.ask("PRAGMA journal_mode = WAL");
  if (!mode) return mode.error();
  if (*mode != "wal") {
    return Error{Code::storage_failed, "the file cannot be given a write-ahead log: " + *mode};
  }
  if (empty) {
    if (auto created = create_schema(connection_); !created) return created;
  }
  sqlite3_wal_hook(
      connection_.get(),
      [](void* self, sqlite3*, const char*, int pages) {
        static_cast<SqliteStorage*>(self)->log_pages_ = pages;
        return SQLITE_OK;
      },
      this);
  // What was left in the log is in the file, and synced, before anything is built on it.
  return checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
}

/// The checksum tells whether records are damaged. It does not see the pages in between, and a
/// damaged list of free ones would have new records written over old ones.
Result<void> SqliteStorage::check_pages() {
  const auto found = connection_.ask("PRAGMA quick_check(1)");
  if (!found) return found.error();
  if (*found != "ok") return Error{Code::storage_corrupt, "the file is damaged: " + *found};
  return {};
}

Result<void> SqliteStorage::load_state() {
  Statement last{"SELECT version, checksum FROM batches ORDER BY version DESC LIMIT 1"};
  if (auto prepared = last.prepare(connection_); !prepared) return prepared;
  const auto row = last.step();
  if (!row) return row.error();
  if (*row) {
    state_.version = Version(static_cast<std::uint64_t>(last.number(0)));
    state_.checksum = Checksum(static_cast<std::uint64_t>(last.number(1)));
  }
  last.reset();
  for (std::size_t kind = 0; kind < record_kinds; ++kind) {
    const auto id = rows_.last_id(static_cast<RecordKind>(kind));
    if (!id) return id.error();
    state_.last_ids[kind] = *id;
  }
  recent_from_ = state_.version;
  if (!state_.version && state_.last_ids != LastIds{}) {
    return Error{Code::storage_corrupt, "the file has records, and no batch that wrote them"};
  }
  return {};
}

// ------------------------------------------------------------------------------------- reading

Result<Version> SqliteStorage::read(Version after, RecordSink& sink) {
  if (auto error = not_here()) return *std::move(error);
  const std::lock_guard guard(mutex_);
  if (after >= state_.version) return state_.version;
  if (!after) return read_all(sink);
  if (after >= recent_from_) return read_recent(after, sink);
  for (std::size_t kind = 0; kind < record_kinds; ++kind) {
    const auto read = rows_.read(static_cast<RecordKind>(kind), after, [&](StoredRecord stored) {
      return sink.put(std::move(stored.record));
    });
    if (!read) return read.error();
  }
  return state_.version;
}

/// Adds up what it hands over; what comes out must be what the last batch has left.
Result<Version> SqliteStorage::read_all(RecordSink& sink) {
  Checksum checksum;
  for (std::size_t kind = 0; kind < record_kinds; ++kind) {
    const auto read = rows_.read(static_cast<RecordKind>(kind), {}, [&](StoredRecord stored) {
      checksum.add(stored.record, stored.version);
      return sink.put(std::move(stored.record));
    });
    if (!read) return read.error();
  }
  if (checksum.value() != state_.checksum.value()) {
    return Error{Code::storage_corrupt,
                 "the records do not add up to the file's checksum: it was damaged, or changed by "
                 "other hands"};
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
    if (!*found) return Error{Code::storage_corrupt, "a record that was written is missing"};
    if (auto taken = sink.put(std::move((*found)->record)); !taken) return taken.error();
  }
  return state_.version;
}

Result<std::optional<Version>> SqliteStorage::find(const Token& token) {
  if (auto error = not_here()) return *std::move(error);
  const std::lock_guard guard(mutex_);
  if (broken_) return not_trusted(Code::storage_unknown);
  if (auto prepared = find_batch_.prepare(connection_); !prepared) return prepared.error();
  const Reset reset(find_batch_);
  find_batch_.bind_bytes(1, token.bytes.data(), token.bytes.size());
  const auto row = find_batch_.step();
  if (!row) return row.error();
  if (!*row) return std::optional<Version>();
  return std::optional<Version>(static_cast<std::uint64_t>(find_batch_.number(0)));
}

// ------------------------------------------------------------------------------------- writing

std::optional<Error> SqliteStorage::not_here() const {
  if (!fork_guard_.forked()) return std::nullopt;
  return Error{Code::storage_failed, "this process is a fork of the one that opened the file"};
}

Error SqliteStorage::not_trusted(Code code) const {
  return {code, "since an earlier failure the file takes no change until it is opened again: " +
                    *broken_};
}

Result<void> SqliteStorage::append(const Batch& batch) {
  if (auto error = not_here()) return *std::move(error);
  const std::lock_guard guard(mutex_);
  if (broken_) return not_trusted(Code::storage_failed);
  if (read_only_) return Error{Code::storage_failed, "the file was opened for reading only"};
  if (batch.base != state_.version) {
    return Error{Code::conflict, "the file is at version " + std::to_string(state_.version.value)};
  }
  State next = state_;
  next.version = Version(batch.base.value + 1);
  if (auto written = write(batch, next); !written) {
    // Nothing of it is in the log but pages without a commit, which nobody will ever read.
    Error error = std::move(written).error();
    error.code = Code::storage_failed;
    if (!rolled_back()) broken_ = error.message;
    return error;
  }
  if (auto committed = commit(); !committed) return committed;
  after_commit(batch, std::move(next));
  return {};
}

Result<void> SqliteStorage::write(const Batch& batch, State& next) {
  for (Statement* statement : statements()) {
    if (auto prepared = statement->prepare(connection_); !prepared) return prepared;
  }
  if (auto begun = begin_.run(); !begun) return begun;
  for (const Put& put : batch.puts) {
    if (auto written = write_record(put, next); !written) return written;
  }
  add_batch_.bind(1, next.version.value);
  add_batch_.bind_bytes(2, batch.token.bytes.data(), batch.token.bytes.size());
  add_batch_.bind(3, next.checksum.value());
  if (auto added = add_batch_.run(); !added) return added;
  if (next.version.value > remembered_tokens) {
    forget_batches_.bind(1, next.version.value - remembered_tokens);
    if (auto forgotten = forget_batches_.run(); !forgotten) return forgotten;
  }
  return {};
}

Result<void> SqliteStorage::write_record(const Put& put, State& next) {
  const RecordKind kind = kind_of(put);
  const std::uint64_t id = id_of(put);
  std::uint64_t& last_id = next.last_ids[static_cast<std::size_t>(kind)];
  next.checksum.add(put, next.version);
  if (id > last_id) {
    last_id = id;
    return rows_.insert(put, next.version);
  }
  const auto before = rows_.find(kind, id);
  if (!before) return before.error();
  if (!*before) return rows_.insert(put, next.version);
  next.checksum.remove((*before)->record, (*before)->version);
  return rows_.update(put, next.version);
}

/// What the disk holds after a commit that failed cannot be told by reading it back: a sync that
/// failed may leave bytes that are shown but not kept, and is not tried again. Only where the disk
/// was full is the last page, and so the commit, surely not there.
Result<void> SqliteStorage::commit() {
  const auto committed = commit_.run();
  if (committed) return {};
  Error error = committed.error();
  const bool disk_full = (connection_.code() & 0xff) == SQLITE_FULL;
  if (rolled_back() && disk_full) {
    error.code = Code::storage_failed;
    return error;
  }
  error.code = Code::storage_unknown;
  broken_ = error.message;
  return error;
}

/// Whether no transaction is open any more; some errors of SQLite have ended it already.
bool SqliteStorage::rolled_back() {
  return sqlite3_get_autocommit(connection_.get()) != 0 || rollback_.run().has_value();
}

/// The batch is committed: nothing in here may make it a failure.
void SqliteStorage::after_commit(const Batch& batch, State next) noexcept {
  state_ = std::move(next);
  try {
    remember(batch);
  } catch (...) {
    recent_.clear();
    recent_from_ = state_.version;
  }
  // An erased person's bytes are gone when the call answers: from the log as well (C49).
  erasure_due_ = erasure_due_ || erases(batch);
  if (!erasure_due_ && log_pages_ < checkpoint_pages) return;
  const int mode = erasure_due_ ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
  try {
    const auto taken_in = checkpoint(mode);
    if (taken_in) {
      erasure_due_ = false;
    } else if ((connection_.code() & 0xff) != SQLITE_FULL) {
      broken_ = taken_in.error().message;
    }  // A disk that is full has lost nothing: the log stays, and the next commit tries again.
  } catch (...) {
    broken_.emplace();
  }
}

void SqliteStorage::remember(const Batch& batch) {
  for (const Put& put : batch.puts) {
    recent_.push_back({state_.version, kind_of(put), id_of(put)});
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
  if (pages != done) return Error{Code::storage_failed, "the log could not be taken in whole"};
  return {};
}

Result<void> SqliteStorage::backup_to(const std::string& path) {
  if (auto error = not_here()) return *std::move(error);
  const std::lock_guard one_at_a_time(backup_);
  return back_up(connection_, mutex_, path);
}

/// In a forked process everything is left to the other one: SQLite would take the log into a file
/// that is still being written.
void SqliteStorage::close() noexcept {
  if (fork_guard_.forked()) {
    rows_.abandon();
    for (Statement* statement : statements()) statement->abandon();
    connection_.abandon();
    lock_file_.abandon();
    return;
  }
  if (!open_ || read_only_ || broken_) return;
  // Where this fails, the log stays, and the next opening takes it in.
  try {
    if (checkpoint(SQLITE_CHECKPOINT_TRUNCATE)) {
      (void)connection_.configure(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false);
    }
  } catch (...) {
  }
}

}  // namespace
}  // namespace detail

namespace {

Error refused(const std::string& why) {
  return {Code::invalid_argument, why, "path"};
}

/// Where the file is, whatever links lead there, so that one file has one lock.
Result<std::string> resolved(const std::string& path, bool usual_vfs) {
  namespace fs = std::filesystem;
  if (path.empty() || path.find('\0') != std::string::npos) return refused("this names no file");
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(fs::absolute(path, error), error);
  if (error) return refused("cannot follow " + path + ": " + error.message());
  if (!fs::is_directory(whole.parent_path(), error)) {
    return refused("there is no such folder: " + whole.parent_path().string());
  }
  if (usual_vfs && fs::exists(whole, error) && !fs::is_regular_file(whole, error)) {
    return refused("not a file: " + whole.string());
  }
  return whole.string();
}

}  // namespace

Result<std::shared_ptr<Storage>> open_storage(const std::string& path, const Options& options) try {
  const auto whole = resolved(path, options.vfs.empty());
  if (!whole) return whole.error();
  if (sqlite3_libversion_number() < detail::oldest_sqlite || sqlite3_threadsafe() == 0) {
    return Error{Code::unsupported_storage, std::string("SQLite ") + sqlite3_libversion() +
                                                " is older than 3.37, or made without threads"};
  }
  if (sqlite3_initialize() != SQLITE_OK)
    return Error{Code::storage_failed, "SQLite does not start"};
  sqlite3_vfs* const vfs = sqlite3_vfs_find(options.vfs.empty() ? nullptr : options.vfs.c_str());
  if (vfs == nullptr) {
    return Error{Code::unsupported_storage, "no such virtual file system: " + options.vfs, "vfs"};
  }
  if (options.must_exist || options.read_only) {
    int exists = 0;
    vfs->xAccess(vfs, whole->c_str(), SQLITE_ACCESS_EXISTS, &exists);
    if (exists == 0) return refused("there is no such file: " + *whole);
  }
  auto storage = std::make_shared<detail::SqliteStorage>();
  if (auto opened = storage->open(*whole, options, vfs); !opened) return std::move(opened).error();
  return std::shared_ptr<Storage>(std::move(storage));
} catch (const std::bad_alloc&) {
  return Error{Code::out_of_memory, "out of memory"};
} catch (const std::exception& error) {
  return Error{Code::storage_failed, std::string("unexpected: ") + error.what()};
}

}  // namespace seatbook::sqlite

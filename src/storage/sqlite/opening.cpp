// Opening a file: locking, recovery of files left behind, and reading its state.
#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <new>
#include <string>
#include <system_error>
#include <utility>

#include "storage/sqlite/log_file.hpp"
#include "storage/sqlite/paths.hpp"
#include "storage/sqlite/schema.hpp"
#include "storage/sqlite/storage.hpp"
#include "types/try.hpp"

namespace seatbook::sqlite {
namespace detail {
namespace {

/// Returns a URI with immutable=1: SQLite then uses no lock and no log.
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

}  // namespace

Result<void> SqliteStorage::open(const std::string& path, const Options& options,
                                 sqlite3_vfs* vfs) {
  read_only_ = options.read_only;
  SEATBOOK_TRY(lock_file_.take(path + "-lock", read_only_));
  take_over_access(path);
  if (read_only_) {
    const auto interrupted = needs_recovery(vfs, path);
    if (!interrupted) return interrupted.error();
    if (*interrupted) {
      return Error{Code::needs_recovery, "the last writer of " + path +
                                             " was interrupted: open the book for writing once"};
    }
  }
  SEATBOOK_TRY(connect(path, options, vfs));
  // The first access takes SQLite's lock. Before that nothing is changed that another process may
  // be using.
  const auto format = check_schema(connection_);
  if (!format) return format.error();
  const bool empty = *format == 0;
  if (read_only_) {
    if (empty) return Error{Code::not_a_book, "the file is empty"};
  } else {
    if (empty) {
      SEATBOOK_TRY(check_empty());
    }
    const auto interrupted = has_log(vfs, path);
    if (!interrupted) return interrupted.error();
    SEATBOOK_TRY(rewrite_log(vfs, path));
    SEATBOOK_TRY(prepare_for_writing(empty, *interrupted));
    watch_.begin(path + "-wal", path + "-shm");
  }
  if (!empty) rows_.use_format(*format);
  SEATBOOK_TRY(check_pages());
  SEATBOOK_TRY(load_state());
  if (!empty && *format < file_format && !read_only_) {
    SEATBOOK_TRY(migrate());
  }
  open_ = true;
  return {};
}

void SqliteStorage::take_over_access(const std::string& path) {
  access_ = access_of(path);
  if (access_) lock_file_.give_to(*access_);
}

Result<void> SqliteStorage::connect(const std::string& path, const Options& options,
                                    sqlite3_vfs* vfs) {
  const bool create = !options.read_only && !options.must_exist;
  auto opened =
      options.read_only
          ? connection_.open(immutable_uri(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                             options.vfs)
          : connection_.open(path, SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0),
                             options.vfs);
  if (!opened) return opened;
  if (!access_) take_over_access(path);  // a new file
  if (!options.read_only && sqlite3_db_readonly(connection_.get(), "main") == 1) {
    return Error{Code::storage_failed, "no write permission for " + path};
  }
  if (!options.read_only) {
    SEATBOOK_TRY(check_log_without_file(vfs, path));
  }
  // The file is untrusted: nothing in it is executed.
  const std::pair<int, bool> settings[] = {{SQLITE_DBCONFIG_DEFENSIVE, true},
                                           {SQLITE_DBCONFIG_TRUSTED_SCHEMA, false},
                                           {SQLITE_DBCONFIG_ENABLE_TRIGGER, false},
                                           {SQLITE_DBCONFIG_ENABLE_VIEW, false},
                                           {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true}};
  for (const auto& [setting, on] : settings) {
    SEATBOOK_TRY(connection_.configure(setting, on));
  }
  // The lock is taken with the first access and kept, before there is a log: SQLite then needs no
  // memory shared with other processes. With a mapped file, a failing disk would raise a signal.
  std::string pragmas =
      "PRAGMA locking_mode = EXCLUSIVE; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON;"
      "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF;"
      "PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; PRAGMA wal_autocheckpoint = 0;";
  pragmas += options.durability == Durability::full ? "PRAGMA synchronous = FULL"
                                                    : "PRAGMA synchronous = NORMAL";
  return connection_.run(pragmas.c_str());
}

/// Next to an empty file SQLite deletes a log. A non-empty log belongs to a file that was lost, or
/// has not been restored yet.
Result<void> SqliteStorage::check_log_without_file(sqlite3_vfs* vfs, const std::string& path) {
  const auto size = file_size();
  if (!size) return size.error();
  if (*size > 0) return {};
  const auto log_exists = has_log(vfs, path);
  if (!log_exists) return log_exists.error();
  if (!*log_exists) return {};
  return Error{Code::storage_corrupt, "the log of a book exists next to " + path +
                                          ", but the file itself is missing or empty"};
}

Result<std::int64_t> SqliteStorage::file_size() {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(connection_.get(), "main", SQLITE_FCNTL_FILE_POINTER,
                       static_cast<void*>(&file));
  sqlite3_int64 size = 0;
  if (file == nullptr || file->pMethods->xFileSize(file, &size) != SQLITE_OK) {
    return Error{Code::storage_failed, "cannot read the size of the file"};
  }
  return std::int64_t{size};
}

/// SQLite treats a file that is too short for a header as a new one, whatever it contains.
Result<void> SqliteStorage::check_empty() {
  const auto pages = connection_.query_value("PRAGMA page_count");
  if (!pages) return pages.error();
  const auto size = file_size();
  if (!size) return size.error();
  if (*pages == "0" && *size > 0) {
    return Error{Code::not_a_book, "the file is not empty, but too short for a database"};
  }
  return {};
}

Result<void> SqliteStorage::prepare_for_writing(bool empty, bool interrupted) {
  const auto mode = connection_.query_value("PRAGMA journal_mode = WAL");
  if (!mode) return mode.error();
  if (*mode != "wal") {
    return Error{Code::storage_failed,
                 "the file cannot use a write-ahead log: journal mode " + *mode};
  }
  if (empty) {
    SEATBOOK_TRY(create_schema(connection_));
  }
  sqlite3_wal_hook(
      connection_.get(),
      [](void* self, sqlite3*, const char*, int pages) {
        static_cast<SqliteStorage*>(self)->log_pages_ = pages;
        return SQLITE_OK;
      },
      this);
  // The content of the log is in the file, and synced, before anything is written.
  return interrupted ? empty_log() : checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
}

/// The checksum detects damaged records, but not other pages: a damaged free list would let new
/// records overwrite old ones.
Result<void> SqliteStorage::check_pages() {
  // Nor does it cover the batches and their index: a request could be executed twice.
  for (const char* check : {"PRAGMA quick_check(1)", "PRAGMA integrity_check(batches)"}) {
    const auto found = connection_.query_value(check);
    if (!found) return found.error();
    if (*found != "ok") return Error{Code::storage_corrupt, "the file is damaged: " + *found};
  }
  return {};
}

Result<void> SqliteStorage::load_state() {
  Statement last{"SELECT version, checksum FROM batches ORDER BY version DESC LIMIT 1"};
  SEATBOOK_TRY(last.prepare(connection_));
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
    return Error{Code::storage_corrupt, "the file has records, but no batch that wrote them"};
  }
  return {};
}

/// Migrates a file of an older format, unless its records differ from the checksum. The book checks
/// the rules later, when it reads the migrated file.
Result<void> SqliteStorage::migrate() {
  SEATBOOK_TRY(verify());
  const Error in_use{Code::storage_in_use, "another program has opened the file"};
  if (foreign_use()) return in_use;
  SEATBOOK_TRY(migrate_schema(connection_));
  // Another program may have copied the log into the file before the log had the migration.
  if (foreign_use()) return in_use;
  rows_.use_format(file_format);
  return {};
}

}  // namespace detail

namespace {

constexpr int oldest_sqlite = 3'037'000;  // STRICT

using detail::refused_path;

/// Returns the path of the file after following links, so that one file has one lock.
Result<std::string> resolved(const std::string& path, bool usual_vfs) {
  namespace fs = std::filesystem;
  SEATBOOK_TRY(detail::check_name(path));
  std::error_code error;
  const fs::path resolved_path = fs::weakly_canonical(fs::absolute(path, error), error);
  if (error) return refused_path("cannot resolve " + path + ": " + error.message());
  if (fs::is_symlink(fs::symlink_status(resolved_path, error))) {
    return refused_path("dangling symbolic link: " + resolved_path.string());
  }
  if (!fs::is_directory(resolved_path.parent_path(), error)) {
    return refused_path("no such folder: " + resolved_path.parent_path().string());
  }
  if (usual_vfs && fs::exists(resolved_path, error) && !fs::is_regular_file(resolved_path, error)) {
    return refused_path("not a regular file: " + resolved_path.string());
  }
  return resolved_path.string();
}

}  // namespace

Result<std::shared_ptr<Storage>> open_storage(const std::string& path, const Options& options) try {
  const auto file = resolved(path, options.vfs.empty());
  if (!file) return file.error();
  if (sqlite3_libversion_number() < oldest_sqlite || sqlite3_threadsafe() == 0) {
    return Error{Code::unsupported_storage,
                 std::string("SQLite ") + sqlite3_libversion() +
                     " is not supported: 3.37 or newer with thread support is required"};
  }
  if (sqlite3_initialize() != SQLITE_OK)
    return Error{Code::storage_failed, "SQLite cannot be initialized"};
  sqlite3_vfs* const vfs = sqlite3_vfs_find(options.vfs.empty() ? nullptr : options.vfs.c_str());
  if (vfs == nullptr) {
    return Error{Code::unsupported_storage, "no such virtual file system: " + options.vfs, "vfs"};
  }
  SEATBOOK_TRY(detail::check_length(*file, vfs));
  if (options.must_exist || options.read_only) {
    int exists = 0;
    vfs->xAccess(vfs, file->c_str(), SQLITE_ACCESS_EXISTS, &exists);
    if (exists == 0) return refused_path("no such file: " + *file);
  }
  auto storage = std::make_shared<detail::SqliteStorage>();
  SEATBOOK_TRY(storage->open(*file, options, vfs));
  return std::shared_ptr<Storage>(std::move(storage));
} catch (const std::bad_alloc&) {
  return Error{Code::out_of_memory, "out of memory"};
} catch (const std::exception& error) {
  return Error{Code::storage_failed, std::string("unexpected: ") + error.what()};
}

}  // namespace seatbook::sqlite

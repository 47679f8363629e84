/// The storage behind sqlite::open_storage().
#ifndef SEATBOOK_STORAGE_SQLITE_STORAGE_HPP_
#define SEATBOOK_STORAGE_SQLITE_STORAGE_HPP_

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "seatbook/sqlite.hpp"
#include "storage/fork_guard.hpp"
#include "storage/sqlite/checksum.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/file_access.hpp"
#include "storage/sqlite/lock_file.hpp"
#include "storage/sqlite/log_watch.hpp"
#include "storage/sqlite/rows.hpp"

namespace seatbook::sqlite::detail {

class SqliteStorage final : public Storage {
 public:
  SqliteStorage() : rows_(connection_) {}
  SqliteStorage(const SqliteStorage&) = delete;
  SqliteStorage& operator=(const SqliteStorage&) = delete;
  ~SqliteStorage() override { close(); }

  Result<void> open(const std::string& path, const Options& options, sqlite3_vfs* vfs);

  Result<Version> read(Version after, RecordSink& sink) override;
  Result<void> append(const Batch& batch) override { return append_all({&batch, 1}); }
  [[nodiscard]] std::size_t largest_group() const override { return max_group_size; }
  Result<void> append_group(const std::vector<Batch>& batches) override {
    return append_all(batches);
  }
  Result<std::optional<Version>> find(const Token& token) override;
  Result<void> lock() override;
  void unlock() noexcept override { writer_.unlock(); }
  Result<void> backup_to(const std::string& path) override;

 private:
  struct Change {
    Version version;
    RecordKind kind;
    std::uint64_t id;
  };
  using LastIds = std::array<std::uint64_t, record_kinds>;
  /// The content of the file after the current batches are committed.
  struct State {
    Version version;
    Checksum checksum;
    LastIds last_ids{};
  };

  void take_over_access(const std::string& path);
  Result<void> connect(const std::string& path, const Options& options, sqlite3_vfs* vfs);
  Result<void> check_log_without_file(sqlite3_vfs* vfs, const std::string& path);
  Result<std::int64_t> file_size();
  Result<void> check_empty();
  Result<void> prepare_for_writing(bool empty, bool interrupted);
  Result<void> check_pages();
  Result<void> load_state();
  Result<void> migrate();
  Result<Version> read_all(RecordSink& sink);
  Result<Version> read_recent(Version after, RecordSink& sink);
  Result<void> append_all(std::span<const Batch> batches);
  Result<void> write_and_commit(std::span<const Batch> batches);
  Result<void> write(std::span<const Batch> batches, State& next);
  Result<void> write_batch(const Batch& batch, State& next);
  Result<void> write_record(const RecordImage& image, State& next);
  Result<void> commit();
  bool rolled_back() noexcept;
  bool moved() noexcept;
  bool foreign_use() noexcept;
  [[nodiscard]] Error needs_reopen() const;
  Result<void> examine(const std::string& path);
  Result<void> verify();
  Result<void> check_copy(const std::string& path);
  Result<void> checkpoint(int mode);
  Result<void> empty_log();
  void after_commit(std::span<const Batch> batches, State next) noexcept;
  void remember(std::span<const Batch> batches);
  void close() noexcept;
  [[nodiscard]] Error broken_error(Code code) const;
  [[nodiscard]] Result<void> check_caller() const;
  std::array<Statement*, 6> statements() {
    return {&begin_, &commit_, &rollback_, &add_batch_, &forget_batches_, &find_batch_};
  }

  std::mutex writer_;  // lock() to unlock()
  std::mutex mutex_;   // guards everything below
  const seatbook::detail::ForkGuard fork_guard_;
  LockFile lock_file_;
  std::optional<FileAccess> access_;  // permissions of the file when it was opened
  LogWatch watch_;
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
  bool committing_ = false;   // the current batches have reached COMMIT
  int log_pages_ = 0;         // pages written since the last checkpoint
  bool erasure_due_ = false;  // the log may still contain erased data
  State state_;
  std::deque<Change> recent_;  // changes of the versions after recent_from_
  Version recent_from_;
  std::optional<std::string> broken_;  // why no write is accepted until the file is reopened
  const char* foreign_use_ = nullptr;  // how another program used the file
  std::mutex backup_;                  // one copy at a time
};

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_STORAGE_HPP_

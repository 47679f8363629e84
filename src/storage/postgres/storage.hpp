/// The protocol of a book that several processes share through a server: locks, versions, fences,
/// unknown outcomes, retries. BookServer is the server.
#ifndef SEATBOOK_STORAGE_POSTGRES_STORAGE_HPP_
#define SEATBOOK_STORAGE_POSTGRES_STORAGE_HPP_

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "seatbook/postgres.hpp"
#include "storage/fork_guard.hpp"
#include "storage/postgres/book_server.hpp"
#include "storage/postgres/server_clock.hpp"

namespace seatbook::postgres::detail {

class PostgresStorage final : public Storage {
 public:
  PostgresStorage(std::unique_ptr<BookServer> server, Options options);
  PostgresStorage(const PostgresStorage&) = delete;
  PostgresStorage& operator=(const PostgresStorage&) = delete;
  ~PostgresStorage() override;

  Result<Version> read(Version after, RecordSink& sink) override;
  Result<void> append(const Batch& batch) override { return append_all({&batch, 1}); }
  [[nodiscard]] std::size_t largest_group() const override { return max_group_size; }
  Result<void> append_group(const std::vector<Batch>& batches) override {
    return append_all(batches);
  }
  Result<void> sync() override;
  Result<std::optional<Version>> find(const Token& token) override;
  Result<std::optional<Version>> seen(const Token& token) override;
  Result<void> lock() override;
  void unlock() noexcept override;
  std::shared_ptr<Clock> clock() override { return clock_; }

 private:
  class Reading;
  struct ReadStamp {
    Stamp stamp;
    bool durable = false;
  };

  template <class Work>
  std::optional<Failure> retried(const Work& work);
  std::optional<Failure> take_head(const Head& head);
  std::optional<Failure> take_news(std::optional<Failure> failure, News news);
  std::optional<Failure> read_news(Version from);
  std::optional<Failure> lock_book();
  void compare(const Stamp& stamp);
  [[nodiscard]] bool knows(Version version) const;
  void remember(const Stamp& stamp);
  std::optional<Failure> read_newer(Version after, Reading& reading);
  std::optional<Failure> read_records(Version after, Reading& reading);
  Result<void> make_durable(std::map<std::thread::id, ReadStamp>::iterator read);
  [[nodiscard]] std::optional<std::span<const StoredBatch>> news_after(Version after) const;
  [[nodiscard]] std::optional<Stamp> stamp_of(Version version) const;
  std::optional<Failure> raise_fence(const Token& token, std::optional<Stamp>& found);
  Result<std::optional<Stamp>> find_here(const Token& token);
  Result<std::optional<Stamp>> find_with_retry(const Token& token);
  std::optional<Stamp> own(const Token& token, const std::optional<Stamp>& found);
  Result<void> append_all(std::span<const Batch> batches);
  Result<void> send_until_settled(std::span<const Batch> batches);
  std::optional<Result<void>> resolve(std::span<const OutgoingBatch> batches, const Failure& why);
  void committed(std::span<const OutgoingBatch> batches);
  void mark_settled();
  [[nodiscard]] bool locked_here() const { return holds_lock_ && server_->in_transaction(); }
  [[nodiscard]] Result<void> check_caller() const;
  template <class Value, class Call>
  Value guarded(Code otherwise, const Call& call) noexcept;

  const Options options_;
  const std::shared_ptr<ServerClock> clock_ = std::make_shared<ServerClock>();
  const seatbook::detail::ForkGuard fork_guard_;

  std::mutex writer_;  // lock() to unlock()
  std::mutex mutex_;   // guards everything below
  const std::unique_ptr<BookServer> server_;
  std::optional<Head> head_;       // as last read; exact while this storage holds the lock
  std::vector<StoredBatch> news_;  // the batches that were read with it
  bool holds_lock_ = false;        // between lock() and unlock(), even if the connection is lost

  // Once find() has reported a token as not written, its batch must never commit.
  bool unresolved_ = false;  // a batch of this storage was sent and may still commit
  bool looked_up_ = false;   // find() returned "none" under the lock, without raising the fence
  bool fence_owed_ = false;  // the fence must be raised before the lock is released
  /// The batches that were sent and whose outcome is unknown. Another process may have sent a batch
  /// with the same token, if it is a request id, so finding the token is not enough.
  std::map<Token, Stamp> doubtful_;
  int lost_in_a_row_ = 0;  // attempts to send a batch that lost the connection without a commit

  /// The digests of the last durable versions that books on this storage have read or written. If
  /// the server reports another digest for one of them, or an older version than the last one, it
  /// was restored to an older state and has diverged.
  std::map<Version, Digest> seen_;
  Version forgotten_;  // the newest one that was removed from seen_
  /// What each thread has read last. If it is gone after a crash of the server before it was
  /// durable, the history has not diverged, because no book has shown it.
  std::map<std::thread::id, ReadStamp> read_;
  /// The number of further commits that share syncs: others have written recently.
  int shared_commits_ = 0;
  /// Why every read() fails with book_needs_reopen: the server was restored, or the book was
  /// dropped. Empty if it does not.
  std::string diverged_;
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_STORAGE_HPP_

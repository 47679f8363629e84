/// The protocol of a book that several processes share through a server: locks, versions, fences,
/// unknown outcomes, retries. BookServer is the server.
#ifndef SEATBOOK_STORAGE_POSTGRES_STORAGE_HPP_
#define SEATBOOK_STORAGE_POSTGRES_STORAGE_HPP_

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

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

  /// Reads the book's version and the server's time.
  Result<void> open();

  Result<Version> read(Version after, RecordSink& sink) override;
  Result<void> append(const Batch& batch) override;
  Result<std::optional<Version>> find(const Token& token) override;
  Result<void> lock() override;
  void unlock() noexcept override;
  std::shared_ptr<Clock> clock() override { return clock_; }

 private:
  class Reading;
  class Comparison;

  template <class Work>
  std::optional<Failure> retried(const Work& work);
  std::optional<Failure> take_head(std::optional<Failure> failure, Head head);
  void remember(Version version, const Token& token);
  std::optional<Failure> read_head();
  std::optional<Failure> lock_head();
  std::optional<Failure> read_snapshot(Version after, Reading& reading);
  std::optional<Failure> read_records(Version after, Reading& reading);
  std::optional<Failure> raise_fence(const Token& token, std::optional<Version>& found);
  Result<std::optional<Version>> find_here(const Token& token);
  Result<std::optional<Version>> find_own(const Token& token, Result<std::optional<Version>> found);
  Result<std::optional<Version>> find_with_retry(const Token& token);
  Result<void> send_until_settled(const Batch& batch);
  std::optional<Result<void>> resolve(const Batch& batch, const Failure& why);
  void committed(const Batch& batch);
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
  Head head_;                // as last read; exact while this storage holds the lock
  bool holds_lock_ = false;  // between lock() and unlock(), even if the connection is lost

  // Once find() has reported a token as not written, its batch must never commit.
  bool unresolved_ = false;  // a batch of this storage was sent and may still commit
  bool looked_up_ = false;   // find() returned "none" under the lock, without raising the fence
  bool fence_owed_ = false;  // the fence must be raised before the lock is released
  /// A batch of unknown outcome, sent after its token was looked up without raising the fence.
  std::optional<Batch> doubtful_;
  int lost_in_a_row_ = 0;  // attempts to send a batch that lost the connection without a commit

  /// The tokens of the versions read last. If the server reports another token for one of them, it
  /// was restored to an older state and has diverged.
  std::map<Version, Token> seen_;
  /// Why every read() fails with book_needs_reopen: the server was restored, or the book was
  /// dropped. Empty if it does not.
  std::string diverged_;
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_STORAGE_HPP_

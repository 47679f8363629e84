/// A storage that keeps a book's records in a PostgreSQL database.
#ifndef SEATBOOK_STORAGE_POSTGRES_STORAGE_HPP_
#define SEATBOOK_STORAGE_POSTGRES_STORAGE_HPP_

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "seatbook/postgres.hpp"
#include "storage/fork_guard.hpp"
#include "storage/postgres/backoff.hpp"
#include "storage/postgres/connection.hpp"
#include "storage/postgres/rows.hpp"
#include "storage/postgres/server_clock.hpp"

namespace seatbook::postgres::detail {

class PostgresStorage final : public Storage {
 public:
  PostgresStorage(Target target, Options options);
  PostgresStorage(const PostgresStorage&) = delete;
  PostgresStorage& operator=(const PostgresStorage&) = delete;
  ~PostgresStorage() override;

  /// Connects, checks the tables, and finds or adds the book.
  Result<void> open();

  Result<Version> read(Version after, RecordSink& sink) override;
  Result<void> append(const Batch& batch) override;
  Result<std::optional<Version>> find(const Token& token) override;
  Result<void> lock() override;
  void unlock() noexcept override;
  std::shared_ptr<Clock> clock() override { return clock_; }

 private:
  /// The content of the book's row.
  struct Head {
    Version version;
    std::uint64_t fence = 0;
  };
  /// The state of one read(), across its retries.
  struct Reading {
    RecordSink& sink;
    std::vector<RecordImage> buffer = {};  // not yet passed to the sink: a retry is still possible
    bool delivered = false;                // the sink has received a record
    bool unverified = false;               // the token of the reader's version is no longer stored
    std::optional<Error> refusal = {};     // the sink's error, or that of an invalid row
  };

  std::optional<Failure> connected();
  template <class Work>
  std::optional<Failure> retried(const Work& work);
  Result<std::uint64_t> find_book();
  Connection::TakeRow send_head(const Statement& head);
  std::optional<Failure> finish_head(const Connection::TakeRow& take);
  void remember(Version version, const Token& token);
  std::optional<Failure> read_head();
  std::optional<Failure> lock_head();
  std::optional<Failure> read_snapshot(Version after, Reading& reading);
  std::optional<Failure> read_tables(Version after, Reading& reading);
  static bool take_record(RecordKind kind, const Row& row, Reading& reading);
  static bool deliver(Reading& reading);
  std::optional<Failure> send_batch(const Batch& batch);
  std::optional<Failure> plain_find(const Token& token, std::optional<Version>& found);
  std::optional<Failure> fenced_find(const Token& token, std::optional<Version>& found);
  Result<std::optional<Version>> find_with_retry(const Token& token);
  Result<void> send_until_settled(const Batch& batch);
  std::optional<Result<void>> resolve(const Batch& batch, const Failure& why);
  void committed(const Batch& batch);
  void mark_settled();
  void end_transaction(const Statement& how);
  [[nodiscard]] bool locked_here() const { return holds_lock_ && connection_.in_transaction(); }
  [[nodiscard]] std::optional<Error> check_caller() const;
  template <class Value, class Call>
  Value guarded(Code otherwise, const Call& call) noexcept;

  const Target target_;
  const Options options_;
  const std::string schema_;  // quoted
  const Rows rows_;
  const std::shared_ptr<ServerClock> clock_ = std::make_shared<ServerClock>();
  const seatbook::detail::ForkGuard fork_guard_;

  const Statement head_;
  const Statement lock_head_;
  const Statement head_token_;
  const Statement token_of_;
  const Statement raise_fence_;
  const Statement find_token_;
  const Statement compare_and_set_;
  const Statement add_batch_;
  const Statement forget_batches_;

  std::mutex writer_;  // lock() to unlock()
  std::mutex mutex_;   // guards everything below
  Connection connection_;
  std::uint64_t book_ = 0;
  Head head_now_;            // as last read; exact while this storage holds the row's lock
  bool head_found_ = false;  // the last query returned the book's row
  bool holds_lock_ = false;  // between lock() and unlock(), even if the connection is lost
  bool behind_ = false;      // a standby has not replicated a version that was read before

  // Once find() has reported a token as not written, its batch must never commit.
  bool unresolved_ = false;  // a batch of this storage was sent and may still commit
  bool looked_up_ = false;   // find() returned "none" under the lock, without raising the fence
  bool fence_owed_ = false;  // the fence must be raised before the lock is released
  int lost_in_a_row_ = 0;    // attempts to send a batch that lost the connection without a commit

  /// The tokens of the versions read last. If the server reports another token for one of them, it
  /// was restored to an older state and has diverged.
  std::map<Version, Token> seen_;
  bool restored_ = false;
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_STORAGE_HPP_

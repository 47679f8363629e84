/// The storage that keeps a book's records in a PostgreSQL database.
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

  /// Connects, recognizes the tables, finds the book or makes it.
  Result<void> open();

  Result<Version> read(Version after, RecordSink& sink) override;
  Result<void> append(const Batch& batch) override;
  Result<std::optional<Version>> find(const Token& token) override;
  Result<void> lock() override;
  void unlock() noexcept override;
  std::shared_ptr<Clock> clock() override { return clock_; }

 private:
  /// What the book's row says.
  struct Head {
    Version version;
    std::uint64_t fence = 0;
  };
  /// Reads, in a transaction that is open already, and says how much it has handed over.
  struct Reading {
    RecordSink& sink;
    std::vector<RecordImage> held =
        {};  // to be handed over together: until then it can be read again
    bool handed_over = false;
    bool unverified = false;  // the batch that the reader knows last is no longer remembered
    std::optional<Error> refusal = {};  // the sink's, or of a row that is not understood
  };

  std::optional<Failure> connected();
  template <class Work>
  std::optional<Failure> retried(const Work& work);
  Result<std::uint64_t> find_book();
  Connection::TakeRow send_head(const Statement& head);
  std::optional<Failure> finish_head(const Connection::TakeRow& take);
  void seen(Version version, const Token& token);
  std::optional<Failure> look();
  std::optional<Failure> lock_head();
  std::optional<Failure> read_snapshot(Version after, Reading& reading);
  std::optional<Failure> read_tables(Version after, Reading& reading);
  static bool take_record(RecordKind kind, const Row& row, Reading& reading);
  static bool hand_over(Reading& reading);
  std::optional<Failure> send_batch(const Batch& batch);
  std::optional<Failure> plain_find(const Token& token, std::optional<Version>& found);
  std::optional<Failure> fenced_find(const Token& token, std::optional<Version>& found);
  Result<std::optional<Version>> find_afresh(const Token& token);
  Result<void> send_until_settled(const Batch& batch);
  std::optional<Result<void>> resolve(const Batch& batch, const Failure& why);
  void committed(const Batch& batch);
  void all_earlier_are_settled();
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
  std::mutex mutex_;   // everything below
  Connection connection_;
  std::uint64_t book_ = 0;
  Head head_now_;            // as it was last seen; exact while this storage holds the row's lock
  bool head_found_ = false;  // the last look has found the book's row
  bool holds_lock_ = false;  // between lock() and unlock(), though the connection may be lost
  bool behind_ = false;      // a standby has not come as far as what was seen before

  // What find() has said of a token that no batch has, and what it takes to keep that true.
  bool unresolved_ = false;  // a batch of this storage was sent, and may still land
  bool looked_up_ = false;   // "none" was said under the lock, without the fence
  bool fence_owed_ = false;  // the fence has to be raised before the lock is given up
  int lost_in_a_row_ = 0;    // sendings of a batch that ended with the connection, and no commit

  /// Which batch was which version, of those seen last: a server that says otherwise was put back
  /// to an older state, and has gone another way since.
  std::map<Version, Token> seen_;
  bool put_back_ = false;
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_STORAGE_HPP_

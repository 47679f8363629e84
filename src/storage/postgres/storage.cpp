// The protocol of a shared book: the writer lock, appending batches, reading records, and resolving
// commits with an unknown outcome.
#include "storage/postgres/storage.hpp"

#include <algorithm>
#include <exception>
#include <new>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "seatbook/describe.hpp"
#include "types/try.hpp"

namespace seatbook::postgres::detail {
namespace {

/// Up to this many records are buffered, so that a failed read can be retried before the sink has
/// received any.
constexpr std::size_t buffered_records = 4'096;
/// Limit on sending a batch whose connection is lost each time: the batch may be the cause.
constexpr int max_sendings = 3;
/// Limit on sending a batch again because only the fence has changed: other processes raise it to
/// resolve commits with an unknown outcome.
constexpr int fence_attempts = 20;

/// Number of versions whose tokens are kept to detect a restored server.
constexpr std::size_t remembered_versions = 256;

constexpr const char* restored_message =
    "the server was restored to an older state than this book has read: close the book and open it "
    "again";

Version version_of(const Batch& batch) {
  return Version(batch.base.value + 1);
}

}  // namespace

/// The state of one read(), across its retries.
class PostgresStorage::Reading final : public ServerSink {
 public:
  Reading(PostgresStorage& storage, Version after, RecordSink& sink)
      : storage_(storage), after_(after), sink_(sink) {}

  bool start(const std::optional<Token>& token) override {
    buffer_.clear();
    // Only records that follow the book's last known batch are accepted.
    if (after_ && token) storage_.remember(after_, *token);
    unverified = after_ && !token;
    return !unverified && storage_.diverged_.empty();
  }
  bool accept(Result<RecordImage> record) override {
    if (!record) {
      refusal = std::move(record).error();
      return false;
    }
    buffer_.push_back(*std::move(record));
    return buffer_.size() < buffered_records || deliver();
  }
  /// Passes the buffered records to the sink. Returns false if the sink refuses one.
  bool deliver() {
    for (RecordImage& record : buffer_) {
      delivered_ = true;
      if (auto taken = sink_.accept(std::move(record)); !taken) {
        refusal = std::move(taken).error();
        return false;
      }
    }
    buffer_.clear();
    return true;
  }
  /// Whether the read can be repeated: records already passed to the sink cannot be withdrawn.
  [[nodiscard]] bool repeatable() const {
    return !delivered_ && !refusal && !unverified && storage_.diverged_.empty();
  }

  bool unverified = false;            // the token of the reader's version is no longer stored
  std::optional<Error> refusal = {};  // the sink's error, or that of an invalid row

 private:
  PostgresStorage& storage_;
  const Version after_;
  RecordSink& sink_;
  std::vector<RecordImage> buffer_;  // not yet passed to the sink: a retry is still possible
  bool delivered_ = false;           // the sink has received a record
};

/// Compares what is stored with the records of a batch that are written only once.
class PostgresStorage::Comparison final : public ServerSink {
 public:
  explicit Comparison(const Batch& batch) {
    for (const RecordImage& image : batch.images) {
      if (is_final(image)) expected_.push_back(&image);
    }
  }
  bool start(const std::optional<Token>& /*token*/) override {
    equal_ = 0;
    return true;
  }
  bool accept(Result<RecordImage> record) override {
    if (!record || !is_final(*record)) return true;
    equal_ += static_cast<std::size_t>(
        std::count_if(expected_.begin(), expected_.end(),
                      [&](const RecordImage* image) { return *image == *record; }));
    return true;
  }
  [[nodiscard]] bool equal() const { return equal_ == expected_.size(); }

 private:
  static bool is_final(const RecordImage& image) {
    return std::holds_alternative<HistoryRow>(image) || std::holds_alternative<ActorRecord>(image);
  }

  std::vector<const RecordImage*> expected_;
  std::size_t equal_ = 0;
};

PostgresStorage::PostgresStorage(std::unique_ptr<BookServer> server, Options options)
    : options_(std::move(options)), server_(std::move(server)) {}

PostgresStorage::~PostgresStorage() {
  if (fork_guard_.forked()) server_->abandon();
}

Result<void> PostgresStorage::check_caller() const {
  if (!fork_guard_.forked()) return {};
  return Error{Code::storage_failed, "this process is a fork of the one that connected"};
}

Result<void> PostgresStorage::open() {
  if (auto failure = read_head()) return failure->when_opening();
  return {};
}

/// Calls `call` with mutex_ held. On an exception, closes the connection and returns `otherwise`.
template <class Value, class Call>
Value PostgresStorage::guarded(Code otherwise, const Call& call) noexcept {
  const std::lock_guard guard(mutex_);
  try {
    return call();
  } catch (const std::bad_alloc&) {
    server_->close();
    return Error{otherwise, "out of memory"};  // short enough to need no allocation
  } catch (const std::exception&) {
    server_->close();
    return Error{otherwise, "unexpected"};
  }
}

/// Runs `work` on a connection. Retries transient failures for up to retry_for_ms.
template <class Work>
std::optional<Failure> PostgresStorage::retried(const Work& work) {
  Backoff backoff(options_.retry_for_ms);
  for (;;) {
    std::optional<Failure> failure = server_->connect();
    if (!failure) failure = work();
    if (!failure) return failure;
    server_->end_transaction();
    if (!failure->transient || !server_->pause(backoff)) return failure;
  }
}

// ---------------------------------------------------------------------------------------- heads

/// Accepts the head that the server has returned, unless the call failed.
std::optional<Failure> PostgresStorage::take_head(std::optional<Failure> failure, Head head) {
  if (failure && failure->cause == Cause::dropped) {
    diverged_ = std::move(failure->message);
    return std::nullopt;
  }
  if (failure) return failure;
  head_ = head;
  if (head.now_us) clock_->set(*head.now_us);
  if (!seen_.empty() && head.version < seen_.rbegin()->first) {
    // A reader may be connected to another standby than before; a writer never is.
    if (options_.read_only) {
      failure = Failure{
          "the standby is behind: it has not replicated the version that this book has read"};
      failure->transient = true;
      return failure;
    }
    diverged_ = restored_message;
  }
  if (head.last) remember(head.last->version, head.last->token);
  return failure;
}

void PostgresStorage::remember(Version version, const Token& token) {
  const auto [at, fresh] = seen_.emplace(version, token);
  if (!fresh && at->second != token) diverged_ = restored_message;
  if (seen_.size() > remembered_versions) seen_.erase(seen_.begin());
}

/// Reads the book's current version and fence.
std::optional<Failure> PostgresStorage::read_head() {
  Head head;
  return take_head(server_->read_head(head), head);
}

/// Begins a write transaction and takes the book's lock.
std::optional<Failure> PostgresStorage::lock_head() {
  Head head;
  return take_head(server_->lock(head), head);
}

// ------------------------------------------------------------------------------------- reading

Result<Version> PostgresStorage::read(Version after, RecordSink& sink) {
  SEATBOOK_TRY(check_caller());
  return guarded<Result<Version>>(Code::storage_failed, [&]() -> Result<Version> {
    Reading reading(*this, after, sink);
    const auto failure = retried([&]() -> std::optional<Failure> {
      // A lock that was lost with its connection is taken again: no rule has run yet.
      if (holds_lock_ && !server_->in_transaction()) {
        if (auto lost = lock_head()) return lost;
      }
      const bool locked = locked_here();
      if (!locked) {
        if (auto lost = read_head()) return lost;
      }
      if (head_.version <= after || !diverged_.empty()) return std::nullopt;
      return locked ? read_records(after, reading) : read_snapshot(after, reading);
    });
    if (!diverged_.empty()) return Error{Code::book_needs_reopen, diverged_};
    if (reading.unverified) {
      return Error{Code::book_needs_reopen,
                   "the server no longer has the token of version " + std::to_string(after.value)};
    }
    if (reading.refusal) return *std::move(reading.refusal);
    if (failure) return failure->as(Code::storage_failed);
    return head_.version;
  });
}

std::optional<Failure> PostgresStorage::read_snapshot(Version after, Reading& reading) {
  Head head;
  auto failure = take_head(server_->begin_snapshot(head), head);
  if (!failure) failure = read_records(after, reading);
  if (!failure) server_->end_transaction();
  return failure;
}

std::optional<Failure> PostgresStorage::read_records(Version after, Reading& reading) {
  Version version;
  auto failure = server_->read(after, reading, version);
  // The lock should exclude other writers; the version read last verifies that none wrote in
  // between.
  if (!failure && version != head_.version) {
    failure = Failure{"another process wrote while this book held the lock"};
    failure->transient = true;
  }
  if (!failure) {
    (void)reading.deliver();
    return std::nullopt;
  }
  if (!reading.repeatable()) failure->transient = false;
  return failure;
}

// ------------------------------------------------------------------------------------- writing

Result<void> PostgresStorage::lock() {
  SEATBOOK_TRY(check_caller());
  writer_.lock();
  auto locked = guarded<Result<void>>(Code::storage_failed, [&]() -> Result<void> {
    const auto failure = retried([&] { return lock_head(); });
    if (!failure) {
      holds_lock_ = true;
      return {};
    }
    if (failure->cause == Cause::lock_timeout) {
      return Error{Code::storage_failed,
                   "another writer held the book's lock for more than lock_timeout_ms = " +
                       std::to_string(options_.lock_timeout_ms)};
    }
    return failure->as(Code::storage_failed);
  });
  if (!locked) writer_.unlock();
  return locked;
}

void PostgresStorage::unlock() noexcept {
  if (!fork_guard_.forked()) {
    (void)guarded<Result<void>>(Code::storage_failed, [&]() -> Result<void> {
      holds_lock_ = false;
      looked_up_ = false;
      server_->end_transaction();
      // A batch that find() reported as not written must not commit later, even if the transaction
      // of that lookup was rolled back. If the server cannot be reached, the fence stays owed.
      if (fence_owed_) (void)find_with_retry(Token());
      return {};
    });
  }
  writer_.unlock();
}

Result<void> PostgresStorage::append(const Batch& batch) {
  SEATBOOK_TRY(check_caller());
  // After an exception at any point, the book calls find() on a new connection.
  return guarded<Result<void>>(Code::storage_unknown, [&]() -> Result<void> {
    auto appended = send_until_settled(batch);
    // The caller gets "not written" for a token that was looked up without the fence.
    if (!appended) fence_owed_ = fence_owed_ || looked_up_;
    return appended;
  });
}

Result<void> PostgresStorage::send_until_settled(const Batch& batch) {
  if (!server_->is_open()) {
    // The new connection may be to another server with another history and the same version.
    if (auto failure = retried([&] { return read_head(); }))
      return failure->as(Code::storage_failed);
  }
  for (int attempt = 0; attempt < fence_attempts; ++attempt) {
    // The next read() fails with book_needs_reopen.
    if (!diverged_.empty()) return Error{Code::conflict, diverged_};
    const bool unresolved = std::exchange(unresolved_, true);
    const auto failure = server_->append({&batch, 1}, head_.fence);
    if (!failure) {
      committed(batch);
      return {};
    }
    if (failure->lost) {
      if (auto settled = resolve(batch, *failure)) return *std::move(settled);
      continue;
    }
    // The batch was rejected before its commit, so none of it was written.
    unresolved_ = unresolved;
    server_->end_transaction();
    if (failure->cause == Cause::stale) {
      if (auto lost = retried([&] { return read_head(); })) return lost->as(Code::storage_failed);
      if (diverged_.empty() && head_.version == batch.base) continue;
      return Error{Code::conflict, "the book is at version " + std::to_string(head_.version.value)};
    }
    if (failure->transient || failure->cause == Cause::version_taken) {
      return failure->as(Code::conflict);
    }
    return failure->as(Code::storage_failed);
  }
  return Error{Code::conflict, "other processes keep raising the fence to resolve their commits"};
}

void PostgresStorage::committed(const Batch& batch) {
  // No batch of an older version can commit any more.
  mark_settled();
  lost_in_a_row_ = 0;
  remember(version_of(batch), batch.token);
}

/// Called after a commit or a committed raise of the fence: every batch sent before has committed
/// or never will.
void PostgresStorage::mark_settled() {
  unresolved_ = false;
  looked_up_ = false;
  fence_owed_ = false;
}

/// Determines the outcome of a batch whose connection was lost while it was being sent. Returns
/// nothing if it was not written and can be sent again unchanged.
std::optional<Result<void>> PostgresStorage::resolve(const Batch& batch, const Failure& why) {
  if (looked_up_) doubtful_ = batch;
  const auto found = find_own(batch.token, find_with_retry(batch.token));
  if (!found) {
    lost_in_a_row_ = 0;  // the command ends here
    return Error{Code::storage_unknown, why.message + "; then: " + found.error().message};
  }
  if (*found && **found == version_of(batch)) {
    committed(batch);
    return Result<void>{};
  }
  if (++lost_in_a_row_ == max_sendings) {
    lost_in_a_row_ = 0;
    std::string message = "not written: the connection was lost " + std::to_string(max_sendings) +
                          " times in a row while sending the batch: " + why.message;
    if (why.cause == Cause::idle_timeout) {
      message = "not written: the command took longer than idle_transaction_timeout_ms = " +
                std::to_string(options_.idle_transaction_timeout_ms) + ": " + why.message;
    }
    return Error{Code::storage_failed, std::move(message)};
  }
  if (diverged_.empty() && head_.version == batch.base) return std::nullopt;
  return Error{Code::conflict, "not written: " + why.message};
}

// -------------------------------------------------------------------------------- find a token

Result<std::optional<Version>> PostgresStorage::find(const Token& token) {
  SEATBOOK_TRY(check_caller());
  return guarded<Result<std::optional<Version>>>(Code::storage_unknown,
                                                 [&] { return find_own(token, find_here(token)); });
}

/// find(), also if another call has written a batch with this token.
Result<std::optional<Version>> PostgresStorage::find_here(const Token& token) {
  if (!locked_here()) return find_with_retry(token);
  std::optional<Version> found;
  // Under the lock, a batch of another process that is still in flight can only commit before the
  // next commit, and only if it is based on this version (docs/decisions/0017-postgres.md). So a
  // lookup needs no fence, and append() owes it if it fails. For a batch that this storage has sent
  // itself the fence is raised first.
  const auto failure = unresolved_ ? raise_fence(token, found) : server_->find(token, found);
  if (!failure) {
    if (!found) (unresolved_ ? fence_owed_ : looked_up_) = true;
    return found;
  }
  // The lock is released with its transaction. append() works without it, because it compares the
  // version.
  server_->end_transaction();
  if (!failure->transient) return failure->as(Code::storage_failed);
  return find_with_retry(token);
}

/// Returns `found`, or none if it is not the batch that this storage has sent: the book would take
/// its own records for the stored ones. An earlier call with the same request id can have been on
/// its way when this call looked it up under the lock, without raising the fence.
Result<std::optional<Version>> PostgresStorage::find_own(const Token& token,
                                                         Result<std::optional<Version>> found) {
  if (!found || !doubtful_ || doubtful_->token != token) return found;
  if (*found == version_of(*doubtful_)) {
    Comparison comparison(*doubtful_);
    const auto failure = retried([&]() -> std::optional<Failure> {
      const bool locked = server_->in_transaction();
      Head head;
      Version version;
      if (!locked) {
        if (auto lost = take_head(server_->begin_snapshot(head), head)) return lost;
      }
      auto lost = server_->read(doubtful_->base, comparison, version);
      if (!lost && !locked) server_->end_transaction();
      return lost;
    });
    if (failure) return failure->as(Code::storage_unknown);
    if (!comparison.equal()) found = std::optional<Version>();
  }
  doubtful_.reset();
  return found;
}

/// Raises the fence, then looks for a token: a batch sent before that has not committed never will.
/// Raising the fence waits for a commit in progress to succeed or fail. The connection can be a new
/// one, to a server that was restored, so the head is compared with what was seen.
std::optional<Failure> PostgresStorage::raise_fence(const Token& token,
                                                    std::optional<Version>& found) {
  Head head;
  return take_head(server_->raise_fence(token, head, found), head);
}

/// Runs raise_fence() in a separate transaction, with retries for up to retry_for_ms.
Result<std::optional<Version>> PostgresStorage::find_with_retry(const Token& token) {
  std::optional<Version> found;
  const auto failure = retried([&] {
    auto failed = raise_fence(token, found);
    // The batch's own transaction may hold the lock until the server ends it.
    if (failed && failed->cause == Cause::lock_timeout) failed->transient = true;
    return failed;
  });
  if (failure) return failure->as(Code::storage_unknown);
  mark_settled();
  return found;
}

}  // namespace seatbook::postgres::detail

// The protocol of a shared book: the writer lock, appending batches, reading records, and resolving
// commits with an unknown outcome.
#include "storage/postgres/storage.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "seatbook/describe.hpp"
#include "storage/postgres/batch_bytes.hpp"
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

/// Number of versions whose digests are kept to detect a restored server.
constexpr std::size_t remembered_versions = 256;
/// Number of threads whose reads are kept, unless they are not durable yet.
constexpr std::size_t remembered_threads = 64;
/// After this many commits without a batch of another process, a commit no longer shares its
/// sync: no other process would use it.
constexpr int shared_after_foreign = 64;

constexpr const char* restored_message =
    "the server was restored to an older state than this book has read: close the book and open it "
    "again";

}  // namespace

/// The state of one read(), across its retries.
class PostgresStorage::Reading final : public ServerSink {
 public:
  Reading(PostgresStorage& storage, Version after, RecordSink& sink)
      : storage_(storage), after_(after), sink_(sink) {}

  bool start(const Head& head, const std::optional<Digest>& digest) override {
    buffer_.clear();
    behind = storage_.take_head(head);
    // Only records that follow the book's last known batch are accepted.
    unverified = after_ && !(digest && storage_.knows(after_));
    if (after_ && digest) storage_.compare({after_, *digest});
    return !behind && !unverified && storage_.diverged_.empty();
  }
  bool accept(Result<RecordImage> record) override {
    if (!record) {
      refusal = std::move(record).error();
      return false;
    }
    buffer_.push_back(*std::move(record));
    return buffer_.size() < buffered_records || deliver();
  }
  /// Passes the newest images of the records of these batches to the sink.
  void deliver(std::span<const StoredBatch> batches) {
    buffer_.clear();
    std::map<std::pair<std::size_t, std::uint64_t>, RecordImage> newest;
    for (const StoredBatch& batch : batches) {
      auto decoded = records_from(*batch.bytes, [&](RecordImage&& image) {
        const std::pair key(image.index(), id_of(image));
        newest.insert_or_assign(key, std::move(image));
        return true;
      });
      if (decoded) continue;
      refusal = std::move(decoded).error();
      return;
    }
    for (auto& [key, image] : newest) {
      if (!accept(std::move(image))) return;
    }
    (void)deliver();
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

  bool unverified = false;             // the batch of the reader's version is no longer stored
  bool durable = false;                // what was read is durable
  std::optional<Failure> behind = {};  // the standby has not yet replicated what was read before
  std::optional<Error> refusal = {};   // the sink's error, or that of an invalid row

 private:
  PostgresStorage& storage_;
  const Version after_;
  RecordSink& sink_;
  std::vector<RecordImage> buffer_;  // not yet passed to the sink: a retry is still possible
  bool delivered_ = false;           // the sink has received a record
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

/// Calls `call` with mutex_ held. On an exception, closes the connection and returns `otherwise`.
/// Outside lock() to unlock(), then gives the connection back.
template <class Value, class Call>
Value PostgresStorage::guarded(Code otherwise, const Call& call) noexcept {
  const std::lock_guard guard(mutex_);
  struct Release {
    PostgresStorage& storage;
    ~Release() {
      if (!storage.holds_lock_) storage.server_->release();
    }
  } const release{*this};
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

/// Accepts a head that the server has returned, and compares it with what was seen.
std::optional<Failure> PostgresStorage::take_head(const Head& head) {
  head_ = head;
  if (head.now_us) clock_->set(*head.now_us);
  if (!seen_.empty() && head.stamp.version < seen_.rbegin()->first) {
    // A reader may be connected to another standby than before; a writer never is.
    if (options_.read_only) {
      Failure failure{
          "the standby is behind: it has not replicated the version that this book has read"};
      failure.transient = true;
      return failure;
    }
    diverged_ = restored_message;
  }
  compare(head.stamp);
  return std::nullopt;
}

/// Accepts what the server has returned, unless the call failed.
std::optional<Failure> PostgresStorage::take_news(std::optional<Failure> failure, News news) {
  news_.clear();
  if (failure && failure->cause == Cause::dropped) {
    diverged_ = std::move(failure->message);
    return std::nullopt;
  }
  if (failure) return failure;
  news_ = std::move(news.batches);
  for (const StoredBatch& batch : news_) compare(batch.stamp);
  // Without a lock, the batches are read after the head.
  if (!news_.empty() && news_.back().stamp.version > news.head.stamp.version) {
    news.head.stamp = news_.back().stamp;
  }
  return take_head(news.head);
}

/// Reads the head and the batches from `from` on (0: only the head).
std::optional<Failure> PostgresStorage::read_news(Version from) {
  News news;
  auto failure = server_->read_news(from, news);
  return take_news(std::move(failure), std::move(news));
}

/// Begins a write transaction and takes the book's lock.
std::optional<Failure> PostgresStorage::lock_book() {
  News news;
  const Version last = seen_.empty() ? Version() : seen_.rbegin()->first;
  auto failure = server_->lock(last, news);
  failure = take_news(std::move(failure), std::move(news));
  if (failure || !diverged_.empty()) return failure;
  if (head_->stamp.version > last) {
    shared_commits_ = shared_after_foreign;
  } else if (shared_commits_ > 0) {
    --shared_commits_;
  }
  return std::nullopt;
}

/// Compares a version that the server reports with what was seen.
void PostgresStorage::compare(const Stamp& stamp) {
  const auto known = seen_.find(stamp.version);
  if (known != seen_.end() && known->second != stamp.digest) diverged_ = restored_message;
}

/// Whether a version can be compared with what the server reports, or was never read through this
/// storage. It cannot be compared if other books on this storage have read many later ones.
bool PostgresStorage::knows(Version version) const {
  return !version || version > forgotten_ || seen_.count(version) != 0;
}

/// Notes a version that is durable, and that a book has read or written.
void PostgresStorage::remember(const Stamp& stamp) {
  seen_.emplace(stamp.version, stamp.digest);
  if (seen_.size() <= remembered_versions) return;
  forgotten_ = std::max(forgotten_, seen_.begin()->first);
  seen_.erase(seen_.begin());
}

// ------------------------------------------------------------------------------------- reading

Result<Version> PostgresStorage::read(Version after, RecordSink& sink) {
  SEATBOOK_TRY(check_caller());
  return guarded<Result<Version>>(Code::storage_failed, [&]() -> Result<Version> {
    Reading reading(*this, after, sink);
    const auto failure = retried([&] { return read_newer(after, reading); });
    if (!diverged_.empty()) return Error{Code::book_needs_reopen, diverged_};
    if (reading.unverified) {
      return Error{Code::book_needs_reopen,
                   "the server no longer has the batch of version " + std::to_string(after.value)};
    }
    if (reading.refusal) return *std::move(reading.refusal);
    if (failure) return failure->as(Code::storage_failed);
    const bool durable = reading.durable || !server_->shares_syncs();
    if (durable) remember(head_->stamp);
    // Threads that have ended are not noticed otherwise.
    if (read_.size() >= remembered_threads) {
      std::erase_if(read_, [](const auto& read) { return read.second.durable; });
    }
    read_.insert_or_assign(std::this_thread::get_id(), ReadStamp{head_->stamp, durable});
    return head_->stamp.version;
  });
}

std::optional<Failure> PostgresStorage::read_newer(Version after, Reading& reading) {
  // A lock that was lost with its connection is taken again. A batch that was decided on what was
  // read before is compared with the new head.
  if (holds_lock_ && !server_->in_transaction()) {
    if (auto failure = lock_book()) return failure;
  } else if (!holds_lock_ && after) {
    if (auto failure = read_news(after)) return failure;
  }
  if (!diverged_.empty()) return std::nullopt;
  if (!locked_here() && !after) return read_records(after, reading);
  if (head_->stamp.version <= after) {
    reading.unverified = head_->stamp.version < after || !knows(after);
    reading.durable = true;  // take_head() has compared it
    return std::nullopt;
  }
  const auto batches = news_after(after);
  if (!batches) return read_records(after, reading);
  reading.deliver(*batches);
  news_.clear();
  return std::nullopt;
}

/// Returns the batches after a version, if all of them were read with the head, with their records.
std::optional<std::span<const StoredBatch>> PostgresStorage::news_after(Version after) const {
  const auto known = seen_.find(after);
  const auto first = std::find_if(news_.begin(), news_.end(), [&](const StoredBatch& batch) {
    return batch.stamp.version == after;
  });
  if (known == seen_.end() || first == news_.end()) return std::nullopt;
  const std::span<const StoredBatch> newer(std::next(first), news_.end());
  // A different digest is reported by read_records().
  if (first->stamp.digest != known->second || newer.empty()) return std::nullopt;
  if (newer.back().stamp != head_->stamp) return std::nullopt;
  const bool complete = std::all_of(
      newer.begin(), newer.end(), [](const StoredBatch& batch) { return batch.bytes.has_value(); });
  return complete ? std::optional(newer) : std::nullopt;
}

std::optional<Failure> PostgresStorage::read_records(Version after, Reading& reading) {
  Version version;
  const bool locked = locked_here();
  auto failure = server_->read(after, reading, version);
  if (failure && failure->cause == Cause::dropped) {
    diverged_ = std::move(failure->message);
    return std::nullopt;
  }
  if (reading.behind) return reading.behind;
  // The lock should exclude other writers; the version read last verifies that none wrote in
  // between.
  if (!failure && version != head_->stamp.version) {
    failure = Failure{"another process wrote while this book held the lock"};
    failure->transient = true;
  }
  if (!failure) {
    reading.durable = !locked;
    (void)reading.deliver();
    return std::nullopt;
  }
  if (!reading.repeatable()) failure->transient = false;
  return failure;
}

Result<void> PostgresStorage::sync() {
  SEATBOOK_TRY(check_caller());
  return guarded<Result<void>>(Code::storage_failed, [&]() -> Result<void> {
    const auto own = read_.find(std::this_thread::get_id());
    if (own != read_.end()) return make_durable(own);
    // A storage that wraps this one may read in another thread.
    for (auto read = read_.begin(); read != read_.end(); ++read) {
      SEATBOOK_TRY(make_durable(read));
    }
    return {};
  });
}

/// Waits until what a thread has read is durable. Fails if it is gone, also when called again.
Result<void> PostgresStorage::make_durable(std::map<std::thread::id, ReadStamp>::iterator read) {
  if (read->second.durable) return {};
  const Stamp stamp = read->second.stamp;
  std::optional<Digest> found;
  const auto sync = [&] { return server_->sync(stamp.version, found); };
  // With the lock, another connection is used, whose failure must not end the transaction.
  auto failure = locked_here() ? sync() : retried(sync);
  if (failure && failure->transient && locked_here()) failure = sync();
  if (failure) return failure->as(Code::storage_failed);
  if (found != stamp.digest) {
    return Error{Code::storage_failed,
                 "a crash of the server has undone the commit of another process that was read: "
                 "call again"};
  }
  remember(stamp);
  read->second.durable = true;
  return {};
}

// ------------------------------------------------------------------------------------- writing

Result<void> PostgresStorage::lock() {
  SEATBOOK_TRY(check_caller());
  writer_.lock();
  auto locked = guarded<Result<void>>(Code::storage_failed, [&]() -> Result<void> {
    const auto failure = retried([&] { return lock_book(); });
    if (!failure) {
      holds_lock_ = true;
      read_.erase(std::this_thread::get_id());
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

Result<void> PostgresStorage::append_all(std::span<const Batch> batches) {
  SEATBOOK_TRY(check_caller());
  // After an exception at any point, the book calls find() on a new connection.
  return guarded<Result<void>>(Code::storage_unknown, [&]() -> Result<void> {
    auto appended = send_until_settled(batches);
    if (appended || appended.error().code != Code::storage_unknown) {
      for (const Batch& batch : batches) doubtful_.erase(batch.token);
    }
    // The caller gets "not written" for a token that was looked up without the fence.
    if (!appended) fence_owed_ = fence_owed_ || looked_up_;
    return appended;
  });
}

/// Returns the version and digest that a batch on this version is based on: what this thread has
/// read, also if it is not durable yet, or a version that was seen before.
std::optional<Stamp> PostgresStorage::stamp_of(Version version) const {
  if (!version) return Stamp{};
  const auto own = read_.find(std::this_thread::get_id());
  if (own != read_.end() && own->second.stamp.version == version) return own->second.stamp;
  const auto known = seen_.find(version);
  if (known != seen_.end()) return Stamp{version, known->second};
  // A storage that wraps this one may have read in another thread.
  std::optional<Stamp> found;
  for (const auto& [thread, read] : read_) {
    if (read.stamp.version != version) continue;
    if (found && *found != read.stamp) return std::nullopt;
    found = read.stamp;
  }
  if (found) return found;
  // The caller has read nothing.
  if (seen_.empty() && head_->stamp.version == version) return head_->stamp;
  return std::nullopt;
}

Result<void> PostgresStorage::send_until_settled(std::span<const Batch> batches) {
  const Version base = batches.front().base;
  if (!server_->is_open() || !head_ || head_->stamp.version != base) {
    // The new connection may be to another server with another history and the same version.
    if (auto failure = retried([&] { return read_news({}); }))
      return failure->as(Code::storage_failed);
  }
  std::vector<OutgoingBatch> outgoing;
  for (int attempt = 0; attempt < fence_attempts; ++attempt) {
    // The next read() fails with book_needs_reopen.
    if (!diverged_.empty()) return Error{Code::conflict, diverged_};
    if (stamp_of(base) != head_->stamp) {
      return Error{Code::conflict,
                   "the book is at version " + std::to_string(head_->stamp.version.value)};
    }
    if (outgoing.empty()) {
      outgoing = outgoing_after(head_->stamp.digest, batches);
      for (const OutgoingBatch& batch : outgoing) {
        doubtful_.insert_or_assign(batch.batch->token, batch.stamp);
      }
    }
    const bool unresolved = std::exchange(unresolved_, true);
    const bool shared = shared_commits_ > 0 && server_->shares_syncs();
    const auto failure =
        server_->append(outgoing, *head_, shared ? Durability::shared_sync : Durability::own_sync);
    if (!failure) {
      committed(outgoing);
      return {};
    }
    if (failure->lost) {
      if (auto settled = resolve(outgoing, *failure)) return *std::move(settled);
      continue;
    }
    // The batches were rejected before their commit, so nothing was written.
    unresolved_ = unresolved;
    server_->end_transaction();
    if (failure->cause == Cause::stale) {
      if (auto lost = retried([&] { return read_news({}); })) return lost->as(Code::storage_failed);
      continue;
    }
    if (failure->transient || failure->cause == Cause::version_taken) {
      return failure->as(Code::conflict);
    }
    return failure->as(Code::storage_failed);
  }
  return Error{Code::conflict, "other processes keep raising the fence to resolve their commits"};
}

void PostgresStorage::committed(std::span<const OutgoingBatch> batches) {
  // No batch of an older version can commit any more.
  mark_settled();
  lost_in_a_row_ = 0;
  for (const OutgoingBatch& batch : batches) remember(batch.stamp);
  read_.erase(std::this_thread::get_id());
  head_->stamp = batches.back().stamp;
}

/// Called after a commit or a committed raise of the fence: every batch sent before has committed
/// or never will.
void PostgresStorage::mark_settled() {
  unresolved_ = false;
  looked_up_ = false;
  fence_owed_ = false;
}

/// Determines the outcome of batches whose connection was lost while they were being sent: all of
/// them are written if the last one is. Returns nothing if they were not written and can be sent
/// again unchanged.
std::optional<Result<void>> PostgresStorage::resolve(std::span<const OutgoingBatch> batches,
                                                     const Failure& why) {
  const auto found = find_with_retry(batches.back().batch->token);
  if (!found) {
    lost_in_a_row_ = 0;  // the command ends here
    return Error{Code::storage_unknown, why.message + "; then: " + found.error().message};
  }
  if (*found == batches.back().stamp) {
    committed(batches);
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
  return std::nullopt;
}

// -------------------------------------------------------------------------------- find a token

Result<std::optional<Version>> PostgresStorage::find(const Token& token) {
  SEATBOOK_TRY(check_caller());
  using Found = Result<std::optional<Version>>;
  return guarded<Found>(Code::storage_unknown, [&]() -> Found {
    SEATBOOK_TRY(std::optional<Stamp> found, find_here(token));
    if (found && locked_here() && server_->shares_syncs() &&
        (seen_.empty() || found->version > seen_.rbegin()->first)) {
      // Another book on this storage holds the lock, and its connection.
      return Error{Code::storage_unknown, "the batch is committed, but not yet durable"};
    }
    found = own(token, found);
    if (!found) return std::optional<Version>();
    remember(*found);
    return std::optional(found->version);
  });
}

Result<std::optional<Version>> PostgresStorage::seen(const Token& token) {
  SEATBOOK_TRY(check_caller());
  using Found = Result<std::optional<Version>>;
  return guarded<Found>(Code::storage_unknown, [&]() -> Found {
    SEATBOOK_TRY(const std::optional<Stamp> found, find_here(token));
    return found ? std::optional(found->version) : std::nullopt;
  });
}

Result<std::optional<Stamp>> PostgresStorage::find_here(const Token& token) {
  // For a batch that this storage has sent itself the fence is raised and committed first, so the
  // lock of another book on this storage is released.
  if (unresolved_) server_->end_transaction();
  if (!locked_here()) return find_with_retry(token);
  std::optional<Stamp> found;
  // Under the lock, a batch of another process that is still in flight can only commit before the
  // next commit, and only if it is based on this version (docs/decisions/0017-postgres.md). So a
  // lookup needs no fence, and append() owes it if it fails.
  const auto failure = server_->find(token, found);
  if (!failure) {
    if (!found) looked_up_ = true;
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
std::optional<Stamp> PostgresStorage::own(const Token& token, const std::optional<Stamp>& found) {
  const auto sent = doubtful_.find(token);
  if (sent == doubtful_.end()) return found;
  if (found != sent->second) {
    doubtful_.erase(sent);
    return std::nullopt;
  }
  // With this batch, all before it are settled.
  std::erase_if(doubtful_,
                [&](const auto& entry) { return entry.second.version <= found->version; });
  return found;
}

/// Raises the fence, then looks for a token: a batch sent before that has not committed never will.
/// Raising the fence waits for a commit in progress to succeed or fail. The connection can be a new
/// one, to a server that was restored, so the head is compared with what was seen.
std::optional<Failure> PostgresStorage::raise_fence(const Token& token,
                                                    std::optional<Stamp>& found) {
  News news;
  auto failure = server_->raise_fence(token, news.head, found);
  return take_news(std::move(failure), std::move(news));
}

/// Runs raise_fence() in a separate transaction, with retries for up to retry_for_ms.
Result<std::optional<Stamp>> PostgresStorage::find_with_retry(const Token& token) {
  std::optional<Stamp> found;
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

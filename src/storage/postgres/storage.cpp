// The PostgreSQL storage: the writer lock, appending batches, reading records, and resolving
// commits with an unknown outcome.
#include "storage/postgres/storage.hpp"

#include <algorithm>
#include <cstring>
#include <exception>
#include <new>
#include <string_view>
#include <utility>

namespace seatbook::postgres::detail {
namespace {

const Statement begin{"begin", "BEGIN ISOLATION LEVEL READ COMMITTED"};
const Statement begin_snapshot{"begin_snapshot", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
const Statement no_time_limit{"no_time_limit", "SET LOCAL statement_timeout = 0"};
const Statement commit{"commit", "COMMIT"};
const Statement rollback{"rollback", "ROLLBACK"};

/// Old rows of `batches` are deleted once every this many versions.
constexpr std::uint64_t cleanup_interval = 100;
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

const char* const not_null_violation = "23502";
const char* const unique_violation = "23505";
const char* const lock_not_available = "55P03";
const char* const idle_in_transaction = "25P03";

std::string bytes_of(const Token& token) {
  return {reinterpret_cast<const char*>(token.bytes.data()), token.bytes.size()};
}
Token token_from(std::string_view bytes) {
  Token token;
  std::memcpy(token.bytes.data(), bytes.data(), std::min(bytes.size(), token.bytes.size()));
  return token;
}

/// Adds the server's time to a query of the book's row. It is taken after the wait for the row's
/// lock.
std::string head_of(const std::string& row) {
  return "SELECT batch_version, fence, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint "
         "FROM (" +
         row + ") AS head";
}

constexpr const char* restored_message =
    "the server was restored to an older state than this book has read: close the book and open it "
    "again";

}  // namespace

PostgresStorage::PostgresStorage(Target target, Options options)
    : target_(std::move(target)),
      options_(std::move(options)),
      schema_("\"" + options_.schema + "\""),
      rows_(schema_),
      head_{"head", head_of("SELECT batch_version, fence FROM " + schema_ +
                            ".books WHERE id = $1::bigint")},
      lock_head_{"lock_head", head_of("SELECT batch_version, fence FROM " + schema_ +
                                      ".books WHERE id = $1::bigint FOR UPDATE")},
      // A separate statement: a statement that has waited for a lock sees other tables as they
      // were before the wait.
      head_token_{"head_token", "SELECT version, token FROM " + schema_ +
                                    ".batches WHERE book = $1::bigint ORDER BY version DESC "
                                    "LIMIT 1"},
      token_of_{"token_of", "SELECT version, token FROM " + schema_ +
                                ".batches WHERE book = $1::bigint AND version = $2::bigint"},
      raise_fence_{"raise_fence", "UPDATE " + schema_ +
                                      ".books SET fence = fence + 1 WHERE id = $1::bigint "
                                      "RETURNING batch_version, fence"},
      find_token_{"find_token", "SELECT version FROM " + schema_ +
                                    ".batches WHERE book = $1::bigint AND token = $2::bytea"},
      // Setting `batch_version` to null violates NOT NULL. The server then skips the statements
      // queued behind, including the commit, so no round trip is needed in between.
      compare_and_set_{"compare_and_set",
                       "UPDATE " + schema_ +
                           ".books SET batch_version = CASE WHEN batch_version = $2::bigint AND "
                           "fence = $3::bigint THEN batch_version + 1 END WHERE id = $1::bigint"},
      add_batch_{"add_batch", "INSERT INTO " + schema_ +
                                  ".batches (book, version, token) VALUES ($1::bigint, $2::bigint, "
                                  "$3::bytea)"},
      forget_batches_{"forget_batches",
                      "DELETE FROM " + schema_ +
                          ".batches WHERE book = $1::bigint AND version <= $2::bigint"} {}

PostgresStorage::~PostgresStorage() {
  if (fork_guard_.forked()) connection_.abandon();
}

std::optional<Error> PostgresStorage::check_caller() const {
  if (!fork_guard_.forked()) return std::nullopt;
  return Error{Code::storage_failed, "this process is a fork of the one that connected"};
}

/// Calls `call` with mutex_ held. On an exception, closes the connection and returns `otherwise`.
template <class Value, class Call>
Value PostgresStorage::guarded(Code otherwise, const Call& call) noexcept {
  const std::lock_guard guard(mutex_);
  try {
    return call();
  } catch (const std::bad_alloc&) {
    connection_.close();
    return Error{otherwise, "out of memory"};  // short enough to need no allocation
  } catch (const std::exception&) {
    connection_.close();
    return Error{otherwise, "unexpected"};
  }
}

// ---------------------------------------------------------------------------------- connecting

std::optional<Failure> PostgresStorage::connected() {
  if (connection_.is_open()) return std::nullopt;
  return connection_.open(target_, options_);
}

/// Runs `work` on a connection. Retries transient failures for up to retry_for_ms.
template <class Work>
std::optional<Failure> PostgresStorage::retried(const Work& work) {
  Backoff backoff(options_.retry_for_ms);
  for (;;) {
    std::optional<Failure> failure = connected();
    if (!failure) failure = work();
    if (!failure) return failure;
    end_transaction(rollback);
    if (!failure->transient || !backoff.wait()) return failure;
  }
}

/// Ends the open transaction, if any. If that fails, closes the connection, which also ends it.
void PostgresStorage::end_transaction(const Statement& how) {
  if (!connection_.in_transaction()) return;
  connection_.send(how);
  if (connection_.finish()) connection_.close();
}

/// Queues the queries of the book's row and its last batch. Returns the callback that reads their
/// rows.
Connection::TakeRow PostgresStorage::send_head(const Statement& head) {
  const std::size_t book = connection_.send(head, Parameters().number(book_));
  const std::size_t batch = connection_.send(head_token_, Parameters().number(book_));
  return [this, book, batch](std::size_t statement, const Row& row) {
    const Version version(static_cast<std::uint64_t>(row.number(0).value_or(0)));
    if (statement == book) {
      head_found_ = true;
      head_now_ = {version, static_cast<std::uint64_t>(row.number(1).value_or(0))};
      if (const auto now = row.number(2)) clock_->set(*now);
      if (!seen_.empty() && version < seen_.rbegin()->first) {
        // A reader may be connected to another standby than before; a writer never is.
        (options_.read_only ? behind_ : restored_) = true;
      }
    } else if (statement == batch) {
      remember(version, token_from(row.bytes(1)));
    }
    return true;
  };
}

void PostgresStorage::remember(Version version, const Token& token) {
  const auto [at, fresh] = seen_.emplace(version, token);
  if (!fresh && at->second != token) restored_ = true;
  if (seen_.size() > remembered_versions) seen_.erase(seen_.begin());
}

/// Waits for the results of send_head().
std::optional<Failure> PostgresStorage::finish_head(const Connection::TakeRow& take) {
  head_found_ = false;
  behind_ = false;
  auto failure = connection_.finish(take);
  if (!failure && behind_) {
    failure =
        Failure{"the standby is behind: it has not replicated the version that this book has read"};
    failure->transient = true;
  }
  if (!failure && !head_found_) failure = Failure{"the book was deleted from the database"};
  return failure;
}

/// Reads the book's current version and fence.
std::optional<Failure> PostgresStorage::read_head() {
  return finish_head(send_head(head_));
}

// ------------------------------------------------------------------------------------- reading

Result<Version> PostgresStorage::read(Version after, RecordSink& sink) {
  if (auto error = check_caller()) return *std::move(error);
  return guarded<Result<Version>>(Code::storage_failed, [&]() -> Result<Version> {
    Reading reading{sink};
    const auto failure = retried([&]() -> std::optional<Failure> {
      // A lock that was lost with its connection is taken again: no rule has run yet.
      if (holds_lock_ && !connection_.in_transaction()) {
        if (auto lost = lock_head()) return lost;
      }
      if (locked_here()) {
        if (head_now_.version <= after || restored_) return std::nullopt;
        return read_tables(after, reading);
      }
      if (auto lost = read_head()) return lost;
      if (head_now_.version <= after || restored_) return std::nullopt;
      return read_snapshot(after, reading);
    });
    if (restored_) return Error{Code::book_needs_reopen, restored_message};
    if (reading.unverified) {
      return Error{Code::book_needs_reopen,
                   "the server no longer has the token of version " + std::to_string(after.value)};
    }
    if (reading.refusal) return *std::move(reading.refusal);
    if (failure) return failure->as(Code::storage_failed);
    return head_now_.version;
  });
}

std::optional<Failure> PostgresStorage::read_snapshot(Version after, Reading& reading) {
  connection_.send(begin_snapshot);
  if (auto failure = finish_head(send_head(head_))) return failure;
  auto failure = read_tables(after, reading);
  if (!failure) end_transaction(commit);
  return failure;
}

std::optional<Failure> PostgresStorage::read_tables(Version after, Reading& reading) {
  // The token of the book's last known batch is checked first: only records that follow that batch
  // are accepted.
  const std::size_t first =
      1 + (after ? connection_.send(token_of_, Parameters().number(book_).number(after.value))
                 : connection_.send(no_time_limit));
  for (std::size_t kind = 0; kind < record_kinds; ++kind) {
    const TableStatements& table = rows_.of(static_cast<RecordKind>(kind));
    Parameters parameters;
    parameters.number(book_);
    if (after) parameters.number(after.value);
    connection_.send_streamed(after ? table.read_newer : table.read_all, parameters);
  }
  // Under the lock each statement sees the newest state. The lock should exclude other writers;
  // reading the version again verifies that none wrote in between.
  const std::size_t last = connection_.send(head_, Parameters().number(book_));
  bool moved = false;
  bool verified = !after;
  reading.buffer.clear();
  auto failure = connection_.finish([&](std::size_t statement, const Row& row) {
    if (statement < first) {
      verified = true;
      remember(after, token_from(row.bytes(1)));
      return !restored_;
    }
    reading.unverified = !verified;
    if (reading.unverified) return false;
    if (statement == last) {
      moved = row.number(0) != static_cast<std::int64_t>(head_now_.version.value);
      return true;
    }
    return take_record(static_cast<RecordKind>(statement - first), row, reading);
  });
  if (!failure && moved) {
    failure = Failure{"another process wrote while this book held the lock"};
    failure->transient = true;
  }
  if (!failure) {
    (void)deliver(reading);
    return std::nullopt;
  }
  // Records already passed to the sink cannot be withdrawn.
  if (reading.delivered || reading.refusal || restored_ || reading.unverified) {
    failure->transient = false;
  }
  return failure;
}

bool PostgresStorage::take_record(RecordKind kind, const Row& row, Reading& reading) {
  auto record = Rows::record_of(kind, row);
  if (!record) {
    reading.refusal = std::move(record).error();
    return false;
  }
  reading.buffer.push_back(*std::move(record));
  return reading.buffer.size() < buffered_records || deliver(reading);
}

/// Passes the buffered records to the sink. Returns false if the sink refuses one.
bool PostgresStorage::deliver(Reading& reading) {
  for (RecordImage& record : reading.buffer) {
    reading.delivered = true;
    if (auto taken = reading.sink.accept(std::move(record)); !taken) {
      reading.refusal = std::move(taken).error();
      return false;
    }
  }
  reading.buffer.clear();
  return true;
}

// ------------------------------------------------------------------------------------- writing

Result<void> PostgresStorage::lock() {
  if (auto error = check_caller()) return *std::move(error);
  writer_.lock();
  auto locked = guarded<Result<void>>(Code::storage_failed, [&]() -> Result<void> {
    const auto failure = retried([&] { return lock_head(); });
    if (!failure) {
      holds_lock_ = true;
      return {};
    }
    if (failure->state == lock_not_available) {
      return Error{Code::storage_failed,
                   "another writer held the book's lock for more than lock_timeout_ms = " +
                       std::to_string(options_.lock_timeout_ms)};
    }
    return failure->as(Code::storage_failed);
  });
  if (!locked) writer_.unlock();
  return locked;
}

/// Begins a write transaction and locks the book's row.
std::optional<Failure> PostgresStorage::lock_head() {
  connection_.send(begin);
  return finish_head(send_head(lock_head_));
}

void PostgresStorage::unlock() noexcept {
  if (!fork_guard_.forked()) {
    (void)guarded<Result<void>>(Code::storage_failed, [&]() -> Result<void> {
      holds_lock_ = false;
      looked_up_ = false;
      end_transaction(rollback);
      // A batch that find() reported as not written must not commit later, even if the transaction
      // of that lookup was rolled back. If the server cannot be reached, the fence stays owed.
      if (fence_owed_) (void)find_with_retry(Token());
      return {};
    });
  }
  writer_.unlock();
}

Result<void> PostgresStorage::append(const Batch& batch) {
  if (auto error = check_caller()) return *std::move(error);
  // After an exception at any point, the book calls find() on a new connection.
  return guarded<Result<void>>(Code::storage_unknown, [&]() -> Result<void> {
    auto appended = send_until_settled(batch);
    // The caller gets "not written" for a token that was looked up without the fence.
    if (!appended) fence_owed_ = fence_owed_ || looked_up_;
    return appended;
  });
}

Result<void> PostgresStorage::send_until_settled(const Batch& batch) {
  if (!connection_.is_open()) {
    // The new connection may be to another server with another history and the same version.
    if (auto failure = retried([&] { return read_head(); }))
      return failure->as(Code::storage_failed);
  }
  for (int attempt = 0; attempt < fence_attempts; ++attempt) {
    // The next read() fails with book_needs_reopen.
    if (restored_) return Error{Code::conflict, restored_message};
    const bool unresolved = std::exchange(unresolved_, true);
    const auto failure = send_batch(batch);
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
    end_transaction(rollback);
    if (failure->state == not_null_violation && failure->table == "books") {
      if (auto lost = retried([&] { return read_head(); })) return lost->as(Code::storage_failed);
      if (head_now_.version == batch.base) continue;
      return Error{Code::conflict,
                   "the book is at version " + std::to_string(head_now_.version.value)};
    }
    if (failure->transient || (failure->state == unique_violation && failure->table == "batches")) {
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
  remember(Version(batch.base.value + 1), batch.token);
}

/// Called after a commit or a committed raise of the fence: every batch sent before has committed
/// or never will.
void PostgresStorage::mark_settled() {
  unresolved_ = false;
  looked_up_ = false;
  fence_owed_ = false;
}

/// Sends the whole batch and its commit in one round trip.
std::optional<Failure> PostgresStorage::send_batch(const Batch& batch) {
  const std::uint64_t version = batch.base.value + 1;
  if (!connection_.in_transaction()) connection_.send(begin);
  connection_.send(compare_and_set_,
                   Parameters().number(book_).number(batch.base.value).number(head_now_.fence));
  rows_.send(connection_, book_, batch);
  connection_.send(add_batch_,
                   Parameters().number(book_).number(version).bytes(bytes_of(batch.token)));
  if (version > remembered_tokens && version % cleanup_interval == 0) {
    connection_.send(forget_batches_,
                     Parameters().number(book_).number(version - remembered_tokens));
  }
  connection_.send(commit);
  return connection_.finish();
}

/// Determines the outcome of a batch whose connection was lost while it was being sent. Returns
/// nothing if it was not written and can be sent again unchanged.
std::optional<Result<void>> PostgresStorage::resolve(const Batch& batch, const Failure& why) {
  const auto found = find_with_retry(batch.token);
  if (!found) {
    lost_in_a_row_ = 0;  // the command ends here
    return Error{Code::storage_unknown, why.message + "; then: " + found.error().message};
  }
  if (*found && **found == Version(batch.base.value + 1)) {
    committed(batch);
    return Result<void>{};
  }
  if (++lost_in_a_row_ == max_sendings) {
    lost_in_a_row_ = 0;
    std::string message = "not written: the connection was lost " + std::to_string(max_sendings) +
                          " times in a row while sending the batch: " + why.message;
    if (why.state == idle_in_transaction) {
      message = "not written: the command took longer than idle_transaction_timeout_ms = " +
                std::to_string(options_.idle_transaction_timeout_ms) + ": " + why.message;
    }
    return Error{Code::storage_failed, std::move(message)};
  }
  // The new connection may be to another server, as in send_until_settled().
  if (auto failure = retried([&] { return read_head(); })) {
    lost_in_a_row_ = 0;
    return failure->as(Code::storage_failed);
  }
  if (!restored_ && head_now_.version == batch.base) return std::nullopt;
  return Error{Code::conflict, "not written: " + why.message};
}

// -------------------------------------------------------------------------------- find a token

Result<std::optional<Version>> PostgresStorage::find(const Token& token) {
  if (auto error = check_caller()) return *std::move(error);
  using Found = Result<std::optional<Version>>;
  return guarded<Found>(Code::storage_unknown, [&]() -> Found {
    if (!locked_here()) return find_with_retry(token);
    std::optional<Version> found;
    // Under the lock, a batch of another process that is still in flight can only commit before the
    // next commit, and only if it is based on this version (docs/decisions/0017-postgres.md). So a
    // lookup needs no fence, and append() owes it if it fails. For a batch that this storage has
    // sent itself the fence is raised first.
    const auto failure = unresolved_ ? fenced_find(token, found) : plain_find(token, found);
    if (!failure) {
      if (!found) (unresolved_ ? fence_owed_ : looked_up_) = true;
      return found;
    }
    // The lock is released with its transaction. append() works without it, because it compares the
    // version.
    end_transaction(rollback);
    if (!failure->transient) return failure->as(Code::storage_failed);
    return find_with_retry(token);
  });
}

std::optional<Failure> PostgresStorage::plain_find(const Token& token,
                                                   std::optional<Version>& found) {
  found.reset();
  connection_.send(find_token_, Parameters().number(book_).bytes(bytes_of(token)));
  return connection_.finish([&](std::size_t /*statement*/, const Row& row) {
    found = Version(static_cast<std::uint64_t>(row.number(0).value_or(0)));
    return true;
  });
}

/// Raises the fence, then looks for a token: a batch sent before that has not committed never will.
/// Raising the fence waits for a commit in progress to succeed or fail.
std::optional<Failure> PostgresStorage::fenced_find(const Token& token,
                                                    std::optional<Version>& found) {
  found.reset();
  const std::size_t first = connection_.in_transaction() ? 0 : 1;
  if (first == 1) connection_.send(begin);
  connection_.send(raise_fence_, Parameters().number(book_));
  connection_.send(find_token_, Parameters().number(book_).bytes(bytes_of(token)));
  if (first == 1) connection_.send(commit);
  return connection_.finish([&](std::size_t statement, const Row& row) {
    const auto number = static_cast<std::uint64_t>(row.number(0).value_or(0));
    if (statement == first) {
      head_now_ = {Version(number), static_cast<std::uint64_t>(row.number(1).value_or(0))};
    } else {
      found = Version(number);
    }
    return true;
  });
}

/// Runs fenced_find() in a separate transaction, with retries for up to retry_for_ms.
Result<std::optional<Version>> PostgresStorage::find_with_retry(const Token& token) {
  std::optional<Version> found;
  const auto failure = retried([&] {
    auto failed = fenced_find(token, found);
    // The batch's own transaction may hold the lock until the server ends it.
    if (failed && failed->state == lock_not_available) failed->transient = true;
    return failed;
  });
  if (failure) return failure->as(Code::storage_unknown);
  mark_settled();
  return found;
}

}  // namespace seatbook::postgres::detail

#include "storage/postgres/sql_book_server.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>
#include <variant>

#include "storage/postgres/schema.hpp"

namespace seatbook::postgres::detail {
namespace {

const Statement begin{"begin", "BEGIN ISOLATION LEVEL READ COMMITTED"};
const Statement begin_reading{"begin_snapshot", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
const Statement no_time_limit{"no_time_limit", "SET LOCAL statement_timeout = 0"};
const Statement commit{"commit", "COMMIT"};
const Statement rollback{"rollback", "ROLLBACK"};
/// The commit that follows releases the book's lock without waiting for the log.
const Statement commit_early{"commit_early", "SET LOCAL synchronous_commit = off"};
/// A transaction with its own record in the log, so that its commit waits until the log up to there
/// is durable, as the session's synchronous_commit demands. A standby has only log that is durable.
const Statement barrier{"barrier",
                        "SELECT CASE WHEN pg_is_in_recovery() THEN NULL ELSE "
                        "pg_logical_emit_message(true, 'seatbook', '') END"};

/// Old rows and bytes of `batches` are deleted once every this many versions.
constexpr std::uint64_t cleanup_interval = 100;
// Together these keep the bytes of a book's batches below 16 MiB.
constexpr std::size_t largest_bytes = 65'536;           // of a batch; larger ones are not kept
constexpr std::size_t small_bytes = 800;                // kept as long as the batch
constexpr std::uint64_t batches_with_large_bytes = 28;  // until the next cleanup

template <class Bytes>
std::string text_of(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
Digest digest_from(std::string_view bytes) {
  Digest digest;
  std::memcpy(digest.bytes.data(), bytes.data(), std::min(bytes.size(), digest.bytes.size()));
  return digest;
}

bool erases_a_person(const Batch& batch) {
  return std::any_of(batch.images.begin(), batch.images.end(), [](const RecordImage& image) {
    const auto* person = std::get_if<Person>(&image);
    return person != nullptr && person->state == PersonState::erased;
  });
}

std::uint64_t number_at(const Row& row, int column) {
  return static_cast<std::uint64_t>(row.number(column).value_or(0));
}

/// Decodes a row of the statement `head`.
Head head_from(const Row& row) {
  return {
      {Version(number_at(row, 2)), digest_from(row.bytes(3))}, number_at(row, 0), row.number(1)};
}

Failure dropped_book() {
  return {.message = "the book was dropped from the database: close it", .cause = Cause::dropped};
}

Cause cause_of(const SqlFailure& failure) {
  if (failure.state == "55P03") return Cause::lock_timeout;  // lock_not_available
  if (failure.state == "25P03") return Cause::idle_timeout;  // idle_in_transaction_session_timeout
  if (failure.state == "23502" && failure.table == "batches") return Cause::stale;  // not null
  // Foreign key: `batches` references the book's row, which another process has deleted.
  if (failure.state == "23503") return Cause::stale;
  if (failure.state == "23505" && failure.table == "batches")
    return Cause::version_taken;  // unique
  return Cause::other;
}

}  // namespace

SqlBookServer::SqlBookServer(const Target& target, Options options)
    : options_(std::move(options)),
      pool_(ConnectionPool::of(target, options_)),
      schema_(quoted(options_.schema)),
      rows_(schema_),
      // The row never changes: updating it for each batch would leave a dead row version each time,
      // which a long snapshot of any session keeps the server from removing.
      lock_book_{"lock_book",
                 "SELECT 1 FROM " + schema_ + ".books WHERE id = $1::bigint FOR UPDATE"},
      // A separate statement: a statement that has waited for a lock sees other tables as they
      // were before the wait.
      head_{"head",
            "SELECT fence, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, "
            "coalesce(last.version, 0), last.digest FROM " +
                schema_ + ".fences LEFT JOIN LATERAL (SELECT version, digest FROM " + schema_ +
                ".batches WHERE book = fences.book ORDER BY version DESC LIMIT 1) AS last "
                "ON true WHERE book = $1::bigint"},
      newer_batches_{"newer_batches",
                     "SELECT version, digest, CASE WHEN version > $2::bigint THEN records END "
                     "FROM " +
                         schema_ +
                         ".batches WHERE book = $1::bigint AND version >= $2::bigint "
                         "ORDER BY version LIMIT " +
                         std::to_string(most_news)},
      digest_of_{"digest_of", "SELECT digest FROM " + schema_ +
                                  ".batches WHERE book = $1::bigint AND version = $2::bigint"},
      raise_fence_{"raise_fence",
                   "UPDATE " + schema_ + ".fences SET fence = fence + 1 WHERE book = $1::bigint"},
      find_token_{"find_token", "SELECT version, digest FROM " + schema_ +
                                    ".batches WHERE book = $1::bigint AND token = $2::bytea"},
      forget_batches_{"forget_batches",
                      "DELETE FROM " + schema_ +
                          ".batches WHERE book = $1::bigint AND version > $2::bigint AND "
                          "version <= $3::bigint"},
      forget_bytes_{"forget_bytes",
                    "UPDATE " + schema_ +
                        ".batches SET records = NULL WHERE book = $1::bigint AND version > "
                        "$2::bigint AND version <= $3::bigint AND length(records) > $4::bigint"} {}

// ---------------------------------------------------------------------------------- connecting

std::optional<Failure> SqlBookServer::connect() {
  if (is_open()) return std::nullopt;
  return pool_->acquire(connection_);
}

void SqlBookServer::release() noexcept {
  if (!in_transaction()) connection_.give_back();
}

bool SqlBookServer::pause(Backoff& backoff) {
  // While the server is down, other books of this process get their turn to find out.
  release();
  return BookServer::pause(backoff);
}

Result<void> SqlBookServer::open() {
  for (;;) {
    if (auto failure = connect()) return failure->when_opening();
    auto book = find_book(*connection_, options_);
    if (book && *book == 0) book = add_book();
    // Opening tries once, but a connection that was lost while it was idle does not count.
    if (!book && !is_open() && connection_.reused()) continue;
    if (!book) return std::move(book).error();
    book_ = *book;
    release();  // the storage may not be used for long
    return {};
  }
}

Result<std::uint64_t> SqlBookServer::add_book() {
  if (options_.must_exist || options_.read_only) {
    return Error{Code::invalid_argument, "the database has no book with this name", "book"};
  }
  std::uint64_t id = 0;
  connection_->send(begin);
  connection_->send({"", "WITH added AS (INSERT INTO " + schema_ +
                             ".books (name) VALUES ($1::text) ON CONFLICT (name) DO NOTHING "
                             "RETURNING id) INSERT INTO " +
                             schema_ + ".fences (book, fence) SELECT id, 0 FROM added"},
                    Parameters().bytes(options_.book));
  // The row can be that of another process which was faster.
  connection_->send({"", "SELECT id FROM " + schema_ + ".books WHERE name = $1::text"},
                    Parameters().bytes(options_.book));
  connection_->send(commit);
  const auto failure = finish([&id](std::size_t, const Row& row) {
    id = number_at(row, 0);
    return true;
  });
  if (failure) {
    end_transaction();
    return failure->as(Code::storage_failed);
  }
  if (id != 0) return id;
  return Error{Code::storage_failed, "the row of the new book was deleted by another process"};
}

/// Waits for the results of all queued statements.
std::optional<Failure> SqlBookServer::finish(const Connection::TakeRow& take) {
  auto failure = connection_->finish(take);
  if (failure) failure->cause = cause_of(*failure);
  return failure;
}

// -------------------------------------------------------------------------------- transactions

/// Reads the head, and the batches from `from` on.
std::optional<Failure> SqlBookServer::finish_news(Version from, News& news) {
  news = {};
  bool found = false;
  const std::size_t head = connection_->send(head_, Parameters().number(book_));
  if (from) connection_->send(newer_batches_, Parameters().number(book_).number(from.value));
  auto failure = finish([&](std::size_t statement, const Row& row) {
    if (statement == head) {
      found = true;
      news.head = head_from(row);
    } else if (statement > head) {
      StoredBatch batch{{Version(number_at(row, 0)), digest_from(row.bytes(1))}, {}};
      if (!row.null(2)) batch.bytes = row.bytes(2);
      news.batches.push_back(std::move(batch));
    }
    return true;
  });
  if (!failure && !found) failure = dropped_book();
  return failure;
}

std::optional<Failure> SqlBookServer::read_news(Version from, News& news) {
  return finish_news(from, news);
}

void SqlBookServer::begin_writing() {
  if (in_transaction()) return;
  connection_->send(begin);
  connection_->send(lock_book_, Parameters().number(book_));
}

std::optional<Failure> SqlBookServer::lock(Version from, News& news) {
  begin_writing();
  return finish_news(from, news);
}

void SqlBookServer::end_transaction() {
  if (!in_transaction()) return;
  connection_->send(rollback);
  if (finish()) connection_->close();
}

// -------------------------------------------------------------------------- reading and writing

std::optional<Failure> SqlBookServer::read(Version after, ServerSink& sink, Version& version) {
  const bool writes = in_transaction();
  if (!writes) connection_->send(begin_reading);
  if (!after) connection_->send(no_time_limit);
  const std::size_t head = connection_->send(head_, Parameters().number(book_));
  const std::size_t first =
      1 + connection_->send(digest_of_, Parameters().number(book_).number(after.value));
  for (std::size_t kind = 0; kind < record_kinds; ++kind) {
    const TableStatements& table = rows_.of(static_cast<RecordKind>(kind));
    Parameters parameters;
    parameters.number(book_);
    if (after) parameters.number(after.value);
    connection_->send_streamed(after ? table.read_newer : table.read_all, parameters);
  }
  const std::size_t last =
      writes ? connection_->send(head_, Parameters().number(book_)) : connection_->send(commit);
  if (!writes && shares_syncs()) connection_->send(barrier);
  std::optional<Head> at;
  std::optional<Digest> digest;
  bool started = false;
  const auto start = [&] { return std::exchange(started, true) || sink.start(*at, digest); };
  auto failure = finish([&](std::size_t statement, const Row& row) {
    if (statement == head) {
      at = head_from(row);
      version = at->stamp.version;
      return true;
    }
    if (!at) return true;  // the book was dropped
    if (statement < first) {
      digest = digest_from(row.bytes(0));
      return true;
    }
    if (!start()) return false;
    if (statement > last) return true;  // the barrier
    if (statement == last) {
      version = head_from(row).stamp.version;
      return true;
    }
    return sink.accept(Rows::record_of(static_cast<RecordKind>(statement - first), row));
  });
  if (!failure && !at) return dropped_book();
  // Without any record, nothing has started the sink.
  if (!failure && !start()) connection_->close();
  return failure;
}

/// Sends the batches and the commit in one round trip.
std::optional<Failure> SqlBookServer::append(std::span<const OutgoingBatch> batches,
                                             const Head& base, Durability durability) {
  begin_writing();
  Stamp before = base.stamp;
  for (const OutgoingBatch& batch : batches) {
    send_batch(batch, before, base.fence);
    before = batch.stamp;
  }
  const bool early = durability == Durability::shared_sync;
  if (early) connection_->send(commit_early);
  const std::size_t committed = connection_->send(commit);
  if (early) connection_->send(barrier);
  auto failure = connection_->finish();
  if (!failure) return std::nullopt;
  failure->cause = cause_of(*failure);
  if (failure->statement > committed && !failure->lost) {
    connection_->close();  // the batches are committed, but not known to be durable
    failure->lost = failure->transient = true;
  }
  return failure;
}

void SqlBookServer::send_batch(const OutgoingBatch& batch, const Stamp& base, std::uint64_t fence) {
  const bool keeps_bytes = batch.bytes.size() <= largest_bytes;
  Parameters parameters;
  parameters.number(book_)
      .number(base.version.value)
      .bytes(text_of(base.digest.bytes))
      .number(fence)
      .bytes(text_of(batch.batch->token.bytes))
      .bytes(text_of(batch.stamp.digest.bytes));
  keeps_bytes ? parameters.bytes(batch.bytes) : parameters.null();
  BatchRows rows(*batch.batch);
  rows.move_to(parameters);
  connection_->send(write_batch(rows.shape()), parameters);
  forget_batches(batch);
}

/// Returns the statement that writes a batch of that shape. One statement: the server needs about
/// as long for each statement as for each row.
const Statement& SqlBookServer::write_batch(const std::string& shape) {
  const auto known = write_batch_.find(shape);
  if (known != write_batch_.end()) return known->second;
  constexpr std::size_t first_value = 8;
  std::string sql;
  for (const std::string& write : rows_.writes(shape, first_value)) {
    sql += (sql.empty() ? "WITH w" : ", w") + std::to_string(sql.size()) + " AS (" + write + ")";
  }
  // A null in `version` violates NOT NULL. The server then skips the statements queued behind,
  // including the commit, so no round trip is needed in between.
  sql += " INSERT INTO " + schema_ +
         ".batches (book, version, token, digest, records) SELECT $1::bigint, CASE WHEN "
         "coalesce((SELECT version = $2::bigint AND digest = $3::bytea FROM " +
         schema_ +
         ".batches WHERE book = $1::bigint ORDER BY version DESC LIMIT 1), $2::bigint = 0) AND "
         "(SELECT fence FROM " +
         schema_ +
         ".fences WHERE book = $1::bigint) = $4::bigint THEN $2::bigint + 1 END, $5::bytea, "
         "$6::bytea, $7::bytea";
  return write_batch_.emplace(shape, Statement{"write_" + shape, std::move(sql)}).first->second;
}

/// Queues the statements that delete what is no longer needed behind this batch.
void SqlBookServer::forget_batches(const OutgoingBatch& batch) {
  const std::uint64_t version = batch.stamp.version.value;
  const auto forget_bytes = [&](std::uint64_t after, std::uint64_t to, std::size_t above) {
    connection_->send(forget_bytes_,
                      Parameters().number(book_).number(after).number(to).number(above));
  };
  if (erases_a_person(*batch.batch)) forget_bytes(0, version - 1, 0);
  if (version % cleanup_interval != 0) return;
  if (version > batches_with_large_bytes) {
    const std::uint64_t to = version - batches_with_large_bytes;
    forget_bytes(to - std::min(to, cleanup_interval), to, small_bytes);
  }
  if (version > remembered_tokens) {
    // Bounded below too: while a session holds a snapshot, the server keeps all deleted rows, and
    // would read them again each time.
    constexpr std::uint64_t interval = 10 * cleanup_interval;
    const std::uint64_t to = version - remembered_tokens;
    connection_->send(forget_batches_,
                      Parameters().number(book_).number(to - std::min(to, interval)).number(to));
  }
}

std::optional<Failure> SqlBookServer::sync(Version version, std::optional<Digest>& found) {
  found.reset();
  const auto sync = [&](Connection& connection) {
    const std::size_t stored =
        connection.send(digest_of_, Parameters().number(book_).number(version.value));
    connection.send(barrier);
    return connection.finish([&](std::size_t statement, const Row& row) {
      if (statement == stored) found = digest_from(row.bytes(0));
      return true;
    });
  };
  if (in_transaction()) return pool_->use_spare(sync);
  return sync(*connection_);
}

std::optional<Failure> SqlBookServer::find(const Token& token, std::optional<Stamp>& found) {
  found.reset();
  connection_->send(find_token_, Parameters().number(book_).bytes(text_of(token.bytes)));
  return finish([&](std::size_t /*statement*/, const Row& row) {
    found = Stamp{Version(number_at(row, 0)), digest_from(row.bytes(1))};
    return true;
  });
}

std::optional<Failure> SqlBookServer::raise_fence(const Token& token, Head& head,
                                                  std::optional<Stamp>& found) {
  found.reset();
  const bool alone = !in_transaction();
  begin_writing();
  connection_->send(raise_fence_, Parameters().number(book_));
  const std::size_t last = connection_->send(head_, Parameters().number(book_));
  connection_->send(find_token_, Parameters().number(book_).bytes(text_of(token.bytes)));
  if (alone) connection_->send(commit);
  bool exists = false;
  auto failure = finish([&](std::size_t statement, const Row& row) {
    if (statement == last) {
      exists = true;
      head = head_from(row);
    } else if (statement > last) {
      found = Stamp{Version(number_at(row, 0)), digest_from(row.bytes(1))};
    }
    return true;
  });
  if (!failure && !exists) failure = dropped_book();
  return failure;
}

}  // namespace seatbook::postgres::detail

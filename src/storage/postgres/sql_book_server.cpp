#include "storage/postgres/sql_book_server.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

#include "storage/postgres/schema.hpp"

namespace seatbook::postgres::detail {
namespace {

const Statement begin{"begin", "BEGIN ISOLATION LEVEL READ COMMITTED"};
const Statement begin_reading{"begin_snapshot", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
const Statement no_time_limit{"no_time_limit", "SET LOCAL statement_timeout = 0"};
const Statement commit{"commit", "COMMIT"};
const Statement rollback{"rollback", "ROLLBACK"};

/// Old rows of `batches` are deleted once every this many versions.
constexpr std::uint64_t cleanup_interval = 100;

std::string bytes_of(const Token& token) {
  return {reinterpret_cast<const char*>(token.bytes.data()), token.bytes.size()};
}
Token token_from(std::string_view bytes) {
  Token token;
  std::memcpy(token.bytes.data(), bytes.data(), std::min(bytes.size(), token.bytes.size()));
  return token;
}

std::uint64_t number_at(const Row& row, int column) {
  return static_cast<std::uint64_t>(row.number(column).value_or(0));
}

/// Adds the server's time to a query of the book's row. It is taken after the wait for the row's
/// lock.
std::string head_of(const std::string& row) {
  return "SELECT batch_version, fence, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint "
         "FROM (" +
         row + ") AS head";
}

Cause cause_of(const SqlFailure& failure) {
  if (failure.state == "55P03") return Cause::lock_timeout;  // lock_not_available
  if (failure.state == "25P03") return Cause::idle_timeout;  // idle_in_transaction_session_timeout
  if (failure.state == "23502" && failure.table == "books") return Cause::stale;  // not null
  // Foreign key: `batches` references the book's row, which another process has deleted.
  if (failure.state == "23503") return Cause::stale;
  if (failure.state == "23505" && failure.table == "batches")
    return Cause::version_taken;  // unique
  return Cause::other;
}

}  // namespace

SqlBookServer::SqlBookServer(Target target, Options options)
    : target_(std::move(target)),
      options_(std::move(options)),
      schema_(quoted(options_.schema)),
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

// ---------------------------------------------------------------------------------- connecting

std::optional<Failure> SqlBookServer::connect() {
  if (connection_.is_open()) return std::nullopt;
  snapshot_ = false;
  return connection_.open(target_, options_);
}

Result<void> SqlBookServer::open() {
  if (auto failure = connect()) return failure->when_opening();
  if (auto failure = connection_.check_pool()) return failure->when_opening();
  if (auto checked = check_schema(connection_, options_); !checked) return checked;
  const auto book = find_book();
  if (!book) return book.error();
  book_ = *book;
  return {};
}

Result<std::uint64_t> SqlBookServer::find_book() {
  const Statement find{"", "SELECT id FROM " + schema_ + ".books WHERE name = $1::text"};
  const Statement add{"", "INSERT INTO " + schema_ +
                              ".books (name) VALUES ($1::text) ON CONFLICT (name) DO NOTHING"};
  for (const bool after_adding : {false, true}) {
    std::uint64_t id = 0;
    connection_.send(find, Parameters().bytes(options_.book));
    const auto failure = connection_.finish([&id](std::size_t, const Row& row) {
      id = number_at(row, 0);
      return true;
    });
    if (failure) return failure->as(Code::storage_failed);
    if (id != 0) return id;
    if (after_adding) break;
    if (options_.must_exist || options_.read_only) {
      return Error{Code::invalid_argument, "the database has no book with this name", "book"};
    }
    connection_.send(add, Parameters().bytes(options_.book));
    if (auto refused = connection_.finish()) return refused->as(Code::storage_failed);
  }
  return Error{Code::storage_failed, "the row of the new book was deleted by another process"};
}

/// Waits for the results of all queued statements.
std::optional<Failure> SqlBookServer::finish(const Connection::TakeRow& take) {
  auto failure = connection_.finish(take);
  if (failure) failure->cause = cause_of(*failure);
  return failure;
}

// -------------------------------------------------------------------------------- transactions

/// Reads the book's row with `statement`, and its last batch.
std::optional<Failure> SqlBookServer::finish_head(const Statement& statement, Head& head) {
  head = {};
  bool found = false;
  const std::size_t book = connection_.send(statement, Parameters().number(book_));
  connection_.send(head_token_, Parameters().number(book_));
  auto failure = finish([&](std::size_t number, const Row& row) {
    if (number == book) {
      found = true;
      head.version = Version(number_at(row, 0));
      head.fence = number_at(row, 1);
      head.now_us = row.number(2);
    } else if (number > book) {
      head.last = {Version(number_at(row, 0)), token_from(row.bytes(1))};
    }
    return true;
  });
  if (!failure && !found) {
    failure = Failure{"the book was dropped from the database: close it"};
    failure->cause = Cause::dropped;
  }
  return failure;
}

std::optional<Failure> SqlBookServer::read_head(Head& head) {
  return finish_head(head_, head);
}

std::optional<Failure> SqlBookServer::begin_snapshot(Head& head) {
  connection_.send(begin_reading);
  snapshot_ = true;
  return finish_head(head_, head);
}

std::optional<Failure> SqlBookServer::lock(Head& head) {
  connection_.send(begin);
  return finish_head(lock_head_, head);
}

void SqlBookServer::end_transaction() {
  const bool read_only = std::exchange(snapshot_, false);
  if (!connection_.in_transaction()) return;
  connection_.send(read_only ? commit : rollback);
  if (finish()) connection_.close();
}

// -------------------------------------------------------------------------- reading and writing

std::optional<Failure> SqlBookServer::read(Version after, ServerSink& sink, Version& version) {
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
  const std::size_t last = connection_.send(head_, Parameters().number(book_));
  std::optional<Token> token;
  bool started = false;
  return finish([&](std::size_t statement, const Row& row) {
    if (statement < first) {
      token = token_from(row.bytes(1));
      return true;
    }
    if (!std::exchange(started, true) && !sink.start(token)) return false;
    if (statement == last) {
      version = Version(number_at(row, 0));
      return true;
    }
    return sink.accept(Rows::record_of(static_cast<RecordKind>(statement - first), row));
  });
}

/// Sends the batches and the commit in one round trip.
std::optional<Failure> SqlBookServer::append(std::span<const Batch> batches, std::uint64_t fence) {
  if (!connection_.in_transaction()) connection_.send(begin);
  for (const Batch& batch : batches) send_batch(batch, fence);
  connection_.send(commit);
  return finish();
}

void SqlBookServer::send_batch(const Batch& batch, std::uint64_t fence) {
  const std::uint64_t version = batch.base.value + 1;
  connection_.send(compare_and_set_,
                   Parameters().number(book_).number(batch.base.value).number(fence));
  rows_.send(connection_, book_, batch);
  connection_.send(add_batch_,
                   Parameters().number(book_).number(version).bytes(bytes_of(batch.token)));
  if (version > remembered_tokens && version % cleanup_interval == 0) {
    connection_.send(forget_batches_,
                     Parameters().number(book_).number(version - remembered_tokens));
  }
}

std::optional<Failure> SqlBookServer::find(const Token& token, std::optional<Version>& found) {
  found.reset();
  connection_.send(find_token_, Parameters().number(book_).bytes(bytes_of(token)));
  return finish([&](std::size_t /*statement*/, const Row& row) {
    found = Version(number_at(row, 0));
    return true;
  });
}

std::optional<Failure> SqlBookServer::raise_fence(const Token& token, Head& head,
                                                  std::optional<Version>& found) {
  found.reset();
  const bool alone = !connection_.in_transaction();
  if (alone) connection_.send(begin);
  const std::size_t raise = connection_.send(raise_fence_, Parameters().number(book_));
  const std::size_t last = connection_.send(head_token_, Parameters().number(book_));
  connection_.send(find_token_, Parameters().number(book_).bytes(bytes_of(token)));
  if (alone) connection_.send(commit);
  return finish([&](std::size_t statement, const Row& row) {
    const Version version(number_at(row, 0));
    if (statement == raise) {
      head.version = version;
      head.fence = number_at(row, 1);
    } else if (statement == last) {
      head.last = {version, token_from(row.bytes(1))};
    } else {
      found = version;
    }
    return true;
  });
}

}  // namespace seatbook::postgres::detail

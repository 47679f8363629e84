/// The server of one book, as the protocol of PostgresStorage sees it.
///
/// PostgresStorage decides what is sent, what is sent again, and what a result means. An
/// implementation translates the calls: SqlBookServer to SQL over libpq
/// (docs/decisions/0030-book-server.md).
#ifndef SEATBOOK_STORAGE_POSTGRES_BOOK_SERVER_HPP_
#define SEATBOOK_STORAGE_POSTGRES_BOOK_SERVER_HPP_

#include <cstdint>
#include <optional>
#include <span>

#include "seatbook/records.hpp"
#include "seatbook/result.hpp"
#include "seatbook/types.hpp"
#include "storage/postgres/backoff.hpp"
#include "storage/postgres/failure.hpp"

namespace seatbook::postgres::detail {

/// A batch that the server remembers.
struct StoredBatch {
  Version version;
  Token token;
};

/// The state of the book on the server.
struct Head {
  Version version = {};
  std::uint64_t fence = 0;               ///< a batch sent with another fence is rejected
  std::optional<StoredBatch> last = {};  ///< without a transaction, it can be newer than `version`
  std::optional<std::int64_t> now_us = {};  ///< the server's time, after the wait for the lock
};

/// Receives the results of BookServer::read().
class ServerSink {
 public:
  virtual ~ServerSink() = default;
  /// Called once, before the records. `token` is that of the batch `after`; none if it is no longer
  /// stored. Returning false stops the read and closes the connection, here and below.
  virtual bool start(const std::optional<Token>& token) = 0;
  /// Accepts a record, or the error of a row that cannot be decoded.
  virtual bool accept(Result<RecordImage> record) = 0;
};

/// One connection to the server, and the book on it. Not thread-safe. Every call sends at most one
/// message, except connect(), and waits for its result for a limited time. After a failure with
/// `lost` the connection is closed, which ends its transaction; the server may execute a message
/// later if it was sent. Any other failure means that the message had no effect.
class BookServer {
 public:
  BookServer() = default;
  BookServer(const BookServer&) = delete;
  BookServer& operator=(const BookServer&) = delete;
  virtual ~BookServer() = default;

  /// Connects, unless the connection is open.
  virtual std::optional<Failure> connect() = 0;
  [[nodiscard]] virtual bool is_open() const = 0;
  virtual void close() noexcept = 0;
  /// Like close() for a forked process: does not affect the server or the parent's connection.
  virtual void abandon() noexcept = 0;

  /// Reads the head without a transaction.
  virtual std::optional<Failure> read_head(Head& head) = 0;
  /// Begins a transaction of one consistent snapshot and reads its head.
  virtual std::optional<Failure> begin_snapshot(Head& head) = 0;
  /// Begins a write transaction, waits for the book's lock, then reads the head. The lock is held
  /// until the transaction ends.
  virtual std::optional<Failure> lock(Head& head) = 0;
  /// Whether a transaction is open, including a failed one.
  [[nodiscard]] virtual bool in_transaction() const = 0;
  /// Ends the transaction, if any, without writing. If that fails, closes the connection.
  virtual void end_transaction() = 0;

  /// Reads the records that batches after `after` wrote (0: all), in the open transaction. Then
  /// reads the version again: under the lock, each statement sees the newest state.
  virtual std::optional<Failure> read(Version after, ServerSink& sink, Version& version) = 0;

  /// Writes consecutive batches and commits: all or none, only if the version is the base of the
  /// first and the fence is `fence`. Uses the open transaction, or else a separate one. The result
  /// arrives when the batches are durable.
  virtual std::optional<Failure> append(std::span<const Batch> batches, std::uint64_t fence) = 0;

  /// Looks for the batch with a token in the open transaction.
  virtual std::optional<Failure> find(const Token& token, std::optional<Version>& found) = 0;
  /// Waits for the lock, raises the fence, reads the head, and looks for a token. Uses the open
  /// transaction, or else a separate one, which it commits.
  virtual std::optional<Failure> raise_fence(const Token& token, Head& head,
                                             std::optional<Version>& found) = 0;

  /// Pauses before a retry. Returns false if there has been no success for too long.
  virtual bool pause(Backoff& backoff) { return backoff.wait(); }
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_BOOK_SERVER_HPP_

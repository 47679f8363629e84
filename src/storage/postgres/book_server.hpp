/// The server of one book, as the protocol of PostgresStorage sees it.
///
/// PostgresStorage decides what is sent, what is sent again, and what a result means. An
/// implementation translates the calls: SqlBookServer to SQL over libpq
/// (docs/decisions/0030-book-server.md).
#ifndef SEATBOOK_STORAGE_POSTGRES_BOOK_SERVER_HPP_
#define SEATBOOK_STORAGE_POSTGRES_BOOK_SERVER_HPP_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "seatbook/records.hpp"
#include "seatbook/result.hpp"
#include "seatbook/types.hpp"
#include "storage/postgres/backoff.hpp"
#include "storage/postgres/failure.hpp"

namespace seatbook::postgres::detail {

/// Identifies a batch together with all batches before it.
struct Digest {
  std::array<unsigned char, 16> bytes{};

  friend bool operator==(const Digest& a, const Digest& b) { return a.bytes == b.bytes; }
  friend bool operator!=(const Digest& a, const Digest& b) { return !(a == b); }
};

/// A version of the book, and the digest of its batches. Version 0 has the digest of zeros.
struct Stamp {
  Version version = {};
  Digest digest = {};

  friend bool operator==(const Stamp& a, const Stamp& b) {
    return a.version == b.version && a.digest == b.digest;
  }
};

/// A batch that the server remembers.
struct StoredBatch {
  Stamp stamp;
  std::optional<std::string> bytes;  ///< its records; none if the server no longer has them
};

/// A batch to be written. Refers to the batch.
struct OutgoingBatch {
  const Batch* batch;
  Stamp stamp;
  std::string bytes;  ///< its records
};

/// The state of the book on the server.
struct Head {
  Stamp stamp = {};
  std::uint64_t fence = 0;                  ///< a batch sent with another fence is rejected
  std::optional<std::int64_t> now_us = {};  ///< the server's time, after the wait for the lock
};

/// The head, and the batches from a version on.
struct News {
  Head head = {};
  /// In order, the first `most_news` from the given version on, if the server remembers them.
  std::vector<StoredBatch> batches = {};
};

/// The maximum number of batches in News.
inline constexpr std::size_t most_news = 256;

/// When the result of a commit arrives.
enum class Durability : std::uint8_t {
  own_sync,     ///< after a separate sync, during which it holds the book's lock
  shared_sync,  ///< after a sync that follows the release of the lock, and can serve many commits
};

/// Receives the results of BookServer::read().
class ServerSink {
 public:
  virtual ~ServerSink() = default;
  /// Called once, before the records. `digest` is that of the version `after`; none if its batch is
  /// no longer stored. Returning false stops the read and closes the connection, here and below.
  virtual bool start(const Head& head, const std::optional<Digest>& digest) = 0;
  /// Accepts a record, or the error of a row that cannot be decoded.
  virtual bool accept(Result<RecordImage> record) = 0;
};

/// One connection to the server at a time, and the book on it. Not thread-safe. Every call sends at
/// most one message, except connect(), and waits for its result for a limited time. After a failure
/// with `lost` the connection is closed, which ends its transaction; the server may execute a
/// message later if it was sent. Any other failure means that the message had no effect.
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
  /// Gives the connection back, unless a transaction is open. The next connect() may return another
  /// one.
  virtual void release() noexcept = 0;
  /// Whether commits on this connection can share a sync.
  [[nodiscard]] virtual bool shares_syncs() const = 0;

  /// Reads the head and the batches from `from` on (0: only the head), without a transaction.
  virtual std::optional<Failure> read_news(Version from, News& news) = 0;
  /// Begins a write transaction, waits for the book's lock, then reads as read_news(). The lock is
  /// held until the transaction ends.
  virtual std::optional<Failure> lock(Version from, News& news) = 0;
  /// Whether a transaction is open, including a failed one.
  [[nodiscard]] virtual bool in_transaction() const = 0;
  /// Ends the transaction, if any, without writing. If that fails, closes the connection.
  virtual void end_transaction() = 0;

  /// Reads the records that batches after `after` wrote (0: all): in the open transaction, and then
  /// the version again, because each statement sees the newest state; or else from one consistent
  /// snapshot, which is then made durable.
  virtual std::optional<Failure> read(Version after, ServerSink& sink, Version& version) = 0;

  /// Writes consecutive batches and commits: all or none, only if `base` is the head's stamp and
  /// fence. Uses the open transaction, or else a separate one, which waits for the lock. The result
  /// arrives when the batches and all before them are durable. With a shared sync, a failure
  /// between commit and sync counts as `lost`.
  virtual std::optional<Failure> append(std::span<const OutgoingBatch> batches, const Head& base,
                                        Durability durability) = 0;
  /// Looks for the batch of a version, then makes everything that is committed durable. `found` is
  /// its digest, if it is stored. In a transaction, which goes on, this happens on another
  /// connection.
  virtual std::optional<Failure> sync(Version version, std::optional<Digest>& found) = 0;

  /// Looks for the batch with a token in the open transaction.
  virtual std::optional<Failure> find(const Token& token, std::optional<Stamp>& found) = 0;
  /// Waits for the lock, raises the fence, reads the head, and looks for a token. Uses the open
  /// transaction, or else a separate one, which it commits durably.
  virtual std::optional<Failure> raise_fence(const Token& token, Head& head,
                                             std::optional<Stamp>& found) = 0;

  /// Pauses before a retry. Returns false if there has been no success for too long.
  virtual bool pause(Backoff& backoff) { return backoff.wait(); }
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_BOOK_SERVER_HPP_

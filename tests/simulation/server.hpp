/// A server with one book, in memory: a write-ahead log with a flush, a lock, a fence, and sessions
/// that outlive their clients' connections.
#ifndef SEATBOOK_TESTS_SIMULATION_SERVER_HPP_
#define SEATBOOK_TESTS_SIMULATION_SERVER_HPP_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "seatbook/storage.hpp"
#include "simulation/chance.hpp"
#include "simulation/mistakes.hpp"
#include "storage/postgres/book_server.hpp"

namespace seatbook::simulation {

using postgres::detail::Cause;
using postgres::detail::Digest;
using postgres::detail::Durability;
using postgres::detail::Failure;
using postgres::detail::Head;
using postgres::detail::News;
using postgres::detail::OutgoingBatch;
using postgres::detail::ServerSink;
using postgres::detail::Stamp;
using postgres::detail::StoredBatch;

/// Copies of batches on their way, for a message that outlives its sender.
class Message {
 public:
  explicit Message(std::span<const OutgoingBatch> batches) {
    batches_.reserve(batches.size());
    for (const OutgoingBatch& batch : batches) {
      batches_.push_back(*batch.batch);
      outgoing_.push_back({&batches_.back(), batch.stamp, batch.bytes});
    }
  }
  [[nodiscard]] std::span<const OutgoingBatch> batches() const { return outgoing_; }

 private:
  std::vector<Batch> batches_;
  std::vector<OutgoingBatch> outgoing_;
};

/// The server's side of a connection.
struct ServerSession {
  bool client = true;        ///< the client has the connection; else only `late` remains
  bool ended = false;        ///< by the server: its client notices with the next message
  bool transaction = false;  ///< including a failed one
  bool failed = false;
  Cause why = Cause::other;
  /// A message that was sent, and is executed after the client has given up.
  std::function<void()> late = {};
};

/// What the rest of the simulation does at the points that the server reports.
class ServerEvents {
 public:
  virtual ~ServerEvents() = default;
  /// Called first by each call of a connection: waits until this thread may run.
  virtual void take_turn() {}
  virtual void committed(Version version, const Batch& batch) = 0;
  /// Versions above `version` are gone. `restored`: they were durable.
  virtual void cut(Version version, bool restored) = 0;
  /// The log is written but not flushed: the server may crash.
  virtual void before_flush() = 0;
  /// Other things may happen: calls of other books, crashes.
  virtual void meanwhile() = 0;
};

class Server {
 public:
  Server(Chance& chance, ServerEvents& events, Mistake mistake, std::size_t remembered)
      : chance_(chance), events_(events), mistake_(mistake), remembered_(remembered) {}

  // The truth, for the checks.
  [[nodiscard]] Version version() const { return Version(batches_.size()); }
  [[nodiscard]] Version durable() const { return Version(durable_batches_); }
  [[nodiscard]] const Batch& batch(Version version) const {
    return batches_[version.value - 1].batch;
  }
  [[nodiscard]] std::size_t remembered() const { return remembered_; }
  /// Passes the newest images of the records that batches after `after`, up to `version`, wrote.
  /// `kind`: only of this one. Returns false if the sink did.
  bool read(Version after, Version version, std::optional<RecordKind> kind,
            const std::function<bool(const RecordImage&)>& sink) const;

  // Faults.
  /// Ends all sessions and loses what is not flushed.
  void crash();
  /// Puts the server back to an older version. Messages that are on their way are lost.
  void restore(Version version);
  [[nodiscard]] bool is_up() const { return down_ == 0; }
  void wait_for_start() { down_ -= down_ == 0 ? 0 : 1; }
  void start() { down_ = 0; }
  void end_any_session();
  /// Lets a session without a client execute its late message, or end.
  void continue_any_session();
  void finish_sessions();

  // What connections send. `session` is that of the connection.
  std::shared_ptr<ServerSession> connect();
  [[nodiscard]] News news(Version from) const;
  std::optional<Failure> lock(ServerSession& session, Version from, News& news);
  void end_transaction(ServerSession& session);
  std::optional<Failure> read_for(ServerSession& session, Version after, ServerSink& sink,
                                  Version& version);
  [[nodiscard]] bool remembers(Version version) const;
  [[nodiscard]] std::optional<Digest> digest_of(Version version) const;
  [[nodiscard]] std::optional<Stamp> find(const Token& token) const;
  std::optional<Failure> append(ServerSession& session, std::span<const OutgoingBatch> batches,
                                const Head& base, Durability durability);
  std::optional<Failure> sync(ServerSession& session);
  std::optional<Failure> raise_fence(ServerSession& session, const Token& token, Head& head,
                                     std::optional<Stamp>& found);
  /// Writes the first batch of a group that is lost (Mistake::group_split), or half of a batch
  /// (Mistake::not_atomic).
  void write_part(std::span<const OutgoingBatch> batches);

 private:
  struct Stored {
    Batch batch;
    StoredBatch image;
  };
  /// An entry of the write-ahead log: a batch, or a raised fence.
  struct Entry {
    bool is_batch;
    std::uint64_t fence;  // after the entry
  };

  std::optional<Failure> acquire(ServerSession& session);
  void end(ServerSession& session, Cause why);
  void write(const OutgoingBatch& batch);
  void flush();
  void cut_log(std::size_t entries, bool restored);
  bool continue_session(ServerSession& session);
  [[nodiscard]] std::uint64_t fence_of(const ServerSession& session) const;

  Chance& chance_;
  ServerEvents& events_;
  const Mistake mistake_;
  const std::size_t remembered_;

  std::vector<Stored> batches_;
  std::vector<Entry> log_;
  std::uint64_t fence_ = 0;
  std::size_t flushed_ = 0;  // entries of log_
  std::uint64_t durable_batches_ = 0;
  std::uint64_t down_ = 0;  // attempts to connect until the server has started

  std::vector<std::shared_ptr<ServerSession>> sessions_;
  ServerSession* holder_ = nullptr;                     // of the lock
  std::optional<std::uint64_t> raised_in_transaction_;  // the holder's fence, not yet committed
};

}  // namespace seatbook::simulation

#endif  // SEATBOOK_TESTS_SIMULATION_SERVER_HPP_

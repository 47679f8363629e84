#include "simulation/server.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <variant>

namespace seatbook::simulation {
namespace {

Failure lost_failure(Cause cause) {
  return {.message = "the connection was lost", .cause = cause, .lost = true, .transient = true};
}

Failure rejected(Cause cause, const char* message) {
  return {.message = message, .cause = cause};
}

}  // namespace

bool Server::read(Version after, Version version, std::optional<RecordKind> kind,
                  const std::function<bool(const RecordImage&)>& sink) const {
  std::map<std::pair<std::size_t, std::uint64_t>, const RecordImage*> newest;
  for (std::uint64_t at = after.value; at < version.value; ++at) {
    for (const RecordImage& image : batches_[at].batch.images) {
      if (!kind || kind_of(image) == *kind) newest[{image.index(), id_of(image)}] = &image;
    }
  }
  return std::all_of(newest.begin(), newest.end(),
                     [&](const auto& entry) { return sink(*entry.second); });
}

// ------------------------------------------------------------------------------------------ faults

void Server::end(ServerSession& session, Cause why) {
  end_transaction(session);
  session.ended = true;
  session.why = why;
  std::erase_if(sessions_, [&](const auto& one) { return one.get() == &session; });
}

void Server::cut_log(std::size_t entries, bool restored) {
  log_.resize(entries);
  flushed_ = std::min(flushed_, entries);
  fence_ = entries == 0 ? 0 : log_.back().fence;
  const auto count = static_cast<std::size_t>(
      std::count_if(log_.begin(), log_.end(), [](const Entry& entry) { return entry.is_batch; }));
  if (count == batches_.size()) return;
  batches_.resize(count);
  durable_batches_ = std::min<std::uint64_t>(durable_batches_, count);
  events_.cut(version(), restored);
}

void Server::crash() {
  const auto sessions = sessions_;
  for (const auto& session : sessions) {
    // A message that waits in a pool in front of the server arrives after the restart.
    if (!session->late || session->transaction) end(*session, Cause::other);
  }
  cut_log(flushed_, false);
  down_ = chance_.below(4);
}

void Server::restore(Version version) {
  const auto sessions = sessions_;
  for (const auto& session : sessions) end(*session, Cause::other);
  std::size_t entries = 0;
  for (std::uint64_t left = version.value; left > 0; ++entries) {
    if (log_[entries].is_batch) --left;
  }
  cut_log(entries, true);
  down_ = chance_.below(4);
}

void Server::end_any_session() {
  if (sessions_.empty()) return;
  const auto session = sessions_[chance_.below(sessions_.size())];
  end(*session, Cause::other);
}

bool Server::continue_session(ServerSession& session) {
  if (session.late) {
    if (holder_ != nullptr && holder_ != &session) return false;  // waits for the lock
    const auto late = std::exchange(session.late, {});
    late();
  }
  end(session, Cause::other);
  return true;
}

void Server::continue_any_session() {
  std::vector<std::shared_ptr<ServerSession>> left;
  std::copy_if(sessions_.begin(), sessions_.end(), std::back_inserter(left),
               [](const auto& session) { return !session->client; });
  if (!left.empty()) (void)continue_session(*left[chance_.below(left.size())]);
}

void Server::finish_sessions() {
  // Those that hold the lock, or do not need it, come first.
  for (int round = 0; round < 2; ++round) {
    const auto sessions = sessions_;
    for (const auto& session : sessions) {
      if (!session->client && !session->ended) (void)continue_session(*session);
    }
  }
}

// ------------------------------------------------------------------------------------ transactions

std::shared_ptr<ServerSession> Server::connect() {
  sessions_.push_back(std::make_shared<ServerSession>());
  return sessions_.back();
}

News Server::news(Version from) const {
  constexpr std::uint64_t with_bytes = 6;  // after that, the records are read from the tables
  News news;
  news.head.stamp = batches_.empty() ? Stamp{} : batches_.back().image.stamp;
  news.head.fence = fence_;
  for (; from && from <= version(); ++from.value) {
    if (!remembers(from)) continue;
    news.batches.push_back(batches_[from.value - 1].image);
    if (from.value + with_bytes <= version().value) news.batches.back().bytes.reset();
  }
  return news;
}

/// Waits for the lock. A holder that has a client is another book, whose call waits for this one:
/// the server either ends that holder, or this wait.
std::optional<Failure> Server::acquire(ServerSession& session) {
  if (mistake_ == Mistake::lock_lost) return std::nullopt;
  while (holder_ != nullptr && holder_ != &session) {
    if (chance_.one_in(3)) {
      session.failed = true;
      return rejected(Cause::lock_timeout, "the lock is held by another");
    }
    if (holder_->client) {
      end(*holder_, Cause::idle_timeout);
    } else {
      (void)continue_session(*holder_);
    }
    if (session.ended) return lost_failure(session.why);
  }
  holder_ = &session;
  return std::nullopt;
}

std::optional<Failure> Server::lock(ServerSession& session, Version from, News& news) {
  session.transaction = true;
  if (auto failure = acquire(session)) return failure;
  news = this->news(from);
  return std::nullopt;
}

void Server::end_transaction(ServerSession& session) {
  session.transaction = session.failed = false;
  if (holder_ != &session) return;
  holder_ = nullptr;
  raised_in_transaction_.reset();
}

std::optional<Failure> Server::read_for(ServerSession& session, Version after, ServerSink& sink,
                                        Version& version) {
  const bool snapshot = !session.transaction;
  const Head head = news({}).head;
  if (!sink.start(head, digest_of(after))) return lost_failure(Cause::other);
  for (std::size_t kind = 0; kind < std::variant_size_v<RecordImage>; ++kind) {
    events_.meanwhile();
    if (session.ended) return lost_failure(session.why);
    const bool consistent = snapshot && mistake_ != Mistake::torn_snapshot;
    const bool read = this->read(after, consistent ? head.stamp.version : this->version(),
                                 static_cast<RecordKind>(kind),
                                 [&](const RecordImage& image) { return sink.accept(image); });
    if (!read) return lost_failure(Cause::other);
  }
  const bool again = !snapshot && mistake_ != Mistake::lock_lost;
  version = again ? this->version() : head.stamp.version;
  // Without a transaction of its caller, the read ends with a sync.
  return snapshot ? sync(session) : std::nullopt;
}

// ----------------------------------------------------------------------------------------- batches

bool Server::remembers(Version version) const {
  return version && version <= this->version() &&
         this->version().value - version.value < remembered_;
}

std::optional<Digest> Server::digest_of(Version version) const {
  if (!remembers(version)) return std::nullopt;
  return batches_[version.value - 1].image.stamp.digest;
}

std::optional<Stamp> Server::find(const Token& token) const {
  if (mistake_ == Mistake::tokens_forgotten) return std::nullopt;
  for (std::uint64_t at = version().value; remembers(Version(at)); --at) {
    if (batch(Version(at)).token == token) return batches_[at - 1].image.stamp;
  }
  return std::nullopt;
}

std::uint64_t Server::fence_of(const ServerSession& session) const {
  return holder_ == &session ? raised_in_transaction_.value_or(fence_) : fence_;
}

void Server::write(const OutgoingBatch& batch) {
  batches_.push_back({*batch.batch, {batch.stamp, batch.bytes}});
  log_.push_back({true, fence_});
  events_.committed(version(), *batch.batch);
}

void Server::flush() {
  flushed_ = log_.size();
  durable_batches_ = batches_.size();
}

std::optional<Failure> Server::append(ServerSession& session,
                                      std::span<const OutgoingBatch> batches, const Head& base,
                                      Durability durability) {
  session.transaction = true;
  if (auto failure = acquire(session)) return failure;
  const Stamp last = news({}).head.stamp;
  const bool is_next = mistake_ == Mistake::no_comparison || base.stamp == last ||
                       (mistake_ == Mistake::late_batch && base.stamp.version < last.version &&
                        !remembers(Version(base.stamp.version.value + 1)));
  if (!is_next || (mistake_ != Mistake::no_fence && base.fence != fence_of(session))) {
    end_transaction(session);
    session.transaction = session.failed = true;
    return rejected(Cause::stale, "the version or the fence is another");
  }
  fence_ = fence_of(session);
  for (const OutgoingBatch& batch : batches) write(batch);
  if (durability == Durability::shared_sync) {
    end_transaction(session);
    if (mistake_ == Mistake::no_barrier) return std::nullopt;
    return sync(session);
  }
  if (mistake_ != Mistake::early_result) {
    events_.before_flush();
    if (session.ended) return lost_failure(session.why);
    flush();
  }
  end_transaction(session);
  return std::nullopt;
}

/// Waits for a flush, during which others go on.
std::optional<Failure> Server::sync(ServerSession& session) {
  events_.meanwhile();
  if (!session.ended) events_.before_flush();
  if (session.ended) return lost_failure(session.why);
  flush();
  return std::nullopt;
}

void Server::write_part(std::span<const OutgoingBatch> batches) {
  const OutgoingBatch& first = batches.front();
  if (first.batch->base != version() || holder_ != nullptr) return;
  Batch part = *first.batch;
  if (mistake_ == Mistake::not_atomic) part.images.resize(part.images.size() / 2);
  if (mistake_ == Mistake::group_split && batches.size() == 1) return;
  write({&part, first.stamp, first.bytes});
  flush();
}

std::optional<Failure> Server::raise_fence(ServerSession& session, const Token& token, Head& head,
                                           std::optional<Stamp>& found) {
  const bool alone = !session.transaction;
  session.transaction = true;
  if (mistake_ == Mistake::find_before_fence) {
    found = find(token);
    events_.meanwhile();
    if (session.ended) return lost_failure(session.why);
  }
  if (auto failure = acquire(session)) return failure;
  const bool raises = mistake_ != Mistake::fence_forgotten;
  head = news({}).head;
  head.fence = fence_of(session) + (raises ? 1 : 0);
  if (mistake_ != Mistake::find_before_fence) found = find(token);
  if (!alone) {
    raised_in_transaction_ = head.fence;
    return std::nullopt;
  }
  if (raises) {
    fence_ = head.fence;
    log_.push_back({false, fence_});
    if (mistake_ != Mistake::find_without_barrier) {
      events_.before_flush();
      if (session.ended) return lost_failure(session.why);
      flush();
    }
  }
  end_transaction(session);
  return std::nullopt;
}

}  // namespace seatbook::simulation

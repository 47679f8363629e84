#include "simulation/connection.hpp"

#include <utility>

namespace seatbook::simulation {

std::optional<Failure> Connection::lose(Cause cause) {
  close();
  return Failure{
      .message = "the connection was lost", .cause = cause, .lost = true, .transient = !killed_};
}

void Connection::close() noexcept {
  events_.take_turn();
  if (session_ != nullptr) session_->client = false;
  session_.reset();
}

std::optional<Failure> Connection::connect() {
  events_.take_turn();
  if (session_ != nullptr) return std::nullopt;
  events_.meanwhile();
  if (killed_) return lose(Cause::other);
  if (!server_.is_up()) {
    server_.wait_for_start();
    return lose(Cause::other);
  }
  session_ = server_.connect();
  return std::nullopt;
}

bool Connection::pause(postgres::detail::Backoff& /*backoff*/) {
  events_.take_turn();
  events_.meanwhile();
  constexpr std::uint64_t retries = 12;
  return !killed_ && !chance_.one_in(retries);
}

/// Sends a message, unless a fault prevents it. The server runs `execute`, or `late` if the client
/// no longer waits for the result.
template <class Execute>
std::optional<Failure> Connection::send(const Execute& execute, const std::function<void()>& late) {
  events_.take_turn();
  if (session_ == nullptr) return lose(Cause::other);
  events_.meanwhile();
  const auto session = session_;
  if (session->ended) return lose(session->why);
  if (session->failed) {
    return Failure{"the transaction has failed"};
  }
  if (!chance_.one_in(rates_.loss)) {
    auto failure = execute(*session);
    if (session->ended) return lose(session->why);
    if (failure && failure->lost) return lose(failure->cause);
    return failure;
  }
  switch (chance_.below(4)) {
    case 0:  // lost before it arrives
      break;
    case 1:  // the result is lost
      (void)execute(*session);
      break;
    case 2:  // a deadlock, a serialization failure
      if (session->transaction) {
        server_.end_transaction(*session);
        session->transaction = session->failed = true;
      }
      return Failure{.message = "try again", .transient = true};
    default:
      session->late = late;
      killed_ = late && chance_.one_in(rates_.kill);
  }
  return lose(session->why);
}

/// Mistake::restore_hidden: reports the last version that was seen instead of an older one.
void Connection::hide_restore(News& news) {
  const Stamp stamp = news.head.stamp;
  const bool hides = mistake_ == Mistake::restore_hidden && !seen_.empty();
  if (!hides || stamp.version >= seen_.rbegin()->first) {
    seen_[stamp.version] = stamp.digest;
    return;
  }
  const auto& [version, digest] = *seen_.rbegin();
  news.head.stamp = {version, digest};
  news.batches.clear();
}

std::optional<Failure> Connection::read_news(Version from, News& news) {
  locked_ = false;
  return send([&](ServerSession&) -> std::optional<Failure> {
    news = server_.news(from);
    hide_restore(news);
    return std::nullopt;
  });
}

std::optional<Failure> Connection::lock(Version from, News& news) {
  locked_ = true;
  return send([&](ServerSession& session) {
    auto failure = server_.lock(session, from, news);
    if (!failure) hide_restore(news);
    return failure;
  });
}

void Connection::end_transaction() {
  if (!in_transaction()) return;
  if (session_->failed) {
    server_.end_transaction(*session_);
    return;
  }
  const auto failure = send([&](ServerSession& session) -> std::optional<Failure> {
    server_.end_transaction(session);
    return std::nullopt;
  });
  if (failure) close();
}

std::optional<Failure> Connection::read(Version after, ServerSink& sink, Version& version) {
  return send([&](ServerSession& session) {
    struct Unverified final : ServerSink {
      Unverified(Connection& reader, ServerSink& to, std::optional<Digest> expects)
          : connection(reader), inner(to), expected(expects) {}
      bool start(const Head& head, const std::optional<Digest>& digest) override {
        News news{head, {}};
        connection.hide_restore(news);
        return inner.start(news.head, digest ? digest : expected);
      }
      bool accept(Result<RecordImage> record) override { return inner.accept(std::move(record)); }
      Connection& connection;
      ServerSink& inner;
      std::optional<Digest> expected;
    };
    std::optional<Digest> expected;
    const bool hides = mistake_ == Mistake::batch_unverified || mistake_ == Mistake::restore_hidden;
    const auto known = seen_.find(after);
    if (hides && known != seen_.end()) expected = known->second;
    Unverified unverified(*this, sink, expected);
    return server_.read_for(session, after, unverified, version);
  });
}

std::optional<Failure> Connection::append(std::span<const OutgoingBatch> batches, const Head& base,
                                          Durability durability) {
  locked_ = false;
  for (const OutgoingBatch& batch : batches) sent_.push_back(batch.batch->token);
  const std::weak_ptr<ServerSession> weak = session_;
  auto failure = send(
      [&](ServerSession& one) {
        auto rejected = server_.append(one, batches, base, durability);
        if (!rejected) {
          for (const OutgoingBatch& batch : batches) {
            seen_[batch.stamp.version] = batch.stamp.digest;
          }
        }
        return rejected;
      },
      [this_server = &server_, weak, message = std::make_shared<Message>(batches), base,
       durability] {
        if (const auto one = weak.lock()) {
          (void)this_server->append(*one, message->batches(), base, durability);
        }
      });
  if (failure && failure->lost && durability == Durability::shared_sync &&
      mistake_ == Mistake::barrier_failure_ignored) {
    return Failure{"the flush has failed"};
  }
  const bool splits = mistake_ == Mistake::not_atomic || mistake_ == Mistake::group_split;
  if (failure && failure->lost && splits && chance_.one_in(2)) server_.write_part(batches);
  return failure;
}

bool Connection::skips_sync() const {
  return mistake_ == (locked_ ? Mistake::refusal_before_barrier : Mistake::publish_before_barrier);
}

std::optional<Failure> Connection::sync(Version version, std::optional<Digest>& found) {
  return send([&](ServerSession& session) -> std::optional<Failure> {
    found = server_.digest_of(version);
    if (skips_sync()) return std::nullopt;
    return server_.sync(session);
  });
}

std::optional<Failure> Connection::find(const Token& token, std::optional<Stamp>& found) {
  return send([&](ServerSession&) -> std::optional<Failure> {
    found = server_.find(token);
    return std::nullopt;
  });
}

std::optional<Failure> Connection::raise_fence(const Token& token, Head& head,
                                               std::optional<Stamp>& found) {
  const std::weak_ptr<ServerSession> weak = session_;
  return send(
      [&](ServerSession& session) { return server_.raise_fence(session, token, head, found); },
      [this_server = &server_, weak, token] {
        Head ignored;
        std::optional<Stamp> none;
        if (const auto one = weak.lock()) {
          (void)this_server->raise_fence(*one, token, ignored, none);
        }
      });
}

}  // namespace seatbook::simulation

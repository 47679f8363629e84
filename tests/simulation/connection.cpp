#include "simulation/connection.hpp"

#include <utility>

namespace seatbook::simulation {

std::optional<Failure> Connection::lose(Cause cause) {
  close();
  return Failure{
      .message = "the connection was lost", .cause = cause, .lost = true, .transient = !killed_};
}

void Connection::close() noexcept {
  if (session_ != nullptr) session_->client = false;
  session_.reset();
}

std::optional<Failure> Connection::connect() {
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
  events_.meanwhile();
  constexpr std::uint64_t retries = 12;
  return !killed_ && !chance_.one_in(retries);
}

/// Sends a message, unless a fault prevents it. The server runs `execute`, or `late` if the client
/// no longer waits for the result.
template <class Execute>
std::optional<Failure> Connection::send(const Execute& execute, const std::function<void()>& late) {
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
void Connection::hide_restore(Head& head) {
  if (head.last) seen_[head.last->version] = head.last->token;
  if (mistake_ != Mistake::restore_hidden || seen_.empty()) return;
  const auto& [version, token] = *seen_.rbegin();
  if (version > head.version) {
    head.version = version;
    head.last = {version, token};
  }
}

std::optional<Failure> Connection::read_head(Head& head) {
  return send([&](ServerSession&) -> std::optional<Failure> {
    head = server_.head();
    hide_restore(head);
    return std::nullopt;
  });
}

std::optional<Failure> Connection::begin_snapshot(Head& head) {
  return send([&](ServerSession& session) {
    auto failure = server_.begin_snapshot(session, head);
    if (!failure) hide_restore(head);
    return failure;
  });
}

std::optional<Failure> Connection::lock(Head& head) {
  return send([&](ServerSession& session) {
    auto failure = server_.lock(session, head);
    if (!failure) hide_restore(head);
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
      Unverified(ServerSink& to, std::optional<Token> expects)
          : inner(to), expected(std::move(expects)) {}
      bool start(const std::optional<Token>& token) override {
        return inner.start(token ? token : expected);
      }
      bool accept(Result<RecordImage> record) override { return inner.accept(std::move(record)); }
      ServerSink& inner;
      std::optional<Token> expected;
    };
    std::optional<Token> expected;
    const bool hides = mistake_ == Mistake::token_unverified || mistake_ == Mistake::restore_hidden;
    const auto known = seen_.find(after);
    if (hides && known != seen_.end()) expected = known->second;
    Unverified unverified(sink, expected);
    return server_.read_for(session, after, unverified, version);
  });
}

std::optional<Failure> Connection::append(std::span<const Batch> batches, std::uint64_t fence) {
  for (const Batch& batch : batches) sent_.push_back(batch.token);
  const auto session = session_;
  const std::vector<Batch> copies(batches.begin(), batches.end());
  const std::weak_ptr<ServerSession> weak = session;
  auto failure = send(
      [&](ServerSession& one) {
        auto rejected = server_.append(one, batches, fence);
        if (!rejected) {
          for (const Batch& batch : batches) seen_[Version(batch.base.value + 1)] = batch.token;
        }
        return rejected;
      },
      [this_server = &server_, weak, copies, fence] {
        if (const auto one = weak.lock()) (void)this_server->append(*one, copies, fence);
      });
  if (failure && failure->lost && mistake_ == Mistake::not_atomic && chance_.one_in(2)) {
    server_.write_half(copies.front());
  }
  return failure;
}

std::optional<Failure> Connection::find(const Token& token, std::optional<Version>& found) {
  return send([&](ServerSession&) -> std::optional<Failure> {
    found = server_.find(token);
    return std::nullopt;
  });
}

std::optional<Failure> Connection::raise_fence(const Token& token, Head& head,
                                               std::optional<Version>& found) {
  const std::weak_ptr<ServerSession> weak = session_;
  return send(
      [&](ServerSession& session) { return server_.raise_fence(session, token, head, found); },
      [this_server = &server_, weak, token] {
        Head ignored;
        std::optional<Version> none;
        if (const auto one = weak.lock()) {
          (void)this_server->raise_fence(*one, token, ignored, none);
        }
      });
}

}  // namespace seatbook::simulation

/// A connection of a book to the simulated server, with faults at each message.
#ifndef SEATBOOK_TESTS_SIMULATION_CONNECTION_HPP_
#define SEATBOOK_TESTS_SIMULATION_CONNECTION_HPP_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "simulation/server.hpp"

namespace seatbook::simulation {

/// How often each event happens: once in this many messages; 0: never.
struct Rates {
  std::uint64_t loss = 0;     ///< the connection is lost, or the server rejects the message
  std::uint64_t call = 0;     ///< another book makes a call
  std::uint64_t late = 0;     ///< a late message arrives
  std::uint64_t crash = 0;    ///< the server crashes
  std::uint64_t restore = 0;  ///< the server is restored to an older version
  std::uint64_t end = 0;      ///< the server ends a session
  std::uint64_t kill = 0;     ///< once in this many lost batches: the book's process ends too
};

class Connection final : public postgres::detail::BookServer {
 public:
  Connection(Server& server, Chance& chance, ServerEvents& events, const Rates& rates,
             Mistake mistake)
      : server_(server), chance_(chance), events_(events), rates_(rates), mistake_(mistake) {}
  ~Connection() override { close(); }

  std::optional<Failure> connect() override;
  [[nodiscard]] bool is_open() const override { return session_ != nullptr; }
  void close() noexcept override;
  void abandon() noexcept override { close(); }
  void release() noexcept override {
    events_.take_turn();
    // The next connection is sometimes the same one.
    if (!in_transaction() && chance_.one_in(2)) close();
  }
  [[nodiscard]] bool shares_syncs() const override { return true; }
  std::optional<Failure> read_news(Version from, News& news) override;
  std::optional<Failure> lock(Version from, News& news) override;
  [[nodiscard]] bool in_transaction() const override {
    return session_ != nullptr && session_->transaction;
  }
  void end_transaction() override;
  std::optional<Failure> read(Version after, ServerSink& sink, Version& version) override;
  std::optional<Failure> append(std::span<const OutgoingBatch> batches, const Head& base,
                                Durability durability) override;
  std::optional<Failure> sync(Version version, std::optional<Digest>& found) override;
  std::optional<Failure> find(const Token& token, std::optional<Stamp>& found) override;
  std::optional<Failure> raise_fence(const Token& token, Head& head,
                                     std::optional<Stamp>& found) override;
  bool pause(postgres::detail::Backoff& backoff) override;

  /// The tokens of the batches that were sent since the last call.
  std::vector<Token> take_sent() { return std::exchange(sent_, {}); }
  /// Whether the process of the book has ended: the result of its call is never returned.
  [[nodiscard]] bool killed() const { return killed_; }

 private:
  template <class Execute>
  std::optional<Failure> send(const Execute& execute, const std::function<void()>& late = {});
  std::optional<Failure> lose(Cause cause);
  void hide_restore(News& news);
  [[nodiscard]] bool skips_sync() const;

  Server& server_;
  Chance& chance_;
  ServerEvents& events_;
  const Rates& rates_;
  const Mistake mistake_;
  std::shared_ptr<ServerSession> session_;
  std::vector<Token> sent_;
  bool killed_ = false;
  /// The versions seen so far, for mistakes of the connection.
  std::map<Version, Digest> seen_;
  bool locked_ = false;  // the last transaction had the lock, and nothing was written since
};

}  // namespace seatbook::simulation

#endif  // SEATBOOK_TESTS_SIMULATION_CONNECTION_HPP_

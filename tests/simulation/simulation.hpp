/// Several books on a simulated server. One seed decides which book makes which call, and which
/// fault hits which message. Calls of other books run while a call sends a message. Calls of the
/// same book that wait for it, and join its group, have threads; only one thread runs at a time.
#ifndef SEATBOOK_TESTS_SIMULATION_SIMULATION_HPP_
#define SEATBOOK_TESTS_SIMULATION_SIMULATION_HPP_

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "simulation/chance.hpp"
#include "simulation/connection.hpp"
#include "simulation/mistakes.hpp"
#include "simulation/server.hpp"

namespace seatbook::simulation {

/// What happened in the simulations of a program.
struct Counts {
  std::uint64_t calls = 0;
  std::uint64_t nested = 0;  // while another call was running
  std::uint64_t committed = 0;
  std::uint64_t crashes = 0;
  std::uint64_t restores = 0;
  std::uint64_t kills = 0;
  std::uint64_t grouped = 0;  // calls that waited for another call of the same book
  std::map<Code, std::uint64_t> codes;
};

class Simulation final : public ServerEvents {
 public:
  Simulation(std::uint64_t seed, Mistake mistake, Counts& counts);
  ~Simulation() override;

  /// Runs all steps. Returns what was violated first, if anything.
  std::optional<std::string> run();
  /// A hash of all calls and results: equal for equal seeds.
  [[nodiscard]] std::uint64_t trace() const { return trace_; }

 private:
  struct Desk;
  struct Follower;
  struct Written {
    Version version;
    bool gone = false;  // a restore has removed it
  };
  /// The result of a call.
  struct Outcome {
    Code code = Code::ok;
    Version version = {};
    std::string message = {};
    std::vector<std::uint64_t> values = {};
    std::uint64_t assignment = 0;  // of the receipt
    std::uint64_t person = 0;
  };
  using Command = std::function<Outcome(Session&)>;
  struct Unanswered {
    Command command;
    RequestId id;
  };

  void take_turn() override;
  void committed(Version version, const Batch& batch) override;
  void cut(Version version, bool restored) override;
  void before_flush() override;
  void meanwhile() override;

  void violate(const std::string& what);
  void calm_down();
  void draw_rates();
  void note(std::uint64_t value);
  Desk* idle_desk();
  void step(Desk& desk);
  void open(Desk& desk);
  void refresh(Desk& desk);
  void send_command(Desk& desk);
  void end_turn();
  void add_follower(Desk& desk);
  void join_followers(Desk& desk);
  Session session_of(Desk& desk);
  Command make_command(const std::optional<RequestId>& id, bool joins);
  std::optional<Token> last_sent(Desk& desk, const std::optional<RequestId>& id);
  void validate(Desk& desk, const Outcome& outcome, const std::optional<RequestId>& id, bool again,
                std::optional<Token> last);
  void validate(Desk& desk, const Follower& follower);
  void acknowledge(const Token& token, Version version);
  void deny(const Token& token);
  [[nodiscard]] bool forgotten(const Written& written) const;
  void check_book(Desk& desk, bool current);
  void check_durable();
  void reopen_oracle();
  void check_version();
  [[nodiscard]] bool is_stored(const Book& book) const;
  void check_capacity();
  void settle();

  Chance chance_;
  const Mistake mistake_;
  Counts& counts_;
  Rates rates_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>();
  std::vector<std::unique_ptr<Desk>> desks_;
  int depth_ = 0;
  std::vector<Desk*> running_;  // whose calls run, the innermost last
  std::mutex turn_;             // held by the thread that runs
  std::atomic<std::thread::id> has_turn_ = std::thread::id();
  bool with_groups_ = false;

  /// A book that reads the server's batches directly: what every other book has to equal.
  std::shared_ptr<Storage> history_;
  std::optional<Book> oracle_;

  std::map<Token, Written> written_;
  std::set<Token> acknowledged_;
  std::set<Token> denied_;
  std::vector<Unanswered> unanswered_;
  std::uint64_t cuts_ = 0;
  std::uint64_t restores_ = 0;
  std::uint64_t with_ids_ = 0;  // one in this many calls has a request id
  bool with_restores_ = false;
  std::uint64_t next_id_ = 0;
  std::uint64_t assignments_ = 0;  // as far as receipts have shown
  std::uint64_t people_ = 0;
  std::uint64_t trace_ = 0;
  std::uint64_t steps_ = 0;
  bool settling_ = false;
  std::optional<std::string> violation_;
};

}  // namespace seatbook::simulation

#endif  // SEATBOOK_TESTS_SIMULATION_SIMULATION_HPP_

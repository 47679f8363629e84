/// Several books on a simulated server. One seed decides which book makes which call, and which
/// fault hits which message. No threads: other calls run while a call sends a message.
#ifndef SEATBOOK_TESTS_SIMULATION_SIMULATION_HPP_
#define SEATBOOK_TESTS_SIMULATION_SIMULATION_HPP_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
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
  };
  using Command = std::function<Outcome(Session&)>;
  struct Unanswered {
    Command command;
    RequestId id;
  };

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
  Command make_command(const std::optional<RequestId>& id);
  void validate(Desk& desk, const Outcome& outcome, const std::optional<RequestId>& id, bool again);
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

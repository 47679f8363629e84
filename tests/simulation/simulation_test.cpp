// Runs simulations of a shared book, without a mistake and with each one.
//
//   SEATBOOK_SIMULATION_SECONDS=3600   new seeds for that many seconds, from a random one
//   SEATBOOK_SIMULATION_SEED=17        only this seed, as printed by a failure
//   SEATBOOK_SIMULATION_MISTAKE=name   with this mistake (mistakes.hpp)
#include "simulation/simulation.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <optional>
#include <random>
#include <string>

#include "support/rule.hpp"
#include "support/sanitized.hpp"

namespace seatbook::simulation {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::uint64_t default_seeds = testing::sanitized ? 150 : 1'500;
constexpr std::chrono::seconds longest_search{testing::sanitized ? 60 : 5};  // of processor time

std::optional<std::string> setting(const char* name) {
  const char* const text = std::getenv(name);
  if (text == nullptr || *text == '\0') return std::nullopt;
  return text;
}

std::optional<std::uint64_t> number(const char* name) {
  const auto text = setting(name);
  return text ? std::optional(std::stoull(*text)) : std::nullopt;
}

Mistake mistake_named(const std::string& name) {
  for (const auto& one : mistakes) {
    if (name == one.name) return one.mistake;
  }
  throw std::invalid_argument("unknown mistake: " + name);
}

struct Found {
  std::uint64_t seed = 0;
  std::uint64_t seeds = 0;  // that were tried
  std::string violation;
};

/// Tries seeds while `more(number of seeds tried)` is true, until one violates something.
template <class More>
std::optional<Found> search(std::uint64_t first, Mistake mistake, Counts& counts,
                            const More& more) {
  std::uint64_t seeds = 0;
  do {
    const std::uint64_t seed = first + seeds++;
    if (const auto violation = Simulation(seed, mistake, counts).run()) {
      return Found{seed, seeds, *violation};
    }
  } while (more(seeds));
  std::cout << "simulation: " << seeds << " seeds from " << first << "\n";
  return std::nullopt;
}

std::chrono::microseconds processor_time() {
  return std::chrono::microseconds(std::clock() / (CLOCKS_PER_SEC / 1'000'000));
}

void print(const Counts& counts) {
  std::cout << "simulation: " << counts.calls << " calls (" << counts.nested << " during another, "
            << counts.grouped << " waiting for one of the same book), " << counts.committed
            << " batches, " << counts.crashes << " crashes, " << counts.restores << " restores, "
            << counts.kills << " kills\n";
  for (const auto& [code, count] : counts.codes) {
    std::cout << "  " << to_string(code) << " " << count << "\n";
  }
}

TEST(Simulation, FindsNoViolation) {
  RULE("C58");
  Counts counts;
  const auto mistake = setting("SEATBOOK_SIMULATION_MISTAKE");
  const auto seed = number("SEATBOOK_SIMULATION_SEED");
  const auto seconds = number("SEATBOOK_SIMULATION_SECONDS");
  const std::uint64_t first = seed ? *seed : seconds ? std::random_device()() : 1;
  const auto end = SteadyClock::now() + std::chrono::seconds(seconds.value_or(0));
  const auto found = search(first, mistake ? mistake_named(*mistake) : Mistake::none, counts,
                            [&](std::uint64_t seeds) {
                              if (seconds) return SteadyClock::now() < end;
                              return !seed && seeds < default_seeds;
                            });
  print(counts);
  if (found) {
    FAIL() << found->violation << "\nreplay: SEATBOOK_SIMULATION_SEED=" << found->seed;
  }
  if (seed) return;
  // Otherwise the simulation does not reach the cases that it is for.
  for (const Code code : {Code::ok, Code::no_seats_remaining, Code::storage_failed,
                          Code::storage_unknown, Code::repeated_request, Code::book_needs_reopen}) {
    EXPECT_GT(counts.codes[code], 0U) << to_string(code);
  }
  for (const std::uint64_t count :
       {counts.nested, counts.grouped, counts.crashes, counts.restores, counts.kills}) {
    EXPECT_GT(count, 0U);
  }
}

TEST(Simulation, ReplaysASeed) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Counts counts;
    Simulation first(seed, Mistake::no_fence, counts);
    Simulation second(seed, Mistake::no_fence, counts);
    EXPECT_EQ(first.run(), second.run()) << seed;
    EXPECT_EQ(first.trace(), second.trace()) << seed;
  }
}

TEST(Simulation, FindsEachMistake) {
  for (const auto& one : mistakes) {
    Counts counts;
    const auto start = processor_time();
    const auto found = search(1, one.mistake, counts, [&](std::uint64_t /*seeds*/) {
      return processor_time() - start < longest_search;
    });
    EXPECT_TRUE(found) << one.name << " was not found";
    if (!found) continue;
    std::cout << one.name << ": seed " << found->seed << ", "
              << (processor_time() - start).count() / 1'000 << " ms, " << found->violation << "\n";
    const auto again = Simulation(found->seed, one.mistake, counts).run();
    EXPECT_EQ(again, found->violation) << one.name << " is not found again";
  }
}

}  // namespace
}  // namespace seatbook::simulation

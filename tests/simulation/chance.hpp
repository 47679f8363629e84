/// The source of every decision of a simulation.
#ifndef SEATBOOK_TESTS_SIMULATION_CHANCE_HPP_
#define SEATBOOK_TESTS_SIMULATION_CHANCE_HPP_

#include <cstdint>
#include <random>

namespace seatbook::simulation {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}
  /// Returns a number from 0 to n - 1.
  std::uint64_t below(std::uint64_t n) { return random_() % n; }
  /// Returns true once in n times; never if n is 0.
  bool one_in(std::uint64_t n) { return n != 0 && below(n) == 0; }

 private:
  std::mt19937_64 random_;
};

}  // namespace seatbook::simulation

#endif  // SEATBOOK_TESTS_SIMULATION_CHANCE_HPP_

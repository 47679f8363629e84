/// Helpers of all benchmark programs.
#ifndef SEATBOOK_BENCHMARKS_PROGRAM_HPP_
#define SEATBOOK_BENCHMARKS_PROGRAM_HPP_

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>

namespace seatbook::bench {

/// Returns a number from the environment, or `fallback` if the variable is not set.
inline std::uint32_t setting(const char* variable, std::uint32_t fallback) {
  const char* value = std::getenv(variable);
  return value == nullptr ? fallback : static_cast<std::uint32_t>(std::strtoul(value, nullptr, 10));
}

/// Returns how often each measurement is made.
inline std::uint32_t rounds() {
  return setting("SEATBOOK_BENCH_ROUNDS", 3);
}

/// Returns the exit status of `run()`. Prints an exception as one line and returns 1.
template <class Run>
int guarded(const char* program, const Run& run) {
  try {
    return run();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", program, error.what());
    return 1;
  }
}

}  // namespace seatbook::bench

#endif  // SEATBOOK_BENCHMARKS_PROGRAM_HPP_

/// What every benchmark program does around its measurements.
#ifndef SEATBOOK_BENCHMARKS_PROGRAM_HPP_
#define SEATBOOK_BENCHMARKS_PROGRAM_HPP_

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>

namespace seatbook::bench {

/// A number from the environment.
inline std::uint32_t setting(const char* variable, std::uint32_t otherwise) {
  const char* value = std::getenv(variable);
  return value == nullptr ? otherwise
                          : static_cast<std::uint32_t>(std::strtoul(value, nullptr, 10));
}

/// How often each measurement is made.
inline std::uint32_t rounds() {
  return setting("SEATBOOK_BENCH_ROUNDS", 3);
}

/// The exit status of `run()`; what it throws is told in one line.
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

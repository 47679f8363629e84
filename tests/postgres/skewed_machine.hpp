/// Makes the whole program see a wrong machine clock.
#ifndef SEATBOOK_TESTS_POSTGRES_SKEWED_MACHINE_HPP_
#define SEATBOOK_TESTS_POSTGRES_SKEWED_MACHINE_HPP_

#include <atomic>
#include <cstdint>

namespace seatbook::testing {

/// Seconds that the clock is ahead.
extern std::atomic<std::int64_t> machine_skew_s;

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_POSTGRES_SKEWED_MACHINE_HPP_

/// Lets this whole program see a machine clock that is wrong.
#ifndef SEATBOOK_TESTS_POSTGRES_SKEWED_MACHINE_HPP_
#define SEATBOOK_TESTS_POSTGRES_SKEWED_MACHINE_HPP_

#include <atomic>
#include <cstdint>

namespace seatbook::testing {

/// By how many seconds it is ahead.
extern std::atomic<std::int64_t> machine_skew_s;

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_POSTGRES_SKEWED_MACHINE_HPP_

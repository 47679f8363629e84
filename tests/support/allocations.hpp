/// Memory allocations that fail on request, in programs with storage/allocations_test.cpp.
#ifndef SEATBOOK_TESTS_SUPPORT_ALLOCATIONS_HPP_
#define SEATBOOK_TESTS_SUPPORT_ALLOCATIONS_HPP_

namespace seatbook::testing {

/// The number of allocations of this thread that succeed before one fails. Negative: none fails.
extern thread_local int allocations_left;

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_SUPPORT_ALLOCATIONS_HPP_

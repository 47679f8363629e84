/// Memory that runs out when a test says so, in programs that have storage/allocations_test.cpp.
#ifndef SEATBOOK_TESTS_SUPPORT_ALLOCATIONS_HPP_
#define SEATBOOK_TESTS_SUPPORT_ALLOCATIONS_HPP_

namespace seatbook::testing {

/// How many allocations of this thread succeed until one fails; negative: all do.
extern thread_local int allocations_left;

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_SUPPORT_ALLOCATIONS_HPP_

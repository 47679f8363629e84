/// How much of the heap is in use, for tests that something does not grow.
#ifndef SEATBOOK_TESTS_SUPPORT_HEAP_HPP_
#define SEATBOOK_TESTS_SUPPORT_HEAP_HPP_

#include <malloc.h>

#include <cstddef>

namespace seatbook::testing {

/// Bytes handed out and not yet given back (glibc). Under a sanitizer, which has a heap of its own,
/// this stands still, and such a test shows only that the calls work.
inline std::size_t heap_bytes() {
  const auto info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_SUPPORT_HEAP_HPP_

/// How much memory the program has on the heap.
#ifndef SEATBOOK_BENCHMARKS_HEAP_HPP_
#define SEATBOOK_BENCHMARKS_HEAP_HPP_

#include <cstdint>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace seatbook::bench {

/// Bytes the allocator has given out and not got back, its own headers and rounding included; 0
/// where the C library does not tell.
inline std::int64_t heap_bytes() {
#ifdef __GLIBC__
  const auto info = mallinfo2();
  return static_cast<std::int64_t>(info.uordblks + info.hblkhd);
#else
  return 0;
#endif
}

/// Gives back to the system what was freed, so that whatever comes next pays for its own pages.
inline void release_free_memory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace seatbook::bench

#endif  // SEATBOOK_BENCHMARKS_HEAP_HPP_

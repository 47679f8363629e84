/// The heap usage of the program.
#ifndef SEATBOOK_BENCHMARKS_HEAP_HPP_
#define SEATBOOK_BENCHMARKS_HEAP_HPP_

#include <cstdint>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace seatbook::bench {

/// Returns the allocated bytes, including the allocator's headers and rounding, or 0 if the C
/// library does not report them.
inline std::int64_t heap_bytes() {
#ifdef __GLIBC__
  const auto info = mallinfo2();
  return static_cast<std::int64_t>(info.uordblks + info.hblkhd);
#else
  return 0;
#endif
}

/// Returns freed memory to the system, so that the next measurement pays for its own pages.
inline void release_free_memory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace seatbook::bench

#endif  // SEATBOOK_BENCHMARKS_HEAP_HPP_

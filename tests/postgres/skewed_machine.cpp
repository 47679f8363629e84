// Overrides the C library's clock_gettime, which std::chrono::system_clock uses too. The monotonic
// clock is unchanged.
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "postgres/skewed_machine.hpp"

namespace seatbook::testing {

std::atomic<std::int64_t> machine_skew_s = 0;

}  // namespace seatbook::testing

extern "C" int clock_gettime(clockid_t clock, timespec* now) {
  const auto result = static_cast<int>(syscall(SYS_clock_gettime, clock, now));
  if (result == 0 && clock == CLOCK_REALTIME) {
    now->tv_sec += seatbook::testing::machine_skew_s.load(std::memory_order_relaxed);
  }
  return result;
}

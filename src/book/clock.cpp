// SystemClock of clock.hpp.
#include "seatbook/clock.hpp"

#include <chrono>

namespace seatbook {

Timestamp SystemClock::now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count()};
}

}  // namespace seatbook

/// Conversions between Timestamp and std::chrono. The umbrella header does not include this one.
#ifndef SEATBOOK_CHRONO_HPP_
#define SEATBOOK_CHRONO_HPP_

#include <chrono>
#include <cstdint>

#include "seatbook/types.hpp"

namespace seatbook {

/// Returns the microsecond that contains `instant`, rounded down, also before 1970. A timestamp
/// that a book does not accept (Timestamp::in_range()) is refused by the call that receives it.
/// Exact for every instant of system_clock in libstdc++ and libc++, whose epoch is
/// 1970-01-01T00:00:00Z.
[[nodiscard]] inline Timestamp to_timestamp(std::chrono::system_clock::time_point instant) {
  const auto since_epoch = instant.time_since_epoch();
  return {std::int64_t{std::chrono::floor<std::chrono::microseconds>(since_epoch).count()}};
}

/// Returns the same instant. A timestamp outside the range of system_clock (with nanoseconds, the
/// years 1677 to 2262) becomes the nearest one inside; no timestamp that a book accepts is outside.
[[nodiscard]] inline std::chrono::system_clock::time_point to_time_point(Timestamp instant) {
  using TimePoint = std::chrono::system_clock::time_point;
  if (instant > to_timestamp(TimePoint::max())) return TimePoint::max();
  // The first microsecond that begins within the range.
  if (instant <= to_timestamp(TimePoint::min())) return TimePoint::min();
  return TimePoint(
      std::chrono::duration_cast<TimePoint::duration>(std::chrono::microseconds(instant.us)));
}

}  // namespace seatbook

#endif  // SEATBOOK_CHRONO_HPP_

/// Days in reports: 24 hours each, between two instants.
#ifndef SEATBOOK_VIEWS_DAYS_HPP_
#define SEATBOOK_VIEWS_DAYS_HPP_

#include <cstdint>

#include "seatbook/types.hpp"

namespace seatbook::views {

inline constexpr std::int64_t day_us = std::int64_t{24} * 60 * 60 * 1'000'000;

/// Returns how many whole days have passed from `then`, a stored instant, to `now`, any instant; 0
/// if `then` is in the future. Compares first, so that no clock can make the difference overflow.
[[nodiscard]] constexpr std::uint64_t whole_days(Timestamp then, Timestamp now) noexcept {
  return now < then ? 0 : static_cast<std::uint64_t>((now.us - then.us) / day_us);
}

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_DAYS_HPP_

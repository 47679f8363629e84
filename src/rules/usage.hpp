/// Capacity: totals, and whether there is room (A3, A16, C7, C12, C14).
#ifndef SEATBOOK_RULES_USAGE_HPP_
#define SEATBOOK_RULES_USAGE_HPP_

#include <cstdint>

#include "seatbook/result.hpp"
#include "seatbook/types.hpp"

namespace seatbook::rules {

/// Returns whether `used` seats leave room for one more.
[[nodiscard]] bool has_room(std::uint64_t used, SeatTotal total, CapacityPolicy policy);

/// Returns an error if more seats are in use than the terms allow (C12).
Result<void> total_below_used(std::uint64_t used, SeatTotal total, CapacityPolicy policy);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_USAGE_HPP_

/// Whether a seat is inactive: the only definition (A26, C8, C9).
#ifndef SEATBOOK_VIEWS_INACTIVITY_HPP_
#define SEATBOOK_VIEWS_INACTIVITY_HPP_

#include <cstdint>
#include <optional>

#include "seatbook/queries.hpp"
#include "seatbook/result.hpp"
#include "seatbook/types.hpp"

namespace seatbook::views {

/// When a seat is inactive (A26, C8, C9): if it was never used, or if now - last use is
/// `inactive_days` times 24 hours or more. A last use in the future is active. A seat that has
/// been held for less than `new_seat_grace_days` times 24 hours is always active (C62). Instants
/// are compared, not dates. Each value is 0 to max_inactivity_days, else `invalid_argument`.
struct InactivityRule {
  std::uint32_t inactive_days = 30;
  std::uint32_t new_seat_grace_days = 0;
};
/// Returns the rule in the members of a query.
template <class Query>
[[nodiscard]] InactivityRule rule_of(const Query& query) {
  return {query.inactive_days, query.new_seat_grace_days};
}

/// Returns `invalid_argument` with the member as field if a value is out of range.
Result<void> malformed(const InactivityRule& rule);

/// Returns whether a seat that has been held since `since` is inactive at `now`, which can be any
/// instant, as it comes from the host's clock.
[[nodiscard]] bool is_inactive(const std::optional<Timestamp>& last_use, Timestamp since,
                               Timestamp now, const InactivityRule& rule) noexcept;

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_INACTIVITY_HPP_

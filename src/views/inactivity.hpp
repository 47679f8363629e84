/// Whether a seat is used: the one place that decides it (A26, C8, C9).
#ifndef SEATBOOK_VIEWS_INACTIVITY_HPP_
#define SEATBOOK_VIEWS_INACTIVITY_HPP_

#include <cstdint>
#include <optional>

#include "seatbook/queries.hpp"
#include "seatbook/result.hpp"
#include "seatbook/types.hpp"

namespace seatbook::views {

/// When a seat counts as unused, wherever that is asked (A26, C8, C9). A seat is inactive if it was
/// never used, or if now - last use is `inactive_days` times 24 hours or more; a last use in the
/// future is active. A seat that was assigned less than `new_seat_grace_days` times 24 hours ago is
/// active whatever its last use. Instants are compared, not dates. Each is 0 to
/// max_inactivity_days, else `invalid_argument`.
struct InactivityRule {
  std::uint32_t inactive_days = 30;
  std::uint32_t new_seat_grace_days = 0;
};
/// The rule that a question brings in its own members.
template <class Query>
[[nodiscard]] InactivityRule rule_of(const Query& query) {
  return {query.inactive_days, query.new_seat_grace_days};
}

/// The error of a rule beyond its limits: `invalid_argument`, the field being the member.
[[nodiscard]] std::optional<Error> malformed(const InactivityRule& rule);

/// Whether the seat is inactive at `now`, which may be any instant at all: a host's clock gives it.
[[nodiscard]] bool is_inactive(const std::optional<Timestamp>& last_use, Timestamp assigned_at,
                               Timestamp now, const InactivityRule& rule) noexcept;

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_INACTIVITY_HPP_

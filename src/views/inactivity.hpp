/// Whether a seat is used: the one place that decides it (A26, C8, C9).
#ifndef SEATBOOK_VIEWS_INACTIVITY_HPP_
#define SEATBOOK_VIEWS_INACTIVITY_HPP_

#include <optional>

#include "seatbook/queries.hpp"
#include "seatbook/result.hpp"
#include "seatbook/types.hpp"

namespace seatbook::views {

/// The error of a rule beyond its limits: `invalid_argument`, the field being the member.
[[nodiscard]] std::optional<Error> malformed(const InactivityRule& rule);

/// Whether the seat is inactive at `now`, which may be any instant at all: a host's clock gives it.
[[nodiscard]] bool is_inactive(const std::optional<Timestamp>& last_use, Timestamp assigned_at,
                               Timestamp now, const InactivityRule& rule) noexcept;

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_INACTIVITY_HPP_

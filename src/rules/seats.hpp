/// Decisions about seats: assign, revoke.
///
/// `malformed` is step 1 of the error order, the rest steps 4 to 9 (see people.hpp).
#ifndef SEATBOOK_RULES_SEATS_HPP_
#define SEATBOOK_RULES_SEATS_HPP_

#include <optional>

#include "rules/draft.hpp"
#include "seatbook/commands.hpp"

namespace seatbook::rules {

[[nodiscard]] std::optional<Error> malformed(const Assign& command);
[[nodiscard]] std::optional<Error> malformed(const Revoke& command);

Result<SeatAnswer> assign(Draft& draft, const Assign& command);
Result<SeatAnswer> revoke(Draft& draft, const Revoke& command);

/// Whether `used` seats leave room for one more (C7, C14).
[[nodiscard]] bool has_room(std::uint64_t used, SeatTotal total, CapacityPolicy policy);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_SEATS_HPP_

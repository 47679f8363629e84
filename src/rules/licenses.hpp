/// Decisions about licenses: add, set the total.
///
/// `malformed` is step 1 of the error order, the rest steps 4 to 9 (see people.hpp).
#ifndef SEATBOOK_RULES_LICENSES_HPP_
#define SEATBOOK_RULES_LICENSES_HPP_

#include <optional>

#include "rules/draft.hpp"
#include "seatbook/commands.hpp"

namespace seatbook::rules {

[[nodiscard]] std::optional<Error> malformed(const AddLicense& command);
[[nodiscard]] std::optional<Error> malformed(const SetTotalSeats& command);

Result<LicenseAnswer> add_license(Draft& draft, const AddLicense& command);
Result<LicenseAnswer> set_total_seats(Draft& draft, const SetTotalSeats& command);

/// The error, if more seats are in use than the terms allow: no change may end there (C12).
[[nodiscard]] std::optional<Error> total_below_used(std::uint64_t used, SeatTotal total,
                                                    CapacityPolicy policy);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_LICENSES_HPP_

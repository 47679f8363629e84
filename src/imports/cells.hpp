/// Parsers for the text of one cell.
#ifndef SEATBOOK_IMPORTS_CELLS_HPP_
#define SEATBOOK_IMPORTS_CELLS_HPP_

#include <cstdint>
#include <string_view>

#include "seatbook/inventory.hpp"
#include "seatbook/result.hpp"
#include "seatbook/types.hpp"

namespace seatbook::imports {

/// Accepts yes, true or 1; no, false or 0; in any case. Errors: invalid_argument.
[[nodiscard]] Result<bool> flag_in(std::string_view cell);
/// Accepts a whole number or `unlimited`. Errors: total_out_of_range.
[[nodiscard]] Result<SeatTotal> total_in(std::string_view cell);
/// Accepts a plain decimal, optionally with `sign` in front or behind. Errors: as Money::parse.
[[nodiscard]] Result<Money> cost_in(std::string_view cell, std::string_view sign);
/// Accepts a date in the given order. Errors: invalid_date, date_out_of_range.
[[nodiscard]] Result<Date> date_in(std::string_view cell, DateOrder order);
/// Accepts an instant (RFC 3339), or a day, which starts at 00:00 at that offset (C62). Errors:
/// invalid_date, date_out_of_range.
[[nodiscard]] Result<Timestamp> instant_in(std::string_view cell, std::int32_t utc_offset_minutes,
                                           DateOrder order);
/// Accept `month`, `year` or `once`; `enforce` or `allow_over`; in any case. Errors:
/// invalid_argument.
[[nodiscard]] Result<BillingPeriod> period_in(std::string_view cell);
[[nodiscard]] Result<CapacityPolicy> policy_in(std::string_view cell);

}  // namespace seatbook::imports

#endif  // SEATBOOK_IMPORTS_CELLS_HPP_

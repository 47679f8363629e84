/// What people look at about seats: usage, a license's seats, somebody's software.
#ifndef SEATBOOK_VIEWS_SEATS_HPP_
#define SEATBOOK_VIEWS_SEATS_HPP_

#include <vector>

#include "model/tables.hpp"
#include "seatbook/queries.hpp"

namespace seatbook::views {

[[nodiscard]] Usage usage_of(const model::Tables& tables, const License& license);
[[nodiscard]] std::vector<SeatRow> license_seats(const model::Tables& tables, LicenseId license);
[[nodiscard]] std::vector<SoftwareRow> my_software(const model::Tables& tables, PersonId person);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_SEATS_HPP_

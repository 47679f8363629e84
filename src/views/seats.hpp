/// What people look at about seats: usage, a license's seats, somebody's software.
#ifndef SEATBOOK_VIEWS_SEATS_HPP_
#define SEATBOOK_VIEWS_SEATS_HPP_

#include <cstdint>
#include <vector>

#include "model/slices.hpp"
#include "model/tables.hpp"
#include "seatbook/queries.hpp"

namespace seatbook::views {

/// Calls `take` with the active seats of a license, oldest first. A seat that is given meanwhile is
/// left out, and so is one that is revoked before its turn comes. `steps` is what `take` does.
template <class Take>
void each_active_seat(const model::Tables& tables, LicenseId license, std::uint32_t steps,
                      model::Slices& slices, const Take& take) {
  const model::AssignmentTable& assignments = tables.assignments;
  const AssignmentId last(assignments.size());
  for (AssignmentId id = assignments.first_active(license); id && id <= last;
       id = assignments.newer_of_license(id)) {
    if (!slices.step(steps)) return;
    const model::AssignmentRow& row = *assignments.find(id);
    if (row.active()) take(row);
  }
}

[[nodiscard]] Usage usage_of(const model::Tables& tables, const License& license);
[[nodiscard]] std::vector<SeatRow> license_seats(const model::Tables& tables, LicenseId license,
                                                 model::Slices& slices);
[[nodiscard]] std::vector<SoftwareRow> my_software(const model::Tables& tables, PersonId person,
                                                   model::Slices& slices);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_SEATS_HPP_

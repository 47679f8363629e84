/// Queries about seats: usage, the seats of a license, a person's software.
#ifndef SEATBOOK_VIEWS_SEATS_HPP_
#define SEATBOOK_VIEWS_SEATS_HPP_

#include <cstdint>
#include <vector>

#include "model/slices.hpp"
#include "model/tables.hpp"
#include "seatbook/queries.hpp"

namespace seatbook::views {

/// Calls `take` with the active seats of a license, oldest first. Skips a seat that is assigned, or
/// revoked before it is reached, in the meantime. `steps` is the cost of `take`.
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

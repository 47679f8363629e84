/// Walks the active seats of a license.
#ifndef SEATBOOK_VIEWS_ACTIVE_SEATS_HPP_
#define SEATBOOK_VIEWS_ACTIVE_SEATS_HPP_

#include <cstdint>

#include "model/slices.hpp"
#include "model/tables.hpp"

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

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_ACTIVE_SEATS_HPP_

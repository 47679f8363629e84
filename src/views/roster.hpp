/// Everyone who holds or held a seat of a license (B10, B33).
#ifndef SEATBOOK_VIEWS_ROSTER_HPP_
#define SEATBOOK_VIEWS_ROSTER_HPP_

#include <span>
#include <vector>

#include "model/slices.hpp"
#include "model/tables.hpp"
#include "seatbook/lists.hpp"

namespace seatbook::views {

/// Returns a page. The license must exist, and `query.after` be 0 or one of its assignments.
[[nodiscard]] RosterPage roster(const model::Tables& tables, const RosterQuery& query,
                                model::Slices& slices);

/// Returns all assignments of the license, in the roster's order; and their rows.
[[nodiscard]] std::vector<AssignmentId> roster_order(const model::Tables& tables, LicenseId license,
                                                     model::Slices& slices);
[[nodiscard]] std::vector<RosterRow> roster_rows(const model::Tables& tables,
                                                 std::span<const AssignmentId> assignments,
                                                 model::Slices& slices);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_ROSTER_HPP_

#include "views/reviews.hpp"

namespace seatbook::views {

std::vector<ReviewRow> needs_review(const model::Tables& tables,
                                    const std::optional<LicenseId>& license) {
  std::vector<ReviewRow> rows;
  for (const AssignmentId id : tables.assignments.flagged(license)) {
    const model::AssignmentRow& assignment = *tables.assignments.find(id);
    const Person& person = tables.people.find(PersonId(assignment.person))->person;
    ReviewRow& row = rows.emplace_back();
    row.assignment = id;
    row.license = LicenseId(assignment.license);
    row.license_name = tables.licenses.find(row.license)->name;
    row.person = person.id;
    row.name = person.name;
    row.email = person.email;
    row.archived = person.state == PersonState::archived;
    row.assigned_at = {assignment.assigned_at_us};
  }
  return rows;
}

}  // namespace seatbook::views

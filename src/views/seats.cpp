#include "views/seats.hpp"

namespace seatbook::views {

Usage usage_of(const model::Tables& tables, const License& license) {
  Usage usage;
  usage.used = tables.assignments.active_count(license.id);
  usage.total = license.total_seats;
  usage.policy = license.policy;
  usage.archived = license.state == LicenseState::archived;
  return usage;
}

std::vector<SeatRow> license_seats(const model::Tables& tables, LicenseId license) {
  const model::AssignmentTable& assignments = tables.assignments;
  std::vector<SeatRow> rows;
  rows.reserve(assignments.active_count(license));
  for (AssignmentId id = assignments.first_active(license); id;
       id = assignments.next_active_of_license(id)) {
    const model::AssignmentRow& assignment = *assignments.find(id);
    const Person& person = tables.people.find(PersonId(assignment.person))->person;
    SeatRow& row = rows.emplace_back();
    row.assignment = id;
    row.person = person.id;
    row.name = person.name;
    row.email = person.email;
    row.archived = person.state == PersonState::archived;
    row.needs_review = assignment.needs_review;
    row.assigned_at = {assignment.assigned_at_us};
    if (const auto* texts = assignments.texts(id)) {
      row.access_level = texts->access_level;
      row.account = texts->account;
      row.cost_override = texts->cost_override;
    }
  }
  return rows;
}

std::vector<SoftwareRow> my_software(const model::Tables& tables, PersonId person) {
  const model::AssignmentTable& assignments = tables.assignments;
  std::vector<SoftwareRow> rows;
  rows.reserve(assignments.active_count(person));
  for (AssignmentId id = assignments.first_active(person); id;
       id = assignments.next_active_of_person(id)) {
    const model::AssignmentRow& assignment = *assignments.find(id);
    SoftwareRow& row = rows.emplace_back();
    row.assignment = id;
    row.license = LicenseId(assignment.license);
    row.license_name = tables.licenses.find(row.license)->name;
    row.needs_review = assignment.needs_review;
    row.assigned_at = {assignment.assigned_at_us};
    if (const auto* texts = assignments.texts(id)) {
      row.access_level = texts->access_level;
      row.account = texts->account;
    }
  }
  return rows;
}

}  // namespace seatbook::views

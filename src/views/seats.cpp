#include "views/active_seats.hpp"
#include "views/views.hpp"

namespace seatbook::views {

Usage usage_of(const model::Tables& tables, const License& license) {
  Usage usage;
  // A38, B11, B27, C10, C11, C15: derived from the active assignments, those of archived holders
  // included. Owners use no seat.
  usage.used = tables.assignments.active_count(license.id);
  usage.total = license.total_seats;
  usage.policy = license.policy;
  usage.archived = license.state == LicenseState::archived;
  return usage;
}

/// The seat table of the license page (A21).
std::vector<SeatRow> license_seats(const model::Tables& tables, LicenseId license,
                                   model::Slices& slices) {
  std::vector<SeatRow> rows;
  rows.reserve(tables.assignments.active_count(license));
  const auto add = [&](const model::AssignmentRow& assignment) {
    const Person& person = tables.people.find(PersonId(assignment.person))->person;
    SeatRow& row = rows.emplace_back();
    row.assignment = AssignmentId(assignment.id);
    row.person = person.id;
    row.name = person.name;
    row.email = person.email;
    row.archived = person.state == PersonState::archived;
    row.needs_review = assignment.needs_review;
    row.assigned_at = {assignment.assigned_at_us};
    row.since = tables.assignments.since(assignment);
    if (const auto* texts = tables.assignments.texts(row.assignment)) {
      row.access_level = texts->access_level;
      row.account = texts->account;
      row.cost_override = texts->cost_override;
    }
  };
  each_active_seat(tables, license, model::Slices::copied_row, slices, add);
  return rows;
}

/// My software: the active seats of a person (A15).
std::vector<SoftwareRow> my_software(const model::Tables& tables, PersonId person,
                                     model::Slices& slices) {
  const model::AssignmentTable& assignments = tables.assignments;
  const AssignmentId last(assignments.size());
  std::vector<SoftwareRow> rows;
  rows.reserve(assignments.active_count(person));
  for (AssignmentId id = assignments.first_active(person); id && id <= last;
       id = assignments.newer_of_person(id)) {
    if (!slices.step(model::Slices::copied_row)) return rows;
    const model::AssignmentRow& assignment = *assignments.find(id);
    if (!assignment.active()) continue;
    SoftwareRow& row = rows.emplace_back();
    row.assignment = id;
    row.license = LicenseId(assignment.license);
    row.license_name = tables.licenses.find(row.license)->name;
    row.needs_review = assignment.needs_review;
    row.assigned_at = {assignment.assigned_at_us};
    row.since = assignments.since(assignment);
    if (const auto* texts = assignments.texts(id)) {
      row.access_level = texts->access_level;
      row.account = texts->account;
    }
  }
  return rows;
}

}  // namespace seatbook::views

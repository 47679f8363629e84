#include "views/roster.hpp"

namespace seatbook::views {
namespace {

RosterRow roster_row(const model::Tables& tables, AssignmentId id) {
  const Assignment assignment = tables.assignments.record(id);
  const Person& person = tables.people.find(assignment.person)->person;
  RosterRow row;
  row.assignment = id;
  row.person = person.id;
  row.name = person.name;
  row.email = person.email;
  row.archived = person.state == PersonState::archived;
  row.needs_review = assignment.needs_review;
  row.access_level = assignment.access_level;
  row.assigned_at = assignment.assigned_at;
  row.revoked_at = assignment.revoked_at;
  row.cost_override = assignment.cost_override;
  return row;
}

}  // namespace

// By id is by the date added too: ids are given in order, and time never runs back (C52).
RosterPage roster(const model::Tables& tables, const RosterQuery& query) {
  const model::AssignmentTable& assignments = tables.assignments;
  RosterPage page;
  page.version = tables.version;
  for (AssignmentId id = query.after ? assignments.next_ever(query.after)
                                     : assignments.first_ever(query.license);
       id; id = assignments.next_ever(id)) {
    if (query.active_only && !assignments.find(id)->active()) continue;
    if (query.limit != all_rows && page.rows.size() == query.limit) {
      page.next = page.rows.back().assignment;
      break;
    }
    page.rows.push_back(roster_row(tables, id));
  }
  return page;
}

std::vector<AssignmentId> roster_order(const model::Tables& tables, LicenseId license) {
  std::vector<AssignmentId> ids;
  for (AssignmentId id = tables.assignments.first_ever(license); id;
       id = tables.assignments.next_ever(id)) {
    ids.push_back(id);
  }
  return ids;
}

std::vector<RosterRow> roster_rows(const model::Tables& tables,
                                   std::span<const AssignmentId> assignments) {
  std::vector<RosterRow> rows;
  rows.reserve(assignments.size());
  for (const AssignmentId id : assignments) rows.push_back(roster_row(tables, id));
  return rows;
}

}  // namespace seatbook::views

#include "views/views.hpp"

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
  row.since = assignment.since();
  row.revoked_at = assignment.revoked_at;
  row.cost_override = assignment.cost_override;
  return row;
}

/// Calls `take` with the assignments of the license after `after`, until it returns false. Skips
/// assignments made in the meantime.
template <class Take>
void each_assignment(const model::Tables& tables, LicenseId license, AssignmentId after,
                     model::Slices& slices, const Take& take) {
  const model::AssignmentTable& assignments = tables.assignments;
  const AssignmentId last(assignments.size());
  AssignmentId id = after ? assignments.next_ever(after) : assignments.first_ever(license);
  for (; id && id <= last; id = assignments.next_ever(id)) {
    if (!slices.step() || !take(id)) return;
  }
}

}  // namespace

// Order by id is order by the date added: ids are assigned in order, and time never runs backwards
// (C52).
RosterPage roster(const model::Tables& tables, const RosterQuery& query, model::Slices& slices) {
  RosterPage page;
  page.version = tables.version;
  std::vector<AssignmentId> shown;
  each_assignment(tables, query.license, query.after.value_or(AssignmentId()), slices,
                  [&](AssignmentId id) {
                    if (query.active_only && !tables.assignments.find(id)->active()) return true;
                    if (query.limit != all_rows && shown.size() == query.limit) {
                      page.next = shown.back();
                      return false;
                    }
                    shown.push_back(id);
                    return slices.room(shown);
                  });
  page.rows = roster_rows(tables, shown, slices);
  return page;
}

std::vector<AssignmentId> roster_order(const model::Tables& tables, LicenseId license,
                                       model::Slices& slices) {
  std::vector<AssignmentId> ids;
  each_assignment(tables, license, {}, slices, [&](AssignmentId id) {
    ids.push_back(id);
    return slices.room(ids);
  });
  return ids;
}

std::vector<RosterRow> roster_rows(const model::Tables& tables,
                                   std::span<const AssignmentId> assignments,
                                   model::Slices& slices) {
  std::vector<RosterRow> rows;
  rows.reserve(assignments.size());
  for (const AssignmentId id : assignments) {
    if (!slices.step(model::Slices::copied_row)) return rows;
    rows.push_back(roster_row(tables, id));
  }
  return rows;
}

}  // namespace seatbook::views

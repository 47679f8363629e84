#include "rules/seats.hpp"

#include <utility>

#include "rules/fields.hpp"
#include "rules/lookups.hpp"

namespace seatbook::rules {
namespace {

HistoryRow about(HistoryKind kind, const Assignment& assignment) {
  HistoryRow row;
  row.kind = kind;
  row.license = assignment.license;
  row.person = assignment.person;
  row.assignment = assignment.id;
  return row;
}

}  // namespace

bool has_room(std::uint64_t used, SeatTotal total, CapacityPolicy policy) {
  return policy == CapacityPolicy::allow_over || total.is_unlimited() ||
         used < static_cast<std::uint64_t>(total.seats());
}

std::optional<Error> malformed(const Assign& command) {
  return malformed_texts({{"access_level", command.access_level},
                          {"account", command.account},
                          {"notes", command.notes}});
}

std::optional<Error> malformed(const Revoke& command) {
  return malformed_texts({{"reason", command.reason}});
}

Result<SeatAnswer> assign(Draft& draft, const Assign& command) {
  const model::Tables& tables = draft.tables();
  const auto license = find_active_license(tables, command.license, "license");
  if (!license) return *license.error;
  const auto person = find_active_person(tables, command.person, "person");
  if (!person) return *person.error;
  FieldChecks fields;
  fields.text("access_level", command.access_level, max_access_level_length)
      .text("account", command.account, max_account_length)
      .text("notes", command.notes, max_notes_length)
      .money("cost_override", command.cost_override)
      .require(!command.cost_override || !license->currency.empty(), Code::required,
               "cost_override", "the license has no currency for a cost");
  if (fields.error()) return *fields.error();
  if (const auto* held = tables.assignments.find_active(license->id, person->id)) {
    return Error{Code::already_assigned,
                 "This user already has an active assignment for this license.",
                 "person",
                 -1,
                 {held->id}};
  }
  if (!has_room(tables.assignments.active_count(license->id), license->total_seats,
                license->policy)) {
    return Error{Code::no_seats_remaining, "No seats remaining on this license.", "license"};
  }
  const auto id = draft.new_assignment();
  if (!id) return id.error();

  Assignment assignment;
  assignment.id = *id;
  assignment.license = license->id;
  assignment.person = person->id;
  assignment.assigned_at = draft.at();
  assignment.assigned_by = draft.actor_id();
  assignment.access_level = command.access_level;
  assignment.account = command.account;
  assignment.notes = command.notes;
  assignment.cost_override = command.cost_override;
  assignment.revision = Revision(1);
  const HistoryRow row = about(HistoryKind::assigned, assignment);
  draft.put(std::move(assignment));
  const auto told = draft.record(row);
  if (!told) return told.error();
  return SeatAnswer{*id, Revision(1)};
}

Result<SeatAnswer> revoke(Draft& draft, const Revoke& command) {
  const model::Tables& tables = draft.tables();
  const auto held = find_assignment(tables, command.assignment, "assignment");
  if (!held) return *held.error;
  FieldChecks fields;
  if (fields.text("reason", command.reason, max_reason_length).error()) return *fields.error();
  if (auto error = stale(command.expected_revision, Revision(held->revision))) {
    return *std::move(error);
  }
  if (!held->active()) {
    return Error{Code::already_revoked, "Assignment already revoked.", "assignment"};
  }
  Assignment assignment = tables.assignments.record(command.assignment);
  assignment.revoked_at = draft.at();
  assignment.revoked_by = draft.actor_id();
  assignment.revoke_reason = command.reason;
  assignment.needs_review = false;  // the prompt is answered by removal (B31)
  assignment.revision = Revision(assignment.revision.value + 1);
  SeatAnswer answer{assignment.id, assignment.revision};
  const HistoryRow row = about(HistoryKind::revoked, assignment);
  draft.put(std::move(assignment));
  HistoryTexts texts;
  texts.reason = command.reason;
  const auto told = draft.record(row, std::move(texts));
  if (!told) return told.error();
  return answer;
}

}  // namespace seatbook::rules

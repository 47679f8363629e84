#include "rules/rules.hpp"

#include <utility>

#include "rules/edits.hpp"
#include "rules/fields.hpp"
#include "rules/lookups.hpp"
#include "rules/usage.hpp"
#include "types/try.hpp"

namespace seatbook::rules {
namespace {

Error already_assigned(std::uint32_t assignment) {  // A44
  return {Code::already_assigned,
          "This user already has an active assignment for this license.",
          "person",
          {},
          {assignment}};
}

}  // namespace

HistoryRow about(HistoryKind kind, const Assignment& assignment) {
  HistoryRow row;
  row.kind = kind;
  row.license = assignment.license;
  row.person = assignment.person;
  row.assignment = assignment.id;
  return row;
}

const Assignment& new_seat(Transaction& transaction, AssignmentId id, const NewSeat& seat) {
  const ActorId actor = transaction.actor_id();  // first: its record comes before the assignment
  auto& assignment = transaction.add<Assignment>();
  assignment.id = id;
  assignment.license = seat.license;
  assignment.person = seat.person;
  assignment.assigned_at = transaction.at();  // C5, C52
  assignment.assigned_by = actor;
  // C6
  assignment.access_level = seat.access_level;
  assignment.account = seat.account;
  assignment.notes = seat.notes;
  assignment.cost_override = seat.cost_override;
  assignment.held_since = seat.held_since;  // C62
  assignment.revision = Revision(1);
  return assignment;
}

/// A1: the assignment uses one seat. A2: its history row is in the same batch.
Result<AssignmentId> grant(Transaction& transaction, const NewSeat& seat) {
  SEATBOOK_TRY(const AssignmentId id, transaction.new_assignment());
  SEATBOOK_TRY(transaction.record(about(HistoryKind::assigned, new_seat(transaction, id, seat))));
  return id;
}

/// A17, B25, B26: the record stays.
void stamp_revoked(Transaction& transaction, Assignment& assignment, const std::string& reason) {
  assignment.revoked_at = transaction.at();
  assignment.revoked_by = transaction.actor_id();
  assignment.revoke_reason = reason;
  assignment.needs_review = false;  // B31
  assignment.revision = next(assignment.revision);
}

/// A2, C4: every path that revokes a single seat.
Result<void> revoke_seat(Transaction& transaction, Assignment assignment,
                         const std::string& reason) {
  stamp_revoked(transaction, assignment, reason);
  const HistoryRow row = about(HistoryKind::revoked, assignment);
  transaction.put(std::move(assignment));
  HistoryTexts texts;
  texts.reason = reason;
  return transaction.record(row, std::move(texts));
}

Result<void> malformed(const Assign& command) {
  return malformed_texts({{"access_level", command.access_level},
                          {"account", command.account},
                          {"notes", command.notes}});
}

Result<void> malformed(const Revoke& command) {
  return malformed_texts({{"reason", command.reason}});
}

Result<void> malformed(const Transfer& /*command*/) {
  return {};
}

Result<void> malformed(const EditSeat& command) {
  return malformed_texts({{"access_level", command.access_level.value()},
                          {"account", command.account.value()},
                          {"notes", command.notes.value()}});
}

Result<SeatReceipt> assign(Transaction& transaction, const Assign& command) {
  const View& view = transaction.view();
  SEATBOOK_TRY(const License* license,
               find_active_license(view.tables(), command.license, "license"));  // A5
  SEATBOOK_TRY(const Person* person,
               find_active_person(view.tables(), command.person, "person"));  // A6, A7
  FieldChecks fields;
  fields
      .text("access_level", command.access_level, max_access_level_length)  // A11
      .text("account", command.account, max_account_length)                 // A12
      .text("notes", command.notes, max_notes_length)                       // A13
      .cost_override("cost_override", command.cost_override, *license)
      .held_since(command.held_since, transaction.at());
  SEATBOOK_TRY(fields.result());
  // C16, and C44: before capacity.
  if (const auto* held = view.find_active(license->id, person->id)) {
    return already_assigned(held->id);  // A44
  }
  if (!has_room(view.active_count(license->id), license->total_seats,
                license->policy)) {  // A43
    return Error{Code::no_seats_remaining, "No seats remaining on this license.", "license"};
  }
  // A14
  SEATBOOK_TRY(
      const AssignmentId id,
      grant(transaction, {command.license, command.person, command.access_level, command.account,
                          command.notes, command.cost_override, command.held_since}));
  return SeatReceipt{id, Revision(1)};
}

/// A19, A29, B25: also from the lists, where a revoke is called a removal.
Result<SeatReceipt> revoke(Transaction& transaction, const Revoke& command) {
  const View& view = transaction.view();
  SEATBOOK_TRY(const model::AssignmentRow* held,
               find_assignment(view, command.assignment, "assignment"));
  FieldChecks fields;
  SEATBOOK_TRY(fields.text("reason", command.reason, max_reason_length).result());
  const Revision revision(held->revision);
  SEATBOOK_TRY(stale(command.expected_revision, revision));
  if (!held->active()) return already_revoked();  // A45
  SEATBOOK_TRY(revoke_seat(transaction, view.record(command.assignment), command.reason));
  return SeatReceipt{command.assignment, next(revision)};
}

Result<SeatReceipt> transfer(Transaction& transaction, const Transfer& command) {  // C55
  const View& view = transaction.view();
  SEATBOOK_TRY(const model::AssignmentRow* held,
               find_assignment(view, command.assignment, "assignment"));
  SEATBOOK_TRY(find_active_license(view.tables(), LicenseId(held->license), "assignment"));  // C74
  SEATBOOK_TRY(const Person* person, find_active_person(view.tables(), command.person, "person"));
  SEATBOOK_TRY(stale(command.expected_revision, Revision(held->revision)));
  const auto* other = view.find_active(LicenseId(held->license), person->id);
  if (other != nullptr && other->id != held->id) return already_assigned(other->id);  // A44
  if (!held->active()) return already_revoked();                                      // A45
  if (PersonId(held->person) == person->id) {                                         // C55
    return Error{Code::same_person, "the seat is already held by this person", "person"};
  }

  SEATBOOK_TRY(const AssignmentId id, transaction.new_assignment());
  Assignment given_up = view.record(command.assignment);
  stamp_revoked(transaction, given_up, "transferred");
  transaction.put(given_up);  // first, because it frees the unique key
  HistoryRow row_received =
      about(HistoryKind::transferred, new_seat(transaction, id,
                                               {.license = given_up.license,
                                                .person = person->id,
                                                .access_level = given_up.access_level,
                                                .cost_override = given_up.cost_override}));
  HistoryRow row_given_up = about(HistoryKind::transferred, given_up);
  row_given_up.counterpart = id;
  row_received.counterpart = given_up.id;
  HistoryTexts texts;
  texts.reason = "transferred";
  SEATBOOK_TRY(transaction.record(row_given_up, std::move(texts)));
  SEATBOOK_TRY(transaction.record(row_received));
  return SeatReceipt{id, Revision(1)};
}

Result<SeatReceipt> edit_seat(Transaction& transaction, const EditSeat& command) {  // B24
  const View& view = transaction.view();
  SEATBOOK_TRY(find_assignment(view, command.assignment, "assignment"));
  const Assignment current = view.record(command.assignment);
  Assignment changed = current;
  apply_edits(changed, command);
  FieldChecks fields;
  fields.text("access_level", changed.access_level, max_access_level_length)
      .text("account", changed.account, max_account_length)
      .text("notes", changed.notes, max_notes_length);
  if (command.cost_override.sets()) {
    fields.cost_override("cost_override", changed.cost_override,
                         *view.tables().licenses.find(current.license));
  }
  SEATBOOK_TRY(fields.held_since(changed.held_since, transaction.at()).result());
  SEATBOOK_TRY(stale(command.expected_revision, current.revision));
  if (!current.active()) return already_revoked();  // A45
  HistoryTexts texts;
  texts.changes = changes_of<EditSeat>(current, changed);  // C59
  if (texts.changes.empty()) return SeatReceipt{current.id, current.revision};
  changed.revision = next(current.revision);
  const SeatReceipt result{changed.id, changed.revision};
  const HistoryRow row = about(HistoryKind::edited, changed);
  transaction.put(std::move(changed));
  SEATBOOK_TRY(transaction.record(row, std::move(texts)));
  return result;
}

}  // namespace seatbook::rules

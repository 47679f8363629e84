#include "rules/rules.hpp"

#include <utility>

#include "rules/edits.hpp"
#include "rules/lookups.hpp"
#include "types/try.hpp"

namespace seatbook::rules {

Result<std::uint64_t> flag_seats_of(Transaction& transaction, PersonId person, bool needs_review) {
  const model::AssignmentTable& assignments = transaction.tables().assignments;
  std::uint64_t changed = 0;
  for (AssignmentId id = assignments.first_active(person); id;
       id = assignments.newer_of_person(id)) {
    Assignment image = assignments.record(id);
    if (image.needs_review == needs_review) continue;
    image.needs_review = needs_review;
    const HistoryRow row =
        about(needs_review ? HistoryKind::flagged : HistoryKind::flag_cleared, image);
    transaction.put(std::move(image));
    SEATBOOK_TRY(transaction.record(row));
    ++changed;
  }
  return changed;
}

Result<void> malformed(const MarkReviewed& /*command*/) {
  return {};
}

Result<SeatReceipt> mark_reviewed(Transaction& transaction, const MarkReviewed& command) {
  const View& view = transaction.view();
  SEATBOOK_TRY(const model::AssignmentRow* held,
               find_assignment(view, command.assignment, "assignment"));
  SEATBOOK_TRY(stale(command.expected_revision, Revision(held->revision)));
  if (!held->active()) return already_revoked();  // A45
  if (!held->needs_review) {                      // C47
    return Error{Code::not_flagged, "the assignment is not flagged for review", "assignment"};
  }
  Assignment image = view.record(command.assignment);
  image.needs_review = false;  // B32
  image.revision = next(image.revision);
  const SeatReceipt result{image.id, image.revision};
  const HistoryRow row = about(HistoryKind::reviewed, image);
  transaction.put(std::move(image));
  SEATBOOK_TRY(transaction.record(row));
  return result;
}

}  // namespace seatbook::rules

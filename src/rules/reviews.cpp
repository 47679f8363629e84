#include "rules/reviews.hpp"

#include <utility>

namespace seatbook::rules {

Result<std::uint64_t> flag_seats_of(Draft& draft, PersonId person, bool needs_review) {
  const model::AssignmentTable& assignments = draft.tables().assignments;
  std::uint64_t changed = 0;
  for (AssignmentId id = assignments.first_active(person); id;
       id = assignments.next_active_of_person(id)) {
    Assignment image = assignments.record(id);
    if (image.needs_review == needs_review) continue;
    image.needs_review = needs_review;
    HistoryRow row;
    row.kind = needs_review ? HistoryKind::flagged : HistoryKind::flag_cleared;
    row.license = image.license;
    row.person = person;
    row.assignment = id;
    draft.put(std::move(image));
    const auto told = draft.record(row);
    if (!told) return told.error();
    ++changed;
  }
  return changed;
}

}  // namespace seatbook::rules

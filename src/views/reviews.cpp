#include "views/reviews.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "views/days.hpp"

namespace seatbook::views {
namespace {

/// A flagged seat, and the row that flagged it.
struct Waiting {
  Seq flagged;
  AssignmentId assignment;
};

/// The queue, in the order in which seats were flagged. The history of each holder is walked once,
/// from the newest row back to the one that flagged the last of their seats: all of them were
/// flagged when the holder was archived, and little happens to somebody after that.
std::vector<Waiting> queue_of(const model::Tables& tables,
                              const std::optional<LicenseId>& license) {
  const std::vector<AssignmentId> ids = tables.assignments.flagged(license);
  std::unordered_map<std::uint32_t, std::uint64_t> seats_of;  // person -> not found yet
  std::unordered_set<AssignmentId> not_found;
  for (const AssignmentId id : ids) {
    ++seats_of[tables.assignments.find(id)->person];
    not_found.insert(id);
  }
  std::vector<Waiting> queue;
  queue.reserve(ids.size());
  const model::HistoryTable& history = tables.history;
  for (auto& [person, missing] : seats_of) {
    for (Seq seq = history.last_of(PersonId(person)); seq && missing != 0;
         seq = history.previous_of_person(seq)) {
      const HistoryRow row = history.row(seq);
      // Once found, an older flag of the same seat is met no more.
      if (row.kind != HistoryKind::flagged || not_found.erase(row.assignment) == 0) continue;
      queue.push_back({seq, row.assignment});
      --missing;
    }
  }
  std::sort(queue.begin(), queue.end(),
            [](const Waiting& a, const Waiting& b) { return a.flagged < b.flagged; });
  return queue;
}

}  // namespace

std::vector<ReviewRow> needs_review(const model::Tables& tables,
                                    const std::optional<LicenseId>& license, Timestamp now) {
  const std::vector<Waiting> queue = queue_of(tables, license);
  std::vector<ReviewRow> rows;
  rows.reserve(queue.size());
  for (const Waiting& waiting : queue) {
    const model::AssignmentRow& assignment = *tables.assignments.find(waiting.assignment);
    const Person& person = tables.people.find(PersonId(assignment.person))->person;
    ReviewRow& row = rows.emplace_back();
    row.assignment = waiting.assignment;
    row.license = LicenseId(assignment.license);
    row.license_name = tables.licenses.find(row.license)->name;
    row.person = person.id;
    row.name = person.name;
    row.email = person.email;
    row.archived = person.state == PersonState::archived;
    row.assigned_at = {assignment.assigned_at_us};
    row.flagged_at = tables.history.row(waiting.flagged).at;
    row.waiting_days = whole_days(row.flagged_at, now);
  }
  return rows;
}

}  // namespace seatbook::views

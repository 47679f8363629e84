#include "views/views.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>

#include "views/days.hpp"

namespace seatbook::views {
namespace {

/// A flagged seat, and the row that flagged it.
struct Waiting {
  std::uint32_t person = 0;
  AssignmentId assignment;
  Seq flagged;  // 0: not found yet
};

/// Returns the flagged seats, ordered by holder, then by assignment.
std::vector<Waiting> flagged_seats(const model::Tables& tables,
                                   const std::optional<LicenseId>& license, model::Slices& slices) {
  constexpr std::uint32_t at_a_time = 1000;
  std::vector<Waiting> waiting;
  AssignmentId after;
  do {
    if (!slices.step(at_a_time)) return {};
    const std::vector<AssignmentId> ids = tables.assignments.flagged(license, after, at_a_time);
    for (const AssignmentId id : ids) {
      waiting.push_back({tables.assignments.find(id)->person, id, {}});
    }
    after = ids.size() == at_a_time ? ids.back() : AssignmentId();
    if (!slices.room(waiting)) return {};
  } while (after);
  const bool sorted = slices.apart(waiting.size(), [&] {
    std::sort(waiting.begin(), waiting.end(), [](const Waiting& a, const Waiting& b) {
      return std::tie(a.person, a.assignment) < std::tie(b.person, b.assignment);
    });
  });
  return sorted ? waiting : std::vector<Waiting>();
}

/// Returns the queue, in the order in which seats were flagged. Reads the history of each holder
/// once, from the newest row back to the one that flagged the last of their seats: all were flagged
/// when the holder was archived, and few rows follow after that.
std::vector<Waiting> queue_of(const model::Tables& tables, const std::optional<LicenseId>& license,
                              model::Slices& slices) {
  std::vector<Waiting> queue = flagged_seats(tables, license, slices);
  const model::HistoryTable& history = tables.history;
  for (auto first = queue.begin(); first != queue.end();) {
    const PersonId person(first->person);
    const auto last = std::find_if(first, queue.end(), [&](const Waiting& waiting) {
      return waiting.person != first->person;
    });
    auto missing = last - first;
    if (!slices.step()) return {};
    for (Seq seq = history.last_of(person); seq && missing != 0;
         seq = history.previous_of_person(seq)) {
      if (!slices.step()) return {};
      const HistoryRow row = history.row(seq);
      if (row.kind != HistoryKind::flagged) continue;
      const auto found = std::lower_bound(
          first, last, *row.assignment,
          [](const Waiting& waiting, AssignmentId id) { return waiting.assignment < id; });
      // An older flag of the same seat does not count.
      if (found == last || found->assignment != row.assignment || found->flagged) continue;
      found->flagged = seq;
      --missing;
    }
    first = last;
  }
  const bool sorted = slices.apart(queue.size(), [&] {
    std::sort(queue.begin(), queue.end(),
              [](const Waiting& a, const Waiting& b) { return a.flagged < b.flagged; });
  });
  return sorted ? queue : std::vector<Waiting>();
}

}  // namespace

std::vector<ReviewRow> needs_review(const model::Tables& tables,
                                    const std::optional<LicenseId>& license, Timestamp now,
                                    model::Slices& slices) {
  const std::vector<Waiting> queue = queue_of(tables, license, slices);
  std::vector<ReviewRow> rows;
  rows.reserve(queue.size());
  for (const Waiting& waiting : queue) {
    if (!slices.step(model::Slices::copied_row)) return rows;
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
    row.since = tables.assignments.since(assignment);
    row.flagged_at = tables.history.row(waiting.flagged).at;
    row.waiting_days = whole_days(row.flagged_at, now);
  }
  return rows;
}

}  // namespace seatbook::views

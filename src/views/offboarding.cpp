#include "views/views.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "views/days.hpp"

namespace seatbook::views {
namespace {

/// A seat that was flagged, and its outcome.
struct Case {
  Seq flagged;
  AssignmentId assignment;
  OffboardingOutcome outcome = OffboardingOutcome::waiting;
  Timestamp offboarded_at;
  Timestamp released_at;
};

/// Follows each flag through the later history rows to its end.
class Cases {
 public:
  /// Processes a row. `wanted` returns whether the query selects the flag of a row.
  template <class Wanted>
  void take(const HistoryRow& row, const Wanted& wanted) {
    if (row.kind == HistoryKind::flagged) {
      if (!wanted(row)) return;
      open_[*row.assignment] = cases_.size();
      seats_of_[*row.person].push_back(*row.assignment);
      cases_.push_back({row.seq, *row.assignment, OffboardingOutcome::waiting, row.at, {}});
    } else if (row.kind == HistoryKind::person_reactivated) {
      // Includes seats that were reviewed, which have no flag any more.
      const auto seats = seats_of_.find(*row.person);
      if (seats == seats_of_.end()) return;
      for (const AssignmentId seat : seats->second) {
        end(seat, OffboardingOutcome::reactivated, row.at);
      }
      seats_of_.erase(seats);
    } else if (row.kind == HistoryKind::reviewed) {
      const auto found = open_.find(*row.assignment);
      if (found != open_.end()) cases_[found->second].outcome = OffboardingOutcome::kept;
    } else if (row.removes()) {
      end(*row.assignment, OffboardingOutcome::released, row.at);
    }
  }

  [[nodiscard]] const std::vector<Case>& all() const { return cases_; }

 private:
  void end(AssignmentId seat, OffboardingOutcome outcome, Timestamp at) {
    const auto found = open_.find(seat);
    if (found == open_.end()) return;
    Case& ended = cases_[found->second];
    ended.outcome = outcome;
    if (outcome == OffboardingOutcome::released) ended.released_at = at;
    open_.erase(found);
  }

  std::vector<Case> cases_;
  std::unordered_map<AssignmentId, std::size_t> open_;  // seats still held: index in cases_
  std::unordered_map<PersonId, std::vector<AssignmentId>> seats_of_;
};

/// Returns the first history row at that instant or later. History is ordered by time (C52).
Seq first_since(const model::HistoryTable& history, Timestamp instant) {
  std::uint64_t first = 1;
  std::uint64_t beyond = history.size() + 1;
  while (first < beyond) {
    const std::uint64_t middle = first + (beyond - first) / 2;
    if (history.row(Seq(middle)).at < instant) {
      first = middle + 1;
    } else {
      beyond = middle;
    }
  }
  return Seq(first);
}

OffboardingRow row_of(const model::Tables& tables, const Case& one) {
  const model::AssignmentRow& assignment = *tables.assignments.find(one.assignment);
  OffboardingRow row;
  row.flagged = one.flagged;
  row.assignment = one.assignment;
  row.license = LicenseId(assignment.license);
  row.license_name = tables.licenses.find(row.license)->name;
  row.person = PersonId(assignment.person);
  row.name = tables.people.find(row.person)->person.name;
  row.outcome = one.outcome;
  row.offboarded_at = one.offboarded_at;
  if (one.outcome == OffboardingOutcome::released) {
    row.released_at = one.released_at;
    row.days = whole_days(one.offboarded_at, one.released_at);
  }
  return row;
}

void summarize(OffboardingTimes& times, const std::vector<Case>& cases) {
  std::vector<std::uint64_t> days;
  for (const Case& one : cases) {
    switch (one.outcome) {
      case OffboardingOutcome::waiting:
        ++times.waiting;
        break;
      case OffboardingOutcome::kept:
        ++times.kept;
        break;
      case OffboardingOutcome::released:
        ++times.released;
        days.push_back(whole_days(one.offboarded_at, one.released_at));
        times.days_sum += days.back();
        break;
      case OffboardingOutcome::reactivated:
        ++times.reactivated;
        break;
    }
  }
  if (days.empty()) return;
  times.mean_days = times.days_sum / times.released;
  const auto middle = days.begin() + static_cast<std::ptrdiff_t>((days.size() - 1) / 2);
  std::nth_element(days.begin(), middle, days.end());
  times.median_days = *middle;
  times.longest_days = *std::max_element(middle, days.end());
}

/// Returns the selected flags, each with its outcome. Skips rows written in the meantime. The rows
/// are copied under the lock and processed without it.
Cases cases_of(const model::Tables& tables, const OffboardingQuery& query, model::Slices& slices) {
  constexpr std::size_t rows_at_a_time = 1024;
  constexpr std::uint64_t steps_of_a_row = 4;
  const model::HistoryTable& history = tables.history;
  const auto wanted = [&](const HistoryRow& row) {
    return row.at < query.until && (!query.license || row.license == *query.license);
  };
  Cases cases;
  std::vector<HistoryRow> rows;
  const std::uint64_t last = history.size();
  for (std::uint64_t seq = first_since(history, query.since).value; seq <= last; ++seq) {
    if (!slices.step()) return cases;
    rows.push_back(history.row(Seq(seq)));
    if (rows.size() < rows_at_a_time && seq != last) continue;
    const bool followed = slices.apart(rows.size() * steps_of_a_row, [&] {
      for (const HistoryRow& row : rows) cases.take(row, wanted);
      rows.clear();
    });
    if (!followed) return cases;
  }
  return cases;
}

}  // namespace

OffboardingTimes offboarding_times(const model::Tables& tables, const OffboardingQuery& query,
                                   model::Slices& slices) {
  OffboardingTimes times;
  times.version = tables.version;
  const Cases cases = cases_of(tables, query, slices);
  if (!slices.apart(cases.all().size(), [&] { summarize(times, cases.all()); })) return times;
  for (const Case& one : cases.all()) {
    if (one.flagged <= query.after) continue;
    if (times.rows.size() == query.limit) {
      times.more = true;
      break;
    }
    if (!slices.step(model::Slices::copied_row) || !slices.room(times.rows)) return times;
    times.rows.push_back(row_of(tables, one));
  }
  slices.leave();
  return times;
}

}  // namespace seatbook::views

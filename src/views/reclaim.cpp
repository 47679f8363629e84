#include "views/reclaim.hpp"

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <vector>

#include "views/costs.hpp"
#include "views/inactivity.hpp"

namespace seatbook::views {
namespace {

/// What the order of the rows looks at. It depends on prices only, not on when a seat was used, so
/// that the last row of a page has its place also after somebody has used or given up that seat.
struct Candidate {
  AssignmentId assignment;
  const License* license = nullptr;
  std::optional<MoneySum> monthly;
};

bool before(const Candidate& a, const Candidate& b) {
  if (a.monthly.has_value() != b.monthly.has_value()) return a.monthly.has_value();
  if (a.monthly) {
    if (a.license->currency != b.license->currency) {
      return a.license->currency < b.license->currency;
    }
    if (*a.monthly != *b.monthly) return *b.monthly < *a.monthly;
  }
  return a.assignment < b.assignment;
}

Candidate candidate_of(const model::Tables& tables, const License& license, AssignmentId id) {
  SeatCosts cost(license);
  cost.add_seat(tables, id);
  return {id, &license, cost.monthly()};
}

ReclaimRow row_of(const model::Tables& tables, const Candidate& candidate) {
  const model::AssignmentRow& assignment = *tables.assignments.find(candidate.assignment);
  const Person& person = tables.people.find(PersonId(assignment.person))->person;
  ReclaimRow row;
  row.assignment = candidate.assignment;
  row.license = candidate.license->id;
  row.license_name = candidate.license->name;
  row.person = person.id;
  row.name = person.name;
  row.email = person.email;
  row.archived = person.state == PersonState::archived;
  row.needs_review = assignment.needs_review;
  row.assigned_at = {assignment.assigned_at_us};
  row.last_used_at = tables.assignments.last_use(candidate.assignment);
  row.currency = candidate.license->currency;
  row.monthly_saving = candidate.monthly;
  return row;
}

/// Calls `take` with every candidate of the license.
template <class Take>
void each_candidate(const model::Tables& tables, const License& license, const InactivityRule& rule,
                    Timestamp now, const Take& take) {
  const model::AssignmentTable& assignments = tables.assignments;
  for (AssignmentId id = assignments.first_active(license.id); id;
       id = assignments.next_active_of_license(id)) {
    const Timestamp assigned_at = {assignments.find(id)->assigned_at_us};
    if (!is_inactive(assignments.last_use(id), assigned_at, now, rule)) continue;
    take(candidate_of(tables, license, id));
  }
}

}  // namespace

ReclaimAnswer reclaim_candidates(const model::Tables& tables, const ReclaimQuery& query,
                                 Timestamp now) {
  std::optional<Candidate> after;
  if (query.after) {
    const LicenseId license(tables.assignments.find(query.after)->license);
    after = candidate_of(tables, *tables.licenses.find(license), query.after);
  }
  ReclaimAnswer answer;
  Totals totals;
  std::vector<Candidate> following;
  const auto take_from = [&](LicenseId id) {
    const License& license = *tables.licenses.find(id);
    each_candidate(tables, license, rule_of(query), now, [&](const Candidate& candidate) {
      ++answer.candidates;
      if (candidate.monthly) {
        totals.add(license.currency, *candidate.monthly);
      } else {
        ++answer.unpriced;
      }
      if (!after || before(*after, candidate)) following.push_back(candidate);
    });
  };
  if (query.license) {
    take_from(*query.license);
  } else {
    for (std::uint64_t id = 1; id <= tables.licenses.size(); ++id) take_from(LicenseId(id));
  }
  answer.monthly_saving = totals.list();

  const auto shown = std::min<std::size_t>(following.size(), query.limit);
  std::partial_sort(following.begin(), following.begin() + static_cast<std::ptrdiff_t>(shown),
                    following.end(), before);
  answer.more = shown < following.size();
  answer.rows.reserve(shown);
  for (std::size_t at = 0; at < shown; ++at) {
    answer.rows.push_back(row_of(tables, following[at]));
  }
  return answer;
}

}  // namespace seatbook::views

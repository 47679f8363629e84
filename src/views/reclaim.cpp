#include "views/views.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "views/costs.hpp"
#include "views/first_rows.hpp"
#include "views/inactivity.hpp"

namespace seatbook::views {
namespace {

/// The sort key of the rows. It depends on prices only, not on last use, so the last row of a page
/// keeps its position even if its seat is used or revoked.
struct Candidate {
  AssignmentId assignment;
  std::string_view currency;
  std::optional<MoneySum> monthly;

  void keep_texts(text::TextStore& texts) { currency = texts.keep(currency); }
};

bool operator<(const Candidate& a, const Candidate& b) {
  if (a.monthly.has_value() != b.monthly.has_value()) return a.monthly.has_value();
  if (a.monthly) {
    if (a.currency != b.currency) return a.currency < b.currency;
    if (*a.monthly != *b.monthly) return *b.monthly < *a.monthly;
  }
  return a.assignment < b.assignment;
}

Candidate candidate_of(const model::Tables& tables, const License& license, AssignmentId id) {
  SeatCosts cost(license);
  cost.add_seat(tables, id);
  return {id, license.currency, cost.monthly()};
}

/// Completes the row; keeps the price by which it was sorted.
ReclaimRow row_of(const model::Tables& tables, ReclaimRow row) {
  const model::AssignmentRow& assignment = *tables.assignments.find(row.assignment);
  const Person& person = tables.people.find(PersonId(assignment.person))->person;
  row.license = LicenseId(assignment.license);
  row.license_name = tables.licenses.find(row.license)->name;
  row.person = person.id;
  row.name = person.name;
  row.email = person.email;
  row.archived = person.state == PersonState::archived;
  row.needs_review = assignment.needs_review;
  row.assigned_at = {assignment.assigned_at_us};
  row.since = tables.assignments.since(assignment);
  row.last_used_at = tables.assignments.last_use(row.assignment);
  return row;
}

/// Adds up the candidates, and keeps the first ones after `after`.
class Candidates {
 public:
  explicit Candidates(const ReclaimQuery& query)
      : query_(query), first_(std::size_t{query.limit} + 1, {}) {}

  void go_on_after(Candidate last_shown) {
    last_shown.keep_texts(texts_);
    after_ = last_shown;
  }

  [[nodiscard]] bool take(const model::Tables& tables, const License& license, Timestamp now,
                          AssignmentId id, model::Slices& slices) {
    const Timestamp since = tables.assignments.since(*tables.assignments.find(id));
    if (!is_inactive(tables.assignments.last_use(id), since, now, rule_of(query_))) {
      return true;
    }
    const Candidate candidate = candidate_of(tables, license, id);
    ++result_.candidates;
    if (candidate.monthly) {
      totals_.add(license.currency, *candidate.monthly);
    } else {
      ++result_.unpriced;
    }
    if ((after_ && !(*after_ < candidate)) || !first_.wants(candidate)) return true;
    return first_.add(candidate, slices);
  }

  /// Returns the page; its rows have their position and price only.
  [[nodiscard]] ReclaimPage finish(model::Slices& slices) {
    result_.monthly_saving = totals_.list();
    const bool finished = first_.finish(slices, [&](const std::vector<Candidate>& keys) {
      result_.more = keys.size() > query_.limit;
      const std::size_t shown = std::min<std::size_t>(keys.size(), query_.limit);
      result_.rows.resize(shown);
      for (std::size_t at = 0; at < shown; ++at) {
        result_.rows[at].assignment = keys[at].assignment;
        result_.rows[at].currency = keys[at].currency;
        result_.rows[at].monthly_saving = keys[at].monthly;
      }
    });
    return finished ? std::move(result_) : ReclaimPage();
  }

 private:
  const ReclaimQuery& query_;
  FirstRows<Candidate, std::less<>> first_;
  std::optional<Candidate> after_;
  text::TextStore texts_;
  Totals totals_;
  ReclaimPage result_;
};

/// Adds the active seats of a license.
[[nodiscard]] bool take_seats(const model::Tables& tables, LicenseId license, Timestamp now,
                              Candidates& candidates, model::Slices& slices) {
  const model::AssignmentTable& assignments = tables.assignments;
  const AssignmentId last(assignments.size());  // skips seats assigned in the meantime
  for (AssignmentId id = assignments.first_active(license); id && id <= last;
       id = assignments.newer_of_license(id)) {
    if (!slices.step()) return false;
    if (!assignments.find(id)->active()) continue;
    if (!candidates.take(tables, *tables.licenses.find(license), now, id, slices)) return false;
  }
  return true;
}

}  // namespace

ReclaimPage reclaim_candidates(const model::Tables& tables, const ReclaimQuery& query,
                               Timestamp now, model::Slices& slices) {
  const Version version = tables.version;
  Candidates candidates(query);
  if (query.after.value_or(AssignmentId())) {
    const LicenseId license(tables.assignments.find(*query.after)->license);
    candidates.go_on_after(candidate_of(tables, *tables.licenses.find(license), *query.after));
  }
  if (query.license) {
    if (!take_seats(tables, *query.license, now, candidates, slices)) return {};
  } else {
    const std::uint64_t last = tables.licenses.size();
    for (std::uint64_t id = 1; id <= last; ++id) {
      if (!slices.step() || !take_seats(tables, LicenseId(id), now, candidates, slices)) return {};
    }
  }
  ReclaimPage result = candidates.finish(slices);
  for (ReclaimRow& row : result.rows) {
    if (!slices.step(model::Slices::copied_row)) return {};
    row = row_of(tables, std::move(row));
  }
  if (slices.ended()) return {};
  result.version = version;
  result.last_version = tables.version;
  return result;
}

}  // namespace seatbook::views

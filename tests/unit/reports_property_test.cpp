// Compares reports of random books with a recount that uses only the records of the library and
// checks every seat at every instant (C8, C47, C52, C53).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "seatbook/describe.hpp"
#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"

namespace seatbook {
namespace {

using testing::Desk;

constexpr std::int64_t day_us = 86'400 * testing::second_us;
__extension__ using Wide = unsigned __int128;

std::string digits_of(Wide number) {
  std::string digits;
  for (; number != 0; number /= 10) {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(number % 10)));
  }
  return digits.empty() ? "0" : digits;
}

/// Twelfths as text, by currency.
using Sums = std::map<std::string, std::string>;

Sums sums_of(const std::vector<MoneyTotal>& totals) {
  Sums sums;
  for (const MoneyTotal& total : totals) sums[total.currency] = total.monthly.twelfths();
  return sums;
}

class RandomBook {
 public:
  RandomBook(unsigned seed, bool enforce_only) : random_(seed), enforce_only_(enforce_only) {}

  void run_commands(int steps) {
    for (int i = 0; i < 8; ++i) desk.person("P" + std::to_string(i));
    for (int step = 0; step < steps; ++step) run_one();
    ASSERT_TRUE(desk.findings().empty());
    for (std::uint64_t id = 1; id <= 1000; ++id) {
      const auto found = desk.admin.get_assignment(AssignmentId(id));
      if (!found) break;
      seats.push_back(*found);
    }
    licenses = desk.admin.licenses().value();
    HistoryQuery all;
    all.limit = max_history_limit;
    for (const HistoryEntry& entry : desk.admin.history(all).value()) rows.push_back(entry.row);
    for (const HistoryRow& row : rows) instants.insert(row.at.us);
  }

  [[nodiscard]] bool held(const Assignment& seat, std::int64_t at_us) const {
    return seat.assigned_at.us <= at_us && (!seat.revoked_at || seat.revoked_at->us > at_us);
  }

  /// The state of a license at the end of an instant, according to the history.
  struct Terms {
    bool added = false;
    bool archived = false;
    LicenseTerms terms;
  };
  [[nodiscard]] Terms terms_at(LicenseId license, std::int64_t at_us) const {
    Terms terms;
    for (const HistoryRow& row : rows) {
      if (row.at.us > at_us || row.license != license) continue;
      if (row.after) {
        terms.added = true;
        terms.terms = *row.after;
      }
      if (row.kind == HistoryKind::license_archived) terms.archived = true;
      if (row.kind == HistoryKind::license_reactivated) terms.archived = false;
    }
    return terms;
  }

  /// Returns the expected step of an instant.
  [[nodiscard]] UsageStep step_at(std::optional<LicenseId> license, std::int64_t at_us) const {
    UsageStep step;
    step.at = {at_us};
    for (const License& each : licenses) {
      if (license && each.id != *license) continue;
      const Terms terms = terms_at(each.id, at_us);
      std::uint64_t used = 0;
      for (const Assignment& seat : seats) {
        if (seat.license == each.id && held(seat, at_us)) ++used;
      }
      step.used += used;
      if (!terms.added) continue;
      if (license) step.policy = terms.terms.policy;
      if (terms.terms.total_seats.is_unlimited()) {
        step.used_unlimited += used;
      } else if (license || !terms.archived) {
        step.total =
            step.total.value_or(0) + static_cast<std::uint64_t>(terms.terms.total_seats.seats());
      }
    }
    return step;
  }

  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  Desk desk;
  std::vector<Assignment> seats;
  std::vector<License> licenses;
  std::vector<HistoryRow> rows;
  std::set<std::int64_t> instants;

 private:
  PersonId any_person() { return PersonId(1 + below(8)); }
  LicenseId any_license() { return LicenseId(1 + below(5)); }
  AssignmentId any_seat() { return AssignmentId(1 + below(60)); }
  SeatTotal any_total() { return below(5) == 0 ? SeatTotal::unlimited() : SeatTotal(below(7)); }

  void run_one() {
    Session& admin = desk.admin;
    if (below(3) == 0) {  // several batches often share an instant
      desk.clock->set(
          {desk.clock->now().us + static_cast<std::int64_t>(below(4) * day_us + below(3))});
    }
    switch (below(16)) {
      case 0: {
        AddLicense command;
        command.name = "L";
        command.owner = PersonId(1);
        command.total_seats = any_total();
        command.policy = any_policy();
        if (below(2) == 0) command.product_group = "G";
        if (below(4) != 0) command.cost_per_seat = Money{static_cast<std::int64_t>(below(99'999))};
        command.currency = below(2) == 0 ? "EUR" : "USD";
        command.billing_period = static_cast<BillingPeriod>(below(3));
        command.renewal_date = Date{static_cast<std::int32_t>(20'000 + below(1000))};
        if (added_ < 5 && admin.add_license(command)) ++added_;
        break;
      }
      case 1:
        (void)admin.set_total_seats({.license = any_license(), .total_seats = any_total()});
        break;
      case 2:
        (void)admin.set_policy({.license = any_license(), .policy = any_policy()});
        break;
      case 3:
        (void)admin.archive_license({.license = any_license()});
        break;
      case 4:
      case 5:
        (void)admin.reactivate_license({.license = any_license()});
        break;
      case 6:
        (void)admin.archive_person({.person = any_person()});
        break;
      case 7:
        (void)admin.reactivate_person({.person = any_person()});
        break;
      case 8:
        (void)admin.mark_reviewed({.assignment = any_seat()});
        break;
      case 9:
        (void)admin.revoke({.assignment = any_seat()});
        break;
      case 10:
        (void)admin.transfer({.assignment = any_seat(), .person = any_person()});
        break;
      case 11:
        (void)admin.record_use({.assignment = any_seat(), .used_at = desk.clock->now()});
        break;
      case 12:
        (void)admin.assign_many(
            {.license = any_license(), .people = {any_person(), any_person(), any_person()}});
        break;
      default: {
        Assign command;
        command.license = any_license();
        command.person = any_person();
        if (below(3) == 0) command.cost_override = Money{static_cast<std::int64_t>(below(9999))};
        (void)admin.assign(command);
      }
    }
  }
  CapacityPolicy any_policy() {
    return enforce_only_ || below(2) == 0 ? CapacityPolicy::enforce : CapacityPolicy::allow_over;
  }

  std::mt19937 random_;
  bool enforce_only_;
  std::uint64_t added_ = 0;
};

bool same_state(UsageStep a, const UsageStep& b) {
  a.at = b.at;
  return a == b;
}

void compare_range(RandomBook& book, const UsageRange& range) {
  std::vector<UsageStep> expected = {book.step_at(range.license, range.since.us)};
  UsageStep peak = expected.front();
  for (const std::int64_t at_us : book.instants) {
    if (at_us <= range.since.us || at_us >= range.until.us) continue;
    const UsageStep step = book.step_at(range.license, at_us);
    if (!same_state(step, expected.back())) expected.push_back(step);
    if (step.used > peak.used) peak = step;
  }
  const auto result =
      book.desk.admin
          .usage_over_time({.license = range.license, .since = range.since, .until = range.until})
          .value();
  EXPECT_EQ(result.steps, expected);
  const UsageStep found = book.desk.admin.peak_usage(range).value();
  EXPECT_EQ(found, peak);
  if (found.policy == CapacityPolicy::enforce && found.total) {
    EXPECT_LE(found.used, *found.total);
  }
}

void compare_past(RandomBook& book) {
  std::vector<Timestamp> marks = {min_timestamp, max_timestamp};
  for (const std::int64_t at_us : book.instants) {
    if (book.below(8) == 0) marks.push_back({at_us + static_cast<std::int64_t>(book.below(3)) - 1});
  }
  for (int i = 0; i < 12; ++i) {
    UsageRange range;
    range.since = marks[book.below(marks.size())];
    range.until = marks[book.below(marks.size())];
    if (range.until < range.since) std::swap(range.since, range.until);
    if (book.below(4) != 0 && !book.licenses.empty()) {
      range.license = book.licenses[book.below(book.licenses.size())].id;
    }
    compare_range(book, range);
  }
  for (const License& license : book.licenses) {
    for (const Timestamp mark : marks) {
      std::vector<AssignmentId> expected;
      for (const Assignment& seat : book.seats) {
        if (seat.license == license.id && book.held(seat, mark.us)) expected.push_back(seat.id);
      }
      std::vector<AssignmentId> found;
      for (const HolderRow& row : book.desk.admin.holders_at(license.id, mark).value()) {
        found.push_back(row.assignment);
      }
      EXPECT_EQ(found, expected);
    }
  }
}

/// Follows each flag separately through all later history rows.
void compare_offboarding(RandomBook& book) {
  std::map<OffboardingOutcome, std::uint64_t> counts;
  std::vector<std::uint64_t> days;
  const auto times = book.desk.admin.offboarding_times().value();
  std::size_t at = 0;
  for (const HistoryRow& flag : book.rows) {
    if (flag.kind != HistoryKind::flagged) continue;
    auto outcome = OffboardingOutcome::waiting;
    std::optional<Timestamp> released;
    for (const HistoryRow& row : book.rows) {
      if (row.seq <= flag.seq) continue;
      if (row.kind == HistoryKind::person_reactivated && row.person == flag.person) {
        outcome = OffboardingOutcome::reactivated;
        break;
      }
      if (row.assignment != flag.assignment) continue;
      if (row.kind == HistoryKind::reviewed) outcome = OffboardingOutcome::kept;
      if (row.removes()) {
        outcome = OffboardingOutcome::released;
        released = row.at;
        break;
      }
    }
    ++counts[outcome];
    if (released) days.push_back(static_cast<std::uint64_t>((released->us - flag.at.us) / day_us));
    ASSERT_LT(at, times.rows.size());
    const OffboardingRow& row = times.rows[at++];
    EXPECT_EQ(
        std::tie(row.flagged, row.assignment, row.outcome, row.offboarded_at, row.released_at),
        std::tie(flag.seq, flag.assignment, outcome, flag.at, released));
  }
  EXPECT_EQ(at, times.rows.size());
  EXPECT_EQ(times.waiting, counts[OffboardingOutcome::waiting]);
  EXPECT_EQ(times.waiting, book.desk.admin.needs_review_count().value());
  EXPECT_EQ(times.kept, counts[OffboardingOutcome::kept]);
  EXPECT_EQ(times.reactivated, counts[OffboardingOutcome::reactivated]);
  EXPECT_EQ(times.released, days.size());
  if (days.empty()) return;
  std::sort(days.begin(), days.end());
  EXPECT_EQ(times.median_days, days[(days.size() - 1) / 2]);
  EXPECT_EQ(times.longest_days, days.back());
}

Wide monthly(const License& license, Money price) {
  const Wide twelfths = license.billing_period == BillingPeriod::month  ? 12
                        : license.billing_period == BillingPeriod::year ? 1
                                                                        : 0;
  return twelfths * static_cast<Wide>(price.ten_thousandths);
}

void compare_money(RandomBook& book) {
  std::map<std::string, Wide> cost;
  std::map<std::string, Wide> waste;
  std::map<std::string, Wide> saving;
  std::uint64_t candidates = 0;
  std::uint64_t used = 0;
  const Timestamp now = book.desk.clock->now();
  std::map<std::uint64_t, Wide> dropped;
  std::map<std::uint64_t, std::uint64_t> needed;
  for (const License& license : book.licenses) {
    if (license.state == LicenseState::archived) continue;
    std::uint64_t of_license = 0;
    if (license.cost_per_seat) cost[license.currency] += 0;
    for (const Assignment& seat : book.seats) {
      if (seat.license != license.id || !seat.active()) continue;
      ++of_license;
      const auto price = seat.cost_override ? seat.cost_override : license.cost_per_seat;
      const Wide amount = price ? monthly(license, *price) : 0;
      if (price) cost[license.currency] += amount;
      const auto last = book.desk.admin.last_use(seat.id).value();
      const bool inactive = !last || now.us - last->us >= 30 * day_us;
      if (inactive) {
        ++candidates;
        if (price) saving[license.currency] += amount;
      }
      const bool leaver = book.desk.admin.get_person(seat.person)->state != PersonState::active;
      if (inactive || leaver) {
        dropped[license.id.value] += amount;
      } else {
        ++needed[license.id.value];
      }
    }
    used += of_license;
    if (license.total_seats.is_unlimited() || !license.cost_per_seat) continue;
    const auto total = static_cast<std::uint64_t>(license.total_seats.seats());
    const Wide free = total > of_license ? total - of_license : 0;
    waste[license.currency] += free * monthly(license, *license.cost_per_seat);
    dropped[license.id.value] += free * monthly(license, *license.cost_per_seat);
  }
  const auto text_of = [](const std::map<std::string, Wide>& sums) {
    Sums texts;
    for (const auto& [currency, sum] : sums) texts[currency] = digits_of(sum);
    return texts;
  };
  const auto row = book.desk.admin.utilization({.by = UtilizationBy::book})->front();
  EXPECT_EQ(row.used, used);
  EXPECT_EQ(sums_of(row.monthly_cost), text_of(cost));
  EXPECT_EQ(sums_of(row.monthly_waste), text_of(waste));
  const auto reclaim = book.desk.admin.reclaim_candidates().value();
  EXPECT_EQ(reclaim.candidates, candidates);
  EXPECT_EQ(reclaim.rows.size(), candidates);
  EXPECT_EQ(sums_of(reclaim.monthly_saving), text_of(saving));
  for (const RenewalRow& renewal : book.desk.admin.renewals_due({.until = {40'000}}).value()) {
    EXPECT_EQ(renewal.right_sized_seats, needed[renewal.license.value]);
    EXPECT_EQ(renewal.monthly_saving.value_or(MoneySum()).twelfths(),
              digits_of(dropped[renewal.license.value]));
  }
  // The last step is the current state.
  const UsageStep last = book.desk.admin.usage_over_time({.since = max_timestamp})->steps.front();
  EXPECT_EQ(std::tie(last.used, last.used_unlimited, last.total),
            std::tie(row.used, row.used_unlimited, row.total));
}

class ReportsOfRandomBooks : public ::testing::TestWithParam<unsigned> {};

TEST_P(ReportsOfRandomBooks, AgreeWithARecount) {
  RULE("C8", "C47", "C52", "C53");
  RandomBook book(GetParam(), GetParam() % 2 == 0);
  book.run_commands(250);
  compare_past(book);
  compare_offboarding(book);
  compare_money(book);
}

INSTANTIATE_TEST_SUITE_P(Seeds, ReportsOfRandomBooks, ::testing::Range(1U, 25U));

}  // namespace
}  // namespace seatbook

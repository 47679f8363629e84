// Queries about the past: holders at an instant, usage over time, the peak, offboarding (A3,
// B28, B31, B32, C47, C49, C52, C55).
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"

namespace seatbook {
namespace {

using testing::Desk;
using testing::expect_refused;
using testing::instant;

/// A desk whose clock is set to days of March 2026.
struct Month : Desk {
  void day(int day) {
    clock->set({instant("2026-03-01T00:00:00Z").us + (day - 1) * 86'400 * testing::second_us});
  }
  [[nodiscard]] static Timestamp on(int day) {
    return {instant("2026-03-01T00:00:00Z").us + (day - 1) * 86'400 * testing::second_us};
  }
  std::vector<AssignmentId> holders(LicenseId license, Timestamp at) {
    std::vector<AssignmentId> ids;
    for (const HolderRow& row : admin.holders_at(license, at).value()) {
      ids.push_back(row.assignment);
    }
    return ids;
  }
  /// Formats used and total of each step: "1/2 2/2 1/-".
  std::string steps(const UsageOverTimeQuery& query) {
    std::string text;
    const UsageOverTime result = admin.usage_over_time(query).value();
    for (const UsageStep& step : result.steps) {
      text += (text.empty() ? "" : " ") + std::to_string(step.used) + "/" +
              (step.total ? std::to_string(*step.total) : "-");
    }
    return text;
  }
};

using Holders = std::vector<AssignmentId>;

TEST(HoldersAt, IncludesTheAssignmentTimeAndExcludesTheRevocationTime) {
  RULE("C52");
  Month desk;
  desk.day(2);
  const auto license = desk.license("Vector", 3);
  const auto ada = desk.person("Ada", "ada@example.com");
  desk.day(3);
  const auto first = desk.seat(license, ada);
  const auto other = desk.seat(license, desk.person("Bo"));
  desk.day(5);
  ASSERT_TRUE(desk.admin.revoke({.assignment = first}));
  EXPECT_EQ(desk.holders(license, {Month::on(3).us - 1}), Holders());
  EXPECT_EQ(desk.holders(license, Month::on(3)), (Holders{first, other}));
  EXPECT_EQ(desk.holders(license, {Month::on(5).us - 1}), (Holders{first, other}));
  EXPECT_EQ(desk.holders(license, Month::on(5)), Holders{other});
  EXPECT_EQ(desk.holders(license, max_timestamp), Holders{other});
  EXPECT_EQ(desk.holders(license, min_timestamp), Holders());
  const auto rows = desk.admin.holders_at(license, Month::on(4)).value();
  EXPECT_EQ(rows[0].name, "Ada");
  EXPECT_EQ(rows[0].email, "ada@example.com");
  EXPECT_EQ(rows[0].revoked_at, Month::on(5));
  EXPECT_FALSE(rows[1].revoked_at.has_value());
}

TEST(HoldersAt, OmitsAssignmentsThatBeganAndEndedAtOneInstant) {
  RULE("C52", "C55");
  Month desk;
  desk.day(2);
  const auto license = desk.license("Vector", 3);
  const auto ada = desk.person("Ada");
  const auto bo = desk.person("Bo");
  const auto seat = desk.seat(license, ada);
  const auto handed = desk.admin.transfer({.assignment = seat, .person = bo})->assignment;
  EXPECT_EQ(desk.holders(license, Month::on(2)), Holders{handed});
  ASSERT_TRUE(desk.admin.revoke({.assignment = handed}));
  EXPECT_EQ(desk.holders(license, Month::on(2)), Holders());
  const auto again = desk.seat(license, ada);
  EXPECT_EQ(desk.holders(license, Month::on(2)), Holders{again});
  EXPECT_EQ(desk.steps({.license = license}), "0/- 1/3");
}

TEST(HoldersAt, ListsErasedPeopleById) {
  RULE("C49");
  Month desk;
  desk.day(2);
  const auto license = desk.license("Vector", 3);
  const auto ada = desk.person("Ada", "ada@example.com");
  desk.seat(license, ada);
  desk.day(4);
  ASSERT_TRUE(desk.admin.erase_person({.person = ada, .revoke_first = true}));
  const auto rows = desk.admin.holders_at(license, Month::on(3)).value();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].person, ada);
  EXPECT_TRUE(rows[0].erased);
  EXPECT_EQ(rows[0].name + rows[0].email, "");
}

TEST(UsageOverTimeSteps, StartWithTheStateAtSince) {
  RULE("C52");
  Month desk;
  desk.day(2);
  const auto license = desk.license("Vector", 2);
  desk.day(4);
  const auto seat = desk.seat(license, desk.person("Ada"));
  desk.day(6);
  ASSERT_TRUE(desk.admin.set_total_seats({.license = license, .total_seats = 5}));
  desk.day(8);
  ASSERT_TRUE(desk.admin.revoke({.assignment = seat}));
  const auto between = [&](Timestamp since, Timestamp until) {
    return desk.steps({.license = license, .since = since, .until = until});
  };
  EXPECT_EQ(between(min_timestamp, max_timestamp), "0/- 0/2 1/2 1/5 0/5");
  EXPECT_EQ(between(Month::on(4), Month::on(8)), "1/2 1/5");
  EXPECT_EQ(between({Month::on(4).us - 1}, {Month::on(8).us + 1}), "0/2 1/2 1/5 0/5");
  EXPECT_EQ(between(Month::on(5), Month::on(5)), "1/2");
  EXPECT_EQ(between(Month::on(6), Month::on(6)), "1/5") << "the state at the end of the instant";
  EXPECT_EQ(between(Month::on(20), max_timestamp), "0/5");
  EXPECT_EQ(between(max_timestamp, max_timestamp), "0/5");
  EXPECT_EQ(desk.admin.usage_over_time({.license = license, .since = Month::on(5)})->steps[0].at,
            Month::on(5));
  // Changes of owners and names make no steps.
  desk.day(9);
  ASSERT_TRUE(desk.admin.set_owners({.license = license, .owner = desk.person("Cy")}));
  ASSERT_TRUE(desk.admin.update_license({.license = license, .name = "V"}));
  EXPECT_EQ(between(Month::on(8), max_timestamp), "0/5");
}

TEST(UsageOverTimeSteps, PagesContinueAfterTheCursor) {
  RULE("C52");
  Month desk;
  desk.day(1);
  const auto license = desk.license("Vector", 9);
  for (int day = 2; day <= 8; ++day) {
    desk.day(day);
    desk.seat(license, desk.person("P" + std::to_string(day)));
  }
  std::vector<std::uint64_t> used;
  UsageOverTimeQuery query = {.license = license, .since = Month::on(1), .limit = 3};
  while (true) {
    const auto page = desk.admin.usage_over_time(query).value();
    EXPECT_LE(page.steps.size(), 3U);
    for (const UsageStep& step : page.steps) used.push_back(step.used);
    if (!page.next) break;
    query.since = *page.next;
  }
  EXPECT_EQ(used, (std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5, 6, 7}));
}

TEST(PeakUsage, NeverExceedsTheTotalOfAnEnforcedLicense) {
  RULE("A3", "C12", "C52", "C55");
  Month desk;
  desk.day(2);
  const auto license = desk.license("Vector", 2);
  const auto ada = desk.person("Ada");
  const auto bo = desk.person("Bo");
  const auto cy = desk.person("Cy");
  const auto seat = desk.seat(license, ada);
  desk.seat(license, bo);
  desk.day(3);  // all following commands have the same time
  const auto given = desk.admin.transfer({.assignment = seat, .person = cy})->assignment;
  ASSERT_TRUE(desk.admin.revoke({.assignment = given}));
  desk.seat(license, ada);
  ASSERT_TRUE(desk.admin.set_total_seats({.license = license, .total_seats = 3}));
  const auto third = desk.seat(license, cy);
  ASSERT_TRUE(desk.admin.revoke({.assignment = third}));
  ASSERT_TRUE(desk.admin.set_total_seats({.license = license, .total_seats = 2}));
  const auto peak = desk.admin.peak_usage({.license = license}).value();
  EXPECT_EQ(peak.used, 2U);
  EXPECT_EQ(peak.total, 2U);
  EXPECT_EQ(peak.at, Month::on(2)) << "the earliest one";
  EXPECT_EQ(peak.policy, CapacityPolicy::enforce);
}

TEST(PeakUsage, CoversOnlyTheRequestedRange) {
  RULE("C52");
  Month desk;
  desk.day(2);
  const auto license = desk.license("Vector", 1, CapacityPolicy::allow_over);
  desk.day(3);
  const auto a = desk.seat(license, desk.person("Ada"));
  const auto b = desk.seat(license, desk.person("Bo"));
  desk.day(4);
  ASSERT_TRUE(desk.admin.revoke({.assignment = a}));
  desk.day(5);
  ASSERT_TRUE(desk.admin.revoke({.assignment = b}));
  const auto peak = [&](Timestamp since, Timestamp until) {
    return desk.admin.peak_usage({.license = license, .since = since, .until = until}).value();
  };
  EXPECT_EQ(peak(min_timestamp, max_timestamp).used, 2U);
  EXPECT_EQ(peak(min_timestamp, max_timestamp).total, 1U) << "over-allocated";
  EXPECT_EQ(peak(min_timestamp, Month::on(3)).used, 0U) << "`until` is exclusive";
  EXPECT_EQ(peak(min_timestamp, {Month::on(3).us + 1}).used, 2U);
  EXPECT_EQ(peak({Month::on(4).us - 1}, Month::on(9)).used, 2U) << "includes seats held at `since`";
  EXPECT_EQ(peak({Month::on(4).us - 1}, Month::on(9)).at, Timestamp{Month::on(4).us - 1});
  EXPECT_EQ(peak(Month::on(4), Month::on(9)).used, 1U);
  EXPECT_EQ(peak(Month::on(5), Month::on(9)).used, 0U);
  EXPECT_EQ(desk.admin.peak_usage()->used, 2U);
}

TEST(TimelineQueries, RejectInvalidArguments) {
  Desk desk;
  const auto license = desk.license("Vector", 1);
  const Timestamp beyond = {max_timestamp.us + 1};
  const auto both = [&](Code code, const char* field, const UsageRange& range) {
    expect_refused(desk, code, field, [&] { return desk.admin.peak_usage(range); });
    expect_refused(desk, code, field, [&] {
      return desk.admin.usage_over_time(
          {.license = range.license, .since = range.since, .until = range.until});
    });
    expect_refused(desk, code, field, [&] {
      return desk.admin.offboarding_times(
          {.license = range.license, .since = range.since, .until = range.until});
    });
  };
  both(Code::invalid_argument, "until", {.since = {2}, .until = {1}});
  both(Code::license_not_found, "license", {.license = LicenseId(9), .since = {-1}});
  both(Code::date_out_of_range, "since", {.license = license, .since = {-1}, .until = beyond});
  both(Code::date_out_of_range, "until", {.until = beyond});
  both(Code::invalid_date, "since", {.since = Timestamp::unreadable(), .until = beyond});
  both(Code::invalid_date, "until", {.until = Timestamp::unreadable()});
  expect_refused(desk, Code::invalid_argument, "limit",
                 [&] { return desk.admin.usage_over_time({.limit = 0}); });
  expect_refused(desk, Code::invalid_argument, "limit", [&] {
    return desk.admin.offboarding_times({.limit = max_offboarding_limit + 1});
  });
  expect_refused(desk, Code::license_not_found, "license",
                 [&] { return desk.admin.holders_at(LicenseId(9), beyond); });
  expect_refused(desk, Code::date_out_of_range, "at",
                 [&] { return desk.admin.holders_at(license, beyond); });
  expect_refused(desk, Code::invalid_date, "at",
                 [&] { return desk.admin.holders_at(license, Timestamp::unreadable()); });
  expect_refused(desk, Code::invalid_date, "until",
                 [&] { return desk.admin.renewals_due({.until = Date::unreadable()}); });
}

TEST(OffboardingTimes, AreMeasuredFromTheFlagToTheRelease) {
  RULE("B28", "B31", "B32", "C10");
  Month desk;
  desk.day(1);
  const auto license = desk.license("Vector", 9);
  std::vector<PersonId> people;
  std::vector<AssignmentId> seats;
  for (int i = 0; i < 5; ++i) {
    people.push_back(desk.person("P" + std::to_string(i)));
    seats.push_back(desk.seat(license, people.back()));
  }
  for (const PersonId person : people) {
    ASSERT_TRUE(desk.admin.archive_person({.person = person}));
  }
  desk.day(2);
  ASSERT_TRUE(desk.admin.revoke({.assignment = seats[0]}));
  desk.day(4);
  ASSERT_TRUE(desk.admin.transfer({.assignment = seats[1], .person = desk.person("Heir")}));
  ASSERT_TRUE(desk.admin.mark_reviewed({.assignment = seats[2]}));
  ASSERT_TRUE(desk.admin.mark_reviewed({.assignment = seats[3]}));
  desk.day(9);
  ASSERT_TRUE(desk.admin.revoke({.assignment = seats[3]}));
  const auto times = desk.admin.offboarding_times().value();
  ASSERT_EQ(times.rows.size(), 5U);
  EXPECT_EQ(times.rows[0].days, 1U);
  EXPECT_EQ(times.rows[1].days, 3U) << "transferred";
  EXPECT_EQ(times.rows[2].outcome, OffboardingOutcome::kept);
  EXPECT_EQ(times.rows[3].days, 8U) << "reviewed, then revoked";
  EXPECT_EQ(times.rows[4].outcome, OffboardingOutcome::waiting);
  EXPECT_EQ(times.released, 3U);
  EXPECT_EQ(times.kept, 1U);
  EXPECT_EQ(times.waiting, 1U);
  EXPECT_EQ(times.days_sum, 12U);
  EXPECT_EQ(times.mean_days, 4U);
  EXPECT_EQ(times.median_days, 3U);
  EXPECT_EQ(times.longest_days, 8U);
}

TEST(OffboardingTimes, EndWithReactivation) {
  RULE("C47");
  Month desk;
  desk.day(1);
  const auto license = desk.license("Vector", 9);
  const auto other = desk.license("Other", 9);
  const auto ada = desk.person("Ada");
  const auto seat = desk.seat(license, ada);
  const auto reviewed = desk.seat(other, ada);
  desk.day(2);
  ASSERT_TRUE(desk.admin.archive_person({.person = ada}));
  ASSERT_TRUE(desk.admin.mark_reviewed({.assignment = reviewed}));
  desk.day(3);
  ASSERT_TRUE(desk.admin.reactivate_person({.person = ada}));
  ASSERT_TRUE(desk.admin.revoke({.assignment = reviewed}));
  auto times = desk.admin.offboarding_times().value();
  EXPECT_EQ(times.reactivated, 2U) << "includes the one whose flag was cleared before";
  EXPECT_EQ(times.released, 0U);
  EXPECT_FALSE(times.mean_days || times.median_days || times.longest_days);
  desk.day(5);
  ASSERT_TRUE(desk.admin.archive_person({.person = ada}));
  desk.day(6);
  ASSERT_TRUE(desk.admin.revoke({.assignment = seat}));
  times = desk.admin.offboarding_times({.since = Month::on(3)}).value();
  EXPECT_EQ(times.released, 1U);
  EXPECT_EQ(times.days_sum, 1U);
  EXPECT_EQ(desk.admin.offboarding_times({.until = Month::on(3)})->released, 0U);
  EXPECT_EQ(desk.admin.offboarding_times({.license = other})->rows.size(), 1U);

  times = desk.admin.offboarding_times({.limit = 1}).value();
  EXPECT_TRUE(times.more);
  times = desk.admin.offboarding_times({.after = times.rows[0].flagged}).value();
  EXPECT_EQ(times.rows.size(), 2U);
  EXPECT_FALSE(times.more);
  EXPECT_EQ(times.reactivated, 2U) << "the figures cover all pages";
}

}  // namespace
}  // namespace seatbook

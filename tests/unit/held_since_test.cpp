// Since when a person has held a seat, if not since it was recorded (C62).
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "seatbook/describe.hpp"
#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"

namespace seatbook {
namespace {

using testing::code_of;
using testing::Desk;
using testing::expect_refused;
using testing::instant;
using testing::second_us;

constexpr std::int64_t day_us = 24 * 60 * testing::minute_us;

/// A license that renews this month, and two people.
struct Office : Desk {
  explicit Office(std::shared_ptr<Storage> storage = nullptr)
      : Desk(std::move(storage)),
        license(Desk::license("Vector", 9)),
        ada(person("Ada", "ada@example.com")),
        bo(person("Bo", "bo@example.com")),
        long_ago(instant("2020-05-01T00:00:00Z")) {
    admin.update_license({.license = license, .renewal_date = Date::parse("2026-03-31").value()})
        .value();
  }
  AssignmentId seat(PersonId person, Timestamp held_since) {
    return admin.assign({.license = license, .person = person, .held_since = held_since})
        ->assignment;
  }
  [[nodiscard]] Assignment record(AssignmentId seat) const {
    return admin.get_assignment(seat).value();
  }

  LicenseId license;
  PersonId ada;
  PersonId bo;
  Timestamp long_ago;
};

TEST(HeldSince, IsAMemberOfTheAssignment) {
  RULE("C62");
  const auto storage = memory_storage();
  Office desk(storage);
  const auto first = desk.seat(desk.ada, desk.long_ago);
  const auto second = desk.Desk::seat(desk.license, desk.bo);
  EXPECT_EQ(desk.record(first).held_since, desk.long_ago);
  EXPECT_EQ(desk.record(first).since(), desk.long_ago);
  EXPECT_EQ(desk.record(first).assigned_at, desk.clock->now());
  EXPECT_FALSE(desk.record(second).held_since.has_value());
  EXPECT_EQ(desk.record(second).since(), desk.clock->now());
  EXPECT_EQ(desk.findings(), std::vector<std::string>{});
  Desk reopened(storage);
  EXPECT_EQ(reopened.dump(), desk.dump());
  EXPECT_EQ(reopened.admin.get_assignment(first)->held_since, desk.long_ago);
}

TEST(HeldSince, IsGivenToEachSeatOfABulkCall) {
  RULE("C62");
  Office desk;
  const auto other = desk.Desk::license("Raster", 9);
  const auto many = desk.admin.assign_many(
      {.license = desk.license, .people = {desk.ada, desk.bo}, .held_since = desk.long_ago});
  const auto bulk = desk.admin.bulk_assign(
      {.person = desk.ada, .licenses = {other}, .held_since = desk.long_ago});
  for (const auto* outcomes : {&many->outcomes, &bulk->outcomes}) {
    for (const Outcome& outcome : *outcomes) {
      EXPECT_EQ(desk.record(*outcome.assignment).held_since, desk.long_ago);
    }
  }
}

TEST(HeldSince, IsNotInTheFuture) {
  RULE("C62");
  Office desk;
  const auto held = desk.seat(desk.bo, desk.clock->now());
  EXPECT_EQ(desk.record(held).held_since, desk.clock->now());
  struct Row {
    Timestamp held_since;
    Code code;
  };
  for (const Row& row :
       {Row{{desk.clock->now().us + 1}, Code::date_out_of_range},
        Row{{-1}, Code::date_out_of_range}, Row{{max_timestamp.us + 1}, Code::date_out_of_range},
        Row{Timestamp::unreadable(), Code::invalid_date}}) {
    SCOPED_TRACE(row.held_since.us);
    expect_refused(desk, row.code, "held_since", [&] {
      return desk.admin.assign(
          {.license = desk.license, .person = desk.ada, .held_since = row.held_since});
    });
    expect_refused(desk, row.code, "held_since", [&] {
      return desk.admin.assign_many(
          {.license = desk.license, .people = {desk.ada}, .held_since = row.held_since});
    });
    expect_refused(desk, row.code, "held_since", [&] {
      return desk.admin.bulk_assign(
          {.person = desk.ada, .licenses = {desk.license}, .held_since = row.held_since});
    });
    expect_refused(desk, row.code, "held_since", [&] {
      return desk.admin.edit_seat({.assignment = held, .held_since = row.held_since});
    });
  }
  // The time of the batch counts, not the clock's (C52).
  const Timestamp last = desk.clock->now();
  desk.clock->advance_us(-testing::minute_us);
  EXPECT_TRUE(desk.admin.edit_seat({.assignment = held, .held_since = last}));
}

TEST(HeldSince, IsCheckedAfterTheOtherFieldsAndBeforeTheState) {
  RULE("C44", "C62");
  Office desk;
  const Timestamp future{desk.clock->now().us + 1};
  const auto held = desk.Desk::seat(desk.license, desk.ada);
  expect_refused(desk, Code::money_out_of_range, "cost_override", [&] {
    return desk.admin.assign({.license = desk.license,
                              .person = desk.ada,
                              .cost_override = Money{-1},
                              .held_since = future});
  });
  expect_refused(desk, Code::date_out_of_range, "held_since", [&] {
    return desk.admin.assign({.license = desk.license, .person = desk.ada, .held_since = future});
  });
  expect_refused(desk, Code::date_out_of_range, "held_since", [&] {
    return desk.admin.assign_many(
        {.license = desk.license, .people = {PersonId(99)}, .held_since = future});
  });
  expect_refused(desk, Code::license_not_found, "licenses", [&] {
    return desk.admin.bulk_assign(
        {.person = desk.ada, .licenses = {LicenseId(99)}, .held_since = future});
  });
  expect_refused(desk, Code::date_out_of_range, "held_since", [&] {
    return desk.admin.edit_seat(
        {.assignment = held, .expected_revision = Revision(7), .held_since = future});
  });
}

TEST(HeldSince, CanBeSetAndClearedLater) {
  RULE("C57", "C62");
  Office desk;
  const auto seat = desk.Desk::seat(desk.license, desk.ada);
  desk.clock->advance_us(day_us);
  const Timestamp later = desk.clock->now();  // after assigned_at
  for (const Timestamp since : {desk.long_ago, later}) {
    const auto set = desk.admin.edit_seat({.assignment = seat, .held_since = since});
    EXPECT_EQ(set->revision, desk.record(seat).revision);
    EXPECT_EQ(desk.record(seat).since(), since);
  }
  const auto again = desk.admin.edit_seat({.assignment = seat, .held_since = later});
  EXPECT_EQ(again->revision, Revision(3)) << "nothing changed";
  ASSERT_TRUE(desk.admin.edit_seat({.assignment = seat, .account = "ada"}));
  EXPECT_EQ(desk.record(seat).held_since, later);
  ASSERT_TRUE(desk.admin.edit_seat({.assignment = seat, .account = clear, .held_since = clear}));
  EXPECT_FALSE(desk.record(seat).held_since.has_value());
  EXPECT_EQ(desk.record(seat).since(), desk.record(seat).assigned_at);
  EXPECT_EQ(desk.findings(), std::vector<std::string>{});
}

TEST(HeldSince, DoesNotMoveWithATransfer) {
  RULE("C55", "C62");
  Office desk;
  const auto seat = desk.seat(desk.ada, desk.long_ago);
  const auto moved = desk.admin.transfer({.assignment = seat, .person = desk.bo})->assignment;
  EXPECT_FALSE(desk.record(moved).held_since.has_value());
  EXPECT_EQ(desk.record(seat).held_since, desk.long_ago) << "the revoked seat keeps it";
}

TEST(HeldSince, IsShownInEveryRowButOrdersNone) {
  RULE("A21", "C62");
  Office desk;
  const auto first = desk.Desk::seat(desk.license, desk.ada);
  desk.clock->advance_us(second_us);
  desk.seat(desk.bo, desk.long_ago);
  const Timestamp assigned = desk.record(first).assigned_at;

  const auto table = desk.admin.license_seats(desk.license).value();
  ASSERT_EQ(table.size(), 2U);
  EXPECT_EQ(table[0].since, assigned);
  EXPECT_EQ(table[1].since, desk.long_ago);
  EXPECT_EQ(table[1].assigned_at, desk.clock->now());
  EXPECT_EQ(desk.admin.my_software(desk.ada)->at(0).since, assigned);
  EXPECT_EQ(desk.admin.my_software(desk.bo)->at(0).since, desk.long_ago);

  SeatListQuery list{.license = desk.license, .limit = 1};
  const auto page = desk.admin.seat_list(list).value();
  EXPECT_EQ(page.rows[0].assignment, first) << "in the order of assigned_at";
  EXPECT_EQ(page.rows[0].since, assigned);
  list.after = page.next;
  EXPECT_EQ(desk.admin.seat_list(list)->rows[0].since, desk.long_ago);

  const auto roster = desk.admin.roster({.license = desk.license})->rows;
  EXPECT_EQ(roster[0].since, assigned);
  EXPECT_EQ(roster[1].since, desk.long_ago);
  EXPECT_EQ(roster[1].assigned_at, desk.clock->now());
  std::string file;
  ASSERT_TRUE(desk.admin.export_roster({.license = desk.license}, append_to(file)));
  EXPECT_EQ(file.find("2020"), std::string::npos) << "exports show assigned_at: " << file;

  const auto reclaim = desk.admin.reclaim_candidates({.license = desk.license})->rows;
  EXPECT_EQ(reclaim[1].since, desk.long_ago);
  ASSERT_TRUE(desk.admin.archive_person({.person = desk.bo}));
  EXPECT_EQ(desk.admin.needs_review(desk.license)->at(0).since, desk.long_ago);
}

TEST(HeldSince, IsTheStartOfTheGracePeriod) {
  RULE("C9", "C62");
  Office desk;
  const auto today = desk.Desk::seat(desk.license, desk.ada);
  const auto migrated = desk.seat(desk.bo, {desk.clock->now().us - 7 * day_us});
  const SeatListQuery inactive{
      .license = desk.license, .inactive_only = true, .new_seat_grace_days = 7};
  const auto listed = [&] {
    std::vector<AssignmentId> seats;
    const SeatListPage page = desk.admin.seat_list(inactive).value();
    for (const SeatListRow& row : page.rows) seats.push_back(row.assignment);
    return seats;
  };
  EXPECT_EQ(listed(), std::vector{migrated});
  EXPECT_EQ(desk.admin.seat_figures({.license = desk.license, .new_seat_grace_days = 7})->inactive,
            1U);
  EXPECT_EQ(desk.admin.reclaim_candidates({.license = desk.license, .new_seat_grace_days = 7})
                ->candidates,
            1U);
  const auto renewals = desk.admin.renewals_due(
      {.until = Date::parse("2026-03-31").value(), .new_seat_grace_days = 7});
  EXPECT_EQ(renewals->at(0).right_sized_seats, 1U);
  // One microsecond later, the seat is within its grace period again.
  ASSERT_TRUE(desk.admin.edit_seat(
      {.assignment = migrated, .held_since = Timestamp{desk.clock->now().us - 7 * day_us + 1}}));
  EXPECT_EQ(listed(), std::vector<AssignmentId>());
  ASSERT_TRUE(desk.admin.edit_seat({.assignment = today, .held_since = desk.long_ago}));
  EXPECT_EQ(listed(), std::vector{today});
}

TEST(HeldSince, LimitsTheLastUse) {
  RULE("C54", "C62");
  Office desk;
  const auto seat = desk.seat(desk.ada, desk.long_ago);
  const auto use = [&](Timestamp at) {
    return code_of(desk.admin.record_use({.assignment = seat, .used_at = at}));
  };
  EXPECT_EQ(use({desk.long_ago.us - 1}), Code::used_before_assigned);
  EXPECT_EQ(use(desk.long_ago), Code::ok);
  EXPECT_EQ(use({desk.clock->now().us - day_us}), Code::ok) << "before assigned_at";
  const auto uses = desk.admin.record_uses(
      {.uses = {{.assignment = seat, .used_at = {desk.long_ago.us - 1}},
                {.license = desk.license, .email = "ada@example.com", .used_at = desk.long_ago}}});
  EXPECT_EQ(uses->outcomes.at(0).code, Code::used_before_assigned);
  EXPECT_EQ(uses->outcomes.at(1).code, Code::ok);
  // A later start also limits it.
  desk.clock->advance_us(day_us);
  ASSERT_TRUE(desk.admin.edit_seat({.assignment = seat, .held_since = desk.clock->now()}));
  EXPECT_EQ(use({desk.clock->now().us - 1}), Code::used_before_assigned);
}

TEST(HeldSince, DoesNotChangeThePast) {
  RULE("C52", "C62");
  Office desk;
  desk.seat(desk.ada, desk.long_ago);
  const Timestamp assigned = desk.clock->now();
  EXPECT_TRUE(desk.admin.holders_at(desk.license, {assigned.us - 1})->empty());
  EXPECT_EQ(desk.admin.holders_at(desk.license, assigned)->at(0).assigned_at, assigned);
  const auto peak = desk.admin.peak_usage({.license = desk.license, .until = assigned});
  EXPECT_EQ(peak->used, 0U);
}

// ----------------------------------------------------------------------------------- roster import

TEST(HeldSinceInRosters, IsADayOrAnInstant) {
  RULE("C62");
  struct Row {
    const char* cell;
    std::int32_t offset;
    const char* since;
  };
  for (const Row& row : {Row{"2025-03-01", 0, "2025-03-01T00:00:00Z"},
                         Row{" 2025-03-01 ", 120, "2025-02-28T22:00:00Z"},
                         Row{"2025-03-01", -330, "2025-03-01T05:30:00Z"},
                         Row{"2025-03-01", 1440, "2025-02-28T00:00:00Z"},
                         Row{"2025-03-01T10:00:00+02:00", 60, "2025-03-01T08:00:00Z"},
                         Row{"2026-03-01T12:00:00Z", 0, "2026-03-01T12:00:00Z"},
                         Row{"2026-03-01", 0, "2026-03-01T00:00:00Z"}}) {
    SCOPED_TRACE(row.cell);
    Office desk;
    const std::string csv = std::string(" heldsince ,Email\n") + row.cell + ",ada@example.com\n";
    const auto report = desk.admin.import_roster(
        {.license = desk.license, .csv = csv, .utc_offset_minutes = row.offset});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->added, 1U);
    EXPECT_TRUE(report->ignored_columns.empty());
    const auto seat = desk.admin.find_seat(desk.license, desk.ada).value();
    EXPECT_EQ(desk.record(*seat).held_since, instant(row.since));
  }
  Office desk;
  ASSERT_TRUE(desk.admin.import_roster(
      {.license = desk.license, .csv = "Email,HeldSince\nada@example.com,\nbo@example.com, \n"}));
  for (const PersonId person : {desk.ada, desk.bo}) {
    const auto seat = desk.admin.find_seat(desk.license, person).value();
    EXPECT_FALSE(desk.record(*seat).held_since.has_value());
  }
}

TEST(HeldSinceInRosters, MakesARowInvalid) {
  RULE("C29", "C62");
  struct Row {
    const char* cell;
    std::int32_t offset;
    Code code;
  };
  for (const Row& row :
       {Row{"yesterday", 0, Code::invalid_date}, Row{"1.3.2025", 0, Code::invalid_date},
        Row{"2025-02-30", 0, Code::invalid_date}, Row{"2025-03-01T10:00:00", 0, Code::invalid_date},
        Row{"1969-12-31", 0, Code::date_out_of_range},
        Row{"1970-01-01", 1, Code::date_out_of_range},
        Row{"2200-12-31", -1440, Code::date_out_of_range},
        Row{"2201-01-01", 0, Code::date_out_of_range},
        Row{"2026-03-02", 0, Code::date_out_of_range},
        Row{"2026-03-01T12:00:00.000001Z", 0, Code::date_out_of_range}}) {
    SCOPED_TRACE(row.cell);
    Office desk;
    const std::string csv = std::string("Email,HeldSince\nada@example.com,") + row.cell + "\n";
    const auto report = desk.admin.import_roster(
        {.license = desk.license, .csv = csv, .utc_offset_minutes = row.offset});
    ASSERT_TRUE(report);
    ASSERT_EQ(report->invalid, 1U);
    EXPECT_EQ(report->not_added[0].code, row.code);
    EXPECT_EQ(report->not_added[0].column, 2U);
    EXPECT_EQ(report->not_added[0].held_since, row.cell);
    EXPECT_NE(report->not_added[0].reason(), to_string(row.code)) << "it has a text";
  }
  // A removed row is not read.
  Office desk;
  const auto removed = desk.admin.import_roster(
      {.license = desk.license,
       .csv = "Email,Date Removed,HeldSince\nada@example.com,2026-01-01,x\n"});
  EXPECT_EQ(removed->removed_rows, 1U);
}

TEST(HeldSinceInRosters, DiffersFromThatOfTheSeat) {
  RULE("C28", "C37", "C62");
  Office desk;
  desk.seat(desk.ada, desk.long_ago);
  const auto report = desk.admin
                          .import_roster({.license = desk.license,
                                          .csv = "Email,HeldSince\n"
                                                 "ada@example.com,2020-05-01\n"  // as recorded
                                                 "ada@example.com,\n"
                                                 "ada@example.com,2020-05-02\n"
                                                 "bo@example.com,2021-01-01\n"
                                                 "bo@example.com,2021-01-01\n"
                                                 "bo@example.com,2021-01-02\n"})
                          .value();
  EXPECT_EQ(report.added, 1U);
  std::vector<bool> differs;
  for (const RosterFileRow& row : report.not_added) {
    differs.push_back(row.differs);
    EXPECT_EQ(row.column.has_value(), row.differs);
  }
  EXPECT_EQ(differs, (std::vector<bool>{false, false, true, false, true}));
}

TEST(HeldSinceInRosters, DoesNotDifferFromTheDateThatListsShow) {
  RULE("C28", "C37", "C62");
  Office desk;
  const auto seat = desk.Desk::seat(desk.license, desk.ada);
  const std::string shown = desk.admin.get_assignment(seat)->since().to_string();
  const auto report =
      desk.admin
          .import_roster(
              {.license = desk.license, .csv = "Email,HeldSince\nada@example.com," + shown + "\n"})
          .value();
  EXPECT_EQ(report.already_linked, 1U);
  EXPECT_FALSE(report.not_added.at(0).differs);
}

TEST(HeldSinceInRosters, IsAColumnOfTheReportIfARowHasIt) {
  RULE("C62");
  Office desk;
  const auto report = [&](const char* csv) {
    return desk.admin.import_roster({.license = desk.license, .csv = csv}).value();
  };
  const std::string without = to_csv(report("Email,HeldSince\nx@example.com,\n"));
  EXPECT_EQ(without.find("HeldSince"), std::string::npos) << without;
  std::string with = to_csv(report("Email,HeldSince\nx@example.com,\nada@example.com,=soon\n"));
  EXPECT_NE(with.find(",Date Removed,HeldSince\r\n"), std::string::npos) << with;
  EXPECT_NE(with.find(",'=soon\r\n"), std::string::npos) << with;
  // After the rows are fixed, the file can be imported again.
  with.replace(with.find("'=soon"), 6, "2025-03-01");
  EXPECT_EQ(report(with.c_str()).added, 1U);
  const auto seat = desk.admin.find_seat(desk.license, desk.ada).value();
  EXPECT_EQ(desk.record(*seat).held_since, instant("2025-03-01T00:00:00Z"));
}

TEST(HeldSinceInRosters, NeedsAnOffsetWithinADay) {
  Office desk;
  for (const std::int32_t offset : {-1441, 1441}) {
    expect_refused(desk, Code::invalid_argument, "utc_offset_minutes", [&] {
      return desk.admin.import_roster(
          {.license = desk.license, .csv = "Email\n", .utc_offset_minutes = offset});
    });
  }
  EXPECT_TRUE(desk.admin.import_roster(
      {.license = desk.license, .csv = "Email\n", .utc_offset_minutes = -1440}));
}

}  // namespace
}  // namespace seatbook

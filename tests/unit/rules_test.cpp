// Tests of the rules: a small book, a command, and the expected code or effects.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"

namespace seatbook {
namespace {

using testing::Desk;
using testing::expect_refused;

std::string repeated(const char* text, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

std::vector<HistoryKind> kinds(const std::vector<HistoryEntry>& entries) {
  std::vector<HistoryKind> result;
  for (const auto& entry : entries) result.push_back(entry.row.kind);
  return result;
}

// --------------------------------------------------------------------------------------- people

TEST(PeopleRules, InvalidFieldsAreNamedAndChangeNothing) {
  struct Row {
    const char* what;
    AddPerson command;
    Code code;
    const char* field;
  };
  const Row rows[] = {
      {"no name", {.email = "a@b"}, Code::required, "name"},
      {"white name", {.name = " \t\u00a0"}, Code::required, "name"},
      {"long name", {.name = repeated("n", 256)}, Code::text_too_long, "name"},
      {"long name in emoji", {.name = repeated("😀", 256)}, Code::text_too_long, "name"},
      {"long email",
       {.name = "A", .email = repeated("e", 250) + "@b.cd"},
       Code::text_too_long,
       "email"},
      {"no email", {.name = "A", .email = "no-at-sign"}, Code::invalid_email, "email"},
      {"white email", {.name = "A", .email = "  "}, Code::invalid_email, "email"},
      {"long host key",
       {.name = "A", .host_key = repeated("k", 192)},
       Code::text_too_long,
       "host_key"},
      {"broken name", {.name = "\xff"}, Code::invalid_text, "name"},
      {"NUL in email",
       {.name = "A", .email = std::string("a\0@b", 4)},
       Code::invalid_text,
       "email"},
      {"huge name", {.name = repeated("n", max_text_bytes + 1)}, Code::invalid_argument, "name"},
      {"name before email", {.email = "no-at-sign"}, Code::required, "name"},
  };
  Desk desk;
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    expect_refused(desk, row.code, row.field, [&] { return desk.admin.add_person(row.command); });
  }
}

TEST(PeopleRules, AcceptTextsAtTheLimit) {
  RULE("C51");
  Desk desk;
  EXPECT_TRUE(desk.admin.add_person({.name = repeated("😀", 255),
                                     .email = repeated("é", 252) + "@b",
                                     .host_key = repeated("€", 191)}));
  EXPECT_TRUE(desk.findings().empty());
}

TEST(PeopleRules, EmailsAreUniqueByKey) {
  RULE("C17");
  Desk desk;
  const auto ada = desk.person("Ada", "Ada@Example.com");
  for (const char* same : {"Ada@Example.com", "ADA@EXAMPLE.COM", "  ada@example.com "}) {
    expect_refused(desk, Code::email_taken, "email", [&] {
      auto result = desk.admin.add_person({.name = "Eve", .email = same});
      EXPECT_EQ(result.error().values, std::vector<std::uint64_t>{ada.value});
      return result;
    });
  }
  EXPECT_EQ(desk.admin.get_person(ada)->email, "Ada@Example.com") << "stored unchanged";
  ASSERT_TRUE(desk.admin.archive_person({.person = ada}));
  expect_refused(desk, Code::email_taken, "email", [&] {
    return desk.admin.add_person({.name = "Eve", .email = "ada@example.com"});
  });
  EXPECT_EQ(desk.admin.find_person({.email = " ADA@example.com"}).value(), ada);
  // Several people can have no email.
  desk.person("No Email");
  desk.person("No Email");
}

TEST(PeopleRules, AnUpdateKeepsClearsAndSetsFields) {
  RULE("C18");
  Desk desk;
  const auto ada =
      desk.admin.add_person({.name = "Ada", .email = "ada@example.com", .host_key = "h1"})->person;
  const auto renamed = desk.admin.update_person({.person = ada, .name = "Ada L."});
  EXPECT_EQ(renamed->revision, Revision(2));
  const auto cleared = desk.admin.update_person({.person = ada, .email = clear, .host_key = clear});
  EXPECT_EQ(cleared->revision, Revision(3));
  const Person person = desk.admin.get_person(ada).value();
  EXPECT_EQ(person.name, "Ada L.");
  EXPECT_EQ(person.email, "");
  EXPECT_EQ(person.host_key, "");
  desk.person("Eve", "ada@example.com");  // can be reused
  expect_refused(desk, Code::required, "name",
                 [&] { return desk.admin.update_person({.person = ada, .name = clear}); });
  expect_refused(desk, Code::email_taken, "email", [&] {
    return desk.admin.update_person({.person = ada, .email = "ADA@example.com"});
  });

  const auto history = desk.admin.history({.person = ada}).value();
  ASSERT_EQ(kinds(history), (std::vector{HistoryKind::person_added, HistoryKind::person_updated,
                                         HistoryKind::person_updated}));
  EXPECT_EQ(history[1].texts.name_before, "Ada");
  EXPECT_EQ(history[1].texts.name_after, "Ada L.");
  EXPECT_EQ(history[1].texts.email_before, "");
  EXPECT_EQ(history[2].texts.email_before, "ada@example.com");
  EXPECT_EQ(history[2].texts.email_after, "");
}

TEST(PeopleRules, AnUpdateWithoutAChangeWritesNoBatch) {
  Desk desk;
  const auto ada = desk.person("Ada", "ada@example.com");
  const Version version = desk.book.version();
  const auto same = desk.admin.update_person({.person = ada, .name = "Ada"});
  EXPECT_EQ(same->version, version);
  EXPECT_EQ(same->revision, Revision(1));
  EXPECT_EQ(desk.book.version(), version);
}

TEST(PeopleRules, ArchivingFlagsAndKeepsEverySeat) {
  RULE("B28", "C10", "C47");
  Desk desk;
  const auto ada = desk.person("Ada");
  const auto vector = desk.license("Vector", 5);
  const auto mail = desk.license("Mail", 5);
  const auto first = desk.seat(vector, ada);
  const auto second = desk.seat(mail, ada);
  const auto revoked = desk.seat(desk.license("Gone", 1), ada);
  ASSERT_TRUE(desk.admin.revoke({.assignment = revoked}));

  const auto archived = desk.admin.archive_person({.person = ada});
  EXPECT_EQ(archived->flags_changed, 2U);
  EXPECT_TRUE(desk.admin.get_assignment(first)->needs_review);
  EXPECT_TRUE(desk.admin.get_assignment(second)->needs_review);
  EXPECT_FALSE(desk.admin.get_assignment(revoked)->needs_review);
  EXPECT_EQ(desk.admin.get_assignment(first)->revision, Revision(1))
      << "a flag does not change the revision";
  EXPECT_EQ(desk.admin.usage(vector)->used, 1U);
  const auto rows = desk.admin.license_seats(vector).value();
  EXPECT_TRUE(rows.at(0).archived && rows.at(0).needs_review);

  const Version version = desk.book.version();
  EXPECT_EQ(desk.admin.archive_person({.person = ada})->version, version)
      << "archiving twice is a no-op";

  const auto back = desk.admin.reactivate_person({.person = ada});
  EXPECT_EQ(back->flags_changed, 2U);
  EXPECT_FALSE(desk.admin.get_assignment(first)->needs_review);
  EXPECT_EQ(kinds(desk.admin.history({.license = vector, .person = ada}).value()),
            (std::vector{HistoryKind::assigned, HistoryKind::flagged, HistoryKind::flag_cleared}));
  EXPECT_TRUE(desk.findings().empty());
}

TEST(PeopleRules, AnArchivedPersonCannotBeAssignedASeat) {
  RULE("A7");
  Desk desk;
  const auto ada = desk.person("Ada");
  const auto license = desk.license("Vector", 1);
  ASSERT_TRUE(desk.admin.archive_person({.person = ada}));
  expect_refused(desk, Code::person_archived, "person",
                 [&] { return desk.admin.assign({.license = license, .person = ada}); });
  ASSERT_TRUE(desk.admin.reactivate_person({.person = ada}));
  EXPECT_TRUE(desk.admin.assign({.license = license, .person = ada}));
}

// ------------------------------------------------------------------------------------- licenses

TEST(LicenseRules, InvalidFieldsAreNamedAndChangeNothing) {
  Desk desk;
  const auto olga = desk.person("Olga");
  const auto gone = desk.person("Gone");
  ASSERT_TRUE(desk.admin.archive_person({.person = gone}));
  struct Row {
    const char* what;
    AddLicense command;
    Code code;
    const char* field;
  };
  const Row rows[] = {
      {"no name", {.owner = olga}, Code::required, "name"},
      {"long name", {.name = repeated("😀", 256), .owner = olga}, Code::text_too_long, "name"},
      {"long vendor",
       {.name = "L", .vendor = repeated("v", 256), .owner = olga},
       Code::text_too_long,
       "vendor"},
      {"long group",
       {.name = "L", .product_group = repeated("g", 256), .owner = olga},
       Code::text_too_long,
       "product_group"},
      {"long host key",
       {.name = "L", .host_key = repeated("k", 192), .owner = olga},
       Code::text_too_long,
       "host_key"},
      {"negative total",
       {.name = "L", .total_seats = -1, .owner = olga},
       Code::total_out_of_range,
       "total_seats"},
      {"large total",
       {.name = "L", .total_seats = 1'000'000'001, .owner = olga},
       Code::total_out_of_range,
       "total_seats"},
      {"no owner", {.name = "L"}, Code::owner_required, "owner"},
      {"unknown owner", {.name = "L", .owner = PersonId(99)}, Code::person_not_found, "owner"},
      {"owner zero", {.name = "L", .owner = PersonId()}, Code::person_not_found, "owner"},
      {"archived owner", {.name = "L", .owner = gone}, Code::person_archived, "owner"},
      {"archived backup",
       {.name = "L", .owner = olga, .backup_owner = gone},
       Code::person_archived,
       "backup_owner"},
      {"backup is owner",
       {.name = "L", .owner = olga, .backup_owner = olga},
       Code::backup_is_owner,
       "backup_owner"},
      {"negative cost",
       {.name = "L", .owner = olga, .cost_per_seat = Money{-1}, .currency = "EUR"},
       Code::money_out_of_range,
       "cost_per_seat"},
      {"large cost",
       {.name = "L",
        .owner = olga,
        .cost_per_seat = Money{max_money.ten_thousandths + 1},
        .currency = "EUR"},
       Code::money_out_of_range,
       "cost_per_seat"},
      {"cost without currency",
       {.name = "L", .owner = olga, .cost_per_seat = Money{1}},
       Code::required,
       "currency"},
      {"small currency",
       {.name = "L", .owner = olga, .currency = "eur"},
       Code::invalid_currency,
       "currency"},
      {"long currency",
       {.name = "L", .owner = olga, .currency = "EURO"},
       Code::invalid_currency,
       "currency"},
      {"renewal before 1970",
       {.name = "L", .owner = olga, .renewal_date = Date{-1}},
       Code::date_out_of_range,
       "renewal_date"},
      {"renewal after 2200",
       {.name = "L", .owner = olga, .renewal_date = Date{84'371}},
       Code::date_out_of_range,
       "renewal_date"},
      {"unknown policy",
       {.name = "L", .policy = static_cast<CapacityPolicy>(7), .owner = olga},
       Code::invalid_argument,
       "policy"},
      {"unknown period",
       {.name = "L", .owner = olga, .billing_period = static_cast<BillingPeriod>(7)},
       Code::invalid_argument,
       "billing_period"},
      {"broken vendor",
       {.name = "L", .vendor = "\xc3", .owner = olga},
       Code::invalid_text,
       "vendor"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    expect_refused(desk, row.code, row.field, [&] { return desk.admin.add_license(row.command); });
  }
}

TEST(LicenseRules, TheDefaultOwnerIsTheActor) {
  RULE("B8", "C23");
  Desk desk;
  const auto ada = desk.person("Ada");
  Session as_ada = desk.book.session({.person = ada, .role = Role::admin});
  const auto license = as_ada.add_license({.name = "Vector"})->license;
  const License record = desk.admin.get_license(license).value();
  EXPECT_EQ(record.owner, ada);
  EXPECT_EQ(record.total_seats, SeatTotal(1)) << "A's default (C14)";
  EXPECT_EQ(record.policy, CapacityPolicy::enforce);
  EXPECT_EQ(record.billing_period, BillingPeriod::month);
}

TEST(LicenseRules, TheTotalCannotBeSetBelowTheSeatsInUse) {
  RULE("A8", "C12", "C14");
  Desk desk;
  const auto license = desk.license("Vector", 2);
  const auto over = desk.license("Over", 1, CapacityPolicy::allow_over);
  for (const auto& who : {desk.person("Ada"), desk.person("Bo")}) {
    desk.seat(license, who);
    desk.seat(over, who);
  }
  const auto set = [&](LicenseId id, SeatTotal total) {
    return desk.admin.set_total_seats({.license = id, .total_seats = total});
  };
  expect_refused(desk, Code::total_below_used, "total_seats", [&] {
    auto result = set(license, 1);
    EXPECT_EQ(result.error().values, (std::vector<std::uint64_t>{2, 1}));
    return result;
  });
  expect_refused(desk, Code::total_out_of_range, "total_seats", [&] { return set(license, -5); });
  expect_refused(desk, Code::license_not_found, "license", [&] { return set(LicenseId(77), 5); });
  EXPECT_TRUE(set(license, SeatTotal::unlimited()));
  EXPECT_EQ(testing::code_of(set(license, 0)), Code::total_below_used) << "from unlimited too";
  EXPECT_TRUE(set(license, 2));
  EXPECT_TRUE(set(over, 0)) << "allow_over permits any total";
  EXPECT_EQ(desk.admin.usage(over)->over_by(), 2U);
  const Version version = desk.book.version();
  EXPECT_EQ(set(over, 0)->version, version);
  EXPECT_TRUE(desk.findings().empty());
}

// ---------------------------------------------------------------------------------------- seats

TEST(SeatRules, CountsEveryAssignmentAndRevocation) {
  RULE("A1", "A2", "A9", "A14", "A16", "A17", "A19", "A38", "A39");
  Desk desk;
  const auto license = desk.license("Vector", 50);
  std::vector<AssignmentId> seats;
  for (int i = 0; i < 12; ++i) {
    seats.push_back(desk.seat(license, desk.person("P" + std::to_string(i))));
  }
  EXPECT_EQ(desk.admin.usage(license)->text(), "12/50");
  EXPECT_EQ(desk.admin.usage(license)->available_text(), "38 of 50 available");
  const auto ada = desk.person("Ada");
  const auto seat = desk.seat(license, ada);
  EXPECT_EQ(desk.admin.usage(license)->text(), "13/50");
  EXPECT_EQ(desk.admin.find_seat(license, ada).value(), seat);
  ASSERT_TRUE(desk.admin.revoke({.assignment = seat, .reason = "left the team"}));
  EXPECT_EQ(desk.admin.usage(license)->text(), "12/50");
  EXPECT_FALSE(desk.admin.find_seat(license, ada)->has_value());

  const Assignment record = desk.admin.get_assignment(seat).value();
  EXPECT_TRUE(record.revoked_at.has_value());
  EXPECT_EQ(record.revoke_reason, "left the team");
  const auto history = desk.admin.history({.person = ada, .newest_first = true}).value();
  ASSERT_EQ(kinds(history),
            (std::vector{HistoryKind::revoked, HistoryKind::assigned, HistoryKind::person_added}));
  EXPECT_EQ(history[0].texts.reason, "left the team");
  EXPECT_EQ(history[0].actor.actor, "root");
}

TEST(SeatRules, AFullLicenseAcceptsASeatAfterARevocation) {
  RULE("A3", "A16", "A43");
  Desk desk;
  const auto license = desk.license("Vector", 1);
  const auto ada = desk.person("Ada");
  const auto bo = desk.person("Bo");
  const auto seat = desk.seat(license, ada);
  EXPECT_FALSE(desk.admin.usage(license)->can_assign());
  expect_refused(desk, Code::no_seats_remaining, "license", [&] {
    auto result = desk.admin.assign({.license = license, .person = bo});
    EXPECT_EQ(result.error().message, "No seats remaining on this license.");
    return result;
  });
  ASSERT_TRUE(desk.admin.revoke({.assignment = seat}));
  EXPECT_TRUE(desk.admin.usage(license)->can_assign());
  EXPECT_TRUE(desk.admin.assign({.license = license, .person = bo}));
  ASSERT_TRUE(desk.admin.set_total_seats({.license = license, .total_seats = 2}));
  EXPECT_TRUE(desk.admin.assign({.license = license, .person = ada}));
}

TEST(SeatRules, ReportsASecondSeatBeforeAFullLicense) {
  RULE("A44", "C16", "C44");
  Desk desk;
  const auto license = desk.license("Vector", 1);
  const auto ada = desk.person("Ada");
  const auto seat = desk.seat(license, ada);
  expect_refused(desk, Code::already_assigned, "person", [&] {
    auto result = desk.admin.assign({.license = license, .person = ada});
    EXPECT_EQ(result.error().message,
              "This user already has an active assignment for this license.");
    EXPECT_EQ(result.error().values, std::vector<std::uint64_t>{seat.value});
    return result;
  });
}

TEST(SeatRules, ARevocationIsFinal) {
  RULE("A45", "B25", "C4", "C19");
  Desk desk;
  const auto license = desk.license("Vector", 1);
  const auto ada = desk.person("Ada");
  const auto first = desk.seat(license, ada);
  desk.clock->advance_us(testing::minute_us);
  ASSERT_TRUE(desk.admin.revoke({.assignment = first, .reason = "done"}));
  EXPECT_EQ(desk.admin.get_actor(*desk.admin.get_assignment(first)->revoked_by)->actor, "root");
  EXPECT_EQ(desk.admin.get_assignment(first)->revoke_reason, "done");
  EXPECT_EQ(desk.admin.events_after({}).value().events.back().kind, EventKind::software_revoked);
  expect_refused(desk, Code::already_revoked, "assignment", [&] {
    auto result = desk.admin.revoke({.assignment = first});
    EXPECT_EQ(result.error().message, "Assignment already revoked.");
    return result;
  });
  desk.clock->advance_us(testing::minute_us);
  const auto second = desk.seat(license, ada);
  EXPECT_NE(first, second);
  EXPECT_EQ(desk.admin.get_assignment(first)->revoked_at, testing::instant("2026-03-01T12:01:00Z"));
  EXPECT_EQ(desk.admin.get_assignment(second)->assigned_at,
            testing::instant("2026-03-01T12:02:00Z"));
  expect_refused(desk, Code::assignment_not_found, "assignment",
                 [&] { return desk.admin.revoke({.assignment = AssignmentId(99)}); });
  expect_refused(desk, Code::assignment_not_found, "assignment",
                 [&] { return desk.admin.revoke({}); });
}

TEST(SeatRules, LimitsTheFieldsOfASeat) {
  RULE("A11", "A12", "A13", "C2", "C6");
  Desk desk;
  const auto license = desk.license("Vector", 9);
  const auto ada = desk.person("Ada");
  struct Row {
    const char* what;
    Assign command;
    Code code;
    const char* field;
  };
  const Row rows[] = {
      {"access level", {.access_level = repeated("😀", 65)}, Code::text_too_long, "access_level"},
      {"account", {.account = repeated("a", 192)}, Code::text_too_long, "account"},
      {"notes", {.notes = repeated("é", 1001)}, Code::text_too_long, "notes"},
      {"cost", {.cost_override = Money{-1}}, Code::money_out_of_range, "cost_override"},
      {"cost without currency", {.cost_override = Money{5}}, Code::required, "cost_override"},
      {"broken", {.notes = "\xff\xfe"}, Code::invalid_text, "notes"},
  };
  for (Row row : rows) {
    SCOPED_TRACE(row.what);
    row.command.license = license;
    row.command.person = ada;
    expect_refused(desk, row.code, row.field, [&] { return desk.admin.assign(row.command); });
  }
  const auto seat = desk.admin
                        .assign({.license = license,
                                 .person = ada,
                                 .access_level = repeated("😀", 64),
                                 .account = repeated("é", 191),
                                 .notes = repeated("n", 1000)})
                        ->assignment;
  const Assignment record = desk.admin.get_assignment(seat).value();
  EXPECT_EQ(record.access_level, repeated("😀", 64));
  EXPECT_EQ(record.account, repeated("é", 191));
  EXPECT_EQ(record.notes, repeated("n", 1000));
  expect_refused(desk, Code::text_too_long, "reason", [&] {
    return desk.admin.revoke({.assignment = seat, .reason = repeated("r", 1001)});
  });
  EXPECT_TRUE(desk.admin.revoke({.assignment = seat, .reason = repeated("😀", 1000)}));
}

TEST(SeatRules, AllowOverReportsTheExcess) {
  RULE("C7");
  Desk desk;
  const auto license = desk.license("Vector", 1, CapacityPolicy::allow_over);
  desk.seat(license, desk.person("Ada"));
  desk.seat(license, desk.person("Bo"));
  const Usage usage = desk.admin.usage(license).value();
  EXPECT_EQ(usage.available(), 0U);
  EXPECT_EQ(usage.over_by(), 1U);
  EXPECT_TRUE(usage.can_assign());
  EXPECT_EQ(usage.text(), "2/1");
  EXPECT_EQ(usage.available_text(), "0 of 1 available");
}

TEST(SeatRules, AcceptsTotalsOfZeroAndUnlimited) {
  RULE("C14");
  Desk desk;
  const auto none = desk.license("None", 0);
  const auto all = desk.license("All", SeatTotal::unlimited());
  const auto ada = desk.person("Ada");
  expect_refused(desk, Code::no_seats_remaining, "license",
                 [&] { return desk.admin.assign({.license = none, .person = ada}); });
  desk.seat(all, ada);
  const Usage usage = desk.admin.usage(all).value();
  EXPECT_FALSE(usage.available().has_value());
  EXPECT_EQ(usage.over_by(), 0U);
  EXPECT_EQ(usage.text(), "1/unlimited");
  EXPECT_EQ(usage.available_text(), "unlimited");
  EXPECT_TRUE(usage.can_assign());
}

TEST(SeatRules, ListsOnlyActiveSeatsOldestFirst) {
  RULE("A15", "A21", "C11", "C13");
  Desk desk;
  const auto vector = desk.license("Vector", 5);
  const auto mail = desk.license("Mail", 5);
  const auto ada = desk.person("Ada", "ada@example.com");
  const auto bo = desk.person("Bo");
  const auto cy = desk.person("Cy");
  const auto seat = desk.admin
                        .assign({.license = vector,
                                 .person = ada,
                                 .access_level = "Editor",
                                 .account = "ada@vendor.example"})
                        ->assignment;
  const auto middle = desk.seat(vector, bo);
  desk.seat(vector, cy);
  desk.seat(mail, ada);
  ASSERT_TRUE(desk.admin.revoke({.assignment = middle}));
  const auto rows = desk.admin.license_seats(vector).value();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].assignment, seat);
  EXPECT_EQ(rows[0].name, "Ada");
  EXPECT_EQ(rows[0].email, "ada@example.com");
  EXPECT_EQ(rows[0].access_level, "Editor");
  EXPECT_EQ(rows[0].account, "ada@vendor.example");
  EXPECT_EQ(rows[1].person, cy);
  const auto software = desk.admin.my_software(ada).value();
  ASSERT_EQ(software.size(), 2U);
  EXPECT_EQ(software[0].license_name, "Vector");
  EXPECT_EQ(software[1].license_name, "Mail");
  EXPECT_TRUE(desk.admin.my_software(desk.owner)->empty()) << "owning uses no seat";
}

// ---------------------------------------------------------------- clock, revisions, permissions

TEST(ClockRules, TimesInHistoryNeverDecrease) {
  RULE("C52");
  Desk desk;
  const auto ada = desk.person("Ada");
  desk.clock->advance_us(-10 * testing::minute_us);
  const auto bo = desk.admin.add_person({.name = "Bo"});
  ASSERT_TRUE(bo) << "ten minutes are tolerated";
  EXPECT_EQ(desk.admin.history({.person = bo->person})->at(0).row.at,
            desk.admin.history({.person = ada})->at(0).row.at);
  desk.clock->advance_us(-1);
  expect_refused(desk, Code::clock_behind, nullptr,
                 [&] { return desk.admin.add_person({.name = "Cy"}); });
  EXPECT_TRUE(desk.admin.get_person(ada)) << "queries still work";
  desk.clock->set(testing::instant("2026-03-01T12:00:01Z"));
  EXPECT_TRUE(desk.admin.add_person({.name = "Cy"}));
}

TEST(ClockRules, AllowClockBehindPermitsCommands) {
  RULE("C52");
  Desk desk(nullptr, {.allow_clock_behind = true});
  desk.person("Ada");
  desk.clock->set(testing::instant("2025-01-01T00:00:00Z"));
  const auto bo = desk.person("Bo");
  EXPECT_EQ(desk.admin.history({.person = bo})->at(0).row.at,
            testing::instant("2026-03-01T12:00:00Z"));
}

TEST(ClockRules, RejectsAClockOutsideTheRange) {
  Desk desk;
  desk.clock->set({-1});
  expect_refused(desk, Code::date_out_of_range, "clock",
                 [&] { return desk.admin.add_person({.name = "Ada"}); });
  desk.clock->set({max_timestamp.us + 1});
  expect_refused(desk, Code::date_out_of_range, "clock",
                 [&] { return desk.admin.add_person({.name = "Ada"}); });
  desk.clock->set(max_timestamp);
  EXPECT_TRUE(desk.admin.add_person({.name = "Ada"}));
}

TEST(RevisionRules, RejectsAStaleRevision) {
  RULE("C57");
  Desk desk;
  const auto ada = desk.person("Ada");
  const auto license = desk.license("Vector", 2);
  const auto seat = desk.seat(license, ada);
  ASSERT_TRUE(desk.admin.update_person(
      {.person = ada, .name = "Ada L.", .expected_revision = Revision(1)}));
  const auto is_stale = [&](const auto& call) {
    expect_refused(desk, Code::stale_revision, "expected_revision", call);
  };
  is_stale([&] {
    auto result = desk.admin.update_person(
        {.person = ada, .name = "Ada K.", .expected_revision = Revision(1)});
    EXPECT_EQ(result.error().values, std::vector<std::uint64_t>{2});
    return result;
  });
  is_stale(
      [&] { return desk.admin.archive_person({.person = ada, .expected_revision = Revision(1)}); });
  is_stale([&] {
    return desk.admin.reactivate_person({.person = ada, .expected_revision = Revision(1)});
  });
  is_stale([&] {
    return desk.admin.set_total_seats(
        {.license = license, .total_seats = 3, .expected_revision = Revision(2)});
  });
  is_stale(
      [&] { return desk.admin.revoke({.assignment = seat, .expected_revision = Revision(2)}); });
  EXPECT_TRUE(desk.admin.revoke({.assignment = seat, .expected_revision = Revision(1)}));
}

TEST(RequestRules, ARepeatedRequestChangesNothing) {
  RULE("C58");
  Desk desk;
  const RequestId request = Token::parse("0123456789abcdef0123456789abcdef").value();
  const auto first = desk.admin.add_person({.name = "Ada", .request_id = request});
  ASSERT_TRUE(first);
  expect_refused(desk, Code::repeated_request, "request_id", [&] {
    auto again = desk.admin.add_person({.name = "Ada", .request_id = request});
    EXPECT_EQ(again.error().values, std::vector<std::uint64_t>{first->version.value});
    return again;
  });
  // A failed request was not executed, so its id can be used again.
  const RequestId other = Token::parse("ffffffffffffffffffffffffffffffff").value();
  expect_refused(desk, Code::required, "name",
                 [&] { return desk.admin.add_person({.request_id = other}); });
  EXPECT_TRUE(desk.admin.add_person({.name = "Bo", .request_id = other}));
  for (std::uint64_t i = 0; i < remembered_tokens - 1; ++i) desk.person("P");
  EXPECT_EQ(testing::code_of(desk.admin.add_person({.name = "Bo", .request_id = other})),
            Code::repeated_request);
}

TEST(PermissionRules, ChecksPermissionsBeforeLookups) {
  RULE("A4", "B1", "C43");
  Desk desk;
  const auto ada = desk.person("Ada");
  const auto license = desk.license("Vector", 2);
  Session without_permissions = desk.book.session({.actor = "guest", .permissions = Permissions()});
  for (const LicenseId id : {license, LicenseId(99)}) {
    expect_refused(desk, Code::permission_denied, nullptr,
                   [&] { return without_permissions.assign({.license = id, .person = ada}); });
    EXPECT_EQ(testing::code_of(without_permissions.usage(id)), Code::permission_denied);
  }
  Session employee = desk.book.session({.person = ada, .role = Role::employee});
  EXPECT_TRUE(employee.my_software(ada));
  EXPECT_TRUE(employee.find_seat(license, ada));
  EXPECT_TRUE(employee.history({.person = ada}));
  EXPECT_EQ(testing::code_of(employee.my_software(desk.owner)), Code::permission_denied);
  EXPECT_EQ(testing::code_of(employee.my_software(PersonId(99))), Code::permission_denied);
  EXPECT_EQ(testing::code_of(employee.history({.license = license})), Code::permission_denied);
  Session editor = desk.book.session({.person = ada, .permissions = Permission::edit});
  EXPECT_TRUE(editor.assign({.license = license, .person = ada})) << "edit implies assign";
  ASSERT_TRUE(desk.admin.archive_person({.person = ada}));
  EXPECT_EQ(testing::code_of(editor.update_person({.person = ada, .name = "X"})),
            Code::permission_denied)
      << "a person who is not active has no permission";
  EXPECT_EQ(testing::code_of(employee.my_software(ada)), Code::permission_denied);
}

TEST(PermissionRules, RejectsMalformedActors) {
  Desk desk;
  const auto ada = desk.person("Ada");
  struct Row {
    Actor actor;
    Code code;
    const char* field;
  };
  const Row rows[] = {
      {{.role = Role::admin}, Code::invalid_argument, "actor"},
      {{.actor = "root", .person = ada, .role = Role::admin}, Code::invalid_argument, "actor"},
      {{.actor = repeated("a", 192), .role = Role::admin}, Code::invalid_argument, "actor"},
      {{.actor = "\xff", .role = Role::admin}, Code::invalid_text, "actor"},
      {{.actor = "root", .role = static_cast<Role>(9)}, Code::invalid_argument, "role"},
  };
  for (const Row& row : rows) {
    Session session = desk.book.session(row.actor);
    expect_refused(desk, row.code, row.field, [&] { return session.add_person({.name = "X"}); });
    EXPECT_EQ(testing::code_of(session.get_person(ada)), row.code);
  }
}

// ------------------------------------------------------------------------------- book and events

TEST(BookRules, EveryCallToAClosedBookFails) {
  Desk desk;
  const auto ada = desk.person("Ada");
  desk.book.close();
  desk.book.close();
  EXPECT_EQ(testing::code_of(desk.admin.add_person({.name = "Bo"})), Code::book_closed);
  EXPECT_EQ(testing::code_of(desk.admin.get_person(ada)), Code::book_closed);
  EXPECT_EQ(testing::code_of(desk.book.dump()), Code::book_closed);
  EXPECT_EQ(testing::code_of(desk.book.refresh()), Code::book_closed);
  EXPECT_FALSE(desk.admin.can(Operation::add_person));
  EXPECT_EQ(desk.admin.why_not(Operation::add_person)->code, Code::book_closed);
}

/// Counts the BookInfo records of the last batch. Its own BookInfo has an older Unicode version.
class OldUnicode final : public Storage {
 public:
  Result<Version> read(Version after, RecordSink& sink) override {
    class Aging final : public RecordSink {
     public:
      explicit Aging(RecordSink& to) : to_(to) {}
      Result<void> accept(RecordImage record) override {
        if (auto* info = std::get_if<BookInfo>(&record)) info->unicode_version = "1.0.0";
        return to_.accept(std::move(record));
      }

     private:
      RecordSink& to_;
    };
    Aging aging(sink);
    return inner_->read(after, aging);
  }
  Result<void> append(const Batch& batch) override {
    infos = 0;
    for (const RecordImage& image : batch.images)
      infos += std::holds_alternative<BookInfo>(image) ? 1 : 0;
    return inner_->append(batch);
  }
  Result<std::optional<Version>> find(const Token& token) override { return inner_->find(token); }

  int infos = 0;

 private:
  std::shared_ptr<Storage> inner_ = memory_storage();
};

TEST(BookRules, WritesTheUnicodeVersionOnce) {
  RULE("C17");
  const auto storage = std::make_shared<OldUnicode>();
  AssignmentId seat;
  {
    Desk desk(storage);
    const auto ada = desk.person("Ada");
    EXPECT_EQ(storage->infos, 1);
    seat = desk.seat(desk.license("Vector", 1), ada);
    EXPECT_EQ(storage->infos, 0);
  }
  Desk desk(storage);
  ASSERT_TRUE(desk.admin.record_use({.assignment = seat, .used_at = desk.clock->now()}));
  EXPECT_EQ(storage->infos, 1) << "a batch of one record";
  ASSERT_TRUE(desk.admin.revoke({.assignment = seat}));
  EXPECT_EQ(storage->infos, 0);
}

TEST(BookRules, SessionsOutliveTheBookObject) {
  auto book = std::make_unique<Book>(Book::open().value());
  Session session = book->session({.actor = "root", .role = Role::admin});
  Book moved = std::move(*book);
  book.reset();
  EXPECT_TRUE(session.add_person({.name = "Ada"}));
  moved.close();
  EXPECT_EQ(testing::code_of(session.add_person({.name = "Bo"})), Code::book_closed);
}

TEST(EventRules, EachAssignmentAndRevocationIsPublishedOnceAfterTheCommit) {
  RULE("A40", "A41", "A42", "C40", "C41");
  Desk desk;
  const auto license = desk.license("Vector", 1);
  const auto ada = desk.person("Ada", "ada@example.com");
  std::vector<Event> events;
  const auto listener = desk.book.subscribe([&](const Event& event) {
    EXPECT_EQ(desk.admin.usage(license)->used,
              event.kind == EventKind::software_assigned ? 1U : 0U);
    events.push_back(event);
  });
  const auto seat = desk.seat(license, ada);
  expect_refused(desk, Code::already_assigned, "person",
                 [&] { return desk.admin.assign({.license = license, .person = ada}); });
  ASSERT_TRUE(desk.admin.revoke({.assignment = seat}));
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(to_string(events[0].kind), "software.assigned");
  EXPECT_EQ(to_string(events[1].kind), "software.revoked");
  EXPECT_EQ(events[0].license, license);
  EXPECT_EQ(events[0].license_name, "Vector");
  EXPECT_EQ(events[0].person, ada);
  EXPECT_EQ(events[0].person_email, "ada@example.com");
  EXPECT_EQ(events[0].actor_name, "root");
  EXPECT_EQ(events[0].assignment, seat);
  desk.book.unsubscribe(listener);
  desk.seat(license, ada);
  EXPECT_EQ(events.size(), 2U);

  const auto page = desk.admin.events_after({}, 2).value();
  ASSERT_EQ(page.events.size(), 2U);
  EXPECT_EQ(page.events[0].seq, events[0].seq);
  EXPECT_TRUE(page.more);
  const auto rest = desk.admin.events_after(page.next).value();
  EXPECT_EQ(rest.events.size(), 1U);
  EXPECT_FALSE(rest.more);
  EXPECT_TRUE(desk.admin.events_after(rest.next)->events.empty());
  EXPECT_EQ(testing::code_of(desk.admin.events_after({}, 0)), Code::invalid_argument);
}

TEST(EventRules, AThrowingListenerDoesNotAffectTheCommit) {
  RULE("C41");
  std::vector<std::string> reported;
  Desk desk(nullptr, {.on_listener_error = [&](Seq, std::string_view what) {
              reported.emplace_back(what);
            }});
  const auto license = desk.license("Vector", 5);
  int received = 0;
  desk.book.subscribe([](const Event&) { throw std::runtime_error("no network"); });
  desk.book.subscribe([](const Event&) { throw 42; });
  desk.book.subscribe([&](const Event&) { ++received; });
  desk.seat(license, desk.person("Ada"));
  EXPECT_EQ(received, 1);
  EXPECT_EQ(desk.book.listener_failures(), 2U);
  EXPECT_EQ(reported, (std::vector<std::string>{"no network", "an exception of unknown type"}));
  EXPECT_EQ(desk.admin.usage(license)->used, 1U);
}

TEST(EventRules, AListenerCanCallTheBook) {
  RULE("C41");
  Desk desk;
  const auto first = desk.license("First", 5);
  const auto second = desk.license("Second", 5);
  std::vector<std::string> log;
  desk.book.subscribe([&](const Event& event) {
    log.push_back(event.license_name + " begins");
    if (event.license == first) {
      ASSERT_TRUE(desk.admin.assign({.license = second, .person = event.person}));
    }
    log.push_back(event.license_name + " ends");
  });
  desk.seat(first, desk.person("Ada"));
  EXPECT_EQ(log, (std::vector<std::string>{"First begins", "First ends", "Second begins",
                                           "Second ends"}));
}

TEST(HistoryRules, PagesWorkInBothDirections) {
  RULE("C48");
  Desk desk;
  const auto license = desk.license("Vector", 5);
  const auto ada = desk.person("Ada");
  for (int i = 0; i < 3; ++i) {
    const auto seat = desk.seat(license, ada);
    ASSERT_TRUE(desk.admin.revoke({.assignment = seat}));
  }
  const auto all = desk.admin.history({}).value();
  for (std::size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i].row.seq.value, i + 1);
  for (const HistoryQuery& base :
       {HistoryQuery{}, HistoryQuery{.license = license}, HistoryQuery{.person = ada},
        HistoryQuery{.license = license, .person = ada}}) {
    std::vector<Seq> expected;
    for (const auto& entry : all) {
      if (base.license && entry.row.license != *base.license) continue;
      if (base.person && entry.row.person != *base.person) continue;
      expected.push_back(entry.row.seq);
    }
    for (const bool newest_first : {false, true}) {
      std::vector<Seq> seen;
      HistoryQuery query = base;
      query.newest_first = newest_first;
      query.limit = 2;
      for (;;) {
        const auto page = desk.admin.history(query).value();
        if (page.empty()) break;
        EXPECT_LE(page.size(), 2U);
        for (const auto& entry : page) seen.push_back(entry.row.seq);
        query.from = page.back().row.seq;
        if (newest_first && query.from == Seq(1)) break;
      }
      if (newest_first) std::reverse(seen.begin(), seen.end());
      EXPECT_EQ(seen, expected);
    }
  }
  EXPECT_EQ(testing::code_of(desk.admin.history({.limit = 0})), Code::invalid_argument);
  EXPECT_EQ(testing::code_of(desk.admin.history({.license = LicenseId(9)})),
            Code::license_not_found);
  EXPECT_EQ(testing::code_of(desk.admin.history({.person = PersonId(99)})), Code::person_not_found);
}

}  // namespace
}  // namespace seatbook

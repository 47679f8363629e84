// Imports of people and licenses from an inventory.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "imports/import_rows.hpp"
#include "seatbook/describe.hpp"
#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"
#include "text/keyed_hash.hpp"

namespace seatbook {
namespace {

using testing::Desk;
using testing::expect_refused;

/// Formats line, column and code: "3 Email invalid_email".
std::vector<std::string> reasons(const InventoryReport& report) {
  std::vector<std::string> result;
  for (const InventoryRow& row : report.not_added) {
    result.push_back(std::to_string(row.line) + ' ' + std::string(report.column_name(row)) + ' ' +
                     std::string(to_string(row.code)));
  }
  return result;
}

void expect_sums(const InventoryReport& report) {
  EXPECT_EQ(report.added + report.already_known + report.invalid + report.without_seat,
            report.rows);
  EXPECT_EQ(report.not_added.size(), report.rows - report.added);
}

std::vector<Person> people_of(const Desk& desk) {
  return desk.admin.people().value();
}

TEST(PeopleImport, AddsPeopleWithTheDefaultColumns) {
  Desk desk;
  const Version before = desk.book.version();
  const auto report = desk.admin
                          .import_people({.csv = "Team,name,E-Mail,EMAIL,Host Key,Active\n"
                                                 "Blue, Ada ,x,ada@example.com,h1,yes\n"
                                                 "Red,Bo,y,,,No\n"
                                                 ",,z,,,\n"
                                                 "\n"
                                                 "Red,Cy,y,, h3 ,\n"})
                          .value();
  EXPECT_EQ(report.rows, 4U);
  EXPECT_EQ(report.added, 3U);
  EXPECT_EQ(reasons(report), std::vector<std::string>{"4 name required"})
      << "not empty: an ignored column has text";
  EXPECT_EQ(report.empty_rows, 1U);
  EXPECT_EQ(report.ignored_columns, (std::vector<std::string>{"Team", "E-Mail"}));
  EXPECT_EQ(report.version, Version(before.value + 1)) << "one batch";
  expect_sums(report);
  const auto people = people_of(desk);
  ASSERT_EQ(people.size(), 3U);
  EXPECT_EQ(people[0].name, "Ada");
  EXPECT_EQ(people[0].email, "ada@example.com");
  EXPECT_EQ(people[0].host_key, "h1");
  EXPECT_EQ(people[0].state, PersonState::active);
  EXPECT_EQ(people[1].state, PersonState::archived);
  EXPECT_EQ(people[1].revision, Revision(2)) << "added, then archived";
  EXPECT_EQ(people[2].host_key, "h3");
  const auto history = desk.admin.history({.person = people[1].id}).value();
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0].row.kind, HistoryKind::person_added);
  EXPECT_EQ(history[0].texts.name_after, "Bo");
  EXPECT_EQ(history[1].row.kind, HistoryKind::person_archived);
  EXPECT_TRUE(desk.findings().empty());
  EXPECT_TRUE(desk.admin.reactivate_person({.person = people[1].id}));
}

TEST(PeopleImport, ReadsFirstAndLastNames) {
  Desk desk;
  ASSERT_TRUE(desk.admin.import_people({.csv = "First Name,last_name,Name\n"
                                               "Ada,Byron,\n"
                                               "Ada,,\n"
                                               ",Byron,\n"
                                               "Ada,Byron,Lady Lovelace\n"}));
  std::vector<std::string> names;
  for (const Person& person : people_of(desk)) names.push_back(person.name);
  EXPECT_EQ(names, (std::vector<std::string>{"Ada Byron", "Ada", "Byron", "Lady Lovelace"}));
}

TEST(PeopleImport, ReadsOtherProductsFilesByAColumnMap) {
  Desk desk;
  const ImportPeople command{.csv = "Name;Who;Mail;Key\nA team;Ada;ada@example.com;7\n",
                             .columns = {.name = " who", .email = "MAIL", .host_key = "Key"}};
  const auto report = desk.admin.import_people(command).value();
  EXPECT_EQ(report.ignored_columns, std::vector<std::string>{"Name"});
  EXPECT_EQ(people_of(desk).at(0).name, "Ada");
  EXPECT_EQ(people_of(desk).at(0).host_key, "7");
  EXPECT_EQ(desk.admin.import_people({.csv = "Mail,Email\nAda,x@y\n", .columns = {.name = "Email"}})
                .value()
                .added,
            1U)
      << "a mapped column is used for no other field";
  EXPECT_EQ(people_of(desk).at(1).name, "x@y");

  expect_refused(desk, Code::column_missing, "Full Name", [&] {
    return desk.admin.import_people({.csv = "Name\nAda\n", .columns = {.name = "Full Name"}});
  });
  expect_refused(desk, Code::column_missing, "Key", [&] {
    return desk.admin.import_people({.csv = "Name\nAda\n", .columns = {.host_key = "Key"}});
  });
  expect_refused(desk, Code::column_missing, "Name",
                 [&] { return desk.admin.import_people({.csv = "Email\nx@y\n"}); });
  expect_refused(desk, Code::duplicate_column, "Name",
                 [&] { return desk.admin.import_people({.csv = "Name,name\nx,y\n"}); });
  expect_refused(desk, Code::invalid_argument, "columns", [&] {
    return desk.admin.import_people({.csv = "A\n", .columns = {.name = "A", .email = " a"}});
  });
  expect_refused(desk, Code::invalid_text, "columns", [&] {
    return desk.admin.import_people({.csv = "A\n", .columns = {.name = "\xFF"}});
  });
}

TEST(PeopleImport, LeavesExistingPeopleUnchanged) {
  RULE("C17");
  Desk desk;
  const auto ada =
      desk.admin.add_person({.name = "Ada", .email = "ada@example.com"}).value().person;
  const auto bo = desk.admin.add_person({.name = "Bo", .host_key = "h2"}).value().person;
  const std::string file =
      "Name,Email,Host Key,Active\n"
      "Ada B., ADA@example.com,h1,no\n"
      "Bo B.,bo@example.com,h2,\n"
      "Two,ada@example.com,h2,\n"
      "Cy,cy@example.com,h3,\n"
      "Cy,,h3,\n"
      "Cy,Cy@example.com,,\n"
      "Cy,,,\n";
  const auto report = desk.admin.import_people({.csv = file}).value();
  EXPECT_EQ(report.added, 2U) << "a row with neither email nor key adds a person";
  EXPECT_EQ(reasons(report),
            (std::vector<std::string>{"2 Email email_taken", "3 Host Key host_key_taken",
                                      "4 Host Key host_key_taken", "6 Host Key host_key_taken",
                                      "7 Email email_taken"}));
  EXPECT_EQ(report.not_added[0].record, RecordId(ada.value));
  EXPECT_EQ(report.not_added[1].record, RecordId(bo.value));
  EXPECT_EQ(report.not_added[2].outcome, InventoryOutcome::invalid) << "two people in one row";
  EXPECT_EQ(report.not_added[3].first_line, 5U);
  EXPECT_EQ(report.not_added[3].record, RecordId(3));
  EXPECT_EQ(desk.admin.get_person(ada)->name, "Ada");
  EXPECT_EQ(desk.admin.get_person(ada)->state, PersonState::active);
  expect_sums(report);
  const auto again = desk.admin.import_people({.csv = file}).value();
  EXPECT_EQ(again.added, 1U) << "only the row with neither email nor key";
  EXPECT_TRUE(desk.findings().empty());
}

TEST(PeopleImport, ReportsLineColumnAndCodeOfEveryInvalidRow) {
  RULE("C51");
  Desk desk;
  const std::string name_256(256, 'n');
  const std::string key_192(192, 'k');
  const std::string file =
      "Name,Email,Host Key,Active\n"
      ",x@y,,\n" +
      name_256 + ",,,\n" +
      "Ada,x,,\n"
      "Ada,," +
      key_192 + ",\n" +
      "Ada,,,perhaps\n"
      "Ada,\n" +
      name_256.substr(1) + ",,,TRUE\n";
  const auto report = desk.admin.import_people({.csv = file}).value();
  EXPECT_EQ(reasons(report),
            (std::vector<std::string>{"2 Name required", "3 Name text_too_long",
                                      "4 Email invalid_email", "5 Host Key text_too_long",
                                      "6 Active invalid_argument", "7  malformed_csv"}));
  EXPECT_EQ(report.added, 1U);
  expect_sums(report);
  const std::string before = desk.dump();
  expect_refused(desk, Code::bulk_refused, "", [&] {
    auto refused = desk.admin.import_people({.csv = file, .all_or_nothing = true});
    EXPECT_EQ(refused.error().outcomes.size(), 6U);
    EXPECT_EQ(refused.error().outcomes[0], (Outcome{Code::required, 2}));
    return refused;
  });
  const auto dry =
      desk.admin.import_people({.csv = "Name,Host Key\nA,k\nA,k\n", .dry_run = true}).value();
  EXPECT_EQ(dry.added, 1U);
  EXPECT_EQ(dry.already_known, 1U);
  EXPECT_EQ(dry.not_added[0].record, std::nullopt) << "a dry run adds no record";
  EXPECT_EQ(desk.dump(), before);
}

/// A book with an owner and a seat holder.
struct ImportDesk : Desk {
  ImportDesk() : ada(person("Ada", "ada@example.com")), bo(person("Bo", "bo@example.com")) {}
  Result<InventoryReport> import(std::string_view csv) {
    return admin.import_licenses({.csv = csv, .default_owner = ada});
  }
  PersonId ada;
  PersonId bo;
};

TEST(LicensesImport, AddsLicensesWithTheDefaultColumns) {
  RULE("C14", "C23", "C40");
  ImportDesk desk;
  const Version before = desk.book.version();
  const Seq seq(desk.admin.events_after({})->next);
  const auto report =
      desk.import(
              "Name,Vendor,Product Group,Host Key,Total Seats,Cost Per Seat,Currency,Billing "
              "Period,Renewal Date,Policy,Owner Email,Holder Email\n"
              "Figma,Figma Inc.,Design,f1,50,12.58,EUR,Year,2026-09-30,Allow_Over,BO@example.com,"
              "ada@example.com\n"
              "Slack,,,,Unlimited,,,,,,,\n"
              "Zoom,,,,,,,,,,,bo@example.com\n")
          .value();
  EXPECT_EQ(report.added, 3U);
  EXPECT_EQ(report.seats_given, 2U);
  EXPECT_EQ(report.version, Version(before.value + 1)) << "one batch";
  expect_sums(report);
  const auto licenses = desk.admin.licenses().value();
  ASSERT_EQ(licenses.size(), 3U);
  const License& figma = licenses[0];
  EXPECT_EQ(figma.vendor, "Figma Inc.");
  EXPECT_EQ(figma.product_group, "Design");
  EXPECT_EQ(figma.host_key, "f1");
  EXPECT_EQ(figma.total_seats, SeatTotal(50));
  EXPECT_EQ(figma.cost_per_seat, Money{125'800});
  EXPECT_EQ(figma.currency, "EUR");
  EXPECT_EQ(figma.billing_period, BillingPeriod::year);
  EXPECT_EQ(figma.renewal_date, Date::parse("2026-09-30").value());
  EXPECT_EQ(figma.policy, CapacityPolicy::allow_over);
  EXPECT_EQ(figma.owner, desk.bo);
  EXPECT_EQ(licenses[1].total_seats, SeatTotal::unlimited());
  EXPECT_EQ(licenses[2].total_seats, SeatTotal(1));
  EXPECT_EQ(licenses[2].owner, desk.ada);
  EXPECT_TRUE(desk.admin.find_seat(licenses[2].id, desk.bo)->has_value());
  EXPECT_EQ(desk.admin.events_after(seq)->events.size(), 2U);
  EXPECT_EQ(desk.admin.notifications_after(seq)->notifications.size(), 2U);
  EXPECT_TRUE(desk.findings().empty());

  auto self = desk.book.session({.person = desk.bo, .role = Role::admin});
  ASSERT_TRUE(self.import_licenses({.csv = "Name\nMine\n"}));
  EXPECT_EQ(desk.admin.get_license(LicenseId(4))->owner, desk.bo);
}

TEST(LicensesImport, ReadsOtherFormatsOfCostsAndDates) {
  RULE("C33");
  ImportDesk desk;
  const auto report =
      desk.admin
          .import_licenses({.csv = "Item name,seats,purchase cost,expiration date,Email\n"
                                   "Figma,56,$12.58,02/26/2016,bo@example.com\n"
                                   "Slack,1,3.5$,9/3/2026,\n"
                                   "Zoom,1,,,\n"
                                   "Miro,1,$$5,,\n"
                                   "Jira,1,\"$1,000\",,\n"
                                   "Okta,1,5,13/1/2026,\n"
                                   "Xero,1,5,1/2/26,\n"
                                   "Duo,1,5,1/2/1969,\n"
                                   "Sage,1,5,2026-01-02,\n",
                            .columns = {.name = "Item name",
                                        .total_seats = "seats",
                                        .cost_per_seat = "purchase cost",
                                        .renewal_date = "expiration date",
                                        .holder_email = "Email"},
                            .date_order = DateOrder::month_day_year,
                            .currency_sign = "$",
                            .default_currency = "USD",
                            .default_owner = desk.ada})
          .value();
  EXPECT_EQ(report.added, 3U);
  EXPECT_EQ(reasons(report),
            (std::vector<std::string>{
                "5 purchase cost invalid_money", "6 purchase cost invalid_money",
                "7 expiration date invalid_date", "8 expiration date invalid_date",
                "9 expiration date date_out_of_range", "10 expiration date invalid_date"}));
  const auto licenses = desk.admin.licenses().value();
  EXPECT_EQ(licenses[0].cost_per_seat, Money{125'800});
  EXPECT_EQ(licenses[0].currency, "USD");
  EXPECT_EQ(licenses[0].renewal_date, Date::parse("2016-02-26").value());
  EXPECT_EQ(licenses[1].cost_per_seat, Money{35'000});
  EXPECT_EQ(licenses[1].renewal_date, Date::parse("2026-09-03").value());
  EXPECT_EQ(licenses[2].currency, "");
  ASSERT_TRUE(desk.admin.import_licenses({.csv = "Name,Renewal Date\nLast,3.9.2026\n",
                                          .date_order = DateOrder::day_month_year,
                                          .default_owner = desk.ada}));
  EXPECT_EQ(desk.admin.get_license(LicenseId(4))->renewal_date, Date::parse("2026-09-03").value());
}

TEST(LicensesImport, LeavesExistingLicensesUnchanged) {
  ImportDesk desk;
  const std::string file =
      "Name,Host Key,Holder Email\n"
      "Figma,f,ada@example.com\n"
      "Figma II,f,bo@example.com\n"
      "Slack,,\n";
  const auto report = desk.import(file).value();
  EXPECT_EQ(report.added, 2U);
  EXPECT_EQ(report.already_known, 1U);
  EXPECT_EQ(report.seats_given, 1U);
  EXPECT_EQ(report.not_added[0].first_line, 2U);
  EXPECT_EQ(report.not_added[0].record, RecordId(1));
  const auto again = desk.import(file).value();
  EXPECT_EQ(again.already_known, 2U);
  EXPECT_EQ(again.added, 1U) << "a license without a key is not recognized";
  EXPECT_TRUE(desk.findings().empty());
}

TEST(LicensesImport, ReportsLineColumnAndCodeOfEveryInvalidRow) {
  RULE("C21", "C23", "A43");
  ImportDesk desk;
  const auto gone = desk.person("Gone", "gone@example.com");
  ASSERT_TRUE(desk.admin.archive_person({.person = gone}));
  const std::string file =
      "Name,Total Seats,Cost Per Seat,Currency,Billing Period,Policy,Owner Email,Holder Email\n"
      ",1,,,,,,\n"                           // 2
      "A,-1,,,,,,\n"                         // 3
      "A,1000000001,,,,,,\n"                 // 4
      "A,many,,,,,,\n"                       // 5
      "A,1,$1,EUR,,,,\n"                     // 6
      "A,1,1,,,,,\n"                         // 7
      "A,1,1,eur,,,,\n"                      // 8
      "A,1,,,week,,,\n"                      // 9
      "A,1,,,,perhaps,,\n"                   // 10
      "A,1,,,,,unknown@example.com,\n"       // 11
      "A,1,,,,,gone@example.com,\n"          // 12
      "B,1,,,,,,unknown@example.com\n"       // 13
      "B,1,,,,,,gone@example.com\n"          // 14
      "B,0,,,,,,bo@example.com\n"            // 15
      "B,0,,,,allow_over,,bo@example.com\n"  // 16
      "A\n";                                 // 17
  const auto report = desk.import(file).value();
  EXPECT_EQ(
      reasons(report),
      (std::vector<std::string>{
          "2 Name required", "3 Total Seats total_out_of_range", "4 Total Seats total_out_of_range",
          "5 Total Seats total_out_of_range", "6 Cost Per Seat invalid_money",
          "7 Currency required", "8 Currency invalid_currency", "9 Billing Period invalid_argument",
          "10 Policy invalid_argument", "11 Owner Email person_not_found",
          "12 Owner Email person_archived", "13 Holder Email person_not_found",
          "14 Holder Email person_archived", "15 Total Seats no_seats_remaining",
          "17  malformed_csv"}));
  EXPECT_EQ(report.invalid, 12U);
  EXPECT_EQ(report.without_seat, 3U);
  EXPECT_EQ(report.added, 1U);
  EXPECT_EQ(desk.admin.licenses().value().size(), 4U);
  EXPECT_EQ(report.not_added[11].record, RecordId(1));
  expect_sums(report);
  expect_refused(desk, Code::bulk_refused, "", [&] {
    return desk.admin.import_licenses({.csv = "Name,Holder Email\nA,unknown@example.com\n",
                                       .default_owner = desk.ada,
                                       .all_or_nothing = true});
  });
  const auto dry = desk.admin
                       .import_licenses({.csv = "Name,Holder Email\nA,unknown@example.com\n",
                                         .default_owner = desk.ada,
                                         .dry_run = true})
                       .value();
  EXPECT_EQ(dry.not_added.at(0).record, std::nullopt);
  const auto ownerless = desk.admin.import_licenses({.csv = "Name\nA\n"}).value();
  EXPECT_EQ(reasons(ownerless), std::vector<std::string>{"2  owner_required"});
  EXPECT_TRUE(desk.findings().empty());
}

TEST(LicensesImport, ChecksTheOptionsBeforeTheRows) {
  RULE("C43", "C44");
  ImportDesk desk;
  const auto gone = desk.person("Gone");
  ASSERT_TRUE(desk.admin.archive_person({.person = gone}));
  const std::string file = "Name\nA\n";
  expect_refused(desk, Code::person_not_found, "default_owner", [&] {
    return desk.admin.import_licenses({.csv = file, .default_owner = PersonId(99)});
  });
  expect_refused(desk, Code::person_archived, "default_owner",
                 [&] { return desk.admin.import_licenses({.csv = file, .default_owner = gone}); });
  expect_refused(desk, Code::invalid_currency, "default_currency", [&] {
    return desk.admin.import_licenses({.csv = file, .default_currency = "dollars"});
  });
  expect_refused(desk, Code::invalid_argument, "date_order", [&] {
    return desk.admin.import_licenses({.csv = file, .date_order = static_cast<DateOrder>(9)});
  });
  expect_refused(desk, Code::invalid_text, "currency_sign", [&] {
    return desk.admin.import_licenses({.csv = file, .currency_sign = "\xFF"});
  });
  const auto progress = std::make_shared<Progress>();
  progress->cancel();
  expect_refused(desk, Code::cancelled, "progress",
                 [&] { return desk.admin.import_licenses({.csv = file, .progress = progress}); });
  for (const Permission only : {Permission::create, Permission::assign}) {
    auto clerk = desk.book.session({.actor = "clerk", .permissions = only});
    expect_refused(desk, Code::permission_denied, nullptr,
                   [&] { return clerk.import_licenses({.csv = file}); });
  }
  auto buyer = desk.book.session(
      {.actor = "buyer", .permissions = Permissions{Permission::create, Permission::assign}});
  EXPECT_TRUE(buyer.import_licenses({.csv = file, .default_owner = desk.ada}));
}

TEST(InventoryImport, ReportsANameColumnMappedToAnotherFieldAsMissing) {
  RULE("C30");
  Desk desk;
  const auto people =
      desk.admin.import_people({.csv = "Name,X\na@b.c,1\n", .columns = {.email = "Name"}});
  ASSERT_FALSE(people);
  EXPECT_EQ(people.error().code, Code::column_missing);
  EXPECT_EQ(people.error().field, "Name");
  // The names are in other columns, so no column is missing.
  ASSERT_TRUE(
      desk.admin.import_people({.csv = "First Name,Last Name,Name\nAda,Byron,ada@example.com\n",
                                .columns = {.email = "Name"}}));
  EXPECT_EQ(people_of(desk).at(0).name, "Ada Byron") << "not the email";
  EXPECT_EQ(people_of(desk).at(0).email, "ada@example.com");
  const auto licenses =
      desk.admin.import_licenses({.csv = "Name,X\nk,1\n", .columns = {.host_key = "Name"}});
  ASSERT_FALSE(licenses);
  EXPECT_EQ(licenses.error().code, Code::column_missing);
  EXPECT_EQ(licenses.error().field, "Name");
}

TEST(InventoryImport, RejectsOneColumnForTwoFields) {
  RULE("C30");
  Desk desk;
  for (const PeopleColumns& columns :
       {PeopleColumns{.name = "A", .first_name = "B", .email = "a"},
        PeopleColumns{.name = "b", .first_name = "A", .last_name = "C", .active = "B"}}) {
    expect_refused(desk, Code::invalid_argument, "columns", [&] {
      return desk.admin.import_people({.csv = "A,B,C\n", .columns = columns});
    });
  }
}

TEST(InventoryImport, RejectsTotalsWithTooManyDigits) {
  RULE("C21");
  ImportDesk desk;
  const auto report =
      desk.import("Name,Total Seats\nA,0000000000000000001\nB,9999999999999999999\n").value();
  EXPECT_EQ(reasons(report), (std::vector<std::string>{"2 Total Seats total_out_of_range",
                                                       "3 Total Seats total_out_of_range"}))
      << "19 digits";
  EXPECT_EQ(desk.import("Name,Total Seats\nA,000000000000000001\n")->added, 1U) << "18 digits";
}

TEST(InventoryImport, DryRunReportsOnlyIdsOfExistingRecords) {
  ImportDesk desk;
  const auto people =
      desk.admin
          .import_people({.csv = "Name,Email\nAda,ada@example.com\nCy,c@example.com\n"
                                 "Cy,c@example.com\n",
                          .dry_run = true})
          .value();
  ASSERT_EQ(people.not_added.size(), 2U);
  EXPECT_EQ(people.not_added[0].record, RecordId(desk.ada.value));
  EXPECT_EQ(people.not_added[1].record, std::nullopt) << "a dry run adds no record";
  ASSERT_TRUE(desk.import("Name,Host Key\nFigma,f\n"));
  const auto licenses = desk.admin
                            .import_licenses({.csv = "Name,Host Key\nFigma,f\nMiro,m\nMiro,m\n",
                                              .default_owner = desk.ada,
                                              .dry_run = true})
                            .value();
  ASSERT_EQ(licenses.not_added.size(), 2U);
  EXPECT_EQ(licenses.not_added[0].record, RecordId(1));
  EXPECT_EQ(licenses.not_added[1].record, std::nullopt);
}

// Colliding texts for an unkeyed hash can be computed in milliseconds.
static_assert(std::is_same_v<imports::TextMap<int>::hasher, text::KeyedHash>,
              "keys of a file are hashed under the key of the process");

TEST(InventoryImport, RejectsAnUnknownProfile) {
  Desk desk;
  const auto profile = static_cast<CsvProfile>(9);
  expect_refused(desk, Code::invalid_argument, "profile",
                 [&] { return desk.admin.import_people({.csv = "Name\n", .profile = profile}); });
  expect_refused(desk, Code::invalid_argument, "profile",
                 [&] { return desk.admin.import_licenses({.csv = "Name\n", .profile = profile}); });
}

TEST(InventoryImport, ReportsRowsWithTextAfterAClosingQuote) {
  RULE("C71");
  ImportDesk desk;
  const auto report = desk.import(
                              "Name,Vendor,Total Seats\n"
                              "\"Figma\" ,\"Figma \"\"Inc\"\"\"\t,5\n"
                              "Slack,\"The \"good\" one\",5\n"
                              "Zoom,\"a\nb\"c,5\n"
                              "Miro,x,\"5\"seats\n")
                          .value();
  EXPECT_EQ(report.added, 1U);
  EXPECT_EQ(reasons(report),
            (std::vector<std::string>{"3 Vendor malformed_csv", "4 Vendor malformed_csv",
                                      "6 Total Seats malformed_csv"}));
  EXPECT_EQ(desk.admin.get_license(LicenseId(1))->name, "Figma");
  EXPECT_EQ(desk.admin.get_license(LicenseId(1))->vendor, "Figma \"Inc\"");
}

TEST(InventoryImport, SkipsAndCountsEmptyRows) {
  RULE("C72");
  ImportDesk desk;
  const auto people = desk.admin
                          .import_people({.csv = ",,\n\n"
                                                 "Name,Email\nDan,\n,\n\" \",\t\n,,,\n\nEve,\n"})
                          .value();
  EXPECT_EQ(people.rows, 2U);
  EXPECT_EQ(people.added, 2U);
  EXPECT_EQ(people.empty_rows, 4U);
  EXPECT_TRUE(people.not_added.empty());
  const auto licenses = desk.import("Name,Vendor\n,\nFigma,\n,,\n").value();
  EXPECT_EQ(licenses.rows, 1U);
  EXPECT_EQ(licenses.added, 1U);
  EXPECT_EQ(licenses.empty_rows, 2U);
}

TEST(InventoryImport, ChoosesTheDelimiterByTheColumnMap) {
  RULE("C73");
  ImportDesk desk;
  EXPECT_EQ(desk.admin.import_people({.csv = "Wer;Wo\nDan;Fir, 2\n", .columns = {.name = "Wer"}})
                .value()
                .added,
            1U);
  EXPECT_EQ(desk.import("Name;Sitz\tVendor\tPolicy\n").error().code, Code::column_missing)
      << "tabs give two known names, semicolons one";
  const auto refused = desk.admin.import_people({.csv = "Wer;Wo\nDan;Fir\n"});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("Wer;Wo"), std::string::npos) << refused.error().message;
}

}  // namespace
}  // namespace seatbook

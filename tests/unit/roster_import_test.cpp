// The roster import: a file of emails assigns seats of one license (B17 to B23, C25 to C34, C37).
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "seatbook/describe.hpp"
#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"

namespace seatbook {
namespace {

using testing::Desk;
using testing::expect_refused;

/// A license with a cost in euros, and the people of the files.
struct Office : Desk {
  explicit Office(SeatTotal total = 10)
      : ada(person("Ada", "ada@example.com")),
        bo(person("Bo", "Bo@Example.com")),
        cy(person("Cy", "cy@example.com")) {
    owner = person("Olga Owner");
    software = admin
                   .add_license({.name = "Figma",
                                 .total_seats = total,
                                 .owner = owner,
                                 .cost_per_seat = Money{100'000},
                                 .currency = "EUR"})
                   .value()
                   .license;
  }
  Result<RosterReport> import(std::string_view csv, bool all_or_nothing = false,
                              bool dry_run = false) {
    return admin.import_roster(
        {.license = software, .csv = csv, .all_or_nothing = all_or_nothing, .dry_run = dry_run});
  }
  RosterReport imported(std::string_view csv) { return import(csv).value(); }
  [[nodiscard]] Assignment seat_of(PersonId person) const {
    return admin.get_assignment(*admin.find_seat(software, person).value()).value();
  }
  [[nodiscard]] std::uint64_t used() const { return admin.usage(software)->used; }

  PersonId ada;
  PersonId bo;
  PersonId cy;
  LicenseId software;
};

std::vector<RosterOutcome> outcomes(const RosterReport& report) {
  std::vector<RosterOutcome> result;
  for (const RosterFileRow& row : report.not_added) result.push_back(row.outcome);
  return result;
}

/// Formats line, column and code: "3 Role text_too_long".
std::vector<std::string> reasons(const RosterReport& report) {
  std::vector<std::string> result;
  for (const RosterFileRow& row : report.not_added) {
    result.push_back(std::to_string(row.line) + ' ' + std::string(report.column_name(row)) + ' ' +
                     std::string(to_string(row.code)));
  }
  return result;
}

void expect_sums(const RosterReport& report) {
  EXPECT_EQ(report.added + report.already_linked + report.not_found + report.invalid +
                report.no_seats + report.removed_rows,
            report.rows);
  EXPECT_EQ(report.added + report.not_added.size(), report.rows);
}

TEST(RosterImport, AcceptsTheTemplateAsAFileWithoutRows) {
  RULE("B17");
  EXPECT_EQ(roster_template, "Email,Role,CostPerSeatOverride\r\n");
  Office office;
  const Version before = office.book.version();
  const auto report = office.imported(roster_template);
  EXPECT_EQ(report.rows, 0U);
  EXPECT_TRUE(report.ignored_columns.empty());
  EXPECT_EQ(report.version, before) << "no change, no batch";
}

TEST(RosterImport, AssignsSeatsToPeopleOfTheBookAndReportsTheOthers) {
  RULE("B18", "B20", "B21", "B22", "B23", "C2", "C17", "C32");
  Office office;
  office.seat(office.software, office.cy);
  const auto people = office.admin.people().value().size();
  const auto report = office.imported(
      "Email,Role,CostPerSeatOverride\n"
      "ada@example.com,Editor,12.58\n"
      " BO@example.COM ,,\n"
      "cy@example.com,,\n"
      "Dan.@example.com ,Viewer,\n"
      "no-email,,\n");
  EXPECT_EQ(report.rows, 5U);
  EXPECT_EQ(report.added, 2U);
  EXPECT_EQ(report.already_linked, 1U);
  EXPECT_EQ(report.not_found, 1U);
  EXPECT_EQ(report.invalid, 1U);
  expect_sums(report);
  EXPECT_EQ(report.unmatched_emails(), std::vector<std::string>{"Dan.@example.com "})
      << "as in the file";
  EXPECT_EQ(reasons(report),
            (std::vector<std::string>{"4  already_assigned", "5 Email person_not_found",
                                      "6 Email invalid_email"}));
  EXPECT_EQ(office.seat_of(office.ada).access_level, "Editor");
  EXPECT_EQ(office.seat_of(office.ada).cost_override, Money{125'800});
  EXPECT_EQ(office.seat_of(office.bo).access_level, "");
  EXPECT_EQ(office.seat_of(office.bo).cost_override, std::nullopt);
  EXPECT_EQ(office.admin.people().value().size(), people) << "it adds no people";
  EXPECT_TRUE(office.findings().empty());
}

TEST(RosterImport, WritesOneBatchWithOneEventPerSeatAndOneNotificationPerPerson) {
  RULE("C40", "C48");
  Office office;
  const Version before = office.book.version();
  const Seq seq(office.admin.events_after({})->next);
  const auto report = office.imported("Email\nada@example.com\nbo@example.com\nada@example.com\n");
  EXPECT_EQ(report.version, Version(before.value + 1));
  const auto events = office.admin.events_after(seq).value().events;
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].kind, EventKind::software_assigned);
  EXPECT_EQ(events[0].person, office.ada);
  EXPECT_EQ(events[1].person, office.bo);
  const auto notifications = office.admin.notifications_after(seq).value().notifications;
  ASSERT_EQ(notifications.size(), 2U);
  EXPECT_EQ(notifications[0].seats.size(), 1U);
  EXPECT_EQ(office.admin.history({.kind = HistoryKind::assigned})->size(), 2U);
}

TEST(RosterImport, UsesTheFirstValidRowOfEachPerson) {
  RULE("C25", "C28");
  Office office;
  const auto report = office.imported(
      "Email,Role,CostPerSeatOverride\n"
      "ada@example.com,Editor,$1\n"
      "ADA@example.com,Viewer,2\n"
      "ada@example.com,Editor,2\n"
      "ada@example.com,,\n"
      "ada@example.com,Viewer,2.0000\n");
  EXPECT_EQ(report.added, 1U);
  EXPECT_EQ(report.invalid, 1U);
  EXPECT_EQ(report.already_linked, 3U);
  const auto seat = office.seat_of(office.ada);
  EXPECT_EQ(seat.access_level, "Viewer");
  ASSERT_EQ(report.not_added.size(), 4U);
  EXPECT_EQ(report.not_added[0].first_line, std::nullopt);
  for (std::size_t i = 1; i < 4; ++i) {
    EXPECT_EQ(report.not_added[i].first_line, 3U);
    EXPECT_EQ(report.not_added[i].assignment, seat.id);
    EXPECT_EQ(report.not_added[i].differs, i == 1);
  }
  EXPECT_EQ(report.column_name(report.not_added[1]), "Role");
}

TEST(RosterImport, ProcessesRowsInOrderUntilTheLicenseIsFull) {
  RULE("C26");
  Office office(2);
  const auto report = office.imported(
      "Email\ncy@example.com\nada@example.com\nbo@example.com\nx@y\nbo@example.com\n");
  EXPECT_EQ(report.added, 2U);
  EXPECT_EQ(report.no_seats, 2U);
  EXPECT_EQ(report.not_found, 1U);
  EXPECT_EQ(outcomes(report), (std::vector{RosterOutcome::no_seats, RosterOutcome::not_found,
                                           RosterOutcome::no_seats}));
  EXPECT_EQ(office.used(), 2U);
  ASSERT_TRUE(
      office.admin.set_policy({.license = office.software, .policy = CapacityPolicy::allow_over}));
  EXPECT_EQ(office.imported("Email\nbo@example.com\n").added, 1U);
  EXPECT_EQ(office.used(), 3U);
}

TEST(RosterImport, AllOrNothingReportsTheBlockingRows) {
  RULE("C26");
  Office office(1);
  office.seat(office.software, office.cy);
  const std::string file = "Email\ncy@example.com\nada@example.com\nx@y\n@\n";
  expect_refused(office, Code::bulk_refused, "", [&] {
    auto result = office.import(file, true);
    EXPECT_EQ(result.error().outcomes, (std::vector<Outcome>{{Code::no_seats_remaining, 3},
                                                             {Code::person_not_found, 4},
                                                             {Code::invalid_email, 5}}));
    return result;
  });
  expect_refused(office, Code::bulk_refused, "", [&] { return office.import(file, true, true); });
  EXPECT_EQ(
      office.import("Email,Date Removed\ncy@example.com,\nada@example.com,2026-01-01\n", true)
          ->already_linked,
      1U)
      << "rows of holders and of removed users do not block";
}

TEST(RosterImport, DryRunReturnsTheSameReport) {
  RULE("C26");
  Office office(2);
  const std::string file =
      "Email,Role\nada@example.com,\nada@example.com,\nbo@example.com,\ncy@example.com,\n";
  const std::string before = office.dump();
  const Version version = office.book.version();
  const auto dry = office.import(file, false, true).value();
  EXPECT_EQ(office.dump(), before);
  EXPECT_TRUE(dry.dry_run);
  EXPECT_EQ(dry.version, version);
  const auto real = office.imported(file);
  EXPECT_EQ(dry.added, real.added);
  EXPECT_EQ(dry.not_added.size(), real.not_added.size());
  EXPECT_EQ(reasons(dry), reasons(real));
  EXPECT_EQ(dry.not_added[0].assignment, std::nullopt) << "a dry run assigns no seat";
  EXPECT_EQ(real.not_added[0].assignment, office.seat_of(office.ada).id);
}

TEST(RosterImport, ChecksEachRowInOrder) {
  RULE("C27");
  Office office(3);
  const auto gone = office.person("Gone", "gone@example.com");
  const auto left = office.person("Left", "left@example.com");
  office.seat(office.software, left);
  for (const PersonId person : {gone, left}) {
    ASSERT_TRUE(office.admin.archive_person({.person = person}));
  }
  ASSERT_TRUE(office.admin.set_total_seats({.license = office.software, .total_seats = 1}));
  const std::string long_role(65, 'r');
  const auto report = office.imported(
      "Email,Role\n"
      "unknown@example.com," +
      long_role +
      "\n"
      "unknown@example.com,\n"
      "left@example.com,\n"
      "gone@example.com,\n"
      "ada@example.com,\n");
  EXPECT_EQ(reasons(report),
            (std::vector<std::string>{"2 Role text_too_long", "3 Email person_not_found",
                                      "4  already_assigned", "5 Email person_archived",
                                      "6  no_seats_remaining"}));
  EXPECT_EQ(report.invalid, 2U);
}

TEST(RosterImport, LeavesExistingSeatsUnchanged) {
  RULE("C28", "C32", "C37");
  Office office;
  ASSERT_TRUE(office.admin.assign({.license = office.software,
                                   .person = office.ada,
                                   .access_level = "Editor",
                                   .cost_override = Money{50'000}}));
  const std::string before = office.dump();
  struct Line {
    const char* cells;
    bool differs;
    const char* column;
  };
  for (const Line& line :
       {Line{"Editor,5", false, ""}, Line{",", false, ""}, Line{"Viewer,5", true, "Role"},
        Line{"Editor,6", true, "CostPerSeatOverride"}, Line{"editor,", true, "Role"}}) {
    const auto report = office.imported("Email,Role,CostPerSeatOverride\nada@example.com," +
                                        std::string(line.cells) + '\n');
    ASSERT_EQ(report.already_linked, 1U) << line.cells;
    EXPECT_EQ(report.not_added[0].differs, line.differs) << line.cells;
    EXPECT_EQ(report.column_name(report.not_added[0]), line.column) << line.cells;
  }
  EXPECT_EQ(office.dump(), before);
}

TEST(RosterImport, ReportsLineColumnAndCodeOfEveryInvalidRow) {
  RULE("C29");
  Office office;
  const std::string role_64(64, 'r');
  const std::string email_255 = std::string(243, 'e') + "@example.com";
  const auto report = office.imported(
      "CostPerSeatOverride,Email,Role\n"  // 1
      "1,,\n"                             // 2
      "1,  ,\n"                           // 3
      ",ada.example.com,\n"               // 4
      ",@,\n"                             // 5
      ",ada smith@example.com,\n"         // 6
      ",ada@example.com," +
      role_64 +
      "r\n"                                // 7
      "-1,ada@example.com,\n"              // 8
      "99999999.99991,ada@example.com,\n"  // 9
      "100000000,ada@example.com,\n"       // 10
      ",ada@example.com\n"                 // 11
      ",ada@example.com,,\n"               // 12
      "\n"                                 // 13: blank
      "," +
      email_255 +
      ",\n"  // 14
      "x,@," +
      role_64 +
      "r,,\n"  // 15
      "99999999.9999,ada@example.com," +
      role_64 + "\n");
  EXPECT_EQ(reasons(report),
            (std::vector<std::string>{
                "2 Email required", "3 Email required", "4 Email invalid_email",
                "5 Email invalid_email", "6 Email invalid_email", "7 Role text_too_long",
                "8 CostPerSeatOverride invalid_money", "9 CostPerSeatOverride invalid_money",
                "10 CostPerSeatOverride money_out_of_range", "11  malformed_csv",
                "12  malformed_csv", "14 Email text_too_long", "15  malformed_csv"}));
  EXPECT_EQ(report.not_added[2].column, 2U);
  EXPECT_EQ(report.added, 1U);
  EXPECT_EQ(report.rows, 14U);
  EXPECT_EQ(report.empty_rows, 1U) << "the blank line";
  expect_sums(report);
  for (const RosterFileRow& row : report.not_added) EXPECT_FALSE(row.reason().empty());
}

TEST(RosterImport, CountsRolesInCodePoints) {
  RULE("C2", "C29", "C51");
  Office office;
  std::string role;
  for (int i = 0; i < 64; ++i) role += "\xF0\x9F\x98\x80";
  EXPECT_EQ(office.imported("Email,Role\nada@example.com," + role + "\n").added, 1U);
  EXPECT_EQ(office.imported("Email,Role\nbo@example.com," + role + "x\n").invalid, 1U);
}

TEST(RosterImport, ReadsCostsAsPlainDecimals) {
  RULE("C33", "C53");
  struct Line {
    const char* cell;
    Code code;
    std::int64_t ten_thousandths;
  };
  for (const Line& line :
       {Line{"0", Code::ok, 0}, Line{" 12.58 ", Code::ok, 125'800}, Line{"0.0001", Code::ok, 1},
        Line{"$12.58", Code::invalid_money, 0}, Line{"\"1,000\"", Code::invalid_money, 0},
        Line{"1e3", Code::invalid_money, 0}, Line{"NaN", Code::invalid_money, 0},
        Line{"Inf", Code::invalid_money, 0}, Line{"12,58 ", Code::malformed_csv, 0},
        Line{"+1", Code::invalid_money, 0}, Line{"1.00001", Code::invalid_money, 0},
        Line{".5", Code::invalid_money, 0}, Line{"5.", Code::invalid_money, 0}}) {
    Office office;
    const auto report = office.imported("Email,CostPerSeatOverride\nada@example.com," +
                                        std::string(line.cell) + "\n");
    if (line.code == Code::ok) {
      EXPECT_EQ(office.seat_of(office.ada).cost_override, Money{line.ten_thousandths}) << line.cell;
    } else {
      ASSERT_EQ(report.invalid, 1U) << line.cell;
      EXPECT_EQ(report.not_added[0].code, line.code) << line.cell;
    }
  }
  Office office;
  EXPECT_EQ(office.imported("Email,CostPerSeatOverride\nada@example.com,\n").added, 1U);
  EXPECT_EQ(office.seat_of(office.ada).cost_override, std::nullopt) << "empty is not zero";
  const auto report = office.imported("Email,CostPerSeatOverride\nbo@example.com,$12.58\n");
  EXPECT_NE(report.not_added[0].reason().find("currency sign"), std::string_view::npos);
}

TEST(RosterImport, RequiresACurrencyForCosts) {
  RULE("C29", "C53");
  Office office;
  const auto free = office.license("Free", 5);
  const auto report = office.admin
                          .import_roster({.license = free,
                                          .csv = "Email,CostPerSeatOverride\nada@example.com,1\n"
                                                 "x@y,1\nbo@example.com,\n"})
                          .value();
  EXPECT_EQ(reasons(report), (std::vector<std::string>{"2 CostPerSeatOverride required",
                                                       "3 CostPerSeatOverride required"}));
  EXPECT_EQ(report.added, 1U);
  EXPECT_NE(report.not_added[0].reason().find("currency"), std::string_view::npos);
}

TEST(RosterImport, FindsColumnsInAnySpellingAndOrder) {
  RULE("C30");
  Office office;
  const auto report = office.imported(
      "\xEF\xBB\xBF\"costperseatoverride\", Team ,\"ROLE \",  eMAIL,\n"
      "7,Blue,Editor,ada@example.com,\n");
  EXPECT_EQ(report.added, 1U);
  EXPECT_EQ(report.ignored_columns, (std::vector<std::string>{"Team", ""}));
  EXPECT_EQ(report.columns,
            (std::vector<std::string>{"costperseatoverride", "Team", "ROLE", "eMAIL", ""}));
  EXPECT_EQ(office.seat_of(office.ada).access_level, "Editor");
  EXPECT_EQ(office.seat_of(office.ada).cost_override, Money{70'000});
}

/// A file that is rejected as a whole, and the position of the error.
struct Rejected {
  std::string file;
  Code code;
  const char* field;
  std::vector<std::uint64_t> values;
};

TEST(RosterImport, AddsNothingFromAnUnreadableFile) {
  RULE("C30", "C34");
  Office office;
  const std::string good = "Email,Role\r\nada@example.com,\r\n";
  const std::string nul(1, '\0');
  for (const Rejected& rejected : {
           Rejected{"", Code::header_missing, "csv", {1, 0}},
           Rejected{"\xEF\xBB\xBF\r\n\n", Code::header_missing, "csv", {1, 0}},
           Rejected{"\n\nRole\nada@example.com\n", Code::column_missing, "Email", {3, 2}},
           Rejected{"E-mail,Role\n", Code::column_missing, "Email", {1, 0}},
           Rejected{"Role,Role\n", Code::column_missing, "Email", {1, 0}},
           Rejected{"Email,Role,email \n", Code::duplicate_column, "Email", {1, 11}},
           Rejected{"Email,CostPerSeatOverride,Cost Per Seat Override\n",
                    Code::duplicate_column,
                    "CostPerSeatOverride",
                    {1, 26}},
           Rejected{good + "bo@example.com,\"Editor\r\n", Code::malformed_csv, "csv", {3, 45}},
           Rejected{"Role,\"Email\"s\nx", Code::malformed_csv, "csv", {1, 5}},
           Rejected{"Role\n\"a\"b,\"Editor\n", Code::malformed_csv, "csv", {2, 10}},
           Rejected{"Role\nada@example.com,\"Editor\n", Code::malformed_csv, "csv", {2, 21}},
           Rejected{good + "b\xFF@example.com,\r\n", Code::invalid_file_encoding, "csv", {3, 31}},
           Rejected{good + "b\xC3\nx,", Code::invalid_file_encoding, "csv", {3, 31}},
           Rejected{good + "\xF0\x9F\x98\x80\xFF", Code::invalid_file_encoding, "csv", {3, 34}},
           Rejected{good + "a" + nul + "b,\n", Code::invalid_file_encoding, "csv", {3, 31}},
           Rejected{
               "Email\rada@example.com\r\xED\xA0\x80", Code::invalid_file_encoding, "csv", {3, 22}},
           Rejected{
               "\xFF\xFE" + std::string("E\0m\0", 4), Code::invalid_file_encoding, "csv", {1, 0}},
           Rejected{
               "\xFE\xFF" + std::string("\0E\0m", 4), Code::invalid_file_encoding, "csv", {1, 0}},
           Rejected{"\xFF" + good + '"', Code::invalid_file_encoding, "csv", {1, 0}},
       }) {
    expect_refused(office, rejected.code, rejected.field, [&] {
      auto result = office.import(rejected.file);
      if (!result) {
        EXPECT_EQ(result.error().values, rejected.values) << rejected.file;
        EXPECT_NE(result.error().message.find("line " + std::to_string(rejected.values[0])),
                  std::string::npos)
            << result.error().message;
      }
      return result;
    });
  }
}

TEST(RosterImport, LimitsTheFileSize) {
  RULE("B19", "C31");
  Office office;
  ASSERT_EQ(max_import_bytes, std::size_t{5} * 1024 * 1024);
  std::string file = "Email\nada@example.com\n";
  const std::string row = "x@" + std::string(97, 'y') + '\n';
  while (file.size() + row.size() <= max_import_bytes) file += row;
  file.append(max_import_bytes - file.size(), '\n');
  const auto report = office.imported(file);
  EXPECT_EQ(report.added, 1U);
  EXPECT_EQ(report.rows, 1 + (max_import_bytes - 22) / row.size());
  file += '\n';
  expect_refused(office, Code::file_too_large, "csv", [&] { return office.import(file); });
  file[0] = '\xFF';
  expect_refused(office, Code::file_too_large, "csv", [&] { return office.import(file); });
}

TEST(RosterImport, RequiresAnUnambiguousHeaderForOtherDelimiters) {
  RULE("C34");
  for (const char* header : {"Email;Role\n", "Email\tRole\n", "Team;Role;Email\n"}) {
    Office office;
    const char delimiter = std::string(header).find(';') != std::string::npos ? ';' : '\t';
    const std::string text(header);
    const std::string row = text.starts_with("Team")
                                ? std::string("Blue;Editor, 5;ada@example.com\n")
                                : std::string("ada@example.com") + delimiter + "Editor, 5\n";
    ASSERT_EQ(office.imported(text + row).added, 1U) << header;
    EXPECT_EQ(office.seat_of(office.ada).access_level, "Editor, 5");
  }
  Office office;
  for (const char* header : {"Email;Role,Team\n", "Email|Role\n"}) {
    expect_refused(office, Code::column_missing, "Email", [&] { return office.import(header); });
  }
  EXPECT_EQ(office.imported("Email,A;B\nada@example.com,1;2\n").added, 1U);
}

TEST(RosterImport, ChoosesTheDelimiterWithMoreKnownNamesWithoutACommaInTheHeader) {
  RULE("C73");
  for (const char* file : {
           "Email;Department\nada@example.com;Sales, 1\n",
           "Email\tDepartment\nada@example.com\tSales, 1\n",
           "Team;Email\tRole\tName\nx;y\tA, B\tz\n",           // tabs: Role and Name
           "Email;Role;Name\tTeam\nada@example.com;A, B;x\n",  // semicolons: Email and Role
           "Email;Name\tRole\nada@example.com;x\n",            // one known name each: semicolons
           ";;\n\"Email\";\"Role\"\nada@example.com;\n",
           "Email\nada@example.com\n",
       }) {
    Office office;
    const auto report = office.import(file);
    if (std::string_view(file).starts_with("Team;Email\t")) {
      ASSERT_FALSE(report) << file;
      EXPECT_EQ(report.error().code, Code::column_missing);
      EXPECT_NE(report.error().message.find("Team;Email, Role, Name"), std::string::npos)
          << report.error().message;
      continue;
    }
    ASSERT_TRUE(report) << file << report.error().message;
    EXPECT_EQ(report->added, 1U) << file;
  }
}

TEST(RosterImport, ReportsAMissingColumnWithTheHeaderAsRead) {
  RULE("C73");
  Office office;
  const auto message_of = [&](const std::string& file) {
    const auto rejected = office.import(file);
    EXPECT_FALSE(rejected);
    EXPECT_EQ(rejected.error().code, Code::column_missing);
    EXPECT_EQ(rejected.error().message.find('\n'), std::string::npos);
    return rejected ? std::string() : rejected.error().message;
  };
  EXPECT_EQ(message_of("Mail;Team\nx;y\n"),
            "line 1: the header has no column Email: its columns are Mail;Team (tried as "
            "delimiters: comma, semicolon, tab)");
  EXPECT_EQ(message_of("Mail,\"Te\nam\",a\tb\n"),
            "line 1: the header has no column Email: its columns are Mail, Te am, a\\tb");
  std::string wide = "Rolle";
  for (int n = 0; n < 2000; ++n) wide += "\xF0\x9F\x98\x80";
  const std::string message = message_of(wide + '\n');
  EXPECT_LT(message.size(), 300U);
  EXPECT_NE(message.find("..."), std::string::npos);
}

TEST(RosterImport, ReadsTheHeaderInTheDialectOfTheOtherLines) {
  RULE("C67");
  Office office;
  const auto added = [&](const char* file) { return office.import(file, false, true)->added; };
  EXPECT_EQ(added("Email;Screen 15\";Role\nada@example.com;1;Admin\n"), 1U);
  EXPECT_EQ(added("Email;Screen 15\";Role\nada@example.com;1;\"Admin, IT\"\n"), 1U);
  EXPECT_EQ(added("Email;Screen 15\";Role\nada@example.com;1;Admin, IT\n"), 1U);
  EXPECT_EQ(added("\"Email\";\"Screen, \"\"15\"\"\";Role\nada@example.com;1;Admin\n"), 1U);
  EXPECT_EQ(added("\"Email\" ,\"Role\"\t\nada@example.com,Admin\n"), 1U);
}

TEST(RosterImport, IgnoresBlanksAfterAClosingQuoteAndReportsText) {
  RULE("C71");
  Office office;
  const auto report = office.imported(
      "Email,Role\n"
      "\"ada@example.com\" ,x\n"
      "bo@example.com,\" Editor \"\t \n"
      "cy@example.com,\"Edi\"tor\n"
      "\"cy\"@example.com,Editor\n"
      "cy@example.com,a,\"b\"c\n"
      "cy@example.com,Viewer\n");
  EXPECT_EQ(report.added, 3U);
  EXPECT_EQ(office.seat_of(office.ada).access_level, "x");
  EXPECT_EQ(office.seat_of(office.bo).access_level, " Editor ");
  EXPECT_EQ(office.seat_of(office.cy).access_level, "Viewer");
  EXPECT_EQ(reasons(report),
            (std::vector<std::string>{"4 Role malformed_csv", "5 Email malformed_csv",
                                      "6  malformed_csv"}));
  EXPECT_NE(report.not_added[0].reason().find("closing quote"), std::string_view::npos);
  EXPECT_NE(report.not_added[2].reason().find("number of cells"), std::string_view::npos);
  EXPECT_EQ(report.not_added[0].access_level, "Editor");
}

TEST(RosterImport, SkipsAndCountsEmptyRows) {
  RULE("C72");
  Office office;
  const auto report = office.imported(
      "\n,,\nEmail,Role,Team\n"
      ",,\n"
      "ada@example.com,,\n"
      "\" \",\xC2\xA0,\"\"\n"
      ",\n"
      ",,,,,\n"
      "\n \n"
      ",,Blue\n"
      ",,");
  EXPECT_EQ(report.rows, 2U);
  EXPECT_EQ(report.added, 1U);
  EXPECT_EQ(report.empty_rows, 7U) << "includes blank lines, except those above the header";
  EXPECT_EQ(reasons(report), std::vector<std::string>{"11 Email required"});
  expect_sums(report);
}

TEST(RosterImport, ReportsRemovedRowsWithoutAColumn) {
  RULE("C37");
  Office office;
  const auto report =
      office.imported("Email,Date Removed\nada@example.com,2026-01-01\nx,2026-01-01\n");
  ASSERT_EQ(report.not_added.size(), 2U);
  for (const RosterFileRow& row : report.not_added) {
    EXPECT_EQ(row.outcome, RosterOutcome::removed);
    EXPECT_EQ(row.code, Code::ok);
    EXPECT_EQ(row.column, std::nullopt);
    EXPECT_EQ(row.reason(), "the row has a Date Removed");
  }
  RosterFileRow other;
  other.code = Code::ok;
  EXPECT_EQ(other.reason(), "");
  other.code = Code::conflict;
  EXPECT_EQ(other.reason(), "conflict") << "a code without a description";
}

TEST(RosterImport, ChangesNothingForAnExportAndAddsNewRows) {
  RULE("B33", "C37");
  Office office;
  ASSERT_TRUE(office.admin.assign(
      {.license = office.software, .person = office.ada, .access_level = "Editor"}));
  const std::string exported =
      "Name,Email,Role,Date Added,Date Removed\r\n"
      "Ada,ada@example.com,Editor,2026-03-01,\r\n"
      "Bo,Bo@Example.com,,2026-01-01,2026-02-01\r\n";
  const std::string before = office.dump();
  const auto same = office.imported(exported);
  EXPECT_EQ(same.already_linked, 1U);
  EXPECT_FALSE(same.not_added[0].differs);
  EXPECT_EQ(same.removed_rows, 1U);
  EXPECT_EQ(same.not_added[1].outcome, RosterOutcome::removed);
  EXPECT_EQ(same.not_added[1].line, 3U);
  EXPECT_TRUE(same.ignored_columns.empty());
  EXPECT_EQ(office.dump(), before);

  const auto more = office.imported(
      "Name,Email,Role,Date Added,Date Removed\r\n"
      "Ada,ada@example.com,Viewer,2026-03-01,\r\n"
      "Bo,Bo@Example.com,,2026-01-01,2026-02-01\r\n"
      "Unknown,,,,2026-02-01\r\n"
      "Cy,cy@example.com,Editor,, \r\n");
  EXPECT_EQ(more.added, 1U);
  EXPECT_EQ(more.removed_rows, 2U) << "regardless of other faults of the row";
  EXPECT_TRUE(more.not_added[0].differs);
  expect_sums(more);
}

TEST(RosterImport, RemovesFormulaGuardsInOneProfileOnly) {
  RULE("C38");
  Office office;
  office.person("Plus", "+plus@example.com");
  const std::string file = "Email,Role\n'+plus@example.com,'=1+1\n";
  EXPECT_EQ(office.imported(file).added, 1U);
  const auto seat = office.admin.license_seats(office.software).value().at(0);
  EXPECT_EQ(seat.access_level, "=1+1");
  const auto exact =
      office.admin
          .import_roster({.license = office.software, .csv = file, .profile = CsvProfile::exact})
          .value();
  EXPECT_EQ(exact.unmatched_emails(), std::vector<std::string>{"'+plus@example.com"});
}

TEST(RosterImport, AcceptsACorrectedReport) {
  RULE("C37", "C38");
  Office office;
  const auto report = office.imported(
      "Email,Role,CostPerSeatOverride,Team,Date Removed\n"
      "ada@wrong.com,\"=cmd|'x'!A1\",1,Blue,\n"
      "bo@example.com,Editor,$2,Red,\n"
      "cy@example.com,Editor,,Red,2026-01-01\n");
  EXPECT_EQ(report.added, 0U);
  std::string file = to_csv(report);
  EXPECT_NE(file.find("'=cmd"), std::string::npos) << file;
  const auto replace = [&](const std::string& wrong, const std::string& right) {
    file.replace(file.find(wrong), wrong.size(), right);
  };
  replace("wrong.com", "example.com");
  replace("$2", "2");
  const auto corrected = office.imported(file);
  EXPECT_EQ(corrected.added, 2U);
  EXPECT_EQ(corrected.removed_rows, 1U) << "removed users stay removed";
  EXPECT_EQ(corrected.ignored_columns,
            (std::vector<std::string>{"Line", "Result", "Code", "Column", "Reason"}));
  EXPECT_EQ(office.seat_of(office.ada).access_level, "=cmd|'x'!A1");
  EXPECT_EQ(to_csv(RosterReport{}),
            "Line,Result,Code,Column,Reason,Email,Role,CostPerSeatOverride,Date Removed\r\n");
}

TEST(RosterImport, RequiresAnActiveLicense) {
  RULE("C44");
  Office office;
  const std::string file = "Email\nada@example.com\n";
  expect_refused(office, Code::license_not_found, "license", [&] {
    return office.admin.import_roster({.license = LicenseId(99), .csv = file});
  });
  const auto old = office.license("Old", 5);
  ASSERT_TRUE(office.admin.archive_license({.license = old}));
  expect_refused(office, Code::license_archived, "license",
                 [&] { return office.admin.import_roster({.license = old, .csv = file}); });
  expect_refused(office, Code::invalid_argument, "profile", [&] {
    return office.admin.import_roster(
        {.license = office.software, .csv = "", .profile = static_cast<CsvProfile>(9)});
  });
  expect_refused(office, Code::permission_denied, nullptr, [&] {
    auto clerk = office.book.session({.actor = "clerk", .permissions = Permission::view});
    return clerk.import_roster({.license = LicenseId(99), .csv = file});
  });
}

TEST(RosterImport, DetectsARepeatedRequest) {
  RULE("C58");
  Office office;
  const auto request_id = Token::parse("0123456789abcdef0123456789abcdef").value();
  const ImportRoster command{
      .license = office.software, .csv = "Email\nada@example.com\n", .request_id = request_id};
  const auto first = office.admin.import_roster(command).value();
  expect_refused(office, Code::repeated_request, "request_id", [&] {
    auto again = office.admin.import_roster(command);
    EXPECT_EQ(again.error().values, std::vector<std::uint64_t>{first.version.value});
    return again;
  });
}

TEST(RosterImport, ReportsProgressAndCanBeCancelled) {
  Office office(SeatTotal::unlimited());
  std::string file = "Email\n";
  for (int i = 0; i < 1000; ++i) {
    const std::string email = "p" + std::to_string(i) + "@example.com";
    office.person("P", email);
    file += email + '\n';
  }
  const auto progress = std::make_shared<Progress>();
  const ImportRoster command{.license = office.software, .csv = file, .progress = progress};
  progress->cancel();
  expect_refused(office, Code::cancelled, "progress",
                 [&] { return office.admin.import_roster(command); });
  const auto fresh = std::make_shared<Progress>();
  const auto report =
      office.admin.import_roster({.license = office.software, .csv = file, .progress = fresh})
          .value();
  EXPECT_EQ(report.added, 1000U);
  EXPECT_EQ(fresh->rows_total(), 1000U);
  EXPECT_EQ(fresh->rows_done(), 1000U);
}

/// A storage that calls a function while a writer waits for its lock.
class SlowLock final : public Storage {
 public:
  explicit SlowLock(std::function<void()> meanwhile) : meanwhile_(std::move(meanwhile)) {}
  Result<Version> read(Version after, RecordSink& sink) override {
    return kept_->read(after, sink);
  }
  Result<void> append(const Batch& batch) override {
    if (std::exchange(conflicts, 0) != 0) return Error{Code::conflict, "another commit came first"};
    return kept_->append(batch);
  }
  Result<std::optional<Version>> find(const Token& token) override { return kept_->find(token); }
  Result<void> lock() override {
    if (armed) meanwhile_();
    return {};
  }
  bool armed = false;
  int conflicts = 0;

 private:
  std::shared_ptr<Storage> kept_ = memory_storage();
  std::function<void()> meanwhile_;
};

TEST(RosterImport, ReadsTheFileBeforeItTakesTheWriterLock) {
  const auto progress = std::make_shared<Progress>();
  std::uint64_t read_before_lock = 0;
  const auto storage =
      std::make_shared<SlowLock>([&] { read_before_lock = progress->rows_total(); });
  Desk desk(storage);
  const auto software = desk.license("Figma", 10);
  desk.person("Ada", "ada@example.com");
  storage->armed = true;
  ASSERT_TRUE(desk.admin.import_roster(
      {.license = software, .csv = "Email\nada@example.com\nx@y\n", .progress = progress}));
  EXPECT_EQ(read_before_lock, 2U);
}

TEST(RosterImport, ChangesNothingIfCancelledMidway) {
  const auto progress = std::make_shared<Progress>();
  const auto storage = std::make_shared<SlowLock>([&] { progress->cancel(); });
  Desk desk(storage);
  const auto software = desk.license("Figma", 10);
  desk.person("Ada", "ada@example.com");
  storage->armed = true;
  const Version before = desk.book.version();
  const auto result = desk.admin.import_roster(
      {.license = software, .csv = "Email\nada@example.com\n", .progress = progress});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Code::cancelled);
  EXPECT_EQ(desk.book.version(), before);
  storage->armed = false;
  EXPECT_EQ(desk.admin.usage(software)->used, 0U);
}

/// A clock that cancels at its second reading. The first reading is the check before the file is
/// parsed (C66), so at the second one all rows have been read but none has been checked.
class CancellingClock final : public Clock {
 public:
  explicit CancellingClock(std::shared_ptr<Progress> progress) : progress_(std::move(progress)) {}
  Timestamp now() override {
    if (armed && ++readings_ == 2) progress_->cancel();
    return testing::instant("2026-03-01T12:00:00Z");
  }
  bool armed = false;

 private:
  std::shared_ptr<Progress> progress_;
  int readings_ = 0;
};

TEST(RosterImport, CanBeCancelledWhileRowsAreChecked) {
  const auto progress = std::make_shared<Progress>();
  const auto clock = std::make_shared<CancellingClock>(progress);
  OpenOptions options;
  options.clock = clock;
  Desk desk(nullptr, options);
  const auto software = desk.license("Figma", SeatTotal::unlimited());
  std::string file = "Email\n";
  for (int row = 0; row < 1000; ++row) file += "x@y\n";
  clock->armed = true;
  const auto result =
      desk.admin.import_roster({.license = software, .csv = file, .progress = progress});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Code::cancelled);
  EXPECT_EQ(progress->rows_total(), 1000U) << "all rows were read";
  EXPECT_EQ(progress->rows_done(), 256U) << "not all rows were checked";
}

TEST(RosterImport, RetriesAfterAConflict) {
  const auto storage = std::make_shared<SlowLock>([] {});
  Desk desk(storage);
  const auto software = desk.license("Figma", 10);
  desk.person("Ada", "ada@example.com");
  storage->conflicts = 1;
  const auto report =
      desk.admin.import_roster({.license = software, .csv = "Email\nada@example.com\n"}).value();
  EXPECT_EQ(report.added, 1U);
  EXPECT_TRUE(desk.findings().empty());
}

TEST(RosterImport, CanBeObservedAndCancelledFromAnotherThread) {
  Office office(SeatTotal::unlimited());
  std::string file = "Email\n";
  while (file.size() < 1'000'000) file += "unknown@example.com\n";
  const auto progress = std::make_shared<Progress>();
  std::thread watcher([&] {
    while (progress->rows_total() == 0) std::this_thread::yield();
    progress->cancel();
  });
  const auto result =
      office.admin.import_roster({.license = office.software, .csv = file, .progress = progress});
  watcher.join();
  // On a busy machine the watcher may cancel too late; then all rows are done.
  if (result) {
    EXPECT_EQ(progress->rows_done(), result->rows);
  } else {
    EXPECT_EQ(result.error().code, Code::cancelled);
  }
}

}  // namespace
}  // namespace seatbook

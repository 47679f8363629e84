// Exports of seat list, roster and history; the two profiles; streaming (A28, B33, C35 to C38).
#include <gtest/gtest.h>

#include <algorithm>
#include <new>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "csv/profile.hpp"
#include "csv/reader.hpp"
#include "csv/writer.hpp"
#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/heap.hpp"
#include "support/rule.hpp"

namespace seatbook {
namespace {

using testing::code_of;
using testing::Desk;
using testing::instant;
using testing::minute_us;

/// A license with two holders; one seat is revoked.
struct Office : Desk {
  Office() {
    license = Desk::license("Vector, Pro", 5);
    ada = person("Ada \"Countess\" Byron", "ada@example.com");
    bo = person("Bo", "bo@example.com");
    seat_of_ada = admin
                      .assign({.license = license,
                               .person = ada,
                               .access_level = "=Admin",
                               .account = "ada",
                               .cost_override = std::nullopt})
                      .value()
                      .assignment;
    clock->set(instant("2026-03-01T23:30:00Z"));
    seat_of_bo = admin.assign({.license = license, .person = bo}).value().assignment;
    admin.record_use({.assignment = seat_of_ada, .used_at = instant("2026-03-01T12:30:00Z")})
        .value();
  }
  std::string seat_list(const ExportSeatList& request) {
    std::string file;
    report = admin.export_seat_list(request, append_to(file)).value();
    return file;
  }
  std::string roster(const ExportRoster& request) {
    std::string file;
    report = admin.export_roster(request, append_to(file)).value();
    return file;
  }
  LicenseId license;
  PersonId ada;
  PersonId bo;
  AssignmentId seat_of_ada;
  AssignmentId seat_of_bo;
  ExportReport report;
};

TEST(ExportSeatListFile, HasTheDataOfTheList) {
  RULE("A28", "C35", "C38");
  Office desk;
  EXPECT_EQ(desk.seat_list({.list = {.license = desk.license}}),
            "User name,Email,Access level,Account,Assigned,Last used\r\n"
            "\"Ada \"\"Countess\"\" Byron\",ada@example.com,'=Admin,ada,2026-03-01,2026-03-01\r\n"
            "Bo,bo@example.com,,,2026-03-01,\r\n");
  EXPECT_EQ(desk.report.rows, 2U);
  EXPECT_EQ(desk.report.bytes, 166U);
  EXPECT_EQ(desk.report.version, desk.book.version());
  // Filter, search, sort and direction apply; the limit of a page does not.
  EXPECT_EQ(desk.seat_list({.list = {.license = desk.license,
                                     .sort = SeatSort::user,
                                     .descending = true,
                                     .limit = 1},
                            .format = {.profile = CsvProfile::exact}}),
            "User name,Email,Access level,Account,Assigned,Last used\r\n"
            "Bo,bo@example.com,,,2026-03-01T23:30:00Z,\r\n"
            "\"Ada \"\"Countess\"\" Byron\",ada@example.com,=Admin,ada,2026-03-01T12:00:00Z,"
            "2026-03-01T12:30:00Z\r\n");
  EXPECT_EQ(desk.seat_list({.list = {.person = desk.bo, .search = "BO@"}}),
            "License,User name,Email,Access level,Account,Assigned,Last used\r\n"
            "\"Vector, Pro\",Bo,bo@example.com,,,2026-03-01,\r\n");
  EXPECT_EQ(desk.seat_list({.list = {.license = desk.license, .inactive_only = true},
                            .format = {.utc_offset_minutes = 60}}),
            "User name,Email,Access level,Account,Assigned,Last used\r\n"
            "Bo,bo@example.com,,,2026-03-02,\r\n");
}

// Compares file and list for all combinations of filter, sort and direction.
TEST(ExportSeatListFile, HasTheRowsOfTheListInItsOrder) {
  RULE("A28");
  Desk desk;
  const auto vector = desk.license("Vector", 60);
  const auto mail = desk.license("Mail", 60);
  for (int i = 0; i < 50; ++i) {
    const auto person = desk.person("Person " + std::to_string(i * 7 % 50 / 3));
    const auto seat = desk.seat(i % 3 == 0 ? mail : vector, person);
    desk.clock->advance_us(minute_us);
    if (i % 4 == 0) {
      desk.admin.record_use({.assignment = seat, .used_at = desk.clock->now()}).value();
    }
    if (i % 5 == 0) desk.admin.archive_person({.person = person}).value();
    desk.admin.edit_seat({.assignment = seat, .account = std::to_string(seat.value)}).value();
  }
  for (int combination = 0; combination < 2 * 2 * 2 * 2 * 3 * 2; ++combination) {
    int bits = combination;
    const auto take = [&bits](int choices) {
      const int choice = bits % choices;
      bits /= choices;
      return choice;
    };
    SeatListQuery query;
    if (take(2) == 1) query.license = vector;
    if (take(2) == 1) query.search = "son 1";
    query.inactive_only = take(2) == 1;
    query.archived_only = take(2) == 1;
    query.sort = static_cast<SeatSort>(take(3));
    query.descending = take(2) == 1;
    query.limit = all_rows;
    std::vector<std::string> shown;
    const auto page = desk.admin.seat_list(query).value();
    for (const auto& row : page.rows) shown.push_back(row.account);

    std::string file;
    ASSERT_TRUE(desk.admin.export_seat_list({.list = query}, append_to(file)));
    const csv::Parsed parsed = csv::parse(file);
    ASSERT_FALSE(parsed.error.has_value());
    std::vector<std::string> written;
    for (std::size_t i = 1; i < parsed.rows.size(); ++i) {
      written.push_back(parsed.rows[i].cells[query.license ? 3 : 4].text);
    }
    EXPECT_EQ(written, shown) << combination;
  }
}

TEST(ExportRosterFile, HasActiveAndRevokedSeats) {
  RULE("B33", "C5", "C35", "C36");
  Office desk;
  desk.clock->set(instant("2026-03-09T01:00:00Z"));
  ASSERT_TRUE(desk.admin.revoke({.assignment = desk.seat_of_ada}));
  EXPECT_EQ(desk.roster({.license = desk.license}),
            "Name,Email,Role,Date Added,Date Removed\r\n"
            "\"Ada \"\"Countess\"\" Byron\",ada@example.com,'=Admin,2026-03-01,2026-03-09\r\n"
            "Bo,bo@example.com,,2026-03-01,\r\n");
  EXPECT_EQ(desk.roster({.license = desk.license,
                         .format = {.utc_offset_minutes = -120, .byte_order_mark = true}}),
            "\xEF\xBB\xBFName,Email,Role,Date Added,Date Removed\r\n"
            "\"Ada \"\"Countess\"\" Byron\",ada@example.com,'=Admin,2026-03-01,2026-03-08\r\n"
            "Bo,bo@example.com,,2026-03-01,\r\n");
  ASSERT_TRUE(desk.admin.update_license({.license = desk.license, .currency = std::string("EUR")}));
  ASSERT_TRUE(desk.admin.edit_seat(
      {.assignment = desk.seat_of_bo, .cost_override = Money::parse("12.5").value()}));
  EXPECT_EQ(desk.roster({.license = desk.license,
                         .include_cost = true,
                         .format = {.profile = CsvProfile::exact}}),
            "Name,Email,Role,Date Added,Date Removed,Cost Per Seat Override\r\n"
            "\"Ada \"\"Countess\"\" Byron\",ada@example.com,=Admin,2026-03-01T12:00:00Z,"
            "2026-03-09T01:00:00Z,\r\n"
            "Bo,bo@example.com,,2026-03-01T23:30:00Z,,12.50\r\n");
  const auto empty = desk.Desk::license("Empty", 1);
  EXPECT_EQ(desk.roster({.license = empty}), "Name,Email,Role,Date Added,Date Removed\r\n");
  EXPECT_EQ(desk.report.rows, 0U);
}

TEST(ExportRosterFile, LimitsDaysToTheCalendar) {
  RULE("C38");
  for (const auto& [at, offset, day] : {std::tuple("1970-01-01T00:00:00Z", -1440, "1970-01-01"),
                                        std::tuple("2200-12-31T23:59:59Z", 1440, "2200-12-31")}) {
    Desk desk;
    desk.clock->set(instant(at));
    const auto license = desk.license("Vector", 1);
    desk.seat(license, desk.owner);
    std::string file;
    ASSERT_TRUE(desk.admin.export_roster(
        {.license = license, .format = {.utc_offset_minutes = offset}}, append_to(file)));
    EXPECT_EQ(csv::parse(file).rows.at(1).cells.at(3).text, day);
  }
}

TEST(ExportHistoryFile, HasTheRowsOfTheQuery) {
  RULE("A2", "C48");
  Office desk;
  ASSERT_TRUE(desk.admin.set_total_seats({.license = desk.license, .total_seats = 9}));
  ASSERT_TRUE(desk.admin.revoke({.assignment = desk.seat_of_bo, .reason = "-left, \"early\""}));
  std::string file;
  const auto report = desk.admin.export_history(
      {.history = {.license = desk.license, .since = instant("2026-03-01T20:00:00Z"), .limit = 1}},
      append_to(file));
  ASSERT_TRUE(report);
  EXPECT_EQ(report->rows, 3U);
  EXPECT_EQ(file,
            "Seq,At,Actor,Kind,License ID,License,Person ID,Person,Assignment ID,Counterpart ID,"
            "Total Before,Total After,Policy Before,Policy After,Owner ID Before,Owner ID After,"
            "Backup Owner ID Before,Backup Owner ID After,Name Before,Name After,Email Before,"
            "Email After,Reason,Changes\r\n"
            "6,2026-03-01T23:30:00Z,root,assigned,1,\"Vector, Pro\",3,Bo,2,,,,,,,,,,,,,,,\r\n"
            "7,2026-03-01T23:30:00Z,root,total_changed,1,\"Vector, Pro\",,,,,5,9,enforce,enforce,"
            "1,1,,,,,,,,\r\n"
            "8,2026-03-01T23:30:00Z,root,revoked,1,\"Vector, Pro\",3,Bo,2,,,,,,,,,,,,,,"
            "\"'-left, \"\"early\"\"\",\r\n");
  file.clear();
  ASSERT_TRUE(desk.admin.export_history({.history = {.newest_first = true}}, append_to(file)));
  const auto rows = csv::parse(file).rows;
  ASSERT_EQ(rows.size(), 9U);
  EXPECT_EQ(rows[1].cells[0].text, "8");
  EXPECT_EQ(rows[8].cells[0].text, "1");
}

TEST(Exports, NeedTwoPermissions) {
  RULE("C42");
  Office desk;
  std::string file;
  for (const Permission lone : {Permission::view, Permission::export_}) {
    Session session = desk.book.session({.actor = "x", .permissions = Permissions(lone)});
    const auto refused = session.export_roster({.license = desk.license}, append_to(file));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::permission_denied);
    EXPECT_EQ(refused.error().message, "export_roster needs the permission view and export");
  }
  EXPECT_TRUE(file.empty()) << "no header either";
  Session both = desk.book.session(
      {.actor = "x", .permissions = Permissions(Permission::view, Permission::export_)});
  EXPECT_TRUE(both.export_roster({.license = desk.license}, append_to(file)));
}

TEST(Exports, RejectInvalidArguments) {
  RULE("C44");
  Office desk;
  std::string file;
  const auto field_of = [](const auto& result) {
    EXPECT_FALSE(result.has_value());
    return std::string(to_string(result.error().code)) + " " + result.error().field;
  };
  EXPECT_EQ(field_of(desk.admin.export_roster({.license = desk.license}, {})),
            "invalid_argument sink");
  EXPECT_EQ(
      field_of(desk.admin.export_roster(
          {.license = desk.license, .format = {.utc_offset_minutes = 1441}}, append_to(file))),
      "invalid_argument utc_offset_minutes");
  EXPECT_EQ(field_of(desk.admin.export_history({.format = {.profile = static_cast<CsvProfile>(2)}},
                                               append_to(file))),
            "invalid_argument profile");
  EXPECT_EQ(field_of(desk.admin.export_history({.history = {.kind = static_cast<HistoryKind>(99)}},
                                               append_to(file))),
            "invalid_argument kind");
  EXPECT_EQ(
      field_of(desk.admin.export_history({.history = {.actor = ActorId(9)}}, append_to(file))),
      "actor_not_found actor");
  EXPECT_EQ(
      field_of(desk.admin.export_seat_list({.list = {.license = LicenseId(9)}}, append_to(file))),
      "license_not_found license");
  EXPECT_EQ(field_of(desk.admin.export_seat_list({.list = {.search = "\xFF"}}, append_to(file))),
            "invalid_text search");
  EXPECT_TRUE(file.empty());
}

/// A license with so many holders that its files take several pages and chunks.
struct BigOffice : Desk {
  static constexpr int holders = 6000;
  explicit BigOffice(int count = holders) {
    license = Desk::license("Vector", SeatTotal::unlimited());
    AssignMany many{.license = license};
    for (int i = 0; i < count; ++i) many.people.push_back(person("Person " + std::to_string(i)));
    admin.assign_many(many).value();
  }
  LicenseId license;
};

TEST(Exports, CallTheSinkWithoutALockHeld) {
  RULE("C35");
  BigOffice desk;
  const auto first = desk.admin.seat_list({.license = desk.license, .limit = 1})->rows[0];
  int chunks = 0;
  std::string file;
  // The sink uses and changes the book. The set of rows was fixed at the start.
  const auto report = desk.admin.export_seat_list(
      {.list = {.license = desk.license, .descending = true}}, [&](std::string_view bytes) {
        ++chunks;
        EXPECT_LT(bytes.size(), std::size_t{80} << 10U) << "a chunk holds little more than a row";
        file += bytes;
        if (chunks == 1) {
          EXPECT_TRUE(desk.admin.revoke({.assignment = first.assignment}));
          EXPECT_TRUE(
              desk.admin.update_person({.person = first.person, .name = std::string("Renamed")}));
          desk.seat(desk.license, desk.person("Newcomer"));
        }
        return true;
      });
  ASSERT_TRUE(report);
  EXPECT_GT(chunks, 2);
  EXPECT_EQ(report->rows, static_cast<std::uint64_t>(BigOffice::holders));
  EXPECT_EQ(report->bytes, file.size());
  const auto rows = csv::parse(file).rows;
  ASSERT_EQ(rows.size(), report->rows + 1);
  EXPECT_EQ(rows.back().cells[0].text, "Renamed");
  EXPECT_EQ(file.find("Newcomer"), std::string::npos);
}

TEST(Exports, NeedLittleMemory) {
  RULE("C35");
  constexpr int holders = 30'000;
  BigOffice desk(holders);
  const auto most_while_streaming = [](const auto& run) {
    const std::size_t before = testing::heap_bytes();
    std::size_t most = 0;
    std::size_t bytes = 0;
    const auto report = run([&](std::string_view chunk) {
      most = std::max(most, testing::heap_bytes());
      bytes += chunk.size();
      return true;
    });
    EXPECT_TRUE(report);
    EXPECT_GT(bytes, std::size_t{600'000});
    return most > before ? most - before : 0;
  };
  // Allows a page of 1,000 rows, a chunk of the file, and the id and sort key of each row. All rows
  // together would need several times that.
  constexpr std::size_t page_and_chunk = 700'000;
  constexpr std::size_t a_row = 64;
  constexpr std::size_t bound = page_and_chunk + holders * a_row;
  EXPECT_LT(most_while_streaming([&](const CsvSink& sink) {
              return desk.admin.export_roster({.license = desk.license}, sink);
            }),
            bound);
  EXPECT_LT(most_while_streaming([&](const CsvSink& sink) {
              return desk.admin.export_seat_list({.list = {.sort = SeatSort::user}}, sink);
            }),
            bound);
}

TEST(Exports, EndWhenTheSinkReturnsFalse) {
  RULE("C35");
  BigOffice desk;
  int chunks = 0;
  const auto report = desk.admin.export_roster({.license = desk.license},
                                               [&](std::string_view) { return ++chunks < 2; });
  EXPECT_EQ(code_of(report), Code::cancelled);
  EXPECT_EQ(chunks, 2);
  EXPECT_THROW(static_cast<void>(desk.admin.export_roster(
                   {.license = desk.license},
                   [](std::string_view) -> bool { throw std::runtime_error("full"); })),
               std::runtime_error);
  EXPECT_EQ(
      code_of(desk.admin.export_roster({.license = desk.license},
                                       [](std::string_view) -> bool { throw std::bad_alloc(); })),
      Code::out_of_memory);
  EXPECT_TRUE(desk.admin.roster({.license = desk.license}));
  // An export fails if the book is closed meanwhile.
  EXPECT_EQ(code_of(desk.admin.export_roster({.license = desk.license},
                                             [&](std::string_view) {
                                               desk.book.close();
                                               return true;
                                             })),
            Code::book_closed);
}

TEST(Profiles, GuardExactlyTheCellsThatLookLikeFormulas) {
  RULE("C38");
  const std::string guarded[] = {"=1+1", "+1",  "-1",  "@sum", "\tx", "\rx", "\nx", "'x",
                                 "＝1",  "＋1", "－1", "＠x",  "=",   "''x", "'=x"};
  for (const std::string& text : guarded) {
    EXPECT_TRUE(csv::looks_like_formula(text)) << text;
    EXPECT_EQ(csv::unguarded("'" + text, CsvProfile::spreadsheet), text);
    EXPECT_EQ(csv::unguarded("'" + text, CsvProfile::exact), "'" + text);
  }
  for (const std::string text : {"", "x", "1", " =1", "x=1", "\"", ",", "Ａ", "\xEF\xBC"}) {
    EXPECT_FALSE(csv::looks_like_formula(text)) << text;
    EXPECT_EQ(csv::unguarded("'" + text, CsvProfile::spreadsheet), "'" + text)
        << "a quote mark of the text itself stays";
  }
  EXPECT_EQ(csv::unguarded("'", CsvProfile::spreadsheet), "'");
}

// Writes and reads random cells; both profiles must return the same texts.
TEST(Profiles, RoundTripsAreExact) {
  RULE("C38");
  std::mt19937 random(7);
  const std::string_view pieces[] = {
      "=", "+", "-", "@",   "\t",           "\r", "\n",   "\r\n", "'", "\"",          ",",
      ";", " ", "a", "Zoë", "\xEF\xBC\x9D", "",   "\"\"", "''",   "é", "\xEF\xBB\xBF"};
  for (int round = 0; round < 3000; ++round) {
    const CsvFormat format{.profile = round % 2 == 0 ? CsvProfile::spreadsheet : CsvProfile::exact,
                           .byte_order_mark = round % 3 == 0};
    csv::Writer writer(format);
    std::vector<std::vector<std::string>> table(1 + random() % 4);
    const std::size_t columns = 1 + random() % 4;
    writer.header({"head"});
    for (auto& row : table) {
      for (std::size_t i = 0; i < columns; ++i) {
        std::string cell;
        for (auto parts = random() % 5; parts > 0; --parts) {
          cell += pieces[random() % std::size(pieces)];
        }
        writer.text(cell);
        row.push_back(cell);
      }
      writer.end_row();
    }
    const csv::Parsed parsed = csv::parse(writer.bytes());
    ASSERT_FALSE(parsed.error.has_value()) << parsed.error->message;
    ASSERT_EQ(parsed.rows.size(), table.size() + 1);
    for (std::size_t i = 0; i < table.size(); ++i) {
      ASSERT_EQ(parsed.rows[i + 1].cells.size(), columns);
      for (std::size_t j = 0; j < columns; ++j) {
        EXPECT_EQ(csv::unguarded(parsed.rows[i + 1].cells[j].text, format.profile), table[i][j]);
      }
    }
  }
}

TEST(Profiles, TemplateIsOnlyTheHeader) {
  RULE("B17");
  EXPECT_EQ(roster_template, "Email,Role,CostPerSeatOverride\r\n");
}

}  // namespace
}  // namespace seatbook

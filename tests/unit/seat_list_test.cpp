// The seat list, its figures and the roster (A22 to A29, B10, C8, C9, C13).
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"

namespace seatbook {
namespace {

using testing::code_of;
using testing::Desk;
using testing::instant;
using testing::minute_us;
using testing::second_us;

constexpr std::int64_t day_us = 24 * 60 * minute_us;

std::vector<std::string> names(const SeatListPage& page) {
  std::vector<std::string> names;
  for (const SeatListRow& row : page.rows) names.push_back(row.name);
  return names;
}
using Names = std::vector<std::string>;

/// A license with four holders, added in an order that differs from every sort order.
struct Office : Desk {
  Office() {
    license = Desk::license("Vector", 10);
    const auto add = [&](const char* name, const char* email) {
      const auto id = person(name, email);
      seats[name] = seat(license, id);
      people[name] = id;
      clock->advance_us(minute_us);
    };
    add("Cleo", "cleo@north.example");
    add("anna", "a.berg@south.example");
    add("Émile", "emile@north.example");
    add("Bo", "");
  }
  void use(const char* name, const char* at) {
    admin.record_use({.assignment = seats.at(name), .used_at = instant(at)}).value();
  }
  LicenseId license;
  std::map<std::string, AssignmentId> seats;
  std::map<std::string, PersonId> people;
};

TEST(SeatList, SortsByEachKeyInBothDirections) {
  RULE("A23", "A27");
  Office desk;
  desk.clock->set(instant("2026-03-05T00:00:00Z"));
  desk.use("Bo", "2026-03-04T10:00:00Z");
  desk.use("Cleo", "2026-03-02T10:00:00Z");
  const auto listed = [&](SeatSort sort, bool descending) {
    return names(
        desk.admin.seat_list({.license = desk.license, .sort = sort, .descending = descending})
            .value());
  };
  EXPECT_EQ(listed(SeatSort::assigned, false), (Names{"Cleo", "anna", "Émile", "Bo"}));
  EXPECT_EQ(listed(SeatSort::assigned, true), (Names{"Bo", "Émile", "anna", "Cleo"}));
  EXPECT_EQ(listed(SeatSort::user, false), (Names{"anna", "Bo", "Cleo", "Émile"}));
  EXPECT_EQ(listed(SeatSort::user, true), (Names{"Émile", "Cleo", "Bo", "anna"}));
  // Seats that were never used come first, ordered by assignment id.
  EXPECT_EQ(listed(SeatSort::last_used, false), (Names{"anna", "Émile", "Cleo", "Bo"}));
  EXPECT_EQ(listed(SeatSort::last_used, true), (Names{"Bo", "Cleo", "Émile", "anna"}));
}

TEST(SeatList, OrdersTiesByAssignment) {
  RULE("A27");
  Desk desk;
  const auto license = desk.license("Vector", 5);
  std::vector<AssignmentId> seats;
  for (int i = 0; i < 4; ++i) seats.push_back(desk.seat(license, desk.person("Twin")));
  for (const SeatSort sort : {SeatSort::user, SeatSort::assigned, SeatSort::last_used}) {
    for (const bool descending : {false, true}) {
      const auto page =
          desk.admin.seat_list({.license = license, .sort = sort, .descending = descending})
              .value();
      std::vector<AssignmentId> shown;
      for (const auto& row : page.rows) shown.push_back(row.assignment);
      if (descending) std::reverse(shown.begin(), shown.end());
      EXPECT_EQ(shown, seats) << to_string(sort);
    }
  }
}

TEST(SeatList, HasAllFieldsOfARow) {
  RULE("A23", "B30", "C13");
  Office desk;
  desk.admin
      .edit_seat({.assignment = desk.seats["Bo"],
                  .access_level = "Editor",
                  .account = "bo@vendor",
                  .notes = "not in the list"})
      .value();
  ASSERT_TRUE(desk.admin.archive_person({.person = desk.people["Bo"]}));
  const auto page = desk.admin.seat_list({.license = desk.license, .archived_only = true}).value();
  ASSERT_EQ(page.rows.size(), 1U) << "the six free seats have no rows";
  const SeatListRow& row = page.rows[0];
  EXPECT_EQ(row.assignment, desk.seats["Bo"]);
  EXPECT_EQ(row.license, desk.license);
  EXPECT_EQ(row.license_name, "Vector");
  EXPECT_EQ(row.person, desk.people["Bo"]);
  EXPECT_EQ(row.email, "");
  EXPECT_EQ(row.access_level, "Editor");
  EXPECT_EQ(row.account, "bo@vendor");
  EXPECT_TRUE(row.archived);
  EXPECT_TRUE(row.needs_review);
  EXPECT_TRUE(row.inactive);
  EXPECT_EQ(row.assigned_at, instant("2026-03-01T12:03:00Z"));
  EXPECT_FALSE(row.last_used_at.has_value());
  EXPECT_EQ(page.version, desk.book.version());
  // mark_reviewed clears the flag; `archived` stays.
  ASSERT_TRUE(desk.admin.mark_reviewed({.assignment = row.assignment}));
  EXPECT_EQ(desk.admin.seat_list({.archived_only = true})->rows.size(), 1U);
  EXPECT_TRUE(desk.admin.seat_list({.needs_review_only = true})->rows.empty());
}

TEST(SeatList, SearchesLiterally) {
  RULE("A24", "C17");
  Office desk;
  desk.seat(desk.license, desk.person("100% _Sure_ [x]", "sure@example.com"));
  const auto found = [&](const char* search) {
    return names(desk.admin.seat_list({.license = desk.license, .search = search}).value());
  };
  EXPECT_EQ(found("NORTH.example"), (Names{"Cleo", "Émile"}));
  EXPECT_EQ(found("Anna"), (Names{"anna"}));
  EXPECT_EQ(found("ÉM"), (Names{"Émile"}));
  EXPECT_EQ(found("em"), (Names{"Émile"})) << "found in the email only: names keep accents";
  EXPECT_EQ(found("%"), (Names{"100% _Sure_ [x]"}));
  EXPECT_EQ(found("_sure_ [X"), (Names{"100% _Sure_ [x]"}));
  EXPECT_EQ(found(".*"), Names{});
  EXPECT_EQ(found("").size(), 5U);
}

TEST(SeatList, IgnoresBlanksAroundTheSearchText) {
  RULE("A24", "C74");
  Office desk;
  for (const char* search : {"cleo@north.example ", " \tCLEO@north.example", "\u00A0cleo\u2003"}) {
    const SeatListQuery query{.license = desk.license, .search = search};
    EXPECT_EQ(names(desk.admin.seat_list(query).value()), (Names{"Cleo"})) << search;
    std::string file;
    EXPECT_EQ(desk.admin.export_seat_list({.list = query}, append_to(file))->rows, 1U) << search;
  }
  EXPECT_EQ(desk.admin.seat_list({.license = desk.license, .search = " \t "})->rows.size(), 4U)
      << "a blank search matches everything";
}

TEST(SeatList, InactiveIsExactToTheSecond) {
  RULE("A25", "A26", "C8");
  Office desk;
  const auto used = instant("2026-03-02T08:00:00Z");
  desk.clock->set(instant("2026-03-03T00:00:00Z"));
  desk.use("Cleo", "2026-03-02T08:00:00Z");
  const auto inactive = [&](std::uint32_t days) {
    const auto rows = desk.admin
                          .seat_list({.license = desk.license,
                                      .search = "cleo",
                                      .inactive_only = true,
                                      .inactive_days = days})
                          .value()
                          .rows;
    return rows.size() == 1;
  };
  desk.clock->set({used.us + 30 * day_us - second_us});
  EXPECT_FALSE(inactive(30));
  EXPECT_TRUE(inactive(29));
  desk.clock->set({used.us + 30 * day_us});
  EXPECT_TRUE(inactive(30));
  desk.clock->set({used.us + 30 * day_us + second_us});
  EXPECT_TRUE(inactive(30));
  EXPECT_FALSE(inactive(31));
  // The other seats were never used.
  EXPECT_EQ(desk.admin.seat_list({.license = desk.license, .inactive_only = true})->rows.size(),
            4U);
  // A future use counts as active.
  ASSERT_TRUE(desk.admin.record_use(
      {.assignment = desk.seats["Bo"], .used_at = {desk.clock->now().us + 60 * minute_us}}));
  EXPECT_EQ(desk.admin.seat_list({.license = desk.license, .inactive_only = true})->rows.size(),
            3U);
}

TEST(SeatList, GraceExcludesNewSeats) {
  RULE("C9");
  Office desk;
  const auto assigned = desk.admin.get_assignment(desk.seats["Bo"])->assigned_at;
  const auto listed = [&](std::uint32_t grace) {
    return desk.admin
        .seat_list({.license = desk.license,
                    .search = "bo",
                    .inactive_only = true,
                    .new_seat_grace_days = grace})
        ->rows.size();
  };
  desk.clock->set({assigned.us + 7 * day_us - second_us});
  EXPECT_EQ(listed(0), 1U) << "inactive from the time of assignment";
  EXPECT_EQ(listed(7), 0U);
  desk.clock->set({assigned.us + 7 * day_us});
  EXPECT_EQ(listed(7), 1U);
}

TEST(SeatList, FiguresCountTheUnfilteredList) {
  RULE("A22");
  Office desk;
  desk.use("Cleo", "2026-03-01T12:04:00Z");
  const auto figures = desk.admin.seat_figures({.license = desk.license}).value();
  EXPECT_EQ(figures.total_assigned, 4U);
  EXPECT_EQ(figures.inactive, 3U);
  EXPECT_EQ(figures.available, 6U);

  const auto open = desk.Desk::license("Open", SeatTotal::unlimited());
  desk.seat(open, desk.people["Bo"]);
  EXPECT_EQ(desk.admin.seat_figures({.license = open})->available, std::nullopt);
  EXPECT_EQ(desk.admin.seat_figures({})->available, std::nullopt);
  ASSERT_TRUE(desk.admin.set_total_seats({.license = open, .total_seats = 3}));
  EXPECT_EQ(desk.admin.seat_figures({})->available, 8U);
  const auto of_bo = desk.admin.seat_figures({.person = desk.people["Bo"]}).value();
  EXPECT_EQ(of_bo.total_assigned, 2U);
  EXPECT_EQ(of_bo.available, std::nullopt);
  const auto both = desk.admin.seat_figures({.license = open, .person = desk.people["Bo"]}).value();
  EXPECT_EQ(both.total_assigned, 1U);

  // An over-allocated license has no negative number of free seats.
  ASSERT_TRUE(desk.admin.set_policy({.license = open, .policy = CapacityPolicy::allow_over}));
  ASSERT_TRUE(desk.admin.set_total_seats({.license = open, .total_seats = 0}));
  EXPECT_EQ(desk.admin.seat_figures({.license = open})->available, 0U);
}

TEST(SeatList, ListsALicenseAPersonOrTheBook) {
  RULE("A23", "A29");
  Office desk;
  const auto mail = desk.Desk::license("Mail", 5);
  const auto second = desk.seat(mail, desk.people["Cleo"]);
  EXPECT_EQ(desk.admin.seat_list({})->rows.size(), 5U);
  const auto of_cleo = desk.admin.seat_list({.person = desk.people["Cleo"]}).value();
  ASSERT_EQ(of_cleo.rows.size(), 2U);
  EXPECT_EQ(of_cleo.rows[1].license_name, "Mail");
  const auto one = desk.admin.seat_list({.license = mail, .person = desk.people["Cleo"]}).value();
  ASSERT_EQ(one.rows.size(), 1U);
  EXPECT_EQ(one.rows[0].assignment, second);
  EXPECT_TRUE(desk.admin.seat_list({.license = mail, .person = desk.people["Bo"]})->rows.empty());
  // A row's assignment id is enough to revoke the seat.
  ASSERT_TRUE(desk.admin.revoke({.assignment = one.rows[0].assignment}));
  EXPECT_TRUE(desk.admin.seat_list({.license = mail})->rows.empty());
  EXPECT_EQ(desk.admin.usage(mail)->used, 0U);
}

TEST(SeatList, RejectsInvalidArguments) {
  RULE("C44");
  Office desk;
  const auto refused = [&](const SeatListQuery& query, Code code, const char* field) {
    const auto result = desk.admin.seat_list(query);
    ASSERT_FALSE(result.has_value()) << field;
    EXPECT_EQ(to_string(result.error().code), to_string(code));
    EXPECT_EQ(result.error().field, field);
  };
  refused({.search = "\xC0"}, Code::invalid_text, "search");
  refused({.inactive_days = 36'501}, Code::invalid_argument, "inactive_days");
  refused({.new_seat_grace_days = 36'501}, Code::invalid_argument, "new_seat_grace_days");
  refused({.sort = static_cast<SeatSort>(3)}, Code::invalid_argument, "sort");
  refused({.limit = max_list_limit + 1}, Code::invalid_argument, "limit");
  refused({.license = LicenseId(9)}, Code::license_not_found, "license");
  refused({.person = PersonId(99)}, Code::person_not_found, "person");
  const auto page = desk.admin.seat_list({.sort = SeatSort::user, .limit = 1}).value();
  ASSERT_FALSE(page.next.empty());
  refused({.sort = SeatSort::assigned, .after = page.next}, Code::invalid_argument, "after");
  refused({.sort = SeatSort::user, .descending = true, .after = page.next}, Code::invalid_argument,
          "after");
  for (const char* cursor : {"x", "user.up.", "user.up.0.61", "user.up.1", "user.up.1.6",
                             "user.up.1.zz", "user.up.-1.61", "user.up.1.61.62",
                             "user.up.99999999999999999999.61", "user.up.1.6g", "user.up.1.g6"}) {
    refused({.sort = SeatSort::user, .after = cursor}, Code::invalid_argument, "after");
  }
  for (const char* cursor : {"last_used.up.1.-5", "last_used.up.1.", "last_used.up.1.Never"}) {
    refused({.sort = SeatSort::last_used, .after = cursor}, Code::invalid_argument, "after");
  }
  refused({.after = "assigned.up.1.2"}, Code::invalid_argument, "after");
  // The smallest time has a valid cursor.
  EXPECT_TRUE(desk.admin.seat_list({.sort = SeatSort::last_used, .after = "last_used.up.1.0"}));
  // A cursor of another list is accepted and returns only rows of this list.
  EXPECT_TRUE(
      desk.admin.seat_list({.license = desk.license, .after = "assigned.up.999"})->rows.empty());
}

/// The expected row of a seat of a random book.
struct Expected {
  AssignmentId id;
  std::string name;
  std::int64_t used_us = -1;

  [[nodiscard]] auto key(SeatSort sort) const {
    return std::tuple(sort == SeatSort::user ? name : std::string(),
                      sort == SeatSort::last_used ? used_us : std::int64_t{0}, id);
  }
};

// Each row that is not revoked between the pages is returned exactly once, in order.
TEST(SeatList, PagesAreStableDuringAssignmentsAndRevocations) {
  RULE("A27");
  std::mt19937 random(20260301);
  const auto below = [&](std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random);
  };
  for (int round = 0; round < 60; ++round) {
    SCOPED_TRACE(round);
    Desk desk;
    const auto license = desk.license("Vector", SeatTotal::unlimited());
    const auto other = desk.Desk::license("Other", SeatTotal::unlimited());
    std::vector<PersonId> people;
    std::map<AssignmentId, Expected> held;
    const auto assign = [&](PersonId person, const std::string& name) {
      const auto seat = desk.admin.assign({.license = license, .person = person});
      if (seat) held[seat->assignment] = {seat->assignment, name};
    };
    for (int i = 0; i < 40; ++i) {
      const std::string name = "P" + std::to_string(below(12));
      people.push_back(desk.person(name));
      if (below(4) == 0) desk.seat(other, people.back());
      assign(people.back(), name);
      desk.clock->advance_us(second_us);
    }
    for (auto& [id, seat] : held) {
      if (below(3) == 0) continue;
      seat.used_us = desk.clock->now().us - static_cast<std::int64_t>(below(3)) * second_us;
      if (!desk.admin.record_use({.assignment = id, .used_at = {seat.used_us}})) seat.used_us = -1;
    }
    const auto sort = static_cast<SeatSort>(below(3));
    const bool descending = below(2) == 0;
    std::set<AssignmentId> stayed;
    for (const auto& [id, seat] : held) stayed.insert(id);

    std::vector<AssignmentId> shown;
    SeatListQuery query{.license = license, .sort = sort, .descending = descending, .limit = 5};
    if (below(4) == 0) query.license.reset();
    do {
      const auto page = desk.admin.seat_list(query).value();
      for (const auto& row : page.rows) {
        if (row.license == license) shown.push_back(row.assignment);
      }
      query.after = page.next;
      for (std::size_t change = below(6); change > 0; --change) {
        if (below(2) == 0 && !held.empty()) {
          // Often the last row of the page.
          auto victim = std::next(held.begin(), static_cast<std::ptrdiff_t>(below(held.size())));
          if (below(2) == 0 && !shown.empty() && held.count(shown.back()) != 0) {
            victim = held.find(shown.back());
          }
          ASSERT_TRUE(desk.admin.revoke({.assignment = victim->first}));
          stayed.erase(victim->first);
          held.erase(victim);
        } else {
          assign(people[below(people.size())], "");
        }
      }
    } while (!query.after.empty());

    EXPECT_EQ(std::set<AssignmentId>(shown.begin(), shown.end()).size(), shown.size());
    std::vector<AssignmentId> expected(stayed.begin(), stayed.end());
    std::sort(expected.begin(), expected.end(), [&](AssignmentId a, AssignmentId b) {
      return descending ? held[b].key(sort) < held[a].key(sort)
                        : held[a].key(sort) < held[b].key(sort);
    });
    std::vector<AssignmentId> kept;
    for (const AssignmentId id : shown) {
      if (stayed.count(id) != 0) kept.push_back(id);
    }
    EXPECT_EQ(kept, expected) << to_string(sort) << (descending ? " down" : " up");
    EXPECT_EQ(desk.findings(), std::vector<std::string>());
  }
}

TEST(SeatList, AllRowsIsOnePage) {
  RULE("A23");
  Office desk;
  for (const SeatSort sort : {SeatSort::user, SeatSort::assigned, SeatSort::last_used}) {
    const auto page = desk.admin.seat_list({.sort = sort, .limit = all_rows}).value();
    EXPECT_EQ(page.rows.size(), 4U);
    EXPECT_TRUE(page.next.empty());
    // A page that ends with the last row has no cursor.
    EXPECT_TRUE(desk.admin.seat_list({.sort = sort, .limit = 4})->next.empty());
  }
}

TEST(Roster, ListsActiveAndRevokedSeatsByAssignmentTime) {
  RULE("B10", "B26", "B27", "C19");
  Office desk;
  desk.clock->set(instant("2026-03-09T12:00:00Z"));
  ASSERT_TRUE(desk.admin.revoke({.assignment = desk.seats["Cleo"]}));
  const auto again = desk.seat(desk.license, desk.people["Cleo"]);
  desk.admin.edit_seat({.assignment = again, .access_level = "Admin"}).value();
  ASSERT_TRUE(desk.admin.archive_person({.person = desk.people["Bo"]}));
  const auto page = desk.admin.roster({.license = desk.license}).value();
  ASSERT_EQ(page.rows.size(), 5U);
  EXPECT_EQ(page.rows[0].name, "Cleo");
  EXPECT_EQ(page.rows[0].revoked_at, instant("2026-03-09T12:00:00Z"));
  EXPECT_EQ(page.rows[0].access_level, "");
  EXPECT_EQ(page.rows[3].name, "Bo");
  EXPECT_TRUE(page.rows[3].archived);
  EXPECT_TRUE(page.rows[3].needs_review);
  EXPECT_EQ(page.rows[4].assignment, again) << "a new row for the same person";
  EXPECT_EQ(page.rows[4].access_level, "Admin");
  EXPECT_FALSE(page.rows[4].revoked_at.has_value());
  EXPECT_EQ(page.version, desk.book.version());
  // B11: utilization counts the active rows of the roster.
  const auto active = desk.admin.roster({.license = desk.license, .active_only = true}).value();
  EXPECT_EQ(active.rows.size(), desk.admin.usage(desk.license)->used);
}

TEST(Roster, PagesContinueAfterTheCursor) {
  RULE("B10");
  Office desk;
  std::vector<AssignmentId> shown;
  RosterQuery query{.license = desk.license, .limit = 1};
  do {
    const auto page = desk.admin.roster(query).value();
    for (const auto& row : page.rows) shown.push_back(row.assignment);
    query.after = page.next;
    if (shown.size() == 1) {
      ASSERT_TRUE(desk.admin.revoke({.assignment = desk.seats["Cleo"]}));
      ASSERT_TRUE(desk.admin.revoke({.assignment = desk.seats["anna"]}));
    }
  } while (query.after);
  EXPECT_EQ(shown, (std::vector<AssignmentId>{desk.seats["Cleo"], desk.seats["anna"],
                                              desk.seats["Émile"], desk.seats["Bo"]}));
  EXPECT_EQ(desk.admin.roster({.license = desk.license, .limit = all_rows})->rows.size(), 4U);
  EXPECT_EQ(desk.admin.roster({.license = desk.license, .active_only = true})->rows.size(), 2U);

  const auto other = desk.Desk::license("Other", 1);
  EXPECT_EQ(code_of(desk.admin.roster({.license = other, .after = desk.seats["Bo"]})),
            Code::assignment_not_found);
  EXPECT_TRUE(desk.admin.roster({.license = other})->rows.empty());
  EXPECT_EQ(code_of(desk.admin.roster({.license = LicenseId(9)})), Code::license_not_found);
  EXPECT_EQ(code_of(desk.admin.roster({.license = other, .limit = max_list_limit + 1})),
            Code::invalid_argument);
}

}  // namespace
}  // namespace seatbook

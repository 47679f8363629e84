// Queries in slices (C69): commits between slices, and the consistency of results.
//
// The views run on tables that follow a book through its storage, with slices of one step, so that
// the book can commit between any two rows.
#include "model/slices.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "book/table_slices.hpp"
#include "model/tables.hpp"
#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"
#include "views/views.hpp"

namespace seatbook {
namespace {

using model::Slices;
using model::Tables;
using testing::Desk;
using testing::minute_us;

/// Calls `between` before each slice except the first. It returns whether the query continues.
class Interrupted final : public Slices {
 public:
  Interrupted(std::uint32_t steps, std::function<bool()> between)
      : Slices(steps), between_(std::move(between)) {
    started_ = enter();
  }
  [[nodiscard]] int taken() const { return taken_; }
  [[nodiscard]] bool held() const { return held_; }
  [[nodiscard]] bool started() const { return started_; }

 private:
  bool take() override {
    held_ = ++taken_ == 1 || between_();
    return held_;
  }
  void release() override { held_ = false; }

  std::function<bool()> between_;
  int taken_ = 0;
  bool held_ = false;
  bool started_ = false;
};

bool proceed() {
  return true;
}

/// A book, and separate tables that follow its commits.
struct Followed {
  std::shared_ptr<Storage> storage = memory_storage();
  Desk desk{storage};
  std::unique_ptr<Tables> tables = std::make_unique<Tables>();

  void catch_up() {
    struct Sink final : RecordSink {
      Result<void> accept(RecordImage record) override {
        records.push_back(std::move(record));
        return {};
      }
      std::vector<RecordImage> records;
    } sink;
    const auto version = storage->read(tables->version, sink).value();
    if (sink.records.empty()) return;
    ASSERT_TRUE(tables->catch_up(std::move(sink.records), version));
  }
};

/// A book with some hundred records.
struct Office : Followed {
  explicit Office(int people_count = 40) {
    for (int i = 0; i < 3; ++i) {
      licenses.push_back(desk.license("License " + std::to_string(i), 1000));
    }
    for (int i = 0; i < people_count; ++i) {
      // The order of names differs from that of ids; some names are equal.
      people.push_back(desk.person("Person " + std::to_string(i * 7 % 20),
                                   "p" + std::to_string(i) + "@x.example"));
      for (int l = 0; l < 3; ++l) {
        if ((i + l) % 3 != 0) desk.seat(licenses[static_cast<std::size_t>(l)], people.back());
      }
      desk.clock->advance_us(minute_us);
    }
    for (int i = 1; i <= people_count; i += 3) {
      desk.admin
          .record_use({.assignment = AssignmentId(static_cast<std::uint64_t>(i)),
                       .used_at = desk.clock->now()})
          .value();
    }
    for (int i = 0; i < people_count; i += 5) {
      desk.admin.archive_person({.person = people[static_cast<std::size_t>(i)]}).value();
    }
    desk.admin
        .update_license({.license = licenses[0],
                         .cost_per_seat = Money::parse("12").value(),
                         .currency = "EUR",
                         .renewal_date = Date::parse("2026-04-01").value()})
        .value();
    catch_up();
  }
  [[nodiscard]] Timestamp now() const { return desk.clock->now(); }

  std::vector<LicenseId> licenses;
  std::vector<PersonId> people;
};

// ------------------------------------------------------------------------------------- the lock

TEST(SlicesOfTheTableLock, LetAWriterRunBetweenSlices) {
  RULE("C69");
  detail::FairSharedMutex mutex;
  bool written = false;  // guarded by the mutex
  const auto tables = std::make_shared<model::Tables>();
  const auto check = [] { return Result<void>(); };
  detail::TableSlices slices(mutex, tables, check);
  ASSERT_TRUE(slices.enter());
  std::thread writer([&] {
    const std::lock_guard lock(mutex);
    written = true;
  });
  while (!written) ASSERT_TRUE(slices.step());  // never ends if no slice ends
  slices.leave();
  writer.join();
}

TEST(SlicesOfTheTableLock, ReleaseTheLockWhenTheQueryEnds) {
  RULE("C69");
  detail::FairSharedMutex mutex;
  bool closed = false;
  const auto check = [&] {
    return closed ? Result<void>(Error{Code::book_closed, "closed"}) : Result<void>();
  };
  const auto tables = std::make_shared<model::Tables>();
  detail::TableSlices slices(mutex, tables, check);
  ASSERT_TRUE(slices.enter());
  EXPECT_TRUE(slices.step(Slices::steps_in_a_slice));
  closed = true;
  EXPECT_FALSE(slices.step());
  ASSERT_TRUE(slices.ended());
  EXPECT_EQ(slices.error().code, Code::book_closed);
  const std::lock_guard lock(mutex);  // blocks forever if the slice still holds the lock
  EXPECT_FALSE(slices.step()) << "an ended query stays ended";
  EXPECT_FALSE(slices.apart(1, [] { FAIL() << "an ended query must not do work"; }));
  std::vector<int> rows;
  EXPECT_FALSE(slices.room(rows));
}

TEST(SlicesOfTheTableLock, ReleaseTheLockDuringLongWork) {
  RULE("C69");
  Interrupted slices(10, proceed);
  ASSERT_TRUE(slices.started());
  bool held = false;
  ASSERT_TRUE(slices.apart(10, [&] { held = slices.held(); }));
  EXPECT_TRUE(held) << "work that fits into the first slice sees one version";
  EXPECT_EQ(slices.taken(), 1);
  ASSERT_TRUE(slices.apart(1, [&] { held = slices.held(); }));
  EXPECT_FALSE(held);
  EXPECT_EQ(slices.taken(), 2);
  ASSERT_TRUE(slices.apart(1, [&] { held = slices.held(); }));
  EXPECT_FALSE(held) << "after the first slice the lock is always released";
}

TEST(SlicesOfTheTableLock, ReleaseTheLockWhileALargeVectorGrows) {
  RULE("C69");
  Interrupted slices(Slices::steps_in_a_slice, proceed);
  std::vector<std::uint64_t> rows;
  bool moved_while_held = false;
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    const auto capacity = rows.capacity();
    rows.push_back(i);
    moved_while_held |= rows.capacity() != capacity && capacity * sizeof(i) > 64 * 1024;
    ASSERT_TRUE(slices.room(rows));
  }
  EXPECT_FALSE(moved_while_held);
  EXPECT_GT(slices.taken(), 1);
}

// ----------------------------------------------------------------------------------- all queries

struct Query {
  const char* name;
  std::uint64_t rows;  // that it must read
  std::function<void(const Tables&, Slices&)> run;
};

/// Returns every query whose work grows with the book.
std::vector<Query> queries(const Office& office) {
  const Tables& tables = *office.tables;
  const std::uint64_t seats = tables.assignments.size();
  const std::uint64_t people = tables.people.size();
  const std::uint64_t history = tables.history.size();
  const LicenseId license = office.licenses[0];
  const std::uint64_t of_license = tables.assignments.active_count(license);
  const Timestamp now = office.now();
  const std::uint64_t flagged = tables.assignments.flagged_count({});
  std::vector<Query> queries;
  const auto add = [&](const char* name, std::uint64_t rows, auto run) {
    queries.push_back({name, rows, [run](const Tables& t, Slices& s) { (void)run(t, s); }});
  };
  for (const SeatSort sort : {SeatSort::user, SeatSort::assigned, SeatSort::last_used}) {
    add("seat_list", seats, [=](const Tables& t, Slices& s) {
      return views::seat_list(t, {.search = "nowhere", .sort = sort}, {}, now, s);
    });
    add("seat_list, all rows", seats, [=](const Tables& t, Slices& s) {
      return views::seat_list(t, {.sort = sort, .limit = all_rows}, {}, now, s);
    });
  }
  add("seat_figures", seats,
      [=](const Tables& t, Slices& s) { return views::seat_figures(t, {}, now, s); });
  add("roster", of_license, [=](const Tables& t, Slices& s) {
    return views::roster(t, {.license = license, .active_only = true}, s);
  });
  add("roster order", of_license,
      [=](const Tables& t, Slices& s) { return views::roster_order(t, license, s); });
  add("license_seats", of_license,
      [=](const Tables& t, Slices& s) { return views::license_seats(t, license, s); });
  add("my_software", 2, [person = office.people[1]](const Tables& t, Slices& s) {
    return views::my_software(t, person, s);
  });
  add("assignable_people", people, [=](const Tables& t, Slices& s) {
    return views::assignable_people(t, {.license = license, .search = "no match"}, s);
  });
  add("needs_review", 2 * flagged,
      [=](const Tables& t, Slices& s) { return views::needs_review(t, {}, now, s); });
  add("archived_owners", tables.licenses.size(),
      [](const Tables& t, Slices& s) { return views::archived_owners(t, s); });
  for (const UtilizationBy by :
       {UtilizationBy::license, UtilizationBy::product_group, UtilizationBy::book}) {
    add("utilization", seats,
        [=](const Tables& t, Slices& s) { return views::utilization(t, {.by = by}, s); });
  }
  add("reclaim_candidates", seats, [=](const Tables& t, Slices& s) {
    return views::reclaim_candidates(t, {.inactive_days = 0, .limit = 5}, now, s);
  });
  add("renewals_due", of_license, [=](const Tables& t, Slices& s) {
    return views::renewals_due(t, {.until = Date::parse("2026-12-31").value()}, now, s);
  });
  for (const bool newest_first : {false, true}) {
    add("history", history, [=](const Tables& t, Slices& s) {
      return views::history(
          t, {.kind = HistoryKind::license_archived, .newest_first = newest_first}, s);
    });
    add("history of a license", of_license, [=](const Tables& t, Slices& s) {
      return views::history_order(t, {.license = license, .newest_first = newest_first}, s);
    });
  }
  add("events_after", history,
      [](const Tables& t, Slices& s) { return views::events_after(t, {}, 100'000, s); });
  add("notifications_after", history,
      [](const Tables& t, Slices& s) { return views::notifications_after(t, {}, 100'000, s); });
  add("holders_at", of_license,
      [=](const Tables& t, Slices& s) { return views::holders_at(t, license, now, s); });
  add("usage_over_time", history,
      [](const Tables& t, Slices& s) { return views::usage_over_time(t, {}, 1000, s); });
  add("peak_usage", of_license,
      [=](const Tables& t, Slices& s) { return views::peak_usage(t, {.license = license}, s); });
  add("offboarding_times", history,
      [](const Tables& t, Slices& s) { return views::offboarding_times(t, {}, s); });
  add("dump", seats + people + history,
      [](const Tables& t, Slices& s) { return views::dump(t, s); });
  add("check_invariants", 3 * seats + people + history,
      [](const Tables& t, Slices& s) { return t.check_invariants(s); });
  return queries;
}

TEST(QueriesInSlices, CountEveryRowTheyRead) {
  RULE("C69");
  const Office office;
  for (const Query& query : queries(office)) {
    Interrupted slices(1, proceed);
    query.run(*office.tables, slices);
    EXPECT_GE(slices.taken(), static_cast<int>(query.rows)) << query.name;
  }
}

TEST(QueriesInSlices, CountTheRevokedSeatsTheySkip) {
  RULE("C69");
  constexpr std::uint64_t seats = 50;
  Followed followed;
  const LicenseId license = followed.desk.license("Vector", seats);
  for (std::uint64_t i = 0; i < seats; ++i) {
    followed.desk.seat(license, followed.desk.person("P" + std::to_string(i)));
  }
  const auto revoke = [&](std::uint64_t first, std::uint64_t last) {
    for (std::uint64_t id = first; id <= last; ++id) {
      followed.desk.admin.revoke({.assignment = AssignmentId(id)}).value();
    }
    followed.catch_up();
  };
  /// Returns the seats after seat 2 and the number of slices.
  const auto page_after_2 = [&](bool descending) {
    const SeatListQuery query{
        .license = license, .sort = SeatSort::assigned, .descending = descending};
    Interrupted slices(1, proceed);
    auto page =
        views::seat_list(*followed.tables, query, views::SeatPosition{AssignmentId(2), {}, 0},
                         followed.desk.clock->now(), slices);
    std::vector<std::uint64_t> found;
    for (const SeatListRow& row : page.rows) found.push_back(row.assignment.value);
    return std::pair(std::move(found), slices.taken());
  };

  // Seat 2 was never linked in these tables, so its neighbors are searched from the newest seat.
  revoke(2, 2);
  const auto older = page_after_2(true);
  EXPECT_EQ(older.first, std::vector<std::uint64_t>{1});
  EXPECT_GE(older.second, static_cast<int>(seats - 2));
  const auto newer = page_after_2(false);
  EXPECT_EQ(newer.first.size(), seats - 2);
  EXPECT_GE(newer.second, static_cast<int>(2 * (seats - 2)));

  // Seats that were linked in these tables before their revocation.
  revoke(3, seats - 1);
  const auto last = page_after_2(false);
  EXPECT_EQ(last.first, std::vector<std::uint64_t>{seats});
  revoke(1, 1);
  const auto none_older = page_after_2(true);
  EXPECT_TRUE(none_older.first.empty());
  revoke(seats, seats);
  EXPECT_TRUE(page_after_2(false).first.empty());
  EXPECT_TRUE(page_after_2(true).first.empty());
}

TEST(QueriesInSlices, DoNotReadTheTablesAfterTheyEnd) {
  RULE("C69");
  const std::size_t count = queries(Office(6)).size();
  for (std::size_t at = 0; at < count; ++at) {
    for (int end = 1; end < 200; end = 3 * end + 1) {
      Office office(6);
      const Query query = queries(office)[at];
      const Tables& tables = *office.tables;
      int left = end;
      Interrupted slices(1, [&] {
        if (--left > 0) return true;
        office.tables.reset();  // reading them would be a use after free
        return false;
      });
      query.run(tables, slices);
      EXPECT_EQ(slices.ended(), office.tables == nullptr) << query.name;
    }
  }
}

TEST(QueriesInSlices, ReturnTheSameForAnySliceLength) {
  RULE("C69");
  const Office office;
  const Tables& tables = *office.tables;
  const auto in_slices = [&](std::uint32_t steps, const auto& query) {
    Interrupted slices(steps, proceed);
    return query(slices);
  };
  for (const std::uint32_t steps : {1U, 7U, 100U}) {
    for (const SeatSort sort : {SeatSort::user, SeatSort::assigned, SeatSort::last_used}) {
      for (const bool descending : {false, true}) {
        const auto listed = [&](Slices& slices) {
          std::vector<std::uint64_t> ids;
          const auto page =
              views::seat_list(tables, {.sort = sort, .descending = descending, .limit = 20}, {},
                               office.now(), slices);
          for (const auto& row : page.rows) ids.push_back(row.assignment.value);
          return std::make_pair(ids, page.next);
        };
        EXPECT_EQ(in_slices(steps, listed), in_slices(1'000'000, listed));
      }
    }
    const auto dumped = [&](Slices& slices) { return views::dump(tables, slices); };
    EXPECT_EQ(in_slices(steps, dumped), office.desk.dump());
    const auto flagged = [&](Slices& slices) {
      std::vector<std::uint64_t> ids;
      for (const auto& row : views::needs_review(tables, {}, office.now(), slices)) {
        ids.push_back(row.assignment.value);
      }
      return ids;
    };
    EXPECT_EQ(in_slices(steps, flagged), in_slices(1'000'000, flagged));
    const auto reclaimed = [&](Slices& slices) {
      std::vector<std::uint64_t> ids;
      const auto result = views::reclaim_candidates(tables, {.inactive_days = 0, .limit = 15},
                                                    office.now(), slices);
      for (const auto& row : result.rows) ids.push_back(row.assignment.value);
      return std::make_tuple(ids, result.candidates, result.more, result.unpriced);
    };
    EXPECT_EQ(in_slices(steps, reclaimed), in_slices(1'000'000, reclaimed));
  }
}

TEST(QueriesInSlices, ReadASmallBookInOneSlice) {
  RULE("C69");
  const Office office;
  for (const Query& query : queries(office)) {
    if (std::string(query.name) == "check_invariants")
      continue;  // it needs more slices to free its memory
    Interrupted slices(Slices::steps_in_a_slice, proceed);
    query.run(*office.tables, slices);
    EXPECT_EQ(slices.taken(), 1) << query.name;
  }
}

// ------------------------------------------------------------------ queries during changes

/// Changes the book at random, and records which seats did not change.
class RandomChanges {
 public:
  RandomChanges(Office& office, unsigned seed) : office_(office), random_(seed) {
    for (std::uint64_t id = 1; id <= office.tables->assignments.size(); ++id) {
      if (office.tables->assignments.find(AssignmentId(id))->active()) active_.insert(id);
    }
    unmoved_ = active_;
  }

  /// Called between two slices; changes the book in one of 16 calls. Returns true.
  bool change() {
    if (random_() % 16 != 0) return true;
    Session& admin = office_.desk.admin;
    const auto pick = [this](const auto& of) { return of[random_() % of.size()]; };
    const std::vector<std::uint64_t> held(active_.begin(), active_.end());
    const AssignmentId seat(pick(held));
    switch (random_() % 4) {
      case 0: {
        const auto given =
            admin.assign({.license = pick(office_.licenses), .person = pick(office_.people)});
        if (given) active_.insert(given->assignment.value);
        break;
      }
      case 1:
        admin.revoke({.assignment = seat}).value();
        active_.erase(seat.value);
        unmoved_.erase(seat.value);
        break;
      case 2:
        office_.desk.clock->advance_us(minute_us);
        if (admin.record_use({.assignment = seat, .used_at = office_.now()})) moved(seat.value);
        break;
      default: {
        const PersonId person = pick(office_.people);
        const std::string name = "Name " + std::to_string(random_() % 50);
        if (!admin.update_person({.person = person, .name = name})) break;  // archived
        for (const std::uint64_t id : std::vector(unmoved_.begin(), unmoved_.end())) {
          const auto* row = office_.tables->assignments.find(AssignmentId(id));
          if (row->person == person.value) moved(id);
        }
      }
    }
    office_.catch_up();
    return true;
  }

  /// Returns the seats that were active all the time and changed neither name nor last use.
  [[nodiscard]] const std::set<std::uint64_t>& unmoved() const { return unmoved_; }

 private:
  void moved(std::uint64_t seat) { unmoved_.erase(seat); }

  Office& office_;
  std::minstd_rand random_;
  std::set<std::uint64_t> active_;
  std::set<std::uint64_t> unmoved_;
};

class DuringChanges : public testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Seeds, DuringChanges, testing::Range(0U, 6U));

TEST_P(DuringChanges, PagesHaveEachUnchangedSeatOnce) {
  RULE("C69");
  for (const SeatSort sort : {SeatSort::user, SeatSort::assigned, SeatSort::last_used}) {
    for (const bool descending : {false, true}) {
      for (const bool of_license : {false, true}) {
        for (const std::uint32_t limit : {7U, 60U, all_rows}) {
          Office office;
          RandomChanges changes(office, GetParam());
          SeatListQuery query{.sort = sort, .descending = descending, .limit = limit};
          if (of_license) query.license = office.licenses[1];
          std::map<std::uint64_t, int> shown;
          do {
            std::optional<views::SeatPosition> after;
            if (!query.after.empty()) after = views::position_of(query).value();
            Interrupted slices(1, [&] { return changes.change(); });
            auto page = views::seat_list(*office.tables, query, after, office.now(), slices);
            for (const auto& row : page.rows) ++shown[row.assignment.value];
            query.after = std::move(page.next);
          } while (!query.after.empty());
          for (const std::uint64_t seat : changes.unmoved()) {
            const auto* row = office.tables->assignments.find(AssignmentId(seat));
            if (of_license && row->license != office.licenses[1].value) continue;
            EXPECT_EQ(shown[seat], 1) << to_string(sort) << " seat " << seat << " limit " << limit;
          }
        }
      }
    }
  }
}

TEST_P(DuringChanges, ListsHaveEachUnchangedSeatOnce) {
  RULE("C69");
  const auto expect_once = [](const RandomChanges& changes, std::map<std::uint64_t, int>& shown,
                              const auto& expected) {
    for (const std::uint64_t seat : changes.unmoved()) {
      if (!expected(seat)) continue;
      EXPECT_EQ(shown[seat], 1) << "seat " << seat;
    }
  };
  const auto run = [&](const auto& query, const auto& expected) {
    Office office;
    RandomChanges changes(office, GetParam());
    Interrupted slices(1, [&] { return changes.change(); });
    std::map<std::uint64_t, int> shown;
    for (const auto& row : query(office, slices)) ++shown[row.assignment.value];
    expect_once(changes, shown, [&](std::uint64_t seat) {
      return expected(office, *office.tables->assignments.find(AssignmentId(seat)));
    });
  };
  const auto of_first_license = [](const Office& office, const model::AssignmentRow& row) {
    return row.license == office.licenses[0].value;
  };
  run([](Office& o, Slices& s) { return views::license_seats(*o.tables, o.licenses[0], s); },
      of_first_license);
  run(
      [](Office& o, Slices& s) {
        return views::roster(*o.tables, {.license = o.licenses[0], .limit = all_rows}, s).rows;
      },
      of_first_license);
  run([](Office& o, Slices& s) { return views::holders_at(*o.tables, o.licenses[0], o.now(), s); },
      of_first_license);
  run([](Office& o, Slices& s) { return views::my_software(*o.tables, o.people[1], s); },
      [](const Office& o, const model::AssignmentRow& row) {
        return row.person == o.people[1].value;
      });
  run([](Office& o, Slices& s) { return views::needs_review(*o.tables, {}, o.now(), s); },
      [](const Office&, const model::AssignmentRow& row) { return row.needs_review; });
  run(
      [](Office& o, Slices& s) {
        return views::reclaim_candidates(*o.tables, {.inactive_days = 0, .limit = 100'000}, o.now(),
                                         s)
            .rows;
      },
      [](const Office&, const model::AssignmentRow&) { return true; });
}

TEST_P(DuringChanges, FiguresAreBetweenThoseOfTheirVersions) {
  RULE("C69");
  Office office;
  const auto all = [&] {
    Interrupted slices(1'000'000, proceed);
    return views::seat_figures(*office.tables, {}, office.now(), slices).total_assigned;
  };
  const std::uint64_t at_first = all();
  const Version version = office.tables->version;
  RandomChanges changes(office, GetParam());
  Interrupted slices(1, [&] { return changes.change(); });
  const auto figures = views::seat_figures(*office.tables, {}, office.now(), slices);
  EXPECT_EQ(figures.version, version);
  EXPECT_EQ(figures.last_version, office.tables->version);
  EXPECT_GT(figures.last_version, figures.version);
  EXPECT_GE(figures.total_assigned, changes.unmoved().size());
  EXPECT_LE(figures.total_assigned, at_first) << "seats assigned meanwhile are not counted";

  const Version second = office.tables->version;
  Interrupted more(1, [&] { return changes.change(); });
  const auto rows = views::utilization(*office.tables, {}, more);
  ASSERT_EQ(rows.size(), 3U);
  for (const auto& row : rows) {
    EXPECT_EQ(row.version, second);
    EXPECT_EQ(row.last_version, office.tables->version);
  }
}

TEST_P(DuringChanges, HistoryReportsHaveOneVersion) {
  RULE("C69");
  const auto expect_of_first_version = [seed = GetParam()](const auto& report) {
    Office office;
    Interrupted one_slice(1'000'000, proceed);
    const auto expected = report(office, one_slice);
    RandomChanges changes(office, seed);
    Interrupted slices(1, [&] { return changes.change(); });
    EXPECT_EQ(report(office, slices), expected);
  };
  expect_of_first_version([](Office& office, Slices& slices) {
    const auto result = views::usage_over_time(*office.tables, {}, 1000, slices);
    std::vector<std::uint64_t> used;
    for (const auto& step : result.steps) used.push_back(step.used);
    return std::make_pair(used, result.version);
  });
  expect_of_first_version([](Office& office, Slices& slices) {
    const auto peak = views::peak_usage(*office.tables, {.license = office.licenses[0]}, slices);
    return std::make_pair(peak.at, peak.used);
  });
  expect_of_first_version([](Office& office, Slices& slices) {
    const auto times = views::offboarding_times(*office.tables, {}, slices);
    return std::make_tuple(times.waiting, times.released, times.rows.size(), times.version);
  });
}

TEST_P(DuringChanges, AccessLevelsAreThoseOfTheInstant) {
  RULE("C59", "C69");
  Office office;
  const LicenseId license = office.licenses[0];
  const Timestamp before_all_edits = office.now();
  office.desk.clock->advance_us(minute_us);
  const auto seats = office.desk.admin.license_seats(license).value();
  std::minstd_rand random(GetParam());
  int edits = 0;
  const auto edit = [&] {
    EXPECT_TRUE(
        office.desk.admin.edit_seat({.assignment = seats[random() % seats.size()].assignment,
                                     .access_level = "level " + std::to_string(++edits)}));
    office.catch_up();
    return true;
  };
  for (int i = 0; i < 20; ++i) edit();
  Interrupted slices(1, edit);
  const auto holders = views::holders_at(*office.tables, license, before_all_edits, slices);
  EXPECT_EQ(holders.size(), seats.size());
  EXPECT_GT(edits, 40);
  for (const HolderRow& row : holders) {
    EXPECT_TRUE(row.access_level_recorded);
    EXPECT_EQ(row.access_level, "");
  }
}

TEST_P(DuringChanges, EventPagesAreComplete) {
  RULE("C41", "C69");
  Office office;
  RandomChanges changes(office, GetParam());
  const std::uint64_t size = office.tables->history.size();
  Interrupted slices(1, [&] { return changes.change(); });
  const auto page = views::events_after(*office.tables, {}, 100'000, slices);
  EXPECT_EQ(page.next, Seq(size));
  EXPECT_FALSE(page.more) << "as of the start of the query";
  std::set<std::uint64_t> seqs;
  for (const Event& event : page.events) seqs.insert(event.seq.value);
  EXPECT_EQ(seqs.size(), page.events.size());
  for (std::uint64_t seq = 1; seq <= size; ++seq) {
    EXPECT_EQ(seqs.count(seq) != 0, office.tables->history.moves_a_seat(Seq(seq))) << seq;
  }
  Interrupted again(1, [&] { return changes.change(); });
  const auto notified = views::notifications_after(*office.tables, {}, 100'000, again);
  std::uint64_t seats = 0;
  for (const auto& one : notified.notifications) seats += one.seats.size();
  std::uint64_t grants = 0;
  for (std::uint64_t seq = 1; seq <= notified.next.value; ++seq) {
    grants += office.tables->history.row(Seq(seq)).grants() ? 1 : 0;
  }
  EXPECT_EQ(seats, grants);
}

}  // namespace
}  // namespace seatbook

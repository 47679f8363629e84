// How long other threads wait for the table lock while a query runs on a large book (C69): the
// longest call of usage(), which is O(1), on one thread, and of assign or revoke on another.
//
//   SEATBOOK_BENCH_ROUNDS=3           how often each query runs; the table shows the best round
//   SEATBOOK_BENCH_LARGEST=1000000    assignments
//   SEATBOOK_BENCH_WRITE_US=1000      pause between two writes; 0: no writer
//
// A wait includes the time in which the system does not schedule the thread; the first line of the
// table is measured without a query. The table shows the best round, because other programs can
// only increase the times.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "program.hpp"
#include "seatbook/seatbook.hpp"
#include "workload.hpp"

namespace seatbook::bench {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::uint32_t license_count = 5;
constexpr std::int64_t day_us = 86'400'000'000;
constexpr Timestamp start{1'767'225'600'000'000};  // 2026-01-01

double milliseconds_since(Steady::time_point then) {
  return std::chrono::duration<double, std::milli>(Steady::now() - then).count();
}

/// A book with five licenses, all assigned to the same people. A third of the seats was used
/// recently, and a tenth of the people is archived.
class LargeBook {
 public:
  explicit LargeBook(std::uint32_t assignments) {
    Random random(assignments);
    std::vector<PersonId> people;
    for (std::uint32_t i = 0; i < assignments / license_count; ++i) {
      const std::string number = std::to_string(random.below(1'000'000'000));
      people.push_back(desk.add_person({.name = "Person " + number,
                                        .email = "p" + std::to_string(i) + "@x.example"})
                           .value()
                           .person);
    }
    const auto license = [&](const std::string& name) {
      return desk
          .add_license({.name = name,
                        .total_seats = SeatTotal::unlimited(),
                        .owner = people.front(),
                        .cost_per_seat = Money::parse("10").value(),
                        .currency = "EUR",
                        .renewal_date = Date::parse("2026-06-01").value()})
          .value()
          .license;
    };
    for (std::uint32_t i = 0; i < license_count; ++i) {
      licenses.push_back(license("License " + std::to_string(i)));
      for (std::size_t at = 0; at < people.size(); at += max_bulk_items) {
        const std::size_t end = std::min<std::size_t>(people.size(), at + max_bulk_items);
        AssignMany grants{.license = licenses.back()};
        grants.people.assign(people.begin() + static_cast<std::ptrdiff_t>(at),
                             people.begin() + static_cast<std::ptrdiff_t>(end));
        desk.assign_many(grants).value();
        clock->advance_us(day_us);
      }
    }
    clock->advance_us(60 * day_us);
    RecordUses uses;
    for (std::uint64_t id = 1; id <= assignments; id += 3) {
      uses.uses.push_back({.assignment = AssignmentId(id), .used_at = clock->now()});
      if (uses.uses.size() == max_bulk_items) {
        desk.record_uses(uses).value();
        uses.uses.clear();
      }
    }
    desk.record_uses(uses).value();
    for (std::size_t i = 10; i < people.size(); i += 10) {
      desk.archive_person({.person = people[i]}).value();
    }
    small = license("Small");
    worker = people.front();
  }

  std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>(start);
  Book book = Book::open({.clock = clock}).value();
  Session desk = book.session({.actor = "benchmark", .role = Role::super_admin});
  std::vector<LicenseId> licenses;
  LicenseId small;
  PersonId worker;
};

/// Makes short calls on a separate thread.
class BackgroundCalls {
 public:
  template <class Call>
  BackgroundCalls(std::uint32_t pause_us, Call call)
      : thread_([this, pause_us, call = std::move(call)]() mutable {
          while (!stop_.load()) {
            const auto begin = Steady::now();
            call();
            longest_ = std::max(longest_, milliseconds_since(begin));
            std::this_thread::sleep_for(std::chrono::microseconds(pause_us));
          }
        }) {}
  /// Ends the thread and returns the time of the longest call in milliseconds.
  double longest() {
    stop_.store(true);
    thread_.join();
    return longest_;
  }

 private:
  std::atomic<bool> stop_{false};
  double longest_ = 0;  // written by the thread until it has ended
  std::thread thread_;
};

struct Figures {
  double takes = std::numeric_limits<double>::max();
  double reader_waits = std::numeric_limits<double>::max();
  double writer_waits = std::numeric_limits<double>::max();
};

Figures measure(LargeBook& book, const std::function<void()>& query) {
  const std::uint32_t write_pause = setting("SEATBOOK_BENCH_WRITE_US", 1000);
  Figures best;
  for (std::uint32_t round = 0; round < rounds(); ++round) {
    BackgroundCalls reader(100, [&book] { book.desk.usage(book.small).value(); });
    const auto write = [desk = book.desk, &book]() mutable {
      const auto seat = desk.assign({.license = book.small, .person = book.worker}).value();
      desk.revoke({.assignment = seat.assignment}).value();
    };
    std::unique_ptr<BackgroundCalls> writer;
    if (write_pause != 0) writer = std::make_unique<BackgroundCalls>(write_pause, write);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const auto begin = Steady::now();
    query();
    best.takes = std::min(best.takes, milliseconds_since(begin));
    if (writer) best.writer_waits = std::min(best.writer_waits, writer->longest());
    best.reader_waits = std::min(best.reader_waits, reader.longest());
  }
  if (write_pause == 0) best.writer_waits = 0;
  return best;
}

int run() {
  const std::uint32_t assignments = setting("SEATBOOK_BENCH_LARGEST", 1'000'000);
  LargeBook book(assignments);
  Session& desk = book.desk;
  const LicenseId license = book.licenses.front();
  const CsvSink discard = [](std::string_view) { return true; };
  const Timestamp since{start.us};
  const Timestamp until{start.us + 365 * day_us};

  std::printf("%u assignments; milliseconds, best of %u rounds\n\n%-44s%10s%10s%10s\n", assignments,
              rounds(), "", "query", "reader", "writer");
  const auto line = [&](const char* name, const std::function<void()>& query) {
    const Figures figures = measure(book, query);
    std::printf("%-44s%10.1f%10.2f%10.2f\n", name, figures.takes, figures.reader_waits,
                figures.writer_waits);
    std::fflush(stdout);
  };
  line("no query for 200 ms", [] { std::this_thread::sleep_for(std::chrono::milliseconds(200)); });
  line("seat_list, license, by user, 50",
       [&] { desk.seat_list({.license = license, .sort = SeatSort::user, .limit = 50}).value(); });
  line("seat_list, book, by user, 50",
       [&] { desk.seat_list({.sort = SeatSort::user, .limit = 50}).value(); });
  line("seat_list, book, by last use, 50",
       [&] { desk.seat_list({.sort = SeatSort::last_used, .limit = 50}).value(); });
  line("seat_list, book, search, 50",
       [&] { desk.seat_list({.search = "zzz", .limit = 50}).value(); });
  line("seat_list, book, inactive, all rows",
       [&] { desk.seat_list({.inactive_only = true, .limit = all_rows}).value(); });
  line("seat_list, book, by user, all rows",
       [&] { desk.seat_list({.sort = SeatSort::user, .limit = all_rows}).value(); });
  line("seat_figures, book", [&] { desk.seat_figures({}).value(); });
  line("license_seats", [&] { desk.license_seats(license).value(); });
  line("roster, all rows", [&] { desk.roster({.license = license, .limit = all_rows}).value(); });
  line("people, 100,000", [&] { desk.people({.limit = 100'000}).value(); });
  line("assignable_people, search", [&] { desk.assignable_people({.search = "zzz"}).value(); });
  line("assignable_people, 1000", [&] { desk.assignable_people({.limit = 1000}).value(); });
  line("needs_review", [&] { desk.needs_review().value(); });
  line("utilization", [&] { desk.utilization().value(); });
  line("reclaim_candidates, 10", [&] { desk.reclaim_candidates({.limit = 10}).value(); });
  line("reclaim_candidates, 100,000", [&] { desk.reclaim_candidates({.limit = 100'000}).value(); });
  line("renewals_due",
       [&] { desk.renewals_due({.until = Date::parse("2026-12-31").value()}).value(); });
  line("history, license, oldest first, 10",
       [&] { desk.history({.license = license, .limit = 10}).value(); });
  line("history, kind, newest first, 10", [&] {
    desk.history({.kind = HistoryKind::license_archived, .newest_first = true, .limit = 10})
        .value();
  });
  line("history, 100,000", [&] { desk.history({.limit = 100'000}).value(); });
  line("events_after, 100,000",
       [&] { desk.events_after(Seq(assignments / license_count + 10), 100'000).value(); });
  line("notifications_after, a batch of 100,000",
       [&] { desk.notifications_after(Seq(assignments / license_count + 10), 1).value(); });
  line("holders_at", [&] { desk.holders_at(license, until).value(); });
  line("usage_over_time, book", [&] { desk.usage_over_time({.limit = 100'000}).value(); });
  line("peak_usage, book", [&] { desk.peak_usage({}).value(); });
  line("offboarding_times",
       [&] { desk.offboarding_times({.since = since, .until = until}).value(); });
  line("export_seat_list, book, by user",
       [&] { desk.export_seat_list({.list = {.sort = SeatSort::user}}, discard).value(); });
  line("export_history", [&] { desk.export_history({}, discard).value(); });
  line("export_roster", [&] { desk.export_roster({.license = license}, discard).value(); });
  line("dump", [&] { book.book.dump().value(); });
  line("check_invariants", [&] { book.book.check_invariants().value(); });
  return 0;
}

}  // namespace
}  // namespace seatbook::bench

int main() {
  return seatbook::bench::guarded("lock_waits", [] { return seatbook::bench::run(); });
}

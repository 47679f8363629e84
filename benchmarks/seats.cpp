// The cost of assigning, revoking and querying seats: the library compared with in-memory SQLite
// (peer_sqlite.hpp) and with the bare minimum (floor.hpp), in one run on one workload.
//
//   SEATBOOK_BENCH_ROUNDS=5          how often each measurement is made; the table shows medians
//   SEATBOOK_BENCH_LARGEST=10000000  the largest book of the growth table (10^7 needs 6 GiB)
//
// Google Benchmark's own flags work too. Each round runs all contenders, so that a noisy minute of
// the machine affects all of them.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "collector.hpp"
#include "floor.hpp"
#include "heap.hpp"
#include "outcome.hpp"
#include "peer_sqlite.hpp"
#include "program.hpp"
#include "seatbook/seatbook.hpp"
#include "workload.hpp"

namespace seatbook::bench {
namespace {

// -------------------------------------------------------------------------------- the contenders

/// The library as a host uses it, with sessions, permissions, history and the machine's clock.
class Library {
 public:
  static constexpr const char* name = "library";

  explicit Library(const Scale& scale) {
    for (std::uint32_t id = 1; id <= scale.people; ++id) {
      const std::string number = std::to_string(id);
      require(session_.add_person(
          {.name = "Person " + number, .email = "person" + number + "@example.com"}));
    }
    for (std::uint32_t id = 1; id <= scale.licenses; ++id) {
      require(session_.add_license({.name = "License " + std::to_string(id),
                                    .total_seats = Scale::seats_per_license,
                                    .owner = PersonId(1)}));
    }
  }

  Outcome assign(SeatKey key) {
    return outcome(
        session_.assign({.license = LicenseId(key.license), .person = PersonId(key.person)}));
  }
  Outcome revoke(std::uint64_t assignment) {
    return outcome(session_.revoke({.assignment = AssignmentId(assignment)}));
  }
  [[nodiscard]] bool holds(SeatKey key) const {
    return session_.find_seat(LicenseId(key.license), PersonId(key.person)).value().has_value();
  }
  [[nodiscard]] std::uint64_t used(std::uint32_t license) const {
    return session_.usage(LicenseId(license)).value().used;
  }
  [[nodiscard]] std::vector<SeatRow> license_seats(std::uint32_t license) const {
    return session_.license_seats(LicenseId(license)).value();
  }
  [[nodiscard]] std::vector<SoftwareRow> person_seats(std::uint32_t person) const {
    return session_.my_software(PersonId(person)).value();
  }
  void archive_person(std::uint32_t person) {
    require(session_.archive_person({.person = PersonId(person)}));
  }

 private:
  template <class Value>
  static void require(const Result<Value>& result) {
    static_cast<void>(result.value());
  }
  static Outcome outcome(const Result<SeatReceipt>& result) {
    if (!result) return {result.error().code};
    return {Code::ok, result->assignment.value};
  }

  Book book_ = Book::open().value();
  Session session_ = book_.session({.actor = "benchmark", .role = Role::super_admin});
};

void require(bool condition, const char* message) {
  if (!condition) throw std::runtime_error(message);
}

void require(Code code, Code expected, const std::string& what) {
  if (code == expected) return;
  throw std::runtime_error(what + ": " + std::string(to_string(code)) + " instead of " +
                           std::string(to_string(expected)));
}

/// Checks that the contender returns the expected results, so that the times are comparable.
template <class Contender>
void check_rules() {
  const Scale scale{.assignments = 0, .licenses = 2, .people = 502};
  Contender book(scale);
  const auto expect = [](const Outcome& outcome, Code code) {
    require(outcome.code, code, Contender::name);
    return outcome.assignment;
  };
  const std::uint64_t first = expect(book.assign({1, 1}), Code::ok);
  expect(book.assign({1, 1}), Code::already_assigned);
  expect(book.assign({3, 1}), Code::license_not_found);
  expect(book.assign({1, 503}), Code::person_not_found);
  book.archive_person(502);
  expect(book.assign({1, 502}), Code::person_archived);
  for (std::uint32_t person = 2; person <= Scale::seats_per_license; ++person) {
    expect(book.assign({1, person}), Code::ok);
  }
  expect(book.assign({1, 501}), Code::no_seats_remaining);
  expect(book.assign({1, 2}), Code::already_assigned);
  require(book.used(1) == Scale::seats_per_license, "a refused call has changed the usage");
  require(!book.holds({1, 501}), "a refused call has left an assignment");
  expect(book.revoke(first), Code::ok);
  expect(book.revoke(first), Code::already_revoked);
  expect(book.revoke(10'000), Code::assignment_not_found);
  require(!book.holds({1, 1}) && book.holds({1, 2}), "the wrong seat was revoked");
  expect(book.assign({1, 501}), Code::ok);
  expect(book.assign({2, 501}), Code::ok);
  require(book.used(1) == Scale::seats_per_license && book.used(2) == 1, "the usage is wrong");
  require(book.license_seats(1).size() == Scale::seats_per_license, "rows are missing");
  require(book.person_seats(501).size() == 2, "rows of a person are missing");
}

// ------------------------------------------------------------------------------- the measurements

/// Returns the processor time of this thread in nanoseconds. No contender ever blocks, so this is
/// the time of the work; wall-clock time would include other programs on a busy machine.
double processor_ns() {
  timespec time = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

/// A filled book and its assignments.
template <class Contender>
struct Filled {
  Contender book;
  std::vector<std::uint64_t> ids;  ///< by slot
  bool churned = false;

  explicit Filled(const Workload& workload) : book(workload.scale) {
    ids.reserve(workload.grants.size());
  }

  void fill(const std::vector<SeatKey>& grants) {
    for (const SeatKey& grant : grants) {
      const Outcome outcome = book.assign(grant);
      require(outcome.code, Code::ok, "assign");
      ids.push_back(outcome.assignment);
    }
  }

  struct ChurnTimes {
    double revoke_ns = 0;  ///< per call
    double assign_ns = 0;
  };
  ChurnTimes churn(const std::vector<Step>& steps) {
    churned = true;
    ChurnTimes times;
    for (std::size_t block = 0; block < steps.size(); block += steps_per_block) {
      const std::size_t end = std::min(block + steps_per_block, steps.size());
      const double start = processor_ns();
      for (std::size_t i = block; i < end; ++i) {
        require(book.revoke(ids[steps[i].slot]).code, Code::ok, "revoke");
      }
      const double middle = processor_ns();
      for (std::size_t i = block; i < end; ++i) {
        const Outcome outcome = book.assign(steps[i].grant);
        require(outcome.code, Code::ok, "assign again");
        ids[steps[i].slot] = outcome.assignment;
      }
      times.revoke_ns += middle - start;
      times.assign_ns += processor_ns() - middle;
    }
    times.revoke_ns /= static_cast<double>(steps.size());
    times.assign_ns /= static_cast<double>(steps.size());
    return times;
  }

  void look_up_all(const std::vector<HoldsQuery>& queries) {
    std::size_t wrong = 0;
    for (const HoldsQuery& query : queries) {
      wrong += book.holds(query.key) != query.held ? 1 : 0;
    }
    require(wrong == 0, "a look-up returned a wrong result");
  }
};

const Workload& workload() {
  static const Workload of_all(Scale{});
  return of_all;
}

/// The book that the measurements share. A previous book is destroyed before a new one is created.
template <class Contender>
std::unique_ptr<Filled<Contender>>& shared_book() {
  static std::unique_ptr<Filled<Contender>> book;
  return book;
}

/// Returns the book in its state after the fill. Creates a new one if it was churned.
template <class Contender>
Filled<Contender>& filled_book() {
  auto& book = shared_book<Contender>();
  if (!book || book->churned) {
    book.reset();
    book = std::make_unique<Filled<Contender>>(workload());
    book->fill(workload().grants);
  }
  return *book;
}

/// Runs `calls` calls as one batch, so that Google Benchmark shows the time of one. A contender
/// with an unexpected result is reported as failed.
template <class Work>
void measure(benchmark::State& state, std::size_t calls, const Work& work) {
  try {
    while (state.KeepRunningBatch(static_cast<benchmark::IterationCount>(calls))) work();
  } catch (const std::exception& error) {
    state.SkipWithError(error.what());
  }
}

template <class Contender>
void assign(benchmark::State& state) {
  const Workload& given = workload();
  auto& book = shared_book<Contender>();
  book.reset();
  release_free_memory();
  book = std::make_unique<Filled<Contender>>(given);
  const std::int64_t before = heap_bytes();
  measure(state, given.grants.size(), [&] { book->fill(given.grants); });
  state.counters["bytes"] =
      static_cast<double>(heap_bytes() - before) / static_cast<double>(given.grants.size());
}

template <class Contender>
void look_up(benchmark::State& state) {
  auto& book = filled_book<Contender>();
  measure(state, workload().queries.size(), [&] { book.look_up_all(workload().queries); });
}

template <class Contender>
void license_seats(benchmark::State& state) {
  auto& book = filled_book<Contender>();
  std::size_t rows = 0;
  measure(state, workload().licenses.size(), [&] {
    for (const std::uint32_t license : workload().licenses) {
      auto result = book.book.license_seats(license);
      benchmark::DoNotOptimize(result);
      rows += result.size();
    }
    require(rows == workload().grants.size(), "license_seats returned a wrong result");
  });
}

template <class Contender>
void person_seats(benchmark::State& state) {
  auto& book = filled_book<Contender>();
  std::size_t rows = 0;
  measure(state, workload().some_people.size(), [&] {
    for (const std::uint32_t person : workload().some_people) {
      auto result = book.book.person_seats(person);
      benchmark::DoNotOptimize(result);
      rows += result.size();
    }
    require(rows != 0, "person_seats returned a wrong result");
  });
}

template <class Contender>
void usage(benchmark::State& state) {
  auto& book = filled_book<Contender>();
  std::uint64_t used = 0;
  measure(state, workload().some_licenses.size(), [&] {
    for (const std::uint32_t license : workload().some_licenses) used += book.book.used(license);
    require(used == workload().some_licenses.size() * Scale::used_per_license,
            "usage returned a wrong result");
  });
}

template <class Contender>
void churn(benchmark::State& state) {
  auto& book = filled_book<Contender>();
  typename Filled<Contender>::ChurnTimes times;
  measure(state, 2 * workload().churn.size(), [&] { times = book.churn(workload().churn); });
  state.counters["revoke_ns"] = times.revoke_ns;
  state.counters["assign_ns"] = times.assign_ns;
}

std::uint32_t churn_steps_of(std::uint32_t assignments) {
  // A small book runs out of people who have not had a license yet.
  return std::min<std::uint32_t>(100'000, 2 * assignments);
}

/// Fills a book with `assignments`, looks seats up, and churns it.
template <class Contender>
void growth(benchmark::State& state, std::uint32_t assignments) {
  const std::uint32_t steps = churn_steps_of(assignments);
  const Workload given(Scale::of(assignments), steps, steps);
  // Filling a small book is too short to measure, so several are filled.
  const std::uint32_t books = std::max<std::uint32_t>(1, 100'000 / assignments);
  shared_book<Contender>().reset();
  std::unique_ptr<Filled<Contender>> book;
  try {
    double fill_ns = 0;
    for (std::uint32_t i = 0; i < books; ++i) {
      book.reset();
      book = std::make_unique<Filled<Contender>>(given);
      const double start = processor_ns();
      book->fill(given.grants);
      fill_ns += processor_ns() - start;
    }
    state.counters["assign_ns"] =
        fill_ns / (static_cast<double>(books) * static_cast<double>(assignments));
    state.counters["heap_MB"] = static_cast<double>(heap_bytes()) / 1e6;

    const double start = processor_ns();
    book->look_up_all(given.queries);
    state.counters["look_up_ns"] =
        (processor_ns() - start) / static_cast<double>(given.queries.size());
    measure(state, 2 * given.churn.size(), [&] {
      const auto times = book->churn(given.churn);
      state.counters["churn_assign_ns"] = times.assign_ns;
      state.counters["revoke_ns"] = times.revoke_ns;
    });
  } catch (const std::exception& error) {
    state.SkipWithError(error.what());
  }
}

// ------------------------------------------------------------------------------------- the report

struct Line {
  const char* what;
  const char* benchmark;
  const char* counter;  ///< a suffix after `/contender`, or ""
  const char* sqlite_target;
  const char* floor_target;
};

constexpr Line lines[] = {
    {"assign, filling the book (ns)", "assign", "", "25", "3"},
    {"assign, while people change (ns)", "churn", "/assign_ns", "25", "3"},
    {"revoke (ns)", "churn", "/revoke_ns", "25", "3"},
    {"does P hold L? (ns)", "look_up", "", "20", ""},
    {"a license's 400 rows (ns)", "license_seats", "", "", ""},
    {"a person's 4 licenses (ns)", "person_seats", "", "", ""},
    {"usage of a license (ns)", "usage", "", "", ""},
};

void print_ratio(double numerator, double denominator, const char* at, const char* target) {
  if (numerator == 0 || denominator == 0) {
    std::printf("  %8s %-8s", "-", "");
  } else {
    std::printf("  %7.1fx %-8s", numerator / denominator,
                *target == '\0' ? "" : ("(" + std::string(at) + target + ")").c_str());
  }
}

void print_table(const Collector& measured) {
  std::printf(
      "\nMedians of processor time; targets in parentheses:\n\n%-34s%10s%10s%10s  %-17s  %s\n", "",
      "library", "SQLite", "floor", "SQLite / library", "library / floor");
  for (const Line& line : lines) {
    const auto of = [&](const char* contender) {
      return measured.figure(std::string(line.benchmark) + "/" + contender + line.counter);
    };
    const double library = of(Library::name);
    const double sqlite = of(PeerSqlite::name);
    const double floor = of(Floor::name);
    std::printf("%-34s%10.0f%10.0f%10.0f", line.what, library, sqlite, floor);
    print_ratio(sqlite, library, ">= ", line.sqlite_target);
    print_ratio(library, floor, "<= ", line.floor_target);
    std::printf("\n");
  }
  std::printf("%-34s%10.0f%10.0f%10.0f  (<= 250)\n", "bytes per assignment, with history",
              measured.figure("assign/library/bytes"), measured.figure("assign/sqlite/bytes"),
              measured.figure("assign/floor/bytes"));
}

constexpr std::uint32_t sizes[] = {10'000, 100'000, 1'000'000, 10'000'000};

std::string growth_name(const char* contender, std::uint32_t assignments) {
  return "growth_to_" + std::to_string(assignments) + "/" + contender;
}

void print_growth(const Collector& measured, const char* contender) {
  constexpr const char* columns[] = {"/assign_ns", "/churn_assign_ns", "/revoke_ns", "/look_up_ns"};
  std::printf("\n%-16s%12s%12s%12s%12s   (ns per call; target: at most 3x over the range)\n",
              contender, "assign", "churn", "revoke", "look-up");
  for (const std::uint32_t size : sizes) {
    const std::string run = growth_name(contender, size);
    if (measured.figure(run) == 0) continue;
    std::printf("%16" PRIu32, size);
    for (const char* column : columns) std::printf("%12.0f", measured.figure(run + column));
    std::printf("\n");
  }
}

// ------------------------------------------------------------------------------- registration

template <class Run>
void for_each_contender(const Run& run) {
  run(std::type_identity<Library>());
  run(std::type_identity<PeerSqlite>());
  run(std::type_identity<Floor>());
}

void add_round() {
  const auto add = [](const char* what, const char* contender, void (*run)(benchmark::State&),
                      std::size_t calls) {
    benchmark::RegisterBenchmark((std::string(what) + "/" + contender).c_str(), run)
        ->Iterations(static_cast<benchmark::IterationCount>(calls));
  };
  const Workload& given = workload();
  for_each_contender([&]<class Contender>(std::type_identity<Contender>) {
    add("assign", Contender::name, &assign<Contender>, given.grants.size());
  });
  for_each_contender([&]<class Contender>(std::type_identity<Contender>) {
    add("look_up", Contender::name, &look_up<Contender>, given.queries.size());
  });
  for_each_contender([&]<class Contender>(std::type_identity<Contender>) {
    add("license_seats", Contender::name, &license_seats<Contender>, given.licenses.size());
  });
  for_each_contender([&]<class Contender>(std::type_identity<Contender>) {
    add("person_seats", Contender::name, &person_seats<Contender>, given.some_people.size());
  });
  for_each_contender([&]<class Contender>(std::type_identity<Contender>) {
    add("usage", Contender::name, &usage<Contender>, given.some_licenses.size());
  });
  for_each_contender([&]<class Contender>(std::type_identity<Contender>) {
    add("churn", Contender::name, &churn<Contender>, 2 * given.churn.size());
  });
}

/// Adds the growth of all contenders; the peers show the effect of larger memory on this machine.
/// SQLite would take minutes, so it runs once and up to 1,000,000 assignments.
void add_growth(std::uint32_t largest, bool with_sqlite) {
  for_each_contender([&]<class Contender>(std::type_identity<Contender>) {
    for (const std::uint32_t size : sizes) {
      if (size > largest) break;
      if (std::is_same_v<Contender, PeerSqlite> && (!with_sqlite || size > 1'000'000)) break;
      benchmark::RegisterBenchmark(
          growth_name(Contender::name, size).c_str(),
          [size](benchmark::State& state) { growth<Contender>(state, size); })
          ->Iterations(static_cast<benchmark::IterationCount>(2 * churn_steps_of(size)));
    }
  });
}

int run(int argc, char** argv) {
  for_each_contender(
      []<class Contender>(std::type_identity<Contender>) { check_rules<Contender>(); });
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  const std::uint32_t largest = setting("SEATBOOK_BENCH_LARGEST", 1'000'000);
  for (std::uint32_t round = 0; round < rounds(); ++round) add_round();
  for (std::uint32_t round = 0; round < rounds(); ++round) add_growth(largest, round == 0);
  Collector measured;
  benchmark::RunSpecifiedBenchmarks(&measured);
  print_table(measured);
  for_each_contender([&]<class Contender>(std::type_identity<Contender>) {
    print_growth(measured, Contender::name);
  });
  return 0;
}

}  // namespace
}  // namespace seatbook::bench

int main(int argc, char** argv) {
  return seatbook::bench::guarded("seats", [&] { return seatbook::bench::run(argc, argv); });
}

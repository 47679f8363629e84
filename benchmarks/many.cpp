// Calls that affect many seats, compared with the same rules on in-memory SQLite: bulk assign,
// archiving 20,000 people, recording last uses.
//
//   SEATBOOK_BENCH_ROUNDS=5   how often each measurement is made; the table shows medians
//
// Each round starts both contenders on new, equally filled books.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "collector.hpp"
#include "peer_sqlite.hpp"
#include "program.hpp"
#include "seatbook/seatbook.hpp"
#include "workload.hpp"

namespace seatbook::bench {
namespace {

constexpr std::uint32_t leavers = 20'000;
constexpr std::size_t licenses_per_bulk = 100;
constexpr std::size_t bulks = 500;
constexpr std::size_t uses_per_call = 10'000;
constexpr std::size_t use_calls = 20;

class Library {
 public:
  static constexpr const char* name = "library";

  explicit Library(const Scale& scale) {
    for (std::uint32_t id = 1; id <= scale.people; ++id) {
      session_.add_person({.name = "Person " + std::to_string(id)}).value();
    }
    for (std::uint32_t id = 1; id <= scale.licenses; ++id) {
      session_
          .add_license({.name = "License " + std::to_string(id),
                        .total_seats = Scale::seats_per_license,
                        .owner = PersonId(1)})
          .value();
    }
  }
  Outcome assign(SeatKey key) {
    const auto seat =
        session_.assign({.license = LicenseId(key.license), .person = PersonId(key.person)});
    return seat ? Outcome{Code::ok, seat->assignment.value} : Outcome{seat.error().code};
  }
  std::size_t bulk_assign(std::uint32_t person, const std::vector<std::uint32_t>& licenses) {
    BulkAssign command{.person = PersonId(person)};
    for (const std::uint32_t license : licenses) command.licenses.emplace_back(license);
    return session_.bulk_assign(command).value().summary.done;
  }
  void archive_person(std::uint32_t person) {
    session_.archive_person({.person = PersonId(person)}).value();
  }
  void record_uses(const std::vector<std::uint64_t>& assignments, std::int64_t used_at_us) {
    RecordUses command;
    command.uses.reserve(assignments.size());
    for (const std::uint64_t id : assignments) {
      command.uses.push_back({.assignment = AssignmentId(id), .used_at = {used_at_us}});
    }
    session_.record_uses(command).value();
  }

 private:
  Book book_ = Book::open().value();
  Session session_ = book_.session({.actor = "benchmark", .role = Role::super_admin});
};

/// One book for the three measurements of a round, in the order bulk, use, archive.
template <class Contender>
struct Round {
  Workload workload{Scale::of(400'000), 0, 0};
  Contender book{workload.scale};
  std::vector<std::uint64_t> ids;

  Round() {
    for (const SeatKey& grant : workload.grants) ids.push_back(book.assign(grant).assignment);
  }
};

template <class Contender>
Round<Contender>& round_of(bool fresh) {
  static std::unique_ptr<Round<Contender>> round;
  if (fresh) {
    round.reset();
    round = std::make_unique<Round<Contender>>();
  }
  return *round;
}

template <class Contender>
void bulk_assign(benchmark::State& state) {
  auto& round = round_of<Contender>(true);
  Random random(1);
  std::vector<std::vector<std::uint32_t>> sets(bulks);
  for (auto& set : sets) {
    for (std::size_t i = 0; i < licenses_per_bulk; ++i) {
      set.push_back(1 + random.below(round.workload.scale.licenses));
    }
  }
  std::size_t granted = 0;
  while (state.KeepRunningBatch(bulks * licenses_per_bulk)) {
    for (std::size_t i = 0; i < bulks; ++i) {
      granted += round.book.bulk_assign(static_cast<std::uint32_t>(i + 1), sets[i]);
    }
  }
  state.counters["granted"] = static_cast<double>(granted);
}

template <class Contender>
void record_uses(benchmark::State& state) {
  auto& round = round_of<Contender>(false);
  // Later than every assignment, whatever its clock, and later at each call.
  std::int64_t at_us = SystemClock().now().us;
  const std::vector<std::uint64_t> some(round.ids.begin(), round.ids.begin() + uses_per_call);
  while (state.KeepRunningBatch(use_calls * uses_per_call)) {
    for (std::size_t call = 0; call < use_calls; ++call) {
      at_us += 1'000'000;
      round.book.record_uses(some, at_us);
    }
  }
}

template <class Contender>
void archive(benchmark::State& state) {
  auto& round = round_of<Contender>(false);
  while (state.KeepRunningBatch(leavers)) {
    for (std::uint32_t person = 1; person <= leavers; ++person) {
      round.book.archive_person(1'000 + person);
    }
  }
}

template <class Contender>
void add_round() {
  const auto add = [](const char* what, void (*run)(benchmark::State&), std::size_t calls) {
    benchmark::RegisterBenchmark((std::string(what) + "/" + Contender::name).c_str(), run)
        ->Iterations(static_cast<benchmark::IterationCount>(calls));
  };
  add("bulk_assign", &bulk_assign<Contender>, bulks * licenses_per_bulk);
  add("record_uses", &record_uses<Contender>, use_calls * uses_per_call);
  add("archive", &archive<Contender>, leavers);
}

int run(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  for (std::uint32_t round = 0; round < rounds(); ++round) {
    add_round<Library>();
    add_round<PeerSqlite>();
  }
  Collector measured;
  benchmark::RunSpecifiedBenchmarks(&measured);
  std::printf("\nMedians of processor time (ns)\n\n%-44s%10s%10s  %s\n", "", "library", "SQLite",
              "SQLite / library");
  const std::pair<const char*, const char*> lines[] = {
      {"bulk_assign", "bulk assign, a license of 100 in a call"},
      {"record_uses", "last use, a seat of 10,000 in a call"},
      {"archive", "archive a person who holds 4 seats"}};
  for (const auto& [what, text] : lines) {
    const double library = measured.figure(std::string(what) + "/library");
    const double sqlite = measured.figure(std::string(what) + "/sqlite");
    if (library == 0 || sqlite == 0) continue;
    std::printf("%-44s%10.0f%10.0f  %.1fx\n", text, library, sqlite, sqlite / library);
  }
  return 0;
}

}  // namespace
}  // namespace seatbook::bench

int main(int argc, char** argv) {
  return seatbook::bench::guarded("many", [&] { return seatbook::bench::run(argc, argv); });
}

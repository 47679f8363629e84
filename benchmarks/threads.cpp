// Commits a second and the time of a call when several threads use one durable book, compared with
// the same rules hand-written on SQLite, whose callers take turns at a mutex.
//
//   SEATBOOK_BENCH_FOLDER=/mnt   folder for temporary files; default: the system's
//   SEATBOOK_BENCH_ROUNDS=3      how often each measurement is made; the table shows medians
//   SEATBOOK_BENCH_SYNC_US=1000  how long a sync takes; 0: as long as the disk needs
//
// Disks differ and vary, so a sync sleeps for a fixed time and writes nothing: the program replaces
// fsync() and fdatasync(), for SQLite too.
#include <benchmark/benchmark.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "peer_sqlite.hpp"
#include "program.hpp"
#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"
#include "sqlite.hpp"
#include "workload.hpp"

namespace {

std::atomic<std::uint32_t> sync_us{0};

int slow_sync(int file, long number) {
  const std::uint32_t us = sync_us.load();
  if (us == 0) return static_cast<int>(syscall(number, file));
  std::this_thread::sleep_for(std::chrono::microseconds(us));
  return 0;
}

}  // namespace

extern "C" {
int fsync(int file) {
  return slow_sync(file, SYS_fsync);
}
int fdatasync(int file) {
  return slow_sync(file, SYS_fdatasync);
}
}

namespace seatbook::bench {
namespace {

namespace fs = std::filesystem;
using Time = std::chrono::steady_clock;

constexpr std::uint32_t assignments = 10'000;
constexpr std::uint32_t calls_of_a_thread = 400;

fs::path folder() {
  const char* chosen = std::getenv("SEATBOOK_BENCH_FOLDER");
  std::string name =
      (fs::path(chosen != nullptr ? chosen : fs::temp_directory_path()) / "seatbook-threads-XXXXXX")
          .string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot create " + name);
  return name;
}

double percentile(std::vector<double>& sorted, double part) {
  return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
}

/// Calls `assign(license, person)` from several threads, each for its own people.
template <class Assign>
void run(benchmark::State& state, const Assign& assign) {
  const auto threads = static_cast<std::uint32_t>(state.range(0));
  const Scale scale = Scale::of(assignments);
  std::vector<double> times_ms;
  std::mutex mutex;
  double seconds = 0;
  for (auto _ : state) {
    std::vector<std::thread> running;
    const auto start = Time::now();
    for (std::uint32_t thread = 0; thread < threads; ++thread) {
      running.emplace_back([&, thread] {
        std::vector<double> own;
        for (std::uint32_t i = 0; i < calls_of_a_thread; ++i) {
          const std::uint32_t person = 1 + thread * calls_of_a_thread + i;
          const auto before = Time::now();
          assign(1 + person % scale.licenses, person);
          own.push_back(std::chrono::duration<double, std::milli>(Time::now() - before).count());
        }
        const std::lock_guard lock(mutex);
        times_ms.insert(times_ms.end(), own.begin(), own.end());
      });
    }
    for (std::thread& thread : running) thread.join();
    seconds = std::chrono::duration<double>(Time::now() - start).count();
  }
  std::sort(times_ms.begin(), times_ms.end());
  state.counters["commits_per_s"] = static_cast<double>(times_ms.size()) / seconds;
  state.counters["p50_ms"] = percentile(times_ms, 0.5);
  state.counters["p99_ms"] = percentile(times_ms, 0.99);
}

void library(benchmark::State& state) {
  const fs::path path = folder();
  sync_us = 0;
  Book book = sqlite::open((path / "book").string()).value();
  Session desk = book.session({.actor = "benchmark", .role = Role::super_admin});
  const Scale scale = Scale::of(assignments);
  std::string people = "Name,Email\r\n";
  for (std::uint32_t id = 1; id <= 16 * calls_of_a_thread; ++id) {
    people += "Person " + std::to_string(id) + ",p" + std::to_string(id) + "@example.com\r\n";
  }
  static_cast<void>(desk.import_people({.csv = people}).value());
  for (std::uint32_t id = 1; id <= scale.licenses; ++id) {
    static_cast<void>(desk.add_license({.name = "License " + std::to_string(id),
                                        .total_seats = 100'000,
                                        .owner = PersonId(1)})
                          .value());
  }
  sync_us = setting("SEATBOOK_BENCH_SYNC_US", 1'000);
  run(state, [&](std::uint32_t license, std::uint32_t person) {
    static_cast<void>(
        desk.assign({.license = LicenseId(license), .person = PersonId(person)}).value());
  });
  book.close();
  fs::remove_all(path);
}

void peer(benchmark::State& state) {
  const fs::path path = folder();
  sync_us = 0;
  Scale scale = Scale::of(assignments);
  scale.people = std::max<std::uint32_t>(scale.people, 16 * calls_of_a_thread);
  {
    PeerSqlite sql(scale, (path / "peer").string());
    std::mutex mutex;
    sync_us = setting("SEATBOOK_BENCH_SYNC_US", 1'000);
    run(state, [&](std::uint32_t license, std::uint32_t person) {
      const std::lock_guard lock(mutex);
      if (sql.assign({license, person}).code != Code::ok) throw std::runtime_error("refused");
    });
  }
  fs::remove_all(path);
}

void add(const char* name, void (*function)(benchmark::State&)) {
  benchmark::RegisterBenchmark(name, function)
      ->Arg(1)
      ->Arg(4)
      ->Arg(16)
      ->Iterations(1)
      ->Repetitions(static_cast<int>(rounds()))
      ->ReportAggregatesOnly(true)
      ->UseRealTime()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace
}  // namespace seatbook::bench

int main(int argc, char** argv) {
  using namespace seatbook::bench;
  return guarded("threads", [&] {
    configure_sqlite();  // before the library uses it
    benchmark::Initialize(&argc, argv);
    add("library", library);
    add("peer", peer);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
  });
}

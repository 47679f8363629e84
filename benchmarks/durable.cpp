// The cost of durable changes, compared with the same rules hand-written on a SQLite file with the
// same settings (peer_sqlite.hpp); and the time to open a book, compared with a SELECT of the same
// rows.
//
//   SEATBOOK_BENCH_FOLDER=/mnt   folder for temporary files; default: the system's
//   SEATBOOK_BENCH_ROUNDS=5      how often each measurement is made; the table shows medians
//   SEATBOOK_BENCH_OPEN=1000000  assignments of the largest book that is opened
//
// All times are wall-clock times, because waiting for the disk is what is measured. Disk speed
// varies, so library and peer take turns of 50 calls. For comparison, the results also show the
// time of an append of 4 KiB with a sync, measured in between.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "collector.hpp"
#include "peer_sqlite.hpp"
#include "program.hpp"
#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"
#include "workload.hpp"

namespace seatbook::bench {
namespace {

namespace fs = std::filesystem;

void require(bool condition, const char* message) {
  if (!condition) throw std::runtime_error(message);
}

double now_us() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::micro>(since).count();
}

double median(std::vector<double> values) {
  require(!values.empty(), "nothing was measured");
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

// --------------------------------------------------------------------------------------- the disk

/// A temporary folder.
class Folder {
 public:
  Folder() {
    const char* chosen = std::getenv("SEATBOOK_BENCH_FOLDER");
    const fs::path parent = chosen != nullptr ? fs::path(chosen) : fs::temp_directory_path();
    std::string name = (parent / "seatbook-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot create " + name);
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

  /// Returns the name of the file system type, or the number from statfs().
  [[nodiscard]] std::string file_system() const {
    struct statfs about = {};
    if (statfs(path_.c_str(), &about) != 0) return "unknown";
    const std::map<std::uint32_t, const char*> known = {
        {0xEF53, "ext4"},    {0x58465342, "xfs"},   {0x9123683E, "btrfs"},
        {0x2FC12FC1, "zfs"}, {0x01021994, "tmpfs"}, {0x794C7630, "overlay"},
        {0x6969, "nfs"},     {0xF2F52010, "f2fs"},  {0x01021997, "9p"}};
    const auto type = static_cast<std::uint32_t>(about.f_type);
    const auto found = known.find(type);
    return found != known.end() ? found->second : "number " + std::to_string(type);
  }

 private:
  fs::path path_;
};

std::optional<Folder>& folder() {
  static std::optional<Folder> of_all;
  return of_all;
}

/// Measures an append of 4 KiB with a sync: about the minimum cost of a durable change.
class Disk {
 public:
  Disk() : file_(open(folder()->file("appends").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600)) {
    if (file_ < 0) throw std::runtime_error("cannot create a file");
  }
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;
  ~Disk() { close(file_); }

  void append() {
    const std::vector<char> page(4096, 'x');
    const double start = now_us();
    if (write(file_, page.data(), page.size()) != static_cast<ssize_t>(page.size()) ||
        fsync(file_) != 0) {
      throw std::runtime_error("cannot write to the disk");
    }
    times_.push_back(now_us() - start);
  }
  [[nodiscard]] const std::vector<double>& times() const { return times_; }

 private:
  int file_;
  std::vector<double> times_;
};

// -------------------------------------------------------------------------------- the contenders

std::string person_text(std::uint32_t id) {
  return "person" + std::to_string(id) + "@example.com";
}

/// Imports the people, adds the licenses, and assigns 400 seats of each license in one call.
void fill(Session desk, const Workload& given) {
  std::string people = "Name,Email\r\n";
  std::uint32_t added = 0;
  const auto import = [&] {
    added += static_cast<std::uint32_t>(desk.import_people({.csv = people}).value().added);
    people = "Name,Email\r\n";
  };
  for (std::uint32_t id = 1; id <= given.scale.people; ++id) {
    people += "Person " + std::to_string(id) + ',' + person_text(id) + "\r\n";
    if (people.size() > 1'000'000) import();
  }
  import();
  require(added == given.scale.people, "people are missing");
  std::vector<std::vector<PersonId>> people_of(given.scale.licenses);
  for (const SeatKey& grant : given.grants) {
    people_of[grant.license - 1].emplace_back(grant.person);
  }
  for (std::uint32_t id = 1; id <= given.scale.licenses; ++id) {
    const auto license = desk.add_license({.name = "License " + std::to_string(id),
                                           .total_seats = Scale::seats_per_license,
                                           .owner = PersonId(1)})
                             .value()
                             .license;
    const auto result = desk.assign_many({.license = license, .people = people_of[id - 1]}).value();
    require(result.summary.skipped == 0, "the fill has skipped a person");
  }
}

/// Library and peer on separate, equally filled files. A measurement leaves them unchanged except
/// for revoked rows and history.
struct Pair {
  Workload given;
  Book book;
  Session desk;
  PeerSqlite peer;
  std::uint32_t rounds_done = 0;

  explicit Pair(std::uint32_t assignments)
      : given(Scale::of(assignments), 0, 0),
        book(sqlite::open(folder()->file("book-" + std::to_string(assignments))).value()),
        desk(book.session({.actor = "benchmark", .role = Role::super_admin})),
        peer(given.scale, folder()->file("peer-" + std::to_string(assignments))) {
    fill(desk, given);
    std::vector<std::vector<std::uint32_t>> people_of(given.scale.licenses);
    for (const SeatKey& grant : given.grants) people_of[grant.license - 1].push_back(grant.person);
    for (std::uint32_t id = 1; id <= given.scale.licenses; ++id) {
      require(peer.assign_many(id, people_of[id - 1]) == people_of[id - 1].size(),
              "the peer's fill has skipped a person");
    }
  }
};

Pair& pair_of(std::uint32_t assignments) {
  static std::map<std::uint32_t, std::unique_ptr<Pair>> pairs;
  auto& pair = pairs[assignments];
  if (!pair) pair = std::make_unique<Pair>(assignments);
  return *pair;
}

// ------------------------------------------------------------------------------- the measurements

constexpr std::size_t calls = 1'000;
constexpr std::size_t turn = 50;

/// Reports an exception of `work` as a failed measurement.
template <class Work>
void measure(benchmark::State& state, std::size_t items, const Work& work) {
  try {
    while (state.KeepRunningBatch(static_cast<benchmark::IterationCount>(items))) work();
  } catch (const std::exception& error) {
    state.SkipWithError(error.what());
  }
}

struct Times {
  std::vector<double> library;
  std::vector<double> peer;

  void report(benchmark::State& state, const std::string& what) const {
    state.counters[what + "_library_us"] = mean(library);
    state.counters[what + "_peer_us"] = mean(peer);
    state.counters[what + "_library_median_us"] = median(library);
    state.counters[what + "_peer_median_us"] = median(peer);
  }
};

template <class Call>
void timed(std::vector<double>& times, const Call& call) {
  const double start = now_us();
  call();
  times.push_back(now_us() - start);
}

/// Assigns and then revokes 1,000 seats, with one commit per call.
void single_calls(benchmark::State& state, std::uint32_t assignments) {
  Pair& pair = pair_of(assignments);
  const Candidates candidates(pair.given.scale.people);
  std::vector<SeatKey> grants;
  for (std::uint32_t i = 0; i < calls; ++i) {
    const std::uint32_t license = 1 + i % pair.given.scale.licenses;
    const std::uint32_t place =
        Scale::used_per_license + pair.rounds_done * 40 + i / pair.given.scale.licenses;
    grants.push_back(candidates.at(license, place));
  }
  ++pair.rounds_done;
  std::vector<AssignmentId> of_library;
  std::vector<std::uint64_t> of_peer;
  Times assign;
  Times revoke;
  Disk disk;
  measure(state, 2 * calls, [&] {
    for (std::size_t from = 0; from < calls; from += turn) {
      for (std::size_t i = from; i < from + turn; ++i) {
        timed(assign.library, [&] {
          of_library.push_back(pair.desk
                                   .assign({.license = LicenseId(grants[i].license),
                                            .person = PersonId(grants[i].person)})
                                   .value()
                                   .assignment);
        });
      }
      for (std::size_t i = from; i < from + turn; ++i) {
        timed(assign.peer, [&] {
          const Outcome outcome = pair.peer.assign(grants[i]);
          require(outcome.code == Code::ok, "the peer has refused an assign");
          of_peer.push_back(outcome.assignment);
        });
      }
      for (int i = 0; i < 5; ++i) disk.append();
    }
    for (std::size_t from = 0; from < calls; from += turn) {
      for (std::size_t i = from; i < from + turn; ++i) {
        timed(revoke.library,
              [&] { static_cast<void>(pair.desk.revoke({.assignment = of_library[i]}).value()); });
      }
      for (std::size_t i = from; i < from + turn; ++i) {
        timed(revoke.peer, [&] {
          require(pair.peer.revoke(of_peer[i]).code == Code::ok, "the peer has refused a revoke");
        });
      }
      for (int i = 0; i < 5; ++i) disk.append();
    }
  });
  assign.report(state, "assign");
  revoke.report(state, "revoke");
  state.counters["sync_us"] = median(disk.times());
}

constexpr std::uint32_t seats_per_bulk = 10'000;

/// Assigns 10,000 people to a new license in one call; the peer in one transaction, and one by one.
void bulk(benchmark::State& state, std::uint32_t assignments) {
  Pair& pair = pair_of(assignments);
  AssignMany command;
  std::vector<std::uint32_t> people;
  for (std::uint32_t id = 1; id <= seats_per_bulk; ++id) {
    command.people.emplace_back(id);
    people.push_back(id);
  }
  Times times;
  std::vector<double> one_by_one;
  measure(state, seats_per_bulk, [&] {
    command.license =
        pair.desk.add_license({.name = "Bulk", .total_seats = seats_per_bulk, .owner = PersonId(1)})
            .value()
            .license;
    timed(times.library, [&] {
      require(pair.desk.assign_many(command).value().summary.done == seats_per_bulk,
              "the library has skipped a person");
    });
    const std::uint32_t in_one = pair.peer.add_license(seats_per_bulk);
    timed(times.peer, [&] {
      require(pair.peer.assign_many(in_one, people) == seats_per_bulk,
              "the peer has skipped a person");
    });
    const std::uint32_t in_many = pair.peer.add_license(seats_per_bulk);
    timed(one_by_one, [&] {
      for (const std::uint32_t person : people) {
        require(pair.peer.assign({in_many, person}).code == Code::ok, "the peer has refused");
      }
    });
  });
  state.counters["library_us"] = mean(times.library) / seats_per_bulk;
  state.counters["peer_us"] = mean(times.peer) / seats_per_bulk;
  state.counters["one_by_one_us"] = mean(one_by_one) / seats_per_bulk;
}

/// Returns the path of a closed book of that size. The first call creates it.
const std::string& closed_book(std::uint32_t assignments) {
  static std::map<std::uint32_t, std::string> books;
  std::string& path = books[assignments];
  if (path.empty()) {
    path = folder()->file("closed-" + std::to_string(assignments));
    Book book = sqlite::open(path, {.durability = sqlite::Durability::relaxed}).value();
    fill(book.session({.actor = "benchmark", .role = Role::super_admin}),
         Workload(Scale::of(assignments), 0, 0));
  }
  return path;
}

/// Reads every column of every row with SQLite's C interface. Returns the number of rows.
std::uint64_t select_all(sqlite3* db) {
  std::uint64_t rows = 0;
  for (const char* table : {"people", "licenses", "assignments", "history"}) {
    sqlite3_stmt* statement = nullptr;
    const std::string sql = std::string("SELECT * FROM ") + table;
    require(sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK, "prepare");
    const int columns = sqlite3_column_count(statement);
    for (; sqlite3_step(statement) == SQLITE_ROW; ++rows) {
      for (int column = 0; column < columns; ++column) {
        switch (sqlite3_column_type(statement, column)) {
          case SQLITE_INTEGER:
            benchmark::DoNotOptimize(sqlite3_column_int64(statement, column));
            break;
          case SQLITE_TEXT:
            benchmark::DoNotOptimize(sqlite3_column_text(statement, column));
            benchmark::DoNotOptimize(sqlite3_column_bytes(statement, column));
            break;
          default:
            break;
        }
      }
    }
    sqlite3_finalize(statement);
  }
  return rows;
}

/// Opens a book. The hand-written peer loads nothing when it opens, so the comparison is a SELECT
/// of all rows, the minimum to have them in memory.
void open_book(benchmark::State& state, std::uint32_t assignments) {
  const std::string& path = closed_book(assignments);
  Times times;
  measure(state, 1, [&] {
    {
      std::optional<Book> book;
      timed(times.library, [&] { book = sqlite::open(path).value(); });
    }
    timed(times.peer, [&] {
      sqlite3* db = nullptr;
      require(sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK,
              "the file cannot be opened");
      require(select_all(db) > 2ULL * assignments, "rows are missing");
      sqlite3_close(db);
    });
  });
  state.counters["library_us"] = mean(times.library);
  state.counters["peer_us"] = mean(times.peer);
  state.counters["file_MB"] = static_cast<double>(fs::file_size(path)) / 1e6;
}

// ------------------------------------------------------------------------------------- the report

constexpr std::uint32_t sizes[] = {10'000, 100'000};
constexpr std::uint32_t sizes_opened[] = {100'000, 1'000'000};
constexpr std::uint32_t size_of_bulk = 100'000;

std::string named(const char* what, std::uint32_t assignments) {
  return what + ('/' + std::to_string(assignments));
}

void print_pair(const std::string& what, double library, double peer, const char* target) {
  if (library == 0 || peer == 0) return;
  std::printf("%-54s%11.1f%11.1f%8.2fx  %s\n", what.c_str(), library, peer, peer / library, target);
}

void print_table(const Collector& measured) {
  std::printf(
      "\nMedians over the rounds, wall-clock microseconds; targets in parentheses\n"
      "\n%-54s%11s%11s  %s\n",
      "", "library", "SQLite", "SQLite / library");
  for (const std::uint32_t size : sizes) {
    const std::string run = named("single", size) + "/";
    for (const std::string call : {"assign", "revoke"}) {
      const std::string what = call + ", one commit per call, " + std::to_string(size);
      print_pair(what + ", mean", measured.figure(run + call + "_library_us"),
                 measured.figure(run + call + "_peer_us"), "(> 1)");
      print_pair(what + ", median", measured.figure(run + call + "_library_median_us"),
                 measured.figure(run + call + "_peer_median_us"), "");
    }
    if (const double sync = measured.figure(run + "sync_us"); sync != 0) {
      std::printf("%-54s%11.1f\n", "  for comparison: append of 4 KiB with sync, median", sync);
    }
  }
  const std::string run = named("bulk", size_of_bulk) + "/";
  const double seat = measured.figure(run + "library_us");
  print_pair("per seat, 10,000 in a call; SQLite: one transaction", seat,
             measured.figure(run + "peer_us"), "");
  print_pair("the same; SQLite: one commit per seat", seat, measured.figure(run + "one_by_one_us"),
             "(>= 20)");

  std::printf("\n%-54s%11s%11s  %s\n", "", "open", "SELECT", "open / SELECT");
  for (const std::uint32_t size : sizes_opened) {
    const std::string opened = named("open", size) + "/";
    const double library = measured.figure(opened + "library_us");
    const double rows = measured.figure(opened + "peer_us");
    if (library == 0 || rows == 0) continue;
    const std::string what = "opening " + std::to_string(size) + " assignments (ms)";
    std::printf("%-54s%11.1f%11.1f%8.2fx  (<= 4)   file: %.0f MB\n", what.c_str(), library / 1e3,
                rows / 1e3, library / rows, measured.figure(opened + "file_MB"));
  }
}

void add_round(std::uint32_t largest_opened) {
  const auto add = [](const char* what, std::uint32_t assignments, std::size_t items,
                      void (*run)(benchmark::State&, std::uint32_t)) {
    benchmark::RegisterBenchmark(named(what, assignments).c_str(), [run, assignments](
                                                                       benchmark::State& state) {
      run(state, assignments);
    })->Iterations(static_cast<benchmark::IterationCount>(items));
  };
  for (const std::uint32_t size : sizes) add("single", size, 2 * calls, &single_calls);
  add("bulk", size_of_bulk, seats_per_bulk, &bulk);
  for (const std::uint32_t size : sizes_opened) {
    if (size <= largest_opened) add("open", size, 1, &open_book);
  }
}

int run(int argc, char** argv) {
  configure_sqlite();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  folder().emplace();
  std::printf("Files in %s, on %s\n", folder()->file("").c_str(), folder()->file_system().c_str());
  const std::uint32_t largest_opened = setting("SEATBOOK_BENCH_OPEN", 1'000'000);
  for (std::uint32_t round = 0; round < rounds(); ++round) add_round(largest_opened);
  Collector measured;
  benchmark::RunSpecifiedBenchmarks(&measured);
  print_table(measured);
  return 0;
}

}  // namespace
}  // namespace seatbook::bench

int main(int argc, char** argv) {
  return seatbook::bench::guarded("durable", [&] { return seatbook::bench::run(argc, argv); });
}

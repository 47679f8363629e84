// Several processes on one book in PostgreSQL, compared with the same rules in SQL.
//
// The peer is optimal SQL: one statement per call, which takes the seat with
// `UPDATE ... WHERE used < total`, inserts the assignment and the history row, and is a
// transaction. Both use the same server and the same durability.
//
//   tests/postgres/server.py run --fsync -- build/release/seatbook_bench_postgres
#include <benchmark/benchmark.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "collector.hpp"
#include "program.hpp"
#include "seatbook/postgres.hpp"
#include "seatbook/seatbook.hpp"
#include "workload.hpp"

namespace seatbook::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::uint32_t cold_licenses = 1'000;
constexpr std::uint32_t seats_per_license = 200;
constexpr std::uint32_t people_per_worker = 500;
constexpr std::uint32_t most_workers = 8;
constexpr std::array<std::uint32_t, 3> worker_counts = {1, 4, 8};

std::string url() {
  const char* value = std::getenv("SEATBOOK_TEST_POSTGRES");
  if (value == nullptr) {
    throw std::runtime_error(
        "SEATBOOK_TEST_POSTGRES is not set: start the program as shown at the top of postgres.cpp");
  }
  return value;
}

// --------------------------------------------------------------------------------- the contenders

/// Assigns and revokes seats in one process. assign() returns false if the license is full.
class Contender {
 public:
  Contender() = default;
  Contender(const Contender&) = delete;
  Contender& operator=(const Contender&) = delete;
  virtual ~Contender() = default;
  virtual bool assign(std::uint32_t license, std::uint32_t person) = 0;
  virtual void revoke(std::uint32_t license, std::uint32_t person) = 0;
};

class Library final : public Contender {
 public:
  explicit Library(const std::string& book)
      : book_(postgres::open(url(), {.book = book, .must_exist = true}).value()),
        session_(book_.session({.actor = "benchmark", .role = Role::super_admin})) {}
  bool assign(std::uint32_t license, std::uint32_t person) override {
    const auto seat = session_.assign({.license = LicenseId(license), .person = PersonId(person)});
    if (!seat && seat.error().code == Code::no_seats_remaining) return false;
    seats_[{license, person}] = seat.value().assignment;
    return true;
  }
  void revoke(std::uint32_t license, std::uint32_t person) override {
    session_.revoke({.assignment = seats_.at({license, person})}).value();
  }

 private:
  Book book_;
  Session session_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, AssignmentId> seats_;
};

class Server {
 public:
  Server() : connection_(PQconnectdb(url().c_str()), &PQfinish) {
    if (PQstatus(connection_.get()) != CONNECTION_OK) throw std::runtime_error("no connection");
    run("SET client_min_messages = warning");
  }
  void run(const std::string& sql) { (void)rows_of(PQexec(connection_.get(), sql.c_str())); }
  void prepare(const char* name, const char* sql) {
    (void)rows_of(PQprepare(connection_.get(), name, sql, 2, nullptr));
  }
  /// Executes a prepared statement and returns the number of rows.
  int run(const char* name, std::uint32_t first, std::uint32_t second) {
    const std::string texts[] = {std::to_string(first), std::to_string(second)};
    const char* values[] = {texts[0].c_str(), texts[1].c_str()};
    return rows_of(
        PQexecPrepared(connection_.get(), name, 2, values, nullptr, nullptr, /*binary=*/0));
  }
  [[nodiscard]] PGconn* get() const { return connection_.get(); }

 private:
  static int rows_of(PGresult* result) {
    const std::unique_ptr<PGresult, decltype(&PQclear)> owned(result, &PQclear);
    const auto status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
      throw std::runtime_error(PQresultErrorMessage(result));
    }
    return PQntuples(result);
  }
  std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
};

class ByHand final : public Contender {
 public:
  ByHand() {
    server_.prepare("assign", R"(
WITH seat AS (
  UPDATE peer.licenses SET used = used + 1
  WHERE id = $1::bigint AND active AND used < total RETURNING id
), given AS (
  INSERT INTO peer.assignments (license, person, assigned_at, assigned_by)
  SELECT seat.id, people.id, clock_timestamp(), 1 FROM seat, peer.people
  WHERE people.id = $2::bigint AND people.active RETURNING id, license, person
)
INSERT INTO peer.history (at, actor, kind, license, person, assignment)
SELECT clock_timestamp(), 1, 'assigned', license, person, id FROM given RETURNING assignment)");
    server_.prepare("revoke", R"(
WITH gone AS (
  UPDATE peer.assignments SET revoked_at = clock_timestamp(), revoked_by = 1
  WHERE license = $1::bigint AND person = $2::bigint AND revoked_at IS NULL
  RETURNING id, license, person
), less AS (
  UPDATE peer.licenses SET used = used - 1 FROM gone WHERE licenses.id = gone.license
)
INSERT INTO peer.history (at, actor, kind, license, person, assignment)
SELECT clock_timestamp(), 1, 'revoked', license, person, id FROM gone RETURNING assignment)");
  }
  bool assign(std::uint32_t license, std::uint32_t person) override {
    return server_.run("assign", license, person) == 1;
  }
  void revoke(std::uint32_t license, std::uint32_t person) override {
    if (server_.run("revoke", license, person) != 1) throw std::runtime_error("nothing revoked");
  }

  static void make_tables() {
    Server server;
    server.run(R"(
DROP SCHEMA IF EXISTS peer CASCADE; CREATE SCHEMA peer;
CREATE TABLE peer.people (id bigint PRIMARY KEY, name text NOT NULL, active boolean NOT NULL);
CREATE TABLE peer.licenses (id bigint PRIMARY KEY, name text NOT NULL, total bigint NOT NULL,
  used bigint NOT NULL, active boolean NOT NULL);
CREATE TABLE peer.assignments (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  license bigint NOT NULL REFERENCES peer.licenses, person bigint NOT NULL REFERENCES peer.people,
  assigned_at timestamptz NOT NULL, assigned_by bigint NOT NULL, revoked_at timestamptz,
  revoked_by bigint);
CREATE UNIQUE INDEX ON peer.assignments (license, person) WHERE revoked_at IS NULL;
CREATE TABLE peer.history (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL, actor bigint NOT NULL, kind text NOT NULL, license bigint,
  person bigint, assignment bigint);)");
    const auto upto = [](std::uint32_t count) {
      return " FROM generate_series(1, " + std::to_string(count) + ") AS n";
    };
    server.run("INSERT INTO peer.people SELECT n, 'Person ' || n, true" +
               upto(most_workers * people_per_worker));
    server.run("INSERT INTO peer.licenses SELECT n, 'License ' || n, " +
               std::to_string(seats_per_license) + ", 0, true" + upto(cold_licenses));
    server.run("ANALYZE peer.people, peer.licenses, peer.assignments, peer.history");
  }

 private:
  Server server_;
};

/// Creates a book with all people and licenses and no assignments. Returns its name.
std::string create_book() {
  static int number = 0;
  const std::string name = "bench-" + std::to_string(++number) + "-" + std::to_string(getpid());
  Book book = postgres::open(url(), {.book = name}).value();
  auto desk = book.session({.actor = "benchmark", .role = Role::super_admin});
  std::string people = "Name,Email\n";
  for (std::uint32_t person = 1; person <= most_workers * people_per_worker; ++person) {
    people += "Person " + std::to_string(person) + ",p" + std::to_string(person) + "@example.com\n";
  }
  desk.import_people({.csv = people}).value();
  for (std::uint32_t license = 1; license <= cold_licenses; ++license) {
    desk.add_license({.name = "License " + std::to_string(license),
                      .total_seats = seats_per_license,
                      .owner = PersonId(1)})
        .value();
  }
  return name;
}

// ------------------------------------------------------------------------------------- the workers

struct Calls {
  std::uint64_t changed = 0;
  std::uint64_t refused = 0;
};

/// Assigns and revokes seats of this worker's people between two times of the steady clock.
Calls work(Contender& contender, std::uint32_t number, std::uint32_t licenses,
           SteadyClock::time_point start, SteadyClock::time_point end) {
  Random random(number);
  std::map<std::pair<std::uint32_t, std::uint32_t>, bool> held;
  Calls calls;
  std::this_thread::sleep_until(start);
  while (SteadyClock::now() < end) {
    const std::uint32_t license = 1 + random.below(licenses);
    const std::uint32_t person = 1 + number * people_per_worker + random.below(people_per_worker);
    bool& holds = held[{license, person}];
    if (holds) {
      contender.revoke(license, person);
      holds = false;
      ++calls.changed;
    } else if (contender.assign(license, person)) {
      holds = true;
      ++calls.changed;
    } else {
      ++calls.refused;
    }
  }
  return calls;
}

SteadyClock::time_point instant(const char* nanoseconds) {
  return SteadyClock::time_point(std::chrono::nanoseconds(std::strtoll(nanoseconds, nullptr, 10)));
}

/// Runs `--worker NUMBER LICENSES START END [BOOK]`. Without a book, it runs the peer.
int run_worker(char** arguments) {
  const auto number = static_cast<std::uint32_t>(std::strtoul(arguments[0], nullptr, 10));
  const auto licenses = static_cast<std::uint32_t>(std::strtoul(arguments[1], nullptr, 10));
  std::unique_ptr<Contender> contender;
  if (arguments[4] != nullptr) {
    contender = std::make_unique<Library>(arguments[4]);
  } else {
    contender = std::make_unique<ByHand>();
  }
  const Calls calls =
      work(*contender, number, licenses, instant(arguments[2]), instant(arguments[3]));
  std::printf("%llu %llu\n", static_cast<unsigned long long>(calls.changed),
              static_cast<unsigned long long>(calls.refused));
  return 0;
}

/// Starts this program as a worker. Returns the process and its standard output.
std::pair<pid_t, FILE*> start_worker(std::vector<std::string> arguments) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("pipe failed");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  posix_spawn_file_actions_addclose(&actions, ends[1]);
  arguments.insert(arguments.begin(), {"seatbook_bench_postgres", "--worker"});
  std::vector<char*> texts;
  for (std::string& argument : arguments) texts.push_back(argument.data());
  texts.push_back(nullptr);
  pid_t process = 0;
  if (posix_spawn(&process, "/proc/self/exe", &actions, nullptr, texts.data(), environ) != 0) {
    throw std::runtime_error("cannot start a worker");
  }
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  return {process, fdopen(ends[0], "r")};
}

/// Runs the workers and returns their total calls.
Calls run_workers(std::uint32_t workers, std::uint32_t licenses, double seconds,
                  const std::string& book) {
  const auto start = SteadyClock::now() + std::chrono::milliseconds(1'500);
  const auto end = start + std::chrono::duration_cast<SteadyClock::duration>(
                               std::chrono::duration<double>(seconds));
  const auto argument_of = [](SteadyClock::time_point at) {
    return std::to_string(
        std::chrono::duration_cast<std::chrono::nanoseconds>(at.time_since_epoch()).count());
  };
  std::vector<std::pair<pid_t, FILE*>> running;
  for (std::uint32_t number = 0; number < workers; ++number) {
    std::vector<std::string> arguments = {std::to_string(number), std::to_string(licenses),
                                          argument_of(start), argument_of(end)};
    if (!book.empty()) arguments.push_back(book);
    running.push_back(start_worker(std::move(arguments)));
  }
  Calls all;
  bool failed = false;
  for (const auto& [process, output] : running) {
    unsigned long long changed = 0;
    unsigned long long refused = 0;
    failed = std::fscanf(output, "%llu %llu", &changed, &refused) != 2 || failed;
    std::fclose(output);
    int status = 0;
    waitpid(process, &status, 0);
    failed = status != 0 || failed;
    all.changed += changed;
    all.refused += refused;
  }
  if (failed) throw std::runtime_error("a worker failed");
  return all;
}

// -------------------------------------------------------------------------------- the measurements

std::string named(std::uint32_t licenses, std::uint32_t workers) {
  return (licenses == 1 ? "hot/" : "cold/") + std::to_string(workers);
}

void contend(benchmark::State& state, std::uint32_t licenses, std::uint32_t workers) {
  const double seconds = setting("SEATBOOK_BENCH_SECONDS", 3);
  for (auto _ : state) {
    const Calls library = run_workers(workers, licenses, seconds, create_book());
    ByHand::make_tables();
    const Calls peer = run_workers(workers, licenses, seconds, "");
    state.SetIterationTime(2 * seconds);
    state.counters["library"] = static_cast<double>(library.changed + library.refused) / seconds;
    state.counters["peer"] = static_cast<double>(peer.changed + peer.refused) / seconds;
    state.counters["library_changed"] = static_cast<double>(library.changed) / seconds;
    state.counters["peer_changed"] = static_cast<double>(peer.changed) / seconds;
  }
}

/// Queries "does P hold L?" from memory, and from the server.
void look_up(benchmark::State& state) {
  constexpr std::uint32_t queries = 2'000;
  const std::string name = create_book();
  const Book book = postgres::open(url(), {.book = name}).value();
  const auto desk = book.session({.actor = "benchmark", .role = Role::super_admin});
  ByHand::make_tables();
  Server server;
  server.prepare("holds",
                 "SELECT id FROM peer.assignments WHERE license = $1::bigint AND person = "
                 "$2::bigint AND revoked_at IS NULL");
  const auto timed = [&](const auto& query) {
    Random random(1);
    const auto start = SteadyClock::now();
    for (std::uint32_t n = 0; n < queries; ++n) {
      query(1 + random.below(cold_licenses), 1 + random.below(people_per_worker));
    }
    return std::chrono::duration<double, std::micro>(SteadyClock::now() - start).count() / queries;
  };
  for (auto _ : state) {
    state.counters["library_us"] = timed([&](std::uint32_t license, std::uint32_t person) {
      benchmark::DoNotOptimize(desk.find_seat(LicenseId(license), PersonId(person)).value());
    });
    state.counters["peer_us"] = timed([&](std::uint32_t license, std::uint32_t person) {
      benchmark::DoNotOptimize(server.run("holds", license, person));
    });
  }
}

/// Reads every row that opening a book reads, with libpq. Returns the number of rows.
std::uint64_t select_all(PGconn* connection, const std::string& book) {
  std::uint64_t rows = 0;
  for (const char* table : {"people", "licenses", "assignments", "history"}) {
    const std::string sql = std::string("SELECT * FROM seatbook.") + table +
                            " WHERE book = (SELECT id FROM seatbook.books WHERE name = '" + book +
                            "')";
    if (PQsendQueryParams(connection, sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1) != 1) {
      throw std::runtime_error(PQerrorMessage(connection));
    }
    PQsetSingleRowMode(connection);
    while (PGresult* result = PQgetResult(connection)) {
      rows += static_cast<std::uint64_t>(PQntuples(result));
      PQclear(result);
    }
  }
  return rows;
}

double milliseconds_since(SteadyClock::time_point start) {
  return std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count();
}

/// Creates a book with that many assignments, four per person. Returns its name.
std::string filled_book(std::uint32_t assignments) {
  const std::string name = "opened-" + std::to_string(assignments);
  Book book = postgres::open(url(), {.book = name}).value();
  auto desk = book.session({.actor = "benchmark", .role = Role::super_admin});
  if (book.version()) return name;
  const Scale scale = Scale::of(assignments);
  constexpr std::uint32_t per_import = 50'000;
  for (std::uint32_t first = 1; first <= scale.people; first += per_import) {
    std::string people = "Name,Email\n";
    for (std::uint32_t n = first; n < first + per_import && n <= scale.people; ++n) {
      people += "Person " + std::to_string(n) + ",p" + std::to_string(n) + "@example.com\n";
    }
    desk.import_people({.csv = people}).value();
  }
  for (std::uint32_t number = 1; number <= scale.licenses; ++number) {
    const auto license = desk.add_license({.name = "License " + std::to_string(number),
                                           .total_seats = Scale::seats_per_license,
                                           .owner = PersonId(1)})
                             .value()
                             .license;
    AssignMany many;
    many.license = license;
    for (std::uint32_t seat = 0; seat < Scale::used_per_license; ++seat) {
      many.people.push_back(PersonId(1 + (number * Scale::used_per_license + seat) % scale.people));
    }
    desk.assign_many(many).value();
  }
  return name;
}

void open_book(benchmark::State& state, std::uint32_t assignments) {
  const std::string name = filled_book(assignments);
  for (auto _ : state) {
    auto start = SteadyClock::now();
    {
      const Book book = postgres::open(url(), {.book = name, .must_exist = true}).value();
    }
    state.counters["library_ms"] = milliseconds_since(start);
    Server server;
    start = SteadyClock::now();
    if (select_all(server.get(), name) < 2ULL * assignments) {
      throw std::runtime_error("rows are missing");
    }
    state.counters["peer_ms"] = milliseconds_since(start);
  }
}

// -------------------------------------------------------------------------------------- the report

constexpr std::array<std::uint32_t, 2> sizes_opened = {100'000, 1'000'000};

void print_rates(const Collector& measured, const char* title, const std::string& figure) {
  std::printf("\n%-40s%10s%10s  %s\n", title, "library", "SQL", "library / SQL");
  for (const std::uint32_t licenses : {1U, cold_licenses}) {
    for (const std::uint32_t workers : worker_counts) {
      const std::string run = named(licenses, workers) + "/";
      const double library = measured.figure(run + "library" + figure);
      const double peer = measured.figure(run + "peer" + figure);
      if (library == 0 || peer == 0) continue;
      const std::string what = std::to_string(workers) + " processes, " +
                               (licenses == 1 ? "one hot license" : "1,000 licenses");
      std::printf("%-40s%10.0f%10.0f%8.2fx\n", what.c_str(), library, peer, library / peer);
    }
  }
}

void print_table(const Collector& measured) {
  std::printf("\nMedians over the rounds, of all processes together\n");
  print_rates(measured, "changes committed per second", "_changed");
  print_rates(measured, "calls per second, including refusals", "");
  if (const double library = measured.figure("holds/library_us"); library != 0) {
    const double peer = measured.figure("holds/peer_us");
    std::printf("\n%-40s%10.2f%10.2f%8.0fx\n", "\"does P hold L?\" (microseconds)", library, peer,
                peer / library);
  }
  std::printf("\n%-40s%10s%10s  %s\n", "", "open", "SELECT", "open / SELECT");
  for (const std::uint32_t size : sizes_opened) {
    const std::string run = "open/" + std::to_string(size) + "/";
    const double library = measured.figure(run + "library_ms");
    const double peer = measured.figure(run + "peer_ms");
    if (library == 0 || peer == 0) continue;
    const std::string what = "opening " + std::to_string(size) + " assignments (ms)";
    std::printf("%-40s%10.0f%10.0f%8.2fx\n", what.c_str(), library, peer, library / peer);
  }
}

int run(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  postgres::create_schema(url()).value();
  const std::uint32_t largest_opened = setting("SEATBOOK_BENCH_OPEN", 1'000'000);
  for (std::uint32_t round = 0; round < rounds(); ++round) {
    for (const std::uint32_t licenses : {1U, cold_licenses}) {
      for (const std::uint32_t workers : worker_counts) {
        benchmark::RegisterBenchmark(
            named(licenses, workers).c_str(),
            [=](benchmark::State& state) { contend(state, licenses, workers); })
            ->Iterations(1)
            ->UseManualTime();
      }
    }
    benchmark::RegisterBenchmark("holds", look_up)->Iterations(1);
    for (const std::uint32_t size : sizes_opened) {
      if (size > largest_opened) continue;
      benchmark::RegisterBenchmark(("open/" + std::to_string(size)).c_str(),
                                   [=](benchmark::State& state) { open_book(state, size); })
          ->Iterations(1);
    }
  }
  Collector measured;
  benchmark::RunSpecifiedBenchmarks(&measured);
  print_table(measured);
  return 0;
}

}  // namespace
}  // namespace seatbook::bench

int main(int argc, char** argv) {
  using namespace seatbook::bench;
  const bool worker = argc >= 6 && std::string(argv[1]) == "--worker";
  return guarded("postgres", [&] { return worker ? run_worker(argv + 2) : run(argc, argv); });
}

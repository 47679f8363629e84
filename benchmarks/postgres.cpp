// Books in PostgreSQL, compared with the same rules in hand-written SQL on the same server.
//
//   make bench-postgres BENCH_ARGS='--row one_book --seconds 2'
//
//   --row NAME       measures only this row; can be repeated; --help lists the rows
//   --seconds N      how long each measurement takes; default: 5, and 60 with a held snapshot
//   --old PROGRAM    this program, built with another version of the library, for comparison
//   SEATBOOK_BENCH_ROUNDS=3   how often each row is measured; the table shows medians
//
// Disks differ and vary, so a sync of the server sleeps for a fixed time (preload/slow_sync.cpp)
// while a row is measured, and takes no time while books are prepared. If SEATBOOK_SYNC_US is not
// set, a sync takes as long as the disk needs.
//
// A program for --old is built from that version's sources, in which the folder benchmarks/ is
// replaced by this one.
//
// The callers are threads of separate processes. Each takes random pairs of a license and one of
// its own people, and assigns or revokes that seat. No license is ever full, so every call commits.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "message_counter.hpp"
#include "peer_postgres.hpp"
#include "program.hpp"
#include "seatbook/postgres.hpp"
#include "seatbook/seatbook.hpp"
#include "workload.hpp"

namespace seatbook::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr char this_program[] = "/proc/self/exe";
constexpr char this_schema[] = "seatbook";
constexpr char old_schema[] = "seatbook_old";
constexpr std::uint32_t usual_sync_us = 1'000;
constexpr std::uint32_t fast_sync_us = 150;
/// Callers work for this long before they are measured.
constexpr std::chrono::milliseconds warm_up(1'000);

/// Sets how long a sync of the server takes.
void set_sync_us(std::uint32_t us) {
  const char* path = std::getenv("SEATBOOK_SYNC_US");
  if (path == nullptr) return;
  const int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0 || pwrite(file, &us, sizeof us, 0) != sizeof us) {
    throw std::runtime_error(std::string("cannot write ") + path);
  }
  close(file);
}

const Shape large{"large", 1'000, 8'000, 500};
const Shape small{"small", 10, 50, 50};

/// What the callers of one measurement do.
struct Load {
  std::string schema = this_schema;  ///< of the library's tables; empty: hand-written SQL
  Shape shape;
  std::uint32_t tag = 0;  ///< part of the books' names
  std::uint32_t books = 1;
  std::uint32_t processes = 8;
  std::uint32_t threads = 1;
  std::uint32_t licenses = 0;  ///< the calls use the first ones of each book
  bool request_ids = false;

  [[nodiscard]] std::uint32_t callers() const { return processes * threads; }
  [[nodiscard]] std::string book(std::uint32_t number) const {
    return shape.name + "-" + std::to_string(tag) + "-" + std::to_string(number);
  }
  /// All callers use the only book; of several, each belongs to one caller.
  [[nodiscard]] std::vector<std::uint32_t> books_of(std::uint32_t caller) const {
    std::vector<std::uint32_t> own;
    for (std::uint32_t book = 0; book < books; ++book) {
      if (books == 1 || book % callers() == caller) own.push_back(book);
    }
    return own;
  }
  [[nodiscard]] std::vector<std::string> arguments() const {
    return {schema,
            shape.name,
            std::to_string(tag),
            std::to_string(books),
            std::to_string(processes),
            std::to_string(threads),
            std::to_string(licenses),
            std::to_string(request_ids ? 1 : 0)};
  }
  static Load from(char** arguments) {
    const auto number = [&](int index) {
      return static_cast<std::uint32_t>(std::strtoul(arguments[index], nullptr, 10));
    };
    return {arguments[0], arguments[1] == large.name ? large : small,
            number(2),    number(3),
            number(4),    number(5),
            number(6),    number(7) != 0};
  }
};

// ------------------------------------------------------------------------------------ the library

Session session_of(const Book& book) {
  return book.session({.actor = "benchmark", .role = Role::super_admin});
}

/// Creates the load's books, with all people and licenses and no assignments. Keeps those that
/// exist.
void create_books(const Load& load) {
  postgres::Options options;
  options.schema = load.schema;
  postgres::create_schema(url(), options).value();
  for (std::uint32_t number = 0; number < load.books; ++number) {
    options.book = load.book(number);
    Book book = postgres::open(url(), options).value();
    if (book.version()) continue;
    auto desk = session_of(book);
    std::string people = "Name,Email\n";
    for (std::uint32_t person = 1; person <= load.shape.people; ++person) {
      const std::string id = std::to_string(person);
      people.append("Person ").append(id).append(",p").append(id).append("@example.com\n");
    }
    desk.import_people({.csv = people}).value();
    for (std::uint32_t license = 1; license <= load.shape.licenses; ++license) {
      desk.add_license({.name = "License " + std::to_string(license),
                        .total_seats = seats_per_license,
                        .owner = PersonId(1)})
          .value();
    }
  }
}

/// The books that a process has opened.
class OpenBooks {
 public:
  OpenBooks(const Load& load, std::uint32_t process) : books_(load.books) {
    postgres::Options options;
    options.schema = load.schema;
    options.must_exist = true;
    for (std::uint32_t thread = 0; thread < load.threads; ++thread) {
      for (const std::uint32_t number : load.books_of(process * load.threads + thread)) {
        if (books_[number]) continue;
        options.book = load.book(number);
        books_[number] = std::make_unique<Book>(postgres::open(url(), options).value());
      }
    }
  }
  [[nodiscard]] const Book& operator[](std::uint32_t number) const { return *books_[number]; }

 private:
  std::vector<std::unique_ptr<Book>> books_;
};

class Library final : public Caller {
 public:
  Library(const Load& load, const OpenBooks& books, std::uint32_t caller)
      : request_ids_(load.request_ids), random_(1'000 + caller) {
    sessions_.resize(load.books);
    for (const std::uint32_t book : load.books_of(caller)) {
      sessions_[book] = std::make_unique<Session>(session_of(books[book]));
    }
  }
  void change(std::uint32_t book, std::uint32_t license, std::uint32_t person) override {
    Session& session = *sessions_[book];
    const auto seat = session.find_seat(LicenseId(license), PersonId(person)).value();
    if (seat) {
      session.revoke({.assignment = *seat, .request_id = request_id()}).value();
    } else {
      session
          .assign({.license = LicenseId(license),
                   .person = PersonId(person),
                   .request_id = request_id()})
          .value();
    }
  }

 private:
  std::optional<RequestId> request_id() {
    if (!request_ids_) return std::nullopt;
    RequestId id;
    const std::uint64_t numbers[] = {random_.next(), random_.next()};
    static_assert(sizeof numbers == sizeof id.bytes);
    std::memcpy(id.bytes.data(), numbers, sizeof numbers);
    return id;
  }

  bool request_ids_;
  Random random_;
  std::vector<std::unique_ptr<Session>> sessions_;
};

// ---------------------------------------------------------------------------------- the processes

/// Commits in each second.
using Counts = std::vector<std::uint64_t>;

/// Makes calls until `end` and counts those that end after `start`.
Counts work(Caller& caller, const Load& load, std::uint32_t number, SteadyClock::time_point start,
            SteadyClock::time_point end) {
  Random random(number);
  const std::vector<std::uint32_t> books = load.books_of(number);
  const std::uint32_t first_person =
      1 + (load.books == 1 ? number * load.shape.people_per_caller : 0);
  Counts counts(static_cast<std::size_t>(
      std::chrono::duration_cast<std::chrono::seconds>(end - start).count()));
  for (;;) {
    const std::uint32_t book = books[random.below(books.size())];
    const std::uint32_t license = 1 + random.below(load.licenses);
    caller.change(book, license, first_person + random.below(load.shape.people_per_caller));
    const auto now = SteadyClock::now();
    if (now >= end) return counts;
    if (now < start) continue;
    ++counts[static_cast<std::size_t>(
        std::chrono::duration_cast<std::chrono::seconds>(now - start).count())];
  }
}

/// Runs `--work PROCESS LOAD...`: opens the books, prints "ready", reads the times of the start and
/// the end, makes calls, and prints the counts.
int run_worker(char** arguments) {
  const auto process = static_cast<std::uint32_t>(std::strtoul(arguments[0], nullptr, 10));
  const Load load = Load::from(arguments + 1);
  std::unique_ptr<OpenBooks> books;
  if (!load.schema.empty()) books = std::make_unique<OpenBooks>(load, process);
  std::vector<std::unique_ptr<Caller>> callers;
  const std::uint32_t first = process * load.threads;
  for (std::uint32_t thread = 0; thread < load.threads; ++thread) {
    if (books) {
      callers.push_back(std::make_unique<Library>(load, *books, first + thread));
    } else {
      callers.push_back(std::make_unique<ByHand>(load.shape));
    }
  }
  std::puts("ready");
  std::fflush(stdout);
  long long start_ns = 0;
  long long end_ns = 0;
  if (std::scanf("%lld %lld", &start_ns, &end_ns) != 2) return 1;
  const SteadyClock::time_point start{std::chrono::nanoseconds(start_ns)};
  const SteadyClock::time_point end{std::chrono::nanoseconds(end_ns)};
  std::vector<Counts> counts(load.threads);
  std::vector<std::thread> threads;
  std::atomic<bool> failed = false;
  for (std::uint32_t thread = 0; thread < load.threads; ++thread) {
    threads.emplace_back([&, thread] {
      const int status = guarded("postgres", [&] {
        counts[thread] = work(*callers[thread], load, first + thread, start, end);
        return 0;
      });
      if (status != 0) failed = true;
    });
  }
  for (std::thread& thread : threads) thread.join();
  if (failed) return 1;
  for (std::size_t second = 0; second < counts[0].size(); ++second) {
    std::uint64_t sum = 0;
    for (const Counts& each : counts) sum += each[second];
    std::printf("%llu ", static_cast<unsigned long long>(sum));
  }
  std::puts("");
  return 0;
}

/// A child process whose standard input and output are a socket.
class Child {
 public:
  Child(const std::string& program, std::vector<std::string> arguments) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
      throw std::runtime_error("socketpair failed");
    }
    socket_ = ends[0];
    output_ = fdopen(ends[0], "r");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    arguments.insert(arguments.begin(), program);
    std::vector<char*> texts;
    for (std::string& argument : arguments) texts.push_back(argument.data());
    texts.push_back(nullptr);
    const int error =
        posix_spawn(&process_, program.c_str(), &actions, nullptr, texts.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (error != 0) throw std::runtime_error("cannot start " + program);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (process_ != 0) kill(process_, SIGKILL);
    static_cast<void>(status());
    std::fclose(output_);
  }
  void write(const std::string& line) const { dprintf(socket_, "%s\n", line.c_str()); }
  std::string read() {
    std::string line;
    for (int c = std::fgetc(output_); c != EOF && c != '\n'; c = std::fgetc(output_)) {
      line += static_cast<char>(c);
    }
    return line;
  }
  void finish() {
    if (status() != 0) throw std::runtime_error("a worker failed");
  }

 private:
  int status() {
    int status = 0;
    if (process_ != 0) waitpid(std::exchange(process_, 0), &status, 0);
    return status;
  }
  pid_t process_ = 0;
  int socket_ = -1;
  FILE* output_ = nullptr;
};

/// Runs the load's processes. Calls `at_start` when the measurement starts. Returns the commits in
/// each second.
Counts run_load(
    const Load& load, std::uint32_t seconds, std::uint32_t sync_us, const std::string& program,
    const std::function<void()>& at_start = [] {}) {
  set_sync_us(0);
  if (load.schema.empty()) {
    ByHand::create_tables(load.shape, load.books);
  } else {
    std::vector<std::string> arguments = load.arguments();
    arguments.insert(arguments.begin(), "--create");
    Child(program, arguments).finish();
  }
  std::vector<std::unique_ptr<Child>> children;
  for (std::uint32_t process = 0; process < load.processes; ++process) {
    std::vector<std::string> arguments = load.arguments();
    arguments.insert(arguments.begin(), {"--work", std::to_string(process)});
    children.push_back(std::make_unique<Child>(program, arguments));
  }
  for (const auto& child : children) {
    if (child->read() != "ready") throw std::runtime_error("a worker failed");
  }
  set_sync_us(sync_us);
  const auto start = SteadyClock::now() + warm_up;
  const auto end = start + std::chrono::seconds(seconds);
  std::ostringstream times;
  times << std::chrono::nanoseconds(start.time_since_epoch()).count() << ' '
        << std::chrono::nanoseconds(end.time_since_epoch()).count();
  for (const auto& child : children) child->write(times.str());
  std::this_thread::sleep_until(start);
  at_start();
  Counts all(seconds);
  for (const auto& child : children) {
    std::istringstream counts(child->read());
    for (std::uint64_t& sum : all) {
      std::uint64_t count = 0;
      counts >> count;
      sum += count;
    }
    child->finish();
  }
  set_sync_us(0);
  return all;
}

/// Throws if the server ignores SEATBOOK_SYNC_US, for example because it runs without the preload.
void check_sync() {
  if (std::getenv("SEATBOOK_SYNC_US") == nullptr) {
    std::puts("SEATBOOK_SYNC_US is not set: syncs take as long as the disk needs");
    return;
  }
  Server server;
  constexpr std::uint32_t long_sync_us = 200'000;
  set_sync_us(long_sync_us);
  const auto start = SteadyClock::now();
  server.run("SELECT pg_logical_emit_message(true, '', '')");
  const auto took = SteadyClock::now() - start;
  set_sync_us(0);
  if (took < std::chrono::microseconds(long_sync_us)) {
    throw std::runtime_error("the server runs without preload/slow_sync.cpp");
  }
}

// -------------------------------------------------------------------------------- the measurements

struct Options {
  std::set<std::string> rows;  ///< empty: all
  std::uint32_t seconds = 0;
  std::string old;
  [[nodiscard]] std::uint32_t seconds_or(std::uint32_t fallback) const {
    return seconds == 0 ? fallback : seconds;
  }
};

/// What one round of a row has measured. `peer` is 0 if there is none.
struct Figures {
  double ours = 0;
  double peer = 0;
};

/// A tag that no other book of this server has.
std::uint32_t new_tag() {
  static std::uint32_t last = static_cast<std::uint32_t>(getpid()) * 1'000;
  return ++last;
}

double rate_of(const Counts& counts) {
  return static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0})) /
         static_cast<double>(counts.size());
}

double rate_of(Load load, const std::string& schema, const Options& options,
               std::uint32_t sync_us = usual_sync_us, const std::string& program = this_program) {
  load.schema = schema;
  return rate_of(run_load(load, options.seconds_or(5), sync_us, program));
}

Figures against_sql(const Load& load, const Options& options,
                    std::uint32_t sync_us = usual_sync_us) {
  return {rate_of(load, this_schema, options, sync_us), rate_of(load, "", options, sync_us)};
}

Figures one_book(std::uint32_t processes, std::uint32_t licenses, const Options& options) {
  return against_sql(
      {.shape = large, .tag = new_tag(), .processes = processes, .licenses = licenses}, options);
}

Figures several_books(std::uint32_t books, std::uint32_t sync_us, const Options& options) {
  return against_sql({.shape = small, .books = books, .licenses = small.licenses}, options,
                     sync_us);
}

Figures callers(std::uint32_t processes, std::uint32_t threads, const Options& options) {
  const Load load{.shape = large,
                  .tag = new_tag(),
                  .processes = processes,
                  .threads = threads,
                  .licenses = large.licenses};
  const double ours = rate_of(load, this_schema, options);
  if (options.old.empty()) return {ours, 0};
  return {ours, rate_of(load, old_schema, options, usual_sync_us, options.old)};
}

/// Another session holds a snapshot, so the server cannot remove old versions of rows.
Figures held_snapshot(const Options& options) {
  Server other;
  const Counts counts =
      run_load({.shape = large, .tag = new_tag(), .licenses = large.licenses, .request_ids = true},
               options.seconds_or(60), usual_sync_us, this_program,
               [&other] { other.run("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1"); });
  std::printf("  commits in every second:");
  for (const std::uint64_t count : counts) {
    std::printf(" %llu", static_cast<unsigned long long>(count));
  }
  std::puts("");
  return {static_cast<double>(*std::min_element(counts.begin(), counts.end())),
          static_cast<double>(counts.front())};
}

/// Returns the private memory of a process, in MB.
double private_mb(std::uint64_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/smaps_rollup");
  double kilobytes = 0;
  std::string name;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    double value = 0;
    words >> name >> value;
    if (name == "Private_Clean:" || name == "Private_Dirty:") kilobytes += value;
  }
  if (name.empty()) throw std::runtime_error("cannot read the memory of a server process");
  return kilobytes / 1'024;
}

/// The server's memory for a process that has 512 books open and uses them from eight threads.
Figures memory(const Options& options) {
  Figures figures;
  Server server;
  // Reading the memory of 512 processes takes up to a second, during which they must exist.
  const std::uint32_t seconds = std::max(options.seconds_or(5), 5U);
  run_load({.shape = small, .books = 512, .processes = 1, .threads = 8, .licenses = small.licenses},
           seconds, usual_sync_us, this_program, [&] {
             const auto processes = server.numbers(
                 "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid "
                 "<> pg_backend_pid()");
             for (const std::uint64_t process : processes) figures.ours += private_mb(process);
             std::printf("  %zu connections\n", processes.size());
           });
  return figures;
}

Figures messages(const Options& /*options*/) {
  const Load load{.shape = small};
  create_books(load);
  MessageCounter counter;
  const Book book =
      postgres::open(counter.url(), {.book = load.book(0), .must_exist = true}).value();
  return {static_cast<double>(counter.messages()), 0};
}

/// Queries "does P hold L?" from memory, and from the server. Microseconds.
Figures find_seat(const Options& /*options*/) {
  constexpr std::uint32_t queries = 2'000;
  const Load load{.shape = large, .licenses = large.licenses};
  create_books(load);
  const Book book = postgres::open(url(), {.book = load.book(0), .must_exist = true}).value();
  const auto desk = session_of(book);
  ByHand::create_tables(large, 1);
  Server server;
  server.prepare("holds",
                 "SELECT id FROM peer.assignments WHERE license = $1::bigint AND person = "
                 "$2::bigint AND revoked_at IS NULL");
  const auto timed = [&](const auto& query) {
    Random random(1);
    const auto start = SteadyClock::now();
    for (std::uint32_t n = 0; n < queries; ++n) {
      query(1 + random.below(large.licenses), 1 + random.below(large.people));
    }
    return std::chrono::duration<double, std::micro>(SteadyClock::now() - start).count() / queries;
  };
  return {timed([&](std::uint32_t license, std::uint32_t person) {
            benchmark::DoNotOptimize(desk.find_seat(LicenseId(license), PersonId(person)).value());
          }),
          timed([&](std::uint32_t license, std::uint32_t person) {
            benchmark::DoNotOptimize(server.run("holds", license, person));
          })};
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

/// Creates a book with that many assignments, four per person. Returns its name.
std::string filled_book(std::uint32_t assignments) {
  const std::string name = "opened-" + std::to_string(assignments);
  postgres::create_schema(url()).value();
  Book book = postgres::open(url(), {.book = name}).value();
  auto desk = session_of(book);
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

/// Opens a book, and reads the same rows with SELECT. Milliseconds.
Figures open_book(std::uint32_t assignments) {
  set_sync_us(0);
  const std::string name = filled_book(assignments);
  const auto milliseconds_of = [](const auto& call) {
    const auto start = SteadyClock::now();
    call();
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count();
  };
  Server server;
  return {milliseconds_of([&] {
            benchmark::DoNotOptimize(
                postgres::open(url(), {.book = name, .must_exist = true}).value().version());
          }),
          milliseconds_of([&] {
            if (select_all(server.get(), name) < 2ULL * assignments) {
              throw std::runtime_error("rows are missing");
            }
          })};
}

// -------------------------------------------------------------------------------------- the report

enum class Target { none, ratio_at_least, ours_at_most };

struct Row {
  const char* name;
  const char* work;
  Target target;
  double limit;
  std::function<Figures(const Options&)> measure;
};

const std::vector<Row>& all_rows() {
  using enum Target;
  static const std::vector<Row> rows = {
      {"one_process", "1 process, one book, 1,000 licenses: commits/s, SQL", none, 0,
       [](const Options& options) { return one_book(1, large.licenses, options); }},
      {"one_book", "8 processes, one book, 1,000 licenses: commits/s, SQL", ratio_at_least, 0.8,
       [](const Options& options) { return one_book(8, large.licenses, options); }},
      {"one_license", "8 processes, one book, one license: commits/s, SQL", ratio_at_least, 3,
       [](const Options& options) { return one_book(8, 1, options); }},
      {"callers_1x16", "1 process x 16 threads, one book: commits/s, --old", ratio_at_least, 6,
       [](const Options& options) { return callers(1, 16, options); }},
      {"callers_4x4", "4 processes x 4 threads, one book: commits/s, --old", ratio_at_least, 5,
       [](const Options& options) { return callers(4, 4, options); }},
      {"callers_16x1", "16 processes x 1 thread, one book: commits/s, --old", ratio_at_least, 4,
       [](const Options& options) { return callers(16, 1, options); }},
      {"books_64", "8 processes, 64 books: commits/s, SQL", ratio_at_least, 0.9,
       [](const Options& options) { return several_books(64, usual_sync_us, options); }},
      {"books_512", "8 processes, 512 books: commits/s, SQL", ratio_at_least, 0.9,
       [](const Options& options) { return several_books(512, usual_sync_us, options); }},
      {"fast_disk", "the same, 64 books, a sync of 0.15 ms: commits/s, SQL", ratio_at_least, 0.5,
       [](const Options& options) { return several_books(64, fast_sync_us, options); }},
      {"snapshot", "8 processes, held snapshot: slowest second, first", ratio_at_least, 0.8,
       held_snapshot},
      {"memory", "server memory for 512 open books, MB", ours_at_most, 50, memory},
      {"messages", "messages to open a small book", ours_at_most, 4, messages},
      {"find_seat", "does P hold L?: us, SQL", none, 0, find_seat},
      {"open_100000", "opening 100,000 assignments: ms, SELECT", none, 0,
       [](const Options& /*options*/) { return open_book(100'000); }},
      {"open_1000000", "opening 1,000,000 assignments: ms, SELECT", none, 0,
       [](const Options& /*options*/) { return open_book(1'000'000); }},
  };
  return rows;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::string number(double value) {
  std::array<char, 32> text{};
  const int digits = value >= 100 ? 0 : value >= 0.1 ? 2 : 4;
  std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return text.data();
}

/// Measures a row and returns its line of the table.
std::string line_of(const Row& row, const Options& options) {
  std::vector<double> ours;
  std::vector<double> peer;
  std::vector<double> ratios;
  for (std::uint32_t round = 0; round < rounds(); ++round) {
    const Figures figures = row.measure(options);
    std::printf("%s: %s, %s\n", row.name, number(figures.ours).c_str(),
                number(figures.peer).c_str());
    std::fflush(stdout);
    ours.push_back(figures.ours);
    peer.push_back(figures.peer);
    ratios.push_back(figures.ours / figures.peer);
  }
  const bool compared = median(peer) != 0;
  std::string target = "-";
  std::string met = "-";
  if (row.target == Target::ours_at_most) {
    target = "<= " + number(row.limit);
    met = median(ours) <= row.limit ? "yes" : "no";
  } else if (row.target == Target::ratio_at_least) {
    target = ">= " + number(row.limit);
    if (compared) met = median(ratios) >= row.limit ? "yes" : "no";
  }
  std::array<char, 256> text{};
  std::snprintf(text.data(), text.size(), "%-13s %-56s %8s %8s %7s %8s %4s", row.name, row.work,
                number(median(ours)).c_str(), compared ? number(median(peer)).c_str() : "-",
                compared ? number(median(ratios)).c_str() : "-", target.c_str(), met.c_str());
  return text.data();
}

/// Returns nothing if the arguments are wrong.
std::optional<Options> parsed(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; i += 2) {
    const std::string name = argv[i];
    const std::string value = i + 1 < argc ? argv[i + 1] : "";
    const auto known = [&value](const Row& row) { return value == row.name; };
    if (name == "--row" && std::any_of(all_rows().begin(), all_rows().end(), known)) {
      options.rows.insert(value);
    } else if (name == "--seconds" && std::strtoul(value.c_str(), nullptr, 10) > 0) {
      options.seconds = static_cast<std::uint32_t>(std::strtoul(value.c_str(), nullptr, 10));
    } else if (name == "--old" && !value.empty()) {
      options.old = value;
    } else {
      return std::nullopt;
    }
  }
  return options;
}

int run(int argc, char** argv) {
  const auto options = parsed(argc, argv);
  if (!options) {
    std::puts("options: [--row NAME]... [--seconds N] [--old PROGRAM]\nrows:");
    for (const Row& row : all_rows()) std::printf("  %-13s %s\n", row.name, row.work);
    return 2;
  }
  check_sync();
  const auto start = SteadyClock::now();
  std::vector<std::string> lines;
  for (const Row& row : all_rows()) {
    if (options->rows.empty() || options->rows.count(row.name) != 0) {
      lines.push_back(line_of(row, *options));
    }
  }
  std::printf("\n%-13s %-56s %8s %8s %7s %8s %4s\n", "row", "work: ours, peer (medians)", "ours",
              "peer", "ratio", "target", "met");
  for (const std::string& line : lines) std::puts(line.c_str());
  std::printf("%.0f s\n", std::chrono::duration<double>(SteadyClock::now() - start).count());
  return 0;
}

}  // namespace
}  // namespace seatbook::bench

int main(int argc, char** argv) {
  using namespace seatbook::bench;
  const std::string action = argc > 1 ? argv[1] : "";
  return guarded("postgres", [&] {
    if (action == "--work" && argc == 11) return run_worker(argv + 2);
    if (action == "--create" && argc == 10) {
      create_books(Load::from(argv + 2));
      return 0;
    }
    return run(argc, argv);
  });
}

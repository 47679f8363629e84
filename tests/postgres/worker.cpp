// The client program of chaos_test.py, clients_test.py and unfaithful_test.py.
//
//   seatbook_postgres_worker fill    --url U --book B --folder F
//   seatbook_postgres_worker work    --url U --book B --folder F --process N [--profile P] ...
//   seatbook_postgres_worker inspect --url U --book B --folder F
//   seatbook_postgres_worker threads --folder F --workers N --calls C ...
//
// `fill` creates the tables and the book. `work` makes calls until `--seconds` have passed and at
// least `--calls` were made, prints "worked", waits for a line on its input (by then all workers
// are done), refreshes and writes its dump. `inspect` opens the book again and writes all stored
// records and the library's findings. `threads` does all of this in one process, with one book per
// thread on an in-memory storage.
//
//   --process N         0 for `fill`; each `work`, restarted ones too, has a unique number from 1
//   --threads N         threads of a `work`, on one open book; `--calls` is for each of them
//   --rate N            calls a second of each thread, at most
//   --seed S            seed of the calls
//   --profile P         mixed; watch: queries only; one_grant: assigns one seat, then watches
//   --listen            logs the published events
//   --retry-ms N        how long a call retries
//   --storage NAME      wraps the storage in one of unfaithful_storages.hpp
//   --may-give-up       exits with 0 even if the stored data is wrong; the log reports it
//   --clock-skew S      gives the book a clock that is S seconds ahead
//   --until-line        makes calls until a line arrives on the input
//   --note-versions     writes each version that the storage shows to the file seen-N
//   --machine-skew S    sets the machine's clock S seconds ahead for this process
#include <poll.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "codec/record_json.hpp"
#include "postgres/skewed_machine.hpp"
#include "postgres/unfaithful_storages.hpp"
#include "postgres/worker.hpp"
#include "seatbook/postgres.hpp"

namespace seatbook::testing {
namespace {

using OpenStorage = std::function<Result<StoragePointer>()>;

class Arguments {
 public:
  Arguments(int count, char** values) {
    if (count < 2) throw std::invalid_argument("an action is required");
    action = values[1];
    for (int i = 2; i < count; ++i) {
      const std::string name = values[i];
      if (name == "--listen" || name == "--may-give-up" || name == "--note-versions" ||
          name == "--until-line") {
        given_[name] = "";
      } else if (name.rfind("--", 0) == 0 && i + 1 < count) {
        given_[name] = values[++i];
      } else {
        throw std::invalid_argument("unknown option or missing value: " + name);
      }
    }
  }
  [[nodiscard]] bool has(const std::string& name) const { return given_.count(name) != 0; }
  [[nodiscard]] std::string text(const std::string& name, const std::string& fallback = "") const {
    const auto found = given_.find(name);
    return found == given_.end() ? fallback : found->second;
  }
  [[nodiscard]] std::int64_t number(const std::string& name, std::int64_t fallback = 0) const {
    return has(name) ? std::stoll(text(name)) : fallback;
  }
  std::string action;

 private:
  std::map<std::string, std::string> given_;
};

/// Uses shorter timeouts than the defaults, so that each of them fires often within a minute.
postgres::Options postgres_options(const Arguments& arguments) {
  postgres::Options options;
  options.book = arguments.text("--book", "main");
  options.connect_timeout_ms = 3'000;
  options.idle_transaction_timeout_ms = 1'000;
  options.lock_timeout_ms = 5'000;
  options.statement_timeout_ms = 10'000;
  options.tcp_timeout_ms = 3'000;
  options.retry_for_ms = static_cast<std::uint32_t>(arguments.number("--retry-ms", 8'000));
  return options;
}

ClientOptions client_options(const Arguments& arguments, OpenStorage open) {
  ClientOptions options;
  options.folder = arguments.text("--folder");
  options.process = static_cast<std::uint64_t>(arguments.number("--process"));
  options.seed = static_cast<std::uint64_t>(arguments.number("--seed", 1));
  options.listen = arguments.has("--listen");
  if (arguments.has("--clock-skew")) options.clock_skew_s = arguments.number("--clock-skew");
  options.open_storage = std::move(open);
  return options;
}

/// Wraps `open` in the unfaithful storage that the arguments name. Each open gets a different seed;
/// with the same seed, an open that fails at random would fail every time.
OpenStorage through_unfaithful(const Arguments& arguments, OpenStorage open, std::uint64_t seed) {
  return [name = arguments.text("--storage"), open = std::move(open), seed,
          openings = std::uint64_t{0}]() mutable -> Result<StoragePointer> {
    auto storage = open();
    if (!storage) return storage;
    return unfaithful(name, *std::move(storage), seed + (openings++ << 32));
  };
}

/// Writes each version that read() returns to a file. Its last line is what the process has seen.
class NotingVersions final : public ForwardingStorage {
 public:
  NotingVersions(StoragePointer inner, const std::filesystem::path& path)
      : ForwardingStorage(std::move(inner)), file_(path) {}
  Result<Version> read(Version after, RecordSink& sink) override {
    auto version = ForwardingStorage::read(after, sink);
    if (version) note(*version);
    return version;
  }

 private:
  void note(Version version) {
    if (version == last_) return;
    last_ = version;
    file_.line(version.value);
  }
  LineFile file_;
  Version last_;
};

OpenStorage noting_versions(const Arguments& arguments, OpenStorage open) {
  const auto path =
      std::filesystem::path(arguments.text("--folder")) / ("seen-" + arguments.text("--process"));
  return [path, open = std::move(open)]() -> Result<StoragePointer> {
    auto storage = open();
    if (!storage) return storage;
    return StoragePointer(std::make_shared<NotingVersions>(*std::move(storage), path));
  };
}

/// Collects every stored record as one line of JSON.
class RecordLines final : public RecordSink {
 public:
  Result<void> accept(RecordImage record) override {
    lines.push_back({{"table", table_name(kind_of(record))}, {"record", codec::to_json(record)}});
    return {};
  }
  std::vector<Json> lines;
};

/// Writes the version and then every stored record, one a line.
void write_records(Storage& storage, const std::filesystem::path& folder) {
  RecordLines records;
  const Version version = storage.read({}, records).value();
  LineFile file(folder / "records.jsonl");
  file.line({{"version", version.value}});
  for (const Json& line : records.lines) file.line(line);
}

/// Returns the license's peak usage and every step above the total in force.
Json peak_of(const Session& desk, LicenseId license) {
  const UsageStep peak = desk.peak_usage({.license = license}).value();
  Json result = {{"license", license.value}, {"used", peak.used}, {"over", Json::array()}};
  result["total"] = peak.total ? Json(*peak.total) : Json(nullptr);
  UsageOverTimeQuery query;
  query.license = license;
  for (;;) {
    const UsageOverTime page = desk.usage_over_time(query).value();
    for (const UsageStep& step : page.steps) {
      if (step.total && step.used > *step.total) {
        result["over"].push_back({step.at.to_string(), step.used, *step.total});
      }
    }
    if (!page.next) return result;
    query.since = *page.next;
  }
}

/// Opens the book again and writes the library's findings.
void write_inspection(StoragePointer storage, const std::filesystem::path& folder) {
  Json inspection = {{"error", nullptr}, {"findings", Json::array()}, {"peaks", Json::array()}};
  auto book = Book::open(std::move(storage), {.read_only = true});
  if (!book) {
    inspection["error"] = std::string(to_string(book.error().code)) + ": " + book.error().message;
  } else {
    std::ofstream(folder / "dump-fresh.json", std::ios::binary) << book->dump().value();
    inspection["findings"] = book->check_invariants().value();
    const Session desk = book->session({.actor = "inspector", .role = Role::super_admin});
    for (const License& license : desk.licenses().value()) {
      inspection["peaks"].push_back(peak_of(desk, license.id));
    }
  }
  std::ofstream(folder / "inspection.json") << inspection.dump();
}

void inspect(const OpenStorage& open, const std::filesystem::path& folder) {
  write_records(*open().value(), folder);
  write_inspection(open().value(), folder);
}

/// Whether a line has arrived on the input. Reads it.
bool line_arrived() {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  if (::poll(&input, 1, 0) <= 0) return false;
  std::string line;
  std::getline(std::cin, line);
  return true;
}

/// Makes calls until `--seconds` have passed and at least `--calls` were made, or with
/// `--until-line` until a line arrives.
void make_calls(const Arguments& arguments, Worker& worker) {
  const bool mixed = arguments.text("--profile", "mixed") == "mixed";
  const std::int64_t rate = arguments.number("--rate", mixed ? 0 : 200);
  const auto start = std::chrono::steady_clock::now();
  const auto until = start + std::chrono::seconds(arguments.number("--seconds", 1));
  const std::int64_t calls = arguments.number("--calls");
  const bool until_line = arguments.has("--until-line");
  const auto continues = [&](std::int64_t call) {
    if (until_line) return !line_arrived();
    return call < calls || std::chrono::steady_clock::now() < until;
  };
  for (std::int64_t call = 0; continues(call); ++call) {
    if (mixed) {
      worker.step();
    } else {
      worker.query();
    }
    if (rate != 0) {
      std::this_thread::sleep_until(start + std::chrono::microseconds(1'000'000 * call / rate));
    }
  }
}

/// Calls `each` for each worker in a separate thread. Resets the workers that throw GaveUp.
void in_threads(std::vector<std::unique_ptr<Worker>>& workers,
                const std::function<void(Worker&)>& each) {
  std::vector<std::thread> running;
  for (auto& worker : workers) {
    if (!worker) continue;
    running.emplace_back([&each, &worker] {
      try {
        each(*worker);
      } catch (const GaveUp&) {
        worker.reset();
      }
    });
  }
  for (std::thread& thread : running) thread.join();
}

/// Runs `work`, from opening the book to its dump.
void work_to_the_end(const Arguments& arguments, OpenStorage open) {
  const auto client = std::make_shared<Client>(client_options(arguments, std::move(open)));
  std::vector<std::unique_ptr<Worker>> workers;
  const auto count = static_cast<std::uint64_t>(arguments.number("--threads", 1));
  for (std::uint64_t thread = 0; thread < count; ++thread) {
    workers.push_back(std::make_unique<Worker>(client, thread));
  }
  std::cout << "ready" << std::endl;
  if (arguments.text("--profile") == "one_grant") workers[0]->grant_hot();
  in_threads(workers, [&](Worker& worker) { make_calls(arguments, worker); });
  for (const auto& worker : workers) {
    if (!worker) throw GaveUp("the book could not be opened again");
  }
  std::cout << "worked" << std::endl;
  std::string line;
  std::getline(std::cin, line);
  const Version version = workers[0]->finish();  // may throw GaveUp, so print only after it
  std::cout << "ended at version " << version.value << std::endl;
}

void work(const Arguments& arguments, OpenStorage open) {
  try {
    work_to_the_end(arguments, std::move(open));
  } catch (const GaveUp&) {
    if (!arguments.has("--may-give-up")) throw;
    std::cout << "ready\nworked" << std::endl;
    // If the worker gave up after it had read its line, this reads the end of the input.
    std::string line;
    std::getline(std::cin, line);
    std::cout << "ended" << std::endl;
  }
}

/// Runs several workers in one process, each with a separate book on one in-memory storage.
void threads(const Arguments& arguments) {
  const auto shared = memory_storage(arguments.text("--lock", "yes") == "yes");
  const OpenStorage open = [shared] { return Result<StoragePointer>(shared); };
  const std::filesystem::path folder = arguments.text("--folder");
  Worker(client_options(arguments, open)).fill();

  const auto count = static_cast<std::uint64_t>(arguments.number("--workers", 4));
  std::vector<std::unique_ptr<Worker>> workers;
  for (std::uint64_t process = 1; process <= count; ++process) {
    const auto seed = static_cast<std::uint64_t>(arguments.number("--seed", 1)) * 1000 + process;
    ClientOptions options = client_options(arguments, through_unfaithful(arguments, open, seed));
    options.process = process;
    workers.push_back(std::make_unique<Worker>(std::move(options)));
  }
  // A worker may give up because of a faulty storage; its log says so.
  const std::int64_t calls = arguments.number("--calls", 1000);
  in_threads(workers, [calls](Worker& worker) {
    for (std::int64_t call = 0; call < calls; ++call) {
      worker.step();
      std::this_thread::yield();  // otherwise one thread may finish before the next starts
    }
  });
  in_threads(workers, [](Worker& worker) { worker.finish(); });
  inspect(open, folder);
}

void run(const Arguments& arguments) {
  machine_skew_s = arguments.number("--machine-skew");
  if (arguments.action == "threads") return threads(arguments);

  const std::string url = arguments.text("--url");
  const postgres::Options options = postgres_options(arguments);
  const OpenStorage open = [=] { return postgres::open_storage(url, options); };
  if (arguments.action == "fill") {
    postgres::create_schema(url, options).value();
    Worker(client_options(arguments, open)).fill();
  } else if (arguments.action == "work") {
    const auto seed = static_cast<std::uint64_t>(arguments.number("--seed", 1)) * 1000 +
                      static_cast<std::uint64_t>(arguments.number("--process"));
    OpenStorage wrapped = through_unfaithful(arguments, open, seed);
    if (arguments.has("--note-versions")) wrapped = noting_versions(arguments, std::move(wrapped));
    work(arguments, std::move(wrapped));
  } else if (arguments.action == "inspect") {
    inspect(open, arguments.text("--folder"));
  } else {
    throw std::invalid_argument("unknown action: " + arguments.action);
  }
}

}  // namespace
}  // namespace seatbook::testing

int main(int count, char** values) {
  try {
    seatbook::testing::run(seatbook::testing::Arguments(count, values));
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "seatbook_postgres_worker: " << error.what() << "\n";
    return 1;
  }
}

// The import of a 5 MB roster (about 100,000 rows) into a book of 200,000 people, compared with the
// same in Python's csv and sqlite3 (roster_peer.py, run by this program).
//
//   SEATBOOK_BENCH_ROUNDS=5         imports per contender, each into a new license; shows medians
//   SEATBOOK_BENCH_PYTHON=python3   the Python of the peer
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "program.hpp"
#include "seatbook/seatbook.hpp"
#include "workload.hpp"

namespace seatbook::bench {
namespace {

constexpr std::uint32_t people = 200'000;

/// Returns a file of just under 5 MiB. Most rows are valid, some name an unknown person or an
/// invalid cost, and some are duplicates.
std::string roster_file() {
  Random random(5);
  std::string file(roster_template);
  std::vector<std::uint32_t> order;
  for (std::uint32_t id = 1; id <= people; ++id) order.push_back(id);
  random.shuffle(order);
  for (std::size_t i = 0; file.size() < max_import_bytes - 100; ++i) {
    const std::uint32_t kind = random.below(100);
    const std::uint32_t number = kind < 2 && i > 0 ? order[random.below(i)] : order[i % people];
    file +=
        (kind < 7 && kind >= 2 ? "unknown" : "person") + std::to_string(number) + "@example.com,";
    file += kind % 3 == 0 ? "Reads and writes" : "Reads, but does not write";
    if (kind % 3 != 0) file.insert(file.rfind("Reads"), 1, '"') += '"';
    file += kind >= 97 ? ",$9.99\r\n" : kind % 4 == 0 ? ",12.50\r\n" : ",\r\n";
  }
  return file;
}

/// The time and the counters of one import.
struct Import {
  double seconds = 0;
  std::array<std::uint64_t, 5> counters = {};
};

std::vector<Import> by_library(const std::filesystem::path& path, std::uint32_t count) {
  Book book = Book::open().value();
  Session desk = book.session({.actor = "benchmark", .role = Role::super_admin});
  for (std::uint32_t id = 1; id <= people; ++id) {
    const std::string number = std::to_string(id);
    desk.add_person({.name = "Person " + number, .email = "Person" + number + "@example.com"})
        .value();
  }
  std::vector<Import> imports;
  for (std::uint32_t round = 0; round < count; ++round) {
    const auto license = desk.add_license({.name = "License",
                                           .total_seats = SeatTotal::unlimited(),
                                           .owner = PersonId(1),
                                           .currency = "EUR"})
                             .value()
                             .license;
    const std::clock_t begin = std::clock();
    std::ifstream stream(path, std::ios::binary);
    const std::string file{std::istreambuf_iterator<char>(stream), {}};
    const auto report = desk.import_roster({.license = license, .csv = file}).value();
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    imports.push_back(
        {seconds,
         {report.added, report.already_linked, report.not_found, report.invalid, report.no_seats}});
  }
  return imports;
}

std::vector<Import> by_python(const std::filesystem::path& path, std::uint32_t count) {
  const char* python = std::getenv("SEATBOOK_BENCH_PYTHON");
  const std::string command = std::string(python == nullptr ? "python3" : python) + " '" +
                              SEATBOOK_BENCHMARKS_DIR "/roster_peer.py' '" + path.string() + "' " +
                              std::to_string(people) + " " + std::to_string(count);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
  if (!pipe) throw std::runtime_error("cannot start the peer");
  std::string result;
  std::array<char, 4096> chunk = {};
  while (const std::size_t size = std::fread(chunk.data(), 1, chunk.size(), pipe.get())) {
    result.append(chunk.data(), size);
  }
  std::vector<Import> imports;
  std::istringstream lines(result);
  for (Import import; lines >> import.seconds;) {
    for (std::uint64_t& counter : import.counters) lines >> counter;
    imports.push_back(import);
  }
  if (imports.size() != count) {
    throw std::runtime_error("the peer did not finish: " + command);
  }
  return imports;
}

double median(std::vector<Import> imports) {
  std::sort(imports.begin(), imports.end(),
            [](const Import& a, const Import& b) { return a.seconds < b.seconds; });
  return imports[imports.size() / 2].seconds;
}

int run() {
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() /
      ("seatbook_roster_" + std::to_string(std::time(nullptr)) + ".csv");
  const std::string file = roster_file();
  std::ofstream(path, std::ios::binary) << file;

  const auto library = by_library(path, rounds());
  const auto python = by_python(path, rounds());
  std::filesystem::remove(path);
  for (std::uint32_t round = 0; round < rounds(); ++round) {
    if (library.at(round).counters != python.at(round).counters) {
      throw std::runtime_error("the contenders' results differ");
    }
  }
  const auto& counters = library.front().counters;
  std::printf(
      "%.1f MB, %llu rows: %llu added, %llu already linked, %llu not found, %llu invalid\n"
      "Medians of processor time (ms): library %.0f, Python with sqlite3 %.0f: %.1fx\n",
      static_cast<double>(file.size()) / (1 << 20),
      static_cast<unsigned long long>(counters[0] + counters[1] + counters[2] + counters[3]),
      static_cast<unsigned long long>(counters[0]), static_cast<unsigned long long>(counters[1]),
      static_cast<unsigned long long>(counters[2]), static_cast<unsigned long long>(counters[3]),
      median(library) * 1000, median(python) * 1000, median(python) / median(library));
  return 0;
}

}  // namespace
}  // namespace seatbook::bench

int main() {
  return seatbook::bench::guarded("roster", &seatbook::bench::run);
}

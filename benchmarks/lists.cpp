// Pages of a seat list and CSV exports, for one license with 10^3 to 10^6 holders, compared with
// the same queries on in-memory SQLite.
//
//   SEATBOOK_BENCH_ROUNDS=5         how often each measurement is made; the table shows medians
//   SEATBOOK_BENCH_LARGEST=1000000  the largest license
//
// The peer stores case-folded names with the people and has an index of the active seats of a
// license and prepared statements. In both, a page continues after the last row's key, and an
// export is written row by row, with cells quoted if necessary.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector.hpp"
#include "program.hpp"
#include "seatbook/seatbook.hpp"
#include "sqlite.hpp"
#include "workload.hpp"

namespace seatbook::bench {
namespace {

constexpr std::uint32_t page_rows = 50;
constexpr std::int64_t day_us = 86'400'000'000;
constexpr std::int64_t start_us = 1'767'225'600'000'000;  // 2026-01-01

/// The seat holders, the same for both contenders, in random order.
struct Holders {
  struct Holder {
    std::string name;
    std::string email;
    std::int64_t used_us = 0;  // 0: never
  };
  explicit Holders(std::uint32_t count) {
    Random random(count);
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::string number = std::to_string(random.below(1'000'000'000));
      people.push_back({"Person " + number,
                        "person" + number + "." + std::to_string(i) + "@x.example",
                        random.below(2) == 0 ? 0 : start_us + random.below(60) * day_us});
    }
  }
  std::vector<Holder> people;
};

class Library {
 public:
  static constexpr const char* name = "library";

  explicit Library(const Holders& holders) {
    license_ = session_
                   .add_license({.name = "License",
                                 .total_seats = SeatTotal::unlimited(),
                                 .owner = session_.add_person({.name = "Owner"}).value().person})
                   .value()
                   .license;
    AssignMany grants{.license = license_};
    const auto flush = [&] {
      if (!grants.people.empty()) session_.assign_many(grants).value();
      grants.people.clear();
    };
    for (const auto& holder : holders.people) {
      grants.people.push_back(
          session_.add_person({.name = holder.name, .email = holder.email}).value().person);
      if (grants.people.size() == max_bulk_items) flush();
    }
    flush();
    clock_->advance_us(60 * day_us);
    std::uint64_t id = 0;
    for (const auto& holder : holders.people) {
      ++id;
      if (holder.used_us == 0) continue;
      session_.record_use({.assignment = AssignmentId(id), .used_at = {holder.used_us}}).value();
    }
  }
  std::size_t first_page(SeatSort sort) {
    return session_.seat_list({.license = license_, .sort = sort, .limit = page_rows})
        .value()
        .rows.size();
  }
  /// Reads `count` pages in order.
  std::size_t pages(SeatSort sort, int count) {
    SeatListQuery query{.license = license_, .sort = sort, .limit = page_rows};
    std::size_t rows = 0;
    for (int page = 0; page < count; ++page) {
      auto result = session_.seat_list(query).value();
      rows += result.rows.size();
      query.after = std::move(result.next);
    }
    return rows;
  }
  std::size_t inactive() { return session_.seat_figures({.license = license_})->inactive; }
  std::size_t file(SeatSort sort) {
    std::size_t bytes = 0;
    session_
        .export_seat_list({.list = {.license = license_, .sort = sort}},
                          [&](std::string_view chunk) {
                            bytes += chunk.size();
                            return true;
                          })
        .value();
    return bytes;
  }

 private:
  std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(Timestamp{start_us});
  Book book_ = Book::open({.clock = clock_}).value();
  Session session_ = book_.session({.actor = "benchmark", .role = Role::super_admin});
  LicenseId license_;
};

class Peer {
 public:
  static constexpr const char* name = "sqlite";

  explicit Peer(const Holders& holders) {
    Statement(db_, "BEGIN").run();
    Statement person(db_, "INSERT INTO person (id, name, name_key, email) VALUES (?1, ?2, ?3, ?4)");
    Statement seat(db_,
                   "INSERT INTO assignment (id, license, person, assigned_at, last_used)"
                   " VALUES (?1, 1, ?1, ?2, NULLIF(?3, 0))");
    std::uint64_t id = 0;
    for (const auto& holder : holders.people) {
      std::string key = holder.name;
      for (char& letter : key) letter = letter == 'P' ? 'p' : letter;
      ++id;
      person.bind(1, id).bind(2, holder.name).bind(3, key).bind(4, holder.email).run();
      seat.bind(1, id)
          .bind(2, std::uint64_t{start_us})
          .bind(3, std::uint64_t(holder.used_us))
          .run();
    }
    Statement(db_, "COMMIT").run();
    Statement(db_, "ANALYZE").run();
  }
  std::size_t first_page(SeatSort sort) { return page(sort, Cursor()).rows; }
  std::size_t pages(SeatSort sort, int count) {
    std::size_t rows = 0;
    Cursor cursor;
    for (int i = 0; i < count; ++i) {
      auto result = page(sort, cursor);
      rows += result.rows;
      cursor = std::move(result.last);
    }
    return rows;
  }
  std::size_t inactive() {
    auto rows = inactive_.bind(1, start_us + 30 * day_us).rows();
    rows.next();
    return static_cast<std::size_t>(rows.big_number(0));
  }
  std::size_t file(SeatSort sort) {
    std::string text = "User name,Email,Access level,Account,Assigned,Last used\r\n";
    std::size_t bytes = 0;
    auto rows = (sort == SeatSort::user ? all_by_user_ : all_by_assigned_).rows();
    while (rows.next()) {
      add(text, rows.text(1)) += ',';
      add(text, rows.text(2)) += ',';
      add(text, rows.text(3)) += ',';
      add(text, rows.text(4)) += ',';
      add(text, rows.text(5)) += ',';
      add(text, rows.text(6)) += "\r\n";
      if (text.size() > 65'536) {
        bytes += text.size();
        text.clear();
      }
    }
    return bytes + text.size();
  }

 private:
  struct Cursor {
    std::uint64_t id = 0;
    std::string name_key;
    std::int64_t used = -1;
  };
  struct Page {
    std::size_t rows = 0;
    Cursor last;
  };

  Page page(SeatSort sort, const Cursor& after) {
    Statement& statement = sort == SeatSort::user       ? by_user_
                           : sort == SeatSort::assigned ? by_assigned_
                                                        : by_use_;
    if (sort == SeatSort::user) {
      statement.bind(1, after.name_key).bind(2, after.id);
    } else if (sort == SeatSort::assigned) {
      statement.bind(1, after.id);
    } else {
      statement.bind(1, std::uint64_t(after.used)).bind(2, after.id);
    }
    auto rows = statement.bind(3, page_rows).rows();
    Page result;
    while (rows.next()) {
      ++result.rows;
      result.last = {static_cast<std::uint64_t>(rows.big_number(0)), std::string(rows.text(7)),
                     rows.big_number(8)};
      kept_.assign(rows.text(1)).append(rows.text(2)).append(rows.text(3));
    }
    return result;
  }

  /// Appends a cell like the library's CSV writer: quoted if necessary, with a leading apostrophe
  /// if it looks like a formula.
  static std::string& add(std::string& text, std::string_view cell) {
    if (!cell.empty() && std::string_view("=+-@\t\r\n'").find(cell.front()) != cell.npos) {
      text += '\'';
    }
    if (cell.find_first_of(",\"\r\n") == cell.npos) return text.append(cell);
    text += '"';
    for (const char byte : cell) {
      if (byte == '"') text += '"';
      text += byte;
    }
    return text += '"';
  }

  static constexpr const char* schema = R"(
    CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL,
      email TEXT, state INTEGER NOT NULL DEFAULT 0);
    CREATE TABLE assignment (id INTEGER PRIMARY KEY, license INTEGER NOT NULL,
      person INTEGER NOT NULL, assigned_at INTEGER NOT NULL, revoked_at INTEGER, last_used INTEGER,
      access_level TEXT NOT NULL DEFAULT '', account TEXT NOT NULL DEFAULT '');
    CREATE INDEX active ON assignment (license, id) WHERE revoked_at IS NULL;
  )";
#define SEATBOOK_BENCH_ROW                                                                      \
  "SELECT a.id, p.name, p.email, a.access_level, a.account, date(a.assigned_at / 1000000, "     \
  "'unixepoch'), date(a.last_used / 1000000, 'unixepoch'), p.name_key, ifnull(a.last_used, -1)" \
  " FROM assignment a JOIN person p ON p.id = a.person WHERE a.license = 1"                     \
  " AND a.revoked_at IS NULL "
  Database db_{schema};
  Statement by_assigned_{db_, SEATBOOK_BENCH_ROW "AND a.id > ?1 ORDER BY a.id LIMIT ?3"};
  Statement by_user_{db_, SEATBOOK_BENCH_ROW
                     "AND (p.name_key, a.id) > (?1, ?2) ORDER BY p.name_key, a.id LIMIT ?3"};
  Statement by_use_{db_, SEATBOOK_BENCH_ROW
                    "AND (ifnull(a.last_used, -1), a.id) > (?1, ?2)"
                    " ORDER BY ifnull(a.last_used, -1), a.id LIMIT ?3"};
  Statement all_by_assigned_{db_, SEATBOOK_BENCH_ROW "ORDER BY a.id"};
  Statement all_by_user_{db_, SEATBOOK_BENCH_ROW "ORDER BY p.name_key, a.id"};
#undef SEATBOOK_BENCH_ROW
  Statement inactive_{db_,
                      "SELECT count(*) FROM assignment WHERE license = 1 AND revoked_at IS NULL"
                      " AND (last_used IS NULL OR last_used <= ?1)"};
  std::string kept_;
};

template <class Contender>
struct Measured {
  static Contender& book(std::uint32_t holders) {
    static std::unique_ptr<Contender> book;
    static std::uint32_t size = 0;
    if (size != holders) {
      book.reset();
      book = std::make_unique<Contender>(Holders(holders));
      size = holders;
    }
    return *book;
  }
};

struct Work {
  const char* name;
  const char* text;
  int items;  // divisor of the time; 0: the number of holders
};
constexpr Work works[] = {
    {"page_assigned", "first page by assigned", 1},
    {"page_user", "first page by user", 1},
    {"page_last_used", "first page by last used", 1},
    {"five_pages_user", "five pages by user, per page", 5},
    {"figures", "header figures", 1},
    {"file_assigned", "export by assigned, per row", 0},
    {"file_user", "export by user, per row", 0},
};

template <class Contender>
std::size_t run_work(Contender& book, const std::string& what) {
  if (what == "page_assigned") return book.first_page(SeatSort::assigned);
  if (what == "page_user") return book.first_page(SeatSort::user);
  if (what == "page_last_used") return book.first_page(SeatSort::last_used);
  if (what == "five_pages_user") return book.pages(SeatSort::user, 5);
  if (what == "figures") return book.inactive();
  if (what == "file_assigned") return book.file(SeatSort::assigned);
  return book.file(SeatSort::user);
}

std::string name_of(const char* what, const char* contender, std::uint32_t holders) {
  return std::string(what) + "/" + contender + "/" + std::to_string(holders);
}

template <class Contender>
void add(std::uint32_t holders) {
  for (const Work& work : works) {
    const std::string what = work.name;
    benchmark::RegisterBenchmark(name_of(work.name, Contender::name, holders).c_str(),
                                 [what, holders](benchmark::State& state) {
                                   Contender& book = Measured<Contender>::book(holders);
                                   for (auto _ : state) {
                                     benchmark::DoNotOptimize(run_work(book, what));
                                   }
                                 })
        ->MinTime(0.1);
  }
}

/// Checks that both contenders return the same results.
void check_equal_results() {
  const Holders holders(1000);
  Library library(holders);
  Peer peer(holders);
  for (const Work& work : works) {
    if (run_work(library, work.name) != run_work(peer, work.name)) {
      throw std::runtime_error(std::string("the contenders' results differ: ") + work.name);
    }
  }
}

int run(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  const std::uint32_t largest = setting("SEATBOOK_BENCH_LARGEST", 1'000'000);
  std::vector<std::uint32_t> sizes;
  for (std::uint32_t size = 1000; size <= largest; size *= 10) sizes.push_back(size);
  check_equal_results();
  for (const std::uint32_t size : sizes) {
    for (std::uint32_t round = 0; round < rounds(); ++round) {
      add<Library>(size);
      add<Peer>(size);
    }
  }
  Collector measured;
  benchmark::RunSpecifiedBenchmarks(&measured);
  std::printf("\nMedians of processor time (ns)\n\n%-32s%10s%14s%14s  %s\n", "", "holders",
              "library", "SQLite", "SQLite / library");
  for (const Work& work : works) {
    for (const std::uint32_t size : sizes) {
      const double items = work.items == 0 ? size : work.items;
      const double library = measured.figure(name_of(work.name, Library::name, size)) / items;
      const double sqlite = measured.figure(name_of(work.name, Peer::name, size)) / items;
      if (library == 0 || sqlite == 0) continue;
      std::printf("%-32s%10u%14.0f%14.0f  %.1fx\n", work.text, size, library, sqlite,
                  sqlite / library);
    }
  }
  return 0;
}

}  // namespace
}  // namespace seatbook::bench

int main(int argc, char** argv) {
  return seatbook::bench::guarded("lists", [&] { return seatbook::bench::run(argc, argv); });
}

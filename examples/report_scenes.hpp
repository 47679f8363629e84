// The scenes that read the book: events, reports, permissions, history, a copy, and its tables.
#ifndef SEATBOOK_EXAMPLES_REPORT_SCENES_HPP_
#define SEATBOOK_EXAMPLES_REPORT_SCENES_HPP_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "expect.hpp"
#include "office.hpp"
#include "page.hpp"
#include "scenes.hpp"
#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"
#include "stage.hpp"

namespace tour {

using seatbook::Code;
using seatbook::PersonId;

inline void play_events(Stage& stage) {
  const auto& published = stage.office.events();
  const auto first = published.begin() + static_cast<std::ptrdiff_t>(stage.imported);
  const auto last = stage.imported == 0 ? seatbook::Seq() : first[-1].seq;
  const auto events = require(stage.desk().events_after(last), "the events").events;
  const auto same = [](const auto& a, const auto& b) { return to_json(a) == to_json(b); };
  require(std::equal(events.begin(), events.end(), first, published.end(), same),
          "the listener of the book received the same events");
  require(published.size() == stage.office.seats_in_use(), "no event is missing");
  Rows rows;
  for (const auto& event : events) {
    rows.push_back({number(event.seq.value), day(event.at), std::string(to_string(event.kind)),
                    event.license_name, event.person_name, event.actor_name});
  }
  stage.page.table({{"#", true}, {"Day"}, {"Event"}, {"License"}, {"Person"}, {"By"}}, rows);
  stage.page.line("Book::subscribe: a listener received the same events.");
}

inline std::vector<seatbook::SeatListRow> all_seats(Stage& stage) {
  return require(stage.desk().seat_list({.limit = seatbook::all_rows}), "the seats").rows;
}

inline void play_unused(Stage& stage) {
  const auto seats = all_seats(stage);
  seatbook::RecordUses uses;
  const seatbook::Timestamp yesterday = {stage.office.today().us - day_us};
  for (const auto& seat : seats) {
    if (seat.assignment == stage.idle) continue;
    uses.uses.push_back({.assignment = seat.assignment, .used_at = yesterday});
  }
  const auto recorded = require(stage.desk().record_uses(uses), "recording uses").summary.done;
  require(recorded == seats.size() - 1, "every use is recorded");
  stage.page.step("record_uses", number(recorded) + " seats");
  stage.narrator.say_next();
  const auto reclaim = require(stage.desk().reclaim_candidates(), "the seats to reclaim");
  require(reclaim.rows.size() == 1 && reclaim.rows.front().assignment == stage.idle,
          "one seat is unused");
  const auto& row = reclaim.rows.front();
  stage.page.table(
      {{"License"}, {"Person"}, {"Last used"}, {"Monthly saving", true}},
      {{row.license_name, row.name, row.last_used_at ? day(*row.last_used_at) : "never",
        amount(row.currency, row.monthly_saving)}});
}

inline void show_renewals(Stage& stage) {
  std::optional<seatbook::Date> last;
  std::size_t dated = 0;
  for (const auto& license : require(stage.desk().licenses({.limit = 100'000}), "the licenses")) {
    if (!license.renewal_date) continue;
    ++dated;
    last = std::max(last, license.renewal_date);
  }
  if (!last) return stage.page.line("No license has a renewal date.");
  Rows rows;
  for (const auto& row :
       require(stage.desk().renewals_due({.until = *last, .inactive_days = 60}), "the renewals")) {
    require(row.right_sized_seats <= row.used, "no more seats are needed than used");
    rows.push_back({row.renewal_date.to_string(), row.license_name, number(row.used),
                    row.total.is_unlimited() ? "unlimited" : std::to_string(row.total.seats()),
                    number(row.right_sized_seats), amount(row.currency, row.monthly_saving)});
  }
  require(rows.size() == dated, "every license with a date is due by the last of them");
  stage.page.table({{"Renewal"},
                    {"License"},
                    {"Used", true},
                    {"Total", true},
                    {"Needed", true},
                    {"Monthly saving", true}},
                   rows);
}

inline void play_renewals(Stage& stage) {
  show_renewals(stage);
  stage.narrator.say_next();
  const PersonId holder = require(stage.desk().get_assignment(stage.idle), "the seat").person;
  stage.office.change("revoke", {{false, stage.cast.license, holder}}, [&] {
    return stage.desk().revoke({.assignment = stage.idle, .reason = "not used"});
  });
  stage.page.step("revoke " + stage.office.name(holder),
                  stage.office.usage(stage.cast.license).text());
}

inline void play_permissions(Stage& stage) {
  using seatbook::Operation;
  auto own =
      stage.office.book().session({.person = stage.cast.owner, .role = seatbook::Role::employee});
  Rows rows;
  for (const auto& row : require(own.my_software(stage.cast.owner), "the person's own software")) {
    rows.push_back({row.license_name, day(row.since)});
  }
  stage.page.table({{"License"}, {"Since"}}, rows);
  stage.office.refused("my_software of Operator", Code::permission_denied,
                       [&] { return own.my_software(stage.license_owner); });
  require(own.can(Operation::my_software) && stage.desk().can(Operation::assign),
          "what each can do");
  stage.page.step("can my_software", "yes");
  const auto refusal = own.why_not(Operation::assign);
  require(!own.can(Operation::assign) && refusal && refusal->code == Code::permission_denied,
          "an employee cannot assign seats");
  stage.page.refusal("can assign", to_string(refusal->code), refusal->message);
}

inline void play_audit(Stage& stage) {
  const std::size_t held = show_holders(stage, stage.left);
  stage.narrator.say_next();
  const auto entries = require(
      stage.desk().history({.license = stage.cast.license, .since = stage.left}), "the history");
  Rows rows;
  std::size_t replayed = held;
  for (const auto& entry : entries) {
    replayed += entry.row.grants() ? 1 : 0;
    replayed -= entry.row.removes() ? 1 : 0;
    rows.push_back({number(entry.row.seq.value), day(entry.row.at),
                    std::string(to_string(entry.row.kind)), entry.person_name, entry.actor_name,
                    entry.texts.reason});
  }
  require(replayed == stage.office.usage(stage.cast.license).used,
          "the history replays to the seats in use");
  stage.page.table({{"#", true}, {"Day"}, {"What"}, {"Person"}, {"By"}, {"Reason"}}, rows);

  stage.narrator.say_next();
  std::string csv;
  const auto file = require(stage.desk().export_seat_list({.list = {.license = stage.cast.license}},
                                                          seatbook::append_to(csv)),
                            "the CSV file");
  require(file.rows == stage.office.usage(stage.cast.license).used && file.bytes == csv.size(),
          "the file has the holders");
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    stage.page.line(line.substr(0, line.find('\r')));
  }
}

inline void play_check(Stage& stage) {
  const std::string path = stage.office.path() + ".copy";
  require(static_cast<bool>(stage.office.book().backup_to(path)), "the backup");
  stage.page.step("backup_to", path);
  auto copy = require(seatbook::sqlite::open(path), "opening the copy");
  require(require(copy.dump(), "a dump of the copy") == stage.office.dump(),
          "the copy is complete");
  const auto findings = require(copy.check_invariants(), "checking the copy");
  for (const std::string& finding : findings) stage.page.line(finding);
  require(findings.empty(), "the copy is sound");
  stage.page.step("check_invariants", number(findings.size()) + " findings");
  stage.page.step("batches", number(copy.version().value));
}

/// Prints a query about record 1 as a query about `id`, as a command for the sqlite3 shell.
inline void show_query(Stage& stage, std::string query, std::uint64_t id) {
  const std::size_t one = query.find(" = 1");
  if (one != std::string::npos) query.replace(one, 4, " = " + number(id));
  std::string path;
  for (const char c : stage.office.path()) path += c == '\'' ? "'\\''" : std::string(1, c);
  stage.page.line("sqlite3 -readonly -box '" + path + "' \"");
  std::istringstream lines(query);
  for (std::string line; std::getline(lines, line);) stage.page.line(line);
}

/// tests/docs/tour_test.py compares the results of the queries with the other scenes.
inline void play_queries(Stage& stage) {
  show_holders(stage, stage.office.now());
  const auto seats = all_seats(stage);
  const auto unused = std::count_if(seats.begin(), seats.end(),
                                    [](const auto& seat) { return !seat.last_used_at; });
  const auto history =
      require(stage.desk().history({.person = stage.cast.joiner}), "a person's history");
  stage.narrator.set("unused", std::to_string(unused));
  stage.narrator.set("rows", number(history.size()));
  stage.office.book().close();
  require(!std::filesystem::exists(stage.office.path() + "-wal"), "a closed book is one file");
  // The queries of the guide, for this book.
  const std::string guide = read_file(SEATBOOK_EXAMPLES_DIR "/../docs/guides/storage.md");
  std::size_t from = 0;
  for (const std::uint64_t id :
       {stage.cast.license.value, std::uint64_t{0}, stage.cast.joiner.value}) {
    from = guide.find("  SELECT", from);
    require(from != std::string::npos, "the guide has three queries");
    const std::size_t to = guide.find("\n```", from);
    stage.narrator.say_next();
    show_query(stage, guide.substr(from, to - from), id);
    from = to;
  }
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_REPORT_SCENES_HPP_

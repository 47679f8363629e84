// The tour of the C++ library: plays the scenes of examples/data/scenes.txt.
//
//     seatbook_tour --book FILE [--people FILE --licenses FILE]
//
// Creates the book at FILE, which must not exist. The default people and licenses files are in
// examples/data; play_inventory maps their columns, which are those of another product's export.
// Checks every result before printing it: the first mismatch ends the tour with a line on standard
// error and exit code 1. examples/demo.py plays the same scenes with the command.
//
// The first two scenes are in this file, the others in seat_scenes.hpp and report_scenes.hpp.
// office.hpp executes and checks the commands, cast.hpp chooses the records.

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <exception>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cast.hpp"
#include "expect.hpp"
#include "office.hpp"
#include "page.hpp"
#include "report_scenes.hpp"
#include "scenes.hpp"
#include "seat_scenes.hpp"
#include "seatbook/seatbook.hpp"
#include "stage.hpp"

namespace tour {
namespace {

using seatbook::Timestamp;

/// The scenes take less than a month longer than the days between them.
constexpr std::int64_t more_days = 30;
constexpr std::size_t max_rows = 12;

struct Files {
  std::string book;
  std::string people = SEATBOOK_EXAMPLES_DIR "/data/people.csv";
  std::string licenses = SEATBOOK_EXAMPLES_DIR "/data/licenses.csv";
};

InputFile read_input(const std::string& path) {
  return {std::filesystem::path(path).filename(), read_file(path)};
}

/// Returns 09:00 of the day that is `days` before today.
Timestamp days_ago(std::int64_t days) {
  const std::int64_t now = seatbook::SystemClock().now().us;
  return {now - now % day_us - days * day_us + day_us / 24 * 9};
}

std::size_t people(Stage& stage) {
  return require(stage.desk().people({.limit = 100'000}), "the people").size();
}

void play_book(Stage& stage) {
  const auto added =
      stage.desk().add_person({.name = "Operator", .email = "operator@tour.example"});
  stage.license_owner = require(added, "adding the operator").person;
  require(people(stage) == 1, "there is one person");
  stage.page.step("sqlite::open", stage.office.path());
  stage.page.step("add_person", "Operator");
}

/// Prints the result of an import, and the first rows that were not imported. Known people are
/// expected.
seatbook::InventoryReport show_import(Stage& stage, const std::string& what,
                                      const std::string& file,
                                      seatbook::Result<seatbook::InventoryReport> result) {
  auto report = require(std::move(result), file);
  stage.page.step(what + ' ' + file + (report.dry_run ? ", dry_run" : ""),
                  number(report.rows) + " rows, " + number(report.added) + " added, " +
                      number(report.already_known) + " known");
  std::size_t lines = max_rows;
  for (const auto& row : report.not_added) {
    if (row.outcome == seatbook::InventoryOutcome::already_known || lines == 0) continue;
    --lines;
    const std::string column(report.column_name(row));
    stage.page.line("  line " + number(row.line) + ": " + std::string(to_string(row.outcome)) +
                    ": " + std::string(to_string(row.code)) +
                    (column.empty() ? "" : " in " + column));
  }
  return report;
}

void play_inventory(Stage& stage) {
  seatbook::ImportPeople people_file = {.csv = stage.people_file.csv,
                                        .columns = {.active = "Activated"}};
  people_file.dry_run = true;
  show_import(stage, "import_people", stage.people_file.name,
              stage.desk().import_people(people_file));
  require(people(stage) == 1, "a dry run changes nothing");
  people_file.dry_run = false;
  auto report = show_import(stage, "import_people", stage.people_file.name,
                            stage.desk().import_people(people_file));
  std::uint64_t added = 1 + report.added;
  std::uint64_t left_out = report.invalid + report.already_known;

  stage.narrator.say_next();
  report =
      show_import(stage, "import_people", stage.licenses_file.name,
                  stage.desk().import_people({.csv = stage.licenses_file.csv,
                                              .columns = {.name = "Full Name", .email = "Email"}}));
  added += report.added;
  left_out += report.invalid;
  require(people(stage) == added, "the book has the people of both files");

  stage.narrator.say_next();
  report =
      show_import(stage, "import_licenses", stage.licenses_file.name,
                  stage.desk().import_licenses({.csv = stage.licenses_file.csv,
                                                .columns = {.name = "Item name",
                                                            .vendor = "manufacturer",
                                                            .total_seats = "seats",
                                                            .cost_per_seat = "purchase cost",
                                                            .renewal_date = "expiration date",
                                                            .holder_email = "Email"},
                                                .date_order = seatbook::DateOrder::month_day_year,
                                                .currency_sign = "$",
                                                .default_currency = "USD",
                                                .default_owner = stage.license_owner}));
  left_out += report.invalid + report.without_seat;
  const auto licenses = require(stage.desk().licenses({.limit = 100'000}), "the licenses");
  if (licenses.empty()) {
    throw Unexpected("no license in " + stage.licenses_file.name + " can be imported");
  }
  require(licenses.size() == report.added + report.without_seat, "the book has the licenses");
  require(stage.office.seats_in_use() == report.seats_given &&
              stage.office.events().size() == report.seats_given,
          "the holders have their seats, with an event for each");
  stage.page.line(number(added) + " people, " + number(licenses.size()) + " licenses, " +
                  number(report.seats_given) + " seats in use, " +
                  (left_out == 0 ? "no row" : number(left_out) + " rows") + " left out");
  stage.imported = stage.office.events().size();
  stage.cast = choose_cast(stage.office, stage.license_owner);
  stage.narrator.set("license", stage.office.name(stage.cast.license));
  stage.narrator.set("free", number(stage.cast.free));
  stage.narrator.set("total", number(stage.cast.total));
  stage.narrator.set("owner", stage.office.name(stage.cast.owner));
  stage.narrator.set("joiner", stage.office.name(stage.cast.joiner));
  stage.narrator.set("successor", stage.office.name(stage.cast.successor));

  Rows rows;
  for (const auto& license : licenses) {
    if (rows.size() == max_rows) break;
    const auto cost = license.cost_per_seat;
    rows.push_back({license.name, license.vendor, stage.office.usage(license.id).text(),
                    cost ? license.currency + ' ' + cost->to_string() : "",
                    license.renewal_date ? license.renewal_date->to_string() : ""});
  }
  stage.page.table({{"License"}, {"Vendor"}, {"Used", true}, {"Cost a seat", true}, {"Renewal"}},
                   rows);
  if (licenses.size() > max_rows)
    stage.page.line("and " + number(licenses.size() - max_rows) + " more");
}

/// "02 Mar 2026".
std::string written(Timestamp instant) {
  std::tm date{};
  std::istringstream(day(instant)) >> std::get_time(&date, "%Y-%m-%d");
  std::ostringstream text;
  text << std::put_time(&date, "%d %b %Y");
  return text.str();
}

void play(const Files& files) {
  using Play = void (*)(Stage&);
  const std::map<std::string, Play> plays = {
      {"book", play_book},     {"inventory", play_inventory}, {"fill", play_fill},
      {"bulk", play_bulk},     {"more", play_more},           {"roster", play_roster},
      {"events", play_events}, {"unused", play_unused},       {"leave", play_leave},
      {"owner", play_owner},   {"renewals", play_renewals},   {"permissions", play_permissions},
      {"audit", play_audit},   {"check", play_check},         {"queries", play_queries},
  };
  // Reads all files before the first output, so that an unreadable file prints only its error.
  const InputFile people_file = read_input(files.people);
  const InputFile licenses_file = read_input(files.licenses);
  const std::vector<Scene> scenes = read_scenes(SEATBOOK_EXAMPLES_DIR "/data/scenes.txt");
  std::int64_t days = more_days;
  for (const Scene& scene : scenes) days += scene.days;

  Page page;
  Stage stage{people_file, licenses_file, page, Narrator(page),
              Office(page, files.book, days_ago(days))};
  std::size_t played = 0;
  for (const Scene& scene : scenes) {
    if (scene.tour == "command") continue;
    require(plays.count(scene.key) == 1, "there is a function for scene " + scene.key);
    stage.office.later(scene.days);
    stage.narrator.begin(
        scene, number(++played) + ". " + scene.title + " (" + written(stage.office.now()) + ')');
    plays.at(scene.key)(stage);
    stage.narrator.end();
  }
  require(played == plays.size(), "every function is a scene");
  page.say("The source of this tour is examples/tour.cpp. Start with examples/quickstart.cpp.");
}

std::optional<Files> read_arguments(const std::vector<std::string>& arguments) {
  std::map<std::string, std::string> values;
  for (std::size_t i = 0; i + 1 < arguments.size(); i += 2) values[arguments[i]] = arguments[i + 1];
  const bool inventory = values.count("--people") == 1 && values.count("--licenses") == 1;
  const std::size_t known = inventory ? 3 : 1;
  if (values.count("--book") == 0 || values.size() != known || arguments.size() != 2 * known) {
    return std::nullopt;
  }
  if (!inventory) return Files{.book = values["--book"]};
  return Files{values["--book"], values["--people"], values["--licenses"]};
}

int run(const std::vector<std::string>& arguments) {
  constexpr std::string_view usage =
      "usage: seatbook_tour --book FILE [--people FILE --licenses FILE]   (both files or "
      "neither)\n";
  if (arguments == std::vector<std::string>{"--help"}) {
    std::cout << usage;
    return 0;
  }
  const auto files = read_arguments(arguments);
  if (!files) {
    std::cerr << usage;
    return 2;
  }
  if (std::filesystem::exists(files->book)) {
    throw Unexpected("the file exists, and the tour creates a new book: " + files->book);
  }
  play(*files);
  require(static_cast<bool>(std::cout.flush()), "standard output cannot be written");
  return 0;
}

}  // namespace
}  // namespace tour

int main(int argc, char** argv) {
  try {
    return tour::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cout.flush();
    std::cerr << "tour: " << tour::printable(error.what()) << '\n';
    return 1;
  }
}

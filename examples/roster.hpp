// The fourth scene: imports a roster, and imports its report again after a correction.
#ifndef SEATBOOK_EXAMPLES_ROSTER_HPP_
#define SEATBOOK_EXAMPLES_ROSTER_HPP_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "expect.hpp"
#include "office.hpp"
#include "page.hpp"
#include "seatbook/seatbook.hpp"
#include "text.hpp"
#include "wording.hpp"

namespace tour {

/// Chooses active people whose email needs no quoting in CSV. Adds people if there are too few.
inline std::vector<seatbook::Person> choose_team(Office& office) {
  constexpr std::size_t wanted = 3;
  std::vector<seatbook::Person> team;
  for (auto& person : office.people({.state = seatbook::PersonState::active})) {
    if (team.size() == wanted) break;
    const bool plain = person.email.find_first_of(" \",;'=+-\t") == std::string::npos;
    if (!person.email.empty() && plain) team.push_back(std::move(person));
  }
  for (std::size_t i = team.size(); i < wanted; ++i) {
    const std::string login = "roster-guest-" + number(i + 1);
    const auto added = office.desk().add_person({.name = login, .email = login + "@tour.example"});
    team.push_back(require(office.desk().get_person(require(added, "adding " + login).person),
                           "the new person"));
  }
  return team;
}

/// Prints the rows that assigned no seat.
inline void list_not_added(Page& page, const seatbook::RosterReport& report) {
  Table table({{"Line", Table::Align::right}, {"Email"}, {"Result"}, {"Why"}});
  for (const auto& row : report.not_added) {
    table.row({number(row.line), row.email, std::string(to_string(row.outcome)),
               std::string(row.reason())});
  }
  page.table(table);
}

inline void import_roster(Page& page, Office& office) {
  page.heading("4. A team from a file");
  const auto team = choose_team(office);
  const std::string name = "Tour Whiteboard";
  const auto license =
      require(office.desk().add_license({.name = name, .total_seats = 2}), "adding a license")
          .license;
  page.say(
      "A new license, " + name +
      ", has two seats, and a spreadsheet lists its holders. They are found by email; the import "
      "adds no people. Each row that assigns no seat is reported, with its line and the reason:");
  std::string csv(seatbook::roster_template);
  csv += team[0].email + ",Editor,\r\n";
  csv += team[0].email + ",Editor,\r\n";
  csv += "unknown@tour.example,Viewer,\r\n";
  csv += team[1].email + ",Viewer,$4.00\r\n";
  csv += team[1].email + ",Viewer,\r\n";
  csv += team[2].email + ",Viewer,\r\n";
  const auto report = office.import_roster(license, csv, {team[0].id, team[1].id});
  require(report.already_linked == 1 && report.not_found == 1 && report.invalid == 1 &&
              report.no_seats == 1,
          "one row of each outcome");
  list_not_added(page, report);
  page.step("import the roster",
            counted(report.added, "seat", "seats") + " assigned, " + office.usage(license).text());
  page.gap();

  page.say(
      "The report is a CSV file that can be corrected and imported again. The license gets one "
      "more "
      "seat first, so the last row succeeds:");
  require(office.desk().set_total_seats({.license = license, .total_seats = 3}),
          "setting the total");
  const auto again = office.import_roster(license, to_csv(report), {team[2].id});
  require(again.already_linked == 1 && again.not_found == 1 && again.invalid == 1,
          "uncorrected rows are reported again");
  page.step("import the report",
            counted(again.added, "seat", "seats") + " assigned, " + office.usage(license).text());
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_ROSTER_HPP_

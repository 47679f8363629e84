// The first scene: imports the inventory and compares the book with the files.
#ifndef SEATBOOK_EXAMPLES_OPENING_HPP_
#define SEATBOOK_EXAMPLES_OPENING_HPP_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "expect.hpp"
#include "loader.hpp"
#include "office.hpp"
#include "page.hpp"
#include "seatbook/seatbook.hpp"
#include "text.hpp"
#include "wording.hpp"

namespace tour {

inline constexpr std::uint32_t max_list_lines = 12;

/// Prints the figures of the book and of the import reports, which must be equal.
inline void compare_figures(Page& page, const Figures& found, const Loaded& loaded) {
  const Figures reported = expected(loaded);
  Table table(
      {{""}, {"In the book", Table::Align::right}, {"Reported", Table::Align::right}, {"From"}});
  const auto compare = [&](const std::string& what, std::uint64_t in_book, std::uint64_t in_reports,
                           const std::string& source) {
    require(in_book == in_reports,
            number(in_reports) + ' ' + what + " reported, " + number(in_book) + " in the book");
    table.row({what, number(in_book), number(in_reports), source});
  };
  compare("people", found.people, reported.people,
          "operator, " + rows_taken(loaded.people.added, loaded.people.rows) + ", " +
              counted(loaded.holders.added, "new holder", "new holders"));
  compare("licenses", found.licenses, reported.licenses,
          rows_taken(reported.licenses, loaded.licenses.rows));
  compare("seats in use", found.seats_used, reported.seats_used,
          rows_taken(reported.seats_used, reported.seats_used + loaded.licenses.without_seat) +
              " with a holder");
  page.table(table);
}

inline void list_left_out(Page& page, const Figures& found, const std::vector<LeftOut>& left_out) {
  page.line(counted(found.people, "person", "people") + ", " +
            counted(found.licenses, "license", "licenses") + ", " +
            counted(found.seats_used, "seat", "seats") + " in use, " +
            (left_out.empty() ? "no row left out."
                              : counted(left_out.size(), "row", "rows") + " left out:"));
  const std::size_t shown = std::min<std::size_t>(left_out.size(), max_list_lines);
  for (std::size_t i = 0; i < shown; ++i) {
    const LeftOut& row = left_out[i];
    page.line("  " + row.where + ": " + row.what + " (" + row.why + ')');
  }
  if (left_out.size() > shown) page.line("  and " + number(left_out.size() - shown) + " more");
  page.gap();
}

inline void list_licenses(Page& page, Office& office, std::uint64_t all) {
  Table table({{"License"},
               {"Vendor"},
               {"Used", Table::Align::right},
               {"Cost a seat", Table::Align::right},
               {"Renewal"}});
  const auto first = require(office.desk().licenses({.limit = max_list_lines}), "licenses");
  for (const auto& license : first) {
    table.row({license.name, license.vendor, office.usage(license.id).text(), cost(license),
               renewal(license)});
  }
  if (!first.empty()) page.table(table);
  if (all > first.size()) page.line("and " + number(all - first.size()) + " more");
}

inline void show_inventory(Page& page, Office& office, Loader& loader) {
  page.heading("1. The inventory");
  page.say(
      "The operator is added first and owns all licenses. Then the rows of " +
      loader.people_file().name + " and " + loader.licenses_file().name +
      " are imported. A license's row names the holder of a seat, who is found by email or added. "
      "Each import is one batch.");
  const Loaded loaded = loader.load();
  const Figures found = office.count();
  compare_figures(page, found, loaded);
  require(office.listeners().events().size() == found.seats_used,
          "one event for each assigned seat");
  list_left_out(page, found, loaded.left_out);
  list_licenses(page, office, found.licenses);
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_OPENING_HPP_

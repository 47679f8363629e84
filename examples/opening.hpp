// The first scene: an inventory goes into the book, and the book must hold what the files say.
#ifndef SEATBOOK_EXAMPLES_OPENING_HPP_
#define SEATBOOK_EXAMPLES_OPENING_HPP_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "expect.hpp"
#include "inventory.hpp"
#include "loader.hpp"
#include "office.hpp"
#include "page.hpp"
#include "seatbook/seatbook.hpp"
#include "text.hpp"
#include "wording.hpp"

namespace tour {

inline constexpr std::uint32_t most_lines_of_a_list = 12;

/// The figures of the book beside those worked out from the files; they must agree.
inline void compare_figures(Page& page, const Figures& found, const Expected& wanted,
                            std::size_t people_rows, std::size_t license_rows) {
  const Figures& figures = wanted.figures;
  Table table({{""},
               {"In the book", Table::Align::right},
               {"Expected", Table::Align::right},
               {"By the files"}});
  const auto compare = [&](const std::string& what, std::uint64_t in_book, std::uint64_t in_files,
                           const std::string& why) {
    require(in_book == in_files, number(in_files) + ' ' + what + " expected by the files, " +
                                     number(in_book) + " in the book");
    table.row({what, number(in_book), number(in_files), why});
  };
  compare("people", found.people, figures.people,
          "operator, " + rows_taken(figures.people - 1 - wanted.new_holders, people_rows) + ", " +
              counted(wanted.new_holders, "new holder", "new holders"));
  compare("archived people", found.archived, figures.archived, "Activated is false");
  compare("licenses", found.licenses, figures.licenses, rows_taken(figures.licenses, license_rows));
  compare("seats in use", found.seats_used, figures.seats_used,
          rows_taken(figures.seats_used, wanted.holders) + " with a holder");
  page.table(table);
}

inline void list_left_out(Page& page, const Figures& found, const std::vector<LeftOut>& left_out) {
  page.line(counted(found.people, "person", "people") + ", " +
            counted(found.licenses, "license", "licenses") + ", " +
            counted(found.seats_used, "seat", "seats") + " in use, " +
            (left_out.empty() ? "no row left out."
                              : counted(left_out.size(), "row", "rows") + " left out:"));
  const std::size_t shown = std::min<std::size_t>(left_out.size(), most_lines_of_a_list);
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
  const auto first = require(office.desk().licenses({.limit = most_lines_of_a_list}), "licenses");
  for (const auto& license : first) {
    table.row({license.name, license.vendor, office.usage(license.id).text(), cost(license),
               renewal(license)});
  }
  if (!first.empty()) page.table(table);
  if (all > first.size()) page.line("and " + number(all - first.size()) + " more");
}

inline void show_inventory(Page& page, Office& office, const InputFile& people_file,
                           const InputFile& licenses_file, const std::vector<PersonRow>& people,
                           const std::vector<LicenseRow>& licenses) {
  page.heading("1. The inventory");
  page.say("The operator is added first and will own every license. Then come the rows of " +
           people_file.name + " and of " + licenses_file.name +
           ". A license's row names somebody who holds a seat: known by their email, or added "
           "now.");
  const Loaded loaded = Loader(office.desk(), people_file, licenses_file).load(people, licenses);
  const Figures found = office.count();
  compare_figures(page, found, expected(people, licenses, loaded), people.size(), licenses.size());
  require(office.listeners().events().size() == found.seats_used, "one event for each seat given");
  list_left_out(page, found, loaded.left_out);
  list_licenses(page, office, found.licenses);
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_OPENING_HPP_

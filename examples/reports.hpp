// The scene about costs: unused seats, their cost, the seats that a renewal needs, and a CSV
// export.
#ifndef SEATBOOK_EXAMPLES_REPORTS_HPP_
#define SEATBOOK_EXAMPLES_REPORTS_HPP_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "expect.hpp"
#include "office.hpp"
#include "page.hpp"
#include "seatbook/seatbook.hpp"
#include "text.hpp"
#include "wording.hpp"

namespace tour {

/// The number of rows shown of a longer table.
inline constexpr std::size_t shown_rows = 6;

/// "USD 34.50", or a list with one amount per currency.
inline std::string amounts(const std::vector<seatbook::MoneyTotal>& totals) {
  std::vector<std::string> texts;
  for (const auto& total : totals)
    texts.push_back(total.currency + ' ' + total.monthly.to_string());
  return texts.empty() ? "nothing" : joined(texts);
}

/// Records a use of every second seat, and returns the number of the other seats.
inline std::uint64_t use_every_second_seat(Office& office) {
  const auto list = require(office.desk().seat_list({.limit = seatbook::all_rows}), "the list");
  seatbook::RecordUses uses;
  for (std::size_t i = 0; i < list.rows.size(); i += 2) {
    uses.uses.push_back({.assignment = list.rows[i].assignment, .used_at = office.clock().now()});
  }
  require(require(office.desk().record_uses(uses), "recording uses").summary.skipped == 0,
          "every use is recorded");
  return list.rows.size() - uses.uses.size();
}

inline void show_unused(Page& page, Office& office, std::uint64_t unused) {
  const auto figures = require(office.desk().seat_figures({}), "the figures");
  require(figures.inactive == unused && figures.total_assigned == office.count().seats_used,
          "every seat is counted as used or unused");
  page.step("Total assigned", number(figures.total_assigned));
  page.step("Inactive (>=30d)", number(figures.inactive));
  page.step("Available", figures.available ? number(*figures.available) : "unlimited");
  page.gap();

  const auto reclaim = require(office.desk().reclaim_candidates({}), "the seats to reclaim");
  require(reclaim.candidates == unused, "the report has every inactive seat");
  Table table({{"License"}, {"Person"}, {"Last used"}, {"A month", Table::Align::right}});
  for (std::size_t i = 0; i < std::min(shown_rows, reclaim.rows.size()); ++i) {
    const auto& row = reclaim.rows[i];
    table.row({row.license_name, row.name, row.last_used_at ? day(*row.last_used_at) : "never",
               row.monthly_saving ? row.currency + ' ' + row.monthly_saving->to_string() : ""});
  }
  page.table(table);
  page.step("saving by revoking all " + number(reclaim.candidates),
            amounts(reclaim.monthly_saving) + " a month");
}

inline void show_costs(Page& page, Office& office) {
  auto rows = require(office.desk().utilization({.at_most_percent = 50}), "utilization");
  Table table({{"License"},
               {"Used", Table::Align::right},
               {"Full", Table::Align::right},
               {"Cost a month", Table::Align::right},
               {"Unused a month", Table::Align::right}});
  for (std::size_t i = 0; i < std::min(shown_rows, rows.size()); ++i) {
    const auto& row = rows[i];
    require(row.used * 2 <= *row.total && row.available == *row.total - row.used,
            "at most half full");
    table.row({row.license_name, number(row.used) + "/" + number(*row.total),
               row.basis_points ? number(*row.basis_points / 100) + "%" : "",
               amounts(row.monthly_cost), amounts(row.monthly_waste)});
  }
  page.table(table);
  const auto book = require(office.desk().utilization({.by = seatbook::UtilizationBy::book}),
                            "the book's utilization");
  require(book.size() == 1 && book.front().used == office.count().seats_used,
          "the book's row has every seat");
  page.step("all licenses, used seats", amounts(book.front().monthly_cost) + " a month");
  page.step("all licenses, available seats", amounts(book.front().monthly_waste) + " a month");
}

inline void show_renewals(Page& page, Office& office) {
  const auto rows = require(
      office.desk().renewals_due({.until = require(seatbook::Date::parse("2026-12-31"), "a day")}),
      "the renewals");
  if (rows.empty()) return;
  page.say("Renewals until the end of the year, and the seats that each needs:");
  Table table(
      {{"License"}, {"Renewal"}, {"Seats", Table::Align::right}, {"Needed", Table::Align::right}});
  for (std::size_t i = 0; i < std::min(shown_rows, rows.size()); ++i) {
    require(rows[i].right_sized_seats <= rows[i].used, "no more seats are needed than used");
    table.row({rows[i].license_name, rows[i].renewal_date.to_string(),
               rows[i].total.is_unlimited()
                   ? "unlimited"
                   : number(static_cast<std::uint64_t>(rows[i].total.seats())),
               number(rows[i].right_sized_seats)});
  }
  page.table(table);
}

/// Prints the first lines of a CSV export.
inline void show_file(Page& page, Office& office, std::uint64_t unused) {
  std::string file;
  const auto report =
      require(office.desk().export_seat_list(
                  {.list = {.inactive_only = true, .sort = seatbook::SeatSort::user}},
                  seatbook::append_to(file)),
              "the file");
  require(report.rows == unused && report.bytes == file.size(),
          "the file has the rows of the list");
  page.say("The inactive seats as a CSV file of " + counted(report.rows, "row", "rows") +
           ", safe to open in a spreadsheet:");
  std::string_view rest = file;
  for (int line = 0; line < 4 && !rest.empty(); ++line) {
    const std::size_t end = rest.find("\r\n");
    page.line(rest.substr(0, end));
    rest.remove_prefix(end + 2);
  }
}

inline void show_reports(Page& page, Office& office, seatbook::LicenseId license) {
  page.heading("16. Unused seats and their cost");
  constexpr std::int64_t day_us = 86'400'000'000;
  const seatbook::Timestamp before = office.clock().now();
  office.clock().advance_us(42 * day_us);
  page.say(
      "Six weeks later, half of the seats have been used. Seats not used for 30 days are "
      "candidates to "
      "revoke:");
  const std::uint64_t unused = use_every_second_seat(office);
  show_unused(page, office, unused);
  page.gap();
  page.say("Seats that are not assigned cost money too. Licenses that are at most half full:");
  show_costs(page, office);
  const auto peak =
      require(office.desk().peak_usage({.license = license, .until = before}), "the peak");
  require(peak.total && peak.used <= *peak.total, "never more seats in use than the total");
  page.step("peak of " + office.license_name(license),
            number(peak.used) + " of " + number(*peak.total) + ", " + day(peak.at));
  page.gap();
  show_renewals(page, office);
  show_file(page, office, unused);
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_REPORTS_HPP_

#include "seatbook/imports.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "csv/writer.hpp"
#include "imports/import_rows.hpp"
#include "text/utf8.hpp"
#include "types/names.hpp"

namespace seatbook {
namespace {

constexpr types::Names<RosterOutcome, 6> roster_outcome_names = {{
    {RosterOutcome::added, "added"},
    {RosterOutcome::already_linked, "already_linked"},
    {RosterOutcome::not_found, "not_found"},
    {RosterOutcome::invalid, "invalid"},
    {RosterOutcome::no_seats, "no_seats"},
    {RosterOutcome::removed, "removed"},
}};

}  // namespace

std::string_view to_string(RosterOutcome outcome) noexcept {
  return types::name_of(roster_outcome_names, outcome);
}

std::string_view RosterFileRow::reason() const noexcept {
  switch (code) {
    case Code::ok:
      return outcome == RosterOutcome::removed ? "the row has a Date Removed" : "";
    case Code::already_assigned:
      return differs ? "already holds a seat, left unchanged: it differs from this row"
                     : "already holds a seat";
    case Code::person_not_found:
      return "no person has this email";
    case Code::no_seats_remaining:
      return "no seats left";
    case Code::malformed_csv:
      return column ? "text after a closing quote: a quote within quotes must be doubled"
                    : "the number of cells differs from the header";
    case Code::required:
      return text::trim(email).empty() ? "no email"
                                       : "a cost needs a currency: the license has none";
    case Code::text_too_long:
      return "too long";
    case Code::invalid_email:
      return "not an email address";
    case Code::invalid_money:
      return "not a plain decimal such as 12.58: no currency sign, no separator, at most 4 "
             "decimals";
    case Code::money_out_of_range:
      return "must be between 0 and 99999999.9999";
    case Code::invalid_date:
      return "not a day such as 2026-03-01, nor an instant such as 2026-03-01T12:00:00Z";
    case Code::date_out_of_range:
      return "must be in the years 1970 to 2200, and not in the future";
    case Code::person_archived:
      return "the person is archived";
    default:
      return to_string(code);
  }
}

std::vector<std::string> RosterReport::unmatched_emails() const {
  std::vector<std::string> emails;
  emails.reserve(not_found);
  for (const RosterFileRow& row : not_added) {
    if (row.outcome == RosterOutcome::not_found) emails.push_back(row.email);  // B21
  }
  return emails;
}

std::string_view RosterReport::column_name(const RosterFileRow& row) const noexcept {
  return imports::heading_of(columns, row.column);
}

// A file that can be fixed and imported again.
std::string to_csv(const RosterReport& report, const CsvFormat& format) {
  // Most files do not have this column, so neither does their report.
  const bool held_since =
      std::any_of(report.not_added.begin(), report.not_added.end(),
                  [](const RosterFileRow& row) { return !row.held_since.empty(); });
  csv::Writer writer(format);
  for (const char* const name : {"Line", "Result", "Code", "Column", "Reason", "Email", "Role",
                                 "CostPerSeatOverride", "Date Removed"}) {
    writer.plain(name);
  }
  if (held_since) writer.plain("HeldSince");  // C62
  writer.end_row();
  for (const RosterFileRow& row : report.not_added) {
    writer.number(row.line)
        .plain(to_string(row.outcome))
        .plain(to_string(row.code))
        .text(report.column_name(row))
        .plain(row.reason())
        .text(row.email)
        .text(row.access_level)
        .text(row.cost)
        .text(row.date_removed);
    if (held_since) writer.text(row.held_since);
    writer.end_row();
  }
  return std::string(writer.bytes());
}

}  // namespace seatbook

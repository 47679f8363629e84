#include "imports/roster_file.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "csv/profile.hpp"
#include "imports/table.hpp"
#include "text/utf8.hpp"
#include "types/try.hpp"

namespace seatbook::imports {
namespace {

/// The columns, by their index in roster_columns().
enum Column : std::size_t { email, access_level, cost, date_removed, held_since };

/// The columns of the template and of the export. Name and Date Added are listed so that they are
/// not reported as unknown; they are not used (C37).
std::vector<KnownColumn> roster_columns() {
  return {{{"Email"}, true},  {{"Role"}},      {{"CostPerSeatOverride", "Cost Per Seat Override"}},
          {{"Date Removed"}}, {{"HeldSince"}}, {{"Name"}},
          {{"Date Added"}}};
}

class RosterRows final : public TableHandler {
 public:
  explicit RosterRows(const ImportRoster& command) : file(command.csv), command_(command) {}

  void row(const Header& header, const csv::Row& row) override {
    file.places = {header.number(email), header.number(access_level), header.number(cost),
                   header.number(held_since)};
    file.rows.begin(row.line);
    const RosterCells cells = {keep(header, row, email, RosterField::email),
                               keep(header, row, access_level, RosterField::access_level),
                               keep(header, row, cost, RosterField::cost),
                               keep(header, row, date_removed, RosterField::date_removed),
                               keep(header, row, held_since, RosterField::held_since)};
    if (const auto form = fault_of(header, row)) {
      file.rows.set_error(Code::malformed_csv, form->column);
      return;
    }
    const RosterFault fault = fault_of(file.places, cells, command_.utc_offset_minutes);
    if (fault.code != Code::ok) {
      file.rows.set_error(fault.code, fault.column);
    } else if (!is_removed(cells.date_removed)) {
      const std::string key = text::email_key(cells.email);
      // Most emails are already case-folded, so the file often contains the key itself.
      file.rows.add(static_cast<std::size_t>(RosterField::email_key), key,
                    place_of(*header.cell(row, email), text::trim(cells.email)));
    }
  }

  RosterFile file;

 private:
  std::string_view keep(const Header& header, const csv::Row& row, Column column,
                        RosterField field) {
    const csv::Cell* const cell = header.cell(row, column);
    if (cell == nullptr) return {};
    const std::string_view text = csv::unguarded(cell->text, command_.profile);
    file.rows.add(static_cast<std::size_t>(field), text, place_of(*cell, text));
    return text;
  }
  const ImportRoster& command_;
};

}  // namespace

Result<RosterFile> read_roster(const ImportRoster& command) {
  RosterRows rows(command);
  SEATBOOK_TRY(Table table,
               read_table(command.csv, roster_columns(), max_import_rows, command.progress, rows));
  rows.file.columns = std::move(table.header.names);
  rows.file.ignored_columns = std::move(table.header.unknown);
  rows.file.empty_rows = table.empty_rows;
  return std::move(rows.file);
}

}  // namespace seatbook::imports

#include "csv/roster_file.hpp"

#include <cstddef>
#include <utility>
#include <vector>

#include "csv/profile.hpp"
#include "csv/table.hpp"

namespace seatbook::csv {
namespace {

/// The columns by their place in roster_columns().
enum Column : std::size_t { email, access_level, cost, date_removed };

/// The template's columns and the export's. Name and Date Added are known, so that they are not
/// told as unknown, and of no further use (C37).
std::vector<KnownColumn> roster_columns() {
  return {{{"Email"}, true},  {{"Role"}}, {{"CostPerSeatOverride", "Cost Per Seat Override"}},
          {{"Date Removed"}}, {{"Name"}}, {{"Date Added"}}};
}

class RosterRows final : public TableHandler {
 public:
  explicit RosterRows(CsvProfile profile) : profile_(profile) {}

  void row(const Header& header, const Row& row) override {
    file.places = {header.number(email), header.number(access_level), header.number(cost)};
    rules::RosterLine& line = file.lines.emplace_back();
    line.line = row.line;
    line.complete = header.fits(row);
    line.email = keep(header.cell(row, email));
    line.access_level = keep(header.cell(row, access_level));
    line.cost = keep(header.cell(row, cost));
    line.date_removed = keep(header.cell(row, date_removed));
    rules::judge(file, line);
  }

  rules::RosterFile file;

 private:
  std::string_view keep(std::string_view cell) {
    return file.texts.keep(unguarded(cell, profile_));
  }
  CsvProfile profile_;
};

}  // namespace

Result<rules::RosterFile> read_roster(const ImportRoster& command) {
  RosterRows rows(command.profile);
  auto header = read_table(command.csv, roster_columns(), command.progress, rows);
  if (!header) return std::move(header).error();
  rows.file.columns = std::move(header->names);
  rows.file.ignored_columns = std::move(header->unknown);
  return std::move(rows.file);
}

}  // namespace seatbook::csv

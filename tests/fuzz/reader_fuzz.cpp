// Fuzzes the CSV reader. Rows, positions and errors do not depend on how a file is split into
// chunks, and the writer's output for the rows is read as the same rows.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "csv/profile.hpp"
#include "csv/reader.hpp"
#include "csv/writer.hpp"
#include "fuzz/properties.hpp"

namespace {

namespace csv = seatbook::csv;
using seatbook::fuzz::require;

csv::Parsed read_in_chunks(std::string_view file, const csv::Options& options, std::size_t chunk) {
  csv::Parsed parsed;
  csv::Reader reader(options);
  const auto take = [&](const csv::Row& row) {
    parsed.rows.push_back(csv::owned(row));
    return csv::Next::go_on;
  };
  for (std::size_t at = 0; at < file.size(); at += chunk) {
    if (reader.feed(file.substr(at, chunk), take) != csv::ReadStatus::ok) break;
  }
  static_cast<void>(reader.finish(take));
  parsed.error = reader.error();
  parsed.blank_lines_skipped = reader.blank_lines_skipped();
  return parsed;
}

void require_same(const csv::Parsed& a, const csv::Parsed& b) {
  require(a.rows == b.rows, "the rows do not depend on the chunks");
  require(a.blank_lines_skipped == b.blank_lines_skipped,
          "the blank lines do not depend on the chunks");
  require(a.error.has_value() == b.error.has_value(), "failure does not depend on the chunks");
  if (!a.error) return;
  require(a.error->kind == b.error->kind && a.error->line == b.error->line &&
              a.error->byte == b.error->byte && a.error->column == b.error->column,
          "the error does not depend on the chunks");
}

void require_round_trip(const csv::Parsed& parsed, seatbook::CsvProfile profile) {
  seatbook::CsvFormat format;
  format.profile = profile;
  csv::Writer writer(format);
  writer.header({"head"});  // so that a byte order mark in a cell is not at the start of the file
  for (const csv::OwnedRow& row : parsed.rows) {
    for (const csv::OwnedCell& cell : row.cells) writer.text(cell.text);
    writer.end_row();
  }
  const csv::Parsed again = csv::parse(writer.bytes());
  require(!again.error.has_value(), "the output can be read");
  require(again.rows.size() == parsed.rows.size() + 1, "the output has the same number of rows");
  for (std::size_t i = 0; i < parsed.rows.size(); ++i) {
    const auto& before = parsed.rows[i].cells;
    const auto& after = again.rows[i + 1].cells;
    require(std::equal(before.begin(), before.end(), after.begin(), after.end(),
                       [&](const auto& a, const auto& b) {
                         return a.text == csv::unguarded(b.text, profile);
                       }),
            "the output has the same cells");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  seatbook::fuzz::Input input(data, size);
  csv::Options options;
  options.delimiter = ",;\t|"[input.choose(4)];
  if (input.choose(2) == 1) options.blank_lines = csv::BlankLines::keep;
  if (input.choose(2) == 1) {
    options.max_cell_bytes = 8;
    options.max_row_bytes = 24;
    options.max_cells_per_row = 4;
  }
  const csv::Parsed whole = csv::parse(input.text(), options);
  for (const std::size_t chunk : {std::size_t{1}, std::size_t{2}, std::size_t{5}}) {
    require_same(whole, read_in_chunks(input.text(), options, chunk));
  }
  std::uint64_t line = 0;
  for (const csv::OwnedRow& row : whole.rows) {
    require(!row.cells.empty(), "a row has at least one cell");
    require(row.malformed_cell <= row.cells.size(), "a malformed cell is one of the row's");
    require(row.line > line, "rows are on separate lines, in order");
    line = row.line;
  }
  require_round_trip(whole, seatbook::CsvProfile::spreadsheet);
  require_round_trip(whole, seatbook::CsvProfile::exact);
  return 0;
}

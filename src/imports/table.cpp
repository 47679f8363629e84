#include "imports/table.hpp"

#include <algorithm>
#include <utility>

#include "imports/import_rows.hpp"
#include "text/utf8.hpp"
#include "types/try.hpp"

namespace seatbook::imports {
namespace {

/// The caller may have assigned all its names to other fields.
std::string title_of(const KnownColumn& column) {
  return column.names.empty() ? column.title : column.names.front();
}

constexpr std::string_view line_ends = "\r\n";

/// Makes an error of the whole file at one position.
Error file_error(Code code, std::string message, std::uint64_t line, std::uint64_t byte,
                 std::string field = "csv") {
  return {code,
          "line " + std::to_string(line) + ": " + std::move(message),
          std::move(field),
          {},
          {line, byte}};
}

/// Returns the position of the first invalid byte.
std::size_t first_invalid(std::string_view bytes) {
  constexpr std::size_t longest = 4;
  std::size_t at = 0;
  while (at < bytes.size()) {
    std::size_t size = 1;
    while (size <= longest && !text::is_valid(bytes.substr(at, size))) ++size;
    if (size > longest) return at;
    at += size;
  }
  return at;
}

Result<void> wrong_encoding(std::string_view file) {
  const std::string_view mark = file.substr(0, 2);
  if (mark == "\xFF\xFE" || mark == "\xFE\xFF") {  // C34
    return file_error(Code::invalid_file_encoding, "the file is UTF-16: save it as UTF-8", 1, 0);
  }
  if (text::is_valid(file)) return {};
  std::uint64_t line = 1;
  std::size_t start = 0;
  for (;;) {
    const std::size_t end = std::min(file.find_first_of(line_ends, start), file.size());
    if (!text::is_valid(file.substr(start, end - start))) break;
    const std::size_t width = file.substr(end, 2) == "\r\n" ? 2 : 1;
    start = end + width;
    ++line;
  }
  const std::size_t at = start + first_invalid(file.substr(start));  // C34
  return file_error(
      Code::invalid_file_encoding,
      file[at] == '\0' ? "the file contains a NUL byte" : "the file is not UTF-8: save it as UTF-8",
      line, at);
}

/// Returns whether all cells are blank (C72).
bool is_empty(const csv::Row& row) {
  return std::all_of(row.cells.begin(), row.cells.end(),
                     [](const csv::Cell& cell) { return text::trim(cell.text).empty(); });
}

/// Returns the case-folded, trimmed name, by which columns are compared.
std::string name_key(std::string_view name) {
  return text::fold(text::trim(name));
}

/// Finds columns by name.
class Names {
 public:
  explicit Names(const std::vector<KnownColumn>& columns) {
    for (std::size_t column = 0; column < columns.size(); ++column) {
      for (const std::string& name : columns[column].names) {
        keys_.emplace_back(name_key(name), column);
      }
    }
  }
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const {
    const std::string key = name_key(name);
    for (const auto& [known, column] : keys_) {
      if (known == key) return column;
    }
    return std::nullopt;
  }

 private:
  std::vector<std::pair<std::string, std::size_t>> keys_;
};

/// The result of splitting the header by a delimiter; empty if the header is then malformed.
struct Split {
  std::size_t cells = 0;
  std::ptrdiff_t known = 0;
};

Split split_header(std::string_view file, char delimiter, const Names& names) {
  Split split;
  csv::Reader reader({.delimiter = delimiter});
  const auto on_row = [&](const csv::Row& row) {
    if (is_empty(row)) return csv::Next::go_on;
    if (row.malformed_cell != 0) return csv::Next::stop;
    split.cells = row.cells.size();
    split.known = std::count_if(row.cells.begin(), row.cells.end(), [&](const csv::Cell& cell) {
      return names.find(cell.text).has_value();
    });
    return csv::Next::stop;
  };
  if (reader.feed(file, on_row) == csv::ReadStatus::ok) (void)reader.finish(on_row);
  return split;
}

/// Returns the delimiter. Others than the comma are tried only if no comma splits the header (C34,
/// C73).
char delimiter_of(std::string_view file, const Names& names) {
  constexpr char comma = ',';
  if (split_header(file, comma, names).cells > 1) return comma;
  const Split semicolons = split_header(file, ';', names);
  const Split tabs = split_header(file, '\t', names);
  const bool by_semicolons = semicolons.cells > 1 && semicolons.known > 0;
  const bool by_tabs = tabs.cells > 1 && tabs.known > 0;
  if (by_tabs && (!by_semicolons || tabs.known > semicolons.known)) return '\t';
  return by_semicolons ? ';' : comma;
}

/// Returns a text of the file for a message: on one line, and shortened.
std::string shown(std::string_view text) {
  constexpr std::size_t longest = 100;
  const bool whole = text.size() <= longest;
  if (!whole) {
    std::size_t end = longest;
    while (!text::is_valid(text.substr(0, end))) --end;
    text = text.substr(0, end);
  }
  std::string result;
  for (const char byte : text) {
    const bool control = static_cast<unsigned char>(byte) < ' ' || byte == '\x7F';
    if (byte == '\t') {
      result += "\\t";
    } else {
      result += control ? ' ' : byte;
    }
  }
  return whole ? result : result + "...";
}

/// Lists the header as read and, if it is a single cell, the delimiters that were tried.
std::string no_column(const std::string& name, const std::vector<std::string>& header) {
  std::string read;
  for (const std::string& cell : header) {
    if (!read.empty()) read += ", ";
    read += cell;
  }
  return "the header has no column " + shown(name) + ": its columns are " + shown(read) +
         (header.size() > 1 ? "" : " (tried as delimiters: comma, semicolon, tab)");
}

/// Reads the header. Errors: malformed_csv, column_missing, duplicate_column.
Result<Header> read_header(const csv::Row& row, const std::vector<KnownColumn>& columns,
                           const Names& names) {
  if (row.malformed_cell != 0) {  // C67, C71
    const csv::Cell& cell = row.cells[row.malformed_cell - 1];
    return file_error(Code::malformed_csv,
                      "text after a closing quote of the header: a quote within quotes must be "
                      "doubled",
                      cell.line, cell.byte);
  }
  Header header;
  header.places.resize(columns.size());
  std::optional<Error> twice;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const csv::Cell& cell = row.cells[i];
    const std::string& name = header.names.emplace_back(text::trim(cell.text));
    const auto column = names.find(name);
    if (!column) {
      header.unknown.push_back(name);
    } else if (!header.places[*column]) {
      header.places[*column] = i;
    } else if (!twice) {  // C30
      const std::string known = title_of(columns[*column]);
      twice =
          file_error(Code::duplicate_column, "the header has the column " + shown(known) + " twice",
                     cell.line, cell.byte, known);
    }
  }
  for (std::size_t column = 0; column < columns.size(); ++column) {
    const auto& others = columns[column].or_else;
    if (!columns[column].required || header.places[column] ||
        std::any_of(others.begin(), others.end(),
                    [&](std::size_t other) { return header.places[other].has_value(); })) {
      continue;
    }
    const std::string known = title_of(columns[column]);
    // C30, C73
    return file_error(Code::column_missing, no_column(known, header.names), row.line, row.byte,
                      known);
  }
  if (twice) return *std::move(twice);
  return header;
}

Error as_file_error(const csv::ReadError& error) {
  const bool encoding =
      error.kind == csv::ReadErrorKind::utf16 || error.kind == csv::ReadErrorKind::nul_byte;
  return {encoding ? Code::invalid_file_encoding : Code::malformed_csv,
          error.message,
          "csv",
          {},
          {error.line, error.byte}};
}

}  // namespace

const csv::Cell* Header::cell(const csv::Row& row, std::size_t column) const {
  const auto& place = places[column];
  return place && *place < row.cells.size() ? &row.cells[*place] : nullptr;
}

std::uint32_t Header::number(std::size_t column) const {
  return places[column] ? static_cast<std::uint32_t>(*places[column] + 1) : 0;
}

std::optional<RowFault> fault_of(const Header& header, const csv::Row& row) {
  if (row.malformed_cell != 0 && row.malformed_cell <= header.names.size()) {
    return RowFault{static_cast<std::uint32_t>(row.malformed_cell)};
  }
  if (row.cells.size() != header.names.size()) return RowFault{};  // C29
  return std::nullopt;
}

std::uint64_t place_of(const csv::Cell& cell, std::string_view part) {
  const auto behind = static_cast<std::uint64_t>(part.data() - cell.text.data());
  return cell.byte + (cell.quoted ? 1 : 0) + behind;
}

Result<Table> read_table(std::string_view file, const std::vector<KnownColumn>& columns,
                         std::uint64_t max_rows, const std::shared_ptr<Progress>& progress,
                         TableHandler& handler) {
  ReadProgress rows(progress);
  SEATBOOK_TRY(rows.cancelled());
  SEATBOOK_TRY(wrong_encoding(file));

  const Names names(columns);
  std::optional<Result<Header>> header;
  Result<void> read;  // fails if the reading ends early
  std::uint64_t empty_rows = 0;
  std::uint64_t blank_lines_above = 0;
  csv::Reader reader({.delimiter = delimiter_of(file, names)});
  const auto on_row = [&](const csv::Row& row) {
    if (is_empty(row)) {
      if (header) ++empty_rows;
      return csv::Next::go_on;
    }
    if (!header) {
      header = read_header(row, columns, names);
      blank_lines_above = reader.blank_lines_skipped();
      return csv::Next::go_on;
    }
    if (rows.rows() == max_rows) {  // C66
      read = file_error(Code::limit_exceeded,
                        "the file must have at most " + std::to_string(max_rows) + " rows",
                        row.line, row.byte);
      return csv::Next::stop;
    }
    // With an invalid header only the form of the rows is checked, and its errors are reported
    // first.
    if (*header) handler.row(**header, row);
    read = rows.next();
    return read ? csv::Next::go_on : csv::Next::stop;
  };
  csv::ReadStatus status = reader.feed(file, on_row);
  if (status == csv::ReadStatus::ok) status = reader.finish(on_row);
  SEATBOOK_TRY(std::move(read));
  if (status == csv::ReadStatus::failed) return as_file_error(*reader.error());
  if (!header) return file_error(Code::header_missing, "the file has no header line", 1, 0);
  if (!*header) return std::move(*header).error();
  rows.finish();
  return Table{std::move(**header), empty_rows + reader.blank_lines_skipped() - blank_lines_above};
}

}  // namespace seatbook::imports

#include "csv/table.hpp"

#include <algorithm>
#include <utility>

#include "rules/imports.hpp"
#include "text/utf8.hpp"

namespace seatbook::csv {
namespace {

/// Its names may all belong to other fields, by the caller's own choice.
std::string title_of(const KnownColumn& column) {
  return column.names.empty() ? column.title : column.names.front();
}

constexpr std::string_view line_ends = "\r\n";
constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

/// An error of the whole file at one place.
Error file_error(Code code, std::string message, std::uint64_t line, std::uint64_t byte,
                 std::string field = "csv") {
  return {code,
          "line " + std::to_string(line) + ": " + std::move(message),
          std::move(field),
          -1,
          {line, byte}};
}

/// Where the first byte stands that no valid text has.
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

std::optional<Error> wrong_encoding(std::string_view file) {
  const std::string_view mark = file.substr(0, 2);
  if (mark == "\xFF\xFE" || mark == "\xFE\xFF") {
    return file_error(Code::invalid_file_encoding,
                      "the file is UTF-16; save it as UTF-8 and import it again", 1, 0);
  }
  if (text::is_valid(file)) return std::nullopt;
  std::uint64_t line = 1;
  std::size_t start = 0;
  for (;;) {
    const std::size_t end = std::min(file.find_first_of(line_ends, start), file.size());
    if (!text::is_valid(file.substr(start, end - start))) break;
    const std::size_t width = file.substr(end, 2) == "\r\n" ? 2 : 1;
    start = end + width;
    ++line;
  }
  const std::size_t at = start + first_invalid(file.substr(start));
  return file_error(Code::invalid_file_encoding,
                    file[at] == '\0' ? "a NUL byte, which no text file has"
                                     : "not UTF-8; save the file as UTF-8 and import it again",
                    line, at);
}

/// The first line that is not blank; a line end within quotes does not end it.
std::string_view header_line(std::string_view file) {
  if (file.substr(0, utf8_mark.size()) == utf8_mark) file.remove_prefix(utf8_mark.size());
  file.remove_prefix(std::min(file.find_first_not_of(line_ends), file.size()));
  bool within_quotes = false;
  std::size_t end = 0;
  for (; end < file.size(); ++end) {
    if (file[end] == '"') within_quotes = !within_quotes;
    if (!within_quotes && line_ends.find(file[end]) != std::string_view::npos) break;
  }
  return file.substr(0, end);
}

/// What names of columns are compared by.
std::string name_key(std::string_view name) {
  return text::fold(text::trim(name));
}

/// The columns by the keys of their names.
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

/// C34: another delimiter than the comma counts only where the header leaves no doubt.
char delimiter_of(std::string_view header, const Names& names) {
  if (header.find(',') != std::string_view::npos) return ',';
  for (const char delimiter : {';', '\t'}) {
    const Parsed parsed = parse(header, {.delimiter = delimiter});
    if (parsed.rows.empty()) continue;
    const auto& cells = parsed.rows.front().cells;
    const auto known = std::count_if(cells.begin(), cells.end(), [&](const OwnedCell& cell) {
      return names.find(cell.text).has_value();
    });
    if (known >= 2) return delimiter;
  }
  return ',';
}

/// Reads the header. Errors: column_missing, duplicate_column.
Result<Header> read_header(const Row& row, const std::vector<KnownColumn>& columns,
                           const Names& names) {
  Header header;
  header.places.resize(columns.size());
  std::optional<Error> twice;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const Cell& cell = row.cells[i];
    const std::string& name = header.names.emplace_back(text::trim(cell.text));
    const auto column = names.find(name);
    if (!column) {
      header.unknown.push_back(name);
    } else if (!header.places[*column]) {
      header.places[*column] = i;
    } else if (!twice) {
      const std::string known = title_of(columns[*column]);
      twice = file_error(Code::duplicate_column, "the column " + known + " stands here twice",
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
    return file_error(Code::column_missing, "the header has no column " + known, row.line, row.byte,
                      known);
  }
  if (twice) return *std::move(twice);
  return header;
}

Error as_file_error(const ReadError& error) {
  const bool encoding = error.kind == ReadErrorKind::utf16 || error.kind == ReadErrorKind::nul_byte;
  return {encoding ? Code::invalid_file_encoding : Code::malformed_csv,
          error.message,
          "csv",
          -1,
          {error.line, error.byte}};
}

}  // namespace

std::string_view Header::cell(const Row& row, std::size_t column) const {
  const auto& place = places[column];
  return place && *place < row.cells.size() ? row.cells[*place].text : std::string_view();
}

std::uint32_t Header::number(std::size_t column) const {
  return places[column] ? static_cast<std::uint32_t>(*places[column] + 1) : 0;
}

std::optional<Error> oversized(std::string_view file) {
  if (file.size() <= max_import_bytes) return std::nullopt;
  return Error{Code::file_too_large,
               "the file has " + std::to_string(file.size()) + " bytes; the limit is 5,242,880",
               "csv"};
}

Result<Header> read_table(std::string_view file, const std::vector<KnownColumn>& columns,
                          const std::shared_ptr<Progress>& progress, TableHandler& handler) {
  rules::RowsRead rows(progress);
  if (auto error = rows.cancelled()) return *std::move(error);
  if (auto error = oversized(file)) return *std::move(error);
  if (auto error = wrong_encoding(file)) return *std::move(error);

  const Names names(columns);
  std::optional<Result<Header>> header;
  std::optional<Error> cancelled;
  Reader reader({.delimiter = delimiter_of(header_line(file), names)});
  const auto on_row = [&](const Row& row) {
    if (!header) {
      header = read_header(row, columns, names);
      return Next::go_on;
    }
    // Below a header that is of no use only the form of the file matters: it is told first.
    if (*header) handler.row(**header, row);
    cancelled = rows.next();
    return cancelled ? Next::stop : Next::go_on;
  };
  ReadStatus status = reader.feed(file, on_row);
  if (status == ReadStatus::ok) status = reader.finish(on_row);
  if (cancelled) return *std::move(cancelled);
  if (status == ReadStatus::failed) return as_file_error(*reader.error());
  if (!header) return file_error(Code::header_missing, "the file has no header line", 1, 0);
  rows.finish();
  return *std::move(header);
}

}  // namespace seatbook::csv

/// Files with a header line: encoding, delimiter, columns by name, rows (C30, C31, C34, C66, C67,
/// C71 to C73). The caller interprets the columns.
#ifndef SEATBOOK_IMPORTS_TABLE_HPP_
#define SEATBOOK_IMPORTS_TABLE_HPP_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "csv/reader.hpp"
#include "seatbook/imports.hpp"
#include "seatbook/result.hpp"

namespace seatbook::imports {

/// A column that the caller knows, with all its names.
struct KnownColumn {
  std::vector<std::string> names;
  bool required = false;
  /// Other columns, any of which can replace it if it is required.
  std::vector<std::size_t> or_else = {};
  /// Its name in errors if it has no other name; otherwise the first of its names is used.
  std::string title = {};
};

/// A parsed header.
struct Header {
  /// For each known column, in the caller's order: the index of its cell, if the file has it.
  std::vector<std::optional<std::size_t>> places;
  std::vector<std::string> names;    ///< every cell of the header, trimmed
  std::vector<std::string> unknown;  ///< names of no known column

  /// Returns the cell of a known column; null if the file has no such column, or the row is too
  /// short.
  [[nodiscard]] const csv::Cell* cell(const csv::Row& row, std::size_t column) const;
  /// Returns the number of its cell in reports, from 1; 0 if the file has none.
  [[nodiscard]] std::uint32_t number(std::size_t column) const;
};

/// The result of reading a file.
struct Table {
  Header header;
  std::uint64_t empty_rows = 0;  ///< rows without any text, blank lines included (C72)
};

/// Receives each row below the header that is not empty.
class TableHandler {
 public:
  virtual ~TableHandler() = default;
  virtual void row(const Header& header, const csv::Row& row) = 0;
};

/// Reads a file in memory. The first row that is not empty is the header. All cells passed on are
/// valid UTF-8. Errors: see imports.hpp, `cancelled` first; limit_exceeded if there are more than
/// `max_rows` rows that are not empty.
[[nodiscard]] Result<Table> read_table(std::string_view file,
                                       const std::vector<KnownColumn>& columns,
                                       std::uint64_t max_rows,
                                       const std::shared_ptr<Progress>& progress,
                                       TableHandler& handler);

/// A fault in the form of a row: text after a closing quote, with the number of its cell (C71); or
/// more or fewer cells than the header, with 0.
struct RowFault {
  std::uint32_t column = 0;
};
[[nodiscard]] std::optional<RowFault> fault_of(const Header& header, const csv::Row& row);

/// Returns the position in the file of `part` of a cell's text, unless quotes were removed before
/// it.
[[nodiscard]] std::uint64_t place_of(const csv::Cell& cell, std::string_view part);

}  // namespace seatbook::imports

#endif  // SEATBOOK_IMPORTS_TABLE_HPP_

/// Files with a header line: encoding, delimiter, columns by name, then row after row (C30, C31,
/// C34, C66, C67, C71 to C73). What the columns mean is for the caller to decide.
#ifndef SEATBOOK_CSV_TABLE_HPP_
#define SEATBOOK_CSV_TABLE_HPP_

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

namespace seatbook::csv {

/// A column that the caller knows, under any of its names.
struct KnownColumn {
  std::vector<std::string> names;
  bool required = false;
  /// Other columns, any of which will do in its place where it is required.
  std::vector<std::size_t> or_else = {};
  /// What an error calls it where it has no name left; otherwise the first of its names.
  std::string title = {};
};

/// What a header has said.
struct Header {
  /// For each known column, in the caller's order: which cell of a row it is, if the file has it.
  std::vector<std::optional<std::size_t>> places;
  std::vector<std::string> names;    ///< every cell of the header, trimmed
  std::vector<std::string> unknown;  ///< those of them that no known column has

  /// The cell of a known column; null if the file has no such column, or the row is too short.
  [[nodiscard]] const Cell* cell(const Row& row, std::size_t column) const;
  /// The number of its cell as reports count them, from 1; 0 where the file has none.
  [[nodiscard]] std::uint32_t number(std::size_t column) const;
};

/// What there is below the header.
struct Table {
  Header header;
  std::uint64_t empty_rows = 0;  ///< rows without any text, blank lines included (C72)
};

/// Called for each row below the header that is not empty.
class TableHandler {
 public:
  virtual ~TableHandler() = default;
  virtual void row(const Header& header, const Row& row) = 0;
};

/// Reads a file that is in memory. The first row that is not empty is the header. Every cell handed
/// out is valid UTF-8. Errors as imports.hpp lists them, `cancelled` first; limit_exceeded if there
/// are more than `max_rows` rows that are not empty.
[[nodiscard]] Result<Table> read_table(std::string_view file,
                                       const std::vector<KnownColumn>& columns,
                                       std::uint64_t max_rows,
                                       const std::shared_ptr<Progress>& progress,
                                       TableHandler& handler);

/// What is wrong with a row by its form: text after a closing quote, with the number of its cell
/// (C71); or not as many cells as the header, with 0.
struct RowFault {
  std::uint32_t column = 0;
};
[[nodiscard]] std::optional<RowFault> fault_of(const Header& header, const Row& row);

/// Where in the file `part` of a cell's text starts, unless quotes were taken out before it.
[[nodiscard]] std::uint64_t place_of(const Cell& cell, std::string_view part);

}  // namespace seatbook::csv

#endif  // SEATBOOK_CSV_TABLE_HPP_

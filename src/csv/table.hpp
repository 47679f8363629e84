/// Files with a header line: encoding, delimiter, columns by name, then row after row (C30, C31,
/// C34). What the columns mean is for the caller to decide.
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

  /// The cell of a known column; empty where the file has no such column, or the row is too short.
  [[nodiscard]] std::string_view cell(const Row& row, std::size_t column) const;
  /// The number of its cell as reports count them, from 1; 0 where the file has none.
  [[nodiscard]] std::uint32_t number(std::size_t column) const;
  /// Whether the row has as many cells as the header.
  [[nodiscard]] bool fits(const Row& row) const { return row.cells.size() == names.size(); }
};

/// Called for each row below the header.
class TableHandler {
 public:
  virtual ~TableHandler() = default;
  virtual void row(const Header& header, const Row& row) = 0;
};

/// The error of a file that is larger than an import may be: file_too_large (C31).
[[nodiscard]] std::optional<Error> oversized(std::string_view file);

/// Reads a file that is in memory. Every cell handed out is valid UTF-8. Errors as imports.hpp
/// lists them, `cancelled` first.
[[nodiscard]] Result<Header> read_table(std::string_view file,
                                        const std::vector<KnownColumn>& columns,
                                        const std::shared_ptr<Progress>& progress,
                                        TableHandler& handler);

}  // namespace seatbook::csv

#endif  // SEATBOOK_CSV_TABLE_HPP_

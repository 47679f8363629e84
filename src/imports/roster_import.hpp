/// The roster import: which rows of a file assign a seat (B20 to B23, C25 to C29, C37).
#ifndef SEATBOOK_IMPORTS_ROSTER_IMPORT_HPP_
#define SEATBOOK_IMPORTS_ROSTER_IMPORT_HPP_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "imports/file_rows.hpp"
#include "rules/transaction.hpp"
#include "seatbook/imports.hpp"

namespace seatbook::imports {

/// The columns of a roster, from 1; 0 if the file does not have the column.
struct RosterColumns {
  std::uint32_t email = 0;
  std::uint32_t access_level = 0;
  std::uint32_t cost = 0;
  std::uint32_t held_since = 0;
};

/// The stored texts of a row: its cells as in the file, and the case-folded email if the row is
/// valid by itself.
enum class RosterField : std::uint8_t {
  email,
  access_level,
  cost,
  date_removed,
  held_since,
  email_key
};

/// A parsed file, not compared with the book yet.
struct RosterFile {
  explicit RosterFile(std::string_view file) : rows(file) {}
  [[nodiscard]] std::string_view text(std::size_t row, RosterField field) const {
    return rows.text(row, static_cast<std::size_t>(field));
  }

  std::vector<std::string> columns;
  std::vector<std::string> ignored_columns;
  RosterColumns places;
  FileRows rows;
  std::uint64_t empty_rows = 0;
};

/// The cells of one row.
struct RosterCells {
  std::string_view email;
  std::string_view access_level;
  std::string_view cost;
  std::string_view date_removed;
  std::string_view held_since;
};

/// An error of the row itself (C29, C33, C62).
struct RosterFault {
  Code code = Code::ok;
  std::uint32_t column = 0;
};
[[nodiscard]] RosterFault fault_of(const RosterColumns& places, const RosterCells& cells,
                                   std::int32_t utc_offset_minutes);
/// Returns whether the row has a removal date; the rest of the row is then ignored (C37).
[[nodiscard]] bool is_removed(std::string_view date_removed);

Result<void> malformed(const ImportRoster& command);
Result<RosterReport> import_roster(rules::Transaction& transaction, const ImportRoster& command,
                                   const RosterFile& file);

}  // namespace seatbook::imports

#endif  // SEATBOOK_IMPORTS_ROSTER_IMPORT_HPP_

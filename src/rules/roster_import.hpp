/// The roster import: which rows of a file give whom a seat (B20 to B23, C25 to C29, C37).
#ifndef SEATBOOK_RULES_ROSTER_IMPORT_HPP_
#define SEATBOOK_RULES_ROSTER_IMPORT_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/draft.hpp"
#include "seatbook/imports.hpp"
#include "text/text_store.hpp"

namespace seatbook::rules {

/// Which cells of a row are which, counted from 1; 0 where the file has no such column.
struct RosterColumns {
  std::uint32_t email = 0;
  std::uint32_t access_level = 0;
  std::uint32_t cost = 0;
};

/// A row as the file has it. Its texts are kept by the RosterFile.
struct RosterLine {
  std::uint64_t line = 0;
  bool complete = true;  ///< as many cells as the header has
  std::string_view email;
  std::string_view access_level;
  std::string_view cost;
  std::string_view date_removed;
  // What judge() has made of them.
  Code code = Code::ok;
  std::uint32_t column = 0;
  std::string_view email_key;
  std::optional<Money> cost_override;
};

/// A file, read; nothing of it was held against the book.
struct RosterFile {
  std::vector<std::string> columns;
  std::vector<std::string> ignored_columns;
  RosterColumns places;
  std::vector<RosterLine> lines;
  text::TextStore texts;
};

/// The checks of a row that need no book: code and column where it is invalid, else what the
/// decision works with (C29, C33). `line` belongs to `file`.
void judge(RosterFile& file, RosterLine& line);

[[nodiscard]] std::optional<Error> malformed(const ImportRoster& command);
Result<RosterReport> import_roster(Draft& draft, const ImportRoster& command,
                                   const RosterFile& file);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_ROSTER_IMPORT_HPP_

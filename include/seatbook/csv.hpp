/// CSV files out of a book, and what files in and out have in common. Files in: imports.hpp.
#ifndef SEATBOOK_CSV_HPP_
#define SEATBOOK_CSV_HPP_

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "seatbook/queries.hpp"
#include "seatbook/types.hpp"

namespace seatbook {

/// How texts stand in the cells of a file (C38). Both come back unchanged when the file is read
/// with the profile it was written with.
enum class CsvProfile : std::uint8_t {
  /// For people: a text that a spreadsheet would take for a formula gets a `'` in front, and loses
  /// it when it is read. That is one that begins with = + - @, a tab, CR, LF, ' or the full-width
  /// form of one of the first four. Dates are `YYYY-MM-DD`.
  spreadsheet = 0,
  /// For programs: texts stand as they are. Instants are RFC 3339 in UTC.
  exact = 1,
};

[[nodiscard]] std::string_view to_string(CsvProfile profile) noexcept;
[[nodiscard]] std::optional<CsvProfile> csv_profile_from_string(std::string_view name) noexcept;

/// The file that people fill in to import a roster: its header line (B17).
inline constexpr std::string_view roster_template = "Email,Role,CostPerSeatOverride\r\n";

/// Takes the next bytes of a file, some 64 KiB at a time. Answers whether to go on. Called on the
/// thread that made the call, under no lock: it may use the book. What it throws passes through.
using CsvSink = std::function<bool(std::string_view bytes)>;

/// How every exported file is written.
struct CsvFormat {
  CsvProfile profile = CsvProfile::spreadsheet;
  /// Which day an instant falls on, in the profile `spreadsheet`: minutes east of UTC, -1440 to
  /// 1440. `exact` is in UTC always.
  std::int32_t utc_offset_minutes = 0;
  /// Starts the file with the UTF-8 byte order mark, by which some spreadsheets know the encoding.
  bool byte_order_mark = false;
};

}  // namespace seatbook

#endif  // SEATBOOK_CSV_HPP_

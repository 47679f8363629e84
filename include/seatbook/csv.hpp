/// CSV files out of a book, and what files in and out have in common. Files in: imports.hpp.
#ifndef SEATBOOK_CSV_HPP_
#define SEATBOOK_CSV_HPP_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "seatbook/lists.hpp"
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
/// thread that made the call, under no lock: it may use the book. What it throws passes through,
/// but for std::bad_alloc, which becomes `out_of_memory`.
using CsvSink = std::function<bool(std::string_view bytes)>;

/// A sink that appends to a text, which must outlive the call.
[[nodiscard]] inline CsvSink append_to(std::string& text) {
  return [&text](std::string_view bytes) {
    text += bytes;
    return true;
  };
}

/// How every exported file is written.
struct CsvFormat {
  CsvProfile profile = CsvProfile::spreadsheet;
  /// Which day an instant falls on, in the profile `spreadsheet`: minutes east of UTC, -1440 to
  /// 1440; never a day before 1970 or after 2200. `exact` is always in UTC.
  std::int32_t utc_offset_minutes = 0;
  /// Starts the file with the UTF-8 byte order mark, by which some spreadsheets know the encoding.
  bool byte_order_mark = false;
};

/// The seat list as a file: all rows of the list, in its order, with the columns `User name,Email,
/// Access level,Account,Assigned,Last used`; where the list is not of one license, `License` comes
/// first (A28, C35).
struct ExportSeatList {
  SeatListQuery list = {};  ///< `after` and `limit` do not matter: paging never limits a file
  CsvFormat format = {};
};

/// Everybody who holds or held a seat of a license, `Name,Email,Role,Date Added,Date Removed`, by
/// the date added, then by assignment (B33, C35). Imported again unedited it changes nothing (C37).
struct ExportRoster {
  LicenseId license = {};
  bool include_cost = false;  ///< appends `Cost Per Seat Override` (C36)
  CsvFormat format = {};
};

/// The audit trail: the rows that Session::history answers to the query, with the columns `Seq,At,
/// Actor,Kind,License ID,License,Person ID,Person,Assignment ID,Counterpart ID,Total Before,Total
/// After,Policy Before,Policy After,Owner ID Before,Owner ID After,Backup Owner ID Before,Backup
/// Owner ID After,Name Before,Name After,Email Before,Email After,Reason`. Instants are RFC 3339 in
/// UTC in both profiles: an audit needs the order of what happened on one day.
struct ExportHistory {
  HistoryQuery history = {};  ///< `limit` does not matter
  CsvFormat format = {};
};

/// What an export has written.
struct ExportReport {
  std::uint64_t rows = 0;  ///< without the header
  std::uint64_t bytes = 0;
  Version version = {};  ///< which rows: those that the book held then, in the order of then
};

}  // namespace seatbook

#endif  // SEATBOOK_CSV_HPP_

/// CSV exports of a book, and definitions that exports and imports share. Imports: imports.hpp.
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

/// How texts are written in the cells of a file (C38). Reading a file with the profile it was
/// written with restores every text.
enum class CsvProfile : std::uint8_t {
  /// For people. A text that a spreadsheet would treat as a formula is written with a leading `'`,
  /// which is removed when the file is read: a text that begins with = + - @, a tab, CR, LF, ' or
  /// the full-width form of one of the first four. Dates are `YYYY-MM-DD`.
  spreadsheet = 0,
  /// For programs. Texts are written unchanged. Instants are RFC 3339 in UTC.
  exact = 1,
};

[[nodiscard]] std::string_view to_string(CsvProfile profile) noexcept;
[[nodiscard]] std::optional<CsvProfile> csv_profile_from_string(std::string_view name) noexcept;

/// The header line of a roster file, as a template to fill in (B17).
inline constexpr std::string_view roster_template = "Email,Role,CostPerSeatOverride\r\n";

/// Receives the next bytes of a file, about 64 KiB at a time. Returns whether to continue. It is
/// called on the thread of the export, without a lock, and can use the book. Exceptions pass
/// through, except std::bad_alloc, which becomes `out_of_memory`.
using CsvSink = std::function<bool(std::string_view bytes)>;

/// Returns a sink that appends to `text`, which must outlive the export.
[[nodiscard]] inline CsvSink append_to(std::string& text) {
  return [&text](std::string_view bytes) {
    text += bytes;
    return true;
  };
}

/// The format of an exported file.
struct CsvFormat {
  CsvProfile profile = CsvProfile::spreadsheet;  ///< the form of texts and times in cells
  /// For the dates of the profile `spreadsheet`: minutes east of UTC, -1440 to 1440. A date is
  /// never before 1970 or after 2200. `exact` always uses UTC.
  std::int32_t utc_offset_minutes = 0;
  /// Starts the file with the UTF-8 byte order mark, by which some spreadsheets detect the
  /// encoding.
  bool byte_order_mark = false;
};

/// Exports the seat list: all rows of the list, in its order, with the columns `User
/// name,Email,Access level,Account,Assigned,Last used`. If the list is not of one license, the
/// first column is `License` (A28, C35).
struct ExportSeatList {
  SeatListQuery list = {};  ///< `after` and `limit` are ignored: a file has all rows
  CsvFormat format = {};
};

/// Exports everyone who holds or held a seat of a license, `Name,Email,Role,Date Added,Date
/// Removed`, ordered by the date added, then by assignment (B33, C35). Importing the unedited file
/// changes nothing (C37).
struct ExportRoster {
  LicenseId license = {};
  bool include_cost = false;  ///< appends `Cost Per Seat Override` (C36)
  CsvFormat format = {};
};

/// Exports the audit trail: the rows that Session::history returns for the query, with the columns
/// `Seq,At,Actor,Kind,License ID,License,Person ID,Person,Assignment ID,Counterpart ID,Total
/// Before,Total After,Policy Before,Policy After,Owner ID Before,Owner ID After,Backup Owner ID
/// Before,Backup Owner ID After,Name Before,Name After,Email Before,Email After,Reason,Changes`.
/// Instants are RFC 3339 in UTC in both profiles, to show the order of changes within a day.
/// `Changes` is the list of changed fields, `field: old -> new`, separated by "; " (C59).
struct ExportHistory {
  HistoryQuery history = {};  ///< `limit` is ignored
  CsvFormat format = {};
};

/// The result of an export.
struct ExportReport {
  std::uint64_t rows = 0;   ///< the number of rows, without the header
  std::uint64_t bytes = 0;  ///< the size of the file
  Version version = {};     ///< the version of the set and order of rows
};

}  // namespace seatbook

#endif  // SEATBOOK_CSV_HPP_

/// Imports of CSV files: the roster of one license (B17, B18, B20, C25, C37).
///
/// An import parses the whole file before it reads records of the book, and commits at most one
/// batch. The report lists every row that was not added.
///
/// Format of a file:
/// - UTF-8, with or without a byte order mark.
/// - Cells are separated by commas. If no comma splits the header line, it is split at `;` and at
///   tab: the one that yields more known columns separates the cells of the file, `;` on a tie
///   (C34, C73). If neither yields a known column, cells are separated by commas.
/// - The header line follows the same dialect as every other line (C67). Column names can be in any
///   order; they are compared without case and surrounding whitespace (C30).
/// - A cell that starts with a quote ends with one; quotes within it are doubled. Spaces and tabs
///   between the closing quote and the delimiter are dropped. Other text there makes the row
///   invalid: `malformed_csv`, with its line and column (C71).
/// - A row whose cells are all empty or blank is skipped, as is a blank line. Below the header they
///   are counted as `empty_rows`, and not in `rows` (C72).
/// - A roster has at most 350,000 rows. So does a file of people or licenses, unless its
///   `max_bytes` is above the default: then it has at most 1,000,000 (C66). Empty rows do not
///   count.
///
/// Memory: a call needs at most 64 times the size of the file, in addition to the records that it
/// adds and the report of a roster, which takes about 220 bytes for each listed row (C66).
///
/// Errors of the whole file, with `field` `csv`. Step 1 of the order of checks: file_too_large (a
/// roster over 5,242,880 bytes, people or licenses over their `max_bytes`; C31). After permission
/// (C66): invalid_file_encoding (UTF-16, not UTF-8, a NUL byte); then, whichever comes first in the
/// file, malformed_csv (a quote that is never closed: the position of the opening quote; text after
/// a closing quote in the header; a cell over 1 MiB, a row over 16 MiB or 10,000 cells) or
/// limit_exceeded (the first row over the limit); then header_missing, column_missing,
/// duplicate_column (`field`: the column's name). `values` is {line, byte} if there is a position
/// to report.
#ifndef SEATBOOK_IMPORTS_HPP_
#define SEATBOOK_IMPORTS_HPP_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "seatbook/csv.hpp"
#include "seatbook/types.hpp"

namespace seatbook {

/// A larger file is refused before it is read (B19, C31): 5 * 1024 * 1024.
inline constexpr std::size_t max_import_bytes = 5'242'880;  ///< bytes
/// The largest `max_bytes` of ImportPeople and ImportLicenses (C66): 64 * 1024 * 1024.
inline constexpr std::size_t max_large_import_bytes = 67'108'864;  ///< bytes
/// The maximum number of rows in a file (C66).
inline constexpr std::uint64_t max_import_rows = 350'000;  ///< rows
/// The same, if `max_bytes` is above max_import_bytes.
inline constexpr std::uint64_t max_large_import_rows = 1'000'000;  ///< rows

/// The progress of an import, and a way to cancel it. Safe to use from any thread during the call.
/// One object serves one call.
class Progress {
 public:
  /// Returns how many rows of the file were processed. Restarts at 0 if the call has to process
  /// them again because another process committed first.
  [[nodiscard]] std::uint64_t rows_done() const noexcept { return rows_done_.load(); }
  /// Returns the number of rows below the header; it grows while the file is read.
  [[nodiscard]] std::uint64_t rows_total() const noexcept { return rows_total_.load(); }

  /// Cancels the call: it fails with `cancelled` and has changed nothing, unless it has already
  /// begun to write its batch. Checked every 256 rows, and once before and after all of them.
  void cancel() noexcept { cancelled_.store(true); }
  [[nodiscard]] bool cancelled() const noexcept { return cancelled_.load(); }

  /// For internal use.
  void set_total(std::uint64_t rows) noexcept { rows_total_.store(rows); }
  void set_done(std::uint64_t rows) noexcept { rows_done_.store(rows); }

 private:
  std::atomic<std::uint64_t> rows_done_ = 0;
  std::atomic<std::uint64_t> rows_total_ = 0;
  std::atomic<bool> cancelled_ = false;
};

// --------------------------------------------------------------------------------------- roster

/// Assigns seats of one license to the people that a file lists by email; adds no people to the
/// book (B22, B23). Columns: `Email` (required), `Role` (the access level; C2),
/// `CostPerSeatOverride`, also spelled `Cost Per Seat Override`, and `HeldSince` (since when the
/// person has held the seat; C62). A cell of `HeldSince` is an instant (RFC 3339) or a day
/// (`YYYY-MM-DD`), which starts at 00:00 at the offset `utc_offset_minutes`. Columns of an export:
/// `Date Removed` (a row with a value is skipped), `Name` and `Date Added` (ignored; C37). Other
/// columns are ignored and listed in the report. An empty cell has no value (C32).
///
/// Each row is checked separately, in this order (C27): its form, whether a person has the email,
/// whether they already hold a seat, whether they are archived, whether the license has room. Rows
/// are processed in the order of the file until the license is full (C26). A person who occurs
/// twice in the file gets one seat, by the first row that can be added (C25). A seat that is
/// already held is left unchanged (C28).
///
/// With `all_or_nothing` a single row that is not_found, invalid or no_seats fails the call with
/// `bulk_refused`: nothing changes, and Error::outcomes has an outcome for each such row, whose
/// `item` is its line. With `dry_run` nothing changes, and the report describes what would have
/// happened.
///
/// Needs `assign`. Cost: O(bytes) before the writer lock is taken; O(rows) under it.
/// Errors: invalid_argument (profile, utc_offset_minutes), file_too_large, cancelled (also later,
/// while the call runs), invalid_file_encoding, malformed_csv, limit_exceeded, header_missing,
/// column_missing, duplicate_column, license_not_found, license_archived, bulk_refused.
struct ImportRoster {
  LicenseId license = {};
  std::string_view csv = {};  ///< the whole file; must not change during the call
  CsvProfile profile = CsvProfile::spreadsheet;
  bool all_or_nothing = false;
  bool dry_run = false;
  std::shared_ptr<Progress> progress = {};  ///< optional
  std::optional<RequestId> request_id = {};
  /// For days in the column `HeldSince`: minutes east of UTC, -1440 to 1440 (C62).
  std::int32_t utc_offset_minutes = 0;
};

/// The result of one row of a roster (B20, C26, C37).
enum class RosterOutcome : std::uint8_t {
  added = 0,
  already_linked = 1,  ///< the person holds a seat, or an earlier row added one
  not_found = 2,       ///< no person has the email
  invalid = 3,
  no_seats = 4,
  removed = 5,  ///< the row has a `Date Removed`
};

[[nodiscard]] std::string_view to_string(RosterOutcome outcome) noexcept;

/// A row that was not added.
struct RosterFileRow {
  std::uint64_t line = 0;  ///< the line on which the row starts, from 1 (the header)
  RosterOutcome outcome = RosterOutcome::invalid;  ///< why the row was not added
  /// The reason (C29): already_assigned, person_not_found, no_seats_remaining; ok if removed; if
  /// invalid: malformed_csv (with a `column`: text after a closing quote; without: more or fewer
  /// cells than the header), required (no email; or a cost although the license has no currency),
  /// text_too_long, invalid_email, invalid_money, money_out_of_range, invalid_date,
  /// date_out_of_range (HeldSince: not 1970 to 2200, or in the future), person_archived.
  Code code = Code::ok;
  /// The column of the faulty cell, from 1; none if the reason concerns the whole row.
  std::optional<std::uint32_t> column = {};
  /// already_linked: whether the row has another role, cost or HeldSince than the assignment (C28,
  /// C37, C62). An empty cell does not differ.
  bool differs = false;
  /// already_linked: the line of the earlier row about the same person, if any (C25).
  std::optional<std::uint32_t> first_line = {};
  /// already_linked: the seat that is held; none if a dry run would have created it.
  std::optional<AssignmentId> assignment = {};
  // The cells as in the file, untrimmed; with the profile `spreadsheet`, without the guard.
  std::string email = {};         ///< the cell of the column `Email`
  std::string access_level = {};  ///< the cell of the column `Role`
  std::string cost = {};          ///< the cell of the column `CostPerSeatOverride`
  std::string date_removed = {};  ///< the cell of the column `Date Removed`
  std::string held_since = {};    ///< the cell of the column `HeldSince`

  /// Returns the reason as text: "not a plain decimal such as 12.58".
  [[nodiscard]] std::string_view reason() const noexcept;
};

/// The result of a roster import. The six counters add up to `rows`.
struct RosterReport {
  std::uint64_t rows = 0;            ///< the number of rows below the header, without empty ones
  std::uint64_t added = 0;           ///< rows that assigned a seat
  std::uint64_t already_linked = 0;  ///< rows of people who hold a seat
  std::uint64_t not_found = 0;       ///< rows whose email no person has
  std::uint64_t invalid = 0;         ///< rows with an invalid value
  std::uint64_t no_seats = 0;        ///< rows for which the license had no seat left
  std::uint64_t removed_rows = 0;    ///< rows with a `Date Removed`
  /// Every row that was not added, in the order of the file.
  std::vector<RosterFileRow> not_added = {};
  std::vector<std::string> columns = {};          ///< the header, trimmed
  std::vector<std::string> ignored_columns = {};  ///< the unknown ones (C30)
  bool dry_run = false;                           ///< whether nothing was changed, as requested
  Version version = {};
  std::uint64_t empty_rows = 0;  ///< skipped: all cells empty or blank, or a blank line (C72)

  /// Returns the emails that no person has, as written, in the order of the file (B21).
  [[nodiscard]] std::vector<std::string> unmatched_emails() const;
  /// Returns the header of the row's `column`; empty if that is none.
  [[nodiscard]] std::string_view column_name(const RosterFileRow& row) const noexcept;
};

/// Returns the rows that were not added as a CSV file: the reason, then the row itself under the
/// columns that an import reads. The last column, `HeldSince`, is written only if a row has a value
/// there. After the rows are fixed, the file can be imported again; the other columns are then
/// ignored. Texts are written with the profile of `format`, and must be read with the same one
/// (C38).
[[nodiscard]] std::string to_csv(const RosterReport& report, const CsvFormat& format = {});

}  // namespace seatbook

#endif  // SEATBOOK_IMPORTS_HPP_

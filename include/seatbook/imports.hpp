/// CSV files into a book: the roster of one license (B17 to B23, C25 to C34, C37).
///
/// A file is read before any record of the book is looked at, decided on as one batch, and reported
/// row by row. The report lists every row that was not added.
///
/// Form of a file:
/// - UTF-8, with or without a byte order mark.
/// - Cells are separated by commas. If no comma splits the header line, it is split at `;` and at
///   tab: the one that yields more known columns separates the cells of the file, `;` on a tie
///   (C34, C73). If neither yields one, the comma does.
/// - The header line follows the same dialect as every other line (C67). Column names are compared
///   without regard to case and to white space around them, in any order (C30).
/// - A cell that starts with a quote ends with one; quotes within it are doubled. Spaces and tabs
///   between the closing quote and the delimiter are dropped. Other text there makes the row
///   invalid: `malformed_csv`, with its line and column (C71).
/// - A row whose cells are all empty or blank is skipped, as is a blank line. Below the header they
///   are counted as `empty_rows`, and not in `rows` (C72).
/// - A roster has at most 350,000 rows. A file of people or licenses too, unless its `max_bytes` is
///   above the default: then it has at most 1,000,000 (C66). Empty rows do not count.
///
/// Memory: a call needs at most 64 times the file, in addition to the records that it adds and to
/// the report of a roster, which takes about 170 bytes for each row that it lists (C66).
///
/// Errors of the whole file, with `field` `csv`. Step 1 of the order of checks: file_too_large (a
/// roster over 5,242,880 bytes, people or licenses over their `max_bytes`; C31). After
/// permission (C66): invalid_file_encoding (UTF-16, not UTF-8, a NUL byte); then, whichever comes
/// first in the file, malformed_csv (a quote that is never closed: the place where it opens; text
/// after a closing quote in the header; a cell over 1 MiB, a row over 16 MiB or 10,000 cells) or
/// limit_exceeded (the first row too many); then header_missing, column_missing, duplicate_column
/// (`field`: the column's name). `values` is {line, byte} if there is a place to name.
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

/// A file of more bytes is refused before anything of it is read (C31): 5 * 1024 * 1024.
inline constexpr std::size_t max_import_bytes = 5'242'880;
/// The most that ImportPeople and ImportLicenses accept as `max_bytes` (C66): 64 * 1024 * 1024.
inline constexpr std::size_t max_large_import_bytes = 67'108'864;
/// A file has at most this many rows (C66) ...
inline constexpr std::uint64_t max_import_rows = 350'000;
/// ... or this many, if its `max_bytes` is above max_import_bytes.
inline constexpr std::uint64_t max_large_import_rows = 1'000'000;

/// How far an import has come, and the way to end it, from any thread while the call runs. One
/// object serves one call.
class Progress {
 public:
  /// Rows of the file that were decided on. It starts anew where the call has to decide again
  /// because another process was first.
  [[nodiscard]] std::uint64_t rows_done() const noexcept { return rows_done_.load(); }
  /// Rows of the file below its header; it grows while the file is read.
  [[nodiscard]] std::uint64_t rows_total() const noexcept { return rows_total_.load(); }

  /// Ends the call: it answers `cancelled` and has changed nothing, unless it has already begun to
  /// write its batch. Looked at every 256 rows, and once before and after them all.
  void cancel() noexcept { cancelled_.store(true); }
  [[nodiscard]] bool cancelled() const noexcept { return cancelled_.load(); }

  /// For the library.
  void set_total(std::uint64_t rows) noexcept { rows_total_.store(rows); }
  void set_done(std::uint64_t rows) noexcept { rows_done_.store(rows); }

 private:
  std::atomic<std::uint64_t> rows_done_ = 0;
  std::atomic<std::uint64_t> rows_total_ = 0;
  std::atomic<bool> cancelled_ = false;
};

// --------------------------------------------------------------------------------------- roster

/// Gives seats on one license to the people whom a file names by email; adds nobody to the book
/// (B22, B23). Columns: `Email`, which must be there, `Role` (the access level; C2) and
/// `CostPerSeatOverride`, also spelled `Cost Per Seat Override`; of an export further
/// `Date Removed` (a row that has one is passed over), `Name` and `Date Added` (known, not used;
/// C37). Others are ignored and named in the report. An empty cell is no value (C32).
///
/// Each row is decided on its own, in this order (C27): its form, whether anybody has that email,
/// whether they hold a seat already, whether they are archived, whether there is room. Rows are
/// taken in the order of the file until the license is full (C26). A person who stands in the file
/// twice gets one seat, by the first row that can have it (C25). A seat that is held already is
/// left as it is (C28).
///
/// With `all_or_nothing` a single row that is not_found, invalid or no_seats refuses the whole:
/// `bulk_refused`, nothing changed, with one of Error::outcomes for each such row, whose `item` is
/// its line. With `dry_run` nothing changes and the report is what would have been.
///
/// Needs `assign`. Cost: O(bytes), before the writer's lock is taken; O(rows) under it.
/// Errors: invalid_argument (profile), file_too_large, cancelled (also later, while the call runs),
/// invalid_file_encoding, malformed_csv, limit_exceeded, header_missing, column_missing,
/// duplicate_column, license_not_found, license_archived, bulk_refused.
struct ImportRoster {
  LicenseId license = {};
  std::string_view csv = {};  ///< the whole file; must stay as it is while the call runs
  CsvProfile profile = CsvProfile::spreadsheet;
  bool all_or_nothing = false;
  bool dry_run = false;
  std::shared_ptr<Progress> progress = {};  ///< may be none
  std::optional<RequestId> request_id = {};
};

/// What became of one row of a roster (B20, C26, C37).
enum class RosterOutcome : std::uint8_t {
  added = 0,
  already_linked = 1,  ///< the person holds a seat, or gets one by an earlier row
  not_found = 2,       ///< nobody has that email
  invalid = 3,
  no_seats = 4,
  removed = 5,  ///< the row has a `Date Removed`
};

[[nodiscard]] std::string_view to_string(RosterOutcome outcome) noexcept;

/// A row that gave nobody a seat.
struct RosterFileRow {
  std::uint64_t line = 0;  ///< on which the row starts, from 1; the header's counts
  RosterOutcome outcome = RosterOutcome::invalid;
  /// Why: already_assigned, person_not_found, no_seats_remaining; ok where it was removed; where it
  /// is invalid: malformed_csv (text after a closing quote in `column`; or, with 0 there, more or
  /// fewer cells than the header), required (no email; or a cost
  /// where the license has no currency), text_too_long, invalid_email, invalid_money,
  /// money_out_of_range, person_archived.
  Code code = Code::ok;
  /// The cell to blame, counted from 1; 0 where it is the whole row.
  std::uint32_t column = 0;
  /// Already linked, and the row gives another role or cost than the assignment has (C28, C37). An
  /// empty cell gives none.
  bool differs = false;
  /// Already linked: the line of the earlier row about the same person, or 0 (C25).
  std::uint64_t first_line = 0;
  /// Already linked: the seat held. 0 where a dry run would have made it.
  AssignmentId assignment = {};
  // The cells as the file has them, nothing trimmed; of the profile `spreadsheet` without the
  // guard.
  std::string email = {};
  std::string access_level = {};
  std::string cost = {};
  std::string date_removed = {};

  /// `code` for people: "not a plain decimal such as 12.58".
  [[nodiscard]] std::string_view reason() const noexcept;
};

/// What an import of a roster did. The six counters add up to `rows`.
struct RosterReport {
  std::uint64_t rows = 0;  ///< below the header, empty rows not counted
  std::uint64_t added = 0;
  std::uint64_t already_linked = 0;
  std::uint64_t not_found = 0;
  std::uint64_t invalid = 0;
  std::uint64_t no_seats = 0;
  std::uint64_t removed_rows = 0;
  /// Every row that was not added, in the order of the file.
  std::vector<RosterFileRow> not_added = {};
  std::vector<std::string> columns = {};          ///< the header, trimmed
  std::vector<std::string> ignored_columns = {};  ///< those of it that are unknown (C30)
  bool dry_run = false;
  Version version = {};
  std::uint64_t empty_rows = 0;  ///< skipped: all cells empty or blank, or a blank line (C72)

  /// The emails that nobody has, each as written, in the order of the file (B21).
  [[nodiscard]] std::vector<std::string> unmatched_emails() const;
  /// The name of a row's `column` by the header; empty for none.
  [[nodiscard]] std::string_view column_name(const RosterFileRow& row) const noexcept;
};

/// The rows that were not added as a file: why, then the row itself under the columns that an
/// import reads. Once mended it can be imported again; its other columns are ignored then. Guarded
/// by the format's profile, with which it must be read (C38).
[[nodiscard]] std::string to_csv(const RosterReport& report, const CsvFormat& format = {});

}  // namespace seatbook

#endif  // SEATBOOK_IMPORTS_HPP_

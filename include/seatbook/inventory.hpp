/// Imports of CSV files of people and licenses, to start a book from another product's inventory.
///
/// Files are read as imports.hpp describes, and refused as a whole for the same reasons. A command
/// maps columns in `columns`, by the header as written in the file. An empty member means the
/// default column name in the comment of the member, if the file has that column (`host_key` and
/// `Host Key` are the same name). A mapped column that the file does not have is `column_missing`.
/// Whitespace around a cell is trimmed; an empty cell has no value.
///
/// Existing records are left unchanged, so a file can be imported again after its faulty rows were
/// fixed.
#ifndef SEATBOOK_INVENTORY_HPP_
#define SEATBOOK_INVENTORY_HPP_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "seatbook/csv.hpp"
#include "seatbook/imports.hpp"
#include "seatbook/types.hpp"

namespace seatbook {

/// The date format of a file.
enum class DateOrder : std::uint8_t {
  iso = 0,             ///< 2026-09-30
  month_day_year = 1,  ///< 9/30/2026; also with `.` or `-`, and with leading zeros
  day_month_year = 2,  ///< 30/9/2026; likewise
};

[[nodiscard]] std::string_view to_string(DateOrder order) noexcept;
[[nodiscard]] std::optional<DateOrder> date_order_from_string(std::string_view name) noexcept;

/// The column names that an import of people reads, as written in the file. An empty member means
/// the default name given here, if the file has that column.
struct PeopleColumns {
  std::string name = {};        ///< `Name`
  std::string first_name = {};  ///< `First Name`: used if the name is empty
  std::string last_name = {};   ///< `Last Name`: appended to the first name after a space
  std::string email = {};       ///< `Email`
  std::string host_key = {};    ///< `Host Key`
  std::string active = {};      ///< `Active`: yes, no, true, false, 1 or 0; no value: yes
};

/// Adds the people of a file; those who are not active are added as archived. A person whose host
/// key or email is in the book, or in an earlier row, is already known and left unchanged. A row
/// with neither always adds a person. Needs `edit`.
///
/// With `all_or_nothing` one invalid row fails the call with `bulk_refused`, with an outcome for
/// each such row, whose `item` is its line.
/// Errors: invalid_argument (profile; columns: two members name the same column; max_bytes),
/// invalid_text, file_too_large, cancelled, invalid_file_encoding, malformed_csv, limit_exceeded,
/// header_missing, column_missing (`Name`, if there is neither a name nor a first or last name),
/// duplicate_column, bulk_refused.
struct ImportPeople {
  std::string_view csv = {};  ///< the whole file; must not change during the call
  PeopleColumns columns = {};
  CsvProfile profile = CsvProfile::spreadsheet;
  bool all_or_nothing = false;
  bool dry_run = false;
  std::shared_ptr<Progress> progress = {};  ///< optional
  std::optional<RequestId> request_id = {};
  /// The largest accepted file: 1 to 67,108,864 bytes. Above 5,242,880 it may have 1,000,000 rows
  /// instead of 350,000 (C66).
  std::uint32_t max_bytes = max_import_bytes;
};

/// The column names that an import of licenses reads; see PeopleColumns.
struct LicenseColumns {
  std::string name = {};            ///< `Name`; required
  std::string vendor = {};          ///< `Vendor`
  std::string product_group = {};   ///< `Product Group`
  std::string host_key = {};        ///< `Host Key`
  std::string total_seats = {};     ///< `Total Seats`: a number or "unlimited"; no value: 1
  std::string cost_per_seat = {};   ///< `Cost Per Seat`: a plain decimal
  std::string currency = {};        ///< `Currency`
  std::string billing_period = {};  ///< `Billing Period`: month, year or once; no value: month
  std::string renewal_date = {};    ///< `Renewal Date`
  std::string policy = {};          ///< `Policy`: enforce or allow_over; no value: enforce
  std::string owner_email = {};     ///< `Owner Email`: a person in the book
  /// `Holder Email`: a person in the book, who is assigned a seat of the license.
  std::string holder_email = {};
  /// `Held Since`: a day or an RFC 3339 instant, since when the holder has held the seat (C62)
  std::string held_since = {};
};

/// Adds the licenses of a file, and assigns a seat to the holder that a row names. A license whose
/// host key is in the book, or in an earlier row, is already known and left unchanged; its row
/// assigns no seat. A row without a host key always adds a license. Needs `create` and `assign`.
///
/// With `all_or_nothing` one row that is invalid or without_seat fails the call with
/// `bulk_refused`, with an outcome for each such row, whose `item` is its line.
/// Errors: invalid_argument (profile, date_order, utc_offset_minutes, max_bytes; columns: two
/// members name the same column), invalid_text, file_too_large, cancelled, invalid_file_encoding,
/// malformed_csv, limit_exceeded, header_missing, column_missing, duplicate_column,
/// person_not_found, person_archived, person_erased (default_owner), invalid_currency
/// (default_currency), bulk_refused.
struct ImportLicenses {
  std::string_view csv = {};  ///< the whole file; must not change during the call
  LicenseColumns columns = {};
  CsvProfile profile = CsvProfile::spreadsheet;
  DateOrder date_order = DateOrder::iso;  ///< the order of day and month in dates of the file
  /// Removed from the start or end of a cost, once: with "$", `$12.58` is a cost.
  std::string currency_sign = {};
  std::string default_currency = {};  ///< for rows with a cost but no currency
  /// For rows without an owner. None: the actor, if it is a person (C23).
  std::optional<PersonId> default_owner = {};
  bool all_or_nothing = false;
  bool dry_run = false;
  std::shared_ptr<Progress> progress = {};  ///< optional
  std::optional<RequestId> request_id = {};
  /// The largest accepted file: 1 to 67,108,864 bytes. Above 5,242,880 it may have 1,000,000 rows
  /// instead of 350,000 (C66).
  std::uint32_t max_bytes = max_import_bytes;
  /// For days in the column `held_since`: minutes east of UTC, -1440 to 1440 (C62).
  std::int32_t utc_offset_minutes = 0;
};

/// The result of one row of an inventory.
enum class InventoryOutcome : std::uint8_t {
  added = 0,
  already_known = 1,
  invalid = 2,
  without_seat = 3,  ///< the license was added, but its holder got no seat
};

[[nodiscard]] std::string_view to_string(InventoryOutcome outcome) noexcept;

/// A row that was not added completely.
struct InventoryRow {
  std::uint64_t line = 0;  ///< on which the row starts, from 1; the header's counts
  /// Why the row was not added completely.
  InventoryOutcome outcome = InventoryOutcome::invalid;
  /// The reason: email_taken or host_key_taken, if already known; person_not_found, person_archived
  /// or no_seats_remaining, if the holder got no seat; if invalid: malformed_csv (with a `column`:
  /// text after a closing quote; without: more or fewer cells than the header), invalid_argument
  /// (unknown choice), invalid_money, invalid_date, host_key_taken (the row's email belongs to
  /// another person), person_not_found and person_archived (the owner), and the errors of
  /// add_person and add_license for their fields.
  Code code = Code::ok;
  /// The column of the faulty cell, from 1; none if the reason concerns the whole row.
  std::optional<std::uint32_t> column = {};
  /// The line of the earlier row with the same record, if any.
  std::optional<std::uint32_t> first_line = {};
  /// The id of the person or license, if there is one; none if a dry run would have created it.
  std::optional<RecordId> record = {};
  std::string name = {};  ///< of the person or license, as in the row
};

/// The result of an import of people or licenses. The counters except seats_given add up to `rows`.
struct InventoryReport {
  std::uint64_t rows = 0;           ///< the number of rows below the header, without empty ones
  std::uint64_t added = 0;          ///< rows that added a record
  std::uint64_t already_known = 0;  ///< rows of records that are in the book
  std::uint64_t invalid = 0;        ///< rows with an invalid value
  /// Rows whose license was added, but whose holder got no seat.
  std::uint64_t without_seat = 0;
  std::uint64_t empty_rows = 0;   ///< skipped: all cells empty or blank, or a blank line (C72)
  std::uint64_t seats_given = 0;  ///< the number of seats assigned to holders
  /// Every row that was not added, in the order of the file.
  std::vector<InventoryRow> not_added = {};
  std::vector<std::string> columns = {};          ///< the header, trimmed
  std::vector<std::string> ignored_columns = {};  ///< the ones that are not read
  bool dry_run = false;                           ///< whether nothing was changed, as requested
  Version version = {};

  /// Returns the header of the row's `column`; empty if that is none.
  [[nodiscard]] std::string_view column_name(const InventoryRow& row) const noexcept;
};

}  // namespace seatbook

#endif  // SEATBOOK_INVENTORY_HPP_

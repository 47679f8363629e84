/// CSV files of people and of licenses, to start a book from an inventory that another product has
/// exported.
///
/// Files are read as imports.hpp describes, and refused as a whole for the same reasons. Which
/// column holds what a command says in `columns`, by the header as it stands in the file; a member
/// left empty means the column of the name told there, if the file has one (`host_key` and `Host
/// Key` are one name). A column that is named but not in the file is `column_missing`. White space
/// around a cell is not part of it; an empty cell is no value.
///
/// What is in the book already is left untouched, so a file can be imported again after its faulty
/// rows were mended.
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

/// How a file spells days.
enum class DateOrder : std::uint8_t {
  iso = 0,             ///< 2026-09-30
  month_day_year = 1,  ///< 9/30/2026; also with `.` or `-`, and with leading zeros
  day_month_year = 2,  ///< 30/9/2026; likewise
};

[[nodiscard]] std::string_view to_string(DateOrder order) noexcept;
[[nodiscard]] std::optional<DateOrder> date_order_from_string(std::string_view name) noexcept;

/// The headings of the columns that an import of people reads, as they are written in the file. An
/// empty member means the heading given at it, if the file has that.
struct PeopleColumns {
  std::string name = {};        ///< `Name`
  std::string first_name = {};  ///< `First Name`: where the name's cell is empty or there is none,
  std::string last_name = {};   ///< `Last Name`: first and last name, with a space between them
  std::string email = {};       ///< `Email`
  std::string host_key = {};    ///< `Host Key`
  std::string active = {};      ///< `Active`: yes, no, true, false, 1 or 0; no value: yes
};

/// Adds the people of a file, archived where they are not active. Somebody whose host key or email
/// is in the book, or in an earlier row, is known and left untouched; a row that has neither is
/// always somebody new. Needs `edit`.
///
/// With `all_or_nothing` one invalid row refuses the whole: `bulk_refused`, with an outcome for
/// each such row, whose `item` is its line. Errors: invalid_argument (profile; columns: two members
/// name the same one; max_bytes), invalid_text, file_too_large, cancelled, invalid_file_encoding,
/// malformed_csv, limit_exceeded, header_missing, column_missing (`Name`, if there is neither a
/// name nor a first or last name), duplicate_column, bulk_refused.
struct ImportPeople {
  std::string_view csv = {};  ///< the whole file; must stay as it is while the call runs
  PeopleColumns columns = {};
  CsvProfile profile = CsvProfile::spreadsheet;
  bool all_or_nothing = false;
  bool dry_run = false;
  std::shared_ptr<Progress> progress = {};  ///< may be none
  std::optional<RequestId> request_id = {};
  /// The largest file that is accepted: 1 to 67,108,864 bytes; above 5,242,880 it may have
  /// 1,000,000 rows instead of 350,000 (C66)
  std::uint32_t max_bytes = max_import_bytes;
};

/// The same for an import of licenses.
struct LicenseColumns {
  std::string name = {};            ///< `Name`, which must be there
  std::string vendor = {};          ///< `Vendor`
  std::string product_group = {};   ///< `Product Group`
  std::string host_key = {};        ///< `Host Key`
  std::string total_seats = {};     ///< `Total Seats`: a number or "unlimited"; no value: 1
  std::string cost_per_seat = {};   ///< `Cost Per Seat`: a plain decimal
  std::string currency = {};        ///< `Currency`
  std::string billing_period = {};  ///< `Billing Period`: month, year or once; no value: month
  std::string renewal_date = {};    ///< `Renewal Date`
  std::string policy = {};          ///< `Policy`: enforce or allow_over; no value: enforce
  std::string owner_email = {};     ///< `Owner Email`: somebody in the book
  std::string holder_email = {};    ///< `Holder Email`: likewise; gets a seat on the license
};

/// Adds the licenses of a file, and gives the holder that a row names a seat. A license whose host
/// key is in the book, or in an earlier row, is known and left untouched, and its row gives no
/// seat; a row without a host key is always a new license. Needs `create` and `assign`.
///
/// With `all_or_nothing` one row that is invalid or without_seat refuses the whole: `bulk_refused`,
/// with an outcome for each such row, whose `item` is its line.
/// Errors: invalid_argument (profile, date_order, max_bytes; columns: one column for two members),
/// invalid_text, file_too_large, cancelled, invalid_file_encoding, malformed_csv, limit_exceeded,
/// header_missing, column_missing, duplicate_column, person_not_found, person_archived,
/// person_erased (default_owner), invalid_currency (default_currency), bulk_refused.
struct ImportLicenses {
  std::string_view csv = {};  ///< the whole file; must stay as it is while the call runs
  LicenseColumns columns = {};
  CsvProfile profile = CsvProfile::spreadsheet;
  DateOrder date_order = DateOrder::iso;
  /// Taken off a cost, in front or behind, once: "$" makes `$12.58` a cost.
  std::string currency_sign = {};
  std::string default_currency = {};  ///< of rows that have a cost and no currency
  /// Of rows that name no owner; without one the actor, if a person (C23).
  std::optional<PersonId> default_owner = {};
  bool all_or_nothing = false;
  bool dry_run = false;
  std::shared_ptr<Progress> progress = {};  ///< may be none
  std::optional<RequestId> request_id = {};
  /// The largest file that is accepted: 1 to 67,108,864 bytes; above 5,242,880 it may have
  /// 1,000,000 rows instead of 350,000 (C66)
  std::uint32_t max_bytes = max_import_bytes;
};

/// What became of one row of an inventory.
enum class InventoryOutcome : std::uint8_t {
  added = 0,
  already_known = 1,
  invalid = 2,
  without_seat = 3,  ///< the license was added; its holder could not be given a seat
};

[[nodiscard]] std::string_view to_string(InventoryOutcome outcome) noexcept;

/// A row of which something was not taken.
struct InventoryRow {
  std::uint64_t line = 0;  ///< on which the row starts, from 1; the header's counts
  InventoryOutcome outcome = InventoryOutcome::invalid;
  /// Why: email_taken or host_key_taken, where it is known; person_not_found, person_archived or
  /// no_seats_remaining, where the holder has no seat; where it is invalid: malformed_csv (text
  /// after a closing quote in `column`; or, with 0 there, more or fewer cells than the header),
  /// invalid_argument (no such choice), invalid_money, invalid_date,
  /// host_key_taken (the row's email belongs to somebody else), person_not_found and
  /// person_archived (the owner), and what add_person and add_license answer for their fields.
  Code code = Code::ok;
  std::uint32_t column = 0;      ///< the cell to blame, counted from 1; 0 where it is the whole row
  std::uint64_t first_line = 0;  ///< known by an earlier row of the file: its line; or 0
  /// The person or license, where there is one; 0 where a dry run would have made it.
  std::uint64_t record = 0;
  std::string name = {};  ///< of the person or license, as the row has it
};

/// What an import of people or licenses did. The counters but seats_given add up to `rows`.
struct InventoryReport {
  std::uint64_t rows = 0;  ///< below the header, empty rows not counted
  std::uint64_t added = 0;
  std::uint64_t already_known = 0;
  std::uint64_t invalid = 0;
  std::uint64_t without_seat = 0;  ///< licenses only
  std::uint64_t empty_rows = 0;    ///< skipped: all cells empty or blank, or a blank line (C72)
  std::uint64_t seats_given = 0;   ///< licenses only
  /// Every row that was not added, in the order of the file.
  std::vector<InventoryRow> not_added = {};
  std::vector<std::string> columns = {};          ///< the header, trimmed
  std::vector<std::string> ignored_columns = {};  ///< those of it that are not read
  bool dry_run = false;
  Version version = {};

  /// The name of a row's `column` by the header; empty for none.
  [[nodiscard]] std::string_view column_name(const InventoryRow& row) const noexcept;
};

}  // namespace seatbook

#endif  // SEATBOOK_INVENTORY_HPP_

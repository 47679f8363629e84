/// Paged lists: the full seat list with its header figures, and the roster.
#ifndef SEATBOOK_LISTS_HPP_
#define SEATBOOK_LISTS_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "seatbook/types.hpp"

namespace seatbook {

/// The sort key of a list (A27). Ties are ordered by assignment id, so the order is total.
/// Descending order is ascending order reversed.
enum class SeatSort : std::uint8_t {
  user = 0,       ///< the holder's case-folded name (C17)
  assigned = 1,   ///< when the seat was assigned
  last_used = 2,  ///< when the seat was last used; never used sorts before any date
};

[[nodiscard]] std::string_view to_string(SeatSort sort) noexcept;
[[nodiscard]] std::optional<SeatSort> seat_sort_from_string(std::string_view name) noexcept;

/// As the limit of a SeatListQuery or a RosterQuery: all rows. Other limits are 1 to 100,000.
inline constexpr std::uint32_t all_rows = 0;
/// The maximum of `limit` of SeatListQuery, RosterQuery, PeopleQuery and LicensesQuery.
inline constexpr std::uint32_t max_list_limit = 100'000;  ///< rows

/// Selects active seats that match every member that is set, and their order (A23, A24, A25, A26,
/// A27, C13).
///
/// Cost, where R is the number of rows in scope (the active seats of the license or the person, the
/// smaller of the two if both are given, or all assignments of the book):
/// - sorted by `assigned`: O(limit), plus the rows that the filter skips;
/// - sorted otherwise: one pass over R for any limit, and O(log limit) for each row that enters the
///   page.
///
/// Memory: one page. Search and sort use slices of the lock, like every query (see Session). The
/// pass sees each seat in its state when it reaches it; the rows of the page are read afterwards.
struct SeatListQuery {
  std::optional<LicenseId> license = {};  ///< without this and `person`: the whole book
  std::optional<PersonId> person = {};
  /// Searches the holder's name and email, trimmed and case-folded (C17, C74); every character is
  /// literal. Empty: all (A24).
  std::string search = {};
  bool inactive_only = false;             ///< only reclaim candidates (A25, C8)
  std::uint32_t inactive_days = 30;       ///< days of 24 hours; 0 to 36,500
  std::uint32_t new_seat_grace_days = 0;  ///< seats held for less are never inactive (C9, C62)
  bool needs_review_only = false;         ///< only seats flagged for review (B28)
  bool archived_only = false;             ///< only seats of archived holders
  SeatSort sort = SeatSort::assigned;     ///< the order of the rows
  bool descending = false;                ///< reverses the order
  /// `next` of the previous page; empty: from the start. It is valid for one `sort` and
  /// `descending`; the filter can change from page to page.
  std::string after = {};
  std::uint32_t limit = 100;  ///< 1 to 100,000, or all_rows
};

/// A row of the full seat list: an active assignment. Free seats have no rows (C13).
struct SeatListRow {
  AssignmentId assignment = {};
  LicenseId license = {};
  std::string license_name = {};
  PersonId person = {};
  std::string name = {};
  std::string email = {};
  bool archived = false;      ///< the holder is archived
  bool needs_review = false;  ///< independent of `archived` (B30, B32)
  bool inactive = false;      ///< by the query's days, with or without `inactive_only`
  Timestamp assigned_at = {};
  std::optional<Timestamp> last_used_at = {};  ///< none: never
  std::string access_level = {};
  std::string account = {};
  std::optional<Money> cost_override = {};
  Timestamp since = {};  ///< "Since": held_since of the assignment, or else assigned_at (C62)
};

/// Pages have no gaps and no repetitions: a row that keeps its position in the order is returned
/// exactly once, whatever is assigned or revoked between two pages. If the list is sorted by name
/// or last use, a row whose holder is renamed or whose seat is used moves, and can be returned
/// twice or not at all.
///
/// A large page is made in slices (see Session). Each row reflects the moment when it was read, and
/// its seat may have been revoked since the page was started.
struct SeatListPage {
  std::vector<SeatListRow> rows = {};
  std::string next = {};  ///< `after` of the next page; empty: this is the last page
  Version version = {};   ///< the page includes all of this version, maybe later changes (C69)
};

/// Selects the seats of the header figures.
struct SeatFiguresQuery {
  std::optional<LicenseId> license = {};
  std::optional<PersonId> person = {};
  std::uint32_t inactive_days = 30;       ///< days of 24 hours; 0 to 36,500
  std::uint32_t new_seat_grace_days = 0;  ///< seats held for less are never inactive (C9, C62)
};

/// The figures for the header of a seat list, without its filter (A22).
struct SeatFigures {
  std::uint64_t total_assigned = 0;  ///< the number of seats in use
  std::uint64_t inactive = 0;        ///< the number of inactive seats, by the query's days
  /// Free seats of the license, or of all active licenses of the book. None if any is unlimited
  /// (C14), or if a person is given.
  std::optional<std::uint64_t> available = {};
  /// The version when counting began. The figures include all of it; each seat is counted in its
  /// state when it is reached (C69). `available` of one license is exact at `version`.
  Version version = {};
  /// The version when counting ended.
  Version last_version = {};
};

/// Selects everyone who holds or held a seat of a license, ordered by the date added, then by
/// assignment (B10, C19, C35).
struct RosterQuery {
  LicenseId license = {};
  bool active_only = false;                ///< only current holders
  std::optional<AssignmentId> after = {};  ///< RosterPage::next of the previous page
  std::uint32_t limit = 1000;              ///< 1 to 100,000, or all_rows
};

/// A current or former holder of a seat of a license (B10).
struct RosterRow {
  AssignmentId assignment = {};
  PersonId person = {};
  std::string name = {};
  std::string email = {};
  bool archived = false;      ///< the person is archived (B30)
  bool needs_review = false;  ///< while the seat is held (B30)
  std::string access_level = {};
  Timestamp assigned_at = {};                ///< Date Added
  std::optional<Timestamp> revoked_at = {};  ///< Date Removed; none: the seat is held
  std::optional<Money> cost_override = {};
  Timestamp since = {};  ///< "Since": held_since of the assignment, or else assigned_at (C62)
};

/// Rows never change their order, so pages never repeat or lose one. The rows of a large page are
/// read in slices (see Session); each reflects the moment when it was read.
struct RosterPage {
  std::vector<RosterRow> rows = {};
  std::optional<AssignmentId> next = {};  ///< none: this is the last page
  Version version = {};  ///< the page includes all of this version, maybe later changes (C69)
};

}  // namespace seatbook

#endif  // SEATBOOK_LISTS_HPP_

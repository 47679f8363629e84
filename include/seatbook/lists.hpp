/// The lists people page through: the full seat list with its header figures, and the roster.
#ifndef SEATBOOK_LISTS_HPP_
#define SEATBOOK_LISTS_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "seatbook/types.hpp"

namespace seatbook {

/// What a list is sorted by (A27). Ties are decided by assignment id, so that the order is total;
/// descending is the ascending order read backwards.
enum class SeatSort : std::uint8_t {
  user = 0,       ///< the holder's name, folded as in a search (C17)
  assigned = 1,   ///< when the seat was given
  last_used = 2,  ///< when the seat was last used; never used comes before any date
};

[[nodiscard]] std::string_view to_string(SeatSort sort) noexcept;
[[nodiscard]] std::optional<SeatSort> seat_sort_from_string(std::string_view name) noexcept;

/// As the limit of a SeatListQuery or a RosterQuery: every row. All other limits are 1 to 100,000.
inline constexpr std::uint32_t all_rows = 0;
inline constexpr std::uint32_t max_list_limit = 100'000;

/// Which active seats, in which order: those that fit every member that is set (A22 to A27, C13).
///
/// What it costs, with R the rows that the scope holds (the license's or the person's active
/// seats, the smaller of the two where both are named, or all assignments of the book):
/// - sorted by `assigned`: O(limit), plus the rows passed over by a filter;
/// - sorted otherwise: one pass over R, whatever the limit, and O(log limit) for each better row.
/// Memory: the page. Search and sort use slices of the lock, as every query (see Session): the pass
/// counts each seat as it finds it, and the page's rows are read after it.
struct SeatListQuery {
  std::optional<LicenseId> license = {};  ///< neither this nor `person`: the whole book
  std::optional<PersonId> person = {};
  /// In the holder's name or email, trimmed and folded (C17, C74), every character literal; empty:
  /// all (A24).
  std::string search = {};
  bool inactive_only = false;             ///< the reclaim candidates (A25, C8)
  std::uint32_t inactive_days = 30;       ///< of 24 hours each; 0 to 36,500
  std::uint32_t new_seat_grace_days = 0;  ///< seats newer than this are not inactive (C9)
  bool needs_review_only = false;         ///< flagged when the holder was archived (B28)
  bool archived_only = false;             ///< the holder is archived
  SeatSort sort = SeatSort::assigned;
  bool descending = false;
  /// SeatListPage::next of the page before; empty: from the start. It belongs to one `sort` and
  /// `descending`; the filter may change from page to page.
  std::string after = {};
  std::uint32_t limit = 100;  ///< 1 to 100,000, or all_rows
};

/// A line of the full seat list: an active assignment. Free seats are no lines (C13).
struct SeatListRow {
  AssignmentId assignment = {};
  LicenseId license = {};
  std::string license_name = {};
  PersonId person = {};
  std::string name = {};
  std::string email = {};
  bool archived = false;      ///< the holder is archived
  bool needs_review = false;  ///< independent of `archived` (B30, B32)
  bool inactive = false;      ///< by the query's days, whether or not it asked for those only
  Timestamp assigned_at = {};
  std::optional<Timestamp> last_used_at = {};  ///< none: never
  std::string access_level = {};
  std::string account = {};
  std::optional<Money> cost_override = {};
};

/// Pages follow each other without a gap and without a repetition: a row that keeps its place in
/// the order is shown exactly once, whatever is assigned and revoked between two pages. A holder
/// who gets another name, or a seat that is used, moves: such a row may be shown twice or not at
/// all where the list is sorted by that.
///
/// A large page is made in slices (see Session): a row reflects the moment when it was read, and
/// may be of a seat that was revoked since the page was begun.
struct SeatListPage {
  std::vector<SeatListRow> rows = {};
  std::string next = {};  ///< where the next page goes on; empty: this was the last one
  Version version = {};   ///< all of this version is in the page; later changes may be (C69)
};

/// Which seats the header figures are about.
struct SeatFiguresQuery {
  std::optional<LicenseId> license = {};
  std::optional<PersonId> person = {};
  std::uint32_t inactive_days = 30;
  std::uint32_t new_seat_grace_days = 0;
};

/// The figures above a seat list: what the list without a filter holds (A22).
struct SeatFigures {
  std::uint64_t total_assigned = 0;
  std::uint64_t inactive = 0;
  /// Free seats of the license; of the book: of all licenses that are not archived. None where
  /// that is unlimited (C14), and none where a person is named.
  std::optional<std::uint64_t> available = {};
  /// The version at which counting began. All of it is counted; each seat is
  /// counted as it is when it is found (C69). `available` of one license is exact at `version`.
  Version version = {};
  /// The version at which counting ended.
  Version last_version = {};
};

/// Everybody who holds or held a seat of a license, by the date added, then by assignment (B10,
/// C19, C35).
struct RosterQuery {
  LicenseId license = {};
  bool active_only = false;
  AssignmentId after = {};     ///< RosterPage::next of the page before; 0: from the start
  std::uint32_t limit = 1000;  ///< 1 to 100,000, or all_rows
};

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
};

/// Rows never change their order, so pages never repeat or lose one. The rows of a large page are
/// read in slices (see Session); each reflects the moment when it was read.
struct RosterPage {
  std::vector<RosterRow> rows = {};
  AssignmentId next = {};  ///< 0: this was the last page
  Version version = {};    ///< all of this version is in the page; later changes may be (C69)
};

}  // namespace seatbook

#endif  // SEATBOOK_LISTS_HPP_

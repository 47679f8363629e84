/// Reports over many licenses: utilization and cost, reclaimable seats, renewals; and reports on
/// the past: who held a seat, how many were in use, how long people who left kept theirs.
///
/// Money in a report is exact, and never added across currencies: there is one total for each
/// (C53).
///
/// Reports over seats are made in slices, between which writers can commit (see Session). Each seat
/// is counted in its state when it is reached; `version` and `last_version` are the versions when
/// counting began and ended. Reports from history are of one version, because history rows never
/// change.
#ifndef SEATBOOK_REPORTS_HPP_
#define SEATBOOK_REPORTS_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "seatbook/queries.hpp"
#include "seatbook/types.hpp"

namespace seatbook {

// -------------------------------------------------------------------------------------- money

/// A sum in one currency. Lists are ordered by currency, with one entry for each currency in which
/// there is a price, even if the sum is zero.
struct MoneyTotal {
  /// ISO 4217; empty for overrides whose license lost its currency in version 0.1 (C65).
  std::string currency = {};
  MoneySum monthly = {};  ///< the sum for one month

  /// Returns the exact monthly sum in twelfths of a ten-thousandth, as decimal digits.
  [[nodiscard]] std::string twelfths() const { return monthly.twelfths(); }
};

// -------------------------------------------------------------------------------- utilization

/// What a row of a utilization report covers.
enum class UtilizationBy : std::uint8_t { license = 0, product_group = 1, book = 2 };

[[nodiscard]] std::string_view to_string(UtilizationBy by) noexcept;
[[nodiscard]] std::optional<UtilizationBy> utilization_by_from_string(
    std::string_view name) noexcept;

/// Selects the licenses of a utilization report, and its rows.
struct UtilizationQuery {
  UtilizationBy by = UtilizationBy::license;  ///< what each row covers
  std::optional<LicenseId> license = {};      ///< only this one
  /// Only licenses of this group, compared byte by byte; empty: licenses without a group.
  std::optional<std::string> product_group = {};
  /// Only rows with at least this percentage of their total in use, compared exactly. With either
  /// limit, a row without a total is omitted, and so is one with no seats and none in use. Seats in
  /// use on a total of 0 are above every percentage.
  std::optional<std::uint32_t> at_least_percent = {};
  /// Only rows with at most this percentage of their total in use.
  std::optional<std::uint32_t> at_most_percent = {};
  bool include_archived = false;  ///< also archived licenses; none of their seats is in use (C50)
};

/// Utilization and monthly cost of a license, a product group or the book (B11, C53).
struct UtilizationRow {
  std::optional<LicenseId> license = {};  ///< none: the row is of a group or of the book
  std::string license_name = {};          ///< empty unless the row is of a license
  std::string product_group = {};         ///< the group, or that of the license; empty for the book
  std::uint64_t licenses = 0;             ///< the number of licenses in the row
  /// Active assignments, including those of archived people (C10).
  std::uint64_t used = 0;
  std::uint64_t used_unlimited = 0;  ///< those on unlimited licenses
  /// Seats of the licenses with a limited number; none if all are unlimited (C14).
  std::optional<std::uint64_t> total = {};
  /// Free seats and seats beyond the total, each the sum over the licenses: free seats of one
  /// license do not offset the missing seats of another (C7). `available` is none if all are
  /// unlimited.
  std::optional<std::uint64_t> available = {};
  std::uint64_t over_by = 0;  ///< seats in use beyond the total; see `available`
  /// (used - used_unlimited) in hundredths of a percent of the total, rounded down, so that only a
  /// full license has 10,000; more if over-allocated. None without a total or if it is 0 (C14). The
  /// members above give the exact ratio.
  std::optional<std::uint64_t> basis_points = {};
  /// The cost of the active seats: the override, or else the standard cost.
  std::vector<MoneyTotal> monthly_cost = {};
  /// The cost of the free seats at the standard cost; an unlimited license has none.
  std::vector<MoneyTotal> monthly_waste = {};
  std::uint64_t unpriced = 0;  ///< active seats without a cost; they are in no sum
  /// The version when counting began. The row includes all of it; each seat is counted in its state
  /// when it is reached (C69). `used`, `total`, `available` and `over_by` of a license are exact at
  /// one version between the two.
  Version version = {};
  /// The version when counting ended.
  Version last_version = {};
};

// ------------------------------------------------------------------------------------- reclaim

/// Selects a page of inactive seats.
struct ReclaimQuery {
  std::optional<LicenseId> license = {};   ///< none: all licenses
  std::uint32_t inactive_days = 30;        ///< days of 24 hours; 0 to 36,500 (C8)
  std::uint32_t new_seat_grace_days = 0;   ///< seats held for less are never inactive (C9, C62)
  std::optional<AssignmentId> after = {};  ///< the last row of the previous page
  std::uint32_t limit = 1000;              ///< 1 to 100,000
};
/// The maximum of `limit` of ReclaimQuery.
inline constexpr std::uint32_t max_reclaim_limit = 100'000;  ///< rows

/// An inactive seat.
struct ReclaimRow {
  AssignmentId assignment = {};
  LicenseId license = {};
  std::string license_name = {};
  PersonId person = {};
  std::string name = {};
  std::string email = {};
  bool archived = false;  ///< the holder is archived
  bool needs_review = false;
  Timestamp assigned_at = {};
  std::optional<Timestamp> last_used_at = {};  ///< none: never
  std::string currency = {};
  /// The monthly cost of the seat: the override, or else the standard cost. None if there is
  /// neither.
  std::optional<MoneySum> monthly_saving = {};
  Timestamp since = {};  ///< "Since": held_since of the assignment, or else assigned_at (C62)
};

/// A page of the inactive seats, and the saving from revoking all of them.
struct ReclaimPage {
  std::vector<ReclaimRow> rows = {};
  bool more = false;                            ///< whether rows follow
  std::uint64_t candidates = 0;                 ///< total of all pages
  std::vector<MoneyTotal> monthly_saving = {};  ///< total of the candidates of all pages
  std::uint64_t unpriced = 0;                   ///< candidates without a cost; they are in no sum
  /// The version when counting began. The figures include all of it; each seat is counted in its
  /// state when it is reached (C69).
  Version version = {};
  /// The version when counting ended.
  Version last_version = {};
};

// ------------------------------------------------------------------------------------ renewals

/// Selects the renewals until a day, and defines which seats count as inactive.
struct RenewalsQuery {
  Date until = {};                        ///< inclusive
  std::uint32_t inactive_days = 30;       ///< days of 24 hours; 0 to 36,500 (C8)
  std::uint32_t new_seat_grace_days = 0;  ///< seats held for less are never inactive (C9, C62)
};

/// A renewal that is due, and the number of seats it needs.
struct RenewalRow {
  LicenseId license = {};
  std::string license_name = {};
  Date renewal_date = {};
  std::vector<PersonId> recipients = {};  ///< people to remind (B5); empty while both are archived
  std::uint64_t used = 0;                 ///< the number of seats in use
  SeatTotal total = {};
  /// The seats needed: those held by people who are not archived, without the inactive ones. Can
  /// exceed the total if the license is over-allocated.
  std::uint64_t right_sized_seats = 0;
  std::string currency = {};
  /// The monthly saving with the right-sized number of seats: the cost of the active seats beyond
  /// it (the override, or else the standard cost), and the waste of the free seats. None if no seat
  /// of the license has a price.
  std::optional<MoneySum> monthly_saving = {};
  /// The version when counting began. The row includes all of it; each seat is counted in its state
  /// when it is reached (C69). `used` and `total` are exact at one version between the two.
  Version version = {};
  /// The version when counting ended.
  Version last_version = {};
};

// ---------------------------------------------------------------------------------- the past
// A seat is held from its assigned_at up to but excluding its revoked_at (C52): a seat that was
// assigned and revoked at one instant was never held. The state at an instant is the state after
// the last history row of that instant. For an instant in the future it is the state that is known
// now. Only what the book recorded counts: not Assignment::held_since (C62).

/// A person who held a seat of a license at an instant.
struct HolderRow {
  AssignmentId assignment = {};
  PersonId person = {};
  std::string name = {};   ///< current name (C18); empty once erased
  std::string email = {};  ///< current email; empty once erased
  bool erased = false;     ///< the person has been erased (C49)
  Timestamp assigned_at = {};
  /// When it was revoked, after that instant; none: still held.
  std::optional<Timestamp> revoked_at = {};
  ActorRecord granted_by = {};       ///< who assigned the seat (C59)
  std::string granted_by_name = {};  ///< the actor's current name; empty once erased
  std::string access_level = {};     ///< at that instant (C59)
  /// False if 0.1 wrote a history row about an edit of the seat after that instant: such a row does
  /// not record what changed. `access_level` is then empty (C59).
  bool access_level_recorded = true;
};

/// A period of one license or of the book: from `since` up to but excluding `until`. If both are
/// equal, it is that instant.
struct UsageRange {
  std::optional<LicenseId> license = {};  ///< none: the whole book
  Timestamp since = min_timestamp;
  Timestamp until = max_timestamp;
};

/// The seats in use from `at` until the next step.
struct UsageStep {
  Timestamp at = {};                 ///< the start of the step
  std::uint64_t used = 0;            ///< of all licenses that existed
  std::uint64_t used_unlimited = 0;  ///< those on licenses that were unlimited then
  /// The total in force: of the license, or of all active licenses with a limited number. None if
  /// there was none: unlimited, or not added yet.
  std::optional<std::uint64_t> total = {};
  /// The license's policy in force; none before the license was added, and for the book.
  std::optional<CapacityPolicy> policy = {};
};

/// Selects a page of steps. For the next page set `since` to UsageOverTime::next.
struct UsageOverTimeQuery {
  std::optional<LicenseId> license = {};  ///< none: the whole book
  Timestamp since = min_timestamp;
  Timestamp until = max_timestamp;
  std::uint32_t limit = 1000;  ///< 1 to 100,000
};
/// The maximum of `limit` of UsageOverTimeQuery.
inline constexpr std::uint32_t max_steps_limit = 100'000;  ///< rows

/// A page of steps.
struct UsageOverTime {
  /// The first step is the state at `since`; then one step for each instant that changed the state.
  std::vector<UsageStep> steps = {};
  std::optional<Timestamp> next = {};  ///< `since` of the next page; none: this is the last page
  Version version = {};                ///< the version of the history
};

/// The outcome of a seat whose holder was archived.
enum class OffboardingOutcome : std::uint8_t {
  waiting = 0,      ///< Not reviewed yet.
  kept = 1,         ///< Marked as reviewed and still held (B32).
  released = 2,     ///< Revoked or transferred (B31, C10).
  reactivated = 3,  ///< The person was reactivated before a release (C47).
};

[[nodiscard]] std::string_view to_string(OffboardingOutcome outcome) noexcept;
[[nodiscard]] std::optional<OffboardingOutcome> offboarding_outcome_from_string(
    std::string_view name) noexcept;

/// Selects the seats of people who were archived from `since` up to but excluding `until`, in
/// pages.
struct OffboardingQuery {
  std::optional<LicenseId> license = {};  ///< none: all licenses
  Timestamp since = min_timestamp;
  Timestamp until = max_timestamp;
  Seq after = {};              ///< the last row of the previous page; 0: from the start
  std::uint32_t limit = 1000;  ///< 1 to 100,000
};
/// The maximum of `limit` of OffboardingQuery.
inline constexpr std::uint32_t max_offboarding_limit = 100'000;  ///< rows

/// One seat of a person who was archived. A person who is reactivated and archived again has two
/// rows for the seat.
struct OffboardingRow {
  Seq flagged = {};  ///< the history row that flagged the seat; the cursor of pages
  AssignmentId assignment = {};
  LicenseId license = {};
  std::string license_name = {};
  PersonId person = {};
  std::string name = {};                                     ///< current name; empty once erased
  OffboardingOutcome outcome = OffboardingOutcome::waiting;  ///< what became of the seat
  Timestamp offboarded_at = {};                              ///< when the person was archived
  std::optional<Timestamp> released_at = {};                 ///< if released, even after `until`
  std::optional<std::uint64_t> days = {};  ///< whole days of 24 hours until the release
};

/// A page of the seats of people who were archived, and how long all of them stayed assigned.
struct OffboardingTimes {
  std::vector<OffboardingRow> rows = {};
  bool more = false;  ///< whether rows follow
  // Totals of all pages:
  std::uint64_t waiting = 0;      ///< seats that are not reviewed yet
  std::uint64_t kept = 0;         ///< seats that were reviewed and kept
  std::uint64_t released = 0;     ///< seats that were revoked or transferred
  std::uint64_t reactivated = 0;  ///< seats of people who were reactivated
  /// The sum of the days of all released seats: divided by `released` it is the exact mean.
  std::uint64_t days_sum = 0;
  std::optional<std::uint64_t> mean_days = {};  ///< the mean, rounded down; none: none released
  std::optional<std::uint64_t> median_days =
      {};  ///< the lower of the two middle ones of an even number
  std::optional<std::uint64_t> longest_days = {};  ///< the longest time of a released seat
  Version version = {};                            ///< the version of the history
};

}  // namespace seatbook

#endif  // SEATBOOK_REPORTS_HPP_

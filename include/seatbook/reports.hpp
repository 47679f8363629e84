/// Reports over many licenses: how full they are and what that costs, seats to reclaim, renewals;
/// and what history says of the past: who held a seat, how many were in use, how long leavers keep
/// theirs.
///
/// Money in a report is exact, and never added over currencies: there is one total for each (C53).
///
/// Reports over seats are made in slices that let writers in (see Session): each seat is counted as
/// it is when it is found, and `version` and `last_version` say between which versions that was.
/// What is folded from history is of one version, as history rows never change.
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

/// What seats cost a month, added up without loss: a whole number of twelfths of a ten-thousandth
/// (docs/decisions/0011). Never negative. It has room for 2^128 of them, some million times what
/// a full book costs, and stays at the most it can hold beyond that.
class MoneySum {
 public:
  constexpr MoneySum() = default;

  /// Adds `seats` times what one seat at `price` costs a month: a price of a year counts a twelfth,
  /// a price paid once nothing (C53). A price below 0, which no book holds, counts nothing.
  void add(Money price, std::uint64_t seats, BillingPeriod period) noexcept;
  MoneySum& operator+=(const MoneySum& other) noexcept;

  [[nodiscard]] constexpr bool is_zero() const noexcept { return high_ == 0 && low_ == 0; }
  /// Like Money, with two to four decimals: "12.50". Rounded to four where there are more, half to
  /// even; what is compared and added is the exact sum.
  [[nodiscard]] std::string to_string() const;
  /// The exact sum: how many twelfths of a ten-thousandth it is, in decimal digits.
  [[nodiscard]] std::string twelfths() const;

  friend constexpr bool operator==(const MoneySum& a, const MoneySum& b) noexcept {
    return a.high_ == b.high_ && a.low_ == b.low_;
  }
  friend constexpr bool operator!=(const MoneySum& a, const MoneySum& b) noexcept {
    return !(a == b);
  }
  friend constexpr bool operator<(const MoneySum& a, const MoneySum& b) noexcept {
    return a.high_ != b.high_ ? a.high_ < b.high_ : a.low_ < b.low_;
  }

 private:
  std::uint64_t high_ = 0;
  std::uint64_t low_ = 0;
};

/// A sum in one currency. Lists of them are in the order of the currencies, with one entry for each
/// currency in which there is a price, although it may come to nothing.
struct MoneyTotal {
  /// ISO 4217; empty for overrides whose license lost its currency in version 0.1 (C65).
  std::string currency = {};
  MoneySum monthly = {};
};

// -------------------------------------------------------------------------------- utilization

/// What a row of a utilization report stands for.
enum class UtilizationBy : std::uint8_t { license = 0, product_group = 1, book = 2 };

[[nodiscard]] std::string_view to_string(UtilizationBy by) noexcept;
[[nodiscard]] std::optional<UtilizationBy> utilization_by_from_string(
    std::string_view name) noexcept;

/// Of which licenses, and which rows.
struct UtilizationQuery {
  UtilizationBy by = UtilizationBy::license;
  std::optional<LicenseId> license = {};  ///< only that one
  /// Only the licenses of that group, by the text as it is written; empty: those of none.
  std::optional<std::string> product_group = {};
  /// Only rows with at least this percentage of their total in use, compared exactly. With either
  /// limit, a row without a total is left out, and so is one with no seats and none in use. Seats
  /// in use on a total of 0 are above every percentage.
  std::optional<std::uint32_t> at_least_percent = {};
  /// Only rows with at most this percentage of their total in use.
  std::optional<std::uint32_t> at_most_percent = {};
  bool include_archived = false;  ///< archived licenses too; no seat of theirs is in use (C50)
};

/// How full a license, a product group or the book is, and what it costs a month (B11, C53).
struct UtilizationRow {
  LicenseId license = {};          ///< 0 unless the row is a license's
  std::string license_name = {};   ///< empty likewise
  std::string product_group = {};  ///< the license's, or the group; empty for the book
  std::uint64_t licenses = 0;      ///< how many licenses the row counts
  /// Active assignments, those of archived people included (C10).
  std::uint64_t used = 0;
  std::uint64_t used_unlimited = 0;  ///< those of them on unlimited licenses
  /// Seats of the licenses that have a number of them; none where all are unlimited (C14).
  std::optional<std::uint64_t> total = {};
  /// Free seats and seats beyond the total, each the sum of the licenses' own: what one license
  /// lacks, the free seats of another do not make up for (C7).
  std::optional<std::uint64_t> available = {};
  std::uint64_t over_by = 0;
  /// (used - used_unlimited) in hundredths of a percent of the total, rounded down, so that only
  /// full is 10,000; more where over-allocated. None without a total or where it is 0 (C14). The
  /// exact ratio is in the members above.
  std::optional<std::uint64_t> basis_points = {};
  /// Of the active seats: the override, or else the standard cost.
  std::vector<MoneyTotal> monthly_cost = {};
  /// Of the free seats, at the standard cost; an unlimited license has none.
  std::vector<MoneyTotal> monthly_waste = {};
  std::uint64_t unpriced = 0;  ///< active seats with neither cost: they are in no sum
  /// The version at which counting began: all of it is counted, each seat as it
  /// is when it is found (C69). `used`, `total`, `available` and `over_by` of a
  /// license are exact at one version between the two.
  Version version = {};
  /// The version at which counting ended.
  Version last_version = {};
};

// ------------------------------------------------------------------------------------- reclaim

/// Seats that nobody uses, and what freeing them saves. A page at a time.
struct ReclaimQuery {
  std::optional<LicenseId> license = {};  ///< none: of all licenses
  std::uint32_t inactive_days = 30;       ///< of 24 hours each; 0 to 36,500 (C8)
  std::uint32_t new_seat_grace_days = 0;  ///< seats newer than this are not inactive (C9)
  AssignmentId after = {};                ///< the last row of the page before; 0: from the start
  std::uint32_t limit = 1000;             ///< 1 to 100,000
};
inline constexpr std::uint32_t max_reclaim_limit = 100'000;

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
  /// What the seat costs a month: the override, or else the standard cost. None where neither is
  /// known.
  std::optional<MoneySum> monthly_saving = {};
};

struct ReclaimPage {
  std::vector<ReclaimRow> rows = {};
  bool more = false;                            ///< there are rows after these
  std::uint64_t candidates = 0;                 ///< on all pages
  std::vector<MoneyTotal> monthly_saving = {};  ///< of the candidates on all pages
  std::uint64_t unpriced = 0;                   ///< candidates that are in no sum
  /// The version at which counting began: all of it is counted, each seat as it
  /// is when it is found (C69).
  Version version = {};
  /// The version at which counting ended.
  Version last_version = {};
};

// ------------------------------------------------------------------------------------ renewals

/// The renewals until a day, and who of the holders counts as a user.
struct RenewalsQuery {
  Date until = {};                        ///< this day included
  std::uint32_t inactive_days = 30;       ///< of 24 hours each; 0 to 36,500 (C8)
  std::uint32_t new_seat_grace_days = 0;  ///< seats newer than this are not inactive (C9)
};

/// A renewal that falls due, and how many seats it would take.
struct RenewalRow {
  LicenseId license = {};
  std::string license_name = {};
  Date renewal_date = {};
  std::vector<PersonId> recipients = {};  ///< whom to remind (B5); nobody while both are archived
  std::uint64_t used = 0;
  SeatTotal total = {};
  /// The seats that somebody uses: active ones that are not inactive and whose holder is not
  /// archived. May be above the total where that is over-allocated.
  std::uint64_t right_sized_seats = 0;
  std::string currency = {};
  /// What a month would cost less with the right-sized number of seats: the cost of the seats in
  /// use beyond it (the override, or else the standard cost), and the waste of the free ones. None
  /// where no seat of the license has a price.
  std::optional<MoneySum> monthly_saving = {};
  /// The version at which counting began: all of it is counted, each seat as it
  /// is when it is found (C69). `used` and `total` are exact at one version between the two.
  Version version = {};
  /// The version at which counting ended.
  Version last_version = {};
};

// ---------------------------------------------------------------------------------- the past
// A seat is held from its assigned_at up to, and not at, its revoked_at (C52): what began and ended
// at one instant was never held. What is true at an instant is what the last history row of that
// instant left. An instant still to come is answered by what is known now.

/// Who held a seat of a license at some instant.
struct HolderRow {
  AssignmentId assignment = {};
  PersonId person = {};
  std::string name = {};   ///< as it is now (C18); empty once erased
  std::string email = {};  ///< likewise
  bool erased = false;     ///< the person has been erased (C49)
  Timestamp assigned_at = {};
  std::optional<Timestamp> revoked_at = {};  ///< after that instant; none: still held
};

/// A stretch of the past, of one license or of the book: from `since` up to, and not at, `until`.
/// Where both are the same it is that instant.
struct UsageRange {
  std::optional<LicenseId> license = {};  ///< none: of the book
  Timestamp since = min_timestamp;
  Timestamp until = max_timestamp;
};

/// Seats in use from `at` on, until the next step.
struct UsageStep {
  Timestamp at = {};
  std::uint64_t used = 0;            ///< of all licenses that were there
  std::uint64_t used_unlimited = 0;  ///< those of them on licenses that were unlimited then
  /// The number of seats in force, of a license, or of all that had one and were not archived. None
  /// where there was none: unlimited, or not added yet.
  std::optional<std::uint64_t> total = {};
  /// The license's policy in force; none before it was added, and for the book.
  std::optional<CapacityPolicy> policy = {};
};

/// A page of steps. The next one has `next` for its `since`.
struct UsageOverTimeQuery {
  std::optional<LicenseId> license = {};  ///< none: of the book
  Timestamp since = min_timestamp;
  Timestamp until = max_timestamp;
  std::uint32_t limit = 1000;  ///< 1 to 100,000
};
inline constexpr std::uint32_t max_steps_limit = 100'000;

struct UsageOverTime {
  /// The first is the state at `since`; then one for each instant that left another state.
  std::vector<UsageStep> steps = {};
  std::optional<Timestamp> next = {};  ///< where the next page starts; none: these are all
  Version version = {};                ///< the steps are those of this version's history
};

/// What became of a seat whose holder was archived.
enum class OffboardingOutcome : std::uint8_t {
  waiting = 0,      ///< nobody has looked at it yet
  kept = 1,         ///< Marked reviewed: still held (B32).
  released = 2,     ///< Revoked, or handed on to somebody else (B31, C10).
  reactivated = 3,  ///< The person came back first, so there was nothing to release (C47).
};

[[nodiscard]] std::string_view to_string(OffboardingOutcome outcome) noexcept;
[[nodiscard]] std::optional<OffboardingOutcome> offboarding_outcome_from_string(
    std::string_view name) noexcept;

/// The seats of people who were archived from `since` up to, and not at, `until`; a page at a time.
struct OffboardingQuery {
  std::optional<LicenseId> license = {};  ///< none: of all licenses
  Timestamp since = min_timestamp;
  Timestamp until = max_timestamp;
  Seq after = {};              ///< the last row of the page before; 0: from the start
  std::uint32_t limit = 1000;  ///< 1 to 100,000
};
inline constexpr std::uint32_t max_offboarding_limit = 100'000;

/// One seat of somebody who was archived. Who comes back and leaves again has it twice.
struct OffboardingRow {
  Seq flagged = {};  ///< the history row that flagged the seat; what pages go by
  AssignmentId assignment = {};
  LicenseId license = {};
  std::string license_name = {};
  PersonId person = {};
  std::string name = {};  ///< as it is now; empty once erased
  OffboardingOutcome outcome = OffboardingOutcome::waiting;
  Timestamp offboarded_at = {};
  std::optional<Timestamp> released_at = {};  ///< of released ones, also after `until`
  std::optional<std::uint64_t> days = {};     ///< whole days, of 24 hours, until it was released
};

struct OffboardingTimes {
  std::vector<OffboardingRow> rows = {};
  bool more = false;  ///< there are rows after these
  // Of all pages:
  std::uint64_t waiting = 0;
  std::uint64_t kept = 0;
  std::uint64_t released = 0;
  std::uint64_t reactivated = 0;
  /// The days of the released ones added up: divided by `released` they are the exact mean.
  std::uint64_t days_sum = 0;
  std::optional<std::uint64_t> mean_days = {};     ///< that, rounded down; none: none released
  std::optional<std::uint64_t> median_days = {};   ///< of an even number, the lower one
  std::optional<std::uint64_t> longest_days = {};  ///< of the released ones
  Version version = {};  ///< outcomes and figures are those of this version's history
};

}  // namespace seatbook

#endif  // SEATBOOK_REPORTS_HPP_

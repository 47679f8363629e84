/// The calls that change a book: one struct each, and what each answers.
///
/// Every command may carry a `request_id`: sent again within the last 10,000 batches it changes
/// nothing and answers `repeated_request` with the version that carried it out (C58). Commands on
/// an existing record may carry an `expected_revision`: another one answers `stale_revision`
/// (C57). Every answer carries the book's version after the call; a call that found nothing to
/// change makes no batch and answers the version it looked at.
///
/// Errors are listed in the order in which they are checked (docs/architecture.md). Before them
/// each call may answer: invalid_argument and invalid_text for what is malformed; book_closed,
/// book_needs_reopen, clock_behind, date_out_of_range (field `clock`), and what the storage answers
/// when it is locked, read or asked about an earlier batch; permission_denied; repeated_request.
/// After them: limit_exceeded where the book is full (max_records); conflict, storage_failed,
/// storage_unknown; out_of_memory, internal.
///
/// A call that fails has changed nothing. Two codes say that this is not certain: storage_unknown
/// (perhaps written; the book finds out before its next write) and book_needs_reopen (of the call
/// that answers it first: written, but not taken in; the book has it once opened again. If queries
/// still work, the storage has stopped taking changes instead, and nothing was written).
#ifndef SEATBOOK_COMMANDS_HPP_
#define SEATBOOK_COMMANDS_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "seatbook/types.hpp"

namespace seatbook {

// --------------------------------------------------------------------------------------- people

/// Adds an active person. Needs `edit`.
/// Errors: required (name), text_too_long (name, email, host_key), invalid_email,
/// email_taken (by key, archived people included; C17), host_key_taken.
struct AddPerson {
  std::string name = {};      ///< 1 to 255 code points, not only white space
  std::string email = {};     ///< up to 254; empty: none
  std::string host_key = {};  ///< up to 191; empty: none
  std::optional<RequestId> request_id = {};
};

/// Changes a person's name, email or host key. Needs `edit`. History keeps old and new (C18).
/// Errors: person_not_found, person_archived, person_erased, required (a name cannot be cleared),
/// text_too_long, invalid_email, stale_revision, email_taken, host_key_taken.
struct UpdatePerson {
  PersonId person = {};
  Edit<std::string> name = {};
  Edit<std::string> email = {};
  Edit<std::string> host_key = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Offboards a person: each seat they hold is flagged `needs_review` and stays in use (B28, C10,
/// C47). They can be given no further seat. Archiving an archived person changes nothing. Needs
/// `archive_person`. Cost: one history row for the person and one for each seat held.
/// Errors: person_not_found, person_erased, stale_revision.
struct ArchivePerson {
  PersonId person = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Makes an archived person active again, and clears the flags that archiving set (A7, C47). On an
/// active person it changes nothing. Needs `archive_person`.
/// Errors: person_not_found, person_erased, stale_revision.
struct ReactivatePerson {
  PersonId person = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Erases a person permanently (C49): name, email, host key, the texts of all their assignments and
/// the history texts about them are emptied; ids, dates and numbers stay, and the email is free
/// again. Of history rows that they wrote about others, the reason they typed is emptied; the names
/// and emails of others stay (C64). Free text that others wrote elsewhere is not searched. With
/// `revoke_first` the seats still held are revoked in the same batch, each with its history row and
/// event. Needs `archive_person`. Cost: the history about the person and by them. Errors:
/// person_not_found,
/// person_erased, stale_revision, owns_licenses (owner or backup of any
/// license, archived ones included), has_active_seats (without `revoke_first`).
struct ErasePerson {
  PersonId person = {};
  bool revoke_first = false;
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

struct PersonReceipt {
  PersonId person = {};
  Revision revision = {};  ///< of the person, after the call
  /// Assignments whose needs_review flag the call set or cleared.
  std::uint64_t flags_changed = 0;
  Version version = {};
};

// ------------------------------------------------------------------------------------- licenses

/// Adds a license. Needs `create`. Without `owner` the actor owns it (B8); an actor who is no
/// person has to name one (C23).
/// Errors: person_not_found, person_archived, person_erased (owner, then backup_owner; C21),
/// required (name; currency, where a cost is given), text_too_long (name, vendor, product_group,
/// host_key), total_out_of_range, owner_required, invalid_money, money_out_of_range,
/// invalid_currency, invalid_date, date_out_of_range, backup_is_owner (B6), host_key_taken.
struct AddLicense {
  std::string name = {};
  std::string vendor = {};
  std::string product_group = {};
  std::string host_key = {};
  SeatTotal total_seats = {};  ///< 0 to 1,000,000,000 or SeatTotal::unlimited(); default 1 (C14)
  CapacityPolicy policy = CapacityPolicy::enforce;
  std::optional<PersonId> owner = {};
  std::optional<PersonId> backup_owner = {};
  std::optional<Money> cost_per_seat = {};
  std::string currency = {};
  BillingPeriod billing_period = BillingPeriod::month;
  std::optional<Date> renewal_date = {};
  std::optional<RequestId> request_id = {};
};

/// Sets how many seats a license has; takes effect at once (A8). Never revokes anything (C12).
/// Needs `edit`.
/// Errors: license_not_found, license_archived, total_out_of_range, stale_revision,
/// total_below_used (policy `enforce` and more seats in use than that; C12).
struct SetTotalSeats {
  LicenseId license = {};
  SeatTotal total_seats = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Changes what a license says of itself; its total, policy, owners and state have calls of their
/// own. Needs `edit`.
/// An amount never changes its currency (C65). The currency cannot be cleared while the license has
/// a cost or an active seat has a cost override; it cannot be changed while an active seat has one,
/// and a license with a cost needs `cost_per_seat` in the same command, set or cleared. Setting
/// the first currency is not a change. Cost: O(seats in use) if the currency changes.
/// Errors: license_not_found, license_archived, required (name: cannot be cleared; cost_per_seat,
/// currency: see above), text_too_long, invalid_money, money_out_of_range, invalid_currency,
/// invalid_date, date_out_of_range, stale_revision, host_key_taken, currency_in_use.
struct UpdateLicense {
  LicenseId license = {};
  Edit<std::string> name = {};
  Edit<std::string> vendor = {};
  Edit<std::string> product_group = {};
  Edit<std::string> host_key = {};
  Edit<Money> cost_per_seat = {};
  Edit<std::string> currency = {};
  Edit<BillingPeriod> billing_period = {};  ///< cleared: month
  Edit<Date> renewal_date = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Sets what happens when every seat is taken (C7, C12). Needs `edit`.
/// Errors: license_not_found, license_archived, stale_revision, total_below_used (to `enforce`,
/// with more seats in use than the total).
struct SetPolicy {
  LicenseId license = {};
  CapacityPolicy policy = CapacityPolicy::enforce;
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Sets the owner, the backup owner, or both in one step, so that the two can be swapped (B4 to B7,
/// C20). The owner cannot be cleared; the backup can: `.backup_owner = clear`. Needs `edit`.
/// Errors: license_not_found, license_archived, person_not_found, person_archived, person_erased
/// (the new owner, then the new backup; C21), owner_required (cleared), stale_revision,
/// backup_is_owner (B6).
struct SetOwners {
  LicenseId license = {};
  Edit<PersonId> owner = {};
  Edit<PersonId> backup_owner = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Puts a license away; its history stays (C50). Archiving an archived one changes nothing. Needs
/// `edit`.
/// Errors: license_not_found, stale_revision, has_active_seats.
struct ArchiveLicense {
  LicenseId license = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Takes an archived license back into use (C12). On an active one it changes nothing. Needs
/// `edit`. Errors: license_not_found, stale_revision.
struct ReactivateLicense {
  LicenseId license = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

struct LicenseReceipt {
  LicenseId license = {};
  Revision revision = {};  ///< of the license, after the call
  Version version = {};
};

// ---------------------------------------------------------------------------------------- seats

/// Gives a person a seat (A1, A14). Needs `assign`. Capacity is checked at commit (A43).
/// Errors: license_not_found, license_archived, person_not_found, person_archived (A7),
/// person_erased, text_too_long (access_level, account, notes), invalid_money, money_out_of_range,
/// required (cost_override: the license has no currency),
/// already_assigned (A44, also when the license is full; C44), no_seats_remaining (A43).
struct Assign {
  LicenseId license = {};
  PersonId person = {};
  std::string access_level = {};  ///< up to 64 code points (A11)
  std::string account = {};       ///< up to 191 (A12)
  std::string notes = {};         ///< up to 1000 (A13)
  std::optional<Money> cost_override = {};
  std::optional<RequestId> request_id = {};
};

/// Takes a seat back: stamps the assignment and returns the seat (A17, A19). Needs `assign`.
/// Errors: assignment_not_found, text_too_long (reason), stale_revision,
/// already_revoked (A45).
struct Revoke {
  AssignmentId assignment = {};
  std::string reason = {};  ///< up to 1000 code points
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Hands a seat on: the assignment is revoked (reason "transferred") and `person` gets a new one,
/// in one batch (C55). Needs no free seat. Access level and cost override go along; account, notes,
/// last use and flag do not. Needs `assign`.
/// Errors: assignment_not_found, license_archived (C74), person_not_found, person_archived,
/// person_erased, stale_revision, already_assigned, already_revoked, same_person.
struct Transfer {
  AssignmentId assignment = {};
  PersonId person = {};  ///< who gets the seat
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Changes what an active assignment says (B24). Needs `assign`.
/// Errors: assignment_not_found, text_too_long, invalid_money, money_out_of_range, required
/// (cost_override: the license has no currency), stale_revision, already_revoked.
struct EditSeat {
  AssignmentId assignment = {};
  Edit<std::string> access_level = {};
  Edit<std::string> account = {};
  Edit<std::string> notes = {};
  Edit<Money> cost_override = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Dismisses the needs-review prompt and keeps the seat (B32). Needs `assign`.
/// Errors: assignment_not_found, stale_revision, already_revoked, not_flagged (C47).
struct MarkReviewed {
  AssignmentId assignment = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

struct SeatReceipt {
  AssignmentId assignment = {};  ///< transfer: the new one
  Revision revision = {};        ///< of the assignment, after the call
  Version version = {};
};

/// Records that a seat was used (A46, C54). The later time wins; an equal or older one is taken and
/// changes nothing. No history, no event, no new revision. Needs `assign`. Times are compared to
/// the microsecond: a use in the second of the assignment, given in whole seconds, is before it.
/// Errors: assignment_not_found, invalid_date, date_out_of_range, already_revoked,
/// used_before_assigned, used_in_future (more than 24 hours ahead).
struct RecordUse {
  AssignmentId assignment = {};
  Timestamp used_at = {};
  std::optional<RequestId> request_id = {};
};

// ----------------------------------------------------------------------------------- bulk calls
// A bulk call first checks the call, the permission and the record it names once, then goes item by
// item, in the caller's order. What cannot be had is skipped and said so; the rest stands (A37). It
// is one batch. With `all_or_nothing` a single skip refuses the whole: `bulk_refused`, nothing
// changed, the outcomes in Error::outcomes. With `dry_run` nothing changes and the answer, with the
// version it was worked out on, is what would have been.
// An empty list (required) and one that is too long (limit_exceeded) are malformed: they are
// refused before anything else.

/// Gives one person a seat on each of several licenses (A30 to A37, C46). Skip reasons, in the
/// order of checking: license_archived, already_assigned, no_seats_remaining. A license named twice
/// counts once. Needs `assign`. Errors: required (no licenses), limit_exceeded (over 100,000),
/// person_not_found, person_archived, person_erased, license_not_found (with index), bulk_refused.
struct BulkAssign {
  PersonId person = {};
  std::vector<LicenseId> licenses = {};
  bool all_or_nothing = false;
  bool dry_run = false;
  std::optional<RequestId> request_id = {};
};

/// Gives several people a seat on one license, all with the same attributes (B12 to B15, C26).
/// Skip reasons, in the order of checking: already_assigned (also of an archived holder, as in
/// imports; C27), person_erased, person_archived, no_seats_remaining. A person named twice counts
/// once. Needs `assign`.
/// Errors: required (no people), limit_exceeded (over 100,000), license_not_found,
/// license_archived, text_too_long (access_level), invalid_money, money_out_of_range, required
/// (cost_override: the license has no currency), person_not_found (with index), bulk_refused.
struct AssignMany {
  LicenseId license = {};
  std::vector<PersonId> people = {};
  std::string access_level = {};
  std::optional<Money> cost_override = {};
  bool all_or_nothing = false;
  bool dry_run = false;
  std::optional<RequestId> request_id = {};
};

/// Revokes every seat a person holds, also an archived one's (C56). Nothing held is a success with
/// no outcomes. Nothing is ever skipped. Needs `assign`.
/// Errors: person_not_found, person_erased, text_too_long (reason).
struct RevokeAll {
  PersonId person = {};
  std::string reason = {};  ///< up to 1000 code points, for each of the seats
  bool dry_run = false;
  std::optional<RequestId> request_id = {};
};

/// One use: of an assignment, or of the active assignment that a license and an email name.
struct SeatUse {
  AssignmentId assignment = {};
  LicenseId license = {};
  std::string email = {};
  Timestamp used_at = {};
};

/// Records many uses (C54). Outcomes other than ok: invalid_argument (neither an assignment nor a
/// license with an email, or both), invalid_text, assignment_not_found (also: nobody of that email
/// holds a seat), license_not_found, person_not_found, invalid_date, date_out_of_range,
/// already_revoked, used_before_assigned, used_in_future. Makes no batch when nothing moves. Needs
/// `assign`.
/// Errors: required (no uses), limit_exceeded (over 100,000), bulk_refused.
struct RecordUses {
  std::vector<SeatUse> uses = {};
  bool all_or_nothing = false;
  bool dry_run = false;
  std::optional<RequestId> request_id = {};
};

/// How many items of a bulk call ended in which way.
struct BulkSummary {
  std::uint64_t done = 0;     ///< assigned, revoked or recorded
  std::uint64_t skipped = 0;  ///< the sum of what follows
  std::uint64_t no_seats_remaining = 0;
  std::uint64_t already_assigned = 0;
  std::uint64_t license_archived = 0;
  std::uint64_t person_archived = 0;
  std::uint64_t person_erased = 0;
  std::uint64_t other = 0;  ///< record_uses only

  void count(Code outcome);
  /// "Bulk assign: 4 assigned, 2 skipped (1 no seats left, 1 already assigned)" (A33, C45).
  [[nodiscard]] std::string assign_text() const;
};

struct BulkReceipt {
  /// One an item, in the caller's order; an item named twice has one, at its first place.
  std::vector<Outcome> outcomes = {};
  BulkSummary summary = {};
  bool dry_run = false;
  Version version = {};
};

/// What a page shows after an assign and after a revoke (A14, A19).
inline constexpr std::string_view assigned_text = "License seat assigned";
inline constexpr std::string_view revoked_text = "Seat revoked";

}  // namespace seatbook

#endif  // SEATBOOK_COMMANDS_HPP_

/// Commands: the calls that change a book, one struct each, and their results.
///
/// Every command can carry a `request_id`, an idempotency key. If one of the last 10,000 batches
/// was written with the same id, the command changes nothing and fails with `repeated_request`,
/// whose `values` contain the version of that batch (C58). Commands on an existing record can carry
/// an `expected_revision`: if the record has another one, they fail with `stale_revision` (C57).
/// Every result contains the book's version after the call. A call that finds nothing to change
/// writes no batch and returns the version it read.
///
/// Errors are listed in the order in which they are checked (docs/architecture.md). Before them,
/// every call can fail with: invalid_argument and invalid_text if it is malformed; book_closed,
/// book_needs_reopen, book_forked, book_read_only, clock_behind, date_out_of_range (field `clock`),
/// and the errors of the storage when it is locked, read or queried for an earlier batch;
/// permission_denied; repeated_request. After them: limit_exceeded if the book is full
/// (max_records); conflict, storage_failed, storage_unknown; out_of_memory, internal.
///
/// A call that fails has changed nothing, with two exceptions. After storage_unknown the batch may
/// have been written; the book determines this before its next write. The first call that fails
/// with book_needs_reopen may have written its batch without applying it in memory; the book has
/// the batch once it is opened again. If queries still succeed after book_needs_reopen, the storage
/// has stopped accepting changes instead, and nothing was written.
#ifndef SEATBOOK_COMMANDS_HPP_
#define SEATBOOK_COMMANDS_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "seatbook/bulk.hpp"  // IWYU pragma: export
#include "seatbook/types.hpp"

namespace seatbook {

// --------------------------------------------------------------------------------------- people

/// Adds an active person. Needs `edit`.
/// Errors: required (name), text_too_long (name, email, host_key), invalid_email, email_taken
/// (compared case-folded, archived people included; C17), host_key_taken.
struct AddPerson {
  std::string name = {};      ///< 1 to 255 code points, not only whitespace
  std::string email = {};     ///< at most 254; empty: none
  std::string host_key = {};  ///< at most 191; empty: none
  std::optional<RequestId> request_id = {};
};

/// Changes a person's name, email or host key. Needs `edit`. History keeps the old and new values
/// (C18, C59).
/// Errors: person_not_found, person_archived, person_erased, required (the name cannot be cleared),
/// text_too_long, invalid_email, stale_revision, email_taken, host_key_taken.
struct UpdatePerson {
  PersonId person = {};
  Edit<std::string> name = {};
  Edit<std::string> email = {};
  Edit<std::string> host_key = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Archives (offboards) a person. Each seat they hold is flagged `needs_review` and stays in use
/// (B28, C10, C47). They cannot be assigned further seats. Archiving an archived person changes
/// nothing. Needs `archive_person`. Cost: one history row for the person and one for each seat
/// held.
/// Errors: person_not_found, person_erased, stale_revision.
struct ArchivePerson {
  PersonId person = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Makes an archived person active again, and clears the flags that archiving set (A7, C47).
/// Reactivating an active person changes nothing. Needs `archive_person`.
/// Errors: person_not_found, person_erased, stale_revision.
struct ReactivatePerson {
  PersonId person = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Erases a person permanently (C49). Empties their name, email, host key, the texts of all their
/// assignments, and the history texts about them. Changed fields keep their names, so that history
/// still shows which fields changed (C59). Ids, dates and numbers stay, and the email is free
/// again. In history rows that they wrote about others, only the reason and the notes that they
/// entered are emptied; the names and emails of others stay (C64). Free text that others wrote
/// elsewhere is not searched. With `revoke_first` the seats they still hold are revoked in the same
/// batch, each with its history row and event. Needs `archive_person`. Cost: the history about the
/// person and by them. Errors: person_not_found, person_erased, stale_revision, owns_licenses
/// (owner or backup owner of any license, archived ones included), has_active_seats (without
/// `revoke_first`).
struct ErasePerson {
  PersonId person = {};
  bool revoke_first = false;  ///< revokes the seats of the person first
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// The result of a command on a person.
struct PersonReceipt {
  PersonId person = {};
  Revision revision = {};  ///< the revision of the person after the call
  /// How many needs_review flags of assignments the call set or cleared.
  std::uint64_t flags_changed = 0;
  Version version = {};
};

// ------------------------------------------------------------------------------------- licenses

/// Adds a license. Needs `create`. Without `owner` the actor becomes the owner (B8); an actor that
/// is not a person must name one (C23).
/// Errors: person_not_found, person_archived, person_erased (owner, then backup_owner; C21),
/// required (name; currency, if a cost is given), text_too_long (name, vendor, product_group,
/// host_key), total_out_of_range, owner_required (C24), invalid_money, money_out_of_range,
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

/// Sets the number of seats of a license, effective immediately (A8). Never revokes a seat (C12).
/// Needs `edit`.
/// Errors: license_not_found, license_archived, total_out_of_range, stale_revision,
/// total_below_used (policy `enforce`, and more seats are in use; C12).
struct SetTotalSeats {
  LicenseId license = {};
  SeatTotal total_seats = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Changes the descriptive fields of a license. Its total, policy, owners and state have separate
/// commands. History keeps the old and new values (C59). Needs `edit`.
///
/// An amount never changes its currency (C65). The currency cannot be cleared while the license has
/// a cost or an active seat has a cost override. It cannot be changed while an active seat has a
/// cost override. If the license has a cost, a command that changes the currency must also set or
/// clear `cost_per_seat`. Setting the first currency is not a change. Cost: O(seats in use) if the
/// currency changes.
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

/// Sets the policy that applies when every seat is in use (C7, C12). Needs `edit`.
/// Errors: license_not_found, license_archived, stale_revision, total_below_used (to `enforce`,
/// with more seats in use than the total).
struct SetPolicy {
  LicenseId license = {};
  CapacityPolicy policy = CapacityPolicy::enforce;
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Sets the owner, the backup owner, or both in one step, so that the two can be swapped (B4 to B7,
/// C20). The owner cannot be cleared; the backup owner can. Needs `edit`.
/// Errors: license_not_found, license_archived, person_not_found, person_archived, person_erased
/// (the new owner, then the new backup owner; C21), owner_required (cleared), stale_revision,
/// backup_is_owner (B6).
struct SetOwners {
  LicenseId license = {};
  Edit<PersonId> owner = {};
  Edit<PersonId> backup_owner = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Archives a license; its history stays (C50). Archiving an archived license changes nothing.
/// Needs `edit`.
/// Errors: license_not_found, stale_revision, has_active_seats.
struct ArchiveLicense {
  LicenseId license = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Makes an archived license active again (C12). Reactivating an active license changes nothing.
/// Needs `edit`.
/// Errors: license_not_found, stale_revision.
struct ReactivateLicense {
  LicenseId license = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// The result of a command on a license.
struct LicenseReceipt {
  LicenseId license = {};
  Revision revision = {};  ///< the revision of the license after the call
  Version version = {};
};

// ---------------------------------------------------------------------------------------- seats

/// Assigns a seat to a person (A1, A2, A14). Needs `assign`. Capacity is checked at commit (A43).
/// Errors: license_not_found (A5), license_archived, person_not_found (A6), person_archived (A7),
/// person_erased, text_too_long (access_level, account, notes), invalid_money, money_out_of_range,
/// required (cost_override: the license has no currency), invalid_date, date_out_of_range
/// (held_since: also if in the future; C62), already_assigned (A44, C16; also if the license is
/// full, C44), no_seats_remaining (A43).
struct Assign {
  LicenseId license = {};
  PersonId person = {};
  std::string access_level = {};  ///< at most 64 code points (A11)
  std::string account = {};       ///< at most 191 (A12)
  std::string notes = {};         ///< at most 1000 (A13)
  std::optional<Money> cost_override = {};
  std::optional<RequestId> request_id = {};
  /// Since when the person has held the seat; none: since now (C62).
  std::optional<Timestamp> held_since = {};
};

/// Revokes a seat: ends the assignment, which stays in the book, and frees the seat (A17, A19, B25,
/// B26, B27, C4). Needs `assign`.
/// Errors: assignment_not_found, text_too_long (reason), stale_revision, already_revoked (A45).
struct Revoke {
  AssignmentId assignment = {};
  std::string reason = {};  ///< at most 1000 code points
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Transfers a seat: revokes the assignment (reason "transferred") and gives `person` a new one, in
/// one batch (C55). Needs no free seat. The new assignment keeps access level and cost override,
/// but not account, notes, last use, flag or held_since (C62). Needs `assign`.
/// Errors: assignment_not_found, license_archived (C74), person_not_found, person_archived,
/// person_erased, stale_revision, already_assigned, already_revoked, same_person.
struct Transfer {
  AssignmentId assignment = {};
  PersonId person = {};  ///< the new holder
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// Changes the fields of an active assignment (B24). History keeps the old and new values (C59).
/// Needs `assign`.
/// Errors: assignment_not_found, text_too_long, invalid_money, money_out_of_range, required
/// (cost_override: the license has no currency), invalid_date, date_out_of_range (held_since: also
/// if in the future; C62), stale_revision, already_revoked.
struct EditSeat {
  AssignmentId assignment = {};
  Edit<std::string> access_level = {};
  Edit<std::string> account = {};
  Edit<std::string> notes = {};
  Edit<Money> cost_override = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
  Edit<Timestamp> held_since = {};  ///< cleared: since it was assigned (C62)
};

/// Clears the needs_review flag and keeps the seat (B32). Needs `assign`.
/// Errors: assignment_not_found, stale_revision, already_revoked, not_flagged (C47).
struct MarkReviewed {
  AssignmentId assignment = {};
  std::optional<Revision> expected_revision = {};
  std::optional<RequestId> request_id = {};
};

/// The result of a command on a seat.
struct SeatReceipt {
  AssignmentId assignment = {};  ///< the id of the assignment; transfer: of the new one
  Revision revision = {};        ///< the revision of the assignment after the call
  Version version = {};
};

/// Records that a seat was used (A46, C54). The latest time wins; an equal or older one is accepted
/// and changes nothing. Writes no history, no event and no new revision. Needs `assign`. Times are
/// compared in microseconds: a use in whole seconds can be before an assignment made within the
/// same second.
/// Errors: assignment_not_found, invalid_date, date_out_of_range, already_revoked,
/// used_before_assigned (before the person held the seat; C62), used_in_future (more than 24 hours
/// ahead).
struct RecordUse {
  AssignmentId assignment = {};
  Timestamp used_at = {};
  std::optional<RequestId> request_id = {};
};

// ----------------------------------------------------------------------------------- bulk calls
// A bulk call first checks the call, the permission and the record it names, then processes its
// items in the caller's order. An item that fails is skipped and reported; the others are committed
// (A37) in one batch. With `all_or_nothing` a single failed item fails the call with
// `bulk_refused`: nothing changes, and Error::outcomes has the outcomes. With `dry_run` nothing
// changes, and the result describes what would have happened at its version. An empty list
// (required) and a list that is too long (limit_exceeded) are malformed: they are refused before
// all other checks.

/// Assigns one person a seat on each of several licenses (A30, A31, A32, A34, A35, A36, A37, C46).
/// Skip reasons, in the order of checking: license_archived, already_assigned, no_seats_remaining.
/// A license named twice counts once. Needs `assign`.
/// Errors: required (no licenses), limit_exceeded (over 100,000), person_not_found,
/// person_archived, person_erased, license_not_found (with index), invalid_date, date_out_of_range
/// (held_since: also if in the future; C62), bulk_refused.
struct BulkAssign {
  PersonId person = {};
  std::vector<LicenseId> licenses = {};  ///< 1 to 100,000
  bool all_or_nothing = false;
  bool dry_run = false;
  std::optional<RequestId> request_id = {};
  /// Since when the person has held the seat; none: since now (C62).
  std::optional<Timestamp> held_since = {};
};

/// Assigns several people a seat on one license, all with the same attributes (B2, B3, B12, B14,
/// B15, C26). Skip reasons, in the order of checking: already_assigned (also if the holder is
/// archived, as in imports; C27), person_erased, person_archived, no_seats_remaining. A person
/// named twice counts once. Needs `assign`. Errors: required (no people), limit_exceeded (over
/// 100,000), license_not_found, license_archived, text_too_long (access_level), invalid_money,
/// money_out_of_range, required (cost_override: the license has no currency), invalid_date,
/// date_out_of_range (held_since: also if in the future; C62), person_not_found (with index),
/// bulk_refused.
struct AssignMany {
  LicenseId license = {};
  std::vector<PersonId> people = {};  ///< 1 to 100,000
  std::string access_level = {};
  std::optional<Money> cost_override = {};
  bool all_or_nothing = false;
  bool dry_run = false;
  std::optional<RequestId> request_id = {};
  /// Since when the person has held the seat; none: since now (C62).
  std::optional<Timestamp> held_since = {};
};

/// Revokes every seat that a person holds, even if the person is archived (C56). If the person
/// holds none, the call succeeds with no outcomes. No item is ever skipped. Needs `assign`.
/// Errors: person_not_found, person_erased, text_too_long (reason).
struct RevokeAll {
  PersonId person = {};
  std::string reason = {};  ///< at most 1000 code points; stored with each seat
  bool dry_run = false;
  std::optional<RequestId> request_id = {};
};

/// One use of a seat: either of an assignment, or of the active assignment identified by a license
/// and an email.
struct SeatUse {
  std::optional<AssignmentId> assignment = {};  ///< or else `license` and `email`
  std::optional<LicenseId> license = {};        ///< of the seat
  std::string email = {};                       ///< of the holder
  Timestamp used_at = {};
};

/// Records many uses (C54). Outcomes other than ok: invalid_argument (neither an assignment nor a
/// license with an email, or both), invalid_text, assignment_not_found (also if the person with the
/// email holds no seat), license_not_found, person_not_found, invalid_date, date_out_of_range,
/// already_revoked, used_before_assigned, used_in_future. Writes no batch if nothing changes. Needs
/// `assign`.
/// Errors: required (no uses), limit_exceeded (over 100,000), bulk_refused.
struct RecordUses {
  std::vector<SeatUse> uses = {};
  bool all_or_nothing = false;
  bool dry_run = false;
  std::optional<RequestId> request_id = {};
};

/// The texts that a page shows after an assign and after a revoke (A14, A19).
inline constexpr std::string_view assigned_text = "License seat assigned";
inline constexpr std::string_view revoked_text = "Seat revoked";

}  // namespace seatbook

#endif  // SEATBOOK_COMMANDS_HPP_

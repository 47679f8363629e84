/// The calls that change a book: one struct each, and what each answers.
///
/// Every command may carry a `request_id`: sent again within the last 10,000 batches it changes
/// nothing and answers `repeated_request` with the version that carried it out (C58). Commands on
/// an existing record may carry an `expected_revision`: another one answers `stale_revision`
/// (C57). Every answer carries the book's version after the call; a call that found nothing to
/// change makes no batch and answers the version it looked at.
///
/// Errors are listed in the order in which they are checked (docs/architecture.md). Each call may
/// besides answer invalid_argument and invalid_text for what is malformed, book_closed,
/// book_needs_reopen and clock_behind, permission_denied, then repeated_request; and last the
/// storage's conflict, storage_failed and storage_unknown, and out_of_memory. A call that fails has
/// changed nothing.
#ifndef SEATBOOK_COMMANDS_HPP_
#define SEATBOOK_COMMANDS_HPP_

#include <optional>
#include <string>

#include "seatbook/types.hpp"

namespace seatbook {

// --------------------------------------------------------------------------------------- people

/// Adds an active person. Needs `edit`.
/// Errors: required (name), text_too_long (name, email, host_key), invalid_email, limit_exceeded,
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

struct PersonAnswer {
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
/// host_key), total_out_of_range, owner_required, money_out_of_range, invalid_currency,
/// date_out_of_range, limit_exceeded, backup_is_owner (B6), host_key_taken.
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

struct LicenseAnswer {
  LicenseId license = {};
  Revision revision = {};  ///< of the license, after the call
  Version version = {};
};

// ---------------------------------------------------------------------------------------- seats

/// Gives a person a seat (A1, A14). Needs `assign`. Capacity is checked at commit (A43).
/// Errors: license_not_found, license_archived, person_not_found, person_archived (A7),
/// person_erased, text_too_long (access_level, account, notes), money_out_of_range, required
/// (currency: the license has none and a cost is given), limit_exceeded,
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

struct SeatAnswer {
  AssignmentId assignment = {};
  Revision revision = {};  ///< of the assignment, after the call
  Version version = {};
};

}  // namespace seatbook

#endif  // SEATBOOK_COMMANDS_HPP_

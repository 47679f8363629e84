/// Queries and the rows they return. Results are copies; they never change.
#ifndef SEATBOOK_QUERIES_HPP_
#define SEATBOOK_QUERIES_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "seatbook/records.hpp"
#include "seatbook/types.hpp"
#include "seatbook/usage.hpp"  // IWYU pragma: export

namespace seatbook {

/// The limit of Session::events_after() and Session::notifications_after() unless given.
inline constexpr std::uint32_t default_page_limit = 1000;

/// Identifies a person by exactly one of the two. Emails are compared case-folded (C17).
struct PersonLookup {
  std::string email = {};
  std::string host_key = {};  ///< the host's own id
};

/// Identifies a license.
struct LicenseLookup {
  std::string host_key = {};  ///< the host's own id
};

/// Selects a page of all people or all licenses, ordered by id.
template <class IdType, class State>
struct RecordQuery {
  std::optional<IdType> after = {};  ///< the last id of the previous page; none or 0: the start
  std::optional<State> state = {};   ///< only records in this state
  std::uint32_t limit = 1000;        ///< 1 to 100,000
};
using PeopleQuery = RecordQuery<PersonId, PersonState>;
using LicensesQuery = RecordQuery<LicenseId, LicenseState>;

/// Identifies an actor: a service by name, or a person; exactly one of the two.
struct ActorLookup {
  std::string actor = {};  ///< the service's name
  std::optional<PersonId> person = {};
};

/// The maximum of `inactive_days` and `new_seat_grace_days` in queries about inactive seats.
inline constexpr std::uint32_t max_inactivity_days = 36'500;  ///< days

/// A row of a license's Assigned seats table (A21, B30).
struct SeatRow {
  AssignmentId assignment = {};
  PersonId person = {};
  std::string name = {};
  std::string email = {};
  bool archived = false;      ///< the holder is archived
  bool needs_review = false;  ///< independent of `archived` (B30, B32)
  Timestamp assigned_at = {};
  std::string access_level = {};
  std::string account = {};
  std::optional<Money> cost_override = {};
  Timestamp since = {};  ///< "Since": held_since of the assignment, or else assigned_at (C62)
};

/// A row of a person's My software page (A15).
struct SoftwareRow {
  AssignmentId assignment = {};
  LicenseId license = {};
  std::string license_name = {};
  bool needs_review = false;
  Timestamp assigned_at = {};
  std::string access_level = {};
  std::string account = {};
  Timestamp since = {};  ///< "Since": held_since of the assignment, or else assigned_at (C62)
};

/// Selects people who can be assigned a seat (A10, B13, B16): active people, without those who hold
/// a seat of `license`.
struct AssignableQuery {
  std::optional<LicenseId> license = {};
  /// Searches name and email, trimmed and case-folded (C17, C74); every character is literal.
  /// Empty: all.
  std::string search = {};
  std::uint32_t limit = 50;  ///< 1 to 1000
};
/// The maximum of `limit` of AssignableQuery.
inline constexpr std::uint32_t max_assignable_limit = 1000;  ///< rows

/// A person who can be assigned a seat.
struct AssignablePerson {
  PersonId person = {};
  std::string name = {};
  std::string email = {};
};

/// A seat whose holder was archived and that has not been reviewed since (B28 to B30).
struct ReviewRow {
  AssignmentId assignment = {};
  LicenseId license = {};
  std::string license_name = {};
  PersonId person = {};
  std::string name = {};
  std::string email = {};
  bool archived = false;  ///< the holder is archived
  Timestamp assigned_at = {};
  Timestamp flagged_at = {};       ///< when it was last flagged
  std::uint64_t waiting_days = 0;  ///< complete days of 24 hours since then
  Timestamp since = {};  ///< "Since": held_since of the assignment, or else assigned_at (C62)
};

/// A license whose owner or backup owner is archived (B9, C22).
struct ArchivedOwnerRow {
  LicenseId license = {};
  std::string license_name = {};
  PersonId owner = {};
  bool owner_archived = false;
  std::optional<PersonId> backup_owner = {};
  bool backup_archived = false;
};

/// The contacts of a license (B5): the owner, or the backup owner while the owner is archived; none
/// while both are archived.
struct LicenseContacts {
  PersonId owner = {};
  bool owner_archived = false;
  std::optional<PersonId> backup_owner = {};
  bool backup_archived = false;
  /// The person to ask; none if both owners are archived.
  std::optional<PersonId> approver = {};
  std::vector<PersonId> renewal_recipients = {};  ///< the people to remind of a renewal
};

/// Selects history rows that match every member that is set.
struct HistoryQuery {
  std::optional<LicenseId> license = {};  ///< only rows about this license
  std::optional<PersonId> person = {};    ///< only rows about this person
  std::optional<ActorId> actor = {};      ///< only rows of this actor
  std::optional<HistoryKind> kind = {};
  std::optional<Timestamp> since = {};  ///< at this instant or later
  std::optional<Timestamp> until = {};  ///< before this instant
  /// Oldest first: rows after this one. Newest first: rows before it. 0: from the start of the
  /// chosen order.
  Seq from = {};
  bool newest_first = false;   ///< descending order of the rows
  std::uint32_t limit = 1000;  ///< 1 to 100,000
};
/// The maximum of `limit` of HistoryQuery.
inline constexpr std::uint32_t max_history_limit = 100'000;  ///< rows

/// A history row with the names of its records.
struct HistoryEntry {
  HistoryRow row = {};            ///< the history row
  HistoryTexts texts = {};        ///< the texts of the row
  ActorRecord actor = {};         ///< who did it
  std::string actor_name = {};    ///< the service's name, or the person's current name
  std::string license_name = {};  ///< current name
  std::string person_name = {};   ///< current name; empty once erased
};

}  // namespace seatbook

#endif  // SEATBOOK_QUERIES_HPP_

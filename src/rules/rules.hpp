/// The commands: what each changes, or why it fails.
///
/// Each command is two functions. malformed(command) is step 1 of the error order,
/// name(transaction, command) steps 4 to 9. The caller has checked permission and the state of the
/// book. The structs in commands.hpp describe each command.
#ifndef SEATBOOK_RULES_RULES_HPP_
#define SEATBOOK_RULES_RULES_HPP_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "rules/transaction.hpp"
#include "seatbook/actor.hpp"
#include "seatbook/commands.hpp"

namespace seatbook::rules {

#define SEATBOOK_COMMAND(name, Request, Receipt, permission) \
  Result<void> malformed(const Request& command);            \
  Result<Receipt> name(Transaction& transaction, const Request& command);
#include "seatbook/operations.def"

// seats.cpp: assign, revoke, transfer, edit. Used by every path that assigns or revokes (C4, C16,
// C40):

/// The contents of a new assignment.
struct NewSeat {
  LicenseId license;
  PersonId person;
  std::string_view access_level = {};
  std::string_view account = {};
  std::string_view notes = {};
  std::optional<Money> cost_override = {};
  std::optional<Timestamp> held_since = {};
};

/// Writes a new assignment with this id, without a history row. Returns it; it is valid until the
/// next record is written.
const Assignment& new_seat(Transaction& transaction, AssignmentId id, const NewSeat& seat);
/// Writes a new assignment and its `assigned` row. The caller has checked the rules.
Result<AssignmentId> grant(Transaction& transaction, const NewSeat& seat);
/// Revokes an active assignment and writes it with its `revoked` row.
Result<void> revoke_seat(Transaction& transaction, Assignment assignment,
                         const std::string& reason);
/// Marks an active assignment as revoked, clears the flag (B31), and increments the revision.
void stamp_revoked(Transaction& transaction, Assignment& assignment, const std::string& reason);
/// Returns a history row about an assignment.
[[nodiscard]] HistoryRow about(HistoryKind kind, const Assignment& assignment);

// bulk.cpp: commands on many seats: each item is decided separately, in one batch (A30 to A37,
// B12 to B15, C45, C46, C56).

/// Step 1 of every command with a list: returns an error if the list is empty or too long.
Result<void> malformed_list(const char* field, std::size_t size);
/// Whether the `assignment` of an outcome can be an assignment that the call creates.
enum class Created { nothing, assignments };
/// Counts the outcomes. Discards the batch on a dry run, or if `all_or_nothing` is set and an item
/// failed.
/// Errors: bulk_refused.
Result<BulkReceipt> finished(Transaction& transaction, std::vector<Outcome> outcomes,
                             bool all_or_nothing, bool dry_run, Created created);

// last_use.cpp: last use: telemetry that arrives in any order (A46, C54).

// reviews.cpp: needs-review flags (B28 to B32, C47).

/// Sets or clears the flag of every seat that the person holds; returns how many changed. A flag is
/// not an edit: revisions stay (C57).
Result<std::uint64_t> flag_seats_of(Transaction& transaction, PersonId person, bool needs_review);

// licenses.cpp: add, update, total, policy, archive, reactivate.

/// Writes a license whose terms changed, with a history row of `kind` that has both terms (C48).
/// Writes nothing if they are equal.
Result<LicenseReceipt> change_terms(Transaction& transaction, const License& before, License after,
                                    HistoryKind kind);

// owners.cpp: owners and backup owners (B4 to B9, C20 to C24).

/// Returns the given owner, or else the actor if it is a person (B8, C23).
[[nodiscard]] std::optional<PersonId> owner_or_actor(const std::optional<PersonId>& owner,
                                                     const Actor& actor);

/// Step 5: returns an error if one of the two does not exist or is not active (C21). Skips a
/// missing one.
Result<void> cannot_own(const model::Tables& tables, const std::optional<PersonId>& owner,
                        const std::optional<PersonId>& backup_owner);

/// Step 8: returns an error if both are the same person (B6, C20).
Result<void> same_owner_and_backup(PersonId owner, const std::optional<PersonId>& backup_owner);

// people.cpp: add, update, archive, reactivate.

/// Adds a person who is active or archived from the start. An archived one has two history rows:
/// added and archived.
Result<PersonReceipt> add_person_as(Transaction& transaction, const AddPerson& command,
                                    PersonState state);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_RULES_HPP_

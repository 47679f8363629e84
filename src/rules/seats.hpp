/// Commands on single seats: assign, revoke, transfer, edit.
///
/// `malformed` is step 1 of the error order, the rest are steps 4 to 9 (see people.hpp).
#ifndef SEATBOOK_RULES_SEATS_HPP_
#define SEATBOOK_RULES_SEATS_HPP_

#include <optional>
#include <string>

#include "rules/transaction.hpp"
#include "seatbook/commands.hpp"

namespace seatbook::rules {

[[nodiscard]] std::optional<Error> malformed(const Assign& command);
[[nodiscard]] std::optional<Error> malformed(const Revoke& command);
[[nodiscard]] std::optional<Error> malformed(const Transfer& command);
[[nodiscard]] std::optional<Error> malformed(const EditSeat& command);

Result<SeatReceipt> assign(Transaction& transaction, const Assign& command);
Result<SeatReceipt> revoke(Transaction& transaction, const Revoke& command);
Result<SeatReceipt> transfer(Transaction& transaction, const Transfer& command);
Result<SeatReceipt> edit_seat(Transaction& transaction, const EditSeat& command);

// Shared by every path that assigns or revokes seats (C4, C16, C40).

/// The contents of a new assignment.
struct NewSeat {
  LicenseId license;
  PersonId person;
  std::string access_level = {};
  std::string account = {};
  std::string notes = {};
  std::optional<Money> cost_override = {};
};

/// Makes a new assignment without writing it.
/// Errors: limit_exceeded.
Result<Assignment> new_seat(Transaction& transaction, NewSeat seat);
/// Writes a new assignment and its `assigned` row. The caller has checked the rules.
Result<AssignmentId> grant(Transaction& transaction, NewSeat seat);
/// Revokes an active assignment and writes it with its `revoked` row.
Result<void> revoke_seat(Transaction& transaction, Assignment assignment,
                         const std::string& reason);
/// Marks an active assignment as revoked, clears the flag (B31), and increments the revision.
void stamp_revoked(Transaction& transaction, Assignment& assignment, const std::string& reason);
/// Returns a history row about an assignment.
[[nodiscard]] HistoryRow about(HistoryKind kind, const Assignment& assignment);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_SEATS_HPP_

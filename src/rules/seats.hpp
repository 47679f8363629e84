/// Decisions about single seats: assign, revoke, transfer, edit.
///
/// `malformed` is step 1 of the error order, the rest steps 4 to 9 (see people.hpp).
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

// What every path that moves seats has in common (C4, C16, C40).

/// Who asks for a seat, where, and with which texts.
struct NewSeat {
  LicenseId license;
  PersonId person;
  std::string access_level = {};
  std::string account = {};
  std::string notes = {};
  std::optional<Money> cost_override = {};
};

/// Puts the new assignment, without its history row. Errors: limit_exceeded.
Result<Assignment> new_seat(Transaction& transaction, NewSeat wish);
/// Puts the new assignment and its `assigned` row; whoever calls has checked the rules.
Result<AssignmentId> grant(Transaction& transaction, NewSeat wish);
/// Stamps an active assignment and puts it with its `revoked` row.
Result<void> revoke_seat(Transaction& transaction, Assignment assignment,
                         const std::string& reason);
/// Stamps an active assignment: revoked, the flag answered (B31), one revision on.
void stamp_revoked(Transaction& transaction, Assignment& assignment, const std::string& reason);
/// A history row about an assignment.
[[nodiscard]] HistoryRow about(HistoryKind kind, const Assignment& assignment);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_SEATS_HPP_

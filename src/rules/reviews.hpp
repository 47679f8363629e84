/// Needs-review flags (B28 to B32, C47).
#ifndef SEATBOOK_RULES_REVIEWS_HPP_
#define SEATBOOK_RULES_REVIEWS_HPP_

#include <cstdint>
#include <optional>

#include "rules/transaction.hpp"
#include "seatbook/commands.hpp"

namespace seatbook::rules {

[[nodiscard]] std::optional<Error> malformed(const MarkReviewed& command);

Result<SeatReceipt> mark_reviewed(Transaction& transaction, const MarkReviewed& command);

/// Sets or clears the flag of every seat that the person holds; returns how many changed. A flag is
/// not an edit: revisions stay (C57).
Result<std::uint64_t> flag_seats_of(Transaction& transaction, PersonId person, bool needs_review);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_REVIEWS_HPP_

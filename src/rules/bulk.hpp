/// Commands on many seats: each item is decided separately, in one batch (A30 to A37, B12 to B15,
/// C45, C46, C56).
#ifndef SEATBOOK_RULES_BULK_HPP_
#define SEATBOOK_RULES_BULK_HPP_

#include <cstddef>
#include <optional>

#include "rules/transaction.hpp"
#include "seatbook/commands.hpp"

namespace seatbook::rules {

[[nodiscard]] std::optional<Error> malformed(const BulkAssign& command);
[[nodiscard]] std::optional<Error> malformed(const AssignMany& command);
[[nodiscard]] std::optional<Error> malformed(const RevokeAll& command);

/// Can only assign (A36): seats are revoked one by one, or all those of a person (C56).
Result<BulkReceipt> bulk_assign(Transaction& transaction, const BulkAssign& command);
/// Assigns several people (B12); the outcomes say who got a seat (B15).
Result<BulkReceipt> assign_many(Transaction& transaction, const AssignMany& command);
Result<BulkReceipt> revoke_all(Transaction& transaction, const RevokeAll& command);

/// Step 1 of every command with a list: returns an error if the list is empty or too long.
[[nodiscard]] std::optional<Error> malformed_list(const char* field, std::size_t size);
/// Whether the `assignment` of an outcome can be an assignment that the call creates.
enum class Created { nothing, assignments };
/// Counts the outcomes. Discards the batch on a dry run, or if `all_or_nothing` is set and an item
/// failed.
/// Errors: bulk_refused.
Result<BulkReceipt> finished(Transaction& transaction, std::vector<Outcome> outcomes,
                             bool all_or_nothing, bool dry_run, Created created);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_BULK_HPP_

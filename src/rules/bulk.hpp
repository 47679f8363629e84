/// Decisions about many seats at once: each item on its own, the call one batch (A30 to A37, B12 to
/// B15, C45, C46, C56).
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

/// Step 1 of every call with a list: the error, if it is empty or too long.
[[nodiscard]] std::optional<Error> malformed_list(const char* field, std::size_t size);
/// What the outcomes of a call name as their assignment: new ones, or ones that were there.
enum class Made { nothing, assignments };
/// Sums the outcomes up and gives the batch up where the call asked for a dry run, or for all or
/// nothing and did not get all. Errors: bulk_refused.
Result<BulkReceipt> finished(Transaction& transaction, std::vector<Outcome> outcomes,
                             bool all_or_nothing, bool dry_run, Made made);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_BULK_HPP_

/// Last use: telemetry that arrives in any order (A46, C54).
#ifndef SEATBOOK_RULES_LAST_USE_HPP_
#define SEATBOOK_RULES_LAST_USE_HPP_

#include <optional>

#include "rules/transaction.hpp"
#include "seatbook/commands.hpp"

namespace seatbook::rules {

[[nodiscard]] std::optional<Error> malformed(const RecordUse& command);
[[nodiscard]] std::optional<Error> malformed(const RecordUses& command);

Result<SeatReceipt> record_use(Transaction& transaction, const RecordUse& command);
Result<BulkReceipt> record_uses(Transaction& transaction, const RecordUses& command);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_LAST_USE_HPP_

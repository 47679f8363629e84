/// Erasing a person (C49).
#ifndef SEATBOOK_RULES_ERASURE_HPP_
#define SEATBOOK_RULES_ERASURE_HPP_

#include <optional>

#include "rules/transaction.hpp"
#include "seatbook/commands.hpp"

namespace seatbook::rules {

[[nodiscard]] std::optional<Error> malformed(const ErasePerson& command);

Result<PersonReceipt> erase_person(Transaction& transaction, const ErasePerson& command);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_ERASURE_HPP_

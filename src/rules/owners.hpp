/// Owners and backup owners (B4 to B9, C20 to C24).
#ifndef SEATBOOK_RULES_OWNERS_HPP_
#define SEATBOOK_RULES_OWNERS_HPP_

#include <optional>

#include "rules/transaction.hpp"
#include "seatbook/actor.hpp"
#include "seatbook/commands.hpp"

namespace seatbook::rules {

[[nodiscard]] std::optional<Error> malformed(const SetOwners& command);

Result<LicenseReceipt> set_owners(Transaction& transaction, const SetOwners& command);

/// Returns the given owner, or else the actor if it is a person (B8, C23).
[[nodiscard]] std::optional<PersonId> owner_or_actor(const std::optional<PersonId>& owner,
                                                     const Actor& actor);

/// Step 5: returns an error if one of the two does not exist or is not active (C21). Skips a
/// missing one.
[[nodiscard]] std::optional<Error> cannot_own(const model::Tables& tables,
                                              const std::optional<PersonId>& owner,
                                              const std::optional<PersonId>& backup_owner);

/// Step 8: returns an error if both are the same person (B6, C20).
[[nodiscard]] std::optional<Error> same_owner_and_backup(
    PersonId owner, const std::optional<PersonId>& backup_owner);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_OWNERS_HPP_

#include "rules/rules.hpp"

#include <utility>

#include "rules/edits.hpp"
#include "rules/fields.hpp"
#include "rules/lookups.hpp"
#include "types/try.hpp"

namespace seatbook::rules {

std::optional<PersonId> owner_or_actor(const std::optional<PersonId>& owner, const Actor& actor) {
  return owner ? owner : actor.person;  // B8, C23
}

Result<void> cannot_own(const model::Tables& tables, const std::optional<PersonId>& owner,
                        const std::optional<PersonId>& backup_owner) {
  if (owner) {  // C21
    SEATBOOK_TRY(find_active_person(tables, *owner, "owner"));
  }
  if (backup_owner) {  // C21
    SEATBOOK_TRY(find_active_person(tables, *backup_owner, "backup_owner"));
  }
  return {};
}

Result<void> same_owner_and_backup(PersonId owner, const std::optional<PersonId>& backup_owner) {
  if (backup_owner != owner) return {};  // B6, C20
  return Error{Code::backup_is_owner, "backup_owner must differ from owner", "backup_owner"};
}

Result<void> malformed(const SetOwners& /*command*/) {
  return {};
}

Result<LicenseReceipt> set_owners(Transaction& transaction, const SetOwners& command) {
  SEATBOOK_TRY(const License* found,
               find_active_license(transaction.tables(), command.license, "license"));
  const auto named = [](const Edit<PersonId>& edit) {
    return edit.sets() ? std::optional(edit.value()) : std::nullopt;
  };
  // Only people chosen now must be active; one who was archived later stays until replaced (B9,
  // C22).
  SEATBOOK_TRY(cannot_own(transaction.tables(), named(command.owner), named(command.backup_owner)));
  FieldChecks fields;
  fields.require(!command.owner.clears(), Code::owner_required, "owner",  // B4, C24
                 "cannot be cleared: every license has an owner");
  SEATBOOK_TRY(fields.result());
  SEATBOOK_TRY(stale(command.expected_revision, found->revision));
  License changed = *found;
  apply_edits(changed, command);
  SEATBOOK_TRY(same_owner_and_backup(changed.owner, changed.backup_owner));
  // B7: committed when the call returns.
  return change_terms(transaction, *found, std::move(changed), HistoryKind::owners_changed);
}

}  // namespace seatbook::rules

#include "rules/rules.hpp"

#include <utility>

#include "rules/edits.hpp"
#include "rules/fields.hpp"
#include "rules/lookups.hpp"

namespace seatbook::rules {

std::optional<PersonId> owner_or_actor(const std::optional<PersonId>& owner, const Actor& actor) {
  return owner ? owner : actor.person;  // B8, C23
}

std::optional<Error> cannot_own(const model::Tables& tables, const std::optional<PersonId>& owner,
                                const std::optional<PersonId>& backup_owner) {
  if (owner) {  // C21
    if (auto found = find_active_person(tables, *owner, "owner"); !found) return found.error;
  }
  if (backup_owner) {  // C21
    if (auto found = find_active_person(tables, *backup_owner, "backup_owner"); !found) {
      return found.error;
    }
  }
  return std::nullopt;
}

std::optional<Error> same_owner_and_backup(PersonId owner,
                                           const std::optional<PersonId>& backup_owner) {
  if (backup_owner != owner) return std::nullopt;  // B6, C20
  return Error{Code::backup_is_owner, "backup_owner must differ from owner", "backup_owner"};
}

std::optional<Error> malformed(const SetOwners& /*command*/) {
  return std::nullopt;
}

Result<LicenseReceipt> set_owners(Transaction& transaction, const SetOwners& command) {
  const auto found = find_active_license(transaction.tables(), command.license, "license");
  if (!found) return *found.error;
  const auto named = [](const Edit<PersonId>& edit) {
    return edit.sets() ? std::optional(edit.value()) : std::nullopt;
  };
  // Only people chosen now must be active; one who was archived later stays until replaced (B9,
  // C22).
  if (auto error =
          cannot_own(transaction.tables(), named(command.owner), named(command.backup_owner))) {
    return *std::move(error);
  }
  FieldChecks fields;
  fields.require(!command.owner.clears(), Code::owner_required, "owner",  // B4, C24
                 "cannot be cleared: every license has an owner");
  if (fields.error()) return *fields.error();
  if (auto error = stale(command.expected_revision, found->revision)) return *std::move(error);
  License changed = *found;
  apply_edits(changed, command);
  if (auto error = same_owner_and_backup(changed.owner, changed.backup_owner)) {
    return *std::move(error);
  }
  // B7: committed when the call returns.
  return change_terms(transaction, *found, std::move(changed), HistoryKind::owners_changed);
}

}  // namespace seatbook::rules

#include "rules/owners.hpp"

#include "rules/lookups.hpp"

namespace seatbook::rules {

std::optional<PersonId> owner_or_actor(const std::optional<PersonId>& owner, const Actor& actor) {
  return owner ? owner : actor.person;
}

std::optional<Error> cannot_own(const model::Tables& tables, const std::optional<PersonId>& owner,
                                const std::optional<PersonId>& backup_owner) {
  if (owner) {
    if (auto found = find_active_person(tables, *owner, "owner"); !found) return found.error;
  }
  if (backup_owner) {
    if (auto found = find_active_person(tables, *backup_owner, "backup_owner"); !found) {
      return found.error;
    }
  }
  return std::nullopt;
}

std::optional<Error> same_owner_and_backup(PersonId owner,
                                           const std::optional<PersonId>& backup_owner) {
  if (backup_owner != owner) return std::nullopt;
  return Error{Code::backup_is_owner, "the backup owner must differ from the owner",
               "backup_owner"};
}

}  // namespace seatbook::rules

/// Steps 4, 5 and 7 of the error order: records that a call names, and the revision it expects.
#ifndef SEATBOOK_RULES_LOOKUPS_HPP_
#define SEATBOOK_RULES_LOOKUPS_HPP_

#include <optional>

#include "model/tables.hpp"
#include "rules/view.hpp"
#include "seatbook/records.hpp"
#include "seatbook/result.hpp"

namespace seatbook::rules {

/// Errors: person_not_found.
Result<const Person*> find_person(const model::Tables& tables, PersonId id, const char* field);
/// Errors: person_not_found, person_erased.
Result<const Person*> find_person_not_erased(const model::Tables& tables, PersonId id,
                                             const char* field);
/// Errors: person_not_found, person_archived, person_erased.
Result<const Person*> find_active_person(const model::Tables& tables, PersonId id,
                                         const char* field);
/// Errors: license_not_found.
Result<const License*> find_license(const model::Tables& tables, LicenseId id, const char* field);
/// Errors: license_not_found, license_archived.
Result<const License*> find_active_license(const model::Tables& tables, LicenseId id,
                                           const char* field);
/// Errors: assignment_not_found.
Result<const model::AssignmentRow*> find_assignment(const model::Tables& tables, AssignmentId id,
                                                    const char* field);
Result<const model::AssignmentRow*> find_assignment(const View& view, AssignmentId id,
                                                    const char* field);
/// The error for an assignment that must be active (A45).
[[nodiscard]] Error already_revoked();

/// Errors: actor_not_found.
Result<const ActorRecord*> find_actor(const model::Tables& tables, ActorId id, const char* field);

/// Returns an error if the caller expects another revision (C57).
Result<void> stale(const std::optional<Revision>& expected, Revision current);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_LOOKUPS_HPP_

/// The permission table of docs/rules.md (C42, C43).
#ifndef SEATBOOK_RULES_PERMISSIONS_HPP_
#define SEATBOOK_RULES_PERMISSIONS_HPP_

#include "model/tables.hpp"
#include "seatbook/actor.hpp"
#include "seatbook/result.hpp"

namespace seatbook::rules {

/// Returns the actor's current permissions; none if the actor is a person who is not active.
[[nodiscard]] Permissions permissions_of(const model::Tables& tables, const Actor& actor);

/// Returns permission_denied if the actor lacks a permission (C43); also behind can() and why_not()
/// (C68). Reads only the actor's own record, so a caller without permission learns nothing about
/// other records.
Result<void> refusal(const model::Tables& tables, const Actor& actor, Operation operation);

/// Like refusal(), for a call about one person: `view_own` suffices if the actor is that person.
Result<void> refusal_about(const model::Tables& tables, const Actor& actor, Operation operation,
                           PersonId person);

/// Returns an error of the actor itself, independent of the book: invalid_argument, invalid_text.
Result<void> malformed(const Actor& actor);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_PERMISSIONS_HPP_

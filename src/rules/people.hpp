/// Decisions about people: add, update, archive, reactivate.
///
/// `malformed` is step 1 of the error order, the rest steps 4 to 9; permission and the state of the
/// book were checked by the caller. What each does is told at the command's struct.
#ifndef SEATBOOK_RULES_PEOPLE_HPP_
#define SEATBOOK_RULES_PEOPLE_HPP_

#include <optional>

#include "rules/draft.hpp"
#include "seatbook/commands.hpp"

namespace seatbook::rules {

[[nodiscard]] std::optional<Error> malformed(const AddPerson& command);
[[nodiscard]] std::optional<Error> malformed(const UpdatePerson& command);
[[nodiscard]] std::optional<Error> malformed(const ArchivePerson& command);
[[nodiscard]] std::optional<Error> malformed(const ReactivatePerson& command);

Result<PersonAnswer> add_person(Draft& draft, const AddPerson& command);
Result<PersonAnswer> update_person(Draft& draft, const UpdatePerson& command);
Result<PersonAnswer> archive_person(Draft& draft, const ArchivePerson& command);
Result<PersonAnswer> reactivate_person(Draft& draft, const ReactivatePerson& command);

/// As add_person, of somebody who is active or archived from the start; the latter are told twice
/// in history, as added and as archived.
Result<PersonAnswer> add_person_as(Draft& draft, const AddPerson& command, PersonState state);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_PEOPLE_HPP_

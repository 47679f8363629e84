/// Commands on people: add, update, archive, reactivate.
///
/// `malformed` is step 1 of the error order, the rest are steps 4 to 9. The caller has checked
/// permission and the state of the book. The structs in commands.hpp describe each command.
#ifndef SEATBOOK_RULES_PEOPLE_HPP_
#define SEATBOOK_RULES_PEOPLE_HPP_

#include <optional>

#include "rules/transaction.hpp"
#include "seatbook/commands.hpp"

namespace seatbook::rules {

[[nodiscard]] std::optional<Error> malformed(const AddPerson& command);
[[nodiscard]] std::optional<Error> malformed(const UpdatePerson& command);
[[nodiscard]] std::optional<Error> malformed(const ArchivePerson& command);
[[nodiscard]] std::optional<Error> malformed(const ReactivatePerson& command);

Result<PersonReceipt> add_person(Transaction& transaction, const AddPerson& command);
Result<PersonReceipt> update_person(Transaction& transaction, const UpdatePerson& command);
Result<PersonReceipt> archive_person(Transaction& transaction, const ArchivePerson& command);
Result<PersonReceipt> reactivate_person(Transaction& transaction, const ReactivatePerson& command);

/// Adds a person who is active or archived from the start. An archived one has two history rows:
/// added and archived.
Result<PersonReceipt> add_person_as(Transaction& transaction, const AddPerson& command,
                                    PersonState state);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_PEOPLE_HPP_

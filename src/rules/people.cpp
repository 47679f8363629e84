#include "rules/rules.hpp"

#include <cstdint>
#include <string>
#include <utility>

#include "rules/edits.hpp"
#include "rules/fields.hpp"
#include "rules/lookups.hpp"
#include "text/utf8.hpp"
#include "types/try.hpp"

namespace seatbook::rules {
namespace {

/// Returns an error if another person, archived or not, has the email or host key (C17).
Result<void> taken_by_another(const model::Tables& tables, PersonId self, const std::string& email,
                              const std::string& host_key) {
  if (!email.empty()) {
    const model::PersonRow* other = tables.people.find_email(text::email_key(email));
    if (other != nullptr && other->person.id != self) {
      return Error{Code::email_taken,  // C17
                   "another person has this email",
                   "email",
                   {},
                   {other->person.id.value}};
    }
  }
  if (!host_key.empty()) {
    const model::PersonRow* other = tables.people.find_host_key(host_key);
    if (other != nullptr && other->person.id != self) {
      return Error{Code::host_key_taken,
                   "another person has this host key",
                   "host_key",
                   {},
                   {other->person.id.value}};
    }
  }
  return {};
}

Result<void> check_fields(const Person& person) {
  return FieldChecks()
      .required_text("name", person.name, max_name_length)
      .email("email", person.email)
      .text("host_key", person.host_key, max_host_key_length)
      .result();
}

HistoryRow about(HistoryKind kind, PersonId person) {
  HistoryRow row;
  row.kind = kind;
  row.person = person;
  return row;
}

/// Archives or reactivates a person (B28, C47).
Result<PersonReceipt> change_state(Transaction& transaction, const Person& person,
                                   PersonState state) {
  if (person.state == state) return PersonReceipt{person.id, person.revision};
  Person changed = person;
  changed.state = state;
  changed.revision = next(person.revision);
  PersonReceipt result{person.id, changed.revision};
  transaction.put(std::move(changed));
  const bool archiving = state == PersonState::archived;
  SEATBOOK_TRY(transaction.record(about(
      archiving ? HistoryKind::person_archived : HistoryKind::person_reactivated, person.id)));
  SEATBOOK_TRY(const std::uint64_t flags, flag_seats_of(transaction, person.id, archiving));
  result.flags_changed = flags;
  return result;
}

}  // namespace

Result<void> malformed(const AddPerson& command) {
  return malformed_texts(
      {{"name", command.name}, {"email", command.email}, {"host_key", command.host_key}});
}

Result<void> malformed(const UpdatePerson& command) {
  return malformed_texts({{"name", command.name.value()},
                          {"email", command.email.value()},
                          {"host_key", command.host_key.value()}});
}

Result<void> malformed(const ArchivePerson& /*command*/) {
  return {};
}
Result<void> malformed(const ReactivatePerson& /*command*/) {
  return {};
}

Result<PersonReceipt> add_person(Transaction& transaction, const AddPerson& command) {
  return add_person_as(transaction, command, PersonState::active);
}

Result<PersonReceipt> add_person_as(Transaction& transaction, const AddPerson& command,
                                    PersonState state) {
  const bool archived = state == PersonState::archived;
  Person person;
  person.name = command.name;
  person.email = command.email;
  person.host_key = command.host_key;
  person.state = state;
  person.revision = Revision(archived ? 2 : 1);
  SEATBOOK_TRY(check_fields(person));
  SEATBOOK_TRY(taken_by_another(transaction.tables(), {}, person.email, person.host_key));
  // Last, because an import continues after an error, and ids have no gaps.
  SEATBOOK_TRY(const PersonId id, transaction.new_person());
  person.id = id;
  HistoryTexts texts;
  texts.name_after = person.name;
  texts.email_after = person.email;
  const Revision revision = person.revision;
  transaction.put(std::move(person));
  SEATBOOK_TRY(transaction.record(about(HistoryKind::person_added, id), std::move(texts)));
  if (archived) {
    SEATBOOK_TRY(transaction.record(about(HistoryKind::person_archived, id)));
  }
  return PersonReceipt{id, revision};
}

Result<PersonReceipt> update_person(Transaction& transaction, const UpdatePerson& command) {
  SEATBOOK_TRY(const Person* found,
               find_active_person(transaction.tables(), command.person, "person"));
  Person changed = *found;
  apply_edits(changed, command);
  SEATBOOK_TRY(check_fields(changed));
  SEATBOOK_TRY(stale(command.expected_revision, found->revision));
  SEATBOOK_TRY(taken_by_another(transaction.tables(), changed.id, changed.email, changed.host_key));
  HistoryTexts texts;
  texts.changes = changes_of<UpdatePerson>(*found, changed);  // C59
  if (texts.changes.empty()) return PersonReceipt{found->id, found->revision};
  // C18
  if (changed.name != found->name) {
    texts.name_before = found->name;
    texts.name_after = changed.name;
  }
  if (changed.email != found->email) {
    texts.email_before = found->email;
    texts.email_after = changed.email;
  }
  changed.revision = next(found->revision);
  PersonReceipt result{changed.id, changed.revision};
  transaction.put(std::move(changed));
  SEATBOOK_TRY(
      transaction.record(about(HistoryKind::person_updated, result.person), std::move(texts)));
  return result;
}

Result<PersonReceipt> archive_person(Transaction& transaction, const ArchivePerson& command) {
  SEATBOOK_TRY(const Person* found,
               find_person_not_erased(transaction.tables(), command.person, "person"));
  SEATBOOK_TRY(stale(command.expected_revision, found->revision));
  return change_state(transaction, *found, PersonState::archived);
}

Result<PersonReceipt> reactivate_person(Transaction& transaction, const ReactivatePerson& command) {
  SEATBOOK_TRY(const Person* found,
               find_person_not_erased(transaction.tables(), command.person, "person"));
  SEATBOOK_TRY(stale(command.expected_revision, found->revision));
  return change_state(transaction, *found, PersonState::active);
}

}  // namespace seatbook::rules

#include "rules/lookups.hpp"

#include <string>

#include "types/try.hpp"

namespace seatbook::rules {
namespace {

/// The error for a record that a field of the command names: "person 7 is archived".
Error refused(Code code, const char* what, std::uint64_t number, const char* problem,
              const char* field) {
  return {code, std::string(what) + " " + std::to_string(number) + " " + problem, field};
}

}  // namespace

Result<const Person*> find_person(const model::Tables& tables, PersonId id, const char* field) {
  const model::PersonRow* row = tables.people.find(id);
  if (row != nullptr) return &row->person;
  // A6, B3
  return refused(Code::person_not_found, "person", id.value, "does not exist", field);
}

Result<const Person*> find_person_not_erased(const model::Tables& tables, PersonId id,
                                             const char* field) {
  SEATBOOK_TRY(const Person* found, find_person(tables, id, field));
  if (found->state == PersonState::erased) {  // C49
    return refused(Code::person_erased, "person", id.value, "was erased", field);
  }
  return found;
}

Result<const Person*> find_active_person(const model::Tables& tables, PersonId id,
                                         const char* field) {
  SEATBOOK_TRY(const Person* found, find_person_not_erased(tables, id, field));
  if (found->state == PersonState::archived) {  // A7, C21
    return refused(Code::person_archived, "person", id.value, "is archived", field);
  }
  return found;
}

Result<const License*> find_license(const model::Tables& tables, LicenseId id, const char* field) {
  const License* row = tables.licenses.find(id);
  if (row != nullptr) return row;
  // A5, B2
  return refused(Code::license_not_found, "license", id.value, "does not exist", field);
}

Result<const License*> find_active_license(const model::Tables& tables, LicenseId id,
                                           const char* field) {
  SEATBOOK_TRY(const License* found, find_license(tables, id, field));
  if (found->state == LicenseState::archived) {  // C50
    return refused(Code::license_archived, "license", id.value, "is archived", field);
  }
  return found;
}

namespace {

Result<const model::AssignmentRow*> found(const model::AssignmentRow* row, AssignmentId id,
                                          const char* field) {
  if (row != nullptr) return row;
  return refused(Code::assignment_not_found, "assignment", id.value, "does not exist", field);
}

}  // namespace

Result<const model::AssignmentRow*> find_assignment(const model::Tables& tables, AssignmentId id,
                                                    const char* field) {
  return found(tables.assignments.find(id), id, field);
}

Result<const model::AssignmentRow*> find_assignment(const View& view, AssignmentId id,
                                                    const char* field) {
  return found(view.find(id), id, field);
}

Result<const ActorRecord*> find_actor(const model::Tables& tables, ActorId id, const char* field) {
  const ActorRecord* row = tables.actors.find(id);
  if (row != nullptr) return row;
  return refused(Code::actor_not_found, "actor", id.value, "does not exist", field);
}

Error already_revoked() {  // A45
  return {Code::already_revoked, "Assignment already revoked.", "assignment"};
}

Result<void> stale(const std::optional<Revision>& expected, Revision current) {
  if (!expected || *expected == current) return {};
  return Error{Code::stale_revision,  // C57
               "the record is at revision " + std::to_string(current.value) + ", not " +
                   std::to_string(expected->value),
               "expected_revision",
               {},
               {current.value}};
}

}  // namespace seatbook::rules

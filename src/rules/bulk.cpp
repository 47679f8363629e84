#include "rules/rules.hpp"

#include <array>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "rules/fields.hpp"
#include "rules/lookups.hpp"
#include "rules/usage.hpp"
#include "types/try.hpp"

namespace seatbook {

void BulkSummary::count(Code outcome) {
  if (outcome == Code::ok) {
    ++done;
    return;
  }
  ++skipped;
  switch (outcome) {
    case Code::no_seats_remaining:
      ++no_seats_remaining;
      break;
    case Code::already_assigned:
      ++already_assigned;
      break;
    case Code::license_archived:
      ++license_archived;
      break;
    case Code::person_archived:
      ++person_archived;
      break;
    case Code::person_erased:
      ++person_erased;
      break;
    default:
      ++other;
      break;
  }
}

std::string BulkSummary::assign_text() const {  // A33, C45
  const std::pair<std::uint64_t, const char*> reasons[] = {
      {no_seats_remaining, "no seats left"},  {already_assigned, "already assigned"},
      {license_archived, "license archived"}, {person_archived, "person archived"},
      {person_erased, "person erased"},       {other, "other"}};
  std::string details;
  for (const auto& [number, reason] : reasons) {
    if (number == 0) continue;
    details += (details.empty() ? "" : ", ") + std::to_string(number) + " " + reason;
  }
  return "Bulk assign: " + std::to_string(done) + " assigned, " + std::to_string(skipped) +
         " skipped" + (details.empty() ? "" : " (" + details + ")");
}

namespace rules {
namespace {

Error in_item(Error error, std::size_t index) {
  error.index = index;
  return error;
}

/// Removes the ids of assignments that were not committed.
void drop_uncommitted_ids(std::vector<Outcome>& outcomes) {
  for (Outcome& outcome : outcomes) {
    if (outcome.code == Code::ok) outcome.assignment.reset();
  }
}

}  // namespace

Result<void> malformed_list(const char* field, std::size_t size) {
  // C46
  if (size == 0) return Error{Code::required, std::string(field) + " must not be empty", field};
  if (size > max_bulk_items) {  // C46, C54
    return Error{Code::limit_exceeded, std::string(field) + " must have at most 100,000 items",
                 field};
  }
  return {};
}

Result<void> malformed(const BulkAssign& command) {
  return malformed_list("licenses", command.licenses.size());
}

Result<void> malformed(const AssignMany& command) {
  SEATBOOK_TRY(malformed_list("people", command.people.size()));
  return malformed_texts({{"access_level", command.access_level}});
}

Result<void> malformed(const RevokeAll& command) {
  return malformed_texts({{"reason", command.reason}});
}

Result<BulkReceipt> finished(Transaction& transaction, std::vector<Outcome> outcomes,
                             bool all_or_nothing, bool dry_run, Created created) {
  BulkReceipt result;
  for (const Outcome& outcome : outcomes) result.summary.count(outcome.code);
  if (all_or_nothing && result.summary.skipped != 0) {  // C46
    Error error{Code::bulk_refused, std::to_string(result.summary.skipped) + " of " +
                                        std::to_string(outcomes.size()) + " items failed"};
    if (created == Created::assignments) drop_uncommitted_ids(outcomes);
    error.outcomes = std::move(outcomes);
    return error;
  }
  if (dry_run) {
    transaction.abandon();
    if (created == Created::assignments) drop_uncommitted_ids(outcomes);
  }
  result.outcomes = std::move(outcomes);
  result.dry_run = dry_run;
  return result;
}

/// Can only assign (A36): seats are revoked one by one, or all those of a person (C56).
Result<BulkReceipt> bulk_assign(Transaction& transaction, const BulkAssign& command) {
  const model::Tables& tables = transaction.tables();
  SEATBOOK_TRY(const Person* person, find_active_person(tables, command.person, "person"));
  for (std::size_t index = 0; index < command.licenses.size(); ++index) {
    if (auto license = find_license(tables, command.licenses[index], "licenses"); !license) {
      return in_item(std::move(license).error(), index);
    }
  }
  FieldChecks fields;
  SEATBOOK_TRY(fields.held_since(command.held_since, transaction.at()).result());
  std::vector<Outcome> outcomes;
  std::unordered_set<std::uint64_t> seen;
  for (const LicenseId id : command.licenses) {
    if (!seen.insert(id.value).second) continue;
    const License& license = *tables.licenses.find(id);
    Outcome& outcome = outcomes.emplace_back();
    outcome.item = id.value;
    const auto* held = tables.assignments.find_active(id, person->id);
    // A31, A32: each license by itself; what cannot be assigned is skipped.
    if (license.state == LicenseState::archived) {  // C46
      outcome.code = Code::license_archived;
    } else if (held != nullptr) {
      outcome.code = Code::already_assigned;  // A44
      outcome.assignment = AssignmentId(held->id);
    } else if (!has_room(tables.assignments.active_count(id), license.total_seats,
                         license.policy)) {
      outcome.code = Code::no_seats_remaining;  // A43
    } else {
      SEATBOOK_TRY(const AssignmentId granted,
                   grant(transaction, {.license = id,  // A35
                                       .person = person->id,
                                       .held_since = command.held_since}));
      outcome.assignment = granted;
    }
  }
  return finished(transaction, std::move(outcomes), command.all_or_nothing, command.dry_run,
                  Created::assignments);
}

/// Assigns several people (B12); the outcomes say who got a seat (B15).
Result<BulkReceipt> assign_many(Transaction& transaction, const AssignMany& command) {
  const model::Tables& tables = transaction.tables();
  SEATBOOK_TRY(const License* license,
               find_active_license(tables, command.license, "license"));  // B2
  FieldChecks fields;
  fields
      .text("access_level", command.access_level, max_access_level_length)  // B14, C2
      .cost_override("cost_override", command.cost_override, *license)
      .held_since(command.held_since, transaction.at());
  SEATBOOK_TRY(fields.result());
  for (std::size_t index = 0; index < command.people.size(); ++index) {
    // B3
    if (auto person = find_person(tables, command.people[index], "people"); !person) {
      return in_item(std::move(person).error(), index);
    }
  }
  std::uint64_t used = tables.assignments.active_count(license->id);
  std::vector<Outcome> outcomes;
  std::unordered_set<std::uint64_t> seen;
  for (const PersonId id : command.people) {
    if (!seen.insert(id.value).second) continue;
    Outcome& outcome = outcomes.emplace_back();
    outcome.item = id.value;
    const auto* held = tables.assignments.find_active(license->id, id);
    const auto person = find_active_person(tables, id, "people");
    if (held != nullptr) {
      outcome.code = Code::already_assigned;  // A44
      outcome.assignment = AssignmentId(held->id);
    } else if (!person) {
      outcome.code = person.error().code;
    } else if (!has_room(used, license->total_seats, license->policy)) {
      outcome.code = Code::no_seats_remaining;  // A43
    } else {
      SEATBOOK_TRY(const AssignmentId granted,
                   grant(transaction, {.license = license->id,
                                       .person = id,
                                       .access_level = command.access_level,
                                       .cost_override = command.cost_override,
                                       .held_since = command.held_since}));
      outcome.assignment = granted;
      ++used;
    }
  }
  return finished(transaction, std::move(outcomes), command.all_or_nothing, command.dry_run,
                  Created::assignments);
}

Result<BulkReceipt> revoke_all(Transaction& transaction, const RevokeAll& command) {  // C56
  const model::Tables& tables = transaction.tables();
  SEATBOOK_TRY(const Person* person, find_person_not_erased(tables, command.person, "person"));
  FieldChecks fields;
  SEATBOOK_TRY(fields.text("reason", command.reason, max_reason_length).result());
  std::vector<Outcome> outcomes;
  for (AssignmentId id = tables.assignments.first_active(person->id); id;
       id = tables.assignments.newer_of_person(id)) {
    Assignment assignment = tables.assignments.record(id);
    outcomes.push_back({Code::ok, assignment.license.value, id});
    SEATBOOK_TRY(revoke_seat(transaction, std::move(assignment), command.reason));
  }
  BulkReceipt result;
  result.summary.done = outcomes.size();
  result.outcomes = std::move(outcomes);
  result.dry_run = command.dry_run;
  if (command.dry_run) transaction.abandon();
  return result;
}

}  // namespace rules
}  // namespace seatbook

#include "rules/rules.hpp"

#include <unordered_map>
#include <utility>
#include <vector>

#include "rules/fields.hpp"
#include "rules/lookups.hpp"
#include "text/utf8.hpp"
#include "types/try.hpp"

namespace seatbook::rules {
namespace {

/// Accepts times up to one day ahead, because clocks of other systems differ.
constexpr std::int64_t tolerated_future_us = 24LL * 60 * 60 * 1'000'000;

Result<void> unusable(const View& view, const model::AssignmentRow& seat, Timestamp used_at,
                      Timestamp now) {
  FieldChecks fields;
  SEATBOOK_TRY(fields.instant("used_at", used_at).result());
  if (!seat.active()) return already_revoked();  // A45, C54
  if (used_at < view.since(seat)) {              // C54, C62
    return Error{Code::used_before_assigned, "used_at must not be before the person held the seat",
                 "used_at"};
  }
  if (used_at.us - now.us > tolerated_future_us) {  // C54
    return Error{Code::used_in_future, "used_at must be at most 24 hours in the future", "used_at"};
  }
  return {};
}

/// Returns the active assignment that a use identifies, or an error.
Result<const model::AssignmentRow*> find_used(const model::Tables& tables, const SeatUse& use) {
  SEATBOOK_TRY(malformed_texts({{"email", use.email}}));
  // An id of 0 counts as none: no record has it.
  const AssignmentId assignment = use.assignment.value_or(AssignmentId());
  const LicenseId license_id = use.license.value_or(LicenseId());
  const bool by_email = license_id && !use.email.empty();
  if (assignment ? license_id || !use.email.empty() : !by_email) {  // C54
    return Error{Code::invalid_argument,
                 "a use must name either an assignment, or a license and an email", "assignment"};
  }
  if (assignment) return find_assignment(tables, assignment, "assignment");
  SEATBOOK_TRY(find_license(tables, license_id, "license"));
  const std::string key = text::email_key(use.email);
  const model::PersonRow* person = key.empty() ? nullptr : tables.people.find_email(key);
  if (person == nullptr) {  // C54
    return Error{Code::person_not_found, "no person has this email", "email"};
  }
  if (const auto* row = tables.assignments.find_active(license_id, person->person.id)) {
    return row;
  }
  // C54
  return Error{Code::assignment_not_found, "the person holds no seat of the license", "email"};
}

}  // namespace

Result<void> malformed(const RecordUse& /*command*/) {
  return {};
}

Result<void> malformed(const RecordUses& command) {
  return malformed_list("uses", command.uses.size());
}

Result<SeatReceipt> record_use(Transaction& transaction, const RecordUse& command) {
  const View& view = transaction.view();
  SEATBOOK_TRY(const model::AssignmentRow* seat,
               find_assignment(view, command.assignment, "assignment"));
  SEATBOOK_TRY(unusable(view, *seat, command.used_at, transaction.now()));
  const auto known = view.last_use(command.assignment);
  if (!known || *known < command.used_at) {  // A46, C54
    transaction.put(LastUse{command.assignment, command.used_at});
  }
  return SeatReceipt{command.assignment, Revision(seat->revision)};
}

Result<BulkReceipt> record_uses(Transaction& transaction, const RecordUses& command) {
  const model::AssignmentTable& assignments = transaction.tables().assignments;
  std::vector<Outcome> outcomes;
  outcomes.reserve(command.uses.size());
  // A seat can occur many times; only its latest use is written.
  std::unordered_map<std::uint64_t, Timestamp> latest;
  std::vector<AssignmentId> moved;
  for (const SeatUse& use : command.uses) {
    Outcome& outcome = outcomes.emplace_back();
    const AssignmentId named = use.assignment.value_or(AssignmentId());
    outcome.item = named ? named.value : use.license.value_or(LicenseId()).value;
    const auto seat = find_used(transaction.tables(), use);
    const Result<void> usable =
        seat ? unusable(transaction.view(), **seat, use.used_at, transaction.now()) : seat.error();
    if (!usable) {
      outcome.code = usable.error().code;
      continue;
    }
    const AssignmentId id((*seat)->id);
    outcome.assignment = id;
    const auto known = assignments.last_use(id);
    if (known && *known >= use.used_at) continue;
    const auto [at, is_new] = latest.emplace(id.value, use.used_at);
    if (is_new) moved.push_back(id);
    if (at->second < use.used_at) at->second = use.used_at;
  }
  for (const AssignmentId id : moved) transaction.put(LastUse{id, latest.at(id.value)});
  return finished(transaction, std::move(outcomes), command.all_or_nothing, command.dry_run,
                  Created::nothing);
}

}  // namespace seatbook::rules

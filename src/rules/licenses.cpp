#include "rules/rules.hpp"

#include <string>
#include <utility>
#include <vector>

#include "rules/edits.hpp"
#include "rules/fields.hpp"
#include "rules/lookups.hpp"
#include "rules/usage.hpp"
#include "seatbook/describe.hpp"
#include "types/try.hpp"

namespace seatbook::rules {
namespace {

constexpr std::size_t max_listed_ids = 100;

Result<void> host_key_taken(const model::Tables& tables, const License& license) {
  if (license.host_key.empty()) return {};
  const License* other = tables.licenses.find_host_key(license.host_key);
  if (other == nullptr || other->id == license.id) return {};
  return Error{
      Code::host_key_taken, "another license has this host key", "host_key", {}, {other->id.value}};
}

/// Step 6, for the record as it would become.
FieldChecks check_fields(const License& license) {
  FieldChecks fields;
  fields.required_text("name", license.name, max_name_length)
      .text("vendor", license.vendor, max_vendor_length)
      .text("product_group", license.product_group, max_product_group_length)
      .text("host_key", license.host_key, max_host_key_length);
  return fields;
}

/// `overridden`: an active seat has a cost override.
FieldChecks& check_cost(FieldChecks& fields, const License& license, bool overridden) {
  return fields.money("cost_per_seat", license.cost_per_seat)
      .currency("currency", license.currency, license.cost_per_seat.has_value() || overridden);
}

/// Returns the active assignments with a cost override, at most `max_listed_ids`.
std::vector<std::uint64_t> overridden_seats(const model::AssignmentTable& assignments,
                                            LicenseId license) {
  std::vector<std::uint64_t> seats;
  for (AssignmentId id = assignments.first_active(license); id && seats.size() < max_listed_ids;
       id = assignments.newer_of_license(id)) {
    const model::AssignmentTexts* texts = assignments.texts(id);
    if (texts != nullptr && texts->cost_override) seats.push_back(id.value);
  }
  return seats;
}

Result<LicenseReceipt> change_state(Transaction& transaction, const License& license,
                                    LicenseState state) {
  if (license.state == state) return LicenseReceipt{license.id, license.revision};
  License changed = license;
  changed.state = state;
  changed.revision = next(license.revision);
  const LicenseReceipt result{changed.id, changed.revision};
  HistoryRow row;
  row.kind = state == LicenseState::archived ? HistoryKind::license_archived
                                             : HistoryKind::license_reactivated;
  row.license = license.id;
  transaction.put(std::move(changed));
  SEATBOOK_TRY(transaction.record(row));
  return result;
}

}  // namespace

Result<void> malformed(const AddLicense& command) {
  SEATBOOK_TRY(malformed_texts({{"name", command.name},
                                {"vendor", command.vendor},
                                {"product_group", command.product_group},
                                {"host_key", command.host_key},
                                {"currency", command.currency}}));
  SEATBOOK_TRY(malformed_choice("policy", command.policy));
  return malformed_choice("billing_period", command.billing_period);
}

Result<void> malformed(const UpdateLicense& command) {
  SEATBOOK_TRY(malformed_texts({{"name", command.name.value()},
                                {"vendor", command.vendor.value()},
                                {"product_group", command.product_group.value()},
                                {"host_key", command.host_key.value()},
                                {"currency", command.currency.value()}}));
  return malformed_choice("billing_period", command.billing_period.value());
}

Result<void> malformed(const SetPolicy& command) {
  return malformed_choice("policy", command.policy);
}

Result<void> malformed(const ArchiveLicense& /*command*/) {
  return {};
}
Result<void> malformed(const ReactivateLicense& /*command*/) {
  return {};
}
Result<void> malformed(const SetTotalSeats& /*command*/) {
  return {};
}

Result<LicenseReceipt> add_license(Transaction& transaction, const AddLicense& command) {
  const std::optional<PersonId> owner = owner_or_actor(command.owner, transaction.actor());
  SEATBOOK_TRY(cannot_own(transaction.tables(), owner, command.backup_owner));
  License license;
  license.name = command.name;
  license.vendor = command.vendor;
  license.product_group = command.product_group;
  license.host_key = command.host_key;
  license.total_seats = command.total_seats;
  license.policy = command.policy;
  license.backup_owner = command.backup_owner;
  license.cost_per_seat = command.cost_per_seat;
  license.currency = command.currency;
  license.billing_period = command.billing_period;
  license.renewal_date = command.renewal_date;
  license.revision = Revision(1);
  FieldChecks fields = check_fields(license);
  fields.total("total_seats", license.total_seats)
      .require(owner.has_value(), Code::owner_required, "owner",  // C23, C24
               "is required: the actor is not a person");
  check_cost(fields, license, false).date("renewal_date", license.renewal_date);
  SEATBOOK_TRY(fields.result());
  license.owner = *owner;  // B4, B8
  SEATBOOK_TRY(same_owner_and_backup(license.owner, license.backup_owner));
  SEATBOOK_TRY(host_key_taken(transaction.tables(), license));
  // Last, because an import continues after an error, and ids have no gaps.
  SEATBOOK_TRY(const LicenseId id, transaction.new_license());
  license.id = id;

  HistoryRow row;
  row.kind = HistoryKind::license_added;
  row.license = license.id;
  row.after = transaction.tables().terms_of(license);
  HistoryTexts texts;
  texts.name_after = license.name;
  transaction.put(std::move(license));
  SEATBOOK_TRY(transaction.record(row, std::move(texts)));
  return LicenseReceipt{id, Revision(1)};
}

Result<LicenseReceipt> change_terms(Transaction& transaction, const License& before, License after,
                                    HistoryKind kind) {
  const model::Tables& tables = transaction.tables();
  if (tables.terms_of(before) == tables.terms_of(after)) {
    return LicenseReceipt{before.id, before.revision};
  }
  after.revision = next(before.revision);
  const LicenseReceipt result{after.id, after.revision};
  HistoryRow row;
  row.kind = kind;
  row.license = after.id;
  row.before = tables.terms_of(before);
  row.after = tables.terms_of(after);
  transaction.put(std::move(after));
  SEATBOOK_TRY(transaction.record(row));
  return result;
}

/// The next assign sees the new total (A8).
Result<LicenseReceipt> set_total_seats(Transaction& transaction, const SetTotalSeats& command) {
  const model::Tables& tables = transaction.tables();
  SEATBOOK_TRY(const License* found, find_active_license(tables, command.license, "license"));
  FieldChecks fields;
  SEATBOOK_TRY(fields.total("total_seats", command.total_seats).result());
  SEATBOOK_TRY(stale(command.expected_revision, found->revision));
  SEATBOOK_TRY(total_below_used(tables.assignments.active_count(found->id), command.total_seats,
                                found->policy));
  License changed = *found;
  changed.total_seats = command.total_seats;
  return change_terms(transaction, *found, std::move(changed), HistoryKind::total_changed);
}

Result<LicenseReceipt> set_policy(Transaction& transaction, const SetPolicy& command) {
  const model::Tables& tables = transaction.tables();
  SEATBOOK_TRY(const License* found, find_active_license(tables, command.license, "license"));
  SEATBOOK_TRY(stale(command.expected_revision, found->revision));
  if (auto fits = total_below_used(tables.assignments.active_count(found->id), found->total_seats,
                                   command.policy);
      !fits) {
    Error error = std::move(fits).error();
    error.field = "policy";
    return error;
  }
  License changed = *found;
  changed.policy = command.policy;
  return change_terms(transaction, *found, std::move(changed), HistoryKind::policy_changed);
}

Result<LicenseReceipt> update_license(Transaction& transaction, const UpdateLicense& command) {
  SEATBOOK_TRY(const License* found,
               find_active_license(transaction.tables(), command.license, "license"));
  License changed = *found;
  apply_edits(changed, command);
  // Setting the first currency converts no amount, so it is not a change.
  const bool other_currency = !found->currency.empty() && changed.currency != found->currency;
  std::vector<std::uint64_t> overridden;
  if (other_currency) overridden = overridden_seats(transaction.tables().assignments, found->id);
  const bool has_old_cost = changed.cost_per_seat && command.cost_per_seat.leaves();
  FieldChecks fields = check_fields(changed);
  check_cost(fields, changed, !overridden.empty())
      .require(!(other_currency && has_old_cost), Code::required, "cost_per_seat",
               "must be set or cleared when the currency changes")  // C65
      .date("renewal_date", changed.renewal_date);
  SEATBOOK_TRY(fields.result());
  SEATBOOK_TRY(stale(command.expected_revision, found->revision));
  SEATBOOK_TRY(host_key_taken(transaction.tables(), changed));
  if (!overridden.empty()) {  // C65
    return Error{Code::currency_in_use,
                 "currency cannot change while an active seat has a cost override",
                 "currency",
                 {},
                 std::move(overridden)};
  }
  HistoryTexts texts;
  texts.changes = changes_of<UpdateLicense>(*found, changed);  // C59
  if (texts.changes.empty()) return LicenseReceipt{found->id, found->revision};
  if (changed.name != found->name) {
    texts.name_before = found->name;
    texts.name_after = changed.name;
  }
  changed.revision = next(found->revision);
  const LicenseReceipt result{changed.id, changed.revision};
  HistoryRow row;
  row.kind = HistoryKind::license_updated;
  row.license = changed.id;
  transaction.put(std::move(changed));
  SEATBOOK_TRY(transaction.record(row, std::move(texts)));
  return result;
}

Result<LicenseReceipt> archive_license(Transaction& transaction, const ArchiveLicense& command) {
  const model::Tables& tables = transaction.tables();
  SEATBOOK_TRY(const License* found, find_license(tables, command.license, "license"));
  SEATBOOK_TRY(stale(command.expected_revision, found->revision));
  std::vector<std::uint64_t> seats;
  for (AssignmentId id = tables.assignments.first_active(found->id);
       id && seats.size() < max_listed_ids; id = tables.assignments.newer_of_license(id)) {
    seats.push_back(id.value);
  }
  if (!seats.empty()) {  // C50
    return Error{
        Code::has_active_seats, "the license has active seats", "license", {}, std::move(seats)};
  }
  return change_state(transaction, *found, LicenseState::archived);
}

Result<LicenseReceipt> reactivate_license(Transaction& transaction,
                                          const ReactivateLicense& command) {
  SEATBOOK_TRY(const License* found,
               find_license(transaction.tables(), command.license, "license"));
  SEATBOOK_TRY(stale(command.expected_revision, found->revision));
  return change_state(transaction, *found, LicenseState::active);
}

}  // namespace seatbook::rules

#include "rules/licenses.hpp"

#include <string>
#include <utility>

#include "rules/fields.hpp"
#include "rules/lookups.hpp"
#include "rules/owners.hpp"

namespace seatbook::rules {
namespace {

std::optional<Error> host_key_taken(const model::Tables& tables, const License& license) {
  if (license.host_key.empty()) return std::nullopt;
  const License* other = tables.licenses.find_host_key(license.host_key);
  if (other == nullptr || other->id == license.id) return std::nullopt;
  return Error{
      Code::host_key_taken, "another license has this host key", "host_key", -1, {other->id.value}};
}

}  // namespace

std::optional<Error> malformed(const AddLicense& command) {
  if (auto error = malformed_texts({{"name", command.name},
                                    {"vendor", command.vendor},
                                    {"product_group", command.product_group},
                                    {"host_key", command.host_key},
                                    {"currency", command.currency}})) {
    return error;
  }
  if (auto error = malformed_choice("policy", command.policy)) return error;
  return malformed_choice("billing_period", command.billing_period);
}

std::optional<Error> malformed(const SetTotalSeats& /*command*/) {
  return std::nullopt;
}

Result<LicenseAnswer> add_license(Draft& draft, const AddLicense& command) {
  const std::optional<PersonId> owner = owner_or_actor(command.owner, draft.actor());
  if (auto error = cannot_own(draft.tables(), owner, command.backup_owner)) {
    return *std::move(error);
  }
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
  FieldChecks fields;
  fields.required_text("name", license.name, max_name_length)
      .text("vendor", license.vendor, max_vendor_length)
      .text("product_group", license.product_group, max_product_group_length)
      .text("host_key", license.host_key, max_host_key_length)
      .total("total_seats", license.total_seats)
      .require(owner.has_value(), Code::owner_required, "owner",
               "the actor is no person, so an owner must be named")
      .money("cost_per_seat", license.cost_per_seat)
      .currency("currency", license.currency, license.cost_per_seat.has_value())
      .date("renewal_date", license.renewal_date);
  if (fields.error()) return *fields.error();
  license.owner = *owner;
  const auto id = draft.new_license();
  if (!id) return id.error();
  license.id = *id;
  if (auto error = same_owner_and_backup(license.owner, license.backup_owner)) {
    return *std::move(error);
  }
  if (auto error = host_key_taken(draft.tables(), license)) return *std::move(error);

  HistoryRow row;
  row.kind = HistoryKind::license_added;
  row.license = license.id;
  row.after = draft.tables().terms_of(license);
  HistoryTexts texts;
  texts.name_after = license.name;
  draft.put(std::move(license));
  const auto told = draft.record(row, std::move(texts));
  if (!told) return told.error();
  return LicenseAnswer{*id, Revision(1)};
}

std::optional<Error> total_below_used(std::uint64_t used, SeatTotal total, CapacityPolicy policy) {
  if (policy != CapacityPolicy::enforce || total.is_unlimited() ||
      used <= static_cast<std::uint64_t>(total.seats())) {
    return std::nullopt;
  }
  return Error{Code::total_below_used,
               std::to_string(used) + " seats are in use, more than a total of " +
                   std::to_string(total.seats()),
               "total_seats",
               -1,
               {used, static_cast<std::uint64_t>(total.seats())}};
}

Result<LicenseAnswer> set_total_seats(Draft& draft, const SetTotalSeats& command) {
  const model::Tables& tables = draft.tables();
  const auto found = find_active_license(tables, command.license, "license");
  if (!found) return *found.error;
  FieldChecks fields;
  if (fields.total("total_seats", command.total_seats).error()) return *fields.error();
  if (auto error = stale(command.expected_revision, found->revision)) return *std::move(error);
  if (auto error = total_below_used(tables.assignments.active_count(found->id), command.total_seats,
                                    found->policy)) {
    return *std::move(error);
  }
  if (command.total_seats == found->total_seats) return LicenseAnswer{found->id, found->revision};

  License changed = *found;
  changed.total_seats = command.total_seats;
  changed.revision = Revision(found->revision.value + 1);
  LicenseAnswer answer{changed.id, changed.revision};
  HistoryRow row;
  row.kind = HistoryKind::total_changed;
  row.license = changed.id;
  row.before = tables.terms_of(*found);
  row.after = tables.terms_of(changed);
  draft.put(std::move(changed));
  const auto told = draft.record(row);
  if (!told) return told.error();
  return answer;
}

}  // namespace seatbook::rules

#include "text/record_json.hpp"

#include <string>

namespace seatbook::text {
namespace {

template <class IdType>
json id_or_null(IdType id) {
  return id ? json(id.value) : json(nullptr);
}
template <class IdType>
json id_or_null(const std::optional<IdType>& id) {
  return id ? json(id->value) : json(nullptr);
}
template <class Value>
json text_or_null(const std::optional<Value>& value) {
  return value ? json(value->to_string()) : json(nullptr);
}

json total(SeatTotal seats) {
  return seats.is_unlimited() ? json(nullptr) : json(seats.seats());
}

json terms(const std::optional<LicenseTerms>& terms) {
  if (!terms) return nullptr;
  return {{"total_seats", total(terms->total_seats)},
          {"policy", to_string(terms->policy)},
          {"owner", terms->owner.value},
          {"backup_owner", id_or_null(terms->backup_owner)}};
}

}  // namespace

json to_json(const BookInfo& info) {
  return {{"unicode_version", info.unicode_version}};
}

json to_json(const ActorRecord& actor) {
  return {{"id", actor.id.value}, {"actor", actor.actor}, {"person", id_or_null(actor.person)}};
}

json to_json(const Person& person) {
  return {{"id", person.id.value},
          {"name", person.name},
          {"email", person.email},
          {"host_key", person.host_key},
          {"state", to_string(person.state)},
          {"revision", person.revision.value}};
}

json to_json(const License& license) {
  return {{"id", license.id.value},
          {"name", license.name},
          {"vendor", license.vendor},
          {"product_group", license.product_group},
          {"host_key", license.host_key},
          {"total_seats", total(license.total_seats)},
          {"policy", to_string(license.policy)},
          {"owner", license.owner.value},
          {"backup_owner", id_or_null(license.backup_owner)},
          {"cost_per_seat", text_or_null(license.cost_per_seat)},
          {"currency", license.currency},
          {"billing_period", to_string(license.billing_period)},
          {"renewal_date", text_or_null(license.renewal_date)},
          {"state", to_string(license.state)},
          {"revision", license.revision.value}};
}

json to_json(const Assignment& assignment) {
  return {{"id", assignment.id.value},
          {"license", assignment.license.value},
          {"person", assignment.person.value},
          {"assigned_at", assignment.assigned_at.to_string()},
          {"assigned_by", assignment.assigned_by.value},
          {"revoked_at", text_or_null(assignment.revoked_at)},
          {"revoked_by", id_or_null(assignment.revoked_by)},
          {"revoke_reason", assignment.revoke_reason},
          {"access_level", assignment.access_level},
          {"account", assignment.account},
          {"notes", assignment.notes},
          {"cost_override", text_or_null(assignment.cost_override)},
          {"needs_review", assignment.needs_review},
          {"revision", assignment.revision.value}};
}

json to_json(const HistoryRow& row) {
  return {{"seq", row.seq.value},
          {"batch", row.batch.value},
          {"at", row.at.to_string()},
          {"actor", row.actor.value},
          {"kind", to_string(row.kind)},
          {"license", id_or_null(row.license)},
          {"person", id_or_null(row.person)},
          {"assignment", id_or_null(row.assignment)},
          {"counterpart", id_or_null(row.counterpart)},
          {"before", terms(row.before)},
          {"after", terms(row.after)}};
}

json to_json(const HistoryTexts& texts) {
  return {{"seq", texts.seq.value},           {"name_before", texts.name_before},
          {"name_after", texts.name_after},   {"email_before", texts.email_before},
          {"email_after", texts.email_after}, {"reason", texts.reason}};
}

json to_json(const LastUse& use) {
  return {{"assignment", use.assignment.value}, {"used_at", use.used_at.to_string()}};
}

}  // namespace seatbook::text

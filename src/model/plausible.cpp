#include "model/plausible.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <variant>

#include "text/utf8.hpp"

namespace seatbook::model {
namespace {

template <class IdType>
bool is_id(IdType id) {
  return id.value != 0 && id.value <= max_records;
}
template <class IdType>
bool is_id_or_none(IdType id) {
  return id.value <= max_records;
}
template <class IdType>
bool is_id_or_none(const std::optional<IdType>& id) {
  return !id || is_id(*id);
}
template <class Value>
bool in_range(const std::optional<Value>& value) {
  return !value || value->in_range();
}
template <class Enum>
bool is_known(Enum value) {
  return to_string(value) != "unknown";
}

bool are_texts(std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts) {
    if (!text::is_valid(text)) return false;
  }
  return true;
}

bool are_terms(const std::optional<LicenseTerms>& terms) {
  return !terms || (terms->total_seats.in_range() && is_known(terms->policy) &&
                    is_id(terms->owner) && is_id_or_none(terms->backup_owner));
}

/// Whether the row names the records that rows of its kind are about: queries rely on it.
bool names_its_records(const HistoryRow& row) {
  if (row.kind >= HistoryKind::assigned) return row.license && row.person && row.assignment;
  return row.kind >= HistoryKind::license_added ? row.license.has_value() : row.person.has_value();
}

struct Plausible {
  bool operator()(const BookInfo& info) const { return are_texts({info.unicode_version}); }
  bool operator()(const Person& person) const {
    return is_id(person.id) && is_id(person.revision) && is_known(person.state) &&
           are_texts({person.name, person.email, person.host_key});
  }
  bool operator()(const ActorRecord& actor) const {
    return is_id(actor.id) && is_id_or_none(actor.person) && are_texts({actor.actor}) &&
           actor.actor.empty() == actor.person.has_value();
  }
  bool operator()(const License& license) const {
    return is_id(license.id) && is_id(license.revision) && is_id(license.owner) &&
           is_id_or_none(license.backup_owner) && is_known(license.policy) &&
           is_known(license.billing_period) && is_known(license.state) &&
           license.total_seats.in_range() && in_range(license.cost_per_seat) &&
           in_range(license.renewal_date) &&
           are_texts({license.name, license.vendor, license.product_group, license.host_key,
                      license.currency});
  }
  bool operator()(const Assignment& assignment) const {
    return is_id(assignment.id) && is_id(assignment.license) && is_id(assignment.person) &&
           is_id(assignment.revision) && is_id(assignment.assigned_by) &&
           is_id_or_none(assignment.revoked_by) && assignment.assigned_at.in_range() &&
           in_range(assignment.revoked_at) && in_range(assignment.held_since) &&
           in_range(assignment.cost_override) &&
           are_texts({assignment.revoke_reason, assignment.access_level, assignment.account,
                      assignment.notes});
  }
  bool operator()(const HistoryRow& row) const {
    return is_id(row.seq) && is_id(row.actor) && is_known(row.kind) && row.at.in_range() &&
           is_id_or_none(row.license) && is_id_or_none(row.person) &&
           is_id_or_none(row.assignment) && is_id_or_none(row.counterpart) &&
           are_terms(row.before) && are_terms(row.after) && names_its_records(row);
  }
  bool operator()(const HistoryTexts& texts) const {
    return is_id(texts.seq) &&
           are_texts({texts.name_before, texts.name_after, texts.email_before, texts.email_after,
                      texts.reason}) &&
           std::all_of(texts.changes.begin(), texts.changes.end(), [](const FieldChange& change) {
             return are_texts({change.field, change.before, change.after});
           });
  }
  bool operator()(const LastUse& use) const {
    return is_id(use.assignment) && use.used_at.in_range();
  }
};

}  // namespace

bool is_plausible(const RecordImage& image) {
  return std::visit(Plausible{}, image);
}

}  // namespace seatbook::model

/// Reads the requests of all operations from the arguments of a step. The names are those of
/// commands.hpp and queries.hpp.
#ifndef SEATBOOK_TESTS_CONFORMANCE_REQUESTS_HPP_
#define SEATBOOK_TESTS_CONFORMANCE_REQUESTS_HPP_

#include "conformance/arguments.hpp"
#include "seatbook/seatbook.hpp"

namespace seatbook::conformance {

// ------------------------------------------------------------------------------ people

inline void read(Arguments& in, AddPerson& command) {
  in.read("name", command.name);
  in.read("email", command.email);
  in.read("host_key", command.host_key);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, UpdatePerson& command) {
  in.read("person", command.person);
  in.read("name", command.name);
  in.read("email", command.email);
  in.read("host_key", command.host_key);
  in.read("expected_revision", command.expected_revision);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, ArchivePerson& command) {
  in.read("person", command.person);
  in.read("expected_revision", command.expected_revision);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, ReactivatePerson& command) {
  in.read("person", command.person);
  in.read("expected_revision", command.expected_revision);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, ErasePerson& command) {
  in.read("person", command.person);
  in.read("revoke_first", command.revoke_first);
  in.read("expected_revision", command.expected_revision);
  in.read("request_id", command.request_id);
}

// ---------------------------------------------------------------------------- licenses

inline void read(Arguments& in, AddLicense& command) {
  in.read("name", command.name);
  in.read("vendor", command.vendor);
  in.read("product_group", command.product_group);
  in.read("host_key", command.host_key);
  in.read("total_seats", command.total_seats);
  in.read("policy", command.policy);
  in.read("owner", command.owner);
  in.read("backup_owner", command.backup_owner);
  in.read("cost_per_seat", command.cost_per_seat);
  in.read("currency", command.currency);
  in.read("billing_period", command.billing_period);
  in.read("renewal_date", command.renewal_date);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, UpdateLicense& command) {
  in.read("license", command.license);
  in.read("name", command.name);
  in.read("vendor", command.vendor);
  in.read("product_group", command.product_group);
  in.read("host_key", command.host_key);
  in.read("cost_per_seat", command.cost_per_seat);
  in.read("currency", command.currency);
  in.read("billing_period", command.billing_period);
  in.read("renewal_date", command.renewal_date);
  in.read("expected_revision", command.expected_revision);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, SetTotalSeats& command) {
  in.read("license", command.license);
  in.read("total_seats", command.total_seats);
  in.read("expected_revision", command.expected_revision);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, SetPolicy& command) {
  in.read("license", command.license);
  in.read("policy", command.policy);
  in.read("expected_revision", command.expected_revision);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, SetOwners& command) {
  in.read("license", command.license);
  in.read("owner", command.owner);
  in.read("backup_owner", command.backup_owner);
  in.read("expected_revision", command.expected_revision);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, ArchiveLicense& command) {
  in.read("license", command.license);
  in.read("expected_revision", command.expected_revision);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, ReactivateLicense& command) {
  in.read("license", command.license);
  in.read("expected_revision", command.expected_revision);
  in.read("request_id", command.request_id);
}

// ------------------------------------------------------------------------------- seats

inline void read(Arguments& in, Assign& command) {
  in.read("license", command.license);
  in.read("person", command.person);
  in.read("access_level", command.access_level);
  in.read("account", command.account);
  in.read("notes", command.notes);
  in.read("cost_override", command.cost_override);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, Revoke& command) {
  in.read("assignment", command.assignment);
  in.read("reason", command.reason);
  in.read("expected_revision", command.expected_revision);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, Transfer& command) {
  in.read("assignment", command.assignment);
  in.read("person", command.person);
  in.read("expected_revision", command.expected_revision);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, EditSeat& command) {
  in.read("assignment", command.assignment);
  in.read("access_level", command.access_level);
  in.read("account", command.account);
  in.read("notes", command.notes);
  in.read("cost_override", command.cost_override);
  in.read("expected_revision", command.expected_revision);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, MarkReviewed& command) {
  in.read("assignment", command.assignment);
  in.read("expected_revision", command.expected_revision);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, RecordUse& command) {
  in.read("assignment", command.assignment);
  in.read("used_at", command.used_at);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, BulkAssign& command) {
  in.read("person", command.person);
  in.read("licenses", command.licenses);
  in.read("all_or_nothing", command.all_or_nothing);
  in.read("dry_run", command.dry_run);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, AssignMany& command) {
  in.read("license", command.license);
  in.read("people", command.people);
  in.read("access_level", command.access_level);
  in.read("cost_override", command.cost_override);
  in.read("all_or_nothing", command.all_or_nothing);
  in.read("dry_run", command.dry_run);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, RevokeAll& command) {
  in.read("person", command.person);
  in.read("reason", command.reason);
  in.read("dry_run", command.dry_run);
  in.read("request_id", command.request_id);
}
inline void read(Arguments& in, SeatUse& use) {
  in.read("assignment", use.assignment);
  in.read("license", use.license);
  in.read("email", use.email);
  in.read("used_at", use.used_at);
}
inline Refusal convert(const json& from, SeatUse& to) {
  Arguments in(from);
  read(in, to);
  return in.finish();
}
inline void read(Arguments& in, RecordUses& command) {
  in.read("uses", command.uses);
  in.read("all_or_nothing", command.all_or_nothing);
  in.read("dry_run", command.dry_run);
  in.read("request_id", command.request_id);
}

// ------------------------------------------------------------------------------- files

inline void read(Arguments& in, ImportRoster& command) {
  in.read("license", command.license);
  in.read("csv", command.csv);
  in.read("profile", command.profile);
  in.read("all_or_nothing", command.all_or_nothing);
  in.read("dry_run", command.dry_run);
  in.read("progress", command.progress);
  in.read("request_id", command.request_id);
}
inline Refusal convert(const json& from, PeopleColumns& to) {
  Arguments in(from);
  in.read("name", to.name);
  in.read("first_name", to.first_name);
  in.read("last_name", to.last_name);
  in.read("email", to.email);
  in.read("host_key", to.host_key);
  in.read("active", to.active);
  return in.finish();
}
inline void read(Arguments& in, ImportPeople& command) {
  in.read("csv", command.csv);
  in.read("columns", command.columns);
  in.read("profile", command.profile);
  in.read("all_or_nothing", command.all_or_nothing);
  in.read("dry_run", command.dry_run);
  in.read("progress", command.progress);
  in.read("request_id", command.request_id);
  in.read("max_bytes", command.max_bytes);
}
inline Refusal convert(const json& from, LicenseColumns& to) {
  Arguments in(from);
  in.read("name", to.name);
  in.read("vendor", to.vendor);
  in.read("product_group", to.product_group);
  in.read("host_key", to.host_key);
  in.read("total_seats", to.total_seats);
  in.read("cost_per_seat", to.cost_per_seat);
  in.read("currency", to.currency);
  in.read("billing_period", to.billing_period);
  in.read("renewal_date", to.renewal_date);
  in.read("policy", to.policy);
  in.read("owner_email", to.owner_email);
  in.read("holder_email", to.holder_email);
  return in.finish();
}
inline void read(Arguments& in, ImportLicenses& command) {
  in.read("csv", command.csv);
  in.read("columns", command.columns);
  in.read("profile", command.profile);
  in.read("date_order", command.date_order);
  in.read("currency_sign", command.currency_sign);
  in.read("default_currency", command.default_currency);
  in.read("default_owner", command.default_owner);
  in.read("all_or_nothing", command.all_or_nothing);
  in.read("dry_run", command.dry_run);
  in.read("progress", command.progress);
  in.read("request_id", command.request_id);
  in.read("max_bytes", command.max_bytes);
}

// ----------------------------------------------------------------------------- queries

inline void read(Arguments& in, PersonLookup& lookup) {
  in.read("email", lookup.email);
  in.read("host_key", lookup.host_key);
}
inline void read(Arguments& in, LicenseLookup& lookup) {
  in.read("host_key", lookup.host_key);
}
inline void read(Arguments& in, ActorLookup& lookup) {
  in.read("actor", lookup.actor);
  in.read("person", lookup.person);
}
template <class IdType, class State>
void read(Arguments& in, RecordQuery<IdType, State>& query) {
  in.read("after", query.after);
  in.read("state", query.state);
  in.read("limit", query.limit);
}
inline void read(Arguments& in, AssignableQuery& query) {
  in.read("license", query.license);
  in.read("search", query.search);
  in.read("limit", query.limit);
}
inline void read(Arguments& in, HistoryQuery& query) {
  in.read("license", query.license);
  in.read("person", query.person);
  in.read("actor", query.actor);
  in.read("kind", query.kind);
  in.read("since", query.since);
  in.read("until", query.until);
  in.read("from", query.from);
  in.read("newest_first", query.newest_first);
  in.read("limit", query.limit);
}

// -------------------------------------------------------------------- lists and exports

/// Reads the arguments that a list and its export share.
inline void read_filter(Arguments& in, SeatListQuery& query) {
  in.read("license", query.license);
  in.read("person", query.person);
  in.read("search", query.search);
  in.read("inactive_only", query.inactive_only);
  in.read("inactive_days", query.inactive_days);
  in.read("new_seat_grace_days", query.new_seat_grace_days);
  in.read("needs_review_only", query.needs_review_only);
  in.read("archived_only", query.archived_only);
  in.read("sort", query.sort);
  in.read("descending", query.descending);
}
inline void read(Arguments& in, SeatListQuery& query) {
  read_filter(in, query);
  in.read("after", query.after);
  in.read("limit", query.limit);
}
inline void read(Arguments& in, SeatFiguresQuery& query) {
  in.read("license", query.license);
  in.read("person", query.person);
  in.read("inactive_days", query.inactive_days);
  in.read("new_seat_grace_days", query.new_seat_grace_days);
}
inline void read(Arguments& in, RosterQuery& query) {
  in.read("license", query.license);
  in.read("active_only", query.active_only);
  in.read("after", query.after);
  in.read("limit", query.limit);
}
inline void read(Arguments& in, CsvFormat& format) {
  in.read("profile", format.profile);
  in.read("utc_offset_minutes", format.utc_offset_minutes);
  in.read("byte_order_mark", format.byte_order_mark);
}
inline void read(Arguments& in, ExportSeatList& request) {
  read_filter(in, request.list);
  read(in, request.format);
}
inline void read(Arguments& in, ExportRoster& request) {
  in.read("license", request.license);
  in.read("include_cost", request.include_cost);
  read(in, request.format);
}
inline void read(Arguments& in, ExportHistory& request) {
  HistoryQuery& history = request.history;
  in.read("license", history.license);
  in.read("person", history.person);
  in.read("actor", history.actor);
  in.read("kind", history.kind);
  in.read("since", history.since);
  in.read("until", history.until);
  in.read("from", history.from);
  in.read("newest_first", history.newest_first);
  read(in, request.format);
}

// ----------------------------------------------------------------------------- reports

inline void read(Arguments& in, UtilizationQuery& query) {
  in.read("by", query.by);
  in.read("license", query.license);
  in.read("product_group", query.product_group);
  in.read("at_least_percent", query.at_least_percent);
  in.read("at_most_percent", query.at_most_percent);
  in.read("include_archived", query.include_archived);
}
inline void read(Arguments& in, ReclaimQuery& query) {
  in.read("license", query.license);
  in.read("inactive_days", query.inactive_days);
  in.read("new_seat_grace_days", query.new_seat_grace_days);
  in.read("after", query.after);
  in.read("limit", query.limit);
}
inline void read(Arguments& in, RenewalsQuery& query) {
  in.read("until", query.until);
  in.read("inactive_days", query.inactive_days);
  in.read("new_seat_grace_days", query.new_seat_grace_days);
}

inline void read(Arguments& in, UsageOverTimeQuery& query) {
  in.read("license", query.license);
  in.read("since", query.since);
  in.read("until", query.until);
  in.read("limit", query.limit);
}
inline void read(Arguments& in, UsageRange& range) {
  in.read("license", range.license);
  in.read("since", range.since);
  in.read("until", range.until);
}
inline void read(Arguments& in, OffboardingQuery& query) {
  in.read("license", query.license);
  in.read("since", query.since);
  in.read("until", query.until);
  in.read("after", query.after);
  in.read("limit", query.limit);
}

}  // namespace seatbook::conformance

#endif  // SEATBOOK_TESTS_CONFORMANCE_REQUESTS_HPP_

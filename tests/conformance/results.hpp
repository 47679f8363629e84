/// Converts results to JSON. Members are named as in the C++ structs; missing values are null.
#ifndef SEATBOOK_TESTS_CONFORMANCE_RESULTS_HPP_
#define SEATBOOK_TESTS_CONFORMANCE_RESULTS_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "codec/record_json.hpp"
#include "conformance/json_forms.hpp"
#include "seatbook/seatbook.hpp"

namespace seatbook::conformance {

// ------------------------------------------------------------------------ small values

inline json json_of(const std::string& text) {
  return text;
}
inline json json_of(std::uint64_t number) {
  return number;
}
template <class Tag>
json json_of(Id<Tag> id) {
  return id ? json(id.value) : json();
}
inline json json_of(Timestamp instant) {
  return instant.to_string();
}
inline json json_of(Date date) {
  return date.to_string();
}
inline json json_of(Money money) {
  return money.to_string();
}
inline json json_of(const MoneySum& sum) {
  return sum.to_string();
}
inline json json_of(SeatTotal total) {
  return total.is_unlimited() ? json() : json(total.seats());
}
template <class Value>
json json_of(const std::optional<Value>& value) {
  return value ? json_of(*value) : json();
}

template <class Row>
json json_of(const std::vector<Row>& rows);  // defined last, so that it sees every json_of

// ----------------------------------------------------------------------------- records

/// Formats a record as `dump` does.
template <class Record>
  requires requires(const Record& record) { codec::to_json(record); }
json json_of(const Record& record) {
  return codec::to_json(record);
}

// ----------------------------------------------------------------- results of commands

inline json json_of(const PersonReceipt& result) {
  return {{"person", json_of(result.person)},
          {"revision", json_of(result.revision)},
          {"flags_changed", result.flags_changed},
          {"version", result.version.value}};
}

inline json json_of(const LicenseReceipt& result) {
  return {{"license", json_of(result.license)},
          {"revision", json_of(result.revision)},
          {"version", result.version.value}};
}

inline json json_of(const SeatReceipt& result) {
  return {{"assignment", json_of(result.assignment)},
          {"revision", json_of(result.revision)},
          {"version", result.version.value}};
}

inline json json_of(const Outcome& outcome) {
  return {{"code", to_string(outcome.code)},
          {"item", outcome.item},
          {"assignment", outcome.assignment != 0 ? json(outcome.assignment) : json()}};
}

inline json json_of(const BulkSummary& summary) {
  return {{"done", summary.done},
          {"skipped", summary.skipped},
          {"no_seats_remaining", summary.no_seats_remaining},
          {"already_assigned", summary.already_assigned},
          {"license_archived", summary.license_archived},
          {"person_archived", summary.person_archived},
          {"person_erased", summary.person_erased},
          {"other", summary.other},
          {"assign_text", summary.assign_text()}};
}

inline json json_of(const BulkReceipt& result) {
  return {{"outcomes", json_of(result.outcomes)},
          {"summary", json_of(result.summary)},
          {"dry_run", result.dry_run},
          {"version", result.version.value}};
}

inline json json_of(const RosterReport& report) {
  auto rows = json::array();
  for (const RosterFileRow& row : report.not_added) {
    rows.push_back({{"line", row.line},
                    {"outcome", to_string(row.outcome)},
                    {"code", to_string(row.code)},
                    {"column", row.column},
                    {"column_name", report.column_name(row)},
                    {"differs", row.differs},
                    {"first_line", row.first_line},
                    {"assignment", json_of(row.assignment)},
                    {"email", row.email},
                    {"access_level", row.access_level},
                    {"cost", row.cost},
                    {"date_removed", row.date_removed}});
  }
  return {{"rows", report.rows},
          {"added", report.added},
          {"already_linked", report.already_linked},
          {"not_found", report.not_found},
          {"invalid", report.invalid},
          {"no_seats", report.no_seats},
          {"removed_rows", report.removed_rows},
          {"empty_rows", report.empty_rows},
          {"not_added", rows},
          {"columns", report.columns},
          {"ignored_columns", report.ignored_columns},
          {"unmatched_emails", report.unmatched_emails()},
          {"to_csv", to_csv(report)},
          {"dry_run", report.dry_run},
          {"version", report.version.value}};
}

inline json json_of(const InventoryReport& report) {
  auto rows = json::array();
  for (const InventoryRow& row : report.not_added) {
    rows.push_back({{"line", row.line},
                    {"outcome", to_string(row.outcome)},
                    {"code", to_string(row.code)},
                    {"column", row.column},
                    {"column_name", report.column_name(row)},
                    {"first_line", row.first_line},
                    {"record", row.record != 0 ? json(row.record) : json()},
                    {"name", row.name}});
  }
  return {{"rows", report.rows},
          {"added", report.added},
          {"already_known", report.already_known},
          {"invalid", report.invalid},
          {"without_seat", report.without_seat},
          {"empty_rows", report.empty_rows},
          {"seats_given", report.seats_given},
          {"not_added", rows},
          {"columns", report.columns},
          {"ignored_columns", report.ignored_columns},
          {"dry_run", report.dry_run},
          {"version", report.version.value}};
}

inline json json_of(const Error& error) {
  return {{"error", to_string(error.code)}, {"field", error.field},
          {"index", error.index},           {"values", error.values},
          {"message", error.message},       {"outcomes", json_of(error.outcomes)}};
}

// ------------------------------------------------------------------ results of queries

inline json json_of(const Usage& usage) {
  return {{"used", usage.used},
          {"total", json_of(usage.total)},
          {"policy", to_string(usage.policy)},
          {"archived", usage.archived},
          {"available", json_of(usage.available())},
          {"over_by", usage.over_by()},
          {"can_assign", usage.can_assign()},
          {"text", usage.text()},
          {"available_text", usage.available_text()}};
}

inline json json_of(const SeatRow& row) {
  return {{"assignment", json_of(row.assignment)},
          {"person", json_of(row.person)},
          {"name", row.name},
          {"email", row.email},
          {"archived", row.archived},
          {"needs_review", row.needs_review},
          {"assigned_at", json_of(row.assigned_at)},
          {"access_level", row.access_level},
          {"account", row.account},
          {"cost_override", json_of(row.cost_override)}};
}

inline json json_of(const SoftwareRow& row) {
  return {{"assignment", json_of(row.assignment)},
          {"license", json_of(row.license)},
          {"license_name", row.license_name},
          {"needs_review", row.needs_review},
          {"assigned_at", json_of(row.assigned_at)},
          {"access_level", row.access_level},
          {"account", row.account}};
}

inline json json_of(const AssignablePerson& row) {
  return {{"person", json_of(row.person)}, {"name", row.name}, {"email", row.email}};
}

inline json json_of(const ReviewRow& row) {
  return {{"assignment", json_of(row.assignment)},
          {"license", json_of(row.license)},
          {"license_name", row.license_name},
          {"person", json_of(row.person)},
          {"name", row.name},
          {"email", row.email},
          {"archived", row.archived},
          {"assigned_at", json_of(row.assigned_at)},
          {"flagged_at", json_of(row.flagged_at)},
          {"waiting_days", row.waiting_days}};
}

inline json json_of(const ArchivedOwnerRow& row) {
  return {{"license", json_of(row.license)},
          {"license_name", row.license_name},
          {"owner", json_of(row.owner)},
          {"owner_archived", row.owner_archived},
          {"backup_owner", json_of(row.backup_owner)},
          {"backup_archived", row.backup_archived}};
}

inline json json_of(const LicenseContacts& contacts) {
  return {{"owner", json_of(contacts.owner)},
          {"owner_archived", contacts.owner_archived},
          {"backup_owner", json_of(contacts.backup_owner)},
          {"backup_archived", contacts.backup_archived},
          {"approver", json_of(contacts.approver)},
          {"renewal_recipients", json_of(contacts.renewal_recipients)}};
}

inline json json_of(const HistoryEntry& entry) {
  return {{"row", json_of(entry.row)},          {"texts", json_of(entry.texts)},
          {"actor", json_of(entry.actor)},      {"actor_name", entry.actor_name},
          {"license_name", entry.license_name}, {"person_name", entry.person_name}};
}

inline json json_of(const Event& event) {
  return {{"seq", event.seq.value},
          {"kind", to_string(event.kind)},
          {"at", json_of(event.at)},
          {"version", event.version.value},
          {"assignment", json_of(event.assignment)},
          {"license", json_of(event.license)},
          {"license_name", event.license_name},
          {"person", json_of(event.person)},
          {"person_name", event.person_name},
          {"person_email", event.person_email},
          {"actor", json_of(event.actor)},
          {"actor_name", event.actor_name}};
}

inline json json_of(const Notification::Seat& seat) {
  return {{"assignment", json_of(seat.assignment)},
          {"license", json_of(seat.license)},
          {"license_name", seat.license_name}};
}

inline json json_of(const Notification& notification) {
  return {{"version", notification.version.value},   {"seq", notification.seq.value},
          {"at", json_of(notification.at)},          {"person", json_of(notification.person)},
          {"person_name", notification.person_name}, {"person_email", notification.person_email},
          {"seats", json_of(notification.seats)},    {"actor", json_of(notification.actor)},
          {"actor_name", notification.actor_name}};
}

inline json json_of(const EventPage& page) {
  return {{"events", json_of(page.events)}, {"next", page.next.value}, {"more", page.more}};
}

inline json json_of(const NotificationPage& page) {
  return {{"notifications", json_of(page.notifications)},
          {"next", page.next.value},
          {"more", page.more}};
}

inline json json_of(const SeatListRow& row) {
  return {{"assignment", json_of(row.assignment)},
          {"license", json_of(row.license)},
          {"license_name", row.license_name},
          {"person", json_of(row.person)},
          {"name", row.name},
          {"email", row.email},
          {"archived", row.archived},
          {"needs_review", row.needs_review},
          {"inactive", row.inactive},
          {"assigned_at", json_of(row.assigned_at)},
          {"last_used_at", json_of(row.last_used_at)},
          {"access_level", row.access_level},
          {"account", row.account},
          {"cost_override", json_of(row.cost_override)}};
}

inline json json_of(const SeatListPage& page) {
  return {{"rows", json_of(page.rows)}, {"next", page.next}, {"version", page.version.value}};
}

inline json json_of(const SeatFigures& figures) {
  return {{"total_assigned", figures.total_assigned},
          {"inactive", figures.inactive},
          {"available", json_of(figures.available)},
          {"version", figures.version.value},
          {"last_version", figures.last_version.value}};
}

inline json json_of(const RosterRow& row) {
  return {{"assignment", json_of(row.assignment)},
          {"person", json_of(row.person)},
          {"name", row.name},
          {"email", row.email},
          {"archived", row.archived},
          {"needs_review", row.needs_review},
          {"access_level", row.access_level},
          {"assigned_at", json_of(row.assigned_at)},
          {"revoked_at", json_of(row.revoked_at)},
          {"cost_override", json_of(row.cost_override)}};
}

inline json json_of(const RosterPage& page) {
  return {
      {"rows", json_of(page.rows)}, {"next", json_of(page.next)}, {"version", page.version.value}};
}

/// An exported file with its report.
struct ExportedFile {
  std::string csv;
  ExportReport report;
};

inline json json_of(const ExportedFile& file) {
  return {{"csv", file.csv},
          {"rows", file.report.rows},
          {"bytes", file.report.bytes},
          {"version", file.report.version.value}};
}

// ------------------------------------------------------------------ results of reports

inline json json_of(const MoneyTotal& total) {
  return {{"currency", total.currency}, {"monthly", json_of(total.monthly)}};
}

inline json json_of(const UtilizationRow& row) {
  return {{"license", json_of(row.license)},
          {"license_name", row.license_name},
          {"product_group", row.product_group},
          {"licenses", row.licenses},
          {"used", row.used},
          {"used_unlimited", row.used_unlimited},
          {"total", json_of(row.total)},
          {"available", json_of(row.available)},
          {"over_by", row.over_by},
          {"basis_points", json_of(row.basis_points)},
          {"monthly_cost", json_of(row.monthly_cost)},
          {"monthly_waste", json_of(row.monthly_waste)},
          {"unpriced", row.unpriced},
          {"version", row.version.value},
          {"last_version", row.last_version.value}};
}

inline json json_of(const ReclaimRow& row) {
  return {{"assignment", json_of(row.assignment)},
          {"license", json_of(row.license)},
          {"license_name", row.license_name},
          {"person", json_of(row.person)},
          {"name", row.name},
          {"email", row.email},
          {"archived", row.archived},
          {"needs_review", row.needs_review},
          {"assigned_at", json_of(row.assigned_at)},
          {"last_used_at", json_of(row.last_used_at)},
          {"currency", row.currency},
          {"monthly_saving", json_of(row.monthly_saving)}};
}

inline json json_of(const ReclaimPage& result) {
  return {{"rows", json_of(result.rows)},
          {"more", result.more},
          {"candidates", result.candidates},
          {"monthly_saving", json_of(result.monthly_saving)},
          {"unpriced", result.unpriced},
          {"version", result.version.value},
          {"last_version", result.last_version.value}};
}

inline json json_of(const RenewalRow& row) {
  return {{"license", json_of(row.license)},
          {"license_name", row.license_name},
          {"renewal_date", json_of(row.renewal_date)},
          {"recipients", json_of(row.recipients)},
          {"used", row.used},
          {"total", json_of(row.total)},
          {"right_sized_seats", row.right_sized_seats},
          {"currency", row.currency},
          {"monthly_saving", json_of(row.monthly_saving)},
          {"version", row.version.value},
          {"last_version", row.last_version.value}};
}

inline json json_of(const HolderRow& row) {
  return {{"assignment", json_of(row.assignment)},
          {"person", json_of(row.person)},
          {"name", row.name},
          {"email", row.email},
          {"erased", row.erased},
          {"assigned_at", json_of(row.assigned_at)},
          {"revoked_at", json_of(row.revoked_at)}};
}

inline json json_of(const UsageStep& step) {
  return {{"at", json_of(step.at)},
          {"used", step.used},
          {"used_unlimited", step.used_unlimited},
          {"total", json_of(step.total)},
          {"policy", step.policy ? json(to_string(*step.policy)) : json()}};
}

inline json json_of(const UsageOverTime& result) {
  return {{"steps", json_of(result.steps)},
          {"next", json_of(result.next)},
          {"version", result.version.value}};
}

inline json json_of(const OffboardingRow& row) {
  return {{"flagged", row.flagged.value},
          {"assignment", json_of(row.assignment)},
          {"license", json_of(row.license)},
          {"license_name", row.license_name},
          {"person", json_of(row.person)},
          {"name", row.name},
          {"outcome", to_string(row.outcome)},
          {"offboarded_at", json_of(row.offboarded_at)},
          {"released_at", json_of(row.released_at)},
          {"days", json_of(row.days)}};
}

inline json json_of(const OffboardingTimes& times) {
  return {{"rows", json_of(times.rows)},
          {"more", times.more},
          {"waiting", times.waiting},
          {"kept", times.kept},
          {"released", times.released},
          {"reactivated", times.reactivated},
          {"days_sum", times.days_sum},
          {"mean_days", json_of(times.mean_days)},
          {"median_days", json_of(times.median_days)},
          {"longest_days", json_of(times.longest_days)},
          {"version", times.version.value}};
}

template <class Row>
json json_of(const std::vector<Row>& rows) {
  auto list = json::array();
  for (const Row& row : rows) list.push_back(json_of(row));
  return list;
}

}  // namespace seatbook::conformance

#endif  // SEATBOOK_TESTS_CONFORMANCE_RESULTS_HPP_

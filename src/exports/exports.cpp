#include "exports/exports.hpp"

#include <optional>
#include <string>
#include <vector>

namespace seatbook::exports {
namespace {

template <class Tag>
std::string id_text(const std::optional<Id<Tag>>& id) {
  return id ? std::to_string(id->value) : std::string();
}

/// Writes the terms before and after a history row of a license.
template <class Spell>
void both(csv::Writer& writer, const HistoryRow& row, const Spell& spell) {
  writer.plain(row.before ? spell(*row.before) : std::string());
  writer.plain(row.after ? spell(*row.after) : std::string());
}

std::string total_text(const LicenseTerms& terms) {
  return terms.total_seats.is_unlimited() ? "unlimited" : std::to_string(terms.total_seats.seats());
}

/// Returns "access_level: Standard -> Admin; notes:  -> new" (C59).
std::string changes_text(const std::vector<FieldChange>& changes) {
  std::string text;
  for (const FieldChange& change : changes) {
    text += text.empty() ? "" : "; ";
    text += change.field + ": " + change.before + " -> " + change.after;
  }
  return text;
}

}  // namespace

void SeatListFile::header(csv::Writer& writer) const {
  if (with_license_) writer.plain("License");
  writer.header({"User name", "Email", "Access level", "Account", "Assigned", "Last used"});
}

void SeatListFile::row(csv::Writer& writer, const SeatListRow& row) const {
  if (with_license_) writer.text(row.license_name);
  writer.text(row.name).text(row.email).text(row.access_level).text(row.account);
  writer.instant(row.assigned_at).instant(row.last_used_at).end_row();
}

void RosterFile::header(csv::Writer& writer) const {
  writer.plain("Name").plain("Email").plain("Role").plain("Date Added").plain("Date Removed");
  if (with_cost_) writer.plain("Cost Per Seat Override");  // C36
  writer.end_row();
}

void RosterFile::row(csv::Writer& writer, const RosterRow& row) const {
  writer.text(row.name).text(row.email).text(row.access_level);
  writer.instant(row.assigned_at).instant(row.revoked_at);
  if (with_cost_) writer.money(row.cost_override);
  writer.end_row();
}

void HistoryFile::header(csv::Writer& writer) {
  writer.header({"Seq",
                 "At",
                 "Actor",
                 "Kind",
                 "License ID",
                 "License",
                 "Person ID",
                 "Person",
                 "Assignment ID",
                 "Counterpart ID",
                 "Total Before",
                 "Total After",
                 "Policy Before",
                 "Policy After",
                 "Owner ID Before",
                 "Owner ID After",
                 "Backup Owner ID Before",
                 "Backup Owner ID After",
                 "Name Before",
                 "Name After",
                 "Email Before",
                 "Email After",
                 "Reason",
                 "Changes"});
}

void HistoryFile::row(csv::Writer& writer, const HistoryEntry& entry) {
  const HistoryRow& row = entry.row;
  writer.number(row.seq.value).plain(row.at.to_string()).text(entry.actor_name);
  writer.plain(to_string(row.kind));
  writer.plain(id_text(row.license)).text(entry.license_name);
  writer.plain(id_text(row.person)).text(entry.person_name);
  writer.plain(id_text(row.assignment)).plain(id_text(row.counterpart));
  both(writer, row, total_text);
  both(writer, row, [](const LicenseTerms& terms) { return std::string(to_string(terms.policy)); });
  both(writer, row, [](const LicenseTerms& terms) { return std::to_string(terms.owner.value); });
  both(writer, row, [](const LicenseTerms& terms) { return id_text(terms.backup_owner); });
  const HistoryTexts& texts = entry.texts;
  writer.text(texts.name_before).text(texts.name_after);
  writer.text(texts.email_before).text(texts.email_after).text(texts.reason);
  writer.text(changes_text(texts.changes)).end_row();
}

}  // namespace seatbook::exports

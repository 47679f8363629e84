// The last scenes: queries, history, events and the check.
#ifndef SEATBOOK_EXAMPLES_CLOSING_HPP_
#define SEATBOOK_EXAMPLES_CLOSING_HPP_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cast.hpp"
#include "expect.hpp"
#include "office.hpp"
#include "page.hpp"
#include "seatbook/seatbook.hpp"
#include "text.hpp"
#include "wording.hpp"

namespace tour {

inline void show_license(Page& page, Office& office, seatbook::LicenseId id) {
  page.heading("12. The license");
  const auto license = require(office.desk().get_license(id), "the license");
  const auto rows = require(office.desk().license_seats(id), "its seats");
  require(rows.size() == office.usage(id).used, "one row for each seat in use");

  const auto fact = [&](const std::string& title, const std::string& text) {
    if (!text.empty()) page.line(padded(title, 14) + text);
  };
  fact("License", license.name);
  fact("Vendor", license.vendor);
  fact("Seats used", office.usage(id).text());
  fact("Free", office.usage(id).available_text());
  fact("Owner", office.name(license.owner));
  fact("Backup owner", license.backup_owner ? office.name(*license.backup_owner) : "");
  fact("Cost a seat", cost(license));
  fact("Renewal", renewal(license));
  page.gap();

  Table table({{"Name"}, {"Since"}, {"Access level"}, {"Account"}});
  for (const auto& row : rows) {
    require(!row.archived && !row.needs_review, "all holders are active, and no seat is flagged");
    table.row({row.name, day(row.assigned_at), row.access_level, row.account});
  }
  page.table(table);
}

inline void show_employee(Page& page, Office& office, seatbook::LicenseId license) {
  using seatbook::Operation;
  page.heading("13. What an employee may do");
  const seatbook::PersonId person = holder_with_most_licenses(office, license);
  auto own = office.book().session({.person = person, .role = seatbook::Role::employee});
  page.say(office.name(person) +
           " opens My software in a session with the role employee. The role permits only queries "
           "about oneself.");
  Table table({{"License"}, {"Since"}, {"Access level"}, {"Account"}});
  for (const auto& row : require(own.my_software(person), "the person's own software")) {
    require(office.seat(row.license, person) == row.assignment,
            "My software lists active assignments");
    table.row({row.license_name, day(row.assigned_at), row.access_level, row.account});
  }
  page.table(table);
  office.refused("software of " + office.name(office.operator_id()),
                 seatbook::Code::permission_denied,
                 [&] { return own.my_software(office.operator_id()); });
  page.gap();
  page.say("A page calls can() to decide whether to show a button, and why_not() for the reason.");
  require(own.can(Operation::my_software), "can my_software");
  page.step("can my_software", "yes");
  for (const Operation operation : {Operation::license_seats, Operation::assign}) {
    require(!own.can(operation), "an employee must not do this");
    const auto refusal = own.why_not(operation);
    require(refusal && refusal->code == seatbook::Code::permission_denied,
            "the reason for an employee");
    page.refusal("can " + std::string(to_string(operation)), std::string(to_string(refusal->code)),
                 refusal->message);
    require(office.desk().can(operation), "the operator can do this");
  }
}

inline std::string seats_of(const seatbook::LicenseTerms& terms) {
  return counted(static_cast<std::size_t>(terms.total_seats.seats()), "seat", "seats");
}

/// Returns the details of a history row: the new terms, the direction of a transfer, or the reason.
inline std::string details(Office& office, const seatbook::HistoryEntry& entry) {
  using seatbook::HistoryKind;
  const seatbook::HistoryRow& row = entry.row;
  switch (row.kind) {
    case HistoryKind::license_added:
      return seats_of(*row.after);
    case HistoryKind::total_changed:
      return std::to_string(row.before->total_seats.seats()) + " to " + seats_of(*row.after);
    case HistoryKind::owners_changed:
      return "owner " + office.name(row.after->owner);
    case HistoryKind::transferred:
      return row.removes() ? "old holder" : "new holder";
    default:
      return entry.texts.reason;
  }
}

inline void show_history(Page& page, Office& office, seatbook::LicenseId license,
                         const std::string& license_name) {
  page.heading("14. The history of " + license_name);
  page.say("History rows are never changed. Replaying them gives the current holders.");
  const auto entries = require(office.desk().history({.license = license}), "the history");
  Table table({{"#", Table::Align::right},
               {.title = "Day", .whole = true},
               {"What"},
               {"Person"},
               {"By"},
               {"Details"}});
  std::uint64_t held = 0;
  for (const auto& entry : entries) {
    held += entry.row.grants() ? 1 : 0;
    held -= entry.row.removes() ? 1 : 0;
    table.row({number(entry.row.seq.value), day(entry.row.at),
               std::string(to_string(entry.row.kind)), entry.person_name, entry.actor_name,
               details(office, entry)});
  }
  require(held == office.usage(license).used, "the history replays to the seats in use");
  page.table(table);
}

/// Returns all pages of events_after or notifications_after as one.
template <class Value, class Fetch>
Value fetch_all(const Fetch& fetch) {
  Value all = require(fetch(seatbook::Seq()), "the first page");
  while (all.more) {
    Value page = require(fetch(all.next), "the next page");
    if constexpr (requires { all.events; }) {
      all.events.insert(all.events.end(), page.events.begin(), page.events.end());
    } else {
      all.notifications.insert(all.notifications.end(), page.notifications.begin(),
                               page.notifications.end());
    }
    all.next = page.next;
    all.more = page.more;
  }
  return all;
}

/// Skips the first `loaded` events, which are those of the inventory.
inline void show_events(Page& page, Office& office, std::size_t loaded) {
  page.heading("15. The events");
  page.say(
      "A listener received an event for each change; these are the events since the inventory was "
      "loaded. A dispatcher that must not lose events pulls them by number instead.");
  const auto same = [](const auto& a, const auto& b) { return to_json(a) == to_json(b); };
  const auto& received = office.listeners().events();
  const auto events = fetch_all<seatbook::EventPage>(
      [&](seatbook::Seq after) { return office.desk().events_after(after); });
  require(std::equal(events.events.begin(), events.events.end(), received.begin(), received.end(),
                     same),
          "the listener received the events of events_after");
  const auto& notified = office.listeners().notifications();
  const auto pages = fetch_all<seatbook::NotificationPage>(
      [&](seatbook::Seq after) { return office.desk().notifications_after(after); });
  require(std::equal(pages.notifications.begin(), pages.notifications.end(), notified.begin(),
                     notified.end(), same),
          "the listener received the notifications of notifications_after");

  Table table({{"#", Table::Align::right},
               {.title = "Day", .whole = true},
               {.title = "Event", .whole = true},
               {"License"},
               {"Person"},
               {"By"}});
  for (std::size_t i = loaded; i < received.size(); ++i) {
    const seatbook::Event& event = received[i];
    table.row({number(event.seq.value), day(event.at), std::string(to_string(event.kind)),
               event.license_name, event.person_name, event.actor_name});
  }
  page.table(table);
}

inline void check_book(Page& page, Office& office) {
  page.heading("17. The check");
  page.say(
      "check_invariants counts the seats again, verifies the indexes, and replays the history. The "
      "results must equal the tables.");
  const auto findings = require(office.book().check_invariants(), "checking the invariants");
  for (const std::string& finding : findings) page.line(finding);
  require(findings.empty(), counted(findings.size(), "finding", "findings"));

  std::uint64_t granted = 0;
  std::uint64_t revoked = 0;
  for (const seatbook::Event& event : office.listeners().events()) {
    ++(event.kind == seatbook::EventKind::software_assigned ? granted : revoked);
  }
  const Figures found = office.count();
  require(found.seats_used == granted - revoked, "the events add up to the seats in use");
  page.step("check_invariants", counted(findings.size(), "finding", "findings"));
  page.step("seats in use", number(found.seats_used) + ": " + number(granted) + " granted, " +
                                number(revoked) + " revoked");
  page.step("batches committed", number(office.book().version().value));
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_CLOSING_HPP_

/// Compares a book with the naive book. Functions return the first difference as text, or an empty
/// text.
#ifndef SEATBOOK_TESTS_MODEL_COMPARISON_HPP_
#define SEATBOOK_TESTS_MODEL_COMPARISON_HPP_

#include <algorithm>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "model/naive_book.hpp"
#include "seatbook/seatbook.hpp"

namespace seatbook::naive {

using nlohmann::json;

// ------------------------------------------------------------------------------ records as JSON
// Formats the naive records as Book::dump() does.

template <class IdType>
json number_or_null(IdType id) {
  return id ? json(id.value) : json(nullptr);
}
template <class IdType>
json number_or_null(const std::optional<IdType>& id) {
  return id ? json(id->value) : json(nullptr);
}
template <class Value>
json text_or_null(const std::optional<Value>& value) {
  return value ? json(value->to_string()) : json(nullptr);
}
inline json to_json(SeatTotal total) {
  return total.is_unlimited() ? json(nullptr) : json(total.seats());
}
inline json to_json(const std::optional<LicenseTerms>& terms) {
  if (!terms) return nullptr;
  return {{"total_seats", to_json(terms->total_seats)},
          {"policy", terms->policy == CapacityPolicy::enforce ? "enforce" : "allow_over"},
          {"owner", terms->owner.value},
          {"backup_owner", number_or_null(terms->backup_owner)}};
}
inline json to_json(const ActorRecord& actor) {
  return {{"id", actor.id.value}, {"actor", actor.actor}, {"person", number_or_null(actor.person)}};
}
inline json to_json(const Person& person) {
  constexpr const char* states[] = {"active", "archived", "erased"};
  return {{"id", person.id.value},
          {"name", person.name},
          {"email", person.email},
          {"host_key", person.host_key},
          {"state", states[static_cast<int>(person.state)]},
          {"revision", person.revision.value}};
}
inline json to_json(const License& license) {
  constexpr const char* periods[] = {"month", "year", "once"};
  return {{"id", license.id.value},
          {"name", license.name},
          {"vendor", license.vendor},
          {"product_group", license.product_group},
          {"host_key", license.host_key},
          {"total_seats", to_json(license.total_seats)},
          {"policy", license.policy == CapacityPolicy::enforce ? "enforce" : "allow_over"},
          {"owner", license.owner.value},
          {"backup_owner", number_or_null(license.backup_owner)},
          {"cost_per_seat", text_or_null(license.cost_per_seat)},
          {"currency", license.currency},
          {"billing_period", periods[static_cast<int>(license.billing_period)]},
          {"renewal_date", text_or_null(license.renewal_date)},
          {"state", license.state == LicenseState::active ? "active" : "archived"},
          {"revision", license.revision.value}};
}
inline json to_json(const Assignment& seat) {
  return {{"id", seat.id.value},
          {"license", seat.license.value},
          {"person", seat.person.value},
          {"assigned_at", seat.assigned_at.to_string()},
          {"assigned_by", seat.assigned_by.value},
          {"revoked_at", text_or_null(seat.revoked_at)},
          {"revoked_by", number_or_null(seat.revoked_by)},
          {"revoke_reason", seat.revoke_reason},
          {"access_level", seat.access_level},
          {"account", seat.account},
          {"notes", seat.notes},
          {"cost_override", text_or_null(seat.cost_override)},
          {"needs_review", seat.needs_review},
          {"revision", seat.revision.value}};
}
inline json to_json(const HistoryRow& row) {
  return {{"seq", row.seq.value},
          {"batch", row.batch.value},
          {"at", row.at.to_string()},
          {"actor", row.actor.value},
          {"kind", to_string(row.kind)},
          {"license", number_or_null(row.license)},
          {"person", number_or_null(row.person)},
          {"assignment", number_or_null(row.assignment)},
          {"counterpart", number_or_null(row.counterpart)},
          {"before", to_json(row.before)},
          {"after", to_json(row.after)}};
}
inline json to_json(const HistoryTexts& texts) {
  return {{"seq", texts.seq.value},           {"name_before", texts.name_before},
          {"name_after", texts.name_after},   {"email_before", texts.email_before},
          {"email_after", texts.email_after}, {"reason", texts.reason}};
}

/// Returns the expected Book::dump(), without the Unicode version.
inline json dump_of(const Book& book) {
  json dump = {{"version", book.version},        {"actors", json::array()},
               {"people", json::array()},        {"licenses", json::array()},
               {"assignments", json::array()},   {"history", json::array()},
               {"history_texts", json::array()}, {"last_uses", json::array()}};
  for (const auto& record : book.actors) dump["actors"].push_back(to_json(record));
  for (const auto& record : book.people) dump["people"].push_back(to_json(record));
  for (const auto& record : book.licenses) dump["licenses"].push_back(to_json(record));
  for (const auto& record : book.assignments) dump["assignments"].push_back(to_json(record));
  for (const auto& record : book.history) dump["history"].push_back(to_json(record));
  for (const auto& [seq, texts] : book.texts) dump["history_texts"].push_back(to_json(texts));
  for (const auto& [id, used_at] : book.last_uses) {
    dump["last_uses"].push_back({{"assignment", id}, {"used_at", used_at.to_string()}});
  }
  return dump;
}

inline std::string printed(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// Compares the dump of a book with that of the naive book.
inline std::string dump_difference(const Book& naive, const std::string& dump) {
  json actual = json::parse(dump);
  actual.erase("book");
  const json expected = dump_of(naive);
  if (actual == expected) return "";
  return "dump: " + printed(json::diff(expected, actual));
}

// --------------------------------------------------------------------------- records as records

inline bool same(const ActorRecord& a, const ActorRecord& b) {
  return std::tie(a.id, a.actor, a.person) == std::tie(b.id, b.actor, b.person);
}
inline bool same(const Person& a, const Person& b) {
  return std::tie(a.id, a.name, a.email, a.host_key, a.state, a.revision) ==
         std::tie(b.id, b.name, b.email, b.host_key, b.state, b.revision);
}
inline bool same(const License& a, const License& b) {
  return std::tie(a.id, a.name, a.vendor, a.product_group, a.host_key, a.total_seats, a.policy,
                  a.owner, a.backup_owner, a.cost_per_seat, a.currency, a.billing_period,
                  a.renewal_date, a.state, a.revision) ==
         std::tie(b.id, b.name, b.vendor, b.product_group, b.host_key, b.total_seats, b.policy,
                  b.owner, b.backup_owner, b.cost_per_seat, b.currency, b.billing_period,
                  b.renewal_date, b.state, b.revision);
}
inline bool same(const Assignment& a, const Assignment& b) {
  return std::tie(a.id, a.license, a.person, a.assigned_at, a.assigned_by, a.revoked_at,
                  a.revoked_by, a.revoke_reason, a.access_level, a.account, a.notes,
                  a.cost_override, a.needs_review, a.revision) ==
         std::tie(b.id, b.license, b.person, b.assigned_at, b.assigned_by, b.revoked_at,
                  b.revoked_by, b.revoke_reason, b.access_level, b.account, b.notes,
                  b.cost_override, b.needs_review, b.revision);
}
inline bool same(const HistoryRow& a, const HistoryRow& b) {
  return std::tie(a.seq, a.batch, a.at, a.actor, a.kind, a.license, a.person, a.assignment,
                  a.counterpart, a.before,
                  a.after) == std::tie(b.seq, b.batch, b.at, b.actor, b.kind, b.license, b.person,
                                       b.assignment, b.counterpart, b.before, b.after);
}
inline bool same(const HistoryTexts& a, const HistoryTexts& b) {
  return std::tie(a.seq, a.name_before, a.name_after, a.email_before, a.email_after, a.reason) ==
         std::tie(b.seq, b.name_before, b.name_after, b.email_before, b.email_after, b.reason);
}

// ------------------------------------------------------------------------------------ comparing

/// Queries a book and keeps the first difference found.
class Comparison {
 public:
  Comparison(const Book& naive, Session session) : naive_(naive), session_(std::move(session)) {}

  [[nodiscard]] const std::string& difference() const { return difference_; }

  /// Compares all records and queries.
  void all() {
    people();
    licenses();
    assignments(1);
    history(1);
    folded_history();
    events(0);
    rows_of_each_license();
    whole_book_rows();
  }

  /// Compares everything that the newest step can have changed. Before it, the naive book had
  /// `assignments_before` and `history_before` records. Only an erasure changes old assignments
  /// that are not active, so after one everything is compared.
  void newest(std::size_t assignments_before, std::size_t history_before) {
    const bool erased = std::any_of(
        naive_.history.begin() + static_cast<std::ptrdiff_t>(history_before), naive_.history.end(),
        [](const HistoryRow& row) { return row.kind == HistoryKind::person_erased; });
    if (erased) return all();
    people();
    licenses();
    assignments(assignments_before + 1);
    active_and_touched(history_before);
    history(history_before + 1);
    folded_history();
    events(history_before);
    rows_of_each_license();
    whole_book_rows();
  }

  /// Compares find_person and find_license.
  void look_ups(const std::vector<std::string>& emails, const std::vector<std::string>& host_keys) {
    for (const auto& email : emails) {
      equal("find_person " + email, session_.find_person({.email = email}).value(),
            naive_.with_email(email));
    }
    for (const auto& key : host_keys) {
      equal("find_person key " + key, session_.find_person({.host_key = key}).value(),
            Book::with_host_key(naive_.people, key));
      equal("find_license key " + key, session_.find_license({.host_key = key}).value(),
            Book::with_host_key(naive_.licenses, key));
    }
  }

  void my_software(PersonId person) {
    const auto rows = session_.my_software(person).value();
    const auto ids = naive_.seats_of(person);
    const std::string what = "my_software of " + std::to_string(person.value);
    if (!equal(what, rows.size(), ids.size())) return;
    for (std::size_t at = 0; at < ids.size(); ++at) {
      const Assignment& seat = naive_.assignments[ids[at] - 1];
      equal(what,
            std::tie(rows[at].assignment, rows[at].license, rows[at].license_name,
                     rows[at].needs_review, rows[at].assigned_at, rows[at].access_level,
                     rows[at].account),
            std::tie(seat.id, seat.license, naive_.find(seat.license)->name, seat.needs_review,
                     seat.assigned_at, seat.access_level, seat.account));
    }
  }

  void assignable_people(const AssignableQuery& query) {
    std::vector<std::pair<std::string, const Person*>> matches;
    const std::string wanted = folded(query.search);
    for (const Person& person : naive_.people) {
      if (person.state != PersonState::active) continue;
      if (query.license && naive_.seat_of(*query.license, person.id)) continue;
      const std::string name = folded(person.name);
      if (name.find(wanted) == std::string::npos &&
          folded(person.email).find(wanted) == std::string::npos) {
        continue;
      }
      matches.emplace_back(name, &person);
    }
    std::sort(matches.begin(), matches.end(), [](const auto& a, const auto& b) {
      return std::tie(a.first, a.second->id) < std::tie(b.first, b.second->id);
    });
    if (matches.size() > query.limit) matches.resize(query.limit);
    const auto rows = session_.assignable_people(query).value();
    const std::string what = "assignable_people for '" + query.search + "'";
    if (!equal(what, rows.size(), matches.size())) return;
    for (std::size_t at = 0; at < rows.size(); ++at) {
      const Person& person = *matches[at].second;
      equal(what, std::tie(rows[at].person, rows[at].name, rows[at].email),
            std::tie(person.id, person.name, person.email));
    }
  }

  void renewals(Date until) {
    std::vector<const License*> due;
    for (const License& license : naive_.licenses) {
      if (license.state == LicenseState::active && license.renewal_date &&
          *license.renewal_date <= until) {
        due.push_back(&license);
      }
    }
    std::sort(due.begin(), due.end(), [](const License* a, const License* b) {
      return std::tie(*a->renewal_date, a->id) < std::tie(*b->renewal_date, b->id);
    });
    const auto rows = session_.renewals_due({until}).value();
    if (!equal("renewals", rows.size(), due.size())) return;
    for (std::size_t at = 0; at < rows.size(); ++at) {
      equal("renewal", std::tie(rows[at].license, rows[at].license_name, rows[at].recipients),
            std::make_tuple(due[at]->id, due[at]->name, contacts_of(*due[at])));
      equal("renewal date", rows[at].renewal_date, *due[at]->renewal_date);
    }
  }

  void filtered_history(const HistoryQuery& query) {
    std::vector<HistoryRow> rows;
    for (const HistoryRow& row : naive_.history) {
      if (query.license && row.license != *query.license) continue;
      if (query.person && row.person != *query.person) continue;
      if (query.actor && row.actor != *query.actor) continue;
      if (query.kind && row.kind != *query.kind) continue;
      if (query.since && row.at < *query.since) continue;
      if (query.until && row.at >= *query.until) continue;
      if (query.from && (query.newest_first ? row.seq >= query.from : row.seq <= query.from)) {
        continue;
      }
      rows.push_back(row);
    }
    if (query.newest_first) std::reverse(rows.begin(), rows.end());
    if (rows.size() > query.limit) rows.resize(query.limit);
    compare_history("filtered history", session_.history(query).value(), rows);
  }

 private:
  template <class Actual, class Expected>
  bool equal(const std::string& what, const Actual& actual, const Expected& expected) {
    if (actual == expected) return true;
    fail(what);
    return false;
  }
  void fail(const std::string& what) {
    if (difference_.empty()) difference_ = what;
  }
  template <class Record>
  void record(const char* what, const Record& actual, const Record& expected) {
    if (same(actual, expected) || !difference_.empty()) return;
    fail(std::string(what) + ": book " + printed(to_json(actual)) + ", model " +
         printed(to_json(expected)));
  }

  void people() {
    const auto people = session_.people({.limit = 100'000}).value();
    if (!equal("number of people", people.size(), naive_.people.size())) return;
    for (std::size_t at = 0; at < people.size(); ++at) {
      record("person", people[at], naive_.people[at]);
    }
    for (const ActorRecord& actor : naive_.actors) {
      record("actor", session_.get_actor(actor.id).value(), actor);
    }
    equal("number of actors", session_.get_actor(ActorId(naive_.actors.size() + 1)).has_value(),
          false);
  }

  void licenses() {
    const auto licenses = session_.licenses({.limit = 100'000}).value();
    if (!equal("number of licenses", licenses.size(), naive_.licenses.size())) return;
    for (std::size_t at = 0; at < licenses.size(); ++at) {
      record("license", licenses[at], naive_.licenses[at]);
    }
  }

  void assignment(std::uint64_t id) {
    const auto actual = session_.get_assignment(AssignmentId(id));
    if (!actual) return fail("no assignment " + std::to_string(id));
    record("assignment", *actual, naive_.assignments[id - 1]);
    const auto used_at = naive_.last_uses.find(id);
    equal("last use of " + std::to_string(id), session_.last_use(AssignmentId(id)).value(),
          used_at == naive_.last_uses.end() ? std::nullopt : std::optional(used_at->second));
  }
  void assignments(std::size_t first) {
    for (std::size_t id = first; id <= naive_.assignments.size(); ++id) assignment(id);
    equal("number of assignments",
          session_.get_assignment(AssignmentId(naive_.assignments.size() + 1)).has_value(), false);
  }
  void active_and_touched(std::size_t history_before) {
    for (const auto id : naive_.active_seats([](const Assignment&) { return true; })) {
      assignment(id);
    }
    for (std::size_t at = history_before; at < naive_.history.size(); ++at) {
      const HistoryRow& row = naive_.history[at];
      if (row.assignment) assignment(row.assignment.value);
    }
  }

  void compare_history(const std::string& what, const std::vector<HistoryEntry>& actual,
                       const std::vector<HistoryRow>& expected) {
    if (!equal("number of rows of " + what, actual.size(), expected.size())) return;
    for (std::size_t at = 0; at < actual.size(); ++at) {
      const HistoryEntry& entry = actual[at];
      const HistoryRow& row = expected[at];
      record(what.c_str(), entry.row, row);
      const auto texts = naive_.texts.find(row.seq.value);
      HistoryTexts none;
      none.seq = row.seq;
      record("history texts", entry.texts, texts == naive_.texts.end() ? none : texts->second);
      const ActorRecord& actor = naive_.actors[row.actor.value - 1];
      record("history actor", entry.actor, actor);
      equal("history names", std::tie(entry.actor_name, entry.license_name, entry.person_name),
            std::make_tuple(naive_.name_of(actor),
                            row.license ? naive_.find(row.license)->name : std::string(),
                            row.person ? naive_.find(row.person)->name : std::string()));
    }
  }
  void history(std::size_t first) {
    const auto entries = session_.history({.from = Seq(first - 1), .limit = 100'000}).value();
    compare_history(
        "history", entries,
        {naive_.history.begin() + static_cast<std::ptrdiff_t>(first - 1), naive_.history.end()});
  }

  /// Folds the naive rows, which equal the book's rows, and compares the result with the book
  /// (C48).
  void folded_history() {
    std::vector<PersonState> people;
    std::vector<LicenseState> states;
    std::vector<LicenseTerms> terms;
    struct Seat {
      LicenseId license;
      PersonId person;
      bool flagged = false;
    };
    std::map<std::uint64_t, Seat> seats;
    for (const HistoryRow& row : naive_.history) {
      switch (row.kind) {
        case HistoryKind::person_added:
          people.push_back(PersonState::active);
          break;
        case HistoryKind::person_archived:
          people[row.person.value - 1] = PersonState::archived;
          break;
        case HistoryKind::person_reactivated:
          people[row.person.value - 1] = PersonState::active;
          break;
        case HistoryKind::person_erased:
          people[row.person.value - 1] = PersonState::erased;
          break;
        case HistoryKind::license_added:
          states.push_back(LicenseState::active);
          terms.push_back(*row.after);
          break;
        case HistoryKind::license_archived:
          states[row.license.value - 1] = LicenseState::archived;
          break;
        case HistoryKind::license_reactivated:
          states[row.license.value - 1] = LicenseState::active;
          break;
        case HistoryKind::total_changed:
        case HistoryKind::policy_changed:
        case HistoryKind::owners_changed:
          if (terms[row.license.value - 1] != *row.before)
            fail("terms before a change differ from the terms after the previous one");
          terms[row.license.value - 1] = *row.after;
          break;
        case HistoryKind::assigned:
        case HistoryKind::revoked:
        case HistoryKind::transferred:
          if (Book::is_grant(row)) {
            seats[row.assignment.value] = {row.license, row.person};
          } else {
            seats.erase(row.assignment.value);
          }
          break;
        case HistoryKind::flagged:
          seats.at(row.assignment.value).flagged = true;
          break;
        case HistoryKind::flag_cleared:
        case HistoryKind::reviewed:
          seats.at(row.assignment.value).flagged = false;
          break;
        case HistoryKind::person_updated:
        case HistoryKind::license_updated:
        case HistoryKind::edited:
          break;
      }
    }
    const auto book_people = session_.people({.limit = 100'000}).value();
    if (!equal("folded people", book_people.size(), people.size())) return;
    for (std::size_t at = 0; at < people.size(); ++at) {
      equal("folded state of a person", book_people[at].state, people[at]);
    }
    const auto book_licenses = session_.licenses({.limit = 100'000}).value();
    if (!equal("folded licenses", book_licenses.size(), states.size())) return;
    std::size_t held = 0;
    for (std::size_t at = 0; at < states.size(); ++at) {
      const License& license = book_licenses[at];
      equal("folded state of a license", license.state, states[at]);
      equal("folded terms of a license", Book::terms_of(license), terms[at]);
      for (const SeatRow& row : session_.license_seats(license.id).value()) {
        ++held;
        const auto seat = seats.find(row.assignment.value);
        if (seat == seats.end()) return fail("the folded history lacks an active assignment");
        equal("folded holder",
              std::tie(seat->second.license, seat->second.person, seat->second.flagged),
              std::tie(license.id, row.person, row.needs_review));
      }
    }
    equal("folded holders", held, seats.size());
  }

  void events(std::size_t after) {
    const auto page = session_.events_after(Seq(after), 100'000).value();
    std::size_t at = 0;
    for (std::size_t row_at = after; row_at < naive_.history.size(); ++row_at) {
      const HistoryRow& row = naive_.history[row_at];
      if (!Book::is_grant(row) && !Book::is_removal(row)) continue;
      if (at == page.events.size()) return fail("an event is missing");
      event(page.events[at++], row);
    }
    equal("number of events", page.events.size(), at);
    const Seq next(std::max(after, naive_.history.size()));
    equal("end of the events", std::tie(page.next, page.more), std::make_tuple(next, false));
    notifications(after);
  }

 public:
  /// Compares an event with its history row.
  void event(const Event& event, const HistoryRow& row) {
    const Person& person = *naive_.find(row.person);
    const ActorRecord& actor = naive_.actors[row.actor.value - 1];
    equal("event", std::tie(event.seq, event.at, event.version, event.assignment, event.license),
          std::tie(row.seq, row.at, row.batch, row.assignment, row.license));
    equal("kind of an event", event.kind,
          Book::is_grant(row) ? EventKind::software_assigned : EventKind::software_revoked);
    equal("names of an event",
          std::tie(event.license_name, event.person, event.person_name, event.person_email,
                   event.actor_name),
          std::make_tuple(naive_.find(row.license)->name, person.id, person.name, person.email,
                          naive_.name_of(actor)));
    record("actor of an event", event.actor, actor);
  }

  /// Returns the expected notifications of the rows after `after`: one for each batch and person,
  /// in the order of their first rows.
  [[nodiscard]] std::vector<Notification> notifications_due(std::size_t after) const {
    std::vector<Notification> due;
    for (std::size_t at = after; at < naive_.history.size(); ++at) {
      const HistoryRow& row = naive_.history[at];
      if (!Book::is_grant(row)) continue;
      auto known = std::find_if(due.begin(), due.end(), [&](const Notification& one) {
        return one.version == row.batch && one.person == row.person;
      });
      if (known == due.end()) {
        Notification fresh;
        fresh.version = row.batch;
        fresh.seq = row.seq;
        fresh.at = row.at;
        fresh.person = row.person;
        fresh.person_name = naive_.find(row.person)->name;
        fresh.person_email = naive_.find(row.person)->email;
        fresh.actor = naive_.actors[row.actor.value - 1];
        fresh.actor_name = naive_.name_of(fresh.actor);
        due.push_back(fresh);
        known = due.end() - 1;
      }
      known->seats.push_back({row.assignment, row.license, naive_.find(row.license)->name});
    }
    return due;
  }
  void notifications(const std::vector<Notification>& actual,
                     const std::vector<Notification>& expected) {
    if (!equal("number of notifications", actual.size(), expected.size())) return;
    for (std::size_t at = 0; at < actual.size(); ++at) {
      const Notification& a = actual[at];
      const Notification& b = expected[at];
      equal(
          "notification",
          std::tie(a.version, a.seq, a.at, a.person, a.person_name, a.person_email, a.actor_name),
          std::tie(b.version, b.seq, b.at, b.person, b.person_name, b.person_email, b.actor_name));
      record("actor of a notification", a.actor, b.actor);
      if (!equal("seats of a notification", a.seats.size(), b.seats.size())) return;
      for (std::size_t seat = 0; seat < a.seats.size(); ++seat) {
        equal(
            "seat of a notification",
            std::tie(a.seats[seat].assignment, a.seats[seat].license, a.seats[seat].license_name),
            std::tie(b.seats[seat].assignment, b.seats[seat].license, b.seats[seat].license_name));
      }
    }
  }

 private:
  void notifications(std::size_t after) {
    const auto page = session_.notifications_after(Seq(after), 100'000).value();
    notifications(page.notifications, notifications_due(after));
    equal("end of the notifications", page.more, false);
  }

  [[nodiscard]] std::vector<PersonId> contacts_of(const License& license) const {
    if (naive_.is_active(license.owner)) return {license.owner};
    if (license.backup_owner && naive_.is_active(*license.backup_owner)) {
      return {*license.backup_owner};
    }
    return {};
  }

  void usage_of(const License& license, std::uint64_t used) {
    const auto usage = session_.usage(license.id).value();
    const bool unlimited = license.total_seats.is_unlimited();
    const auto total = static_cast<std::uint64_t>(license.total_seats.seats());
    const std::string what = "usage of " + std::to_string(license.id.value);
    equal(what, std::tie(usage.used, usage.total, usage.policy),
          std::tie(used, license.total_seats, license.policy));
    equal(what + ": archived", usage.archived, license.state == LicenseState::archived);
    const std::uint64_t free = used < total ? total - used : 0;
    equal(what + ": available", usage.available(), unlimited ? std::nullopt : std::optional(free));
    equal(what + ": over_by", usage.over_by(), unlimited || used < total ? 0 : used - total);
    equal(what + ": can_assign", usage.can_assign(),
          license.state == LicenseState::active && naive_.has_room(license));
    equal(what + ": text", usage.text(),
          std::to_string(used) + "/" + (unlimited ? "unlimited" : std::to_string(total)));
    equal(what + ": available_text", usage.available_text(),
          unlimited ? "unlimited"
                    : std::to_string(free) + " of " + std::to_string(total) + " available");
  }

  void rows_of_each_license() {
    for (const License& license : naive_.licenses) {
      const auto ids = naive_.seats_of(license.id);
      usage_of(license, ids.size());
      const auto rows = session_.license_seats(license.id).value();
      const std::string what = "seats of license " + std::to_string(license.id.value);
      if (!equal(what, rows.size(), ids.size())) return;
      for (std::size_t at = 0; at < ids.size(); ++at) {
        const Assignment& seat = naive_.assignments[ids[at] - 1];
        const Person& person = *naive_.find(seat.person);
        const SeatRow& row = rows[at];
        equal(what,
              std::tie(row.assignment, row.person, row.name, row.email, row.needs_review,
                       row.assigned_at, row.access_level, row.account, row.cost_override),
              std::tie(seat.id, seat.person, person.name, person.email, seat.needs_review,
                       seat.assigned_at, seat.access_level, seat.account, seat.cost_override));
        equal(what + ": archived", row.archived, person.state == PersonState::archived);
        equal("find_seat", session_.find_seat(license.id, person.id).value(),
              std::optional(seat.id));
      }
      const auto contacts = session_.license_contacts(license.id).value();
      const auto expected = contacts_of(license);
      equal("contacts",
            std::tie(contacts.owner, contacts.backup_owner, contacts.renewal_recipients),
            std::tie(license.owner, license.backup_owner, expected));
      equal("approver", contacts.approver,
            expected.empty() ? std::nullopt : std::optional(expected.front()));
      equal("owner_archived", contacts.owner_archived, !naive_.is_active(license.owner));
      equal("backup_archived", contacts.backup_archived,
            license.backup_owner && !naive_.is_active(*license.backup_owner));
      std::uint64_t flagged = 0;
      for (const std::uint64_t id : ids) flagged += naive_.assignments[id - 1].needs_review ? 1 : 0;
      equal("count of reviews", session_.needs_review_count(license.id).value(), flagged);
      equal("reviews of a license", session_.needs_review(license.id).value().size(), flagged);
    }
  }

  void whole_book_rows() {
    // Reviews are ordered by the last history row that flagged each seat that is still flagged.
    std::map<std::uint64_t, const HistoryRow*> flagged;  // by assignment
    for (const HistoryRow& row : naive_.history) {
      if (row.kind == HistoryKind::flagged) flagged[row.assignment.value] = &row;
    }
    const auto reviews = session_.needs_review().value();
    std::size_t at = 0;
    for (const HistoryRow& flag : naive_.history) {
      if (flag.kind != HistoryKind::flagged || flagged[flag.assignment.value] != &flag) continue;
      const Assignment& seat = naive_.assignments[flag.assignment.value - 1];
      if (!seat.needs_review) continue;
      if (at == reviews.size()) return fail("a review is missing");
      const ReviewRow& row = reviews[at++];
      const License& license = *naive_.find(seat.license);
      const Person& person = *naive_.find(seat.person);
      equal("review",
            std::tie(row.assignment, row.license, row.license_name, row.person, row.name, row.email,
                     row.assigned_at, row.flagged_at),
            std::tie(seat.id, license.id, license.name, person.id, person.name, person.email,
                     seat.assigned_at, flag.at));
      equal("review: archived", row.archived, person.state == PersonState::archived);
    }
    equal("number of reviews", reviews.size(), at);
    equal("count of all reviews", session_.needs_review_count().value(), at);

    const auto rows = session_.archived_owners().value();
    at = 0;
    for (const License& license : naive_.licenses) {
      const bool owner = !naive_.is_active(license.owner);
      const bool backup = license.backup_owner && !naive_.is_active(*license.backup_owner);
      if (license.state == LicenseState::archived || (!owner && !backup)) continue;
      if (at == rows.size()) return fail("an archived owner is missing");
      const ArchivedOwnerRow& row = rows[at++];
      equal("archived owner",
            std::tie(row.license, row.license_name, row.owner, row.owner_archived, row.backup_owner,
                     row.backup_archived),
            std::tie(license.id, license.name, license.owner, owner, license.backup_owner, backup));
    }
    equal("number of archived owners", rows.size(), at);
  }

  const Book& naive_;
  Session session_;
  std::string difference_;
};

}  // namespace seatbook::naive

#endif  // SEATBOOK_TESTS_MODEL_COMPARISON_HPP_

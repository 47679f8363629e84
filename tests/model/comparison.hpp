/// Compares a book with the naive book. Functions return the first difference as text, or an empty
/// text.
#ifndef SEATBOOK_TESTS_MODEL_COMPARISON_HPP_
#define SEATBOOK_TESTS_MODEL_COMPARISON_HPP_

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "conformance/results.hpp"
#include "model/naive_book.hpp"
#include "seatbook/describe.hpp"
#include "seatbook/seatbook.hpp"

namespace seatbook::naive {

using conformance::json;
using conformance::json_of;

/// Returns the expected Book::dump(), without the Unicode version.
inline json dump_of(const Book& book) {
  json last_uses = json::array();
  for (const auto& [id, used_at] : book.last_uses) {
    last_uses.push_back(json_of(LastUse{AssignmentId(id), used_at}));
  }
  json texts = json::array();
  for (const auto& [seq, each] : book.texts) texts.push_back(json_of(each));
  return {{"version", book.version},
          {"actors", json_of(book.actors)},
          {"people", json_of(book.people)},
          {"licenses", json_of(book.licenses)},
          {"assignments", json_of(book.assignments)},
          {"history", json_of(book.history)},
          {"history_texts", texts},
          {"last_uses", last_uses}};
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
      equal(what, rows[at],
            SoftwareRow{seat.id, seat.license, naive_.find(seat.license)->name, seat.needs_review,
                        seat.assigned_at, seat.access_level, seat.account, Book::since(seat)});
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
      equal(what, rows[at], AssignablePerson{person.id, person.name, person.email});
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

  void holders(LicenseId license, Timestamp at) {
    const auto actual = session_.holders_at(license, at).value();
    const auto expected = naive_.holders_at(license, at);
    const std::string what =
        "holders of license " + std::to_string(license.value) + " at " + at.to_string();
    if (!equal(what, actual.size(), expected.size())) return;
    for (std::size_t row = 0; row < actual.size(); ++row) equal(what, actual[row], expected[row]);
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
    if constexpr (is_described<Actual>) {
      fail(what + ": book " + printed(json_of(actual)) + ", model " + printed(json_of(expected)));
    } else {
      fail(what);
    }
    return false;
  }
  void fail(const std::string& what) {
    if (difference_.empty()) difference_ = what;
  }

  void people() {
    const auto people = session_.people({.limit = 100'000}).value();
    if (!equal("number of people", people.size(), naive_.people.size())) return;
    for (std::size_t at = 0; at < people.size(); ++at) {
      equal("person", people[at], naive_.people[at]);
    }
    for (const ActorRecord& actor : naive_.actors) {
      equal("actor", session_.get_actor(actor.id).value(), actor);
    }
    equal("number of actors", session_.get_actor(ActorId(naive_.actors.size() + 1)).has_value(),
          false);
  }

  void licenses() {
    const auto licenses = session_.licenses({.limit = 100'000}).value();
    if (!equal("number of licenses", licenses.size(), naive_.licenses.size())) return;
    for (std::size_t at = 0; at < licenses.size(); ++at) {
      equal("license", licenses[at], naive_.licenses[at]);
    }
  }

  void assignment(std::uint64_t id) {
    const auto actual = session_.get_assignment(AssignmentId(id));
    if (!actual) return fail("no assignment " + std::to_string(id));
    equal("assignment", *actual, naive_.assignments[id - 1]);
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
      if (row.assignment) assignment(row.assignment->value);
    }
  }

  void compare_history(const std::string& what, const std::vector<HistoryEntry>& actual,
                       const std::vector<HistoryRow>& expected) {
    if (!equal("number of rows of " + what, actual.size(), expected.size())) return;
    for (std::size_t at = 0; at < actual.size(); ++at) {
      const HistoryRow& row = expected[at];
      const auto texts = naive_.texts.find(row.seq.value);
      const ActorRecord& actor = naive_.actors[row.actor.value - 1];
      HistoryEntry entry;
      entry.row = row;
      entry.texts.seq = row.seq;
      if (texts != naive_.texts.end()) entry.texts = texts->second;
      entry.actor = actor;
      entry.actor_name = naive_.name_of(actor);
      if (row.license) entry.license_name = naive_.find(*row.license)->name;
      if (row.person) entry.person_name = naive_.find(*row.person)->name;
      equal(what, actual[at], entry);
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
          people[row.person->value - 1] = PersonState::archived;
          break;
        case HistoryKind::person_reactivated:
          people[row.person->value - 1] = PersonState::active;
          break;
        case HistoryKind::person_erased:
          people[row.person->value - 1] = PersonState::erased;
          break;
        case HistoryKind::license_added:
          states.push_back(LicenseState::active);
          terms.push_back(*row.after);
          break;
        case HistoryKind::license_archived:
          states[row.license->value - 1] = LicenseState::archived;
          break;
        case HistoryKind::license_reactivated:
          states[row.license->value - 1] = LicenseState::active;
          break;
        case HistoryKind::total_changed:
        case HistoryKind::policy_changed:
        case HistoryKind::owners_changed:
          if (terms[row.license->value - 1] != *row.before)
            fail("terms before a change differ from the terms after the previous one");
          terms[row.license->value - 1] = *row.after;
          break;
        case HistoryKind::assigned:
        case HistoryKind::revoked:
        case HistoryKind::transferred:
          if (Book::is_grant(row)) {
            seats[row.assignment->value] = {*row.license, *row.person};
          } else {
            seats.erase(row.assignment->value);
          }
          break;
        case HistoryKind::flagged:
          seats.at(row.assignment->value).flagged = true;
          break;
        case HistoryKind::flag_cleared:
        case HistoryKind::reviewed:
          seats.at(row.assignment->value).flagged = false;
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
    const Person& person = *naive_.find(*row.person);
    const ActorRecord& actor = naive_.actors[row.actor.value - 1];
    equal("event", event,
          Event{row.seq,
                Book::is_grant(row) ? EventKind::software_assigned : EventKind::software_revoked,
                row.at, row.batch, *row.assignment, *row.license, naive_.find(*row.license)->name,
                person.id, person.name, person.email, actor, naive_.name_of(actor)});
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
        fresh.person = *row.person;
        fresh.person_name = naive_.find(*row.person)->name;
        fresh.person_email = naive_.find(*row.person)->email;
        fresh.actor = naive_.actors[row.actor.value - 1];
        fresh.actor_name = naive_.name_of(fresh.actor);
        due.push_back(fresh);
        known = due.end() - 1;
      }
      known->seats.push_back({*row.assignment, *row.license, naive_.find(*row.license)->name});
    }
    return due;
  }
  void notifications(const std::vector<Notification>& actual,
                     const std::vector<Notification>& expected) {
    if (!equal("number of notifications", actual.size(), expected.size())) return;
    for (std::size_t at = 0; at < actual.size(); ++at) {
      equal("notification", actual[at], expected[at]);
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
    equal(
        what, usage,
        Usage{used, license.total_seats, license.policy, license.state == LicenseState::archived});
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
        equal(what, rows[at],
              SeatRow{seat.id, seat.person, person.name, person.email,
                      person.state == PersonState::archived, seat.needs_review, seat.assigned_at,
                      seat.access_level, seat.account, seat.cost_override, Book::since(seat)});
        equal("find_seat", session_.find_seat(license.id, person.id).value(),
              std::optional(seat.id));
      }
      const auto contacts = contacts_of(license);
      equal("contacts", session_.license_contacts(license.id).value(),
            LicenseContacts{license.owner, !naive_.is_active(license.owner), license.backup_owner,
                            license.backup_owner && !naive_.is_active(*license.backup_owner),
                            contacts.empty() ? std::nullopt : std::optional(contacts.front()),
                            contacts});
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
      if (row.kind == HistoryKind::flagged) flagged[row.assignment->value] = &row;
    }
    const auto reviews = session_.needs_review().value();
    std::size_t at = 0;
    for (const HistoryRow& flag : naive_.history) {
      if (flag.kind != HistoryKind::flagged || flagged[flag.assignment->value] != &flag) continue;
      const Assignment& seat = naive_.assignments[flag.assignment->value - 1];
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
      equal("review: since", row.since, Book::since(seat));
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
      equal("archived owner", rows[at++],
            ArchivedOwnerRow{license.id, license.name, license.owner, owner, license.backup_owner,
                             backup});
    }
    equal("number of archived owners", rows.size(), at);
  }

  const Book& naive_;
  Session session_;
  std::string difference_;
};

}  // namespace seatbook::naive

#endif  // SEATBOOK_TESTS_MODEL_COMPARISON_HPP_

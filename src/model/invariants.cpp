// Tables::check_invariants: checks the invariants of docs/architecture.md by brute force. Shares
// only the checks of single records (violations.hpp) with the code that maintains the invariants.
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compact.hpp"
#include "model/tables.hpp"
#include "model/violations.hpp"
#include "seatbook/describe.hpp"
#include "text/utf8.hpp"

namespace seatbook::model {
namespace {

using Findings = std::vector<std::string>;

/// The number of steps per checked row, which needs lookups in maps as large as its table.
constexpr std::uint32_t checked_row = 8;

/// Destroys the containers of a check with the lock released: a million nodes take long to free.
template <class... Gathered>
void destroy(Slices& slices, Gathered&... gathered) {
  (void)slices.apart(Slices::steps_in_a_slice + 1, [&] { (..., (gathered = Gathered())); });
}

void check_people(const Tables& tables, Findings& findings, Slices& slices) {
  std::map<std::string, PersonId> emails;
  std::map<std::string, PersonId> host_keys;
  for (std::uint64_t id = 1; id <= tables.people.size(); ++id) {
    if (!slices.step(checked_row)) return;
    const PersonRow& row = *tables.people.find(PersonId(id));
    const std::string who = "person " + std::to_string(id);
    if (row.person.id.value != id) findings.push_back(who + " is stored under another id");
    if (row.email_key != text::email_key(row.person.email)) {
      findings.push_back(who + " has an email key that does not match its email");
    }
    if (!row.email_key.empty()) {
      if (!emails.emplace(row.email_key, row.person.id).second) {
        findings.push_back(who + " has the email of another person");
      }
      if (tables.people.find_email(row.email_key) != &row) {
        findings.push_back(who + " is not found by email");
      }
    }
    if (!row.person.host_key.empty()) {
      if (!host_keys.emplace(row.person.host_key, row.person.id).second) {
        findings.push_back(who + " has the host key of another person");
      }
      if (tables.people.find_host_key(row.person.host_key) != &row) {
        findings.push_back(who + " is not found by host key");
      }
    }
    if (row.person.state == PersonState::erased &&
        (tables.assignments.active_count(row.person.id) != 0 || !row.person.name.empty())) {
      findings.push_back(who + " is erased but holds seats or texts");
    }
  }
  destroy(slices, emails, host_keys);
}

void check_licenses(const Tables& tables, Findings& findings, Slices& slices) {
  std::map<std::uint64_t, std::uint64_t> used;
  std::set<std::pair<std::uint64_t, std::uint64_t>> holders;
  for (std::uint64_t id = 1; id <= tables.assignments.size(); ++id) {
    if (!slices.step(checked_row)) return;
    const AssignmentRow& row = *tables.assignments.find(AssignmentId(id));
    const std::string what = "assignment " + std::to_string(id);
    if (row.id != id) findings.push_back(what + " is stored under another id");
    if (tables.people.find(PersonId(row.person)) == nullptr ||
        tables.licenses.find(LicenseId(row.license)) == nullptr) {
      findings.push_back(what + " names a record that does not exist");
      continue;
    }
    if (!row.active()) {
      if (row.needs_review) findings.push_back(what + " is revoked but needs review");
      continue;
    }
    ++used[row.license];
    if (!holders.emplace(row.license, row.person).second) {
      findings.push_back(what + " is a second active assignment of its person and license");
    }
    const PersonState holder = tables.people.find(PersonId(row.person))->person.state;
    if (row.needs_review && holder == PersonState::active) {
      findings.push_back(what + " needs review although its holder is active");
    }
    if (tables.licenses.find(LicenseId(row.license))->state == LicenseState::archived) {
      findings.push_back(what + " is active on an archived license");
    }
  }
  for (std::uint64_t id = 1; id <= tables.licenses.size(); ++id) {
    if (!slices.step(checked_row)) return;
    const License& license = *tables.licenses.find(LicenseId(id));
    const std::string what = "license " + std::to_string(id);
    const std::uint64_t counted = used[id];
    if (license.id.value != id) findings.push_back(what + " is stored under another id");
    if (counted != tables.assignments.active_count(license.id)) {
      findings.push_back(what + " counts " +
                         std::to_string(tables.assignments.active_count(license.id)) +
                         " seats in use, but has " + std::to_string(counted));
    }
    if (license.policy == CapacityPolicy::enforce && !license.total_seats.is_unlimited() &&
        counted > static_cast<std::uint64_t>(license.total_seats.seats())) {
      findings.push_back(what + " is over-allocated: " + std::to_string(counted) + " of " +
                         std::to_string(license.total_seats.seats()));
    }
    if (tables.people.find(license.owner) == nullptr ||
        (license.backup_owner && tables.people.find(*license.backup_owner) == nullptr)) {
      findings.push_back(what + " has an owner who does not exist");
    }
    if (license.backup_owner == license.owner) {
      findings.push_back(what + " has its owner as backup");
    }
    if (!license.host_key.empty() && tables.licenses.find_host_key(license.host_key) != &license) {
      findings.push_back(what + " is not found by host key, or another has it");
    }
  }
  destroy(slices, used, holders);
}

/// The current state computed from the history alone (C48).
struct Folded {
  std::map<std::uint64_t, PersonState> people;
  std::map<std::uint64_t, LicenseTerms> licenses;
  std::map<std::uint64_t, LicenseState> license_states;
  std::set<std::uint64_t> active;
  std::set<std::uint64_t> flagged;

  void take(const HistoryRow& row) {
    switch (row.kind) {
      case HistoryKind::person_added:
      case HistoryKind::person_reactivated:
        people[compact(row.person)] = PersonState::active;
        break;
      case HistoryKind::person_archived:
        people[compact(row.person)] = PersonState::archived;
        break;
      case HistoryKind::person_erased:
        people[compact(row.person)] = PersonState::erased;
        break;
      case HistoryKind::license_added:
      case HistoryKind::license_reactivated:
        license_states[compact(row.license)] = LicenseState::active;
        break;
      case HistoryKind::license_archived:
        license_states[compact(row.license)] = LicenseState::archived;
        break;
      case HistoryKind::flagged:
        flagged.insert(compact(row.assignment));
        break;
      case HistoryKind::flag_cleared:
      case HistoryKind::reviewed:
        flagged.erase(compact(row.assignment));
        break;
      default:
        break;
    }
    if (row.grants()) active.insert(compact(row.assignment));
    if (row.removes()) {
      active.erase(compact(row.assignment));
      flagged.erase(compact(row.assignment));
    }
    if (row.after) licenses[compact(row.license)] = *row.after;
  }
};

void check_fold(const Tables& tables, const Folded& folded, Findings& findings, Slices& slices) {
  for (std::uint64_t id = 1; id <= tables.people.size(); ++id) {
    if (!slices.step(checked_row)) return;
    const auto found = folded.people.find(id);
    if (found == folded.people.end() ||
        found->second != tables.people.find(PersonId(id))->person.state) {
      findings.push_back("the state of person " + std::to_string(id) + " differs from its history");
    }
  }
  for (std::uint64_t id = 1; id <= tables.licenses.size(); ++id) {
    if (!slices.step(checked_row)) return;
    const License& license = *tables.licenses.find(LicenseId(id));
    const auto terms = folded.licenses.find(id);
    const auto state = folded.license_states.find(id);
    if (terms == folded.licenses.end() || terms->second != tables.terms_of(license) ||
        state == folded.license_states.end() || state->second != license.state) {
      findings.push_back("the state of license " + std::to_string(id) +
                         " differs from its history");
    }
  }
  for (std::uint64_t id = 1; id <= tables.assignments.size(); ++id) {
    if (!slices.step(checked_row)) return;
    const AssignmentRow& row = *tables.assignments.find(AssignmentId(id));
    if ((folded.active.count(id) != 0) != row.active() ||
        (folded.flagged.count(id) != 0) != row.needs_review) {
      findings.push_back("the state of assignment " + std::to_string(id) +
                         " differs from its history");
    }
  }
}

void check_history(const Tables& tables, Findings& findings, Slices& slices) {
  const HistoryTable& history = tables.history;
  std::map<std::uint64_t, std::uint64_t> last_of_license;
  std::map<std::uint64_t, std::uint64_t> last_of_person;
  std::map<std::uint64_t, std::uint64_t> last_of_actor;
  const auto follows = [](auto& last, std::uint64_t key, Seq previous, std::uint64_t seq) {
    if (key == 0) return previous.value == 0;
    return std::exchange(last[key], seq) == previous.value;
  };
  Folded folded;
  Timestamp at = min_timestamp;
  Version batch;
  for (std::uint64_t number = 1; number <= history.size(); ++number) {
    if (!slices.step(checked_row)) return;
    const Seq seq(number);
    const HistoryRow row = history.row(seq);
    const std::string what = "history row " + std::to_string(number);
    if (row.at < at || row.batch < batch || row.batch > tables.version) {
      findings.push_back(what + " is out of order");
    }
    at = row.at;
    batch = row.batch;
    if (tables.actors.find(row.actor) == nullptr) findings.push_back(what + " has no actor");
    if (!follows(last_of_license, compact(row.license), history.previous_of_license(seq), number) ||
        !follows(last_of_person, compact(row.person), history.previous_of_person(seq), number) ||
        !follows(last_of_actor, row.actor.value, history.previous_of_actor(seq), number)) {
      findings.push_back(what + " has a wrong link");
    }
    if (row.assignment && !agrees(tables.assignments, row)) {
      findings.push_back(what + " contradicts its assignment");
    }
    folded.take(row);
  }
  const auto ends = [&history](const auto& last, auto id) {
    const auto found = last.find(id.value);
    return history.last_of(id).value == (found == last.end() ? 0 : found->second);
  };
  for (std::uint64_t id = 1; id <= tables.licenses.size(); ++id) {
    if (!slices.step(checked_row)) return;
    if (!ends(last_of_license, LicenseId(id))) {
      findings.push_back("the history of license " + std::to_string(id) + " ends at a wrong row");
    }
  }
  for (std::uint64_t id = 1; id <= tables.people.size(); ++id) {
    if (!slices.step(checked_row)) return;
    if (!ends(last_of_person, PersonId(id))) {
      findings.push_back("the history of person " + std::to_string(id) + " ends at a wrong row");
    }
  }
  check_fold(tables, folded, findings, slices);
  destroy(slices, last_of_license, last_of_person, last_of_actor, folded);
}

void check_texts(const Tables& tables, Findings& findings, Slices& slices) {
  const auto check = [&findings](const std::string& what, std::string_view member) {
    if (!member.empty()) {
      findings.push_back(what + " has a text that is too long: " + std::string(member));
    }
  };
  for (std::uint64_t id = 1; id <= tables.people.size(); ++id) {
    if (!slices.step(checked_row)) return;
    const Person& person = tables.people.find(PersonId(id))->person;
    const std::string who = "person " + std::to_string(id);
    if (lacks_name(person)) findings.push_back(who + " has no name");
    check(who, too_long(person));
  }
  for (std::uint64_t id = 1; id <= tables.licenses.size(); ++id) {
    if (!slices.step(checked_row)) return;
    const License& license = *tables.licenses.find(LicenseId(id));
    const std::string what = "license " + std::to_string(id);
    if (lacks_name(license)) findings.push_back(what + " has no name");
    check(what, too_long(license));
  }
  for (std::uint64_t id = 1; id <= tables.actors.size(); ++id) {
    if (!slices.step(checked_row)) return;
    check("actor " + std::to_string(id), too_long(*tables.actors.find(ActorId(id))));
  }
  for (std::uint64_t id = 1; id <= tables.assignments.size(); ++id) {
    if (!slices.step(checked_row)) return;
    const AssignmentTexts* const texts = tables.assignments.texts(AssignmentId(id));
    if (texts != nullptr) check("assignment " + std::to_string(id), too_long(*texts));
    const auto held_since = texts == nullptr ? std::nullopt : texts->held_since();
    if (tables.assignments.find(AssignmentId(id))->has_held_since != held_since.has_value()) {
      findings.push_back("assignment " + std::to_string(id) + " has a wrong mark of held_since");
    }
    if (held_since && !held_since->in_range()) {
      findings.push_back("assignment " + std::to_string(id) + " has held_since out of range");
    }
  }
}

}  // namespace

std::vector<std::string> Tables::check_invariants(Slices& slices) const {
  Findings findings;
  check_people(*this, findings, slices);
  if (!slices.ended()) check_licenses(*this, findings, slices);
  if (!slices.ended()) assignments.check(findings, slices);
  if (!slices.ended()) check_history(*this, findings, slices);
  if (!slices.ended()) check_texts(*this, findings, slices);
  return findings;
}

}  // namespace seatbook::model

// The book of the tour: a SQLite file with a manual clock, used by one operator. Checks the result
// of each call, the published events, and that a refused call changes nothing.
#ifndef SEATBOOK_EXAMPLES_OFFICE_HPP_
#define SEATBOOK_EXAMPLES_OFFICE_HPP_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "expect.hpp"
#include "listeners.hpp"
#include "loader.hpp"
#include "page.hpp"
#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"
#include "wording.hpp"

namespace tour {

/// Returns the local part of the person's email, or an empty string if it is longer than an
/// account.
inline std::string login_of(const seatbook::Person& person) {
  const std::string login = person.email.substr(0, person.email.find('@'));
  return login.size() <= seatbook::max_account_length ? login : std::string();
}

/// Returns all pages of a list as one.
template <class Query, class Fetch>
auto all_pages(Query query, const Fetch& fetch) {
  auto all = require(fetch(query), "the first page");
  for (std::size_t got = all.size(); got == query.limit;) {
    query.after = all.back().id;
    const auto page = require(fetch(query), "the next page");
    all.insert(all.end(), page.begin(), page.end());
    got = page.size();
  }
  return all;
}

class Office {
 public:
  /// Creates the book. `path` must not exist.
  Office(Page& page, seatbook::Timestamp opening_time, std::string path)
      : page_(page),
        path_(std::move(path)),
        clock_(std::make_shared<seatbook::ManualClock>(opening_time)),
        book_(open_book()),
        operator_(add_operator()),
        desk_(operators_session()) {
    listeners_.listen_to(book_);
  }
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;

  [[nodiscard]] seatbook::Book& book() { return book_; }
  [[nodiscard]] seatbook::ManualClock& clock() { return *clock_; }
  /// The operator's session.
  [[nodiscard]] seatbook::Session& desk() { return desk_; }
  [[nodiscard]] seatbook::PersonId operator_id() const { return operator_; }
  /// The file of the book.
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const Listeners& listeners() const { return listeners_; }

  void close() { book_.close(); }
  /// Opens the book again from its file.
  void reopen() {
    book_ = open_book();
    desk_ = operators_session();
    listeners_.listen_to(book_);
  }

  // ------------------------------------------------------------------------------------ queries

  [[nodiscard]] seatbook::Usage usage(seatbook::LicenseId license) {
    return require(desk_.usage(license), "a license's usage");
  }
  [[nodiscard]] std::vector<seatbook::SoftwareRow> software(seatbook::PersonId person) {
    return require(desk_.my_software(person), "a person's software");
  }
  [[nodiscard]] std::string name(seatbook::PersonId person) {
    return require(desk_.get_person(person), "a person").name;
  }
  [[nodiscard]] std::string license_name(seatbook::LicenseId license) {
    return require(desk_.get_license(license), "a license").name;
  }
  [[nodiscard]] bool holds(seatbook::PersonId person, seatbook::LicenseId license) {
    return require(desk_.find_seat(license, person), "a seat").has_value();
  }
  /// Returns the active assignment of a person, who must hold one.
  [[nodiscard]] seatbook::AssignmentId seat(seatbook::LicenseId license,
                                            seatbook::PersonId person) {
    const auto found = require(desk_.find_seat(license, person), "a seat");
    require(found.has_value(), name(person) + " holds a seat");
    return *found;
  }

  [[nodiscard]] std::vector<seatbook::Person> people(const seatbook::PeopleQuery& query = {}) {
    return all_pages(query, [&](const auto& page) { return desk_.people(page); });
  }
  [[nodiscard]] std::vector<seatbook::License> licenses(const seatbook::LicensesQuery& query = {}) {
    return all_pages(query, [&](const auto& page) { return desk_.licenses(page); });
  }

  /// Counts all records.
  [[nodiscard]] Figures count() {
    Figures found;
    found.people = people().size();
    found.archived = people({.state = seatbook::PersonState::archived}).size();
    for (const seatbook::License& license : licenses()) {
      require(license.owner == operator_, "the operator owns every license");
      ++found.licenses;
      found.seats_used += usage(license.id).used;
    }
    return found;
  }

  // ---------------------------------------------------------------------- calls that are printed

  seatbook::AssignmentId assign(seatbook::LicenseId license, seatbook::PersonId person,
                                const std::string& access_level) {
    const auto before = usage(license);
    const auto mark = listeners_.mark();
    const auto who = require(desk_.get_person(person), "a person");
    const auto result = require(desk_.assign({.license = license,
                                              .person = person,
                                              .access_level = access_level,
                                              .account = login_of(who)}),
                                "assigning " + who.name);
    require(usage(license).used == before.used + 1, "an assign uses one seat");
    require_published(mark, {{seatbook::EventKind::software_assigned, license, person}});
    page_.step("assign " + who.name, outcome(seatbook::assigned_text, license));
    return result.assignment;
  }

  void revoke(seatbook::AssignmentId assignment, const std::string& reason) {
    const auto seat = require(desk_.get_assignment(assignment), "an assignment");
    const auto before = usage(seat.license);
    const auto mark = listeners_.mark();
    require(desk_.revoke({.assignment = assignment, .reason = reason}), "revoking");
    require(usage(seat.license).used + 1 == before.used, "a revoke frees one seat");
    require_published(mark, {{seatbook::EventKind::software_revoked, seat.license, seat.person}});
    page_.step("revoke " + name(seat.person), outcome(seatbook::revoked_text, seat.license));
  }

  /// Assigns several licenses to one person and prints the outcomes.
  seatbook::BulkSummary bulk_assign(seatbook::PersonId person,
                                    const std::vector<seatbook::LicenseId>& licenses) {
    std::vector<seatbook::Code> expected;
    std::vector<SeatChange> changes;
    for (const seatbook::LicenseId license : licenses) {
      expected.push_back(holds(person, license)         ? seatbook::Code::already_assigned
                         : !usage(license).can_assign() ? seatbook::Code::no_seats_remaining
                                                        : seatbook::Code::ok);
      if (expected.back() != seatbook::Code::ok) continue;
      changes.push_back({seatbook::EventKind::software_assigned, license, person});
    }
    const auto mark = listeners_.mark();
    const auto result =
        require(desk_.bulk_assign({.person = person, .licenses = licenses}), "a bulk assign");
    require(result.outcomes.size() == licenses.size(), "one outcome for each license");
    require_published(mark, changes);

    Table table({{"License"}, {"Outcome"}, {"Used", Table::Align::right}});
    for (std::size_t i = 0; i < licenses.size(); ++i) {
      const seatbook::Code code = result.outcomes[i].code;
      require(result.outcomes[i].item == licenses[i].value && code == expected[i],
              "the outcome for " + license_name(licenses[i]));
      table.row({license_name(licenses[i]),
                 code == seatbook::Code::ok ? std::string(seatbook::assigned_text)
                                            : "skipped: " + std::string(to_string(code)),
                 usage(licenses[i]).text()});
    }
    page_.table(table);
    return result.summary;
  }

  /// Imports a roster, which must assign seats to exactly these people, in this order.
  seatbook::RosterReport import_roster(seatbook::LicenseId license, const std::string& csv,
                                       const std::vector<seatbook::PersonId>& expected) {
    const auto before = usage(license);
    const auto mark = listeners_.mark();
    auto report = require(desk_.import_roster({.license = license, .csv = csv}), "a roster import");
    require(report.added == expected.size() && usage(license).used == before.used + report.added,
            "a seat for each added row");
    require(report.added + report.not_added.size() == report.rows, "every row is in the report");
    std::vector<SeatChange> changes;
    for (const seatbook::PersonId person : expected) {
      changes.push_back({seatbook::EventKind::software_assigned, license, person});
    }
    require_published(mark, changes);
    return report;
  }

  void transfer(seatbook::AssignmentId assignment, seatbook::PersonId to) {
    const auto old_seat = require(desk_.get_assignment(assignment), "an assignment");
    const auto before = usage(old_seat.license);
    const auto mark = listeners_.mark();
    const auto result =
        require(desk_.transfer({.assignment = assignment, .person = to}), "a transfer");
    const auto new_seat = require(desk_.get_assignment(result.assignment), "the new assignment");
    require(usage(old_seat.license).used == before.used,
            "a transfer keeps the number of used seats");
    require(!require(desk_.get_assignment(assignment), "the old assignment").active() &&
                new_seat.active() && new_seat.person == to &&
                new_seat.access_level == old_seat.access_level && new_seat.account.empty() &&
                !new_seat.needs_review,
            "a transfer keeps the access level, not the account and the flag");
    require_published(mark,
                      {{seatbook::EventKind::software_revoked, old_seat.license, old_seat.person},
                       {seatbook::EventKind::software_assigned, old_seat.license, to}});
    page_.step("transfer " + name(old_seat.person) + " to " + name(to),
               seats_text(usage(old_seat.license)));
  }

  /// Revokes all seats of the person, first as a dry run, which must change nothing and return the
  /// same outcomes.
  void revoke_all(seatbook::PersonId person, const std::string& reason) {
    const auto held = software(person);
    const auto mark = listeners_.mark();
    const std::string dump = require(book_.dump(), "a dump of the book");
    seatbook::RevokeAll command{.person = person, .reason = reason, .dry_run = true};
    const auto dry_run = require(desk_.revoke_all(command), "a dry run");
    require(dry_run.summary.done == held.size(), "the dry run has every seat");
    require(require(book_.dump(), "a dump of the book") == dump && dry_run.dry_run &&
                dry_run.version == book_.version() && listeners_.mark() == mark,
            "a dry run changes nothing");
    page_.step("revoke all of " + name(person) + ", dry_run",
               counted(dry_run.summary.done, "seat", "seats") + " to revoke");

    Table table(
        {{"License"}, {"Review"}, {"Used", Table::Align::right}, {"After", Table::Align::right}});
    std::vector<SeatChange> changes;
    std::vector<seatbook::Usage> before;
    for (const auto& row : held) {
      changes.push_back({seatbook::EventKind::software_revoked, row.license, person});
      before.push_back(usage(row.license));
    }
    command.dry_run = false;
    const auto result = require(desk_.revoke_all(command), "revoking everything");
    require(result.outcomes == dry_run.outcomes, "the same outcomes as the dry run");
    require(software(person).empty(), "the person holds no seat");
    require_published(mark, changes);
    page_.step("revoke all of " + name(person),
               counted(result.summary.done, "seat", "seats") + " revoked");
    page_.gap();
    for (std::size_t i = 0; i < held.size(); ++i) {
      const auto after = usage(held[i].license);
      require(after.used + 1 == before[i].used, "one seat of each license is free");
      table.row({held[i].license_name, held[i].needs_review ? "Needs Review" : "Reviewed",
                 before[i].text(), after.text()});
    }
    page_.table(table);
  }

  /// Requires that the call fails with `code` and changes nothing, and prints the error.
  template <class Call>
  void refused(const std::string& what, seatbook::Code code, const Call& call) {
    const auto version = book_.version();
    const auto dump = require(book_.dump(), "a dump of the book");
    const auto mark = listeners_.mark();
    const auto result = call();
    require(!result, what + " must be refused");
    const seatbook::Error& error = result.error();
    const std::string code_name(to_string(code));
    require(error.code == code, what + " must be refused with " + code_name + ", not " +
                                    std::string(to_string(error.code)));
    const auto fixed = fixed_message(code);
    require(!fixed || error.message == *fixed, "the message of " + code_name);
    require(book_.version() == version && listeners_.mark() == mark &&
                require(book_.dump(), "a dump of the book") == dump,
            what + " was refused and changed something");
    page_.refusal(what, code_name, error.message);
  }

 private:
  [[nodiscard]] seatbook::Book open_book() {
    return require(seatbook::sqlite::open(path_, {}, {.clock = clock_}), "opening the book");
  }
  [[nodiscard]] seatbook::Session operators_session() {
    return book_.session({.person = operator_, .role = seatbook::Role::it_admin});
  }
  seatbook::PersonId add_operator() {
    auto setup = book_.session({.actor = "tour", .role = seatbook::Role::super_admin});
    return require(setup.add_person({.name = "Operator"}), "adding the operator").person;
  }

  /// "Seat revoked, 3/4".
  std::string outcome(std::string_view text, seatbook::LicenseId license) {
    return std::string(text) + ", " + usage(license).text();
  }

  void require_published(const Listeners::Mark& before, const std::vector<SeatChange>& changes) {
    listeners_.require_published(before, changes, operator_, book_.version());
  }

  /// Returns the message that the rules prescribe (A43 to A45).
  static std::optional<std::string_view> fixed_message(seatbook::Code code) {
    switch (code) {
      case seatbook::Code::no_seats_remaining:
        return "No seats remaining on this license.";
      case seatbook::Code::already_assigned:
        return "This user already has an active assignment for this license.";
      case seatbook::Code::already_revoked:
        return "Assignment already revoked.";
      default:
        return std::nullopt;
    }
  }

  Page& page_;
  std::string path_;
  std::shared_ptr<seatbook::ManualClock> clock_;
  Listeners listeners_;  // before the book, which calls them
  seatbook::Book book_;
  seatbook::PersonId operator_;
  seatbook::Session desk_;
};

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_OFFICE_HPP_

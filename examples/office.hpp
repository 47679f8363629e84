// A book in memory with a clock set by hand, used by one operator, and every call on it checked:
// what it answers, what the listener was told, and that a refused call changes nothing.
#ifndef SEATBOOK_EXAMPLES_OFFICE_HPP_
#define SEATBOOK_EXAMPLES_OFFICE_HPP_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expect.hpp"
#include "loader.hpp"
#include "page.hpp"
#include "seatbook/seatbook.hpp"
#include "wording.hpp"

namespace tour {

/// The person's part of their email, as a login; empty where there is none, or none so short.
inline std::string login_of(const seatbook::Person& person) {
  const std::string login = person.email.substr(0, person.email.find('@'));
  return login.size() <= seatbook::max_account_length ? login : std::string();
}

class Office {
 public:
  Office(Page& page, seatbook::Timestamp opening_time)
      : page_(page),
        clock_(std::make_shared<seatbook::ManualClock>(opening_time)),
        book_(require(seatbook::Book::open({.clock = clock_}), "opening a book")),
        operator_(add_operator()),
        desk_(book_.session({.person = operator_, .role = seatbook::Role::it_admin})) {
    book_.subscribe([this](const seatbook::Event& event) { heard_.push_back(event); });
  }
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;

  [[nodiscard]] seatbook::Book& book() { return book_; }
  [[nodiscard]] seatbook::ManualClock& clock() { return *clock_; }
  /// The operator's session.
  [[nodiscard]] seatbook::Session& desk() { return desk_; }
  [[nodiscard]] seatbook::PersonId operator_id() const { return operator_; }
  /// Every event that the listener was told of.
  [[nodiscard]] const std::vector<seatbook::Event>& heard() const { return heard_; }

  // ---------------------------------------------------------------------------------- questions

  [[nodiscard]] seatbook::Usage usage(seatbook::LicenseId license) {
    return require(desk_.usage(license), "a license's usage");
  }
  [[nodiscard]] std::vector<seatbook::SoftwareRow> software(seatbook::PersonId person) {
    return require(desk_.my_software(person), "somebody's software");
  }
  [[nodiscard]] std::string name(seatbook::PersonId person) {
    return require(desk_.get_person(person), "a person").name;
  }
  [[nodiscard]] std::string name(const seatbook::ActorRecord& actor) {
    return actor.person ? name(*actor.person) : actor.actor;
  }

  /// Calls `take` for everybody. Ids are given in order from 1 on, and none is taken away.
  template <class Take>
  void for_each_person(const Take& take) {
    for (seatbook::PersonId id(1);; ++id.value) {
      const auto person = desk_.get_person(id);
      if (!person && person.error().code == seatbook::Code::person_not_found) return;
      take(require(person, "a person"));
    }
  }
  template <class Take>
  void for_each_license(const Take& take) {
    for (seatbook::LicenseId id(1);; ++id.value) {
      const auto license = desk_.get_license(id);
      if (!license && license.error().code == seatbook::Code::license_not_found) return;
      take(require(license, "a license"));
    }
  }

  /// Counted by looking at every record.
  [[nodiscard]] Figures count() {
    Figures found;
    for_each_person([&](const seatbook::Person& person) {
      ++found.people;
      found.archived += person.state == seatbook::PersonState::archived ? 1 : 0;
    });
    for_each_license([&](const seatbook::License& license) {
      require(license.owner == operator_, "the operator owns every license");
      ++found.licenses;
      found.seats_used += usage(license.id).used;
    });
    return found;
  }

  // ---------------------------------------------------------------------- calls that are printed

  seatbook::AssignmentId assign(seatbook::LicenseId license, seatbook::PersonId person,
                                const std::string& access_level) {
    const auto before = usage(license);
    const auto who = require(desk_.get_person(person), "a person");
    const auto seat = require(desk_.assign({.license = license,
                                            .person = person,
                                            .access_level = access_level,
                                            .account = login_of(who)}),
                              "assigning " + who.name);
    require(usage(license).used == before.used + 1, "an assign uses one seat");
    require_told(seatbook::EventKind::software_assigned, license, person);
    page_.step("assign " + who.name, seats_text(usage(license)));
    return seat.assignment;
  }

  void revoke(seatbook::AssignmentId assignment, const std::string& reason) {
    const auto seat = require(desk_.get_assignment(assignment), "an assignment");
    const auto before = usage(seat.license);
    require(desk_.revoke({.assignment = assignment, .reason = reason}), "revoking");
    require(usage(seat.license).used + 1 == before.used, "a revoke frees one seat");
    require_told(seatbook::EventKind::software_revoked, seat.license, seat.person);
    page_.step("revoke " + name(seat.person), seats_text(usage(seat.license)));
  }

  /// The call must be refused with `code`, and change nothing.
  template <class Call>
  void refused(const std::string& what, seatbook::Code code, const Call& call) {
    const auto version = book_.version();
    const auto dump = require(book_.dump(), "a dump of the book");
    const auto events = heard_.size();
    const auto answer = call();
    require(!answer, what + " should be refused");
    const seatbook::Error& error = answer.error();
    const std::string code_name(to_string(code));
    require(error.code == code, what + " should be refused with " + code_name + ", not " +
                                    std::string(to_string(error.code)));
    const auto fixed = fixed_message(code);
    require(!fixed || error.message == *fixed, "the message of " + code_name);
    require(book_.version() == version && heard_.size() == events &&
                require(book_.dump(), "a dump of the book") == dump,
            what + " was refused and changed something");
    page_.refusal(what, code_name, error.message);
  }

 private:
  seatbook::PersonId add_operator() {
    auto setup = book_.session({.actor = "tour", .role = seatbook::Role::super_admin});
    return require(setup.add_person({.name = "Operator"}), "adding the operator").person;
  }

  void require_told(seatbook::EventKind kind, seatbook::LicenseId license,
                    seatbook::PersonId person) {
    require(!heard_.empty(), "the listener was told");
    const seatbook::Event& event = heard_.back();
    require(event.kind == kind && event.person == person && event.license == license &&
                event.actor.person == operator_ && event.version == book_.version(),
            "the listener was told of this change");
  }

  /// The messages that the rules lay down word for word (A43 to A45).
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
  std::shared_ptr<seatbook::ManualClock> clock_;
  std::vector<seatbook::Event> heard_;  // before the book, which tells into it
  seatbook::Book book_;
  seatbook::PersonId operator_;
  seatbook::Session desk_;
};

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_OFFICE_HPP_

// Session: each call names its operation, its rule or its view; nothing is decided here.
#include <string>
#include <utility>

#include "book/engine.hpp"
#include "rules/fields.hpp"
#include "rules/licenses.hpp"
#include "rules/lookups.hpp"
#include "rules/people.hpp"
#include "rules/seats.hpp"
#include "seatbook/book.hpp"
#include "text/utf8.hpp"
#include "views/history.hpp"
#include "views/seats.hpp"

namespace seatbook {

using model::Tables;

Session::Session(std::shared_ptr<detail::Engine> engine,
                 std::shared_ptr<detail::SessionState> state)
    : engine_(std::move(engine)), state_(std::move(state)) {}

// ------------------------------------------------------------------------------------- commands

Result<PersonAnswer> Session::add_person(const AddPerson& command) {
  return engine_->execute(*state_, Operation::add_person, command, &rules::add_person);
}
Result<PersonAnswer> Session::update_person(const UpdatePerson& command) {
  return engine_->execute(*state_, Operation::update_person, command, &rules::update_person);
}
Result<PersonAnswer> Session::archive_person(const ArchivePerson& command) {
  return engine_->execute(*state_, Operation::archive_person, command, &rules::archive_person);
}
Result<PersonAnswer> Session::reactivate_person(const ReactivatePerson& command) {
  return engine_->execute(*state_, Operation::reactivate_person, command,
                          &rules::reactivate_person);
}
Result<LicenseAnswer> Session::add_license(const AddLicense& command) {
  return engine_->execute(*state_, Operation::add_license, command, &rules::add_license);
}
Result<LicenseAnswer> Session::set_total_seats(const SetTotalSeats& command) {
  return engine_->execute(*state_, Operation::set_total_seats, command, &rules::set_total_seats);
}
Result<SeatAnswer> Session::assign(const Assign& command) {
  return engine_->execute(*state_, Operation::assign, command, &rules::assign);
}
Result<SeatAnswer> Session::revoke(const Revoke& command) {
  return engine_->execute(*state_, Operation::revoke, command, &rules::revoke);
}

// -------------------------------------------------------------------------------------- queries

Result<Person> Session::get_person(PersonId person) const {
  return engine_->ask(*state_, Operation::get_person, [&](const Tables& tables) -> Result<Person> {
    const auto found = rules::find_person(tables, person, "person");
    if (!found) return *found.error;
    return *found;
  });
}

Result<License> Session::get_license(LicenseId license) const {
  return engine_->ask(*state_, Operation::get_license,
                      [&](const Tables& tables) -> Result<License> {
                        const auto found = rules::find_license(tables, license, "license");
                        if (!found) return *found.error;
                        return *found;
                      });
}

Result<Assignment> Session::get_assignment(AssignmentId assignment) const {
  return engine_->ask(*state_, Operation::get_assignment,
                      [&](const Tables& tables) -> Result<Assignment> {
                        const auto found = rules::find_assignment(tables, assignment, "assignment");
                        if (!found) return *found.error;
                        return tables.assignments.record(assignment);
                      });
}

Result<std::optional<PersonId>> Session::find_person(const PersonLookup& lookup) const {
  if (auto error =
          rules::malformed_texts({{"email", lookup.email}, {"host_key", lookup.host_key}})) {
    return *std::move(error);
  }
  if (lookup.email.empty() == lookup.host_key.empty()) {
    return Error{Code::invalid_argument, "a look-up names either an email or a host key", "email"};
  }
  return engine_->ask(*state_, Operation::find_person,
                      [&, key = text::email_key(lookup.email)](
                          const Tables& tables) -> Result<std::optional<PersonId>> {
                        const model::PersonRow* row = nullptr;
                        if (!key.empty()) row = tables.people.find_email(key);
                        if (!lookup.host_key.empty())
                          row = tables.people.find_host_key(lookup.host_key);
                        return row == nullptr ? std::nullopt : std::optional(row->person.id);
                      });
}

Result<std::optional<LicenseId>> Session::find_license(const LicenseLookup& lookup) const {
  if (auto error = rules::malformed_texts({{"host_key", lookup.host_key}})) {
    return *std::move(error);
  }
  if (lookup.host_key.empty()) {
    return Error{Code::invalid_argument, "a look-up names a host key", "host_key"};
  }
  return engine_->ask(*state_, Operation::find_license,
                      [&](const Tables& tables) -> Result<std::optional<LicenseId>> {
                        const License* row = tables.licenses.find_host_key(lookup.host_key);
                        return row == nullptr ? std::nullopt : std::optional(row->id);
                      });
}

Result<std::optional<AssignmentId>> Session::find_seat(LicenseId license, PersonId person) const {
  return engine_->ask_about(*state_, Operation::find_seat, person,
                            [&](const Tables& tables) -> Result<std::optional<AssignmentId>> {
                              const auto* row = tables.assignments.find_active(license, person);
                              return row == nullptr ? std::nullopt
                                                    : std::optional(AssignmentId(row->id));
                            });
}

Result<Usage> Session::usage(LicenseId license) const {
  return engine_->ask(*state_, Operation::usage, [&](const Tables& tables) -> Result<Usage> {
    const auto found = rules::find_license(tables, license, "license");
    if (!found) return *found.error;
    return views::usage_of(tables, *found);
  });
}

Result<std::vector<SeatRow>> Session::license_seats(LicenseId license) const {
  return engine_->ask(*state_, Operation::license_seats,
                      [&](const Tables& tables) -> Result<std::vector<SeatRow>> {
                        const auto found = rules::find_license(tables, license, "license");
                        if (!found) return *found.error;
                        return views::license_seats(tables, license);
                      });
}

Result<std::vector<SoftwareRow>> Session::my_software(PersonId person) const {
  return engine_->ask_about(*state_, Operation::my_software, person,
                            [&](const Tables& tables) -> Result<std::vector<SoftwareRow>> {
                              const auto found = rules::find_person(tables, person, "person");
                              if (!found) return *found.error;
                              return views::my_software(tables, person);
                            });
}

Result<std::vector<HistoryEntry>> Session::history(const HistoryQuery& query) const {
  if (query.limit == 0 || query.limit > max_history_limit) {
    return Error{Code::invalid_argument, "a limit is 1 to 100,000", "limit"};
  }
  const auto question = [&](const Tables& tables) -> Result<std::vector<HistoryEntry>> {
    if (query.license) {
      if (auto found = rules::find_license(tables, *query.license, "license"); !found) {
        return *found.error;
      }
    }
    if (query.person) {
      if (auto found = rules::find_person(tables, *query.person, "person"); !found) {
        return *found.error;
      }
    }
    return views::history(tables, query);
  };
  if (query.person) {
    return engine_->ask_about(*state_, Operation::history, *query.person, question);
  }
  return engine_->ask(*state_, Operation::history, question);
}

Result<EventPage> Session::events_after(Seq after, std::uint32_t limit) const {
  if (limit == 0 || limit > max_history_limit) {
    return Error{Code::invalid_argument, "a limit is 1 to 100,000", "limit"};
  }
  return engine_->ask(*state_, Operation::events_after,
                      [&](const Tables& tables) -> Result<EventPage> {
                        return views::events_after(tables, after, limit);
                      });
}

}  // namespace seatbook

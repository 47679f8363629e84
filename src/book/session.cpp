// Session: maps each call to its operation and its rule or view. Contains no rules.
#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include "book/engine.hpp"
#include "book/query_checks.hpp"
#include "rules/fields.hpp"
#include "rules/lookups.hpp"
#include "seatbook/book.hpp"
#include "text/utf8.hpp"
#include "types/try.hpp"
#include "views/views.hpp"

namespace seatbook {

using detail::bad_instants;
using detail::bad_limit;
using detail::missing_actor;
using detail::missing_license;
using detail::missing_person;
using model::Slices;
using model::Tables;

namespace {

template <class Query>
Result<void> malformed_page(const Query& query) {
  if (query.state) {
    SEATBOOK_TRY(rules::malformed_choice("state", *query.state));
  }
  return bad_limit(query.limit);
}

/// Returns the records of a page, ordered by id.
template <class Record, class Query, class RecordOf>
std::vector<Record> page(const Query& query, std::uint64_t size, Slices& slices,
                         const RecordOf& record_of) {
  std::vector<Record> records;
  const std::uint64_t after = query.after ? query.after->value : 0;
  if (after >= size) return records;
  for (std::uint64_t id = after + 1; id <= size && records.size() < query.limit; ++id) {
    if (!slices.step(Slices::copied_row) || !slices.room(records)) break;
    const Record& record = record_of(id);
    if (!query.state || record.state == *query.state) records.push_back(record);
  }
  return records;
}

}  // namespace

namespace detail {

// The engine of moved-from sessions. Created on first use, and never freed because it may be called
// at any time.
template <>
Engine* closed<Engine>() {
  static Engine* const engine = [] {
    auto made = std::make_unique<Engine>(nullptr, OpenOptions());
    made->close();
    return made.release();
  }();
  return engine;
}
template <>
SessionState* closed<SessionState>() {
  static auto* const state = new SessionState();
  return state;
}

}  // namespace detail

Session::Session(detail::OrClosed<detail::Engine> engine,
                 detail::OrClosed<detail::SessionState> state)
    : engine_(std::move(engine)), state_(std::move(state)) {}

// ------------------------------------------------------------------------------------- commands

#define SEATBOOK_COMMAND(name, Request, Receipt, permission)                  \
  Result<Receipt> Session::name(const Request& command) {                     \
    return engine_->execute(*state_, Operation::name, command, &rules::name); \
  }
#include "seatbook/operations.def"

bool Session::can(Operation operation) const {
  return !why_not(operation);
}

std::optional<Error> Session::why_not(Operation operation) const {
  SEATBOOK_TRY(rules::malformed_choice("operation", operation));
  const auto granted = [](const Tables&) { return Result<void>(); };
  // Checked as if the actor were the subject: there is no subject yet.
  const auto allowed = own_view_suffices(operation) && state_->actor.person
                           ? engine_->ask(*state_, {operation, *state_->actor.person}, granted)
                           : engine_->ask(*state_, operation, granted);
  return allowed ? std::nullopt : std::optional(allowed.error());
}

Session Session::at_least(Version version) const {
  auto state = std::make_shared<detail::SessionState>(*state_);
  state->at_least = version;
  return {engine_, std::shared_ptr(std::move(state))};
}

// -------------------------------------------------------------------------------------- queries

// Compares the declarations of the queries with operations.def.
template <class Returned, class... Arguments>
Returned returned_by(Result<Returned> (Session::*query)(Arguments...) const);
#define SEATBOOK_QUERY(name, Request, Returned, permission) \
  static_assert(std::is_same_v<decltype(&Session::name),    \
                               Result<Returned> (Session::*)(const Request&) const>);
#define SEATBOOK_LOOKUP(name, arguments, Returned, permission) \
  static_assert(std::is_same_v<decltype(returned_by(&Session::name)), Returned>);
#define SEATBOOK_PAGE(name, Returned, permission) SEATBOOK_LOOKUP(name, (), Returned, permission)
#define SEATBOOK_EXPORT(name, Request, Returned, permission) \
  SEATBOOK_LOOKUP(name, (), Returned, permission)
#include "seatbook/operations.def"

Result<std::vector<Person>> Session::people(const PeopleQuery& query) const {
  SEATBOOK_TRY(malformed_page(query));
  return engine_->ask(*state_, Operation::people,
                      [&](const Tables& tables, Slices& slices) -> Result<std::vector<Person>> {
                        return page<Person>(query, tables.people.size(), slices,
                                            [&](std::uint64_t id) -> const Person& {
                                              return tables.people.find(PersonId(id))->person;
                                            });
                      });
}

Result<std::vector<License>> Session::licenses(const LicensesQuery& query) const {
  SEATBOOK_TRY(malformed_page(query));
  return engine_->ask(*state_, Operation::licenses,
                      [&](const Tables& tables, Slices& slices) -> Result<std::vector<License>> {
                        return page<License>(query, tables.licenses.size(), slices,
                                             [&](std::uint64_t id) -> const License& {
                                               return *tables.licenses.find(LicenseId(id));
                                             });
                      });
}

Result<Person> Session::get_person(PersonId person) const {
  return engine_->ask(*state_, Operation::get_person, [&](const Tables& tables) -> Result<Person> {
    SEATBOOK_TRY(const Person* found, rules::find_person(tables, person, "person"));
    return *found;
  });
}

Result<License> Session::get_license(LicenseId license) const {
  return engine_->ask(
      *state_, Operation::get_license, [&](const Tables& tables) -> Result<License> {
        SEATBOOK_TRY(const License* found, rules::find_license(tables, license, "license"));
        return *found;
      });
}

Result<Assignment> Session::get_assignment(AssignmentId assignment) const {
  return engine_->ask(*state_, Operation::get_assignment,
                      [&](const Tables& tables) -> Result<Assignment> {
                        SEATBOOK_TRY(rules::find_assignment(tables, assignment, "assignment"));
                        return tables.assignments.record(assignment);
                      });
}

Result<std::optional<PersonId>> Session::find_person(const PersonLookup& lookup) const {
  SEATBOOK_TRY(rules::malformed_texts({{"email", lookup.email}, {"host_key", lookup.host_key}}));
  if (lookup.email.empty() == lookup.host_key.empty()) {
    return Error{Code::invalid_argument, "exactly one of email and host_key must be set", "email"};
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
  SEATBOOK_TRY(rules::malformed_texts({{"host_key", lookup.host_key}}));
  if (lookup.host_key.empty()) {
    return Error{Code::invalid_argument, "host_key must not be empty", "host_key"};
  }
  return engine_->ask(*state_, Operation::find_license,
                      [&](const Tables& tables) -> Result<std::optional<LicenseId>> {
                        const License* row = tables.licenses.find_host_key(lookup.host_key);
                        return row == nullptr ? std::nullopt : std::optional(row->id);
                      });
}

Result<ActorRecord> Session::get_actor(ActorId actor) const {
  return engine_->ask(
      *state_, Operation::get_actor, [&](const Tables& tables) -> Result<ActorRecord> {
        SEATBOOK_TRY(const ActorRecord* found, rules::find_actor(tables, actor, "actor"));
        return *found;
      });
}

Result<std::optional<ActorId>> Session::find_actor(const ActorLookup& lookup) const {
  SEATBOOK_TRY(rules::malformed_texts({{"actor", lookup.actor}}));
  if (lookup.actor.empty() == !lookup.person.has_value()) {
    return Error{Code::invalid_argument, "exactly one of actor and person must be set", "actor"};
  }
  return engine_->ask(*state_, Operation::find_actor,
                      [&](const Tables& tables) -> Result<std::optional<ActorId>> {
                        const ActorRecord* row = tables.actors.find(lookup.actor, lookup.person);
                        return row == nullptr ? std::nullopt : std::optional(row->id);
                      });
}

Result<std::optional<AssignmentId>> Session::find_seat(LicenseId license, PersonId person) const {
  return engine_->ask(*state_, {Operation::find_seat, person},
                      [&](const Tables& tables) -> Result<std::optional<AssignmentId>> {
                        const auto* row = tables.assignments.find_active(license, person);
                        return row == nullptr ? std::nullopt : std::optional(AssignmentId(row->id));
                      });
}

Result<std::optional<Timestamp>> Session::last_use(AssignmentId assignment) const {
  return engine_->ask(*state_, Operation::last_use,
                      [&](const Tables& tables) -> Result<std::optional<Timestamp>> {
                        SEATBOOK_TRY(rules::find_assignment(tables, assignment, "assignment"));
                        return tables.assignments.last_use(assignment);
                      });
}

Result<Usage> Session::usage(LicenseId license) const {
  return engine_->ask(*state_, Operation::usage, [&](const Tables& tables) -> Result<Usage> {
    SEATBOOK_TRY(const License* found, rules::find_license(tables, license, "license"));
    return views::usage_of(tables, *found);
  });
}

Result<std::vector<SeatRow>> Session::license_seats(LicenseId license) const {
  return engine_->ask(*state_, Operation::license_seats,
                      [&](const Tables& tables, Slices& slices) -> Result<std::vector<SeatRow>> {
                        SEATBOOK_TRY(rules::find_license(tables, license, "license"));
                        return views::license_seats(tables, license, slices);
                      });
}

Result<std::vector<SoftwareRow>> Session::my_software(PersonId person) const {
  return engine_->ask(
      *state_, {Operation::my_software, person},
      [&](const Tables& tables, Slices& slices) -> Result<std::vector<SoftwareRow>> {
        SEATBOOK_TRY(rules::find_person(tables, person, "person"));
        return views::my_software(tables, person, slices);
      });
}

Result<std::vector<AssignablePerson>> Session::assignable_people(
    const AssignableQuery& query) const {
  SEATBOOK_TRY(rules::malformed_texts({{"search", query.search}}));
  if (query.limit == 0 || query.limit > max_assignable_limit) {
    return Error{Code::invalid_argument, "limit must be between 1 and 1,000", "limit"};
  }
  return engine_->ask(
      *state_, Operation::assignable_people,
      [&](const Tables& tables, Slices& slices) -> Result<std::vector<AssignablePerson>> {
        SEATBOOK_TRY(missing_license(tables, query.license));
        return views::assignable_people(tables, query, slices);
      });
}

Result<std::uint64_t> Session::needs_review_count(std::optional<LicenseId> license) const {
  return engine_->ask(*state_, Operation::needs_review_count,
                      [&](const Tables& tables) -> Result<std::uint64_t> {
                        SEATBOOK_TRY(missing_license(tables, license));
                        return tables.assignments.flagged_count(license);
                      });
}

Result<std::vector<ArchivedOwnerRow>> Session::archived_owners() const {
  return engine_->ask(
      *state_, Operation::archived_owners,
      [](const Tables& tables, Slices& slices) -> Result<std::vector<ArchivedOwnerRow>> {
        return views::archived_owners(tables, slices);
      });
}

Result<LicenseContacts> Session::license_contacts(LicenseId license) const {
  return engine_->ask(
      *state_, Operation::license_contacts, [&](const Tables& tables) -> Result<LicenseContacts> {
        SEATBOOK_TRY(const License* found, rules::find_license(tables, license, "license"));
        return views::contacts_of(tables, *found);
      });
}

Result<std::vector<HistoryEntry>> Session::history(const HistoryQuery& query) const {
  if (query.kind) {
    SEATBOOK_TRY(rules::malformed_choice("kind", *query.kind));
  }
  SEATBOOK_TRY(bad_limit(query.limit));
  const auto read_history = [&](const Tables& tables,
                                Slices& slices) -> Result<std::vector<HistoryEntry>> {
    SEATBOOK_TRY(missing_license(tables, query.license));
    SEATBOOK_TRY(missing_person(tables, query.person));
    SEATBOOK_TRY(missing_actor(tables, query.actor));
    SEATBOOK_TRY(bad_instants(query.since, query.until));
    return views::history(tables, query, slices);
  };
  // Ids other than the person's would reveal whether they exist (C43), so they need `view`.
  if (query.person && !query.license && !query.actor) {
    return engine_->ask(*state_, {Operation::history, *query.person}, read_history);
  }
  return engine_->ask(*state_, Operation::history, read_history);
}

Result<NotificationPage> Session::notifications_after(Seq after, std::uint32_t limit) const {
  SEATBOOK_TRY(bad_limit(limit));
  return engine_->ask(*state_, Operation::notifications_after,
                      [&](const Tables& tables, Slices& slices) -> Result<NotificationPage> {
                        return views::notifications_after(tables, after, limit, slices);
                      });
}

Result<EventPage> Session::events_after(Seq after, std::uint32_t limit) const {
  SEATBOOK_TRY(bad_limit(limit));
  return engine_->ask(*state_, Operation::events_after,
                      [&](const Tables& tables, Slices& slices) -> Result<EventPage> {
                        return views::events_after(tables, after, limit, slices);
                      });
}

}  // namespace seatbook

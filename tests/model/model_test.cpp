// Runs random commands on a book and on the naive book, and compares both after every step.
//
//   SEATBOOK_MODEL_SEEDS=4    number of seeds; the long run is shorter if there are fewer
//   SEATBOOK_MODEL_SEED=17    only this seed, as printed by a failure; with SEATBOOK_MODEL_STEPS=n
//   SEATBOOK_SOAK=600         new seeds for that many seconds; 1: until the program is stopped
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "model/comparison.hpp"
#include "model/generator.hpp"
#include "model/list_comparison.hpp"
#include "model/naive_book.hpp"
#include "seatbook/describe.hpp"
#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"
#include "support/folder.hpp"
#include "support/rule.hpp"

namespace seatbook::naive {
namespace {

constexpr std::uint64_t default_seeds = 200;
constexpr std::uint64_t default_steps = 500;
constexpr std::uint64_t long_steps = 50'000;
constexpr std::uint64_t long_run_compares_every = 1'000;
constexpr std::uint64_t dumps_every = 50;  // comparisons; a dump costs more than all queries
constexpr std::uint64_t long_seed = 1'000'001;
constexpr std::uint64_t soak_seeds_from = 2'000'000;
constexpr std::uint8_t history_kinds = 19;            // C48
constexpr Timestamp start = {1'772'366'400'000'000};  // 2026-03-01T12:00:00Z

std::optional<std::uint64_t> setting(const char* name) {
  const char* const text = std::getenv(name);
  if (text == nullptr || *text == '\0') return std::nullopt;
  return std::strtoull(text, nullptr, 10);
}

// ------------------------------------------------------------------------------------------ counts

/// How often commands and queries returned each code, over all runs of the program.
std::map<Code, std::uint64_t>& code_counts() {
  static std::map<Code, std::uint64_t> counts;
  return counts;
}
/// The number of history rows of each kind at the end of all runs.
std::map<HistoryKind, std::uint64_t>& row_counts() {
  static std::map<HistoryKind, std::uint64_t> counts;
  return counts;
}
std::uint64_t& steps_done() {
  static std::uint64_t steps = 0;
  return steps;
}

template <class T>
Code count(const Result<T>& result) {
  const Code code = result ? Code::ok : result.error().code;
  ++code_counts()[code];
  return code;
}

/// Codes that these runs cannot produce.
constexpr std::array unreachable_here = {
    Code::book_needs_reopen,  // a failing storage
    Code::conflict,           // threads, or a failing storage
    Code::storage_failed,     // a failing storage
    Code::storage_unknown,    // a failing storage
    Code::storage_corrupt,    // a failing storage
    Code::book_forked,        // another process
    Code::book_read_only,     // a book opened read-only
    // Only when a storage is opened.
    Code::storage_in_use,
    Code::not_a_book,
    Code::format_too_new,
    Code::needs_recovery,
    Code::unsupported_storage,
    Code::needs_migration,
    Code::out_of_memory,  // no memory
    Code::internal,       // a defect
    // Only from imports and exports.
    Code::file_too_large,
    Code::invalid_file_encoding,
    Code::malformed_csv,
    Code::header_missing,
    Code::column_missing,
    Code::duplicate_column,
    Code::cancelled,
};

// ------------------------------------------------------------------------- commands on the book

Value form(const PersonReceipt& result) {
  Value form;
  form.id = result.person.value;
  form.revision = result.revision.value;
  form.flags_changed = result.flags_changed;
  form.version = result.version.value;
  return form;
}
Value form(const LicenseReceipt& result) {
  Value form;
  form.id = result.license.value;
  form.revision = result.revision.value;
  form.version = result.version.value;
  return form;
}
Value form(const SeatReceipt& result) {
  Value form;
  form.id = result.assignment.value;
  form.revision = result.revision.value;
  form.version = result.version.value;
  return form;
}
Value form(const BulkReceipt& result) {
  Value form;
  form.outcomes = result.outcomes;
  Description<BulkSummary>::visit(
      [&](const char* /*name*/, auto member) { form.summary.push_back(result.summary.*member); });
  form.dry_run = result.dry_run;
  form.version = result.version.value;
  return form;
}

struct Sender {
  Session& session;

  auto send(const AddPerson& c) { return session.add_person(c); }
  auto send(const UpdatePerson& c) { return session.update_person(c); }
  auto send(const ArchivePerson& c) { return session.archive_person(c); }
  auto send(const ReactivatePerson& c) { return session.reactivate_person(c); }
  auto send(const ErasePerson& c) { return session.erase_person(c); }
  auto send(const AddLicense& c) { return session.add_license(c); }
  auto send(const UpdateLicense& c) { return session.update_license(c); }
  auto send(const SetTotalSeats& c) { return session.set_total_seats(c); }
  auto send(const SetPolicy& c) { return session.set_policy(c); }
  auto send(const SetOwners& c) { return session.set_owners(c); }
  auto send(const ArchiveLicense& c) { return session.archive_license(c); }
  auto send(const ReactivateLicense& c) { return session.reactivate_license(c); }
  auto send(const Assign& c) { return session.assign(c); }
  auto send(const BulkAssign& c) { return session.bulk_assign(c); }
  auto send(const AssignMany& c) { return session.assign_many(c); }
  auto send(const Revoke& c) { return session.revoke(c); }
  auto send(const RevokeAll& c) { return session.revoke_all(c); }
  auto send(const Transfer& c) { return session.transfer(c); }
  auto send(const EditSeat& c) { return session.edit_seat(c); }
  auto send(const MarkReviewed& c) { return session.mark_reviewed(c); }
  auto send(const RecordUse& c) { return session.record_use(c); }
  auto send(const RecordUses& c) { return session.record_uses(c); }

  template <class One>
  Value operator()(const One& command) {
    const auto result = send(command);
    count(result);
    if (result) return form(*result);
    const Error& error = result.error();
    Value value;
    value.code = error.code;
    value.index = error.index;
    value.values = error.values;
    value.outcomes = error.outcomes;
    return value;
  }
};

// ---------------------------------------------------------------------------------------- messages

std::string text_of(const std::string& text) {
  return text.size() > 40 ? "(" + std::to_string(text.size()) + " bytes)" : printed(json(text));
}
std::string text_of(bool flag) {
  return flag ? "true" : "false";
}
std::string text_of(CapacityPolicy policy) {
  return std::to_string(static_cast<int>(policy));
}
std::string text_of(BillingPeriod period) {
  return std::to_string(static_cast<int>(period));
}
std::string text_of(SeatTotal total) {
  return total.is_unlimited() ? "unlimited" : std::to_string(total.seats());
}
std::string text_of(Money money) {
  return std::to_string(money.ten_thousandths);
}
std::string text_of(Date date) {
  return std::to_string(date.days);
}
std::string text_of(Timestamp instant) {
  return std::to_string(instant.us);
}
std::string text_of(const Token& token) {
  return token.to_string();
}
template <class Tag>
std::string text_of(Id<Tag> id) {
  return std::to_string(id.value);
}
template <class T>
std::string text_of(const Edit<T>& edit) {
  return edit.leaves() ? "" : edit.clears() ? "clear" : text_of(edit.value());
}
template <class T>
std::string text_of(const std::optional<T>& value) {
  return value ? text_of(*value) : "";
}
template <class Struct>
  requires is_described<Struct>
std::string text_of(const Struct& command);
template <class T>
std::string text_of(const std::vector<T>& items) {
  std::string text = "[";
  for (std::size_t at = 0; at < items.size() && at < 10; ++at) text += text_of(items[at]) + " ";
  return text + (items.size() > 10 ? "..." : "") + "]";
}
/// Formats a command as "Assign license=1 person=2 ...", without members that have no value.
template <class Struct>
  requires is_described<Struct>
std::string text_of(const Struct& command) {
  std::string line = Description<Struct>::name;
  Description<Struct>::visit([&](const char* name, auto member) {
    const std::string text = text_of(command.*member);
    if (!text.empty() && text != "\"\"" && text != "false") {
      line += std::string(" ") + name + "=" + text;
    }
  });
  return line;
}

std::string text_of(const Actor& actor) {
  std::string text = actor.person ? "person " + text_of(*actor.person) : text_of(actor.actor);
  text += " ";
  if (!actor.permissions) return text + std::string(to_string(actor.role));
  for (std::size_t bit = 0; bit < permission_count; ++bit) {
    const auto permission = static_cast<Permission>(bit);
    if (actor.permissions->has(permission)) text += std::string(to_string(permission)) + "|";
  }
  return text;
}

std::string text_of(const Value& result) {
  return std::string(to_string(result.code)) + printed({{"index", json_of(result.index)},
                                                        {"values", result.values},
                                                        {"outcomes", json_of(result.outcomes)},
                                                        {"id", result.id},
                                                        {"revision", result.revision},
                                                        {"flags_changed", result.flags_changed},
                                                        {"summary", result.summary},
                                                        {"dry_run", result.dry_run},
                                                        {"version", result.version}});
}

// ------------------------------------------------------------------------------------------- a run

/// A book under test with its listeners. It can be reopened.
class Subject {
 public:
  Subject(std::shared_ptr<Storage> storage, std::shared_ptr<Clock> clock)
      : storage_(std::move(storage)), clock_(std::move(clock)), book_(open_book()) {
    listen();
  }
  void reopen() {
    close();
    book_ = open_book();
    listen();
  }
  /// Reopens the book on another storage object. Requires release() of all books of the old one.
  void reopen(std::shared_ptr<Storage> storage) {
    storage_ = std::move(storage);
    book_ = open_book();
    listen();
  }
  void close() { book_.close(); }
  void release() {
    close();
    storage_.reset();
  }
  seatbook::Book& book() { return book_; }
  [[nodiscard]] Session admin() const {
    return book_.session({.actor = "reader", .role = Role::super_admin});
  }

  std::vector<Event> events;                ///< received since the last comparison
  std::vector<Notification> notifications;  ///< likewise

 private:
  seatbook::Book open_book() {
    OpenOptions options;
    options.clock = clock_;
    return storage_ ? seatbook::Book::open(storage_, options).value()
                    : seatbook::Book::open(options).value();
  }
  void listen() {
    book_.subscribe([this](const Event& event) { events.push_back(event); });
    book_.subscribe_notifications(
        [this](const Notification& notification) { notifications.push_back(notification); });
  }

  std::shared_ptr<Storage> storage_;
  std::shared_ptr<Clock> clock_;
  seatbook::Book book_;
};

class Run {
 public:
  Run(std::uint64_t seed, std::uint64_t steps, std::uint64_t compare_every)
      : seed_(seed),
        steps_(steps),
        compare_every_(compare_every),
        random_(naive_, seed),
        pages_(naive_, ~seed),
        clock_(std::make_shared<ManualClock>(start)),
        // Every second seed uses two books on one storage; every fourth of these is a file.
        in_file_(seed % 8 == 4),
        storage_(in_file_        ? file_storage()
                 : seed % 2 == 0 ? memory_storage(seed % 4 == 0)
                                 : nullptr) {
    subjects_.push_back(std::make_unique<Subject>(storage_, clock_));
    if (storage_) subjects_.push_back(std::make_unique<Subject>(storage_, clock_));
  }

  /// Runs all steps. Returns the first difference between book and model, or an empty text.
  std::string run() {
    for (step_ = 1; step_ <= steps_; ++step_) {
      ++steps_done();
      if (std::string difference = step(); !difference.empty()) return report(difference);
    }
    for (const HistoryRow& row : naive_.history) ++row_counts()[row.kind];
    if (std::string difference = close_books(); !difference.empty()) return report(difference);
    return "";
  }

 private:
  std::string step() {
    if (storage_ && random_.one_in(60)) random_subject().reopen();
    if (in_file_ && random_.one_in(60)) reopen_file();
    const Timestamp after_step = move_clock();
    const Timestamp now = clock_->now();
    const Actor actor = random_.actor();
    const Command command = random_.command(now);
    Subject& subject = storage_ && random_.one_in(4) ? *subjects_.back() : *subjects_.front();
    remember(actor, command, subject);

    const std::size_t assignments_before = naive_.assignments.size();
    const std::size_t history_before = naive_.history.size();
    const std::uint64_t version_before = naive_.version;
    Session session = subject.book().session(actor);
    const Value actual = std::visit(Sender{session}, command);
    const Value expected = naive_.run(actor, now, command);
    clock_->set(after_step);
    if (!(actual == expected)) {
      return "the book returned\n  " + text_of(actual) + "\nand the model\n  " + text_of(expected);
    }
    if (expected.code != Code::ok && naive_.version != version_before) {
      return "a failed command changed the model";
    }
    // A malformed call does not read the storage, so the book may still be behind.
    if (const auto version = subject.book().refresh(); !version) {
      return "refresh: " + version.error().message;
    } else if (version->value != naive_.version) {
      return "the book is at version " + text_of(*version) + ", the model at " +
             std::to_string(naive_.version);
    }

    if (std::string difference = compare_listeners(subject, history_before); !difference.empty()) {
      return difference;
    }
    if (std::string difference = compare_queries(subject); !difference.empty()) {
      return difference;
    }
    if (step_ % compare_every_ != 0) return "";
    return compare_book(subject, assignments_before, history_before);
  }

  /// Opens the file without waiting for the disk: power loss is tested elsewhere.
  std::shared_ptr<Storage> file_storage() {
    return sqlite::open_storage(folder_.file("model.db"),
                                {.durability = sqlite::Durability::relaxed})
        .value();
  }
  void reopen_file() {
    for (const auto& one : subjects_) one->release();
    storage_.reset();
    storage_ = file_storage();
    for (const auto& one : subjects_) one->reopen(storage_);
  }

  /// Moves the clock for the next step. Returns the time to set after the step.
  Timestamp move_clock() {
    constexpr std::int64_t second_us = 1'000'000;
    const auto random_us = [&](std::int64_t most) {
      return static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(most)));
    };
    const std::int64_t last = naive_.last_at().us;
    if (!random_.one_in(3)) clock_->advance_us(random_us(7'200 * second_us));
    if (last != 0 && random_.one_in(15)) {  // behind, up to and including the tolerated 10 minutes
      clock_->set({last - (random_.one_in(3) ? 10 * minute_us : random_us(10 * minute_us))});
    }
    const Timestamp after_step = clock_->now();
    if (last != 0 && random_.one_in(60)) {
      clock_->set({last - 10 * minute_us - 1 - (random_.one_in(2) ? 0 : random_us(day_us))});
    } else if (random_.one_in(400)) {
      clock_->set(random_.one_of<Timestamp>({{-1}, {7'289'654'400'000'000}}));
    }
    return after_step;
  }

  std::string compare_listeners(Subject& subject, std::size_t history_before) {
    Comparison comparison(naive_, subject.admin());
    std::size_t at = 0;
    for (std::size_t row_at = history_before; row_at < naive_.history.size(); ++row_at) {
      const HistoryRow& row = naive_.history[row_at];
      if (!Book::is_grant(row) && !Book::is_removal(row)) continue;
      if (at == subject.events.size()) return "a listener missed an event";
      comparison.event(subject.events[at++], row);
    }
    if (at != subject.events.size()) return "a listener received too many events";
    comparison.notifications(subject.notifications, comparison.notifications_due(history_before));
    for (const auto& one : subjects_) {
      if (one.get() != &subject && !(one->events.empty() && one->notifications.empty())) {
        return "a listener received another book's commit";
      }
    }
    subject.events.clear();
    subject.notifications.clear();
    return comparison.difference();
  }

  /// Compares permissions and missing records of a random query by a random actor.
  std::string compare_queries(Subject& subject) {
    const Actor actor = random_.actor();
    const Session session = subject.book().session(actor);
    const LicenseId license(1 + random_.below(naive_.licenses.size() + 1));
    const PersonId person(1 + random_.below(naive_.people.size() + 1));
    const AssignmentId seat(1 + random_.below(naive_.assignments.size() + 1));
    const ActorId writer(1 + random_.below(naive_.actors.size() + 1));
    const Version version(naive_.version + (random_.one_in(4) ? 1 : 0));
    const auto expected = [&](bool exists, Code missing, bool own = false) {
      if (const auto code = Book::malformed(actor)) return *code;
      const bool may = naive_.may(actor, Permission::view) ||
                       (own && actor.person == person && naive_.may(actor, Permission::view_own));
      if (!may) return Code::permission_denied;
      return exists ? Code::ok : missing;
    };
    const bool has_license = naive_.find(license) != nullptr;
    const bool has_person = naive_.find(person) != nullptr;
    const bool has_seat = naive_.find(seat) != nullptr;
    const bool has_writer = writer.value <= naive_.actors.size();
    const auto query_codes = [&]() -> std::pair<Code, Code> {
      switch (random_.below(12)) {
        case 0:
          return {count(session.get_person(person)), expected(has_person, Code::person_not_found)};
        case 1:
          return {count(session.get_license(license)),
                  expected(has_license, Code::license_not_found)};
        case 2:
          return {count(session.get_assignment(seat)),
                  expected(has_seat, Code::assignment_not_found)};
        case 3:
          return {count(session.get_actor(writer)), expected(has_writer, Code::actor_not_found)};
        case 4:
          return {count(session.my_software(person)),
                  expected(has_person, Code::person_not_found, true)};
        case 5:
          return {count(session.history({.person = person})),
                  expected(has_person, Code::person_not_found, true)};
        case 6:
          return {count(session.usage(license)), expected(has_license, Code::license_not_found)};
        case 7:
          return {count(session.find_seat(license, person)), expected(true, Code::ok, true)};
        case 8:
          return {count(session.last_use(seat)), expected(has_seat, Code::assignment_not_found)};
        case 9:  // with a license it is not the actor's own history, so view_own is not enough
          return {count(session.history({.license = license, .person = person})),
                  expected(has_license, Code::license_not_found) == Code::ok
                      ? expected(has_person, Code::person_not_found)
                      : expected(has_license, Code::license_not_found)};
        case 10: {
          const auto operation = static_cast<Operation>(random_.below(operation_count));
          const auto refusal = session.why_not(operation);
          if (session.can(operation) == refusal.has_value()) return {Code::internal, Code::ok};
          return {refusal ? refusal->code : Code::ok, can(actor, operation)};
        }
        default:
          break;
      }
      const Code code = expected(true, Code::ok);
      const bool well_formed = !Book::malformed(actor).has_value();
      const bool too_new = version.value > naive_.version;
      return {count(session.at_least(version).people()),
              well_formed && too_new ? Code::book_behind : code};
    };
    const auto [actual, wanted] = query_codes();
    if (actual == wanted) return "";
    return "a query by " + text_of(actor) + " returned " + std::string(to_string(actual)) +
           ", not " + std::string(to_string(wanted));
  }

  /// Implements the table under Permissions of docs/rules.md.
  [[nodiscard]] Code can(const Actor& actor, Operation operation) const {
    if (const auto code = Book::malformed(actor)) return *code;
    const auto needed = [&] {
      switch (operation) {
        case Operation::add_person:
        case Operation::update_person:
        case Operation::update_license:
        case Operation::set_total_seats:
        case Operation::set_policy:
        case Operation::set_owners:
        case Operation::archive_license:
        case Operation::reactivate_license:
        case Operation::import_people:
          return Permission::edit;
        case Operation::archive_person:
        case Operation::reactivate_person:
        case Operation::erase_person:
          return Permission::archive_person;
        case Operation::add_license:
          return Permission::create;
        case Operation::assign:
        case Operation::bulk_assign:
        case Operation::assign_many:
        case Operation::revoke:
        case Operation::revoke_all:
        case Operation::transfer:
        case Operation::edit_seat:
        case Operation::mark_reviewed:
        case Operation::record_use:
        case Operation::record_uses:
        case Operation::import_roster:
        case Operation::import_licenses:  // and `create`, see below
          return Permission::assign;
        default:
          return Permission::view;
      }
    }();
    const bool view_own_suffices = operation == Operation::find_seat ||
                                   operation == Operation::my_software ||
                                   operation == Operation::history;
    const bool exports = operation == Operation::export_seat_list ||
                         operation == Operation::export_roster ||
                         operation == Operation::export_history;
    if (operation == Operation::import_licenses && !naive_.may(actor, Permission::create)) {
      return Code::permission_denied;
    }
    if (exports && !naive_.may(actor, Permission::export_)) return Code::permission_denied;
    const bool may = naive_.may(actor, needed) ||
                     (view_own_suffices && actor.person && naive_.may(actor, Permission::view_own));
    return may ? Code::ok : Code::permission_denied;
  }

  std::string compare_book(Subject& subject, std::size_t assignments_before,
                           std::size_t history_before) {
    const auto findings = subject.book().check_invariants();
    if (!findings) return "check_invariants: " + findings.error().message;
    if (!findings->empty()) return "check_invariants: " + findings->front();

    Comparison comparison(naive_, subject.admin());
    const bool last = step_ == steps_;
    if (compare_every_ != 1 || step_ % dumps_every == 0 || last) {
      comparison.all();
    } else {
      comparison.newest(assignments_before, history_before);
    }
    comparison.look_ups(Generator::emails, Generator::host_keys);
    compare_random_pages(comparison);
    if (!comparison.difference().empty()) return comparison.difference();
    if (auto difference = compare_lists(subject); !difference.empty()) return difference;
    const std::uint64_t dumps_every_steps = compare_every_ == 1 ? dumps_every : 10 * compare_every_;
    if (step_ % dumps_every_steps != 0 && !last) return "";

    const std::string dump = subject.book().dump().value();
    for (const auto& one : subjects_) {
      one->book().refresh().value();
      if (one->book().dump().value() != dump) return "two books of one storage differ";
    }
    return dump_difference(naive_, dump);
  }

  void compare_random_pages(Comparison& comparison) {
    const auto some = [&](std::size_t size) { return 1 + pages_.below(size); };
    if (!naive_.people.empty()) comparison.my_software(PersonId(some(naive_.people.size())));
    AssignableQuery assignable;
    assignable.search = pages_.one_of<std::string>(
        {"", "ADA", "jos\xC3\xA9", "JOSE\xCC\x81", "acme", "%", "_", "a", "zo\xC3\xAB", "x"});
    assignable.limit = pages_.one_of({1U, 3U, 50U, 1000U});
    if (!naive_.licenses.empty() && pages_.one_in(2)) {
      assignable.license = LicenseId(some(naive_.licenses.size()));
    }
    comparison.assignable_people(assignable);
    comparison.renewals({static_cast<std::int32_t>(20'490 + pages_.below(80))});

    if (!naive_.licenses.empty() && !naive_.history.empty()) {
      const Timestamp at = naive_.history[pages_.below(naive_.history.size())].at;
      comparison.holders(LicenseId(some(naive_.licenses.size())),
                         {at.us - (pages_.one_in(3) ? 1 : 0)});
    }

    HistoryQuery query;
    if (!naive_.licenses.empty() && pages_.one_in(3)) {
      query.license = LicenseId(some(naive_.licenses.size()));
    }
    if (!naive_.people.empty() && pages_.one_in(3)) {
      query.person = PersonId(some(naive_.people.size()));
    }
    if (!naive_.actors.empty() && pages_.one_in(3)) {
      query.actor = ActorId(some(naive_.actors.size()));
    }
    if (pages_.one_in(3)) query.kind = static_cast<HistoryKind>(pages_.below(history_kinds));
    if (!naive_.history.empty()) {
      const auto at = [&] { return naive_.history[pages_.below(naive_.history.size())].at; };
      if (pages_.one_in(4)) query.since = at();
      if (pages_.one_in(4)) query.until = at();
      if (pages_.one_in(2)) query.from = Seq(pages_.below(naive_.history.size() + 2));
    }
    query.newest_first = pages_.one_in(2);
    query.limit = pages_.one_of({1U, 5U, 20U});
    comparison.filtered_history(query);
  }

  std::string compare_lists(Subject& subject) {
    if (naive_.licenses.empty()) return "";
    ListComparison comparison(naive_, subject.admin(), clock_->now());
    const auto some_license = [&] { return LicenseId(1 + pages_.below(naive_.licenses.size())); };
    SeatListQuery query;
    if (pages_.one_in(2)) query.license = some_license();
    if (pages_.one_in(4)) query.person = PersonId(1 + pages_.below(naive_.people.size()));
    if (pages_.one_in(3)) query.search = pages_.one_of<std::string>({"A", "acme", "jos\xC3\xA9"});
    query.inactive_only = pages_.one_in(3);
    query.inactive_days = pages_.one_of({0U, 1U, 2U, 30U});
    query.new_seat_grace_days = pages_.one_of({0U, 0U, 1U});
    query.needs_review_only = pages_.one_in(5);
    query.archived_only = pages_.one_in(5);
    query.sort = pages_.one_of({SeatSort::user, SeatSort::assigned, SeatSort::last_used});
    query.descending = pages_.one_in(2);
    query.limit = pages_.one_of({1U, 2U, 7U, all_rows});
    if (auto difference = comparison.seat_list(query); !difference.empty()) return difference;
    return comparison.roster({.license = some_license(),
                              .active_only = pages_.one_in(3),
                              .limit = pages_.one_of({1U, 3U, all_rows})});
  }

  /// Closes all books and checks that calls fail with book_closed.
  std::string close_books() {
    for (const auto& subject : subjects_) {
      Session session = subject->admin();
      subject->book().close();
      if (count(session.people()) != Code::book_closed) return "a closed book ran a query";
      if (count(session.add_person({.name = "Late"})) != Code::book_closed) {
        return "a closed book ran a command";
      }
    }
    return "";
  }

  Subject& random_subject() { return *subjects_[random_.below(subjects_.size())]; }

  void remember(const Actor& actor, const Command& command, const Subject& subject) {
    recent_.push_back({step_, clock_->now(), actor, command, &subject == subjects_.front().get()});
    if (recent_.size() > 12) recent_.pop_front();
  }

  std::string report(const std::string& difference) const {
    std::string text = "seed " + std::to_string(seed_) + ", step " + std::to_string(step_) + ": " +
                       difference + "\nTo repeat: SEATBOOK_MODEL_SEED=" + std::to_string(seed_);
    if (steps_ != default_steps) text += " SEATBOOK_MODEL_STEPS=" + std::to_string(steps_);
    text += "\nThe last commands:\n";
    for (const auto& one : recent_) {
      text += std::to_string(one.step) + " " + one.at.to_string() +
              (one.first ? " " : " (book 2) ") + text_of(one.actor) + ": " +
              std::visit([](const auto& command) { return text_of(command); }, one.command) + "\n";
    }
    return text;
  }

  struct RecentCommand {
    std::uint64_t step;
    Timestamp at;
    Actor actor;
    Command command;
    bool first;
  };

  std::uint64_t seed_;
  std::uint64_t steps_;
  std::uint64_t compare_every_;
  std::uint64_t step_ = 0;
  Book naive_;
  Generator random_;
  Generator pages_;  ///< separate, so that the number of comparisons does not change the commands
  std::shared_ptr<ManualClock> clock_;
  const testing::Folder folder_;
  const bool in_file_;
  std::shared_ptr<Storage> storage_;
  std::vector<std::unique_ptr<Subject>> subjects_;
  std::deque<RecentCommand> recent_;
};

/// Runs one seed. Returns false if book and model differ.
bool agrees(std::uint64_t seed, std::uint64_t steps, std::uint64_t compare_every) {
  const std::string difference = Run(seed, steps, compare_every).run();
  if (!difference.empty()) ADD_FAILURE() << difference;
  return difference.empty();
}

// ---------------------------------------------------------------------------------------- tests

TEST(Model, AgreesWithTheBookAtEveryStep) {
  // Compares every result and the state after it: counts, states, revisions, history, events and
  // notifications.
  RULE("A2", "A38", "A40", "A41", "C10", "C12", "C15", "C39", "C47", "C48", "C55", "C56", "C57",
       "C59", "C62");
  if (const auto seed = setting("SEATBOOK_MODEL_SEED")) {
    const std::uint64_t steps = setting("SEATBOOK_MODEL_STEPS").value_or(default_steps);
    agrees(*seed, steps, steps > default_steps ? long_run_compares_every : 1);
    return;
  }
  const std::uint64_t seeds = setting("SEATBOOK_MODEL_SEEDS").value_or(default_seeds);
  constexpr int enough_failures = 3;
  int failures = 0;
  for (std::uint64_t seed = 1; seed <= seeds && failures < enough_failures; ++seed) {
    if (!agrees(seed, default_steps, 1)) ++failures;
  }
}

TEST(Model, AgreesWithTheBookOverALongRun) {
  if (setting("SEATBOOK_MODEL_SEED")) {
    GTEST_SKIP() << "SEATBOOK_MODEL_SEED reproduces one seed of the short runs";
  }
  const std::uint64_t seeds = setting("SEATBOOK_MODEL_SEEDS").value_or(default_seeds);
  const std::uint64_t steps = seeds >= default_seeds
                                  ? long_steps
                                  : std::max(long_steps * seeds / default_seeds, default_steps);
  agrees(long_seed, steps, long_run_compares_every);
}

TEST(Model, Soak) {
  const auto seconds = setting("SEATBOOK_SOAK");
  if (!seconds) GTEST_SKIP() << "runs in `make soak`: SEATBOOK_SOAK is not set";
  const auto begin = std::chrono::steady_clock::now();
  // Each start uses other seeds.
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  const auto base =
      soak_seeds_from + static_cast<std::uint64_t>(
                            std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count()) *
                            1'000;
  std::cout << "soak: seeds from " << base << std::endl;
  std::uint64_t seed = base;
  const auto keep_running = [&] {
    return *seconds == 1 ||
           std::chrono::steady_clock::now() - begin < std::chrono::seconds(*seconds);
  };
  while (keep_running() && agrees(seed, default_steps, 1)) ++seed;
  std::cout << "soak: " << seed - base << " seeds" << std::endl;
}

TEST(Model, EveryCodeOccurs) {
  std::cout << "code                   times (over " << steps_done() << " steps)\n";
  for (const Code code : all_codes()) {
    const std::string name(to_string(code));
    std::cout << name << std::string(name.size() < 22 ? 22 - name.size() : 1, ' ') << " "
              << code_counts()[code] << "\n";
  }
  for (std::uint8_t number = 0; number < history_kinds; ++number) {
    const auto kind = static_cast<HistoryKind>(number);
    std::cout << "history row " << to_string(kind) << " " << row_counts()[kind] << "\n";
  }
  constexpr std::uint64_t enough_steps = 100'000;
  if (steps_done() < enough_steps) GTEST_SKIP() << "too few steps to expect every code";
  for (const Code code : all_codes()) {
    const bool reachable =
        std::find(unreachable_here.begin(), unreachable_here.end(), code) == unreachable_here.end();
    EXPECT_EQ(code_counts()[code] != 0, reachable) << to_string(code);
  }
  for (std::uint8_t number = 0; number < history_kinds; ++number) {
    const auto kind = static_cast<HistoryKind>(number);
    EXPECT_NE(row_counts()[kind], 0U) << to_string(kind);
  }
}

}  // namespace
}  // namespace seatbook::naive

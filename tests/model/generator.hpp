/// Generates random commands that collide often: few names, emails and ids, small totals, and
/// occasional invalid values.
#ifndef SEATBOOK_TESTS_MODEL_GENERATOR_HPP_
#define SEATBOOK_TESTS_MODEL_GENERATOR_HPP_

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "model/naive_book.hpp"
#include "seatbook/seatbook.hpp"

namespace seatbook::naive {

inline constexpr std::size_t most_people = 30;  ///< without erased people
inline constexpr std::size_t most_licenses = 8;

class Generator {
 public:
  Generator(const Book& naive, std::uint64_t seed) : naive_(naive), engine_(seed) {}

  /// Returns 0 to n - 1. Unlike the standard distributions, the values are the same on all
  /// platforms.
  std::uint64_t below(std::uint64_t n) { return engine_() % n; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  template <class T>
  T one_of(std::initializer_list<T> values) {
    return values.begin()[below(values.size())];
  }
  template <class T>
  const T& one_of(const std::vector<T>& values) {
    return values[below(values.size())];
  }

  inline static const std::vector<std::string> emails = {
      "ada@acme.example",         "Ada@Acme.Example",          " ada@acme.example\t",
      "bob@acme.example",         "BOB@ACME.EXAMPLE",          "jos\xC3\xA9@acme.example",
      "JOS\xC3\x89@acme.example", "jose\xCC\x81@acme.example", "zo\xC3\xAB+tag@acme.example",
      "zo\xC3\xAB@acme.example",  "cem@acme.example",          "dora@acme.example",
      "eve@acme.example",         "fay@acme.example",
  };
  inline static const std::vector<std::string> host_keys = {"k1", "k2", "k3", "K1", "k4", "k5"};

  // ------------------------------------------------------------------------------------- values

  PersonId person() {
    if (one_in(60)) return PersonId(naive_.people.size() + 1 + below(3));
    if (one_in(200)) return {};  // an id of zero
    if (naive_.people.empty()) return PersonId(1);
    PersonId id(1 + below(naive_.people.size()));
    // A long run accumulates erased people; prefer the others.
    for (int tries = 0; tries < 4 && naive_.find(id)->state == PersonState::erased; ++tries) {
      id = PersonId(1 + below(naive_.people.size()));
    }
    return id;
  }
  PersonId active_person() {
    for (int tries = 0; tries < 8; ++tries) {
      const PersonId id = person();
      if (naive_.is_active(id)) return id;
    }
    return person();
  }
  /// Returns a person for a seat or an owner, usually an active one.
  PersonId mostly_active_person() { return one_in(4) ? person() : active_person(); }
  LicenseId license() {
    if (one_in(60)) return LicenseId(naive_.licenses.size() + 1 + below(3));
    if (one_in(200)) return {};  // an id of zero
    return LicenseId(1 + below(naive_.licenses.empty() ? 1 : naive_.licenses.size()));
  }
  AssignmentId assignment() {
    if (one_in(60)) return AssignmentId(naive_.assignments.size() + 1 + below(3));
    if (one_in(200)) return {};  // an id of zero
    const auto held = naive_.active_seats([](const Assignment&) { return true; });
    if (!held.empty() && !one_in(6)) return AssignmentId(one_of(held));
    return AssignmentId(1 + below(naive_.assignments.empty() ? 1 : naive_.assignments.size()));
  }
  AssignmentId flagged_assignment() {
    const auto flagged =
        naive_.active_seats([](const Assignment& seat) { return seat.needs_review; });
    return flagged.empty() || one_in(5) ? assignment() : AssignmentId(one_of(flagged));
  }

  static std::string repeated(const std::string& piece, std::size_t times) {
    std::string text;
    for (std::size_t n = 0; n < times; ++n) text += piece;
    return text;
  }
  /// Returns `usual`, or occasionally a text at the limit, beyond it, or invalid UTF-8.
  std::string text(std::string usual, std::size_t limit) {
    if (!one_in(40)) return usual;
    switch (below(7)) {
      case 0:
        return repeated("\xC3\xA9", limit);
      case 1:
        return repeated("\xE2\x82\xAC", limit + 1);
      case 2:
        return repeated("x", limit + 1);
      case 3:
        return one_of<std::string>({"\xC0\xAF", "\xED\xA0\x80", std::string("a\0b", 3),
                                    "\xF4\x90\x80\x80", "a\xE2\x82", "\xFF", "\x80"});
      case 4:
        return one_in(40) ? std::string((std::size_t{1} << 20) + 1, 'x') : std::string(1, '\0');
      case 5:
        return repeated("\xF0\x9F\x92\xBA", limit);
      default:
        return "";
    }
  }
  std::string name() {
    if (one_in(80)) return one_of<std::string>({"", " ", "\t \n"});
    return text(one_of<std::string>({"Ada", "ada", "Bob Builder", "Jos\xC3\xA9", "JOS\xC3\x89",
                                     "Zoe\xCC\x88", "Cem", "a%_b", "D\xC3\xB6ra", "Eve", "Fay"}),
                255);
  }
  std::string email() {
    if (one_in(4)) return "";
    if (one_in(40)) {
      return one_of<std::string>({"no-at", "@x.example", "x@", "a b@x.example", " ", "@",
                                  repeated("e", 245) + "@x.examp", repeated("e", 247) + "@x.examp",
                                  repeated("e", 260)});
    }
    return text(one_of(emails), 254);
  }
  std::string host_key() { return one_in(3) ? text(one_of(host_keys), 191) : ""; }
  std::string short_text(std::size_t limit) {
    return text(one_of<std::string>({"", "", "Admin", "Read-only", "ops"}), limit);
  }
  SeatTotal total() {
    if (one_in(40)) {
      return one_of<SeatTotal>({-1, 1'000'000'001, INT64_MAX, INT64_MIN, UINT64_MAX});
    }
    if (one_in(12)) return SeatTotal::unlimited();
    if (one_in(40)) return 1'000'000'000;
    return static_cast<std::int64_t>(below(5));
  }
  Money money() {
    if (one_in(25)) {
      return one_of<Money>({{-1}, {1'000'000'000'000}, {INT64_MIN}, {INT64_MAX}});
    }
    return one_of<Money>({{0}, {125'800}, {999'999'999'999}, {1}});
  }
  std::optional<Money> maybe_money() { return one_in(3) ? std::optional(money()) : std::nullopt; }
  std::string currency() {
    if (one_in(30)) {
      return one_of<std::string>({"eur", "EURO", "E1R", "\xE2\x82\xAC", "EU", "\xFF\xFF\xFF"});
    }
    return one_of<std::string>({"EUR", "EUR", "USD", ""});
  }
  Date date() {
    if (one_in(25)) return one_of<Date>({{-1}, {last_day + 1}, {INT32_MAX}, {INT32_MIN}});
    if (one_in(10)) return one_of<Date>({{0}, {last_day}});
    return {static_cast<std::int32_t>(20'500 + below(60))};
  }
  CapacityPolicy policy() {
    if (one_in(120)) return static_cast<CapacityPolicy>(2 + below(250));
    return one_in(4) ? CapacityPolicy::allow_over : CapacityPolicy::enforce;
  }
  BillingPeriod period() {
    return static_cast<BillingPeriod>(one_in(120) ? 3 + below(250) : below(3));
  }
  template <class T, class Make>
  Edit<T> edit(const Make& make) {
    if (!one_in(3)) return {};
    if (one_in(5)) return clear;
    return make();
  }

  std::optional<Revision> expected(const Revision* current) {
    if (!one_in(4)) return std::nullopt;
    if (current != nullptr && !one_in(3)) return *current;
    return Revision(below(6));
  }
  template <class IdType>
  std::optional<Revision> expected_of(IdType id) {
    const auto* record = naive_.find(id);
    return expected(record == nullptr ? nullptr : &record->revision);
  }

  /// Returns a new request id, or one of the last 50; the newest one is repeated most often.
  std::optional<RequestId> request_id() {
    if (!one_in(7)) return std::nullopt;
    if (recent_.empty() || !one_in(4)) {
      Token token;
      if (!recent_.empty()) {  // the first one is all zeros
        for (auto& byte : token.bytes) byte = static_cast<std::uint8_t>(below(256));
      }
      recent_.push_back(token);
      if (recent_.size() > 50) recent_.erase(recent_.begin());
    }
    return one_in(3) ? one_of(recent_) : recent_.back();
  }

  Timestamp used_at(AssignmentId id, Timestamp now) {
    const Assignment* seat = naive_.find(id);
    const Timestamp assigned = seat == nullptr ? now
                               : one_in(3)     ? seat->assigned_at
                                               : Book::since(*seat);
    const auto known = naive_.last_uses.find(id.value);
    if (known != naive_.last_uses.end() && one_in(4)) {  // the recorded one, or 1 us off
      return {known->second.us + one_of<std::int64_t>({-1, 0, 0, 1})};
    }
    switch (below(12)) {
      case 0:
        return {assigned.us - 1};
      case 1:
        return assigned;
      case 2:
        return {now.us + day_us};
      case 3:
        return {now.us + day_us + 1};
      case 4:
        return {naive_.last_at().us + day_us};
      case 5:
        return one_of<Timestamp>({{-1}, {7'289'654'400'000'000}, {INT64_MAX}, {INT64_MIN}, {0}});
      default:
        return {now.us - static_cast<std::int64_t>(below(3) * below(3'600'000'000))};
    }
  }

  /// Returns an instant at the end of the accepted ones, beyond it, or usually in the past.
  Timestamp held_since(Timestamp now) {
    switch (below(12)) {
      case 0:
        return now;
      case 1:
        return naive_.last_at();
      case 2:
        return {std::max(now, naive_.last_at()).us + 1};
      case 3:
        return one_of<Timestamp>({{-1}, {7'289'654'400'000'000}, {INT64_MAX}, {INT64_MIN}, {0}});
      default:
        return {now.us - static_cast<std::int64_t>(below(4)) * day_us};
    }
  }
  std::optional<Timestamp> maybe_held_since(Timestamp now) {
    return one_in(4) ? std::optional(held_since(now)) : std::nullopt;
  }

  // ------------------------------------------------------------------------------------- actors

  Actor actor() {
    const auto service = [](const char* name, Role role) {
      Actor actor;
      actor.actor = name;
      actor.role = role;
      return actor;
    };
    const auto editor = [](const char* name, Permissions permissions) {
      Actor actor;
      actor.actor = name;
      actor.permissions = permissions;
      return actor;
    };
    if (one_in(5)) {
      Actor actor;
      actor.person = one_in(3) ? person() : active_person();
      actor.role = one_in(5) ? Role::employee : one_of({Role::admin, Role::super_admin});
      return actor;
    }
    if (one_in(12)) {
      return editor("script", one_of<Permissions>({
                                  {Permission::view},
                                  {Permission::view_own},
                                  {Permission::edit},
                                  {Permission::create},
                                  {Permission::assign},
                                  {Permission::archive_person},
                                  {Permission::export_},
                                  {Permission::administer},
                                  {Permission::view, Permission::edit, Permission::assign},
                                  Permissions(),
                                  Permissions::all(),
                              }));
    }
    if (one_in(25)) return service("clerk", one_of({Role::manager, Role::employee}));
    if (one_in(100)) {
      Actor actor = service("", Role::admin);  // neither name nor person
      switch (below(5)) {
        case 0:
          actor.actor = "both";
          actor.person = PersonId(1);
          break;
        case 1:
          actor.actor = repeated("n", 192);
          break;
        case 2:
          actor.actor = "\xC0\xAF";
          break;
        case 3:
          actor.actor = std::string("a\0b", 3);
          break;
        default:
          break;
      }
      return actor;
    }
    if (one_in(50)) return service(repeated("\xC3\xA9", 191).c_str(), Role::admin);
    return one_of({service("root", Role::super_admin), service("root", Role::super_admin),
                   service("it", Role::it_admin), service("desk", Role::admin)});
  }

  // ----------------------------------------------------------------------------------- commands

  Command command(Timestamp now) {
    std::size_t not_erased = 0;
    for (const Person& person : naive_.people) not_erased += person.state != PersonState::erased;
    if (not_erased < 4 && !one_in(4)) return add_person();
    if (naive_.licenses.size() < 2 && !one_in(3)) return add_license();
    const std::vector<std::pair<int, Command (Generator::*)(Timestamp)>> choices = {
        {not_erased < most_people ? 6 : 0, &Generator::add<&Generator::add_person>},
        {5, &Generator::add<&Generator::update_person>},
        {5, &Generator::add<&Generator::archive_person>},
        {6, &Generator::add<&Generator::reactivate_person>},
        {3, &Generator::add<&Generator::erase_person>},
        {naive_.licenses.size() < most_licenses ? 5 : 0, &Generator::add<&Generator::add_license>},
        {6, &Generator::add<&Generator::update_license>},
        {6, &Generator::add<&Generator::set_total_seats>},
        {5, &Generator::add<&Generator::set_policy>},
        {6, &Generator::add<&Generator::set_owners>},
        {5, &Generator::add<&Generator::archive_license>},
        {4, &Generator::add<&Generator::reactivate_license>},
        {16, &Generator::assign},
        {6, &Generator::bulk_assign},
        {6, &Generator::assign_many},
        {8, &Generator::add<&Generator::revoke>},
        {3, &Generator::add<&Generator::revoke_all>},
        {7, &Generator::add<&Generator::transfer>},
        {8, &Generator::edit_seat},
        {5, &Generator::add<&Generator::mark_reviewed>},
        {5, &Generator::record_use},
        {5, &Generator::record_uses},
    };
    int sum = 0;
    for (const auto& [weight, make] : choices) sum += weight;
    auto left = static_cast<int>(below(static_cast<std::uint64_t>(sum)));
    for (const auto& [weight, make] : choices) {
      if (left < weight) return (this->*make)(now);
      left -= weight;
    }
    return add_person();
  }

 private:
  template <auto Make>
  Command add(Timestamp /*now*/) {
    return (this->*Make)();
  }

  Command add_person() {
    AddPerson c;
    c.name = name();
    c.email = email();
    c.host_key = host_key();
    c.request_id = request_id();
    return c;
  }
  Command update_person() {
    UpdatePerson c;
    c.person = person();
    c.name = edit<std::string>([&] { return name(); });
    c.email = edit<std::string>([&] { return email(); });
    c.host_key = edit<std::string>([&] { return host_key(); });
    return with_expectations(c, c.person);
  }
  Command archive_person() {
    ArchivePerson c;
    c.person = person();
    return with_expectations(c, c.person);
  }
  Command reactivate_person() {
    ReactivatePerson c;
    c.person = person();
    return with_expectations(c, c.person);
  }
  Command erase_person() {
    ErasePerson c;
    c.person = person();
    c.revoke_first = one_in(2);
    return with_expectations(c, c.person);
  }
  Command add_license() {
    AddLicense c;
    c.name = name();
    c.vendor = text(one_in(2) ? "Acme" : "", 255);
    c.product_group = text(one_in(2) ? "Suite" : "", 255);
    c.host_key = host_key();
    c.total_seats = total();
    c.policy = policy();
    if (!one_in(4)) c.owner = active_person();
    if (one_in(3)) c.backup_owner = mostly_active_person();
    c.cost_per_seat = maybe_money();
    c.currency = currency();
    c.billing_period = period();
    if (one_in(2)) c.renewal_date = date();
    c.request_id = request_id();
    return c;
  }
  Command update_license() {
    UpdateLicense c;
    c.license = license();
    c.name = edit<std::string>([&] { return name(); });
    c.vendor = edit<std::string>([&] { return text("Acme", 255); });
    c.product_group = edit<std::string>([&] { return text("Suite", 255); });
    c.host_key = edit<std::string>([&] { return host_key(); });
    c.cost_per_seat = edit<Money>([&] { return money(); });
    c.currency = edit<std::string>([&] { return currency(); });
    c.billing_period = edit<BillingPeriod>([&] { return period(); });
    c.renewal_date = edit<Date>([&] { return date(); });
    return with_expectations(c, c.license);
  }
  Command set_total_seats() {
    SetTotalSeats c;
    c.license = license();
    c.total_seats = total();
    return with_expectations(c, c.license);
  }
  Command set_policy() {
    SetPolicy c;
    c.license = license();
    c.policy = policy();
    return with_expectations(c, c.license);
  }
  Command set_owners() {
    SetOwners c;
    c.license = license();
    if (!one_in(3)) c.owner = mostly_active_person();
    if (one_in(20)) c.owner = clear;
    if (!one_in(3)) c.backup_owner = mostly_active_person();
    if (one_in(4)) c.backup_owner = clear;
    return with_expectations(c, c.license);
  }
  Command archive_license() {
    ArchiveLicense c;
    c.license = license();
    return with_expectations(c, c.license);
  }
  Command reactivate_license() {
    ReactivateLicense c;
    c.license = license();
    return with_expectations(c, c.license);
  }
  Command assign(Timestamp now) {
    Assign c;
    c.license = license();
    c.person = mostly_active_person();
    c.access_level = short_text(64);
    c.account = short_text(191);
    c.notes = short_text(1000);
    c.cost_override = maybe_money();
    c.held_since = maybe_held_since(now);
    c.request_id = request_id();
    return c;
  }
  template <class IdType, class Make>
  std::vector<IdType> list(const Make& make) {
    if (one_in(1500)) return std::vector<IdType>(100'001, make());
    if (one_in(50)) return {};
    std::vector<IdType> ids;
    for (std::uint64_t n = 1 + below(6); n != 0; --n) ids.push_back(make());
    return ids;
  }
  Command bulk_assign(Timestamp now) {
    BulkAssign c;
    c.person = mostly_active_person();
    c.licenses = list<LicenseId>([&] { return license(); });
    c.held_since = maybe_held_since(now);
    c.all_or_nothing = one_in(4);
    c.dry_run = one_in(5);
    c.request_id = request_id();
    return c;
  }
  Command assign_many(Timestamp now) {
    AssignMany c;
    c.license = license();
    c.people = list<PersonId>([&] { return mostly_active_person(); });
    c.access_level = short_text(64);
    if (one_in(3)) c.cost_override = maybe_money();
    c.held_since = maybe_held_since(now);
    c.all_or_nothing = one_in(4);
    c.dry_run = one_in(5);
    c.request_id = request_id();
    return c;
  }
  Command revoke() {
    Revoke c;
    c.assignment = assignment();
    c.reason = short_text(1000);
    return with_expectations(c, c.assignment);
  }
  Command revoke_all() {
    RevokeAll c;
    c.person = person();
    c.reason = short_text(1000);
    c.dry_run = one_in(4);
    c.request_id = request_id();
    return c;
  }
  Command transfer() {
    Transfer c;
    c.assignment = assignment();
    c.person = mostly_active_person();
    const Assignment* seat = naive_.find(c.assignment);
    if (seat != nullptr && one_in(8)) c.person = seat->person;
    return with_expectations(c, c.assignment);
  }
  Command edit_seat(Timestamp now) {
    EditSeat c;
    c.assignment = assignment();
    c.access_level = edit<std::string>([&] { return short_text(64); });
    c.account = edit<std::string>([&] { return short_text(191); });
    c.notes = edit<std::string>([&] { return short_text(1000); });
    c.cost_override = edit<Money>([&] { return money(); });
    c.held_since = edit<Timestamp>([&] { return held_since(now); });
    return with_expectations(c, c.assignment);
  }
  Command mark_reviewed() {
    MarkReviewed c;
    c.assignment = flagged_assignment();
    return with_expectations(c, c.assignment);
  }
  Command record_use(Timestamp now) {
    RecordUse c;
    c.assignment = assignment();
    c.used_at = used_at(c.assignment, now);
    c.request_id = request_id();
    return c;
  }
  Command record_uses(Timestamp now) {
    RecordUses c;
    c.all_or_nothing = one_in(6);
    c.dry_run = one_in(6);
    c.request_id = request_id();
    if (one_in(1500)) {
      c.uses.resize(100'001);
      return c;
    }
    for (std::uint64_t n = one_in(40) ? 0 : 1 + below(5); n != 0; --n) {
      SeatUse use;
      AssignmentId seat = assignment();
      if (!c.uses.empty() && one_in(3)) {  // twice in one call
        seat = c.uses.back().assignment.value_or(AssignmentId());
      }
      if (one_in(2)) {
        use.assignment = seat;
      } else {
        const Assignment* held = naive_.find(seat);
        use.license = held == nullptr || one_in(6) ? license() : held->license;
        use.email = held == nullptr || one_in(6) ? email() : naive_.find(held->person)->email;
        if (one_in(30)) use.assignment = seat;
      }
      use.used_at = used_at(seat, now);
      c.uses.push_back(use);
    }
    return c;
  }

  /// Adds an expected revision and a request id, each only sometimes.
  template <class One, class IdType>
  Command with_expectations(One command, IdType id) {
    command.expected_revision = expected_of(id);
    command.request_id = request_id();
    return command;
  }

  const Book& naive_;
  std::mt19937_64 engine_;
  std::vector<Token> recent_;
};

}  // namespace seatbook::naive

#endif  // SEATBOOK_TESTS_MODEL_GENERATOR_HPP_

/// A simple second implementation of a book: vectors, maps and loops, and only the public structs
/// of the library. It is written from docs/rules.md and the comments of the public headers, so that
/// a mistake goes unnoticed only if it is made twice.
#ifndef SEATBOOK_TESTS_MODEL_NAIVE_BOOK_HPP_
#define SEATBOOK_TESTS_MODEL_NAIVE_BOOK_HPP_

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "seatbook/describe.hpp"
#include "seatbook/seatbook.hpp"

namespace seatbook::naive {

// ---------------------------------------------------------------------------------------- texts

/// Removes one code point from the front of `text` and returns it, or nullopt if it is not valid.
inline std::optional<std::uint32_t> take_code_point(std::string_view& text) {
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(text[at]))
                            : std::uint32_t{0};
  };
  const std::uint32_t first = byte(0);
  std::size_t size = 0;
  std::uint32_t value = 0;
  std::uint32_t least = 0;
  if (first < 0x80) {
    size = 1;
    value = first;
  } else if (first >= 0xC0 && first < 0xE0) {
    size = 2;
    value = first - 0xC0;
    least = 0x80;
  } else if (first >= 0xE0 && first < 0xF0) {
    size = 3;
    value = first - 0xE0;
    least = 0x800;
  } else if (first >= 0xF0 && first < 0xF8) {
    size = 4;
    value = first - 0xF0;
    least = 0x10000;
  } else {
    return std::nullopt;
  }
  for (std::size_t at = 1; at < size; ++at) {
    if (byte(at) < 0x80 || byte(at) >= 0xC0) return std::nullopt;
    value = value * 64 + (byte(at) - 0x80);
  }
  if (value < least || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) {
    return std::nullopt;
  }
  text.remove_prefix(size);
  return value;
}

/// Returns true for UTF-8 without NUL (C51).
inline bool is_text(std::string_view text) {
  while (!text.empty()) {
    const auto code_point = take_code_point(text);
    if (!code_point || *code_point == 0) return false;
  }
  return true;
}

inline std::size_t length(std::string_view text) {
  std::size_t code_points = 0;
  while (!text.empty() && take_code_point(text)) ++code_points;
  return code_points;
}

/// Knows only the white space that the tests use.
inline bool is_space(char letter) {
  return letter == ' ' || letter == '\t' || letter == '\n';
}

inline std::string trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return std::string(text);
}

inline void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// Returns the case-folded text: NFC, then lower case (C17). Supports only the letters that the
/// tests use: ASCII, and e with an acute or a diaeresis, small and capital, composed and
/// decomposed.
inline std::string folded(std::string_view text) {
  std::string result(text);
  for (char& letter : result) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  replace_all(result, "e\xCC\x81", "\xC3\xA9");
  replace_all(result, "\xC3\x89", "\xC3\xA9");
  replace_all(result, "e\xCC\x88", "\xC3\xAB");
  replace_all(result, "\xC3\x8B", "\xC3\xAB");
  return result;
}

inline std::string email_key(std::string_view email) {
  return folded(trimmed(email));
}

inline bool is_email(std::string_view text) {
  const std::string email = trimmed(text);
  const std::size_t at = email.find('@');
  return at != std::string::npos && at != 0 && email.back() != '@' &&
         std::none_of(email.begin(), email.end(), [](char letter) { return is_space(letter); });
}

inline bool is_currency(std::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char letter) {
           return letter >= 'A' && letter <= 'Z';
         });
}

inline bool in_range(Money money) {
  return money.ten_thousandths >= 0 && money.ten_thousandths <= 999'999'999'999;
}
inline bool in_range(SeatTotal total) {
  return total.is_unlimited() || (total.seats() >= 0 && total.seats() <= 1'000'000'000);
}
inline constexpr std::int32_t last_day = 84'370;  // 2200-12-31
inline bool in_range(Date date) {
  return date.days >= 0 && date.days <= last_day;
}
inline bool in_range(Timestamp instant) {
  return instant.us >= 0 && instant.us <= 7'289'654'399'999'999;
}

inline constexpr std::int64_t minute_us = 60'000'000;
inline constexpr std::int64_t day_us = 24 * 60 * minute_us;

// -------------------------------------------------------------------------------------- results

using Command =
    std::variant<AddPerson, UpdatePerson, ArchivePerson, ReactivatePerson, ErasePerson, AddLicense,
                 UpdateLicense, SetTotalSeats, SetPolicy, SetOwners, ArchiveLicense,
                 ReactivateLicense, Assign, BulkAssign, AssignMany, Revoke, RevokeAll, Transfer,
                 EditSeat, MarkReviewed, RecordUse, RecordUses>;

/// The result of any command. Members that a command's result does not have stay empty.
struct Value {
  Code code = Code::ok;
  std::optional<std::uint64_t> index = {};
  std::vector<std::uint64_t> values = {};
  std::vector<Outcome> outcomes = {};  ///< of a bulk receipt, or of bulk_refused
  std::uint64_t id = 0;
  std::uint64_t revision = 0;
  std::uint64_t flags_changed = 0;
  std::vector<std::uint64_t> summary = {};  ///< in the order of BulkSummary's members
  bool dry_run = false;
  std::uint64_t version = 0;

  friend bool operator==(const Value&, const Value&) = default;
};

inline Value refused(Code code, std::vector<std::uint64_t> values = {},
                     std::optional<std::uint64_t> index = {}) {
  Value result;
  result.code = code;
  result.index = index;
  result.values = std::move(values);
  return result;
}

// ----------------------------------------------------------------------------------------- book

class Book {
 public:
  // The record with id n is at index n - 1.
  std::vector<Person> people;
  std::vector<License> licenses;
  std::vector<Assignment> assignments;
  std::vector<ActorRecord> actors;
  std::vector<HistoryRow> history;
  std::map<std::uint64_t, HistoryTexts> texts;  ///< by seq; only if not empty
  std::map<std::uint64_t, Timestamp> last_uses;
  std::map<Token, std::uint64_t> requests;
  /// By assignment: each access level it had, and since when.
  std::map<std::uint64_t, std::vector<std::pair<Timestamp, std::string>>> access_levels;
  std::uint64_t version = 0;

  /// Executes a command by an actor at an instant. Checks are in the order of docs/rules.md.
  Value run(const Actor& actor, Timestamp now, const Command& command) {
    return std::visit([&](const auto& one) { return execute(actor, now, one); }, command);
  }

  /// Step 1 for the actor: checks that it is well formed.
  static std::optional<Code> malformed(const Actor& actor) {
    if (!is_text(actor.actor)) return Code::invalid_text;
    if (actor.actor.empty() != actor.person.has_value()) return Code::invalid_argument;
    if (length(actor.actor) > 191) return Code::invalid_argument;
    return std::nullopt;
  }

  /// Step 3: checks the permission.
  [[nodiscard]] bool may(const Actor& actor, Permission needed) const {
    if (actor.person && !is_active(*actor.person)) return false;
    if (actor.permissions) {
      return actor.permissions->has(needed) ||
             (needed == Permission::assign && actor.permissions->has(Permission::edit));
    }
    if (actor.role == Role::manager || actor.role == Role::employee) {
      return needed == Permission::view_own;
    }
    return true;
  }

  // ------------------------------------------------------------------------------------- queries

  [[nodiscard]] const Person* find(PersonId id) const {
    return id && id.value <= people.size() ? &people[id.value - 1] : nullptr;
  }
  [[nodiscard]] const License* find(LicenseId id) const {
    return id && id.value <= licenses.size() ? &licenses[id.value - 1] : nullptr;
  }
  [[nodiscard]] const Assignment* find(AssignmentId id) const {
    return id && id.value <= assignments.size() ? &assignments[id.value - 1] : nullptr;
  }
  [[nodiscard]] bool is_active(PersonId id) const {
    return find(id) != nullptr && find(id)->state == PersonState::active;
  }
  [[nodiscard]] std::uint64_t used(LicenseId license) const {
    return active_seats([&](const Assignment& seat) { return seat.license == license; }).size();
  }
  [[nodiscard]] std::optional<AssignmentId> seat_of(LicenseId license, PersonId person) const {
    const auto held = active_seats(
        [&](const Assignment& seat) { return seat.license == license && seat.person == person; });
    return held.empty() ? std::nullopt : std::optional(AssignmentId(held.front()));
  }
  /// Returns the ids of the active assignments that match, oldest first.
  template <class Predicate>
  [[nodiscard]] std::vector<std::uint64_t> active_seats(const Predicate& matches) const {
    std::vector<std::uint64_t> ids;
    for (const std::uint64_t id : active_) {
      if (matches(assignments[id - 1])) ids.push_back(id);
    }
    return ids;
  }
  [[nodiscard]] std::vector<std::uint64_t> seats_of(LicenseId license) const {
    return active_seats([&](const Assignment& seat) { return seat.license == license; });
  }
  [[nodiscard]] std::vector<std::uint64_t> seats_of(PersonId person) const {
    return active_seats([&](const Assignment& seat) { return seat.person == person; });
  }
  [[nodiscard]] bool has_room(const License& license) const {
    return license.total_seats.is_unlimited() || license.policy == CapacityPolicy::allow_over ||
           used(license.id) < static_cast<std::uint64_t>(license.total_seats.seats());
  }
  [[nodiscard]] std::optional<PersonId> with_email(const std::string& email) const {
    const std::string key = email_key(email);
    if (key.empty()) return std::nullopt;
    for (const Person& person : people) {
      if (email_key(person.email) == key) return person.id;
    }
    return std::nullopt;
  }
  template <class Record>
  [[nodiscard]] static auto with_host_key(const std::vector<Record>& records,
                                          const std::string& host_key) {
    std::optional<decltype(Record::id)> found;
    for (const Record& record : records) {
      if (!host_key.empty() && record.host_key == host_key) found = record.id;
    }
    return found;
  }
  [[nodiscard]] Timestamp last_at() const {
    return history.empty() ? Timestamp{0} : history.back().at;
  }
  [[nodiscard]] static LicenseTerms terms_of(const License& license) {
    return {license.total_seats, license.policy, license.owner, license.backup_owner};
  }
  [[nodiscard]] const ActorRecord* actor_of(PersonId person) const {
    for (const ActorRecord& actor : actors) {
      if (actor.person == person) return &actor;
    }
    return nullptr;
  }
  /// Returns since when the person has held the seat (C62).
  [[nodiscard]] static Timestamp since(const Assignment& seat) {
    return seat.held_since ? *seat.held_since : seat.assigned_at;
  }
  /// Returns the holders of a license at an instant, in the order of the grants (C52, C59).
  [[nodiscard]] std::vector<HolderRow> holders_at(LicenseId license, Timestamp at) const {
    std::vector<HolderRow> holders;
    for (const HistoryRow& row : history) {
      if (!is_grant(row) || row.license != license || row.at > at) continue;
      const Assignment& seat = assignments[row.assignment->value - 1];
      if (seat.revoked_at && *seat.revoked_at <= at) continue;
      const Person& person = *find(seat.person);
      const ActorRecord& actor = actors[row.actor.value - 1];
      std::string access_level;
      for (const auto& [from, level] : access_levels.at(seat.id.value)) {
        if (from <= at) access_level = level;
      }
      holders.push_back({seat.id, person.id, person.name, person.email,
                         person.state == PersonState::erased, seat.assigned_at, seat.revoked_at,
                         actor, name_of(actor), access_level, true});
    }
    return holders;
  }
  /// Returns the current name of the actor.
  [[nodiscard]] std::string name_of(const ActorRecord& actor) const {
    return actor.person ? find(*actor.person)->name : actor.actor;
  }

 private:
  using Refusal = std::optional<Value>;

  template <class One>
  Value execute(const Actor& actor, Timestamp now, const One& command) {
    if (const auto code = malformed(actor)) return refused(*code);
    if (const auto code = ill_formed(command)) return refused(*code);
    if (!in_range(now)) return refused(Code::date_out_of_range);
    if (last_at().us - now.us > 10 * minute_us) return refused(Code::clock_behind);
    if (!may(actor, needed_for(command))) return refused(Code::permission_denied);
    if (command.request_id && requests.contains(*command.request_id)) {
      return refused(Code::repeated_request, {requests.at(*command.request_id)});
    }
    now_ = now;
    at_ = std::max(now, last_at());
    actor_ = actor;
    changed_ = false;
    Value result = decide(command);
    if (result.code != Code::ok) return result;
    if (changed_) {
      ++version;
      if (command.request_id) requests[*command.request_id] = version;
    }
    result.version = version;
    return result;
  }

  template <class One>
  static Permission needed_for(const One& /*command*/) {
    const auto is_one_of = []<class... Ones>(std::variant<Ones...>*) {
      return (std::is_same_v<One, Ones> || ...);
    };
    using Edits = std::variant<AddPerson, UpdatePerson, UpdateLicense, SetTotalSeats, SetPolicy,
                               SetOwners, ArchiveLicense, ReactivateLicense>;
    using Offboards = std::variant<ArchivePerson, ReactivatePerson, ErasePerson>;
    if (is_one_of(static_cast<Edits*>(nullptr))) return Permission::edit;
    if (is_one_of(static_cast<Offboards*>(nullptr))) return Permission::archive_person;
    if (is_one_of(static_cast<std::variant<AddLicense>*>(nullptr))) return Permission::create;
    return Permission::assign;
  }

  // ------------------------------------------------------------------- 1: is the call malformed?

  static std::optional<Code> bad_text(const std::string& text) {
    if (text.size() > (std::size_t{1} << 20)) return Code::invalid_argument;
    if (!is_text(text)) return Code::invalid_text;
    return std::nullopt;
  }
  template <class... Rest>
  static std::optional<Code> bad_text(const std::string& text, const Rest&... rest) {
    const auto code = bad_text(text);
    return code ? code : bad_text(rest...);
  }
  template <class Item>
  static std::optional<Code> bad_list(const std::vector<Item>& items) {
    if (items.empty()) return Code::required;
    if (items.size() > 100'000) return Code::limit_exceeded;
    return std::nullopt;
  }
  static std::optional<Code> first(std::initializer_list<std::optional<Code>> codes) {
    for (const auto& code : codes) {
      if (code) return code;
    }
    return std::nullopt;
  }

  static std::optional<Code> ill_formed(const AddPerson& c) {
    return bad_text(c.name, c.email, c.host_key);
  }
  static std::optional<Code> ill_formed(const UpdatePerson& c) {
    return bad_text(c.name.value(), c.email.value(), c.host_key.value());
  }
  static std::optional<Code> ill_formed(const AddLicense& c) {
    return first({bad_text(c.name, c.vendor, c.product_group, c.host_key, c.currency),
                  bad_choice(c.policy), bad_choice(c.billing_period)});
  }
  static std::optional<Code> ill_formed(const UpdateLicense& c) {
    return first({bad_text(c.name.value(), c.vendor.value(), c.product_group.value(),
                           c.host_key.value(), c.currency.value()),
                  bad_choice(c.billing_period.value())});
  }
  static std::optional<Code> ill_formed(const SetPolicy& c) { return bad_choice(c.policy); }
  static std::optional<Code> ill_formed(const Assign& c) {
    return bad_text(c.access_level, c.account, c.notes);
  }
  static std::optional<Code> ill_formed(const BulkAssign& c) { return bad_list(c.licenses); }
  static std::optional<Code> ill_formed(const AssignMany& c) {
    return first({bad_list(c.people), bad_text(c.access_level)});
  }
  static std::optional<Code> ill_formed(const Revoke& c) { return bad_text(c.reason); }
  static std::optional<Code> ill_formed(const RevokeAll& c) { return bad_text(c.reason); }
  static std::optional<Code> ill_formed(const EditSeat& c) {
    return bad_text(c.access_level.value(), c.account.value(), c.notes.value());
  }
  static std::optional<Code> ill_formed(const RecordUses& c) { return bad_list(c.uses); }
  /// The other commands have no members that can be malformed.
  template <class One>
  static std::optional<Code> ill_formed(const One& /*command*/) {
    return std::nullopt;
  }

  static std::optional<Code> bad_choice(CapacityPolicy policy) {
    return static_cast<int>(policy) > 1 ? std::optional(Code::invalid_argument) : std::nullopt;
  }
  static std::optional<Code> bad_choice(BillingPeriod period) {
    return static_cast<int>(period) > 2 ? std::optional(Code::invalid_argument) : std::nullopt;
  }

  // ------------------------------------------------------------------------ 4 to 7: shared checks

  [[nodiscard]] Refusal no_such(PersonId id, bool allow_archived = false) const {
    const Person* person = find(id);
    if (person == nullptr) return refused(Code::person_not_found);
    if (person->state == PersonState::erased) return refused(Code::person_erased);
    if (person->state == PersonState::archived && !allow_archived) {
      return refused(Code::person_archived);
    }
    return std::nullopt;
  }
  [[nodiscard]] Refusal no_such(LicenseId id, bool allow_archived = false) const {
    const License* license = find(id);
    if (license == nullptr) return refused(Code::license_not_found);
    if (license->state == LicenseState::archived && !allow_archived) {
      return refused(Code::license_archived);
    }
    return std::nullopt;
  }
  [[nodiscard]] Refusal no_such(AssignmentId id) const {
    return find(id) == nullptr ? Refusal(refused(Code::assignment_not_found)) : std::nullopt;
  }
  static Refusal bad_name(const std::string& name) {
    if (trimmed(name).empty()) return refused(Code::required);
    return too_long(name, 255);
  }
  static Refusal too_long(const std::string& text, std::size_t limit) {
    return length(text) > limit ? Refusal(refused(Code::text_too_long)) : std::nullopt;
  }
  static Refusal bad_email(const std::string& email) {
    if (auto refusal = too_long(email, 254)) return refusal;
    return email.empty() || is_email(email) ? std::nullopt : Refusal(refused(Code::invalid_email));
  }
  static Refusal bad_money(const std::optional<Money>& money) {
    if (money == Money::unreadable()) return refused(Code::invalid_money);
    return money && !in_range(*money) ? Refusal(refused(Code::money_out_of_range)) : std::nullopt;
  }
  static Refusal bad_override(const std::optional<Money>& cost, const License& license) {
    if (auto refusal = bad_money(cost)) return refusal;
    return cost && license.currency.empty() ? Refusal(refused(Code::required)) : std::nullopt;
  }
  [[nodiscard]] Refusal bad_held_since(const std::optional<Timestamp>& held_since) const {
    if (!held_since) return std::nullopt;
    if (*held_since == Timestamp::unreadable()) return refused(Code::invalid_date);
    const bool good = in_range(*held_since) && *held_since <= at_;
    return good ? std::nullopt : Refusal(refused(Code::date_out_of_range));
  }
  /// cost_per_seat and currency, as AddLicense declares them.
  static Refusal bad_cost(const License& license, bool overridden) {
    if (auto refusal = bad_money(license.cost_per_seat)) return refusal;
    if (license.currency.empty()) {
      if (license.cost_per_seat || overridden) return refused(Code::required);
    } else if (!is_currency(license.currency)) {
      return refused(Code::invalid_currency);
    }
    return std::nullopt;
  }
  static Refusal bad_renewal(const License& license) {
    if (license.renewal_date == Date::unreadable()) return refused(Code::invalid_date);
    if (license.renewal_date && !in_range(*license.renewal_date)) {
      return refused(Code::date_out_of_range);
    }
    return std::nullopt;
  }
  static Refusal bad_description(const License& license) {
    if (auto refusal = bad_name(license.name)) return refusal;
    if (auto refusal = too_long(license.vendor, 255)) return refusal;
    if (auto refusal = too_long(license.product_group, 255)) return refusal;
    return too_long(license.host_key, 191);
  }
  static Refusal stale(const std::optional<Revision>& expected, Revision current) {
    if (!expected || *expected == current) return std::nullopt;
    return refused(Code::stale_revision, {current.value});
  }
  [[nodiscard]] Refusal taken(const Person& person) const {
    const auto email = with_email(person.email);
    if (email && *email != person.id) return refused(Code::email_taken, {email->value});
    const auto host_key = with_host_key(people, person.host_key);
    if (host_key && *host_key != person.id) {
      return refused(Code::host_key_taken, {host_key->value});
    }
    return std::nullopt;
  }
  [[nodiscard]] Refusal taken(const License& license) const {
    const auto host_key = with_host_key(licenses, license.host_key);
    if (host_key && *host_key != license.id) {
      return refused(Code::host_key_taken, {host_key->value});
    }
    return std::nullopt;
  }
  [[nodiscard]] Refusal below_used(const License& license, SeatTotal total,
                                   CapacityPolicy policy) const {
    if (policy == CapacityPolicy::allow_over || total.is_unlimited()) return std::nullopt;
    const auto seats = static_cast<std::uint64_t>(total.seats());
    if (used(license.id) <= seats) return std::nullopt;
    return refused(Code::total_below_used, {used(license.id), seats});
  }

  // ----------------------------------------------------------------------------- making changes

  static Revision next(Revision revision) { return Revision(revision.value + 1); }

  ActorId actor_id() {
    for (const ActorRecord& known : actors) {
      if (known.actor == actor_.actor && known.person == actor_.person) return known.id;
    }
    actors.push_back({ActorId(actors.size() + 1), actor_.actor, actor_.person});
    return actors.back().id;
  }

  HistoryRow& add_history(HistoryKind kind, std::optional<LicenseId> license,
                          std::optional<PersonId> person,
                          std::optional<AssignmentId> assignment = {}) {
    changed_ = true;
    HistoryRow& row = history.emplace_back();
    row.seq = Seq(history.size());
    row.batch = Version(version + 1);
    row.at = at_;
    row.actor = actor_id();
    row.kind = kind;
    row.license = license;
    row.person = person;
    row.assignment = assignment;
    return row;
  }
  HistoryRow& add_history(HistoryKind kind, const Assignment& seat) {
    return add_history(kind, seat.license, seat.person, seat.id);
  }
  /// Sets the texts of the newest history row.
  void set_texts(HistoryTexts row_texts) {
    row_texts.seq = history.back().seq;
    if (!row_texts.empty()) texts[row_texts.seq.value] = std::move(row_texts);
  }

  static std::string spelled(const std::string& text) { return text; }
  static std::string spelled(BillingPeriod period) {
    constexpr const char* names[] = {"month", "year", "once"};
    return names[static_cast<int>(period)];
  }
  template <class One>
  static std::string spelled(const std::optional<One>& value) {
    return value ? value->to_string() : "";
  }
  /// Adds a field to the changes of a row, if it changed (C59).
  template <class One>
  static void add_change(HistoryTexts& row_texts, const char* field, const One& before,
                         const One& after) {
    if (before == after) return;
    row_texts.changes.push_back({field, spelled(before), spelled(after)});
  }

  AssignmentId add_seat(LicenseId license, PersonId person, const std::string& access_level,
                        const std::string& account, const std::string& notes,
                        const std::optional<Money>& cost_override,
                        const std::optional<Timestamp>& held_since) {
    Assignment& seat = assignments.emplace_back();
    seat.id = AssignmentId(assignments.size());
    seat.license = license;
    seat.person = person;
    seat.assigned_at = at_;
    seat.assigned_by = actor_id();
    seat.access_level = access_level;
    seat.account = account;
    seat.notes = notes;
    seat.cost_override = cost_override;
    seat.held_since = held_since;
    seat.revision = Revision(1);
    access_levels[seat.id.value] = {{at_, access_level}};
    active_.push_back(seat.id.value);
    return seat.id;
  }
  void end_seat(Assignment& seat, const std::string& reason) {
    seat.revoked_at = at_;
    seat.revoked_by = actor_id();
    seat.revoke_reason = reason;
    seat.needs_review = false;
    seat.revision = next(seat.revision);
    active_.erase(std::find(active_.begin(), active_.end(), seat.id.value));
  }
  /// The notes that a row set are also in the next change of the seat's notes, or in the seat.
  void clear_copy_of_notes(const HistoryRow& row) {
    for (const HistoryRow& later : history) {
      const auto found = texts.find(later.seq.value);
      if (later.seq <= row.seq || later.assignment != row.assignment || found == texts.end()) {
        continue;
      }
      for (FieldChange& change : found->second.changes) {
        if (change.field != "notes") continue;
        change.before.clear();
        return;
      }
    }
    assignments[row.assignment->value - 1].notes.clear();
  }
  void revoke_seat(Assignment& seat, const std::string& reason) {
    end_seat(seat, reason);
    add_history(HistoryKind::revoked, seat);
    HistoryTexts row_texts;
    row_texts.reason = reason;
    set_texts(row_texts);
  }

  template <class T>
  static void edit(T& member, const Edit<T>& change) {
    if (change.clears()) member = T{};
    if (change.sets()) member = change.value();
  }
  template <class T>
  static void edit(std::optional<T>& member, const Edit<T>& change) {
    if (change.clears()) member.reset();
    if (change.sets()) member = change.value();
  }

  static Value of(const Person& person) {
    Value result;
    result.id = person.id.value;
    result.revision = person.revision.value;
    return result;
  }
  static Value of(const License& license) {
    Value result;
    result.id = license.id.value;
    result.revision = license.revision.value;
    return result;
  }
  static Value of(const Assignment& seat) {
    Value result;
    result.id = seat.id.value;
    result.revision = seat.revision.value;
    return result;
  }

  // -------------------------------------------------------------------------------------- people

  Value decide(const AddPerson& command) {
    Person person;
    person.id = PersonId(people.size() + 1);
    person.name = command.name;
    person.email = command.email;
    person.host_key = command.host_key;
    person.revision = Revision(1);
    if (auto refusal = bad_name(person.name)) return *refusal;
    if (auto refusal = bad_email(person.email)) return *refusal;
    if (auto refusal = too_long(person.host_key, 191)) return *refusal;
    if (auto refusal = taken(person)) return *refusal;
    people.push_back(person);
    add_history(HistoryKind::person_added, {}, person.id);
    HistoryTexts row_texts;
    row_texts.name_after = person.name;
    row_texts.email_after = person.email;
    set_texts(row_texts);
    return of(person);
  }

  Value decide(const UpdatePerson& command) {
    if (auto refusal = no_such(command.person)) return *refusal;
    Person& person = people[command.person.value - 1];
    Person changed = person;
    edit(changed.name, command.name);
    edit(changed.email, command.email);
    edit(changed.host_key, command.host_key);
    if (auto refusal = bad_name(changed.name)) return *refusal;
    if (auto refusal = bad_email(changed.email)) return *refusal;
    if (auto refusal = too_long(changed.host_key, 191)) return *refusal;
    if (auto refusal = stale(command.expected_revision, person.revision)) return *refusal;
    if (auto refusal = taken(changed)) return *refusal;
    HistoryTexts row_texts;
    if (changed.name != person.name) {
      row_texts.name_before = person.name;
      row_texts.name_after = changed.name;
    }
    if (changed.email != person.email) {
      row_texts.email_before = person.email;
      row_texts.email_after = changed.email;
    }
    add_change(row_texts, "name", person.name, changed.name);
    add_change(row_texts, "email", person.email, changed.email);
    add_change(row_texts, "host_key", person.host_key, changed.host_key);
    if (row_texts.empty()) return of(person);
    changed.revision = next(person.revision);
    person = changed;
    add_history(HistoryKind::person_updated, {}, person.id);
    set_texts(row_texts);
    return of(person);
  }

  Value decide(const ArchivePerson& command) {
    return set_state(command.person, command.expected_revision, PersonState::archived);
  }
  Value decide(const ReactivatePerson& command) {
    return set_state(command.person, command.expected_revision, PersonState::active);
  }
  Value set_state(PersonId id, const std::optional<Revision>& expected, PersonState state) {
    if (auto refusal = no_such(id, true)) return *refusal;
    Person& person = people[id.value - 1];
    if (auto refusal = stale(expected, person.revision)) return *refusal;
    if (person.state == state) return of(person);
    const bool archiving = state == PersonState::archived;
    person.state = state;
    person.revision = next(person.revision);
    add_history(archiving ? HistoryKind::person_archived : HistoryKind::person_reactivated, {}, id);
    Value result = of(person);
    for (const std::uint64_t seat_id : seats_of(id)) {
      Assignment& seat = assignments[seat_id - 1];
      if (seat.needs_review == archiving) continue;
      seat.needs_review = archiving;
      add_history(archiving ? HistoryKind::flagged : HistoryKind::flag_cleared, seat);
      ++result.flags_changed;
    }
    return result;
  }

  Value decide(const ErasePerson& command) {
    if (auto refusal = no_such(command.person, true)) return *refusal;
    Person& person = people[command.person.value - 1];
    if (auto refusal = stale(command.expected_revision, person.revision)) return *refusal;
    std::vector<std::uint64_t> owned;
    for (const License& license : licenses) {
      if (license.owner == person.id || license.backup_owner == person.id) {
        owned.push_back(license.id.value);
      }
    }
    if (!owned.empty()) return refused(Code::owns_licenses, at_most_100(owned));
    const auto held = seats_of(person.id);
    if (!held.empty() && !command.revoke_first) {
      return refused(Code::has_active_seats, at_most_100(held));
    }
    std::uint64_t flags = 0;
    for (const std::uint64_t id : held) {
      if (assignments[id - 1].needs_review) ++flags;
      revoke_seat(assignments[id - 1], "");
    }
    for (Assignment& seat : assignments) {
      if (seat.person != person.id) continue;
      seat.access_level.clear();
      access_levels[seat.id.value].clear();
      seat.account.clear();
      seat.notes.clear();
      seat.revoke_reason.clear();
    }
    const ActorRecord* as_actor = actor_of(person.id);
    for (const HistoryRow& row : history) {
      const bool by_them = as_actor != nullptr && row.actor == as_actor->id;
      const auto kept = texts.find(row.seq.value);
      if (kept == texts.end()) continue;
      if (row.person == person.id) {
        HistoryTexts emptied;
        emptied.seq = row.seq;
        for (FieldChange change : kept->second.changes) {
          if (change.field != "cost_override" && change.field != "held_since") {
            change.before = "";
            change.after = "";
          }
          emptied.changes.push_back(change);
        }
        kept->second = emptied;
        if (emptied.empty()) texts.erase(kept);
      } else if (by_them && row.kind == HistoryKind::edited) {
        for (FieldChange& change : kept->second.changes) {
          if (change.field == "notes") {
            change.after.clear();
            clear_copy_of_notes(row);
          }
        }
      } else if (by_them && row.kind == HistoryKind::revoked) {
        // Texts that they entered about others (C64). The assignment has the reason too.
        kept->second.reason.clear();
        assignments[row.assignment->value - 1].revoke_reason.clear();
        if (kept->second.empty()) texts.erase(kept);
      }
    }
    add_history(HistoryKind::person_erased, {}, person.id);
    person.name.clear();
    person.email.clear();
    person.host_key.clear();
    person.state = PersonState::erased;
    person.revision = next(person.revision);
    Value result = of(person);
    result.flags_changed = flags;
    return result;
  }

  static std::vector<std::uint64_t> at_most_100(std::vector<std::uint64_t> ids) {
    if (ids.size() > 100) ids.resize(100);
    return ids;
  }

 public:
  static bool is_grant(const HistoryRow& row) {
    return row.kind == HistoryKind::assigned ||
           (row.kind == HistoryKind::transferred && row.assignment > row.counterpart);
  }
  static bool is_removal(const HistoryRow& row) {
    return row.kind == HistoryKind::revoked ||
           (row.kind == HistoryKind::transferred && row.assignment < row.counterpart);
  }

 private:
  // ------------------------------------------------------------------------------------ licenses

  Value decide(const AddLicense& command) {
    const auto owner = command.owner ? command.owner : actor_.person;
    if (owner) {
      if (auto refusal = no_such(*owner)) return *refusal;
    }
    if (command.backup_owner) {
      if (auto refusal = no_such(*command.backup_owner)) return *refusal;
    }
    License license;
    license.id = LicenseId(licenses.size() + 1);
    license.name = command.name;
    license.vendor = command.vendor;
    license.product_group = command.product_group;
    license.host_key = command.host_key;
    license.total_seats = command.total_seats;
    license.policy = command.policy;
    license.backup_owner = command.backup_owner;
    license.cost_per_seat = command.cost_per_seat;
    license.currency = command.currency;
    license.billing_period = command.billing_period;
    license.renewal_date = command.renewal_date;
    license.revision = Revision(1);
    if (auto refusal = bad_description(license)) return *refusal;
    if (!in_range(license.total_seats)) return refused(Code::total_out_of_range);
    if (!owner) return refused(Code::owner_required);
    license.owner = *owner;
    if (auto refusal = bad_cost(license, false)) return *refusal;
    if (auto refusal = bad_renewal(license)) return *refusal;
    if (license.backup_owner == owner) return refused(Code::backup_is_owner);
    if (auto refusal = taken(license)) return *refusal;
    licenses.push_back(license);
    add_history(HistoryKind::license_added, license.id, {}).after = terms_of(license);
    HistoryTexts row_texts;
    row_texts.name_after = license.name;
    set_texts(row_texts);
    return of(license);
  }

  Value set_terms(License& license, const LicenseTerms& terms, HistoryKind kind) {
    const LicenseTerms before = terms_of(license);
    if (before == terms) return of(license);
    license.total_seats = terms.total_seats;
    license.policy = terms.policy;
    license.owner = terms.owner;
    license.backup_owner = terms.backup_owner;
    license.revision = next(license.revision);
    HistoryRow& row = add_history(kind, license.id, {});
    row.before = before;
    row.after = terms;
    return of(license);
  }

  Value decide(const SetTotalSeats& command) {
    if (auto refusal = no_such(command.license)) return *refusal;
    License& license = licenses[command.license.value - 1];
    if (!in_range(command.total_seats)) return refused(Code::total_out_of_range);
    if (auto refusal = stale(command.expected_revision, license.revision)) return *refusal;
    if (auto refusal = below_used(license, command.total_seats, license.policy)) return *refusal;
    LicenseTerms terms = terms_of(license);
    terms.total_seats = command.total_seats;
    return set_terms(license, terms, HistoryKind::total_changed);
  }

  Value decide(const SetPolicy& command) {
    if (auto refusal = no_such(command.license)) return *refusal;
    License& license = licenses[command.license.value - 1];
    if (auto refusal = stale(command.expected_revision, license.revision)) return *refusal;
    if (auto refusal = below_used(license, license.total_seats, command.policy)) return *refusal;
    LicenseTerms terms = terms_of(license);
    terms.policy = command.policy;
    return set_terms(license, terms, HistoryKind::policy_changed);
  }

  Value decide(const SetOwners& command) {
    if (auto refusal = no_such(command.license)) return *refusal;
    License& license = licenses[command.license.value - 1];
    if (command.owner.sets()) {
      if (auto refusal = no_such(command.owner.value())) return *refusal;
    }
    if (command.backup_owner.sets()) {
      if (auto refusal = no_such(command.backup_owner.value())) return *refusal;
    }
    if (command.owner.clears()) return refused(Code::owner_required);
    if (auto refusal = stale(command.expected_revision, license.revision)) return *refusal;
    LicenseTerms terms = terms_of(license);
    edit(terms.owner, command.owner);
    edit(terms.backup_owner, command.backup_owner);
    if (terms.backup_owner == terms.owner) return refused(Code::backup_is_owner);
    return set_terms(license, terms, HistoryKind::owners_changed);
  }

  Value decide(const UpdateLicense& command) {
    if (auto refusal = no_such(command.license)) return *refusal;
    License& license = licenses[command.license.value - 1];
    License changed = license;
    edit(changed.name, command.name);
    edit(changed.vendor, command.vendor);
    edit(changed.product_group, command.product_group);
    edit(changed.host_key, command.host_key);
    edit(changed.cost_per_seat, command.cost_per_seat);
    edit(changed.currency, command.currency);
    edit(changed.billing_period, command.billing_period);
    edit(changed.renewal_date, command.renewal_date);
    if (auto refusal = bad_description(changed)) return *refusal;
    // C65: amounts in one currency must not become amounts in another.
    const bool moved = !license.currency.empty() && changed.currency != license.currency;
    std::vector<std::uint64_t> overridden;
    if (moved) {
      overridden = active_seats([&](const Assignment& seat) {
        return seat.license == license.id && seat.cost_override.has_value();
      });
    }
    if (auto refusal = bad_cost(changed, !overridden.empty())) return *refusal;
    if (moved && changed.cost_per_seat && command.cost_per_seat.leaves()) {
      return refused(Code::required);
    }
    if (auto refusal = bad_renewal(changed)) return *refusal;
    if (auto refusal = stale(command.expected_revision, license.revision)) return *refusal;
    if (auto refusal = taken(changed)) return *refusal;
    if (!overridden.empty()) return refused(Code::currency_in_use, at_most_100(overridden));
    if (changed == license) return of(license);
    HistoryTexts row_texts;
    add_change(row_texts, "name", license.name, changed.name);
    add_change(row_texts, "vendor", license.vendor, changed.vendor);
    add_change(row_texts, "product_group", license.product_group, changed.product_group);
    add_change(row_texts, "host_key", license.host_key, changed.host_key);
    add_change(row_texts, "cost_per_seat", license.cost_per_seat, changed.cost_per_seat);
    add_change(row_texts, "currency", license.currency, changed.currency);
    add_change(row_texts, "billing_period", license.billing_period, changed.billing_period);
    add_change(row_texts, "renewal_date", license.renewal_date, changed.renewal_date);
    if (changed.name != license.name) {
      row_texts.name_before = license.name;
      row_texts.name_after = changed.name;
    }
    changed.revision = next(license.revision);
    license = changed;
    add_history(HistoryKind::license_updated, license.id, {});
    set_texts(row_texts);
    return of(license);
  }

  Value decide(const ArchiveLicense& command) {
    if (auto refusal = no_such(command.license, true)) return *refusal;
    License& license = licenses[command.license.value - 1];
    if (auto refusal = stale(command.expected_revision, license.revision)) return *refusal;
    if (const auto held = seats_of(license.id); !held.empty()) {
      return refused(Code::has_active_seats, at_most_100(held));
    }
    return set_state(license, LicenseState::archived);
  }
  Value decide(const ReactivateLicense& command) {
    if (auto refusal = no_such(command.license, true)) return *refusal;
    License& license = licenses[command.license.value - 1];
    if (auto refusal = stale(command.expected_revision, license.revision)) return *refusal;
    return set_state(license, LicenseState::active);
  }
  Value set_state(License& license, LicenseState state) {
    if (license.state == state) return of(license);
    license.state = state;
    license.revision = next(license.revision);
    add_history(state == LicenseState::archived ? HistoryKind::license_archived
                                                : HistoryKind::license_reactivated,
                license.id, {});
    return of(license);
  }

  // --------------------------------------------------------------------------------------- seats

  Value decide(const Assign& command) {
    if (auto refusal = no_such(command.license)) return *refusal;
    if (auto refusal = no_such(command.person)) return *refusal;
    const License& license = licenses[command.license.value - 1];
    if (auto refusal = too_long(command.access_level, 64)) return *refusal;
    if (auto refusal = too_long(command.account, 191)) return *refusal;
    if (auto refusal = too_long(command.notes, 1000)) return *refusal;
    if (auto refusal = bad_override(command.cost_override, license)) return *refusal;
    if (auto refusal = bad_held_since(command.held_since)) return *refusal;
    if (const auto held = seat_of(license.id, command.person)) {
      return refused(Code::already_assigned, {held->value});
    }
    if (!has_room(license)) return refused(Code::no_seats_remaining);
    const AssignmentId id =
        add_seat(license.id, command.person, command.access_level, command.account, command.notes,
                 command.cost_override, command.held_since);
    add_history(HistoryKind::assigned, *find(id));
    return of(*find(id));
  }

  Value decide(const Revoke& command) {
    if (auto refusal = no_such(command.assignment)) return *refusal;
    Assignment& seat = assignments[command.assignment.value - 1];
    if (auto refusal = too_long(command.reason, 1000)) return *refusal;
    if (auto refusal = stale(command.expected_revision, seat.revision)) return *refusal;
    if (!seat.active()) return refused(Code::already_revoked);
    revoke_seat(seat, command.reason);
    return of(seat);
  }

  Value decide(const Transfer& command) {
    if (auto refusal = no_such(command.assignment)) return *refusal;
    if (auto refusal = no_such(find(command.assignment)->license)) return *refusal;
    if (auto refusal = no_such(command.person)) return *refusal;
    const Assignment seat = *find(command.assignment);
    if (auto refusal = stale(command.expected_revision, seat.revision)) return *refusal;
    const auto held = seat_of(seat.license, command.person);
    // The holder of this seat gets same_person instead.
    if (held && *held != seat.id) return refused(Code::already_assigned, {held->value});
    if (!seat.active()) return refused(Code::already_revoked);
    if (seat.person == command.person) return refused(Code::same_person);
    end_seat(assignments[seat.id.value - 1], "transferred");
    const AssignmentId id =
        add_seat(seat.license, command.person, seat.access_level, "", "", seat.cost_override, {});
    add_history(HistoryKind::transferred, seat).counterpart = id;
    HistoryTexts row_texts;
    row_texts.reason = "transferred";
    set_texts(row_texts);
    add_history(HistoryKind::transferred, *find(id)).counterpart = seat.id;
    return of(*find(id));
  }

  Value decide(const EditSeat& command) {
    if (auto refusal = no_such(command.assignment)) return *refusal;
    Assignment& seat = assignments[command.assignment.value - 1];
    if (auto refusal = too_long(command.access_level.value(), 64)) return *refusal;
    if (auto refusal = too_long(command.account.value(), 191)) return *refusal;
    if (auto refusal = too_long(command.notes.value(), 1000)) return *refusal;
    if (command.cost_override.sets()) {
      if (auto refusal = bad_override(command.cost_override.value(), *find(seat.license))) {
        return *refusal;
      }
    }
    if (command.held_since.sets()) {
      if (auto refusal = bad_held_since(command.held_since.value())) return *refusal;
    }
    if (auto refusal = stale(command.expected_revision, seat.revision)) return *refusal;
    if (!seat.active()) return refused(Code::already_revoked);
    Assignment changed = seat;
    edit(changed.access_level, command.access_level);
    edit(changed.account, command.account);
    edit(changed.notes, command.notes);
    edit(changed.cost_override, command.cost_override);
    edit(changed.held_since, command.held_since);
    if (changed == seat) return of(seat);
    HistoryTexts row_texts;
    add_change(row_texts, "access_level", seat.access_level, changed.access_level);
    add_change(row_texts, "account", seat.account, changed.account);
    add_change(row_texts, "notes", seat.notes, changed.notes);
    add_change(row_texts, "cost_override", seat.cost_override, changed.cost_override);
    add_change(row_texts, "held_since", seat.held_since, changed.held_since);
    changed.revision = next(seat.revision);
    seat = changed;
    access_levels[seat.id.value].emplace_back(at_, seat.access_level);
    add_history(HistoryKind::edited, seat);
    set_texts(row_texts);
    return of(seat);
  }

  Value decide(const MarkReviewed& command) {
    if (auto refusal = no_such(command.assignment)) return *refusal;
    Assignment& seat = assignments[command.assignment.value - 1];
    if (auto refusal = stale(command.expected_revision, seat.revision)) return *refusal;
    if (!seat.active()) return refused(Code::already_revoked);
    if (!seat.needs_review) return refused(Code::not_flagged);
    seat.needs_review = false;
    seat.revision = next(seat.revision);
    add_history(HistoryKind::reviewed, seat);
    return of(seat);
  }

  Code use_code(AssignmentId id, Timestamp used_at) const {
    const Assignment* seat = find(id);
    if (seat == nullptr) return Code::assignment_not_found;
    if (used_at == Timestamp::unreadable()) return Code::invalid_date;
    if (!in_range(used_at)) return Code::date_out_of_range;
    if (!seat->active()) return Code::already_revoked;
    if (used_at < since(*seat)) return Code::used_before_assigned;
    if (used_at.us > now_.us + day_us) return Code::used_in_future;
    return Code::ok;
  }
  void use(AssignmentId id, Timestamp used_at) {
    const auto known = last_uses.find(id.value);
    if (known != last_uses.end() && known->second >= used_at) return;
    last_uses[id.value] = used_at;
    changed_ = true;
  }

  Value decide(const RecordUse& command) {
    if (const Code code = use_code(command.assignment, command.used_at); code != Code::ok) {
      return refused(code);
    }
    use(command.assignment, command.used_at);
    return of(*find(command.assignment));
  }

  // ---------------------------------------------------------------------------------- bulk calls

  static Value of(const std::vector<Outcome>& outcomes, bool dry_run) {
    Value result;
    result.outcomes = outcomes;
    result.dry_run = dry_run;
    result.summary.assign(8, 0);
    for (const Outcome& outcome : outcomes) {
      std::size_t place = 7;
      switch (outcome.code) {
        case Code::ok:
          place = 0;
          break;
        case Code::no_seats_remaining:
          place = 2;
          break;
        case Code::already_assigned:
          place = 3;
          break;
        case Code::license_archived:
          place = 4;
          break;
        case Code::person_archived:
          place = 5;
          break;
        case Code::person_erased:
          place = 6;
          break;
        default:
          break;
      }
      ++result.summary[place];
      if (place != 0) ++result.summary[1];
    }
    return result;
  }

  /// Returns the result of a call with these outcomes, and whether to execute it.
  static std::pair<Value, bool> decided(const std::vector<Outcome>& outcomes, bool all_or_nothing,
                                        bool dry_run) {
    const bool skips = std::any_of(outcomes.begin(), outcomes.end(),
                                   [](const Outcome& outcome) { return outcome.code != Code::ok; });
    if (all_or_nothing && skips) {
      Value result = refused(Code::bulk_refused);
      result.outcomes = outcomes;
      return {result, false};
    }
    return {of(outcomes, dry_run), !dry_run};
  }

  Value decide(const BulkAssign& command) {
    if (auto refusal = no_such(command.person)) return *refusal;
    for (std::size_t at = 0; at < command.licenses.size(); ++at) {
      if (find(command.licenses[at]) == nullptr) {
        return refused(Code::license_not_found, {}, at);
      }
    }
    if (auto refusal = bad_held_since(command.held_since)) return *refusal;
    std::set<LicenseId> seen;
    std::vector<Outcome> outcomes;
    for (const LicenseId id : command.licenses) {
      if (!seen.insert(id).second) continue;
      const License& license = *find(id);
      Outcome outcome{Code::ok, id.value, {}};
      if (license.state == LicenseState::archived) {
        outcome.code = Code::license_archived;
      } else if (const auto held = seat_of(id, command.person)) {
        outcome = {Code::already_assigned, id.value, held};
      } else if (!has_room(license)) {
        outcome.code = Code::no_seats_remaining;
      }
      outcomes.push_back(outcome);
    }
    auto [result, execute_it] = decided(outcomes, command.all_or_nothing, command.dry_run);
    if (!execute_it) return result;
    for (Outcome& outcome : result.outcomes) {
      if (outcome.code != Code::ok) continue;
      const auto id =
          add_seat(LicenseId(outcome.item), command.person, "", "", "", {}, command.held_since);
      add_history(HistoryKind::assigned, *find(id));
      outcome.assignment = id;
    }
    return result;
  }

  Value decide(const AssignMany& command) {
    if (auto refusal = no_such(command.license)) return *refusal;
    const License& license = *find(command.license);
    if (auto refusal = too_long(command.access_level, 64)) return *refusal;
    if (auto refusal = bad_override(command.cost_override, license)) return *refusal;
    if (auto refusal = bad_held_since(command.held_since)) return *refusal;
    for (std::size_t at = 0; at < command.people.size(); ++at) {
      if (find(command.people[at]) == nullptr) {
        return refused(Code::person_not_found, {}, at);
      }
    }
    std::set<PersonId> seen;
    std::vector<Outcome> outcomes;
    std::uint64_t granted = 0;
    for (const PersonId id : command.people) {
      if (!seen.insert(id).second) continue;
      Outcome outcome{Code::ok, id.value, {}};
      const bool limited =
          !license.total_seats.is_unlimited() && license.policy == CapacityPolicy::enforce;
      if (const auto held = seat_of(license.id, id)) {
        outcome = {Code::already_assigned, id.value, held};
      } else if (find(id)->state == PersonState::archived) {
        outcome.code = Code::person_archived;
      } else if (find(id)->state == PersonState::erased) {
        outcome.code = Code::person_erased;
      } else if (limited && used(license.id) + granted >=
                                static_cast<std::uint64_t>(license.total_seats.seats())) {
        outcome.code = Code::no_seats_remaining;
      } else {
        ++granted;
      }
      outcomes.push_back(outcome);
    }
    auto [result, execute_it] = decided(outcomes, command.all_or_nothing, command.dry_run);
    if (!execute_it) return result;
    for (Outcome& outcome : result.outcomes) {
      if (outcome.code != Code::ok) continue;
      const auto id = add_seat(license.id, PersonId(outcome.item), command.access_level, "", "",
                               command.cost_override, command.held_since);
      add_history(HistoryKind::assigned, *find(id));
      outcome.assignment = id;
    }
    return result;
  }

  Value decide(const RevokeAll& command) {
    if (auto refusal = no_such(command.person, true)) return *refusal;
    if (auto refusal = too_long(command.reason, 1000)) return *refusal;
    const auto held = seats_of(command.person);
    std::vector<Outcome> outcomes;
    for (const std::uint64_t id : held) {
      outcomes.push_back({Code::ok, assignments[id - 1].license.value, AssignmentId(id)});
    }
    if (!command.dry_run) {
      for (const std::uint64_t id : held) revoke_seat(assignments[id - 1], command.reason);
    }
    return of(outcomes, command.dry_run);
  }

  Outcome outcome_of(SeatUse use) const {
    // An id of 0 counts as none.
    if (use.assignment && !*use.assignment) use.assignment.reset();
    if (use.license && !*use.license) use.license.reset();
    const bool by_email = use.license || !use.email.empty();
    Outcome outcome;
    outcome.item = use.assignment ? use.assignment->value : use.license.value_or(LicenseId()).value;
    if (const auto code = bad_text(use.email)) {
      outcome.code = *code;
      return outcome;
    }
    if (use.assignment.has_value() == by_email ||
        (by_email && (!use.license || use.email.empty()))) {
      outcome.code = Code::invalid_argument;
      return outcome;
    }
    AssignmentId id = use.assignment.value_or(AssignmentId());
    if (by_email) {
      if (find(*use.license) == nullptr) {
        outcome.code = Code::license_not_found;
        return outcome;
      }
      const auto person = with_email(use.email);
      if (!person) {
        outcome.code = Code::person_not_found;
        return outcome;
      }
      id = seat_of(*use.license, *person).value_or(AssignmentId());
    }
    outcome.code = use_code(id, use.used_at);
    if (outcome.code == Code::ok) outcome.assignment = id;
    return outcome;
  }

  Value decide(const RecordUses& command) {
    std::vector<Outcome> outcomes;
    for (const SeatUse& use : command.uses) outcomes.push_back(outcome_of(use));
    auto [result, execute_it] = decided(outcomes, command.all_or_nothing, command.dry_run);
    if (!execute_it) return result;
    for (std::size_t at = 0; at < outcomes.size(); ++at) {
      if (outcomes[at].code == Code::ok) {
        use(*outcomes[at].assignment, command.uses[at].used_at);
      }
    }
    return result;
  }

  // State of the current call.
  Timestamp now_;
  Timestamp at_;
  Actor actor_;
  bool changed_ = false;
  /// The active assignments, oldest first. Without it, each step would scan all assignments.
  std::vector<std::uint64_t> active_;
};

}  // namespace seatbook::naive

#endif  // SEATBOOK_TESTS_MODEL_NAIVE_BOOK_HPP_

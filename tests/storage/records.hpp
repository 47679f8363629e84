/// Records for storage tests: one of each kind, and random ones.
#ifndef SEATBOOK_TESTS_STORAGE_RECORDS_HPP_
#define SEATBOOK_TESTS_STORAGE_RECORDS_HPP_

#include <cstdint>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "seatbook/describe.hpp"
#include "seatbook/record_codec.hpp"
#include "seatbook/storage.hpp"
#include "support/books.hpp"
#include "types/records.hpp"

namespace seatbook::testing {

// ----------------------------------------------------------------------------- fixed records

inline Token token(std::uint8_t number) {
  Token token;
  token.bytes[15] = number;
  return token;
}

inline Person person(std::uint64_t id, std::string name) {
  Person person;
  person.id = PersonId(id);
  person.name = std::move(name);
  person.email = "someone" + std::to_string(id) + "@example.com";
  person.revision = Revision(1);
  return person;
}

inline Batch batch(std::uint64_t base, std::uint8_t number, std::vector<RecordImage> images) {
  return {Version(base), token(number), std::move(images)};
}

inline License full_license() {
  License license;
  license.id = LicenseId(1);
  license.name = "Vector studio – größer";
  license.vendor = "Inkworks";
  license.product_group = "design";
  license.host_key = "lic-1";
  license.total_seats = SeatTotal::unlimited();
  license.policy = CapacityPolicy::allow_over;
  license.owner = PersonId(1);
  license.backup_owner = PersonId(2);
  license.cost_per_seat = Money{125'800};
  license.currency = "EUR";
  license.billing_period = BillingPeriod::year;
  license.renewal_date = Date::parse("2027-02-28").value();
  license.revision = Revision(7);
  return license;
}

inline Assignment full_assignment() {
  Assignment assignment;
  assignment.id = AssignmentId(1);
  assignment.license = LicenseId(1);
  assignment.person = PersonId(1);
  assignment.assigned_at = instant("2026-01-02T03:04:05.678901Z");
  assignment.assigned_by = ActorId(1);
  assignment.revoked_at = instant("2026-02-02T03:04:05Z");
  assignment.revoked_by = ActorId(1);
  assignment.revoke_reason = "moved on";
  assignment.access_level = "Editor";
  assignment.account = "someone@vendor.example";
  assignment.notes = "keeps two machines";
  assignment.cost_override = Money{1};
  assignment.revision = Revision(2);
  assignment.held_since = instant("2024-05-06T07:08:09.000001Z");
  return assignment;
}

inline HistoryRow full_history_row() {
  HistoryRow row;
  row.seq = Seq(1);
  row.batch = Version(1);
  row.at = instant("2026-01-02T03:04:05.678901Z");
  row.actor = ActorId(1);
  row.kind = HistoryKind::owners_changed;
  row.license = LicenseId(1);
  row.before = LicenseTerms{SeatTotal(3), CapacityPolicy::enforce, PersonId(2), std::nullopt};
  row.after =
      LicenseTerms{SeatTotal::unlimited(), CapacityPolicy::allow_over, PersonId(1), PersonId(2)};
  return row;
}

inline HistoryTexts full_history_texts() {
  HistoryTexts texts;
  texts.seq = Seq(1);
  texts.name_before = "a";
  texts.name_after = "b";
  texts.email_before = "c@example.com";
  texts.email_after = "d@example.com";
  texts.reason = "😀";
  texts.changes = {{"access_level", "Viewer", "Ed\"it\\or\n"}, {"notes", "", "größer"}};
  return texts;
}

/// Returns one record of every kind, with every member set.
inline std::vector<RecordImage> one_of_each() {
  return {BookInfo{"14.0.0"},
          ActorRecord{ActorId(1), "root", std::nullopt},
          person(1, "Ada"),
          person(2, "Bo"),
          full_license(),
          full_assignment(),
          full_history_row(),
          full_history_texts(),
          LastUse{AssignmentId(1), instant("2026-01-03T00:00:00Z")}};
}

// -------------------------------------------------------------------------------------- random

/// Generates records with random member values, including the limits of each range.
class RandomRecords {
 public:
  explicit RandomRecords(unsigned seed) : random_(seed) {}

  RecordImage record(RecordKind kind) {
    RecordImage image = types::empty_record(kind);
    std::visit([&](auto& record) { set_members(record); }, image);
    return image;
  }
  RecordKind kind() { return static_cast<RecordKind>(below(std::variant_size_v<RecordImage>)); }
  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

 private:
  template <class Struct>
  void set_members(Struct& value) {
    Description<Struct>::visit([&](const char* /*name*/, auto member) { set(value.*member); });
  }
  template <class Tag>
  void set(Id<Tag>& id) {
    const std::uint64_t ends[] = {0, 1, max_records, max_record_number};
    id = Id<Tag>(below(4) == 0 ? ends[below(4)] : below(1000));
  }
  void set(Timestamp& time) {
    time = {static_cast<std::int64_t>(below(static_cast<std::uint64_t>(max_timestamp.us)))};
    if (below(8) == 0) time = below(2) == 0 ? min_timestamp : max_timestamp;
  }
  void set(Date& date) {
    Timestamp time;
    set(time);
    date = Date::of(time);
  }
  void set(Money& money) {
    money = {static_cast<std::int64_t>(below(10'000'000))};
    if (below(8) == 0) money = below(2) == 0 ? Money{} : max_money;
  }
  void set(SeatTotal& total) {
    total = below(4) == 0 ? SeatTotal::unlimited() : SeatTotal(below(1000));
  }
  void set(bool& flag) { flag = below(2) == 0; }
  void set(std::string& text) {
    static const char* const pieces[] = {"a",  "Ada",     " ",    "\"", "\\", "/",
                                         "\n", "\x01",    "\x7f", "ß",  "é",  "\u2028",
                                         "😀", "\\u0041", "{",    "'"};
    text.clear();
    const std::uint64_t length = below(4) == 0 ? 0 : below(12);
    for (std::uint64_t i = 0; i < length; ++i) text += pieces[below(std::size(pieces))];
  }
  template <class Value>
  void set(std::optional<Value>& value) {
    if (below(3) == 0) return;
    set(value.emplace());
    if constexpr (types::is_id<Value>) {
      if (!*value) value.reset();  // 0 is no record
    }
  }
  void set(LicenseTerms& terms) { set_members(terms); }
  void set(std::vector<FieldChange>& changes) {
    changes.resize(below(2) == 0 ? 0 : below(4));
    for (FieldChange& change : changes) set_members(change);
  }
  template <class Enum>
  void set(Enum& value) {
    std::uint64_t count = 0;
    while (to_string(static_cast<Enum>(count)) != "unknown") ++count;
    value = static_cast<Enum>(below(count));
  }

  std::mt19937_64 random_;
};

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_STORAGE_RECORDS_HPP_

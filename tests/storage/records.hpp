/// Records for storage tests: one of each kind, random ones, and a comparison.
#ifndef SEATBOOK_TESTS_STORAGE_RECORDS_HPP_
#define SEATBOOK_TESTS_STORAGE_RECORDS_HPP_

#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "seatbook/record_codec.hpp"
#include "seatbook/storage.hpp"
#include "support/books.hpp"

namespace seatbook::testing {

// ------------------------------------------------------------------------------------ equality
// Compares every member, independently of the JSON. A record with a new member does not compile
// here until the member is compared too.

// NOLINTBEGIN(readability-identifier-naming): one letter per member is easiest to check
inline auto members_of(const BookInfo& info) {
  const auto& [a] = info;
  return std::tie(a);
}
inline auto members_of(const Person& person) {
  const auto& [a, b, c, d, e, f] = person;
  return std::tie(a, b, c, d, e, f);
}
inline auto members_of(const ActorRecord& actor) {
  const auto& [a, b, c] = actor;
  return std::tie(a, b, c);
}
inline auto members_of(const License& license) {
  const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o] = license;
  return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o);
}
inline auto members_of(const Assignment& assignment) {
  const auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = assignment;
  return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n);
}
inline auto members_of(const HistoryRow& row) {
  const auto& [a, b, c, d, e, f, g, h, i, j, k] = row;
  return std::tie(a, b, c, d, e, f, g, h, i, j, k);
}
inline auto members_of(const HistoryTexts& texts) {
  const auto& [a, b, c, d, e, f] = texts;
  return std::tie(a, b, c, d, e, f);
}
inline auto members_of(const LastUse& use) {
  const auto& [a, b] = use;
  return std::tie(a, b);
}
// NOLINTEND(readability-identifier-naming)

inline bool same(const RecordImage& a, const RecordImage& b) {
  if (a.index() != b.index()) return false;
  return std::visit(
      [&](const auto& record) {
        using Record = std::decay_t<decltype(record)>;
        return members_of(record) == members_of(std::get<Record>(b));
      },
      a);
}

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

/// Returns one record of every kind, with every member set.
inline std::vector<RecordImage> one_of_each() {
  HistoryTexts texts;
  texts.seq = Seq(1);
  texts.name_before = "a";
  texts.name_after = "b";
  texts.email_before = "c@example.com";
  texts.email_after = "d@example.com";
  texts.reason = "😀";
  return {BookInfo{"14.0.0"},
          ActorRecord{ActorId(1), "root", std::nullopt},
          person(1, "Ada"),
          person(2, "Bo"),
          full_license(),
          full_assignment(),
          full_history_row(),
          texts,
          LastUse{AssignmentId(1), instant("2026-01-03T00:00:00Z")}};
}

// -------------------------------------------------------------------------------------- random

/// Generates records with random member values, including the limits of each range.
class RandomRecords {
 public:
  explicit RandomRecords(unsigned seed) : random_(seed) {}

  RecordImage record(RecordKind kind) {
    switch (kind) {
      case RecordKind::book_info:
        return BookInfo{text()};
      case RecordKind::person:
        return Person{id<PersonId>(), text(), text(), text(), one_of<PersonState>(3), revision()};
      case RecordKind::actor:
        return ActorRecord{id<ActorId>(), text(), maybe([&] { return id<PersonId>(); })};
      case RecordKind::license:
        return license();
      case RecordKind::assignment:
        return assignment();
      case RecordKind::history:
        return history_row();
      case RecordKind::history_texts:
        return HistoryTexts{id<Seq>(), text(), text(), text(), text(), text()};
      case RecordKind::last_use:
        break;
    }
    return LastUse{id<AssignmentId>(), time()};
  }
  RecordKind kind() { return one_of<RecordKind>(std::variant_size_v<RecordImage>); }
  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

 private:
  template <class Make>
  auto maybe(const Make& make) -> std::optional<decltype(make())> {
    if (below(3) == 0) return std::nullopt;
    return make();
  }
  template <class Enum>
  Enum one_of(std::uint64_t count) {
    return static_cast<Enum>(below(count));
  }
  template <class IdType>
  IdType id() {
    const std::uint64_t ends[] = {0, 1, max_records, max_record_number};
    return IdType(below(4) == 0 ? ends[below(4)] : below(1000));
  }
  Revision revision() { return id<Revision>(); }
  Timestamp time() {
    if (below(8) == 0) return below(2) == 0 ? min_timestamp : max_timestamp;
    return {static_cast<std::int64_t>(below(static_cast<std::uint64_t>(max_timestamp.us)))};
  }
  Date date() { return Date::of(time()); }
  Money money() {
    if (below(8) == 0) return below(2) == 0 ? Money{} : max_money;
    return {static_cast<std::int64_t>(below(static_cast<std::uint64_t>(10'000'000)))};
  }
  SeatTotal total() { return below(4) == 0 ? SeatTotal::unlimited() : SeatTotal(below(1000)); }
  std::string text() {
    static const char* const pieces[] = {"a",  "Ada",     " ",    "\"", "\\", "/",
                                         "\n", "\x01",    "\x7f", "ß",  "é",  "\u2028",
                                         "😀", "\\u0041", "{",    "'"};
    std::string text;
    const std::uint64_t length = below(4) == 0 ? 0 : below(12);
    for (std::uint64_t i = 0; i < length; ++i) text += pieces[below(std::size(pieces))];
    return text;
  }
  LicenseTerms terms() {
    return {total(), one_of<CapacityPolicy>(2), id<PersonId>(),
            maybe([&] { return id<PersonId>(); })};
  }
  License license() {
    return {id<LicenseId>(),
            text(),
            text(),
            text(),
            text(),
            total(),
            one_of<CapacityPolicy>(2),
            id<PersonId>(),
            maybe([&] { return id<PersonId>(); }),
            maybe([&] { return money(); }),
            text(),
            one_of<BillingPeriod>(3),
            maybe([&] { return date(); }),
            one_of<LicenseState>(2),
            revision()};
  }
  Assignment assignment() {
    return {id<AssignmentId>(),
            id<LicenseId>(),
            id<PersonId>(),
            time(),
            id<ActorId>(),
            maybe([&] { return time(); }),
            id<ActorId>(),
            text(),
            text(),
            text(),
            text(),
            maybe([&] { return money(); }),
            below(2) == 0,
            revision()};
  }
  HistoryRow history_row() {
    return {id<Seq>(),
            id<Version>(),
            time(),
            id<ActorId>(),
            one_of<HistoryKind>(19),
            id<LicenseId>(),
            id<PersonId>(),
            id<AssignmentId>(),
            id<AssignmentId>(),
            maybe([&] { return terms(); }),
            maybe([&] { return terms(); })};
  }

  std::mt19937_64 random_;
};

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_STORAGE_RECORDS_HPP_

// Records that no book has written: damaged, contradictory, or violating the rules. Opening and
// catching up reject them.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "model/plausible.hpp"
#include "model/violations.hpp"
#include "seatbook/seatbook.hpp"
#include "storage/records.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"
#include "unit/stored_books.hpp"

namespace seatbook::testing {
namespace {

using Change = std::function<void(StoredRecords&)>;

bool is_named(const std::vector<std::string>& findings, const std::string& what) {
  for (const std::string& finding : findings) {
    if (finding.find(what) != std::string::npos) return true;
  }
  return false;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

// ----------------------------------------------------------------- records that break the rules

TEST(StoredRecords, OfAValidBookCanBeOpened) {
  const auto stored = stored_book();
  Desk desk(stored);
  EXPECT_EQ(desk.findings(), std::vector<std::string>{});
}

TEST(StoredRecords, ThatViolateARuleAreRejectedWithTheRule) {
  RULE("C16");
  struct Row {
    const char* named;
    Change change;
  };
  const Row rows[] = {
      {"license 1 is over-allocated: 2 of 1",
       [](StoredRecords& book) { book.get<License>(1).total_seats = 1; }},
      {"assignment 3 is revoked before it was assigned",
       [](StoredRecords& book) {
         book.get<Assignment>(3).revoked_at = instant("2026-03-01T12:00:00Z");
       }},
      {"license 1 has its owner as backup",
       [](StoredRecords& book) { book.get<License>(1).backup_owner = PersonId(1); }},
      {"assignment 1 needs review although its holder is active",
       [](StoredRecords& book) { book.get<Assignment>(1).needs_review = true; }},
      {"assignment 3 is revoked but needs review",
       [](StoredRecords& book) { book.get<Assignment>(3).needs_review = true; }},
      {"history",  // history that does not fold to the state
       [](StoredRecords& book) { book.get<Person>(3).state = PersonState::active; }},
      {"history",
       [](StoredRecords& book) { book.get<License>(1).policy = CapacityPolicy::allow_over; }},
      {"history", [](StoredRecords& book) { book.get<License>(2).state = LicenseState::active; }},
      {"history", [](StoredRecords& book) { book.get<Assignment>(2).needs_review = false; }},
      {"history",  // state without history
       [](StoredRecords& book) {
         book.remove<HistoryRow>();
         book.remove<HistoryTexts>();
       }},
      {"assignment 1 has a text that is too long: access_level",
       [](StoredRecords& book) { book.get<Assignment>(1).access_level = std::string(65, 'x'); }},
      {"person 2 has no name", [](StoredRecords& book) { book.get<Person>(2).name = " "; }},
      {"license 1 has no name", [](StoredRecords& book) { book.get<License>(1).name = ""; }},
      {"person 4 is erased but holds seats or texts",
       [](StoredRecords& book) { book.get<Person>(4).name = "Gone"; }},
      {"actor 1 has a text that is too long: actor",
       [](StoredRecords& book) { book.get<ActorRecord>(1).actor = std::string(192, 'x'); }},
      {"person 2 has a text that is too long: host_key",
       [](StoredRecords& book) { book.get<Person>(2).host_key = std::string(192, 'x'); }},
      {"license 1 has a text that is too long: vendor",
       [](StoredRecords& book) { book.get<License>(1).vendor = std::string(256, 'x'); }},
      // An assignment differs from the history row of its assign or revoke.
      {"contradicts its assignment",
       [](StoredRecords& book) { book.get<Assignment>(1).person = PersonId(1); }},
      {"contradicts its assignment",
       [](StoredRecords& book) {
         book.get<Assignment>(3).license = LicenseId(2);
         book.get<License>(2).state = LicenseState::active;
       }},
      {"contradicts its assignment",
       [](StoredRecords& book) {
         book.get<Assignment>(1).assigned_at = instant("2026-03-02T12:00:00.000001Z");
       }},
      {"contradicts its assignment",
       [](StoredRecords& book) {
         book.get<Assignment>(3).revoked_at = instant("2026-03-03T12:00:01Z");
       }},
      {"is out of order", [](StoredRecords& book) { book.get<HistoryRow>(2).batch = Version(99); }},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.named);
    const auto stored = stored_book();
    row.change(*stored);
    const auto opened = Book::open(stored);
    ASSERT_EQ(code_of(opened), Code::storage_corrupt);
    EXPECT_NE(opened.error().message.find(row.named), std::string::npos) << opened.error().message;
    EXPECT_EQ(opened.error().message.find('\n'), std::string::npos);

    model::Tables tables;
    stored->load(tables);
    const auto findings = tables.check_invariants();
    EXPECT_TRUE(is_named(findings, row.named)) << joined(findings);
  }
}

TEST(StoredRecords, OfAnActiveSeatMustNotHaveRevokedBy) {
  const auto stored = stored_book();
  stored->get<Assignment>(1).revoked_by = ActorId(1);
  const auto opened = Book::open(stored);
  ASSERT_EQ(code_of(opened), Code::storage_corrupt);
  EXPECT_NE(opened.error().message.find("assignment 1 "), std::string::npos);
}

TEST(StoredRecords, ThatViolateSeveralRulesAreRejectedWithAllOfThem) {
  const auto stored = stored_book();
  stored->get<Person>(1).name = "";
  stored->get<Person>(2).name = "";
  stored->get<License>(1).backup_owner = PersonId(1);
  const auto opened = Book::open(stored);
  ASSERT_EQ(code_of(opened), Code::storage_corrupt);
  EXPECT_EQ(opened.error().message,
            "the stored records break the rules: person 1 has no name; person 2 has no name; "
            "license 1 has its owner as backup; license 1 has terms that differ from its history");
}

TEST(StoredRecords, ThatViolateMoreThan100RulesAreCounted) {
  const auto memory = memory_storage();
  Desk desk(memory);
  for (int i = 0; i < 150; ++i) desk.person("P");
  const auto stored = std::make_shared<StoredRecords>();
  stored->version = desk.book.version();
  RecordList list(*stored);
  memory->read({}, list).value();
  for (std::uint64_t id = 1; id <= 150; ++id) stored->get<Person>(id).name = "";
  const auto opened = Book::open(stored);
  ASSERT_EQ(code_of(opened), Code::storage_corrupt);
  const std::string& message = opened.error().message;
  EXPECT_NE(message.find("; person 100 has no name; and 50 more"), std::string::npos) << message;
  EXPECT_EQ(message.find("person 101 "), std::string::npos);
}

// ------------------------------------------------------------------------------ contradictions

TEST(StoredRecords, WithAGapInTheIdsAreRejected) {
  const auto refused = [](auto with_gap, std::uint64_t last) {
    using Record = decltype(with_gap);
    const auto stored = stored_book();
    auto record = stored->get<Record>(last);
    if constexpr (std::is_same_v<Record, HistoryRow>) {
      record.seq = Seq(last + 2);
    } else {
      record.id = decltype(record.id)(last + 2);
    }
    if constexpr (std::is_same_v<Record, ActorRecord>) record.actor = "other";
    if constexpr (std::is_same_v<Record, Person> || std::is_same_v<Record, License>) {
      record.host_key.clear();
    }
    stored->rows.emplace_back(stored->version, record);
    const auto opened = Book::open(stored);
    EXPECT_EQ(code_of(opened), Code::storage_corrupt);
    if (!opened) {
      EXPECT_NE(opened.error().message.find("an id out of order"), std::string::npos);
    }
  };
  std::uint64_t rows = 0;
  const auto valid = stored_book();
  for (const auto& [written, image] : valid->rows) {
    if (std::holds_alternative<HistoryRow>(image)) ++rows;
  }
  refused(Person{}, 4);
  refused(License{}, 2);
  refused(ActorRecord{}, 1);
  refused(Assignment{}, 3);
  refused(HistoryRow{}, rows);
}

TEST(StoredRecords, WithUnknownReferencesAreRejected) {
  const Change changes[] = {
      [](StoredRecords& book) { book.get<License>(1).owner = PersonId(9); },
      [](StoredRecords& book) { book.get<License>(1).backup_owner = PersonId(9); },
      [](StoredRecords& book) { book.get<Assignment>(1).license = LicenseId(9); },
      [](StoredRecords& book) { book.get<Assignment>(1).person = PersonId(9); },
      [](StoredRecords& book) { book.get<Assignment>(1).assigned_by = ActorId(9); },
      [](StoredRecords& book) { book.get<Assignment>(3).revoked_by = ActorId(9); },
      [](StoredRecords& book) { book.get<Assignment>(3).revoked_by = ActorId(); },
      [](StoredRecords& book) { book.get<Assignment>(3).revoked_by.reset(); },
      [](StoredRecords& book) { book.get<HistoryRow>(1).actor = ActorId(9); },
      [](StoredRecords& book) { book.get<HistoryRow>(1).person = PersonId(9); },
      [](StoredRecords& book) { book.get<HistoryRow>(1).license = LicenseId(9); },
      [](StoredRecords& book) { book.get<HistoryRow>(1).assignment = AssignmentId(9); },
      [](StoredRecords& book) { book.get<HistoryRow>(1).counterpart = AssignmentId(9); },
      [](StoredRecords& book) {
        book.append({LastUse{AssignmentId(9), instant("2026-03-03T12:00:00Z")}});
      },
      [](StoredRecords& book) { book.append({HistoryTexts{Seq(99), "a", {}, {}, {}, {}}}); },
  };
  int number = 0;
  for (const Change& change : changes) {
    SCOPED_TRACE(number++);
    const auto stored = stored_book();
    change(*stored);
    EXPECT_EQ(code_of(Book::open(stored)), Code::storage_corrupt);
  }
}

TEST(StoredRecords, WithADuplicateUniqueKeyAreRejected) {
  const Change changes[] = {
      [](StoredRecords& book) { book.get<Person>(3).email = "ADA@example.com"; },
      [](StoredRecords& book) { book.get<Person>(3).host_key = "h-1"; },
      [](StoredRecords& book) { book.get<License>(2).host_key = "l-1"; },
      [](StoredRecords& book) { book.get<Assignment>(2).person = PersonId(2); },
  };
  for (const Change& change : changes) {
    const auto stored = stored_book();
    change(*stored);
    EXPECT_EQ(code_of(Book::open(stored)), Code::storage_corrupt);
  }
}

// ----------------------------------------------------------------------------------- catching up

/// Returns the code of refresh() after a batch with a changed copy of assignment `id`.
Code refresh_with(std::uint64_t id, const std::function<void(Assignment&)>& change) {
  const auto stored = stored_book();
  Desk desk(stored);
  auto image = stored->get<Assignment>(id);
  image.revision = Revision(image.revision.value + 1);
  change(image);
  stored->append({image});
  return code_of(desk.book.refresh());
}

TEST(StoredRecords, OfAKnownSeatMustKeepPersonLicenseAndTime) {
  for (const std::uint64_t id : {1, 3}) {
    SCOPED_TRACE(id);
    EXPECT_EQ(refresh_with(id, [](Assignment&) {}), Code::ok);
    EXPECT_EQ(
        refresh_with(id, [](Assignment& seat) { seat.person = PersonId(1 + seat.person.value); }),
        Code::storage_corrupt);
    EXPECT_EQ(refresh_with(id, [](Assignment& seat) { seat.license = LicenseId(2); }),
              Code::storage_corrupt);
    EXPECT_EQ(refresh_with(id, [](Assignment& seat) { ++seat.assigned_at.us; }),
              Code::storage_corrupt);
  }
  EXPECT_EQ(refresh_with(3,
                         [](Assignment& seat) {
                           seat.revoked_at.reset();
                           seat.revoked_by.reset();
                         }),
            Code::storage_corrupt)
      << "a revoked seat that is active again (C19)";
}

TEST(StoredRecords, ThatContinueAnotherBookAreRejected) {
  // The storage was restored from a copy: its assignment 1 is of another person, and only records
  // newer than this book's version are read.
  const auto stored = stored_book();
  Desk desk(stored);
  HistoryRow edited;
  edited.seq = Seq(desk.admin.history({}).value().size() + 1);
  edited.batch = Version(stored->version.value + 1);
  edited.at = instant("2026-03-03T12:00:00Z");
  edited.actor = ActorId(1);
  edited.kind = HistoryKind::edited;
  edited.license = LicenseId(1);
  edited.person = PersonId(1);
  edited.assignment = AssignmentId(1);
  stored->append({edited});
  EXPECT_EQ(code_of(desk.book.refresh()), Code::storage_corrupt);
  EXPECT_EQ(code_of(desk.book.refresh()), Code::book_needs_reopen);
}

TEST(StoredRecords, WithADamagedIdNeedNoMemory) {
  // Lists must not grow to the damaged number before the record is checked.
  constexpr std::uint64_t damaged = 40'000'000;
  const auto peak_kib = [] {
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
  };
  const long before = peak_kib();
  for (const std::uint64_t id : {1, 3}) {
    EXPECT_EQ(refresh_with(id, [](Assignment& seat) { seat.license = LicenseId(damaged); }),
              Code::storage_corrupt);
    EXPECT_EQ(refresh_with(id, [](Assignment& seat) { seat.person = PersonId(damaged); }),
              Code::storage_corrupt);
    EXPECT_EQ(refresh_with(id, [](Assignment& seat) { seat.id = AssignmentId(damaged); }),
              Code::storage_corrupt);
  }
  EXPECT_EQ(refresh_with(1,
                         [](Assignment& seat) {
                           seat.license = LicenseId(damaged);
                           seat.revoked_at = instant("2026-03-03T12:00:00Z");
                           seat.revoked_by = ActorId(1);
                         }),
            Code::storage_corrupt);
  const Change changes[] = {
      [](StoredRecords& book) { book.get<Person>(4).id = PersonId(damaged); },
      [](StoredRecords& book) { book.get<License>(2).id = LicenseId(damaged); },
      [](StoredRecords& book) { book.get<ActorRecord>(1).id = ActorId(damaged); },
      [](StoredRecords& book) { book.get<HistoryRow>(1).license = LicenseId(damaged); },
      [](StoredRecords& book) { book.get<HistoryRow>(1).seq = Seq(damaged); },
  };
  for (const Change& change : changes) {
    const auto stored = stored_book();
    change(*stored);
    EXPECT_EQ(code_of(Book::open(stored)), Code::storage_corrupt);
  }
  EXPECT_LT(peak_kib() - before, 100 * 1024) << "KiB of peak memory";
}

// ------------------------------------------------------------------------------- single records

constexpr std::uint64_t too_large = max_records + 1;
const std::string not_utf8 = "\xff";

template <class Record>
using Spoilers = std::vector<std::function<void(Record&)>>;

template <class Record>
void expect_implausible(const Record& valid, const Spoilers<Record>& spoilers) {
  EXPECT_TRUE(model::is_plausible(valid));
  for (std::size_t i = 0; i < spoilers.size(); ++i) {
    Record record = valid;
    spoilers[i](record);
    EXPECT_FALSE(model::is_plausible(record)) << table_name(kind_of(record)) << ", row " << i;
  }
}

TEST(PlausibleRecords, HaveNoInvalidValueInAnyMember) {
  expect_implausible<BookInfo>({"15.0.0"},
                               {[](BookInfo& info) { info.unicode_version = not_utf8; }});
  expect_implausible<Person>(
      person(1, "Ada"), {
                            [](Person& person) { person.id = PersonId(); },
                            [](Person& person) { person.id = PersonId(too_large); },
                            [](Person& person) { person.name = not_utf8; },
                            [](Person& person) { person.email = not_utf8; },
                            [](Person& person) { person.host_key = not_utf8; },
                            [](Person& person) { person.state = static_cast<PersonState>(99); },
                            [](Person& person) { person.revision = Revision(); },
                            [](Person& person) { person.revision = Revision(too_large); },
                        });
  expect_implausible<ActorRecord>({ActorId(1), "root", std::nullopt},
                                  {
                                      [](ActorRecord& actor) { actor.id = ActorId(); },
                                      [](ActorRecord& actor) { actor.id = ActorId(too_large); },
                                      [](ActorRecord& actor) { actor.actor = not_utf8; },
                                      [](ActorRecord& actor) { actor.actor = ""; },
                                      [](ActorRecord& actor) { actor.person = PersonId(1); },
                                      [](ActorRecord& actor) {
                                        actor.actor = "";
                                        actor.person = PersonId();
                                      },
                                      [](ActorRecord& actor) {
                                        actor.actor = "";
                                        actor.person = PersonId(too_large);
                                      },
                                  });
  expect_implausible<License>(
      full_license(),
      {
          [](License& license) { license.id = LicenseId(); },
          [](License& license) { license.id = LicenseId(too_large); },
          [](License& license) { license.name = not_utf8; },
          [](License& license) { license.vendor = not_utf8; },
          [](License& license) { license.product_group = not_utf8; },
          [](License& license) { license.host_key = not_utf8; },
          [](License& license) { license.total_seats = -1; },
          [](License& license) { license.total_seats = max_total_seats + 1; },
          [](License& license) { license.policy = static_cast<CapacityPolicy>(99); },
          [](License& license) { license.owner = PersonId(); },
          [](License& license) { license.owner = PersonId(too_large); },
          [](License& license) { license.backup_owner = PersonId(); },
          [](License& license) { license.backup_owner = PersonId(too_large); },
          [](License& license) { license.cost_per_seat = Money{-1}; },
          [](License& license) { license.cost_per_seat = Money{max_money.ten_thousandths + 1}; },
          [](License& license) { license.currency = not_utf8; },
          [](License& license) { license.billing_period = static_cast<BillingPeriod>(99); },
          [](License& license) { license.renewal_date = Date{-1}; },
          [](License& license) { license.state = static_cast<LicenseState>(99); },
          [](License& license) { license.revision = Revision(); },
          [](License& license) { license.revision = Revision(too_large); },
      });
  expect_implausible<Assignment>(
      full_assignment(),
      {
          [](Assignment& seat) { seat.id = AssignmentId(); },
          [](Assignment& seat) { seat.id = AssignmentId(too_large); },
          [](Assignment& seat) { seat.license = LicenseId(); },
          [](Assignment& seat) { seat.license = LicenseId(too_large); },
          [](Assignment& seat) { seat.person = PersonId(); },
          [](Assignment& seat) { seat.person = PersonId(too_large); },
          [](Assignment& seat) { seat.assigned_at = Timestamp{-1}; },
          [](Assignment& seat) { seat.assigned_by = ActorId(); },
          [](Assignment& seat) { seat.assigned_by = ActorId(too_large); },
          [](Assignment& seat) { seat.revoked_at = Timestamp{max_timestamp.us + 1}; },
          [](Assignment& seat) { seat.revoked_by = ActorId(); },
          [](Assignment& seat) { seat.revoked_by = ActorId(too_large); },
          [](Assignment& seat) { seat.revoke_reason = not_utf8; },
          [](Assignment& seat) { seat.access_level = not_utf8; },
          [](Assignment& seat) { seat.account = not_utf8; },
          [](Assignment& seat) { seat.notes = not_utf8; },
          [](Assignment& seat) { seat.cost_override = Money{-1}; },
          [](Assignment& seat) { seat.held_since = Timestamp{-1}; },
          [](Assignment& seat) { seat.revision = Revision(); },
          [](Assignment& seat) { seat.revision = Revision(too_large); },
      });
  expect_implausible<HistoryRow>(
      full_history_row(),
      {
          [](HistoryRow& row) { row.seq = Seq(); },
          [](HistoryRow& row) { row.seq = Seq(too_large); },
          [](HistoryRow& row) { row.at = Timestamp{-1}; },
          [](HistoryRow& row) { row.actor = ActorId(); },
          [](HistoryRow& row) { row.actor = ActorId(too_large); },
          [](HistoryRow& row) { row.kind = static_cast<HistoryKind>(99); },
          [](HistoryRow& row) { row.license = LicenseId(); },
          [](HistoryRow& row) { row.license = LicenseId(too_large); },
          [](HistoryRow& row) { row.person = PersonId(); },
          [](HistoryRow& row) { row.person = PersonId(too_large); },
          [](HistoryRow& row) { row.assignment = AssignmentId(); },
          [](HistoryRow& row) { row.assignment = AssignmentId(too_large); },
          [](HistoryRow& row) { row.counterpart = AssignmentId(); },
          [](HistoryRow& row) { row.counterpart = AssignmentId(too_large); },
          [](HistoryRow& row) { row.before->total_seats = -1; },
          [](HistoryRow& row) { row.before->policy = static_cast<CapacityPolicy>(99); },
          [](HistoryRow& row) { row.before->owner = PersonId(too_large); },
          [](HistoryRow& row) { row.after->total_seats = max_total_seats + 1; },
          [](HistoryRow& row) { row.after->backup_owner = PersonId(too_large); },
      });
  HistoryTexts texts;
  texts.seq = Seq(1);
  texts.reason = "moved on";
  texts.changes = {{"notes", "", "moved on"}, {"account", "", ""}};
  expect_implausible<HistoryTexts>(texts,
                                   {
                                       [](HistoryTexts& row) { row.seq = Seq(); },
                                       [](HistoryTexts& row) { row.seq = Seq(too_large); },
                                       [](HistoryTexts& row) { row.name_before = not_utf8; },
                                       [](HistoryTexts& row) { row.name_after = not_utf8; },
                                       [](HistoryTexts& row) { row.email_before = not_utf8; },
                                       [](HistoryTexts& row) { row.email_after = not_utf8; },
                                       [](HistoryTexts& row) { row.reason = not_utf8; },
                                       [](HistoryTexts& row) { row.changes[0].field = not_utf8; },
                                       [](HistoryTexts& row) { row.changes[1].before = not_utf8; },
                                       [](HistoryTexts& row) { row.changes[1].after = not_utf8; },
                                   });
  expect_implausible<LastUse>({AssignmentId(1), instant("2026-01-03T00:00:00Z")},
                              {
                                  [](LastUse& use) { use.assignment = AssignmentId(); },
                                  [](LastUse& use) { use.assignment = AssignmentId(too_large); },
                                  [](LastUse& use) { use.used_at = Timestamp{-1}; },
                              });
}

}  // namespace
}  // namespace seatbook::testing

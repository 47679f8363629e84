// What every storage must do, whoever wrote it; run over each storage there is.
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/faulty_storage.hpp"
#include "support/rule.hpp"
#include "text/record_json.hpp"

namespace seatbook {
namespace {

using testing::Desk;
using testing::Fault;
using testing::FaultyStorage;

struct StorageKind {
  const char* name;
  std::function<std::shared_ptr<Storage>()> make;
};

std::vector<StorageKind> storage_kinds() {
  return {{"memory", [] { return memory_storage(); }},
          {"memory_without_lock", [] { return memory_storage(false); }}};
}

class StorageContract : public ::testing::TestWithParam<StorageKind> {
 protected:
  std::shared_ptr<Storage> storage_ = GetParam().make();
};

INSTANTIATE_TEST_SUITE_P(All, StorageContract, ::testing::ValuesIn(storage_kinds()),
                         [](const auto& kind) { return std::string(kind.param.name); });

/// Collects what read() hands over, as JSON by kind and id.
class Collected final : public RecordSink {
 public:
  Result<void> put(Put record) override {
    const auto key = std::make_pair(kind_of(record), id_of(record));
    const std::string json =
        std::visit([](const auto& value) { return text::to_json(value).dump(); }, record);
    EXPECT_TRUE(records.emplace(key, json).second) << "handed over twice: " << json;
    if (records.size() == stop_after) return Error{Code::out_of_memory, "enough"};
    return {};
  }
  std::map<std::pair<RecordKind, std::uint64_t>, std::string> records;
  std::size_t stop_after = 0;
};

Token token(std::uint8_t number) {
  Token token;
  token.bytes[15] = number;
  return token;
}

Person person(std::uint64_t id, std::string name) {
  Person person;
  person.id = PersonId(id);
  person.name = std::move(name);
  person.email = "someone" + std::to_string(id) + "@example.com";
  person.revision = Revision(1);
  return person;
}

Batch batch(std::uint64_t base, std::uint8_t number, std::vector<Put> puts) {
  return {Version(base), token(number), std::move(puts)};
}

/// One record of every kind, with every member filled.
std::vector<Put> one_of_each() {
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
  Assignment assignment;
  assignment.id = AssignmentId(1);
  assignment.license = LicenseId(1);
  assignment.person = PersonId(1);
  assignment.assigned_at = testing::instant("2026-01-02T03:04:05.678901Z");
  assignment.assigned_by = ActorId(1);
  assignment.revoked_at = testing::instant("2026-02-02T03:04:05Z");
  assignment.revoked_by = ActorId(1);
  assignment.revoke_reason = "moved on";
  assignment.access_level = "Editor";
  assignment.account = "someone@vendor.example";
  assignment.notes = "keeps two machines";
  assignment.cost_override = Money{1};
  assignment.revision = Revision(2);
  HistoryRow row;
  row.seq = Seq(1);
  row.batch = Version(1);
  row.at = assignment.assigned_at;
  row.actor = ActorId(1);
  row.kind = HistoryKind::owners_changed;
  row.license = LicenseId(1);
  row.before = LicenseTerms{SeatTotal(3), CapacityPolicy::enforce, PersonId(2), std::nullopt};
  row.after =
      LicenseTerms{SeatTotal::unlimited(), CapacityPolicy::allow_over, PersonId(1), PersonId(2)};
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
          license,
          assignment,
          row,
          texts};
}

TEST_P(StorageContract, StartsEmpty) {
  Collected read;
  EXPECT_EQ(storage_->read({}, read).value(), Version(0));
  EXPECT_TRUE(read.records.empty());
  EXPECT_FALSE(storage_->find(token(1)).value().has_value());
}

TEST_P(StorageContract, GivesBackEveryMemberOfEveryKind) {
  std::map<std::pair<RecordKind, std::uint64_t>, std::string> expected;
  for (const Put& put : one_of_each()) {
    expected[{kind_of(put), id_of(put)}] =
        std::visit([](const auto& value) { return text::to_json(value).dump(); }, put);
  }
  ASSERT_TRUE(storage_->append(batch(0, 1, one_of_each())));
  Collected read;
  EXPECT_EQ(storage_->read({}, read).value(), Version(1));
  EXPECT_EQ(read.records, expected);
}

TEST_P(StorageContract, RefusesAWrongBaseAndWritesNothingOfIt) {
  ASSERT_TRUE(storage_->append(batch(0, 1, {person(1, "Ada")})));
  for (const std::uint64_t base : {0U, 2U, 9U}) {
    EXPECT_EQ(testing::code_of(storage_->append(batch(base, 2, {person(1, "Eve")}))),
              Code::conflict);
  }
  Collected read;
  EXPECT_EQ(storage_->read({}, read).value(), Version(1));
  EXPECT_NE(read.records.begin()->second.find("Ada"), std::string::npos);
  EXPECT_FALSE(storage_->find(token(2)).value().has_value());
}

TEST_P(StorageContract, ReadsOnlyWhatIsNewerAndOnlyTheNewestImage) {
  ASSERT_TRUE(storage_->append(batch(0, 1, {person(1, "Ada"), person(2, "Bo")})));
  ASSERT_TRUE(storage_->append(batch(1, 2, {person(2, "Bob")})));
  ASSERT_TRUE(storage_->append(batch(2, 3, {person(2, "Bobby"), person(3, "Cy")})));
  Collected newer;
  EXPECT_EQ(storage_->read(Version(1), newer).value(), Version(3));
  ASSERT_EQ(newer.records.size(), 2U);
  EXPECT_NE((newer.records[{RecordKind::person, 2}].find("Bobby")), std::string::npos);
  Collected none;
  EXPECT_EQ(storage_->read(Version(3), none).value(), Version(3));
  EXPECT_TRUE(none.records.empty());
}

TEST_P(StorageContract, StopsReadingWhenTheSinkSaysSo) {
  ASSERT_TRUE(storage_->append(batch(0, 1, one_of_each())));
  Collected read;
  read.stop_after = 2;
  EXPECT_EQ(testing::code_of(storage_->read({}, read)), Code::out_of_memory);
  EXPECT_EQ(read.records.size(), 2U);
}

TEST_P(StorageContract, FindsTheLastTenThousandTokens) {
  const auto numbered = [](std::uint64_t number) {
    Token token;
    for (std::size_t i = 0; i < 8; ++i) {
      token.bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
    }
    return token;
  };
  constexpr std::uint64_t batches = remembered_tokens + 5;
  for (std::uint64_t number = 1; number <= batches; ++number) {
    Batch next{Version(number - 1), numbered(number), {person(1, "Ada")}};
    ASSERT_TRUE(storage_->append(next));
  }
  for (std::uint64_t number = batches - remembered_tokens + 1; number <= batches; ++number) {
    ASSERT_EQ(storage_->find(numbered(number)).value(), Version(number));
  }
  EXPECT_FALSE(storage_->find(numbered(batches + 1)).value().has_value());
}

// -------------------------------------------------------------------------- books on a storage

TEST_P(StorageContract, ABookOpensAsItWasClosed) {
  std::string before;
  {
    Desk desk(storage_);
    const auto ada = desk.person("Ada", "ada@example.com");
    const auto license = desk.license("Vector", 2);
    const auto seat = desk.seat(license, ada);
    desk.seat(license, desk.person("Bo"));
    ASSERT_TRUE(desk.admin.revoke({.assignment = seat, .reason = "left"}));
    ASSERT_TRUE(desk.admin.archive_person({.person = ada}));
    before = desk.dump();
  }
  Desk again(storage_);
  EXPECT_EQ(again.dump(), before);
  EXPECT_TRUE(again.findings().empty());
}

TEST_P(StorageContract, TwoBooksWriteInTurnsAndAgree) {
  Desk one(storage_);
  Desk two(storage_);
  const auto license = one.license("Vector", 3);
  const auto ada = two.person("Ada", "ada@example.com");
  const auto bo = one.person("Bo");
  const auto seat = two.seat(license, ada);
  one.seat(license, bo);
  ASSERT_TRUE(one.admin.revoke({.assignment = seat}));
  EXPECT_EQ(testing::code_of(two.admin.revoke({.assignment = seat})), Code::already_revoked);
  EXPECT_EQ(testing::code_of(two.admin.add_person({.name = "Ada", .email = "ADA@example.com"})),
            Code::email_taken);
  ASSERT_TRUE(one.book.refresh());
  EXPECT_EQ(one.dump(), two.dump());
  EXPECT_TRUE(one.findings().empty());
  EXPECT_TRUE(two.findings().empty());
}

TEST_P(StorageContract, CatchesUpOverAnEmailSwapAndARegrantAtOnce) {
  Desk writer(storage_);
  const auto ada = writer.person("Ada", "ada@example.com");
  const auto bo = writer.person("Bo", "bo@example.com");
  const auto license = writer.license("Vector", 1);
  const auto first = writer.seat(license, ada);
  Desk reader(storage_);

  const auto rename = [&](PersonId who, const char* email) {
    ASSERT_TRUE(writer.admin.update_person({.person = who, .email = email}));
  };
  rename(ada, "between@example.com");
  rename(bo, "ada@example.com");
  rename(ada, "bo@example.com");
  ASSERT_TRUE(writer.admin.revoke({.assignment = first}));
  const auto second = writer.seat(license, ada);
  ASSERT_TRUE(writer.admin.revoke({.assignment = second}));
  const auto third = writer.seat(license, ada);

  ASSERT_EQ(reader.book.refresh().value(), writer.book.version());
  EXPECT_EQ(reader.dump(), writer.dump());
  EXPECT_TRUE(reader.findings().empty());
  EXPECT_EQ(reader.admin.find_person({.email = "ada@example.com"}).value(), bo);
  EXPECT_EQ(reader.admin.find_seat(license, ada).value(), third);
}

TEST_P(StorageContract, TwoBooksAndManyThreadsNeverOverAllocate) {
  constexpr int threads_of_each = 4;
  constexpr int people_of_each = 25;
  constexpr std::uint64_t seats = 30;
  Desk one(storage_);
  Desk two(storage_);
  const auto license = one.license("Hot", seats);
  std::vector<std::thread> threads;
  std::atomic<std::uint64_t> granted{0};
  std::atomic<std::uint64_t> full{0};
  for (int thread = 0; thread < 2 * threads_of_each; ++thread) {
    threads.emplace_back([&, thread] {
      Session admin = (thread % 2 == 0 ? one : two).admin;
      for (int i = 0; i < people_of_each; ++i) {
        const auto person = admin.add_person({.name = "P" + std::to_string(thread)});
        ASSERT_TRUE(person) << person.error().message;
        const auto seat = admin.assign({.license = license, .person = person->person});
        ASSERT_TRUE(seat || seat.error().code == Code::no_seats_remaining)
            << to_string(seat.error().code);
        ++(seat ? granted : full);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(granted.load(), seats);
  EXPECT_EQ(full.load(), 2 * threads_of_each * people_of_each - seats);
  ASSERT_TRUE(one.book.refresh());
  ASSERT_TRUE(two.book.refresh());
  EXPECT_EQ(one.dump(), two.dump());
  EXPECT_TRUE(one.findings().empty());
}

TEST_P(StorageContract, ARequestIsKnownToEveryBookAndAfterReopening) {
  RULE("C58");
  const RequestId request = token(77);
  Version carried_out;
  {
    Desk one(storage_);
    const auto added = one.admin.add_person({.name = "Ada", .request_id = request});
    ASSERT_TRUE(added);
    carried_out = added->version;
  }
  Desk two(storage_);
  testing::expect_refused(two, Code::repeated_request, "request_id", [&] {
    auto again = two.admin.add_person({.name = "Ada", .request_id = request});
    EXPECT_EQ(again.error().values, std::vector<std::uint64_t>{carried_out.value});
    return again;
  });
}

// --------------------------------------------------------------------------------------- faults

/// A script of calls that each commit one batch, to be run against failing storages. Answers how
/// many were acknowledged.
int run_script(Desk& desk) {
  int acknowledged = 0;
  const auto count = [&](const auto& result) {
    if (result) ++acknowledged;
    return result.has_value();
  };
  auto& admin = desk.admin;
  const auto owner = admin.add_person({.name = "Olga"});
  if (!count(owner)) return acknowledged;
  const auto license =
      admin.add_license({.name = "Vector", .total_seats = 2, .owner = owner->person});
  count(license);
  const auto ada = admin.add_person({.name = "Ada", .email = "ada@example.com"});
  count(ada);
  if (license && ada) {
    const auto seat = admin.assign({.license = license->license, .person = ada->person});
    count(seat);
    if (seat) count(admin.revoke({.assignment = seat->assignment}));
    count(admin.set_total_seats({.license = license->license, .total_seats = 5}));
    count(admin.archive_person({.person = ada->person}));
  }
  return acknowledged;
}
constexpr int script_calls = 7;

TEST_P(StorageContract, AFailureAtAnyCallLosesNothingAcknowledged) {
  const Fault faults[] = {Fault::failed, Fault::unknown_written, Fault::unknown_not_written,
                          Fault::thrown, Fault::thrown_after,    Fault::conflict};
  for (const Fault fault : faults) {
    for (const bool for_ever : {false, true}) {
      for (int failing = 0; failing <= script_calls; ++failing) {
        // A conflict that never ends is a test of its own.
        if (fault == Fault::conflict && for_ever) continue;
        SCOPED_TRACE(::testing::Message() << "fault " << static_cast<int>(fault) << " at append "
                                          << failing << (for_ever ? " for ever" : " once"));
        const auto inner = GetParam().make();
        const auto faulty = std::make_shared<FaultyStorage>(inner);
        faulty->on_append = [=](int call) {
          return (for_ever ? call >= failing : call == failing) ? fault : Fault::none;
        };
        Desk desk(faulty);
        std::vector<Seq> told;
        desk.book.subscribe([&](const Event& event) { told.push_back(event.seq); });
        const int acknowledged = run_script(desk);
        EXPECT_TRUE(desk.findings().empty());
        EXPECT_EQ(desk.book.version(), Version(static_cast<std::uint64_t>(acknowledged)));
        EXPECT_EQ(faulty->locks, faulty->unlocks);
        Desk reopened(inner);
        EXPECT_EQ(reopened.dump(), desk.dump());
        EXPECT_TRUE(reopened.findings().empty());
        std::vector<Seq> expected;
        for (const Event& event : desk.admin.events_after({}).value().events) {
          expected.push_back(event.seq);
        }
        EXPECT_EQ(told, expected) << "events told are those of the commits, once each";
      }
    }
  }
}

TEST_P(StorageContract, FailingReadsAndLocksRefuseTheCallAndNothingElse) {
  for (const Fault fault : {Fault::failed, Fault::thrown}) {
    const auto faulty = std::make_shared<FaultyStorage>(storage_);
    Desk desk(faulty);
    const auto failing = [&](int) { return fault; };
    const auto fine = [](int) { return Fault::none; };
    faulty->on_read = failing;
    testing::expect_refused(desk, Code::storage_failed, nullptr,
                            [&] { return desk.admin.add_person({.name = "Ada"}); });
    EXPECT_EQ(testing::code_of(desk.book.refresh()), Code::storage_failed);
    faulty->on_read = fine;
    faulty->on_lock = failing;
    testing::expect_refused(desk, Code::storage_failed, nullptr,
                            [&] { return desk.admin.add_person({.name = "Ada"}); });
    faulty->on_lock = fine;
    EXPECT_TRUE(desk.admin.add_person({.name = "Ada"}));
    EXPECT_EQ(faulty->locks, faulty->unlocks);
  }
}

TEST_P(StorageContract, ABookDoesNotOpenOnAStorageThatCannotBeRead) {
  const auto faulty = std::make_shared<FaultyStorage>(storage_);
  faulty->on_read = [](int) { return Fault::failed; };
  EXPECT_EQ(testing::code_of(Book::open(faulty)), Code::storage_failed);
}

TEST_P(StorageContract, AnEndlessConflictIsGivenUp) {
  const auto faulty = std::make_shared<FaultyStorage>(storage_);
  Desk desk(faulty);
  faulty->on_append = [](int) { return Fault::conflict; };
  testing::expect_refused(desk, Code::conflict, nullptr,
                          [&] { return desk.admin.add_person({.name = "Ada"}); });
  EXPECT_GT(faulty->appends, 10);
  faulty->on_append = [](int) { return Fault::none; };
  EXPECT_TRUE(desk.admin.add_person({.name = "Ada"}));
}

/// A lost answer that cannot be asked about either stops all writing, not reading, until it can.
void lost_answer(const std::shared_ptr<Storage>& inner, Fault fault, bool written,
                 bool resolved_by_refresh) {
  SCOPED_TRACE(::testing::Message()
               << "written " << written << ", refresh " << resolved_by_refresh);
  const auto faulty = std::make_shared<FaultyStorage>(inner);
  Desk desk(faulty);
  const auto license = desk.license("Vector", 5);
  const auto ada = desk.person("Ada");
  const auto bo = desk.person("Bo");
  std::vector<PersonId> told;
  desk.book.subscribe([&](const Event& event) { told.push_back(event.person); });

  faulty->on_append = [fault](int) { return fault; };
  faulty->on_find = [](int) { return Fault::failed; };
  const Version before = desk.book.version();
  testing::expect_refused(desk, Code::storage_unknown, nullptr,
                          [&] { return desk.admin.assign({.license = license, .person = ada}); });
  faulty->on_append = [](int) { return Fault::none; };
  testing::expect_refused(desk, Code::storage_unknown, nullptr,
                          [&] { return desk.admin.assign({.license = license, .person = bo}); });
  EXPECT_EQ(testing::code_of(desk.book.refresh()), Code::storage_unknown);
  EXPECT_EQ(desk.admin.usage(license).value().used, 0U);
  EXPECT_TRUE(told.empty());

  faulty->on_find = [](int) { return Fault::none; };
  if (resolved_by_refresh) {
    EXPECT_EQ(desk.book.refresh().value(), Version(before.value + (written ? 1 : 0)));
  }
  ASSERT_TRUE(desk.admin.assign({.license = license, .person = bo}));
  EXPECT_EQ(desk.admin.usage(license).value().used, written ? 2U : 1U);
  EXPECT_EQ(told, written ? (std::vector{ada, bo}) : std::vector{bo});
  EXPECT_TRUE(desk.findings().empty());
  EXPECT_EQ(Desk(inner).dump(), desk.dump());
}

TEST_P(StorageContract, AnUnknownOutcomeStopsWritesUntilItIsResolved) {
  for (const bool refresh : {false, true}) {
    lost_answer(GetParam().make(), Fault::unknown_written, true, refresh);
    lost_answer(GetParam().make(), Fault::unknown_not_written, false, refresh);
    lost_answer(GetParam().make(), Fault::thrown_after, true, refresh);
  }
}

TEST_P(StorageContract, ContradictingRecordsDoNotOpen) {
  const auto refused = [](std::vector<Put> puts) {
    const auto storage = memory_storage();
    EXPECT_TRUE(storage->append(batch(0, 1, std::move(puts))));
    return testing::code_of(Book::open(storage));
  };
  Person twin = person(2, "Twin");
  twin.email = " SOMEONE1@example.com ";
  EXPECT_EQ(refused({person(1, "Ada"), twin}), Code::storage_corrupt);
  EXPECT_EQ(refused({person(2, "Gap")}), Code::storage_corrupt);
  Assignment homeless;
  homeless.id = AssignmentId(1);
  homeless.license = LicenseId(1);
  homeless.person = PersonId(1);
  EXPECT_EQ(refused({person(1, "Ada"), homeless}), Code::storage_corrupt);
  HistoryTexts orphan;
  orphan.seq = Seq(1);
  EXPECT_EQ(refused({orphan}), Code::storage_corrupt);
  Person broken = person(1, "\xff");
  EXPECT_EQ(refused({broken}), Code::storage_corrupt);
  const ActorRecord root{ActorId(1), "root", std::nullopt};
  HistoryRow row;
  row.seq = Seq(1);
  row.batch = Version(1);
  row.kind = HistoryKind::person_added;
  row.person = PersonId(1);
  row.actor = ActorId(1);
  EXPECT_EQ(refused({person(1, "Ada"), root, row}), Code::ok);
  EXPECT_EQ(refused({person(1, "Ada"), row}), Code::storage_corrupt) << "no such actor";
  EXPECT_EQ(refused({root, row}), Code::storage_corrupt) << "no such person";
  row.license = LicenseId(std::uint64_t{1} << 63);
  EXPECT_EQ(refused({person(1, "Ada"), root, row}), Code::storage_corrupt);
  License license;
  license.id = LicenseId(1);
  license.name = "Vector";
  license.owner = PersonId(1);
  license.revision = Revision(1);
  EXPECT_EQ(refused({person(1, "Ada"), license}), Code::ok);
  EXPECT_EQ(refused({license}), Code::storage_corrupt) << "no such owner";
  license.policy = static_cast<CapacityPolicy>(9);
  EXPECT_EQ(refused({person(1, "Ada"), license}), Code::storage_corrupt);
}

TEST(StorageFaults, ClashingEmailsAreNamed) {
  RULE("C17");
  const auto storage = memory_storage();
  Person twin = person(2, "Twin");
  twin.email = "SOMEONE1@example.com";
  ASSERT_TRUE(storage->append(batch(0, 1, {person(1, "Ada"), twin})));
  const auto opened = Book::open(storage);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Code::storage_corrupt);
  EXPECT_EQ(opened.error().message, "the people 1 and 2 have the same email");
}

TEST(StorageFaults, AnotherUnicodeVersionIsWrittenDownWithTheNextBatch) {
  RULE("C17");
  const auto storage = memory_storage();
  ASSERT_TRUE(storage->append(batch(0, 1, {BookInfo{"1.0.0"}, person(1, "Ada")})));
  Desk desk(storage);
  EXPECT_NE(desk.dump().find("1.0.0"), std::string::npos);
  desk.person("Bo");
  EXPECT_EQ(desk.dump().find("1.0.0"), std::string::npos);
  EXPECT_EQ(Desk(storage).dump(), desk.dump());
}

/// Asks the book about something while the book lets it go.
TEST(StorageFaults, WhatTheHostGaveIsLetGoUnderNoLock) {
  class Curious final : public Storage {
   public:
    explicit Curious(std::shared_ptr<std::function<void()>> at_end) : at_end_(std::move(at_end)) {}
    Curious(const Curious&) = delete;
    Curious& operator=(const Curious&) = delete;
    ~Curious() override {
      if (*at_end_) (*at_end_)();
    }
    Result<Version> read(Version after, RecordSink& sink) override {
      return inner_->read(after, sink);
    }
    Result<void> append(const Batch& batch) override { return inner_->append(batch); }
    Result<std::optional<Version>> find(const Token& token) override { return inner_->find(token); }

   private:
    std::shared_ptr<Storage> inner_ = memory_storage();
    std::shared_ptr<std::function<void()>> at_end_;
  };
  const auto at_end = std::make_shared<std::function<void()>>();
  Code answered = Code::ok;
  std::weak_ptr<int> held_by_listener;
  {
    Desk desk(std::make_shared<Curious>(at_end));
    *at_end = [&answered, admin = desk.admin] {
      answered = testing::code_of(admin.get_person(PersonId(1)));
    };
    const auto held = std::make_shared<int>(1);
    held_by_listener = held;
    desk.book.subscribe([held, admin = desk.admin](const Event&) {});
    desk.book.close();
  }
  EXPECT_EQ(answered, Code::book_closed);
  EXPECT_TRUE(held_by_listener.expired()) << "a listener that holds a session keeps nothing alive";
}

TEST(StorageFaults, AStorageThatGoesBackIsNotFollowed) {
  const auto storage = memory_storage();
  class Shrinking final : public Storage {
   public:
    explicit Shrinking(std::shared_ptr<Storage> inner) : inner_(std::move(inner)) {}
    Result<Version> read(Version after, RecordSink& sink) override {
      if (shrunk) return Version(0);
      return inner_->read(after, sink);
    }
    Result<void> append(const Batch& batch) override { return inner_->append(batch); }
    Result<std::optional<Version>> find(const Token& token) override { return inner_->find(token); }
    bool shrunk = false;

   private:
    std::shared_ptr<Storage> inner_;
  };
  const auto shrinking = std::make_shared<Shrinking>(storage);
  Desk desk(shrinking);
  desk.person("Ada");
  shrinking->shrunk = true;
  testing::expect_refused(desk, Code::storage_corrupt, nullptr,
                          [&] { return desk.admin.add_person({.name = "Bo"}); });
}

TEST(StorageFaults, TheListenersOfOneBookHearOnlyItsOwnCommits) {
  RULE("C41");
  const auto storage = memory_storage();
  Desk one(storage);
  Desk two(storage);
  std::vector<Seq> told_one;
  std::vector<Seq> told_two;
  one.book.subscribe([&](const Event& event) { told_one.push_back(event.seq); });
  two.book.subscribe([&](const Event& event) { told_two.push_back(event.seq); });
  const auto license = one.license("Vector", 2);
  const auto seat = one.seat(license, one.person("Ada"));
  ASSERT_TRUE(two.admin.revoke({.assignment = seat}));
  two.seat(license, two.person("Bo"));
  ASSERT_TRUE(one.book.refresh());
  EXPECT_EQ(told_one.size(), 1U);
  EXPECT_EQ(told_two.size(), 2U);
  EXPECT_EQ(one.admin.events_after({}).value().events.size(), 3U);
}

}  // namespace
}  // namespace seatbook

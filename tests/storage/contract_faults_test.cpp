// Every call of a storage fails once, in every way there is, and for ever: what was acknowledged
// stays, what was refused does not come back, and the book goes on as its documentation says.
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "storage/contract.hpp"
#include "support/faulty_storage.hpp"
#include "support/rule.hpp"

namespace seatbook::testing {
namespace {

/// A script of calls that each commit one batch, each under a request id of its own, to be run
/// against failing storages. Answers how many were acknowledged.
int run_script(Desk& desk) {
  int acknowledged = 0;
  std::uint8_t requests = 0;
  const auto request = [&] { return token(++requests); };
  const auto count = [&](const auto& result) {
    if (result) ++acknowledged;
    return result.has_value();
  };
  auto& admin = desk.admin;
  PersonId owner;
  for (int attempt = 0; attempt < 2 && !owner; ++attempt) {
    const auto added = admin.add_person({.name = "Olga", .request_id = request()});
    if (count(added)) owner = added->person;
  }
  if (!owner) return acknowledged;
  const auto license = admin.add_license(
      {.name = "Vector", .total_seats = 2, .owner = owner, .request_id = request()});
  count(license);
  const auto ada =
      admin.add_person({.name = "Ada", .email = "ada@example.com", .request_id = request()});
  count(ada);
  if (license && ada) {
    const auto seat =
        admin.assign({.license = license->license, .person = ada->person, .request_id = request()});
    count(seat);
    if (seat) count(admin.revoke({.assignment = seat->assignment, .request_id = request()}));
    count(admin.set_total_seats(
        {.license = license->license, .total_seats = 5, .request_id = request()}));
    count(admin.archive_person({.person = ada->person, .request_id = request()}));
  }
  return acknowledged;
}
constexpr int script_calls = 7;

/// A fault at the call of that number, counted from 0, or at all from there on.
std::function<Fault(int)> fault_at(int failing, bool for_ever, Fault fault) {
  return [=](int call) {
    return (for_ever ? call >= failing : call == failing) ? fault : Fault::none;
  };
}

/// The sequence numbers of a book's events: those it told, and those that its history has.
std::vector<Seq> events_of(Desk& desk) {
  std::vector<Seq> events;
  for (const Event& event : desk.admin.events_after({}).value().events) events.push_back(event.seq);
  return events;
}

/// Runs the script on a storage with faults; then everything that was acknowledged has to be there,
/// in the book and after reopening, and nothing else.
void expect_nothing_lost(const StorageKind& kind,
                         const std::function<void(FaultyStorage&)>& set_faults) {
  StoragePointer inner = kind.make();
  std::string dump;
  {
    const auto faulty = std::make_shared<FaultyStorage>(inner);
    Desk desk(faulty);
    std::vector<Seq> told;
    desk.book.subscribe([&](const Event& event) { told.push_back(event.seq); });
    set_faults(*faulty);
    const int acknowledged = run_script(desk);
    EXPECT_TRUE(desk.findings().empty());
    EXPECT_EQ(desk.book.version(), Version(static_cast<std::uint64_t>(acknowledged)));
    EXPECT_EQ(faulty->locks, faulty->unlocks);
    EXPECT_EQ(told, events_of(desk)) << "events told are those of the commits, once each";
    dump = desk.dump();
  }
  inner = kind.reopen(std::move(inner));
  Desk reopened(inner);
  EXPECT_EQ(reopened.dump(), dump);
  EXPECT_TRUE(reopened.findings().empty());
}

TEST_P(StorageContract, AFailureAtAnyAppendLosesNothingAcknowledged) {
  const Fault faults[] = {Fault::failed, Fault::unknown_written, Fault::unknown_not_written,
                          Fault::thrown, Fault::thrown_after,    Fault::conflict};
  for (const Fault fault : faults) {
    for (const bool for_ever : {false, true}) {
      // A conflict that never ends is a test of its own.
      if (fault == Fault::conflict && for_ever) continue;
      for (int failing = 0; failing <= script_calls; ++failing) {
        SCOPED_TRACE(::testing::Message() << "fault " << static_cast<int>(fault) << " at append "
                                          << failing << (for_ever ? " for ever" : " once"));
        expect_nothing_lost(GetParam(), [&](FaultyStorage& faulty) {
          faulty.on_append = fault_at(failing, for_ever, fault);
        });
      }
    }
  }
}

TEST_P(StorageContract, AFailureAtAnyOtherCallLosesNothingAcknowledged) {
  const std::pair<const char*, std::function<Fault(int)> FaultyStorage::*> calls[] = {
      {"read", &FaultyStorage::on_read},
      {"find", &FaultyStorage::on_find},
      {"lock", &FaultyStorage::on_lock}};
  for (const auto& [name, call] : calls) {
    for (const Fault fault : {Fault::failed, Fault::unknown_not_written, Fault::thrown}) {
      for (const bool for_ever : {false, true}) {
        for (int failing = 0; failing <= script_calls; ++failing) {
          SCOPED_TRACE(::testing::Message()
                       << "fault " << static_cast<int>(fault) << " at " << name << " " << failing
                       << (for_ever ? " for ever" : " once"));
          expect_nothing_lost(GetParam(), [&](FaultyStorage& faulty) {
            // The opening of the desk has read once.
            faulty.reads = 0;
            faulty.*call = fault_at(failing, for_ever, fault);
          });
        }
      }
    }
  }
}

/// The answer of one append is lost, and find() cannot tell, from there on, until all is well
/// again.
void lose_an_answer(const StorageKind& kind, int losing, Fault fault, bool written) {
  StoragePointer inner = kind.make();
  std::string dump;
  {
    const auto faulty = std::make_shared<FaultyStorage>(inner);
    Desk desk(faulty);
    std::vector<Seq> told;
    desk.book.subscribe([&](const Event& event) { told.push_back(event.seq); });
    faulty->on_append = [=, &faulty = *faulty](int call) {
      if (call != losing) return Fault::none;
      faulty.on_find = [](int) { return Fault::failed; };
      return fault;
    };
    const int acknowledged = run_script(desk);
    EXPECT_EQ(acknowledged, losing) << "nothing is taken until it is known";
    EXPECT_EQ(desk.book.version().value, static_cast<std::uint64_t>(losing));
    faulty->on_find = [](int) { return Fault::none; };
    EXPECT_EQ(desk.book.refresh().value().value,
              static_cast<std::uint64_t>(losing) + (written ? 1 : 0));
    desk.person("Afterwards");
    EXPECT_TRUE(desk.findings().empty());
    EXPECT_EQ(told, events_of(desk)) << "those of the batch that was found, too";
    dump = desk.dump();
  }
  inner = kind.reopen(std::move(inner));
  EXPECT_EQ(Desk(inner).dump(), dump);
}

TEST_P(StorageContract, AnAnswerLostAtAnyAppendIsLookedUp) {
  for (int losing = 0; losing < script_calls; ++losing) {
    SCOPED_TRACE(::testing::Message() << "append " << losing);
    lose_an_answer(GetParam(), losing, Fault::unknown_written, true);
    lose_an_answer(GetParam(), losing, Fault::unknown_not_written, false);
    lose_an_answer(GetParam(), losing, Fault::thrown_after, true);
    lose_an_answer(GetParam(), losing, Fault::thrown, false);
  }
}

TEST_P(StorageContract, FailingReadsAndLocksRefuseTheCallAndNothingElse) {
  for (const Fault fault : {Fault::failed, Fault::thrown}) {
    const auto faulty = std::make_shared<FaultyStorage>(storage_);
    Desk desk(faulty);
    const auto failing = [&](int) { return fault; };
    const auto fine = [](int) { return Fault::none; };
    faulty->on_read = failing;
    expect_refused(desk, Code::storage_failed, nullptr,
                   [&] { return desk.admin.add_person({.name = "Ada"}); });
    EXPECT_EQ(code_of(desk.book.refresh()), Code::storage_failed);
    faulty->on_read = fine;
    faulty->on_lock = failing;
    expect_refused(desk, Code::storage_failed, nullptr,
                   [&] { return desk.admin.add_person({.name = "Ada"}); });
    faulty->on_lock = fine;
    EXPECT_TRUE(desk.admin.add_person({.name = "Ada"}));
    EXPECT_EQ(faulty->locks, faulty->unlocks);
  }
}

TEST_P(StorageContract, ABookDoesNotOpenOnAStorageThatCannotBeRead) {
  const auto faulty = std::make_shared<FaultyStorage>(storage_);
  faulty->on_read = [](int) { return Fault::failed; };
  EXPECT_EQ(code_of(Book::open(faulty)), Code::storage_failed);
}

/// Once: it waits long between its attempts, and the storage beneath is not asked.
TEST(StorageFaults, AnEndlessConflictIsGivenUp) {
  const auto faulty = std::make_shared<FaultyStorage>(memory_storage());
  Desk desk(faulty);
  faulty->on_append = [](int) { return Fault::conflict; };
  expect_refused(desk, Code::conflict, nullptr,
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
  expect_refused(desk, Code::storage_unknown, nullptr,
                 [&] { return desk.admin.assign({.license = license, .person = ada}); });
  faulty->on_append = [](int) { return Fault::none; };
  expect_refused(desk, Code::storage_unknown, nullptr,
                 [&] { return desk.admin.assign({.license = license, .person = bo}); });
  EXPECT_EQ(code_of(desk.book.refresh()), Code::storage_unknown);
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

}  // namespace
}  // namespace seatbook::testing

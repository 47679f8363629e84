// Fails each storage call in every way, once and from then on: acknowledged commands stay, refused
// commands do not reappear, and the book behaves as documented.
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

/// Runs a script of commands on a storage that may fail. Each command commits one batch with a
/// unique request id. Returns how many were acknowledged.
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

/// Returns `fault` for call number `failing`, counted from 0, and for all later ones if `always`.
std::function<Fault(int)> fault_at(int failing, bool always, Fault fault) {
  return
      [=](int call) { return (always ? call >= failing : call == failing) ? fault : Fault::none; };
}

/// Returns the sequence numbers of the events in a book's history.
std::vector<Seq> events_of(Desk& desk) {
  std::vector<Seq> events;
  for (const Event& event : desk.admin.events_after({}).value().events) events.push_back(event.seq);
  return events;
}

/// Runs the script on a storage with faults. Expects exactly the acknowledged batches, in the book
/// and after reopening.
void expect_nothing_lost(const StorageKind& kind,
                         const std::function<void(FaultyStorage&)>& set_faults) {
  StoragePointer inner = kind.make();
  std::string dump;
  {
    const auto faulty = std::make_shared<FaultyStorage>(inner);
    Desk desk(faulty);
    std::vector<Seq> published;
    desk.book.subscribe([&](const Event& event) { published.push_back(event.seq); });
    set_faults(*faulty);
    const int acknowledged = run_script(desk);
    EXPECT_TRUE(desk.findings().empty());
    EXPECT_EQ(desk.book.version(), Version(static_cast<std::uint64_t>(acknowledged)));
    EXPECT_EQ(faulty->locks, faulty->unlocks);
    EXPECT_EQ(published, events_of(desk)) << "each committed event is published once";
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
    for (const bool always : {false, true}) {
      // StorageFaults.GivesUpAfterEndlessConflicts tests permanent conflicts.
      if (fault == Fault::conflict && always) continue;
      for (int failing = 0; failing <= script_calls; ++failing) {
        SCOPED_TRACE(::testing::Message() << "fault " << static_cast<int>(fault) << " at append "
                                          << failing << (always ? " and all later ones" : " once"));
        expect_nothing_lost(GetParam(), [&](FaultyStorage& faulty) {
          faulty.on_append = fault_at(failing, always, fault);
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
      for (const bool always : {false, true}) {
        for (int failing = 0; failing <= script_calls; ++failing) {
          SCOPED_TRACE(::testing::Message()
                       << "fault " << static_cast<int>(fault) << " at " << name << " " << failing
                       << (always ? " and all later ones" : " once"));
          expect_nothing_lost(GetParam(), [&](FaultyStorage& faulty) {
            // Opening the book has read once.
            faulty.reads = 0;
            faulty.*call = fault_at(failing, always, fault);
          });
        }
      }
    }
  }
}

/// Loses the reply of one append and fails find() from then on, until the end of the script.
void lose_a_reply(const StorageKind& kind, int losing, Fault fault, bool written) {
  StoragePointer inner = kind.make();
  std::string dump;
  {
    const auto faulty = std::make_shared<FaultyStorage>(inner);
    Desk desk(faulty);
    std::vector<Seq> published;
    desk.book.subscribe([&](const Event& event) { published.push_back(event.seq); });
    faulty->on_append = [=, &faulty = *faulty](int call) {
      if (call != losing) return Fault::none;
      faulty.on_find = [](int) { return Fault::failed; };
      return fault;
    };
    const int acknowledged = run_script(desk);
    EXPECT_EQ(acknowledged, losing) << "no command succeeds until the outcome is known";
    EXPECT_EQ(desk.book.version().value, static_cast<std::uint64_t>(losing));
    faulty->on_find = [](int) { return Fault::none; };
    EXPECT_EQ(desk.book.refresh().value().value,
              static_cast<std::uint64_t>(losing) + (written ? 1 : 0));
    desk.person("Afterwards");
    EXPECT_TRUE(desk.findings().empty());
    EXPECT_EQ(published, events_of(desk)) << "including the batch that was found later";
    dump = desk.dump();
  }
  inner = kind.reopen(std::move(inner));
  EXPECT_EQ(Desk(inner).dump(), dump);
}

TEST_P(StorageContract, AReplyLostAtAnyAppendIsLookedUp) {
  for (int losing = 0; losing < script_calls; ++losing) {
    SCOPED_TRACE(::testing::Message() << "append " << losing);
    lose_a_reply(GetParam(), losing, Fault::unknown_written, true);
    lose_a_reply(GetParam(), losing, Fault::unknown_not_written, false);
    lose_a_reply(GetParam(), losing, Fault::thrown_after, true);
    lose_a_reply(GetParam(), losing, Fault::thrown, false);
  }
}

TEST_P(StorageContract, FailingReadsAndLocksFailOnlyTheCall) {
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

/// Not part of the contract suite: the waits between the attempts are long, and the inner storage
/// is not called.
TEST(StorageFaults, GivesUpAfterEndlessConflicts) {
  const auto faulty = std::make_shared<FaultyStorage>(memory_storage());
  Desk desk(faulty);
  faulty->on_append = [](int) { return Fault::conflict; };
  expect_refused(desk, Code::conflict, nullptr,
                 [&] { return desk.admin.add_person({.name = "Ada"}); });
  EXPECT_GT(faulty->appends, 10);
  faulty->on_append = [](int) { return Fault::none; };
  EXPECT_TRUE(desk.admin.add_person({.name = "Ada"}));
}

/// Expects that commands fail, but queries work, while the outcome of a batch is unknown.
void expect_commands_stopped(const std::shared_ptr<Storage>& inner, Fault fault, bool written,
                             bool resolved_by_refresh) {
  SCOPED_TRACE(::testing::Message()
               << "written " << written << ", refresh " << resolved_by_refresh);
  const auto faulty = std::make_shared<FaultyStorage>(inner);
  Desk desk(faulty);
  const auto license = desk.license("Vector", 5);
  const auto ada = desk.person("Ada");
  const auto bo = desk.person("Bo");
  std::vector<PersonId> published;
  desk.book.subscribe([&](const Event& event) { published.push_back(event.person); });

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
  EXPECT_TRUE(published.empty());

  faulty->on_find = [](int) { return Fault::none; };
  if (resolved_by_refresh) {
    EXPECT_EQ(desk.book.refresh().value(), Version(before.value + (written ? 1 : 0)));
  }
  ASSERT_TRUE(desk.admin.assign({.license = license, .person = bo}));
  EXPECT_EQ(desk.admin.usage(license).value().used, written ? 2U : 1U);
  EXPECT_EQ(published, written ? (std::vector{ada, bo}) : std::vector{bo});
  EXPECT_TRUE(desk.findings().empty());
  EXPECT_EQ(Desk(inner).dump(), desk.dump());
}

TEST_P(StorageContract, AnUnknownOutcomeStopsWritesUntilItIsResolved) {
  for (const bool refresh : {false, true}) {
    expect_commands_stopped(GetParam().make(), Fault::unknown_written, true, refresh);
    expect_commands_stopped(GetParam().make(), Fault::unknown_not_written, false, refresh);
    expect_commands_stopped(GetParam().make(), Fault::thrown_after, true, refresh);
  }
}

}  // namespace
}  // namespace seatbook::testing

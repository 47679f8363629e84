// Tests commands that are decided on batches of other processes that are not durable yet.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "storage/records.hpp"
#include "support/allocations.hpp"
#include "support/books.hpp"
#include "support/grouped_calls.hpp"
#include "support/rule.hpp"
#include "support/shared_server.hpp"

namespace seatbook::testing {
namespace {

/// A book on a server, and one of another process, whose batches are read before they are durable.
struct TwoProcesses : Team {
  explicit TwoProcesses(SeatTotal total, std::size_t size = 6)
      : TwoProcesses(total, size, std::make_shared<SharedServer>()) {}
  TwoProcesses(SeatTotal total, std::size_t size, std::shared_ptr<SharedServer> shared)
      : Team(total, size, std::make_shared<SharedStorage>(shared)),
        server(std::move(shared)),
        own(static_cast<SharedStorage&>(*storage->inner())),
        late(std::make_shared<SharedStorage>(server)),
        other(late) {
    late->appends_late = true;
    own.syncs = 0;
    storage->syncs = 0;
    storage->on_append = storage->on_group = [this](int) { return expect_durable(); };
    storage->on_sync = [this](int) { return expect_durable(); };
  }

  /// Expects that no reader sees what a crash could undo. Called while a command runs.
  Fault expect_durable() {
    std::thread([this] {
      EXPECT_LE(desk.book.version(), server->durable_version());
      EXPECT_TRUE(desk.admin.usage(license)) << "readers do not wait";
    }).join();
    return Fault::none;
  }
  /// Expects that the book shows exactly what the server has after a crash.
  void expect_nothing_lost() {
    server->crash();
    EXPECT_EQ(desk.book.version(), server->durable_version());
    const Desk stored(std::make_shared<SharedStorage>(server));
    EXPECT_EQ(desk.dump(), stored.dump());
    EXPECT_EQ(stored.findings(), std::vector<std::string>{});
  }
  /// Calls `write` between the lock and the read of the group's leader.
  void before_the_group_reads(const std::function<void()>& write) {
    const int read = storage->reads + 1;  // the one behind the call that holds the lock
    storage->on_read = [=](int call) {
      if (call == read) write();
      return Fault::none;
    };
  }

  std::shared_ptr<SharedServer> server;
  SharedStorage& own;
  std::shared_ptr<SharedStorage> late;
  Desk other;
};

TEST(Pending, BatchesBecomeDurableWithTheBatchThatIsBasedOnThem) {
  RULE("C43");
  TwoProcesses two(2);
  std::vector<PersonId> events;
  two.desk.book.subscribe([&](const Event& event) { events.push_back(event.person); });
  two.other.seat(two.license, two.people[0]);
  EXPECT_LT(two.server->durable_version(), two.other.book.version());
  const auto seat = assign(two.license, two.people[1])(two.desk.admin);
  ASSERT_TRUE(seat);
  EXPECT_EQ(seat->assignment, AssignmentId(2));
  EXPECT_EQ(seat->version.value, two.other.book.version().value + 1);
  EXPECT_EQ(two.own.syncs, 0) << "one sync for both";
  EXPECT_EQ(events, std::vector<PersonId>{two.people[1]}) << "events are of this book's commits";
  two.expect_nothing_lost();
  EXPECT_EQ(code_of(assign(two.license, two.people[2])(two.desk.admin)), Code::no_seats_remaining);
  EXPECT_EQ(two.own.syncs, 0) << "nothing was read";
}

/// Calls that change nothing because of what the other process has written, and their results.
struct Unchanging {
  SeatCall call;
  Code code;
};
std::vector<Unchanging> unchanging_calls(TwoProcesses& two) {
  RequestId id;
  id.bytes.fill(7);
  const AssignmentId seat(1);
  const Timestamp used = two.desk.clock->now();
  const auto granted = assign(two.license, two.people[0], id)(two.other.admin);
  EXPECT_TRUE(granted);
  EXPECT_TRUE(two.other.admin.edit_seat({.assignment = seat, .notes = std::string("note")}));
  EXPECT_TRUE(two.other.admin.record_use({.assignment = seat, .used_at = used}));
  return {
      {assign(two.license, two.people[0]), Code::already_assigned},
      {assign(two.license, two.people[1]), Code::no_seats_remaining},
      {assign(two.license, two.people[1], id), Code::repeated_request},
      {call(&Session::edit_seat, {.assignment = seat, .notes = std::string("note")}), Code::ok},
      {call(&Session::edit_seat, {.assignment = seat, .expected_revision = Revision(1)}),
       Code::stale_revision},
      {call(&Session::record_use, {.assignment = seat, .used_at = used}), Code::ok},
  };
}

TEST(Pending, BatchesAreSyncedOutsideTheLockBeforeAnythingElseIsReturned) {
  RULE("C43", "C58");
  for (std::size_t i = 0; i < 6; ++i) {
    SCOPED_TRACE("call " + std::to_string(i));
    TwoProcesses two(1);
    const Unchanging unchanging = unchanging_calls(two)[i];
    const Receipt receipt = unchanging.call(two.desk.admin);
    EXPECT_EQ(to_string(code_of(receipt)), to_string(unchanging.code));
    if (receipt) {
      EXPECT_EQ(receipt->version, two.other.book.version());
    }
    EXPECT_EQ(two.own.syncs, 1);
    EXPECT_EQ(two.own.syncs_under_lock, 0);
    EXPECT_EQ(two.desk.book.version(), two.other.book.version());
    two.expect_nothing_lost();
  }
}

TEST(Pending, BatchesWhoseSyncFailsGiveNoResult) {
  RULE("C43");
  for (const Fault fault : {Fault::failed, Fault::thrown, Fault::unknown_written}) {
    TwoProcesses two(1);
    const auto unchanging = unchanging_calls(two);
    const std::string before = two.desk.dump();
    two.storage->on_sync = [=](int) { return fault; };
    for (const auto& [call, code] : unchanging) {
      EXPECT_EQ(code_of(call(two.desk.admin)), Code::storage_failed);
    }
    EXPECT_EQ(two.storage->syncs, 6);
    EXPECT_EQ(two.desk.dump(), before);
    two.expect_nothing_lost();
    two.storage->on_sync = [](int) { return Fault::none; };
    EXPECT_EQ(code_of(assign(two.license, two.people[1])(two.desk.admin)), Code::ok)
        << "the seat is free again";
    two.expect_nothing_lost();
  }
}

TEST(Pending, BatchesAreSyncedBeforeARefreshReturns) {
  TwoProcesses two(3);
  two.other.seat(two.license, two.people[0]);
  EXPECT_EQ(two.desk.book.refresh().value(), two.other.book.version());
  two.expect_nothing_lost();
  two.other.seat(two.license, two.people[1]);
  Session later = two.desk.admin.at_least(two.other.book.version());
  EXPECT_EQ(later.usage(two.license)->used, 2U);
  EXPECT_EQ(two.own.syncs, 2);
  EXPECT_EQ(two.own.syncs_under_lock, 0);
  two.expect_nothing_lost();
}

TEST(Pending, BatchesThatTheViewDoesNotCoverAreSyncedFirst) {
  RULE("A7", "C50");
  const std::vector<std::function<void(TwoProcesses&)>> changes = {
      [](auto& two) { two.other.person("Late"); },
      [](auto& two) { EXPECT_TRUE(two.other.admin.archive_person({.person = two.people[0]})); },
      [](auto& two) { EXPECT_TRUE(two.other.admin.archive_license({.license = two.license})); },
      [](auto& two) {
        EXPECT_TRUE(two.other.admin.set_total_seats({.license = two.license, .total_seats = 0}));
      }};
  const Code codes[] = {Code::ok, Code::person_archived, Code::license_archived,
                        Code::no_seats_remaining};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    TwoProcesses two(1);
    changes[i](two);
    two.storage->on_append = [&](int) {
      EXPECT_EQ(two.own.syncs, 1) << "before the decision";
      return two.expect_durable();
    };
    EXPECT_EQ(code_of(assign(two.license, two.people[0])(two.desk.admin)), codes[i]);
    EXPECT_EQ(two.own.syncs, 1);
    two.expect_nothing_lost();
  }
}

TEST(Pending, BatchesAreSyncedBeforeACommandThatRunsAlone) {
  TwoProcesses two(2);
  two.other.seat(two.license, two.people[0]);
  two.storage->on_append = [&](int) {
    EXPECT_EQ(two.own.syncs, 1);
    return two.expect_durable();
  };
  const auto added = two.desk.admin.assign_many(
      {.license = two.license, .people = {two.people[1], two.people[2]}});
  ASSERT_TRUE(added);
  EXPECT_EQ(added->outcomes[0].code, Code::ok);
  EXPECT_EQ(added->outcomes[1].code, Code::no_seats_remaining);
  two.expect_nothing_lost();
}

TEST(Pending, RecordsAreTheNewestOfSeveralBatches) {
  RULE("A43", "A44", "A45", "C54", "C55");
  TwoProcesses two(2);
  const auto [ada, bo] = std::pair(two.people[0], two.people[1]);
  const AssignmentId known = two.desk.seat(two.license, ada);
  ASSERT_TRUE(two.other.admin.revoke({.assignment = known}));
  const AssignmentId again = two.other.seat(two.license, ada);
  const AssignmentId given_up = two.other.seat(two.license, bo);
  const auto moved = two.other.admin.transfer({.assignment = given_up, .person = two.people[2]});
  ASSERT_TRUE(moved);
  const Receipt held = assign(two.license, ada)(two.desk.admin);
  EXPECT_EQ(code_of(held), Code::already_assigned);
  EXPECT_EQ(held.error().values, std::vector<std::uint64_t>{again.value});
  two.expect_nothing_lost();

  TwoProcesses group(3, 8);
  const AssignmentId first = group.desk.seat(group.license, group.people[0]);
  group.before_the_group_reads([&] {
    Session& other = group.other.admin;
    ASSERT_TRUE(other.revoke({.assignment = first}));
    ASSERT_TRUE(other.assign({.license = group.license, .person = group.people[0]}));         // 2
    ASSERT_TRUE(other.assign({.license = group.license, .person = group.people[1]}));         // 3
    ASSERT_TRUE(other.transfer({.assignment = AssignmentId(3), .person = group.people[2]}));  // 4
  });
  const auto receipts = group.together({
      revoke(first), revoke(AssignmentId(3)), assign(group.license, group.people[0]),
      assign(group.license, group.people[2]), assign(group.license, group.people[1]),  // 5
      assign(group.license, group.people[3]),                           // no seat is left
      revoke(AssignmentId(4)), assign(group.license, group.people[3]),  // 6
  });
  std::vector<Code> codes;
  for (const auto& receipt : receipts) codes.push_back(code_of(receipt));
  EXPECT_EQ(codes, (std::vector<Code>{Code::already_revoked, Code::already_revoked,
                                      Code::already_assigned, Code::already_assigned, Code::ok,
                                      Code::no_seats_remaining, Code::ok, Code::ok}));
  EXPECT_EQ(receipts[3].error().values, std::vector<std::uint64_t>{4});
  EXPECT_EQ(receipts[7]->assignment, AssignmentId(6));
  EXPECT_EQ(group.own.syncs, 0) << "refusals next to a commit are durable with it";
  group.expect_nothing_lost();
}

TEST(Pending, BatchesAndAGroupShareTheSeatsOfALicense) {
  RULE("A43");
  TwoProcesses two(100, 114);
  two.before_the_group_reads([&] {
    for (std::size_t i = 64; i < 114; ++i) two.other.seat(two.license, two.people[i]);
  });
  const auto receipts = two.together(two.one_seat_each(64));
  for (std::size_t i = 0; i < 64; ++i) {
    EXPECT_EQ(code_of(receipts[i]), i < 50 ? Code::ok : Code::no_seats_remaining);
  }
  EXPECT_EQ(two.own.syncs, 0);
  EXPECT_EQ(two.storage->groups, 1);
  two.expect_nothing_lost();
}

TEST(Pending, ThatACrashUndoesAreNotDecidedOn) {
  TwoProcesses two(2);
  two.other.seat(two.license, two.people[0]);
  two.storage->on_append = [&](int call) {
    if (call == 0) two.server->crash();
    return Fault::none;  // a conflict: the base is gone
  };
  const auto seat = assign(two.license, two.people[1])(two.desk.admin);
  ASSERT_TRUE(seat);
  EXPECT_EQ(seat->assignment, AssignmentId(1)) << "decided again";
  EXPECT_EQ(two.desk.book.stats()->conflicts, 1U);
  two.expect_nothing_lost();
}

TEST(Pending, ThatACrashUndoesBeforeTheSyncAreNotReported) {
  TwoProcesses two(1);
  two.other.seat(two.license, two.people[0]);
  two.storage->on_sync = [&](int) {
    two.server->crash();
    return Fault::none;
  };
  const SeatCall call = assign(two.license, two.people[1]);
  EXPECT_EQ(code_of(call(two.desk.admin)), Code::storage_failed);
  two.expect_nothing_lost();
  EXPECT_EQ(code_of(call(two.desk.admin)), Code::ok);
  two.expect_nothing_lost();
}

TEST(Pending, BatchesOfAGroupThatFailsAreReadAgain) {
  RULE("C43");
  const auto run = [](const std::function<void(FaultyStorage&)>& fail) {
    TwoProcesses two(2);
    two.before_the_group_reads([&] { two.other.seat(two.license, two.people[0]); });
    fail(*two.storage);
    const auto receipts = two.together({assign(two.license, two.people[0]),  // has one
                                        assign(two.license, two.people[1]),  // the last one
                                        assign(two.license, two.people[2])});
    std::vector<Code> codes;
    for (const auto& receipt : receipts) codes.push_back(code_of(receipt));
    two.storage->on_append = two.storage->on_group =
        two.storage->on_find = [](int) { return Fault::none; };
    EXPECT_LE(two.desk.book.version(), two.server->durable_version());
    EXPECT_TRUE(two.desk.book.refresh());
    two.expect_nothing_lost();
    EXPECT_EQ(two.own.syncs_under_lock, 0);
    return codes;
  };
  const std::vector<Code> decided = {Code::already_assigned, Code::ok, Code::no_seats_remaining};
  const auto first_only = [](Fault fault) {
    return [=](int call) { return call == 0 ? fault : Fault::none; };
  };
  for (const Fault fault :
       {Fault::conflict, Fault::unknown_written, Fault::unknown_not_written, Fault::thrown_after}) {
    SCOPED_TRACE("fault " + std::to_string(static_cast<int>(fault)));
    const auto codes = run([&](FaultyStorage& storage) { storage.on_append = first_only(fault); });
    if (fault == Fault::unknown_not_written) {
      EXPECT_EQ(codes, std::vector<Code>(3, Code::storage_failed));
    } else {
      EXPECT_EQ(codes, decided);
    }
  }
  EXPECT_EQ(
      run([](FaultyStorage& storage) { storage.on_append = [](int) { return Fault::failed; }; }),
      std::vector<Code>(3, Code::storage_failed))
      << "the refusals would rest on what is not durable";
  EXPECT_EQ(run([](FaultyStorage& storage) {
              storage.on_append = [](int) { return Fault::unknown_written; };
              storage.on_find = [](int) { return Fault::failed; };
            }),
            std::vector<Code>(3, Code::storage_unknown));
}

TEST(Pending, BatchesOfAGroupThatIsTriedOneByOneAreDurableBeforeARefusal) {
  TwoProcesses two(3);
  two.before_the_group_reads([&] { two.other.seat(two.license, two.people[0]); });
  two.storage->on_group = [](int) { return Fault::failed; };
  const auto receipts =
      two.together({assign(two.license, two.people[0]), assign(two.license, two.people[1]),
                    assign(two.license, two.people[2])});
  EXPECT_EQ(code_of(receipts[0]), Code::already_assigned);
  EXPECT_TRUE(receipts[1]);
  EXPECT_TRUE(receipts[2]);
  EXPECT_EQ(two.own.syncs, 1);
  EXPECT_EQ(two.own.syncs_under_lock, 0);
  two.expect_nothing_lost();
}

TEST(Pending, BatchesOnWhichAWholeGroupIsRefusedAreSyncedOnce) {
  for (const Fault fault : {Fault::none, Fault::failed}) {
    TwoProcesses two(1);
    two.before_the_group_reads([&] { two.other.seat(two.license, two.people[0]); });
    two.storage->on_sync = [=](int) { return fault; };
    const auto receipts = two.together(two.one_seat_each(3));
    EXPECT_EQ(two.storage->syncs, 1);
    for (std::size_t i = 0; i < 3; ++i) {
      const Code refusal = i == 0 ? Code::already_assigned : Code::no_seats_remaining;
      EXPECT_EQ(code_of(receipts[i]), fault == Fault::none ? refusal : Code::storage_failed);
    }
    two.expect_nothing_lost();
  }
}

TEST(Pending, BatchesInFrontOfAPartOfAGroupAreDurableWithThatPart) {
  TwoProcesses two(10, 6);
  two.before_the_group_reads([&] { two.other.seat(two.license, two.people[5]); });
  two.storage->on_group = [](int call) { return call == 0 ? Fault::partly_written : Fault::none; };
  const auto receipts = two.together(two.one_seat_each(4));
  for (std::size_t i = 0; i < 4; ++i) {
    ASSERT_TRUE(receipts[i]);
    EXPECT_EQ(receipts[i]->assignment, AssignmentId(i + 2)) << "each is executed once";
  }
  two.expect_nothing_lost();
}

TEST(Pending, BatchesAreNotLaterThanTheOneThatIsBasedOnThem) {
  RULE("C52");
  TwoProcesses two(5);
  Timestamp last = two.desk.clock->now();
  for (std::size_t i = 0; i < 2; ++i) {
    last.us += second_us;
    two.other.clock->set(last);
    two.other.seat(two.license, two.people[i]);
  }
  const AssignmentId seat = two.desk.seat(two.license, two.people[2]);
  EXPECT_EQ(two.desk.admin.get_assignment(seat)->assigned_at, last);
  two.expect_nothing_lost();
}

TEST(Pending, RecordsThatContradictTheTablesAreRejectedBeforeADecision) {
  const auto damaged = [](auto change) {
    TwoProcesses two(3);
    const AssignmentId known = two.desk.seat(two.license, two.people[0]);
    ASSERT_TRUE(two.desk.admin.revoke({.assignment = known}));
    two.other.seat(two.license, two.people[0]);
    change(two.server->batches.back().images);
    const std::size_t stored = two.server->batches.size();
    EXPECT_EQ(code_of(assign(two.license, two.people[2])(two.desk.admin)), Code::storage_corrupt);
    EXPECT_EQ(two.server->batches.size(), stored) << "nothing was written";
    EXPECT_EQ(code_of(two.desk.admin.people()), Code::book_needs_reopen);
  };
  const auto in_seat = [&](auto change) {
    damaged([&](std::vector<RecordImage>& images) {
      for (RecordImage& image : images) {
        if (auto* seat = std::get_if<Assignment>(&image)) change(*seat);
      }
    });
  };
  in_seat([](Assignment& seat) { seat.license = LicenseId(9); });
  in_seat([](Assignment& seat) { seat.person = PersonId(99); });
  in_seat([](Assignment& seat) { seat.assigned_by = ActorId(9); });
  in_seat([](Assignment& seat) { seat.id = AssignmentId(3); });
  in_seat([](Assignment& seat) { seat.id = AssignmentId(1); });
  in_seat([](Assignment& seat) { seat.notes = "\xff"; });
  damaged([](std::vector<RecordImage>& images) {
    images.emplace_back(LastUse{AssignmentId(7), instant("2026-03-01T12:00:00Z")});
  });
  damaged([](std::vector<RecordImage>& images) {
    for (RecordImage& image : images) {
      if (auto* row = std::get_if<HistoryRow>(&image)) row->seq.value += 1;
    }
  });
  damaged([](std::vector<RecordImage>& images) {
    images.emplace_back(ActorRecord{ActorId(5), "gap", {}});
  });
}

TEST(Pending, BatchesAreNotReportedIfMemoryRunsOut) {
  for (const bool refused : {false, true}) {
    int failures = 0;
    for (int allowed = 0;; ++allowed) {
      SCOPED_TRACE("allocations that succeed: " + std::to_string(allowed));
      TwoProcesses two(2);
      two.storage->on_append = two.storage->on_sync = [](int) { return Fault::none; };
      for (std::size_t i = 0; i < 2; ++i) {
        const auto seat = two.other.admin.assign({.license = two.license,
                                                  .person = two.people[i],
                                                  .notes = "with a long note, to copy"});
        ASSERT_TRUE(seat);
        if (i == 1 && !refused) {
          ASSERT_TRUE(two.other.admin.revoke({.assignment = seat->assignment}));
        }
      }
      const SeatCall call = assign(two.license, two.people[2]);
      allocations_left = allowed;
      const auto receipt = call(two.desk.admin);
      const bool ran_out = allocations_left < 0;
      allocations_left = -1;
      const Code code = code_of(receipt);
      if (code == Code::ok || code == Code::no_seats_remaining) {
        EXPECT_EQ(code, refused ? Code::no_seats_remaining : Code::ok);
        two.expect_nothing_lost();
      } else if (code == Code::book_needs_reopen) {  // between the storage and the tables
        EXPECT_EQ(code_of(two.desk.admin.people()), Code::book_needs_reopen);
      } else {
        EXPECT_TRUE(code == Code::out_of_memory || code == Code::storage_failed) << to_string(code);
        two.expect_nothing_lost();
      }
      if (!ran_out) break;
      ++failures;
    }
    EXPECT_GT(failures, 5);
  }
}

TEST(Pending, BatchesGiveTheSameResultsAsBatchesInTheTables) {
  int pending = 0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const auto server = std::make_shared<SharedServer>();
    GroupDesk groups(std::make_shared<SharedStorage>(server));
    const auto late = std::make_shared<SharedStorage>(server);
    late->appends_late = true;
    Desk other(late);
    Desk single(memory_storage());
    fill(single);
    fill(groups.desk);
    RandomCalls random(seed);
    for (int round = 0; round < 4; ++round) {
      std::vector<SeatCall> foreign;
      std::vector<SeatCall> calls;
      for (std::uint32_t i = 0; i < 1 + seed % 9; ++i) foreign.push_back(random.next());
      for (std::uint32_t i = 0; i < 2 + seed % 13; ++i) calls.push_back(random.next());
      const int read = groups.storage->reads + 1;
      groups.storage->on_read = [&](int call) {
        if (call != read) return Fault::none;
        const Version before = other.book.refresh().value();
        for (const SeatCall& write : foreign) {
          EXPECT_EQ(code_of(write(other.admin)), code_of(write(single.admin)));
        }
        pending += before == other.book.version() ? 0 : 1;
        return Fault::none;
      };
      const auto receipts = groups.together(calls);
      for (std::size_t i = 0; i < calls.size(); ++i) {
        const Receipt alone = calls[i](single.admin);
        ASSERT_EQ(to_string(code_of(receipts[i])), to_string(code_of(alone))) << "call " << i;
        if (alone) {
          EXPECT_EQ(*receipts[i], *alone) << "call " << i;
        } else {
          EXPECT_EQ(receipts[i].error().message, alone.error().message);
          EXPECT_EQ(receipts[i].error().values, alone.error().values);
        }
      }
    }
    groups.storage->on_read = [](int /*call*/) { return Fault::none; };  // the other one has ended
    EXPECT_EQ(groups.desk.dump(), single.dump());
    EXPECT_EQ(groups.stored(), single.dump());
    EXPECT_EQ(groups.desk.findings(), std::vector<std::string>{});
  }
  EXPECT_GT(pending, 100) << "the other book must have written";
}

}  // namespace
}  // namespace seatbook::testing

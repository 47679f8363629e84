// Tests what holds when a book commits several calls as one group.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "support/allocations.hpp"
#include "support/books.hpp"
#include "support/faulty_storage.hpp"
#include "support/grouped_calls.hpp"
#include "support/rule.hpp"

namespace seatbook::testing {
namespace {

// --------------------------------------------------------------------------------- size and order

TEST(Groups, OfEachSizeAreOneAppendInTheOrderOfTheQueue) {
  for (const std::size_t size : {1U, 2U, 64U}) {
    Team team(100, size);
    const Version before = team.desk.book.version();
    const auto receipts = team.together(team.one_seat_each(size));
    for (std::size_t i = 0; i < size; ++i) {
      ASSERT_TRUE(receipts[i]) << receipts[i].error().message;
      EXPECT_EQ(receipts[i]->version.value, before.value + i + 1);
      EXPECT_EQ(receipts[i]->assignment.value, i + 1);
    }
    EXPECT_EQ(team.storage->groups, size == 1 ? 0 : 1);
    EXPECT_EQ(team.storage->appends, size == 1 ? 1 : 0);
    EXPECT_EQ(team.desk.book.stats()->largest_group, size);
    team.expect_consistent();
  }
}

TEST(Groups, HaveAtMost64Commands) {
  Team team(100, 70);
  for (const auto& receipt : team.together(team.one_seat_each(70))) EXPECT_TRUE(receipt);
  EXPECT_EQ(team.storage->groups, 2);
  EXPECT_EQ(team.desk.book.stats()->largest_group, max_group_size);
  team.expect_consistent();
}

TEST(Groups, EndBeforeACommandThatCannotJoin) {
  Team team(10, 4);
  std::vector<SeatCall> calls = team.one_seat_each(2);
  calls.emplace_back([&](Session& desk) -> Receipt {
    const auto added = desk.assign_many({.license = team.license, .people = {team.people[2]}});
    return SeatReceipt{*added->outcomes[0].assignment, Revision(1), added->version};
  });
  calls.push_back(assign(team.license, team.people[3]));
  const auto receipts = team.together(calls);
  for (std::size_t i = 0; i < receipts.size(); ++i) {
    EXPECT_EQ(receipts[i]->assignment.value, i + 1) << "the queue is first in, first out";
  }
  EXPECT_EQ(team.storage->groups, 1);
  team.expect_consistent();
}

TEST(Groups, AreNotMadeForAStorageThatTakesNone) {
  /// A storage of 0.1: it has none of the calls for groups.
  class Old final : public Storage {
   public:
    Result<Version> read(Version after, RecordSink& sink) override {
      return inner_->read(after, sink);
    }
    Result<void> append(const Batch& batch) override { return inner_->append(batch); }
    Result<std::optional<Version>> find(const Token& token) override { return inner_->find(token); }

   private:
    std::shared_ptr<Storage> inner_ = memory_storage(false);
  };
  Team team(10, 6, std::make_shared<Old>());
  for (const auto& receipt : team.together(team.one_seat_each(6))) EXPECT_TRUE(receipt);
  EXPECT_EQ(team.storage->groups, 0);
  EXPECT_EQ(team.storage->appends, 6);
  team.expect_consistent();
}

// -------------------------------------------------------------------------------- dependent calls

TEST(Groups, RefuseWhatAnEarlierCallOfTheGroupRulesOut) {
  RULE("A43", "A44", "A45");
  Team team(2);
  const AssignmentId first(1);
  const auto receipts = team.together({
      assign(team.license, team.people[0]), assign(team.license, team.people[0]),  // has one
      assign(team.license, team.people[1]),
      assign(team.license, team.people[2]),  // no seat is left
      revoke(first),
      revoke(first),                         // was revoked
      assign(team.license, team.people[0]),  // the seat that was freed
  });
  std::vector<std::string> codes;
  for (const auto& receipt : receipts) codes.emplace_back(to_string(code_of(receipt)));
  EXPECT_EQ(codes, (std::vector<std::string>{"ok", "already_assigned", "ok", "no_seats_remaining",
                                             "ok", "already_revoked", "ok"}));
  EXPECT_EQ(receipts[1].error().values, std::vector<std::uint64_t>{1});
  EXPECT_EQ(receipts[6]->assignment, AssignmentId(3));
  EXPECT_EQ(team.storage->groups, 1);
  team.expect_consistent();
}

TEST(Groups, SeeTheTextsTheUsesAndTheRevisionsOfEarlierCalls) {
  RULE("B24", "C54", "C57");
  Team team(5);
  const AssignmentId seat(1);
  const Timestamp used = team.desk.clock->now();
  const SeatCall use = call(&Session::record_use, {.assignment = seat, .used_at = used});
  const auto edit = [=](const std::string& notes, Revision expected) {
    return call(&Session::edit_seat,
                {.assignment = seat, .notes = notes, .expected_revision = expected});
  };
  const auto receipts = team.together({
      assign(team.license, team.people[0]), edit("first", Revision(1)),
      edit("second", Revision(1)),  // stale
      edit("first", Revision(2)),   // changes nothing
      use,
      use,  // not later: changes nothing
      call(&Session::transfer, {.assignment = seat, .person = team.people[1]}),
      use,  // the seat was given up
  });
  const Version start(receipts[0]->version.value);
  EXPECT_EQ(receipts[1]->version.value, start.value + 1);
  EXPECT_EQ(code_of(receipts[2]), Code::stale_revision);
  EXPECT_EQ(receipts[3]->version.value, start.value + 1);
  EXPECT_EQ(receipts[4]->version.value, start.value + 2);
  EXPECT_EQ(receipts[5]->version.value, start.value + 2);
  EXPECT_EQ(receipts[6]->version.value, start.value + 3);
  EXPECT_EQ(code_of(receipts[7]), Code::already_revoked);
  EXPECT_EQ(team.desk.admin.get_assignment(seat)->notes, "first");
  EXPECT_EQ(team.desk.admin.last_use(seat).value(), used);
  team.expect_consistent();
}

TEST(Groups, FindARequestIdOfAnEarlierCall) {
  RULE("C58");
  Team team(5);
  RequestId id;
  id.bytes.fill(7);
  const auto receipts = team.together({assign(team.license, team.people[0], id),
                                       assign(team.license, team.people[1], id),
                                       assign(team.license, team.people[2])});
  ASSERT_TRUE(receipts[0]);
  EXPECT_EQ(code_of(receipts[1]), Code::repeated_request);
  EXPECT_EQ(receipts[1].error().values, std::vector<std::uint64_t>{receipts[0]->version.value});
  EXPECT_EQ(receipts[2]->version.value, receipts[0]->version.value + 1);
  team.expect_consistent();
}

TEST(Groups, AddANewActorOnce) {
  RULE("C1");
  Team team(5);
  const auto by = [&](const char* actor, std::size_t person) {
    return [&team, actor, person](Session& /*own*/) {
      Session desk = team.desk.book.session({.actor = actor, .role = Role::it_admin});
      return desk.assign({.license = team.license, .person = team.people[person]});
    };
  };
  const auto receipts =
      team.together({by("sync", 0), by("sync", 1), by("other", 2), by("sync", 3)});
  const auto actor_of = [&](std::size_t i) {
    return team.desk.admin.get_assignment(receipts[i]->assignment)->assigned_by;
  };
  EXPECT_EQ(actor_of(0), actor_of(1));
  EXPECT_EQ(actor_of(0), actor_of(3));
  EXPECT_NE(actor_of(0), actor_of(2));
  EXPECT_EQ(team.storage->groups, 1);
  team.expect_consistent();
}

TEST(Groups, NameANewUnicodeVersionOnce) {
  RULE("C17");
  class Sink final : public RecordSink {
   public:
    Result<void> accept(RecordImage record) override {
      if (std::holds_alternative<BookInfo>(record)) ++found;
      return {};
    }
    int found = 0;
  };
  const auto inner = memory_storage();
  Team team(5, 6, inner);
  const Version before = team.desk.book.version();
  ASSERT_TRUE(inner->append({before, {}, {BookInfo{"1.0.0"}}}));
  const auto receipts = team.together(team.one_seat_each(3));
  EXPECT_EQ(team.storage->groups, 1);
  Sink all;
  ASSERT_TRUE(inner->read(Version(before.value + 1), all));
  EXPECT_EQ(all.found, 1);
  Sink after_first;
  ASSERT_TRUE(inner->read(receipts[0]->version, after_first));
  EXPECT_EQ(after_first.found, 0);
  team.expect_consistent();
}

TEST(Groups, DateACallNotBeforeTheOneInFront) {
  RULE("C52");
  Team team(5);
  const Timestamp start = team.desk.clock->now();
  const auto at = [&](std::int64_t seconds, std::size_t person) {
    return [&team, start, seconds, person](Session& desk) {
      team.desk.clock->set({start.us + seconds * second_us});
      return assign(team.license, team.people[person])(desk);
    };
  };
  const auto receipts = team.together({at(5, 0), at(3, 1), at(9, 2), at(-900, 3), at(8, 4)});
  std::vector<std::int64_t> seconds;
  for (const auto& receipt : receipts) {
    if (!receipt) continue;
    const auto seat = team.desk.admin.get_assignment(receipt->assignment);
    seconds.push_back((seat->assigned_at.us - start.us) / second_us);
  }
  EXPECT_EQ(seconds, (std::vector<std::int64_t>{5, 5, 9, 9}));
  EXPECT_EQ(code_of(receipts[3]), Code::clock_behind);
  EXPECT_EQ(team.storage->groups, 1);
  team.desk.clock->set(start);
  team.expect_consistent();
}

TEST(Groups, DateEachCallNotBeforeItBegan) {
  RULE("C52", "C62");
  const auto storage = std::make_shared<FaultyStorage>(memory_storage());
  Book book = Book::open(storage).value();  // with the clock of the machine
  Session admin = book.session({.actor = "root", .role = Role::super_admin});
  const auto first = admin.add_person({.name = "Ada"})->person;
  const auto license =
      admin.add_license({.name = "Vector", .total_seats = 2, .owner = first})->license;
  const auto second = admin.add_person({.name = "Bo"})->person;
  std::atomic<bool> deciding{false};
  std::atomic<bool> joined{false};
  storage->on_find = [&](int) {  // the request id of the call that leads
    deciding = true;
    while (!joined) std::this_thread::yield();
    return Fault::none;
  };
  std::thread leader([&] {
    RequestId id;
    id.bytes.fill(7);
    EXPECT_EQ(code_of(assign(license, first, id)(admin)), Code::ok);
  });
  while (!deciding) std::this_thread::yield();
  const Timestamp before = SystemClock().now();
  Receipt receipt = Error{};
  std::thread later([&] {
    Session own = admin;
    receipt = own.assign({.license = license, .person = second, .held_since = before});
  });
  while (book.stats().value().queue_length == 0) std::this_thread::yield();
  joined = true;
  leader.join();
  later.join();
  ASSERT_TRUE(receipt) << receipt.error().message;
  EXPECT_GE(admin.get_assignment(receipt->assignment)->assigned_at, before);
  EXPECT_EQ(storage->groups, 1);
}

// ---------------------------------------------------------------------------------------- failures

/// A group of four calls, of which the third depends on the second.
struct FailedGroup : Team {
  FailedGroup() : Team(2) {}

  std::vector<Receipt> run() {
    return together({assign(license, people[0]), assign(license, people[1]),
                     assign(license, people[2]),  // no seat is left
                     revoke(AssignmentId(1))});
  }
  /// Expects each acknowledged change to be stored, and no other.
  void expect_results_are_stored(const std::vector<Receipt>& receipts) {
    storage->on_append = storage->on_group = storage->on_find =
        storage->on_read = [](int) { return Fault::none; };
    expect_consistent();
    const auto unknown = [](const Receipt& receipt) {
      return code_of(receipt) == Code::storage_unknown;
    };
    if (std::any_of(receipts.begin(), receipts.end(), unknown)) return;
    const auto got_a_seat = [&](std::size_t i) {
      return !desk.admin.history({.person = people[i], .kind = HistoryKind::assigned})->empty();
    };
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(receipts[i].has_value(), got_a_seat(i));
    const auto first = desk.admin.get_assignment(AssignmentId(1));
    EXPECT_EQ(receipts[3].has_value(), first && !first->active());
    if (code_of(receipts[2]) == Code::no_seats_remaining) {
      EXPECT_TRUE(receipts[0] && receipts[1]) << "the refusal rests on a seat that was not granted";
    }
  }
};

TEST(FailedGroups, ThatTheStorageRejectsAreTriedOneByOne) {
  FailedGroup group;
  group.storage->on_group = [](int) { return Fault::failed; };
  const auto receipts = group.run();
  EXPECT_TRUE(receipts[0]);
  EXPECT_TRUE(receipts[1]);
  EXPECT_EQ(code_of(receipts[2]), Code::no_seats_remaining);
  EXPECT_TRUE(receipts[3]);
  group.expect_results_are_stored(receipts);
}

TEST(FailedGroups, FailAsAWholeIfTheFirstCallFailsAlone) {
  FailedGroup group;
  group.storage->on_group = group.storage->on_append = [](int) { return Fault::failed; };
  const auto receipts = group.run();
  for (const auto& receipt : receipts) EXPECT_EQ(code_of(receipt), Code::storage_failed);
  EXPECT_EQ(group.storage->appends, 1) << "the others are not tried one by one";
  group.expect_results_are_stored(receipts);
}

TEST(FailedGroups, WithAnUnknownOutcomeReportItToEveryCaller) {
  FailedGroup group;
  group.storage->on_group = [](int) { return Fault::unknown_written; };
  group.storage->on_find = [](int) { return Fault::failed; };
  std::vector<Seq> events;
  group.desk.book.subscribe([&](const Event& event) { events.push_back(event.seq); });
  const auto receipts = group.run();
  for (const auto& receipt : receipts) EXPECT_EQ(code_of(receipt), Code::storage_unknown);
  EXPECT_EQ(code_of(group.desk.admin.add_person({.name = "Late"})), Code::storage_unknown);
  EXPECT_TRUE(events.empty());
  group.storage->on_find = [](int) { return Fault::none; };
  ASSERT_TRUE(group.desk.book.refresh());
  EXPECT_EQ(events.size(), 3U) << "the last token resolves all";
  EXPECT_TRUE(std::is_sorted(events.begin(), events.end()));
  group.expect_results_are_stored(receipts);
}

TEST(FailedGroups, AreResolvedByTheNextCommandWhichDeliversTheirEvents) {
  FailedGroup group;
  group.storage->on_group = [](int) { return Fault::unknown_written; };
  group.storage->on_find = [](int) { return Fault::failed; };
  std::vector<Seq> events;
  group.desk.book.subscribe([&](const Event& event) { events.push_back(event.seq); });
  const auto receipts = group.run();
  group.storage->on_find = [](int) { return Fault::none; };
  EXPECT_EQ(code_of(assign(group.license, group.people[1])(group.desk.admin)),
            Code::already_assigned);
  EXPECT_EQ(events.size(), 3U);
  group.expect_results_are_stored(receipts);
}

TEST(FailedGroups, OfWhichSomeBatchesWereWrittenAcknowledgeThose) {
  FailedGroup group;
  group.storage->on_group = [](int call) {
    return call == 0 ? Fault::partly_written : Fault::none;
  };
  const auto receipts = group.run();
  EXPECT_TRUE(receipts[0]);
  EXPECT_TRUE(receipts[1]);
  EXPECT_EQ(code_of(receipts[2]), Code::no_seats_remaining);
  EXPECT_TRUE(receipts[3]);
  group.expect_results_are_stored(receipts);
}

TEST(FailedGroups, OfWhichSomeBatchesWereWrittenDeliverTheirEventsOnceThatIsKnown) {
  FailedGroup group;
  group.storage->on_group = [](int) { return Fault::partly_written; };
  group.storage->on_find = [](int) { return Fault::failed; };
  std::vector<AssignmentId> events;
  group.desk.book.subscribe([&](const Event& event) { events.push_back(event.assignment); });
  const auto receipts = group.run();
  for (const auto& receipt : receipts) EXPECT_EQ(code_of(receipt), Code::storage_unknown);
  group.storage->on_find = [](int) { return Fault::none; };
  ASSERT_TRUE(group.desk.book.refresh());
  EXPECT_EQ(group.desk.admin.usage(group.license)->used, 1U);
  EXPECT_EQ(events, std::vector<AssignmentId>{AssignmentId(1)});
  group.expect_results_are_stored(receipts);
}

TEST(FailedGroups, ThatConflictAreDecidedAgain) {
  FailedGroup group;
  group.storage->on_group = [](int call) { return call < 3 ? Fault::conflict : Fault::none; };
  const auto receipts = group.run();
  EXPECT_EQ(group.storage->groups, 4);
  EXPECT_EQ(group.desk.book.stats()->conflicts, 3U);
  EXPECT_TRUE(receipts[3]);
  group.expect_results_are_stored(receipts);
}

TEST(FailedGroups, NeverLoseWhatWasAcknowledged) {
  using Fail = std::function<void(FaultyStorage&, const std::function<Fault(int)>&)>;
  const std::vector<std::pair<const char*, Fail>> places = {
      {"append_group", [](auto& storage, const auto& fault) { storage.on_group = fault; }},
      {"append", [](auto& storage, const auto& fault) { storage.on_append = fault; }},
      {"group and find",
       [](auto& storage, const auto& fault) {
         storage.on_group = fault;
         storage.on_find = [](int call) { return call == 0 ? Fault::failed : Fault::none; };
       }},
      {"group and append",
       [](auto& storage, const auto& fault) { storage.on_group = storage.on_append = fault; }},
      {"read", [](auto& storage, const auto& fault) { storage.on_read = fault; }},
  };
  for (const auto& [name, fail] : places) {
    for (const Fault kind :
         {Fault::failed, Fault::conflict, Fault::unknown_written, Fault::unknown_not_written,
          Fault::thrown, Fault::thrown_after, Fault::partly_written}) {
      for (const int from : {0, 1}) {
        SCOPED_TRACE(std::string(name) + ", fault " + std::to_string(static_cast<int>(kind)) +
                     ", from call " + std::to_string(from));
        FailedGroup group;
        const int first = std::string(name) == "read" ? group.storage->reads + 1 + from : from;
        fail(*group.storage,
             [=](int call) { return call >= first && call < first + 2 ? kind : Fault::none; });
        group.expect_results_are_stored(group.run());
      }
    }
  }
}

TEST(FailedGroups, ThatRunOutOfMemoryLeaveNothingBehind) {
  int failures = 0;
  for (int allowed = 0;; ++allowed) {
    SCOPED_TRACE("allocations that succeed: " + std::to_string(allowed));
    FailedGroup group;
    bool ran_out = false;
    const auto receipts = group.together(
        {[&](Session& desk) {
           allocations_left = allowed;
           auto receipt = desk.assign({.license = group.license, .person = group.people[0]});
           ran_out = allocations_left < 0;
           allocations_left = -1;
           return receipt;
         },
         assign(group.license, group.people[1]), assign(group.license, group.people[2]),
         revoke(AssignmentId(1))});
    if (!ran_out) break;
    const bool reopens = std::any_of(receipts.begin(), receipts.end(), [](const Receipt& receipt) {
      return code_of(receipt) == Code::book_needs_reopen;
    });
    if (reopens) {  // between the storage and the tables
      EXPECT_EQ(code_of(group.desk.admin.people()), Code::book_needs_reopen);
      continue;
    }
    failures += std::any_of(receipts.begin(), receipts.end(), [](const Receipt& receipt) {
      return code_of(receipt) == Code::out_of_memory;
    });
    group.expect_results_are_stored(receipts);
  }
  EXPECT_GT(failures, 5);
}

TEST(FailedGroups, ThatCannotReadWhatOthersWroteAcknowledgeNothing) {
  int failures = 0;
  for (int allowed = 0;; ++allowed) {
    SCOPED_TRACE("allocations that succeed: " + std::to_string(allowed));
    Team team(5);
    Desk other(team.storage);
    for (int i = 0; i < 5; ++i) other.seat(team.license, other.person("Late, with a long name"));
    const SeatCall refused = revoke(AssignmentId(99));  // nothing is appended
    allocations_left = allowed;
    const auto receipt = refused(team.desk.admin);
    const bool ran_out = allocations_left < 0;
    allocations_left = -1;
    EXPECT_FALSE(receipt);
    if (!ran_out) break;
    ++failures;
  }
  EXPECT_GT(failures, 5);
}

TEST(Groups, InTheQueueOfABookThatIsClosedFailAndTheRunningOneSucceeds) {
  GroupDesk books;
  std::optional<Code> running;
  std::vector<std::thread> threads;
  std::vector<std::optional<Code>> queued(5);
  books.held = true;
  books.locking = 0;
  threads.emplace_back(
      [&] { running = code_of(books.desk.admin.add_person({.name = "First in the queue"})); });
  while (books.locking == 0) std::this_thread::yield();
  for (auto& code : queued) {
    threads.emplace_back([&] { code = code_of(books.desk.admin.add_person({.name = "Late"})); });
  }
  books.wait_for_queue(queued.size());
  threads.emplace_back([&] { books.desk.book.close(); });
  while (!books.desk.book.closed()) std::this_thread::yield();
  books.held = false;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(running, Code::ok);
  for (const auto& code : queued) EXPECT_EQ(code, Code::book_closed);
}

TEST(Groups, ThatWaitForAnotherOneFailIfTheBookIsClosed) {
  Team team(10);
  std::atomic<bool> appending{false};
  std::atomic<bool> proceed{false};
  team.storage->on_append = [&](int) {
    appending = true;
    while (!proceed) std::this_thread::yield();
    return Fault::none;
  };
  const auto calls = team.one_seat_each(6);
  std::vector<std::optional<Code>> codes(calls.size());
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    threads.emplace_back([&, i] { codes[i] = code_of(calls[i](team.desk.admin)); });
    while (!appending) std::this_thread::yield();
    team.wait_for_queue(i);
  }
  threads.emplace_back([&] { team.desk.book.close(); });
  while (!team.desk.book.closed()) std::this_thread::yield();
  proceed = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(codes[0], Code::ok);
  for (std::size_t i = 1; i < codes.size(); ++i) EXPECT_EQ(codes[i], Code::book_closed);
  EXPECT_EQ(team.storage->appends + team.storage->groups, 1);
}

TEST(Groups, LookRequestIdsUpWithoutAFinalResult) {
  RULE("C58");
  Team team(5);
  RequestId id;
  id.bytes.fill(7);
  for (const Code expected : {Code::ok, Code::repeated_request}) {
    EXPECT_EQ(code_of(assign(team.license, team.people[0], id)(team.desk.admin)), expected);
  }
  EXPECT_EQ(team.storage->seen_calls, 2);
  EXPECT_EQ(team.storage->finds, 2) << "find() can be expensive";
}

// ------------------------------------------------------------------------------------- durability

TEST(Syncs, ComeBeforeAnyoneLearnsWhatAnotherBookWrote) {
  RULE("C43", "C58");
  Team team(1);
  const auto [ada, bo] = std::pair(team.people[0], team.people[1]);
  EXPECT_EQ(team.storage->syncs, 0) << "nothing was read";
  RequestId id;
  id.bytes.fill(7);
  Desk other(team.storage);
  team.storage->syncs = 0;
  const auto seat = other.admin.assign({.license = team.license, .person = ada, .request_id = id});
  Session later = team.desk.admin.at_least(seat->version);
  const std::string before = team.desk.dump();
  const auto learn = [&] {
    Session& desk = team.desk.admin;
    return std::vector<Code>{
        code_of(assign(team.license, bo)(desk)),
        code_of(assign(team.license, ada)(desk)),
        code_of(assign(team.license, bo, id)(desk)),
        code_of(desk.edit_seat({.assignment = seat->assignment, .notes = std::string()})),
        code_of(desk.assign_many({.license = team.license, .people = {bo}, .dry_run = true})),
        code_of(later.usage(team.license)),
        code_of(team.desk.book.refresh())};
  };
  team.storage->on_sync = [](int) { return Fault::failed; };
  EXPECT_EQ(learn(), std::vector<Code>(7, Code::storage_failed));
  EXPECT_EQ(team.desk.dump(), before);
  EXPECT_EQ(team.storage->syncs, 7);
  team.storage->on_sync = [](int) { return Fault::none; };
  EXPECT_EQ(learn(),
            (std::vector<Code>{Code::no_seats_remaining, Code::already_assigned,
                               Code::repeated_request, Code::ok, Code::ok, Code::ok, Code::ok}));
  EXPECT_EQ(team.storage->syncs, 8) << "once for all of them";
}

// ------------------------------------------------------------------------------------------ events

TEST(Groups, DeliverTheEventsOfEachCallBeforeItReturnsInCommitOrder) {
  RULE("C41", "C70");
  Team team(100, 40);
  std::mutex mutex;
  std::vector<Event> events;
  team.desk.book.subscribe([&](const Event& event) {
    const std::lock_guard lock(mutex);
    events.push_back(event);
  });
  std::vector<SeatCall> calls;
  std::vector<int> early(40, 0);
  for (std::size_t i = 0; i < 40; ++i) {
    calls.emplace_back([&, i](Session& desk) {
      auto receipt = desk.assign({.license = team.license, .person = team.people[i]});
      const std::lock_guard lock(mutex);
      early[i] = std::none_of(events.begin(), events.end(), [&](const Event& event) {
        return event.assignment == receipt->assignment;
      });
      return receipt;
    });
  }
  team.together(calls);
  EXPECT_EQ(team.storage->groups, 1);
  EXPECT_EQ(early, std::vector<int>(40, 0));
  ASSERT_EQ(events.size(), 40U);
  for (std::size_t i = 1; i < events.size(); ++i) EXPECT_LT(events[i - 1].seq, events[i].seq);
}

// ---------------------------------------------------------------------- compared with single calls

TEST(Groups, ReturnAndStoreWhatTheSameCallsDoOneByOne) {
  std::uint64_t grouped = 0;
  for (std::uint32_t seed = 0; seed < 25; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Desk single(memory_storage());
    GroupDesk groups;
    fill(single);
    fill(groups.desk);
    RandomCalls random(seed);
    for (int round = 0; round < 4; ++round) {
      std::vector<SeatCall> calls;
      for (std::uint32_t i = 0; i < 2 + seed; ++i) calls.push_back(random.next());
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
    EXPECT_EQ(groups.desk.dump(), single.dump());
    EXPECT_EQ(groups.stored(), single.dump());
    EXPECT_EQ(groups.desk.findings(), std::vector<std::string>{});
    const BookStats stats = groups.desk.book.stats().value();
    grouped += stats.groups_of_2_to_3 + stats.groups_of_4_to_7 + stats.groups_of_8_to_15;
  }
  EXPECT_GT(grouped, 30U) << "the calls must have been in groups";
}

}  // namespace
}  // namespace seatbook::testing

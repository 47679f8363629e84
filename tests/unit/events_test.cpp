// Tests which events listeners receive and when, their lifetime, and what close() frees.
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/heap.hpp"
#include "support/rule.hpp"

namespace seatbook::testing {
namespace {

/// Calls `work` when the last copy of it is destroyed.
std::shared_ptr<void> at_end(std::function<void()> work) {
  return {nullptr, [work = std::move(work)](void*) { work(); }};
}

TEST(Listeners, AreDestroyedWithoutALockHeld) {
  RULE("C70");
  for (const bool by_close : {false, true}) {
    Desk desk;
    const auto license = desk.license("Vector", 9);
    const auto ada = desk.person("Ada");
    const auto bo = desk.person("Bo");
    const auto other = desk.book.subscribe([](const Event&) {});
    int destroyed = 0;
    ListenerId once;
    // The calls of the destructor need the queue's lock; a command also needs the writer lock.
    auto guard = at_end([&] {
      desk.book.unsubscribe(other);
      desk.book.subscribe([](const Event&) {});
      const auto seat = desk.admin.assign({.license = license, .person = bo});
      EXPECT_EQ(code_of(seat), by_close ? Code::book_closed : Code::ok);
      ++destroyed;
    });
    once = desk.book.subscribe([&, held = std::move(guard)](const Event&) {
      if (by_close) {
        desk.book.close();
      } else {
        desk.book.unsubscribe(once);
      }
    });
    desk.seat(license, ada);
    EXPECT_EQ(destroyed, 1) << "by close: " << by_close;
  }
}

TEST(Listeners, ReceiveOnlyCommitsAfterTheSubscription) {
  RULE("C70");
  Desk desk;
  const auto license = desk.license("Vector", 9);
  const std::vector<PersonId> people{desk.person("Ada"), desk.person("Bo"), desk.person("Cy")};
  std::vector<Version> late;
  std::vector<Version> late_notifications;
  bool subscribed = false;
  desk.book.subscribe([&](const Event&) {
    if (std::exchange(subscribed, true)) return;
    // Two more events of the commit, and its notifications, are still queued.
    desk.book.subscribe([&](const Event& event) { late.push_back(event.version); });
    desk.book.subscribe_notifications(
        [&](const Notification& received) { late_notifications.push_back(received.version); });
  });
  ASSERT_TRUE(desk.admin.assign_many({.license = license, .people = people}));
  EXPECT_TRUE(late.empty());
  EXPECT_TRUE(late_notifications.empty());
  desk.seat(license, desk.person("Di"));
  EXPECT_EQ(late, std::vector{desk.book.version()});
  EXPECT_EQ(late_notifications, late);
}

TEST(Listeners, ThatThrowDoNotAffectCommits) {
  RULE("C41");
  for (const bool callback : {false, true}) {
    OpenOptions options;
    if (callback) options.on_listener_error = [](Seq, std::string_view) { throw 7; };
    Desk desk(nullptr, options);
    desk.book.subscribe([](const Event&) { throw 7; });
    const auto license = desk.license("Vector", 1);
    desk.seat(license, desk.person("Ada"));
    EXPECT_EQ(desk.admin.usage(license)->used, 1U);
    EXPECT_EQ(desk.book.listener_failures(), 1U);
  }
}

TEST(Listeners, AreReleasedByCloseWithAllOtherHostObjects) {
  RULE("C70");
  struct HostClock final : Clock {
    Timestamp now() override { return instant("2026-03-01T12:00:00Z"); }
    std::optional<Session> session;  // a cycle: the book holds the clock
  };
  const auto held = std::make_shared<int>(0);
  std::vector<std::weak_ptr<void>> given;
  const auto give = [&] {
    auto one = std::make_shared<int>(0);
    given.emplace_back(one);
    return one;
  };
  auto clock = std::make_shared<HostClock>();
  auto storage = memory_storage();
  given.emplace_back(clock);
  given.emplace_back(storage);
  OpenOptions options{.clock = clock};
  options.on_listener_error = [one = give()](Seq, std::string_view) {};
  auto book = Book::open(std::move(storage), std::move(options)).value();
  const Session admin = book.session({.actor = "root", .role = Role::admin});
  clock->session = admin;
  clock.reset();
  book.subscribe([admin, one = give()](const Event&) {});
  book.subscribe_notifications([admin, one = give()](const Notification&) {});
  book.close();
  EXPECT_FALSE(book.subscribe([admin, one = give()](const Event&) {}));
  EXPECT_FALSE(book.subscribe_notifications([admin, one = give()](const Notification&) {}));
  for (std::size_t i = 0; i < given.size(); ++i) EXPECT_TRUE(given[i].expired()) << i;
  EXPECT_EQ(code_of(admin.seat_list({})), Code::book_closed) << "the clock is released";
}

TEST(Listeners, ReceiveNoQueuedEventsAfterClose) {
  RULE("C70");
  const auto storage = memory_storage();
  int received = 0;
  {
    Desk desk(storage);
    const auto license = desk.license("Vector", 9);
    const std::vector<PersonId> people{desk.person("Ada"), desk.person("Bo"), desk.person("Cy")};
    desk.book.subscribe([&](const Event&) {
      ++received;
      desk.book.close();
    });
    ASSERT_TRUE(desk.admin.assign_many({.license = license, .people = people}));
  }
  EXPECT_EQ(received, 1);
  EXPECT_EQ(Desk(storage).admin.events_after({})->events.size(), 3U);
}

TEST(Listeners, MissEventsThatDoNotFitTheQueue) {
  RULE("C70");
  Desk desk;
  const auto license = desk.license("Vector", SeatTotal::unlimited());
  const auto first_seat = desk.seat(license, desk.person("First"));
  // Each has an event and a notification.
  constexpr std::size_t size = max_queued_events / 2 + 1;
  std::string file = "Name\n";
  for (std::size_t i = 0; i < size; ++i) file += "P\n";
  const auto imported = desk.admin.import_people({.csv = file});
  ASSERT_TRUE(imported);
  AssignMany all{.license = license};
  const auto last = desk.admin.people({.after = PersonId(2), .limit = 100'000}).value();
  for (const Person& person : last) all.people.push_back(person.id);
  ASSERT_EQ(all.people.size(), size);

  std::vector<Seq> received;
  std::uint64_t notified = 0;
  desk.book.subscribe([&](const Event& event) {
    received.push_back(event.seq);
    if (received.size() == 1) {
      ASSERT_TRUE(desk.admin.revoke({.assignment = first_seat}));
      EXPECT_EQ(desk.book.dropped_events(), 1U);
    }
    if (received.size() == 3) desk.seat(license, PersonId(2));
  });
  desk.book.subscribe_notifications([&](const Notification&) { ++notified; });
  ASSERT_TRUE(desk.admin.assign_many(all));
  EXPECT_EQ(received.size(), size + 1)
      << "a commit is queued completely, and the queue accepts events again";
  EXPECT_EQ(notified, size + 1);
  EXPECT_EQ(desk.book.dropped_events(), 1U);
  EXPECT_EQ(desk.book.listener_failures(), 0U);
  const auto missed = desk.admin.events_after(received[size - 1]).value().events;
  ASSERT_EQ(missed.size(), 2U);
  EXPECT_EQ(missed[0].kind, EventKind::software_revoked);
  EXPECT_EQ(missed[1].seq, received.back());
}

// ---------------------------------------------------------------------------------------- close

/// A storage with `people` people in it.
std::shared_ptr<Storage> filled(std::size_t people) {
  auto storage = memory_storage();
  Desk desk(storage);
  std::string file = "Name\n";
  for (std::size_t i = 0; i < people; ++i) file += "A person with a name of some length\n";
  EXPECT_TRUE(desk.admin.import_people({.csv = file}));
  return storage;
}

TEST(Close, FreesTheTablesWhileSessionsExist) {
  const auto storage = filled(4'000);
  std::vector<Session> kept;
  const std::size_t before = heap_bytes();
  std::size_t open = 0;
  for (int i = 0; i < 20; ++i) {
    auto book = Book::open(storage).value();
    kept.push_back(book.session({.actor = "root", .role = Role::admin}));
    EXPECT_EQ(kept.back().people({.limit = 1})->size(), 1U);
    open = heap_bytes();
    book.close();
    EXPECT_EQ(book.version(), Version(1));
  }
  const std::size_t after = heap_bytes();
  const std::size_t left = after > before ? after - before : 0;
  const std::size_t size = open > after ? open - after : 0;
  EXPECT_LE(left, size / 10) << "of a book of " << size << " bytes";
  for (const Session& session : kept) EXPECT_EQ(code_of(session.people()), Code::book_closed);
}

TEST(Close, CancelsARunningExport) {
  for (const bool destroyed : {false, true}) {
    std::optional<Book> book = Book::open(filled(4'000)).value();
    const Session admin = book->session({.actor = "root", .role = Role::admin});
    int chunks = 0;
    const auto report = admin.export_history({}, [&](std::string_view) {
      ++chunks;
      if (destroyed) {
        book.reset();
      } else {
        book->close();
      }
      return true;
    });
    EXPECT_EQ(code_of(report), Code::book_closed);
    EXPECT_LE(chunks, 2) << "only rows that were read before";
  }
}

TEST(Close, MoveAssignmentFreesTheOldBook) {
  auto book = Book::open(filled(10)).value();
  const Session former = book.session({.actor = "root", .role = Role::admin});
  book = Book::open().value();
  EXPECT_EQ(code_of(former.people()), Code::book_closed);
  EXPECT_EQ(book.version(), Version());
}

}  // namespace
}  // namespace seatbook::testing

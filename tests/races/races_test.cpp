// Tests many threads on one book. Also run under the thread sanitizer.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <set>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

#include "book/fair_shared_mutex.hpp"
#include "book/writer_queue.hpp"
#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/faulty_storage.hpp"
#include "support/forwarding_storage.hpp"
#include "support/rule.hpp"

namespace seatbook {
namespace {

using testing::Desk;

constexpr int many = 64;

/// Runs `work(number)` on `count` threads that start at the same time.
template <class Work>
void run_in_parallel(int count, const Work& work) {
  std::atomic<int> ready{0};
  std::vector<std::thread> threads;
  for (int number = 0; number < count; ++number) {
    threads.emplace_back([&, number] {
      ++ready;
      while (ready.load() < count) std::this_thread::yield();
      work(number);
    });
  }
  for (auto& thread : threads) thread.join();
}

/// Queries a license on a thread until finish(), and counts states that no commit can leave.
class Watcher {
 public:
  Watcher(Session session, LicenseId license, std::uint64_t total)
      : thread_([this, session, license, total] {
          while (!stop_.load()) {
            const auto usage = session.usage(license).value();
            const auto rows = session.license_seats(license).value();
            std::set<std::uint64_t> people;
            for (const auto& row : rows) people.insert(row.person.value);
            if (usage.used > total || rows.size() > total || people.size() != rows.size()) {
              ++wrong_;
            }
            ++queries_;
            std::this_thread::yield();
          }
        }) {}
  ~Watcher() { finish(); }
  void finish() {
    stop_.store(true);
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] int wrong() const { return wrong_.load(); }

 private:
  std::atomic<bool> stop_{false};
  std::atomic<int> wrong_{0};
  std::atomic<int> queries_{0};
  std::thread thread_;
};

/// A storage whose appends take long enough for other calls to queue.
std::shared_ptr<Storage> slow_storage() {
  auto storage = std::make_shared<testing::FaultyStorage>(memory_storage());
  const auto wait = [](int) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return testing::Fault::none;
  };
  storage->on_append = storage->on_group = wait;
  return storage;
}

TEST(Races, OneFreeSeatHasOneWinner) {
  RULE("A3", "A43");
  for (const auto& storage : {std::shared_ptr<Storage>(), memory_storage(), slow_storage()}) {
    Desk desk(storage);
    const auto license = desk.license("Vector", 1);
    std::vector<PersonId> people;
    for (int i = 0; i < many; ++i) people.push_back(desk.person("P" + std::to_string(i)));
    std::atomic<int> events{0};
    desk.book.subscribe([&](const Event&) { ++events; });
    Watcher watcher(desk.admin, license, 1);
    std::atomic<int> won{0};
    std::atomic<int> full{0};
    run_in_parallel(many, [&](int number) {
      Session admin = desk.admin;
      const auto seat =
          admin.assign({.license = license, .person = people[static_cast<std::size_t>(number)]});
      if (seat) ++won;
      if (testing::code_of(seat) == Code::no_seats_remaining) ++full;
    });
    watcher.finish();
    EXPECT_EQ(won.load(), 1);
    EXPECT_EQ(full.load(), many - 1);
    EXPECT_EQ(events.load(), 1);
    EXPECT_EQ(watcher.wrong(), 0);
    EXPECT_TRUE(desk.findings().empty());
  }
}

TEST(Races, OnePersonGetsOneSeat) {
  RULE("A44", "C16");
  Desk desk;
  const auto license = desk.license("Vector", many);
  const auto ada = desk.person("Ada");
  Watcher watcher(desk.admin, license, 1);
  std::atomic<int> won{0};
  std::atomic<int> already_assigned{0};
  run_in_parallel(many, [&](int) {
    Session admin = desk.admin;
    const auto seat = admin.assign({.license = license, .person = ada});
    if (seat) ++won;
    if (testing::code_of(seat) == Code::already_assigned) ++already_assigned;
  });
  watcher.finish();
  EXPECT_EQ(won.load(), 1);
  EXPECT_EQ(already_assigned.load(), many - 1);
  EXPECT_EQ(watcher.wrong(), 0);
  EXPECT_TRUE(desk.findings().empty());
}

TEST(Races, CallsInGroupsHaveTheEffectOfSingleOnes) {
  RULE("A1", "A2");
  Desk desk(slow_storage());
  const auto license = desk.license("Vector", many / 2);
  std::vector<PersonId> people;
  for (int i = 0; i < many; ++i) people.push_back(desk.person("P" + std::to_string(i)));
  Watcher watcher(desk.admin, license, many / 2);
  std::atomic<int> granted{0};
  std::atomic<int> revoked{0};
  run_in_parallel(16, [&](int number) {
    Session admin = desk.book.session(
        {.actor = "worker " + std::to_string(number % 3), .role = Role::super_admin});
    for (int i = 0; i < 20; ++i) {
      const auto person = people[static_cast<std::size_t>((number * 7 + i * 3) % many)];
      if (const auto seat = admin.assign({.license = license, .person = person})) {
        ++granted;
        if (i % 2 == 0 && admin.revoke({.assignment = seat->assignment})) ++revoked;
      }
    }
  });
  watcher.finish();
  EXPECT_EQ(desk.admin.usage(license)->used, static_cast<std::uint64_t>(granted - revoked));
  EXPECT_EQ(watcher.wrong(), 0);
  EXPECT_GT(desk.book.stats()->largest_group, 1U);
  EXPECT_TRUE(desk.findings().empty());
}

TEST(WriterQueue, GathersAsManyCallersAsTheTurnBefore) {
  using Place = detail::WriterQueue::Place;
  constexpr std::chrono::seconds longest(20);
  detail::WriterQueue queue(/*in_order=*/true);
  const auto start = std::chrono::steady_clock::now();
  for (int turn = 0; turn < 3; ++turn) {
    Place first(true);
    Place second(true);
    ASSERT_TRUE(queue.enter(first));
    std::thread caller([&] { EXPECT_FALSE(queue.enter(second)) << "the first one serves it"; });
    if (turn == 0) {
      queue.gather(longest);  // no turn was before
      while (queue.length() < 2) std::this_thread::yield();
    } else {
      queue.gather(longest);
    }
    EXPECT_EQ(queue.joining_behind(first), &second);
    queue.leave(second);
    caller.join();
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, longest / 2);
  Place alone(true);
  ASSERT_TRUE(queue.enter(alone));
  const auto before = std::chrono::steady_clock::now();
  queue.gather(std::chrono::milliseconds(20));
  EXPECT_GE(std::chrono::steady_clock::now() - before, std::chrono::milliseconds(20));
  queue.leave(alone);
  ASSERT_TRUE(queue.enter(alone));
  queue.gather(longest);  // does not wait: one caller was there before
  queue.leave(alone);
  EXPECT_LT(std::chrono::steady_clock::now() - start, longest / 2);
}

TEST(Races, OneSeatIsRevokedOnce) {
  RULE("A45");
  Desk desk;
  const auto license = desk.license("Vector", 1);
  const auto seat = desk.seat(license, desk.person("Ada"));
  std::atomic<int> events{0};
  desk.book.subscribe([&](const Event&) { ++events; });
  std::atomic<int> won{0};
  std::atomic<int> late{0};
  run_in_parallel(many, [&](int) {
    Session admin = desk.admin;
    const auto revoked = admin.revoke({.assignment = seat});
    if (revoked) ++won;
    if (testing::code_of(revoked) == Code::already_revoked) ++late;
  });
  EXPECT_EQ(won.load(), 1);
  EXPECT_EQ(late.load(), many - 1);
  EXPECT_EQ(events.load(), 1);
  EXPECT_EQ(desk.admin.usage(license)->used, 0U);
  EXPECT_TRUE(desk.findings().empty());
}

TEST(Races, EventsComeInCommitOrderFromAnyThread) {
  RULE("C41");
  Desk desk;
  const auto license = desk.license("Vector", SeatTotal::unlimited());
  std::vector<PersonId> people;
  for (int i = 0; i < many; ++i) people.push_back(desk.person("P"));
  std::vector<Seq> delivered;  // events are delivered by one thread at a time, so no lock is needed
  desk.book.subscribe([&](const Event& event) { delivered.push_back(event.seq); });
  run_in_parallel(8, [&](int thread) {
    Session admin = desk.admin;
    for (int i = thread; i < many; i += 8) {
      const auto seat =
          admin.assign({.license = license, .person = people[static_cast<std::size_t>(i)]});
      ASSERT_TRUE(seat);
      ASSERT_TRUE(admin.revoke({.assignment = seat->assignment}));
    }
  });
  ASSERT_EQ(delivered.size(), 2U * many);
  for (std::size_t i = 1; i < delivered.size(); ++i) EXPECT_LT(delivered[i - 1], delivered[i]);
}

/// Threads commit while a listener is slow. No call may have to deliver the events of all threads.
TEST(Races, ASlowListenerDelaysEachCommitForItsOwnEventsOnly) {
  RULE("C41", "C70");
  Desk desk;
  const auto license = desk.license("Vector", SeatTotal::unlimited());
  constexpr int threads = 4;
  constexpr int rounds = 50;
  std::vector<PersonId> people;
  for (int i = 0; i < threads; ++i) people.push_back(desk.person("P"));
  std::vector<Seq> delivered;  // events are delivered by one thread at a time, so no lock is needed
  desk.book.subscribe([&](const Event& event) {
    delivered.push_back(event.seq);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  });
  std::atomic<std::int64_t> longest_ms{0};
  const auto since = [](std::chrono::steady_clock::time_point start) -> std::int64_t {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                 start)
        .count();
  };
  const auto begin = std::chrono::steady_clock::now();
  run_in_parallel(threads, [&](int thread) {
    Session admin = desk.admin;
    for (int i = 0; i < rounds; ++i) {
      const auto start = std::chrono::steady_clock::now();
      const auto seat =
          admin.assign({.license = license, .person = people[static_cast<std::size_t>(thread)]});
      ASSERT_TRUE(seat);
      ASSERT_TRUE(admin.revoke({.assignment = seat->assignment}));
      const std::int64_t took = since(start);
      for (std::int64_t seen = longest_ms.load();
           took > seen && !longest_ms.compare_exchange_weak(seen, took);) {
      }
    }
  });
  ASSERT_EQ(delivered.size(), 2U * threads * rounds)
      << "all events are delivered when the last call returns";
  for (std::size_t i = 1; i < delivered.size(); ++i) EXPECT_LT(delivered[i - 1], delivered[i]);
  // A round delivers its own two events and those of earlier commits.
  EXPECT_LT(longest_ms.load() * 3, since(begin));
  EXPECT_EQ(desk.book.dropped_events(), 0U);
}

/// The events of later commits are delivered by their own threads (C70).
TEST(Races, ACommitIsNotDelayedByLaterCommits) {
  RULE("C70");
  Desk desk;
  const auto license = desk.license("Vector", SeatTotal::unlimited());
  constexpr int threads = 10;
  std::vector<PersonId> people;
  for (int i = 0; i < threads; ++i) people.push_back(desk.person("P"));
  std::atomic<int> delivered{0};
  desk.book.subscribe([&](const Event&) {
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    ++delivered;
  });
  using Clock = std::chrono::steady_clock;
  Clock::duration first{};
  const auto begin = Clock::now();
  run_in_parallel(threads, [&](int thread) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100 * thread));
    const auto start = Clock::now();
    Session admin = desk.admin;
    ASSERT_TRUE(
        admin.assign({.license = license, .person = people[static_cast<std::size_t>(thread)]}));
    if (thread == 0) first = Clock::now() - start;
  });
  EXPECT_EQ(delivered, threads) << "all events are delivered when the last call returns";
  EXPECT_LT(first * 3, Clock::now() - begin) << "its own event takes a tenth of the time";
}

/// A listener may wait for a thread that commits, because the commit does not wait for the
/// listener.
TEST(Races, AListenerMayWaitForAThreadThatCommits) {
  RULE("C41", "C70");
  Desk desk;
  const auto first = desk.license("First", SeatTotal::unlimited());
  const auto second = desk.license("Second", SeatTotal::unlimited());
  const auto ada = desk.person("Ada");
  const auto bo = desk.person("Bo");
  std::vector<LicenseId> delivered;
  desk.book.subscribe([&](const Event& event) {
    delivered.push_back(event.license);
    if (event.license != first) return;
    std::thread([&] {
      Session admin = desk.admin;
      ASSERT_TRUE(admin.assign({.license = second, .person = ada}));
    }).join();
    // The events of the listener's own commits are also delivered after it returns.
    ASSERT_TRUE(desk.admin.assign({.license = second, .person = bo}));
    EXPECT_EQ(delivered.size(), 1U);
  });
  desk.seat(first, ada);
  EXPECT_EQ(delivered, (std::vector{first, second, second})) << "all events are delivered";
}

/// Listeners are added and removed, and the book is closed, while other threads commit.
TEST(Races, SubscribingAndClosingWhileOthersCommit) {
  RULE("C70");
  constexpr int changes = 20;
  for (int round = 0; round < 10; ++round) {
    Desk desk;
    const auto license = desk.license("Vector", SeatTotal::unlimited());
    std::vector<PersonId> people;
    for (int i = 0; i < 4; ++i) people.push_back(desk.person("P"));
    std::atomic<int> early{0};
    run_in_parallel(6, [&](int thread) {
      Session admin = desk.admin;
      if (thread < 4) {
        for (int i = 0; i < changes; ++i) {
          const auto seat = admin.assign(
              {.license = license, .person = people[static_cast<std::size_t>(thread)]});
          if (!seat || !admin.revoke({.assignment = seat->assignment})) return;
        }
        return;
      }
      for (int i = 0; i < changes; ++i) {
        const Version before = desk.book.version();
        const auto id = desk.book.subscribe([&, before, admin](const Event& event) {
          if (event.version <= before) ++early;
        });
        std::this_thread::yield();
        desk.book.unsubscribe(id);
      }
      if (thread == 5) desk.book.close();
    });
    EXPECT_EQ(early.load(), 0) << "received events of earlier commits";
  }
}

TEST(Races, ConcurrentArchiveAndAssignLeaveNoUnflaggedSeat) {
  RULE("B28");
  for (int round = 0; round < 20; ++round) {
    Desk desk;
    const auto ada = desk.person("Ada");
    std::vector<LicenseId> licenses;
    for (int i = 0; i < 8; ++i) licenses.push_back(desk.license("L", 1));
    run_in_parallel(9, [&](int number) {
      Session admin = desk.admin;
      if (number == 8) {
        ASSERT_TRUE(admin.archive_person({.person = ada}));
        return;
      }
      const auto seat =
          admin.assign({.license = licenses[static_cast<std::size_t>(number)], .person = ada});
      ASSERT_TRUE(seat || seat.error().code == Code::person_archived);
    });
    for (const auto& software : desk.admin.my_software(ada).value()) {
      EXPECT_TRUE(desk.admin.get_assignment(software.assignment)->needs_review);
    }
    EXPECT_TRUE(desk.findings().empty());
  }
}

TEST(Races, LoweringTheTotalNeverEndsBelowUse) {
  RULE("C12");
  for (int round = 0; round < 20; ++round) {
    Desk desk;
    const auto license = desk.license("Vector", 8);
    std::vector<PersonId> people;
    for (int i = 0; i < 8; ++i) people.push_back(desk.person("P"));
    run_in_parallel(9, [&](int number) {
      Session admin = desk.admin;
      if (number < 8) {
        (void)admin.assign(
            {.license = license, .person = people[static_cast<std::size_t>(number)]});
        return;
      }
      for (int total = 8; total >= 0; --total) {
        (void)admin.set_total_seats({.license = license, .total_seats = total});
      }
    });
    EXPECT_TRUE(desk.findings().empty());
  }
}

TEST(Races, ConcurrentBulkAndSingleCallsNeverOverAllocate) {
  RULE("A31", "C46");
  for (int round = 0; round < 10; ++round) {
    Desk desk;
    std::vector<LicenseId> licenses;
    for (int i = 0; i < 6; ++i) licenses.push_back(desk.license("L", 3));
    std::vector<PersonId> people;
    for (int i = 0; i < 16; ++i) people.push_back(desk.person("P"));
    std::atomic<int> events{0};
    std::atomic<int> granted{0};
    desk.book.subscribe([&](const Event&) { ++events; });
    Watcher watcher(desk.admin, licenses[0], 3);
    run_in_parallel(16, [&](int number) {
      Session admin = desk.admin;
      const PersonId person = people[static_cast<std::size_t>(number)];
      if (number % 3 == 0) {
        const auto result = admin.bulk_assign({.person = person, .licenses = licenses});
        ASSERT_TRUE(result);
        granted += static_cast<int>(result->summary.done);
      } else if (number % 3 == 1) {
        const auto result = admin.assign_many({.license = licenses[1], .people = people});
        ASSERT_TRUE(result);
        granted += static_cast<int>(result->summary.done);
      } else {
        for (const LicenseId license : licenses) {
          if (admin.assign({.license = license, .person = person})) ++granted;
        }
      }
    });
    watcher.finish();
    EXPECT_EQ(watcher.wrong(), 0);
    EXPECT_EQ(granted.load(), 18) << "every seat is assigned once";
    EXPECT_EQ(events.load(), 18);
    EXPECT_TRUE(desk.findings().empty());
  }
}

TEST(Races, ConcurrentTransferAndRevokeTakeEffectOnce) {
  RULE("C55");
  for (int round = 0; round < 20; ++round) {
    Desk desk;
    const auto license = desk.license("Vector", 1);
    const auto seat = desk.seat(license, desk.person("Ada"));
    std::vector<PersonId> others;
    for (int i = 0; i < 8; ++i) others.push_back(desk.person("P"));
    std::atomic<int> moved{0};
    std::atomic<int> revoked{0};
    std::atomic<int> late{0};
    run_in_parallel(16, [&](int number) {
      Session admin = desk.admin;
      if (number < 8) {
        const auto result = admin.transfer(
            {.assignment = seat, .person = others[static_cast<std::size_t>(number)]});
        ++(result ? moved : late);
        ASSERT_TRUE(result || result.error().code == Code::already_revoked);
      } else {
        const auto result = admin.revoke({.assignment = seat});
        ++(result ? revoked : late);
        ASSERT_TRUE(result || result.error().code == Code::already_revoked);
      }
    });
    EXPECT_EQ(moved.load() + revoked.load(), 1);
    EXPECT_EQ(late.load(), 15);
    EXPECT_EQ(desk.admin.usage(license)->used, static_cast<std::uint64_t>(moved.load()));
    EXPECT_TRUE(desk.findings().empty());
  }
}

// ------------------------------------------------------------------------------------- the lock

TEST(FairLock, LoopingReadersDoNotStarveAWriter) {
  detail::FairSharedMutex mutex;
  std::atomic<bool> stop{false};
  std::atomic<std::uint64_t> reads{0};
  std::uint64_t value = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 8; ++i) {
    readers.emplace_back([&] {
      while (!stop.load()) {
        const std::shared_lock lock(mutex);
        reads += value < ~std::uint64_t{0} ? 1 : 0;
      }
    });
  }
  while (reads.load() < 1000) std::this_thread::yield();  // until they are looping
  // std::shared_mutex takes minutes here. The limit keeps a broken lock from hanging.
  constexpr std::uint64_t writes = 500;
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  std::uint64_t written = 0;
  while (written < writes && std::chrono::steady_clock::now() < limit) {
    const std::lock_guard lock(mutex);
    value = ++written;
  }
  stop.store(true);
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(written, writes);
}

TEST(FairLock, LoopingWritersDoNotStarveAReader) {
  detail::FairSharedMutex mutex;
  std::atomic<bool> stop{false};
  std::uint64_t value = 0;
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&] {
      while (!stop.load()) {
        const std::lock_guard lock(mutex);
        ++value;
      }
    });
  }
  constexpr int reads = 500;
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  int read = 0;
  std::uint64_t last = 0;
  while (read < reads && std::chrono::steady_clock::now() < limit) {
    const std::shared_lock lock(mutex);
    EXPECT_GE(value, last);
    last = value;
    ++read;
  }
  stop.store(true);
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(read, reads);
}

TEST(FairLock, WritersAreExclusiveAndReadersShare) {
  detail::FairSharedMutex mutex;
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  std::atomic<int> torn{0};
  std::atomic<int> together{0};
  std::atomic<int> inside{0};
  run_in_parallel(8, [&](int number) {
    for (int i = 0; i < 2000; ++i) {
      if (number < 2) {
        const std::lock_guard lock(mutex);
        ++first;
        ++second;
      } else {
        const std::shared_lock lock(mutex);
        if (++inside > 1) ++together;
        if (first != second) ++torn;
        if (i % 64 == 0) std::this_thread::yield();
        --inside;
      }
    }
  });
  EXPECT_EQ(torn.load(), 0);
  EXPECT_GT(together.load(), 0);
  EXPECT_EQ(first, 4000U);
}

TEST(Races, ExportsAndPagesAreCorrectWhileOthersWrite) {
  RULE("A27", "A28", "C35");
  Desk desk;
  const auto license = desk.license("Vector", SeatTotal::unlimited());
  const auto busy = desk.license("Busy", SeatTotal::unlimited());
  constexpr std::uint64_t stay = 3000;
  AssignMany permanent{.license = license};
  for (std::uint64_t i = 0; i < stay; ++i)
    permanent.people.push_back(desk.person("S" + std::to_string(i)));
  ASSERT_TRUE(desk.admin.assign_many(permanent));
  std::vector<PersonId> changing;
  for (int i = 0; i < 20; ++i) changing.push_back(desk.person("M" + std::to_string(i)));

  std::atomic<bool> done{false};
  std::atomic<int> writes{0};
  std::vector<std::thread> writers;
  for (std::size_t writer = 0; writer < 2; ++writer) {
    writers.emplace_back([&, writer] {
      Session session = desk.admin;
      for (std::size_t turn = 0; !done.load(); ++turn) {
        const auto person = changing[writer * 10 + turn % 10];
        const auto seat =
            session.assign({.license = turn % 2 == 0 ? license : busy, .person = person});
        if (seat) session.revoke({.assignment = seat->assignment}).value();
        ++writes;
      }
    });
  }
  for (int round = 0; round < 6; ++round) {
    const auto sort = static_cast<SeatSort>(round % 3);
    std::uint64_t lines = 0;
    const auto report = desk.admin.export_seat_list(
        {.list = {.license = license, .search = "s", .sort = sort}}, [&](std::string_view bytes) {
          for (const char byte : bytes) lines += byte == '\n' ? 1 : 0;
          return desk.admin.usage(license).has_value();
        });
    ASSERT_TRUE(report);
    EXPECT_EQ(report->rows, stay);
    EXPECT_EQ(lines, stay + 1);

    std::set<std::uint64_t> seen;
    std::uint64_t shown = 0;
    SeatListQuery query{.license = license, .search = "s", .sort = sort, .limit = 500};
    do {
      const auto page = desk.admin.seat_list(query).value();
      for (const auto& row : page.rows) seen.insert(row.assignment.value);
      shown += page.rows.size();
      query.after = page.next;
    } while (!query.after.empty());
    EXPECT_EQ(shown, stay);
    EXPECT_EQ(seen.size(), stay);
  }
  done.store(true);
  for (auto& writer : writers) writer.join();
  EXPECT_GT(writes.load(), 0);
  EXPECT_TRUE(desk.findings().empty());
}

/// A book large enough for several slices per query, with two writers that pause between writes.
struct BusyBook : Desk {
  explicit BusyBook(std::uint64_t stay, std::chrono::microseconds pause = {})
      : license(Desk::license("Large", SeatTotal::unlimited())) {
    AssignMany permanent{.license = license};
    for (std::uint64_t i = 0; i < stay; ++i) permanent.people.push_back(person("S"));
    admin.assign_many(permanent).value();
    for (int i = 0; i < 2; ++i) {
      writers.emplace_back([this, pause, mover = person("M")] {
        Session session = admin;
        while (!done.load()) {
          const auto seat = session.assign({.license = license, .person = mover});
          if (!seat) return;  // the book is closed
          if (!session.revoke({.assignment = seat->assignment})) return;
          std::this_thread::sleep_for(pause);
        }
      });
    }
  }
  ~BusyBook() { finish(); }
  void finish() {
    done.store(true);
    for (auto& writer : writers) writer.join();
    writers.clear();
  }

  LicenseId license;
  std::atomic<bool> done{false};
  std::vector<std::thread> writers;
};

std::uint64_t count_of(const std::string& text, const std::string& part) {
  std::uint64_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

TEST(Races, WritersRunBetweenTheSlicesOfAQuery) {
  RULE("C69");
  constexpr std::uint64_t stay = 20'000;
  BusyBook desk(stay);
  bool several = false;
  while (!several) {  // never ends if a query holds the lock for its whole run
    const auto figures = desk.admin.seat_figures({.license = desk.license}).value();
    EXPECT_GE(figures.total_assigned, stay);
    EXPECT_LE(figures.total_assigned, stay + 2);
    EXPECT_GE(figures.last_version, figures.version);
    several = figures.last_version > figures.version;
  }
  std::set<std::uint64_t> seen;
  for (const auto& row : desk.admin.license_seats(desk.license).value()) {
    EXPECT_TRUE(seen.insert(row.assignment.value).second) << "repeated";
  }
  EXPECT_GE(seen.size(), stay);
  EXPECT_LE(seen.size(), stay + 2);
}

TEST(Races, ADumpAndACheckSeeOneVersion) {
  RULE("C69");
  // With a pause, so that the history does not grow faster than it is dumped.
  BusyBook desk(5'000, std::chrono::milliseconds(2));
  for (int round = 0; round < 2; ++round) {
    const std::string dump = desk.dump();
    EXPECT_EQ(count_of(dump, "\"kind\": \"assigned\"") - count_of(dump, "\"kind\": \"revoked\""),
              count_of(dump, "\"revoked_at\": null"));
    EXPECT_TRUE(desk.findings().empty());
  }
  desk.finish();
  EXPECT_EQ(desk.dump(), desk.dump());
}

TEST(Races, ClosingEndsAQueryBetweenTwoSlices) {
  RULE("C69");
  BusyBook desk(20'000);
  std::atomic<int> rounds{0};
  std::thread reader([&] {
    for (;;) {
      const auto rows = desk.admin.roster({.license = desk.license, .limit = all_rows});
      ++rounds;
      if (rows) continue;
      EXPECT_EQ(rows.error().code, Code::book_closed);
      return;
    }
  });
  while (rounds.load() == 0) std::this_thread::yield();
  desk.book.close();
  reader.join();
}

TEST(Races, QueriesContinueWhileABookIsReadAnew) {
  class Restored final : public testing::ForwardingStorage {
   public:
    using ForwardingStorage::ForwardingStorage;
    Result<Version> read(Version after, RecordSink& sink) override {
      if (after) return Error{Code::book_needs_reopen, "restored"};
      return ForwardingStorage::read(after, sink);
    }
  };
  const auto storage = memory_storage();
  std::string file = "Name\n";
  for (int i = 0; i < 6'000; ++i) file += "P\n";  // a query takes several slices
  ASSERT_TRUE(Desk(storage).admin.import_people({.csv = file}));
  Desk desk(std::make_shared<Restored>(storage));
  const std::string before = desk.dump();
  std::atomic<bool> done{false};
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (!done) {
        EXPECT_EQ(desk.admin.people()->size(), 1'000U) << "the first page";
        EXPECT_EQ(desk.dump(), before);
      }
    });
  }
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(desk.book.refresh());
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(desk.book.stats()->rereads, 10U);
  EXPECT_EQ(desk.findings(), std::vector<std::string>{});
}

}  // namespace
}  // namespace seatbook

// Tests Book::stats() and the log of a book.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "book/meter.hpp"
#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/faulty_storage.hpp"

namespace seatbook::testing {
namespace {

using Kinds = std::vector<LogKind>;

/// Returns options with which a book adds the entries of its log to a list.
OpenOptions logging_to(std::vector<LogEntry>& log) {
  OpenOptions options;
  options.on_log = [&log](const LogEntry& entry) { log.push_back(entry); };
  return options;
}

/// A book on a faulty storage, with its log.
struct Watched {
  explicit Watched(std::function<void(const LogEntry&)> more = nullptr)
      : desk(storage, options(std::move(more))) {}

  OpenOptions options(std::function<void(const LogEntry&)> more) {
    OpenOptions with_log;
    with_log.on_log = [this, more = std::move(more)](const LogEntry& entry) {
      log.push_back(entry);
      if (more) more(entry);
    };
    return with_log;
  }
  [[nodiscard]] BookStats stats() const { return desk.book.stats().value(); }
  Code add(const char* name = "Ada") { return code_of(desk.admin.add_person({.name = name})); }
  /// Returns the kinds of the entries since the last call.
  Kinds kinds() {
    Kinds kinds;
    for (const LogEntry& entry : log) kinds.push_back(entry.kind);
    log.clear();
    return kinds;
  }

  std::vector<LogEntry> log;
  std::shared_ptr<FaultyStorage> storage = std::make_shared<FaultyStorage>(memory_storage());
  Desk desk;
};

/// Returns a fault at the first call only.
auto once(Fault fault) {
  return [fault, calls = 0](int) mutable { return calls++ == 0 ? fault : Fault::none; };
}

// ---------------------------------------------------------------------------------------- numbers

TEST(Stats, CountRecordsAndCommits) {
  Desk desk;
  const auto license = desk.license("Vector", 9);
  const auto ada = desk.person("Ada");
  desk.seat(license, ada);
  EXPECT_EQ(code_of(desk.admin.assign({.license = license, .person = ada})),
            Code::already_assigned);
  const BookStats stats = desk.book.stats().value();
  EXPECT_EQ(stats.version, desk.book.version());
  EXPECT_EQ(stats.people, 2);
  EXPECT_EQ(stats.licenses, 1);
  EXPECT_EQ(stats.assignments, 1);
  EXPECT_EQ(stats.history_rows, desk.admin.history({}).value().size());
  EXPECT_EQ(stats.batches, 4);
  EXPECT_EQ(stats.groups, 4);
  EXPECT_EQ(stats.groups_of_1, 4);
  EXPECT_EQ(stats.largest_group, 1);
  EXPECT_EQ(stats.failed_commands, 1);
  EXPECT_EQ(stats.queue_length, 0);
  for (const CallTimes& times : {stats.lock, stats.read, stats.append, stats.sync, stats.find}) {
    EXPECT_EQ(times, CallTimes());
  }
}

TEST(Stats, CountTheCallsOfTheStorage) {
  Watched book;
  const auto before = book.stats();
  EXPECT_EQ(before.read.calls, 1);
  EXPECT_EQ(before.lock.calls, 0);
  ASSERT_EQ(book.add(), Code::ok);
  ASSERT_TRUE(book.desk.admin.add_person(
      {.name = "Bo", .request_id = RequestId::parse(std::string(32, '7')).value()}));
  const auto after = book.stats();
  EXPECT_EQ(after.lock.calls, 2);
  EXPECT_EQ(after.read.calls, 3);
  EXPECT_EQ(after.append.calls, 2);
  EXPECT_EQ(after.find.calls, 1);
  EXPECT_EQ(after.sync.calls, 0);
  EXPECT_EQ(after.storage_failures, 0);
  EXPECT_EQ(book.kinds(), Kinds());
}

TEST(Stats, MeasureTheStorage) {
  Watched book;
  book.storage->on_append = [](int) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return Fault::none;
  };
  ASSERT_EQ(book.add("Ada"), Code::ok);
  ASSERT_EQ(book.add("Bo"), Code::ok);
  const auto append = book.stats().append;
  EXPECT_GE(append.longest_us, 20'000);
  EXPECT_GE(append.total_us, append.longest_us + 20'000);
  EXPECT_LT(book.stats().lock.longest_us, append.longest_us);
}

TEST(Stats, DoNotWaitForTheStorageAndCountWaitingCommands) {
  Watched book;
  std::promise<void> appending;
  std::promise<void> proceed;
  book.storage->on_append = [&](int call) {
    if (call == 0) {
      appending.set_value();
      proceed.get_future().wait();
    }
    return Fault::none;
  };
  std::thread first([&] { EXPECT_EQ(book.add("Ada"), Code::ok); });
  appending.get_future().wait();
  EXPECT_EQ(book.stats().queue_length, 0);
  std::thread second([&] { EXPECT_EQ(book.add("Bo"), Code::ok); });
  while (book.stats().queue_length == 0) std::this_thread::yield();
  EXPECT_EQ(book.stats().queue_length, 1);
  EXPECT_EQ(book.stats().wait.calls, 0);
  proceed.set_value();
  first.join();
  second.join();
  EXPECT_EQ(book.stats().queue_length, 0);
  EXPECT_EQ(book.stats().wait.calls, 1);
}

TEST(Stats, OfAClosedBook) {
  Desk desk;
  desk.book.close();
  EXPECT_EQ(code_of(desk.book.stats()), Code::book_closed);
}

TEST(Meter, SortsGroupsBySize) {
  detail::Meter meter(nullptr);
  for (const std::size_t size : {1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64}) meter.committed(size);
  BookStats stats;
  meter.fill(stats);
  EXPECT_EQ(stats.batches, 246);
  EXPECT_EQ(stats.groups, 12);
  EXPECT_EQ(stats.largest_group, 64);
  EXPECT_EQ(stats.groups_of_1, 1);
  EXPECT_EQ(stats.groups_of_2_to_3, 2);
  EXPECT_EQ(stats.groups_of_4_to_7, 2);
  EXPECT_EQ(stats.groups_of_8_to_15, 2);
  EXPECT_EQ(stats.groups_of_16_to_31, 2);
  EXPECT_EQ(stats.groups_of_32_to_64, 3);
}

// -------------------------------------------------------------------------------------------- log

TEST(Log, ReportsConflicts) {
  Watched book;
  book.storage->on_append = once(Fault::conflict);
  EXPECT_EQ(book.add(), Code::ok);
  ASSERT_EQ(book.log.size(), 1);
  EXPECT_EQ(book.log[0].level, LogLevel::debug);
  EXPECT_EQ(book.log[0].code, Code::conflict);
  EXPECT_EQ(book.kinds(), Kinds{LogKind::conflict});
  EXPECT_EQ(book.stats().conflicts, 1);
  EXPECT_EQ(book.stats().append.calls, 2);
  EXPECT_EQ(book.stats().storage_failures, 0);
}

TEST(Log, ReportsFailuresOfEachCall) {
  Watched book;
  const auto expect_failure = [&](const char* name) {
    ASSERT_EQ(book.log.size(), 1) << name;
    EXPECT_EQ(book.log[0].level, LogLevel::error);
    EXPECT_EQ(book.log[0].code, Code::storage_failed);
    EXPECT_EQ(book.log[0].message,
              std::string(name) + "() of the storage failed: the disk is full");
    EXPECT_EQ(book.kinds(), Kinds{LogKind::storage_failed});
  };
  book.storage->on_lock = once(Fault::failed);
  EXPECT_EQ(book.add(), Code::storage_failed);
  expect_failure("lock");
  book.storage->on_read = once(Fault::failed);
  EXPECT_EQ(book.add(), Code::storage_failed);
  expect_failure("read");
  book.storage->on_append = once(Fault::failed);
  EXPECT_EQ(book.add(), Code::storage_failed);
  expect_failure("append");
  book.storage->on_find = once(Fault::failed);
  const auto id = RequestId::parse(std::string(32, '7')).value();
  EXPECT_EQ(code_of(book.desk.admin.add_person({.name = "Ada", .request_id = id})),
            Code::storage_failed);
  expect_failure("find");
  EXPECT_EQ(book.stats().storage_failures, 4);
  EXPECT_EQ(book.stats().failed_commands, 4);
}

TEST(Log, ReportsUnknownOutcomesAndTheirResolution) {
  Watched book;
  // Resolved at once.
  book.storage->on_append = once(Fault::unknown_written);
  EXPECT_EQ(book.add("Ada"), Code::ok);
  EXPECT_EQ(book.log.at(0).level, LogLevel::error);
  EXPECT_EQ(book.log.at(0).code, Code::storage_unknown);
  EXPECT_EQ(book.log.at(1).level, LogLevel::info);
  EXPECT_NE(book.log.at(1).message.find(" written"), std::string::npos);
  EXPECT_EQ(book.kinds(), (Kinds{LogKind::outcome_unknown, LogKind::outcome_resolved}));
  book.storage->on_append = once(Fault::unknown_not_written);
  EXPECT_EQ(book.add("Bo"), Code::storage_failed);
  EXPECT_NE(book.log.at(1).message.find("not written"), std::string::npos);
  EXPECT_EQ(book.kinds(), (Kinds{LogKind::outcome_unknown, LogKind::outcome_resolved}));
  // Resolved by a later call.
  for (const Fault fault : {Fault::unknown_written, Fault::unknown_not_written}) {
    book.storage->on_append = once(fault);
    book.storage->on_find = [](int) { return Fault::failed; };
    EXPECT_EQ(book.add("Cy"), Code::storage_unknown);
    EXPECT_EQ(book.kinds(), (Kinds{LogKind::outcome_unknown, LogKind::storage_failed}));
    EXPECT_EQ(code_of(book.desk.book.refresh()), Code::storage_unknown);
    EXPECT_EQ(book.kinds(), Kinds{LogKind::storage_failed});
    book.storage->on_find = [](int) { return Fault::none; };
    EXPECT_TRUE(book.desk.book.refresh());
    EXPECT_EQ(book.kinds(), Kinds{LogKind::outcome_resolved});
  }
  EXPECT_EQ(book.stats().unknown_outcomes, 4);
  EXPECT_EQ(book.stats().storage_failures, 4);
}

TEST(Log, ReportsSlowCalls) {
  Watched book;
  book.storage->on_lock = [](int call) {
    if (call == 0) std::this_thread::sleep_for(std::chrono::microseconds(slow_storage_us));
    return Fault::none;
  };
  EXPECT_EQ(book.add(), Code::ok);
  ASSERT_EQ(book.log.size(), 1);
  EXPECT_EQ(book.log[0].level, LogLevel::warning);
  EXPECT_EQ(book.log[0].message.find("lock() of the storage took 1"), 0) << book.log[0].message;
  EXPECT_EQ(book.log[0].duration_us, book.stats().lock.longest_us);
  EXPECT_EQ(book.kinds(), Kinds{LogKind::storage_slow});
}

TEST(Log, ReportsListenersThatFail) {
  std::vector<std::string> reported;
  std::vector<LogEntry> log;
  OpenOptions options = logging_to(log);
  options.on_listener_error = [&](Seq, std::string_view what) { reported.emplace_back(what); };
  Desk desk(nullptr, options);
  desk.book.subscribe([](const Event&) { throw std::runtime_error("cannot reach the chat"); });
  desk.seat(desk.license("Vector", 9), desk.person("Ada"));
  EXPECT_EQ(reported, std::vector<std::string>{"cannot reach the chat"});
  ASSERT_EQ(log.size(), 1);
  EXPECT_EQ(log[0].kind, LogKind::listener_failed);
  EXPECT_EQ(log[0].level, LogLevel::warning);
  EXPECT_EQ(log[0].message, "a listener failed: cannot reach the chat");
  EXPECT_EQ(desk.book.stats().value().listener_failures, 1);
}

TEST(Log, ReportsDroppedEvents) {
  std::vector<LogEntry> log;
  detail::Meter meter(logging_to(log).on_log);
  meter.start_log();
  for (const std::uint64_t total : {0, 3, 3, 5}) meter.events_dropped(total);
  EXPECT_TRUE(log.empty());
  meter.deliver_log();
  ASSERT_EQ(log.size(), 2);
  EXPECT_EQ(log[0].kind, LogKind::events_dropped);
  EXPECT_EQ(log[0].level, LogLevel::warning);
  EXPECT_EQ(log[0].message, "3 events were not queued for listeners");
  EXPECT_EQ(log[1].message, "2 events were not queued for listeners");
}

/// A storage that can be restored: its reads fail until they are for all records.
class Restored final : public Storage {
 public:
  Result<Version> read(Version after, RecordSink& sink) override {
    if (unsure && after) return Error{Code::book_needs_reopen, "the log is gone"};
    return inner->read(after, sink);
  }
  Result<void> append(const Batch& batch) override { return inner->append(batch); }
  Result<std::optional<Version>> find(const Token& token) override { return inner->find(token); }

  bool unsure = false;
  std::shared_ptr<Storage> inner = memory_storage();
};

TEST(Log, ReportsRereadsAndTheEndOfTheBook) {
  std::vector<LogEntry> log;
  const auto storage = std::make_shared<Restored>();
  Desk desk(storage, logging_to(log));
  desk.person("Ada");
  storage->unsure = true;
  EXPECT_TRUE(desk.book.refresh());
  ASSERT_EQ(log.size(), 1);
  EXPECT_EQ(log[0].kind, LogKind::storage_reread);
  EXPECT_EQ(log[0].level, LogLevel::warning);
  EXPECT_EQ(desk.book.stats().value().rereads, 1);
  storage->inner = memory_storage();  // without Ada
  for (int n = 0; n < 2; ++n) {
    EXPECT_EQ(code_of(desk.book.refresh()), Code::book_needs_reopen);
  }
  ASSERT_EQ(log.size(), 3);
  EXPECT_EQ(log[2].kind, LogKind::needs_reopen);
  EXPECT_EQ(log[2].level, LogLevel::error);
  EXPECT_EQ(log[2].code, Code::book_needs_reopen);
  EXPECT_NE(log[2].message.find("history differs"), std::string::npos) << log[2].message;
}

TEST(Log, SaysNothingWhileTheBookIsOpened) {
  std::vector<LogEntry> log;
  const auto storage = std::make_shared<FaultyStorage>(memory_storage());
  storage->on_read = [](int) { return Fault::failed; };
  EXPECT_EQ(code_of(Book::open(storage, logging_to(log))), Code::storage_failed);
  EXPECT_TRUE(log.empty());
}

// --------------------------------------------------------------------------------------- callback

TEST(LogCallbacks, CanUseTheBook) {
  Watched* watched = nullptr;
  int calls = 0;
  Watched book([&](const LogEntry&) {
    if (++calls > 1) return;
    // Its own failure is not logged, or it would be called without end.
    watched->storage->on_append = once(Fault::failed);
    EXPECT_EQ(watched->add("Bo"), Code::storage_failed);
    EXPECT_EQ(watched->add("Cy"), Code::ok);
    EXPECT_TRUE(watched->desk.book.refresh());
    EXPECT_TRUE(watched->desk.book.stats());
  });
  watched = &book;
  book.storage->on_append = once(Fault::failed);
  EXPECT_EQ(book.add("Ada"), Code::storage_failed);
  EXPECT_EQ(calls, 1);
  book.storage->on_append = once(Fault::failed);
  EXPECT_EQ(book.add("Ada"), Code::storage_failed);
  EXPECT_EQ(calls, 2);
}

TEST(LogCallbacks, ThatThrowAreCounted) {
  Watched book([](const LogEntry&) { throw std::runtime_error("no disk"); });
  book.storage->on_append = once(Fault::conflict);
  EXPECT_EQ(book.add(), Code::ok);
  EXPECT_EQ(book.stats().log_failures, 1);
}

TEST(LogCallbacks, CanCloseTheBook) {
  Watched* watched = nullptr;
  Watched book([&](const LogEntry&) { watched->desk.book.close(); });
  watched = &book;
  book.storage->on_append = once(Fault::unknown_not_written);
  EXPECT_EQ(book.add(), Code::storage_failed);
  EXPECT_TRUE(book.desk.book.closed());
  EXPECT_EQ(book.log.size(), 1);  // the second entry is dropped
}

TEST(LogCallbacks, AreDestroyedByCloseWithoutALock) {
  Desk other;
  OpenOptions options;
  Book* opened = nullptr;
  int destroyed = 0;
  options.on_log = [held = std::shared_ptr<void>(nullptr, [&](void*) {
                      EXPECT_EQ(code_of(opened->refresh()), Code::book_closed);
                      ++destroyed;
                    })](const LogEntry&) {};
  auto book = Book::open(std::move(options)).value();
  opened = &book;
  EXPECT_EQ(destroyed, 0);
  book.close();
  EXPECT_EQ(destroyed, 1);
}

TEST(LogCallbacks, ThreadsCanCallThemAtTheSameTime) {
  std::atomic<int> entries{0};
  OpenOptions options;
  options.on_log = [&](const LogEntry&) { ++entries; };
  const auto storage = std::make_shared<FaultyStorage>(memory_storage());
  Desk desk(storage, options);
  storage->on_append = [](int call) { return call % 2 == 0 ? Fault::failed : Fault::none; };
  std::vector<std::thread> threads;
  for (int n = 0; n < 4; ++n) {
    threads.emplace_back([&] {
      for (int at = 0; at < 50; ++at) static_cast<void>(desk.admin.add_person({.name = "Ada"}));
    });
  }
  for (std::thread& thread : threads) thread.join();
  const BookStats stats = desk.book.stats().value();
  EXPECT_EQ(entries, 100);
  EXPECT_EQ(stats.storage_failures, 100);
  EXPECT_EQ(stats.batches, 100);
  EXPECT_EQ(stats.failed_commands, 100);
}

}  // namespace
}  // namespace seatbook::testing

// Tests the connections that the books of a process share: limits, waiting, lost connections,
// forks, many books, and the messages that opening a book takes.
#include "storage/postgres/connection_pool.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "postgres/postgres_kinds.hpp"
#include "postgres/sql.hpp"
#include "storage/contract.hpp"
#include "storage/postgres/sql_book_server.hpp"

namespace seatbook::testing {
namespace {

using postgres::detail::Connection;
using postgres::detail::ConnectionPool;
using postgres::detail::SqlFailure;
using postgres::detail::Target;
using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;
using Lease = ConnectionPool::Lease;

/// The fixture has a pool that no other test uses: its connections have a name.
class PostgresPool : public ::testing::Test {
 protected:
  PostgresPool() {
    postgres::Options options;
    options.book = new_book_name();
    open_postgres(options).value();  // creates the tables
  }

  [[nodiscard]] postgres::Options new_book() const {
    postgres::Options options = options_;
    options.book = new_book_name();
    return options;
  }
  StoragePointer opened(const postgres::Options& options) const {
    return postgres::open_storage(url_, options).value();
  }
  [[nodiscard]] Target target() const {
    return postgres::detail::parse_target(url_, options_).value();
  }
  [[nodiscard]] std::shared_ptr<ConnectionPool> pool() const {
    return ConnectionPool::of(target(), options_);
  }
  static Lease leased(const std::shared_ptr<ConnectionPool>& pool) {
    Lease lease;
    const auto failure = pool->acquire(lease);
    EXPECT_FALSE(failure) << failure->message;
    return lease;
  }
  static std::string process_of(const Lease& lease) {
    std::int64_t process = 0;
    lease->send({"", "SELECT pg_backend_pid()"});
    EXPECT_FALSE(lease->finish([&](std::size_t, const postgres::detail::Row& row) {
      process = row.number(0).value_or(0);
      return true;
    }));
    return std::to_string(process);
  }
  /// Returns how many connections the server has from this fixture.
  int connections() {
    return std::stoi(
        sql_("SELECT count(*) FROM pg_stat_activity WHERE application_name = '" + name_ + "'"));
  }
  /// Waits until the server has `count` connections: it notices later that one was closed.
  void expect_connections(int count) {
    EXPECT_TRUE(wait_until([&] { return connections() == count; })) << connections();
  }
  void end_connections() {
    sql_(
        "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE "
        "application_name = '" +
        name_ + "'");
  }

  const std::string name_ = new_book_name();
  const std::string url_ =
      postgres_url() + "&application_name=" + std::string(name_).replace(name_.find(' '), 1, "%20");
  postgres::Options options_;
  Sql sql_{postgres_url()};
};

// -------------------------------------------------------------------------------- one process

TEST_F(PostgresPool, IsSharedByBooksWithTheSameOptions) {
  const auto shared = pool();
  EXPECT_EQ(ConnectionPool::of(target(), new_book()), shared);
  postgres::Options same = options_;
  same.must_exist = true;
  same.retry_for_ms = 1;
  EXPECT_EQ(ConnectionPool::of(target(), same), shared);

  const std::function<void(postgres::Options&)> changes[] = {
      [](auto& options) { options.schema = "other"; },
      [](auto& options) { options.read_only = true; },
      [](auto& options) { options.connect_timeout_ms = 1; },
      [](auto& options) { options.lock_timeout_ms = 1; },
      [](auto& options) { options.statement_timeout_ms = 1; },
      [](auto& options) { options.idle_transaction_timeout_ms = 1; },
      [](auto& options) { options.tcp_timeout_ms = 1; },
      [](auto& options) { options.connections = 1; },
  };
  for (const auto& change : changes) {
    postgres::Options options = options_;
    change(options);
    EXPECT_NE(ConnectionPool::of(target(), options), shared);
  }
  const auto other = postgres::detail::parse_target(postgres_url(), options_).value();
  EXPECT_NE(ConnectionPool::of(other, options_), shared);
}

TEST_F(PostgresPool, ReusesTheConnectionThatWasUsedLast) {
  const auto shared = pool();
  Lease first = leased(shared);
  Lease second = leased(shared);
  const std::string process = process_of(first);
  EXPECT_NE(process_of(second), process);
  second.give_back();
  first.give_back();
  EXPECT_FALSE(first.is_open());
  Lease again = leased(shared);
  EXPECT_EQ(process_of(again), process);
  EXPECT_TRUE(again.reused());
  Lease moved = std::move(again);
  EXPECT_EQ(process_of(moved), process);
  expect_connections(2);
}

TEST_F(PostgresPool, ClosesAConnectionThatIsLostOrInATransaction) {
  const auto shared = pool();
  Lease lease = leased(shared);
  const std::string process = process_of(lease);
  lease->send({"", "BEGIN"});
  ASSERT_FALSE(lease->finish());
  lease.give_back();
  EXPECT_EQ(shared->counts().idle, 0U);
  lease = leased(shared);
  EXPECT_NE(process_of(lease), process);
  end_connections();
  lease->send({"", "SELECT 1"});
  EXPECT_TRUE(lease->finish());
  // A lease keeps its place and connects again.
  EXPECT_TRUE(lease);
  EXPECT_FALSE(lease.is_open());
  EXPECT_FALSE(shared->acquire(lease));
  EXPECT_FALSE(lease.reused());
  EXPECT_EQ(shared->counts().leased, 1U);
  lease.give_back();
  EXPECT_EQ(shared->counts().idle, 1U);
  // The idle connection is replaced if the server has ended it.
  end_connections();
  EXPECT_NO_THROW(process_of(leased(shared)));
}

TEST_F(PostgresPool, WaitsInTurnForAtMostTheTimeLimit) {
  options_.connections = 1;
  options_.lock_timeout_ms = 300;
  const auto shared = pool();
  Lease only = leased(shared);
  const auto started = Steady::now();
  Lease late;
  const auto failure = shared->acquire(late);
  ASSERT_TRUE(failure);
  EXPECT_GE(Steady::now() - started, milliseconds(290));
  EXPECT_FALSE(failure->transient || failure->lost);
  EXPECT_EQ(failure->message,
            "all 1 connections of this process are in use, and none became free within "
            "lock_timeout_ms = 300: the option `connections` can be raised");
  EXPECT_FALSE(late);
  EXPECT_EQ(shared->counts().waiting, 0U);
  only.give_back();
  EXPECT_EQ(shared->counts().leased, 0U);
}

TEST_F(PostgresPool, ServesThoseThatWaitInOrder) {
  options_.connections = 1;
  const auto shared = pool();
  Lease only = leased(shared);
  std::string order;
  std::vector<std::thread> threads;
  for (char name = 'a'; name <= 'h'; ++name) {
    const std::size_t before = shared->counts().waiting;
    threads.emplace_back([&, name] {
      const Lease lease = leased(shared);
      order += name;  // the lease excludes other threads
    });
    ASSERT_TRUE(wait_until([&] { return shared->counts().waiting == before + 1; }));
  }
  only.give_back();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(order, "abcdefgh");
}

TEST_F(PostgresPool, ACallThatPausesAfterAFailureHoldsNoConnection) {
  const auto shared = pool();
  postgres::detail::SqlBookServer server(target(), options_);
  ASSERT_FALSE(server.connect());
  server.close();
  EXPECT_EQ(shared->counts().leased, 1U);
  postgres::detail::Backoff backoff(1);
  server.pause(backoff);
  EXPECT_EQ(shared->counts().leased, 0U);
}

// ------------------------------------------------------------------------------------- books

TEST_F(PostgresPool, ABookOpensInFewMessages) {
  const auto shared = pool();
  const auto messages = [&] { return leased(shared)->messages(); };
  postgres::Options options = new_book();
  opened(options);
  // Session, check of the pool in front, format and book, new book, head.
  EXPECT_LE(messages(), 5U);
  std::uint64_t before = messages();
  opened(options);
  EXPECT_LE(messages() - before, 2U) << "on a connection of the pool";
  before = messages();
  opened(new_book());
  EXPECT_LE(messages() - before, 3U) << "a new book";
  end_connections();
  opened(options);
  EXPECT_LE(messages(), 4U) << "on a new connection";
}

TEST_F(PostgresPool, ABookOpensAlthoughIdleConnectionsWereLost) {
  Desk desk(opened(new_book()));
  for (int number = 0; number < 3; ++number) {
    end_connections();
    Desk other(opened(new_book()));
    other.person("Ada");
    expect_connections(1);
  }
  desk.person("Ada");
}

TEST_F(PostgresPool, ManyBooksUseFewConnections) {
  constexpr int books = 512;
  std::vector<std::unique_ptr<Desk>> desks;
  for (int number = 0; number < books; ++number) {
    desks.push_back(std::make_unique<Desk>(opened(new_book())));
  }
  EXPECT_EQ(connections(), 1);
  constexpr int count = 16;
  std::vector<std::thread> threads;
  for (int number = 0; number < count; ++number) {
    threads.emplace_back([&, number] {
      for (int book = number; book < books; book += count) {
        desks[static_cast<std::size_t>(book)]->person("Ada");
        EXPECT_TRUE(desks[static_cast<std::size_t>(book)]->book.refresh());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GT(connections(), 1);
  EXPECT_LE(connections(), 8);
  for (const auto& desk : desks) EXPECT_EQ(desk->book.version(), Version(1));
  desks.clear();
  expect_connections(0);
}

TEST_F(PostgresPool, SixtyFourThreadsShareTwoConnections) {
  options_.connections = 2;
  constexpr int count = 64;
  std::vector<std::unique_ptr<Desk>> desks;
  for (int number = 0; number < count / 2; ++number) {
    const postgres::Options options = new_book();
    // Each book is open twice, so commands also wait for the lock on the server.
    desks.push_back(std::make_unique<Desk>(opened(options)));
    desks.push_back(std::make_unique<Desk>(opened(options)));
  }
  std::vector<std::thread> threads;
  for (int number = 0; number < count; ++number) {
    threads.emplace_back([&, number] {
      Desk& own = *desks[static_cast<std::size_t>(number)];
      Desk& next = *desks[static_cast<std::size_t>((number + 1) % count)];
      for (int round = 0; round < 5; ++round) {
        own.person("Ada");
        EXPECT_TRUE(next.book.refresh());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(connections(), 3);  // with the spare one
  for (const auto& desk : desks) EXPECT_EQ(desk->book.refresh().value(), Version(10));
}

TEST_F(PostgresPool, ALockedStorageNeedsNoSecondConnection) {
  options_.connections = 1;
  options_.lock_timeout_ms = 500;
  const postgres::Options options = new_book();
  const StoragePointer storage = opened(options);
  ASSERT_TRUE(storage->lock());
  Collected read;
  EXPECT_EQ(storage->read({}, read).value(), Version());
  EXPECT_EQ(storage->find(token(1)).value(), std::nullopt);
  EXPECT_TRUE(storage->append(batch(0, 1, {person(1, "Ada")})));
  EXPECT_EQ(storage->read({}, read).value(), Version(1));
  // Another book waits for the connection, then fails and changes nothing.
  const auto refused = postgres::open_storage(url_, new_book());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::storage_failed);
  EXPECT_NE(refused.error().message.find("`connections`"), std::string::npos);
  storage->unlock();
  expect_holds(*opened(options), 1, {person(1, "Ada")});
}

TEST_F(PostgresPool, AnOpenStorageHoldsNoConnection) {
  options_.connections = 1;
  options_.lock_timeout_ms = 500;
  const postgres::Options options = new_book();
  const StoragePointer first = opened(options);
  const StoragePointer second = opened(options);
  ASSERT_TRUE(second->append(batch(0, 1, {person(1, "Ada")})));
  expect_holds(*first, 1, {person(1, "Ada")});
}

TEST_F(PostgresPool, ACommandFailsIfNoConnectionBecomesFree) {
  options_.connections = 1;
  options_.lock_timeout_ms = 300;
  Desk desk(opened(new_book()));
  const std::string before = desk.dump();
  const StoragePointer other = opened(new_book());
  ASSERT_TRUE(other->lock());
  const auto added = desk.admin.add_person({.name = "Ada"});
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().code, Code::storage_failed);
  EXPECT_NE(added.error().message.find("lock_timeout_ms = 300"), std::string::npos)
      << added.error().message;
  EXPECT_EQ(desk.dump(), before);
  other->unlock();
  desk.person("Ada");
}

TEST_F(PostgresPool, AStorageThatIsClosedWithItsLockReleasesIt) {
  const postgres::Options options = new_book();
  StoragePointer storage = opened(options);
  const auto shared = pool();
  ASSERT_TRUE(storage->lock());
  storage.reset();
  EXPECT_EQ(shared->counts().leased, 0U);
  EXPECT_EQ(shared->counts().idle, 0U);
  Desk desk(opened(options));
  desk.person("Ada");
}

// -------------------------------------------------------------------------------------- forks

TEST_F(PostgresPool, AForkedChildMakesItsOwnConnections) {
  const postgres::Options options = new_book();
  StoragePointer storage = opened(options);
  ASSERT_TRUE(storage->append(batch(0, 1, {person(1, "Ada")})));
  auto shared = pool();
  Lease idle = leased(shared);
  Lease used = leased(shared);
  const std::string processes = process_of(idle) + " " + process_of(used);
  idle.give_back();
  const pid_t child = fork();
  if (child == 0) {
    bool right = true;
    {
      const StoragePointer own = postgres::open_storage(url_, options).value();
      right = right && pool() != shared && own->append(batch(1, 2, {person(2, "Bo")}));
      const Lease lease = leased(pool());
      right = right && processes.find(process_of(lease)) == std::string::npos;
    }
    // Releases what belongs to the parent, like a process that returns from main().
    used.give_back();
    storage.reset();
    shared.reset();
    _exit(right ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  idle = leased(shared);
  EXPECT_EQ(process_of(idle) + " " + process_of(used), processes);
  expect_holds(*storage, 2, {person(1, "Ada"), person(2, "Bo")});
}

}  // namespace
}  // namespace seatbook::testing

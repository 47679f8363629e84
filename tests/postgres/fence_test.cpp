// A batch whose sender is gone, but which the server has not read yet: once somebody was told that
// it is not there, it never comes, whatever becomes of the one who asked.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include "postgres/postgres_kinds.hpp"
#include "postgres/sql.hpp"
#include "storage/contract.hpp"

namespace seatbook::testing {
namespace {

/// Waits until `there` answers true; throws where it does not within a minute.
void wait_until(const std::string& what, const std::function<bool()>& there) {
  for (int i = 0; i < 6'000; ++i) {
    if (there()) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  throw std::runtime_error("waited in vain: " + what);
}

/// Whether the process waits for something, by the state that comes after its name in
/// /proc/PID/stat.
bool sleeps(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string line;
  std::getline(file, line);
  const std::size_t name_end = line.rfind(')');
  return name_end != std::string::npos && line.substr(name_end, 3) == ") S";
}

/// A process that sends batch 1, and its backend, which stands still before it reads that.
class Sender {
 public:
  explicit Sender(const postgres::Options& options) : sql_(postgres_url()) {
    (void)open_postgres(options).value();  // the tables and the book are there
    const std::string started = sql_("SELECT clock_timestamp()");
    if (pipe(to_child_) != 0 || pipe(from_child_) != 0) throw std::runtime_error("no pipe");
    process_ = fork();
    if (process_ == 0) run(options);
    hear();  // it has opened the book
    const std::string its =
        " FROM pg_stat_activity WHERE application_name = 'seatbook' AND "
        "backend_start > '" +
        started + "'";
    wait_until("one backend", [&] { return sql_("SELECT count(*)" + its) == "1"; });
    backend_ = static_cast<pid_t>(std::stoi(sql_("SELECT pid" + its)));
    send_signal(SIGSTOP);
    say();
    hear();  // what comes next is the append, and nothing in it waits before all has been sent
    wait_until("the batch to be sent", [&] { return sleeps(process_); });
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;
  ~Sender() {
    if (!gone_) kill(backend_, SIGCONT);
    for (const int end : {to_child_[0], to_child_[1], from_child_[0], from_child_[1]}) close(end);
  }

  /// Lets the backend read what it was sent, to its end.
  void let_go() {
    send_signal(SIGCONT);
    wait_until("the sender's backend to end", [&] { return ended(backend_); });
    gone_ = true;
  }

  /// Ends the library's connections, not the one that stands still: it would be ended before it
  /// reads on.
  void end_the_others() {
    const std::string others =
        " FROM pg_stat_activity WHERE application_name = 'seatbook' AND pid "
        "<> " +
        std::to_string(backend_);
    sql_("SELECT count(pg_terminate_backend(pid))" + others);
    wait_until("the others to end", [&] { return sql_("SELECT count(*)" + others) == "0"; });
  }

 private:
  [[noreturn]] void run(const postgres::Options& options) {
    const auto storage = postgres::open_storage(postgres_url(), options).value();
    (void)!write(from_child_[1], "o", 1);
    char go = 0;
    (void)!read(to_child_[0], &go, 1);
    const Batch first = batch(0, 1, {person(1, "Ada")});
    (void)!write(from_child_[1], "a", 1);
    (void)storage->append(first);
    _exit(0);
  }
  void say() {
    if (write(to_child_[1], "g", 1) != 1) throw std::runtime_error("the sender does not listen");
  }
  void hear() {
    char word = 0;
    if (read(from_child_[0], &word, 1) != 1) throw std::runtime_error("the sender says nothing");
  }
  void send_signal(int number) const {
    // The server runs as this user, or this is root.
    if (kill(backend_, number) != 0) throw std::runtime_error("no signal reaches the server");
  }
  bool ended(pid_t backend) {
    return sql_("SELECT count(*) FROM pg_stat_activity WHERE pid = " + std::to_string(backend)) ==
           "0";
  }

  Sql sql_;
  int to_child_[2] = {-1, -1};
  int from_child_[2] = {-1, -1};
  pid_t process_ = -1;
  pid_t backend_ = -1;
  bool gone_ = false;
};

class PostgresFence : public ::testing::Test {
 protected:
  PostgresFence() { options_.book = new_book_name(); }

  StoragePointer opened() { return open_postgres(options_).value(); }

  std::string fence() {
    return Sql(postgres_url())("SELECT fence FROM seatbook.books WHERE name = '" + options_.book +
                               "'");
  }
  void expect_none(const StoragePointer& storage) {
    const auto found = storage->find(token(1));
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_FALSE(*found);
  }
  /// After the backend has read it all, nobody finds the batch or anything of it.
  void expect_never(Sender& sender, const StoragePointer& storage) {
    sender.let_go();
    expect_none(storage);
    expect_holds(*storage, 0, {});
    expect_holds(*opened(), 0, {});
    // Nor does it stand in the way of the next one.
    EXPECT_TRUE(storage->append(batch(0, 1, {person(1, "Bo")})));
  }

  postgres::Options options_;
};

/// Else the others would show nothing.
TEST_F(PostgresFence, ABatchThatNobodyAskedForLandsWithoutItsSender) {
  Sender sender(options_);
  sender.let_go();
  const StoragePointer storage = opened();
  EXPECT_EQ(storage->find(token(1)).value(), Version(1));
  expect_holds(*storage, 1, {person(1, "Ada")});
}

TEST_F(PostgresFence, KeepsABatchOutThatWasNotFoundWithoutTheLock) {
  Sender sender(options_);
  const StoragePointer storage = opened();
  expect_none(storage);
  expect_never(sender, storage);
}

/// Under the lock a look-up alone costs no commit: what it does not find can only land before the
/// next batch, and only if it was decided on the version that the lock has shown.
TEST_F(PostgresFence, IsNotRaisedByALookUpUnderTheLock) {
  const StoragePointer storage = opened();
  const std::string before = fence();
  ASSERT_TRUE(storage->lock());
  expect_none(storage);
  storage->unlock();
  EXPECT_EQ(fence(), before);
  ASSERT_TRUE(storage->lock());
  expect_none(storage);
  EXPECT_TRUE(storage->append(batch(0, 2, {person(1, "Bo")})));
  storage->unlock();
  EXPECT_EQ(fence(), before);
}

TEST_F(PostgresFence, IsNotNeededOnceALaterBatchIsWritten) {
  Sender sender(options_);
  const StoragePointer storage = opened();
  ASSERT_TRUE(storage->lock());
  expect_none(storage);
  EXPECT_TRUE(storage->append(batch(0, 2, {person(1, "Bo")})));
  storage->unlock();
  sender.let_go();
  expect_none(storage);
  expect_holds(*opened(), 1, {person(1, "Bo")});
}

TEST_F(PostgresFence, OutlastsTheConnectionThatABatchIsLostWith) {
  Sender sender(options_);
  const StoragePointer storage = opened();
  ASSERT_TRUE(storage->lock());
  expect_none(storage);
  sender.end_the_others();
  EXPECT_TRUE(storage->append(batch(0, 2, {person(1, "Bo")})));
  storage->unlock();
  sender.let_go();
  expect_none(storage);
  expect_holds(*opened(), 1, {person(1, "Bo")});
}

TEST_F(PostgresFence, OutlastsTheConnectionOfARefusedBatch) {
  Sender sender(options_);
  const StoragePointer storage = opened();
  ASSERT_TRUE(storage->lock());
  expect_none(storage);
  Person wrong = person(1, "Bo");
  wrong.revision = Revision(0);
  EXPECT_EQ(code_of(storage->append(batch(0, 2, {wrong}))), Code::storage_failed);
  sender.end_the_others();
  storage->unlock();
  expect_never(sender, storage);
}

/// A batch of this storage whose fate it does not know is looked up with the fence, also under the
/// lock, which may be the lock of another book on the same storage.
TEST_F(PostgresFence, IsRaisedUnderTheLockForABatchOfUnknownFate) {
  options_.lock_timeout_ms = 300;
  options_.retry_for_ms = 1;
  const StoragePointer storage = opened();
  Sql holder(postgres_url());
  const std::string row = "name = '" + options_.book + "'";
  holder("BEGIN; SELECT 1 FROM seatbook.books WHERE " + row + " FOR UPDATE");
  Result<void> appended;
  std::thread sending([&] { appended = storage->append(batch(0, 1, {person(1, "Ada")})); });
  Sql sql(postgres_url());
  wait_until("the batch to be ended", [&] {
    return sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE "
               "application_name = 'seatbook' AND wait_event_type = 'Lock'") == "1";
  });
  sending.join();
  EXPECT_EQ(code_of(appended), Code::storage_unknown);
  holder("ROLLBACK");
  const std::string before = fence();
  ASSERT_TRUE(storage->lock());
  expect_none(storage);
  storage->unlock();
  EXPECT_NE(fence(), before);
  const std::string raised = fence();
  ASSERT_TRUE(storage->lock());
  expect_none(storage);
  storage->unlock();
  EXPECT_EQ(fence(), raised) << "it is known by now";
}

TEST_F(PostgresFence, OutlastsABatchThatNoTableTakes) {
  Sender sender(options_);
  const StoragePointer storage = opened();
  ASSERT_TRUE(storage->lock());
  expect_none(storage);
  Person wrong = person(1, "Bo");
  wrong.revision = Revision(0);
  EXPECT_EQ(code_of(storage->append(batch(0, 1, {wrong}))), Code::storage_failed);
  storage->unlock();
  expect_never(sender, storage);
}

TEST_F(PostgresFence, OutlastsABatchOfAnOldVersion) {
  Sender sender(options_);
  const StoragePointer storage = opened();
  ASSERT_TRUE(storage->lock());
  expect_none(storage);
  EXPECT_EQ(code_of(storage->append(batch(7, 1, {person(1, "Bo")}))), Code::conflict);
  storage->unlock();
  expect_never(sender, storage);
}

}  // namespace
}  // namespace seatbook::testing

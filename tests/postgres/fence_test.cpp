// Tests a batch whose sender has died before the server read it. After find() has reported that the
// batch is not written, it can never be committed, even if the caller's connection is lost.
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
#include "storage/postgres/batch_bytes.hpp"
#include "storage/postgres/sql_book_server.hpp"

namespace seatbook::testing {
namespace {

/// Waits until `condition` returns true. Throws after a minute.
void wait_until(const std::string& what, const std::function<bool()>& condition) {
  for (int i = 0; i < 6'000; ++i) {
    if (condition()) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  throw std::runtime_error("timed out waiting for " + what);
}

/// Returns whether the process is blocked: state S, after the name in /proc/PID/stat.
bool is_blocked(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string line;
  std::getline(file, line);
  const std::size_t name_end = line.rfind(')');
  return name_end != std::string::npos && line.substr(name_end, 3) == ") S";
}

/// A process that sends batch 1 and is killed, while its backend is suspended and has not read it.
class Sender {
 public:
  explicit Sender(const postgres::Options& options) : sql_(postgres_url()) {
    (void)open_postgres(options).value();  // creates the tables and the book
    const std::string started = sql_("SELECT clock_timestamp()");
    if (pipe(to_child_) != 0 || pipe(from_child_) != 0) throw std::runtime_error("no pipe");
    process_ = fork();
    if (process_ == 0) run(options);
    wait_for_byte();  // the child has opened the book
    const std::string of_backend =
        " FROM pg_stat_activity WHERE application_name = 'seatbook' AND "
        "backend_start > '" +
        started + "'";
    wait_until("one backend", [&] { return sql_("SELECT count(*)" + of_backend) == "1"; });
    backend_ = static_cast<pid_t>(std::stoi(sql_("SELECT pid" + of_backend)));
    send_signal(SIGSTOP);
    send_byte();
    wait_for_byte();  // the append follows, and it blocks only after it has sent everything
    wait_until("the batch to be sent", [&] { return is_blocked(process_); });
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;
  ~Sender() {
    if (!ended_) kill(backend_, SIGCONT);
    for (const int end : {to_child_[0], to_child_[1], from_child_[0], from_child_[1]}) close(end);
  }

  /// Resumes the backend and waits until it has read all its input and ended.
  void resume() {
    send_signal(SIGCONT);
    wait_until("the sender's backend to end", [&] { return has_ended(backend_); });
    ended_ = true;
  }

  /// Ends the library's connections except the sender's, which would end before it reads on.
  void end_other_connections() {
    const std::string others =
        " FROM pg_stat_activity WHERE application_name = 'seatbook' AND pid "
        "<> " +
        std::to_string(backend_);
    sql_("SELECT count(pg_terminate_backend(pid))" + others);
    wait_until("the other connections to end",
               [&] { return sql_("SELECT count(*)" + others) == "0"; });
  }

 private:
  [[noreturn]] void run(const postgres::Options& options) {
    // Not through a storage, which would read the head before it sends the batch.
    postgres::detail::SqlBookServer server(
        postgres::detail::parse_target(postgres_url(), options).value(), options);
    server.open().value();
    postgres::detail::News news;
    if (server.connect() || server.read_news({}, news)) _exit(1);
    (void)!write(from_child_[1], "o", 1);
    char go = 0;
    (void)!read(to_child_[0], &go, 1);
    const Batch first = batch(0, 1, {person(1, "Ada")});
    const auto outgoing = postgres::detail::outgoing_after({}, {&first, 1});
    (void)!write(from_child_[1], "a", 1);
    (void)server.append(outgoing, news.head, postgres::detail::Durability::own_sync);
    _exit(0);
  }
  void send_byte() {
    if (write(to_child_[1], "g", 1) != 1) throw std::runtime_error("cannot write to the sender");
  }
  void wait_for_byte() {
    char byte = 0;
    if (read(from_child_[0], &byte, 1) != 1) throw std::runtime_error("the sender has ended");
  }
  void send_signal(int number) const {
    // Works because the server runs as this user, or this process is root.
    if (kill(backend_, number) != 0) throw std::runtime_error("cannot signal the server");
  }
  bool has_ended(pid_t backend) {
    return sql_("SELECT count(*) FROM pg_stat_activity WHERE pid = " + std::to_string(backend)) ==
           "0";
  }

  Sql sql_;
  int to_child_[2] = {-1, -1};
  int from_child_[2] = {-1, -1};
  pid_t process_ = -1;
  pid_t backend_ = -1;
  bool ended_ = false;
};

class PostgresFence : public ::testing::Test {
 protected:
  PostgresFence() { options_.book = new_book_name(); }

  StoragePointer opened() { return open_postgres(options_).value(); }

  std::string fence() {
    return Sql(postgres_url())(
        "SELECT fence FROM seatbook.fences JOIN seatbook.books ON id = book WHERE name = '" +
        options_.book + "'");
  }
  void expect_not_found(const StoragePointer& storage) {
    const auto found = storage->find(token(1));
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_FALSE(*found);
  }
  /// Expects that the batch is not written after the backend has read all its input.
  void expect_never_written(Sender& sender, const StoragePointer& storage) {
    sender.resume();
    expect_not_found(storage);
    expect_holds(*storage, 0, {});
    expect_holds(*opened(), 0, {});
    // The next batch can be written.
    EXPECT_TRUE(storage->append(batch(0, 1, {person(1, "Bo")})));
  }

  postgres::Options options_;
};

/// Checks the setup of the other tests.
TEST_F(PostgresFence, WithoutALookUpTheBatchIsWrittenAfterItsSenderDied) {
  Sender sender(options_);
  sender.resume();
  const StoragePointer storage = opened();
  EXPECT_EQ(storage->find(token(1)).value(), Version(1));
  expect_holds(*storage, 1, {person(1, "Ada")});
}

TEST_F(PostgresFence, RefusesABatchThatWasNotFoundWithoutTheLock) {
  Sender sender(options_);
  const StoragePointer storage = opened();
  expect_not_found(storage);
  expect_never_written(sender, storage);
}

/// A look-up under the lock costs no commit. A batch it does not find could be written only before
/// the next batch, and only if its base is the version seen under the lock.
TEST_F(PostgresFence, IsNotRaisedByALookUpUnderTheLock) {
  const StoragePointer storage = opened();
  const std::string before = fence();
  ASSERT_TRUE(storage->lock());
  expect_not_found(storage);
  storage->unlock();
  EXPECT_EQ(fence(), before);
  ASSERT_TRUE(storage->lock());
  expect_not_found(storage);
  EXPECT_TRUE(storage->append(batch(0, 2, {person(1, "Bo")})));
  storage->unlock();
  EXPECT_EQ(fence(), before);
}

TEST_F(PostgresFence, IsNotNeededOnceALaterBatchIsWritten) {
  Sender sender(options_);
  const StoragePointer storage = opened();
  ASSERT_TRUE(storage->lock());
  expect_not_found(storage);
  EXPECT_TRUE(storage->append(batch(0, 2, {person(1, "Bo")})));
  storage->unlock();
  sender.resume();
  expect_not_found(storage);
  expect_holds(*opened(), 1, {person(1, "Bo")});
}

TEST_F(PostgresFence, HoldsWhenTheConnectionIsLostBeforeABatch) {
  Sender sender(options_);
  const StoragePointer storage = opened();
  ASSERT_TRUE(storage->lock());
  expect_not_found(storage);
  sender.end_other_connections();
  EXPECT_TRUE(storage->append(batch(0, 2, {person(1, "Bo")})));
  storage->unlock();
  sender.resume();
  expect_not_found(storage);
  expect_holds(*opened(), 1, {person(1, "Bo")});
}

TEST_F(PostgresFence, HoldsWhenTheConnectionIsLostAfterARefusedBatch) {
  Sender sender(options_);
  const StoragePointer storage = opened();
  ASSERT_TRUE(storage->lock());
  expect_not_found(storage);
  Person wrong = person(1, "Bo");
  wrong.revision = Revision(0);
  EXPECT_EQ(code_of(storage->append(batch(0, 2, {wrong}))), Code::storage_failed);
  sender.end_other_connections();
  storage->unlock();
  expect_never_written(sender, storage);
}

/// A batch with an unknown outcome is looked up with the fence even under the lock, because another
/// book on the same storage may hold the lock.
TEST_F(PostgresFence, IsRaisedUnderTheLockForABatchWithAnUnknownOutcome) {
  options_.lock_timeout_ms = 300;
  options_.retry_for_ms = 1;
  const StoragePointer storage = opened();
  Sql holder(postgres_url());
  const std::string row = "name = '" + options_.book + "'";
  holder("BEGIN; SELECT 1 FROM seatbook.books WHERE " + row + " FOR UPDATE");
  Result<void> appended;
  std::thread sending([&] { appended = storage->append(batch(0, 1, {person(1, "Ada")})); });
  Sql sql(postgres_url());
  wait_until("the connection of the batch to end", [&] {
    return sql("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE "
               "application_name = 'seatbook' AND wait_event_type = 'Lock'") == "1";
  });
  sending.join();
  EXPECT_EQ(code_of(appended), Code::storage_unknown);
  holder("ROLLBACK");
  const std::string before = fence();
  ASSERT_TRUE(storage->lock());
  expect_not_found(storage);
  storage->unlock();
  EXPECT_NE(fence(), before);
  const std::string raised = fence();
  ASSERT_TRUE(storage->lock());
  expect_not_found(storage);
  storage->unlock();
  EXPECT_EQ(fence(), raised) << "the outcome is known by now";
}

TEST_F(PostgresFence, HoldsAfterABatchThatTheTablesRefuse) {
  Sender sender(options_);
  const StoragePointer storage = opened();
  ASSERT_TRUE(storage->lock());
  expect_not_found(storage);
  Person wrong = person(1, "Bo");
  wrong.revision = Revision(0);
  EXPECT_EQ(code_of(storage->append(batch(0, 1, {wrong}))), Code::storage_failed);
  storage->unlock();
  expect_never_written(sender, storage);
}

TEST_F(PostgresFence, HoldsAfterABatchWithAnOldVersion) {
  Sender sender(options_);
  const StoragePointer storage = opened();
  ASSERT_TRUE(storage->lock());
  expect_not_found(storage);
  EXPECT_EQ(code_of(storage->append(batch(7, 1, {person(1, "Bo")}))), Code::conflict);
  storage->unlock();
  expect_never_written(sender, storage);
}

}  // namespace
}  // namespace seatbook::testing

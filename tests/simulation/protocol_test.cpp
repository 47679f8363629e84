// Cases that the simulation has found, on the simulated server without random faults.
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "simulation/connection.hpp"
#include "simulation/server.hpp"
#include "storage/contract.hpp"
#include "storage/postgres/storage.hpp"
#include "storage/records.hpp"
#include "support/books.hpp"

namespace seatbook::simulation {
namespace {

using testing::batch;
using testing::code_of;
using testing::person;
using testing::token;

class Quiet final : public ServerEvents {
  void committed(Version /*version*/, const Batch& /*batch*/) override {}
  void cut(Version /*version*/, bool /*restored*/) override {}
  void before_flush() override {}
  void meanwhile() override {}
};

class Protocol : public ::testing::Test {
 protected:
  std::unique_ptr<Storage> opened() {
    auto connection =
        std::make_unique<Connection>(server_, chance_, events_, no_faults_, Mistake::none);
    EXPECT_FALSE(connection->connect());
    auto storage = std::make_unique<postgres::detail::PostgresStorage>(std::move(connection),
                                                                       postgres::Options());
    return storage;
  }
  /// A batch with one history row.
  static Batch row_at(std::uint64_t base, std::uint8_t token_number, std::int64_t at_us) {
    HistoryRow row;
    row.seq = Seq(base + 1);
    row.batch = Version(base + 1);
    row.at = Timestamp{at_us};
    return batch(base, token_number, {row});
  }

  Chance chance_{1};
  Quiet events_;
  const Rates no_faults_;
  Server server_{chance_, events_, Mistake::none, remembered_tokens};
};

/// The look-up connects again, to a server with another history of the same version.
TEST_F(Protocol, ALookUpNoticesARestoredServer) {
  const auto storage = opened();
  ASSERT_TRUE(storage->append(batch(0, 1, {person(1, "Ada")})));
  server_.restore(Version());
  server_.start();
  ASSERT_TRUE(opened()->append(batch(0, 2, {person(1, "Bo")})));
  EXPECT_EQ(storage->find(token(3)).value(), std::nullopt);
  EXPECT_EQ(code_of(storage->append(batch(1, 3, {person(2, "Eve")}))), Code::conflict);
  EXPECT_EQ(server_.version(), Version(1));
}

/// A batch that was looked up counts as seen: a book has published it.
TEST_F(Protocol, AReadNoticesThatALookedUpBatchWasReplaced) {
  const auto storage = opened();
  ASSERT_TRUE(storage->append(batch(0, 1, {person(1, "Ada")})));
  const auto other = opened();
  ASSERT_TRUE(other->append(batch(1, 2, {person(2, "Bo")})));
  EXPECT_EQ(storage->find(token(2)).value(), Version(2));
  server_.restore(Version(1));
  server_.start();
  ASSERT_TRUE(opened()->append(batch(1, 3, {person(2, "Eve")})));
  testing::Collected read;
  EXPECT_EQ(code_of(storage->read(Version(2), read)), Code::book_needs_reopen);
}

/// What one thread has read is not confirmed by the sync of another one.
TEST_F(Protocol, ASyncConfirmsOnlyWhatItsThreadHasRead) {
  const auto storage = opened();
  ASSERT_TRUE(storage->append(batch(0, 1, {person(1, "Ada")})));
  ASSERT_TRUE(opened()->append(batch(1, 2, {person(2, "Bo")})));
  testing::Collected read;
  EXPECT_EQ(storage->read(Version(1), read).value(), Version(2));
  server_.restore(Version(1));
  server_.start();
  std::thread([&] {
    testing::Collected all;
    EXPECT_EQ(storage->read({}, all).value(), Version(1));
    EXPECT_TRUE(storage->sync());
  }).join();
  EXPECT_EQ(code_of(storage->sync()), Code::storage_failed);
  EXPECT_EQ(code_of(storage->append(batch(2, 4, {person(3, "Cy")}))), Code::conflict);
}

/// A storage that wraps another one may use other threads.
TEST_F(Protocol, ABatchIsBasedOnWhatAnotherThreadHasRead) {
  const auto storage = opened();
  ASSERT_TRUE(storage->append(batch(0, 1, {person(1, "Ada")})));
  ASSERT_TRUE(opened()->append(batch(1, 2, {person(2, "Bo")})));
  ASSERT_TRUE(storage->lock());
  std::thread([&] {
    testing::Collected read;
    EXPECT_EQ(storage->read(Version(1), read).value(), Version(2));
  }).join();
  EXPECT_TRUE(storage->append(batch(2, 3, {person(3, "Cy")})));
  storage->unlock();
}

/// An earlier call with the same request id is written after the look-up, which raises no fence
/// under the lock.
TEST_F(Protocol, TheBatchOfAnEarlierCallIsNotTakenForTheOwnOne) {
  const auto storage = opened();
  const auto earlier = opened();
  ASSERT_TRUE(storage->lock());
  ASSERT_EQ(storage->find(token(1)).value(), std::nullopt);
  server_.crash();  // the lock is lost with its connection
  server_.start();
  ASSERT_TRUE(earlier->append(row_at(0, 1, 10)));
  EXPECT_EQ(code_of(storage->append(row_at(0, 1, 20))), Code::conflict);
  storage->unlock();
  EXPECT_EQ(storage->find(token(1)).value(), Version(1));
}

}  // namespace
}  // namespace seatbook::simulation

// Tests the SQLite storage when each memory allocation of a batch fails.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"
#include "storage/contract.hpp"
#include "storage/records.hpp"
#include "support/allocations.hpp"
#include "support/books.hpp"
#include "support/folder.hpp"

namespace seatbook::testing {
namespace {

TEST(SqliteMemory, ABatchThatRunsOutOfMemoryIsRolledBack) {
  const Folder folder;
  const auto storage =
      sqlite::open_storage(folder.file("acme.db"), {.durability = sqlite::Durability::relaxed})
          .value();
  ASSERT_TRUE(storage->append(batch(0, 1, {person(1, std::string(100, 'a'))})));
  std::uint64_t base = 1;
  int failures = 0;
  for (int allowed = 0;; ++allowed) {
    // An existing record, which must be read first, and a new one.
    const Batch next =
        batch(base, static_cast<std::uint8_t>(base + 1),
              {person(1, std::string(100, 'b')), person(base + 1, std::string(100, 'c'))});
    allocations_left = allowed;
    const auto appended = storage->append(next);
    const bool failed = allocations_left < 0;
    allocations_left = -1;
    const auto found = storage->find(next.token);
    ASSERT_TRUE(found) << found.error().message;
    ASSERT_EQ(found->has_value(), appended.has_value()) << "after " << allowed;
    if (appended) {
      ++base;
    } else {
      ++failures;
      ASSERT_EQ(appended.error().code, Code::storage_failed) << appended.error().message;
      ASSERT_TRUE(storage->append(next)) << "the failed batch blocks it, after " << allowed;
      ++base;
    }
    if (!failed) break;
  }
  EXPECT_GE(failures, 3);
  Collected read;
  EXPECT_EQ(storage->read({}, read).value(), Version(base));
}

}  // namespace
}  // namespace seatbook::testing

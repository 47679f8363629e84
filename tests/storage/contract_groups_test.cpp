// The contract of a storage that takes groups of batches. The tests pass on others.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "storage/contract.hpp"

namespace seatbook::testing {
namespace {

/// Adds the records of a batch to those that a storage holds.
void apply(const Batch& batch, std::vector<RecordImage>& held) {
  for (const RecordImage& image : batch.images) {
    const auto same = [&](const RecordImage& other) {
      return kind_of(other) == kind_of(image) && id_of(other) == id_of(image);
    };
    const auto found = std::find_if(held.begin(), held.end(), same);
    if (found == held.end()) {
      held.push_back(image);
    } else {
      *found = image;
    }
  }
}

/// Returns the records that the batches after `after` wrote, each with its newest image.
std::vector<RecordImage> written_after(std::uint64_t after, const std::vector<Batch>& batches) {
  std::vector<RecordImage> written;
  for (const Batch& batch : batches) {
    if (batch.base.value >= after) apply(batch, written);
  }
  return written;
}

/// Returns `size` batches. Each replaces one record of the batch before it and adds one.
std::vector<Batch> group_of(std::size_t size, std::uint64_t base) {
  std::vector<Batch> group;
  for (std::uint64_t at = base; at < base + size; ++at) {
    group.push_back(batch(at, static_cast<std::uint8_t>(at + 1),
                          {person(at + 1, "Old"), person(at + 2, "New"),
                           person(1000, "Replaced by " + std::to_string(at))}));
  }
  return group;
}

/// Expects that the storage holds all of these batches, which start at version 0.
void expect_batches(Storage& storage, const std::vector<Batch>& batches) {
  for (std::uint64_t after = 0; after <= batches.size(); ++after) {
    SCOPED_TRACE(::testing::Message() << "after " << after);
    Collected newer;
    EXPECT_EQ(storage.read(Version(after), newer).value(), Version(batches.size()));
    newer.expect(written_after(after, batches));
  }
  for (const Batch& batch : batches) {
    EXPECT_EQ(storage.find(batch.token).value(), Version(batch.base.value + 1));
    EXPECT_EQ(storage.seen(batch.token).value(), Version(batch.base.value + 1));
  }
}

TEST_P(StorageContract, AGroupIsWrittenInOrder) {
  if (storage_->largest_group() < 2) return;
  std::vector<Batch> written;
  for (const std::size_t size : {std::size_t{1}, std::size_t{2}, max_group_size}) {
    const std::vector<Batch> group =
        group_of(std::min(size, storage_->largest_group()), written.size());
    ASSERT_TRUE(storage_->lock());
    Collected none;
    EXPECT_EQ(storage_->read(Version(written.size()), none).value(), Version(written.size()));
    ASSERT_TRUE(storage_->append_group(group));
    EXPECT_EQ(code_of(storage_->append_group(group)), Code::conflict);
    storage_->unlock();
    written.insert(written.end(), group.begin(), group.end());
    expect_batches(*storage_, written);
    reopen();
    expect_batches(*storage_, written);
    // A batch alone continues a group, and a group continues a batch.
    const Batch next = group_of(1, written.size()).front();
    ASSERT_TRUE(storage_->append(next));
    written.push_back(next);
    expect_batches(*storage_, written);
  }
  EXPECT_TRUE(storage_->sync());
}

TEST_P(StorageContract, AGroupOnAWrongBaseWritesNothing) {
  if (storage_->largest_group() < 2) return;
  const std::vector<Batch> written = group_of(2, 0);
  ASSERT_TRUE(storage_->append_group(written));
  for (const std::uint64_t base : {0U, 1U, 3U, 9U}) {
    const std::vector<Batch> stale = {batch(base, 11, {person(1, "Eve"), person(7, "Mallory")}),
                                      batch(base + 1, 12, {person(8, "Trudy")})};
    EXPECT_EQ(code_of(storage_->append_group(stale)), Code::conflict);
    expect_batches(*storage_, written);
    for (const Batch& batch : stale) {
      EXPECT_FALSE(storage_->find(batch.token).value().has_value());
    }
  }
  // A refused group can be decided again with the same tokens.
  ASSERT_TRUE(
      storage_->append_group({batch(2, 11, {person(1, "Ada")}), batch(3, 12, {person(8, "Bo")})}));
  EXPECT_EQ(storage_->find(token(11)).value(), Version(3));
  EXPECT_EQ(storage_->find(token(12)).value(), Version(4));
}

TEST_P(StorageContract, ALaterBatchOfAGroupMayReplaceRecords) {
  if (storage_->largest_group() < 2) return;
  ASSERT_TRUE(storage_->append(batch(0, 1, one_of_each())));
  Assignment assigned = full_assignment();
  assigned.id = AssignmentId(2);
  assigned.revoked_at.reset();
  assigned.revoked_by.reset();
  assigned.revoke_reason.clear();
  Assignment edited = assigned;
  edited.notes = "edited in the same group";
  Assignment revoked = edited;
  revoked.revoked_at = instant("2026-03-02T03:04:05Z");
  revoked.revoked_by = ActorId(1);
  Assignment again = assigned;  // of the same license to the same person
  again.id = AssignmentId(3);
  License license = full_license();
  license.name = "Renamed";
  Person erased = person(2, "");
  erased.state = PersonState::erased;
  HistoryTexts emptied;
  emptied.seq = Seq(1);
  const std::vector<Batch> group = {
      batch(1, 2, {assigned}),
      batch(2, 3, {edited, license, LastUse{AssignmentId(2), instant("2026-03-01T00:00:00Z")}}),
      batch(3, 4, {revoked}), batch(4, 5, {again, person(1, "Ada Lovelace")}),
      batch(5, 6, {erased, emptied})};
  ASSERT_TRUE(storage_->append_group(group));
  std::vector<Batch> all = {batch(0, 1, one_of_each())};
  all.insert(all.end(), group.begin(), group.end());
  expect_batches(*storage_, all);
  reopen();
  expect_batches(*storage_, all);
}

/// A storage may accept or refuse a record that no book writes, but it must not write part of the
/// group.
TEST_P(StorageContract, AGroupItCannotWriteLeavesNothing) {
  if (storage_->largest_group() < 2) return;
  const Person invalid[] = {person(2, "\xff"), person(2, std::string(1, '\0')),
                            person(std::uint64_t{1} << 63, "Far")};
  const std::vector<Batch> before = group_of(2, 0);
  for (const Person& one : invalid) {
    for (std::size_t place = 0; place < 3; ++place) {
      storage_ = GetParam().make();
      ASSERT_TRUE(storage_->append_group(before));
      std::vector<Batch> group = group_of(3, 2);
      group[place].images[1] = one;
      std::vector<Batch> expected = before;
      if (const auto appended = storage_->append_group(group)) {
        expected.insert(expected.end(), group.begin(), group.end());
      } else {
        EXPECT_EQ(appended.error().code, Code::storage_failed);
        for (const Batch& batch : group) {
          EXPECT_FALSE(storage_->find(batch.token).value().has_value());
        }
      }
      expect_batches(*storage_, expected);
      reopen();
      expect_batches(*storage_, expected);
      ASSERT_TRUE(storage_->append_group({batch(expected.size(), 101, {person(1, "Ada")}),
                                          batch(expected.size() + 1, 102, {person(2, "Bo")})}));
    }
  }
}

TEST_P(StorageContract, FindsTheLastTenThousandTokensOfGroups) {
  if (storage_->largest_group() < 2) return;
  const auto token_of = [](std::uint64_t version) {
    Token token;
    for (std::size_t byte = 0; byte < 8; ++byte) {
      token.bytes[byte] = static_cast<std::uint8_t>(version >> (8 * byte));
    }
    return token;
  };
  std::uint64_t version = 0;
  while (version < remembered_tokens + max_group_size) {
    std::vector<Batch> group;
    while (group.size() < std::min(max_group_size, storage_->largest_group())) {
      group.push_back({Version(version), token_of(version + 1), {person(1, "Ada")}});
      ++version;
    }
    ASSERT_TRUE(storage_->append_group(group));
  }
  for (const bool again : {false, true}) {
    if (again) reopen();
    for (std::uint64_t at = version - remembered_tokens + 1; at <= version; ++at) {
      ASSERT_EQ(storage_->find(token_of(at)).value(), Version(at));
    }
    EXPECT_FALSE(storage_->find(token_of(version + 1)).value().has_value());
  }
}

TEST_P(StorageContract, AGroupIsSeenByASecondStorage) {
  if (storage_->largest_group() < 2) return;
  const std::vector<Batch> first = group_of(3, 0);
  ASSERT_TRUE(storage_->append_group(first));
  auto second = GetParam().open_second(storage_);
  if (!second) return;
  expect_batches(**second, first);
  std::vector<Batch> all = first;
  for (const Batch& batch : group_of(2, 3)) all.push_back(batch);
  ASSERT_TRUE((*second)->append_group({all.begin() + 3, all.end()}));
  EXPECT_EQ(code_of(storage_->append_group(group_of(2, 3))), Code::conflict);
  expect_batches(*storage_, all);
}

}  // namespace
}  // namespace seatbook::testing

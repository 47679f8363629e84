// Tests groups of batches beyond the storage contract: which storages take them, groups that are
// not consecutive, memory that runs out, syncs, erasures, and the default of storages without them.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"
#include "storage/contract.hpp"
#include "storage/disk.hpp"
#include "storage/grouped.hpp"
#include "support/allocations.hpp"
#include "support/books.hpp"
#include "support/folder.hpp"

namespace seatbook::testing {
namespace {

StoragePointer sqlite_in(const Folder& folder, sqlite::Options options = {}) {
  return sqlite::open_storage(folder.file("acme.db"), options).value();
}

TEST(Groups, OfTheLargestSizeAreTakenByMemoryAndSqlite) {
  const Folder folder;
  EXPECT_EQ(memory_storage()->largest_group(), max_group_size);
  EXPECT_EQ(sqlite_in(folder)->largest_group(), max_group_size);
}

TEST(Groups, ThatAreNotConsecutiveAreConflicts) {
  const Folder folder;
  for (const StoragePointer& storage : {memory_storage(), sqlite_in(folder)}) {
    for (const std::uint64_t second : {0U, 2U}) {
      EXPECT_EQ(code_of(storage->append_group(
                    {batch(0, 1, {person(1, "Ada")}), batch(second, 2, {person(2, "Bo")})})),
                Code::conflict);
      expect_holds(*storage, 0, {});
      EXPECT_FALSE(storage->find(token(1)).value());
    }
  }
}

TEST(Groups, ThatRunOutOfMemoryWriteNothing) {
  const Folder folder;
  for (const StoragePointer& storage :
       {memory_storage(), sqlite_in(folder, {.durability = sqlite::Durability::relaxed})}) {
    const std::vector<RecordImage> before = {person(1, std::string(100, 'a'))};
    ASSERT_TRUE(storage->append(batch(0, 1, before)));
    const std::vector<Batch> group = {
        batch(1, 2, {person(1, std::string(100, 'b')), person(2, std::string(100, 'c'))}),
        batch(2, 3, {person(2, std::string(100, 'd'))}),
        batch(3, 4, {person(3, std::string(100, 'e'))})};
    int failures = 0;
    for (bool written = false; !written; ++failures) {
      allocations_left = failures;
      try {
        written = storage->append_group(group).has_value();
      } catch (const std::bad_alloc&) {  // allowed: the book's code for it is storage_unknown
      }
      allocations_left = -1;
      if (written) break;
      expect_holds(*storage, 1, before);
      for (const Batch& one : group) EXPECT_FALSE(storage->find(one.token).value());
    }
    EXPECT_GE(failures, 5);
    expect_holds(*storage, 4,
                 {person(1, std::string(100, 'b')), person(2, std::string(100, 'd')),
                  person(3, std::string(100, 'e'))});
  }
}

TEST(Groups, OfSqliteCostOneSync) {
  const Folder folder;
  Disk disk;
  int syncs = 0;
  disk.on_call = [&](DiskCall call, int) {
    if (call == DiskCall::sync) ++syncs;
    return DiskFault::none;
  };
  const StoragePointer storage = sqlite_in(folder, {.vfs = disk.name()});
  std::uint64_t version = 0;
  const auto group_of = [&](std::size_t size) {
    std::vector<Batch> group;
    for (; group.size() < size; ++version) {
      group.push_back(batch(version, static_cast<std::uint8_t>(version), {person(1, "Ada")}));
    }
    return group;
  };
  ASSERT_TRUE(storage->append_group(group_of(2)));  // the first write of the log syncs its header
  syncs = 0;
  ASSERT_TRUE(storage->append(group_of(1).front()));
  const int of_one = std::exchange(syncs, 0);
  ASSERT_TRUE(storage->append_group(group_of(max_group_size)));
  EXPECT_EQ(syncs, of_one);
  EXPECT_EQ(of_one, 1);
}

TEST(Groups, ThatEraseAPersonLeaveNoBytes) {
  const Folder folder;
  const auto sqlite = sqlite_in(folder);
  const auto grouped = std::make_shared<Grouped>(sqlite);
  Desk desk(grouped);
  std::vector<PersonId> people;
  for (int i = 0; i < 20; ++i) {
    people.push_back(desk.person("mark" + std::string(static_cast<std::size_t>(i) * 5, 'n')));
    if (i % 7 == 6) {
      ASSERT_TRUE(grouped->flush());
    }
  }
  ASSERT_TRUE(grouped->flush());
  const PersonId last = desk.person("mark, added and erased in the same group");
  for (const PersonId person : people) {
    ASSERT_TRUE(desk.admin.update_person({.person = person, .name = std::string("mark, renamed")}));
    ASSERT_TRUE(desk.admin.erase_person({.person = person}));
  }
  ASSERT_TRUE(desk.admin.erase_person({.person = last}));
  desk.person("Someone else");
  ASSERT_TRUE(grouped->flush());
  for (const char* const name : {"acme.db", "acme.db-wal"}) {
    EXPECT_EQ(bytes_of(folder.file(name)).find("mark"), std::string::npos) << name;
  }
  EXPECT_EQ(Desk(sqlite).dump(), desk.dump());
}

/// A storage that does not override append_group(), and fails append() at a version.
template <class Base, class AnyBatch>
class WithoutGroups : public Base {
 public:
  Result<void> append(const AnyBatch& batch) override {
    if (batch.base == fails_at) return Error{Code::storage_failed, "the disk is full"};
    version = Version(batch.base.value + 1);
    return {};
  }
  Result<std::optional<Version>> find(const Token& /*token*/) override {
    return std::optional(version);
  }
  Version version;
  std::optional<Version> fails_at;
};
class Records final : public WithoutGroups<Storage, Batch> {
  Result<Version> read(Version /*after*/, RecordSink& /*sink*/) override { return version; }
};
class Rows final : public WithoutGroups<EncodedStorage, EncodedBatch> {
  Result<Version> read(Version /*after*/, EncodedSink& /*sink*/) override { return version; }
};

template <class Plain>
void expect_defaults(Plain& plain, Storage& storage) {
  const std::vector<Batch> group = {batch(0, 1, {person(1, "Ada")}),
                                    batch(1, 2, {person(2, "Bo")})};
  EXPECT_EQ(storage.largest_group(), 1U);
  EXPECT_TRUE(storage.sync());
  EXPECT_TRUE(storage.append_group(group));
  EXPECT_EQ(plain.version, Version(2));
  EXPECT_EQ(storage.seen(token(1)).value(), Version(2)) << "calls find()";
  plain.fails_at = Version(0);
  EXPECT_EQ(code_of(storage.append_group(group)), Code::storage_failed) << "none was written";
  plain.fails_at = Version(1);
  EXPECT_EQ(code_of(storage.append_group(group)), Code::storage_unknown) << "one was written";
}

TEST(Groups, AreWrittenOneByOneByDefault) {
  Records records;
  expect_defaults(records, records);
  const auto rows = std::make_shared<Rows>();
  expect_defaults(*rows, *encoded_storage(rows));
}

TEST(Groups, OfRowsArePassedOnlyIfAllCanBeEncoded) {
  class Recording final : public WithoutGroups<EncodedStorage, EncodedBatch> {
   public:
    Result<Version> read(Version /*after*/, EncodedSink& /*sink*/) override { return version; }
    [[nodiscard]] std::size_t largest_group() const override { return 7; }
    Result<void> append_group(const std::vector<EncodedBatch>& batches) override {
      group = batches;
      return {};
    }
    Result<void> sync() override { return Error{Code::storage_failed, "not now"}; }
    Result<std::optional<Version>> seen(const Token& /*token*/) override {
      return std::optional(Version(0));
    }
    std::vector<EncodedBatch> group;
  };
  const auto rows = std::make_shared<Recording>();
  const auto storage = encoded_storage(rows);
  EXPECT_EQ(storage->largest_group(), 7U);
  EXPECT_EQ(code_of(storage->append_group(
                {batch(4, 1, {person(1, "Ada")}), batch(5, 2, {person(2, "\xff")})})),
            Code::storage_failed);
  EXPECT_TRUE(rows->group.empty());
  ASSERT_TRUE(storage->append_group(
      {batch(4, 1, {person(1, "Ada")}), batch(5, 2, {person(1, "Bo"), person(2, "Cy")})}));
  ASSERT_EQ(rows->group.size(), 2U);
  EXPECT_EQ(rows->group[1].base, Version(5));
  EXPECT_EQ(rows->group[1].token, token(2));
  ASSERT_EQ(rows->group[1].images.size(), 2U);
  EXPECT_EQ(rows->group[1].images[0].version, Version(6));
  EXPECT_EQ(rows->group[1].images[0].bytes, encode_record(person(1, "Bo")).value());
  EXPECT_EQ(code_of(storage->sync()), Code::storage_failed);
  EXPECT_EQ(code_of(storage->seen(token(1))), Code::storage_unknown) << "version 0 is not a batch";
}

}  // namespace
}  // namespace seatbook::testing

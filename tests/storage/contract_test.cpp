// The contract of a storage, run on each storage of storage_kinds.hpp. This file tests the storage
// alone, contract_books_test.cpp tests books on it, and contract_faults_test.cpp failing calls.
#include "storage/contract.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/rule.hpp"

namespace seatbook::testing {

INSTANTIATE_TEST_SUITE_P(All, StorageContract, ::testing::ValuesIn(storage_kinds()),
                         [](const auto& kind) { return kind.param.name; });

namespace {

TEST_P(StorageContract, StartsEmpty) {
  expect_holds(*storage_, 0, {});
  EXPECT_FALSE(storage_->find(token(1)).value().has_value());
}

TEST_P(StorageContract, ReturnsEveryMemberOfEveryKind) {
  ASSERT_TRUE(storage_->append(batch(0, 1, one_of_each())));
  expect_holds(*storage_, 1, one_of_each());
}

TEST_P(StorageContract, ReturnsRecordsWithEmptyMembers) {
  Person nameless = person(1, "");
  nameless.email = "";
  License license;
  license.id = LicenseId(1);
  license.name = "Bare";
  license.owner = PersonId(1);
  license.revision = Revision(1);
  Assignment seat;
  seat.id = AssignmentId(1);
  seat.license = LicenseId(1);
  seat.person = PersonId(1);
  seat.assigned_by = ActorId(1);
  seat.revision = Revision(1);
  HistoryRow row;
  row.seq = Seq(1);
  row.batch = Version(1);
  row.actor = ActorId(1);
  row.person = PersonId(1);
  HistoryTexts texts;
  texts.seq = Seq(1);
  const std::vector<RecordImage> images = {BookInfo{},
                                           nameless,
                                           ActorRecord{ActorId(1), "", PersonId(1)},
                                           license,
                                           seat,
                                           row,
                                           texts,
                                           LastUse{AssignmentId(1), {}}};
  ASSERT_TRUE(storage_->append(batch(0, 1, images)));
  expect_holds(*storage_, 1, images);
}

TEST_P(StorageContract, RefusesAWrongBaseAndWritesNothingOfIt) {
  ASSERT_TRUE(storage_->append(batch(0, 1, {person(1, "Ada")})));
  for (const std::uint64_t base : {0U, 2U, 9U}) {
    EXPECT_EQ(code_of(storage_->append(batch(base, 2, {person(1, "Eve"), person(2, "Mallory")}))),
              Code::conflict);
  }
  expect_holds(*storage_, 1, {person(1, "Ada")});
  EXPECT_FALSE(storage_->find(token(2)).value().has_value());
  // A refused batch can be decided again with the same token.
  ASSERT_TRUE(storage_->append(batch(1, 2, {person(2, "Bo")})));
  expect_holds(*storage_, 2, {person(1, "Ada"), person(2, "Bo")});
  EXPECT_EQ(storage_->find(token(2)).value(), Version(2));
}

TEST_P(StorageContract, ReadsOnlyWhatIsNewerAndOnlyTheNewestImage) {
  ASSERT_TRUE(storage_->append(batch(0, 1, {person(1, "Ada"), person(2, "Bo")})));
  ASSERT_TRUE(storage_->append(batch(1, 2, {person(2, "Bob")})));
  ASSERT_TRUE(storage_->append(batch(2, 3, {person(2, "Bobby"), person(3, "Cy")})));
  Collected newer;
  EXPECT_EQ(storage_->read(Version(1), newer).value(), Version(3));
  newer.expect({person(2, "Bobby"), person(3, "Cy")});
  Collected none;
  EXPECT_EQ(storage_->read(Version(3), none).value(), Version(3));
  EXPECT_TRUE(none.records.empty());
  expect_holds(*storage_, 3, {person(1, "Ada"), person(2, "Bobby"), person(3, "Cy")});
}

TEST_P(StorageContract, StopsReadingWhenTheSinkFails) {
  ASSERT_TRUE(storage_->append(batch(0, 1, one_of_each())));
  Collected read;
  read.stop_after = 2;
  EXPECT_EQ(code_of(storage_->read({}, read)), Code::out_of_memory);
  EXPECT_EQ(read.calls, 2U);
}

/// A storage may accept or refuse a record that no book writes, but it must not write part of the
/// batch.
TEST_P(StorageContract, ABatchItCannotWriteLeavesNothing) {
  Person state = person(2, "Bo");
  state.state = static_cast<PersonState>(9);
  const Person invalid[] = {person(2, "\xff"), person(2, std::string(1, '\0')), state,
                            person(std::uint64_t{1} << 63, "Far")};
  std::uint64_t version = 1;
  ASSERT_TRUE(storage_->append(batch(0, 1, {person(1, "Ada")})));
  std::vector<RecordImage> held = {person(1, "Ada")};
  std::uint8_t number = 2;
  for (const Person& one : invalid) {
    const std::vector<RecordImage> images = {person(1, "Ada " + std::to_string(number)), one,
                                             person(3, "Cy " + std::to_string(number))};
    const auto appended = storage_->append(batch(version, number, images));
    if (appended) {
      ++version;
      EXPECT_EQ(storage_->find(token(number)).value(), Version(version));
      // If the batch was accepted, all of its records must be there.
      Collected newest;
      EXPECT_EQ(storage_->read(Version(version - 1), newest).value(), Version(version));
      newest.expect(images);
      storage_ = GetParam().make();
      ASSERT_TRUE(storage_->append(batch(0, 1, held)));
      version = 1;
    } else {
      EXPECT_EQ(appended.error().code, Code::storage_failed);
      EXPECT_FALSE(storage_->find(token(number)).value().has_value());
      expect_holds(*storage_, version, held);
    }
    ++number;
  }
  ASSERT_TRUE(storage_->append(batch(version, number, {person(2, "Bo")})));
  expect_holds(*storage_, version + 1, {person(1, "Ada"), person(2, "Bo")});
}

Token numbered(std::uint64_t number) {
  Token token;
  for (std::size_t i = 0; i < 8; ++i) {
    token.bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
  }
  return token;
}

TEST_P(StorageContract, FindsTheLastTenThousandTokens) {
  constexpr std::uint64_t batches = remembered_tokens + 5;
  for (std::uint64_t number = 1; number <= batches; ++number) {
    ASSERT_TRUE(storage_->append({Version(number - 1), numbered(number), {person(1, "Ada")}}));
  }
  for (const bool again : {false, true}) {
    if (again) reopen();
    for (std::uint64_t number = batches - remembered_tokens + 1; number <= batches; ++number) {
      ASSERT_EQ(storage_->find(numbered(number)).value(), Version(number));
    }
    EXPECT_FALSE(storage_->find(numbered(batches + 1)).value().has_value());
  }
  // A batch that was held back meanwhile: its version is no longer remembered.
  EXPECT_EQ(code_of(storage_->append({Version(1), numbered(batches + 1), {person(1, "Bo")}})),
            Code::conflict);
  expect_holds(*storage_, batches, {person(1, "Ada")});
}

TEST_P(StorageContract, ReturnsEverythingAfterReopening) {
  reopen();
  expect_holds(*storage_, 0, {});
  RandomRecords random(4);
  std::vector<RecordImage> held = one_of_each();
  ASSERT_TRUE(storage_->append(batch(0, 1, held)));
  for (std::uint8_t number = 2; number <= 20; ++number) {
    // Some records get newer images, some are new.
    const Person newer = person(1 + random.below(2), "Name " + std::to_string(number));
    const Person added = person(2U + number, "Person " + std::to_string(number));
    for (RecordImage& image : held) {
      if (kind_of(image) == RecordKind::person && id_of(image) == newer.id.value) image = newer;
    }
    held.emplace_back(added);
    ASSERT_TRUE(storage_->append(batch(number - 1U, number, {newer, added})));
    if (number % 3 == 0) reopen();
    expect_holds(*storage_, number, held);
  }
  reopen();
  expect_holds(*storage_, 20, held);
  for (std::uint8_t number = 1; number <= 20; ++number) {
    EXPECT_EQ(storage_->find(token(number)).value(), Version(number));
  }
  EXPECT_FALSE(storage_->find(token(21)).value().has_value());
  Collected newest;
  EXPECT_EQ(storage_->read(Version(19), newest).value(), Version(20));
  EXPECT_EQ(newest.records.size(), 2U) << "the versions of records are stored too";
  EXPECT_EQ(code_of(storage_->append(batch(19, 21, {person(1, "Eve")}))), Code::conflict);
  ASSERT_TRUE(storage_->append(batch(20, 21, {person(40, "Last")})));
}

TEST_P(StorageContract, ASecondOpenIsRefusedOrSeesTheSame) {
  ASSERT_TRUE(storage_->append(batch(0, 1, {person(1, "Ada")})));
  {
    const auto second = GetParam().open_second(storage_);
    if (!second) {
      EXPECT_FALSE(second.error().message.empty());
      ASSERT_TRUE(storage_->append(batch(1, 2, {person(2, "Bo")}))) << "the first still works";
    } else {
      expect_holds(**second, 1, {person(1, "Ada")});
      ASSERT_TRUE((*second)->append(batch(1, 2, {person(2, "Bo")})));
      EXPECT_EQ(code_of(storage_->append(batch(1, 3, {person(2, "Eve")}))), Code::conflict);
    }
    expect_holds(*storage_, 2, {person(1, "Ada"), person(2, "Bo")});
  }
  reopen();
  expect_holds(*storage_, 2, {person(1, "Ada"), person(2, "Bo")});
}

TEST_P(StorageContract, LocksAndUnlocks) {
  for (std::uint8_t number = 1; number <= 3; ++number) {
    ASSERT_TRUE(storage_->lock());
    Collected read;
    EXPECT_EQ(storage_->read({}, read).value(), Version(number - 1U));
    ASSERT_TRUE(storage_->append(batch(number - 1U, number, {person(number, "Ada")})));
    EXPECT_EQ(code_of(storage_->append(batch(0, 9, {person(9, "Eve")}))), Code::conflict);
    storage_->unlock();
  }
  reopen();
  ASSERT_TRUE(storage_->lock());
  storage_->unlock();
}

}  // namespace
}  // namespace seatbook::testing

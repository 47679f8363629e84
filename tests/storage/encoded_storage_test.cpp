// Tests the adapter between records and rows with plug-ins that misbehave.
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/contract.hpp"

namespace seatbook::testing {
namespace {

/// Returns preset rows and results, and records the appended batches.
class Scripted final : public EncodedStorage {
 public:
  Result<Version> read(Version /*after*/, EncodedSink& sink) override {
    for (const EncodedImage& row : rows) {
      const auto accepted = sink.accept(row);
      if (!accepted && stops) return accepted.error();
    }
    return version;
  }
  Result<void> append(const EncodedBatch& batch) override {
    appended.push_back(batch);
    return {};
  }
  Result<std::optional<Version>> find(const Token& /*token*/) override { return found; }
  std::shared_ptr<Clock> clock() override { return own_clock; }
  Result<void> backup_to(const std::string& path) override {
    return Error{Code::invalid_argument, "exists: " + path, "path"};
  }

  std::vector<EncodedImage> rows;
  Version version = Version(5);
  bool stops = true;
  std::vector<EncodedBatch> appended;
  std::optional<Version> found;
  std::shared_ptr<Clock> own_clock = std::make_shared<ManualClock>();
};

EncodedImage row_of(const RecordImage& image, std::uint64_t version) {
  return {kind_of(image), id_of(image), Version(version), encode_record(image).value()};
}

class EncodedStorageTest : public ::testing::Test {
 protected:
  void expect_corrupt(EncodedImage row, const std::string& field = "",
                      Code code = Code::storage_corrupt) {
    for (const bool stops : {true, false}) {
      plug_in_->rows = {row_of(person(7, "Ada"), 3), row, row_of(person(8, "Bo"), 3)};
      plug_in_->stops = stops;
      Collected read;
      const auto version = storage_->read(Version(2), read);
      ASSERT_FALSE(version);
      EXPECT_EQ(version.error().code, code) << version.error().message;
      EXPECT_EQ(version.error().field, field) << version.error().message;
      EXPECT_EQ(read.records.size(), 1U) << "nothing is delivered after it";
    }
  }

  std::shared_ptr<Scripted> plug_in_ = std::make_shared<Scripted>();
  StoragePointer storage_ = encoded_storage(plug_in_);
};

TEST_F(EncodedStorageTest, PassesTheClockAndBackups) {
  EXPECT_EQ(storage_->clock(), plug_in_->own_clock);
  const auto copied = storage_->backup_to("copy");
  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error().message, "exists: copy");
  EXPECT_EQ(copied.error().field, "path");
}

TEST_F(EncodedStorageTest, PassesRowsWithTheirVersion) {
  const std::vector<RecordImage> images = one_of_each();
  ASSERT_TRUE(storage_->append(batch(4, 9, images)));
  ASSERT_EQ(plug_in_->appended.size(), 1U);
  const EncodedBatch& given = plug_in_->appended.front();
  EXPECT_EQ(given.base, Version(4));
  EXPECT_EQ(given.token, token(9));
  ASSERT_EQ(given.images.size(), images.size());
  for (std::size_t i = 0; i < images.size(); ++i) {
    EXPECT_EQ(given.images[i].table, kind_of(images[i]));
    EXPECT_EQ(given.images[i].id, id_of(images[i]));
    EXPECT_EQ(given.images[i].version, Version(5));
    EXPECT_EQ(given.images[i].bytes, encode_record(images[i]).value());
  }
}

TEST_F(EncodedStorageTest, ABatchThatCannotBeEncodedIsNotPassedOn) {
  const auto appended = storage_->append(batch(4, 9, {person(1, "Ada"), person(2, "\xff")}));
  EXPECT_EQ(code_of(appended), Code::storage_failed);
  EXPECT_TRUE(plug_in_->appended.empty());
}

TEST_F(EncodedStorageTest, RowsThatAreNotRecordsAreCorrupt) {
  EncodedImage row = row_of(person(1, "Ada"), 3);
  row.bytes = "";
  expect_corrupt(row);
  row.bytes = "\xff\xfe";
  expect_corrupt(row);
  row.bytes = R"({"format":1,"id":1})";
  expect_corrupt(row, "name");
  row.bytes = R"({"format":3})";
  expect_corrupt(row, "format", Code::format_too_new);
  row.table = static_cast<RecordKind>(200);
  expect_corrupt(row);
}

TEST_F(EncodedStorageTest, RowsInTheWrongPlaceAreCorrupt) {
  EncodedImage row = row_of(person(1, "Ada"), 3);
  row.id = 2;
  expect_corrupt(row);
  row = row_of(person(1, "Ada"), 3);
  row.table = RecordKind::license;
  expect_corrupt(row, "vendor");
  row = row_of(BookInfo{"14.0.0"}, 3);
  row.id = 2;
  expect_corrupt(row);
}

TEST_F(EncodedStorageTest, RowsOfTheWrongVersionAreCorrupt) {
  expect_corrupt(row_of(person(1, "Ada"), 0));
  expect_corrupt(row_of(person(1, "Ada"), 2));
  plug_in_->rows = {row_of(person(1, "Ada"), 6)};
  Collected read;
  EXPECT_EQ(code_of(storage_->read({}, read)), Code::storage_corrupt)
      << "above the returned version";
}

TEST_F(EncodedStorageTest, ASinkErrorIsReportedEvenIfThePlugInIgnoresIt) {
  plug_in_->rows = {row_of(person(1, "Ada"), 3), row_of(person(2, "Bo"), 3)};
  plug_in_->stops = false;
  Collected read;
  read.stop_after = 1;
  EXPECT_EQ(code_of(storage_->read({}, read)), Code::out_of_memory);
  EXPECT_EQ(read.calls, 1U);
}

TEST_F(EncodedStorageTest, FindRefusesVersionZero) {
  EXPECT_FALSE(storage_->find(token(1)).value().has_value());
  plug_in_->found = Version(3);
  EXPECT_EQ(storage_->find(token(1)).value(), Version(3));
  plug_in_->found = Version(0);
  EXPECT_EQ(code_of(storage_->find(token(1))), Code::storage_unknown);
}

}  // namespace
}  // namespace seatbook::testing

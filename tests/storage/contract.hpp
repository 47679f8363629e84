/// The fixture of the contract suite: a storage of the kind given as the test's parameter.
#ifndef SEATBOOK_TESTS_STORAGE_CONTRACT_HPP_
#define SEATBOOK_TESTS_STORAGE_CONTRACT_HPP_

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "codec/record_json.hpp"
#include "seatbook/seatbook.hpp"
#include "storage/records.hpp"
#include "storage/storage_kinds.hpp"
#include "support/books.hpp"

namespace seatbook::testing {

/// Runs on storage_kinds(). contract_test.cpp instantiates the suite for all files.
class StorageContract : public ::testing::TestWithParam<StorageKind> {
 protected:
  /// Closes storage_ and opens it again.
  void reopen() { storage_ = GetParam().reopen(std::move(storage_)); }

  StoragePointer storage_ = GetParam().make();
};

/// Collects the records that read() delivers, by kind and id.
class Collected final : public RecordSink {
 public:
  using Key = std::pair<RecordKind, std::uint64_t>;

  Result<void> accept(RecordImage record) override {
    const Key key(kind_of(record), id_of(record));
    EXPECT_TRUE(records.emplace(key, std::move(record)).second)
        << "delivered twice: " << table_name(key.first) << " " << key.second;
    ++calls;
    if (calls == stop_after) return Error{Code::out_of_memory, "stop"};
    return {};
  }
  /// Expects exactly these records.
  void expect(const std::vector<RecordImage>& images) const {
    EXPECT_EQ(records.size(), images.size());
    for (const RecordImage& image : images) {
      const auto found = records.find({kind_of(image), id_of(image)});
      ASSERT_NE(found, records.end()) << table_name(kind_of(image)) << " " << id_of(image);
      EXPECT_TRUE(found->second == image) << codec::to_json(found->second);
    }
  }

  std::map<Key, RecordImage> records;
  std::size_t stop_after = 0;
  std::size_t calls = 0;
};

/// Expects a storage to be at `version` and to hold exactly these records.
inline void expect_holds(Storage& storage, std::uint64_t version,
                         const std::vector<RecordImage>& images) {
  Collected read;
  EXPECT_EQ(storage.read({}, read).value(), Version(version));
  read.expect(images);
}

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_STORAGE_CONTRACT_HPP_

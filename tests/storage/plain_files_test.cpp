// Tests the plain file beyond the storage contract: power loss, failing disks, damaged and foreign
// files.
#include "storage/plain_files.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "storage/broken_storages.hpp"
#include "storage/contract.hpp"

namespace seatbook::testing {
namespace {

constexpr std::uint64_t batches = 6;

/// Returns batch `number` of a workload. Each batch covers several disk sectors.
Batch workload(std::uint64_t number) {
  Batch next{Version(number - 1), token(static_cast<std::uint8_t>(number)), {}};
  for (std::uint64_t id = 1; id <= 4 + number; ++id) {
    next.images.emplace_back(person(id, std::to_string(number) + std::string(200, 'x')));
  }
  return next;
}

/// Expects a storage to hold the first `version` batches of the workload and nothing else.
void expect_workload(Storage& storage, std::uint64_t version) {
  expect_holds(storage, version,
               version == 0 ? std::vector<RecordImage>() : workload(version).images);
  for (std::uint64_t number = 1; number <= batches; ++number) {
    const auto found = storage.find(token(static_cast<std::uint8_t>(number))).value();
    EXPECT_EQ(found, number <= version ? std::optional(Version(number)) : std::nullopt);
  }
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Writes a file with these bytes in a new folder and opens it.
struct Opened {
  explicit Opened(const std::string& bytes)
      : path(folder.path() / "book"), storage([&] {
          std::ofstream(path, std::ios::binary) << bytes;
          return open_unsynced_plain_file(folder.path());
        }()) {}
  Folder folder;
  std::filesystem::path path;
  Result<StoragePointer> storage;
};

std::string bytes_of_workload() {
  const Folder folder;
  const auto storage = open_unsynced_plain_file(folder.path()).value();
  for (std::uint64_t number = 1; number <= batches; ++number) {
    EXPECT_TRUE(storage->append(workload(number)));
  }
  return bytes_of(folder.path() / "book");
}

// ---------------------------------------------------------------------------------- power loss

/// Records all writes and syncs, and generates possible disk contents after a power loss.
class RecordedDisk {
 public:
  /// Called after every write and every sync.
  std::function<void()> at_boundary = [] {};

  PlainFileCalls calls() {
    PlainFileCalls calls;
    calls.write = [this](int file, const char* bytes, std::size_t size, off_t offset) {
      const ssize_t wrote = ::pwrite(file, bytes, size, offset);
      unsynced_.emplace_back(static_cast<std::size_t>(offset), std::string(bytes, size));
      at_boundary();
      return wrote;
    };
    calls.sync = [this](int /*file*/) {
      for (const auto& [offset, bytes] : unsynced_) apply(durable_, offset, bytes);
      unsynced_.clear();
      at_boundary();
      return 0;
    };
    return calls;
  }

  /// Lists possible contents: none, all, a prefix, or random sectors of the unsynced bytes.
  std::vector<std::string> images() {
    std::vector<std::string> images = {durable_};
    if (unsynced_.empty()) return images;
    std::string all = durable_;
    for (const auto& [offset, bytes] : unsynced_) apply(all, offset, bytes);
    images.push_back(all);
    for (int i = 0; i < 4; ++i) {
      std::string some = durable_;
      for (const auto& [offset, bytes] : unsynced_) {
        apply(some, offset, bytes.substr(0, random_() % (bytes.size() + 1)));
      }
      images.push_back(some);
      images.push_back(with_some_sectors());
    }
    return images;
  }

 private:
  static constexpr std::size_t sector = 512;

  static void apply(std::string& image, std::size_t offset, const std::string& bytes) {
    if (image.size() < offset + bytes.size()) image.resize(offset + bytes.size());
    image.replace(offset, bytes.size(), bytes);
  }
  std::string with_some_sectors() {
    std::string some = durable_;
    for (const auto& [offset, bytes] : unsynced_) {
      for (std::size_t begin = 0; begin < bytes.size();) {
        const std::size_t size = std::min(sector - (offset + begin) % sector, bytes.size() - begin);
        if (random_() % 2 == 0) apply(some, offset + begin, bytes.substr(begin, size));
        begin += size;
      }
    }
    return some;
  }

  std::string durable_;
  std::vector<std::pair<std::size_t, std::string>> unsynced_;
  std::mt19937 random_{5};
};

TEST(PlainFile, APowerLossLosesNothingAcknowledged) {
  const Folder folder;
  RecordedDisk disk;
  std::uint64_t acknowledged = 0;
  int images = 0;
  disk.at_boundary = [&] {
    for (const std::string& image : disk.images()) {
      ++images;
      const Opened recovered(image);
      ASSERT_TRUE(recovered.storage) << recovered.storage.error().message;
      Collected read;
      const Version version = (*recovered.storage)->read({}, read).value();
      ASSERT_GE(version.value, acknowledged);
      ASSERT_LE(version.value, acknowledged + 1) << "at most the one in flight more";
      expect_workload(**recovered.storage, version.value);
    }
  };
  PlainFileCalls calls = disk.calls();
  if (selected_broken_storage() == "no_sync") calls.sync = [](int) { return 0; };
  const auto storage = open_plain_file(folder.path() / "book", calls).value();
  for (std::uint64_t number = 1; number <= batches && !HasFailure(); ++number) {
    ASSERT_TRUE(storage->append(workload(number)));
    acknowledged = number;
    disk.at_boundary();
  }
  EXPECT_GT(images, 60);
}

// ------------------------------------------------------------------------------- failing disks

/// Fails the k-th write or sync, once or always.
struct Failing {
  bool write = false;
  bool short_write = false;  ///< writes half of the bytes before it fails
  bool always = false;
  int at = 0;
  int count = 0;

  bool fails() {
    const int call = count++;
    return always ? call >= at : call == at;
  }
  PlainFileCalls calls() {
    PlainFileCalls calls;
    calls.write = [this](int file, const char* bytes, std::size_t size, off_t offset) -> ssize_t {
      if (write && fails()) {
        if (short_write) static_cast<void>(::pwrite(file, bytes, size / 2, offset));
        errno = ENOSPC;
        return -1;
      }
      return ::pwrite(file, bytes, size, offset);
    };
    calls.sync = [this](int) {
      if (write || !fails()) return 0;
      errno = EIO;
      return -1;
    };
    return calls;
  }
};

/// Runs the workload until the disk fails. Nothing may be written after the failure.
void run_on_failing_disk(Failing failing) {
  const Folder folder;
  std::uint64_t acknowledged = 0;
  bool in_doubt = false;
  {
    const auto storage = open_plain_file(folder.path() / "book", failing.calls());
    if (!storage) {
      EXPECT_EQ(storage.error().code, Code::storage_failed);
    } else {
      Code refused = Code::ok;
      for (std::uint64_t number = 1; number <= batches && refused == Code::ok; ++number) {
        refused = code_of((*storage)->append(workload(number)));
        if (refused == Code::ok) acknowledged = number;
      }
      in_doubt = refused == Code::storage_unknown;
      if (refused != Code::ok) {
        EXPECT_EQ(refused, failing.write ? Code::storage_failed : Code::storage_unknown);
        const auto found = (*storage)->find(workload(acknowledged + 1).token);
        EXPECT_EQ(code_of(found), in_doubt ? Code::storage_unknown : Code::ok);
        for (int again = 0; again < 2; ++again) {
          EXPECT_EQ(code_of((*storage)->append(workload(acknowledged + 1))), Code::storage_failed);
        }
      }
    }
  }
  const auto reopened = open_unsynced_plain_file(folder.path()).value();
  Collected read;
  const std::uint64_t version = reopened->read({}, read).value().value;
  EXPECT_GE(version, acknowledged);
  EXPECT_LE(version, acknowledged + (in_doubt ? 1 : 0));
  expect_workload(*reopened, version);
  ASSERT_TRUE(reopened->append(workload(version + 1)));
}

TEST(PlainFile, AFailingDiskLosesNothingAcknowledged) {
  for (const bool always : {false, true}) {
    for (int at = 0; at <= static_cast<int>(batches) + 2; ++at) {
      SCOPED_TRACE(::testing::Message()
                   << "call " << at << (always ? " and all later ones" : " once"));
      run_on_failing_disk({true, false, always, at});
      run_on_failing_disk({true, true, always, at});
      run_on_failing_disk({false, false, always, at});
    }
  }
}

TEST(PlainFile, ContinuesInterruptedAndShortWrites) {
  const Folder folder;
  PlainFileCalls calls;
  int count = 0;
  calls.write = [&](int file, const char* bytes, std::size_t size, off_t offset) -> ssize_t {
    if (++count % 3 == 0) {
      errno = EINTR;
      return -1;
    }
    return ::pwrite(file, bytes, std::min<std::size_t>(size, 100), offset);
  };
  {
    const auto storage = open_plain_file(folder.path() / "book", calls).value();
    for (std::uint64_t number = 1; number <= batches; ++number) {
      ASSERT_TRUE(storage->append(workload(number)));
    }
  }
  expect_workload(*open_unsynced_plain_file(folder.path()).value(), batches);
}

// ------------------------------------------------------------------------------- hostile files

TEST(PlainFile, ATruncatedTailIsDropped) {
  const std::string bytes = bytes_of_workload();
  const std::size_t last = bytes.rfind('\n', bytes.size() - 2) + 1;
  for (std::size_t size = last; size <= bytes.size(); size += size < bytes.size() - 40 ? 13 : 1) {
    const Opened opened(bytes.substr(0, size));
    ASSERT_TRUE(opened.storage) << size;
    const std::uint64_t kept = size == bytes.size() ? batches : batches - 1;
    expect_workload(**opened.storage, kept);
    ASSERT_TRUE((*opened.storage)->append(workload(kept + 1)));
  }
}

TEST(PlainFile, DamageBeforeTheTailIsCorrupt) {
  const std::string bytes = bytes_of_workload();
  const std::size_t last = bytes.rfind('\n', bytes.size() - 2) + 1;
  for (std::size_t at = 0; at < last; at += 7) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
    const Opened opened(damaged);
    ASSERT_FALSE(opened.storage) << at;
    EXPECT_EQ(opened.storage.error().code, Code::storage_corrupt);
    EXPECT_EQ(bytes_of(opened.path), damaged) << "a damaged file is not modified";
  }
}

TEST(PlainFile, ForeignFilesAreRefusedAndNotModified) {
  for (const char* const bytes : {"#!/bin/sh\n", "seatbook plain file, format 2\n",
                                  "seatbook plain file, format 1\r\n", "SQLite format 3"}) {
    const Opened opened(bytes);
    ASSERT_FALSE(opened.storage) << bytes;
    EXPECT_EQ(opened.storage.error().code, Code::storage_corrupt);
    EXPECT_EQ(bytes_of(opened.path), bytes);
  }
  const Folder folder;
  EXPECT_EQ(code_of(open_plain_file(folder.path())), Code::storage_failed);
  EXPECT_EQ(code_of(open_plain_file(folder.path() / "none" / "book")), Code::storage_failed);
}

TEST(PlainFile, LinesWithInvalidRecordsAreCorrupt) {
  const std::string nested(100'000, '[');
  for (const std::string& bytes : {std::string("1"), std::string("{}"), std::string("}"), nested,
                                   nested + std::string(nested.size(), ']'),
                                   "{\"a\":" + nested + std::string(nested.size(), ']') + "}"}) {
    const Folder folder;
    const auto path = folder.path() / "book";
    const EncodedImage row{RecordKind::person, 1, Version(1), bytes};
    ASSERT_TRUE(PlainFile::open(path).value()->append({Version(0), token(1), {row}}));
    const auto opened = open_plain_file(path);
    Collected read;
    EXPECT_EQ(opened ? code_of((*opened)->read({}, read)) : code_of(opened), Code::storage_corrupt);
  }
}

TEST(PlainFile, ASecondOpenIsRefused) {
  const Folder folder;
  {
    const auto first = open_plain_file(folder.path() / "book").value();
    const auto second = open_plain_file(folder.path() / "book");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Code::storage_failed);
    EXPECT_EQ(second.error().message, "the file is open elsewhere");
    ASSERT_TRUE(first->append(workload(1)));
  }
  expect_workload(*open_plain_file(folder.path() / "book").value(), 1);
}

}  // namespace
}  // namespace seatbook::testing

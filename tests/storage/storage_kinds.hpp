/// The storages that the contract suite runs on: how to create one, and how to reopen it.
///
/// A new storage gets a line in correct_storage_kinds(). Storages with files use
/// kept_in_a_folder().
#ifndef SEATBOOK_TESTS_STORAGE_STORAGE_KINDS_HPP_
#define SEATBOOK_TESTS_STORAGE_STORAGE_KINDS_HPP_

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "seatbook/record_codec.hpp"
#include "seatbook/sqlite.hpp"
#include "seatbook/storage.hpp"
#include "storage/c_plug_in.hpp"
#include "storage/plain_files.hpp"
#include "support/folder.hpp"
#include "support/forwarding_storage.hpp"

namespace seatbook::testing {

struct StorageKind {
  std::string name;
  /// Creates a new, empty storage.
  std::function<StoragePointer()> make;
  /// Closes a storage that make() or reopen() returned and opens its content again. Books on it
  /// must be closed.
  std::function<StoragePointer(StoragePointer)> reopen;
  /// Opens the content a second time while the storage is open. Fails, or returns a second storage
  /// on the same records.
  std::function<Result<StoragePointer>(const StoragePointer&)> open_second;
};

/// Returns a kind that wraps each storage of `kind`.
template <class Wrapper>
StorageKind wrapped(StorageKind kind, const std::string& suffix) {
  const auto wrap = [](StoragePointer storage) -> StoragePointer {
    return std::make_shared<Wrapper>(std::move(storage));
  };
  return {kind.name + suffix, [=] { return wrap(kind.make()); },
          [=](const StoragePointer& storage) {
            return wrap(kind.reopen(dynamic_cast<Wrapper&>(*storage).take()));
          },
          [=](const StoragePointer& storage) -> Result<StoragePointer> {
            auto second = kind.open_second(dynamic_cast<Wrapper&>(*storage).inner());
            if (!second) return second;
            return wrap(*std::move(second));
          }};
}
inline StorageKind without_lock(StorageKind kind) {
  return wrapped<WithoutLock>(std::move(kind), "_without_lock");
}

/// Returns an in-memory kind. Reopening returns the same storage.
inline StorageKind kept_in_memory(std::string name, std::function<StoragePointer()> make) {
  return {std::move(name), std::move(make), [](StoragePointer storage) { return storage; },
          [](const StoragePointer& storage) { return Result<StoragePointer>(storage); }};
}

/// A storage and the folder of its files.
class InAFolder final : public ForwardingStorage {
 public:
  InAFolder(StoragePointer inner, std::shared_ptr<Folder> of_files)
      : ForwardingStorage(std::move(inner)), folder(std::move(of_files)) {}
  ~InAFolder() override { take(); }  // closes the files before they are removed
  const std::shared_ptr<Folder> folder;
};

/// Returns a kind with files. `open` opens or creates the storage in a folder.
inline StorageKind kept_in_a_folder(
    std::string name, std::function<Result<StoragePointer>(const std::filesystem::path&)> open) {
  const auto open_in = [=](std::shared_ptr<Folder> folder) -> StoragePointer {
    auto storage = open(folder->path()).value();
    return std::make_shared<InAFolder>(std::move(storage), std::move(folder));
  };
  return {std::move(name), [=] { return open_in(std::make_shared<Folder>()); },
          [=](const StoragePointer& storage) {
            auto& kept = dynamic_cast<InAFolder&>(*storage);
            kept.take().reset();
            return open_in(kept.folder);
          },
          [=](const StoragePointer& storage) {
            return open(dynamic_cast<InAFolder&>(*storage).folder->path());
          }};
}

/// A minimal row-based plug-in: maps under one mutex, and no lock.
class RowsInMemory final : public EncodedStorage {
 public:
  Result<Version> read(Version after, EncodedSink& sink) override {
    const std::lock_guard guard(mutex_);
    for (const auto& [key, row] : rows_) {
      if (row.version <= after) continue;
      if (auto accepted = sink.accept(row); !accepted) return std::move(accepted).error();
    }
    return version_;
  }
  Result<void> append(const EncodedBatch& batch) override { return append_group({batch}); }
  [[nodiscard]] std::size_t largest_group() const override { return max_group_size; }
  Result<void> append_group(const std::vector<EncodedBatch>& batches) override {
    const std::lock_guard guard(mutex_);
    if (batches.front().base != version_) {
      return Error{Code::conflict, "the base version is out of date"};
    }
    for (const EncodedBatch& batch : batches) {
      version_ = Version(version_.value + 1);
      for (const EncodedImage& image : batch.images) rows_[{image.table, image.id}] = image;
      tokens_[batch.token] = version_;
    }
    return {};
  }
  Result<std::optional<Version>> find(const Token& token) override {
    const std::lock_guard guard(mutex_);
    const auto found = tokens_.find(token);
    if (found == tokens_.end()) return std::optional<Version>();
    return std::optional(found->second);
  }

 private:
  std::mutex mutex_;
  Version version_;
  std::map<std::pair<RecordKind, std::uint64_t>, EncodedImage> rows_;
  std::map<Token, Version> tokens_;
};

/// Opens a plain file with system calls that a test may replace.
inline Result<StoragePointer> open_plain_file(const std::filesystem::path& path,
                                              PlainFileCalls calls = {}) {
  auto opened = PlainFile::open(path, std::move(calls));
  if (!opened) return std::move(opened).error();
  return encoded_storage(*std::move(opened));
}

/// Opens a plain file that does not sync, because the suite writes about 10,000 batches.
/// plain_files_test.cpp tests the syncs.
inline Result<StoragePointer> open_unsynced_plain_file(const std::filesystem::path& folder) {
  PlainFileCalls calls;
  calls.sync = [](int) { return 0; };
  return open_plain_file(folder / "book", std::move(calls));
}

/// Opens a SQLite storage that does not sync each batch. sqlite_faults_test.cpp tests the syncs.
inline Result<StoragePointer> open_unsynced_sqlite(const std::filesystem::path& folder) {
  return sqlite::open_storage((folder / "book.db").string(),
                              {.durability = sqlite::Durability::relaxed});
}

/// Lists the storages that the contract suite runs on. Defined by each program that links the
/// suite: local_kinds.cpp, or postgres/postgres_kinds.cpp for storages that need a server.
std::vector<StorageKind> storage_kinds();

/// Lists every storage, each with and without its lock.
inline std::vector<StorageKind> correct_storage_kinds() {
  const StorageKind kinds[] = {
      kept_in_memory("memory", [] { return memory_storage(); }),
      kept_in_memory("rows", [] { return encoded_storage(std::make_shared<RowsInMemory>()); }),
      kept_in_a_folder("plain_file", open_unsynced_plain_file),
      kept_in_a_folder("sqlite", open_unsynced_sqlite),
#ifdef SEATBOOK_TEST_C_PLUG_IN
      kept_in_memory("c_plug_in", c_plug_in),
      kept_in_memory("c_plug_in_of_0_1", c_plug_in_of_0_1),
#endif
  };
  std::vector<StorageKind> all;
  for (const StorageKind& kind : kinds) {
    all.push_back(kind);
    all.push_back(without_lock(kind));
  }
  return all;
}

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_STORAGE_STORAGE_KINDS_HPP_

// memory_storage(): the newest image of every record, shared by the books of one process.
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "seatbook/storage.hpp"
#include "types/try.hpp"

namespace seatbook {
namespace {

class MemoryStorage final : public Storage {
 public:
  explicit MemoryStorage(bool with_lock) : with_lock_(with_lock) {}

  Result<Version> read(Version after, RecordSink& sink) override {
    // Copies first: the sink belongs to a book and is not called under this mutex.
    std::vector<RecordImage> records;
    Version version;
    {
      const std::lock_guard guard(mutex_);
      version = version_;
      for (auto at = by_version_.lower_bound({after.value + 1, {}}); at != by_version_.end();
           ++at) {
        records.push_back(images_.at(at->second).image);
      }
    }
    for (RecordImage& record : records) {
      SEATBOOK_TRY(sink.accept(std::move(record)));
    }
    return version;
  }

  Result<void> append(const Batch& batch) override { return write({&batch, 1}); }
  [[nodiscard]] std::size_t largest_group() const override { return max_group_size; }
  Result<void> append_group(const std::vector<Batch>& batches) override { return write(batches); }

  Result<std::optional<Version>> find(const Token& token) override {
    const std::lock_guard guard(mutex_);
    const auto found = versions_.find(token);
    if (found == versions_.end()) return std::optional<Version>();
    return std::optional<Version>(found->second);
  }

  Result<void> lock() override {
    if (with_lock_) writer_.lock();
    return {};
  }
  void unlock() noexcept override {
    if (with_lock_) writer_.unlock();
  }

 private:
  using Key = std::pair<std::size_t, std::uint64_t>;  // kind, id
  using Written = std::pair<std::uint64_t, Key>;      // version, record that it wrote
  struct Image {
    RecordImage image;
    Version version;
  };
  /// The changes of a group of batches.
  struct Group {
    Version version;  // of the last batch
    std::map<Key, Image> images;
    std::set<Written> by_version;
    std::list<Token> tokens;
    std::map<Token, Version> versions;
  };

  static Key key_of(const RecordImage& image) noexcept { return {image.index(), id_of(image)}; }

  Result<void> write(std::span<const Batch> batches) {
    const std::lock_guard guard(mutex_);
    // Everything that can run out of memory is prepared first; applying it cannot fail.
    Group group;
    group.version = version_;
    for (const Batch& batch : batches) {
      if (batch.base != group.version) {
        return Error{Code::conflict, "the storage is at version " + std::to_string(version_.value)};
      }
      group.version = Version(batch.base.value + 1);
      for (const RecordImage& image : batch.images) {
        group.images.insert_or_assign(key_of(image), Image{image, group.version});
      }
      group.tokens.push_back(batch.token);
      group.versions.emplace(batch.token, group.version);
    }
    for (const auto& [key, image] : group.images) {
      group.by_version.emplace(image.version.value, key);
    }
    take_over(std::move(group));
    return {};
  }

  void take_over(Group group) noexcept {
    while (!group.images.empty()) {
      auto node = group.images.extract(group.images.begin());
      const auto found = images_.find(node.key());
      if (found == images_.end()) {
        images_.insert(std::move(node));
      } else {
        by_version_.erase({found->second.version.value, found->first});
        found->second = std::move(node.mapped());
      }
    }
    by_version_.merge(group.by_version);
    versions_.merge(group.versions);
    tokens_.splice(tokens_.end(), group.tokens);
    while (tokens_.size() > remembered_tokens) {
      versions_.erase(tokens_.front());
      tokens_.pop_front();
    }
    version_ = group.version;
  }

  const bool with_lock_;
  std::mutex writer_;  // lock() to unlock()
  std::mutex mutex_;   // guards everything below
  Version version_;
  std::map<Key, Image> images_;
  std::set<Written> by_version_;
  std::list<Token> tokens_;  // oldest first
  std::map<Token, Version> versions_;
};

}  // namespace

std::shared_ptr<Storage> memory_storage(bool with_lock) {
  return std::make_shared<MemoryStorage>(with_lock);
}

}  // namespace seatbook

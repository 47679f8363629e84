// memory_storage(): the newest image of every record, shared by the books of one process.
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "seatbook/storage.hpp"

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
      if (auto taken = sink.accept(std::move(record)); !taken) return std::move(taken).error();
    }
    return version;
  }

  Result<void> append(const Batch& batch) override {
    const std::lock_guard guard(mutex_);
    if (batch.base != version_) {
      return Error{Code::conflict, "the storage is at version " + std::to_string(version_.value)};
    }
    // Everything that can run out of memory is prepared first; applying it cannot fail.
    const Version version(version_.value + 1);
    std::map<Key, Image> images;
    std::set<Written> order;
    std::map<Token, Version> token;
    for (const RecordImage& image : batch.images) {
      images.emplace(key_of(image), Image{image, version});
      order.emplace(version.value, key_of(image));
    }
    token.emplace(batch.token, version);
    tokens_.emplace_back(batch.token, version);
    take_over(std::move(images), std::move(order), std::move(token));
    version_ = version;
    return {};
  }

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

  static Key key_of(const RecordImage& image) noexcept { return {image.index(), id_of(image)}; }

  void take_over(std::map<Key, Image> images, std::set<Written> order,
                 std::map<Token, Version> token) noexcept {
    while (!images.empty()) {
      auto node = images.extract(images.begin());
      const auto found = images_.find(node.key());
      if (found == images_.end()) {
        images_.insert(std::move(node));
      } else {
        by_version_.erase({found->second.version.value, found->first});
        found->second = std::move(node.mapped());
      }
    }
    by_version_.merge(order);
    versions_.merge(token);
    if (tokens_.size() > remembered_tokens) {
      versions_.erase(tokens_.front().first);
      tokens_.pop_front();
    }
  }

  const bool with_lock_;
  std::mutex writer_;  // lock() to unlock()
  std::mutex mutex_;   // guards everything below
  Version version_;
  std::map<Key, Image> images_;
  std::set<Written> by_version_;
  std::deque<std::pair<Token, Version>> tokens_;
  std::map<Token, Version> versions_;
};

}  // namespace

std::shared_ptr<Storage> memory_storage(bool with_lock) {
  return std::make_shared<MemoryStorage>(with_lock);
}

}  // namespace seatbook

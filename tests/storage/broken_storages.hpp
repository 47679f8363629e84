/// Storages that break one promise each. The contract suite has to find every one of them:
/// broken_storages_test.py runs it with SEATBOOK_BROKEN_STORAGE set to a name of this list, and
/// knows which tests hold that promise.
#ifndef SEATBOOK_TESTS_STORAGE_BROKEN_STORAGES_HPP_
#define SEATBOOK_TESTS_STORAGE_BROKEN_STORAGES_HPP_

#include <cstdlib>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/storage_kinds.hpp"

namespace seatbook::testing {

/// Memory as it was, to be broken in one place each. For one thread at a time, or with its lock.
class BreakableStorage : public Storage {
 public:
  Result<Version> read(Version after, RecordSink& sink) override {
    const std::lock_guard guard(mutex_);
    for (const auto& [key, images] : images_) {
      const auto& [version, image] = images.back();
      if (version <= after) continue;
      if (auto taken = hand_over(images, sink); !taken) return std::move(taken).error();
    }
    return version_;
  }
  Result<void> append(const Batch& batch) override {
    const std::lock_guard guard(mutex_);
    if (!compares(batch)) return Error{Code::conflict, "others were first"};
    return write(batch);
  }
  Result<std::optional<Version>> find(const Token& token) override {
    const std::lock_guard guard(mutex_);
    const auto found = tokens_.find(token);
    if (found == tokens_.end()) return std::optional<Version>();
    return std::optional(found->second);
  }
  Result<void> lock() override {
    writer_.lock();
    return {};
  }
  void unlock() noexcept override { writer_.unlock(); }
  /// What is lost when it is opened again.
  virtual void reopened() {}

 protected:
  /// A record's images, oldest first.
  using Images = std::vector<std::pair<Version, RecordImage>>;

  virtual bool compares(const Batch& batch) { return batch.base == version_; }
  virtual Result<void> write(const Batch& batch) {
    version_ = Version(version_.value + 1);
    for (const RecordImage& image : batch.images) keep(image);
    remember(batch.token);
    return {};
  }
  virtual Result<void> hand_over(const Images& images, RecordSink& sink) {
    return sink.accept(images.back().second);
  }
  virtual void remember(const Token& token) { tokens_[token] = version_; }
  void keep(const RecordImage& image) {
    images_[{kind_of(image), id_of(image)}].emplace_back(version_, image);
  }

  Version version_;
  std::map<std::pair<RecordKind, std::uint64_t>, Images> images_;
  std::map<Token, Version> tokens_;

 private:
  std::mutex writer_;
  std::mutex mutex_;
};

/// Writes whatever version the batch was decided on.
class NoCompare final : public BreakableStorage {
  bool compares(const Batch& /*batch*/) override { return true; }
};

/// Keeps no token: find() never knows.
class LostToken final : public BreakableStorage {
  void remember(const Token& /*token*/) override {}
};

/// Keeps tokens in memory only.
class TokensGoneAtReopening final : public BreakableStorage {
 public:
  void reopened() override { tokens_.clear(); }
};

/// Keeps fewer tokens than it has to.
class FewTokens final : public BreakableStorage {
  void remember(const Token& token) override {
    BreakableStorage::remember(token);
    order_.push_back(token);
    if (order_.size() > remembered_tokens / 10) {
      tokens_.erase(order_.front());
      order_.erase(order_.begin());
    }
  }
  std::vector<Token> order_;
};

/// Writes records one by one; at one that it cannot write (a text that is not UTF-8) it says that
/// nothing was written, and leaves the ones before.
class TornBatch final : public BreakableStorage {
  Result<void> write(const Batch& batch) override {
    version_ = Version(version_.value + 1);
    for (const RecordImage& image : batch.images) {
      if (!encode_record(image)) return Error{Code::storage_failed, "a record cannot be written"};
      keep(image);
    }
    remember(batch.token);
    return {};
  }
};

/// Refuses a wrong base, but only after it has written.
class WritesBeforeItRefuses final : public BreakableStorage {
  bool compares(const Batch& batch) override {
    const bool right = BreakableStorage::compares(batch);
    if (!right) {
      for (const RecordImage& image : batch.images) keep(image);
    }
    return right;
  }
};

/// Hands over every record twice.
class ReadsTwice final : public BreakableStorage {
  Result<void> hand_over(const Images& images, RecordSink& sink) override {
    if (auto taken = BreakableStorage::hand_over(images, sink); !taken) return taken;
    return BreakableStorage::hand_over(images, sink);
  }
};

/// Hands over the first image of a record for ever.
class OldImage final : public BreakableStorage {
  Result<void> hand_over(const Images& images, RecordSink& sink) override {
    return sink.accept(images.front().second);
  }
};

/// Reads all, whatever it is asked for.
class ReadsEverything final : public BreakableStorage {
 public:
  Result<Version> read(Version /*after*/, RecordSink& sink) override {
    return BreakableStorage::read({}, sink);
  }
};

/// Goes on after the sink has said stop.
class DeafToTheSink final : public BreakableStorage {
  Result<void> hand_over(const Images& images, RecordSink& sink) override {
    static_cast<void>(BreakableStorage::hand_over(images, sink));
    return {};
  }
};

/// Acknowledges a batch and keeps nothing of it but the version and the token.
class KeepsNothing final : public BreakableStorage {
  Result<void> write(const Batch& batch) override {
    return BreakableStorage::write({batch.base, batch.token, {}});
  }
};

/// Keeps what it has acknowledged until it is closed.
class GoneAtReopening final : public BreakableStorage {
 public:
  void reopened() override {
    images_.clear();
    tokens_.clear();
    version_ = {};
  }
};

/// Forgets one member of one kind of record.
class DropsAMember final : public BreakableStorage {
  Result<void> write(const Batch& batch) override {
    Batch without = batch;
    for (RecordImage& image : without.images) {
      if (auto* const license = std::get_if<License>(&image)) license->renewal_date = {};
    }
    return BreakableStorage::write(without);
  }
};

/// Throws an exception where it should answer an error.
class ThrowsOnConflict final : public BreakableStorage {
  bool compares(const Batch& batch) override {
    if (!BreakableStorage::compares(batch)) throw std::runtime_error("others were first");
    return true;
  }
};

template <class Broken>
StorageKind broken_kind(const char* name) {
  return {name, [] { return std::make_shared<Broken>(); },
          [](StoragePointer storage) {
            dynamic_cast<BreakableStorage&>(*storage).reopened();
            return storage;
          },
          [](const StoragePointer& storage) { return Result<StoragePointer>(storage); }};
}

inline std::vector<StorageKind> broken_storage_kinds() {
  return {
      // Not broken: shows that what the suite finds below is what was broken.
      broken_kind<BreakableStorage>("sound"),
      broken_kind<NoCompare>("no_compare"),
      broken_kind<LostToken>("lost_token"),
      broken_kind<TokensGoneAtReopening>("tokens_gone_at_reopening"),
      broken_kind<FewTokens>("few_tokens"),
      broken_kind<TornBatch>("torn_batch"),
      broken_kind<WritesBeforeItRefuses>("writes_before_it_refuses"),
      broken_kind<ReadsTwice>("reads_twice"),
      broken_kind<OldImage>("old_image"),
      broken_kind<ReadsEverything>("reads_everything"),
      broken_kind<DeafToTheSink>("deaf_to_the_sink"),
      broken_kind<KeepsNothing>("keeps_nothing"),
      broken_kind<GoneAtReopening>("gone_at_reopening"),
      broken_kind<DropsAMember>("drops_a_member"),
      broken_kind<ThrowsOnConflict>("throws_on_conflict"),
  };
}

/// Which broken storage this run is about; empty in every usual run.
inline std::string chosen_broken_storage() {
  const char* const name = std::getenv("SEATBOOK_BROKEN_STORAGE");
  return name == nullptr ? "" : name;
}

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_STORAGE_BROKEN_STORAGES_HPP_

/// Storages that each break one rule of the contract. The contract suite must detect all of them:
/// broken_storages_test.py runs it with SEATBOOK_BROKEN_STORAGE set to a name of this list, and
/// lists the tests that must fail.
#ifndef SEATBOOK_TESTS_STORAGE_BROKEN_STORAGES_HPP_
#define SEATBOOK_TESTS_STORAGE_BROKEN_STORAGES_HPP_

#include <cstdlib>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "storage/storage_kinds.hpp"

namespace seatbook::testing {

/// A correct in-memory storage, the base of the broken ones.
class BreakableStorage : public Storage {
 public:
  Result<Version> read(Version after, RecordSink& sink) override {
    const std::lock_guard guard(mutex_);
    for (const auto& [key, images] : images_) {
      const auto& [version, image] = images.back();
      if (version <= after) continue;
      if (auto accepted = deliver(images, sink); !accepted) return std::move(accepted).error();
    }
    return version_;
  }
  Result<void> append(const Batch& batch) override {
    const std::lock_guard guard(mutex_);
    if (!base_matches(batch)) return Error{Code::conflict, "the base version is out of date"};
    return write(batch);
  }
  [[nodiscard]] std::size_t largest_group() const override { return max_group_size; }
  Result<void> append_group(const std::vector<Batch>& batches) override {
    const std::lock_guard guard(mutex_);
    if (!base_matches(batches.front())) {
      return Error{Code::conflict, "the base version is out of date"};
    }
    return write_group(batches);
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
  /// Simulates closing and reopening the storage.
  virtual void reopened() {}

 protected:
  /// A record's images, oldest first.
  using Images = std::vector<std::pair<Version, RecordImage>>;

  virtual bool base_matches(const Batch& batch) { return batch.base == version_; }
  virtual Result<void> write(const Batch& batch) {
    version_ = Version(version_.value + 1);
    for (const RecordImage& image : batch.images) keep(image);
    remember(batch.token);
    return {};
  }
  /// All or nothing: write() of this storage does not fail.
  virtual Result<void> write_group(const std::vector<Batch>& batches) {
    for (const Batch& batch : batches) {
      if (auto written = write(batch); !written) return written;
    }
    return {};
  }
  virtual Result<void> deliver(const Images& images, RecordSink& sink) {
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

/// Writes a batch even if its base version is out of date.
class NoCompare final : public BreakableStorage {
  bool base_matches(const Batch& /*batch*/) override { return true; }
};

/// Stores no tokens, so find() never finds one.
class LostToken final : public BreakableStorage {
  void remember(const Token& /*token*/) override {}
};

/// Loses the tokens when it is reopened.
class TokensLostOnReopen final : public BreakableStorage {
 public:
  void reopened() override { tokens_.clear(); }
};

/// Stores fewer tokens than required.
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

/// Writes records one by one. If it cannot write one (a text that is not UTF-8), it fails but keeps
/// the records before it.
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

/// Refuses a wrong base version only after it has written the records.
class WritesBeforeItRefuses final : public BreakableStorage {
  bool base_matches(const Batch& batch) override {
    const bool right = BreakableStorage::base_matches(batch);
    if (!right) {
      for (const RecordImage& image : batch.images) keep(image);
    }
    return right;
  }
};

/// Delivers every record twice.
class ReadsTwice final : public BreakableStorage {
  Result<void> deliver(const Images& images, RecordSink& sink) override {
    if (auto accepted = BreakableStorage::deliver(images, sink); !accepted) return accepted;
    return BreakableStorage::deliver(images, sink);
  }
};

/// Always delivers the first image of a record.
class OldImage final : public BreakableStorage {
  Result<void> deliver(const Images& images, RecordSink& sink) override {
    return sink.accept(images.front().second);
  }
};

/// Ignores `after` and reads everything.
class ReadsEverything final : public BreakableStorage {
 public:
  Result<Version> read(Version /*after*/, RecordSink& sink) override {
    return BreakableStorage::read({}, sink);
  }
};

/// Continues after the sink has returned an error.
class IgnoresTheSink final : public BreakableStorage {
  Result<void> deliver(const Images& images, RecordSink& sink) override {
    static_cast<void>(BreakableStorage::deliver(images, sink));
    return {};
  }
};

/// Acknowledges a batch but stores only its version and token.
class KeepsNothing final : public BreakableStorage {
  Result<void> write(const Batch& batch) override {
    return BreakableStorage::write({batch.base, batch.token, {}});
  }
};

/// Loses everything when it is reopened.
class LostOnReopen final : public BreakableStorage {
 public:
  void reopened() override {
    images_.clear();
    tokens_.clear();
    version_ = {};
  }
};

/// Loses one member of one kind of record.
class DropsAMember final : public BreakableStorage {
  Result<void> write(const Batch& batch) override {
    Batch without = batch;
    for (RecordImage& image : without.images) {
      if (auto* const license = std::get_if<License>(&image)) license->renewal_date = {};
    }
    return BreakableStorage::write(without);
  }
};

/// Throws an exception instead of returning an error.
class ThrowsOnConflict final : public BreakableStorage {
  bool base_matches(const Batch& batch) override {
    if (!BreakableStorage::base_matches(batch))
      throw std::runtime_error("the base version is out of date");
    return true;
  }
};

/// Writes the batches of a group one by one. If it cannot write one, it keeps those before it.
class TornGroup final : public BreakableStorage {
  Result<void> write(const Batch& batch) override {
    for (const RecordImage& image : batch.images) {
      if (!encode_record(image)) return Error{Code::storage_failed, "a record cannot be written"};
    }
    return BreakableStorage::write(batch);
  }
};

/// Writes the last batch of a group first.
class GroupInWrongOrder final : public BreakableStorage {
  Result<void> write_group(const std::vector<Batch>& batches) override {
    return BreakableStorage::write_group({batches.rbegin(), batches.rend()});
  }
};

/// Returns before a group is durable: it is lost if the storage is reopened before the next write.
class GroupBeforeSync final : public BreakableStorage {
 public:
  void reopened() override {
    if (!durable_) return;
    std::tie(version_, images_, tokens_) = *std::exchange(durable_, std::nullopt);
  }

 private:
  Result<void> write(const Batch& batch) override {
    durable_.reset();
    return BreakableStorage::write(batch);
  }
  Result<void> write_group(const std::vector<Batch>& batches) override {
    const std::tuple before(version_, images_, tokens_);
    auto written = BreakableStorage::write_group(batches);
    durable_ = before;
    return written;
  }
  std::optional<std::tuple<Version, decltype(images_), decltype(tokens_)>> durable_;
};

/// Writes the records of a group as one batch, with the tokens of all.
class GroupAsOneBatch final : public BreakableStorage {
  Result<void> write_group(const std::vector<Batch>& batches) override {
    Batch one = batches.back();
    one.images.clear();
    for (const Batch& batch : batches) {
      one.images.insert(one.images.end(), batch.images.begin(), batch.images.end());
    }
    auto written = BreakableStorage::write(one);
    for (const Batch& batch : batches) remember(batch.token);
    return written;
  }
};

/// Keeps only the token of the last batch of a group.
class GroupWithOneToken final : public BreakableStorage {
  Result<void> write_group(const std::vector<Batch>& batches) override {
    auto written = BreakableStorage::write_group(batches);
    for (const Batch& batch : batches) {
      if (&batch != &batches.back()) tokens_.erase(batch.token);
    }
    return written;
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
      // Not broken: shows that the failures of the others come from their faults.
      broken_kind<BreakableStorage>("correct"),
      broken_kind<NoCompare>("no_compare"),
      broken_kind<LostToken>("lost_token"),
      broken_kind<TokensLostOnReopen>("tokens_lost_on_reopen"),
      broken_kind<FewTokens>("few_tokens"),
      broken_kind<TornBatch>("torn_batch"),
      broken_kind<WritesBeforeItRefuses>("writes_before_it_refuses"),
      broken_kind<ReadsTwice>("reads_twice"),
      broken_kind<OldImage>("old_image"),
      broken_kind<ReadsEverything>("reads_everything"),
      broken_kind<IgnoresTheSink>("ignores_the_sink"),
      broken_kind<KeepsNothing>("keeps_nothing"),
      broken_kind<LostOnReopen>("lost_on_reopen"),
      broken_kind<DropsAMember>("drops_a_member"),
      broken_kind<ThrowsOnConflict>("throws_on_conflict"),
      broken_kind<TornGroup>("torn_group"),
      broken_kind<GroupInWrongOrder>("group_in_wrong_order"),
      broken_kind<GroupBeforeSync>("group_before_sync"),
      broken_kind<GroupAsOneBatch>("group_as_one_batch"),
      broken_kind<GroupWithOneToken>("group_with_one_token"),
  };
}

/// Returns the name of the broken storage to test, or "" in a normal run.
inline std::string selected_broken_storage() {
  const char* const name = std::getenv("SEATBOOK_BROKEN_STORAGE");
  return name == nullptr ? "" : name;
}

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_STORAGE_BROKEN_STORAGES_HPP_

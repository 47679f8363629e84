/// Storages that forward calls to another one.
#ifndef SEATBOOK_TESTS_SUPPORT_FORWARDING_STORAGE_HPP_
#define SEATBOOK_TESTS_SUPPORT_FORWARDING_STORAGE_HPP_

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "seatbook/storage.hpp"

namespace seatbook::testing {

using StoragePointer = std::shared_ptr<Storage>;

/// Forwards every call to another storage.
class ForwardingStorage : public Storage {
 public:
  explicit ForwardingStorage(StoragePointer inner) : inner_(std::move(inner)) {}
  Result<Version> read(Version after, RecordSink& sink) override {
    return inner_->read(after, sink);
  }
  Result<void> append(const Batch& batch) override { return inner_->append(batch); }
  [[nodiscard]] std::size_t largest_group() const override { return inner_->largest_group(); }
  Result<void> append_group(const std::vector<Batch>& batches) override {
    return inner_->append_group(batches);
  }
  Result<void> sync() override { return inner_->sync(); }
  Result<std::optional<Version>> find(const Token& token) override { return inner_->find(token); }
  Result<std::optional<Version>> seen(const Token& token) override { return inner_->seen(token); }
  Result<void> lock() override { return inner_->lock(); }
  void unlock() noexcept override { inner_->unlock(); }
  std::shared_ptr<Clock> clock() override { return inner_->clock(); }

  [[nodiscard]] const StoragePointer& inner() const { return inner_; }
  /// Returns the inner storage. No further calls are allowed.
  StoragePointer take() { return std::exchange(inner_, nullptr); }

 private:
  StoragePointer inner_;
};

/// Hides a storage's lock, so that append()'s version check must suffice.
class WithoutLock final : public ForwardingStorage {
 public:
  using ForwardingStorage::ForwardingStorage;
  Result<void> lock() override { return {}; }
  void unlock() noexcept override {}
};

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_SUPPORT_FORWARDING_STORAGE_HPP_

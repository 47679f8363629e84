/// A storage that writes the batches of a book as groups.
#ifndef SEATBOOK_TESTS_STORAGE_GROUPED_HPP_
#define SEATBOOK_TESTS_STORAGE_GROUPED_HPP_

#include <optional>
#include <utility>
#include <vector>

#include "support/forwarding_storage.hpp"

namespace seatbook::testing {

/// Keeps the batches of its only book until flush() writes them to the inner storage as one group.
/// After a failed flush() the book must be closed: its batches are dropped.
class Grouped final : public ForwardingStorage {
 public:
  using ForwardingStorage::ForwardingStorage;

  Result<Version> read(Version after, RecordSink& sink) override {
    if (!waiting_.empty()) return after;
    return inner()->read(after, sink);
  }
  Result<void> append(const Batch& batch) override {
    waiting_.push_back(batch);
    return {};
  }
  [[nodiscard]] std::size_t largest_group() const override { return 1; }
  Result<std::optional<Version>> find(const Token& token) override {
    for (const Batch& batch : waiting_) {
      if (batch.token == token) return std::optional(Version(batch.base.value + 1));
    }
    return inner()->find(token);
  }
  Result<std::optional<Version>> seen(const Token& token) override { return find(token); }

  Result<void> flush() {
    const std::vector<Batch> group = std::exchange(waiting_, {});
    return group.empty() ? Result<void>() : inner()->append_group(group);
  }

 private:
  std::vector<Batch> waiting_;
};

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_STORAGE_GROUPED_HPP_

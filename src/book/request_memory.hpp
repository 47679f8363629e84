/// Maps request ids to the versions that committed them, for a book without a storage (C58).
#ifndef SEATBOOK_BOOK_REQUEST_MEMORY_HPP_
#define SEATBOOK_BOOK_REQUEST_MEMORY_HPP_

#include <deque>
#include <map>
#include <optional>
#include <utility>

#include "seatbook/storage.hpp"
#include "seatbook/types.hpp"

namespace seatbook::detail {

/// Keeps the request ids of the last `remembered_tokens` batches. Costs nothing without request
/// ids.
class RequestMemory {
 public:
  [[nodiscard]] std::optional<Version> find(const RequestId& id) const {
    const auto found = versions_.find(id);
    return found == versions_.end() ? std::nullopt : std::optional(found->second);
  }

  /// Allocates the entry, so that remember() cannot fail after the batch has been applied.
  void prepare(const RequestId& id) { staged_.emplace(id, Version()); }

  void remember(const RequestId& id, Version version) noexcept {
    auto node = staged_.extract(id);
    if (!node.empty()) {
      node.mapped() = version;
      versions_.insert(std::move(node));
    }
    staged_.clear();
    forget_before(version);
  }

 private:
  void forget_before(Version version) noexcept {
    // A full scan, but only once per `remembered_tokens` requests.
    if (versions_.size() <= 2 * remembered_tokens) return;
    for (auto at = versions_.begin(); at != versions_.end();) {
      at = at->second.value + remembered_tokens < version.value ? versions_.erase(at)
                                                                : std::next(at);
    }
  }

  std::map<RequestId, Version> versions_;
  std::map<RequestId, Version> staged_;
};

}  // namespace seatbook::detail

#endif  // SEATBOOK_BOOK_REQUEST_MEMORY_HPP_

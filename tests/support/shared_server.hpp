/// A storage of several processes whose batches become durable later than they can be read.
#ifndef SEATBOOK_TESTS_SUPPORT_SHARED_SERVER_HPP_
#define SEATBOOK_TESTS_SUPPORT_SHARED_SERVER_HPP_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "seatbook/storage.hpp"
#include "support/books.hpp"

namespace seatbook::testing {

/// The server. Its lock lets every caller in, so a test can write while a book has it.
struct SharedServer {
  std::mutex mutex;  // guards everything below
  std::vector<Batch> batches;
  std::size_t durable = 0;

  [[nodiscard]] Version durable_version() {
    const std::lock_guard guard(mutex);
    return Version(durable);
  }
  /// Loses what is not durable.
  void crash() {
    const std::lock_guard guard(mutex);
    batches.resize(durable);
  }
};

/// The connection of one book to the server.
class SharedStorage final : public Storage {
 public:
  explicit SharedStorage(std::shared_ptr<SharedServer> server) : server_(std::move(server)) {}

  /// As if this process was between the commit of a batch and its sync.
  bool appends_late = false;
  bool locked = false;
  int syncs = 0;
  int syncs_under_lock = 0;

  Result<Version> read(Version after, RecordSink& sink) override {
    std::map<std::pair<std::size_t, std::uint64_t>, RecordImage> images;
    {
      const std::lock_guard guard(server_->mutex);
      const std::vector<Batch>& batches = server_->batches;
      if (after.value > batches.size()) return Error{Code::book_needs_reopen, "was restored"};
      for (std::size_t i = after.value; i < batches.size(); ++i) {
        for (const RecordImage& image : batches[i].images) {
          images.insert_or_assign({image.index(), id_of(image)}, image);
        }
      }
      seen_ = batches.size();
    }
    // Any order is allowed. This one differs most from that of the tables.
    for (auto at = images.rbegin(); at != images.rend(); ++at) {
      if (auto accepted = sink.accept(at->second); !accepted) return accepted.error();
    }
    return Version(seen_);
  }

  Result<void> append(const Batch& batch) override { return append_group({batch}); }
  [[nodiscard]] std::size_t largest_group() const override { return max_group_size; }
  Result<void> append_group(const std::vector<Batch>& batches) override {
    const std::lock_guard guard(server_->mutex);
    std::vector<Batch>& stored = server_->batches;
    if (batches.front().base.value != stored.size()) return Error{Code::conflict, "another base"};
    stored.insert(stored.end(), batches.begin(), batches.end());
    if (!appends_late) server_->durable = stored.size();
    return {};
  }

  Result<void> sync() override {
    ++syncs;
    if (locked) ++syncs_under_lock;
    const std::lock_guard guard(server_->mutex);
    if (seen_ > server_->batches.size()) return Error{Code::storage_failed, "lost in a crash"};
    server_->durable = std::max(server_->durable, seen_);
    return {};
  }

  Result<std::optional<Version>> find(const Token& token) override {
    const std::lock_guard guard(server_->mutex);
    for (std::size_t i = 0; i < server_->batches.size(); ++i) {
      if (server_->batches[i].token == token) return std::optional(Version(i + 1));
    }
    return std::optional<Version>();
  }

  Result<void> lock() override {
    locked = true;
    return {};
  }
  void unlock() noexcept override { locked = false; }

 private:
  const std::shared_ptr<SharedServer> server_;
  std::size_t seen_ = 0;
};

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_SUPPORT_SHARED_SERVER_HPP_

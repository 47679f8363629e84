/// Calls that a book commits as one group, in a known order.
#ifndef SEATBOOK_TESTS_SUPPORT_GROUPED_CALLS_HPP_
#define SEATBOOK_TESTS_SUPPORT_GROUPED_CALLS_HPP_

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "support/books.hpp"
#include "support/faulty_storage.hpp"

namespace seatbook::testing {

using Receipt = Result<SeatReceipt>;
using SeatCall = std::function<Receipt(Session&)>;

/// A desk on a storage in memory whose lock() can be held, so that calls queue behind it.
struct GroupDesk {
  explicit GroupDesk(std::shared_ptr<Storage> inner = memory_storage(), OpenOptions options = {})
      : storage(std::make_shared<FaultyStorage>(std::move(inner))), desk(storage, options) {
    storage->on_lock = [this](int) {
      ++locking;
      while (held) std::this_thread::sleep_for(std::chrono::microseconds(50));
      return Fault::none;
    };
  }

  void wait_for_queue(std::size_t length) const {
    while (desk.book.stats().value().queue_length < length)
      std::this_thread::sleep_for(std::chrono::microseconds(50));
  }

  /// Executes the calls in this order, each on its own thread. The first one leads the group, with
  /// `on_leader` called on its thread before the call.
  std::vector<Receipt> together(
      const std::vector<SeatCall>& calls, const std::function<void()>& on_leader = [] {},
      const std::function<void()>& while_queued = [] {}) {
    std::vector<std::optional<Receipt>> receipts(calls.size());
    std::vector<std::thread> threads;
    held = true;
    locking = 0;
    // Holds the lock of the storage, and can join no group.
    threads.emplace_back(
        [this] { static_cast<void>(desk.admin.record_uses({.uses = {SeatUse{}}})); });
    while (locking == 0) std::this_thread::sleep_for(std::chrono::microseconds(50));
    for (std::size_t i = 0; i < calls.size(); ++i) {
      threads.emplace_back([&, i] {
        Session own = desk.book.session({.actor = "root", .role = Role::super_admin});
        if (i == 0) on_leader();
        receipts[i] = calls[i](own);
      });
      wait_for_queue(i + 1);
    }
    while_queued();
    held = false;
    for (std::thread& thread : threads) thread.join();
    std::vector<Receipt> results;
    results.reserve(receipts.size());
    for (auto& receipt : receipts) results.push_back(*std::move(receipt));
    return results;
  }

  /// The records as another book on the same storage reads them.
  [[nodiscard]] std::string stored() const { return Desk(storage).dump(); }

  std::atomic<bool> held{false};
  std::atomic<int> locking{0};
  std::shared_ptr<FaultyStorage> storage;
  Desk desk;
};

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_SUPPORT_GROUPED_CALLS_HPP_

/// The callers that wait to write to a book.
#ifndef SEATBOOK_BOOK_WRITER_QUEUE_HPP_
#define SEATBOOK_BOOK_WRITER_QUEUE_HPP_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>

namespace seatbook::detail {

/// A lock that is taken strictly first in, first out. The caller that has it, the first one, may
/// also do the work of the callers directly behind it, if their places allow that. Those callers
/// then return without having had the lock.
///
/// A queue that is not `in_order` is a mutex: for a book without storage, where a change takes less
/// time than waking a caller, this is faster. Then no caller does the work of another one.
class WriterQueue {
 public:
  explicit WriterQueue(bool in_order) : in_order_(in_order) {}

  /// A caller's place in the queue. Must not move while it is queued.
  class Place {
   public:
    /// `joins`: whether the first caller may do the work of this one.
    explicit Place(bool joins) : joins_(joins) {}
    [[nodiscard]] bool joins() const { return joins_; }

   private:
    friend class WriterQueue;
    enum class State : std::uint8_t { waiting, first, served };
    const bool joins_;
    State state_ = State::waiting;
    Place* next_ = nullptr;
    std::optional<std::condition_variable> changed_;  // only if it has to wait
  };

  /// Waits until the place is first, or until the first caller has done its work. Returns whether
  /// it is first.
  bool enter(Place& place);
  /// Enters only if no other caller is queued.
  bool try_enter(Place& place);
  /// Waits until as many callers are queued as when the last turn ended, at most `longest`. Callers
  /// that have just been served often return at once.
  void gather(std::chrono::microseconds longest);
  /// Returns the place directly behind `place`, if the first caller may do its work.
  [[nodiscard]] Place* joining_behind(const Place& place) const;
  /// Removes the places from the first one to `last`, whose callers have been served; the next
  /// place becomes the first.
  void leave(Place& last);
  /// Returns the number of callers that wait. Takes no lock.
  [[nodiscard]] std::uint64_t waiting() const noexcept {
    return in_order_ && length() > 0 ? length() - 1 : length();
  }
  /// Returns the number of callers that are queued, the first included, if the queue is in order.
  [[nodiscard]] std::uint64_t length() const noexcept {
    return length_.load(std::memory_order_relaxed);
  }

 private:
  const bool in_order_;
  std::mutex turn_;           // held by the first caller if the queue is not in order
  mutable std::mutex mutex_;  // guards everything below, and the state of the places
  Place* first_ = nullptr;
  Place* last_ = nullptr;
  std::atomic<std::uint64_t> length_{0};
  std::uint64_t expected_ = 0;  // the length when the last turn ended
  bool gathering_ = false;
  std::condition_variable arrived_;
};

}  // namespace seatbook::detail

#endif  // SEATBOOK_BOOK_WRITER_QUEUE_HPP_

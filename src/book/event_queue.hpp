/// Calls listeners in commit order, on one thread at a time, without a lock of the book (C41, C70).
#ifndef SEATBOOK_BOOK_EVENT_QUEUE_HPP_
#define SEATBOOK_BOOK_EVENT_QUEUE_HPP_

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "seatbook/events.hpp"

namespace seatbook::detail {

/// The events of a commit are queued in a turn (see Engine). The thread that made the call delivers
/// them after the turn. So every queued event has a thread that delivers it: the one that committed
/// it, or the one that it was left to.
class EventQueue {
 public:
  using Item = std::variant<Event, Notification>;
  /// The events of one commit, then its notifications. A list, so that queueing does not allocate.
  using Batch = std::list<Item>;
  /// The number of items queued up to and including an item.
  using Position = std::uint64_t;

  explicit EventQueue(ListenerErrorCallback on_error);

  /// Adds a listener, which is called with the items of commits after `since`. Returns 0 once
  /// closed.
  ListenerId subscribe(Listener listener, Version since);
  ListenerId subscribe(NotificationListener listener, Version since);
  void unsubscribe(ListenerId id);
  /// Releases the listeners and the error callback, which may own a session and so the book, and
  /// drops the queued items.
  void close();

  /// Whether there are listeners. Without any, no events are created.
  [[nodiscard]] bool has_listeners() const noexcept { return has_listeners_.load(); }
  [[nodiscard]] std::uint64_t failures() const noexcept { return failures_.load(); }
  [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_.load(); }
  void count_dropped(std::uint64_t events) noexcept { dropped_.fetch_add(events); }

  /// Queues a batch, or counts its events as dropped if the queue is full. Called in commit order.
  void push(Batch batch) noexcept;
  /// Returns the position of the last item.
  [[nodiscard]] Position end() const;
  /// Delivers the queued items up to `last`, the end of the caller's own batch.
  void deliver(Position last);

 private:
  using AnyListener = std::variant<Listener, NotificationListener>;
  struct Subscription {
    ListenerId id;
    Version since;
    std::shared_ptr<const AnyListener> listener;
  };
  // Listeners are shared, so that copying the list does not copy host objects.
  using Subscriptions = std::vector<Subscription>;

  ListenerId add(AnyListener listener, Version since);
  void deliver_first(std::unique_lock<std::mutex>& lock);
  void call(const Subscriptions& subscriptions, const ListenerErrorCallback* on_error,
            const Item& item);

  std::atomic<bool> has_listeners_{false};
  std::atomic<std::uint64_t> failures_{0};
  std::atomic<std::uint64_t> dropped_{0};
  mutable std::mutex mutex_;  // guards everything below
  std::condition_variable changed_;
  Batch queue_;
  Position end_ = 0;
  Position delivered_ = 0;
  Position own_ = 0;           // end of the items committed by the delivering thread
  Position owed_ = 0;          // end of the items that other threads left to it
  std::thread::id deliverer_;  // the delivering thread; a default id if none
  int waiting_ = 0;            // threads waiting to deliver next
  bool closed_ = false;
  std::uint64_t last_id_ = 0;
  /// Allocated in advance, so that close() needs no memory.
  const std::shared_ptr<const Subscriptions> none_ = std::make_shared<Subscriptions>();
  std::shared_ptr<const Subscriptions> subscriptions_ = none_;
  std::shared_ptr<const ListenerErrorCallback> on_error_;
};

}  // namespace seatbook::detail

#endif  // SEATBOOK_BOOK_EVENT_QUEUE_HPP_

/// Calls listeners in commit order, on one thread at a time, under no lock of the book (C41, C70).
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

/// Each commit queues its events while the book's writer mutex is held, and delivers them after it
/// is released, so every event in the queue has a thread that is going to deliver it: the one that
/// committed it, or one to which that thread has left it.
class EventQueue {
 public:
  using Item = std::variant<Event, Notification>;
  /// The events of one commit, then its notifications. A list, so that it is queued without memory.
  using Batch = std::list<Item>;
  /// How many items were queued, up to one of them.
  using Position = std::uint64_t;

  explicit EventQueue(ListenerErrorCallback on_error);

  /// The listener is called with what commits after `since` queue. Once closed: returns 0.
  ListenerId subscribe(Listener listener, Version since);
  ListenerId subscribe(NotificationListener listener, Version since);
  void unsubscribe(ListenerId id);
  /// Releases the listeners and the error callback, which may hold a session and so the book, and
  /// drops what is queued.
  void close();

  /// Whether there are listeners; without any, no events are made.
  [[nodiscard]] bool has_listeners() const noexcept { return has_listeners_.load(); }
  [[nodiscard]] std::uint64_t failures() const noexcept { return failures_.load(); }
  [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_.load(); }
  void count_dropped(std::uint64_t events) noexcept { dropped_.fetch_add(events); }

  /// Queues a batch, or counts its events as dropped if the queue is full. Called in commit order.
  void push(Batch batch) noexcept;
  /// The position of the last item.
  [[nodiscard]] Position end() const;
  /// Delivers what is queued up to `last`, the end of the caller's own batch.
  void deliver(Position last);

 private:
  using AnyListener = std::variant<Listener, NotificationListener>;
  struct Subscription {
    ListenerId id;
    Version since;
    std::shared_ptr<const AnyListener> listener;
  };
  // Shared, so that the list is copied without copying what the host gave.
  using Subscriptions = std::vector<Subscription>;

  ListenerId add(AnyListener listener, Version since);
  void deliver_first(std::unique_lock<std::mutex>& lock);
  void call(const Subscriptions& subscriptions, const ListenerErrorCallback* on_error,
            const Item& item);

  std::atomic<bool> has_listeners_{false};
  std::atomic<std::uint64_t> failures_{0};
  std::atomic<std::uint64_t> dropped_{0};
  mutable std::mutex mutex_;  // everything below
  std::condition_variable changed_;
  Batch queue_;
  Position end_ = 0;
  Position delivered_ = 0;
  Position own_ = 0;           // up to where the thread at work has committed itself
  Position owed_ = 0;          // up to where others have left their items to it
  std::thread::id deliverer_;  // the thread at work; none: no id
  int waiting_ = 0;            // threads that wait to take its place
  bool closed_ = false;
  std::uint64_t last_id_ = 0;
  /// Made beforehand: a book is closed without any memory too.
  const std::shared_ptr<const Subscriptions> none_ = std::make_shared<Subscriptions>();
  std::shared_ptr<const Subscriptions> subscriptions_ = none_;
  std::shared_ptr<const ListenerErrorCallback> on_error_;
};

}  // namespace seatbook::detail

#endif  // SEATBOOK_BOOK_EVENT_QUEUE_HPP_

/// Telling listeners, in commit order, by one thread at a time, under no lock of the book (C41).
#ifndef SEATBOOK_BOOK_EVENT_QUEUE_HPP_
#define SEATBOOK_BOOK_EVENT_QUEUE_HPP_

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "seatbook/events.hpp"

namespace seatbook::detail {

class EventQueue {
 public:
  explicit EventQueue(ListenerErrorCallback on_error) : on_error_(std::move(on_error)) {}

  ListenerId subscribe(Listener listener);
  ListenerId subscribe(NotificationListener listener);
  void unsubscribe(ListenerId id);
  /// Lets all of them go: one that holds a session would otherwise keep the book for ever.
  void drop_listeners();
  /// Whether anybody listens; nobody makes events for nobody.
  [[nodiscard]] bool has_listeners() const noexcept { return has_listeners_.load(); }
  [[nodiscard]] std::uint64_t failures() const noexcept { return failures_.load(); }
  /// An event could not even be made.
  void count_failure() noexcept { failures_.fetch_add(1); }

  /// Called in commit order.
  void push(Event event);
  void push(Notification notification);
  /// Tells what is queued, unless another thread, or a caller further up this one, already does.
  void deliver();

 private:
  using Told = std::variant<Event, Notification>;
  using AnyListener = std::variant<Listener, NotificationListener>;
  // Shared, so that the list is copied without copying what the host gave.
  using Listeners = std::vector<std::pair<ListenerId, std::shared_ptr<const AnyListener>>>;

  ListenerId add(AnyListener listener);
  void tell(const Listeners& listeners, const Told& told);
  void report(const Told& told, std::string_view what);

  const ListenerErrorCallback on_error_;
  std::atomic<bool> has_listeners_{false};
  std::atomic<std::uint64_t> failures_{0};
  std::mutex mutex_;  // everything below
  std::deque<Told> queue_;
  bool delivering_ = false;
  std::uint64_t last_id_ = 0;
  /// Made beforehand: a book is closed without any memory too.
  const std::shared_ptr<const Listeners> none_ = std::make_shared<Listeners>();
  std::shared_ptr<const Listeners> listeners_ = none_;
};

}  // namespace seatbook::detail

#endif  // SEATBOOK_BOOK_EVENT_QUEUE_HPP_

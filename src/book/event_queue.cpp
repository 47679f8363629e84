#include "book/event_queue.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

namespace seatbook::detail {
namespace {

/// How long a commit waits while the delivering thread makes no progress. The limit prevents a
/// deadlock: a listener may be waiting for the thread that waits here.
constexpr std::chrono::seconds patience(2);

Version version_of(const EventQueue::Item& item) {
  return std::visit([](const auto& value) { return value.version; }, item);
}

}  // namespace

EventQueue::EventQueue(ListenerErrorCallback on_error)
    : on_error_(std::make_shared<const ListenerErrorCallback>(std::move(on_error))) {}

ListenerId EventQueue::subscribe(Listener listener, Version since) {
  return add(std::move(listener), since);
}

ListenerId EventQueue::subscribe(NotificationListener listener, Version since) {
  return add(std::move(listener), since);
}

// Variables that may be the last owner of a host object are declared before the guard, so that they
// are destroyed after the mutex is released: their destructors are host code.

ListenerId EventQueue::add(AnyListener listener, Version since) {
  auto added = std::make_shared<const AnyListener>(std::move(listener));
  std::shared_ptr<const Subscriptions> old;
  const std::lock_guard guard(mutex_);
  if (closed_) return {};
  auto subscriptions = std::make_shared<Subscriptions>(*subscriptions_);
  const ListenerId id(++last_id_);
  subscriptions->push_back({id, since, added});
  old = std::exchange(subscriptions_, std::move(subscriptions));
  has_listeners_.store(true);
  return id;
}

void EventQueue::unsubscribe(ListenerId id) {
  std::shared_ptr<const Subscriptions> old;
  const std::lock_guard guard(mutex_);
  auto subscriptions = std::make_shared<Subscriptions>(*subscriptions_);
  subscriptions->erase(std::remove_if(subscriptions->begin(), subscriptions->end(),
                                      [id](const Subscription& each) { return each.id == id; }),
                       subscriptions->end());
  has_listeners_.store(!subscriptions->empty());
  old = std::exchange(subscriptions_, std::move(subscriptions));
}

void EventQueue::close() {
  std::shared_ptr<const Subscriptions> subscriptions = none_;
  std::shared_ptr<const ListenerErrorCallback> on_error;
  Batch queue;
  const std::lock_guard guard(mutex_);
  closed_ = true;
  has_listeners_.store(false);
  subscriptions.swap(subscriptions_);
  on_error.swap(on_error_);
  queue.swap(queue_);
  delivered_ = end_;
  changed_.notify_all();
}

void EventQueue::push(Batch batch) noexcept {
  const std::lock_guard guard(mutex_);
  if (closed_) return;
  if (queue_.size() >= max_queued_events) {
    count_dropped(
        static_cast<std::uint64_t>(std::count_if(batch.begin(), batch.end(), [](const Item& item) {
          return std::holds_alternative<Event>(item);
        })));
    return;
  }
  end_ += batch.size();
  queue_.splice(queue_.end(), batch);
}

EventQueue::Position EventQueue::end() const {
  const std::lock_guard guard(mutex_);
  return end_;
}

void EventQueue::deliver(Position last) {
  const std::thread::id no_thread{};
  std::unique_lock lock(mutex_);
  if (delivered_ >= last) return;
  if (deliverer_ == std::this_thread::get_id()) {
    own_ = std::max(own_, last);  // committed by a listener: the outer deliver() call delivers it
    return;
  }
  if (deliverer_ != no_thread) {
    ++waiting_;
    const auto done = [&] { return deliverer_ == no_thread || delivered_ >= last; };
    for (Position before = delivered_; !changed_.wait_for(lock, patience, done);) {
      if (std::exchange(before, delivered_) == delivered_) break;
    }
    --waiting_;
    if (deliverer_ != no_thread) {
      if (delivered_ < last) owed_ = std::max(owed_, last);
      return;
    }
    // Continue even if this thread's batch has been delivered meanwhile: the last delivering thread
    // may have left owed items to this thread, because it was waiting.
  }
  deliverer_ = std::this_thread::get_id();
  own_ = last;
  while (delivered_ < own_) deliver_first(lock);
  // Deliver what other threads have left so far, but no more (C70): the next commit delivers the
  // rest.
  const Position left = owed_;
  while (delivered_ < own_ || (delivered_ < left && waiting_ == 0)) deliver_first(lock);
  deliverer_ = no_thread;
  // One is enough: the next delivering thread wakes another one when it is done.
  if (waiting_ > 0) changed_.notify_one();
}

void EventQueue::deliver_first(std::unique_lock<std::mutex>& lock) {
  {
    Batch first;
    first.splice(first.begin(), queue_, queue_.begin());
    // These copies may be the last owners of host objects: they are destroyed without a lock.
    const auto subscriptions = subscriptions_;
    const auto on_error = on_error_;
    lock.unlock();
    call(*subscriptions, on_error.get(), first.front());
  }
  lock.lock();
  delivered_ = end_ - queue_.size();
}

void EventQueue::call(const Subscriptions& subscriptions, const ListenerErrorCallback* on_error,
                      const Item& item) {
  const auto report = [&](std::string_view what) {
    failures_.fetch_add(1);
    if (on_error == nullptr || !*on_error) return;
    try {
      (*on_error)(std::visit([](const auto& value) { return value.seq; }, item), what);
    } catch (...) {  // NOLINT(bugprone-empty-catch): the committer cannot handle it
    }
  };
  for (const Subscription& each : subscriptions) {
    if (version_of(item) <= each.since) continue;
    try {
      if (const auto* event = std::get_if<Event>(&item)) {
        if (const auto* listener = std::get_if<Listener>(each.listener.get())) (*listener)(*event);
      } else if (const auto* listener = std::get_if<NotificationListener>(each.listener.get())) {
        (*listener)(std::get<Notification>(item));
      }
    } catch (const std::exception& error) {
      report(error.what());
    } catch (...) {
      report("an exception of unknown type");
    }
  }
}

}  // namespace seatbook::detail

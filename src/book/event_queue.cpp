#include "book/event_queue.hpp"

#include <algorithm>
#include <exception>

namespace seatbook::detail {

ListenerId EventQueue::subscribe(Listener listener) {
  return add(std::move(listener));
}

ListenerId EventQueue::subscribe(NotificationListener listener) {
  return add(std::move(listener));
}

ListenerId EventQueue::add(AnyListener listener) {
  auto added = std::make_shared<const AnyListener>(std::move(listener));
  const std::lock_guard guard(mutex_);
  auto listeners = std::make_shared<Listeners>(*listeners_);
  const ListenerId id(++last_id_);
  listeners->emplace_back(id, std::move(added));
  listeners_ = std::move(listeners);
  has_listeners_.store(true);
  return id;
}

void EventQueue::unsubscribe(ListenerId id) {
  std::shared_ptr<const Listeners> old;  // destroyed after the mutex is released: host code
  const std::lock_guard guard(mutex_);
  auto listeners = std::make_shared<Listeners>(*listeners_);
  listeners->erase(std::remove_if(listeners->begin(), listeners->end(),
                                  [id](const auto& entry) { return entry.first == id; }),
                   listeners->end());
  has_listeners_.store(!listeners->empty());
  old = std::exchange(listeners_, std::move(listeners));
}

void EventQueue::drop_listeners() {
  std::shared_ptr<const Listeners> old;  // as above
  const std::lock_guard guard(mutex_);
  has_listeners_.store(false);
  old = std::exchange(listeners_, none_);
}

void EventQueue::push(Event event) {
  const std::lock_guard guard(mutex_);
  queue_.push_back(std::move(event));
}

void EventQueue::push(Notification notification) {
  const std::lock_guard guard(mutex_);
  queue_.push_back(std::move(notification));
}

void EventQueue::deliver() {
  for (;;) {
    std::unique_lock lock(mutex_);
    if (delivering_ || queue_.empty()) return;
    delivering_ = true;
    const Told told = std::move(queue_.front());
    queue_.pop_front();
    const std::shared_ptr<const Listeners> listeners = listeners_;
    lock.unlock();
    tell(*listeners, told);
    lock.lock();
    delivering_ = false;
  }
}

void EventQueue::tell(const Listeners& listeners, const Told& told) {
  for (const auto& [id, any] : listeners) {
    try {
      if (const auto* event = std::get_if<Event>(&told)) {
        if (const auto* listener = std::get_if<Listener>(any.get())) (*listener)(*event);
      } else if (const auto* listener = std::get_if<NotificationListener>(any.get())) {
        (*listener)(std::get<Notification>(told));
      }
    } catch (const std::exception& error) {
      report(told, error.what());
    } catch (...) {
      report(told, "an exception of unknown type");
    }
  }
}

void EventQueue::report(const Told& told, std::string_view what) {
  count_failure();
  if (!on_error_) return;
  try {
    on_error_(std::visit([](const auto& value) { return value.seq; }, told), what);
  } catch (...) {  // NOLINT(bugprone-empty-catch): nobody is left to be told
  }
}

}  // namespace seatbook::detail

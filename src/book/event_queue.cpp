#include "book/event_queue.hpp"

#include <algorithm>
#include <exception>

namespace seatbook::detail {

ListenerId EventQueue::subscribe(Listener listener) {
  const std::lock_guard guard(mutex_);
  auto listeners = std::make_shared<Listeners>(*listeners_);
  const ListenerId id(++last_id_);
  listeners->emplace_back(id, std::move(listener));
  listeners_ = std::move(listeners);
  has_listeners_.store(true);
  return id;
}

void EventQueue::unsubscribe(ListenerId id) {
  const std::lock_guard guard(mutex_);
  auto listeners = std::make_shared<Listeners>(*listeners_);
  listeners->erase(std::remove_if(listeners->begin(), listeners->end(),
                                  [id](const auto& entry) { return entry.first == id; }),
                   listeners->end());
  has_listeners_.store(!listeners->empty());
  listeners_ = std::move(listeners);
}

void EventQueue::push(Event event) {
  const std::lock_guard guard(mutex_);
  queue_.push_back(std::move(event));
}

void EventQueue::deliver() {
  for (;;) {
    std::unique_lock lock(mutex_);
    if (delivering_ || queue_.empty()) return;
    delivering_ = true;
    const Event event = std::move(queue_.front());
    queue_.pop_front();
    const std::shared_ptr<const Listeners> listeners = listeners_;
    lock.unlock();
    tell(*listeners, event);
    lock.lock();
    delivering_ = false;
  }
}

void EventQueue::tell(const Listeners& listeners, const Event& event) {
  for (const auto& [id, listener] : listeners) {
    try {
      listener(event);
      continue;
    } catch (const std::exception& error) {
      count_failure();
      if (!on_error_) continue;
      try {
        on_error_(event, error.what());
      } catch (...) {  // NOLINT(bugprone-empty-catch): nobody is left to be told
      }
    } catch (...) {
      count_failure();
      if (!on_error_) continue;
      try {
        on_error_(event, "an exception of unknown type");
      } catch (...) {  // NOLINT(bugprone-empty-catch): as above
      }
    }
  }
}

}  // namespace seatbook::detail

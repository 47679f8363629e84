#include "book/writer_queue.hpp"

namespace seatbook::detail {

bool WriterQueue::enter(Place& place) {
  if (!in_order_) {
    length_.fetch_add(1, std::memory_order_relaxed);
    turn_.lock();
    length_.fetch_sub(1, std::memory_order_relaxed);
    return true;
  }
  std::unique_lock lock(mutex_);
  length_.store(length() + 1, std::memory_order_relaxed);
  if (first_ == nullptr) {
    first_ = last_ = &place;
    place.state_ = Place::State::first;
    return true;
  }
  last_->next_ = &place;
  last_ = &place;
  if (gathering_ && length() >= expected_) arrived_.notify_one();
  place.changed_.emplace();
  place.changed_->wait(lock, [&] { return place.state_ != Place::State::waiting; });
  return place.state_ == Place::State::first;
}

bool WriterQueue::try_enter(Place& place) {
  if (!in_order_) return turn_.try_lock();
  const std::lock_guard lock(mutex_);
  if (first_ != nullptr) return false;
  length_.store(length() + 1, std::memory_order_relaxed);
  first_ = last_ = &place;
  place.state_ = Place::State::first;
  return true;
}

void WriterQueue::gather(std::chrono::microseconds longest) {
  std::unique_lock lock(mutex_);
  gathering_ = true;
  arrived_.wait_for(lock, longest, [this] { return length() >= expected_; });
  gathering_ = false;
}

WriterQueue::Place* WriterQueue::joining_behind(const Place& place) const {
  const std::lock_guard lock(mutex_);
  return place.next_ != nullptr && place.next_->joins_ ? place.next_ : nullptr;
}

void WriterQueue::leave(Place& last) {
  if (!in_order_) {
    turn_.unlock();
    return;
  }
  // A caller that is notified cannot return, and end the life of its place, before the mutex is
  // free.
  const std::lock_guard lock(mutex_);
  Place* const behind = last.next_;
  expected_ = length();
  for (Place* place = first_; place != behind; place = place->next_) {
    length_.store(length() - 1, std::memory_order_relaxed);
    if (place->state_ == Place::State::first) continue;
    place->state_ = Place::State::served;
    place->changed_->notify_one();
  }
  first_ = behind;
  if (behind == nullptr) {
    last_ = nullptr;
    return;
  }
  behind->state_ = Place::State::first;
  behind->changed_->notify_one();
}

}  // namespace seatbook::detail

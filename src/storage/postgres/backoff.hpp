/// Exponential backoff with jitter and a total time limit.
#ifndef SEATBOOK_STORAGE_POSTGRES_BACKOFF_HPP_
#define SEATBOOK_STORAGE_POSTGRES_BACKOFF_HPP_

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>
#include <thread>

namespace seatbook::postgres::detail {

class Backoff {
 public:
  explicit Backoff(std::uint32_t for_ms)
      : until_(Clock::now() + std::chrono::milliseconds(for_ms)),
        random_(static_cast<std::minstd_rand::result_type>(
            Clock::now().time_since_epoch().count() ^ reinterpret_cast<std::uintptr_t>(this))) {}

  /// Pauses. Returns false, without a pause, when the time limit is reached.
  bool wait() {
    const auto left = until_ - Clock::now();
    if (left <= Clock::duration::zero()) return false;
    // Half of the pause is random, so that clients disconnected together do not reconnect together.
    std::uniform_int_distribution<std::int64_t> share(pause_ms_ / 2, pause_ms_);
    const Clock::duration pause = std::chrono::milliseconds(share(random_));
    std::this_thread::sleep_for(std::min(pause, left));
    pause_ms_ = std::min<std::int64_t>(pause_ms_ * 2, longest_ms);
    return true;
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::int64_t longest_ms = 500;

  Clock::time_point until_;
  std::int64_t pause_ms_ = 8;
  std::minstd_rand random_;
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_BACKOFF_HPP_

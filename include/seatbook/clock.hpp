/// The source of a book's time (C52).
#ifndef SEATBOOK_CLOCK_HPP_
#define SEATBOOK_CLOCK_HPP_

#include <atomic>
#include <cstdint>

#include "seatbook/types.hpp"

namespace seatbook {

/// The host's clock. now() is called from any thread, should not block, and must not use the book
/// that calls it.
class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;
  [[nodiscard]] virtual Timestamp now() = 0;
};

/// The machine's clock, the default of a book.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() override;
};

/// A clock that is set manually, for tests and replays.
class ManualClock final : public Clock {
 public:
  ManualClock() = default;
  explicit ManualClock(Timestamp start) : us_(start.us) {}
  [[nodiscard]] Timestamp now() override { return {us_.load()}; }
  void set(Timestamp instant) { us_.store(instant.us); }
  void advance_us(std::int64_t microseconds) { us_.fetch_add(microseconds); }

 private:
  std::atomic<std::int64_t> us_{1'767'225'600'000'000};  // 2026-01-01T00:00:00Z
};

}  // namespace seatbook

#endif  // SEATBOOK_CLOCK_HPP_

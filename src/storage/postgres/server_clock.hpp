/// An estimate of the server's clock.
#ifndef SEATBOOK_STORAGE_POSTGRES_SERVER_CLOCK_HPP_
#define SEATBOOK_STORAGE_POSTGRES_SERVER_CLOCK_HPP_

#include <atomic>
#include <chrono>
#include <cstdint>

#include "seatbook/clock.hpp"

namespace seatbook::postgres::detail {

/// Extrapolates the last time reported by the server with the local steady clock. The error is the
/// network latency of that report.
class ServerClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() override { return {steady_us() + ahead_us_.load()}; }
  void set(std::int64_t server_us) { ahead_us_.store(server_us - steady_us()); }

 private:
  static std::int64_t steady_us() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }
  std::atomic<std::int64_t> ahead_us_{0};
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_SERVER_CLOCK_HPP_

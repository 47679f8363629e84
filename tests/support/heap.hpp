/// The heap usage, for tests of memory limits.
#ifndef SEATBOOK_TESTS_SUPPORT_HEAP_HPP_
#define SEATBOOK_TESTS_SUPPORT_HEAP_HPP_

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <thread>

namespace seatbook::testing {

/// Returns the allocated bytes (glibc). A sanitizer has a separate heap, so the value does not
/// change there and such a test shows only that the calls work.
inline std::size_t heap_bytes() {
  const auto info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

/// Measures the peak growth of the heap since construction. It samples every millisecond, so
/// shorter peaks may be missed.
class HeapPeak {
 public:
  HeapPeak() : before_(heap_bytes()), most_(before_), watcher_([this] { watch(); }) {}
  ~HeapPeak() { stop(); }
  HeapPeak(const HeapPeak&) = delete;
  HeapPeak& operator=(const HeapPeak&) = delete;

  /// Ends the measurement and returns the peak growth in bytes.
  std::size_t stop() {
    if (watcher_.joinable()) {
      stopped_ = true;
      watcher_.join();
    }
    return most_ - before_;
  }

 private:
  void watch() {
    while (!stopped_) {
      most_ = std::max(most_, heap_bytes());
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

  const std::size_t before_;
  std::size_t most_;  // written by the watcher thread until it has ended
  std::atomic<bool> stopped_{false};
  std::thread watcher_;
};

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_SUPPORT_HEAP_HPP_

/// How much of the heap is in use, for tests that something does not grow.
#ifndef SEATBOOK_TESTS_SUPPORT_HEAP_HPP_
#define SEATBOOK_TESTS_SUPPORT_HEAP_HPP_

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <thread>

namespace seatbook::testing {

/// Bytes handed out and not yet given back (glibc). Under a sanitizer, which has a heap of its own,
/// this stands still, and such a test shows only that the calls work.
inline std::size_t heap_bytes() {
  const auto info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

/// The most that the heap grew by since it was made, looked at every millisecond: what is needed
/// for less long may be missed.
class HeapPeak {
 public:
  HeapPeak() : before_(heap_bytes()), most_(before_), watcher_([this] { watch(); }) {}
  ~HeapPeak() { stop(); }
  HeapPeak(const HeapPeak&) = delete;
  HeapPeak& operator=(const HeapPeak&) = delete;

  /// Ends the watch. Returns bytes.
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
  std::size_t most_;  // the watcher's, until it has ended
  std::atomic<bool> stopped_{false};
  std::thread watcher_;
};

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_SUPPORT_HEAP_HPP_

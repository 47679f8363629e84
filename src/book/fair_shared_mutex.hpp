/// A reader-writer lock that starves neither side.
///
/// std::shared_mutex of glibc prefers readers: four looping readers let one writer in every few
/// seconds. This one is phase-fair: a writer waits for the readers that hold the lock when it
/// arrives, later readers wait for that writer, and the next writer waits for those readers. The
/// algorithm is the phase-fair ticket lock (Brandenburg and Anderson, "Spin-Based Reader-Writer
/// Synchronization for Multiprocessor Real-Time Systems", 2010), with sleeping instead of spinning.
#ifndef SEATBOOK_BOOK_FAIR_SHARED_MUTEX_HPP_
#define SEATBOOK_BOOK_FAIR_SHARED_MUTEX_HPP_

#include <atomic>
#include <cstdint>
#include <mutex>

namespace seatbook::detail {

/// Meets the SharedMutex requirements without the try_ members. Not recursive on either side.
class FairSharedMutex {
 public:
  FairSharedMutex() = default;
  FairSharedMutex(const FairSharedMutex&) = delete;
  FairSharedMutex& operator=(const FairSharedMutex&) = delete;

  void lock_shared() noexcept {
    const std::uint32_t writer = entered_.fetch_add(one_reader) & writer_bits;
    if (writer == 0) return;
    // Wait for that writer only: a later writer has another phase and may not overtake.
    for (std::uint32_t seen = entered_.load(); (seen & writer_bits) == writer;
         seen = entered_.load()) {
      entered_.wait(seen);
    }
  }

  void unlock_shared() noexcept {
    left_.fetch_add(one_reader);
    // Sequentially consistent on both sides: either the writer sees that this reader has left, or
    // this reader sees the writer and wakes it.
    if ((entered_.load() & writer_bits) != 0) left_.notify_one();
  }

  void lock() {
    writers_.lock();
    phase_ ^= phase_bit;
    const std::uint32_t inside = entered_.fetch_add(writer_present | phase_) & ~writer_bits;
    for (std::uint32_t gone = left_.load(); gone != inside; gone = left_.load()) left_.wait(gone);
  }

  void unlock() noexcept {
    entered_.fetch_and(~writer_bits);
    entered_.notify_all();
    writers_.unlock();
  }

 private:
  static constexpr std::uint32_t writer_present = 1;
  static constexpr std::uint32_t phase_bit = 2;
  static constexpr std::uint32_t writer_bits = writer_present | phase_bit;
  static constexpr std::uint32_t one_reader = 4;

  std::atomic<std::uint32_t> entered_{
      0};                               // count of readers that entered, and the writer's two bits
  std::atomic<std::uint32_t> left_{0};  // count of readers that left
  std::mutex writers_;
  std::uint32_t phase_ = 0;  // of the last writer; guarded by writers_
};

}  // namespace seatbook::detail

#endif  // SEATBOOK_BOOK_FAIR_SHARED_MUTEX_HPP_

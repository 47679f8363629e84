/// Detects that this process is a fork of the one that created an object.
#ifndef SEATBOOK_STORAGE_FORK_GUARD_HPP_
#define SEATBOOK_STORAGE_FORK_GUARD_HPP_

#include <atomic>
#include <cstdint>

namespace seatbook::detail {

/// The number of forks between this process and the first one. A fact of the process, not of a
/// book.
inline std::atomic<std::uint64_t> forks_before{0};

/// Detects use in a forked child. A fork copies the memory of all threads but only one thread: a
/// lock held by another thread stays locked forever, and two processes have the same file open as
/// their own. Objects opened before a fork check this first.
///
/// Counting forks in a handler makes the check one load from memory; getpid() is a system call.
class ForkGuard {
 public:
  /// Throws std::bad_alloc if the system has no room for the handler.
  ForkGuard();
  [[nodiscard]] bool forked() const noexcept {
    return forks_before.load(std::memory_order_relaxed) != born_after_;
  }

 private:
  std::uint64_t born_after_;
};

}  // namespace seatbook::detail

#endif  // SEATBOOK_STORAGE_FORK_GUARD_HPP_

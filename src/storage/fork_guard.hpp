/// Tells whether this process is a fork of the one that made the object.
#ifndef SEATBOOK_STORAGE_FORK_GUARD_HPP_
#define SEATBOOK_STORAGE_FORK_GUARD_HPP_

#include <atomic>
#include <cstdint>

namespace seatbook::detail {

/// How many forks lie between this process and the first one: a fact of the process, not of a book.
inline std::atomic<std::uint64_t> forks_before{0};

/// A fork takes along the memory of all threads but only one of the threads: a lock that another
/// one held stays locked for ever, and a file is open in two processes that each take it for their
/// own. So whatever was opened before a fork asks this first, in the child.
///
/// Counting forks in a handler makes the question one load from memory; getpid() is a system call.
class ForkGuard {
 public:
  /// Throws std::bad_alloc where the system has no room for the handler.
  ForkGuard();
  [[nodiscard]] bool forked() const noexcept {
    return forks_before.load(std::memory_order_relaxed) != born_after_;
  }

 private:
  std::uint64_t born_after_;
};

}  // namespace seatbook::detail

#endif  // SEATBOOK_STORAGE_FORK_GUARD_HPP_

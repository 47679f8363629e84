#include "storage/fork_guard.hpp"

#include <pthread.h>

#include <new>

namespace seatbook::detail {

ForkGuard::ForkGuard() : born_after_(forks_before.load(std::memory_order_relaxed)) {
  static const bool counted = pthread_atfork(nullptr, nullptr, [] {
                                forks_before.fetch_add(1, std::memory_order_relaxed);
                              }) == 0;
  if (!counted) throw std::bad_alloc();
}

}  // namespace seatbook::detail

/// What the opaque handles of C hold.
#ifndef SEATBOOK_CAPI_HANDLES_HPP_
#define SEATBOOK_CAPI_HANDLES_HPP_

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

#include "seatbook.h"
#include "seatbook/seatbook.hpp"

namespace seatbook::capi {

/// What a handle is. The numbers are unlikely to be found in any other memory.
enum class HandleKind : std::uint64_t {
  freed = 0,
  clock = 0x5EA7'B00C'9D1F'6A01,
  progress,
  storage,
  book,
  session,
  error,
  rows,
  inner_rows,  ///< rows that belong to other rows or to an error, with which they are freed
  row_sink,
  batch,
  failure,
};

/// The first member of every handle, so that one of another kind, or one that was freed, is
/// recognized. A freed one only until its memory is used again.
class HandleTag {
 public:
  constexpr explicit HandleTag(HandleKind kind) noexcept : kind_(kind) {}

  [[nodiscard]] bool is(HandleKind kind) const noexcept {
    return kind_.load(std::memory_order_relaxed) == kind;
  }
  /// Marks a handle of that kind as freed, before its memory is given back. False if it is none: of
  /// two threads that free the same handle only one gets true.
  [[nodiscard]] bool retire(HandleKind kind) noexcept {
    return kind_.compare_exchange_strong(kind, HandleKind::freed);
  }
  void set(HandleKind kind) noexcept { kind_.store(kind, std::memory_order_relaxed); }

 private:
  std::atomic<HandleKind> kind_;
};

/// The base of every handle but rows, which are of two kinds.
template <HandleKind of_kind>
struct Handle {
  static constexpr HandleKind kind = of_kind;
  HandleTag tag{of_kind};
};

/// Whether a call may use the handle.
template <class AnyHandle>
[[nodiscard]] bool is_handle(const AnyHandle* handle) noexcept {
  return handle != nullptr && handle->tag.is(AnyHandle::kind);
}
/// What is wrong with a handle that is_handle() refuses.
[[nodiscard]] inline const char* find_error(const void* handle) noexcept {
  return handle == nullptr ? "NULL" : "another handle, or freed";
}
/// The body of a ..._free function.
template <class AnyHandle>
void free_handle(AnyHandle* handle) noexcept {
  if (handle != nullptr && handle->tag.retire(AnyHandle::kind)) delete handle;
}

}  // namespace seatbook::capi

struct seatbook_clock : seatbook::capi::Handle<seatbook::capi::HandleKind::clock> {
  std::shared_ptr<seatbook::ManualClock> clock;
};

struct seatbook_progress : seatbook::capi::Handle<seatbook::capi::HandleKind::progress> {
  std::shared_ptr<seatbook::Progress> progress;
};

struct seatbook_storage : seatbook::capi::Handle<seatbook::capi::HandleKind::storage> {
  std::shared_ptr<seatbook::Storage> storage;
};

struct seatbook_book : seatbook::capi::Handle<seatbook::capi::HandleKind::book> {
  seatbook::Book book;
};

struct seatbook_session : seatbook::capi::Handle<seatbook::capi::HandleKind::session> {
  seatbook::Session session;
};

#endif  // SEATBOOK_CAPI_HANDLES_HPP_

/// The definitions of the opaque handles of the C API.
#ifndef SEATBOOK_CAPI_HANDLES_HPP_
#define SEATBOOK_CAPI_HANDLES_HPP_

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

#include "seatbook.h"
#include "seatbook/seatbook.hpp"

namespace seatbook::capi {

/// The kind of a handle. Other memory is unlikely to contain one of these numbers.
enum class HandleKind : std::uint64_t {
  freed = 0,
  clock = 0x5EA7'B00C'9D1F'6A01,
  progress,
  storage,
  book,
  session,
  error,
  rows,
  inner_rows,  ///< rows owned by other rows or by an error
  row_sink,
  batch,
  failure,
};

/// The first member of every handle. It detects handles of another kind, and freed handles until
/// their memory is reused.
class HandleTag {
 public:
  constexpr explicit HandleTag(HandleKind kind) noexcept : kind_(kind) {}

  [[nodiscard]] bool is(HandleKind kind) const noexcept {
    return kind_.load(std::memory_order_relaxed) == kind;
  }
  /// Marks a handle of that kind as freed, before its memory is freed. Returns false if it is not
  /// of that kind: of two threads that free the same handle, only one gets true.
  [[nodiscard]] bool retire(HandleKind kind) noexcept {
    return kind_.compare_exchange_strong(kind, HandleKind::freed);
  }
  void set(HandleKind kind) noexcept { kind_.store(kind, std::memory_order_relaxed); }

 private:
  std::atomic<HandleKind> kind_;
};

/// The base of every handle except rows, which have two kinds.
template <HandleKind of_kind>
struct Handle {
  static constexpr HandleKind kind = of_kind;
  HandleTag tag{of_kind};
};

/// Reports whether the handle is valid.
template <class AnyHandle>
[[nodiscard]] bool is_handle(const AnyHandle* handle) noexcept {
  return handle != nullptr && handle->tag.is(AnyHandle::kind);
}
/// Describes what is wrong with a handle that is_handle() rejects.
[[nodiscard]] inline const char* find_error(const void* handle) noexcept {
  return handle == nullptr ? "must not be NULL" : "must be a valid handle of its type";
}
/// Implements the ..._free functions.
template <class AnyHandle>
void free_handle(AnyHandle* handle) noexcept {
  if (handle != nullptr && handle->tag.retire(AnyHandle::kind)) delete handle;
}

}  // namespace seatbook::capi

struct seatbook_clock : seatbook::capi::Handle<seatbook::capi::HandleKind::clock> {
  std::shared_ptr<seatbook::Clock> clock;
  std::shared_ptr<seatbook::ManualClock> manual;  // the same clock, if it can be set
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

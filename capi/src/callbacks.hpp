/// Structs of callbacks of the caller that outlive the call: storages, clocks and listeners.
#ifndef SEATBOOK_CAPI_CALLBACKS_HPP_
#define SEATBOOK_CAPI_CALLBACKS_HPP_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include "capi/src/errors.hpp"
#include "capi/src/reader.hpp"
#include "seatbook.h"
#include "seatbook/clock.hpp"

namespace seatbook::capi {

/// The size of the struct in its first release. A smaller one is rejected. A struct that gained
/// members later has a specialization.
template <class Callbacks>
inline constexpr std::size_t first_callbacks_size = sizeof(Callbacks);

/// A copy of the caller's struct. Calls destroy exactly once.
template <class Callbacks>
class CallbackOwner {
 public:
  explicit CallbackOwner(const Callbacks& callbacks) : callbacks_(callbacks) {}
  CallbackOwner(const CallbackOwner&) = delete;
  CallbackOwner& operator=(const CallbackOwner&) = delete;
  CallbackOwner(CallbackOwner&& other) noexcept
      : callbacks_(other.callbacks_), owns_(std::exchange(other.owns_, false)) {}
  CallbackOwner& operator=(CallbackOwner&&) = delete;
  ~CallbackOwner() {
    if (owns_ && callbacks_.destroy != nullptr) callbacks_.destroy(callbacks_.self);
  }
  const Callbacks* operator->() const { return &callbacks_; }

 private:
  Callbacks callbacks_;
  bool owns_ = true;
};

/// Takes over the callbacks of the caller, unless the struct is NULL or has an invalid size.
template <class Callbacks>
std::optional<Error> take_over(const char* name, const Callbacks* given,
                               std::optional<CallbackOwner<Callbacks>>& owner) {
  if (given == nullptr) return malformed(name, "must not be NULL");
  const std::size_t size = given->struct_size;
  if (size < first_callbacks_size<Callbacks> || size > max_struct_size)
    return malformed("struct_size", "must be the sizeof of the struct");
  Callbacks known = {};
  std::memcpy(&known, given, std::min(size, sizeof known));
  owner.emplace(known);
  if (!is_zero_from(given, sizeof known, size))
    return malformed(name, "must be 0 after the members that this version knows");
  return std::nullopt;
}

/// A clock that calls `now` of the caller's struct.
template <class Callbacks>
class CallbackClock final : public Clock {
 public:
  explicit CallbackClock(std::shared_ptr<const CallbackOwner<Callbacks>> callbacks)
      : callbacks_(std::move(callbacks)) {}
  Timestamp now() override { return {(*callbacks_)->now((*callbacks_)->self)}; }

 private:
  std::shared_ptr<const CallbackOwner<Callbacks>> callbacks_;
};

}  // namespace seatbook::capi

#endif  // SEATBOOK_CAPI_CALLBACKS_HPP_

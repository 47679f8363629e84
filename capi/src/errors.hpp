/// How a call of C fails: a code, and an error object where one is wanted. No exception crosses.
#ifndef SEATBOOK_CAPI_ERRORS_HPP_
#define SEATBOOK_CAPI_ERRORS_HPP_

#include <exception>
#include <new>
#include <string>
#include <utility>

#include "capi/src/handles.hpp"
#include "capi/src/rows.hpp"
#include "seatbook.h"
#include "seatbook/seatbook.hpp"

/// One of the ready-made ones has nothing but its code.
struct seatbook_error : seatbook::capi::Handle<seatbook::capi::HandleKind::error> {
  seatbook_code code = SEATBOOK_INTERNAL;
  struct Details {
    seatbook::Error error;
    seatbook::capi::RowsPointer outcomes;
  };
  Details* details = nullptr;

  constexpr seatbook_error() = default;
  constexpr explicit seatbook_error(seatbook_code number) : code(number) {}
};

namespace seatbook::capi {

/// Answers the error's code, and puts the object into *error unless that is null. Where there is no
/// memory for it, it is one that was made beforehand and says no more than the code.
seatbook_code fail(Error error, seatbook_error** to) noexcept;
seatbook_code fail(Code code, seatbook_error** to) noexcept;

/// A call that no book would take.
[[nodiscard]] inline Error malformed(const char* field, const char* what) {
  return {Code::invalid_argument, std::string(field) + ": " + what, field};
}
inline seatbook_code refuse(const char* field, const char* what, seatbook_error** to) {
  return fail(malformed(field, what), to);
}
/// Of a handle that is_handle() refuses.
inline seatbook_code refuse_handle(const char* field, const void* handle, seatbook_error** to) {
  return refuse(field, find_error(handle), to);
}

/// The body of every function that can fail.
template <class Call>
seatbook_code guard(seatbook_error** error, const Call& call) noexcept {
  try {
    return call();
  } catch (const std::bad_alloc&) {
    return fail(Code::out_of_memory, error);
  } catch (const std::exception& thrown) {
    try {
      return fail(Error{Code::internal, thrown.what()}, error);
    } catch (...) {
      return fail(Code::internal, error);
    }
  } catch (...) {
    return fail(Code::internal, error);
  }
}

/// A result that may not be wanted.
template <class Value, class Given>
void put(Value* to, Given value) noexcept {
  if (to != nullptr) *to = static_cast<Value>(value);
}

}  // namespace seatbook::capi

#endif  // SEATBOOK_CAPI_ERRORS_HPP_

/// Errors of the C API: a code, and an error object if the caller requests one. No exception leaves
/// the library.
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

/// A static error has a code but no details.
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

/// Returns the error's code and stores an error object in *to unless `to` is null. If memory for
/// the object cannot be allocated, it is a static error without details.
seatbook_code fail(Error error, seatbook_error** to) noexcept;
seatbook_code fail(Code code, seatbook_error** to) noexcept;

/// Returns the error of a malformed argument: `what` says what is allowed, such as "must be 0 or
/// 1".
[[nodiscard]] inline Error malformed(const char* field, const char* what) {
  return {Code::invalid_argument, std::string(field) + " " + what, field};
}
inline seatbook_code refuse(const char* field, const char* what, seatbook_error** to) {
  return fail(malformed(field, what), to);
}
/// Fails with the error of a handle that is_handle() rejects.
inline seatbook_code refuse_handle(const char* field, const void* handle, seatbook_error** to) {
  return refuse(field, find_error(handle), to);
}

/// Runs the body of a function that can fail and translates exceptions.
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

/// Stores a value in an out-parameter, which may be null.
template <class Value, class Given>
void put(Value* to, Given value) noexcept {
  if (to != nullptr) *to = static_cast<Value>(value);
}

}  // namespace seatbook::capi

#endif  // SEATBOOK_CAPI_ERRORS_HPP_

#include "capi/src/errors.hpp"

#include <array>
#include <memory>
#include <utility>

namespace seatbook::capi {
namespace {

constexpr std::size_t code_count = 128;

template <std::size_t... codes>
constexpr std::array<seatbook_error, code_count> make_static_errors(
    std::index_sequence<codes...> /*n*/) {
  return {seatbook_error(static_cast<seatbook_code>(codes))...};
}
/// One error for each code, without details. Used when memory runs out; never changed or freed.
constinit std::array<seatbook_error, code_count> static_errors =
    make_static_errors(std::make_index_sequence<code_count>());

seatbook_error* static_error_of(Code code) noexcept {
  const auto number = static_cast<std::size_t>(code);
  return &static_errors[number < code_count ? number
                                            : static_cast<std::size_t>(Code::internal)];  // NOLINT
}

bool is_static(const seatbook_error* error) noexcept {
  return error >= static_errors.data() && error < static_errors.data() + code_count;
}

}  // namespace

seatbook_code fail(Code code, seatbook_error** to) noexcept {
  if (to != nullptr) *to = static_error_of(code);
  return static_cast<seatbook_code>(code);
}

seatbook_code fail(Error error, seatbook_error** to) noexcept {
  const Code code = error.code;
  if (to == nullptr) return static_cast<seatbook_code>(code);
  try {
    auto details = std::make_unique<seatbook_error::Details>();
    if (!error.outcomes.empty() || code == Code::bulk_refused) {
      details->outcomes = rows_of(error.outcomes);
      details->outcomes->set_inner();
    }
    details->error = std::move(error);
    auto made = std::make_unique<seatbook_error>();
    made->code = static_cast<seatbook_code>(code);
    made->details = details.release();
    *to = made.release();
  } catch (...) {
    return fail(code, to);
  }
  return static_cast<seatbook_code>(code);
}

}  // namespace seatbook::capi

using seatbook::Code;
using seatbook::capi::is_handle;
using seatbook::capi::put;

extern "C" {

seatbook_code seatbook_error_code(const seatbook_error* error) {
  return is_handle(error) ? error->code : SEATBOOK_OK;
}

const char* seatbook_error_message(const seatbook_error* error) {
  if (!is_handle(error)) return "";
  if (error->details != nullptr) return error->details->error.message.c_str();
  return to_string(static_cast<Code>(error->code)).data();  // a literal, terminated by NUL
}

const char* seatbook_error_field(const seatbook_error* error) {
  if (!is_handle(error) || error->details == nullptr) return "";
  return error->details->error.field.c_str();
}

int64_t seatbook_error_index(const seatbook_error* error) {
  if (!is_handle(error) || error->details == nullptr) return -1;
  const auto& index = error->details->error.index;
  return index ? static_cast<int64_t>(*index) : -1;
}

const uint64_t* seatbook_error_values(const seatbook_error* error, size_t* count) {
  if (!is_handle(error) || error->details == nullptr) {
    put(count, 0);
    return nullptr;
  }
  put(count, error->details->error.values.size());
  return error->details->error.values.data();
}

const seatbook_rows* seatbook_error_outcomes(const seatbook_error* error) {
  if (!is_handle(error) || error->details == nullptr) return nullptr;
  return error->details->outcomes.get();
}

void seatbook_error_free(seatbook_error* error) {
  if (error == nullptr || seatbook::capi::is_static(error)) return;
  if (!error->tag.retire(seatbook_error::kind)) return;
  delete error->details;
  delete error;
}

}  // extern "C"

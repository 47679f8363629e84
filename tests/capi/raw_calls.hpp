/// Calls every operation with arbitrary arguments, for tests with invalid arguments.
#ifndef SEATBOOK_TESTS_CAPI_RAW_CALLS_HPP_
#define SEATBOOK_TESTS_CAPI_RAW_CALLS_HPP_

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "seatbook.h"

namespace seatbook::capi_tests {

/// The arguments and results of a call. The call frees nothing.
struct RawCall {
  seatbook_session* session = nullptr;
  const void* request = nullptr;
  std::int64_t argument = 0;  ///< every argument that is not a pointer
  bool with_outputs = true;   ///< otherwise the other out-parameters are NULL
  bool with_error = true;

  seatbook_rows* rows = nullptr;
  seatbook_error* error = nullptr;
};
const std::map<std::string, std::function<seatbook_code(RawCall&)>>& raw_calls();

}  // namespace seatbook::capi_tests

#endif  // SEATBOOK_TESTS_CAPI_RAW_CALLS_HPP_

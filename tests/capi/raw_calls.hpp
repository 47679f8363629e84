/// Every operation with whatever one cares to pass: for tests that pass what nobody should.
#ifndef SEATBOOK_TESTS_CAPI_RAW_CALLS_HPP_
#define SEATBOOK_TESTS_CAPI_RAW_CALLS_HPP_

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "seatbook.h"

namespace seatbook::capi_tests {

/// What is passed, and what comes back; nothing is freed by the call.
struct RawCall {
  seatbook_session* session = nullptr;
  const void* request = nullptr;
  std::int64_t argument = 0;  ///< each of those that are no pointers
  bool with_outputs = true;   ///< the others and the answer are not wanted otherwise
  bool with_error = true;

  seatbook_rows* rows = nullptr;
  seatbook_error* error = nullptr;
};
const std::map<std::string, std::function<seatbook_code(RawCall&)>>& raw_calls();

}  // namespace seatbook::capi_tests

#endif  // SEATBOOK_TESTS_CAPI_RAW_CALLS_HPP_

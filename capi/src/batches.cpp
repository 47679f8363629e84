// Batched calls, for languages in which a call into C is slow.
#include <cstddef>

#include "capi/src/errors.hpp"
#include "capi/src/generated/requests.hpp"
#include "capi/src/handles.hpp"
#include "seatbook.h"
#include "seatbook/types.hpp"

namespace seatbook::capi {
namespace {

/// Calls `one` for each request. The struct_size of the first request is the stride of the array
/// (convention 5).
template <class Request, class One>
seatbook_code each(seatbook_session* session, const Request* requests, size_t count,
                   seatbook_id* assignments, seatbook_code* codes, uint64_t* done,
                   seatbook_error** error, const One& one) noexcept {
  return guard(error, [&]() -> seatbook_code {
    if (!is_handle(session)) return refuse_handle("session", session, error);
    if (requests == nullptr && count > 0)
      return refuse("requests", "must not be NULL if count is not 0", error);
    if (count > max_bulk_items) {
      return fail(Error{Code::limit_exceeded, "count must be at most 100,000", "count"}, error);
    }
    const size_t stride = count > 0 ? requests->struct_size : sizeof(Request);
    if (stride < Layout<Request>::first_size || stride > max_struct_size ||
        stride % alignof(Request) != 0) {
      return refuse("requests", "must have a valid struct_size", error);
    }
    uint64_t successes = 0;
    const auto* at = reinterpret_cast<const std::byte*>(requests);
    for (size_t item = 0; item < count; ++item, at += stride) {
      const auto* request = reinterpret_cast<const Request*>(at);
      seatbook_id assignment = 0;
      const seatbook_code code = request->struct_size == stride
                                     ? one(session, request, &assignment, nullptr, nullptr)
                                     : seatbook_code{SEATBOOK_INVALID_ARGUMENT};
      if (code == SEATBOOK_OK) ++successes;
      if (codes != nullptr) codes[item] = code;
      if (assignments != nullptr) assignments[item] = code == SEATBOOK_OK ? assignment : 0;
    }
    if (done != nullptr) *done = successes;
    return SEATBOOK_OK;
  });
}

}  // namespace
}  // namespace seatbook::capi

seatbook_code seatbook_assign_each(seatbook_session* session,
                                   const seatbook_assign_request* requests, size_t count,
                                   seatbook_id* assignments, seatbook_code* codes, uint64_t* done,
                                   seatbook_error** error) {
  return seatbook::capi::each(session, requests, count, assignments, codes, done, error,
                              &seatbook_assign);
}

seatbook_code seatbook_revoke_each(seatbook_session* session,
                                   const seatbook_revoke_request* requests, size_t count,
                                   seatbook_id* assignments, seatbook_code* codes, uint64_t* done,
                                   seatbook_error** error) {
  return seatbook::capi::each(session, requests, count, assignments, codes, done, error,
                              &seatbook_revoke);
}

seatbook_code seatbook_record_use_each(seatbook_session* session,
                                       const seatbook_record_use_request* requests, size_t count,
                                       seatbook_id* assignments, seatbook_code* codes,
                                       uint64_t* done, seatbook_error** error) {
  return seatbook::capi::each(session, requests, count, assignments, codes, done, error,
                              &seatbook_record_use);
}

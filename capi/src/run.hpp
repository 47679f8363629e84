/// The common part of every operation: checks the handles, reads the request, calls the library,
/// and returns the result.
#ifndef SEATBOOK_CAPI_RUN_HPP_
#define SEATBOOK_CAPI_RUN_HPP_

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "capi/src/errors.hpp"
#include "capi/src/handles.hpp"
#include "capi/src/reader.hpp"
#include "capi/src/rows.hpp"
#include "capi/src/sink.hpp"
#include "seatbook.h"
#include "seatbook/seatbook.hpp"

namespace seatbook::capi {

/// For operations without out-parameters besides the table.
inline constexpr auto nothing_else = [](const auto& /*done*/) {};

// Values as out-parameters of C pass them.
inline std::uint64_t in_c(std::uint64_t number) {
  return number;
}
template <class Tag>
std::uint64_t in_c(Id<Tag> id) {
  return id.value;
}
template <class Tag>
std::uint64_t in_c(const std::optional<Id<Tag>>& id) {
  return id ? id->value : 0;
}
inline std::int64_t in_c(const std::optional<Timestamp>& instant) {
  return instant ? instant->us : none;
}
inline std::int64_t in_c(SeatTotal total) {
  return total.is_unlimited() ? SEATBOOK_UNLIMITED : total.seats();
}

/// Calls `call` with a copy of a handle's session, because a callback may free the handle.
template <class Handle, class Call>
seatbook_code run(Handle* session, seatbook_error** error, const Call& call) noexcept {
  return guard(error, [&] {
    if (!is_handle(session)) return refuse_handle("session", session, error);
    auto on = session->session;
    return call(on);
  });
}

/// Returns 1 if `call` returns true; 0 if it returns false or the handle is invalid.
template <class Call>
std::int32_t yes_or_no(const seatbook_session* session, const Call& call) noexcept {
  std::int32_t yes = 0;
  static_cast<void>(run(session, nullptr, [&](const Session& on) {
    yes = call(on) ? 1 : 0;
    return seatbook_code{SEATBOOK_OK};
  }));
  return yes;
}

/// Reads a request. A NULL request has no member set.
template <class From, class To>
bool read_request(Reader& in, const From* request, To& to) {
  From copy;
  if (request == nullptr) {
    copy = {};
    copy.struct_size = sizeof copy;
    request = &copy;
  }
  const From* const known = checked(in, "struct_size", request, request->struct_size, copy);
  if (known == nullptr) return false;
  in.set_fields(known->fields);
  read_members(in, *known, to);
  return !in.refused();
}

// -------------------------------------------------------------------------------------- queries

template <class Value, class Put>
seatbook_code finish(Result<Value> result, seatbook_error** error, const Put& put_value) {
  if (!result) return fail(std::move(result).error(), error);
  put_value(*result);
  return SEATBOOK_OK;
}
inline seatbook_code finish(Result<void> result, seatbook_error** error) {
  return result ? SEATBOOK_OK : fail(std::move(result).error(), error);
}
inline seatbook_code finish(std::optional<Error> refusal, seatbook_error** error) {
  return refusal ? fail(*std::move(refusal), error) : SEATBOOK_OK;
}
template <class Value, class Put>
seatbook_code finish(Result<Value> returned, seatbook_rows** result, seatbook_error** error,
                     const Put& put_more) {
  if (!returned) return fail(std::move(returned).error(), error);
  if (result != nullptr) *result = rows_of(*returned).release();
  put_more(*returned);
  return SEATBOOK_OK;
}

template <class Request, class From, class Method, class Put>
seatbook_code query(const seatbook_session* session, const From* request, seatbook_rows** result,
                    seatbook_error** error, Method method, const Put& put_more) noexcept {
  return run(session, error, [&](const Session& on) {
    Reader in;
    Request requested;
    if (!read_request(in, request, requested)) return fail(*std::move(in.refusal()), error);
    return finish((on.*method)(requested), result, error, put_more);
  });
}
template <class Request, class From, class Method, class Put>
seatbook_code value(const seatbook_session* session, const From* request, seatbook_error** error,
                    Method method, const Put& put_value) noexcept {
  return run(session, error, [&](const Session& on) {
    Reader in;
    Request requested;
    if (!read_request(in, request, requested)) return fail(*std::move(in.refusal()), error);
    return finish((on.*method)(requested), error, put_value);
  });
}

/// The request of queries about one license or the whole book, which take no struct in C++.
struct OfLicense {
  std::optional<LicenseId> license = {};
};
template <class From>
void read_members(Reader& in, const From& from, OfLicense& to) {
  in.read(1, "license", from.license, to.license);
}
template <class From, class Method, class Put>
seatbook_code query_of_license(const seatbook_session* session, const From* request,
                               seatbook_error** error, Method method,
                               const Put& put_value) noexcept {
  return run(session, error, [&](const Session& on) {
    Reader in;
    OfLicense requested;
    if (!read_request(in, request, requested)) return fail(*std::move(in.refusal()), error);
    return finish((on.*method)(requested.license), error, put_value);
  });
}
template <class From, class Method>
seatbook_code rows_of_license(const seatbook_session* session, const From* request,
                              seatbook_rows** result, seatbook_error** error,
                              Method method) noexcept {
  return run(session, error, [&](const Session& on) {
    Reader in;
    OfLicense requested;
    if (!read_request(in, request, requested)) return fail(*std::move(in.refusal()), error);
    return finish((on.*method)(requested.license), result, error, nothing_else);
  });
}

// ------------------------------------------------------------------------------------- commands

/// Reports whether results of a type have a fixed size. Their table is allocated before the
/// command, so that nothing can fail after it.
template <class Value>
inline constexpr bool has_fixed_size =
    std::is_same_v<Value, PersonReceipt> || std::is_same_v<Value, LicenseReceipt> ||
    std::is_same_v<Value, SeatReceipt>;

template <class Request, class From, class Value, class Put>
seatbook_code command(seatbook_session* session, const From* request, seatbook_rows** result,
                      seatbook_error** error, Result<Value> (Session::*method)(const Request&),
                      const Put& put_more) noexcept {
  return run(session, error, [&](Session& on) {
    Reader in;
    Request requested;
    if (!read_request(in, request, requested)) return fail(*std::move(in.refusal()), error);
    RowsPointer table;
    if constexpr (has_fixed_size<Value>) {
      if (result != nullptr) table = rows_of(Value());
    }
    Result<Value> returned = (on.*method)(requested);
    if (!returned) return fail(std::move(returned).error(), error);
    // A command that was committed must not report an error.
    put_more(*returned);
    if (result == nullptr) return seatbook_code{SEATBOOK_OK};
    if constexpr (has_fixed_size<Value>) {
      fill<Value>(*table, {&*returned, nullptr, 1});
    } else {
      try {
        table = rows_of(*returned);
      } catch (const std::bad_alloc&) {
        table = nullptr;
      }
    }
    *result = table.release();
    return seatbook_code{SEATBOOK_OK};
  });
}

// -------------------------------------------------------------------------------------- exports

template <class Request, class From>
seatbook_code file(const seatbook_session* session, const From* request, seatbook_rows** result,
                   seatbook_error** error,
                   Result<ExportReport> (Session::*method)(const Request&, const CsvSink&)
                       const) noexcept {
  SinkOwner owner(request == nullptr ? nullptr : sink_of(*request));
  return run(session, error, [&](const Session& on) {
    Reader in;
    Request requested;
    if (!read_request(in, request, requested)) return fail(*std::move(in.refusal()), error);
    ExportedFile exported;
    const CsvSink sink = in.requested_sink() != nullptr ? owner.sink() : append_to(exported.csv);
    auto report = (on.*method)(requested, sink);
    if (!report) return fail(std::move(report).error(), error);
    exported.rows = report->rows;
    exported.bytes = report->bytes;
    exported.version = report->version;
    if (result != nullptr) *result = rows_of(exported).release();
    return seatbook_code{SEATBOOK_OK};
  });
}

}  // namespace seatbook::capi

#endif  // SEATBOOK_CAPI_RUN_HPP_

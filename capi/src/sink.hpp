/// A sink of the caller. Its destroy callback is called exactly once.
#ifndef SEATBOOK_CAPI_SINK_HPP_
#define SEATBOOK_CAPI_SINK_HPP_

#include <cstddef>
#include <string_view>

#include "capi/src/reader.hpp"
#include "seatbook.h"
#include "seatbook/csv.hpp"

namespace seatbook::capi {

/// Reports whether the struct has the callbacks of the first release.
inline bool is_complete(const seatbook_sink& sink) {
  return sink.struct_size >= sizeof(seatbook_sink);
}

/// Returns the sink of a request, if the request is large enough to have one and its bit is set.
template <class Request>
const seatbook_sink* sink_of(const Request& request) {
  const bool is_set = request.struct_size >= Layout<Request>::first_size &&
                      (request.fields & Layout<Request>::sink_bit) != 0;
  return is_set ? request.sink : nullptr;
}

class SinkOwner {
 public:
  explicit SinkOwner(const seatbook_sink* sink) : sink_(sink) {}
  SinkOwner(const SinkOwner&) = delete;
  SinkOwner& operator=(const SinkOwner&) = delete;
  ~SinkOwner() {
    if (sink_ != nullptr && is_complete(*sink_) && sink_->destroy != nullptr) {
      sink_->destroy(sink_->self);
    }
  }
  [[nodiscard]] CsvSink sink() const {
    return [sink = sink_](std::string_view bytes) {
      return sink->write(sink->self, bytes.data(), bytes.size()) == 1;
    };
  }

 private:
  const seatbook_sink* sink_;
};

}  // namespace seatbook::capi

#endif  // SEATBOOK_CAPI_SINK_HPP_

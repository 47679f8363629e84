/// A sink of C, which is destroyed exactly once.
#ifndef SEATBOOK_CAPI_SINK_HPP_
#define SEATBOOK_CAPI_SINK_HPP_

#include <cstddef>
#include <string_view>

#include "capi/src/reader.hpp"
#include "seatbook.h"
#include "seatbook/csv.hpp"

namespace seatbook::capi {

/// Whether a table of callbacks is large enough to have the slots of the first release.
inline bool is_complete(const seatbook_sink& sink) {
  return sink.struct_size >= sizeof(seatbook_sink);
}

/// The sink of a request, where the request is large enough to have one and says so.
template <class Request>
const seatbook_sink* sink_of(const Request& request) {
  const bool given = request.struct_size >= Layout<Request>::first_size &&
                     (request.fields & Layout<Request>::sink_bit) != 0;
  return given ? request.sink : nullptr;
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

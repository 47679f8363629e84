#include "capi/raw_calls.hpp"

#include <tuple>
#include <type_traits>

namespace seatbook::capi_tests {
namespace {

template <class Parameter>
Parameter part(RawCall& call, std::uint64_t& output) {
  using Pointed = std::remove_pointer_t<Parameter>;
  if constexpr (std::is_same_v<Parameter, seatbook_rows**>) {
    return call.with_outputs ? &call.rows : nullptr;
  } else if constexpr (std::is_same_v<Parameter, seatbook_error**>) {
    return call.with_error ? &call.error : nullptr;
  } else if constexpr (std::is_same_v<std::remove_const_t<Pointed>, seatbook_session>) {
    return call.session;
  } else if constexpr (std::is_pointer_v<Parameter> && std::is_class_v<Pointed>) {
    return static_cast<Parameter>(call.request);
  } else if constexpr (std::is_pointer_v<Parameter>) {
    return call.with_outputs ? reinterpret_cast<Parameter>(&output) : nullptr;  // NOLINT: 64 bits
  } else {
    return static_cast<Parameter>(call.argument);
  }
}

template <class... Parameters>
std::function<seatbook_code(RawCall&)> call(const char* /*name*/,
                                            seatbook_code (*function)(Parameters...)) {
  if constexpr (!(std::is_same_v<Parameters, seatbook_error**> || ...)) {
    return {};  // returns a flag and cannot fail
  } else {
    return [function](RawCall& with) {
      std::uint64_t output = 0;
      const std::tuple<Parameters...> all{part<Parameters>(with, output)...};
      return std::apply(function, all);
    };
  }
}

}  // namespace

const std::map<std::string, std::function<seatbook_code(RawCall&)>>& raw_calls() {
  static const auto all = [] {
    std::map<std::string, std::function<seatbook_code(RawCall&)>> every = {
#include "capi/generated/calls.inc"
    };
    std::erase_if(every, [](const auto& entry) { return !entry.second; });
    return every;
  }();
  return all;
}

}  // namespace seatbook::capi_tests

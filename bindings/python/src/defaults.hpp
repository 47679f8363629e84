/// The defaults of arguments, for signatures.
#ifndef SEATBOOK_BINDINGS_PYTHON_DEFAULTS_HPP_
#define SEATBOOK_BINDINGS_PYTHON_DEFAULTS_HPP_

#include <string>
#include <string_view>
#include <type_traits>

#include "python/src/values.hpp"

namespace seatbook::python {

/// Returns a default as Python writes it; `...` if an omitted argument leaves the member unchanged.
template <class Value>
std::string default_text(const Value& value) {
  if constexpr (requires { value.leaves(); }) {
    return "...";
  } else if constexpr (std::is_enum_v<Value>) {
    return "'" + py::cast<std::string>(to_python(value).attr("name")) + "'";
  } else if constexpr (std::is_same_v<Value, Timestamp>) {
    return value == Timestamp() ? "..." : "'" + value.to_string() + "'";
  } else if constexpr (std::is_same_v<Value, SeatTotal>) {
    return std::to_string(value.seats());
  } else if constexpr (Described<Value> || requires { value.has_value(); }) {
    return "None";
  } else if constexpr (std::is_same_v<Value, std::string_view>) {
    return "''";
  } else if constexpr (requires { to_python(value); }) {
    return py::cast<std::string>(py::repr(to_python(value)));
  } else {
    return "None";
  }
}

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_DEFAULTS_HPP_

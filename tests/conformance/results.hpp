/// Converts results to JSON. Members are named as in the C++ structs; missing values are null.
#ifndef SEATBOOK_TESTS_CONFORMANCE_RESULTS_HPP_
#define SEATBOOK_TESTS_CONFORMANCE_RESULTS_HPP_

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "conformance/json_forms.hpp"
#include "seatbook/describe.hpp"
#include "seatbook/seatbook.hpp"

namespace seatbook::conformance {

template <class Value>
json json_of(const Value& value);

template <class Tag>
json json_of(Id<Tag> id) {
  return id.value;
}
inline json json_of(SeatTotal total) {
  return total.is_unlimited() ? json() : json(total.seats());
}
template <class Value>
json json_of(const std::optional<Value>& value) {
  return value ? json_of(*value) : json();
}
template <class Item>
json json_of(const std::vector<Item>& items) {
  auto list = json::array();
  for (const Item& item : items) list.push_back(json_of(item));
  return list;
}

// Each overload adds to an object what JSON has in addition to the members and Derived.
template <class Struct>
void add_further(json& /*object*/, const Struct& /*value*/) {}
template <class Report>
void add_column_names(json& object, const Report& report) {
  for (std::size_t row = 0; row < report.not_added.size(); ++row) {
    object["not_added"][row]["column_name"] = report.column_name(report.not_added[row]);
  }
}
inline void add_further(json& object, const RosterReport& report) {
  add_column_names(object, report);
  object["to_csv"] = to_csv(report);
}
inline void add_further(json& object, const InventoryReport& report) {
  add_column_names(object, report);
}
/// The cases name the code `error`.
inline void add_further(json& object, const Error& /*error*/) {
  object["error"] = std::move(object["code"]);
  object.erase("code");
}

template <class Value>
json json_of(const Value& value) {
  if constexpr (is_described<Value>) {
    auto object = json::object();
    Description<Value>::visit(
        [&](const char* name, auto member) { object[name] = json_of(value.*member); });
    if constexpr (Derived<Value>::in_json) {
      Derived<Value>::visit(
          [&](const char* name, auto method) { object[name] = json_of(method(value)); });
    }
    add_further(object, value);
    return object;
  } else if constexpr (std::is_enum_v<Value>) {
    return to_string(value);
  } else if constexpr (requires { value.to_string(); }) {
    return value.to_string();  // a time, a date or money
  } else {
    return value;  // a text, a number or a flag
  }
}

}  // namespace seatbook::conformance

#endif  // SEATBOOK_TESTS_CONFORMANCE_RESULTS_HPP_

/// The Python types of members, for signatures and for the stub that type checkers read.
#ifndef SEATBOOK_BINDINGS_PYTHON_ANNOTATIONS_HPP_
#define SEATBOOK_BINDINGS_PYTHON_ANNOTATIONS_HPP_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "python/src/records.hpp"
#include "python/src/values.hpp"

namespace seatbook::python {

/// The type that a member accepts (`given`) or returns. Names ending in `Like` are defined in the
/// stub.
template <class Type>
struct Annotation {
  static std::string given() { return named(true); }
  static std::string returned() { return named(false); }

 private:
  static std::string named(bool given) {
    if constexpr (std::is_same_v<Type, void>) return "None";
    if constexpr (std::is_same_v<Type, std::string>) return "str";
    if constexpr (std::is_same_v<Type, std::string_view>)
      return "Union[str, bytes, bytearray, memoryview]";
    if constexpr (std::is_same_v<Type, bool>) return "bool";
    if constexpr (std::is_integral_v<Type> && !std::is_same_v<Type, bool>) return "int";
    if constexpr (std::is_same_v<Type, PersonId>) return given ? "PersonLike" : "PersonId";
    if constexpr (std::is_same_v<Type, LicenseId>) return given ? "LicenseLike" : "LicenseId";
    if constexpr (std::is_same_v<Type, AssignmentId>) return given ? "SeatLike" : "AssignmentId";
    if constexpr (std::is_same_v<Type, ActorId>) return given ? "ActorLike" : "ActorId";
    if constexpr (std::is_same_v<Type, Seq> || std::is_same_v<Type, Version> ||
                  std::is_same_v<Type, Revision> || std::is_same_v<Type, RecordId>) {
      return "int";
    }
    if constexpr (std::is_same_v<Type, Timestamp>) return given ? "TimeLike" : "datetime";
    if constexpr (std::is_same_v<Type, Date>) return given ? "DateLike" : "date";
    if constexpr (std::is_same_v<Type, Money>) return given ? "MoneyLike" : "Decimal";
    if constexpr (std::is_same_v<Type, MoneySum>) return "Decimal";
    if constexpr (std::is_same_v<Type, SeatTotal>) return "Optional[int]";
    if constexpr (std::is_same_v<Type, RequestId>) return "RequestIdLike";
    if constexpr (std::is_same_v<Type, Permissions>) return "Iterable[Union[Permission, str]]";
    if constexpr (std::is_same_v<Type, std::shared_ptr<Progress>>) return "ProgressLike";
    if constexpr (std::is_enum_v<Type>) {
      const std::string name = EnumName<Type>::name;
      return given ? "Union[" + name + ", str]" : name;
    }
    if constexpr (Described<Type>) {
      const std::string name = Description<Type>::name;
      return given ? "Union[" + name + ", Dict[str, Any]]" : name;
    }
    return "Any";
  }
};
template <class Value>
struct Annotation<std::optional<Value>> {
  static std::string given() { return "Optional[" + Annotation<Value>::given() + "]"; }
  static std::string returned() { return "Optional[" + Annotation<Value>::returned() + "]"; }
};
template <class Value>
struct Annotation<Edit<Value>> {
  static std::string given() { return "Optional[" + Annotation<Value>::given() + "]"; }
};
template <class Value>
struct Annotation<std::vector<Value>> {
  static std::string given() { return "Iterable[" + Annotation<Value>::given() + "]"; }
  static std::string returned() { return "Tuple[" + Annotation<Value>::returned() + ", ...]"; }
};

/// The result type of a call. A list of records has a separate class.
template <class Returned>
struct ResultAnnotation {
  static std::string name() { return Annotation<Returned>::returned(); }
};
template <Described Row>
struct ResultAnnotation<std::vector<Row>> {
  static std::string name() { return std::string(Description<Row>::name) + "Rows"; }
};

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

#endif  // SEATBOOK_BINDINGS_PYTHON_ANNOTATIONS_HPP_

/// Converts values of the C++ API to Python objects, and back.
///
/// from_python() throws TypeError for an object of a wrong type, and Refused for an object of the
/// right type with an invalid value. The library performs all other checks.
#ifndef SEATBOOK_BINDINGS_PYTHON_VALUES_HPP_
#define SEATBOOK_BINDINGS_PYTHON_VALUES_HPP_

#include <pybind11/pybind11.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "python/src/frozen.hpp"
#include "python/src/interpreter.hpp"
#include "seatbook/describe.hpp"
#include "seatbook/seatbook.hpp"

namespace seatbook::python {

namespace py = pybind11;

/// An invalid argument, reported as an error of the library.
struct Refused {
  Error error;
};

/// The message begins with the member: "limit must be ...".
[[noreturn]] void refuse(Code code, const char* member, const std::string& problem);
/// Throws TypeError, which names the member.
[[noreturn]] void wrong_type(const char* member, const char* wanted, py::handle given);

template <class Struct>
concept Described = is_described<Struct>;

// ------------------------------------------------------------------------------ to Python

py::object to_python(const std::string& text);
py::object to_python(std::string_view text);
inline py::object to_python(bool flag) {
  return py::bool_(flag);
}
template <class Number>
  requires(std::is_integral_v<Number> && !std::is_same_v<Number, bool>)
py::object to_python(Number number) {
  return py::int_(number);
}
py::object to_python(PersonId id);
py::object to_python(LicenseId id);
py::object to_python(AssignmentId id);
py::object to_python(ActorId id);
/// Seq, Version and Revision become ints.
template <class Tag>
py::object to_python(Id<Tag> number) {
  return py::int_(number.value);
}
/// A time or date outside the range of datetime becomes an int, which calls accept as well.
py::object to_python(Timestamp instant);
py::object to_python(Date date);
py::object to_python(Money amount);
py::object to_python(const MoneySum& sum);
py::object to_python(SeatTotal total);
/// Returns a member of an enum class of the module.
py::object enum_member(const char* class_name, std::int64_t value);
template <class Enum>
struct EnumName;
template <class Enum>
  requires std::is_enum_v<Enum>
py::object to_python(Enum value) {
  return enum_member(EnumName<Enum>::name, static_cast<std::int64_t>(value));
}
template <Described Struct>
py::object to_python(const Struct& value) {
  return Frozen<Struct>::make(value);
}
template <class Value>
py::object to_python(const std::optional<Value>& value) {
  return value ? to_python(*value) : py::none();
}
/// A list within a record becomes a tuple, because records are immutable.
template <class Value>
py::object to_python(const std::vector<Value>& values) {
  py::tuple all(values.size());
  for (std::size_t at = 0; at < values.size(); ++at) all[at] = to_python(values[at]);
  return all;
}

// ---------------------------------------------------------------------------- from Python

void from_python(py::handle from, const char* member, std::string& to);
/// Sets `to` to a view of a str or bytes, which must outlive the call.
void from_python(py::handle from, const char* member, std::string_view& to);
void from_python(py::handle from, const char* member, bool& to);
std::int64_t integer(py::handle from, const char* member, std::int64_t least, std::int64_t most);
template <class Number>
  requires(std::is_integral_v<Number> && !std::is_same_v<Number, bool>)
void from_python(py::handle from, const char* member, Number& to) {
  constexpr auto most = sizeof(Number) == 8
                            ? INT64_MAX
                            : static_cast<std::int64_t>(std::numeric_limits<Number>::max());
  constexpr auto least = static_cast<std::int64_t>(std::numeric_limits<Number>::min());
  to = static_cast<Number>(integer(from, member, least, most));
}
void from_python(py::handle from, const char* member, PersonId& to);
void from_python(py::handle from, const char* member, LicenseId& to);
void from_python(py::handle from, const char* member, AssignmentId& to);
void from_python(py::handle from, const char* member, ActorId& to);
template <class Tag>
void from_python(py::handle from, const char* member, Id<Tag>& to) {
  from_python(from, member, to.value);
}
void from_python(py::handle from, const char* member, Timestamp& to);
/// Converts the time of a clock. Checks it here, because no call of the library does.
Timestamp clock_time(py::handle from, const char* member);
void from_python(py::handle from, const char* member, Date& to);
void from_python(py::handle from, const char* member, Money& to);
void from_python(py::handle from, const char* member, SeatTotal& to);
void from_python(py::handle from, const char* member, RequestId& to);
void from_python(py::handle from, const char* member, Permissions& to);
void from_python(py::handle from, const char* member, std::shared_ptr<Progress>& to);
/// Returns the number of an enumerator, or `no_enumerator` if the text is not a name of one; the
/// library refuses that number.
constexpr std::int64_t no_enumerator = 255;
std::int64_t enumerator(py::handle from, const char* member, const char* class_name);
/// Returns the texts of a choice whose numbers have no gap.
template <class Enum>
std::vector<std::string> texts_of() {
  std::vector<std::string> all;
  for (int number = 0;; ++number) {
    const std::string_view text = to_string(static_cast<Enum>(number));
    if (text == "unknown") return all;
    all.emplace_back(text);
  }
}
/// Refuses an unknown text: "billing_period must be month, year or once".
[[noreturn]] void refuse_choice(const char* member, const std::vector<std::string>& texts);
template <class Enum>
  requires std::is_enum_v<Enum>
void from_python(py::handle from, const char* member, Enum& to) {
  to = static_cast<Enum>(enumerator(from, member, EnumName<Enum>::name));
}
template <class Value>
void from_python(py::handle from, const char* member, std::optional<Value>& to);
template <class Value>
void from_python(py::handle from, const char* member, Edit<Value>& to);
template <class Value>
void from_python(py::handle from, const char* member, std::vector<Value>& to);
template <Described Struct>
void from_python(py::handle from, const char* member, Struct& to);

template <class Value>
void from_python(py::handle from, const char* member, std::optional<Value>& to) {
  if (from.is_none()) return;
  from_python(from, member, to.emplace());
}
/// None clears the member. An omitted argument leaves it unchanged.
template <class Value>
void from_python(py::handle from, const char* member, Edit<Value>& to) {
  if (from.is_none()) {
    to = clear;
    return;
  }
  Value value{};
  from_python(from, member, value);
  to = std::move(value);
}
template <class Value>
void from_python(py::handle from, const char* member, std::vector<Value>& to) {
  if (py::isinstance<py::str>(from) || !py::isinstance<py::iterable>(from)) {
    wrong_type(member, "an iterable", from);
  }
  for (const py::handle item : py::reinterpret_borrow<py::iterable>(from)) {
    try {
      from_python(item, member, to.emplace_back());
    } catch (Refused& refused) {
      refused.error.index = to.size() - 1;
      throw;
    }
  }
}
/// Converts a record of the class, or a dict of its members.
template <Described Struct>
void from_python(py::handle from, const char* member, Struct& to) {
  if (from.is_none()) return;
  if (const Struct* const record = Frozen<Struct>::in(from)) {
    to = *record;
    return;
  }
  if (!py::isinstance<py::dict>(from)) wrong_type(member, Description<Struct>::name, from);
  const auto values = py::reinterpret_borrow<py::dict>(from);
  py::set unknown;
  for (const auto& [key, value] : values) unknown.add(key);
  const auto read = [&](const char* name, auto pointer) {
    if (!values.contains(name)) return;
    unknown.attr("discard")(name);
    if constexpr (requires { from_python(from, name, to.*pointer); }) {
      from_python(values[name], name, to.*pointer);
    }
  };
  try {
    Description<Struct>::visit(read);
  } catch (Refused& refused) {
    // An error names the argument of the call, as the library does.
    if (member != Description<Struct>::name) refused.error.field = member;
    throw;
  }
  for (const py::handle name : unknown) {
    throw py::type_error(std::string(Description<Struct>::name) + " has no member " +
                         py::cast<std::string>(py::repr(name)));
  }
}

/// Returns the value of the argument `member`.
template <class To>
To argument(py::handle from, const char* member) {
  To to;
  from_python(from, member, to);
  return to;
}

#define SEATBOOK_PYTHON_ENUM(type)             \
  template <>                                  \
  struct EnumName<type> {                      \
    static constexpr const char* name = #type; \
  };
SEATBOOK_PYTHON_ENUM(Role)
SEATBOOK_PYTHON_ENUM(Permission)
SEATBOOK_PYTHON_ENUM(Operation)
SEATBOOK_PYTHON_ENUM(PersonState)
SEATBOOK_PYTHON_ENUM(LicenseState)
SEATBOOK_PYTHON_ENUM(CapacityPolicy)
SEATBOOK_PYTHON_ENUM(BillingPeriod)
SEATBOOK_PYTHON_ENUM(HistoryKind)
SEATBOOK_PYTHON_ENUM(EventKind)
SEATBOOK_PYTHON_ENUM(SeatSort)
SEATBOOK_PYTHON_ENUM(CsvProfile)
SEATBOOK_PYTHON_ENUM(UtilizationBy)
SEATBOOK_PYTHON_ENUM(RosterOutcome)
SEATBOOK_PYTHON_ENUM(InventoryOutcome)
SEATBOOK_PYTHON_ENUM(OffboardingOutcome)
SEATBOOK_PYTHON_ENUM(DateOrder)
SEATBOOK_PYTHON_ENUM(LogLevel)
SEATBOOK_PYTHON_ENUM(LogKind)
SEATBOOK_PYTHON_ENUM(Code)
#undef SEATBOOK_PYTHON_ENUM

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_VALUES_HPP_

#include "python/src/values.hpp"

#include "python/src/progress.hpp"

#include <datetime.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <map>
#include <string>
#include <utility>

namespace seatbook::python {
namespace {

constexpr std::int64_t second_us = 1'000'000;
constexpr std::int64_t day_us = 86'400 * second_us;

/// Returns whether datetime can represent the instant: years 1 to 9999.
bool datetime_has(Timestamp instant) {
  constexpr std::int64_t first_us = -62'135'596'800 * second_us;
  constexpr std::int64_t end_us = 253'402'300'800 * second_us;
  return instant.us >= first_us && instant.us < end_us;
}

/// Python objects used to convert values; kept until the process ends.
struct Python {
  py::object person_id, license_id, assignment_id, actor_id;
  py::object decimal, uuid, utc;
  std::map<std::string, std::map<std::int64_t, py::object>> enums;

  Python() {
    PyDateTime_IMPORT;
    const auto ids = py::module_::import("seatbook._ids");
    person_id = ids.attr("PersonId");
    license_id = ids.attr("LicenseId");
    assignment_id = ids.attr("AssignmentId");
    actor_id = ids.attr("ActorId");
    decimal = py::module_::import("decimal").attr("Decimal");
    uuid = py::module_::import("uuid").attr("UUID");
    utc = py::module_::import("datetime").attr("timezone").attr("utc");
    const auto all = py::module_::import("seatbook.generated.enums");
    for (const py::handle name : all.attr("__all__")) {
      auto& members = enums[py::cast<std::string>(name)];
      for (const py::handle member : all.attr(name)) {
        members.emplace(py::cast<std::int64_t>(member.attr("value")),
                        py::reinterpret_borrow<py::object>(member));
      }
    }
  }
};

const Python& python() {
  static const auto* const objects = new Python();  // outlives the interpreter's modules
  return *objects;
}

/// Takes ownership of a new reference. Throws the Python error if it is null.
py::object owned(PyObject* created) {
  if (created == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(created);
}

py::object record_id(const py::object& type, std::uint64_t value) {
  if (value == 0) return py::none();
  // int.__new__ directly: the class's __new__ validates arguments of callers.
  const py::tuple number = py::make_tuple(value);
  auto* const kind = reinterpret_cast<PyTypeObject*>(type.ptr());  // NOLINT: the C API
  return owned(PyLong_Type.tp_new(kind, number.ptr(), nullptr));
}

std::string type_name(py::handle object) {
  const std::string name = Py_TYPE(object.ptr())->tp_name;
  return name.substr(name.rfind('.') + 1);
}

bool is_out_of_range(Code code) {
  return code == Code::date_out_of_range || code == Code::money_out_of_range;
}

/// Parses a text. An invalid one becomes a value that the library refuses when it checks the
/// member, so that errors keep their order (C74).
template <class Value>
Value value_of_text(std::string_view text, Value out_of_range) {
  const auto parsed = Value::parse(text);
  if (parsed) return *parsed;
  return is_out_of_range(parsed.error().code) ? out_of_range : Value::unreadable();
}
template <class Value>
Value value_of_text(py::handle from, Value out_of_range) {
  Py_ssize_t size = 0;
  const char* const bytes = PyUnicode_AsUTF8AndSize(from.ptr(), &size);
  if (bytes == nullptr) {  // lone surrogates
    PyErr_Clear();
    return Value::unreadable();
  }
  return value_of_text(std::string_view(bytes, static_cast<std::size_t>(size)), out_of_range);
}

/// Returns an integer. One outside int64 becomes the nearest int64, which is out of every range.
std::int64_t nearest_integer(py::handle from, const char* member) {
  if (!PyLong_Check(from.ptr()) || PyBool_Check(from.ptr())) wrong_type(member, "an int", from);
  int beyond = 0;
  const std::int64_t number = PyLong_AsLongLongAndOverflow(from.ptr(), &beyond);
  if (beyond == 0) return number;
  return beyond > 0 ? INT64_MAX : INT64_MIN + 1;  // INT64_MIN means unreadable
}

/// Returns whether `from` is an int or an id of this type. Raises TypeError for another type of id.
bool is_number_for(py::handle from, const py::object& type, const char* member,
                   const char* wanted) {
  if (!PyLong_Check(from.ptr()) || PyBool_Check(from.ptr())) return false;
  if (Py_TYPE(from.ptr()) == reinterpret_cast<PyTypeObject*>(type.ptr())) return true;
  for (const py::object* other :
       {&python().person_id, &python().license_id, &python().assignment_id, &python().actor_id}) {
    if (Py_TYPE(from.ptr()) == reinterpret_cast<PyTypeObject*>(other->ptr())) {
      wrong_type(member, wanted, from);
    }
  }
  return true;
}

std::uint64_t id_number(py::handle from, const char* member) {
  return static_cast<std::uint64_t>(integer(from, member, 0, INT64_MAX));
}

/// Sets `to` to the id of `from` if it is a record of one of these classes.
template <class IdType, class... Records, class... Pointers>
bool read_id(py::handle from, IdType& to, std::pair<Records*, Pointers>... choices) {
  const auto read = [&](auto* record, auto pointer) {
    using Record = std::remove_pointer_t<decltype(record)>;
    const Record* const found = Frozen<Record>::in(from);
    if (found == nullptr) return false;
    const auto& id = found->*pointer;
    if constexpr (requires { id.has_value(); }) {
      if (id) to = *id;
      return id.has_value();
    } else {
      to = id;
      return true;
    }
  };
  return (read(choices.first, choices.second) || ...);
}
template <class Record, class Value>
std::pair<Record*, Value Record::*> by(Value Record::* pointer) {
  return {nullptr, pointer};
}

}  // namespace

void wrong_type(const char* member, const char* wanted, py::handle given) {
  throw py::type_error(std::string("'") + member + "' must be " + wanted + ", not " +
                       type_name(given));
}

void refuse(Code code, const char* member, const std::string& problem) {
  throw Refused{Error{code, std::string(member) + " " + problem, member}};
}

void refuse_choice(const char* member, const std::vector<std::string>& texts) {
  std::string problem = "must be ";
  for (std::size_t at = 0; at < texts.size(); ++at) {
    if (at > 0) problem += at + 1 == texts.size() ? " or " : ", ";
    problem += texts[at];
  }
  refuse(Code::invalid_argument, member, problem);
}

// ------------------------------------------------------------------------------ to Python

py::object to_python(std::string_view text) {
  return owned(PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace"));
}
py::object to_python(const std::string& text) {
  return to_python(std::string_view(text));
}
py::object to_python(PersonId id) {
  return record_id(python().person_id, id.value);
}
py::object to_python(LicenseId id) {
  return record_id(python().license_id, id.value);
}
py::object to_python(AssignmentId id) {
  return record_id(python().assignment_id, id.value);
}
py::object to_python(ActorId id) {
  return record_id(python().actor_id, id.value);
}

py::object to_python(Timestamp instant) {
  (void)python();
  if (!datetime_has(instant)) return py::int_(instant.us);
  using namespace std::chrono;
  const auto day = floor<days>(sys_time<microseconds>(microseconds(instant.us)));
  const year_month_day date(day);
  const std::int64_t us = instant.us - day.time_since_epoch().count() * day_us;
  const auto seconds = static_cast<int>(us / second_us);
  return owned(PyDateTimeAPI->DateTime_FromDateAndTime(
      static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
      static_cast<int>(static_cast<unsigned>(date.day())), seconds / 3600, seconds / 60 % 60,
      seconds % 60, static_cast<int>(us % second_us), PyDateTime_TimeZone_UTC,
      PyDateTimeAPI->DateTimeType));
}

py::object to_python(Date date) {
  (void)python();
  if (!datetime_has({date.days * day_us})) return py::int_(date.days);
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(date.days))};
  return owned(PyDateTimeAPI->Date_FromDate(
      static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
      static_cast<int>(static_cast<unsigned>(day.day())), PyDateTimeAPI->DateType));
}

py::object to_python(Money amount) {
  return python().decimal(amount.to_string());
}
py::object to_python(const MoneySum& sum) {
  return python().decimal(sum.to_string());
}
py::object to_python(SeatTotal total) {
  return total.is_unlimited() ? py::object(py::none()) : py::object(py::int_(total.seats()));
}

py::object enum_member(const char* class_name, std::int64_t value) {
  const auto& members = python().enums.at(class_name);
  const auto found = members.find(value);
  return found == members.end() ? py::object(py::int_(value)) : found->second;
}

// ---------------------------------------------------------------------------- from Python

void from_python(py::handle from, const char* member, std::string_view& to) {
  if (PyBytes_Check(from.ptr())) {
    to = {PyBytes_AS_STRING(from.ptr()), static_cast<std::size_t>(PyBytes_GET_SIZE(from.ptr()))};
    return;
  }
  if (!PyUnicode_Check(from.ptr())) wrong_type(member, "a str or bytes", from);
  Py_ssize_t size = 0;
  const char* const bytes = PyUnicode_AsUTF8AndSize(from.ptr(), &size);
  if (bytes == nullptr) {
    PyErr_Clear();
    refuse(Code::invalid_text, member, "must be valid UTF-8: the text has lone surrogates");
  }
  to = {bytes, static_cast<std::size_t>(size)};
}

void from_python(py::handle from, const char* member, std::string& to) {
  if (!PyUnicode_Check(from.ptr())) wrong_type(member, "a str", from);
  Py_ssize_t size = 0;
  if (const char* const bytes = PyUnicode_AsUTF8AndSize(from.ptr(), &size)) {
    to.assign(bytes, static_cast<std::size_t>(size));
    return;
  }
  // Lone surrogates become invalid UTF-8, which the library refuses in the order of its checks.
  PyErr_Clear();
  const py::object encoded = owned(PyUnicode_AsEncodedString(from.ptr(), "utf-8", "surrogatepass"));
  to.assign(PyBytes_AS_STRING(encoded.ptr()),
            static_cast<std::size_t>(PyBytes_GET_SIZE(encoded.ptr())));
}

void from_python(py::handle from, const char* member, bool& to) {
  if (!PyBool_Check(from.ptr())) wrong_type(member, "True or False", from);
  to = from.ptr() == Py_True;
}

std::int64_t integer(py::handle from, const char* member, std::int64_t least, std::int64_t most) {
  if (!PyLong_Check(from.ptr()) || PyBool_Check(from.ptr())) wrong_type(member, "an int", from);
  int beyond = 0;
  const std::int64_t number = PyLong_AsLongLongAndOverflow(from.ptr(), &beyond);
  if (beyond != 0 || number < least || number > most) {
    refuse(Code::invalid_argument, member,
           "must be between " + std::to_string(least) + " and " + std::to_string(most));
  }
  return number;
}

void from_python(py::handle from, const char* member, PersonId& to) {
  static constexpr const char* wanted = "a PersonId or a record of a person";
  if (is_number_for(from, python().person_id, member, wanted)) {
    to.value = id_number(from, member);
  } else if (!read_id(from, to, by(&PersonReceipt::person), by(&Person::id),
                      by(&AssignablePerson::person))) {
    wrong_type(member, wanted, from);
  }
}
void from_python(py::handle from, const char* member, LicenseId& to) {
  static constexpr const char* wanted = "a LicenseId or a record of a license";
  if (is_number_for(from, python().license_id, member, wanted)) {
    to.value = id_number(from, member);
  } else if (!read_id(from, to, by(&LicenseReceipt::license), by(&License::id),
                      by(&UtilizationRow::license), by(&RenewalRow::license),
                      by(&ArchivedOwnerRow::license))) {
    wrong_type(member, wanted, from);
  }
}
void from_python(py::handle from, const char* member, AssignmentId& to) {
  static constexpr const char* wanted = "an AssignmentId or a record of a seat";
  if (is_number_for(from, python().assignment_id, member, wanted)) {
    to.value = id_number(from, member);
  } else if (!read_id(from, to, by(&SeatReceipt::assignment), by(&Assignment::id),
                      by(&SeatRow::assignment), by(&SeatListRow::assignment),
                      by(&SoftwareRow::assignment), by(&RosterRow::assignment),
                      by(&ReviewRow::assignment), by(&ReclaimRow::assignment),
                      by(&HolderRow::assignment))) {
    wrong_type(member, wanted, from);
  }
}
void from_python(py::handle from, const char* member, ActorId& to) {
  static constexpr const char* wanted = "an ActorId or an ActorRecord";
  if (is_number_for(from, python().actor_id, member, wanted)) {
    to.value = id_number(from, member);
  } else if (!read_id(from, to, by(&ActorRecord::id))) {
    wrong_type(member, wanted, from);
  }
}

void from_python(py::handle from, const char* member, Timestamp& to) {
  const Python& objects = python();
  if (PyUnicode_Check(from.ptr())) {
    to = value_of_text(from, Timestamp{INT64_MAX});
    return;
  }
  if (PyLong_Check(from.ptr())) {
    to.us = nearest_integer(from, member);
    return;
  }
  if (!PyDateTime_Check(from.ptr())) {
    wrong_type(member, "a datetime with a time zone, RFC 3339 text or microseconds", from);
  }
  if (from.attr("utcoffset")().is_none()) {
    refuse(Code::invalid_argument, member, "must be a datetime with a time zone");
  }
  py::object utc;
  try {
    utc = from.attr("astimezone")(objects.utc);
  } catch (py::error_already_set& error) {
    if (!error.matches(PyExc_OverflowError)) throw;
    to.us = INT64_MAX;  // before year 1 or after 9999: out of range either way
    return;
  }
  PyObject* const at = utc.ptr();
  using namespace std::chrono;
  const sys_days day{year(PyDateTime_GET_YEAR(at)) /
                     static_cast<unsigned>(PyDateTime_GET_MONTH(at)) /
                     static_cast<unsigned>(PyDateTime_GET_DAY(at))};
  const int seconds = PyDateTime_DATE_GET_HOUR(at) * 3600 + PyDateTime_DATE_GET_MINUTE(at) * 60 +
                      PyDateTime_DATE_GET_SECOND(at);
  to.us = day.time_since_epoch().count() * day_us + seconds * second_us +
          PyDateTime_DATE_GET_MICROSECOND(at);
}

void from_python(py::handle from, const char* member, Date& to) {
  (void)python();
  if (PyUnicode_Check(from.ptr())) {
    to = value_of_text(from, Date{INT32_MAX});
    return;
  }
  if (PyLong_Check(from.ptr())) {
    to.days = static_cast<std::int32_t>(
        std::clamp<std::int64_t>(nearest_integer(from, member), INT32_MIN + 1, INT32_MAX));
    return;
  }
  if (!PyDate_Check(from.ptr()) || PyDateTime_Check(from.ptr())) {
    wrong_type(member, "a date, the text YYYY-MM-DD or days since 1970", from);
  }
  using namespace std::chrono;
  const sys_days day{year(PyDateTime_GET_YEAR(from.ptr())) /
                     static_cast<unsigned>(PyDateTime_GET_MONTH(from.ptr())) /
                     static_cast<unsigned>(PyDateTime_GET_DAY(from.ptr()))};
  to.days = static_cast<std::int32_t>(day.time_since_epoch().count());
}

void from_python(py::handle from, const char* member, Money& to) {
  if (PyUnicode_Check(from.ptr())) {
    to = value_of_text(from, Money{INT64_MAX});
    return;
  }
  const bool whole = PyLong_Check(from.ptr()) && !PyBool_Check(from.ptr());
  if (!whole && !py::isinstance(from, python().decimal)) {
    wrong_type(member, "a Decimal, an int or a decimal text (floats are inexact)", from);
  }
  const py::object amount = python().decimal(from);
  if (!py::cast<bool>(amount.attr("is_finite")())) {
    to = Money::unreadable();
    return;
  }
  // Formats the digits: independent of the precision of the decimal context.
  auto digits = py::cast<std::string>(amount.attr("__format__")("f"));
  if (digits.find('.') != std::string::npos) {
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
  }
  const bool negative = digits.front() == '-';
  if (negative) digits.erase(0, 1);
  to = value_of_text(digits, Money{INT64_MAX});
  if (negative && to != Money::unreadable()) to.ten_thousandths = -to.ten_thousandths;
}

void from_python(py::handle from, const char* member, SeatTotal& to) {
  to = from.is_none() ? SeatTotal::unlimited() : SeatTotal(nearest_integer(from, member));
}

Timestamp clock_time(py::handle from, const char* member) {
  Timestamp time;
  from_python(from, member, time);
  if (time == Timestamp::unreadable()) {
    refuse(Code::invalid_date, member,
           "must have the form YYYY-MM-DDThh:mm:ss followed by Z or an offset");
  }
  if (!datetime_has(time)) {
    refuse(Code::date_out_of_range, member, "must be in the years 1 to 9999");
  }
  return time;
}

void from_python(py::handle from, const char* member, RequestId& to) {
  if (PyUnicode_Check(from.ptr())) {
    std::string_view text;
    from_python(from, member, text);
    const auto parsed = RequestId::parse(text);
    if (!parsed) throw Refused{parsed.error()};
    to = *parsed;
    return;
  }
  py::object bytes = py::reinterpret_borrow<py::object>(from);
  if (py::isinstance(from, python().uuid)) bytes = from.attr("bytes");
  if (!PyBytes_Check(bytes.ptr())) wrong_type(member, "a UUID, 16 bytes or 32 hex digits", from);
  if (PyBytes_GET_SIZE(bytes.ptr()) != static_cast<Py_ssize_t>(to.bytes.size())) {
    refuse(Code::invalid_argument, member, "must have 16 bytes");
  }
  std::memcpy(to.bytes.data(), PyBytes_AS_STRING(bytes.ptr()), to.bytes.size());
}

void from_python(py::handle from, const char* member, Permissions& to) {
  std::vector<Permission> all;
  from_python(from, member, all);
  for (const Permission permission : all) {
    if (static_cast<std::size_t>(permission) >= permission_count) {
      refuse_choice(member, texts_of<Permission>());
    }
    to.add(permission);
  }
}

void from_python(py::handle from, const char* member, std::shared_ptr<Progress>& to) {
  if (from.is_none()) return;
  if (const HeldProgress* const held = Frozen<HeldProgress>::in(from)) {
    to = held->progress;
  } else if (PyCallable_Check(from.ptr()) != 0) {
    to = progress_for(py::reinterpret_borrow<py::object>(from));
  } else {
    wrong_type(member, "a callable or a Progress", from);
  }
}

std::int64_t enumerator(py::handle from, const char* member, const char* class_name) {
  const auto& members = python().enums.at(class_name);
  if (PyUnicode_Check(from.ptr())) {
    std::string_view text;
    from_python(from, member, text);
    std::string name(text);
    for (char& c : name) c = c == '-' || c == '.' ? '_' : c;
    if (name == "export") name = "export_";
    for (const auto& [value, enumerator] : members) {
      if (py::cast<std::string>(enumerator.attr("name")) == name) return value;
    }
    return no_enumerator;
  }
  const std::string wanted = std::string("a ") + class_name + " or its name";
  if (!PyLong_Check(from.ptr()) || PyBool_Check(from.ptr())) {
    wrong_type(member, wanted.c_str(), from);
  }
  const auto found = members.find(integer(from, member, INT32_MIN, INT32_MAX));
  // Checks the class, because enumerators of other classes are numbers too.
  if (found == members.end() || Py_TYPE(found->second.ptr()) != Py_TYPE(from.ptr())) {
    wrong_type(member, wanted.c_str(), from);
  }
  return found->first;
}

}  // namespace seatbook::python

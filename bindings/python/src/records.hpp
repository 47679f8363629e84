/// Python classes for the result structs of calls.
#ifndef SEATBOOK_BINDINGS_PYTHON_RECORDS_HPP_
#define SEATBOOK_BINDINGS_PYTHON_RECORDS_HPP_

#include <pybind11/pybind11.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "python/src/arrow.hpp"
#include "python/src/frozen.hpp"
#include "python/src/values.hpp"
#include "seatbook/describe.hpp"

namespace seatbook::python {

/// A list returned by a call: a sequence that creates each record on access.
template <class Row>
class Rows {
 public:
  Rows() = default;
  explicit Rows(std::vector<Row> rows)
      : rows_(std::make_shared<const std::vector<Row>>(std::move(rows))), end_(rows_->size()) {}

  [[nodiscard]] std::size_t size() const { return end_ - begin_; }
  [[nodiscard]] const Row& row(std::size_t index) const { return (*rows_)[begin_ + index]; }
  /// Returns a record that refers to the row, and keeps the list alive.
  [[nodiscard]] py::object at(std::size_t index) const {
    return Frozen<Row>::make(std::shared_ptr<const Row>(rows_, &row(index)));
  }
  [[nodiscard]] std::vector<const Row*> pointers() const {
    std::vector<const Row*> all;
    all.reserve(size());
    for (std::size_t at = 0; at < size(); ++at) all.push_back(&row(at));
    return all;
  }
  /// Returns a slice that shares the rows.
  [[nodiscard]] Rows part(std::size_t begin, std::size_t end) const {
    Rows rows = *this;
    rows.begin_ = begin_ + begin;
    rows.end_ = begin_ + end;
    return rows;
  }

 private:
  std::shared_ptr<const std::vector<Row>> rows_ = std::make_shared<const std::vector<Row>>();
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

/// Returns the members of a record as a tuple, in order.
template <Described Record>
py::tuple values_of(const Record& record) {
  py::list values;
  Description<Record>::visit(
      [&](const char*, auto pointer) { values.append(to_python(record.*pointer)); });
  return py::tuple(values);
}

/// Visits the derived values that are properties: assign_text() of BulkSummary is a method.
template <Described Record, class Visitor>
void visit_derived(const Visitor& visit) {
  if constexpr (!std::is_same_v<Record, BulkSummary>) Derived<Record>::visit(visit);
}

template <Described Record>
py::tuple names_of() {
  py::list names;
  Description<Record>::visit([&](const char* name, auto) { names.append(name); });
  return py::tuple(names);
}

/// Returns the repr, such as `Person(id=PersonId(1), name='Ada')`. Omits empty members.
std::string record_repr(const char* name, const py::tuple& names, const py::tuple& values);

/// Returns whether a record can be restored from the values of its members. A sum of money cannot,
/// because its value is rounded.
template <Described Record>
constexpr bool is_restorable() {
  bool all = true;
  Description<Record>::visit([&]<class Value>(const char*, Value Record::*) {
    all = all && requires(Value value) { from_python(py::handle(), "", value); };
    if constexpr (std::is_same_v<Value, std::vector<MoneyTotal>> ||
                  std::is_same_v<Value, std::optional<MoneySum>>) {
      all = false;
    }
  });
  return all;
}

/// Restores a record from values_of().
template <Described Record>
Record record_from(const py::tuple& values) {
  Record record;
  std::size_t at = 0;
  if (values.size() != names_of<Record>().size())
    throw py::value_error("wrong number of values for this record");
  Description<Record>::visit([&]<class Value>(const char* name, Value Record::* pointer) {
    const py::object value = values[at++];
    // None means missing, except for a number of seats.
    if (std::is_same_v<Value, SeatTotal> || !value.is_none()) {
      from_python(value, name, record.*pointer);
    }
  });
  return record;
}

/// Builds the class of a record, with comparison and hash by value.
template <Described Record>
FrozenClass<Record> record_class() {
  FrozenClass<Record> made(Description<Record>::name);
  made.derive("Record");
  Description<Record>::visit([&]<class Value>(const char* name, Value Record::* pointer) {
    made.member(name, [pointer](const std::shared_ptr<const Record>& record) {
      if constexpr (Described<Value>) {  // a part of the record, which shares it
        return Frozen<Value>::make(std::shared_ptr<const Value>(record, &(*record.*pointer)));
      } else {
        return to_python((*record).*pointer);
      }
    });
  });
  visit_derived<Record>([&](const char* name, auto get) {
    made.member(name, [get](const std::shared_ptr<const Record>& record) {
      return to_python(get(*record));
    });
  });
  made.slot(
      Py_tp_repr, +[](PyObject* self) {
        return guarded([&]() -> py::object {
          return py::str(record_repr(Description<Record>::name, names_of<Record>(),
                                     values_of(Frozen<Record>::of(self))));
        });
      });
  made.slot(
      Py_tp_richcompare, +[](PyObject* self, PyObject* other, int operation) {
        return compared<Record>(
            self, other, operation, [](const Record& record, py::handle against) -> py::object {
              const Record* const another = Frozen<Record>::in(against);
              if (another == nullptr) return py::reinterpret_borrow<py::object>(Py_NotImplemented);
              return py::bool_(another == &record || values_of(record).equal(values_of(*another)));
            });
      });
  made.slot(
      Py_tp_hash,
      +[](PyObject* self) { return hashed([&] { return values_of(Frozen<Record>::of(self)); }); });
  return made;
}

// ---------------------------------------------------------------------------------- dicts

/// The values of a dict: those of the properties, or JSON types as in the other languages.
enum class Form { python, json };

template <Described Record>
py::dict dict_of(const Record& record, Form form);

/// Returns a value for a dict. A record becomes a dict, a list a list.
template <class Value>
py::object plain(const Value& value, Form form) {
  if constexpr (Described<Value>) {
    return dict_of(value, form);
  } else {
    if (form == Form::python) return to_python(value);
    if constexpr (std::is_enum_v<Value>) {
      return to_python(to_string(value));
    } else if constexpr (requires { value.to_string(); }) {
      return to_python(value.to_string());
    } else {
      return to_python(value);
    }
  }
}
/// Removes the class of an id for JSON. Id 0 is none.
template <class Tag>
py::object plain(Id<Tag> id, Form form) {
  return form == Form::json && id ? py::int_(id.value) : to_python(id);
}
template <class Value>
py::object plain(const std::optional<Value>& value, Form form) {
  return value ? plain(*value, form) : py::none();
}
template <class Value>
py::object plain(const std::vector<Value>& values, Form form) {
  py::list all(values.size());
  for (std::size_t at = 0; at < values.size(); ++at) all[at] = plain(values[at], form);
  return all;
}
template <class Row>
py::object plain(const Rows<Row>& rows, Form form) {
  py::list all(rows.size());
  for (std::size_t at = 0; at < rows.size(); ++at) all[at] = dict_of(rows.row(at), form);
  return all;
}

/// Returns a record as a dict: its members in the order of declaration, then the derived values
/// that JSON has.
template <Described Record>
py::dict dict_of(const Record& record, Form form) {
  py::dict values;
  Description<Record>::visit(
      [&](const char* name, auto pointer) { values[name] = plain(record.*pointer, form); });
  if constexpr (Derived<Record>::in_json) {
    visit_derived<Record>(
        [&](const char* name, auto get) { values[name] = plain(get(record), form); });
  }
  return values;
}

/// Returns the form that the argument `mode` names.
Form form_of(const py::object& mode);

/// Adds a method that returns `convert(value, form)`.
template <class Value, class Convert>
void add_conversion(const py::object& type, const char* name, const char* documentation,
                    const Convert& convert) {
  type.attr(name) = py::cpp_function(
      [convert](const py::object& self, const py::object& mode) {
        return convert(Frozen<Value>::of(self), form_of(mode));
      },
      py::name(name), py::is_method(type), py::kw_only(), py::arg("mode") = "python",
      documentation);
}
template <class Value, class Convert>
void add_to_dict(const py::object& type, const Convert& convert) {
  add_conversion<Value>(type, "to_dict",
                        "to_dict(self, *, mode='python')\n--\n\n"
                        "Returns the properties as a new dict, and nested records as dicts. With "
                        "mode='json' its values are JSON types, as in the other languages.",
                        convert);
}

template <Described Record>
py::object add_record(py::module_& module, FrozenClass<Record> made) {
  py::object type = made.add_to(module);
  add_to_dict<Record>(type, &dict_of<Record>);
  type.attr("__match_args__") = names_of<Record>();
  if constexpr (is_restorable<Record>()) {  // for pickling, in _tables.py
    type.attr("_from_values") = py::staticmethod(py::cpp_function(
        [](const py::tuple& values) { return Frozen<Record>::make(record_from<Record>(values)); }));
  }
  return type;
}

/// Returns whether two lists, or a list and a Python list, have equal records.
template <class Row>
py::object same_rows(const Rows<Row>& rows, py::handle other) {
  const Rows<Row>* const another = Frozen<Rows<Row>>::in(other);
  if (another == nullptr && !py::isinstance<py::list>(other)) {
    return py::reinterpret_borrow<py::object>(Py_NotImplemented);
  }
  const auto others = py::reinterpret_borrow<py::sequence>(other);
  const auto size = rows.size();
  if (others.size() != size) return py::bool_(false);
  for (std::size_t at = 0; at < size; ++at) {
    // Comparing can run code of the items, which can change the list.
    if (others.size() != size || !rows.at(at).equal(others[at])) return py::bool_(false);
  }
  return py::bool_(true);
}

template <class Row>
py::object row_or_part(const Rows<Row>& rows, py::handle index) {
  const auto size = static_cast<py::ssize_t>(rows.size());
  if (!PySlice_Check(index.ptr())) {
    py::ssize_t at = PyNumber_AsSsize_t(index.ptr(), PyExc_IndexError);
    if (at == -1 && PyErr_Occurred() != nullptr) throw py::error_already_set();
    if (at < 0) at += size;
    if (at < 0 || at >= size) throw py::index_error("index out of range");
    return rows.at(static_cast<std::size_t>(at));
  }
  py::ssize_t begin = 0;
  py::ssize_t end = 0;
  py::ssize_t step = 0;
  if (PySlice_Unpack(index.ptr(), &begin, &end, &step) < 0) throw py::error_already_set();
  const py::ssize_t count = PySlice_AdjustIndices(size, &begin, &end, step);
  if (step == 1) {
    return Frozen<Rows<Row>>::make(
        rows.part(static_cast<std::size_t>(begin), static_cast<std::size_t>(begin + count)));
  }
  py::list picked;
  for (py::ssize_t n = 0; n < count; ++n, begin += step) {
    picked.append(rows.at(static_cast<std::size_t>(begin)));
  }
  return picked;
}

/// Makes a class a sequence of rows. `rows_of` returns the rows of a value.
template <class Value, class RowsOfValue>
void make_sequence(FrozenClass<Value>& made, const RowsOfValue& /*without captures*/) {
  made.slot(
      Py_sq_length, +[](PyObject* self) {
        return static_cast<Py_ssize_t>(RowsOfValue{}(Frozen<Value>::of(self)).size());
      });
  made.slot(
      Py_sq_item, +[](PyObject* self, Py_ssize_t at) {
        return guarded([&] {
          const auto& rows = RowsOfValue{}(Frozen<Value>::of(self));
          if (at < 0 || at >= static_cast<Py_ssize_t>(rows.size())) {
            throw py::index_error("index out of range");
          }
          return rows.at(static_cast<std::size_t>(at));
        });
      });
  made.slot(
      Py_mp_length, +[](PyObject* self) {
        return static_cast<Py_ssize_t>(RowsOfValue{}(Frozen<Value>::of(self)).size());
      });
  made.slot(
      Py_mp_subscript, +[](PyObject* self, PyObject* index) {
        return guarded([&] { return row_or_part(RowsOfValue{}(Frozen<Value>::of(self)), index); });
      });
  made.slot(Py_tp_iter, +[](PyObject* self) { return PySeqIter_New(self); });
  made.slot(Py_tp_hash, &PyObject_HashNotImplemented);
}

template <class Value, class RowsOfValue>
void add_columns_of(const py::object& type, const RowsOfValue& /*without captures*/) {
  type.attr("__arrow_c_stream__") = py::cpp_function(
      [](const py::object& self, const py::object& /*requested_schema: ignored*/) {
        return arrow_stream(arrow_table(RowsOfValue{}(Frozen<Value>::of(self)).pointers()));
      },
      py::name("__arrow_c_stream__"), py::is_method(type), py::arg("requested_schema") = py::none(),
      "__arrow_c_stream__(self, requested_schema=None)\n--\n\n"
      "Exports the columns by Arrow's C stream interface.");
}

/// Adds the sequence class of a record class, named with the suffix "Rows".
template <Described Row>
void bind_rows(py::module_& module) {
  using List = Rows<Row>;
  constexpr auto itself = [](const List& rows) -> const List& { return rows; };
  FrozenClass<List> made((std::string(Description<Row>::name) + "Rows").c_str());
  made.derive("Result");
  make_sequence(made, itself);
  made.slot(
      Py_tp_richcompare, +[](PyObject* self, PyObject* other, int operation) {
        return compared<List>(self, other, operation, &same_rows<Row>);
      });
  const py::object type = made.add_to(module);
  type.attr("columns") = names_of<Row>();
  add_columns_of<List>(type, itself);
  add_conversion<List>(type, "to_dicts",
                       "to_dicts(self, *, mode='python')\n--\n\n"
                       "Returns the rows as a list of dicts, as their to_dict() does.",
                       [](const List& rows, Form form) { return plain(rows, form); });
  type.attr("_from_values") = py::staticmethod(py::cpp_function([](const py::iterable& records) {
    std::vector<Row> rows;
    for (const py::handle record : records) rows.push_back(Frozen<Row>::of(record));
    return Frozen<List>::make(List(std::move(rows)));
  }));
}

/// The member of a page that contains its rows.
template <class Page>
struct RowsOf;
#define SEATBOOK_PYTHON_PAGE(page, row, member)         \
  template <>                                           \
  struct RowsOf<page> {                                 \
    using Row = row;                                    \
    static constexpr auto rows = &page::member;         \
    static constexpr const char* member_name = #member; \
  };
SEATBOOK_PYTHON_PAGE(SeatListPage, SeatListRow, rows)
SEATBOOK_PYTHON_PAGE(RosterPage, RosterRow, rows)
SEATBOOK_PYTHON_PAGE(ReclaimPage, ReclaimRow, rows)
SEATBOOK_PYTHON_PAGE(UsageOverTime, UsageStep, steps)
SEATBOOK_PYTHON_PAGE(OffboardingTimes, OffboardingRow, rows)
SEATBOOK_PYTHON_PAGE(EventPage, Event, events)
SEATBOOK_PYTHON_PAGE(NotificationPage, Notification, notifications)
#undef SEATBOOK_PYTHON_PAGE

/// A page with its rows as a separate list, so that accessing them copies nothing.
template <class Page>
struct Paged {
  explicit Paged(Page returned)
      : rows(std::move(returned.*RowsOf<Page>::rows)), page(std::move(returned)) {}
  Rows<typename RowsOf<Page>::Row> rows;
  Page page;
};

void bind_records(py::module_& module);

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_RECORDS_HPP_

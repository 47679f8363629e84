/// Classes of Python for the structs that calls answer.
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
#include "python/src/members.hpp"
#include "python/src/values.hpp"

namespace seatbook::python {

/// A list that a call has answered: a sequence that makes a record of a row when it is asked for.
template <class Row>
class Rows {
 public:
  Rows() = default;
  explicit Rows(std::vector<Row> rows)
      : rows_(std::make_shared<const std::vector<Row>>(std::move(rows))), end_(rows_->size()) {}

  [[nodiscard]] std::size_t size() const { return end_ - begin_; }
  [[nodiscard]] py::object at(std::size_t index) const {
    return to_python((*rows_)[begin_ + index]);
  }
  [[nodiscard]] std::vector<const Row*> pointers() const {
    std::vector<const Row*> all;
    all.reserve(size());
    for (std::size_t at = begin_; at < end_; ++at) all.push_back(&(*rows_)[at]);
    return all;
  }
  /// The rows stay where they are: a part of them costs nothing.
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

template <class Record, class Value>
py::object member_of(const Record& record, Value Record::* pointer) {
  return to_python(record.*pointer);
}
// Numbers that name a record, or nothing.
inline py::object member_of(const Outcome& outcome, std::uint64_t Outcome::* pointer) {
  return pointer == &Outcome::assignment ? to_python(AssignmentId(outcome.assignment))
                                         : to_python(outcome.*pointer);
}
inline py::object member_of(const InventoryRow& row, std::uint64_t InventoryRow::* pointer) {
  if (pointer == &InventoryRow::record && row.record == 0) return py::none();
  return to_python(row.*pointer);
}

/// A record's members as a tuple, in their order.
template <Described Record>
py::tuple values_of(const Record& record) {
  py::list values;
  Members<Record>::visit(
      [&](const char*, auto pointer) { values.append(member_of(record, pointer)); });
  return py::tuple(values);
}

template <Described Record>
py::tuple names_of() {
  py::list names;
  Members<Record>::visit([&](const char* name, auto) { names.append(name); });
  return py::tuple(names);
}

/// `Person(id=PersonId(1), name='Ada')`: what is empty is left out.
std::string record_repr(const char* name, const py::tuple& names, const py::tuple& values);

/// Whether a record can be made of what its members answer. A sum of money cannot: what is answered
/// has been rounded.
template <Described Record>
constexpr bool is_made_of_values() {
  bool all = true;
  Members<Record>::visit([&]<class Value>(const char*, Value Record::*) {
    all = all && requires(Value value) { from_python(py::handle(), "", value); };
    if constexpr (std::is_same_v<Value, std::vector<MoneyTotal>> ||
                  std::is_same_v<Value, std::optional<MoneySum>>) {
      all = false;
    }
  });
  return all;
}

/// The opposite of values_of().
template <Described Record>
Record record_from(const py::tuple& values) {
  Record record;
  std::size_t at = 0;
  if (values.size() != names_of<Record>().size()) throw py::value_error("not this record's values");
  Members<Record>::visit([&]<class Value>(const char* name, Value Record::* pointer) {
    const py::object value = values[at++];
    // None is what is missing, but for a number of seats.
    if (std::is_same_v<Value, SeatTotal> || !value.is_none()) {
      from_python(value, name, record.*pointer);
    }
  });
  return record;
}

/// A frozen class whose objects compare by value and can be hashed.
template <Described Record>
py::class_<Record> bind_record(py::module_& module) {
  py::class_<Record> type(module, Members<Record>::name);
  Members<Record>::visit([&](const char* name, auto pointer) {
    type.def_property_readonly(
        name, [pointer](const Record& record) { return member_of(record, pointer); });
  });
  type.attr("__match_args__") = names_of<Record>();
  type.def("__repr__", [](const Record& record) {
    return record_repr(Members<Record>::name, names_of<Record>(), values_of(record));
  });
  type.def("__eq__", [](const Record& record, py::handle other) -> py::object {
    if (!py::isinstance<Record>(other)) {
      return py::reinterpret_borrow<py::object>(Py_NotImplemented);
    }
    return py::bool_(values_of(record).equal(values_of(py::cast<const Record&>(other))));
  });
  type.def("__hash__", [](const Record& record) { return py::hash(values_of(record)); });
  if constexpr (is_made_of_values<Record>()) {
    type.def_static("_from_values", &record_from<Record>);  // for pickle, in _tables.py
  }
  return type;
}

/// The sequence of a class of records, under its name and "Rows".
template <Described Row>
void bind_rows(py::module_& module) {
  using List = Rows<Row>;
  py::class_<List> type(module, (std::string(Members<Row>::name) + "Rows").c_str());
  type.attr("columns") = names_of<Row>();
  type.def("__len__", &List::size);
  type.def("__getitem__", [](const List& rows, py::ssize_t index) {
    const auto size = static_cast<py::ssize_t>(rows.size());
    if (index < 0) index += size;
    if (index < 0 || index >= size) throw py::index_error("there is no such row");
    return rows.at(static_cast<std::size_t>(index));
  });
  type.def("__getitem__", [](const List& rows, const py::slice& slice) -> py::object {
    py::ssize_t begin = 0;
    py::ssize_t end = 0;
    py::ssize_t step = 0;
    py::ssize_t count = 0;
    if (!slice.compute(static_cast<py::ssize_t>(rows.size()), &begin, &end, &step, &count)) {
      throw py::error_already_set();
    }
    if (step == 1) {
      return py::cast(
          rows.part(static_cast<std::size_t>(begin), static_cast<std::size_t>(begin + count)));
    }
    py::list picked;
    for (py::ssize_t n = 0; n < count; ++n, begin += step) {
      picked.append(rows.at(static_cast<std::size_t>(begin)));
    }
    return picked;
  });
  type.def("__eq__", [](const List& rows, py::handle other) -> py::object {
    if (!py::isinstance<List>(other) && !py::isinstance<py::list>(other)) {
      return py::reinterpret_borrow<py::object>(Py_NotImplemented);
    }
    const auto others = py::reinterpret_borrow<py::sequence>(other);
    if (others.size() != rows.size()) return py::bool_(false);
    for (std::size_t at = 0; at < rows.size(); ++at) {
      if (!rows.at(at).equal(others[at])) return py::bool_(false);
    }
    return py::bool_(true);
  });
  type.attr("__hash__") = py::none();
  type.def(
      "__arrow_c_stream__",
      [](const List& rows, const py::object& /*requested_schema: a wish, not fulfilled*/) {
        return arrow_stream(arrow_table(rows.pointers()));
      },
      py::arg("requested_schema") = py::none());
}

/// Which member of a page holds its rows.
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
SEATBOOK_PYTHON_PAGE(ReclaimAnswer, ReclaimRow, rows)
SEATBOOK_PYTHON_PAGE(UsageOverTime, UsageStep, steps)
SEATBOOK_PYTHON_PAGE(OffboardingTimes, OffboardingRow, rows)
SEATBOOK_PYTHON_PAGE(EventPage, Event, events)
SEATBOOK_PYTHON_PAGE(NotificationPage, Notification, notifications)
#undef SEATBOOK_PYTHON_PAGE

/// A page with its rows as a list of their own, so that looking at them copies nothing.
template <class Page>
struct Paged {
  explicit Paged(Page answered)
      : rows(std::move(answered.*RowsOf<Page>::rows)), page(std::move(answered)) {}
  Rows<typename RowsOf<Page>::Row> rows;
  Page page;
};

void bind_records(py::module_& module);

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_RECORDS_HPP_

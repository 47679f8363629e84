#include "python/src/records.hpp"

#include "python/src/annotations.hpp"

#include <string>
#include <type_traits>
#include <vector>

namespace seatbook::python {
namespace {

/// For the stub: every class as (name, base, [(member, type)]).
py::list& described() {
  static auto* const all = new py::list();
  return *all;
}

template <Described Record>
void describe(const char* base) {
  py::list members;
  Members<Record>::visit([&]<class Value>(const char* name, Value Record::*) {
    // A page has its rows as a list of their own; within a record a list is a tuple.
    constexpr bool is_rows = [] {
      if constexpr (requires { RowsOf<Record>::rows; }) {
        return std::is_same_v<Value, std::vector<typename RowsOf<Record>::Row>>;
      }
      return false;
    }();
    members.append(py::make_tuple(
        name, is_rows ? AnswerAnnotation<Value>::name() : Annotation<Value>::answered()));
  });
  described().append(py::make_tuple(Members<Record>::name, base, members));
}

template <Described Record>
py::class_<Record> bind_described(py::module_& module) {
  describe<Record>("record");
  return bind_record<Record>(module);
}

/// Also made by hosts: as arguments of calls.
template <Described Record>
void bind_input(py::module_& module) {
  describe<Record>("input");
  bind_record<Record>(module).def(py::init([](const py::kwargs& members) {
    Record record;
    from_python(members, Members<Record>::name, record);
    return record;
  }));
}

template <Described Row>
void bind_row(py::module_& module) {
  describe<Row>("row");
  bind_record<Row>(module);
  bind_rows<Row>(module);
}

/// A page is iterated over like its rows.
template <class Page>
void bind_page(py::module_& module) {
  using Bound = Paged<Page>;
  describe<Page>("page");
  py::class_<Bound> type(module, Members<Page>::name);
  Members<Page>::visit([&]<class Value>(const char* name, Value Page::* pointer) {
    if constexpr (std::is_same_v<Value, std::vector<typename RowsOf<Page>::Row>>) {
      type.def_property_readonly(name, [](const Bound& bound) { return bound.rows; });
    } else {
      type.def_property_readonly(
          name, [pointer](const Bound& bound) { return to_python(bound.page.*pointer); });
    }
  });
  type.def("__len__", [](const Bound& bound) { return bound.rows.size(); });
  type.def(
      "__arrow_c_stream__",
      [](const Bound& bound, const py::object& /*requested_schema*/) {
        return arrow_stream(arrow_table(bound.rows.pointers()));
      },
      py::arg("requested_schema") = py::none());
  type.def("__getitem__", [](const Bound& bound, const py::object& index) -> py::object {
    return py::cast(bound.rows)[index];
  });
  type.def("__repr__", [](const Bound& bound) {
    return std::string(Members<Page>::name) + "(" + std::to_string(bound.rows.size()) + " " +
           RowsOf<Page>::member_name + ")";
  });
}

}  // namespace

std::string record_repr(const char* name, const py::tuple& names, const py::tuple& values) {
  std::string text = std::string(name) + "(";
  const char* separator = "";
  for (std::size_t at = 0; at < names.size(); ++at) {
    const py::object value = values[at];
    const bool empty = value.is_none() || (py::isinstance<py::str>(value) && py::len(value) == 0);
    if (empty) continue;
    text +=
        separator + py::cast<std::string>(names[at]) + "=" + py::cast<std::string>(py::repr(value));
    separator = ", ";
  }
  return text + ")";
}

void bind_records(py::module_& module) {
  // What others hold comes before them.
  bind_described<Outcome>(module);
  bind_described<BulkSummary>(module).def("assign_text", &BulkSummary::assign_text);
  bind_described<PersonAnswer>(module);
  bind_described<LicenseAnswer>(module);
  bind_described<SeatAnswer>(module);
  bind_described<BulkAnswer>(module);
  bind_input<SeatUse>(module);
  bind_input<PeopleColumns>(module);
  bind_input<LicenseColumns>(module);

  bind_row<Person>(module);
  bind_row<License>(module);
  bind_described<Assignment>(module);
  bind_described<ActorRecord>(module);
  bind_described<LicenseTerms>(module);
  bind_described<HistoryRow>(module);
  bind_described<HistoryTexts>(module);
  bind_row<HistoryEntry>(module);
  bind_described<LicenseContacts>(module);

  bind_row<SeatRow>(module);
  bind_row<SoftwareRow>(module);
  bind_row<PickerRow>(module);
  bind_row<ReviewRow>(module);
  bind_row<ArchivedOwnerRow>(module);
  bind_row<SeatListRow>(module);
  bind_row<RosterRow>(module);
  bind_described<SeatFigures>(module);

  bind_described<MoneyTotal>(module).def_property_readonly(
      "twelfths", [](const MoneyTotal& total) { return total.monthly.twelfths(); });
  bind_row<UtilizationRow>(module);
  bind_row<ReclaimRow>(module);
  bind_row<RenewalRow>(module);
  bind_row<HolderRow>(module);
  bind_row<UsageStep>(module);
  bind_row<OffboardingRow>(module);
  bind_row<Event>(module);
  bind_described<Notification::Seat>(module);
  bind_row<Notification>(module);
  bind_row<RosterFileRow>(module);
  bind_row<InventoryRow>(module);

  bind_page<SeatListPage>(module);
  bind_page<RosterPage>(module);
  bind_page<ReclaimAnswer>(module);
  bind_page<UsageOverTime>(module);
  bind_page<OffboardingTimes>(module);
  bind_page<EventPage>(module);
  bind_page<NotificationPage>(module);

  bind_described<RosterReport>(module)
      .def("column_name",
           [](const RosterReport& report, const RosterFileRow& row) {
             return to_python(report.column_name(row));
           })
      .def_property_readonly(
          "unmatched_emails",
          [](const RosterReport& report) { return to_python(report.unmatched_emails()); })
      .def("to_csv", [](const RosterReport& report, const py::kwargs& format) {
        CsvFormat wanted;
        from_python(format, "to_csv", wanted);
        return py::bytes(to_csv(report, wanted));
      });
  bind_described<InventoryReport>(module).def(
      "column_name", [](const InventoryReport& report, const InventoryRow& row) {
        return to_python(report.column_name(row));
      });
  bind_described<Usage>(module)
      .def_property_readonly("available", [](const Usage& u) { return to_python(u.available()); })
      .def_property_readonly("over_by", &Usage::over_by)
      .def_property_readonly("can_assign", &Usage::can_assign)
      .def_property_readonly("text", &Usage::text)
      .def_property_readonly("available_text", &Usage::available_text);
  module.attr("_records") = described();
  module.attr("Usage").attr("__repr__") = py::cpp_function(
      [](const Usage& u) {
        const auto available = u.available();
        return "Usage(" + u.text() +
               (available ? ", " + std::to_string(*available) + " available)" : ")");
      },
      py::is_method(module.attr("Usage")));
}

}  // namespace seatbook::python

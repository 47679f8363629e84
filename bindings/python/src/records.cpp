#include "python/src/records.hpp"

#include "python/src/defaults.hpp"

#include <string>
#include <type_traits>
#include <vector>

namespace seatbook::python {
namespace {

template <Described Record>
py::object bind_record(py::module_& module) {
  return add_record(module, record_class<Record>());
}

/// Binds a record that hosts can create, as an argument of calls.
template <Described Record>
void bind_input(py::module_& module) {
  FrozenClass<Record> made = record_class<Record>();
  // Only the signature: the text comes from _documentation.py.
  std::string signature = std::string(Description<Record>::name) + "(*";
  const Record defaults;
  Description<Record>::visit([&](const char* name, auto pointer) {
    signature += std::string(", ") + name + "=" + default_text(defaults.*pointer);
  });
  signature += ")\n--\n\n";
  made.document(signature.c_str());
  made.slot(
      Py_tp_new, +[](PyTypeObject* /*type: it is final*/, PyObject* args, PyObject* kwargs) {
        return guarded([&] {
          if (PyTuple_GET_SIZE(args) != 0) {
            throw py::type_error(std::string(Description<Record>::name) +
                                 "() takes keyword arguments only");
          }
          Record record;
          if (kwargs != nullptr) from_python(kwargs, Description<Record>::name, record);
          return Frozen<Record>::make(std::move(record));
        });
      });
  add_record(module, std::move(made));
}

template <Described Row>
void bind_row(py::module_& module) {
  bind_record<Row>(module);
  bind_rows<Row>(module);
}

/// Returns the members of a page except its rows.
template <class Page>
py::tuple figures_of(const Paged<Page>& paged) {
  py::list figures;
  Description<Page>::visit([&]<class Value>(const char*, Value Page::* pointer) {
    if constexpr (!std::is_same_v<Value, std::vector<typename RowsOf<Page>::Row>>) {
      figures.append(to_python(paged.page.*pointer));
    }
  });
  return py::tuple(figures);
}

/// Binds a page, which is a sequence of its rows.
template <class Page>
void bind_page(py::module_& module) {
  using Bound = Paged<Page>;
  using List = Rows<typename RowsOf<Page>::Row>;
  constexpr auto rows_of = [](const Bound& bound) -> const List& { return bound.rows; };
  FrozenClass<Bound> made(Description<Page>::name);
  made.derive("Result");
  Description<Page>::visit([&]<class Value>(const char* name, Value Page::* pointer) {
    made.member(name, [pointer](const std::shared_ptr<const Bound>& bound) {
      if constexpr (std::is_same_v<Value, std::vector<typename RowsOf<Page>::Row>>) {
        (void)pointer;
        return Frozen<List>::make(bound->rows);
      } else {
        return to_python(bound->page.*pointer);
      }
    });
  });
  make_sequence(made, rows_of);
  made.slot(
      Py_tp_richcompare, +[](PyObject* self, PyObject* other, int operation) {
        return compared<Bound>(self, other, operation,
                               [](const Bound& bound, py::handle against) -> py::object {
                                 const Bound* const another = Frozen<Bound>::in(against);
                                 if (another == nullptr)
                                   return py::reinterpret_borrow<py::object>(Py_NotImplemented);
                                 if (!figures_of(bound).equal(figures_of(*another)))
                                   return py::bool_(false);
                                 return same_rows(bound.rows, Frozen<List>::make(another->rows));
                               });
      });
  made.slot(
      Py_tp_repr, +[](PyObject* self) {
        return guarded([&]() -> py::object {
          return py::str(std::string(Description<Page>::name) + "(" +
                         std::to_string(Frozen<Bound>::of(self).rows.size()) + " " +
                         RowsOf<Page>::member_name + ")");
        });
      });
  const py::object type = made.add_to(module);
  add_columns_of<Bound>(type, rows_of);
  add_to_dict<Bound>(type, [](const Bound& bound, Form form) {
    py::dict values;
    Description<Page>::visit([&]<class Value>(const char* name, Value Page::* pointer) {
      if constexpr (std::is_same_v<Value, std::vector<typename RowsOf<Page>::Row>>) {
        (void)pointer;
        values[name] = plain(bound.rows, form);
      } else {
        values[name] = plain(bound.page.*pointer, form);
      }
    });
    return values;
  });
  type.attr("_members") = names_of<Page>();
  if constexpr (is_restorable<Page>()) {
    type.attr("_from_values") = py::staticmethod(py::cpp_function([](const py::tuple& values) {
      return Frozen<Bound>::make(Bound(record_from<Page>(values)));
    }));
  }
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

Form form_of(const py::object& mode) {
  std::string name;
  from_python(mode, "mode", name);
  if (name != "python" && name != "json") {
    refuse_choice("mode", {"python", "json"});
  }
  return name == "json" ? Form::json : Form::python;
}

void bind_records(py::module_& module) {
  // Nested records come before the records that contain them.
  bind_record<Outcome>(module);
  add_method<BulkSummary>(
      bind_record<BulkSummary>(module), "assign_text",
      +[](const BulkSummary& summary) { return summary.assign_text(); },
      "assign_text(self)\n--\n\nReturns the counters as a line for people (A33, C45).");
  bind_record<PersonReceipt>(module);
  bind_record<LicenseReceipt>(module);
  bind_record<SeatReceipt>(module);
  bind_record<BulkReceipt>(module);
  bind_input<SeatUse>(module);
  bind_input<PeopleColumns>(module);
  bind_input<LicenseColumns>(module);

  bind_row<Person>(module);
  bind_row<License>(module);
  bind_record<Assignment>(module);
  bind_record<ActorRecord>(module);
  bind_record<LicenseTerms>(module);
  bind_record<HistoryRow>(module);
  bind_record<FieldChange>(module);
  bind_record<HistoryTexts>(module);
  bind_row<HistoryEntry>(module);
  bind_record<LicenseContacts>(module);

  bind_record<CallTimes>(module);
  bind_record<BookStats>(module);
  bind_record<LogEntry>(module);

  bind_row<SeatRow>(module);
  bind_row<SoftwareRow>(module);
  bind_row<AssignablePerson>(module);
  bind_row<ReviewRow>(module);
  bind_row<ArchivedOwnerRow>(module);
  bind_row<SeatListRow>(module);
  bind_row<RosterRow>(module);
  bind_record<SeatFigures>(module);

  bind_record<MoneyTotal>(module);
  bind_row<UtilizationRow>(module);
  bind_row<ReclaimRow>(module);
  bind_row<RenewalRow>(module);
  bind_row<HolderRow>(module);
  bind_row<UsageStep>(module);
  bind_row<OffboardingRow>(module);
  bind_row<Event>(module);
  bind_record<Notification::Seat>(module);
  bind_row<Notification>(module);
  bind_row<RosterFileRow>(module);
  bind_row<InventoryRow>(module);

  bind_page<SeatListPage>(module);
  bind_page<RosterPage>(module);
  bind_page<ReclaimPage>(module);
  bind_page<UsageOverTime>(module);
  bind_page<OffboardingTimes>(module);
  bind_page<EventPage>(module);
  bind_page<NotificationPage>(module);

  const py::object roster_report = bind_record<RosterReport>(module);
  add_method<RosterReport>(
      roster_report, "column_name",
      +[](const RosterReport& report, const py::object& row) {
        return to_python(report.column_name(Frozen<RosterFileRow>::of(row)));
      },
      py::arg("row"),
      "column_name(self, row)\n--\n\nReturns the column of the file that a row refers to; empty: "
      "none.");
  add_method<RosterReport>(
      roster_report, "to_csv",
      +[](const RosterReport& report, const py::kwargs& format) {
        CsvFormat wanted;
        from_python(format, "to_csv", wanted);
        return py::bytes(to_csv(report, wanted));
      },
      "to_csv(self, *, profile='spreadsheet', utc_offset_minutes=0, byte_order_mark=False)\n--\n\n"
      "Returns the rows that were not added, as a file that can be fixed and imported again.");
  add_method<InventoryReport>(
      bind_record<InventoryReport>(module), "column_name",
      +[](const InventoryReport& report, const py::object& row) {
        return to_python(report.column_name(Frozen<InventoryRow>::of(row)));
      },
      py::arg("row"),
      "column_name(self, row)\n--\n\nReturns the column of the file that a row refers to; empty: "
      "none.");
  FrozenClass<Usage> usage = record_class<Usage>();
  usage.slot(
      Py_tp_repr, +[](PyObject* self) {
        return guarded([&]() -> py::object {
          const Usage& u = Frozen<Usage>::of(self);
          const auto available = u.available();
          return py::str("Usage(" + u.text() +
                         (available ? ", " + std::to_string(*available) + " available)" : ")"));
        });
      });
  add_record(module, std::move(usage));
}

}  // namespace seatbook::python

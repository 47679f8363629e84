// The class Session: one method for each operation, with keyword arguments.
#include "python/src/session.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "python/src/annotations.hpp"
#include "python/src/documentation.hpp"
#include "python/src/errors.hpp"
#include "python/src/progress.hpp"
#include "python/src/records.hpp"

namespace seatbook::python {
namespace {

/// One argument of a call: its Python name, and the setter of the request.
template <class Request>
struct Parameter {
  std::string name;
  py::object interned;  // usually identical to the keyword of the caller
  std::function<void(Request&, py::handle)> set;
  std::string type;          // for the signature and the stub
  std::string default_text;  // as Python writes it; empty: required
  bool required = false;     // positional and not optional
};

template <class Request>
using Parameters = std::vector<Parameter<Request>>;

/// Returns the Python name of a member: `from` is a keyword.
std::string python_name(const char* member) {
  return std::strcmp(member, "from") == 0 ? "from_" : member;
}

template <class Request>
void add(Parameters<Request>& to, const char* member, std::string type, std::string default_text,
         std::function<void(Request&, py::handle)> set) {
  const std::string name = python_name(member);
  to.push_back({name, py::reinterpret_steal<py::object>(PyUnicode_InternFromString(name.c_str())),
                std::move(set), std::move(type), std::move(default_text)});
}

/// Returns a value that cannot change while a call runs without the interpreter's lock: a copy of a
/// mutable buffer, which the call keeps alive.
py::handle immutable(py::handle value) {
  if (!PyByteArray_Check(value.ptr()) && !PyMemoryView_Check(value.ptr())) return value;
  const auto copy = py::reinterpret_steal<py::object>(PyBytes_FromObject(value.ptr()));
  if (!copy) throw py::error_already_set();
  py::detail::loader_life_support::add_patient(copy);
  return copy;
}

/// Adds all members of a struct. `inside` returns the struct from the request.
template <class Request, class Part>
void add_members(Parameters<Request>& to, std::function<Part&(Request&)> inside) {
  const Part defaults;
  Description<Part>::visit([&]<class Value>(const char* member, Value Part::* pointer) {
    add<Request>(to, member, Annotation<Value>::given(), default_text(defaults.*pointer),
                 [=](Request& request, py::handle value) {
                   if constexpr (std::is_same_v<Value, std::string_view>) {
                     value = immutable(value);
                   }
                   from_python(value, member, inside(request).*pointer);
                 });
  });
}
template <class Request>
Parameters<Request> members_of() {
  Parameters<Request> parameters;
  add_members<Request, Request>(parameters, [](Request& request) -> Request& { return request; });
  return parameters;
}

/// Returns whether an argument is a default without a value: None, or `...` for an edit that leaves
/// the member unchanged.
inline bool is_default(py::handle value, const std::string& default_text) {
  return (value.is_none() && default_text == "None") ||
         (value.ptr() == Py_Ellipsis && default_text == "...");
}

/// Reads the arguments; the first one is the session. Errors are worded like Python's.
template <class Request>
void read(const std::string& function, const Parameters<Request>& parameters,
          std::size_t positional, Request& request, const py::args& args,
          const py::kwargs& kwargs) {
  const std::size_t positional_count = args.size() - 1;
  if (positional_count > positional) {
    throw py::type_error(function + "() takes " + std::to_string(positional) +
                         " positional arguments at most");
  }
  std::uint64_t given = 0;
  for (std::size_t at = 0; at < positional_count; ++at) {
    if (!is_default(args[at + 1], parameters[at].default_text)) {
      parameters[at].set(request, args[at + 1]);
    }
    given |= std::uint64_t{1} << at;
  }
  PyObject* key = nullptr;
  PyObject* value = nullptr;
  Py_ssize_t position = 0;
  while (PyDict_Next(kwargs.ptr(), &position, &key, &value) != 0) {
    std::size_t at = 0;
    while (at < parameters.size() && parameters[at].interned.ptr() != key) ++at;
    if (at == parameters.size()) {  // not interned, such as a key of a dict read from a file
      at = 0;
      while (at < parameters.size() &&
             PyUnicode_CompareWithASCIIString(key, parameters[at].name.c_str()) != 0) {
        ++at;
      }
    }
    if (at == parameters.size()) {
      throw py::type_error(function + "() got an unexpected keyword argument '" +
                           py::cast<std::string>(py::handle(key)) + "'");
    }
    if ((given >> at & 1U) != 0) {
      throw py::type_error(function + "() got multiple values for argument '" +
                           parameters[at].name + "'");
    }
    if (!is_default(value, parameters[at].default_text)) {
      parameters[at].set(request, value);
    }
    given |= std::uint64_t{1} << at;
  }
  for (std::size_t at = 0; at < parameters.size(); ++at) {
    if (parameters[at].required && (given >> at & 1U) == 0) {
      throw py::type_error(function + "() missing required argument '" + parameters[at].name + "'");
    }
  }
}

// ------------------------------------------------------------------------------------ results

template <class Returned>
py::object returned(Returned result) {
  if constexpr (requires { RowsOf<Returned>::rows; }) {
    return Frozen<Paged<Returned>>::make(Paged<Returned>(std::move(result)));
  } else {
    return to_python(result);
  }
}
template <Described Row>
py::object returned(std::vector<Row> rows) {
  return Frozen<Rows<Row>>::make(Rows<Row>(std::move(rows)));
}

/// Returns the result of a call, or raises its error.
template <class Returned>
py::object object_of(Result<Returned> result) {
  if (!result) raise(result.error());
  if constexpr (std::is_void_v<Returned>) {
    return py::none();
  } else {
    return returned(*std::move(result));
  }
}

py::object flag_or_error(bool yes) {
  return py::bool_(yes);
}
py::object flag_or_error(const std::optional<Error>& refusal) {
  return refusal ? exception_of(*refusal) : py::none();
}

/// Runs a call without the interpreter's lock and returns its result.
template <class Call>
py::object execute(const Call& call) {
  return object_of(without_interpreter(call));
}
template <class Request, class Call>
py::object execute(const Request& request, const Call& call) {
  if constexpr (requires { request.progress; }) {
    return object_of(run_import(request.progress, call));
  } else {
    return execute(call);
  }
}

// ---------------------------------------------------------------------------------- operations

class Binder {
 public:
  explicit Binder(py::object type) : type_(std::move(type)) {}

  /// Returns all bound operations, for the stub.
  [[nodiscard]] const py::list& described() const { return described_; }

  /// Binds a command or query with a request struct. Its first `positional` members can be passed
  /// without keywords.
  template <class Request, class Returned>
  void call(const char* name, std::size_t positional,
            Result<Returned> (Session::*method)(const Request&)) {
    bind<Request>(name, positional, members_of<Request>(), ResultAnnotation<Returned>::name(),
                  [method](Session& session, Request& request) {
                    return execute(request, [&] { return (session.*method)(request); });
                  });
  }
  template <class Request, class Returned>
  void call(const char* name, std::size_t positional,
            Result<Returned> (Session::*method)(const Request&) const) {
    bind<Request>(name, positional, members_of<Request>(), ResultAnnotation<Returned>::name(),
                  [method](Session& session, Request& request) {
                    return execute(request, [&] { return (session.*method)(request); });
                  });
  }

  /// Binds a query without a request struct: all arguments are positional.
  template <class Returned, class... Values>
  void call(const char* name, std::initializer_list<const char*> names,
            Result<Returned> (Session::*method)(Values...) const) {
    using Request = std::tuple<std::decay_t<Values>...>;
    bind<Request>(
        name, sizeof...(Values), named<Request>(names, std::index_sequence_for<Values...>{}),
        ResultAnnotation<Returned>::name(), [method](Session& session, Request& request) {
          return execute([&] {
            return std::apply([&](const auto&... values) { return (session.*method)(values...); },
                              request);
          });
        });
  }

  /// Binds can() or why_not(), which return a value and never raise.
  template <class Verdict>
  void permission_query(const char* name, const char* result_type,
                        Verdict (Session::*method)(Operation) const) {
    using Request = std::tuple<Operation>;
    bind<Request>(name, 1, named<Request>({"operation"}, std::index_sequence_for<Operation>{}),
                  result_type, [method](Session& session, Request& request) {
                    return flag_or_error(without_interpreter(
                        [&] { return (session.*method)(std::get<0>(request)); }));
                  });
  }

  /// Binds a page of events, whose `limit` has a separate default.
  template <class Returned>
  void page(const char* name, Result<Returned> (Session::*method)(Seq, std::uint32_t) const) {
    struct Request {
      Seq after;
      std::uint32_t limit = 1000;
    };
    Parameters<Request> parameters;
    add<Request>(parameters, "after", "int", "0", [](Request& request, py::handle value) {
      from_python(value, "after", request.after);
    });
    add<Request>(parameters, "limit", "int", "1000", [](Request& request, py::handle value) {
      from_python(value, "limit", request.limit);
    });
    bind<Request>(name, 2, std::move(parameters), ResultAnnotation<Returned>::name(),
                  [method](Session& session, Request& request) {
                    return execute([&] { return (session.*method)(request.after, request.limit); });
                  });
  }

  /// Binds an export. `to` receives the file; without it the result contains the file.
  template <class Request, class List>
  void file(const char* name, std::size_t positional, List Request::* list,
            Result<ExportReport> (Session::*method)(const Request&, const CsvSink&) const) {
    bind_file<Request>(name, positional, method, [list](Parameters<FileRequest<Request>>& to) {
      add_members<FileRequest<Request>, List>(
          to, [list](FileRequest<Request>& file) -> List& { return file.request.*list; });
      // An export has no pages.
      to.erase(std::remove_if(to.begin(), to.end(),
                              [](const auto& parameter) {
                                return parameter.name == "after" || parameter.name == "limit";
                              }),
               to.end());
    });
  }
  void roster_file(const char* name,
                   Result<ExportReport> (Session::*method)(const ExportRoster&, const CsvSink&)
                       const) {
    bind_file<ExportRoster>(name, 1, method, [](Parameters<FileRequest<ExportRoster>>& to) {
      using File = FileRequest<ExportRoster>;
      add<File>(to, "license", "LicenseLike", "", [](File& file, py::handle value) {
        from_python(value, "license", file.request.license);
      });
      add<File>(to, "include_cost", "bool", "False", [](File& file, py::handle value) {
        from_python(value, "include_cost", file.request.include_cost);
      });
    });
  }

 private:
  template <class Request>
  struct FileRequest {
    Request request;
    py::object to = py::none();
  };

  /// Returns the default of an optional argument of a query.
  template <class Value>
  static const char* optional_at() {
    return requires(Value value) { value.has_value(); } ? "None" : "";
  }

  template <class Request, std::size_t... at>
  static Parameters<Request> named(std::initializer_list<const char*> names,
                                   std::index_sequence<at...> /*all*/) {
    Parameters<Request> parameters;
    [[maybe_unused]] const auto* name = names.begin();
    (add<Request>(parameters, name[at], Annotation<std::tuple_element_t<at, Request>>::given(),
                  optional_at<std::tuple_element_t<at, Request>>(),
                  [member = name[at]](Request& request, py::handle value) {
                    from_python(value, member, std::get<at>(request));
                  }),
     ...);
    return parameters;
  }

  /// Returns whether a positional argument is optional: all except records, files and enumerators.
  static bool is_optional(const std::string& type) {
    return type == "str" || type == "int" || type.rfind("Optional", 0) == 0;
  }

  /// Returns a docstring: a signature in Python's text format, the description, and one line for
  /// each argument.
  template <class Request>
  std::string documented(const char* name, std::size_t positional,
                         const Parameters<Request>& parameters) {
    std::string signature = std::string(name) + "(self";
    for (std::size_t at = 0; at < parameters.size(); ++at) {
      if (at == positional) signature += ", *";
      signature += ", " + parameters[at].name;
      if (!parameters[at].required) signature += "=" + parameters[at].default_text;
    }
    std::string text = signature + ")\n--\n\n" + documentation_of(name);
    if (!parameters.empty()) text += "\n";
    const auto text_of = py::module_::import("seatbook._documentation").attr("of_argument");
    for (const auto& parameter : parameters) {
      text += "\n" + parameter.name + ": " + py::cast<std::string>(text_of(name, parameter.name));
    }
    return text;
  }

  /// Adds an operation for the stub: (name, positional, [(name, type, default)], result, text).
  template <class Request>
  void describe(const char* name, std::size_t positional, const Parameters<Request>& parameters,
                const std::string& result_type) {
    py::list all;
    for (const auto& parameter : parameters) {
      all.append(py::make_tuple(parameter.name, parameter.type, parameter.default_text));
    }
    described_.append(py::make_tuple(name, positional, all, result_type, documentation_of(name)));
  }

  template <class Request, class Run>
  void bind(const char* name, std::size_t positional, Parameters<Request> parameters,
            const std::string& result_type, const Run& run) {
    for (std::size_t at = 0; at < parameters.size(); ++at) {
      Parameter<Request>& parameter = parameters[at];
      parameter.required =
          parameter.default_text.empty() || (at < positional && !is_optional(parameter.type));
      // None is a valid number of seats (unlimited), so it has no default.
      if (std::is_same_v<Request, SetTotalSeats> && at < positional) parameter.required = true;
      if (parameter.required) parameter.default_text.clear();
    }
    describe(name, positional, parameters, result_type);
    const std::string documentation = documented(name, positional, parameters);
    // Lives as long as the module. Never freed, so that no object is released after the interpreter
    // has ended.
    const auto* const kept = new Parameters<Request>(std::move(parameters));
    type_.attr(name) = py::cpp_function(
        [=, function = std::string(name)](const py::args& args, const py::kwargs& kwargs) {
          if (args.empty()) throw py::type_error(function + "() must be called on a session");
          Session& session = Frozen<HeldSession>::of(args[0]).usable();
          Request request;
          try {
            read(function, *kept, positional, request, args, kwargs);
          } catch (const Refused& refused) {
            raise(refused.error);
          }
          return run(session, request);
        },
        py::name(name), py::is_method(type_), documentation.c_str());
  }

  template <class Request, class AddList>
  void bind_file(const char* name, std::size_t positional,
                 Result<ExportReport> (Session::*method)(const Request&, const CsvSink&) const,
                 const AddList& add_list) {
    using File = FileRequest<Request>;
    Parameters<File> parameters;
    add_list(parameters);
    add_members<File, CsvFormat>(parameters,
                                 [](File& file) -> CsvFormat& { return file.request.format; });
    add<File>(parameters, "to", "FileLike", "None", [](File& file, py::handle value) {
      file.to = py::reinterpret_borrow<py::object>(value);
    });
    bind<File>(name, positional, std::move(parameters), "ExportReport",
               [method](Session& session, File& file) {
                 return export_file(
                     [&](const CsvSink& sink) { return (session.*method)(file.request, sink); },
                     file.to);
               });
  }

  py::object type_;
  py::list described_;
};

py::tuple values_of(const ExportedFile& file) {
  return py::make_tuple(file.report.rows, file.report.bytes, to_python(file.report.version),
                        file.csv);
}

void bind_export_report(py::module_& module) {
  FrozenClass<ExportedFile> made("ExportReport");
  using Shared = std::shared_ptr<const ExportedFile>;
  made.member("rows", [](const Shared& file) { return to_python(file->report.rows); });
  made.member("bytes", [](const Shared& file) { return to_python(file->report.bytes); });
  made.member("version", [](const Shared& file) { return to_python(file->report.version); });
  made.member("csv", [](const Shared& file) { return file->csv; });
  made.slot(
      Py_tp_repr, +[](PyObject* self) {
        return guarded([&]() -> py::object {
          const ExportedFile& file = Frozen<ExportedFile>::of(self);
          return py::str("ExportReport(rows=" + std::to_string(file.report.rows) +
                         ", bytes=" + std::to_string(file.report.bytes) +
                         ", version=" + std::to_string(file.report.version.value) + ")");
        });
      });
  made.slot(
      Py_tp_richcompare, +[](PyObject* self, PyObject* other, int operation) {
        return compared<ExportedFile>(
            self, other, operation, [](const ExportedFile& file, py::handle against) -> py::object {
              const ExportedFile* const another = Frozen<ExportedFile>::in(against);
              if (another == nullptr) return py::reinterpret_borrow<py::object>(Py_NotImplemented);
              return py::bool_(values_of(file).equal(values_of(*another)));
            });
      });
  made.slot(
      Py_tp_hash, +[](PyObject* self) {
        return hashed([&] { return values_of(Frozen<ExportedFile>::of(self)); });
      });
  made.add_to(module);
}

}  // namespace

py::object export_file(const std::function<Result<ExportReport>(const CsvSink&)>& write,
                       const py::object& to) {
  std::string csv;
  if (to.is_none()) {
    const auto report = without_interpreter([&] { return write(append_to(csv)); });
    if (!report) raise(report.error());
    return Frozen<ExportedFile>::make(ExportedFile{*report, py::bytes(csv)});
  }
  const bool is_file = py::hasattr(to, "write");
  const py::object write_chunk = is_file ? to.attr("write") : to;
  // An exception of the host's code ends the export and propagates unchanged.
  std::exception_ptr raised;
  const CsvSink sink = [&](std::string_view bytes) {
    const WithInterpreter interpreter;
    try {
      const py::object result = call_host(write_chunk, py::bytes(bytes.data(), bytes.size()));
      return is_file || result.ptr() != Py_False;
    } catch (py::error_already_set&) {
      raised = std::current_exception();
      return false;
    }
  };
  const auto report = without_interpreter([&] { return write(sink); });
  if (raised) std::rethrow_exception(raised);
  if (!report) raise(report.error());
  return Frozen<ExportedFile>::make(ExportedFile{*report, py::none()});
}

void bind_session(py::module_& module) {
  bind_export_report(module);
  const py::object type =
      FrozenClass<HeldSession>("Session",
                               "A session of one actor: one method for each query and command.")
          .add_to(module);
  add_method<HeldSession>(
      type, "at_least",
      +[](const HeldSession& held, const py::object& version) {
        Version minimum;
        from_python(version, "version", minimum);
        return Frozen<HeldSession>::make({held.book, held.usable().at_least(minimum)});
      },
      py::arg("version"),
      "at_least(self, version)\n--\n\nReturns a session whose queries see at least that version.");
  add_method<HeldSession>(
      type, "__exit__", +[](const HeldSession& /*held*/, const py::args& /*exception*/) {},
      "__exit__(self, *args)\n--\n\nDoes nothing: sessions need not be closed.");
  type.attr("__enter__") =
      py::cpp_function([](const py::object& self) { return self; }, py::name("__enter__"),
                       py::is_method(type), "__enter__(self)\n--\n\nReturns the object itself.");

  Binder bind(type);
  bind.call("add_person", 0, &Session::add_person);
  bind.call("update_person", 1, &Session::update_person);
  bind.call("archive_person", 1, &Session::archive_person);
  bind.call("reactivate_person", 1, &Session::reactivate_person);
  bind.call("erase_person", 1, &Session::erase_person);
  bind.call("add_license", 0, &Session::add_license);
  bind.call("update_license", 1, &Session::update_license);
  bind.call("set_total_seats", 2, &Session::set_total_seats);
  bind.call("set_policy", 2, &Session::set_policy);
  bind.call("set_owners", 1, &Session::set_owners);
  bind.call("archive_license", 1, &Session::archive_license);
  bind.call("reactivate_license", 1, &Session::reactivate_license);
  bind.call("assign", 2, &Session::assign);
  bind.call("bulk_assign", 2, &Session::bulk_assign);
  bind.call("assign_many", 2, &Session::assign_many);
  bind.call("revoke", 1, &Session::revoke);
  bind.call("revoke_all", 1, &Session::revoke_all);
  bind.call("transfer", 2, &Session::transfer);
  bind.call("edit_seat", 1, &Session::edit_seat);
  bind.call("mark_reviewed", 1, &Session::mark_reviewed);
  bind.call("record_use", 2, &Session::record_use);
  bind.call("record_uses", 1, &Session::record_uses);
  bind.call("people", 0, &Session::people);
  bind.call("licenses", 0, &Session::licenses);
  bind.call("get_person", {"person"}, &Session::get_person);
  bind.call("get_license", {"license"}, &Session::get_license);
  bind.call("get_assignment", {"assignment"}, &Session::get_assignment);
  bind.call("get_actor", {"actor"}, &Session::get_actor);
  bind.call("find_person", 1, &Session::find_person);
  bind.call("find_license", 1, &Session::find_license);
  bind.call("find_actor", 1, &Session::find_actor);
  bind.call("find_seat", {"license", "person"}, &Session::find_seat);
  bind.call("last_use", {"assignment"}, &Session::last_use);
  bind.call("usage", {"license"}, &Session::usage);
  bind.call("license_seats", {"license"}, &Session::license_seats);
  bind.call("my_software", {"person"}, &Session::my_software);
  bind.call("assignable_people", 1, &Session::assignable_people);
  bind.call("needs_review", {"license"}, &Session::needs_review);
  bind.call("needs_review_count", {"license"}, &Session::needs_review_count);
  bind.call("archived_owners", {}, &Session::archived_owners);
  bind.call("license_contacts", {"license"}, &Session::license_contacts);
  bind.call("renewals_due", 1, &Session::renewals_due);
  bind.call("history", 0, &Session::history);
  bind.page("events_after", &Session::events_after);
  bind.page("notifications_after", &Session::notifications_after);
  bind.call("seat_list", 1, &Session::seat_list);
  bind.call("seat_figures", 1, &Session::seat_figures);
  bind.call("roster", 1, &Session::roster);
  bind.file("export_seat_list", 1, &ExportSeatList::list, &Session::export_seat_list);
  bind.roster_file("export_roster", &Session::export_roster);
  bind.file("export_history", 0, &ExportHistory::history, &Session::export_history);
  bind.call("utilization", 0, &Session::utilization);
  bind.call("reclaim_candidates", 1, &Session::reclaim_candidates);
  bind.call("holders_at", {"license", "at"}, &Session::holders_at);
  bind.call("usage_over_time", 1, &Session::usage_over_time);
  bind.call("peak_usage", 1, &Session::peak_usage);
  bind.call("offboarding_times", 1, &Session::offboarding_times);
  bind.call("import_roster", 2, &Session::import_roster);
  bind.call("import_people", 1, &Session::import_people);
  bind.call("import_licenses", 1, &Session::import_licenses);
  bind.permission_query("can", "bool", &Session::can);
  bind.permission_query("why_not", "Optional[Error]", &Session::why_not);
  module.attr("_operations") = bind.described();
}

}  // namespace seatbook::python

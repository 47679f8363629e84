// The class Session: one method for each operation, with keyword arguments.
#include "python/src/session.hpp"

#include <algorithm>
#include <cstring>
#include <functional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "python/src/defaults.hpp"
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
  std::string default_text;  // as Python writes it; empty: required
  bool leads = false;        // a request has to set it, so it can be passed without its keyword
};

template <class Request>
using Parameters = std::vector<Parameter<Request>>;

/// Returns the Python name of a member: `from` is a keyword.
std::string python_name(const char* member) {
  return std::strcmp(member, "from") == 0 ? "from_" : member;
}

template <class Request>
void add(Parameters<Request>& to, const char* member, std::string default_text,
         std::function<void(Request&, py::handle)> set) {
  const std::string name = python_name(member);
  const bool leads = default_text.empty();
  to.push_back({name, py::reinterpret_steal<py::object>(PyUnicode_InternFromString(name.c_str())),
                std::move(set), std::move(default_text), leads});
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

/// Adds a member of a request. `access` returns it from the request. The library reports a required
/// text that is missing: Python's default for it is the empty text.
template <class Struct, class Request, class Access>
void add_member(Parameters<Request>& to, const char* member, const Access& access) {
  Request defaults;
  auto& value = access(defaults);
  using Value = std::decay_t<decltype(value)>;
  const bool required = is_required<Struct, Value>(member);
  const bool is_text = std::is_same_v<Value, std::string>;
  add<Request>(to, member, required && !is_text ? "" : default_text(value),
               [=](Request& request, py::handle given) {
                 if constexpr (std::is_same_v<Value, std::string_view>) given = immutable(given);
                 from_python(given, member, access(request));
               });
  to.back().leads = required;
}
template <class Request>
Parameters<Request> members_of() {
  Parameters<Request> parameters;
  Description<Request>::visit([&](const char* member, auto pointer) {
    add_member<Request>(parameters, member,
                        [=](Request& request) -> auto& { return request.*pointer; });
  });
  return parameters;
}

/// Returns how many arguments can be passed without their keywords: the first one, and those that a
/// request has to set before any other.
template <class Request>
std::size_t positional_count(const Parameters<Request>& parameters) {
  std::size_t count = 0;
  while (count < parameters.size() && parameters[count].leads) ++count;
  return std::min(std::max<std::size_t>(count, 1), parameters.size());
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
    if (parameters[at].default_text.empty() && (given >> at & 1U) == 0) {
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

  /// Binds a command or query with a request struct.
  template <class Request, class Returned>
  void call(const char* name, Result<Returned> (Session::*method)(const Request&)) {
    bind<Request>(name, members_of<Request>(), [method](Session& session, Request& request) {
      return execute(request, [&] { return (session.*method)(request); });
    });
  }
  template <class Request, class Returned>
  void call(const char* name, Result<Returned> (Session::*method)(const Request&) const) {
    bind<Request>(name, members_of<Request>(), [method](Session& session, Request& request) {
      return execute(request, [&] { return (session.*method)(request); });
    });
  }

  /// Binds a query without a request struct: all arguments are positional.
  template <class Returned, class... Values>
  void call(const char* name, std::initializer_list<const char*> names,
            Result<Returned> (Session::*method)(Values...) const) {
    using Request = std::tuple<std::decay_t<Values>...>;
    bind<Request>(name, named<Request>(names, std::index_sequence_for<Values...>{}),
                  [method](Session& session, Request& request) {
                    return execute([&] {
                      return std::apply(
                          [&](const auto&... values) { return (session.*method)(values...); },
                          request);
                    });
                  });
  }

  /// Binds can() or why_not(), which return a value and never raise.
  template <class Verdict>
  void permission_query(const char* name, Verdict (Session::*method)(Operation) const) {
    using Request = std::tuple<Operation>;
    bind<Request>(name, named<Request>({"operation"}, std::index_sequence_for<Operation>{}),
                  [method](Session& session, Request& request) {
                    return flag_or_error(without_interpreter(
                        [&] { return (session.*method)(std::get<0>(request)); }));
                  });
  }

  /// Binds a page of events. Both arguments can be passed without keywords.
  template <class Returned>
  void page(const char* name, Result<Returned> (Session::*method)(Seq, std::uint32_t) const) {
    struct Request {
      Seq after;
      std::uint32_t limit = default_page_limit;
    };
    Parameters<Request> parameters;
    add<Request>(parameters, "after", "0", [](Request& request, py::handle value) {
      from_python(value, "after", request.after);
    });
    add<Request>(
        parameters, "limit", std::to_string(default_page_limit),
        [](Request& request, py::handle value) { from_python(value, "limit", request.limit); });
    for (auto& parameter : parameters) parameter.leads = true;
    bind<Request>(name, std::move(parameters), [method](Session& session, Request& request) {
      return execute([&] { return (session.*method)(request.after, request.limit); });
    });
  }

  /// Binds an export. `to` receives the file; without it the result contains the file.
  template <class Request>
  void file(const char* name,
            Result<ExportReport> (Session::*method)(const Request&, const CsvSink&) const) {
    using File = FileRequest<Request>;
    Parameters<File> parameters;
    visit_export<Request>([&](const char* member, auto access) {
      add_member<Request>(parameters, member,
                          [=](File& file) -> auto& { return access(file.request); });
    });
    add<File>(parameters, "to", "None", [](File& file, py::handle value) {
      file.to = py::reinterpret_borrow<py::object>(value);
    });
    bind<File>(name, std::move(parameters), [method](Session& session, File& file) {
      return export_file([&](const CsvSink& sink) { return (session.*method)(file.request, sink); },
                         file.to);
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
    (add<Request>(parameters, name[at], optional_at<std::tuple_element_t<at, Request>>(),
                  [member = name[at]](Request& request, py::handle value) {
                    from_python(value, member, std::get<at>(request));
                  }),
     ...);
    return parameters;
  }

  /// Returns a docstring: a signature in Python's text format, and the generated description.
  template <class Request>
  std::string documented(const char* name, std::size_t positional,
                         const Parameters<Request>& parameters) {
    std::string signature = std::string(name) + "(self";
    for (std::size_t at = 0; at < parameters.size(); ++at) {
      if (at == positional) signature += ", *";
      signature += ", " + parameters[at].name;
      if (!parameters[at].default_text.empty()) signature += "=" + parameters[at].default_text;
    }
    const auto text_of = py::module_::import("seatbook._documentation").attr("of_operation");
    return signature + ")\n--\n\n" + py::cast<std::string>(text_of(name));
  }

  template <class Request, class Run>
  void bind(const char* name, Parameters<Request> parameters, const Run& run) {
    const std::size_t positional = positional_count(parameters);
    const std::string documentation = documented(name, positional, parameters);
    // Lives as long as the module. Never freed, so that no object is released after the interpreter
    // has ended.
    const auto* const kept = new Parameters<Request>(std::move(parameters));
    type_.attr(name) = py::cpp_function(
        [=, function = std::string(name)](const py::args& args, const py::kwargs& kwargs) {
          if (args.empty()) throw py::type_error(function + "() must be called on a session");
          Session& session = Frozen<HeldSession>::of(args[0]).usable();
          Request request;
          read(function, *kept, positional, request, args, kwargs);
          return run(session, request);
        },
        py::name(name), py::is_method(type_), documentation.c_str());
  }

  py::object type_;
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
#define SEATBOOK_NAMES(...) {__VA_ARGS__}
#define SEATBOOK_OPERATION(name, Result, permission) bind.call(#name, &Session::name);
#define SEATBOOK_LOOKUP(name, arguments, Result, permission) \
  bind.call(#name, SEATBOOK_NAMES arguments, &Session::name);
#define SEATBOOK_PAGE(name, Result, permission) bind.page(#name, &Session::name);
#define SEATBOOK_EXPORT(name, Request, Result, permission) bind.file(#name, &Session::name);
#include "seatbook/operations.def"
#undef SEATBOOK_NAMES
  bind.permission_query("can", &Session::can);
  bind.permission_query("why_not", &Session::why_not);
}

}  // namespace seatbook::python

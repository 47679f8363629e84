// The extension module: books, clocks, progress; the session and the records are beside it.
#include <pybind11/pybind11.h>

#include <exception>
#include <memory>
#include <string>
#include <utility>

#include "python/src/databases.hpp"
#include "python/src/errors.hpp"
#include "python/src/records.hpp"
#include "python/src/session.hpp"
#include "python/src/storage.hpp"
#include "seatbook/sqlite.hpp"

namespace seatbook::python {
namespace {

/// Holds a callable for C++ threads: they take the interpreter's lock to call it and to let it go.
class Callable {
 public:
  explicit Callable(py::function function)
      : function_(new py::function(std::move(function)), [](const py::function* held) {
          const py::gil_scoped_acquire interpreter;
          delete held;
        }) {}

  /// An exception becomes one that C++ can carry past the interpreter's lock.
  template <class... Values>
  void operator()(const Values&... values) const {
    const py::gil_scoped_acquire interpreter;
    try {
      (*function_)(to_python(values)...);
    } catch (py::error_already_set& error) {
      const std::string what = error.what();
      throw std::runtime_error(what);
    }
  }

 private:
  std::shared_ptr<const py::function> function_;
};

/// The text of a path, for whatever the library says of it.
std::string path_text(const py::object& path) {
  const auto encoded = py::module_::import("os").attr("fsencode")(path);
  return py::cast<std::string>(encoded);
}

Book open_book(const py::object& path, const py::object& storage,
               std::shared_ptr<ManualClock> clock, bool allow_clock_behind, bool read_only,
               bool must_exist, const std::string& durability, const py::object& on_listener_error,
               const py::kwargs& database) {
  OpenOptions options;
  options.clock = std::move(clock);
  options.allow_clock_behind = allow_clock_behind;
  options.read_only = read_only;
  if (!on_listener_error.is_none()) {
    options.on_listener_error = [call = Callable(on_listener_error)](Seq seq,
                                                                     std::string_view what) {
      call(seq, std::string(what));
    };
  }
  const bool url = py::isinstance<py::str>(path) && is_database_url(path_text(path));
  if (!url && !database.empty()) {
    // As Python itself would say it: only a database has more arguments.
    const auto name = py::cast<std::string>(py::str(database.begin()->first));
    throw py::type_error("open() got an unexpected keyword argument '" + name +
                         "' (a book in a database would have more of them)");
  }
  if (!storage.is_none()) {
    if (!path.is_none()) {
      raise({Code::invalid_argument, "a book has a path or a storage, not both", "storage"});
    }
    auto kept = storage_of(storage);
    return value_or_raise(
        without_interpreter([&] { return Book::open(std::move(kept), std::move(options)); }));
  }
  if (path.is_none()) {
    return value_or_raise(without_interpreter([&] { return Book::open(std::move(options)); }));
  }
  if (url) {
    if (durability != "full") {
      raise(
          {Code::invalid_argument, "what a commit survives is the server's to say", "durability"});
    }
    return open_database(path_text(path), must_exist, read_only, std::move(options), database);
  }
  sqlite::Options file;
  if (durability == "relaxed") {
    file.durability = sqlite::Durability::relaxed;
  } else if (durability != "full") {
    raise({Code::invalid_argument, "durability is 'full' or 'relaxed'", "durability"});
  }
  file.read_only = read_only;
  file.must_exist = must_exist;
  const std::string text = path_text(path);
  return value_or_raise(
      without_interpreter([&] { return sqlite::open(text, file, std::move(options)); }));
}

Session open_session(const Book& book, const py::object& actor, const py::object& person,
                     const py::object& role, const py::object& permissions) {
  Actor who;
  try {
    if (!actor.is_none()) from_python(actor, "actor", who.actor);
    from_python(person, "person", who.person);
    from_python(role, "role", who.role);
    from_python(permissions, "permissions", who.permissions);
  } catch (const Refused& refused) {
    raise(refused.error);
  }
  return book.session(std::move(who));
}

void bind_book(py::module_& module) {
  py::class_<Book> type(module, "Book", "Everything that is kept about seats; see open().");
  type.def("session", &open_session, py::arg("actor") = py::none(), py::kw_only(),
           py::arg("person") = py::none(), py::arg("role") = "employee",
           py::arg("permissions") = py::none(), py::keep_alive<0, 1>());
  type.def_property_readonly("version", [](const Book& book) {
    return without_interpreter([&] { return book.version(); }).value;
  });
  type.def("refresh", [](Book& book) {
    return value_or_raise(without_interpreter([&] { return book.refresh(); })).value;
  });
  type.def("dump", [](const Book& book) {
    return to_python(value_or_raise(without_interpreter([&] { return book.dump(); })));
  });
  type.def("check_invariants", [](const Book& book) {
    return py::list(
        to_python(value_or_raise(without_interpreter([&] { return book.check_invariants(); }))));
  });
  type.def(
      "backup_to",
      [](const Book& book, const py::object& path) {
        const std::string text = path_text(path);
        value_or_raise(without_interpreter([&] { return book.backup_to(text); }));
      },
      py::arg("path"));
  type.def("subscribe", [](Book& book, const py::function& listener) {
    return without_interpreter([&, call = Callable(listener)] {
             return book.subscribe([call](const Event& event) { call(event); });
           })
        .value;
  });
  type.def("subscribe_notifications", [](Book& book, const py::function& listener) {
    return without_interpreter([&, call = Callable(listener)] {
             return book.subscribe_notifications(
                 [call](const Notification& notification) { call(notification); });
           })
        .value;
  });
  type.def("unsubscribe", [](Book& book, std::uint64_t listener) {
    without_interpreter([&] { book.unsubscribe(ListenerId(listener)); });
  });
  type.def_property_readonly("listener_failures", &Book::listener_failures);
  type.def_property_readonly("closed", [](const Book& book) { return book.closed(); });
  type.def("close", [](Book& book) { without_interpreter([&] { book.close(); }); });
  type.def("__enter__", [](const py::object& self) { return self; });
  type.def("__exit__",
           [](Book& book, const py::args&) { without_interpreter([&] { book.close(); }); });
}

void bind_tools(py::module_& module) {
  py::class_<ManualClock, std::shared_ptr<ManualClock>>(
      module, "ManualClock", "A clock that stands where it was set, for tests.")
      .def(py::init([](py::handle start) {
             Timestamp at;
             try {
               from_python(start, "start", at);
             } catch (const Refused& refused) {
               raise(refused.error);
             }
             return std::make_shared<ManualClock>(at);
           }),
           py::arg("start"))
      .def("set",
           [](ManualClock& clock, py::handle instant) {
             Timestamp at;
             try {
               from_python(instant, "instant", at);
             } catch (const Refused& refused) {
               raise(refused.error);
             }
             clock.set(at);
           })
      .def("advance",
           [](ManualClock& clock, const py::object& by) {
             const auto microsecond = py::module_::import("datetime").attr("timedelta")(0, 0, 1);
             // The operator itself: it raises where `by` is no timedelta.
             PyObject* const count = PyNumber_FloorDivide(by.ptr(), microsecond.ptr());
             if (count == nullptr) throw py::error_already_set();
             const auto steps = py::reinterpret_steal<py::object>(count);
             const std::int64_t microseconds = PyLong_AsLongLong(steps.ptr());
             if (microseconds == -1 && PyErr_Occurred() != nullptr) throw py::error_already_set();
             clock.advance_us(microseconds);
           })
      .def("now", [](ManualClock& clock) { return to_python(clock.now()); });
  py::class_<Progress, std::shared_ptr<Progress>>(
      module, "Progress", "How far an import has come, and the way to end it, from any thread.")
      .def(py::init<>())
      .def_property_readonly("rows_done", &Progress::rows_done)
      .def_property_readonly("rows_total", &Progress::rows_total)
      .def_property_readonly("cancelled", &Progress::cancelled)
      .def("cancel", &Progress::cancel);
}

}  // namespace
}  // namespace seatbook::python

PYBIND11_MODULE(_core, module) {
  namespace python = seatbook::python;
  namespace py = pybind11;
  py::options options;
  options.disable_function_signatures();
  py::register_local_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const python::Refused& refused) {
      try {
        python::raise(refused.error);
      } catch (py::error_already_set& error) {
        error.restore();
      }
    }
  });
  python::bind_records(module);
  python::bind_session(module);
  python::bind_tools(module);
  python::bind_book(module);
  module.def("open", &python::open_book, py::arg("path") = py::none(), py::kw_only(),
             py::arg("storage") = py::none(), py::arg("clock") = py::none(),
             py::arg("allow_clock_behind") = false, py::arg("read_only") = false,
             py::arg("must_exist") = false, py::arg("durability") = "full",
             py::arg("on_listener_error") = py::none(),
             R"(open($module, path=None, *, clock=None, allow_clock_behind=False, read_only=False,
     must_exist=False, durability='full', on_listener_error=None, **database)
--

Opens a book: in memory, or in the SQLite file at `path`, which is made where there is none, or in
the PostgreSQL database at a URL, where create_schema() has made the tables.

clock               where the time comes from, a ManualClock; None: the machine's, or the server's
allow_clock_behind  write although the clock stands far before the last change
read_only           every command raises BookReadOnlyError
must_exist          refuse a path where no file is, or a name that no book has
durability          'full': a change survives a power loss; 'relaxed': the end of the process
on_listener_error   called with (seq, text) where a listener raises

Of a database only:
book                which of its books, by name: 'main'
schema              where its tables are: 'seatbook'
connect_timeout_ms, lock_timeout_ms, statement_timeout_ms, idle_transaction_timeout_ms,
tcp_timeout_ms, retry_for_ms
                    how long is waited for what: docs/guides/postgres.md)");
  module.def("create_schema", &python::create_schema, py::arg("url"),
             R"(create_schema($module, url, **database)
--

Makes the tables for books in the PostgreSQL database at `url`, where they are missing. Any number
of processes may do so at once. The further arguments are those of open().)");
  module.def("codes", [] {
    py::dict codes;
    for (const seatbook::Code code : seatbook::all_codes()) {
      codes[py::str(std::string(to_string(code)))] = static_cast<std::int32_t>(code);
    }
    return codes;
  });
}

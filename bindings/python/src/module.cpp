// The extension module _core: books and progress. Sessions, records and clocks are in other files.
#include <pybind11/pybind11.h>

#include <exception>
#include <memory>
#include <string>
#include <utility>

#include "python/src/clock.hpp"
#include "python/src/constants.hpp"
#include "python/src/databases.hpp"
#include "python/src/errors.hpp"
#include "python/src/progress.hpp"
#include "python/src/records.hpp"
#include "python/src/session.hpp"
#include "python/src/storage.hpp"
#include "seatbook/sqlite.hpp"

namespace seatbook::python {
namespace {

/// A callable for C++ threads, which take the interpreter's lock to call and to release it.
class Callable {
 public:
  explicit Callable(py::function function)
      : function_(new py::function(std::move(function)), [](const py::function* held) {
          const WithInterpreter interpreter;
          delete held;
        }) {}

  /// Converts a Python exception to a C++ one, which can be used without the interpreter's lock.
  template <class... Values>
  void operator()(const Values&... values) const {
    const WithInterpreter interpreter;
    try {
      call_host(*function_, to_python(values)...);
    } catch (py::error_already_set& error) {
      const std::string what = error.what();
      throw std::runtime_error(what);
    }
  }

 private:
  std::shared_ptr<const py::function> function_;
};

/// Returns the text of a path.
std::string path_text(const py::object& path) {
  const auto encoded = py::module_::import("os").attr("fsencode")(path);
  return py::cast<std::string>(encoded);
}

/// Returns a listener or handler of a book. Raises TypeError if `value` is not callable.
Callable callable(const py::object& value, const char* member) {
  if (PyCallable_Check(value.ptr()) == 0) wrong_type(member, "a callable", value);
  return Callable(py::reinterpret_borrow<py::function>(value));
}

Book open_book(const py::object& path, const py::object& storage, const py::object& clock,
               const py::object& allow_clock_behind, const py::object& is_read_only,
               const py::object& has_to_exist, const py::object& wanted_durability,
               const py::object& on_listener_error, const py::object& on_log,
               const py::kwargs& database) {
  const auto read_only = argument<bool>(is_read_only, "read_only");
  const auto must_exist = argument<bool>(has_to_exist, "must_exist");
  const auto durability = argument<std::string>(wanted_durability, "durability");
  OpenOptions options;
  options.clock = clock_of(clock, "clock");
  options.allow_clock_behind = argument<bool>(allow_clock_behind, "allow_clock_behind");
  options.read_only = read_only;
  if (!on_listener_error.is_none()) {
    options.on_listener_error = [call = callable(on_listener_error, "on_listener_error")](
                                    Seq seq, std::string_view what) {
      call(seq, std::string(what));
    };
  }
  if (!on_log.is_none()) {
    options.on_log = [call = callable(on_log, "on_log")](const LogEntry& entry) { call(entry); };
  }
  // As in C, except that an empty text is refused.
  const bool is_text = py::isinstance<py::str>(path);
  const bool url = is_text && is_database_url(path_text(path));
  const bool in_memory = path.is_none() || (is_text && path_text(path) == ":memory:");
  if (!url && !database.empty()) {
    // Worded like Python's own error. Only databases accept more arguments.
    const auto name = py::cast<std::string>(py::str(database.begin()->first));
    throw py::type_error("open() got an unexpected keyword argument '" + name +
                         "' (books in databases accept more arguments)");
  }
  if (!storage.is_none()) {
    if (!path.is_none()) {
      refuse(Code::invalid_argument, "storage", "must be None for a book with a path");
    }
    auto kept = storage_of(storage);
    return value_or_raise(
        without_interpreter([&] { return Book::open(std::move(kept), std::move(options)); }));
  }
  if (in_memory) {
    if (must_exist) {
      refuse(Code::invalid_argument, "must_exist", "must be False for a book in memory");
    }
    if (durability != "full") {
      refuse(Code::invalid_argument, "durability", "must be full for a book in memory");
    }
    return value_or_raise(without_interpreter([&] { return Book::open(std::move(options)); }));
  }
  if (url) {
    if (durability != "full") {
      refuse(Code::invalid_argument, "durability",
             "must be full for a database: the server determines it");
    }
    return open_database(path_text(path), must_exist, read_only, std::move(options), database);
  }
  sqlite::Options file;
  if (durability == "relaxed") {
    file.durability = sqlite::Durability::relaxed;
  } else if (durability != "full") {
    refuse_choice("durability", {"full", "relaxed"});
  }
  file.read_only = read_only;
  file.must_exist = must_exist;
  const std::string text = path_text(path);
  return value_or_raise(
      without_interpreter([&] { return sqlite::open(text, file, std::move(options)); }));
}

py::object open_session(const py::object& self, const py::object& actor, const py::object& person,
                        const py::object& role, const py::object& permissions) {
  const Book& book = Frozen<HeldBook>::of(self).book();
  Actor who;
  if (!actor.is_none()) from_python(actor, "actor", who.actor);
  from_python(person, "person", who.person);
  from_python(role, "role", who.role);
  if (static_cast<std::int64_t>(who.role) == no_enumerator) {
    refuse_choice("role", texts_of<Role>());
  }
  from_python(permissions, "permissions", who.permissions);
  return Frozen<HeldSession>::make({Frozen<HeldBook>::held_by(self), book.session(std::move(who))});
}

/// Returns the listener for C++.
template <class Delivery>
auto listener_of(const py::object& function) {
  return [call = callable(function, "listener")](const Delivery& delivery) { call(delivery); };
}

void bind_book(py::module_& module) {
  FrozenClass<HeldBook> made(
      "Book", "A book: people, licenses, assignments and their history; see open().");
  using Shared = std::shared_ptr<const HeldBook>;
  made.member(
      "version",
      [](const Shared& held) {
        return to_python(without_interpreter([&] { return held->book().version(); }));
      },
      "The version of the book: the number of the last batch that it has read or written.");
  made.member(
      "listener_failures",
      [](const Shared& held) {
        return to_python(without_interpreter([&] { return held->book().listener_failures(); }));
      },
      "The number of listener calls that raised.");
  made.member(
      "dropped_events",
      [](const Shared& held) {
        return to_python(without_interpreter([&] { return held->book().dropped_events(); }));
      },
      "The number of events dropped because the queue of the listeners was full.");
  made.member(
      "closed", [](const Shared& held) { return to_python(held->book().closed()); },
      "Whether close() was called.");
  const py::object type = made.add_to(module);
  type.attr("session") = py::cpp_function(
      &open_session, py::name("session"), py::is_method(type), py::arg("actor") = py::none(),
      py::kw_only(), py::arg("person") = py::none(), py::arg("role") = "employee",
      py::arg("permissions") = py::none(),
      R"(session(self, actor=None, *, person=None, role='employee', permissions=None)
--

Returns a session for one actor: a service by name, or a person of the book.)");
  const auto method = [&](const char* name, auto call, const auto&... extra) {
    add_method<HeldBook>(type, name, +call, extra...);
  };
  method(
      "refresh",
      [](const HeldBook& held) {
        return to_python(
            value_or_raise(without_interpreter([&] { return held.book().refresh(); })));
      },
      "refresh(self)\n--\n\nReads the batches that other books of the storage have committed.");
  method(
      "dump",
      [](const HeldBook& held) {
        return to_python(value_or_raise(without_interpreter([&] { return held.book().dump(); })));
      },
      "dump(self)\n--\n\nReturns the whole book as canonical JSON.");
  method(
      "check_invariants",
      [](const HeldBook& held) {
        return py::list(to_python(
            value_or_raise(without_interpreter([&] { return held.book().check_invariants(); }))));
      },
      "check_invariants(self)\n--\n\nReturns the violated invariants, one line each. The list is "
      "empty unless there is a bug.");
  method(
      "stats",
      [](const HeldBook& held) {
        return to_python(value_or_raise(without_interpreter([&] { return held.book().stats(); })));
      },
      "stats(self)\n--\n\nReturns what this object has done since it was opened and how long its "
      "storage took.");
  method(
      "backup_to",
      [](const HeldBook& held, const py::object& path) {
        const std::string text = path_text(path);
        value_or_raise(without_interpreter([&] { return held.book().backup_to(text); }));
      },
      py::arg("path"),
      "backup_to(self, path)\n--\n\nCopies the book to a new file while it is in use.");
  method(
      "subscribe",
      [](const HeldBook& held, const py::object& listener) {
        const auto called = listener_of<Event>(listener);
        return to_python(without_interpreter([&] { return held.book().subscribe(called); }).value);
      },
      py::arg("listener"),
      "subscribe(self, listener)\n--\n\nCalls `listener` with every event after its commit. "
      "Returns an "
      "id for unsubscribe().");
  method(
      "subscribe_notifications",
      [](const HeldBook& held, const py::object& listener) {
        const auto called = listener_of<Notification>(listener);
        return to_python(
            without_interpreter([&] { return held.book().subscribe_notifications(called); }).value);
      },
      py::arg("listener"),
      "subscribe_notifications(self, listener)\n--\n\n"
      "Calls `listener` with one notification per person and batch that assigned seats to them. "
      "Returns an id for unsubscribe().");
  method(
      "unsubscribe",
      [](const HeldBook& held, const py::object& listener) {
        const auto number = argument<std::uint64_t>(listener, "listener");
        without_interpreter([&] { held.book().unsubscribe(ListenerId(number)); });
      },
      py::arg("listener"),
      "unsubscribe(self, listener)\n--\n\nRemoves the listener with the id that subscribe() "
      "returned.");
  method(
      "close", [](const HeldBook& held) { without_interpreter([&] { held.book().close(); }); },
      "close(self)\n--\n\nCloses the book. Later calls raise BookClosedError.");
  method(
      "__exit__",
      [](const HeldBook& held, const py::args& /*exception*/) {
        without_interpreter([&] { held.book().close(); });
      },
      "__exit__(self, *args)\n--\n\nCloses the book.");
  type.attr("__enter__") =
      py::cpp_function([](const py::object& self) { return self; }, py::name("__enter__"),
                       py::is_method(type), "__enter__(self)\n--\n\nReturns the object itself.");
}

/// Wraps `make`, which returns a book, to return an object.
template <class... Rest>
auto as_object(Book (*make)(Rest...)) {
  return [make](Rest... rest) {
    return Frozen<HeldBook>::make(
        std::make_shared<const HeldBook>(make(std::forward<Rest>(rest)...)));
  };
}

void bind_progress(py::module_& module) {
  FrozenClass<HeldProgress> made(
      "Progress",
      "Progress()\n--\n\nReports the progress of an import and cancels it, from any thread.");
  using Shared = std::shared_ptr<const HeldProgress>;
  made.slot(
      Py_tp_new, +[](PyTypeObject* /*type: it is final*/, PyObject* args, PyObject* kwargs) {
        return guarded([&] {
          if (PyTuple_GET_SIZE(args) != 0 || (kwargs != nullptr && PyDict_Size(kwargs) != 0)) {
            throw py::type_error("Progress() takes no arguments");
          }
          return Frozen<HeldProgress>::make({std::make_shared<Progress>()});
        });
      });
  made.member(
      "rows_done", [](const Shared& held) { return to_python(held->progress->rows_done()); },
      "The number of rows read.");
  made.member(
      "rows_total", [](const Shared& held) { return to_python(held->progress->rows_total()); },
      "The number of all rows; 0 while it is unknown.");
  made.member(
      "cancelled", [](const Shared& held) { return to_python(held->progress->cancelled()); },
      "Whether cancel() was called.");
  add_method<HeldProgress>(
      made.add_to(module), "cancel", +[](const HeldProgress& held) { held.progress->cancel(); },
      "cancel(self)\n--\n\nCancels the import, unless it is already committing.");
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
    } catch (const python::Refused&) {
      python::set_error();
    }
  });
  python::bind_constants(module);
  python::bind_records(module);
  python::bind_session(module);
  python::add_to_dict<python::ExportedFile>(
      module.attr("ExportReport"), [](const python::ExportedFile& file, python::Form form) {
        py::dict values = python::dict_of(file.report, form);
        const bool as_text = form == python::Form::json && !file.csv.is_none();
        values["csv"] = as_text ? py::object(file.csv.attr("decode")()) : file.csv;
        return values;
      });
  python::bind_clock(module);
  python::bind_progress(module);
  python::bind_book(module);
  module.def("open", python::as_object(&python::open_book), py::arg("path") = py::none(),
             py::kw_only(), py::arg("storage") = py::none(), py::arg("clock") = py::none(),
             py::arg("allow_clock_behind") = false, py::arg("read_only") = false,
             py::arg("must_exist") = false, py::arg("durability") = "full",
             py::arg("on_listener_error") = py::none(), py::arg("on_log") = py::none(),
             R"(open($module, path=None, *, storage=None, clock=None, allow_clock_behind=False,
     read_only=False, must_exist=False, durability='full', on_listener_error=None, on_log=None,
     **database)
--

Opens a book. Without a path, or with ":memory:", the book is in memory and is lost with its object.
A URL, "postgresql://...", opens a book in a PostgreSQL database whose tables create_schema() has
created. Any other path is a SQLite file, which is created if it does not exist. A path must not
start with ":" or "file:"; write "./:name" for a file of such a name.

storage             a Storage that keeps the records, instead of a path
clock               a ManualClock, or a callable that returns an aware datetime; None: the clock of
                    the storage or of the database server, else of the machine. For demonstrations
                    and tests, the environment variable SEATBOOK_NOW replaces None with a fixed
                    time, such as 2026-03-02T09:00:00Z
allow_clock_behind  write even if the clock is more than 10 minutes behind the last change
read_only           every command raises BookReadOnlyError
must_exist          fail if the file, or the book of that name, does not exist
durability          'full': a commit survives a power loss; 'relaxed': only a process failure
on_listener_error   called with (seq, text) when a listener raises
on_log              called with each LogEntry of the book

For databases only:
book                the name of the book in the database: 'main'
schema              the schema of its tables: 'seatbook'
connect_timeout_ms, lock_timeout_ms, statement_timeout_ms, idle_transaction_timeout_ms,
tcp_timeout_ms, retry_for_ms
                    timeouts: see docs/guides/postgres.md
connections         how many connections all books of the process share at most: 8)");
  module.def("create_schema", &python::create_schema, py::arg("url"),
             R"(create_schema($module, url, **database)
--

Creates the missing tables for books in the PostgreSQL database at `url`. Several processes can do
this at the same time. Accepts the database arguments of open().)");
  module.def("migrate", &python::migrate, py::arg("url"),
             R"(migrate($module, url, **database)
--

Migrates the tables of an earlier release in the PostgreSQL database at `url` to the newest format,
in one transaction. Does nothing if they have that format. Programs of the earlier release cannot
use the tables afterwards. Accepts the database arguments of open().)");
  module.def("drop_book", &python::drop_book, py::arg("url"), py::kw_only(), py::arg("confirm"),
             R"(drop_book($module, url, *, confirm, **database)
--

Deletes the book `book` in the PostgreSQL database at `url` permanently: all its rows, in one
transaction. `confirm` must be the same name. The tables and the other books stay. Books that have
it open cannot write any more: their next command or refresh() raises BookNeedsReopenError, and then
every call.
Raises InvalidArgumentError with the field 'confirm' if the names differ, with the field 'book' if
there is no book of that name, and StorageUnknownError if the connection was lost during the commit:
call it again. Accepts the database arguments of open().)");
  module.def(
      "codes",
      [] {
        py::dict codes;
        for (const seatbook::Code code : seatbook::all_codes()) {
          codes[py::str(std::string(to_string(code)))] = static_cast<std::int32_t>(code);
        }
        return codes;
      },
      "codes()\n--\n\nReturns a dict from the names of all codes to their numbers.");
}

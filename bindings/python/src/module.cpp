// The extension module: books, clocks, progress; the session and the records are beside it.
#include <pybind11/pybind11.h>

#include <exception>
#include <memory>
#include <string>
#include <utility>

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

struct HeldClock {
  std::shared_ptr<ManualClock> clock;
};

/// Holds a callable for C++ threads: they take the interpreter's lock to call it and to let it go.
class Callable {
 public:
  explicit Callable(py::function function)
      : function_(new py::function(std::move(function)), [](const py::function* held) {
          const WithInterpreter interpreter;
          delete held;
        }) {}

  /// An exception becomes one that C++ can carry past the interpreter's lock.
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

/// The text of a path, for whatever the library says of it.
std::string path_text(const py::object& path) {
  const auto encoded = py::module_::import("os").attr("fsencode")(path);
  return py::cast<std::string>(encoded);
}

/// `value` as the C++ type of an argument called `member`.
template <class To>
To argument(py::handle value, const char* member) {
  To to;
  try {
    from_python(value, member, to);
  } catch (const Refused& refused) {
    raise(refused.error);
  }
  return to;
}

/// What is called with what a book tells.
Callable callable(const py::object& value, const char* member) {
  if (PyCallable_Check(value.ptr()) == 0) wrong_type(member, "a callable", value);
  return Callable(py::reinterpret_borrow<py::function>(value));
}

Book open_book(const py::object& path, const py::object& storage, const py::object& clock,
               const py::object& allow_clock_behind, const py::object& is_read_only,
               const py::object& has_to_exist, const py::object& wanted_durability,
               const py::object& on_listener_error, const py::kwargs& database) {
  const auto read_only = argument<bool>(is_read_only, "read_only");
  const auto must_exist = argument<bool>(has_to_exist, "must_exist");
  const auto durability = argument<std::string>(wanted_durability, "durability");
  OpenOptions options;
  if (const HeldClock* const held = Frozen<HeldClock>::in(clock)) {
    options.clock = held->clock;
  } else if (!clock.is_none()) {
    wrong_type("clock", "a ManualClock", clock);
  }
  options.allow_clock_behind = argument<bool>(allow_clock_behind, "allow_clock_behind");
  options.read_only = read_only;
  if (!on_listener_error.is_none()) {
    options.on_listener_error = [call = callable(on_listener_error, "on_listener_error")](
                                    Seq seq, std::string_view what) {
      call(seq, std::string(what));
    };
  }
  // As in C, but for the empty text, which is refused.
  const bool is_text = py::isinstance<py::str>(path);
  const bool url = is_text && is_database_url(path_text(path));
  const bool in_memory = path.is_none() || (is_text && path_text(path) == ":memory:");
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
  if (in_memory) {
    if (must_exist) raise({Code::invalid_argument, "there is no book in memory yet", "must_exist"});
    if (durability != "full") {
      raise({Code::invalid_argument, "a book in memory keeps nothing", "durability"});
    }
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

py::object open_session(const py::object& self, const py::object& actor, const py::object& person,
                        const py::object& role, const py::object& permissions) {
  const Book& book = Frozen<HeldBook>::of(self).book();
  Actor who;
  try {
    if (!actor.is_none()) from_python(actor, "actor", who.actor);
    from_python(person, "person", who.person);
    from_python(role, "role", who.role);
    if (static_cast<std::int64_t>(who.role) == no_enumerator) {
      refuse(Code::invalid_argument, "role", "there is no such role");
    }
    from_python(permissions, "permissions", who.permissions);
  } catch (const Refused& refused) {
    raise(refused.error);
  }
  return Frozen<HeldSession>::make({Frozen<HeldBook>::held_by(self), book.session(std::move(who))});
}

/// A listener as C++ calls it.
template <class Delivery>
auto listener_of(const py::object& function) {
  return [call = callable(function, "listener")](const Delivery& told) { call(told); };
}

void bind_book(py::module_& module) {
  FrozenClass<HeldBook> made("Book", "Everything that is kept about seats; see open().");
  using Shared = std::shared_ptr<const HeldBook>;
  made.member(
      "version",
      [](const Shared& held) {
        return to_python(without_interpreter([&] { return held->book().version(); }));
      },
      "The number of the last change that this book has seen.");
  made.member(
      "listener_failures",
      [](const Shared& held) {
        return to_python(without_interpreter([&] { return held->book().listener_failures(); }));
      },
      "How many calls of listeners have raised.");
  made.member(
      "dropped_events",
      [](const Shared& held) {
        return to_python(without_interpreter([&] { return held->book().dropped_events(); }));
      },
      "How many events were not queued for listeners, as too many were waiting.");
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

The book as one actor may use it: a service by name, or a person of the book.)");
  const auto method = [&](const char* name, auto call, const auto&... extra) {
    add_method<HeldBook>(type, name, +call, extra...);
  };
  method(
      "refresh",
      [](const HeldBook& held) {
        return to_python(
            value_or_raise(without_interpreter([&] { return held.book().refresh(); })));
      },
      "refresh(self)\n--\n\nTakes in what other books of the storage have committed.");
  method(
      "dump",
      [](const HeldBook& held) {
        return to_python(value_or_raise(without_interpreter([&] { return held.book().dump(); })));
      },
      "dump(self)\n--\n\nThe whole book as canonical JSON.");
  method(
      "check_invariants",
      [](const HeldBook& held) {
        return py::list(to_python(
            value_or_raise(without_interpreter([&] { return held.book().check_invariants(); }))));
      },
      "check_invariants(self)\n--\n\nWhat is wrong with the book, a line each; empty in all "
      "books.");
  method(
      "backup_to",
      [](const HeldBook& held, const py::object& path) {
        const std::string text = path_text(path);
        value_or_raise(without_interpreter([&] { return held.book().backup_to(text); }));
      },
      py::arg("path"),
      "backup_to(self, path)\n--\n\nCopies the book, in use as it is, into a new file.");
  method(
      "subscribe",
      [](const HeldBook& held, const py::object& listener) {
        const auto told = listener_of<Event>(listener);
        return to_python(without_interpreter([&] { return held.book().subscribe(told); }).value);
      },
      py::arg("listener"),
      "subscribe(self, listener)\n--\n\nCalls `listener` with every event, after its commit.");
  method(
      "subscribe_notifications",
      [](const HeldBook& held, const py::object& listener) {
        const auto told = listener_of<Notification>(listener);
        return to_python(
            without_interpreter([&] { return held.book().subscribe_notifications(told); }).value);
      },
      py::arg("listener"),
      "subscribe_notifications(self, listener)\n--\n\n"
      "Calls `listener` with one notification for each person and batch that gave them seats.");
  method(
      "unsubscribe",
      [](const HeldBook& held, const py::object& listener) {
        const auto number = argument<std::uint64_t>(listener, "listener");
        without_interpreter([&] { held.book().unsubscribe(ListenerId(number)); });
      },
      py::arg("listener"),
      "unsubscribe(self, listener)\n--\n\nEnds what subscribe() has answered.");
  method(
      "close", [](const HeldBook& held) { without_interpreter([&] { held.book().close(); }); },
      "close(self)\n--\n\nEvery later call raises BookClosedError.");
  method(
      "__exit__",
      [](const HeldBook& held, const py::args& /*why*/) {
        without_interpreter([&] { held.book().close(); });
      },
      "__exit__(self, *args)\n--\n\nCloses the book.");
  type.attr("__enter__") =
      py::cpp_function([](const py::object& self) { return self; }, py::name("__enter__"),
                       py::is_method(type), "__enter__(self)\n--\n\nThe object itself.");
}

/// The book that `make` answers, as an object.
template <class... Rest>
auto as_object(Book (*make)(Rest...)) {
  return [make](Rest... rest) {
    return Frozen<HeldBook>::make(
        std::make_shared<const HeldBook>(make(std::forward<Rest>(rest)...)));
  };
}

std::int64_t microseconds_of(const py::object& by) {
  const auto microsecond = py::module_::import("datetime").attr("timedelta")(0, 0, 1);
  // The operator itself: it raises where `by` is no timedelta.
  PyObject* const count = PyNumber_FloorDivide(by.ptr(), microsecond.ptr());
  if (count == nullptr) throw py::error_already_set();
  const auto steps = py::reinterpret_steal<py::object>(count);
  int beyond = 0;
  const std::int64_t microseconds = PyLong_AsLongLongAndOverflow(steps.ptr(), &beyond);
  if (beyond != 0) raise({Code::date_out_of_range, "that is beyond any time", "by"});
  return microseconds;
}

/// No further than to where datetime can follow.
void advance(const HeldClock& held, const py::object& by) {
  constexpr std::int64_t first_us = -62'135'596'800'000'000;  // 0001-01-01
  constexpr std::int64_t last_us = 253'402'300'799'999'999;   // 9999-12-31
  const std::int64_t steps = microseconds_of(by);
  const std::int64_t now = held.clock->now().us;
  if (steps < 0 ? now < first_us - steps : now > last_us - steps) {
    raise({Code::date_out_of_range, "the time is out of Python's range", "by"});
  }
  held.clock->advance_us(steps);
}

void bind_clock(py::module_& module) {
  FrozenClass<HeldClock> made("ManualClock",
                              "ManualClock(start)\n--\n\n"
                              "A clock that stands where it was set, in any thread; for tests.");
  made.slot(
      Py_tp_new, +[](PyTypeObject* /*type: it is final*/, PyObject* args, PyObject* kwargs) {
        return guarded([&] {
          static const char* const names[] = {"start", nullptr};
          PyObject* start = nullptr;
          if (PyArg_ParseTupleAndKeywords(args, kwargs, "O:ManualClock",
                                          const_cast<char**>(names),  // NOLINT: as C has it
                                          &start) == 0) {
            throw py::error_already_set();
          }
          return Frozen<HeldClock>::make(
              {std::make_shared<ManualClock>(clock_time(start, "start"))});
        });
      });
  const py::object type = made.add_to(module);
  add_method<HeldClock>(
      type, "set",
      +[](const HeldClock& held, const py::object& instant) {
        held.clock->set(clock_time(instant, "instant"));
      },
      py::arg("instant"), "set(self, instant)\n--\n\nPuts the clock to that time.");
  add_method<HeldClock>(type, "advance", &advance, py::arg("by"),
                        "advance(self, by)\n--\n\nMoves the clock on by a timedelta.");
  add_method<HeldClock>(
      type, "now", +[](const HeldClock& held) { return to_python(held.clock->now()); },
      "now(self)\n--\n\nWhere the clock stands.");
}

void bind_progress(py::module_& module) {
  FrozenClass<HeldProgress> made(
      "Progress",
      "Progress()\n--\n\nHow far an import has come, and the way to end it, from any thread.");
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
      "How many rows of the file are read.");
  made.member(
      "rows_total", [](const Shared& held) { return to_python(held->progress->rows_total()); },
      "How many rows there are; 0 before that is known.");
  made.member(
      "cancelled", [](const Shared& held) { return to_python(held->progress->cancelled()); },
      "Whether cancel() was called.");
  add_method<HeldProgress>(
      made.add_to(module), "cancel", +[](const HeldProgress& held) { held.progress->cancel(); },
      "cancel(self)\n--\n\nEnds the import, unless it already writes.");
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
  python::bind_clock(module);
  python::bind_progress(module);
  python::bind_book(module);
  module.def("open", python::as_object(&python::open_book), py::arg("path") = py::none(),
             py::kw_only(), py::arg("storage") = py::none(), py::arg("clock") = py::none(),
             py::arg("allow_clock_behind") = false, py::arg("read_only") = false,
             py::arg("must_exist") = false, py::arg("durability") = "full",
             py::arg("on_listener_error") = py::none(),
             R"(open($module, path=None, *, storage=None, clock=None, allow_clock_behind=False,
     read_only=False, must_exist=False, durability='full', on_listener_error=None, **database)
--

Opens a book. Without a path, or with ":memory:", it is in memory and ends with its object. A URL,
"postgresql://...", is a PostgreSQL database, where create_schema() has made the tables. Any other
path is a SQLite file, which is made if there is none. It must not start with ":" or "file:": a file
of such a name is "./:name".

storage             where the records are kept instead, a Storage
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
  module.def(
      "codes",
      [] {
        py::dict codes;
        for (const seatbook::Code code : seatbook::all_codes()) {
          codes[py::str(std::string(to_string(code)))] = static_cast<std::int32_t>(code);
        }
        return codes;
      },
      "codes()\n--\n\nThe numbers of all codes, by their names.");
}

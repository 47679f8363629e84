#include "python/src/errors.hpp"

namespace seatbook::python {
namespace {

/// Owned; null if there is none. A plain pointer, because a thread can outlive the interpreter.
thread_local PyObject* raised_by_host = nullptr;

/// Returns whether the library returns this code after an exception of a storage or a clock.
bool is_of_host(Code code) {
  return code == Code::storage_failed || code == Code::storage_unknown ||
         code == Code::storage_corrupt || code == Code::internal;
}

}  // namespace

void keep_raised(py::error_already_set& raised) {
  drop_raised();
  raised_by_host = py::object(raised.value()).release().ptr();
}

void drop_raised() {
  Py_CLEAR(raised_by_host);
}

PyObject* take_raised() {
  return std::exchange(raised_by_host, nullptr);
}

void give_raised(PyObject* raised) {
  drop_raised();
  raised_by_host = raised;
}

void raise(const Error& error) {
  if (raised_by_host != nullptr && is_of_host(error.code)) {
    const auto same = py::reinterpret_steal<py::object>(std::exchange(raised_by_host, nullptr));
    PyErr_SetObject(py::type::handle_of(same).ptr(), same.ptr());
    throw py::error_already_set();
  }
  const py::object raised = exception_of(error);
  PyErr_SetObject(py::type::handle_of(raised).ptr(), raised.ptr());
  throw py::error_already_set();
}

py::object exception_of(const Error& error) {
  const auto classes = py::module_::import("seatbook._errors");
  const py::object type = classes.attr("class_of")(static_cast<std::int32_t>(error.code));
  return type(to_python(error.message), to_python(error.code), to_python(error.field),
              to_python(error.index), to_python(error.values), to_python(error.outcomes));
}

void set_error() noexcept {
  try {
    throw;
  } catch (py::error_already_set& error) {
    error.restore();
  } catch (const Refused& refused) {
    try {
      raise(refused.error);
    } catch (py::error_already_set& error) {
      error.restore();
    }
  } catch (const py::builtin_exception& error) {
    error.set_error();
  } catch (const std::bad_alloc&) {
    PyErr_NoMemory();
  } catch (const std::exception& error) {
    PyErr_SetString(PyExc_RuntimeError, error.what());
  }
}

}  // namespace seatbook::python

/// Converts errors of the library to Python exceptions.
#ifndef SEATBOOK_BINDINGS_PYTHON_ERRORS_HPP_
#define SEATBOOK_BINDINGS_PYTHON_ERRORS_HPP_

#include <utility>

#include "python/src/values.hpp"
#include "seatbook/result.hpp"

namespace seatbook::python {

/// Returns the exception for an error.
py::object exception_of(const Error& error);
/// Raises the exception for an error.
[[noreturn]] void raise(const Error& error);

/// Returns the value, or raises its error.
template <class Value>
Value value_or_raise(Result<Value> result) {
  if (!result) raise(result.error());
  if constexpr (!std::is_void_v<Value>) return *std::move(result);
}

/// Keeps an exception of a storage or a clock written in Python for the current call of this
/// thread, which then raises it. Like drop_raised(), needs the interpreter's lock.
void keep_raised(py::error_already_set& raised);
void drop_raised();
/// Pass the exception to another thread that continues the call.
PyObject* take_raised();
void give_raised(PyObject* raised);

/// Runs `call`, which may take locks, without the interpreter's lock. A listener, a storage
/// or a clock written in Python may need the interpreter while this thread waits.
template <class Call>
auto without_interpreter(const Call& call) {
  drop_raised();
  const WithoutInterpreter released;
  return call();
}

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_ERRORS_HPP_

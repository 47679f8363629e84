/// Errors of the library as exceptions of Python.
#ifndef SEATBOOK_BINDINGS_PYTHON_ERRORS_HPP_
#define SEATBOOK_BINDINGS_PYTHON_ERRORS_HPP_

#include <utility>

#include "python/src/values.hpp"
#include "seatbook/result.hpp"

namespace seatbook::python {

/// The exception of the error's code; raise() raises it.
py::object exception_of(const Error& error);
[[noreturn]] void raise(const Error& error);

/// The value, or its error as an exception.
template <class Value>
Value value_or_raise(Result<Value> result) {
  if (!result) raise(result.error());
  if constexpr (!std::is_void_v<Value>) return *std::move(result);
}

/// Keeps what a storage written in Python has raised, for the call of this thread that led to it.
/// With the interpreter's lock held, like drop_raised().
void keep_raised(py::error_already_set& raised);
void drop_raised();
/// Hand it from one thread to another that goes on with the call.
PyObject* take_raised();
void give_raised(PyObject* raised);

/// Runs `call`, which may take locks, without the interpreter's: a listener or a storage written in
/// Python needs it while another thread waits here.
template <class Call>
auto without_interpreter(const Call& call) {
  drop_raised();
  const WithoutInterpreter released;
  return call();
}

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_ERRORS_HPP_

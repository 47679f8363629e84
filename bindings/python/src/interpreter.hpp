/// The interpreter's lock: given up while C++ works, taken while Python does.
///
/// Python ends a thread that comes back to an interpreter on its way out, by unwinding its stack:
/// through C++ that would let go of objects without the lock, or end the process where it comes to
/// a destructor. Here such a thread sleeps until the process is gone, as from Python 3.14 on.
#ifndef SEATBOOK_BINDINGS_PYTHON_INTERPRETER_HPP_
#define SEATBOOK_BINDINGS_PYTHON_INTERPRETER_HPP_

#include <pybind11/pybind11.h>

#include <chrono>
#include <thread>

namespace seatbook::python {

namespace py = pybind11;

/// Runs `take`, which takes the lock, or may let go of it and take it again, and throws nothing.
template <class Take>
auto take_interpreter(const Take& take) {
  try {
    return take();
  } catch (...) {  // nothing but the end of the thread; it must not go further than here
    for (;;) std::this_thread::sleep_for(std::chrono::hours(1));
  }
}

/// For as long as it lives this thread does without the lock.
class WithoutInterpreter {
 public:
  WithoutInterpreter() : state_(PyEval_SaveThread()) {}
  WithoutInterpreter(const WithoutInterpreter&) = delete;
  WithoutInterpreter& operator=(const WithoutInterpreter&) = delete;
  ~WithoutInterpreter() {
    take_interpreter([this] { PyEval_RestoreThread(state_); });
  }

 private:
  PyThreadState* state_;
};

/// For as long as it lives this thread has the lock, whether or not Python has started it.
class WithInterpreter {
 public:
  WithInterpreter() : state_(take_interpreter([] { return PyGILState_Ensure(); })) {}
  WithInterpreter(const WithInterpreter&) = delete;
  WithInterpreter& operator=(const WithInterpreter&) = delete;
  ~WithInterpreter() { PyGILState_Release(state_); }

 private:
  PyGILState_STATE state_;
};

/// Calls what is a host's own code, which may take its time.
template <class... Arguments>
py::object call_host(py::handle callable, const Arguments&... arguments) {
  const py::tuple all = py::make_tuple(arguments...);
  PyObject* const result =
      take_interpreter([&] { return PyObject_CallObject(callable.ptr(), all.ptr()); });
  if (result == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(result);
}

/// The next of a host's own iterator; null: no more.
inline py::object next_of_host(const py::iterator& items) {
  PyObject* const item = take_interpreter([&] { return PyIter_Next(items.ptr()); });
  if (item == nullptr && PyErr_Occurred() != nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(item);
}

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_INTERPRETER_HPP_

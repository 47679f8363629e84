/// The interpreter's lock: released while C++ runs, held while Python runs.
///
/// If a thread takes the lock while the interpreter shuts down, Python before 3.14 ends the thread
/// by unwinding its stack. In C++ code that would release objects without the lock, or terminate
/// the process in a destructor. Here such a thread sleeps until the process exits, as in
/// Python 3.14.
#ifndef SEATBOOK_BINDINGS_PYTHON_INTERPRETER_HPP_
#define SEATBOOK_BINDINGS_PYTHON_INTERPRETER_HPP_

#include <pybind11/pybind11.h>

#include <chrono>
#include <thread>

namespace seatbook::python {

namespace py = pybind11;

/// Runs `take`, which takes the lock, or releases and takes it again. It must not throw.
template <class Take>
auto take_interpreter(const Take& take) {
  try {
    return take();
  } catch (...) {  // the thread is being ended: stop the unwinding here
    for (;;) std::this_thread::sleep_for(std::chrono::hours(1));
  }
}

/// Releases the lock during the object's lifetime.
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

/// Holds the lock during the object's lifetime, also in threads that Python did not start.
class WithInterpreter {
 public:
  WithInterpreter() : state_(take_interpreter([] { return PyGILState_Ensure(); })) {}
  WithInterpreter(const WithInterpreter&) = delete;
  WithInterpreter& operator=(const WithInterpreter&) = delete;
  ~WithInterpreter() { PyGILState_Release(state_); }

 private:
  PyGILState_STATE state_;
};

/// Calls code of the host, which may run for a long time.
template <class... Arguments>
py::object call_host(py::handle callable, const Arguments&... arguments) {
  const py::tuple all = py::make_tuple(arguments...);
  PyObject* const result =
      take_interpreter([&] { return PyObject_CallObject(callable.ptr(), all.ptr()); });
  if (result == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(result);
}

/// Returns the next item of an iterator of the host; null at its end.
inline py::object next_of_host(const py::iterator& items) {
  PyObject* const item = take_interpreter([&] { return PyIter_Next(items.ptr()); });
  if (item == nullptr && PyErr_Occurred() != nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(item);
}

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_INTERPRETER_HPP_

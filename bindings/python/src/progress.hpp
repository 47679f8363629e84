/// Reports the progress of an import to a Python callable.
#ifndef SEATBOOK_BINDINGS_PYTHON_PROGRESS_HPP_
#define SEATBOOK_BINDINGS_PYTHON_PROGRESS_HPP_

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "python/src/errors.hpp"
#include "seatbook/imports.hpp"

namespace seatbook::python {

/// The value of an object of class Progress.
struct HeldProgress {
  std::shared_ptr<Progress> progress;
};

/// Returns a progress for one call that is reported to `callable`. The pointer's deleter owns the
/// callable, because the library does not know Python. Its last owner, the request of the call,
/// holds the interpreter's lock.
std::shared_ptr<Progress> progress_for(py::object callable);
/// Returns the callable of progress_for(); null for any other progress.
const py::object* callable_of(const std::shared_ptr<Progress>& progress);

/// Runs `work` in a separate thread, and meanwhile calls the callable in this thread. So the
/// callable has the caller's thread, context and signals. It may use the book, because its thread
/// holds no lock of the book. `succeeded` returns whether the work succeeded.
void run_reporting(Progress& progress, const py::object& callable,
                   const std::function<void()>& work, const std::function<bool()>& succeeded);

/// Runs an import without the interpreter's lock.
template <class Call>
auto run_import(const std::shared_ptr<Progress>& progress, const Call& call) {
  const py::object* const callable = callable_of(progress);
  if (callable == nullptr) return without_interpreter(call);
  std::optional<decltype(call())> result;
  run_reporting(
      *progress, *callable, [&] { result.emplace(call()); }, [&] { return result->has_value(); });
  return *std::move(result);
}

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_PROGRESS_HPP_

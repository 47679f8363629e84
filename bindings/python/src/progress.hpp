/// How far an import has come, told to a callable of Python.
#ifndef SEATBOOK_BINDINGS_PYTHON_PROGRESS_HPP_
#define SEATBOOK_BINDINGS_PYTHON_PROGRESS_HPP_

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "python/src/errors.hpp"
#include "seatbook/imports.hpp"

namespace seatbook::python {

/// What an object of the class Progress holds.
struct HeldProgress {
  std::shared_ptr<Progress> progress;
};

/// A progress that belongs to one call and is told to `callable`; kept by the pointer's deleter, as
/// the library knows nothing of Python. Its last owner holds the interpreter's lock: the request of
/// the call.
std::shared_ptr<Progress> told_to(py::object callable);
/// What told_to() was given; null for any other progress.
const py::object* told_of(const std::shared_ptr<Progress>& progress);

/// Runs `work` in a thread of its own and meanwhile, in this one, tells the callable how far it has
/// come. So the callable has the caller's thread, context and signals, and no lock of the book is
/// held by the thread that runs it: it may use the book. `succeeded` says how the work ended.
void run_told(Progress& progress, const py::object& callable, const std::function<void()>& work,
              const std::function<bool()>& succeeded);

/// Runs an import without the interpreter's lock.
template <class Call>
auto run_import(const std::shared_ptr<Progress>& progress, const Call& call) {
  const py::object* const callable = told_of(progress);
  if (callable == nullptr) return without_interpreter(call);
  std::optional<decltype(call())> result;
  run_told(
      *progress, *callable, [&] { result.emplace(call()); }, [&] { return result->has_value(); });
  return *std::move(result);
}

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_PROGRESS_HPP_

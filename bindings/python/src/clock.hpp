/// Clocks: ManualClock, and clocks written in Python.
#ifndef SEATBOOK_BINDINGS_PYTHON_CLOCK_HPP_
#define SEATBOOK_BINDINGS_PYTHON_CLOCK_HPP_

#include <memory>

#include "python/src/values.hpp"
#include "seatbook/clock.hpp"

namespace seatbook::python {

/// Returns the clock of a ManualClock or a callable; null for None. Raises TypeError for any other
/// object.
///
/// An exception of the callable is kept for the thread, and the call that led here raises it.
std::shared_ptr<Clock> clock_of(const py::object& value, const char* member);

void bind_clock(py::module_& module);

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_CLOCK_HPP_

#ifndef SEATBOOK_BINDINGS_PYTHON_CONSTANTS_HPP_
#define SEATBOOK_BINDINGS_PYTHON_CONSTANTS_HPP_

#include <pybind11/pybind11.h>

namespace seatbook::python {

/// Adds the limits and texts of the headers as constants, such as MAX_NAME_LENGTH.
void bind_constants(pybind11::module_& module);

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_CONSTANTS_HPP_

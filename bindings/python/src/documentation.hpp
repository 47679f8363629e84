/// The help() texts of operations.
#ifndef SEATBOOK_BINDINGS_PYTHON_DOCUMENTATION_HPP_
#define SEATBOOK_BINDINGS_PYTHON_DOCUMENTATION_HPP_

#include <string>

namespace seatbook::python {

/// Returns the text of an operation. Throws std::out_of_range if it has none.
const std::string& documentation_of(const std::string& operation);

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_DOCUMENTATION_HPP_

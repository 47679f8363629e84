/// What help() says of each operation.
#ifndef SEATBOOK_BINDINGS_PYTHON_DOCUMENTATION_HPP_
#define SEATBOOK_BINDINGS_PYTHON_DOCUMENTATION_HPP_

#include <string>

namespace seatbook::python {

/// Throws std::out_of_range where an operation has none.
const std::string& documentation_of(const std::string& operation);

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_DOCUMENTATION_HPP_

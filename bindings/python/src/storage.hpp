/// A storage written in Python, as the book sees it.
#ifndef SEATBOOK_BINDINGS_PYTHON_STORAGE_HPP_
#define SEATBOOK_BINDINGS_PYTHON_STORAGE_HPP_

#include <memory>

#include "python/src/values.hpp"
#include "seatbook/storage.hpp"

namespace seatbook::python {

/// Calls `object` for rows of (table, id, version, bytes): see Storage in seatbook/_storage.py.
/// Errors of the library that it raises are answered as they are. What else it raises is
/// `storage_unknown` in append() and `storage_failed` elsewhere, and is kept for the thread, so
/// that the call that led here raises the very same object.
std::shared_ptr<Storage> storage_of(py::object object);

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_STORAGE_HPP_

/// Adapts a storage written in Python.
#ifndef SEATBOOK_BINDINGS_PYTHON_STORAGE_HPP_
#define SEATBOOK_BINDINGS_PYTHON_STORAGE_HPP_

#include <memory>

#include "python/src/values.hpp"
#include "seatbook/storage.hpp"

namespace seatbook::python {

/// Returns a storage that calls `object` for rows of (table, id, version, bytes): see Storage in
/// seatbook/_storage.py.
///
/// Library errors that it raises are returned unchanged. Any other exception becomes
/// `storage_unknown` in append() and append_group(), and `storage_failed` elsewhere. The exception
/// object is kept for the thread, and the call that led here raises it again. An exception of its
/// clock() or largest_group() is thrown.
std::shared_ptr<Storage> storage_of(py::object object);

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_STORAGE_HPP_

/// The session's methods, and files out.
#ifndef SEATBOOK_BINDINGS_PYTHON_SESSION_HPP_
#define SEATBOOK_BINDINGS_PYTHON_SESSION_HPP_

#include <functional>

#include "python/src/values.hpp"

namespace seatbook::python {

/// What an export answers; `csv` is None where something else has taken the file.
struct ExportedFile {
  ExportReport report;
  py::object csv;
};

/// Runs an export into `to`: a binary file, a callable, or None.
py::object export_file(const std::function<Result<ExportReport>(const CsvSink&)>& write,
                       const py::object& to);

void bind_session(py::module_& module);

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_SESSION_HPP_

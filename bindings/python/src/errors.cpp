#include "python/src/errors.hpp"

namespace seatbook::python {

void raise(const Error& error) {
  const auto classes = py::module_::import("seatbook._errors");
  const py::object type = classes.attr("class_of")(static_cast<std::int32_t>(error.code));
  const py::object raised =
      type(to_python(error.message), to_python(error.code), to_python(error.field), error.index,
           to_python(error.values), to_python(error.outcomes));
  PyErr_SetObject(type.ptr(), raised.ptr());
  throw py::error_already_set();
}

}  // namespace seatbook::python

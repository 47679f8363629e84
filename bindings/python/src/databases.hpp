/// Books in databases, where this build knows any.
#ifndef SEATBOOK_BINDINGS_PYTHON_DATABASES_HPP_
#define SEATBOOK_BINDINGS_PYTHON_DATABASES_HPP_

#include <string>
#include <string_view>

#include "python/src/values.hpp"
#include "seatbook/book.hpp"

namespace seatbook::python {

/// Whether a place is the URL of a database and no path.
bool is_database_url(std::string_view place);

/// `database` are the arguments of open() and create_schema() that only a database knows: `book`,
/// `schema`, and times such as `lock_timeout_ms`. They raise TypeError for any other name.
Book open_database(const std::string& url, bool must_exist, bool read_only, OpenOptions options,
                   const py::kwargs& database);
void create_schema(const py::object& url, const py::kwargs& database);

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_DATABASES_HPP_

/// Books in databases, if the build supports them.
#ifndef SEATBOOK_BINDINGS_PYTHON_DATABASES_HPP_
#define SEATBOOK_BINDINGS_PYTHON_DATABASES_HPP_

#include <string>
#include <string_view>

#include "python/src/values.hpp"
#include "seatbook/book.hpp"

namespace seatbook::python {

/// Returns whether a place is the URL of a database, not a path.
bool is_database_url(std::string_view place);

/// Opens a book in a database. `database` contains the arguments of open() and create_schema() that
/// only databases accept: `book`, `schema`, and times such as `lock_timeout_ms`. Any other name
/// raises TypeError.
Book open_database(const std::string& url, bool must_exist, bool read_only, OpenOptions options,
                   const py::kwargs& database);
void create_schema(const py::object& url, const py::kwargs& database);
void migrate(const py::object& url, const py::kwargs& database);
void drop_book(const py::object& url, const py::object& confirm, const py::kwargs& database);

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_DATABASES_HPP_

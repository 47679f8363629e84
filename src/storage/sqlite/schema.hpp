/// The tables of a book's file, and how a file is recognized as one.
#ifndef SEATBOOK_STORAGE_SQLITE_SCHEMA_HPP_
#define SEATBOOK_STORAGE_SQLITE_SCHEMA_HPP_

#include "seatbook/result.hpp"
#include "storage/sqlite/connection.hpp"

namespace seatbook::sqlite::detail {

/// Whether the file is still empty. Errors: not_a_book (another application's), format_too_new,
/// storage_corrupt (tables, indexes, triggers or views that are not ours, or not as we make them).
Result<bool> check_schema(Connection& connection);

/// Makes the tables of the newest format, all or nothing.
Result<void> create_schema(Connection& connection);

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_SCHEMA_HPP_

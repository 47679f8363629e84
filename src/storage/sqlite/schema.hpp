/// The tables of a book's file, and their check.
#ifndef SEATBOOK_STORAGE_SQLITE_SCHEMA_HPP_
#define SEATBOOK_STORAGE_SQLITE_SCHEMA_HPP_

#include "seatbook/result.hpp"
#include "storage/sqlite/connection.hpp"

namespace seatbook::sqlite::detail {

/// Returns whether the file is still empty. Errors: not_a_book (of another application),
/// format_too_new, storage_corrupt (tables, indexes, triggers or views that are not Seatbook's, or
/// differ from its definitions).
Result<bool> check_schema(Connection& connection);

/// Creates the tables of the newest format, all or nothing.
Result<void> create_schema(Connection& connection);

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_SCHEMA_HPP_

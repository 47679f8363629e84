/// The tables of a book's file, and their check.
#ifndef SEATBOOK_STORAGE_SQLITE_SCHEMA_HPP_
#define SEATBOOK_STORAGE_SQLITE_SCHEMA_HPP_

#include <cstdint>

#include "seatbook/result.hpp"
#include "storage/sqlite/connection.hpp"

namespace seatbook::sqlite::detail {

/// Returns the format of the file; 0 if it is still empty. Errors: not_a_book (of another
/// application), format_too_new, storage_corrupt (tables, indexes, triggers or views that are not
/// Seatbook's, or differ from its definitions of that format).
Result<std::uint32_t> check_schema(Connection& connection);

/// Creates the tables of the newest format, all or nothing.
Result<void> create_schema(Connection& connection);

/// Migrates tables of format 1 to the newest format, all or nothing. In existing rows the new
/// columns are null.
Result<void> migrate_schema(Connection& connection);

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_SCHEMA_HPP_

/// Creates, checks and migrates the tables; deletes the rows of a book.
#ifndef SEATBOOK_STORAGE_POSTGRES_SCHEMA_HPP_
#define SEATBOOK_STORAGE_POSTGRES_SCHEMA_HPP_

#include <cstdint>
#include <string>

#include "storage/postgres/connection.hpp"

namespace seatbook::postgres::detail {

/// Returns a schema name as a quoted SQL identifier.
inline std::string quoted(const std::string& schema) {
  return "\"" + schema + "\"";  // check_options() allows no character that needs escaping
}

/// Creates missing tables and indexes. Safe to call concurrently from several processes.
/// Errors: storage_failed, not_a_book (tables of these names that are not Seatbook's),
/// needs_migration, format_too_new.
Result<void> make_schema(Connection& connection, const Options& options);

/// Checks that the tables exist in a format that this library supports.
/// Errors: not_a_book, needs_migration, format_too_new, storage_failed.
Result<void> check_schema(Connection& connection, const Options& options);

/// As check_schema(), and finds the book in the same message. Returns its id; 0 if there is none of
/// this name.
Result<std::uint64_t> find_book(Connection& connection, const Options& options);

/// Migrates tables of format 1 to format 2. Safe to call concurrently from several processes. If it
/// fails, or if another process was first, a transaction can be open: the caller must close the
/// connection. Errors: not_a_book, format_too_new, storage_failed, storage_corrupt (the newest
/// batch of a book is not that of its version).
Result<void> migrate_schema(Connection& connection, const Options& options);

/// Deletes all rows of the book in one transaction. If it fails, a transaction can be open: the
/// caller must close the connection. Errors: those of check_schema(), invalid_argument (field
/// `book`: there is none of that name), storage_failed, storage_unknown (the connection was lost
/// during the commit).
Result<void> delete_book(Connection& connection, const Options& options);

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_SCHEMA_HPP_

/// The tables: made, and recognized.
#ifndef SEATBOOK_STORAGE_POSTGRES_SCHEMA_HPP_
#define SEATBOOK_STORAGE_POSTGRES_SCHEMA_HPP_

#include <string>

#include "storage/postgres/connection.hpp"

namespace seatbook::postgres::detail {

/// A schema's name as SQL has it.
inline std::string quoted(const std::string& schema) {
  return "\"" + schema + "\"";  // Options::schema has no character that would need more
}

/// Makes what is missing. Several at once are fine.
/// Errors: storage_failed, not_a_book (tables of these names that are not Seatbook's),
/// format_too_new.
Result<void> make_schema(Connection& connection, const Options& options);

/// Whether the tables are there, in a format that this library knows.
/// Errors: not_a_book, format_too_new, storage_failed.
Result<void> check_schema(Connection& connection, const Options& options);

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_SCHEMA_HPP_

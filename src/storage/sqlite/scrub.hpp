/// Takes away what SQLite has left of records where nothing is stored.
#ifndef SEATBOOK_STORAGE_SQLITE_SCRUB_HPP_
#define SEATBOOK_STORAGE_SQLITE_SCRUB_HPP_

#include "seatbook/result.hpp"
#include "storage/sqlite/connection.hpp"

namespace seatbook::sqlite::detail {

/// Overwrites with zeros, in the file, the room between the list of a page's cells and the cells,
/// and syncs it. `secure_delete` clears a cell that is freed; where a page is divided or laid out
/// anew, copies of cells stay in that room, of records that may be erased later.
///
/// The log must have been taken into the file, and no statement be under way. SQLite never reads
/// that room, so an interruption does no harm. Pages that are remembered are forgotten. O(file).
Result<void> scrub(Connection& connection);

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_SCRUB_HPP_

/// Removes remains of records from unused space.
#ifndef SEATBOOK_STORAGE_SQLITE_SCRUB_HPP_
#define SEATBOOK_STORAGE_SQLITE_SCRUB_HPP_

#include "seatbook/result.hpp"
#include "storage/sqlite/connection.hpp"

namespace seatbook::sqlite::detail {

/// Overwrites the unused space between the cell list of a page and its cells with zeros, in the
/// file, and syncs it. `secure_delete` clears a freed cell, but when a page is split or rearranged,
/// copies of cells stay in that space, possibly of records that are erased later.
///
/// The log must be checkpointed into the file, and no statement be running. SQLite never reads that
/// space, so an interruption does no harm. Clears the page cache. O(file).
Result<void> scrub(Connection& connection);

}  // namespace seatbook::sqlite::detail

#endif  // SEATBOOK_STORAGE_SQLITE_SCRUB_HPP_

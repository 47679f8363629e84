/// Reads the file of a roster import (B17, B18, C30, C32, C37).
#ifndef SEATBOOK_CSV_ROSTER_FILE_HPP_
#define SEATBOOK_CSV_ROSTER_FILE_HPP_

#include "rules/roster_import.hpp"
#include "seatbook/imports.hpp"
#include "seatbook/result.hpp"

namespace seatbook::csv {

/// Reads the file of the command. Errors: cancelled, and the errors of the whole file
/// (imports.hpp).
[[nodiscard]] Result<rules::RosterFile> read_roster(const ImportRoster& command);

}  // namespace seatbook::csv

#endif  // SEATBOOK_CSV_ROSTER_FILE_HPP_

/// Reads the file of a roster import (B17, B18, C30, C32, C37).
#ifndef SEATBOOK_IMPORTS_ROSTER_FILE_HPP_
#define SEATBOOK_IMPORTS_ROSTER_FILE_HPP_

#include "imports/roster_import.hpp"
#include "seatbook/imports.hpp"
#include "seatbook/result.hpp"

namespace seatbook::imports {

/// Reads the file of the command. Errors: cancelled, and the errors of the whole file
/// (imports.hpp).
[[nodiscard]] Result<RosterFile> read_roster(const ImportRoster& command);

}  // namespace seatbook::imports

#endif  // SEATBOOK_IMPORTS_ROSTER_FILE_HPP_

// Session: the calls that bring a file. Each is read with no lock held, then decided on as any
// other command.
#include "book/engine.hpp"
#include "csv/roster_file.hpp"
#include "rules/roster_import.hpp"
#include "seatbook/book.hpp"

namespace seatbook {

Result<RosterReport> Session::import_roster(const ImportRoster& command) {
  return engine_->execute_file(*state_, Operation::import_roster, command, &csv::read_roster,
                               &rules::import_roster);
}

}  // namespace seatbook

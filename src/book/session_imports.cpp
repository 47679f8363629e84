// Session: commands with a file. The file is parsed without a lock, after the permission check;
// then the command runs like any other.
#include "book/engine.hpp"
#include "imports/inventory_files.hpp"
#include "imports/inventory_import.hpp"
#include "imports/roster_file.hpp"
#include "imports/roster_import.hpp"
#include "seatbook/book.hpp"

namespace seatbook {

Result<RosterReport> Session::import_roster(const ImportRoster& command) {
  return engine_->execute_file(*state_, Operation::import_roster, command, &imports::read_roster,
                               &imports::import_roster);
}

Result<InventoryReport> Session::import_people(const ImportPeople& command) {
  return engine_->execute_file(*state_, Operation::import_people, command, &imports::read_people,
                               &imports::import_people);
}

Result<InventoryReport> Session::import_licenses(const ImportLicenses& command) {
  return engine_->execute_file(*state_, Operation::import_licenses, command,
                               &imports::read_licenses, &imports::import_licenses);
}

}  // namespace seatbook

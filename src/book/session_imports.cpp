// Session: commands with a file. The file is parsed without a lock, after the permission check;
// then the command runs like any other.
#include "book/engine.hpp"
#include "csv/inventory_files.hpp"
#include "csv/roster_file.hpp"
#include "rules/inventory_import.hpp"
#include "rules/roster_import.hpp"
#include "seatbook/book.hpp"

namespace seatbook {

Result<RosterReport> Session::import_roster(const ImportRoster& command) {
  return engine_->execute_file(*state_, Operation::import_roster, command, &csv::read_roster,
                               &rules::import_roster);
}

Result<InventoryReport> Session::import_people(const ImportPeople& command) {
  return engine_->execute_file(*state_, Operation::import_people, command, &csv::read_people,
                               &rules::import_people);
}

Result<InventoryReport> Session::import_licenses(const ImportLicenses& command) {
  return engine_->execute_file(*state_, Operation::import_licenses, command, &csv::read_licenses,
                               &rules::import_licenses);
}

}  // namespace seatbook

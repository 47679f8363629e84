// Session: the commands that bring a file. The file is parsed with no lock held, once the caller's
// permission is known; then the command is decided on like any other.
#include "book/engine.hpp"
#include "csv/inventory_files.hpp"
#include "csv/roster_file.hpp"
#include "csv/table.hpp"
#include "rules/inventory_import.hpp"
#include "rules/roster_import.hpp"
#include "seatbook/book.hpp"

namespace seatbook {
namespace {

template <class Command>
std::optional<Error> oversized(const Command& command) {
  return csv::oversized(command.csv);
}

}  // namespace

Result<RosterReport> Session::import_roster(const ImportRoster& command) {
  return engine_->execute_file(*state_, Operation::import_roster, command, &oversized,
                               &csv::read_roster, &rules::import_roster);
}

Result<InventoryReport> Session::import_people(const ImportPeople& command) {
  return engine_->execute_file(*state_, Operation::import_people, command, &oversized,
                               &csv::read_people, &rules::import_people);
}

Result<InventoryReport> Session::import_licenses(const ImportLicenses& command) {
  return engine_->execute_file(*state_, Operation::import_licenses, command, &oversized,
                               &csv::read_licenses, &rules::import_licenses);
}

}  // namespace seatbook

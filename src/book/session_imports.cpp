// Session: commands with a file. The file is parsed without a lock, after the permission check;
// then the command runs like any other.
#include "book/engine.hpp"
#include "imports/inventory_files.hpp"
#include "imports/inventory_import.hpp"
#include "imports/roster_file.hpp"
#include "imports/roster_import.hpp"
#include "seatbook/book.hpp"
#include "types/try.hpp"

namespace seatbook {
namespace {

template <class Command, class File, class Report>
Result<Report> import(detail::Engine& engine, const detail::SessionState& session,
                      Operation operation, const Command& command,
                      Result<File> (*parse)(const Command&),
                      Result<Report> (*rule)(rules::Transaction&, const Command&, const File&)) {
  SEATBOOK_TRY(const File file, engine.read_file(session, operation, command, parse));
  return engine.execute(session, operation, command,
                        [&](rules::Transaction& transaction, const Command& given) {
                          return rule(transaction, given, file);
                        });
}

}  // namespace

Result<RosterReport> Session::import_roster(const ImportRoster& command) {
  return import(*engine_, *state_, Operation::import_roster, command, &imports::read_roster,
                &imports::import_roster);
}

Result<InventoryReport> Session::import_people(const ImportPeople& command) {
  return import(*engine_, *state_, Operation::import_people, command, &imports::read_people,
                &imports::import_people);
}

Result<InventoryReport> Session::import_licenses(const ImportLicenses& command) {
  return import(*engine_, *state_, Operation::import_licenses, command, &imports::read_licenses,
                &imports::import_licenses);
}

}  // namespace seatbook

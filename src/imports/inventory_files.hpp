/// Reads files of people and licenses (inventory.hpp).
#ifndef SEATBOOK_IMPORTS_INVENTORY_FILES_HPP_
#define SEATBOOK_IMPORTS_INVENTORY_FILES_HPP_

#include "imports/inventory_import.hpp"
#include "seatbook/inventory.hpp"
#include "seatbook/result.hpp"

namespace seatbook::imports {

/// Reads the file of the command, which must outlive the result. Errors: cancelled, and the errors
/// of the whole file (imports.hpp).
[[nodiscard]] Result<PeopleFile> read_people(const ImportPeople& command);
[[nodiscard]] Result<LicensesFile> read_licenses(const ImportLicenses& command);

}  // namespace seatbook::imports

#endif  // SEATBOOK_IMPORTS_INVENTORY_FILES_HPP_

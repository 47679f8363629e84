/// Reads files of people and licenses (inventory.hpp).
#ifndef SEATBOOK_CSV_INVENTORY_FILES_HPP_
#define SEATBOOK_CSV_INVENTORY_FILES_HPP_

#include "rules/inventory_import.hpp"
#include "seatbook/inventory.hpp"
#include "seatbook/result.hpp"

namespace seatbook::csv {

/// Reads the file of the command, which must outlive the result. Errors: cancelled, and the errors
/// of the whole file (imports.hpp).
[[nodiscard]] Result<rules::PeopleFile> read_people(const ImportPeople& command);
[[nodiscard]] Result<rules::LicensesFile> read_licenses(const ImportLicenses& command);

}  // namespace seatbook::csv

#endif  // SEATBOOK_CSV_INVENTORY_FILES_HPP_

/// The imports of an inventory: which rows of a file become people or licenses.
#ifndef SEATBOOK_RULES_INVENTORY_IMPORT_HPP_
#define SEATBOOK_RULES_INVENTORY_IMPORT_HPP_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/draft.hpp"
#include "seatbook/commands.hpp"
#include "seatbook/inventory.hpp"

namespace seatbook::rules {

/// A row as the file has it.
struct InventoryLine {
  std::uint64_t line = 0;
  bool empty = false;  ///< no value in any column that is read
  // What is wrong with it before it is held against the book.
  Code code = Code::ok;
  std::uint32_t column = 0;
};

struct PersonLine : InventoryLine {
  AddPerson person;
  bool active = true;
};

struct LicenseLine : InventoryLine {
  AddLicense license;
  std::string owner_email;
  std::string holder_email;
};

/// A file, read.
template <class Line>
struct InventoryFile {
  std::vector<std::string> columns;
  std::vector<std::string> ignored_columns;
  /// The number of each field's cell, from 1, by the field's name in the command's columns.
  std::map<std::string, std::uint32_t, std::less<>> places;
  std::vector<Line> lines;

  [[nodiscard]] std::uint32_t place(std::string_view field) const {
    const auto found = places.find(field);
    return found == places.end() ? 0 : found->second;
  }
};
using PeopleFile = InventoryFile<PersonLine>;
using LicensesFile = InventoryFile<LicenseLine>;

[[nodiscard]] std::optional<Error> malformed(const ImportPeople& command);
[[nodiscard]] std::optional<Error> malformed(const ImportLicenses& command);

Result<InventoryReport> import_people(Draft& draft, const ImportPeople& command,
                                      const PeopleFile& file);
Result<InventoryReport> import_licenses(Draft& draft, const ImportLicenses& command,
                                        const LicensesFile& file);

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_INVENTORY_IMPORT_HPP_

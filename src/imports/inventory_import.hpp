/// Imports of people and licenses: which rows of a file are added.
#ifndef SEATBOOK_IMPORTS_INVENTORY_IMPORT_HPP_
#define SEATBOOK_IMPORTS_INVENTORY_IMPORT_HPP_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "imports/file_rows.hpp"
#include "rules/transaction.hpp"
#include "seatbook/commands.hpp"
#include "seatbook/inventory.hpp"

namespace seatbook::imports {

/// A parsed row, which exists only while it is decided on.
struct InventoryLine {
  std::uint64_t line = 0;
  // An error of the row itself, before it is compared with the book.
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
  std::optional<Timestamp> held_since;
};

/// A parsed file.
template <class Line>
class InventoryFile {
 public:
  explicit InventoryFile(std::string_view file) : rows(file) {}
  virtual ~InventoryFile() = default;
  InventoryFile(const InventoryFile&) = delete;
  InventoryFile& operator=(const InventoryFile&) = delete;

  /// Parses the texts of a row.
  [[nodiscard]] virtual Line line(std::size_t row) const = 0;
  /// Returns the column of a field, from 1, by the field's name in the command's columns; 0 if
  /// none.
  [[nodiscard]] std::uint32_t place(std::string_view field) const {
    const auto found = places.find(field);
    return found == places.end() ? 0 : found->second;
  }

  std::vector<std::string> columns;
  std::vector<std::string> ignored_columns;
  std::map<std::string, std::uint32_t, std::less<>> places;
  FileRows rows;
  std::uint64_t empty_rows = 0;
};
using PeopleFile = std::unique_ptr<const InventoryFile<PersonLine>>;
using LicensesFile = std::unique_ptr<const InventoryFile<LicenseLine>>;

Result<void> malformed(const ImportPeople& command);
Result<void> malformed(const ImportLicenses& command);

Result<InventoryReport> import_people(rules::Transaction& transaction, const ImportPeople& command,
                                      const PeopleFile& file);
Result<InventoryReport> import_licenses(rules::Transaction& transaction,
                                        const ImportLicenses& command, const LicensesFile& file);

}  // namespace seatbook::imports

#endif  // SEATBOOK_IMPORTS_INVENTORY_IMPORT_HPP_

// Imports the inventory into a book and computes the expected figures.
//
// People are recognized by their email; a row without one always adds a person. Rows that the book
// rejects are reported.
#ifndef SEATBOOK_EXAMPLES_LOADER_HPP_
#define SEATBOOK_EXAMPLES_LOADER_HPP_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "inventory.hpp"
#include "seatbook/seatbook.hpp"

namespace tour {

/// The number of records in a book.
struct Figures {
  std::uint64_t people = 0;
  std::uint64_t archived = 0;
  std::uint64_t licenses = 0;
  std::uint64_t seats_used = 0;
};

/// A row, or a part of a row, that was not imported.
struct LeftOut {
  std::string where;  ///< "licenses.csv:7"
  std::string what;
  std::string why;
};

/// The reports of the imports.
struct Loaded {
  seatbook::InventoryReport people;
  seatbook::InventoryReport holders;
  seatbook::InventoryReport licenses;
  std::vector<LeftOut> left_out;
};

class Loader {
 public:
  /// Reads both files and validates them with a dry run. Throws FileError if a file cannot be used.
  /// `desk` is a session of the person who will own all licenses.
  Loader(seatbook::Session& desk, InputFile people, InputFile licenses)
      : desk_(desk),
        people_file_(std::move(people)),
        licenses_file_(std::move(licenses)),
        people_csv_(read_file(people_file_)),
        licenses_csv_(read_file(licenses_file_)) {
    import_all(true);
  }

  [[nodiscard]] const InputFile& people_file() const { return people_file_; }
  [[nodiscard]] const InputFile& licenses_file() const { return licenses_file_; }

  Loaded load() {
    Loaded loaded = import_all(false);
    leave_out(loaded, people_file_, loaded.people, true);
    leave_out(loaded, licenses_file_, loaded.holders, false);
    leave_out(loaded, licenses_file_, loaded.licenses, true);
    return loaded;
  }

 private:
  Loaded import_all(bool dry_run) {
    auto people = people_in(people_csv_);
    auto holders = holders_in(licenses_csv_);
    auto licenses = licenses_in(licenses_csv_);
    people.dry_run = holders.dry_run = licenses.dry_run = dry_run;
    return {usable(people_file_, desk_.import_people(people)),
            usable(licenses_file_, desk_.import_people(holders)),
            usable(licenses_file_, desk_.import_licenses(licenses)),
            {}};
  }

  static seatbook::InventoryReport usable(const InputFile& file,
                                          seatbook::Result<seatbook::InventoryReport> report) {
    if (!report) throw FileError(file.name + ": " + report.error().message);
    return *std::move(report);
  }

  /// Reports the rows that were not imported. Known people are reported only if `include_known` is
  /// set: they are expected among holders, not within the people file.
  static void leave_out(Loaded& loaded, const InputFile& file,
                        const seatbook::InventoryReport& report, bool include_known) {
    for (const auto& row : report.not_added) {
      if (row.outcome == seatbook::InventoryOutcome::already_known && !include_known) continue;
      const std::string name = row.name.empty() ? "a row without a name" : row.name;
      const std::string_view column = report.column_name(row);
      loaded.left_out.push_back({file.name + ':' + std::to_string(row.line),
                                 row.outcome == seatbook::InventoryOutcome::without_seat
                                     ? "no seat on " + name
                                     : name + " is not added",
                                 std::string(to_string(row.code)) +
                                     (column.empty() ? "" : " in " + std::string(column))});
    }
  }

  seatbook::Session& desk_;
  InputFile people_file_;
  InputFile licenses_file_;
  std::string people_csv_;
  std::string licenses_csv_;
};

/// Computes the expected figures from the import reports: the operator, the people of the people
/// file, and the new holders.
inline Figures expected(const Loaded& loaded) {
  Figures figures;
  figures.people = 1 + loaded.people.added + loaded.holders.added;
  figures.licenses = loaded.licenses.added + loaded.licenses.without_seat;
  figures.seats_used = loaded.licenses.seats_given;
  return figures;
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_LOADER_HPP_

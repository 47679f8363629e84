// How an inventory gets into a book, and what the book must then hold.
//
// People are recognized by their email; somebody without one is always somebody new. What the book
// refuses is left out and told, never dropped.
#ifndef SEATBOOK_EXAMPLES_LOADER_HPP_
#define SEATBOOK_EXAMPLES_LOADER_HPP_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "inventory.hpp"
#include "seatbook/seatbook.hpp"

namespace tour {

/// How much there is in a book.
struct Figures {
  std::uint64_t people = 0;
  std::uint64_t archived = 0;
  std::uint64_t licenses = 0;
  std::uint64_t seats_used = 0;
};

/// A row, or the part of one, that the book did not take.
struct LeftOut {
  std::string where;  ///< "licenses.csv:7"
  std::string what;
  std::string why;
};

/// What came of each import.
struct Loaded {
  seatbook::InventoryReport people;
  seatbook::InventoryReport holders;
  seatbook::InventoryReport licenses;
  std::vector<LeftOut> left_out;
};

class Loader {
 public:
  /// `desk` is a session of the person who shall own all licenses. Reads both files and throws
  /// FileError where one cannot be used; the book is left as it is.
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

  /// A holder who is known is no news; somebody who stands twice in the file of people is.
  static void leave_out(Loaded& loaded, const InputFile& file,
                        const seatbook::InventoryReport& report, bool known_ones) {
    for (const auto& row : report.not_added) {
      if (row.outcome == seatbook::InventoryOutcome::already_known && !known_ones) continue;
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

/// What must be in the book afterwards, by what the imports have answered: the operator, everybody
/// of the file of people, and each holder who is not among those.
inline Figures expected(const Loaded& loaded) {
  Figures figures;
  figures.people = 1 + loaded.people.added + loaded.holders.added;
  figures.licenses = loaded.licenses.added + loaded.licenses.without_seat;
  figures.seats_used = loaded.licenses.seats_given;
  return figures;
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_LOADER_HPP_

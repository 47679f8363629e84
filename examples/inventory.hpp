// Import requests for the files of another product.
//
// People:   First Name, Last Name, Email, Activated ("false": archived).
// Licenses: Item name, manufacturer, seats, purchase cost ("$12.58": the cost of one seat, in US
//           dollars), expiration date (M/D/YYYY: the renewal date), and Full Name and Email of the
//           holder of a seat (both empty: no holder).
//
// Column names are matched in any case and order; other columns are ignored.
#ifndef SEATBOOK_EXAMPLES_INVENTORY_HPP_
#define SEATBOOK_EXAMPLES_INVENTORY_HPP_

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

#include "seatbook/seatbook.hpp"

namespace tour {

/// An input file, and its name in messages.
struct InputFile {
  std::string path;
  std::string name;
};

/// A file that cannot be used. The message is one line.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

inline std::string read_file(const InputFile& file) {
  std::ifstream stream(file.path, std::ios::binary);
  if (!stream) throw FileError(file.name + ": cannot be opened");
  std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (stream.bad()) throw FileError(file.name + ": cannot be read");
  return bytes;
}

inline seatbook::ImportPeople people_in(std::string_view csv) {
  return {.csv = csv, .columns = {.active = "Activated"}};
}

/// Imports the holders in a licenses file as people. Known people are not changed.
inline seatbook::ImportPeople holders_in(std::string_view csv) {
  return {.csv = csv, .columns = {.name = "Full Name", .email = "Email"}};
}

/// Imports licenses, with a seat for each holder.
inline seatbook::ImportLicenses licenses_in(std::string_view csv) {
  return {.csv = csv,
          .columns = {.name = "Item name",
                      .vendor = "manufacturer",
                      .total_seats = "seats",
                      .cost_per_seat = "purchase cost",
                      .renewal_date = "expiration date",
                      .holder_email = "Email"},
          .date_order = seatbook::DateOrder::month_day_year,
          .currency_sign = "$",
          .default_currency = "USD"};
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_INVENTORY_HPP_

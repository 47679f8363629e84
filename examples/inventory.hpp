// An inventory as another product exports it, and how its files are imported.
//
// People:   First Name, Last Name, Email, Activated ("false": archived).
// Licenses: Item name, manufacturer, seats, purchase cost ("$12.58": the cost of one seat, in US
//           dollars), expiration date (M/D/YYYY: when the license is renewed), and Full Name and
//           Email of the person who holds a seat (both empty: nobody does).
//
// Column names are matched in any case and order; other columns are passed over.
#ifndef SEATBOOK_EXAMPLES_INVENTORY_HPP_
#define SEATBOOK_EXAMPLES_INVENTORY_HPP_

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

#include "seatbook/seatbook.hpp"

namespace tour {

/// A file as it is opened, and as people are told of it.
struct InputFile {
  std::string path;
  std::string name;
};

/// A file that cannot be used: one line that says where and why.
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

/// The holders whom a file of licenses names; those who are known already are left as they are.
inline seatbook::ImportPeople holders_in(std::string_view csv) {
  return {.csv = csv, .columns = {.name = "Full Name", .email = "Email"}};
}

/// Licenses, with a seat for each holder.
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

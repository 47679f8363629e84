// An inventory as other products export it: a file of people and a file of licenses.
//
// People:   First Name, Last Name, Email, Activated ("false": archived).
// Licenses: Item name, seats, purchase cost ("$12.58": the cost of one seat, in US dollars),
//           expiration date (M/D/YYYY: when the license is renewed), manufacturer (may be missing),
//           and Full Name and Email of the person who holds a seat (both empty: nobody does).
//
// Column names are matched in any case and order; other columns are passed over.
#ifndef SEATBOOK_EXAMPLES_INVENTORY_HPP_
#define SEATBOOK_EXAMPLES_INVENTORY_HPP_

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "csv_table.hpp"
#include "seatbook/seatbook.hpp"
#include "text.hpp"

namespace tour {

struct PersonRow {
  std::uint64_t line = 0;
  std::string name;
  std::string email;
  bool archived = false;
};

struct LicenseRow {
  std::uint64_t line = 0;
  std::string name;
  std::string vendor;
  std::int64_t seats = 0;
  std::optional<seatbook::Money> cost_per_seat;
  std::optional<seatbook::Date> renewal_date;
  std::string holder_name;
  std::string holder_email;

  [[nodiscard]] bool has_holder() const { return !holder_name.empty() || !holder_email.empty(); }
};

/// A cell's text within a message.
inline std::string quoted(const std::string& text) {
  return '\'' + shortened(text, 40) + '\'';
}

/// The whole text as a number.
inline std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

inline bool read_activated(const CsvRow& row) {
  const std::string text = lower_case(row.text("Activated"));
  if (text == "true" || text == "yes" || text == "1") return true;
  if (text == "false" || text == "no" || text == "0") return false;
  throw row.error("Activated", "must be true or false, not " + quoted(text));
}

inline std::int64_t read_seats(const CsvRow& row) {
  const std::string text = row.text("seats");
  const auto seats = number_in(text);
  if (!seats || *seats < 0) {
    throw row.error("seats", "must be a number of seats, such as 25, not " + quoted(text));
  }
  return *seats;
}

inline std::optional<seatbook::Money> read_cost(const CsvRow& row) {
  const std::string text = row.text("purchase cost");
  if (text.empty()) return std::nullopt;
  const auto money =
      seatbook::Money::parse(std::string_view(text).substr(text.front() == '$' ? 1 : 0));
  if (!money) {
    throw row.error("purchase cost", "must be an amount such as $12.58: " + money.error().message);
  }
  return *money;
}

inline std::optional<seatbook::Date> read_renewal_date(const CsvRow& row) {
  const std::string text = row.text("expiration date");
  if (text.empty()) return std::nullopt;
  const auto fail = [&](const std::string& why) {
    return row.error("expiration date", "must be month/day/year, such as 9/30/2026: " + why);
  };

  const std::string_view parts = text;
  const std::size_t first = parts.find('/');
  const std::size_t second = first == parts.npos ? first : parts.find('/', first + 1);
  if (second == parts.npos) throw fail("not " + quoted(text));
  const std::string_view month = parts.substr(0, first);
  const std::string_view day = parts.substr(first + 1, second - first - 1);
  const std::string_view year = parts.substr(second + 1);
  const auto digits = [](std::string_view part) {
    return part.find_first_not_of("0123456789") == part.npos;
  };
  if (month.empty() || month.size() > 2 || day.empty() || day.size() > 2 || year.size() != 4 ||
      !digits(month) || !digits(day) || !digits(year)) {
    throw fail("not " + quoted(text));
  }
  const auto date = seatbook::Date::from_calendar(static_cast<int>(*number_in(year)),
                                                  static_cast<int>(*number_in(month)),
                                                  static_cast<int>(*number_in(day)));
  if (!date) throw fail(date.error().message);
  return *date;
}

inline std::vector<PersonRow> read_people(const InputFile& file) {
  std::vector<PersonRow> people;
  read_csv(file, {"First Name", "Last Name", "Email", "Activated"}, {}, [&](const CsvRow& row) {
    const std::string name = row.text("First Name") + ' ' + row.text("Last Name");
    people.push_back(
        {row.line(), std::string(trimmed(name)), row.text("Email"), !read_activated(row)});
  });
  return people;
}

inline std::vector<LicenseRow> read_licenses(const InputFile& file) {
  std::vector<LicenseRow> licenses;
  read_csv(file, {"Item name", "seats", "purchase cost", "expiration date", "Full Name", "Email"},
           {"manufacturer"}, [&](const CsvRow& row) {
             licenses.push_back({row.line(), row.text("Item name"), row.text("manufacturer"),
                                 read_seats(row), read_cost(row), read_renewal_date(row),
                                 row.text("Full Name"), row.text("Email")});
           });
  return licenses;
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_INVENTORY_HPP_

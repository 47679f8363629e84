#include "imports/cells.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "text/utf8.hpp"
#include "types/try.hpp"

namespace seatbook::imports {
namespace {

Error no_such(const char* choices) {
  return {Code::invalid_argument, std::string("must be one of ") + choices};
}

/// Parses the whole text as a number of at most 18 digits.
std::optional<std::int64_t> number_in(std::string_view digits) {
  constexpr std::size_t most = 18;
  if (digits.empty() || digits.size() > most ||
      digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace

Result<bool> flag_in(std::string_view cell) {
  const std::string text = text::fold(cell);
  if (text == "yes" || text == "true" || text == "1") return true;
  if (text == "no" || text == "false" || text == "0") return false;
  return no_such("yes, no, true, false, 1, 0");
}

Result<SeatTotal> total_in(std::string_view cell) {
  if (text::fold(cell) == "unlimited") return SeatTotal::unlimited();
  if (const auto number = number_in(cell)) return SeatTotal(*number);
  return Error{Code::total_out_of_range,
               "must be between 0 and 1,000,000,000, or `unlimited`"};  // C14
}

Result<Money> cost_in(std::string_view cell, std::string_view sign) {
  if (!sign.empty() && cell.size() > sign.size()) {
    if (cell.substr(0, sign.size()) == sign) {
      cell.remove_prefix(sign.size());
    } else if (cell.substr(cell.size() - sign.size()) == sign) {
      cell.remove_suffix(sign.size());
    }
  }
  return Money::parse(cell);
}

Result<Date> date_in(std::string_view cell, DateOrder order) {
  if (order == DateOrder::iso) return Date::parse(cell);
  const Error invalid{Code::invalid_date, order == DateOrder::month_day_year
                                              ? "must be a date such as 9/30/2026"
                                              : "must be a date such as 30/9/2026"};
  const std::size_t first = cell.find_first_of("/.-");
  if (first == std::string_view::npos) return invalid;
  const std::size_t second = cell.find(cell[first], first + 1);
  if (second == std::string_view::npos) return invalid;
  const std::array<std::string_view, 3> parts = {
      cell.substr(0, first), cell.substr(first + 1, second - first - 1), cell.substr(second + 1)};
  constexpr std::size_t year_digits = 4;
  if (parts[0].size() > 2 || parts[1].size() > 2 || parts[2].size() != year_digits) return invalid;
  const bool month_first = order == DateOrder::month_day_year;
  const auto month = number_in(parts[month_first ? 0 : 1]);
  const auto day = number_in(parts[month_first ? 1 : 0]);
  const auto year = number_in(parts[2]);
  if (!month || !day || !year) return invalid;
  return Date::from_calendar(static_cast<int>(*year), static_cast<int>(*month),
                             static_cast<int>(*day));
}

Result<Timestamp> instant_in(std::string_view cell, std::int32_t utc_offset_minutes,
                             DateOrder order) {
  constexpr std::string_view day = "YYYY-MM-DD";
  constexpr std::int64_t minutes_per_day = 1440;
  constexpr std::int64_t minute_us = 60'000'000;
  cell = text::trim(cell);
  if (cell.size() > day.size()) return Timestamp::parse(cell);
  SEATBOOK_TRY(const Date date, date_in(cell, order));
  const Timestamp start{(date.days * minutes_per_day - utc_offset_minutes) * minute_us};
  if (start.in_range()) return start;
  return Error{Code::date_out_of_range, "must be in the years 1970 to 2200"};
}

Result<BillingPeriod> period_in(std::string_view cell) {
  if (const auto period = period_from_string(text::fold(cell))) return *period;
  return no_such("month, year, once");
}

Result<CapacityPolicy> policy_in(std::string_view cell) {
  if (const auto policy = policy_from_string(text::fold(cell))) return *policy;
  return no_such("enforce, allow_over");
}

}  // namespace seatbook::imports

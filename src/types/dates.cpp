#include "seatbook/dates.hpp"

#include <boost/date_time/gregorian/gregorian_types.hpp>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace seatbook {
namespace {

constexpr std::int64_t us_per_second = 1'000'000;
constexpr std::int64_t seconds_per_day = 86'400;
constexpr std::int64_t us_per_day = seconds_per_day * us_per_second;
constexpr int first_year = 1970;
constexpr int last_year = 2200;

boost::gregorian::date epoch() {
  return {1970, 1, 1};
}

Error bad_date(Code code, std::string_view text, const char* why) {
  return {code, "\"" + std::string(text) + "\" " + why};
}

/// Reads digits, signs and separators from the start of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  /// Reads exactly `count` decimal digits.
  std::optional<int> digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int number = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return std::nullopt;
      number = number * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return number;
  }
  bool accept(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  [[nodiscard]] bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

struct CalendarDay {
  int year = 0;
  int month = 0;
  int day = 0;
};

std::optional<CalendarDay> scan_day(Scanner& scanner) {
  const auto year = scanner.digits(4);
  if (!year || !scanner.accept('-')) return std::nullopt;
  const auto month = scanner.digits(2);
  if (!month || !scanner.accept('-')) return std::nullopt;
  const auto day = scanner.digits(2);
  if (!day) return std::nullopt;
  return CalendarDay{*year, *month, *day};
}

struct ClockTime {
  std::int64_t us_of_day = 0;
  std::int64_t offset_us = 0;
};

/// Reads "12:00:00[.ffffff](Z|+hh:mm|-hh:mm)" to the end of the text.
std::optional<ClockTime> scan_time(Scanner& scanner) {
  const auto hour = scanner.digits(2);
  if (!hour || !scanner.accept(':')) return std::nullopt;
  const auto minute = scanner.digits(2);
  if (!minute || !scanner.accept(':')) return std::nullopt;
  const auto second = scanner.digits(2);
  if (!second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  std::int64_t fraction = 0;
  if (scanner.accept('.')) {
    std::int64_t unit = us_per_second / 10;
    if (scanner.peek() < '0' || scanner.peek() > '9') return std::nullopt;
    while (scanner.peek() >= '0' && scanner.peek() <= '9') {
      if (unit == 0) return std::nullopt;  // a seventh decimal would be lost
      fraction += unit * *scanner.digits(1);
      unit /= 10;
    }
  }
  ClockTime time;
  time.us_of_day = ((*hour * 60LL + *minute) * 60 + *second) * us_per_second + fraction;
  if (scanner.accept('Z')) return scanner.done() ? std::optional(time) : std::nullopt;
  const bool west = scanner.peek() == '-';
  if (!west && scanner.peek() != '+') return std::nullopt;
  scanner.accept(scanner.peek());
  const auto offset_hour = scanner.digits(2);
  if (!offset_hour || !scanner.accept(':')) return std::nullopt;
  const auto offset_minute = scanner.digits(2);
  if (!offset_minute || *offset_hour > 23 || *offset_minute > 59 || !scanner.done()) {
    return std::nullopt;
  }
  time.offset_us = (*offset_hour * 60LL + *offset_minute) * 60 * us_per_second * (west ? -1 : 1);
  return time;
}

std::int64_t floor_divide(std::int64_t number, std::int64_t by) {
  const std::int64_t quotient = number / by;
  return quotient * by > number ? quotient - 1 : quotient;
}

/// Returns a date within these years, both included.
Result<Date> day_within(int from_year, int to_year, const CalendarDay& of) {
  char text[48];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", of.year, of.month, of.day);
  if (of.month < 1 || of.month > 12 || of.day < 1 || of.day > 31) {
    return bad_date(Code::invalid_date, text, "is not a date of the calendar");
  }
  if (of.year < from_year || of.year > to_year) {
    return bad_date(Code::date_out_of_range, text, "is not in the years 1970 to 2200");
  }
  const auto year = static_cast<unsigned short>(of.year);
  const auto month = static_cast<unsigned short>(of.month);
  if (of.day > boost::gregorian::gregorian_calendar::end_of_month_day(year, month)) {
    return bad_date(Code::invalid_date, text, "is not a date of the calendar");
  }
  const boost::gregorian::date date(year, month, static_cast<unsigned short>(of.day));
  return Date{static_cast<std::int32_t>((date - epoch()).days())};
}

}  // namespace

Result<Date> Date::from_calendar(int year, int month, int day) {
  return day_within(first_year, last_year, {year, month, day});
}

Result<Date> Date::parse(std::string_view text) {
  Scanner scanner(text);
  const auto day = scan_day(scanner);
  if (!day || !scanner.done()) {
    return bad_date(Code::invalid_date, text, "is not of the form YYYY-MM-DD");
  }
  return from_calendar(day->year, day->month, day->day);
}

Date Date::of(Timestamp instant) noexcept {
  return {static_cast<std::int32_t>(floor_divide(instant.us, us_per_day))};
}

std::string Date::to_string() const {
  if (!in_range()) return std::to_string(days) + " days";
  const auto calendar = (epoch() + boost::gregorian::days(days)).year_month_day();
  char text[48];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", static_cast<int>(calendar.year),
                static_cast<int>(calendar.month.as_number()), static_cast<int>(calendar.day));
  return text;
}

bool Date::in_range() const noexcept {
  return days >= 0 && days <= static_cast<std::int32_t>(max_timestamp.us / us_per_day);
}

Result<Timestamp> Timestamp::parse(std::string_view text) {
  Scanner scanner(text);
  const auto day = scan_day(scanner);
  std::optional<ClockTime> time;
  if (day && (scanner.accept('T') || scanner.accept('t') || scanner.accept(' '))) {
    time = scan_time(scanner);
  }
  if (!day || !time) {
    return bad_date(Code::invalid_date, text,
                    "is not of the form YYYY-MM-DDThh:mm:ss[.ffffff](Z or an offset)");
  }
  // With an offset, a date in the previous or next year can be in range in UTC.
  const auto date = day_within(first_year - 1, last_year + 1, *day);
  if (!date) return date.error();
  const Timestamp instant{date->days * us_per_day + time->us_of_day - time->offset_us};
  if (!instant.in_range()) {
    return bad_date(Code::date_out_of_range, text, "is not in the years 1970 to 2200");
  }
  return instant;
}

std::string Timestamp::to_string() const {
  if (!in_range()) return std::to_string(us) + " us";
  const std::int64_t day = floor_divide(us, us_per_day);
  const std::int64_t us_of_day = us - day * us_per_day;
  const std::int64_t second = us_of_day / us_per_second;
  const std::int64_t fraction = us_of_day % us_per_second;
  char text[64];
  std::snprintf(text, sizeof text, "T%02d:%02d:%02d", static_cast<int>(second / 3600),
                static_cast<int>(second / 60 % 60), static_cast<int>(second % 60));
  std::string result = Date{static_cast<std::int32_t>(day)}.to_string() + text;
  if (fraction != 0) {
    std::snprintf(text, sizeof text, ".%06d", static_cast<int>(fraction));
    result += text;
    result.erase(result.find_last_not_of('0') + 1);
  }
  return result + "Z";
}

bool Timestamp::in_range() const noexcept {
  return us >= min_timestamp.us && us <= max_timestamp.us;
}

}  // namespace seatbook

/// Instants and calendar dates.
#ifndef SEATBOOK_DATES_HPP_
#define SEATBOOK_DATES_HPP_

#include <cstdint>
#include <string>
#include <string_view>

#include "seatbook/result.hpp"

namespace seatbook {

/// An instant: microseconds since 1970-01-01T00:00:00Z. A book accepts 1970 to the end of 2200.
struct Timestamp {
  std::int64_t us = 0;

  /// Returns RFC 3339 in UTC with as many decimals as needed: "2026-03-01T12:00:00Z".
  [[nodiscard]] std::string to_string() const;
  /// Parses RFC 3339 with `Z` or an offset, and at most six decimals of a second.
  /// Errors: invalid_date, date_out_of_range (of the instant in UTC).
  [[nodiscard]] static Result<Timestamp> parse(std::string_view text);
  /// Returns a value outside the range that represents a text that is not an instant. A command
  /// fails with `invalid_date` when it checks this member, so a binding need not validate its
  /// arguments (C74).
  [[nodiscard]] static constexpr Timestamp unreadable() noexcept { return {INT64_MIN}; }
  [[nodiscard]] bool in_range() const noexcept;

  friend constexpr bool operator==(Timestamp a, Timestamp b) { return a.us == b.us; }
  friend constexpr bool operator!=(Timestamp a, Timestamp b) { return a.us != b.us; }
  friend constexpr bool operator<(Timestamp a, Timestamp b) { return a.us < b.us; }
  friend constexpr bool operator>(Timestamp a, Timestamp b) { return a.us > b.us; }
  friend constexpr bool operator<=(Timestamp a, Timestamp b) { return a.us <= b.us; }
  friend constexpr bool operator>=(Timestamp a, Timestamp b) { return a.us >= b.us; }
};

inline constexpr Timestamp min_timestamp = {0};
/// 2200-12-31T23:59:59.999999Z.
inline constexpr Timestamp max_timestamp = {7'289'654'399'999'999};

/// A calendar date without a time zone: days since 1970-01-01.
struct Date {
  std::int32_t days = 0;

  /// Makes a date from its parts.
  /// Errors: invalid_date (no such day), date_out_of_range (not 1970 to 2200).
  [[nodiscard]] static Result<Date> from_calendar(int year, int month, int day);
  /// Parses "YYYY-MM-DD". Errors: as from_calendar.
  [[nodiscard]] static Result<Date> parse(std::string_view text);
  /// Represents a text that is not a date, like Timestamp::unreadable(). Fails with `invalid_date`.
  [[nodiscard]] static constexpr Date unreadable() noexcept { return {INT32_MIN}; }
  /// Returns the UTC date of an instant.
  [[nodiscard]] static Date of(Timestamp instant) noexcept;
  /// Returns "YYYY-MM-DD".
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] bool in_range() const noexcept;

  friend constexpr bool operator==(Date a, Date b) { return a.days == b.days; }
  friend constexpr bool operator!=(Date a, Date b) { return a.days != b.days; }
  friend constexpr bool operator<(Date a, Date b) { return a.days < b.days; }
  friend constexpr bool operator>(Date a, Date b) { return a.days > b.days; }
  friend constexpr bool operator<=(Date a, Date b) { return a.days <= b.days; }
  friend constexpr bool operator>=(Date a, Date b) { return a.days >= b.days; }
};

}  // namespace seatbook

#endif  // SEATBOOK_DATES_HPP_

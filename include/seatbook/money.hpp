/// Exact amounts, the period in which they are charged, and exact sums of them.
#ifndef SEATBOOK_MONEY_HPP_
#define SEATBOOK_MONEY_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "seatbook/result.hpp"

namespace seatbook {

/// An exact amount in some currency: a whole number of ten-thousandths (C53).
struct Money {
  std::int64_t ten_thousandths = 0;

  /// Parses a plain decimal with `.` and at most four decimals; ignores surrounding spaces (C33).
  /// Errors: invalid_money (form), money_out_of_range (above max_money).
  [[nodiscard]] static Result<Money> parse(std::string_view text);
  /// Represents a text that is not an amount, like Timestamp::unreadable(). Fails with
  /// `invalid_money`.
  [[nodiscard]] static constexpr Money unreadable() noexcept { return {INT64_MIN}; }
  /// Returns two to four decimals: "12.58", "12.50", "0.0001".
  [[nodiscard]] std::string to_string() const;
  [[nodiscard]] bool in_range() const noexcept;

  friend constexpr bool operator==(Money a, Money b) {
    return a.ten_thousandths == b.ten_thousandths;
  }
  friend constexpr bool operator!=(Money a, Money b) { return !(a == b); }
  friend constexpr bool operator<(Money a, Money b) {
    return a.ten_thousandths < b.ten_thousandths;
  }
};

inline constexpr Money max_money = {999'999'999'999};

/// How often the cost per seat is charged (C53).
enum class BillingPeriod : std::uint8_t { month = 0, year = 1, once = 2 };
[[nodiscard]] std::string_view to_string(BillingPeriod period) noexcept;
/// Returns the period of that name, if there is one.
[[nodiscard]] std::optional<BillingPeriod> period_from_string(std::string_view name) noexcept;

/// An exact sum of monthly costs: a whole number of twelfths of a ten-thousandth
/// (docs/decisions/0011). Never negative. Holds up to 2^128 of these units, about a million times
/// the cost of a full book, and saturates beyond that.
class MoneySum {
 public:
  constexpr MoneySum() = default;

  /// Adds the monthly cost of `seats` seats at `price`: a yearly price counts a twelfth, a one-time
  /// price counts nothing (C53). A negative price, which no book contains, counts nothing.
  void add(Money price, std::uint64_t seats, BillingPeriod period) noexcept;
  MoneySum& operator+=(const MoneySum& other) noexcept;

  [[nodiscard]] constexpr bool is_zero() const noexcept { return high_ == 0 && low_ == 0; }
  /// Returns the sum like Money, with two to four decimals: "12.50". Rounds to four decimals, half
  /// to even; comparisons and additions use the exact sum.
  [[nodiscard]] std::string to_string() const;
  /// Returns the exact sum: the number of twelfths of a ten-thousandth, in decimal digits.
  [[nodiscard]] std::string twelfths() const;

  friend constexpr bool operator==(const MoneySum& a, const MoneySum& b) noexcept {
    return a.high_ == b.high_ && a.low_ == b.low_;
  }
  friend constexpr bool operator!=(const MoneySum& a, const MoneySum& b) noexcept {
    return !(a == b);
  }
  friend constexpr bool operator<(const MoneySum& a, const MoneySum& b) noexcept {
    return a.high_ != b.high_ ? a.high_ < b.high_ : a.low_ < b.low_;
  }

 private:
  std::uint64_t high_ = 0;
  std::uint64_t low_ = 0;
};

}  // namespace seatbook

#endif  // SEATBOOK_MONEY_HPP_

// MoneySum of reports.hpp.
#include <string>

#include "seatbook/reports.hpp"

namespace seatbook {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t twelfths_a_year = 12;
constexpr std::uint64_t scale = 10'000;
constexpr std::size_t max_decimals = 4;
constexpr unsigned half_bits = 64;

constexpr Wide joined(std::uint64_t high, std::uint64_t low) {
  return Wide{high} << half_bits | low;
}

std::string digits_of(Wide number) {
  std::string digits;
  do {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(number % 10)));
    number /= 10;
  } while (number != 0);
  return digits;
}

}  // namespace

MoneySum& MoneySum::operator+=(const MoneySum& other) noexcept {
  const Wide before = joined(high_, low_);
  Wide sum = before + joined(other.high_, other.low_);
  if (sum < before) sum = ~Wide{0};
  high_ = static_cast<std::uint64_t>(sum >> half_bits);
  low_ = static_cast<std::uint64_t>(sum);
  return *this;
}

void MoneySum::add(Money price, std::uint64_t seats, BillingPeriod period) noexcept {
  if (price.ten_thousandths <= 0 || period == BillingPeriod::once) return;
  const std::uint64_t months = period == BillingPeriod::year ? 1 : twelfths_a_year;
  // 63, 64 and 4 bits: a price near its limit has 40 bits, but this one is unchecked.
  const Wide once = static_cast<Wide>(price.ten_thousandths) * months;
  MoneySum product;
  if (seats != 0 && once > ~Wide{0} / seats) {
    product.high_ = product.low_ = ~std::uint64_t{0};
  } else {
    const Wide all = once * seats;
    product.high_ = static_cast<std::uint64_t>(all >> half_bits);
    product.low_ = static_cast<std::uint64_t>(all);
  }
  *this += product;
}

std::string MoneySum::to_string() const {
  const Wide sum = joined(high_, low_);
  Wide ten_thousandths = sum / twelfths_a_year;
  const auto rest = static_cast<std::uint64_t>(sum % twelfths_a_year);
  constexpr std::uint64_t half = twelfths_a_year / 2;
  if (rest > half || (rest == half && ten_thousandths % 2 == 1)) ++ten_thousandths;
  std::string decimals = digits_of(ten_thousandths % scale);
  decimals.insert(0, max_decimals - decimals.size(), '0');
  while (decimals.size() > 2 && decimals.back() == '0') decimals.pop_back();
  return digits_of(ten_thousandths / scale) + "." + decimals;
}

std::string MoneySum::twelfths() const {
  return digits_of(joined(high_, low_));
}

}  // namespace seatbook

#include "seatbook/money.hpp"

#include <string>
#include <string_view>

#include "types/names.hpp"

namespace seatbook {
namespace {

constexpr std::int64_t scale = 10'000;
constexpr std::size_t max_decimals = 4;

Error bad_money(Code code, std::string_view text, const char* why) {
  return {code, "\"" + std::string(text) + "\" " + why};
}

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t twelfths_a_year = 12;
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

constexpr types::Names<BillingPeriod, 3> period_names = {{
    {BillingPeriod::month, "month"},
    {BillingPeriod::year, "year"},
    {BillingPeriod::once, "once"},
}};

}  // namespace

Result<Money> Money::parse(std::string_view text) {
  constexpr const char* form = "is not a plain decimal such as 12.50";
  std::string_view rest = text;
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  while (!rest.empty() && rest.back() == ' ') rest.remove_suffix(1);
  std::int64_t whole = 0;
  std::size_t used = 0;
  bool too_large = false;
  for (; used < rest.size() && is_digit(rest[used]); ++used) {
    if (whole > max_money.ten_thousandths) {
      too_large = true;  // continue: the form is checked before the size
    } else {
      whole = whole * 10 + (rest[used] - '0');
    }
  }
  if (used == 0) return bad_money(Code::invalid_money, text, form);
  rest.remove_prefix(used);
  std::int64_t fraction = 0;
  if (!rest.empty()) {
    if (rest.front() != '.') return bad_money(Code::invalid_money, text, form);
    rest.remove_prefix(1);
    if (rest.empty()) return bad_money(Code::invalid_money, text, form);
    std::int64_t unit = scale / 10;
    for (std::size_t i = 0; i < rest.size(); ++i) {
      if (!is_digit(rest[i])) return bad_money(Code::invalid_money, text, form);
      if (i < max_decimals) {
        fraction += unit * (rest[i] - '0');
        unit /= 10;
      }
    }
    if (rest.size() > max_decimals) {
      return bad_money(Code::invalid_money, text, "has more than four decimals");
    }
  }
  if (too_large || whole > max_money.ten_thousandths / scale) {
    return bad_money(Code::money_out_of_range, text, "is not between 0 and 99999999.9999");
  }
  return Money{whole * scale + fraction};
}

std::string Money::to_string() const {
  const bool negative = ten_thousandths < 0;
  // Unsigned, so that the smallest number has a magnitude.
  const auto magnitude = negative ? 0 - static_cast<std::uint64_t>(ten_thousandths)
                                  : static_cast<std::uint64_t>(ten_thousandths);
  std::string decimals = std::to_string(magnitude % scale);
  decimals.insert(0, max_decimals - decimals.size(), '0');
  while (decimals.size() > 2 && decimals.back() == '0') decimals.pop_back();
  return (negative ? "-" : "") + std::to_string(magnitude / scale) + "." + decimals;
}

bool Money::in_range() const noexcept {
  return ten_thousandths >= 0 && ten_thousandths <= max_money.ten_thousandths;
}

std::string_view to_string(BillingPeriod period) noexcept {
  return types::name_of(period_names, period);
}

std::optional<BillingPeriod> period_from_string(std::string_view name) noexcept {
  return types::value_of(period_names, name);
}

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

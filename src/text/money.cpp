// Money and SeatTotal of types.hpp.
#include <string>
#include <string_view>

#include "seatbook/types.hpp"

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

bool SeatTotal::in_range() const noexcept {
  return unlimited_ || (seats_ >= 0 && seats_ <= max_total_seats);
}

}  // namespace seatbook

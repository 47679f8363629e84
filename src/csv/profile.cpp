#include "csv/profile.hpp"

#include <array>

namespace seatbook::csv {

bool looks_like_formula(std::string_view text) noexcept {
  if (text.empty()) return false;
  constexpr std::string_view ascii = "=+-@\t\r\n'";
  if (ascii.find(text.front()) != std::string_view::npos) return true;
  // U+FF1D, U+FF0B, U+FF0D, U+FF20: full-width = + - @
  constexpr std::array<std::string_view, 4> full_width = {"\xEF\xBC\x9D", "\xEF\xBC\x8B",
                                                          "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
  for (const std::string_view sign : full_width) {
    if (text.substr(0, sign.size()) == sign) return true;
  }
  return false;
}

std::string_view unguarded(std::string_view cell, CsvProfile profile) noexcept {
  if (profile == CsvProfile::spreadsheet && !cell.empty() && cell.front() == '\'' &&
      looks_like_formula(cell.substr(1))) {
    cell.remove_prefix(1);
  }
  return cell;
}

}  // namespace seatbook::csv

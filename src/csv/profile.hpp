/// Protection against texts that a spreadsheet would treat as a formula (C38).
#ifndef SEATBOOK_CSV_PROFILE_HPP_
#define SEATBOOK_CSV_PROFILE_HPP_

#include <string_view>

#include "seatbook/csv.hpp"

namespace seatbook::csv {

/// Returns whether the text begins with one of the characters listed in C38.
[[nodiscard]] bool looks_like_formula(std::string_view text) noexcept;

/// Returns the text of a cell that was written with `profile`: for `spreadsheet` without a leading
/// `'` that is followed by one of these characters.
[[nodiscard]] std::string_view unguarded(std::string_view cell, CsvProfile profile) noexcept;

}  // namespace seatbook::csv

#endif  // SEATBOOK_CSV_PROFILE_HPP_

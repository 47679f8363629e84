/// Which texts a spreadsheet would take for a formula, and how they are kept from it (C38).
#ifndef SEATBOOK_CSV_PROFILE_HPP_
#define SEATBOOK_CSV_PROFILE_HPP_

#include <string_view>

#include "seatbook/csv.hpp"

namespace seatbook::csv {

/// Whether the text begins with one of the characters that C38 names.
[[nodiscard]] bool looks_like_formula(std::string_view text) noexcept;

/// The text of a cell that was written with `profile`: one leading `'` less where one of those
/// characters follows it, and only for `spreadsheet`.
[[nodiscard]] std::string_view unguarded(std::string_view cell, CsvProfile profile) noexcept;

}  // namespace seatbook::csv

#endif  // SEATBOOK_CSV_PROFILE_HPP_

/// Names of enumerators: one table for each enumeration, used in both directions.
#ifndef SEATBOOK_TYPES_NAMES_HPP_
#define SEATBOOK_TYPES_NAMES_HPP_

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace seatbook::types {

template <class Enum, std::size_t size>
using Names = std::array<std::pair<Enum, std::string_view>, size>;

/// Returns "unknown" if the value is not in the table.
template <class Enum, std::size_t size>
std::string_view name_of(const Names<Enum, size>& names, Enum value) noexcept {
  for (const auto& [known, name] : names) {
    if (known == value) return name;
  }
  return "unknown";
}

template <class Enum, std::size_t size>
std::optional<Enum> value_of(const Names<Enum, size>& names, std::string_view name) noexcept {
  for (const auto& [value, known] : names) {
    if (known == name) return value;
  }
  return std::nullopt;
}

}  // namespace seatbook::types

#endif  // SEATBOOK_TYPES_NAMES_HPP_

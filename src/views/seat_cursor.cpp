#include "views/seat_cursor.hpp"

#include <charconv>
#include <string_view>

namespace seatbook::views {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

std::string hex_of(std::string_view bytes) {
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    hex += hex_digits[value >> 4U];
    hex += hex_digits[value & 15U];
  }
  return hex;
}

std::optional<std::string> bytes_of(std::string_view hex) {
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const auto high = hex_digits.find(hex[i]);
    const auto low = hex_digits.find(hex[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number;
}

/// Returns the order of a position, such as "assigned.up.".
std::string order_of(const SeatListQuery& query) {
  return std::string(to_string(query.sort)) + (query.descending ? ".down." : ".up.");
}

}  // namespace

std::string cursor_of(const SeatListQuery& query, const SeatPosition& position) {
  std::string cursor = order_of(query) + std::to_string(position.assignment.value);
  switch (query.sort) {
    case SeatSort::user:
      return cursor + "." + hex_of(position.name_key);
    case SeatSort::last_used:
      if (position.last_use_us == SeatPosition::never) return cursor + ".never";
      return cursor + "." + std::to_string(position.last_use_us);
    case SeatSort::assigned:
      break;
  }
  return cursor;
}

std::optional<SeatPosition> position_of(const SeatListQuery& query) {
  const std::string order = order_of(query);
  std::string_view rest = query.after;
  if (rest.substr(0, order.size()) != order) return std::nullopt;
  rest.remove_prefix(order.size());

  SeatPosition position;
  const std::size_t dot = rest.find('.');
  const auto assignment = number_in<std::uint64_t>(rest.substr(0, dot));
  if (!assignment || *assignment == 0) return std::nullopt;
  position.assignment = AssignmentId(*assignment);
  if ((dot == std::string_view::npos) != (query.sort == SeatSort::assigned)) return std::nullopt;
  if (query.sort == SeatSort::assigned) return position;
  rest.remove_prefix(dot + 1);

  if (query.sort == SeatSort::user) {
    auto name = bytes_of(rest);
    if (!name) return std::nullopt;
    position.name_key = *std::move(name);
  } else if (rest != "never") {
    const auto us = number_in<std::int64_t>(rest);
    if (!us || *us < 0) return std::nullopt;
    position.last_use_us = *us;
  }
  return position;
}

}  // namespace seatbook::views

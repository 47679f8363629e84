/// Values in PostgreSQL's binary format.
#ifndef SEATBOOK_STORAGE_POSTGRES_BINARY_HPP_
#define SEATBOOK_STORAGE_POSTGRES_BINARY_HPP_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "seatbook/types.hpp"

namespace seatbook::postgres::detail {

/// Days from 1970-01-01 to 2000-01-01, PostgreSQL's day 0.
inline constexpr std::int32_t days_to_2000 = 10'957;

inline void append_integer(std::string& bytes, std::uint64_t value, std::size_t size) {
  char digits[8];
  for (std::size_t at = size; at > 0; value >>= 8) digits[--at] = static_cast<char>(value & 0xff);
  bytes.append(digits, size);
}

/// Returns an integer of 1, 4 or 8 bytes; nothing if the value has another length.
inline std::optional<std::int64_t> integer_of(std::string_view bytes) {
  if (bytes.size() != 1 && bytes.size() != 4 && bytes.size() != 8) return std::nullopt;
  std::uint64_t number = (bytes.front() & 0x80) != 0 ? ~std::uint64_t{0} : 0;
  for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(number);
}

/// Appends a cell: its length, then its value.
class CellWriter {
 public:
  explicit CellWriter(std::string& bytes) : bytes_(bytes) {}

  void null() { append_integer(bytes_, ~std::uint64_t{0}, 4); }
  void value(bool value) { number(value ? 1 : 0, 1); }
  void value(std::uint64_t value) { number(value, 8); }
  void value(Date date) { number(static_cast<std::uint32_t>(date.days - days_to_2000), 4); }
  void value(std::string_view text) {
    append_integer(bytes_, text.size(), 4);
    bytes_.append(text);
  }

 private:
  void number(std::uint64_t value, std::size_t size) {
    append_integer(bytes_, size, 4);
    append_integer(bytes_, value, size);
  }
  std::string& bytes_;
};

/// The cells of a row, as a RowReader reads them. `Row` has null(cell) and bytes(cell). Other
/// programs may have edited the tables, so lengths are checked.
template <class Row>
struct Cells {
  const Row& row;

  [[nodiscard]] bool null(int cell) const { return row.null(cell); }
  [[nodiscard]] std::optional<std::int64_t> number(int cell) const {
    return integer_of(row.bytes(cell));
  }
  [[nodiscard]] std::optional<std::string_view> text(int cell) const {
    if (null(cell)) return std::nullopt;
    return row.bytes(cell);
  }
  [[nodiscard]] std::optional<Date> date(int cell) const {
    const auto days = number(cell);
    // PostgreSQL's date range is wider than a book's, and includes "infinity".
    if (!days || *days > 1'000'000 || *days < -1'000'000) return std::nullopt;
    const Date date{static_cast<std::int32_t>(*days) + days_to_2000};
    return date.in_range() ? std::optional(date) : std::nullopt;
  }
};

}  // namespace seatbook::postgres::detail

#endif  // SEATBOOK_STORAGE_POSTGRES_BINARY_HPP_

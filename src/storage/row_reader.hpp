/// Reads records from the rows of a database.
#ifndef SEATBOOK_STORAGE_ROW_READER_HPP_
#define SEATBOOK_STORAGE_ROW_READER_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "seatbook/records.hpp"
#include "storage/changes_text.hpp"
#include "storage/columns.hpp"
#include "types/records.hpp"

namespace seatbook::detail {

/// Reads a record's members from the cells of a row, one after the other. The file can be damaged,
/// and other programs can have edited the tables, so every value is checked, even what the table
/// guarantees.
///
/// `Cells` are the cells of the row: null(cell) returns whether a cell is null; number(cell),
/// text(cell) and date(cell) return its value, or none if it is null or of another type.
template <class Cells>
class RowReader {
 public:
  explicit RowReader(Cells cells) : cells_(cells) {}
  /// Returns the first column with an invalid value; empty if all are valid.
  [[nodiscard]] const std::string& invalid() const { return invalid_; }

  template <class Value>
  void operator()(const Column& column, Value& value) {
    const int cell = next_++;
    if (!column.required && cells_.null(cell)) {
      if constexpr (std::is_same_v<Value, SeatTotal>) value = SeatTotal::unlimited();
    } else if (!read(cell, value) && invalid_.empty()) {
      invalid_ = column.to_string();
    }
  }
  void operator()(const Column& column, std::optional<LicenseTerms>& terms) {
    if (!cells_.null(next_)) terms.emplace();
    visit_terms([&](const char* /*name*/, auto member) {
      if (terms) {
        (*this)(column_of(column.name, member), (*terms).*member);
      } else {
        ++next_;
      }
    });
  }

 private:
  template <class Tag>
  bool read(int cell, Id<Tag>& id) {
    const auto number = cells_.number(cell);
    if (!number || *number < 0) return false;
    id.value = static_cast<std::uint64_t>(*number);
    return true;
  }
  bool read(int cell, Timestamp& instant) { return set(instant.us, cells_.number(cell)); }
  bool read(int cell, Money& money) { return set(money.ten_thousandths, cells_.number(cell)); }
  bool read(int cell, SeatTotal& total) { return set(total, cells_.number(cell)); }
  bool read(int cell, Date& date) { return set(date, cells_.date(cell)); }
  bool read(int cell, std::string& text) { return set(text, cells_.text(cell)); }
  bool read(int cell, std::vector<FieldChange>& changes) {
    const auto text = cells_.text(cell);
    return text && set(changes, changes_from(*text));
  }
  bool read(int cell, bool& flag) {
    const auto number = cells_.number(cell);
    flag = number == 1;
    return flag || number == 0;
  }
  template <class Value>
  bool read(int cell, std::optional<Value>& value) {
    return read(cell, value.emplace());
  }
  template <class Enum>
  bool read(int cell, Enum& value) {
    const auto name = cells_.text(cell);
    return name && set(value, types::from_name<Enum>(*name));
  }
  template <class To, class From>
  static bool set(To& to, const std::optional<From>& from) {
    if (from) to = *from;
    return from.has_value();
  }

  Cells cells_;
  int next_ = 0;
  std::string invalid_;
};

}  // namespace seatbook::detail

#endif  // SEATBOOK_STORAGE_ROW_READER_HPP_

/// Exports lists of rows as columns, by the Arrow C data and stream interfaces, without Arrow
/// itself.
///
/// A column has the name of a member. Ids and counts are uint64, texts and enumerators UTF-8, times
/// microseconds in UTC, dates days, amounts decimals with four places. Missing values and unlimited
/// totals are null. Members of a nested record become columns with its name as prefix, such as
/// `row_kind`. Lists within a record are omitted.
#ifndef SEATBOOK_BINDINGS_PYTHON_ARROW_HPP_
#define SEATBOOK_BINDINGS_PYTHON_ARROW_HPP_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "python/src/values.hpp"

namespace seatbook::python {

/// The values of one column in the memory layout of Arrow.
class ArrowColumn {
 public:
  ArrowColumn(std::string name, std::string format)
      : name_(std::move(name)), format_(std::move(format)), width_(width_of(format_)) {
    // Arrow requires non-null buffers, even if they are empty.
    valid_.reserve(1);
    flags_.reserve(1);
    values_.reserve(1);
  }

  void add_null();
  /// Adds a number of 4, 8 or 16 bytes, little-endian.
  template <class Number>
  void add_number(Number number) {
    const auto* const bytes = reinterpret_cast<const char*>(&number);  // NOLINT: the layout is raw
    values_.insert(values_.end(), bytes, bytes + sizeof number);
    add_valid();
  }
  void add_text(std::string_view text);
  void add_flag(bool flag);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& format() const { return format_; }
  [[nodiscard]] std::int64_t nulls() const { return nulls_; }
  [[nodiscard]] bool is_text() const { return format_ == "U"; }
  [[nodiscard]] std::vector<const void*> buffers() const;

 private:
  static std::size_t width_of(const std::string& format) {
    if (format == "tdD") return 4;
    return format.front() == 'd' ? 16 : 8;
  }
  void add_valid();
  void add_bit(std::vector<std::uint8_t>& bits, bool bit) const;

  std::string name_;
  std::string format_;
  std::size_t width_;
  std::int64_t rows_ = 0;
  std::int64_t nulls_ = 0;
  std::vector<std::uint8_t> valid_;
  std::vector<std::uint8_t> flags_;
  std::vector<char> values_;
  std::vector<std::int64_t> offsets_{0};
};

/// A table, exported as a stream of one batch.
struct ArrowTable {
  std::int64_t rows = 0;
  std::vector<ArrowColumn> columns;
};

/// Returns a capsule "arrow_array_stream". The consumer of the stream releases it.
py::capsule arrow_stream(ArrowTable table);

/// Returns the Arrow format of a member's column; null if it has no column.
template <class Value>
constexpr const char* arrow_format() {
  if constexpr (std::is_same_v<Value, std::string> || std::is_enum_v<Value>) return "U";
  if constexpr (std::is_same_v<Value, bool>) return "b";
  if constexpr (std::is_same_v<Value, Timestamp>) return "tsu:UTC";
  if constexpr (std::is_same_v<Value, Date>) return "tdD";
  if constexpr (std::is_same_v<Value, Money> || std::is_same_v<Value, MoneySum>) return "d:38,4";
  if constexpr (std::is_same_v<Value, SeatTotal>) return "L";
  if constexpr (std::is_integral_v<Value> && !std::is_same_v<Value, bool>) return "L";
  if constexpr (requires(Value id) { id.value; }) return "L";
  return nullptr;
}

void add_value(ArrowColumn& column, const std::string& text);
void add_value(ArrowColumn& column, bool flag);
void add_value(ArrowColumn& column, Timestamp instant);
void add_value(ArrowColumn& column, Date date);
void add_value(ArrowColumn& column, Money amount);
void add_value(ArrowColumn& column, const MoneySum& sum);
void add_value(ArrowColumn& column, SeatTotal total);
template <class Number>
  requires(std::is_integral_v<Number> && !std::is_same_v<Number, bool>)
void add_value(ArrowColumn& column, Number number) {
  column.add_number(static_cast<std::uint64_t>(number));
}
/// Adds an id, or null if the id is 0. Sequence numbers are never null.
template <class Tag>
void add_value(ArrowColumn& column, Id<Tag> id) {
  constexpr bool in_order = std::is_same_v<Id<Tag>, Seq> || std::is_same_v<Id<Tag>, Version> ||
                            std::is_same_v<Id<Tag>, Revision>;
  id || in_order ? column.add_number(id.value) : column.add_null();
}
template <class Enum>
  requires std::is_enum_v<Enum>
void add_value(ArrowColumn& column, Enum value) {
  column.add_text(to_string(value));
}

/// Adds the columns of a record's members to a table. `get` returns the record of a row.
template <class Record, class Row, class Get>
void add_columns(ArrowTable& table, const std::string& prefix, const std::vector<const Row*>& rows,
                 const Get& get) {
  Members<Record>::visit([&]<class Value>(const char* member, Value Record::* pointer) {
    const std::string name = prefix + member;
    if constexpr (Described<Value>) {
      add_columns<Value>(table, name + "_", rows,
                         [&](const Row& row) -> const Value& { return get(row).*pointer; });
    } else if constexpr (requires(Value value) { value.has_value(); }) {
      using Inner = typename Value::value_type;
      if constexpr (arrow_format<Inner>() != nullptr) {
        ArrowColumn column(name, arrow_format<Inner>());
        for (const Row* row : rows) {
          const Value& value = get(*row).*pointer;
          value ? add_value(column, *value) : column.add_null();
        }
        table.columns.push_back(std::move(column));
      }
    } else if constexpr (arrow_format<Value>() != nullptr) {
      ArrowColumn column(name, arrow_format<Value>());
      for (const Row* row : rows) add_value(column, get(*row).*pointer);
      table.columns.push_back(std::move(column));
    }
  });
}

template <Described Row>
ArrowTable arrow_table(const std::vector<const Row*>& rows) {
  ArrowTable table;
  table.rows = static_cast<std::int64_t>(rows.size());
  add_columns<Row>(table, "", rows, [](const Row& row) -> const Row& { return row; });
  return table;
}

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_ARROW_HPP_

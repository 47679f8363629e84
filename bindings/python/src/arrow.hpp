/// Exports lists of rows as columns, by the Arrow C stream interface.
///
/// A column has the name of a member. Ids and counts are uint64, texts and enumerators UTF-8, times
/// microseconds in UTC, dates days, amounts decimals with four places. Missing values and unlimited
/// totals are null. Members of a nested record become columns with its name as prefix, such as
/// `row_kind`. Lists within a record are omitted.
#ifndef SEATBOOK_BINDINGS_PYTHON_ARROW_HPP_
#define SEATBOOK_BINDINGS_PYTHON_ARROW_HPP_

#include <pybind11/pybind11.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "common/arrow.hpp"
#include "seatbook/describe.hpp"
#include "seatbook/seatbook.hpp"

namespace seatbook::python {

using bindings::ArrowColumn;
using bindings::ArrowTable;
using bindings::ArrowType;

/// Returns the type of a member's column; none if it has no column.
template <class Value>
constexpr std::optional<ArrowType> arrow_type() {
  if constexpr (std::is_same_v<Value, std::string> || std::is_enum_v<Value>) {
    return ArrowType::text;
  } else if constexpr (std::is_same_v<Value, bool>) {
    return ArrowType::flag;
  } else if constexpr (std::is_same_v<Value, Timestamp>) {
    return ArrowType::time;
  } else if constexpr (std::is_same_v<Value, Date>) {
    return ArrowType::date;
  } else if constexpr (std::is_same_v<Value, Money> || std::is_same_v<Value, MoneySum>) {
    return ArrowType::decimal;
  } else if constexpr (requires(Value value) { value.has_value(); }) {
    return arrow_type<typename Value::value_type>();
  } else if constexpr (std::is_integral_v<Value> || std::is_same_v<Value, SeatTotal> ||
                       requires(Value id) { id.value; }) {
    return ArrowType::number;
  } else {
    return std::nullopt;
  }
}

inline void add_value(ArrowColumn& column, const std::string& text) {
  column.add_text(text);
}
inline void add_value(ArrowColumn& column, bool flag) {
  column.add_flag(flag);
}
inline void add_value(ArrowColumn& column, Timestamp instant) {
  column.add_number(instant.us);
}
inline void add_value(ArrowColumn& column, Date date) {
  column.add_number(date.days);
}
inline void add_value(ArrowColumn& column, Money amount) {
  column.add_number(amount.ten_thousandths);
}
inline void add_value(ArrowColumn& column, const MoneySum& sum) {
  column.add_number(bindings::ten_thousandths(sum.to_string()));
}
inline void add_value(ArrowColumn& column, SeatTotal total) {
  total.is_unlimited() ? column.add_null() : column.add_number(total.seats());
}
template <class Number>
  requires(std::is_integral_v<Number> && !std::is_same_v<Number, bool>)
void add_value(ArrowColumn& column, Number number) {
  column.add_number(number);
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
template <class Value>
void add_value(ArrowColumn& column, const std::optional<Value>& value) {
  value ? add_value(column, *value) : column.add_null();
}

/// Adds the columns of a record's members to a table. `get` returns the record of a row.
template <class Record, class Row, class Get>
void add_columns(ArrowTable& table, const std::string& prefix, const std::vector<const Row*>& rows,
                 const Get& get) {
  Description<Record>::visit([&]<class Value>(const char* member, Value Record::* pointer) {
    const std::string name = prefix + member;
    if constexpr (is_described<Value>) {
      add_columns<Value>(table, name + "_", rows,
                         [&](const Row& row) -> const Value& { return get(row).*pointer; });
    } else if constexpr (arrow_type<Value>().has_value()) {
      ArrowColumn& column = table.columns.emplace_back(name, *arrow_type<Value>(), rows.size());
      for (const Row* row : rows) add_value(column, get(*row).*pointer);
    }
  });
}

template <class Row>
ArrowTable arrow_table(const std::vector<const Row*>& rows) {
  ArrowTable table;
  table.rows = rows.size();
  add_columns<Row>(table, "", rows, [](const Row& row) -> const Row& { return row; });
  return table;
}

struct FreeStream {
  void operator()(ArrowArrayStream* stream) const {
    if (stream->release != nullptr) stream->release(stream);
    delete stream;
  }
};

/// Returns a capsule "arrow_array_stream". It releases the stream, unless a consumer did.
inline pybind11::capsule arrow_stream(ArrowTable table) {
  static constexpr const char* name = "arrow_array_stream";
  std::unique_ptr<ArrowArrayStream, FreeStream> stream(new ArrowArrayStream{});
  bindings::export_stream(std::move(table), stream.get());
  pybind11::capsule capsule(stream.get(), name, [](PyObject* unused) {
    FreeStream()(static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(unused, name)));
  });
  (void)stream.release();
  return capsule;
}

}  // namespace seatbook::python

#endif  // SEATBOOK_BINDINGS_PYTHON_ARROW_HPP_

/// Converts results of C++ to rows of C: a table is one block of memory with its columns in order.
#ifndef SEATBOOK_CAPI_ROWS_HPP_
#define SEATBOOK_CAPI_ROWS_HPP_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "capi/src/generated/shapes.hpp"
#include "capi/src/handles.hpp"
#include "capi/src/members.hpp"
#include "seatbook.h"

namespace seatbook::capi {

/// The values of a column. Pointers that its type does not use are null.
struct Cells {
  std::int64_t* numbers;
  std::uint64_t* offsets;
  char* bytes;
  std::uint8_t* valid;  ///< null if every row has a value
  seatbook_rows* list;
};

}  // namespace seatbook::capi

/// The cells, and what they point to, follow in the same block.
struct seatbook_rows {
  seatbook::capi::HandleTag tag{seatbook::capi::HandleKind::rows};
  const seatbook::capi::Shape* shape;
  std::size_t count;
  seatbook::capi::Cells* cells;

  seatbook_rows(const seatbook::capi::Shape* columns, std::size_t row_count,
                seatbook::capi::Cells* values) noexcept
      : shape(columns), count(row_count), cells(values) {}
  /// Marks the rows as owned by other rows or by an error: seatbook_rows_free() ignores them.
  void set_inner() noexcept { tag.set(seatbook::capi::HandleKind::inner_rows); }
};

namespace seatbook::capi {

/// Reports whether the rows are valid; true for inner rows too.
[[nodiscard]] inline bool is_rows(const seatbook_rows* rows) noexcept {
  return rows != nullptr &&
         (rows->tag.is(HandleKind::rows) || rows->tag.is(HandleKind::inner_rows));
}

/// Frees rows together with their inner rows.
void free_rows(seatbook_rows* rows) noexcept;
struct FreeRows {
  void operator()(seatbook_rows* rows) const noexcept { free_rows(rows); }
};
using RowsPointer = std::unique_ptr<seatbook_rows, FreeRows>;

/// A missing number.
inline constexpr std::int64_t none = SEATBOOK_NONE;

// ------------------------------------------------------------------------------------- values

/// Stores a value as a number. Returns false if the value is missing.
template <class Number>
  requires(std::is_integral_v<Number> || std::is_enum_v<Number>)
bool number_of(Number value, std::int64_t& number) {
  number = static_cast<std::int64_t>(value);
  return true;
}
/// An id of 0 is missing. Sequence numbers, versions and revisions are never missing.
template <class Tag>
bool number_of(Id<Tag> id, std::int64_t& number) {
  number = static_cast<std::int64_t>(id.value);
  return id || std::is_same_v<Id<Tag>, Seq> || std::is_same_v<Id<Tag>, Version> ||
         std::is_same_v<Id<Tag>, Revision>;
}
inline bool number_of(Timestamp instant, std::int64_t& number) {
  number = instant.us;
  return true;
}
inline bool number_of(Date date, std::int64_t& number) {
  number = date.days;
  return true;
}
inline bool number_of(Money amount, std::int64_t& number) {
  number = amount.ten_thousandths;
  return true;
}
inline bool number_of(SeatTotal total, std::int64_t& number) {
  number = total.seats();
  return !total.is_unlimited();
}
template <class Value>
bool number_of(const std::optional<Value>& value, std::int64_t& number) {
  return value && number_of(*value, number);
}

template <class Value>
inline constexpr bool is_text =
    std::is_same_v<Value, std::string> || std::is_same_v<Value, std::string_view> ||
    std::is_same_v<Value, MoneySum> || std::is_same_v<Value, std::optional<MoneySum>>;

inline std::optional<std::string_view> text_of(std::string_view text) {
  return text;
}
inline std::optional<std::string> text_of(const MoneySum& sum) {
  return sum.to_string();
}
inline std::optional<std::string> text_of(const std::optional<MoneySum>& sum) {
  return sum ? std::optional(sum->to_string()) : std::nullopt;
}

template <class Value>
inline constexpr bool is_record = false;
template <Described Value>
inline constexpr bool is_record<Value> = true;
template <Described Value>
inline constexpr bool is_record<std::optional<Value>> = true;

// ------------------------------------------------------------------------------------ columns

/// Visits each column of a record, in the order of its shape. `get` returns the record of a row, or
/// null if the row has none.
template <class Record, class Visitor, class Get>
void visit_columns(Visitor& visitor, const Get& get);

/// Visits one member or derived value. `read` returns a pointer to the value, or an optional.
template <class Value, class Record, class Visitor, class Get, class Read>
void visit_column(Visitor& visitor, const Get& get, const Read& read) {
  if constexpr (is_record<Value>) {
    visitor.record(read);
    if constexpr (Described<Value>) {
      visit_columns<Value>(visitor, read);
    } else {
      visit_columns<typename Value::value_type>(visitor, [&read](const auto& row) {
        const auto* const value = read(row);
        return value != nullptr && *value ? &**value : nullptr;
      });
    }
  } else if constexpr (IsList<Value>::value) {
    visitor.template list<Record, typename Value::value_type>(get, read);
  } else if constexpr (is_text<Value>) {
    visitor.text(read);
  } else {
    visitor.number(read);
  }
}

template <class Record>
struct Columns {
  template <class Visitor, class Get>
  static void visit(Visitor& visitor, const Get& get) {
    Description<Record>::visit([&]<class Value>(const char* /*name*/, Value Record::* pointer) {
      const auto read = [&get, pointer](const auto& row) -> const Value* {
        const Record* const record = get(row);
        return record == nullptr ? nullptr : &(record->*pointer);
      };
      visit_column<Value, Record>(visitor, get, read);
    });
    Derived<Record>::visit([&](const char* /*name*/, auto function) {
      using Value = std::decay_t<decltype(function(std::declval<const Record&>()))>;
      const auto read = [&get, function](const auto& row) -> std::optional<Value> {
        const Record* const record = get(row);
        return record == nullptr ? std::nullopt : std::optional<Value>(function(*record));
      };
      visit_column<Value, Record>(visitor, get, read);
    });
  }
};
template <class Record>
struct Columns<WithColumnName<Record>> {
  template <class Visitor, class Get>
  static void visit(Visitor& visitor, const Get& get) {
    Columns<Record>::visit(visitor, [&get](const auto& row) { return get(row)->row; });
    visitor.text([&get](const auto& row) { return &get(row)->column_name; });
  }
};
/// A list of ids or texts has one column.
template <class Value>
  requires(!Described<Value>)
struct Columns<Value> {
  template <class Visitor, class Get>
  static void visit(Visitor& visitor, const Get& get) {
    if constexpr (is_text<Value>) {
      visitor.text(get);
    } else {
      visitor.number(get);
    }
  }
};

template <class Record, class Visitor, class Get>
void visit_columns(Visitor& visitor, const Get& get) {
  Columns<Record>::visit(visitor, get);
}

template <class Row>
const Shape& shape_of() {
  if constexpr (Described<Row>) {
    return ShapeOf<Row>::shape;
  } else if constexpr (is_text<Row>) {
    return ShapeOf<Texts>::shape;
  } else {
    return ShapeOf<Ids>::shape;
  }
}
template <class Row>
const Shape& shape_of(const WithColumnName<Row>* /*any*/) {
  return ShapeOf<Row>::shape;
}
template <class Row>
const Shape& shape_of(const Row* /*any*/) {
  return shape_of<Row>();
}

// ----------------------------------------------------------------------------------- building

/// The input rows: an array of rows or of pointers to rows.
template <class Row>
struct Source {
  const Row* rows = nullptr;
  const Row* const* pointers = nullptr;
  std::size_t count = 0;
  [[nodiscard]] const Row& at(std::size_t n) const {
    return pointers != nullptr ? *pointers[n] : rows[n];
  }
};

constexpr std::size_t rounded(std::size_t bytes) {
  return (bytes + 7) & ~std::size_t{7};
}
constexpr std::size_t validity_bytes(std::size_t count) {
  return rounded((count + 7) / 8);
}

/// Computes the size of the columns in bytes.
template <class Row>
class Measure {
 public:
  explicit Measure(const Source<Row>& source) : source_(source) {}

  template <class Read>
  void number(const Read& /*read*/) {
    bytes_ += 8 * source_.count + validity_bytes(source_.count);
  }
  template <class Read>
  void text(const Read& read) {
    std::size_t bytes = 0;
    for (std::size_t n = 0; n < source_.count; ++n) {
      if (const auto value = read(source_.at(n))) {
        if (const auto text = text_of(*value)) bytes += text->size();
      }
    }
    bytes_ +=
        8 * (source_.count + 1) + validity_bytes(source_.count) + rounded(bytes + source_.count);
  }
  template <class Read>
  void record(const Read& /*read*/) {
    bytes_ += validity_bytes(source_.count);
  }
  template <class Record, class Item, class Get, class Read>
  void list(const Get& /*get*/, const Read& /*read*/) {
    bytes_ += 8 * (source_.count + 1);
  }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  const Source<Row>& source_;
  std::size_t bytes_ = 0;
};

template <class Row>
RowsPointer make_rows(const Source<Row>& source);

/// Writes the values into the columns.
template <class Row>
class Fill {
 public:
  Fill(seatbook_rows& rows, const Source<Row>& source)
      : source_(source),
        cells_(rows.cells),
        free_(reinterpret_cast<char*>(rows.cells + rows.shape->count)) {}  // NOLINT: a raw block

  template <class Read>
  void number(const Read& read) {
    using Value = std::decay_t<decltype(*read(source_.at(0)))>;
    const std::int64_t missing = IsId<Value>::value ? 0 : none;
    auto* const numbers = take<std::int64_t>(8 * source_.count);
    begin_validity();
    for (std::size_t n = 0; n < source_.count; ++n) {
      std::int64_t number = 0;
      const auto value = read(source_.at(n));
      const bool has_value = value && number_of(*value, number);
      numbers[n] = has_value ? number : missing;
      set_valid(n, has_value);
    }
    cells_->numbers = numbers;
    end_column();
  }
  template <class Read>
  void text(const Read& read) {
    auto* const offsets = take<std::uint64_t>(8 * (source_.count + 1));
    begin_validity();
    char* const bytes = free_;
    std::size_t size = 0;
    for (std::size_t n = 0; n < source_.count; ++n) {
      offsets[n] = size;
      const auto value = read(source_.at(n));
      bool has_value = false;
      if (value) {
        if (const auto text = text_of(*value)) {
          has_value = true;
          if (!text->empty()) std::memcpy(bytes + size, text->data(), text->size());
          size += text->size();
        }
      }
      bytes[size++] = '\0';
      set_valid(n, has_value);
    }
    offsets[source_.count] = size;
    free_ += rounded(size);
    cells_->offsets = offsets;
    cells_->bytes = bytes;
    end_column();
  }
  template <class Read>
  void record(const Read& read) {
    begin_validity();
    for (std::size_t n = 0; n < source_.count; ++n) {
      const auto value = read(source_.at(n));
      bool has_value = false;
      if (value) {
        if constexpr (requires { value->has_value(); }) {
          has_value = value->has_value();
        } else {
          has_value = true;
        }
      }
      set_valid(n, has_value);
    }
    end_column();
  }
  template <class Record, class Item, class Get, class Read>
  void list(const Get& get, const Read& read) {
    auto* const offsets = take<std::uint64_t>(8 * (source_.count + 1));
    cells_->offsets = offsets;
    using Value = std::decay_t<decltype(read(source_.at(0)))>;
    std::vector<Value> values;
    values.reserve(source_.count);
    constexpr bool named = NamesColumns<Record, Item>;
    using Child = std::conditional_t<named, WithColumnName<Item>, Item>;
    std::vector<Child> children;
    std::vector<const Item*> pointers;
    for (std::size_t n = 0; n < source_.count; ++n) {
      offsets[n] = named ? children.size() : pointers.size();
      values.push_back(read(source_.at(n)));
      if (!values.back()) continue;
      for (const Item& item : *values.back()) {
        if constexpr (named) {
          children.push_back({&item, get(source_.at(n))->column_name(item)});
        } else {
          pointers.push_back(&item);
        }
      }
    }
    if constexpr (named) {
      offsets[source_.count] = children.size();
      cells_->list = make_rows<Child>({children.data(), nullptr, children.size()}).release();
    } else {
      offsets[source_.count] = pointers.size();
      cells_->list = make_rows<Item>({nullptr, pointers.data(), pointers.size()}).release();
    }
    cells_->list->set_inner();
    ++cells_;
  }

 private:
  template <class Value>
  struct IsId : std::false_type {};
  template <class Tag>
  struct IsId<Id<Tag>> : std::true_type {};
  template <class Tag>
  struct IsId<std::optional<Id<Tag>>> : std::true_type {};

  template <class Value>
  Value* take(std::size_t bytes) {
    auto* const taken = reinterpret_cast<Value*>(free_);  // NOLINT: aligned by rounded()
    free_ += bytes;
    return taken;
  }
  void begin_validity() {
    cells_->valid = take<std::uint8_t>(validity_bytes(source_.count));
    std::memset(cells_->valid, 0, validity_bytes(source_.count));
    nulls_ = 0;
  }
  void set_valid(std::size_t n, bool has_value) {
    if (has_value) {
      cells_->valid[n / 8] = static_cast<std::uint8_t>(cells_->valid[n / 8] | 1U << (n % 8));
    } else {
      ++nulls_;
    }
  }
  void end_column() {
    if (nulls_ == 0) cells_->valid = nullptr;
    ++cells_;
  }

  const Source<Row>& source_;
  Cells* cells_;
  char* free_;
  std::size_t nulls_ = 0;
};

/// Allocates a table without setting its values.
RowsPointer allocate_rows(const Shape& shape, std::size_t count, std::size_t column_bytes);

template <class Row>
std::size_t measured(const Source<Row>& source) {
  Measure<Row> measure(source);
  visit_columns<Row>(measure, [](const Row& row) { return &row; });
  return measure.bytes();
}
template <class Row>
void fill(seatbook_rows& rows, const Source<Row>& source) {
  Fill<Row> filling(rows, source);
  visit_columns<Row>(filling, [](const Row& row) { return &row; });
}

template <class Row>
RowsPointer make_rows(const Source<Row>& source) {
  auto rows =
      allocate_rows(shape_of(static_cast<const Row*>(nullptr)), source.count, measured(source));
  fill(*rows, source);
  return rows;
}

/// Converts a result to a table: a list to its rows, any other result to one row.
template <class Row>
RowsPointer rows_of(const std::vector<Row>& list) {
  return make_rows<Row>({list.data(), nullptr, list.size()});
}
template <Described Returned>
RowsPointer rows_of(const Returned& result) {
  return make_rows<Returned>({&result, nullptr, 1});
}

}  // namespace seatbook::capi

#endif  // SEATBOOK_CAPI_ROWS_HPP_

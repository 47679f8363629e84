// Exports rows through the Arrow C stream interface, without an Arrow library.
#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "capi/src/errors.hpp"
#include "capi/src/rows.hpp"

// The layout of these structs is fixed by the Arrow C data interface.
extern "C" {
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};
struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};
struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema* out);
  int (*get_next)(ArrowArrayStream*, ArrowArray* out);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};
}

namespace seatbook::capi {
namespace {

constexpr std::int64_t nullable = 2;  // ARROW_FLAG_NULLABLE

/// One column in the layout of Arrow.
struct ArrowColumn {
  const char* name = "";  // points into a static shape
  const char* format = "";
  std::int64_t nulls = 0;
  std::vector<std::uint8_t> valid;
  std::vector<std::int64_t> offsets;
  std::vector<std::uint8_t> values;

  [[nodiscard]] bool is_text() const { return *format == 'U'; }
};

struct ArrowTable {
  std::int64_t rows = 0;
  std::vector<ArrowColumn> columns;
};
using SharedTable = std::shared_ptr<const ArrowTable>;

// ------------------------------------------------------------------------------------- columns

const char* format_of(std::int32_t type) {
  switch (type) {
    case SEATBOOK_TYPE_ID:
    case SEATBOOK_TYPE_NUMBER:
      return "L";
    case SEATBOOK_TYPE_FLAG:
      return "b";
    case SEATBOOK_TYPE_CHOICE:
    case SEATBOOK_TYPE_TEXT:
      return "U";
    case SEATBOOK_TYPE_TIME:
      return "tsu:UTC";
    case SEATBOOK_TYPE_DATE:
      return "tdD";
    case SEATBOOK_TYPE_MONEY:
    case SEATBOOK_TYPE_MONEY_SUM:
      return "d:38,4";
    default:
      return nullptr;
  }
}

template <class Number>
void add_number(ArrowColumn& column, Number number) {
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(&number);  // NOLINT: raw layout
  column.values.insert(column.values.end(), bytes, bytes + sizeof number);
}

void add_text(ArrowColumn& column, std::string_view text) {
  column.values.insert(column.values.end(), text.begin(), text.end());
  column.offsets.push_back(static_cast<std::int64_t>(column.values.size()));
}

__extension__ using Int128 = __int128;
/// Returns a decimal number with up to four decimals in ten-thousandths.
Int128 ten_thousandths(std::string_view text) {
  Int128 number = 0;
  std::size_t decimals = 0;
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t n = 0; n < text.size(); ++n) {
    if (n == point) continue;
    number = number * 10 + (text[n] - '0');
    if (n > point) ++decimals;
  }
  for (; decimals < 4; ++decimals) number *= 10;
  return number;
}

void add_bit(std::vector<std::uint8_t>& bits, std::size_t at, bool bit) {
  if (at % 8 == 0) bits.push_back(0);
  if (bit) bits.back() = static_cast<std::uint8_t>(bits.back() | 1U << (at % 8));
}

void add_value(ArrowColumn& column, const ColumnShape& shape, const seatbook_rows& rows,
               std::size_t row, std::uint32_t at, bool has_value) {
  const std::int64_t number = has_value ? seatbook_rows_number(&rows, row, at) : 0;
  std::size_t size = 0;
  const char* const text = seatbook_rows_text(&rows, row, at, &size);
  switch (shape.type) {
    case SEATBOOK_TYPE_FLAG:
      add_bit(column.values, row, number == 1);
      break;
    case SEATBOOK_TYPE_CHOICE:
      add_text(column,
               has_value ? seatbook_choice_name(shape.choice, static_cast<int32_t>(number)) : "");
      break;
    case SEATBOOK_TYPE_TEXT:
      add_text(column, {text, size});
      break;
    case SEATBOOK_TYPE_DATE:
      add_number(column, static_cast<std::int32_t>(number));
      break;
    case SEATBOOK_TYPE_MONEY:
      add_number(column, Int128{number});
      break;
    case SEATBOOK_TYPE_MONEY_SUM:
      add_number(column, ten_thousandths({text, size}));
      break;
    default:
      add_number(column, number);
  }
}

ArrowColumn column_of(const seatbook_rows& rows, std::uint32_t at, const char* format) {
  const ColumnShape& shape = rows.shape->columns[at];
  ArrowColumn column;
  column.name = shape.name;
  column.format = format;
  // Arrow does not allow null pointers, not even for empty buffers.
  column.valid.reserve(rows.count / 8 + 1);
  column.values.reserve(rows.count + 1);
  if (column.is_text()) column.offsets.push_back(0);
  for (std::size_t row = 0; row < rows.count; ++row) {
    const bool has_value = seatbook_rows_is_null(&rows, row, at) == 0;
    add_bit(column.valid, row, has_value);
    if (!has_value) ++column.nulls;
    add_value(column, shape, rows, row, at, has_value);
  }
  return column;
}

ArrowTable table_of(const seatbook_rows& rows) {
  ArrowTable table;
  table.rows = static_cast<std::int64_t>(rows.count);
  for (std::uint32_t at = 0; at < rows.shape->count; ++at) {
    if (const char* const format = format_of(rows.shape->columns[at].type)) {
      table.columns.push_back(column_of(rows, at, format));
    }
  }
  return table;
}

// ---------------------------------------------------------------------------------- the structs

struct SchemaParts {
  SharedTable table;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
};
/// The data of a column. It must outlive the parent if the column was moved out of it.
struct ColumnParts {
  SharedTable table;
  std::vector<const void*> buffers;
};
struct ArrayParts {
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
  const void* none = nullptr;
};
struct StreamParts {
  SharedTable table;
  bool done = false;
};

/// A child owns its data: a consumer may move it out and release the parent.
void release_child(ArrowSchema* child) {
  child->release = nullptr;
}
void release_child(ArrowArray* child) {
  delete static_cast<ColumnParts*>(child->private_data);
  child->release = nullptr;
}
template <class Part, class Parts>
void release_parent(Part* parent) {
  auto* const parts = static_cast<Parts*>(parent->private_data);
  for (auto& child : parts->children) {
    if (child.release != nullptr) child.release(&child);
  }
  parent->release = nullptr;
  delete parts;
}

StreamParts& parts_of(ArrowArrayStream* stream) {
  return *static_cast<StreamParts*>(stream->private_data);
}

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  try {
    auto parts = std::make_unique<SchemaParts>();
    parts->table = parts_of(stream).table;
    for (const ArrowColumn& column : parts->table->columns) {
      parts->children.push_back({column.format, column.name, nullptr, nullable, 0, nullptr, nullptr,
                                 &release_child, nullptr});
    }
    for (ArrowSchema& child : parts->children) parts->pointers.push_back(&child);
    *out = {"+s",
            "",
            nullptr,
            0,
            static_cast<std::int64_t>(parts->pointers.size()),
            parts->pointers.data(),
            nullptr,
            &release_parent<ArrowSchema, SchemaParts>,
            nullptr};
    out->private_data = parts.release();
    return 0;
  } catch (...) {
    return ENOMEM;
  }
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) {
  StreamParts& stream_parts = parts_of(stream);
  std::memset(out, 0, sizeof *out);  // a released array marks the end of the stream
  if (stream_parts.done) return 0;
  try {
    const auto release_all = [](ArrayParts* parts) {
      for (ArrowArray& child : parts->children) child.release(&child);
      delete parts;
    };
    std::unique_ptr<ArrayParts, decltype(release_all)> parts(new ArrayParts, release_all);
    const ArrowTable& table = *stream_parts.table;
    parts->children.reserve(table.columns.size());
    for (const ArrowColumn& column : table.columns) {
      auto column_parts = std::make_unique<ColumnParts>();
      column_parts->table = stream_parts.table;
      column_parts->buffers.push_back(column.valid.data());
      if (column.is_text()) column_parts->buffers.push_back(column.offsets.data());
      column_parts->buffers.push_back(column.values.data());
      auto& buffers = column_parts->buffers;
      parts->children.push_back({table.rows, column.nulls, 0,
                                 static_cast<std::int64_t>(buffers.size()), 0, buffers.data(),
                                 nullptr, nullptr, &release_child, nullptr});
      parts->children.back().private_data = column_parts.release();
    }
    for (ArrowArray& child : parts->children) parts->pointers.push_back(&child);
    *out = {table.rows,
            0,
            0,
            1,
            static_cast<std::int64_t>(parts->pointers.size()),
            &parts->none,
            parts->pointers.data(),
            nullptr,
            &release_parent<ArrowArray, ArrayParts>,
            nullptr};
    out->private_data = parts.release();
    stream_parts.done = true;
    return 0;
  } catch (...) {
    return ENOMEM;
  }
}

const char* get_last_error(ArrowArrayStream* /*stream*/) {
  return nullptr;
}

void release_stream(ArrowArrayStream* stream) {
  delete static_cast<StreamParts*>(stream->private_data);
  stream->release = nullptr;
}

}  // namespace
}  // namespace seatbook::capi

using namespace seatbook::capi;  // NOLINT

extern "C" {

seatbook_code seatbook_rows_to_arrow(const seatbook_rows* rows, struct ArrowArrayStream* stream,
                                     seatbook_error** error) {
  return guard(error, [&] {
    if (!is_rows(rows)) return refuse_handle("rows", rows, error);
    if (stream == nullptr) return refuse("stream", "must not be NULL", error);
    auto parts = std::make_unique<StreamParts>();
    parts->table = std::make_shared<const ArrowTable>(table_of(*rows));
    *stream = {&get_schema, &get_next, &get_last_error, &release_stream, nullptr};
    stream->private_data = parts.release();
    return seatbook_code{SEATBOOK_OK};
  });
}

}  // extern "C"

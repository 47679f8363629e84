// Exports rows through the Arrow C stream interface.
#include <cstddef>
#include <cstdint>
#include <optional>

#include "capi/src/errors.hpp"
#include "capi/src/rows.hpp"
#include "common/arrow.hpp"

namespace seatbook::capi {
namespace {

using bindings::ArrowColumn;
using bindings::ArrowTable;
using bindings::ArrowType;

/// Returns none for a record or a list, which has no column.
std::optional<ArrowType> type_of(std::int32_t type) {
  switch (type) {
    case SEATBOOK_TYPE_ID:
    case SEATBOOK_TYPE_NUMBER:
      return ArrowType::number;
    case SEATBOOK_TYPE_FLAG:
      return ArrowType::flag;
    case SEATBOOK_TYPE_CHOICE:
    case SEATBOOK_TYPE_TEXT:
      return ArrowType::text;
    case SEATBOOK_TYPE_TIME:
      return ArrowType::time;
    case SEATBOOK_TYPE_DATE:
      return ArrowType::date;
    case SEATBOOK_TYPE_MONEY:
    case SEATBOOK_TYPE_MONEY_SUM:
      return ArrowType::decimal;
    default:
      return std::nullopt;
  }
}

void add_value(ArrowColumn& column, const seatbook_rows& rows, std::size_t row, std::uint32_t at) {
  if (seatbook_rows_is_null(&rows, row, at) == 1) return column.add_null();
  const std::int64_t number = seatbook_rows_number(&rows, row, at);
  std::size_t size = 0;
  const char* const text = seatbook_rows_text(&rows, row, at, &size);
  const ColumnShape& shape = rows.shape->columns[at];
  switch (shape.type) {
    case SEATBOOK_TYPE_FLAG:
      return column.add_flag(number == 1);
    case SEATBOOK_TYPE_CHOICE:
      return column.add_text(seatbook_choice_name(shape.choice, static_cast<std::int32_t>(number)));
    case SEATBOOK_TYPE_TEXT:
      return column.add_text({text, size});
    case SEATBOOK_TYPE_MONEY_SUM:
      return column.add_number(bindings::ten_thousandths({text, size}));
    default:
      return column.add_number(number);
  }
}

ArrowTable table_of(const seatbook_rows& rows) {
  ArrowTable table;
  table.rows = rows.count;
  for (std::uint32_t at = 0; at < rows.shape->count; ++at) {
    const ColumnShape& shape = rows.shape->columns[at];
    const auto type = type_of(shape.type);
    if (!type) continue;
    ArrowColumn& column = table.columns.emplace_back(shape.name, *type, rows.count);
    for (std::size_t row = 0; row < rows.count; ++row) add_value(column, rows, row, at);
  }
  return table;
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
    seatbook::bindings::export_stream(table_of(*rows), stream);
    return seatbook_code{SEATBOOK_OK};
  });
}

}  // extern "C"

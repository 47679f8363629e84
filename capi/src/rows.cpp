#include "capi/src/rows.hpp"

#include "capi/src/errors.hpp"

namespace seatbook::capi {

RowsPointer allocate_rows(const Shape& shape, std::size_t count, std::size_t column_bytes) {
  const std::size_t head = rounded(sizeof(seatbook_rows)) + shape.count * sizeof(Cells);
  char* const block = static_cast<char*>(::operator new(head + column_bytes));
  auto* const cells = new (block + rounded(sizeof(seatbook_rows))) Cells[shape.count];
  for (std::uint32_t n = 0; n < shape.count; ++n) cells[n] = {};
  return RowsPointer(new (block) seatbook_rows(&shape, count, cells));
}

void free_rows(seatbook_rows* rows) noexcept {
  if (rows == nullptr) return;
  rows->tag.set(HandleKind::freed);
  for (std::uint32_t n = 0; n < rows->shape->count; ++n) free_rows(rows->cells[n].list);
  ::operator delete(rows);
}

}  // namespace seatbook::capi

using seatbook::capi::Cells;
using seatbook::capi::ColumnShape;
using seatbook::capi::HandleKind;
using seatbook::capi::is_rows;
using seatbook::capi::put;

namespace {

const ColumnShape* column_of(const seatbook_rows* rows, uint32_t column) {
  if (!is_rows(rows) || column >= rows->shape->count) return nullptr;
  return &rows->shape->columns[column];
}

const Cells* cells_of(const seatbook_rows* rows, uint32_t column) {
  return column_of(rows, column) == nullptr ? nullptr : &rows->cells[column];
}

}  // namespace

extern "C" {

size_t seatbook_rows_count(const seatbook_rows* rows) {
  return is_rows(rows) ? rows->count : 0;
}

const char* seatbook_rows_name(const seatbook_rows* rows) {
  return is_rows(rows) ? rows->shape->name : "";
}

uint32_t seatbook_rows_column_count(const seatbook_rows* rows) {
  return is_rows(rows) ? rows->shape->count : 0;
}

const char* seatbook_rows_column_name(const seatbook_rows* rows, uint32_t column) {
  const ColumnShape* const shape = column_of(rows, column);
  return shape == nullptr ? "" : shape->name;
}

int32_t seatbook_rows_column_type(const seatbook_rows* rows, uint32_t column) {
  const ColumnShape* const shape = column_of(rows, column);
  return shape == nullptr ? 0 : shape->type;
}

int32_t seatbook_rows_column_choice(const seatbook_rows* rows, uint32_t column) {
  const ColumnShape* const shape = column_of(rows, column);
  return shape == nullptr ? 0 : shape->choice;
}

uint32_t seatbook_rows_column_members(const seatbook_rows* rows, uint32_t column) {
  const ColumnShape* const shape = column_of(rows, column);
  return shape == nullptr ? 0 : shape->members;
}

uint32_t seatbook_rows_column(const seatbook_rows* rows, const char* name, size_t name_size) {
  const uint32_t count = seatbook_rows_column_count(rows);
  if (name == nullptr) return count;
  const std::string_view text = name_size == SEATBOOK_NUL_TERMINATED
                                    ? std::string_view(name)
                                    : std::string_view(name, name_size);
  for (uint32_t column = 0; column < count; ++column) {
    if (rows->shape->columns[column].name == text) return column;
  }
  return count;
}

int64_t seatbook_rows_number(const seatbook_rows* rows, size_t row, uint32_t column) {
  const Cells* const cells = cells_of(rows, column);
  if (cells == nullptr || cells->numbers == nullptr || row >= rows->count) return SEATBOOK_NONE;
  return cells->numbers[row];
}

const char* seatbook_rows_text(const seatbook_rows* rows, size_t row, uint32_t column,
                               size_t* size) {
  const Cells* const cells = cells_of(rows, column);
  if (cells == nullptr || cells->bytes == nullptr || row >= rows->count) {
    put(size, 0);
    return "";
  }
  put(size, cells->offsets[row + 1] - cells->offsets[row] - 1);
  return cells->bytes + cells->offsets[row];
}

int32_t seatbook_rows_is_null(const seatbook_rows* rows, size_t row, uint32_t column) {
  const Cells* const cells = cells_of(rows, column);
  if (cells == nullptr || row >= rows->count) return 1;
  if (cells->valid == nullptr) return 0;
  return ((cells->valid[row / 8] >> (row % 8)) & 1) == 0 ? 1 : 0;
}

const int64_t* seatbook_rows_numbers(const seatbook_rows* rows, uint32_t column) {
  const Cells* const cells = cells_of(rows, column);
  return cells == nullptr ? nullptr : cells->numbers;
}

const uint64_t* seatbook_rows_offsets(const seatbook_rows* rows, uint32_t column) {
  const Cells* const cells = cells_of(rows, column);
  return cells == nullptr ? nullptr : cells->offsets;
}

const char* seatbook_rows_bytes(const seatbook_rows* rows, uint32_t column, size_t* size) {
  const Cells* const cells = cells_of(rows, column);
  if (cells == nullptr || cells->bytes == nullptr) {
    put(size, 0);
    return nullptr;
  }
  put(size, cells->offsets[rows->count]);
  return cells->bytes;
}

const uint8_t* seatbook_rows_validity(const seatbook_rows* rows, uint32_t column) {
  const Cells* const cells = cells_of(rows, column);
  return cells == nullptr ? nullptr : cells->valid;
}

const seatbook_rows* seatbook_rows_list(const seatbook_rows* rows, uint32_t column) {
  const Cells* const cells = cells_of(rows, column);
  return cells == nullptr ? nullptr : cells->list;
}

void seatbook_rows_free(seatbook_rows* rows) {
  // The owner of inner rows frees them.
  if (rows != nullptr && rows->tag.retire(HandleKind::rows)) seatbook::capi::free_rows(rows);
}

}  // extern "C"

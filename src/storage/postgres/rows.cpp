#include "storage/postgres/rows.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "seatbook/record_codec.hpp"
#include "storage/columns.hpp"
#include "storage/postgres/binary.hpp"
#include "storage/row_reader.hpp"
#include "storage/row_shapes.hpp"
#include "types/records.hpp"

namespace seatbook::postgres::detail {
namespace {

using seatbook::detail::Column;
using seatbook::detail::column_names;
using seatbook::detail::joined;
using seatbook::detail::RowReader;
using seatbook::detail::store_columns;
using seatbook::detail::visit_columns;
using seatbook::types::empty_record;

/// Element types with their OIDs in PostgreSQL's binary format.
struct ElementType {
  std::uint32_t oid;
  const char* name;
};
template <class Stored>
constexpr ElementType element_type{};
template <>
constexpr ElementType element_type<bool> = {16, "boolean"};
template <>
constexpr ElementType element_type<std::uint64_t> = {20, "bigint"};
template <>
constexpr ElementType element_type<std::string_view> = {25, "text"};
template <>
constexpr ElementType element_type<std::string> = element_type<std::string_view>;
template <>
constexpr ElementType element_type<Date> = {1082, "date"};

/// The name of a column, and the type of its values.
struct TypedColumn {
  std::string name;
  const char* type;
};

struct AddColumn {
  std::vector<TypedColumn>& columns;

  template <class Value>
  void operator()(const Column& column, const std::optional<Value>& /*value*/) {
    columns.push_back({column.to_string(), element_type<Value>.name});
  }
  void operator()(const Column& column, bool /*value*/) {
    columns.push_back({column.to_string(), element_type<bool>.name});
  }
};

std::vector<TypedColumn> columns_of(RecordKind kind) {
  std::vector<TypedColumn> columns;
  std::visit([&](const auto& record) { store_columns(record, AddColumn{columns}); },
             empty_record(kind));
  return columns;
}

constexpr char one_record = '1';
constexpr char more_records = '+';

/// Returns the statement that inserts or replaces records of a kind, whose values begin at `place`.
/// Moves `place` behind them.
std::string write_of(RecordKind kind, bool one, const std::string& schema, std::size_t& place) {
  std::vector<std::string> names;
  std::vector<std::string> values;
  std::vector<std::string> changes = {"version = excluded.version"};
  for (const TypedColumn& column : columns_of(kind)) {
    if (!names.empty()) changes.push_back(column.name + " = excluded." + column.name);
    names.push_back(column.name);
    values.push_back("$" + std::to_string(place++) + "::" + column.type + (one ? "" : "[]"));
  }
  const std::string rows =
      one ? joined(values)
          : "given.* FROM unnest(" + joined(values) + ") AS given (" + joined(names) + ")";
  return "INSERT INTO " + schema + "." + std::string(table_name(kind)) + " (book, version, " +
         joined(names) + ") SELECT $1::bigint, $2::bigint + 1, " + rows + " ON CONFLICT (book, " +
         names.front() + ") DO UPDATE SET " + joined(changes);
}

TableStatements statements_of(RecordKind kind, const std::string& schema) {
  const std::string name(table_name(kind));
  const std::vector<std::string> columns = column_names(kind);
  const std::string& key = columns.front();
  const std::string names = joined(columns);
  const std::string table = schema + "." + name;
  const std::string select = "SELECT " + names + " FROM " + table + " WHERE ";
  TableStatements statements;
  statements.read_all = {"all_" + name, select + "book = $1::bigint ORDER BY " + key};
  statements.read_newer = {"newer_" + name,
                           select + "book = $1::bigint AND version > $2::bigint ORDER BY " + key};
  statements.probe = {"", "SELECT book, version, " + names + " FROM " + table + " WHERE false"};
  return statements;
}

}  // namespace

/// Encodes records of one kind, column by column, in PostgreSQL's binary format.
class BatchRows::Columns {
 public:
  /// Starts the next record.
  void next_row() {
    place_ = 0;
    ++rows_;
  }

  template <class Value>
  void operator()(const Column& /*column*/, const std::optional<Value>& value) {
    Array& array = next_array(element_type<Value>.oid);
    CellWriter cell(array.bytes);
    value ? cell.value(*value) : cell.null();
    array.has_null = array.has_null || !value;
  }
  void operator()(const Column& /*column*/, bool value) {
    CellWriter(next_array(element_type<bool>.oid).bytes).value(value);
  }

  [[nodiscard]] std::size_t rows() const { return rows_; }
  void move_to(Parameters& parameters) {
    for (Array& array : arrays_) {
      if (rows_ > 1) {
        std::string header;
        append_integer(header, 1, 4);  // dimensions
        append_integer(header, array.has_null ? 1 : 0, 4);
        append_integer(header, array.oid, 4);
        append_integer(header, rows_, 4);
        append_integer(header, 1, 4);  // lower bound
        array.bytes.replace(0, header_size, header);
        parameters.bytes(std::move(array.bytes));
      } else if (array.has_null) {
        parameters.null();
      } else {
        constexpr std::size_t length_size = 4;
        parameters.bytes(array.bytes.substr(header_size + length_size));
      }
    }
  }

 private:
  static constexpr std::size_t header_size = 20;
  struct Array {
    std::uint32_t oid;
    std::string bytes;  // space for the header, then the cells
    bool has_null = false;
  };

  Array& next_array(std::uint32_t oid) {
    if (place_ == arrays_.size()) arrays_.push_back({oid, std::string(header_size, '\0'), false});
    return arrays_[place_++];
  }

  std::vector<Array> arrays_;
  std::size_t place_ = 0;
  std::size_t rows_ = 0;
};

BatchRows::BatchRows(const Batch& batch) : kinds_(record_kinds) {
  for (const RecordImage& image : batch.images) {
    std::visit(
        [&](const auto& record) {
          Columns& columns = kinds_[image.index()];
          columns.next_row();
          store_columns(record, columns);
        },
        image);
  }
}

BatchRows::~BatchRows() = default;

std::string BatchRows::shape() const {
  std::string shape;
  for (const Columns& columns : kinds_) {
    shape += columns.rows() == 0 ? '0' : columns.rows() == 1 ? one_record : more_records;
  }
  return shape;
}

void BatchRows::move_to(Parameters& parameters) {
  for (Columns& columns : kinds_) columns.move_to(parameters);
}

Rows::Rows(const std::string& schema) : schema_(schema) {
  for (std::size_t kind = 0; kind < record_kinds; ++kind) {
    tables_[kind] = statements_of(static_cast<RecordKind>(kind), schema);
  }
}

std::vector<std::string> Rows::writes(const std::string& shape, std::size_t first) const {
  std::vector<std::string> statements;
  for (std::size_t kind = 0; kind < record_kinds; ++kind) {
    if (shape[kind] != one_record && shape[kind] != more_records) continue;
    statements.push_back(
        write_of(static_cast<RecordKind>(kind), shape[kind] == one_record, schema_, first));
  }
  return statements;
}

Result<RecordImage> Rows::record_of(RecordKind kind, const Row& row) {
  RecordImage image = empty_record(kind);
  RowReader reader(Cells<Row>{row});
  std::visit([&](auto& record) { visit_columns(record, reader); }, image);
  if (!reader.invalid().empty()) {
    return Error{Code::storage_corrupt, "row " + std::to_string(id_of(image)) + " of " +
                                            std::string(table_name(kind)) + "." + reader.invalid() +
                                            " contains an invalid value"};
  }
  return image;
}

}  // namespace seatbook::postgres::detail

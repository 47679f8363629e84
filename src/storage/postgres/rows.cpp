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

/// Encodes rows as one array per column, in PostgreSQL's binary format.
class Arrays {
 public:
  /// Starts the next row.
  void next_row() {
    place_ = 0;
    ++rows_;
  }

  template <class Value>
  void operator()(const Column& /*column*/, const std::optional<Value>& value) {
    Array& array = next_array(element_type<Value>);
    CellWriter cell(array.bytes);
    value ? cell.value(*value) : cell.null();
    array.has_null = array.has_null || !value;
  }
  void operator()(const Column& /*column*/, bool value) {
    CellWriter(next_array(element_type<bool>).bytes).value(value);
  }

  [[nodiscard]] std::vector<const char*> types() const {
    std::vector<const char*> names;
    names.reserve(arrays_.size());
    for (const Array& array : arrays_) names.push_back(array.type.name);
    return names;
  }
  void move_to(Parameters& parameters) {
    for (Array& array : arrays_) {
      std::string header;
      append_integer(header, 1, 4);  // dimensions
      append_integer(header, array.has_null ? 1 : 0, 4);
      append_integer(header, array.type.oid, 4);
      append_integer(header, rows_, 4);
      append_integer(header, 1, 4);  // lower bound
      array.bytes.replace(0, header_size, header);
      parameters.bytes(std::move(array.bytes));
    }
  }

 private:
  static constexpr std::size_t header_size = 20;
  struct Array {
    ElementType type;
    std::string bytes;  // space for the header, then the elements
    bool has_null = false;
  };

  Array& next_array(ElementType type) {
    if (place_ == arrays_.size()) arrays_.push_back({type, std::string(header_size, '\0'), false});
    return arrays_[place_++];
  }

  std::vector<Array> arrays_;
  std::size_t place_ = 0;
  std::size_t rows_ = 0;
};

TableStatements statements_of(RecordKind kind, const std::string& schema) {
  const std::string name(table_name(kind));
  const std::string table = schema + "." + name;
  const std::vector<std::string> columns = column_names(kind);
  Arrays arrays;
  std::visit([&](const auto& record) { store_columns(record, arrays); }, empty_record(kind));
  const std::vector<const char*> types = arrays.types();
  std::vector<std::string> places;
  std::vector<std::string> changes = {"version = excluded.version"};
  for (std::size_t at = 0; at < types.size(); ++at) {
    places.push_back("$" + std::to_string(at + 3) + "::" + types[at] + "[]");
    if (at > 0) changes.push_back(columns[at] + " = excluded." + columns[at]);
  }
  const std::string& key = columns.front();
  const std::string names = joined(columns);
  const std::string select = "SELECT " + names + " FROM " + table + " WHERE ";
  TableStatements statements;
  statements.write = {"write_" + name, "INSERT INTO " + table + " (book, version, " + names +
                                           ") SELECT $1::bigint, $2::bigint, given.* FROM unnest(" +
                                           joined(places) + ") AS given (" + names +
                                           ") ON CONFLICT (book, " + key + ") DO UPDATE SET " +
                                           joined(changes)};
  statements.read_all = {"all_" + name, select + "book = $1::bigint ORDER BY " + key};
  statements.read_newer = {"newer_" + name,
                           select + "book = $1::bigint AND version > $2::bigint ORDER BY " + key};
  statements.probe = {"", "SELECT book, version, " + names + " FROM " + table + " WHERE false"};
  return statements;
}

}  // namespace

Rows::Rows(const std::string& schema) {
  for (std::size_t kind = 0; kind < record_kinds; ++kind) {
    tables_[kind] = statements_of(static_cast<RecordKind>(kind), schema);
  }
}

void Rows::send(Connection& connection, std::uint64_t book, const Batch& batch) const {
  std::array<Arrays, record_kinds> arrays;
  std::array<bool, record_kinds> any{};
  for (const RecordImage& image : batch.images) {
    std::visit(
        [&](const auto& record) {
          Arrays& of_kind = arrays[image.index()];
          any[image.index()] = true;
          of_kind.next_row();
          store_columns(record, of_kind);
        },
        image);
  }
  for (std::size_t kind = 0; kind < record_kinds; ++kind) {
    if (!any[kind]) continue;
    Parameters parameters;
    parameters.number(book).number(batch.base.value + 1);
    arrays[kind].move_to(parameters);
    connection.send(tables_[kind].write, parameters);
  }
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

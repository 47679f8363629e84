#include "storage/postgres/rows.hpp"

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "seatbook/record_codec.hpp"
#include "storage/columns.hpp"

namespace seatbook::postgres::detail {
namespace {

using seatbook::detail::ColumnNames;
using seatbook::detail::Columns;
using seatbook::detail::joined;
using seatbook::detail::parse_choice;
using seatbook::detail::stored_number;
using seatbook::detail::with_record;

// Element types with their OIDs in PostgreSQL's binary format.
struct ElementType {
  std::uint32_t oid;
  const char* name;
};
constexpr ElementType boolean{16, "boolean"};
constexpr ElementType bigint{20, "bigint"};
constexpr ElementType text_type{25, "text"};
constexpr ElementType date_type{1082, "date"};

/// Days from 1970-01-01 to 2000-01-01, PostgreSQL's day 0.
constexpr std::int32_t days_to_2000 = 10'957;

void append_integer(std::string& bytes, std::uint64_t value, int size) {
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
    bytes += static_cast<char>(value >> shift & 0xff);
  }
}

/// Encodes rows as one array per column, in PostgreSQL's binary format.
class Arrays {
 public:
  /// Starts the next row.
  void next_row() {
    place_ = 0;
    ++rows_;
  }

  template <class Value>
  void key(const char* name, const Value& value) {
    number(name, value);
  }
  template <class Value>
  void number(const char* /*name*/, const Value& value) {
    put_number(stored_number(value));
  }
  template <class Tag>
  void number_or_null(const char* name, Id<Tag> id) {
    id ? number(name, id) : null(bigint);
  }
  template <class Value>
  void number_or_null(const char* name, const std::optional<Value>& value) {
    value ? number(name, *value) : null(bigint);
  }
  void money(const char* name, const std::optional<Money>& value) { number_or_null(name, value); }
  void date(const char* /*name*/, const std::optional<Date>& value) {
    if (!value) return null(date_type);
    append_integer(element(date_type, 4), static_cast<std::uint32_t>(value->days - days_to_2000),
                   4);
  }
  void total(const char* /*name*/, SeatTotal value) {
    value.is_unlimited() ? null(bigint) : put_number(static_cast<std::uint64_t>(value.seats()));
  }
  void text(const char* /*name*/, std::string_view value) {
    element(text_type, value.size()).append(value);
  }
  void text_or_null(const char* name, std::string_view value) {
    value.empty() ? null(text_type) : text(name, value);
  }
  template <class Enum>
  void choice(const char* name, Enum value) {
    text(name, to_string(value));
  }
  void flag(const char* /*name*/, bool value) { element(boolean, 1) += value ? '\1' : '\0'; }
  void terms(const char* name, const std::optional<LicenseTerms>& value) {
    if (!value) {
      for (const ElementType type : {bigint, bigint, bigint, text_type}) null(type);
      return;
    }
    number(name, value->owner);
    number_or_null(name, value->backup_owner);
    total(name, value->total_seats);
    choice(name, value->policy);
  }

  [[nodiscard]] std::vector<const char*> types() const {
    std::vector<const char*> names;
    names.reserve(columns_.size());
    for (const Column& column : columns_) names.push_back(column.type.name);
    return names;
  }
  void move_to(Parameters& parameters) {
    for (Column& column : columns_) {
      std::string header;
      append_integer(header, 1, 4);  // dimensions
      append_integer(header, column.has_null ? 1 : 0, 4);
      append_integer(header, column.type.oid, 4);
      append_integer(header, rows_, 4);
      append_integer(header, 1, 4);  // lower bound
      column.array.replace(0, header_size, header);
      parameters.bytes(std::move(column.array));
    }
  }

 private:
  static constexpr std::size_t header_size = 20;
  struct Column {
    ElementType type;
    std::string array;  // space for the header, then the elements
    bool has_null = false;
  };

  Column& next_column(ElementType type) {
    if (place_ == columns_.size())
      columns_.push_back({type, std::string(header_size, '\0'), false});
    return columns_[place_++];
  }
  std::string& element(ElementType type, std::size_t size) {
    std::string& array = next_column(type).array;
    append_integer(array, size, 4);
    return array;
  }
  void null(ElementType type) {
    Column& column = next_column(type);
    append_integer(column.array, ~std::uint64_t{0}, 4);
    column.has_null = true;
  }
  void put_number(std::uint64_t value) { append_integer(element(bigint, 8), value, 8); }

  std::vector<Column> columns_;
  std::size_t place_ = 0;
  std::size_t rows_ = 0;
};

/// Reads a record's members from a row. Other programs may have edited the tables, so lengths and
/// names are checked.
class Reader {
 public:
  explicit Reader(const Row& row) : row_(row) {}
  /// Returns the name of the first column with an invalid value; null if all are valid.
  [[nodiscard]] const char* invalid_column() const { return invalid_column_; }

  template <class Tag>
  void key(const char* name, Id<Tag>& id) {
    number(name, id);
  }
  template <class Value>
  void number(const char* name, Value& value) {
    const auto stored = row_.null(column_) ? std::nullopt : row_.number(column_);
    ++column_;
    stored ? put(name, *stored, value) : fail(name);
  }
  template <class Tag>
  void number_or_null(const char* name, Id<Tag>& id) {
    if (!null()) number(name, id);
  }
  template <class Value>
  void number_or_null(const char* name, std::optional<Value>& value) {
    if (!null()) number(name, value.emplace());
  }
  void money(const char* name, std::optional<Money>& value) { number_or_null(name, value); }
  void date(const char* name, std::optional<Date>& value) {
    if (null()) return;
    const auto days = row_.number(column_++);
    // PostgreSQL's date range is wider than a book's, and includes "infinity".
    if (!days || *days > 1'000'000 || *days < -1'000'000) return fail(name);
    value = Date{static_cast<std::int32_t>(*days) + days_to_2000};
    if (!value->in_range()) fail(name);
  }
  void total(const char* name, SeatTotal& value) {
    if (null()) {
      value = SeatTotal::unlimited();
      return;
    }
    const auto seats = row_.number(column_++);
    seats ? void(value = SeatTotal(*seats)) : fail(name);
  }
  void text(const char* name, std::string& value) {
    if (row_.null(column_)) fail(name);
    value = row_.bytes(column_++);
  }
  void text_or_null(const char* name, std::string& value) {
    if (!null()) text(name, value);
  }
  template <class Enum>
  void choice(const char* name, Enum& value) {
    if (!parse_choice(row_.bytes(column_++), value)) fail(name);
  }
  void flag(const char* name, bool& value) {
    const auto stored = row_.number(column_++);
    if (!stored) return fail(name);
    value = *stored != 0;
  }
  void terms(const char* name, std::optional<LicenseTerms>& value) {
    if (row_.null(column_)) {
      column_ += 4;
      return;
    }
    LicenseTerms& terms = value.emplace();
    number(name, terms.owner);
    number_or_null(name, terms.backup_owner);
    total(name, terms.total_seats);
    choice(name, terms.policy);
  }

 private:
  template <class Tag>
  void put(const char* name, std::int64_t number, Id<Tag>& id) {
    if (number < 0) return fail(name);
    id.value = static_cast<std::uint64_t>(number);
  }
  static void put(const char* /*name*/, std::int64_t number, Timestamp& instant) {
    instant.us = number;
  }
  static void put(const char* /*name*/, std::int64_t number, Money& money) {
    money.ten_thousandths = number;
  }
  bool null() {
    if (!row_.null(column_)) return false;
    ++column_;
    return true;
  }
  void fail(const char* name) {
    if (invalid_column_ == nullptr) invalid_column_ = name;
  }

  const Row& row_;
  int column_ = 0;
  const char* invalid_column_ = nullptr;
};

template <class Record>
TableStatements statements_of(RecordKind kind, const std::string& schema) {
  const std::string name(table_name(kind));
  const std::string table = schema + "." + name;
  ColumnNames columns;
  Arrays arrays;
  Record blank{};
  Columns<Record>::visit(columns, blank);
  Columns<Record>::visit(arrays, blank);
  const std::vector<const char*> types = arrays.types();
  std::vector<std::string> places;
  std::vector<std::string> changes = {"version = excluded.version"};
  for (std::size_t at = 0; at < types.size(); ++at) {
    places.push_back("$" + std::to_string(at + 3) + "::" + types[at] + "[]");
    if (at > 0) changes.push_back(columns.names[at] + " = excluded." + columns.names[at]);
  }
  const std::string& key = columns.names.front();
  const std::string names = joined(columns.names);
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
    with_record(static_cast<RecordKind>(kind), [&](const auto& record) {
      tables_[kind] =
          statements_of<std::decay_t<decltype(record)>>(static_cast<RecordKind>(kind), schema);
    });
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
          Columns<std::decay_t<decltype(record)>>::visit(of_kind, record);
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
  RecordImage image;
  const char* invalid_column = nullptr;
  with_record(kind, [&](auto record) {
    Reader reader(row);
    Columns<decltype(record)>::visit(reader, record);
    invalid_column = reader.invalid_column();
    image = std::move(record);
  });
  if (invalid_column != nullptr) {
    return Error{Code::storage_corrupt, "row " + std::to_string(id_of(image)) + " of " +
                                            std::string(table_name(kind)) + "." + invalid_column +
                                            " contains an invalid value"};
  }
  return image;
}

}  // namespace seatbook::postgres::detail

#include "storage/sqlite/rows.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "seatbook/record_codec.hpp"
#include "seatbook/sqlite.hpp"
#include "storage/columns.hpp"
#include "storage/row_reader.hpp"
#include "storage/row_shapes.hpp"
#include "types/records.hpp"
#include "types/try.hpp"

namespace seatbook::sqlite::detail {
namespace {

using seatbook::detail::Column;
using seatbook::detail::column_names;
using seatbook::detail::joined;
using seatbook::detail::RowReader;
using seatbook::detail::store_columns;
using seatbook::detail::stored;
using seatbook::detail::visit_columns;

/// Binds a record's members to the parameters of a statement. Must live until the statement has
/// been executed: it owns the texts that it made.
class Binder {
 public:
  explicit Binder(Statement& statement) : statement_(statement) {}

  template <class Value>
  void operator()(const Column& /*column*/, const std::optional<Value>& value) {
    const int place = place_++;
    if (!value) {
      statement_.bind_null(place);
    } else if constexpr (std::is_same_v<Value, Date>) {
      made_ = value->to_string();
      statement_.bind(place, made_);
    } else if constexpr (std::is_same_v<Value, std::string>) {
      made_ = *value;
      statement_.bind(place, made_);
    } else {
      statement_.bind(place, *value);
    }
  }
  void operator()(const Column& /*column*/, bool value) {
    statement_.bind(place_++, std::uint64_t{value ? 1U : 0U});
  }

 private:
  Statement& statement_;
  std::string made_;  // at most one per record
  int place_ = 1;
};

constexpr Column version_column = {"version"};

/// The cells of a row, with their types: even those that STRICT guarantees are checked.
struct Cells {
  const Statement& row;

  [[nodiscard]] bool null(int cell) const { return row.type(cell) == SQLITE_NULL; }
  [[nodiscard]] std::optional<std::int64_t> number(int cell) const {
    if (row.type(cell) != SQLITE_INTEGER) return std::nullopt;
    return row.number(cell);
  }
  [[nodiscard]] std::optional<std::string_view> text(int cell) const {
    if (row.type(cell) != SQLITE_TEXT) return std::nullopt;
    return row.text(cell);
  }
  [[nodiscard]] std::optional<Date> date(int cell) const {
    const auto given = text(cell);
    if (!given) return std::nullopt;
    const auto parsed = Date::parse(*given);
    return parsed ? std::optional(*parsed) : std::nullopt;
  }
};

Result<StoredRecord> record_of(const Statement& row, RecordKind kind) {
  StoredRecord stored{seatbook::types::empty_record(kind), {}};
  RowReader reader(Cells{row});
  std::visit([&](auto& record) { visit_columns(record, reader); }, stored.record);
  reader(version_column, stored.version);
  if (!reader.invalid().empty()) {
    return Error{Code::storage_corrupt, "row " + std::to_string(row.number(0)) + " of " +
                                            std::string(table_name(kind)) + "." + reader.invalid() +
                                            " contains an invalid value"};
  }
  return stored;
}

/// Returns the columns of a file of that format, with NULL for each column that a later format
/// added.
std::vector<std::string> readable_columns(RecordKind kind, std::uint32_t format) {
  std::vector<std::string> columns;
  const auto add = [&](const Column& column, const auto& /*value*/) {
    const bool exists = static_cast<std::uint32_t>(column.format) <= format;
    columns.push_back(exists ? column.to_string() : "NULL");
  };
  std::visit([&](const auto& record) { store_columns(record, add); },
             seatbook::types::empty_record(kind));
  add(version_column, Version());
  return columns;
}

}  // namespace

Rows::Rows(Connection& connection) : connection_(connection) {
  use_format(file_format);
}

void Rows::use_format(std::uint32_t format) {
  for (std::size_t kind = 0; kind < record_kinds; ++kind) {
    statements_[kind] = statements_of(static_cast<RecordKind>(kind), format);
  }
}

Rows::Statements Rows::statements_of(RecordKind kind, std::uint32_t format) {
  std::vector<std::string> columns = column_names(kind);
  columns.push_back(version_column.to_string());
  const std::string table(table_name(kind));
  const std::string& key = columns.front();
  const std::string names = joined(columns);
  std::vector<std::string> places;
  std::vector<std::string> changes;
  for (std::size_t at = 0; at < columns.size(); ++at) {
    places.push_back("?" + std::to_string(at + 1));
    if (at > 0) changes.push_back(columns[at] + " = " + places.back());
  }
  const std::string select = "SELECT " + joined(readable_columns(kind, format)) + " FROM " + table;
  Statements statements;
  statements.insert =
      Statement("INSERT INTO " + table + " (" + names + ") VALUES (" + joined(places) + ")");
  statements.update =
      Statement("UPDATE " + table + " SET " + joined(changes) + " WHERE " + key + " = ?1");
  statements.find = Statement(select + " WHERE " + key + " = ?1");
  statements.read_all = Statement(select + " ORDER BY " + key);
  statements.read_newer = Statement(select + " WHERE version > ?1 ORDER BY " + key);
  statements.last = Statement("SELECT max(" + key + ") FROM " + table);
  return statements;
}

Result<void> Rows::write(Statement& statement, const RecordImage& record, Version version) {
  SEATBOOK_TRY(statement.prepare(connection_));
  return std::visit(
      [&](const auto& value) {
        Binder binder(statement);
        store_columns(value, binder);
        binder(version_column, stored(version));
        return statement.run();
      },
      record);
}

Result<void> Rows::insert(const RecordImage& record, Version version) {
  return write(of(kind_of(record)).insert, record, version);
}

Result<void> Rows::update(const RecordImage& record, Version version) {
  return write(of(kind_of(record)).update, record, version);
}

Result<std::optional<StoredRecord>> Rows::find(RecordKind kind, std::uint64_t id) {
  Statement& statement = of(kind).find;
  SEATBOOK_TRY(statement.prepare(connection_));
  const Reset reset(statement);
  statement.bind(1, id);
  const auto row = statement.step();
  if (!row) return row.error();
  if (!*row) return std::optional<StoredRecord>();
  auto record = record_of(statement, kind);
  if (!record) return std::move(record).error();
  return std::optional<StoredRecord>(*std::move(record));
}

Result<void> Rows::read(RecordKind kind, Version after, const Take& take) {
  Statement& statement = after ? of(kind).read_newer : of(kind).read_all;
  SEATBOOK_TRY(statement.prepare(connection_));
  const Reset reset(statement);
  if (after) statement.bind(1, after.value);
  for (;;) {
    const auto row = statement.step();
    if (!row) return row.error();
    if (!*row) return {};
    auto record = record_of(statement, kind);
    if (!record) return std::move(record).error();
    SEATBOOK_TRY(take(*std::move(record)));
  }
}

Result<std::uint64_t> Rows::last_id(RecordKind kind) {
  Statement& statement = of(kind).last;
  SEATBOOK_TRY(statement.prepare(connection_));
  const Reset reset(statement);
  const auto row = statement.step();
  if (!row) return row.error();
  return *row ? static_cast<std::uint64_t>(statement.number(0)) : 0;
}

void Rows::abandon() {
  for (Statements& of_kind : statements_) {
    for (Statement* statement : {&of_kind.insert, &of_kind.update, &of_kind.find, &of_kind.read_all,
                                 &of_kind.read_newer, &of_kind.last}) {
      statement->abandon();
    }
  }
}

}  // namespace seatbook::sqlite::detail

#include "storage/sqlite/rows.hpp"

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "seatbook/record_codec.hpp"
#include "storage/columns.hpp"
#include "storage/row_shapes.hpp"

namespace seatbook::sqlite::detail {
namespace {

using seatbook::detail::ColumnNames;
using seatbook::detail::Columns;
using seatbook::detail::joined;
using seatbook::detail::parse_choice;
using seatbook::detail::stored_number;
using seatbook::detail::with_record;

/// Binds a record's members to the parameters of a statement; `date` texts live as long as the
/// object.
class Binder {
 public:
  explicit Binder(Statement& statement) : statement_(statement) {}
  [[nodiscard]] int next() const { return place_; }

  template <class Tag>
  void key(const char* name, Id<Tag> id) {
    number(name, id);
  }
  template <class Value>
  void number(const char* /*name*/, Value value) {
    statement_.bind(place_++, stored_number(value));
  }
  template <class Tag>
  void number_or_null(const char* name, Id<Tag> id) {
    id ? number(name, id) : null();
  }
  template <class Value>
  void number_or_null(const char* name, const std::optional<Value>& value) {
    value ? number(name, *value) : null();
  }
  void money(const char* name, const std::optional<Money>& value) { number_or_null(name, value); }
  void date(const char* name, const std::optional<Date>& value) {
    if (!value) return null();
    date_ = value->to_string();  // at most one per record
    text(name, date_);
  }
  void total(const char* /*name*/, SeatTotal value) {
    if (value.is_unlimited()) return null();
    statement_.bind(place_++, static_cast<std::uint64_t>(value.seats()));
  }
  void text(const char* /*name*/, std::string_view value) { statement_.bind(place_++, value); }
  void text_or_null(const char* name, std::string_view value) {
    value.empty() ? null() : text(name, value);
  }
  template <class Enum>
  void choice(const char* name, Enum value) {
    text(name, to_string(value));
  }
  void flag(const char* /*name*/, bool value) {
    statement_.bind(place_++, std::uint64_t{value ? 1U : 0U});
  }
  void terms(const char* name, const std::optional<LicenseTerms>& value) {
    if (!value) {
      for (int column = 0; column < 4; ++column) null();
      return;
    }
    number(name, value->owner);
    number_or_null(name, value->backup_owner);
    total(name, value->total_seats);
    choice(name, value->policy);
  }

 private:
  void null() { statement_.bind_null(place_++); }

  Statement& statement_;
  std::string date_;
  int place_ = 1;
};

/// Reads a record's members from the columns of a row. The file can be damaged, so every type is
/// checked, even those that STRICT guarantees.
class Reader {
 public:
  explicit Reader(const Statement& row) : row_(row) {}
  [[nodiscard]] int next() const { return column_; }
  /// Returns the first column with an invalid value; null if there is none.
  [[nodiscard]] const char* invalid() const { return invalid_; }

  template <class Tag>
  void key(const char* name, Id<Tag>& id) {
    number(name, id);
  }
  template <class Value>
  void number(const char* name, Value& value) {
    if (!holds(SQLITE_INTEGER, name)) return;
    put(name, row_.number(column_++), value);
  }
  template <class Tag>
  void number_or_null(const char* name, Id<Tag>& id) {
    if (!null()) number(name, id);
  }
  template <class Value>
  void number_or_null(const char* name, std::optional<Value>& value) {
    if (null()) return;
    number(name, value.emplace());
  }
  void money(const char* name, std::optional<Money>& value) { number_or_null(name, value); }
  void date(const char* name, std::optional<Date>& value) {
    if (null() || !holds(SQLITE_TEXT, name)) return;
    const auto parsed = Date::parse(row_.text(column_++));
    if (!parsed) return fail(name);
    value = *parsed;
  }
  void total(const char* name, SeatTotal& value) {
    if (null()) {
      value = SeatTotal::unlimited();
    } else if (holds(SQLITE_INTEGER, name)) {
      value = SeatTotal(row_.number(column_++));
    }
  }
  void text(const char* name, std::string& value) {
    if (holds(SQLITE_TEXT, name)) value = row_.text(column_++);
  }
  void text_or_null(const char* name, std::string& value) {
    if (!null()) text(name, value);
  }
  template <class Enum>
  void choice(const char* name, Enum& value) {
    if (!holds(SQLITE_TEXT, name)) return;
    if (!parse_choice(row_.text(column_++), value)) fail(name);
  }
  void flag(const char* name, bool& value) {
    if (!holds(SQLITE_INTEGER, name)) return;
    const std::int64_t number = row_.number(column_++);
    if (number != 0 && number != 1) return fail(name);
    value = number == 1;
  }
  void terms(const char* name, std::optional<LicenseTerms>& value) {
    if (row_.type(column_) == SQLITE_NULL) {
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
    if (row_.type(column_) != SQLITE_NULL) return false;
    ++column_;
    return true;
  }
  bool holds(int type, const char* name) {
    if (row_.type(column_) == type) return true;
    ++column_;
    fail(name);
    return false;
  }
  void fail(const char* name) {
    if (invalid_ == nullptr) invalid_ = name;
  }

  const Statement& row_;
  int column_ = 0;
  const char* invalid_ = nullptr;
};

Result<StoredRecord> record_of(const Statement& row, RecordKind kind) {
  StoredRecord stored;
  std::string invalid;
  with_record(kind, [&](auto record) {
    using Record = decltype(record);
    Reader reader(row);
    Columns<Record>::visit(reader, record);
    reader.number("version", stored.version);
    if (reader.invalid() != nullptr) {
      invalid = std::string(table_name(kind)) + "." + reader.invalid();
    }
    stored.record = std::move(record);
  });
  if (!invalid.empty()) {
    return Error{Code::storage_corrupt, "row " + std::to_string(row.number(0)) + " of " + invalid +
                                            " contains an invalid value"};
  }
  return stored;
}

}  // namespace

Rows::Rows(Connection& connection) : connection_(connection) {
  for (std::size_t kind = 0; kind < record_kinds; ++kind) {
    statements_[kind] = statements_of(static_cast<RecordKind>(kind));
  }
}

Rows::Statements Rows::statements_of(RecordKind kind) {
  Statements statements;
  with_record(kind, [&](auto record) {
    using Record = decltype(record);
    ColumnNames columns;
    Columns<Record>::visit(columns, record);
    columns.names.emplace_back("version");
    const std::string table(table_name(kind));
    const std::string& key = columns.names.front();
    const std::string names = joined(columns.names);
    std::vector<std::string> places;
    std::vector<std::string> changes;
    for (std::size_t at = 0; at < columns.names.size(); ++at) {
      places.push_back("?" + std::to_string(at + 1));
      if (at > 0) changes.push_back(columns.names[at] + " = " + places.back());
    }
    const std::string select = "SELECT " + names + " FROM " + table;
    statements.insert =
        Statement("INSERT INTO " + table + " (" + names + ") VALUES (" + joined(places) + ")");
    statements.update =
        Statement("UPDATE " + table + " SET " + joined(changes) + " WHERE " + key + " = ?1");
    statements.find = Statement(select + " WHERE " + key + " = ?1");
    statements.read_all = Statement(select + " ORDER BY " + key);
    statements.read_newer = Statement(select + " WHERE version > ?1 ORDER BY " + key);
    statements.last = Statement("SELECT max(" + key + ") FROM " + table);
  });
  return statements;
}

Result<void> Rows::write(Statement& statement, const RecordImage& record, Version version) {
  if (auto prepared = statement.prepare(connection_); !prepared) return prepared;
  return std::visit(
      [&](const auto& value) {
        Binder binder(statement);
        Columns<std::decay_t<decltype(value)>>::visit(binder, value);
        binder.number("version", version);
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
  if (auto prepared = statement.prepare(connection_); !prepared) return std::move(prepared).error();
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
  if (auto prepared = statement.prepare(connection_); !prepared) return prepared;
  const Reset reset(statement);
  if (after) statement.bind(1, after.value);
  for (;;) {
    const auto row = statement.step();
    if (!row) return row.error();
    if (!*row) return {};
    auto record = record_of(statement, kind);
    if (!record) return std::move(record).error();
    if (auto taken = take(*std::move(record)); !taken) return taken;
  }
}

Result<std::uint64_t> Rows::last_id(RecordKind kind) {
  Statement& statement = of(kind).last;
  if (auto prepared = statement.prepare(connection_); !prepared) return std::move(prepared).error();
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

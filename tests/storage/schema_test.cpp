// Compares the tables in the sources of the databases with the columns that are read and written.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "seatbook/record_codec.hpp"
#include "storage/columns.hpp"
#include "support/folder.hpp"
#include "types/records.hpp"

namespace seatbook {
namespace {

struct Database {
  const char* source;
  std::string create;  ///< the statement, up to the name of the table
  std::vector<std::string> before;
  const char* number;
  const char* date;
  const char* flag;
};

const Database databases[] = {
    {"sqlite", "CREATE TABLE ", {}, "INTEGER", "TEXT", "INTEGER"},
    {"postgres",
     "CREATE TABLE IF NOT EXISTS $.",
     {"book BIGINT NOT NULL"},
     "BIGINT",
     "DATE",
     "BOOLEAN"},
};

/// Returns the parts of a table's definition: its columns and constraints.
std::vector<std::string> parts_in(const std::string& source, const std::string& create) {
  std::vector<std::string> parts;
  auto at = source.find(create + " (");
  if (at == std::string::npos) return parts;
  at += create.size() + 2;
  parts.emplace_back();
  for (int depth = 0; depth >= 0 && at < source.size(); ++at) {
    if (source.compare(at, 2, "--") == 0) at = source.find('\n', at);
    const char letter = source[at];
    if (letter == '(') ++depth;
    if (letter == ')') --depth;
    if (letter == ',' && depth == 0) {
      parts.emplace_back();
    } else {
      parts.back() += letter;
    }
  }
  return parts;
}

/// Returns the columns of a table as "name TYPE" or "name TYPE NOT NULL", sorted: columns that a
/// later format added come after the others, and all statements name their columns.
std::vector<std::string> columns_in(const std::string& source, const std::string& create) {
  std::vector<std::string> columns;
  for (const std::string& part : parts_in(source, create)) {
    std::istringstream words(part);
    std::string name;
    std::string type;
    words >> name >> type;
    if (name == "PRIMARY" || name == "CHECK") continue;
    if (type.back() == ')') type.pop_back();  // of the table
    const bool required =
        part.find("NOT NULL") != std::string::npos || part.find("PRIMARY KEY") != std::string::npos;
    columns.push_back(name + " " + type + (required ? " NOT NULL" : ""));
  }
  std::sort(columns.begin(), columns.end());
  return columns;
}

std::vector<std::string> expected_columns(const Database& database, RecordKind kind) {
  std::vector<std::string> columns = database.before;
  const auto add = [&](const detail::Column& column, const auto& value) {
    using Stored = std::decay_t<decltype(value)>;
    const char* type = database.number;
    if (std::is_same_v<Stored, bool>) type = database.flag;
    if (std::is_same_v<Stored, std::optional<Date>>) type = database.date;
    if (std::is_same_v<Stored, std::optional<std::string_view>>) type = "TEXT";
    if (std::is_same_v<Stored, std::optional<std::string>>) type = "TEXT";
    columns.push_back(column.to_string() + " " + type + (column.required ? " NOT NULL" : ""));
  };
  std::visit([&](const auto& record) { detail::store_columns(record, add); },
             types::empty_record(kind));
  add(detail::Column{"version"}, detail::stored(Version()));
  std::sort(columns.begin(), columns.end());
  return columns;
}

TEST(Schemas, HaveTheColumnsOfTheRecords) {
  for (const Database& database : databases) {
    const std::string source =
        testing::bytes_of(std::string(SEATBOOK_TEST_DATA_DIR) + "/../../src/storage/" +
                          database.source + "/schema.cpp");
    for (std::size_t kind = 0; kind < std::variant_size_v<RecordImage>; ++kind) {
      const std::string table(table_name(static_cast<RecordKind>(kind)));
      EXPECT_EQ(columns_in(source, database.create + table),
                expected_columns(database, static_cast<RecordKind>(kind)))
          << database.source << ": " << table;
    }
  }
}

}  // namespace
}  // namespace seatbook

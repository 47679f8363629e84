#include "storage/sqlite/schema.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "seatbook/sqlite.hpp"
#include "types/try.hpp"

namespace seatbook::sqlite::detail {
namespace {

/// "Seat", in the header of the file, by which `file` and other tools recognize it.
constexpr std::int64_t application_id = 0x53656174;

struct Object {
  std::string_view name;
  std::string_view sql;
  std::string_view added = {};  ///< the part of `sql` that format 2 added: a column

  [[nodiscard]] std::string sql_of(std::uint32_t format) const {
    std::string text(sql);
    if (format == 1 && !added.empty()) text.erase(text.find(added), added.size());
    return text;
  }
};

constexpr std::string_view held_since = ", held_since_us INTEGER";
constexpr std::string_view changes = ", changes TEXT";

// SQLite stores the text of each object, so these texts are part of the format: a file is checked
// against them, comments included. ALTER TABLE inserts the new column directly after the last one,
// on the same line. `added` is at that place, so new files have the same texts as migrated ones.
constexpr auto objects_of_format_2 = std::to_array<Object>({
    {"book", R"(CREATE TABLE book (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  unicode_version TEXT NOT NULL,  -- of the rules that emails are compared by
  version INTEGER NOT NULL CHECK (version > 0)  -- here and below: the batch that wrote the row
) STRICT)"},
    {"people", R"(CREATE TABLE people (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  name TEXT NOT NULL,
  email TEXT,
  host_key TEXT,  -- the host application's own id
  state TEXT NOT NULL CHECK (state IN ('active', 'archived', 'erased')),
  revision INTEGER NOT NULL CHECK (revision > 0),
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT)"},
    {"actors", R"(CREATE TABLE actors (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  actor TEXT,  -- the name of a service, or:
  person INTEGER REFERENCES people,
  version INTEGER NOT NULL CHECK (version > 0),
  CHECK ((actor IS NULL) <> (person IS NULL))
) STRICT)"},
    {"licenses", R"(CREATE TABLE licenses (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  name TEXT NOT NULL,
  vendor TEXT,
  product_group TEXT,
  host_key TEXT,
  total_seats INTEGER CHECK (total_seats >= 0),  -- null: unlimited
  policy TEXT NOT NULL CHECK (policy IN ('enforce', 'allow_over')),
  owner INTEGER NOT NULL REFERENCES people,
  backup_owner INTEGER REFERENCES people CHECK (backup_owner <> owner),
  cost_per_seat_ten_thousandths INTEGER CHECK (cost_per_seat_ten_thousandths >= 0),
  currency TEXT,
  billing_period TEXT NOT NULL CHECK (billing_period IN ('month', 'year', 'once')),
  renewal_date TEXT,  -- YYYY-MM-DD
  state TEXT NOT NULL CHECK (state IN ('active', 'archived')),
  revision INTEGER NOT NULL CHECK (revision > 0),
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT)"},
    {"assignments", R"(CREATE TABLE assignments (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  license INTEGER NOT NULL REFERENCES licenses,
  person INTEGER NOT NULL REFERENCES people,
  assigned_at_us INTEGER NOT NULL,  -- microseconds since 1970-01-01T00:00:00Z
  assigned_by INTEGER NOT NULL REFERENCES actors,
  revoked_at_us INTEGER,  -- null: the seat is held
  revoked_by INTEGER REFERENCES actors,
  revoke_reason TEXT,
  access_level TEXT,
  account TEXT,
  notes TEXT,
  cost_override_ten_thousandths INTEGER CHECK (cost_override_ten_thousandths >= 0),
  needs_review INTEGER NOT NULL CHECK (needs_review IN (0, 1)),
  revision INTEGER NOT NULL CHECK (revision > 0),
  version INTEGER NOT NULL CHECK (version > 0), held_since_us INTEGER,
  CHECK ((revoked_at_us IS NULL) = (revoked_by IS NULL))
) STRICT)",
     held_since},
    {"one_active_seat", R"(CREATE UNIQUE INDEX one_active_seat
  ON assignments (license, person) WHERE revoked_at_us IS NULL)"},
    {"history", R"(CREATE TABLE history (
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  batch INTEGER NOT NULL CHECK (batch > 0),
  at_us INTEGER NOT NULL,  -- microseconds since 1970-01-01T00:00:00Z
  actor INTEGER NOT NULL REFERENCES actors,
  kind TEXT NOT NULL,
  license INTEGER REFERENCES licenses,
  person INTEGER REFERENCES people,
  assignment INTEGER REFERENCES assignments,
  counterpart INTEGER REFERENCES assignments,  -- of a transfer: the other one of the two
  owner_before INTEGER REFERENCES people,  -- null: the row tells no terms of a license
  backup_owner_before INTEGER REFERENCES people,
  total_seats_before INTEGER,  -- null beside an owner: unlimited
  policy_before TEXT,
  owner_after INTEGER REFERENCES people,
  backup_owner_after INTEGER REFERENCES people,
  total_seats_after INTEGER,
  policy_after TEXT,
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT)"},
    {"history_texts", R"(CREATE TABLE history_texts (
  seq INTEGER PRIMARY KEY REFERENCES history,
  name_before TEXT,
  name_after TEXT,
  email_before TEXT,
  email_after TEXT,
  reason TEXT,
  version INTEGER NOT NULL CHECK (version > 0)
, changes TEXT) STRICT)",
     changes},
    {"last_uses", R"(CREATE TABLE last_uses (
  assignment INTEGER PRIMARY KEY REFERENCES assignments,
  used_at_us INTEGER NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0)
) STRICT)"},
    {"batches",
     R"(CREATE TABLE batches (  -- the last ten thousand; the newest is the book's version
  version INTEGER PRIMARY KEY CHECK (version > 0),
  token BLOB NOT NULL UNIQUE CHECK (length(token) = 16),
  checksum INTEGER NOT NULL  -- over all records as this batch left them
) STRICT)"},
});

Result<std::int64_t> query_number(Connection& connection, const char* sql) {
  Statement statement{sql};
  SEATBOOK_TRY(statement.prepare(connection));
  const auto row = statement.step();
  if (!row) return row.error();
  return *row ? statement.number(0) : 0;
}

/// Returns every object of the file with its text, except SQLite's internal ones.
Result<std::map<std::string, std::string>> objects_of(Connection& connection) {
  Statement statement{
      "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"};
  SEATBOOK_TRY(statement.prepare(connection));
  std::map<std::string, std::string> objects;
  for (;;) {
    const auto row = statement.step();
    if (!row) return row.error();
    if (!*row) return objects;
    objects.emplace(statement.text(0), statement.text(1));
  }
}

Result<void> check_objects(std::map<std::string, std::string> objects, std::uint32_t format) {
  for (const Object& ours : objects_of_format_2) {
    const auto found = objects.find(std::string(ours.name));
    if (found == objects.end()) {
      return Error{Code::storage_corrupt,
                   "the table or index " + std::string(ours.name) + " is missing"};
    }
    if (found->second != ours.sql_of(format)) {
      return Error{Code::storage_corrupt, "the table or index " + std::string(ours.name) +
                                              " differs from Seatbook's definition"};
    }
    objects.erase(found);
  }
  if (!objects.empty()) {
    return Error{Code::storage_corrupt,
                 "the file contains a table, index, trigger or view that is not "
                 "part of Seatbook: " +
                     objects.begin()->first};
  }
  return {};
}

/// Runs `change` as one transaction.
template <class Change>
Result<void> in_transaction(Connection& connection, const Change& change) {
  SEATBOOK_TRY(connection.run("BEGIN IMMEDIATE"));
  Result<void> changed = change();
  if (changed) changed = connection.run("COMMIT");
  if (!changed) (void)connection.run("ROLLBACK");
  return changed;
}

Result<void> set_format(Connection& connection) {
  return connection.run(("PRAGMA user_version = " + std::to_string(file_format)).c_str());
}

}  // namespace

Result<std::uint32_t> check_schema(Connection& connection) {
  const auto application = query_number(connection, "PRAGMA application_id");
  if (!application) return application.error();
  const auto format = query_number(connection, "PRAGMA user_version");
  if (!format) return format.error();
  auto objects = objects_of(connection);
  if (!objects) return objects.error();
  if (*application == 0 && *format == 0 && objects->empty()) return std::uint32_t{0};
  if (*application != application_id) {
    return Error{Code::not_a_book, "the database belongs to another application"};
  }
  if (*format > file_format) {
    return Error{Code::format_too_new,
                 "the file has format " + std::to_string(*format) +
                     ": this library reads formats up to " + std::to_string(file_format),
                 {},
                 {},
                 {static_cast<std::uint64_t>(*format), file_format}};
  }
  if (*format < 1) {
    return Error{Code::storage_corrupt, "the file has no format number"};
  }
  const auto found = static_cast<std::uint32_t>(*format);
  SEATBOOK_TRY(check_objects(*std::move(objects), found));
  return found;
}

Result<void> create_schema(Connection& connection) {
  return in_transaction(connection, [&]() -> Result<void> {
    for (const Object& object : objects_of_format_2) {
      SEATBOOK_TRY(connection.run(std::string(object.sql).c_str()));
    }
    const std::string application = "PRAGMA application_id = " + std::to_string(application_id);
    SEATBOOK_TRY(connection.run(application.c_str()));
    return set_format(connection);
  });
}

Result<void> migrate_schema(Connection& connection) {
  return in_transaction(connection, [&]() -> Result<void> {
    for (const Object& object : objects_of_format_2) {
      if (object.added.empty()) continue;
      const std::string column(object.added.substr(2));  // without the comma
      const std::string alter = "ALTER TABLE " + std::string(object.name) + " ADD COLUMN " + column;
      SEATBOOK_TRY(connection.run(alter.c_str()));
    }
    SEATBOOK_TRY(set_format(connection));
    // SQLite has changed the stored texts. Another version of it may write them differently: then
    // the transaction must not commit.
    auto objects = objects_of(connection);
    if (!objects) return objects.error();
    return check_objects(*std::move(objects), file_format);
  });
}

}  // namespace seatbook::sqlite::detail

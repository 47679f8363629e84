// Opens files that version 0.1 wrote. Every later version must open them; see recorded_book.hpp.
#include "storage/recorded_book.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "seatbook/sqlite.hpp"
#include "storage/disk.hpp"
#include "support/sanitized.hpp"

namespace seatbook::testing {
namespace {

void copy(const std::string& recorded, const std::string& path) {
  std::filesystem::copy_file(recorded_file(recorded), path);
}

TEST(RecordedBook, OpensFromSqlite) {
  const Folder folder;
  copy("book.db", folder.file("book.db"));
  expect_recorded_book([&] { return open_unsynced_sqlite(folder.path()).value(); });
}

TEST(RecordedBook, OpensFromSqliteWithAnUnmergedLog) {
  const Folder folder;
  copy("unclosed.db", folder.file("book.db"));
  copy("unclosed.db-wal", folder.file("book.db-wal"));
  expect_recorded_book([&] { return open_unsynced_sqlite(folder.path()).value(); });
}

TEST(RecordedBook, OpensFromSqliteWithoutChangingTheFile) {
  const Folder folder;
  copy("book.db", folder.file("book.db"));
  const std::string before = bytes_of(folder.file("book.db"));
  {
    const Book book = sqlite::open(folder.file("book.db"), {.read_only = true}).value();
    EXPECT_EQ(book.dump().value() + "\n", recorded_dump());
    EXPECT_EQ(book.check_invariants().value(), std::vector<std::string>{});
  }
  EXPECT_EQ(bytes_of(folder.file("book.db")), before);
}

// --------------------------------------------------------------------- migration of SQLite files

/// Runs SQL on a file and returns the first column of its first row.
std::string run_sql(const std::string& path, const std::string& sql) {
  sqlite3* db = nullptr;
  sqlite3_open(path.c_str(), &db);
  std::string first;
  const auto take = [](void* to, int, char** values, char**) {
    auto& text = *static_cast<std::string*>(to);
    if (text.empty() && values[0] != nullptr) text = values[0];
    return 0;
  };
  EXPECT_EQ(sqlite3_exec(db, sql.c_str(), take, &first, nullptr), SQLITE_OK)
      << sql << ": " << sqlite3_errmsg(db);
  sqlite3_close(db);
  return first;
}

std::string format_of(const std::string& path) {
  return run_sql(path, "PRAGMA user_version");
}

TEST(Migration, LeavesTheTablesOfANewFile) {
  const Folder folder;
  copy("book.db", folder.file("old.db"));
  EXPECT_EQ(format_of(folder.file("old.db")), "1");
  const char* const schema =
      "SELECT group_concat(name || ': ' || sql, char(10)) FROM"
      " (SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name)";
  const char* const batches =
      "SELECT group_concat(version || hex(token) || checksum) FROM"
      " (SELECT * FROM batches ORDER BY version)";
  const std::string batches_before = run_sql(folder.file("old.db"), batches);
  ASSERT_TRUE(sqlite::open_storage(folder.file("old.db")));
  ASSERT_TRUE(sqlite::open_storage(folder.file("new.db")));
  EXPECT_EQ(format_of(folder.file("old.db")), "2");
  EXPECT_EQ(format_of(folder.file("new.db")), "2");
  EXPECT_EQ(run_sql(folder.file("old.db"), schema), run_sql(folder.file("new.db"), schema));
  EXPECT_EQ(run_sql(folder.file("old.db"), batches), batches_before);
  EXPECT_EQ(run_sql(folder.file("old.db"), "PRAGMA integrity_check"), "ok");
}

TEST(Migration, AnEmptyBookIsMigrated) {
  const Folder folder;
  copy("book.db", folder.file("book.db"));
  run_sql(folder.file("book.db"),
          "DELETE FROM last_uses; DELETE FROM history_texts; DELETE FROM history;"
          "DELETE FROM assignments; DELETE FROM licenses; DELETE FROM actors; DELETE FROM people;"
          "DELETE FROM book; DELETE FROM batches");
  Desk desk(open_unsynced_sqlite(folder.path()).value());
  EXPECT_EQ(desk.book.version(), Version());
  desk.person("Ada");
  EXPECT_EQ(desk.findings(), std::vector<std::string>{});
}

TEST(Migration, OfACopyMadeFromAnOldFile) {
  const Folder folder;
  copy("book.db", folder.file("old.db"));
  {
    const auto old = sqlite::open_storage(folder.file("old.db"), {.read_only = true}).value();
    ASSERT_TRUE(old->backup_to(folder.file("book.db")));
  }
  EXPECT_EQ(format_of(folder.file("old.db")), "1");
  EXPECT_EQ(format_of(folder.file("book.db")), "1");
  expect_recorded_book([&] { return open_unsynced_sqlite(folder.path()).value(); });
  EXPECT_EQ(format_of(folder.file("book.db")), "2");
}

/// A damaged or edited file stays as it is, byte for byte, so that the older version, or a person,
/// sees what was there.
TEST(Migration, ADamagedFileIsNotMigrated) {
  const char* const edits[] = {
      "UPDATE people SET name = 'Eve' WHERE id = 1",
      "DELETE FROM last_uses WHERE assignment = 1",
      "UPDATE history_texts SET reason = 'nothing'",
      "UPDATE batches SET checksum = checksum + 1 WHERE version = 56",
      "CREATE TABLE more (id)",
      "ALTER TABLE assignments ADD COLUMN held_since_us INTEGER",
      "ALTER TABLE history_texts ADD COLUMN changes TEXT",
      "PRAGMA user_version = 2",
  };
  for (const char* const edit : edits) {
    const Folder folder;
    const std::string path = folder.file("book.db");
    copy("book.db", path);
    run_sql(path, edit);
    const std::string before = bytes_of(path);
    for (int attempt = 0; attempt < 2; ++attempt) {
      EXPECT_EQ(code_of(sqlite::open(path)), Code::storage_corrupt) << edit;
      EXPECT_EQ(code_of(sqlite::open(path, {.read_only = true})), Code::storage_corrupt) << edit;
    }
    EXPECT_EQ(bytes_of(path), before) << edit;
  }
}

TEST(Migration, AFileOfTheNewFormatIsNotTakenForAnOldOne) {
  const Folder folder;
  const std::string path = folder.file("book.db");
  copy("book.db", path);
  ASSERT_TRUE(sqlite::open(path));
  run_sql(path, "PRAGMA user_version = 1");
  EXPECT_EQ(code_of(sqlite::open(path)), Code::storage_corrupt);
  EXPECT_EQ(code_of(sqlite::open(path, {.read_only = true})), Code::storage_corrupt);
}

TEST(Migration, DamagedNewMembersAreRefused) {
  const char* const texts[] = {"",
                               " ",
                               "[]",
                               "{}",
                               "null",
                               "[[]]",
                               R"([["notes","a"]])",
                               R"([["notes","a","b","c"]])",
                               R"([["notes","a",1]])",
                               R"([["notes","a",null]])",
                               R"(["notes","a","b"])",
                               R"([[["notes","a","b"]]])",
                               R"([["notes","a","b"],[]])",
                               R"([["notes","a","b"]]x)",
                               R"([["notes", "a","b"]])",
                               R"([["notes","a","\u0062"]])",
                               R"([["notes","a","\u0000"]])",
                               R"([["notes","a","\ud800"]])",
                               R"([["notes","a","b"])"};
  const Folder folder;
  const std::string path = folder.file("book.db");
  const auto refused = [&](const std::string& edit, const char* column) {
    std::filesystem::remove(path);
    copy("book.db", path);
    ASSERT_TRUE(sqlite::open(path));
    run_sql(path, edit);
    const auto opened = sqlite::open(path);
    ASSERT_FALSE(opened) << edit;
    EXPECT_EQ(opened.error().code, Code::storage_corrupt) << edit;
    EXPECT_NE(opened.error().message.find(column), std::string::npos) << opened.error().message;
  };
  const auto with = [](const std::string& value) {
    return "UPDATE history_texts SET changes = " + value +
           " WHERE seq = (SELECT min(seq) FROM history_texts)";
  };
  for (const std::string text : texts) refused(with("'" + text + "'"), "history_texts.changes");
  refused(with("CAST(x'5b5b226e6f746573222c2261222c22ff225d5d' AS TEXT)"), "history_texts.changes");
  refused(with("CAST(x'5b5b226e6f746573222c2261222c2200225d5d' AS TEXT)"), "history_texts.changes");
  refused(with("replace(hex(zeroblob(500000)), '0', '[')"), "history_texts.changes");
  // Well-formed, but not what the book wrote.
  refused(with(R"('[["notes","a","b"]]')"), "checksum");
  refused("UPDATE assignments SET held_since_us = 5 WHERE id = 1", "checksum");
}

/// The visible content of a disk with the recorded file.
DiskFiles disk_with_recorded_file(const std::string& path) {
  const std::string bytes = bytes_of(recorded_file("book.db"));
  DiskFiles::File file;
  file.visible.assign(bytes.begin(), bytes.end());
  file.durable = file.visible;
  file.named = true;
  DiskFiles files;
  files.files.emplace(path, file);
  return files;
}

std::map<std::string, DiskFiles::Bytes> visible_bytes(const DiskFiles& files) {
  std::map<std::string, DiskFiles::Bytes> bytes;
  for (const auto& [name, file] : files.files) bytes.emplace(name, file.visible);
  return bytes;
}

std::string format_in(const DiskFiles& files, const std::string& path) {
  const auto& bytes = files.files.at(path).visible;
  return std::to_string(static_cast<unsigned char>(bytes.at(63)));  // of PRAGMA user_version
}

/// Opens what an interrupted migration has left: read_only, which may ask for recovery if there is
/// a log, and never changes anything, then for writing. Expects the recorded book. Returns the
/// format that read_only found, or "log".
std::string expect_whole(DiskFiles files, const std::string& path) {
  Disk disk(std::move(files));
  std::string found = "log";
  {
    const auto before = visible_bytes(disk.files());
    const auto book = sqlite::open(path, {.read_only = true, .vfs = disk.name()});
    EXPECT_TRUE(book || book.error().code == Code::needs_recovery) << book.error().message;
    if (book) {
      EXPECT_EQ(book->dump().value() + "\n", recorded_dump());
      found = format_in(disk.files(), path);
      EXPECT_TRUE(found == "1" || found == "2") << found;
    }
    EXPECT_EQ(visible_bytes(disk.files()), before);
  }
  {
    Desk desk(sqlite::open_storage(path, {.vfs = disk.name()}).value());
    EXPECT_EQ(desk.dump() + "\n", recorded_dump());
    EXPECT_EQ(desk.book.version(), Version(56));
  }
  EXPECT_EQ(format_in(disk.files(), path), "2");
  EXPECT_TRUE(sqlite::open(path, {.read_only = true, .vfs = disk.name()}));
  return found;
}

TEST(Migration, KilledOrWithoutPowerAtAnyWriteTheFileIsOfOneFormat) {
  const Folder folder;
  const std::string path = folder.file("book.db");
  Disk disk(disk_with_recorded_file(path));
  std::vector<DiskFiles> images = {disk.files()};
  disk.on_change = [&] {
    images.push_back(disk.files());  // killed
    for (const PowerLoss loss : {PowerLoss::nothing, PowerLoss::some, PowerLoss::torn}) {
      images.push_back(disk.files().after(loss, disk.random()));
    }
  };
  {
    ASSERT_TRUE(sqlite::open_storage(path, {.vfs = disk.name()}));
  }
  disk.on_change = nullptr;
  EXPECT_GT(images.size(), 20U);
  std::map<std::string, int> found;
  for (DiskFiles& image : images) ++found[expect_whole(std::move(image), path)];
  EXPECT_GT(found["1"], 0);
  EXPECT_GT(found["2"], 0);
}

TEST(Migration, AFailureAtAnyCallLeavesAFileOfOneFormat) {
  const Folder folder;
  const std::string path = folder.file("book.db");
  int calls = 0;
  {
    Disk disk(disk_with_recorded_file(path));
    ASSERT_TRUE(sqlite::open_storage(path, {.vfs = disk.name()}));
    calls = disk.calls;
  }
  EXPECT_GT(calls, 50);
  constexpr int stride = sanitized ? 7 : 1;
  int refused = 0;
  for (int failing = 0; failing < calls; failing += stride) {
    for (const bool always : {false, true}) {
      for (const DiskFault fault : {DiskFault::error, DiskFault::full, DiskFault::lost_success}) {
        SCOPED_TRACE(::testing::Message() << "call " << failing << (always ? " and later" : "")
                                          << ", fault " << static_cast<int>(fault));
        Disk disk(disk_with_recorded_file(path), static_cast<std::uint64_t>(failing));
        bool tried = false;
        disk.on_call = [&](DiskCall call, int number) {
          if (always ? number < failing : number != failing) return DiskFault::none;
          if (number == failing) tried = fault == DiskFault::error || call == DiskCall::write;
          if (!tried) return DiskFault::none;
          return call == DiskCall::write ? fault : DiskFault::error;
        };
        if (!sqlite::open_storage(path, {.vfs = disk.name()})) ++refused;
        disk.on_call = nullptr;
        if (!tried) continue;
        expect_whole(disk.files(), path);
        expect_whole(disk.files().after(PowerLoss::some, disk.random()), path);
        if (HasFailure()) return;
      }
    }
  }
  EXPECT_GT(refused, 0);
}

TEST(RecordedBook, OpensFromRowsOfAPlugIn) {
  const Folder folder;
  copy("book.plain", folder.file("book"));
  expect_recorded_book([&] { return open_unsynced_plain_file(folder.path()).value(); });
}

// ------------------------------------------------------------------------- files of format 2
// tests/data/format-2, which tests/data/record_format_2.cpp made from the files of format 1.

std::string recorded_file_2(const std::string& name) {
  return recorded_file("../format-2/" + name);
}

/// Expects the recorded book of format 2 in the storage that `open` returns, twice, and that new
/// commands work on it.
template <class Open>
void expect_recorded_book_2(const Open& open) {
  std::string expected = bytes_of(recorded_file_2("book.json"));
  for (const char* const name : {"Written first", "Written second"}) {
    Desk desk(open());
    EXPECT_EQ(desk.dump() + "\n", expected);
    EXPECT_EQ(desk.findings(), std::vector<std::string>{});
    desk.clock->set(instant("2026-05-01T12:00:00Z"));
    desk.person(name);
    expected = desk.dump() + "\n";
  }
}

TEST(RecordedBook2, OpensFromSqlite) {
  const Folder folder;
  std::filesystem::copy_file(recorded_file_2("book.db"), folder.file("book.db"));
  EXPECT_EQ(format_of(folder.file("book.db")), "2");
  expect_recorded_book_2([&] { return open_unsynced_sqlite(folder.path()).value(); });
}

TEST(RecordedBook2, OpensFromSqliteWithAnUnmergedLog) {
  const Folder folder;
  std::filesystem::copy_file(recorded_file_2("unclosed.db"), folder.file("book.db"));
  std::filesystem::copy_file(recorded_file_2("unclosed.db-wal"), folder.file("book.db-wal"));
  expect_recorded_book_2([&] { return open_unsynced_sqlite(folder.path()).value(); });
}

TEST(RecordedBook2, OpensFromRowsOfBothFormats) {
  const Folder folder;
  std::filesystem::copy_file(recorded_file_2("book.plain"), folder.file("book"));
  const std::string bytes = bytes_of(folder.file("book"));
  EXPECT_NE(bytes.find(R"("format":1)"), std::string::npos);
  EXPECT_NE(bytes.find(R"("format":2)"), std::string::npos);
  expect_recorded_book_2([&] { return open_unsynced_plain_file(folder.path()).value(); });
}

TEST(RecordedBook2, HasEveryNewMember) {
  const auto book = nlohmann::json::parse(bytes_of(recorded_file_2("book.json")));
  std::set<std::string> fields;
  bool emptied = false;
  for (const auto& texts : book.at("history_texts")) {
    for (const auto& change : texts.at("changes")) {
      fields.insert(change.at("field").get<std::string>());
      emptied = emptied || (change.at("before") == "" && change.at("after") == "");
    }
  }
  EXPECT_EQ(fields,
            (std::set<std::string>{"access_level", "account", "billing_period", "cost_override",
                                   "cost_per_seat", "currency", "email", "held_since", "host_key",
                                   "name", "notes", "product_group", "renewal_date", "vendor"}));
  EXPECT_TRUE(emptied);
  std::set<bool> held_since;
  for (const auto& assignment : book.at("assignments")) {
    held_since.insert(assignment.at("held_since").is_null());
  }
  EXPECT_EQ(held_since.size(), 2U);
}

TEST(RecordedBook, HasEveryKindOfHistoryAndRecord) {
  const auto book = nlohmann::json::parse(recorded_dump());
  std::set<std::string> kinds;
  for (const auto& row : book.at("history")) kinds.insert(row.at("kind").get<std::string>());
  EXPECT_EQ(kinds.size(), 19U);
  for (const char* const table :
       {"people", "actors", "licenses", "assignments", "history_texts", "last_uses"}) {
    EXPECT_FALSE(book.at(table).empty()) << table;
  }
}

}  // namespace
}  // namespace seatbook::testing

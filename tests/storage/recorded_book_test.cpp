// Opens files that version 0.1 wrote. Every later version must open them; see recorded_book.hpp.
#include "storage/recorded_book.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "seatbook/sqlite.hpp"

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

TEST(RecordedBook, OpensFromRowsOfAPlugIn) {
  const Folder folder;
  copy("book.plain", folder.file("book"));
  expect_recorded_book([&] { return open_unsynced_plain_file(folder.path()).value(); });
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

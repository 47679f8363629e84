// Tests files that are damaged, foreign, too new or modified by other programs: a clear error, no
// crash, no wrong data.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"
#include "storage/recorded_book.hpp"
#include "support/books.hpp"
#include "support/folder.hpp"
#include "support/sanitized.hpp"

namespace seatbook {
namespace {

using testing::code_of;
using testing::Desk;
using testing::Folder;

constexpr std::size_t page_size = 4096;

void run_sql(const std::string& path, const std::string& sql) {
  sqlite3* db = nullptr;
  sqlite3_open(path.c_str(), &db);
  char* message = nullptr;
  const int code = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &message);
  const std::string why = message == nullptr ? "" : message;
  sqlite3_free(message);
  sqlite3_close(db);
  if (code != SQLITE_OK) throw std::runtime_error(sql + ": " + why);
}

/// A book with rows of every kind in a closed file, large enough for several pages per table.
class HostileFiles : public ::testing::Test {
 protected:
  HostileFiles() {
    Desk desk(sqlite::open_storage(path_, {.durability = sqlite::Durability::relaxed}).value());
    const auto license = desk.license("Vector", 500);
    for (int i = 0; i < 150; ++i) {
      const auto name = "person" + std::to_string(i);
      const auto person = desk.person(name, name + "@example.com");
      const auto seat = desk.seat(license, person);
      if (i % 5 == 0) desk.admin.revoke({.assignment = seat, .reason = "left the team"}).value();
      if (i % 5 == 1) {
        desk.admin.record_use({.assignment = seat, .used_at = desk.clock->now()}).value();
      }
      if (i % 50 == 2) {
        desk.admin.edit_seat({.assignment = seat, .notes = std::string(1000, 'n')}).value();
        desk.admin.archive_person({.person = person}).value();
      }
    }
    desk.admin.set_total_seats({.license = license, .total_seats = 600}).value();
    dump_ = desk.dump();
    desk.book.close();
    bytes_ = testing::bytes_of(path_);
  }

  /// Opens a file with these bytes. Returns the dump, or the name of the error.
  std::string open_bytes(const std::string& bytes) {
    testing::write_bytes(path_, bytes);
    return open_file();
  }
  std::string open_file() {
    auto book = sqlite::open(path_);
    if (!book) {
      EXPECT_FALSE(book.error().message.empty());
      return std::string(to_string(book.error().code));
    }
    return book->dump().value();
  }
  std::string open_after(const std::string& sql) {
    testing::write_bytes(path_, bytes_);
    run_sql(path_, sql);
    return open_file();
  }

  Folder folder_;
  std::string path_ = folder_.file("acme.db");
  std::string bytes_;
  std::string dump_;
};

TEST_F(HostileFiles, FlippedBitsInAnyPageAreDetectedOrHarmless) {
  ASSERT_EQ(open_bytes(bytes_), dump_);
  ASSERT_GE(bytes_.size() / page_size, 15U);
  std::mt19937_64 random(7);
  std::map<std::string, int> outcomes;
  for (std::size_t page = 0; page < bytes_.size() / page_size; ++page) {
    // One third of the trials hits the page headers, where nearly every byte matters.
    constexpr int trials = testing::sanitized ? 9 : 24;
    for (int trial = 0; trial < trials; ++trial) {
      const std::size_t offset = trial < trials / 3 ? random() % 128 : random() % page_size;
      std::string damaged = bytes_;
      damaged[page * page_size + offset] ^= static_cast<char>(1U << (random() % 8));
      const std::string found = open_bytes(damaged);
      SCOPED_TRACE(::testing::Message() << "page " << page << ", offset " << offset);
      if (found == dump_) {
        ++outcomes["harmless"];
        // Opening does not detect a damaged index, but writes must not lose data because of it.
        auto opened = sqlite::open(path_);
        if (!opened) continue;
        auto admin = opened->session({.actor = "root", .role = Role::super_admin});
        const auto added = admin.add_person({.name = "New", .email = "new@example.com"});
        const auto seat = admin.assign({.license = LicenseId(1), .person = PersonId(1)});
        const std::string expected = opened->dump().value();
        opened->close();
        if (added && seat) {
          EXPECT_EQ(open_file(), expected);
        }
      } else {
        EXPECT_TRUE(found == "storage_corrupt" || found == "not_a_book" ||
                    found == "format_too_new" || found == "storage_failed")
            << found.substr(0, 200);
        ++outcomes[found];
      }
    }
  }
  EXPECT_GT(outcomes["storage_corrupt"], testing::sanitized ? 40 : 100);
  EXPECT_LT(outcomes["storage_failed"], 20) << "damage should be reported as storage_corrupt";
}

TEST_F(HostileFiles, AFlippedBitInATokenIsDetected) {
  RequestId request;
  for (std::size_t byte = 0; byte < request.bytes.size(); ++byte) {
    request.bytes[byte] = static_cast<std::uint8_t>(0xa0 + byte);
  }
  {
    Desk desk(sqlite::open_storage(path_).value());
    desk.admin.add_person({.name = "Ada", .request_id = request}).value();
  }
  const std::string bytes = testing::bytes_of(path_);
  const std::string token(request.bytes.begin(), request.bytes.end());
  int places = 0;
  for (std::size_t at = bytes.find(token); at != std::string::npos;
       at = bytes.find(token, at + 1)) {
    std::string damaged = bytes;
    damaged[at + 3] ^= 1;
    EXPECT_EQ(open_bytes(damaged), "storage_corrupt") << "the request would be executed again";
    ++places;
  }
  EXPECT_EQ(places, 2) << "in the table and in its index";
}

TEST_F(HostileFiles, TruncatedFilesAreDetected) {
  for (std::size_t size = page_size; size < bytes_.size(); size += page_size) {
    EXPECT_EQ(open_bytes(bytes_.substr(0, size)), "storage_corrupt") << size;
  }
  for (const std::size_t size : {2U, 15U, 16U, 99U, 100U, 511U, 4095U}) {
    const std::string found = open_bytes(bytes_.substr(0, size));
    EXPECT_TRUE(found == "not_a_book" || found == "storage_corrupt") << size << ": " << found;
  }
}

TEST_F(HostileFiles, OtherFileFormatsAreNotABook) {
  EXPECT_EQ(open_bytes("Name,Email\nAda,ada@example.com\n" + std::string(5000, 'x')), "not_a_book");
  EXPECT_EQ(open_bytes(std::string(8192, '\0')), "not_a_book");
}

TEST_F(HostileFiles, AnotherApplicationsDatabaseIsNotModified) {
  const std::string other = folder_.file("other.db");
  run_sql(other,
          "PRAGMA journal_mode = WAL; CREATE TABLE people (id); INSERT INTO people VALUES (1)");
  const std::string before = testing::bytes_of(other);
  EXPECT_EQ(code_of(sqlite::open(other)), Code::not_a_book);
  EXPECT_EQ(code_of(sqlite::open(other, {.read_only = true})), Code::not_a_book);
  EXPECT_EQ(testing::bytes_of(other), before);
  const std::string numbered = folder_.file("numbered.db");
  run_sql(numbered, "PRAGMA application_id = 7");
  EXPECT_EQ(code_of(sqlite::open(numbered)), Code::not_a_book);
}

TEST_F(HostileFiles, ANewerFormatIsRefusedWithBothNumbers) {
  run_sql(path_, "PRAGMA user_version = 9");
  const auto opened = sqlite::open(path_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Code::format_too_new);
  EXPECT_EQ(opened.error().index, std::nullopt);
  EXPECT_EQ(opened.error().values, (std::vector<std::uint64_t>{9, sqlite::file_format}));
}

TEST_F(HostileFiles, ForeignTablesTriggersAndViewsAreRefusedByName) {
  for (const char* sql :
       {"CREATE TABLE mine (id)", "CREATE VIEW mine AS SELECT 1",
        "CREATE INDEX mine ON people (name)",
        "CREATE TRIGGER mine AFTER INSERT ON people BEGIN DELETE FROM history; END"}) {
    EXPECT_EQ(open_after(sql), "storage_corrupt") << sql;
    EXPECT_NE(sqlite::open(path_).error().message.find("mine"), std::string::npos);
  }
  EXPECT_EQ(open_after("DROP INDEX one_active_seat"), "storage_corrupt");
  EXPECT_EQ(open_after("DROP TABLE last_uses"), "storage_corrupt");
  EXPECT_EQ(open_after("ALTER TABLE people ADD COLUMN phone TEXT"), "storage_corrupt");
  EXPECT_EQ(open_after("ANALYZE"), dump_) << "SQLite's own statistics are allowed";
  EXPECT_EQ(open_after("VACUUM"), dump_);
}

TEST_F(HostileFiles, RecordsChangedByOtherProgramsAreRefused) {
  for (const char* sql : {
           "UPDATE people SET name = 'Eve' WHERE id = 3",
           "UPDATE licenses SET total_seats = 601",
           "UPDATE licenses SET total_seats = NULL",
           "UPDATE assignments SET assigned_at_us = assigned_at_us - 1 WHERE id = 7",
           "UPDATE assignments SET version = version + 1 WHERE id = 7",
           "DELETE FROM history_texts WHERE seq = (SELECT max(seq) FROM history_texts)",
           "DELETE FROM last_uses",
           "DELETE FROM history WHERE seq = (SELECT max(seq) FROM history)",
           "DELETE FROM history WHERE seq = 5",
           "INSERT INTO last_uses VALUES (3, 1772366400000000, 5)",
           "DELETE FROM batches WHERE version = (SELECT max(version) FROM batches)",
           "UPDATE batches SET checksum = 0 WHERE version = (SELECT max(version) FROM batches)",
           "DELETE FROM batches",
           "UPDATE history SET kind = 'nonsense' WHERE seq = 4",
           "UPDATE history SET seq = 1000000 WHERE seq = (SELECT max(seq) FROM history)",
           "UPDATE people SET id = 9223372036854775807 WHERE id = 9",
           "UPDATE licenses SET renewal_date = '2026-02-30'",
           "UPDATE book SET unicode_version = '1.0.0'",
       }) {
    EXPECT_EQ(open_after(sql), "storage_corrupt") << sql;
  }
  // Deleting old tokens is allowed: repeated requests are only recognized for a shorter time.
  EXPECT_EQ(open_after("DELETE FROM batches WHERE version < 100"), dump_);
}

TEST_F(HostileFiles, ALogOfAnotherFileIsNotApplied) {
  const std::string other = folder_.file("other.db");
  std::string log;
  {
    Desk desk(sqlite::open_storage(other).value());
    desk.person("Stranger", "stranger@example.com");
    log = testing::bytes_of(other + "-wal");
  }
  ASSERT_FALSE(log.empty());
  testing::write_bytes(path_, bytes_);
  testing::write_bytes(path_ + "-wal", log);
  const std::string found = open_file();
  EXPECT_TRUE(found == "storage_corrupt" || found == dump_) << found.substr(0, 200);
  testing::write_bytes(path_, bytes_);
  testing::write_bytes(path_ + "-wal", std::string(10'000, 'x'));
  EXPECT_EQ(open_file(), dump_) << "a file that is not a log is ignored";
}

TEST_F(HostileFiles, TheFileOfEveryReleasedFormatOpens) {
  const std::string recorded = std::string(SEATBOOK_TEST_DATA_DIR) + "/sqlite/format-1.db";
  ASSERT_TRUE(std::filesystem::exists(recorded));
  const std::string copy = folder_.file("format-1.db");
  std::filesystem::copy_file(recorded, copy);
  Desk desk(sqlite::open_storage(copy).value());
  EXPECT_EQ(desk.dump() + "\n",
            testing::with_newer_members(
                testing::bytes_of(std::string(SEATBOOK_TEST_DATA_DIR) + "/sqlite/format-1.json")));
  EXPECT_TRUE(desk.findings().empty());
  desk.clock->set(testing::instant("2026-04-01T12:00:00Z"));
  desk.person("written by this release");
}

}  // namespace
}  // namespace seatbook

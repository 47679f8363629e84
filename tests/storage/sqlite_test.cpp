// Tests the SQLite storage as a host uses it: opening, locking, forks, copies, and the tables.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"
#include "support/books.hpp"
#include "support/folder.hpp"
#include "support/rule.hpp"

namespace seatbook {
namespace {

using testing::code_of;
using testing::Desk;
using testing::Folder;

/// Another program that opens the file with SQLite.
class Shell {
 public:
  explicit Shell(const std::string& path) {
    if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK)
      throw std::runtime_error("cannot open " + path);
  }
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;
  ~Shell() { sqlite3_close(db_); }

  int run(const std::string& sql) {
    return sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) & 0xff;
  }
  std::string query(const std::string& sql) {
    std::string rows;
    const auto append = [](void* to, int columns, char** values, char**) {
      auto& text = *static_cast<std::string*>(to);
      for (int column = 0; column < columns; ++column) {
        text += std::string(column > 0     ? "|"
                            : text.empty() ? ""
                                           : "\n") +
                (values[column] == nullptr ? "NULL" : values[column]);
      }
      return 0;
    };
    EXPECT_EQ(sqlite3_exec(db_, sql.c_str(), append, &rows, nullptr), SQLITE_OK)
        << sqlite3_errmsg(db_);
    return rows;
  }

 private:
  sqlite3* db_ = nullptr;
};

std::shared_ptr<Storage> storage_at(const std::string& path, const sqlite::Options& options = {}) {
  return sqlite::open_storage(path, options).value();
}

/// Creates a book with some people who each get a seat, and returns its dump.
std::string make_book(const std::string& path, int people = 3) {
  Desk desk(storage_at(path));
  const auto license = desk.license("Vector", SeatTotal::unlimited());
  for (int i = 0; i < people; ++i) {
    const auto name = "person" + std::to_string(i);
    const auto seat = desk.seat(license, desk.person(name, name + "@example.com"));
    if (i % 3 == 1) desk.admin.revoke({.assignment = seat, .reason = "left"}).value();
  }
  return desk.dump();
}

std::string dump_of(const std::string& path, const sqlite::Options& options = {}) {
  auto book = sqlite::open(path, options);
  return book ? book->dump().value() : std::string(to_string(book.error().code));
}

/// Runs the work in a child process and returns its exit status.
int in_child(const std::function<int()>& work) {
  const pid_t child = fork();
  if (child == 0) _exit(work());
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// ------------------------------------------------------------------------------------- opening

TEST(Sqlite, ABookReopensUnchanged) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  const std::string before = make_book(path);
  EXPECT_EQ(dump_of(path), before);
  EXPECT_FALSE(std::filesystem::exists(path + "-wal")) << "a closed book is one file";
  EXPECT_EQ(dump_of(path, {.durability = sqlite::Durability::relaxed}), before);
}

TEST(Sqlite, PathsThatDoNotNameAFileAreRefused) {
  const Folder folder;
  const auto refused = [](const std::string& path, const sqlite::Options& options = {}) {
    const auto opened = sqlite::open(path, options);
    ASSERT_FALSE(opened) << path;
    EXPECT_EQ(opened.error().code, Code::invalid_argument) << opened.error().message;
    EXPECT_EQ(opened.error().field, "path");
  };
  refused("");
  refused(std::string("a\0b", 3));
  refused(folder.file("no/such/folder.db"));
  refused(folder.file("."));
  refused("/dev/null");
  refused(folder.file("none.db"), {.must_exist = true});
  refused(folder.file("none.db"), {.read_only = true});
  EXPECT_FALSE(std::filesystem::exists(folder.file("none.db")));
  EXPECT_FALSE(std::filesystem::exists(folder.file("none.db-lock")));
  const auto no_vfs = sqlite::open(folder.file("none.db"), {.vfs = "no such"});
  ASSERT_FALSE(no_vfs);
  EXPECT_EQ(no_vfs.error().code, Code::unsupported_storage);
  EXPECT_EQ(no_vfs.error().field, "vfs");
}

TEST(Sqlite, UnusualFileNamesWork) {
  const Folder folder;
  for (const char* name : {":memory:", "file:x?mode=memory", "a b%20c#d?e", "größer – 東京.db"}) {
    const std::string path = folder.file(name);
    const std::string before = make_book(path);
    EXPECT_TRUE(std::filesystem::is_regular_file(path)) << name;
    EXPECT_EQ(dump_of(path, {.read_only = true}), before) << name;
  }
}

TEST(Sqlite, ASecondOpenFailsAndNamesTheProcess) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  Desk desk(storage_at(path));
  std::filesystem::create_symlink(path, folder.file("alias.db"));
  for (const auto& name : {path, folder.file("./acme.db"), folder.file("alias.db")}) {
    for (const bool read_only : {false, true}) {
      const auto second = sqlite::open(name, {.read_only = read_only});
      ASSERT_FALSE(second);
      EXPECT_EQ(second.error().code, Code::storage_in_use);
      EXPECT_NE(second.error().message.find("process " + std::to_string(getpid()) + " on "),
                std::string::npos)
          << second.error().message;
      EXPECT_NE(second.error().message.find("backup_to"), std::string::npos);
    }
  }
  EXPECT_EQ(in_child([&] { return sqlite::open(path) ? 1 : 0; }), 0);
  desk.book.close();
  EXPECT_TRUE(sqlite::open(path)) << "closing the book releases the file";
}

TEST(Sqlite, OpeningAndClosingTheFileInTheProcessKeepsTheLock) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  Desk desk(storage_at(path));
  desk.person("Ada");
  // This drops every lock that the process holds on the file by fcntl().
  close(open(path.c_str(), O_RDWR | O_CLOEXEC));
  EXPECT_EQ(in_child([&] { return code_of(sqlite::open(path)) == Code::storage_in_use ? 0 : 1; }),
            0);
  desk.person("Bo");
}

TEST(Sqlite, AnotherProgramAndTheBookLockEachOtherOut) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  make_book(path);
  {
    Desk desk(storage_at(path));
    EXPECT_EQ(in_child([&] { return Shell(path).run("SELECT count(*) FROM people"); }),
              SQLITE_BUSY);
  }
  int to_child[2];
  int from_child[2];
  ASSERT_EQ(pipe(to_child) + pipe(from_child), 0);
  const pid_t child = fork();
  if (child == 0) {
    char byte = 0;
    Shell shell(path);
    shell.run("BEGIN IMMEDIATE");
    if (write(from_child[1], &byte, 1) == 1) [[maybe_unused]]
      const auto count = read(to_child[0], &byte, 1);
    _exit(0);
  }
  char byte = 0;
  ASSERT_EQ(read(from_child[0], &byte, 1), 1);
  const auto opened = sqlite::open(path);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Code::storage_in_use) << opened.error().message;
  ASSERT_EQ(write(to_child[1], &byte, 1), 1);
  int status = 0;
  waitpid(child, &status, 0);
  for (const int end : {to_child[0], to_child[1], from_child[0], from_child[1]}) close(end);
  EXPECT_TRUE(sqlite::open(path));
}

TEST(Sqlite, TwoBooksOfOneProcessShareAStorage) {
  const Folder folder;
  const auto storage = storage_at(folder.file("acme.db"));
  Desk one(storage);
  const auto license = one.license("Vector", 1);
  Desk two(storage);
  EXPECT_EQ(code_of(two.admin.usage(license)), Code::ok);
  one.seat(license, two.person("Ada"));
  EXPECT_EQ(code_of(two.admin.assign({.license = license, .person = two.person("Bo")})),
            Code::no_seats_remaining);
  // A book that missed more changes than the storage keeps reads the tables.
  for (int round = 0; round < 8; ++round) {
    std::string people = "Name\n";
    for (int i = 0; i < 10'000; ++i) people += "P\n";
    ASSERT_TRUE(two.admin.import_people({.csv = people}));
  }
  ASSERT_TRUE(one.book.refresh());
  EXPECT_EQ(one.dump(), two.dump());
  EXPECT_TRUE(one.findings().empty());
}

TEST(Sqlite, ADanglingLinkIsRefused) {
  const Folder folder;
  std::filesystem::create_symlink("nowhere.db", folder.file("link.db"));
  EXPECT_EQ(code_of(sqlite::open(folder.file("link.db"))), Code::invalid_argument);
  EXPECT_FALSE(std::filesystem::exists(folder.file("nowhere.db")));
  EXPECT_FALSE(std::filesystem::exists(folder.file("link.db-lock")))
      << "the lock file would have a different name at the next open";
}

TEST(Sqlite, ALogWithoutItsFileIsNotDeleted) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  in_child([&] {
    Desk desk(storage_at(path));
    desk.person("Ada");
    std::filesystem::copy_file(path, folder.file("aside.db"));
    std::filesystem::copy_file(path + "-wal", folder.file("killed.db-wal"));
    return 0;
  });
  const std::string killed = folder.file("killed.db");
  const std::string log = testing::bytes_of(killed + "-wal");
  for (int attempt = 0; attempt < 2; ++attempt) {
    EXPECT_EQ(code_of(sqlite::open(killed)), Code::storage_corrupt);
    EXPECT_EQ(testing::bytes_of(killed + "-wal"), log);
  }
  std::filesystem::rename(folder.file("aside.db"), killed);
  EXPECT_EQ(sqlite::open(killed).value().version(), Version(1));
}

TEST(Sqlite, WritesFailWhileTheFileIsMoved) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  Desk desk(storage_at(path));
  desk.person("Ada");
  std::filesystem::rename(path, folder.file("elsewhere.db"));
  EXPECT_EQ(code_of(desk.admin.add_person({.name = "Bo"})), Code::storage_failed);
  testing::write_bytes(path, "another file");
  EXPECT_EQ(code_of(desk.admin.add_person({.name = "Bo"})), Code::storage_failed);
  std::filesystem::rename(folder.file("elsewhere.db"), path);
  EXPECT_EQ(code_of(desk.admin.add_person({.name = "Bo"})), Code::ok);
  desk.book.close();
  EXPECT_EQ(sqlite::open(path).value().version(), Version(2));
}

TEST(Sqlite, ASharedCacheOfTheHostDoesNotBypassTheLocks) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  ASSERT_EQ(sqlite3_enable_shared_cache(1), SQLITE_OK);
  {
    Desk desk(storage_at(path));
    desk.person("Ada");
    EXPECT_EQ(Shell(path).run("DELETE FROM people"), SQLITE_BUSY);
    desk.person("Bo");
  }
  ASSERT_EQ(sqlite3_enable_shared_cache(0), SQLITE_OK);
  EXPECT_TRUE(sqlite::open(path));
}

TEST(Sqlite, TheLockDoesNotUseAStandardStreamsDescriptor) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  EXPECT_EQ(in_child([&] {
              close(STDIN_FILENO);
              Desk desk(storage_at(path));
              struct stat lock{};
              struct stat in{};
              if (stat((path + "-lock").c_str(), &lock) != 0) return 2;
              return fstat(STDIN_FILENO, &in) == 0 && in.st_ino == lock.st_ino ? 1 : 0;
            }),
            0);
}

// ---------------------------------------------------------------------------------------- fork

TEST(Sqlite, AForkedProcessCannotUseOrDamageTheBook) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  auto desk = std::make_unique<Desk>(storage_at(path));
  const auto ada = desk->person("Ada");
  const auto storage = storage_at(folder.file("other.db"));
  EXPECT_EQ(in_child([&] {
              const auto is_forked = [](const auto& result) {
                return code_of(result) == Code::book_forked;
              };
              const bool refused =
                  is_forked(desk->admin.get_person(ada)) &&
                  is_forked(desk->admin.add_person({.name = "Eve"})) &&
                  is_forked(desk->book.refresh()) && is_forked(desk->book.dump()) &&
                  is_forked(desk->book.backup_to(folder.file("copy.db"))) &&
                  desk->book.version() == Version() && !desk->book.subscribe([](const Event&) {}) &&
                  code_of(storage->find({})) == Code::storage_failed &&
                  code_of(storage->lock()) == Code::storage_failed &&
                  code_of(sqlite::open(path)) == Code::storage_in_use;
              desk->book.close();
              desk.reset();
              return refused ? 0 : 1;
            }),
            0);
  desk->person("Bo");
  const std::string before = desk->dump();
  desk.reset();
  EXPECT_EQ(dump_of(path), before);
}

TEST(Sqlite, AForkedProcessCannotUseAnInMemoryBook) {
  Desk desk;
  EXPECT_EQ(in_child([&] {
              return code_of(desk.admin.add_person({.name = "Eve"})) == Code::book_forked ? 0 : 1;
            }),
            0);
  EXPECT_TRUE(desk.admin.add_person({.name = "Ada"}));
}

// ------------------------------------------------------------------------------------- reading

TEST(Sqlite, AReadOnlyBookChangesNothing) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  const std::string before = make_book(path);
  const std::string bytes = testing::bytes_of(path);
  {
    auto book = sqlite::open(path, {.read_only = true}).value();
    auto admin = book.session({.actor = "root", .role = Role::super_admin});
    EXPECT_EQ(code_of(admin.add_person({.name = "Eve"})), Code::book_read_only);
    EXPECT_EQ(code_of(admin.add_person({.name = std::string("\xff")})), Code::invalid_text);
    EXPECT_EQ(code_of(book.session({.actor = "x"}).add_person({.name = "Eve"})),
              Code::book_read_only);
    EXPECT_EQ(book.dump().value(), before);
    EXPECT_TRUE(book.refresh());
  }
  EXPECT_EQ(testing::bytes_of(path), bytes);
  const auto storage = storage_at(path, {.read_only = true});
  EXPECT_EQ(code_of(storage->append({})), Code::storage_failed);
}

TEST(Sqlite, AReadOnlyOpenRefusesAFileThatNeedsRecovery) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  in_child([&] {
    Desk desk(storage_at(path));
    desk.person("Ada", "ada@example.com");
    std::filesystem::copy_file(path, folder.file("killed.db"));
    std::filesystem::copy_file(path + "-wal", folder.file("killed.db-wal"));
    return 0;
  });
  const std::string killed = folder.file("killed.db");
  EXPECT_EQ(code_of(sqlite::open(killed, {.read_only = true})), Code::needs_recovery);
  {
    Desk recovered(storage_at(killed));
    EXPECT_TRUE(recovered.admin.find_person({.email = "ada@example.com"}).value());
  }
  EXPECT_TRUE(sqlite::open(killed, {.read_only = true}));
}

// -------------------------------------------------------------------------------------- copies

TEST(Sqlite, ACopyOfABookInUseIsABook) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  Desk desk(storage_at(path));
  const auto license = desk.license("Vector", SeatTotal::unlimited());
  std::string people = "Name,Email\n";
  for (int i = 0; i < 20'000; ++i) {
    people += "Person,p" + std::to_string(i) + "@example.com\n";
  }
  ASSERT_TRUE(desk.admin.import_people({.csv = people}));
  const Version at_start = desk.book.version();
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    Session admin = desk.admin;
    for (std::uint64_t person = 1; !stop && person < 10'000; ++person) {
      EXPECT_TRUE(admin.assign({.license = license, .person = PersonId(person)}));
    }
  });
  const auto copied = desk.book.backup_to(folder.file("copy.db"));
  stop = true;
  writer.join();
  ASSERT_TRUE(copied) << copied.error().message;
  EXPECT_FALSE(std::filesystem::exists(folder.file("copy.db-partial")));
  EXPECT_FALSE(std::filesystem::exists(folder.file("copy.db-wal"))) << "a copy is one file";
  Desk copy(storage_at(folder.file("copy.db")));
  EXPECT_GE(copy.book.version(), at_start);
  EXPECT_LE(copy.book.version(), desk.book.version());
  EXPECT_TRUE(copy.findings().empty());
  copy.person("only in the copy");
}

TEST(Sqlite, WritersMakeProgressDuringACopy) {
  const Folder folder;
  Desk desk(storage_at(folder.file("acme.db"), {.durability = sqlite::Durability::relaxed}));
  std::string people = "Name\n";
  for (int i = 0; i < 15'000; ++i) people += std::string(250, 'n') + "\n";
  for (int round = 0; round < 3; ++round) {
    ASSERT_TRUE(desk.admin.import_people({.csv = people}));
  }
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    Session admin = desk.admin;
    while (!stop) EXPECT_TRUE(admin.add_person({.name = "Ada"}));
  });
  const Version before = desk.book.version();
  while (desk.book.version() == before) std::this_thread::yield();
  const Version at_start = desk.book.version();
  const auto copied = desk.book.backup_to(folder.file("copy.db"));
  const Version at_end = desk.book.version();
  stop = true;
  writer.join();
  ASSERT_TRUE(copied) << copied.error().message;
  // The copy has more than ten slices, and writers run between them.
  EXPECT_GE(at_end.value - at_start.value, 10U);
}

TEST(Sqlite, TwoCopiesDoNotShareAFile) {
  const Folder folder;
  Desk desk(storage_at(folder.file("acme.db")));
  desk.person("Ada");
  const std::string partial = folder.file("copy.db-partial");
  testing::write_bytes(partial, "of another process");
  const int other = open(partial.c_str(), O_RDONLY | O_CLOEXEC);
  ASSERT_EQ(flock(other, LOCK_EX), 0);
  EXPECT_EQ(code_of(desk.book.backup_to(folder.file("copy.db"))), Code::storage_failed);
  EXPECT_EQ(testing::bytes_of(partial), "of another process");
  close(other);
  EXPECT_TRUE(desk.book.backup_to(folder.file("copy.db"))) << "an interrupted copy is replaced";
  EXPECT_FALSE(std::filesystem::exists(partial));
  EXPECT_EQ(dump_of(folder.file("copy.db")), desk.dump());
}

TEST(Sqlite, ACopyDoesNotReplaceAFile) {
  const Folder folder;
  Desk desk(storage_at(folder.file("acme.db")));
  testing::write_bytes(folder.file("there.db"), "precious");
  for (const std::string& path : {folder.file("there.db"), folder.file("acme.db"),
                                  folder.file("no/such.db"), std::string()}) {
    const auto copied = desk.book.backup_to(path);
    ASSERT_FALSE(copied) << path;
    EXPECT_EQ(copied.error().code, Code::invalid_argument);
    EXPECT_EQ(copied.error().field, "path");
  }
  EXPECT_EQ(testing::bytes_of(folder.file("there.db")), "precious");
  Desk in_memory;
  EXPECT_EQ(code_of(in_memory.book.backup_to(folder.file("none.db"))), Code::unsupported_storage);
  EXPECT_EQ(code_of(Desk(memory_storage()).book.backup_to(folder.file("none.db"))),
            Code::unsupported_storage);
  desk.book.close();
  EXPECT_EQ(code_of(desk.book.backup_to(folder.file("late.db"))), Code::book_closed);
}

// ---------------------------------------------------------------------------------------- tables

TEST(Sqlite, TheTablesCanBeRead) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  make_book(path);
  Shell shell(path);
  EXPECT_EQ(shell.query("SELECT p.email, datetime(a.assigned_at_us / 1000000, 'unixepoch'), "
                        "       b.actor, a.revoked_at_us IS NULL, a.revoke_reason "
                        "  FROM assignments a JOIN people p ON p.id = a.person "
                        "  JOIN actors b ON b.id = a.assigned_by "
                        "  JOIN licenses l ON l.id = a.license "
                        " WHERE l.name = 'Vector' AND l.total_seats IS NULL ORDER BY a.id"),
            "person0@example.com|2026-03-01 12:00:00|root|1|NULL\n"
            "person1@example.com|2026-03-01 12:00:00|root|0|left\n"
            "person2@example.com|2026-03-01 12:00:00|root|1|NULL");
  EXPECT_EQ(shell.query("PRAGMA application_id"), std::to_string(0x53656174));
  EXPECT_EQ(shell.query("PRAGMA user_version"), std::to_string(sqlite::file_format));
  EXPECT_EQ(shell.query("PRAGMA integrity_check"), "ok");
  EXPECT_EQ(shell.query("PRAGMA foreign_key_check"), "");
}

TEST(Sqlite, TheLastTenThousandTokensAreStored) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  {
    const auto storage = storage_at(path, {.durability = sqlite::Durability::relaxed});
    Person ada;
    ada.id = PersonId(1);
    ada.name = "Ada";
    ada.revision = Revision(1);
    for (std::uint64_t base = 0; base < remembered_tokens + 7; ++base) {
      Token token;
      token.bytes[0] = static_cast<std::uint8_t>(base & 0xff);
      token.bytes[1] = static_cast<std::uint8_t>(base >> 8);
      ASSERT_TRUE(storage->append({Version(base), token, {ada}}));
    }
  }
  EXPECT_EQ(Shell(path).query("SELECT count(*), min(version) FROM batches"), "10000|8");
}

bool contains(const std::string& path, std::string_view text) {
  return testing::bytes_of(path).find(text) != std::string::npos;
}

TEST(Sqlite, NoBytesOfAnErasedPersonRemain) {
  RULE("C49");
  const Folder folder;
  const std::string path = folder.file("acme.db");
  {
    Desk desk(storage_at(path));
    const auto license = desk.license("Vector", 500);
    std::vector<PersonId> people;
    for (int i = 0; i < 300; ++i) {
      const auto name = "unmistakable" + std::to_string(i);
      people.push_back(desk.person(name, name + "@example.com"));
      desk.seat(license, people.back());
    }
    const auto victim = desk.person("Quite Unrepeatable", "erased-person@example.com");
    const auto seat = desk.seat(license, victim);
    ASSERT_TRUE(desk.admin.edit_seat({.assignment = seat,
                                      .account = std::string("their-very-account"),
                                      .notes = std::string(900, 'q') + "the end of the notes"}));
    ASSERT_TRUE(
        desk.admin.update_person({.person = victim, .name = std::string("Still Unrepeatable")}));
    EXPECT_TRUE(contains(path, "erased-person") || contains(path + "-wal", "erased-person"));
    ASSERT_TRUE(desk.admin.erase_person({.person = victim, .revoke_first = true}));
    for (const char* text : {"erased-person", "Unrepeatable", "their-very-account",
                             "the end of the notes", "qqqqqqqq"}) {
      EXPECT_FALSE(contains(path, text)) << text << ", right after the call";
      EXPECT_FALSE(contains(path + "-wal", text)) << text << ", right after the call";
    }
    desk.person("Eve");
  }
  for (const char* text : {"erased-person", "Unrepeatable", "their-very-account"}) {
    EXPECT_FALSE(contains(path, text)) << text << ", after closing";
    EXPECT_FALSE(contains(path + "-wal", text)) << text << ", after closing";
  }
  EXPECT_TRUE(contains(path, "unmistakable7@example.com"));
}

/// Growing rows make SQLite split pages, which leaves copies of the moved rows in the old pages.
TEST(Sqlite, NoBytesRemainAfterRowsHaveMoved) {
  RULE("C49");
  const Folder folder;
  for (const unsigned seed : {3U, 5U}) {
    SCOPED_TRACE(seed);
    const std::string path = folder.file("acme" + std::to_string(seed) + ".db");
    const std::string copy = path + "-copy";
    Desk desk(storage_at(path, {.durability = sqlite::Durability::relaxed}));
    const auto license = desk.license("Vector", 500);
    std::mt19937 random(seed);
    const auto padding = [&](unsigned longest) {
      return std::string(random() % longest + 1, static_cast<char>('a' + random() % 26));
    };
    const auto mark = [](std::size_t i) { return "mark" + std::to_string(i) + "zq"; };
    std::vector<PersonId> people;
    std::vector<AssignmentId> seats;
    for (std::size_t i = 0; i < 200; ++i) {
      people.push_back(desk.person(mark(i) + padding(60), mark(i) + "@example.com"));
      seats.push_back(desk.seat(license, people.back()));
    }
    for (int round = 0; round < 600; ++round) {
      const std::size_t i = random() % people.size();
      if (random() % 2 == 0) {
        const auto name = mark(i) + padding(200);
        ASSERT_TRUE(desk.admin.update_person({.person = people[i], .name = name}));
      } else {
        const auto notes = mark(i) + padding(round % 2 == 0 ? 900 : 10);
        ASSERT_TRUE(desk.admin.edit_seat({.assignment = seats[i], .notes = notes}));
      }
    }
    for (std::size_t i = 0; i < people.size(); i += 2) {
      ASSERT_TRUE(desk.admin.erase_person({.person = people[i], .revoke_first = true}));
      // Later writes must not write erased data from SQLite's page cache.
      const auto notes = mark(i + 1) + padding(900);
      ASSERT_TRUE(desk.admin.edit_seat({.assignment = seats[i + 1], .notes = notes}));
    }
    ASSERT_TRUE(desk.book.backup_to(copy));
    const std::string before = desk.dump();
    const auto expect_erased = [&](const std::string& file) {
      const std::string bytes = testing::bytes_of(file);
      for (std::size_t i = 0; i < people.size(); i += 2) {
        EXPECT_EQ(bytes.find(mark(i)), std::string::npos) << mark(i) << " in " << file;
      }
    };
    expect_erased(path);
    expect_erased(path + "-wal");
    desk.book.close();
    expect_erased(path);
    expect_erased(copy);
    EXPECT_EQ(dump_of(path), before);
    EXPECT_EQ(dump_of(copy), before);
  }
}

}  // namespace
}  // namespace seatbook

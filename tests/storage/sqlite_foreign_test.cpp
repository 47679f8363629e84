// Tests another program that uses the file of an open book. SQLite's locks prevent that, unless the
// host has dropped them by opening and closing the file.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"
#include "storage/host_process.hpp"
#include "support/books.hpp"
#include "support/folder.hpp"

namespace seatbook {
namespace {

using testing::code_of;
using testing::Desk;
using testing::Folder;
using testing::HostProcess;

/// A program that opens the file with SQLite.
class Tool {
 public:
  explicit Tool(const std::string& path) { sqlite3_open(path.c_str(), &db_); }
  Tool(const Tool&) = delete;
  Tool& operator=(const Tool&) = delete;
  ~Tool() { sqlite3_close(db_); }
  int run(const std::string& sql) {
    return sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) & 0xff;
  }

 private:
  sqlite3* db_ = nullptr;
};

int run_tool(const std::string& path, const std::string& sql) {
  return Tool(path).run(sql);
}

std::int64_t number_of(Code code) {
  return static_cast<std::int64_t>(code);
}
const std::int64_t ok = number_of(Code::ok);
const std::int64_t needs_reopen = number_of(Code::book_needs_reopen);

/// The calls that a host makes in these tests.
enum Call : std::size_t { read_file, add, refused, query, export_csv, copy, dump, close };

class SqliteForeign : public ::testing::Test {
 protected:
  std::unique_ptr<HostProcess> host() {
    const auto drop_locks = [this](Desk&) -> std::int64_t {
      // Opens and closes the file, as a backup, a checksum or a download does.
      return testing::bytes_of(path_).size() > 0 ? ok : -1;
    };
    const auto add_person = [](Desk& desk) {
      return number_of(code_of(desk.admin.add_person({.name = "Person"})));
    };
    const auto archive_missing = [](Desk& desk) {
      return number_of(code_of(desk.admin.archive_person({.person = PersonId(4'000)})));
    };
    const auto count_people = [](Desk& desk) -> std::int64_t {
      const auto people = desk.admin.people({.limit = 10'000});
      return people ? static_cast<std::int64_t>(people->size()) : -number_of(people.error().code);
    };
    const auto export_history = [](Desk& desk) {
      return number_of(
          code_of(desk.admin.export_history({}, [](std::string_view) { return true; })));
    };
    const auto back_up = [this](Desk& desk) {
      const auto copied = desk.book.backup_to(copy_);
      if (!copied) testing::write_bytes(error_file_, copied.error().message);
      return number_of(code_of(copied));
    };
    const auto write_dump = [this](Desk& desk) {
      testing::write_bytes(dump_, desk.dump());
      return ok;
    };
    const auto close_book = [](Desk& desk) {
      desk.book.close();
      return ok;
    };
    return std::make_unique<HostProcess>(
        path_, std::vector<HostProcess::Call>{drop_locks, add_person, archive_missing, count_people,
                                              export_history, back_up, write_dump, close_book});
  }
  /// Returns the dump of the book at `path`, or the name of the error.
  static std::string dump_at(const std::string& path) {
    auto book = sqlite::open(path, {.must_exist = true});
    return book ? book->dump().value() : std::string(to_string(book.error().code));
  }
  static std::size_t people_at(const std::string& path) {
    Desk desk(sqlite::open_storage(path, {.must_exist = true}).value());
    return desk.admin.people({.limit = 10'000}).value().size();
  }

  Folder folder_;
  std::string path_ = folder_.file("acme.db");
  std::string log_ = path_ + "-wal";
  std::string index_ = path_ + "-shm";
  std::string copy_ = folder_.file("copy.db");
  std::string dump_ = folder_.file("dump.json");
  std::string error_file_ = folder_.file("error.txt");
};

TEST_F(SqliteForeign, AToolIsLockedOutUntilTheHostOpensAndClosesTheFile) {
  const auto host = this->host();
  ASSERT_EQ(host->run(Call::add), ok);
  EXPECT_EQ(run_tool(path_, "SELECT count(*) FROM people"), SQLITE_BUSY);
  ASSERT_EQ(host->run(Call::add), ok) << "the book still works";
}

TEST_F(SqliteForeign, AToolThatDeletesTheLogStopsWritesAndLosesNothing) {
  auto host = this->host();
  ASSERT_EQ(host->run(Call::add), ok);
  ASSERT_EQ(host->run(Call::read_file), ok);
  ASSERT_EQ(run_tool(path_, "SELECT count(*) FROM people"), SQLITE_OK);
  ASSERT_FALSE(std::filesystem::exists(log_)) << "SQLite deletes it with its last connection";

  EXPECT_EQ(host->run(Call::add), needs_reopen);
  EXPECT_EQ(host->run(Call::refused), needs_reopen) << "every later command fails";
  EXPECT_EQ(host->run(Call::query), 1);
  EXPECT_EQ(host->run(Call::export_csv), ok);
  ASSERT_EQ(host->run(Call::copy), ok) << testing::bytes_of(error_file_);
  ASSERT_EQ(host->run(Call::dump), ok);
  testing::write_bytes(log_, "");
  EXPECT_EQ(host->run(Call::add), needs_reopen) << "another file with that name is not the log";

  host->kill();
  EXPECT_EQ(dump_at(copy_), testing::bytes_of(dump_));
  EXPECT_EQ(dump_at(path_), testing::bytes_of(dump_));
}

TEST_F(SqliteForeign, AToolThatHasTheFileOpenStopsWritesToo) {
  auto host = this->host();
  ASSERT_EQ(host->run(Call::read_file), ok);
  ASSERT_EQ(host->run(Call::add), ok);
  {
    // When the tool deletes the log, frames that it has not read are lost.
    Tool tool(path_);
    ASSERT_EQ(tool.run("SELECT count(*) FROM people"), SQLITE_OK);
    ASSERT_TRUE(std::filesystem::exists(log_));
    EXPECT_EQ(host->run(Call::add), needs_reopen);
  }
  EXPECT_EQ(host->run(Call::add), needs_reopen);
  host->kill();
  EXPECT_EQ(people_at(path_), 1U);
}

TEST_F(SqliteForeign, AnIndexLeftByAnEarlierToolIsIgnored) {
  // Simulates a tool that was killed while it had the closed book open.
  host()->run(Call::close);
  testing::write_bytes(index_, std::string(32'768, '\0'));
  auto host = this->host();
  ASSERT_EQ(host->run(Call::add), ok);
  ASSERT_EQ(host->run(Call::read_file), ok);
  ASSERT_EQ(host->run(Call::add), ok);
  {
    Tool tool(path_);
    ASSERT_EQ(tool.run("SELECT count(*) FROM people"), SQLITE_OK);
    EXPECT_EQ(host->run(Call::add), needs_reopen) << "the tool uses the existing index";
  }
  host->kill();
  EXPECT_EQ(people_at(path_), 2U);
}

TEST_F(SqliteForeign, WhenTheLogIsRemovedACopyHasAllAcknowledgedBatches) {
  auto host = this->host();
  for (int i = 0; i < 3; ++i) ASSERT_EQ(host->run(Call::add), ok);
  std::filesystem::remove(log_);
  EXPECT_EQ(host->run(Call::add), needs_reopen);
  ASSERT_EQ(host->run(Call::dump), ok);
  ASSERT_EQ(host->run(Call::copy), ok) << testing::bytes_of(error_file_);
  host->kill();
  EXPECT_EQ(dump_at(copy_), testing::bytes_of(dump_));
  EXPECT_EQ(people_at(copy_), 3U);
}

TEST_F(SqliteForeign, ACopyOfAFileThatAToolHasWrittenIsCompleteOrRefused) {
  {
    Desk desk(sqlite::open_storage(path_).value());
    for (int i = 0; i < 300; ++i) desk.person("person" + std::to_string(i));
  }
  for (const std::string sql :
       {"UPDATE people SET name = 'X' || id", "DELETE FROM people WHERE id < 150",
        "CREATE TABLE mine (id)", "DELETE FROM batches WHERE version > 290",
        "UPDATE batches SET token = zeroblob(16) WHERE version = 1"}) {
    SCOPED_TRACE(sql);
    const std::string original = folder_.file("original.db");
    std::filesystem::copy_file(path_, original, std::filesystem::copy_options::overwrite_existing);
    std::filesystem::remove(copy_);
    auto host = this->host();
    ASSERT_EQ(host->run(Call::add), ok);
    ASSERT_EQ(host->run(Call::read_file), ok);
    ASSERT_EQ(run_tool(path_, sql), SQLITE_OK);
    EXPECT_EQ(host->run(Call::add), needs_reopen);
    EXPECT_EQ(host->run(Call::query), 301);
    ASSERT_EQ(host->run(Call::dump), ok);
    const auto copied = host->run(Call::copy);
    host->kill();
    if (copied == ok) {
      EXPECT_EQ(dump_at(copy_), testing::bytes_of(dump_));
    } else {
      EXPECT_EQ(copied, number_of(Code::storage_failed));
      EXPECT_NE(testing::bytes_of(error_file_).find("another program"), std::string::npos)
          << testing::bytes_of(error_file_);
      EXPECT_FALSE(std::filesystem::exists(copy_));
      EXPECT_FALSE(std::filesystem::exists(copy_ + "-partial"));
    }
    std::filesystem::rename(original, path_);
    for (const std::string& left : {log_, index_}) std::filesystem::remove(left);
  }
}

TEST_F(SqliteForeign, ClosingTheBookDoesNotOverwriteChangesOfATool) {
  auto host = this->host();
  for (int i = 0; i < 50; ++i) ASSERT_EQ(host->run(Call::add), ok);
  ASSERT_EQ(host->run(Call::read_file), ok);
  ASSERT_EQ(run_tool(path_,
                     "CREATE TABLE mine (id); INSERT INTO mine VALUES (1); "
                     "UPDATE people SET name = 'changed' WHERE id = 7"),
            SQLITE_OK);
  ASSERT_EQ(host->run(Call::close), ok);
  host->kill();
  std::string found;
  sqlite3* db = nullptr;
  sqlite3_open(path_.c_str(), &db);
  sqlite3_exec(
      db, "PRAGMA integrity_check; SELECT count(*) FROM people WHERE name = 'changed'",
      [](void* to, int, char** values, char**) {
        *static_cast<std::string*>(to) += std::string(values[0]) + ";";
        return 0;
      },
      &found, nullptr);
  sqlite3_close(db);
  EXPECT_EQ(found, "ok;1;");
}

TEST_F(SqliteForeign, ADeletedFileCanStillBeCopied) {
  auto host = this->host();
  for (int i = 0; i < 3; ++i) ASSERT_EQ(host->run(Call::add), ok);
  std::filesystem::remove(path_);
  EXPECT_EQ(host->run(Call::add), number_of(Code::storage_failed));
  EXPECT_EQ(host->run(Call::query), 3);
  ASSERT_EQ(host->run(Call::dump), ok);
  ASSERT_EQ(host->run(Call::copy), ok) << testing::bytes_of(error_file_);
  host->kill();
  EXPECT_EQ(dump_at(copy_), testing::bytes_of(dump_));
}

TEST_F(SqliteForeign, AToolAtAnyMomentAndThenAKillLoseNothingAcknowledged) {
  std::mt19937_64 random(5);
  int stopped = 0;
  for (int round = 0; round < 40; ++round) {
    SCOPED_TRACE(round);
    const Folder folder;
    const std::string path = folder.file("acme.db");
    std::array<int, 2> reports{};
    ASSERT_EQ(pipe(reports.data()), 0);
    const pid_t child = fork();
    if (child == 0) {
      Desk desk(sqlite::open_storage(path).value());
      for (std::uint64_t number = 1; number <= 1'000; ++number) {
        ::close(open(path.c_str(), O_RDONLY | O_CLOEXEC));  // drops the locks
        if (!desk.admin.add_person({.name = "Person"})) break;
        if (write(reports[1], &number, sizeof number) != sizeof number) break;
      }
      ::kill(getpid(), SIGKILL);
    }
    ::close(reports[1]);
    std::uint64_t acknowledged = 0;
    const auto wait_for_one = [&] {
      return read(reports[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged;
    };
    ASSERT_TRUE(wait_for_one());
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 5'000));
    {
      Tool tool(path);
      tool.run("SELECT count(*) FROM people");
      if (round % 2 == 0) {
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 3'000));
      }
    }
    while (wait_for_one()) {
    }
    ::close(reports[0]);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    if (acknowledged < 1'000) ++stopped;
    // One more may be stored: the one with an unknown outcome.
    const std::size_t found = people_at(path);
    EXPECT_GE(found, acknowledged);
    EXPECT_LE(found, acknowledged + 1);
  }
  EXPECT_GT(stopped, 20) << "the tool was too late in most rounds";
}

/// Runs `during` within the next COMMIT, before anything is written to the log.
class InCommit {
 public:
  explicit InCommit(std::function<void()> during) : during_(std::move(during)) {
    current = this;
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(&attach));
  }
  InCommit(const InCommit&) = delete;
  InCommit& operator=(const InCommit&) = delete;
  ~InCommit() {
    sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(&attach));
    current = nullptr;
  }
  bool armed = false;

 private:
  static int attach(sqlite3* db, const char** /*message*/, const sqlite3_api_routines* /*api*/) {
    sqlite3_commit_hook(
        db,
        [](void* self) {
          auto& hook = *static_cast<InCommit*>(self);
          if (std::exchange(hook.armed, false)) hook.during_();
          return 0;
        },
        current);
    return SQLITE_OK;
  }

  static inline InCommit* current = nullptr;
  std::function<void()> during_;
};

TEST_F(SqliteForeign, AToolDuringACommitMakesItsOutcomeUnknown) {
  RequestId request;
  request.bytes[0] = 7;
  std::string before;
  {
    InCommit hook([&] { testing::write_bytes(index_, "made by a tool"); });
    Desk desk(sqlite::open_storage(path_).value());
    desk.person("Ada");
    hook.armed = true;
    const AddPerson bo{.name = "Bo", .request_id = request};
    EXPECT_EQ(code_of(desk.admin.add_person(bo)), Code::storage_unknown);
    EXPECT_EQ(code_of(desk.admin.add_person(bo)), Code::storage_unknown)
        << "until the book is reopened";
    EXPECT_EQ(desk.admin.people({}).value().size(), 1U);
    EXPECT_TRUE(desk.book.backup_to(copy_));
    before = desk.dump();
  }
  EXPECT_TRUE(dump_at(copy_) == before || people_at(copy_) == 2U);
  Desk again(sqlite::open_storage(path_).value());
  EXPECT_EQ(code_of(again.admin.add_person({.name = "Bo", .request_id = request})),
            Code::repeated_request);
}

}  // namespace
}  // namespace seatbook

// Tests the location of a SQLite book: file owners and modes, file systems, names, and free space.
#include <fcntl.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"
#include "support/books.hpp"
#include "support/folder.hpp"

namespace seatbook {
namespace {

namespace fs = std::filesystem;
using testing::code_of;
using testing::Desk;
using testing::Folder;

constexpr uid_t service = 65'534;

/// Runs the work in a child process and returns its exit status.
int in_child(const std::function<int()>& work) {
  const pid_t child = fork();
  if (child == 0) _exit(work());
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/// Runs the work in a child process as an unprivileged user. The caller must be root.
int as_service(const std::function<int()>& work) {
  return in_child([&] {
    if (setgroups(0, nullptr) != 0 || setgid(service) != 0 || setuid(service) != 0) return 99;
    return work();
  });
}

bool is_root() {
  return geteuid() == 0;
}

struct stat status_of(const std::string& path) {
  struct stat found{};
  EXPECT_EQ(lstat(path.c_str(), &found), 0) << path;
  return found;
}

mode_t mode_of(const std::string& path) {
  return status_of(path).st_mode & 0777;
}

void make_book(const std::string& path) {
  Desk desk(sqlite::open_storage(path).value());
  desk.person("Ada", "ada@example.com");
}

/// Opens the book. Returns 0, or the number of the error code.
int open_code(const std::string& path, const sqlite::Options& options = {}) {
  return static_cast<int>(code_of(sqlite::open(path, options)));
}

// ------------------------------------------------------------------------------ owners and modes

TEST(SqlitePlaces, ACopyHasTheModeOfTheBook) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  close(open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
  Desk desk(sqlite::open_storage(path).value());
  desk.person("Ada", "ada@example.com");
  for (const mode_t mode : {0600U, 0640U, 0660U}) {
    ASSERT_EQ(chmod(path.c_str(), mode), 0);
    const std::string copy = folder.file("copy" + std::to_string(mode) + ".db");
    ASSERT_TRUE(desk.book.backup_to(copy));
    EXPECT_EQ(mode_of(copy), mode);
  }
  // An interrupted copy may have another mode.
  const std::string copy = folder.file("again.db");
  testing::write_bytes(copy + "-partial", "a part");
  ASSERT_EQ(chmod((copy + "-partial").c_str(), 0666), 0);
  ASSERT_EQ(chmod(path.c_str(), 0600), 0);
  ASSERT_TRUE(desk.book.backup_to(copy));
  EXPECT_EQ(mode_of(copy), 0600U);
  // If the file was removed, the copy gets the mode from when it was opened.
  fs::remove(path);
  ASSERT_TRUE(desk.book.backup_to(folder.file("rescued.db")));
  EXPECT_EQ(mode_of(folder.file("rescued.db")), 0600U);
}

/// The state of a copy when SQLite opens it, before the first write.
struct CopyState {
  int copies = 0;
  mode_t mode = 0;
  off_t size = 0;
};
CopyState copy_state;

int record_copy_state(sqlite3* db, const char** /*message*/, const sqlite3_api_routines* /*api*/) {
  const std::string path = sqlite3_db_filename(db, "main");
  if (path.find("-partial") == std::string::npos) return SQLITE_OK;
  const struct stat found = status_of(path);
  copy_state = {copy_state.copies + 1, found.st_mode & 0777U, found.st_size};
  return SQLITE_OK;
}

TEST(SqlitePlaces, ACopyHasItsModeBeforeTheFirstWrite) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  close(open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
  Desk desk(sqlite::open_storage(path).value());
  const auto extension = reinterpret_cast<void (*)()>(&record_copy_state);
  ASSERT_EQ(sqlite3_auto_extension(extension), SQLITE_OK);
  const mode_t mask = umask(0);
  EXPECT_TRUE(desk.book.backup_to(folder.file("copy.db")));
  umask(mask);
  sqlite3_cancel_auto_extension(extension);
  EXPECT_EQ(copy_state.copies, 1);
  EXPECT_EQ(copy_state.mode, 0600U);
  EXPECT_EQ(copy_state.size, 0);
}

TEST(SqlitePlaces, RootGivesCopiesAndTheLockFileToTheOwnerOfTheBook) {
  if (!is_root()) GTEST_SKIP() << "needs root";
  const Folder folder;
  ASSERT_EQ(chown(folder.path().c_str(), service, service), 0);
  const std::string path = folder.file("acme.db");
  ASSERT_EQ(as_service([&] { return open_code(path); }), 0);
  ASSERT_EQ(chmod(path.c_str(), 0600), 0);
  fs::remove(path + "-lock");
  {
    Desk desk(sqlite::open_storage(path).value());
    desk.person("Ada");
    ASSERT_TRUE(desk.book.backup_to(folder.file("copy.db")));
  }
  for (const char* name : {"acme.db-lock", "copy.db"}) {
    EXPECT_EQ(status_of(folder.file(name)).st_uid, service) << name;
    EXPECT_EQ(status_of(folder.file(name)).st_gid, service) << name;
    EXPECT_EQ(mode_of(folder.file(name)), 0600U) << name;
  }
  EXPECT_EQ(as_service([&] { return open_code(path); }), 0) << "the owner is not locked out";
}

TEST(SqlitePlaces, ALockFileThatCannotBeWrittenIsStillLocked) {
  if (!is_root()) GTEST_SKIP() << "needs root";
  const Folder folder;
  ASSERT_EQ(chown(folder.path().c_str(), service, service), 0);
  const std::string path = folder.file("acme.db");
  make_book(path);  // root keeps the lock file and gives only the book to the service user
  ASSERT_EQ(chown(path.c_str(), service, service), 0);
  ASSERT_EQ(chmod((path + "-lock").c_str(), 0444), 0);
  int reports[2];
  int stop[2];
  ASSERT_EQ(pipe(reports) + pipe(stop), 0);
  const pid_t child = fork();
  if (child == 0) {
    if (setgid(service) != 0 || setuid(service) != 0) _exit(9);
    const auto storage = sqlite::open_storage(path);
    char byte = storage ? 'y' : 'n';
    if (write(reports[1], &byte, 1) != 1) _exit(8);
    _exit(read(stop[0], &byte, 1) == 1 ? 0 : 7);
  }
  char byte = 0;
  ASSERT_EQ(read(reports[0], &byte, 1), 1);
  EXPECT_EQ(byte, 'y');
  EXPECT_EQ(open_code(path), static_cast<int>(Code::storage_in_use));
  ASSERT_EQ(write(stop[1], &byte, 1), 1);
  waitpid(child, nullptr, 0);
  for (const int end : {reports[0], reports[1], stop[0], stop[1]}) close(end);
  EXPECT_EQ(open_code(path), 0);
  EXPECT_EQ(status_of(path + "-lock").st_uid, service) << "root repairs the owner";
}

// ------------------------------------------------------------------------ reading without writing

/// Mounts a read-only file system on the folder in a new mount namespace. Returns false if the
/// system does not allow that.
bool make_read_only(const Folder& folder, const std::function<void()>& fill) {
  if (unshare(CLONE_NEWNS) != 0) {
    const uid_t user = getuid();
    const gid_t group = getgid();
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
    testing::write_bytes("/proc/self/setgroups", "deny");
    testing::write_bytes("/proc/self/uid_map", "0 " + std::to_string(user) + " 1");
    testing::write_bytes("/proc/self/gid_map", "0 " + std::to_string(group) + " 1");
  }
  const std::string path = folder.path().string();
  if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
  if (mount("tmpfs", path.c_str(), "tmpfs", 0, "size=8m") != 0) return false;
  fill();
  return mount(nullptr, path.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0;
}

constexpr int cannot_mount = 77;

TEST(SqlitePlaces, ABookOnAReadOnlyFileSystemCanBeRead) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  for (const bool with_lock_file : {false, true}) {
    const int status = in_child([&] {
      const bool mounted = make_read_only(folder, [&] {
        make_book(path);
        if (!with_lock_file) fs::remove(path + "-lock");
      });
      if (!mounted) return cannot_mount;
      auto book = sqlite::open(path, {.must_exist = true, .read_only = true});
      if (!book) return static_cast<int>(book.error().code);
      auto admin = book->session({.actor = "root", .role = Role::super_admin});
      if (!admin.find_person({.email = "ada@example.com"}).value()) return 1;
      // The lock file is locked if it exists.
      const bool second = code_of(sqlite::open(path, {.read_only = true})) == Code::storage_in_use;
      if (second != with_lock_file) return 2;
      book->close();
      return code_of(sqlite::open(path)) == Code::storage_failed ? 0 : 3;
    });
    if (status == cannot_mount) GTEST_SKIP() << "no mount namespaces";
    EXPECT_EQ(status, 0) << with_lock_file;
  }
}

TEST(SqlitePlaces, InAReadOnlyFolderTheLockFileMustExist) {
  if (!is_root()) GTEST_SKIP() << "needs root, to be another user";
  const Folder folder;
  ASSERT_EQ(chmod(folder.path().c_str(), 0755), 0);
  const std::string path = folder.file("acme.db");
  make_book(path);
  EXPECT_EQ(as_service([&] { return open_code(path, {.read_only = true}); }), 0);
  fs::remove(path + "-lock");
  EXPECT_EQ(as_service([&] {
              const auto book = sqlite::open(path, {.read_only = true});
              if (book || book.error().code != Code::storage_failed) return 1;
              return book.error().message.find("acme.db-lock") != std::string::npos ? 0 : 2;
            }),
            0);
}

// ----------------------------------------------------------------------------------------- names

TEST(SqlitePlaces, NamesWithASpecialMeaningInSqliteAreRefused) {
  const Folder folder;
  const fs::path before = fs::current_path();
  fs::current_path(folder.path());
  for (const char* name :
       {":memory:", ":memory", ":", "file:acme.db", "file:acme.db?mode=memory"}) {
    for (const sqlite::Options& options : {sqlite::Options{}, sqlite::Options{.read_only = true}}) {
      const auto opened = sqlite::open(name, options);
      ASSERT_FALSE(opened) << name;
      EXPECT_EQ(opened.error().code, Code::invalid_argument) << name;
      EXPECT_EQ(opened.error().field, "path") << name;
      EXPECT_NE(opened.error().message.find(std::string("./") + name), std::string::npos)
          << opened.error().message;
    }
    Desk desk(sqlite::open_storage("acme.db").value());
    const auto copied = desk.book.backup_to(name);
    ASSERT_FALSE(copied) << name;
    EXPECT_EQ(copied.error().code, Code::invalid_argument) << name;
    EXPECT_EQ(copied.error().field, "path") << name;
  }
  EXPECT_TRUE(sqlite::open("./:memory:"));
  EXPECT_TRUE(fs::is_regular_file(folder.file(":memory:")));
  fs::current_path(before);
}

TEST(SqlitePlaces, APathThatIsTooLongForSqliteIsRefusedWithItsLimit) {
  const Folder folder;
  const auto limit = static_cast<std::size_t>(sqlite3_vfs_find(nullptr)->mxPathname) - 8;
  std::string deep = folder.path().string();
  while (deep.size() + 101 + 40 < limit) deep += "/" + std::string(100, 'd');
  fs::create_directories(deep);
  const auto path_of = [&](std::size_t size) {
    return deep + "/" + std::string(size - deep.size() - 1, 'f');
  };
  EXPECT_TRUE(sqlite::open(path_of(limit)));
  const auto opened = sqlite::open(path_of(limit + 1));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Code::invalid_argument);
  EXPECT_EQ(opened.error().field, "path");
  EXPECT_NE(opened.error().message.find(std::to_string(limit)), std::string::npos)
      << opened.error().message;
  EXPECT_FALSE(fs::exists(path_of(limit + 1) + "-lock"));

  Desk desk(sqlite::open_storage(folder.file("acme.db")).value());
  const std::size_t longest_copy = limit - std::string("-partial").size();
  EXPECT_TRUE(desk.book.backup_to(path_of(longest_copy)));
  const auto copied = desk.book.backup_to(path_of(longest_copy + 1));
  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error().code, Code::invalid_argument);
  EXPECT_EQ(copied.error().field, "path");
}

// ----------------------------------------------------------------------------------------- space

/// Limits the size of files that this process writes.
bool limit_files(rlim_t bytes) {
  rlimit limits{};
  getrlimit(RLIMIT_FSIZE, &limits);
  limits.rlim_cur = bytes;
  return setrlimit(RLIMIT_FSIZE, &limits) == 0;
}

TEST(SqlitePlaces, AFileSizeLimitIsTreatedAsAFullDisk) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  EXPECT_EQ(in_child([&] {
              signal(SIGXFSZ, SIG_IGN);
              Desk desk(sqlite::open_storage(path).value());
              desk.person("Ada");
              // Ends in the middle of a page, at the end of one, and in the header of a frame.
              for (const std::uintmax_t space : {20'000U, 8'240U, 4'140U, 10U}) {
                if (!limit_files(fs::file_size(path + "-wal") + space)) return 1;
                int written = 0;
                Code code = Code::ok;
                while (code == Code::ok && written < 1'000) {
                  code = code_of(desk.admin.add_person({.name = std::string(200, 'n')}));
                  ++written;
                }
                if (code != Code::storage_failed) return 2;
                const auto again = desk.admin.add_person({.name = std::string(200, 'n')});
                if (code_of(again) != Code::storage_failed) return 3;
                if (!desk.admin.people({})) return 4;
                if (!limit_files(8'192)) return 10;
                const auto refused = desk.book.backup_to(folder.file("refused.db"));
                if (refused || refused.error().code != Code::storage_failed) return 5;
                const std::string& message = refused.error().message;
                if (message.find("SQLite code") != message.rfind("SQLite code")) return 6;
                if (!limit_files(RLIM_INFINITY)) return 7;
                if (!desk.admin.add_person({.name = "There is room again"})) return 8;
              }
              const std::string before = desk.dump();
              desk.book.close();
              return sqlite::open(path).value().dump().value() == before ? 0 : 9;
            }),
            0);
}

TEST(SqlitePlaces, AFileThatCannotGrowKeepsItsLogUntilItCan) {
  const Folder folder;
  const std::string path = folder.file("acme.db");
  const auto people = [](int count) {
    std::string csv = "Name\n";
    for (int i = 0; i < count; ++i) csv += std::string(250, 'n') + "\n";
    return csv;
  };
  {
    Desk desk(sqlite::open_storage(path).value());
    ASSERT_TRUE(desk.admin.import_people({.csv = people(1'000)}));
  }
  EXPECT_EQ(in_child([&] {
              signal(SIGXFSZ, SIG_IGN);
              Desk desk(sqlite::open_storage(path).value());
              const auto size = fs::file_size(path);
              // The log restarts and is smaller than the file for a while.
              if (!limit_files(size)) return 1;
              if (!desk.admin.import_people({.csv = people(100)})) return 2;
              // An erasure merges the log into the file.
              if (!desk.admin.erase_person({.person = PersonId(1)})) return 3;
              if (fs::file_size(path) != size) return 4;
              if (!desk.admin.add_person({.name = "Bo"})) return 5;
              if (!limit_files(RLIM_INFINITY)) return 6;
              if (!desk.admin.add_person({.name = "Cy"})) return 7;
              if (fs::file_size(path) <= size) return 8;
              const std::string before = desk.dump();
              desk.book.close();
              return sqlite::open(path).value().dump().value() == before ? 0 : 9;
            }),
            0);
}

}  // namespace
}  // namespace seatbook

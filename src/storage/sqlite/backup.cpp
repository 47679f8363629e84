#include "storage/sqlite/backup.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "storage/sqlite/paths.hpp"
#include "storage/sqlite/scrub.hpp"
#include "types/try.hpp"

namespace seatbook::sqlite::detail {
namespace {

constexpr int pages_of_a_slice = 512;
constexpr std::chrono::microseconds between_slices{200};

Error failed(const std::string& what) {
  return {Code::storage_failed, "the copy failed: " + what};
}
Error failed(const std::string& what, int error) {
  return failed(what + ": " + std::generic_category().message(error));
}

/// A running copy; released unless finish() was called.
class Copy {
 public:
  Copy(Connection& to, Connection& from, std::mutex& mutex) : mutex_(mutex) {
    const std::lock_guard guard(mutex_);
    backup_ = sqlite3_backup_init(to.get(), "main", from.get(), "main");
  }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;
  ~Copy() { finish(); }

  [[nodiscard]] bool begun() const { return backup_ != nullptr; }
  int step() {
    const std::lock_guard guard(mutex_);
    return sqlite3_backup_step(backup_, pages_of_a_slice);
  }
  int finish() {
    const std::lock_guard guard(mutex_);
    return sqlite3_backup_finish(std::exchange(backup_, nullptr));
  }

 private:
  std::mutex& mutex_;
  sqlite3_backup* backup_;
};

Result<void> copy_pages(Connection& source, std::mutex& mutex, const std::string& to) {
  Connection copy;
  if (auto opened = copy.open(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, {}); !opened) {
    return failed(opened.error().message);
  }
  // The file is invisible until it is complete, so it needs no journal.
  if (auto set = copy.run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF"); !set) {
    return failed(set.error().message);
  }
  {
    Copy pages(copy, source, mutex);
    if (!pages.begun()) return failed(copy.error().message);
    int code = SQLITE_OK;
    for (;;) {
      code = pages.step();
      if (code != SQLITE_OK) break;
      // Lets waiting threads in: they wake up more slowly than this thread takes the mutex again.
      std::this_thread::sleep_for(between_slices);
    }
    const int finished = pages.finish();
    if (code != SQLITE_DONE || finished != SQLITE_OK) {
      return failed(
          error_of(code != SQLITE_DONE ? code : finished, sqlite3_errmsg(copy.get())).message);
    }
  }
  // The log is not copied: record that in the copy, which stays a single file until it is opened.
  const auto mode = copy.query_value("PRAGMA journal_mode = DELETE");
  if (!mode) return failed(mode.error().message);
  if (*mode != "delete") return failed("the copy still uses a write-ahead log");
  // Removes, among other things, data that was erased during the copy.
  if (auto scrubbed = scrub(copy); !scrubbed) return failed(scrubbed.error().message);
  return {};
}

Result<void> sync(const std::string& path, int flags) {
  const int file = open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return failed("cannot open " + path, errno);
  const int synced = fsync(file);
  const int error = errno;
  close(file);
  if (synced != 0) return failed("cannot sync " + path, error);
  return {};
}

/// The temporary file of a copy, locked against other copies.
class Partial {
 public:
  Partial() = default;
  Partial(const Partial&) = delete;
  Partial& operator=(const Partial&) = delete;
  ~Partial() {
    if (file_ >= 0) close(file_);
  }

  /// Creates or truncates the file; existing data is of an interrupted copy.
  Result<void> take(const std::string& path, const std::optional<FileAccess>& access) {
    constexpr int always = O_RDWR | O_CLOEXEC | O_NOFOLLOW;
    // No other user may open the file before it has the mode of the book.
    file_ = open(path.c_str(), always | O_CREAT | O_EXCL, access ? 0600 : 0666);
    const bool made = file_ >= 0;
    if (!made && errno == EEXIST) file_ = open(path.c_str(), always);
    if (file_ < 0) return failed("cannot create " + path, errno);
    if (flock(file_, LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) return failed("another copy is being written to " + path);
      return failed("cannot lock " + path, errno);
    }
    struct stat mine{};
    struct stat named{};
    if (fstat(file_, &mine) != 0 || lstat(path.c_str(), &named) != 0 ||
        mine.st_dev != named.st_dev || mine.st_ino != named.st_ino) {
      return failed("another copy has just been written to " + path);
    }
    if (ftruncate(file_, 0) != 0) return failed("cannot truncate " + path, errno);
    // A new file on a file system without modes stays as it is; an old one could be open to anyone.
    if (access && !give_access(file_, *access) && !made) {
      return failed("cannot set the mode of " + path, errno);
    }
    return {};
  }

 private:
  int file_ = -1;
};

Result<void> finish(const std::string& partial, const std::string& path) {
  SEATBOOK_TRY(sync(partial, O_RDWR));
  // Unlike rename(), link() never replaces a file that was created in the meantime.
  if (link(partial.c_str(), path.c_str()) != 0) return failed("cannot rename it to " + path, errno);
  unlink(partial.c_str());
  const auto folder = std::filesystem::path(path).parent_path();
  return sync(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY);
}

}  // namespace

Result<void> back_up(Connection& source, std::mutex& mutex, const std::string& to,
                     const std::optional<FileAccess>& access,
                     const std::function<Result<void>(const std::string& copy)>& check) {
  SEATBOOK_TRY(check_name(to));
  std::error_code ignored;
  // Absolute, so that SQLite treats it as a path, whatever URI setting the host uses.
  const std::string path = std::filesystem::absolute(to, ignored).string();
  if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
    return refused_path("file already exists: " + path);
  }
  const auto folder = std::filesystem::path(path).parent_path();
  if (!folder.empty() && !std::filesystem::is_directory(folder, ignored)) {
    return refused_path("no such folder: " + folder.string());
  }
  const std::string ending = "-partial";
  SEATBOOK_TRY(check_length(path, sqlite3_vfs_find(nullptr), ending));
  const std::string partial = path + ending;
  Partial mine;
  SEATBOOK_TRY(mine.take(partial, access));
  auto copied = copy_pages(source, mutex, partial);
  if (copied) {
    if (auto checked = check(partial); !checked) copied = failed(checked.error().message);
  }
  if (copied) copied = finish(partial, path);
  if (!copied) std::filesystem::remove(partial, ignored);
  return copied;
}

}  // namespace seatbook::sqlite::detail

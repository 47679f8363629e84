#include "storage/sqlite/lock_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>

namespace seatbook::sqlite::detail {
namespace {

std::string reason(int error) {
  return std::generic_category().message(error);
}

std::string this_process() {
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) host = {'?'};
  return "process " + std::to_string(getpid()) + " on " + host.data() + "\n";
}

/// Returns the first line of the file, without unprintable characters.
std::string holder_in(int file) {
  std::array<char, 512> bytes{};
  const auto size = pread(file, bytes.data(), bytes.size(), 0);
  std::string holder;
  for (const char c :
       std::string_view(bytes.data(), size > 0 ? static_cast<std::size_t>(size) : 0)) {
    if (c == '\n') return holder;
    if (c >= ' ' && c <= '~') holder += c;
  }
  return "an unknown process";
}

}  // namespace

LockFile::~LockFile() {
  if (file_ < 0) return;
  // Unlocks explicitly: closing is not enough if a child shares the open file.
  flock(file_, LOCK_UN);
  close(file_);
}

/// Leaves file_ at -1 for a reader that needs no lock.
Result<void> LockFile::open_file(const std::string& path, bool reader) {
  constexpr int always = O_CLOEXEC | O_NOFOLLOW;
  file_ = open(path.c_str(), O_RDWR | always);
  if (file_ < 0 && errno == ENOENT) {
    file_ = open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | always, 0666);
    made_ = file_ >= 0;
    // Another process created it at the same time.
    if (file_ < 0 && errno == EEXIST) file_ = open(path.c_str(), O_RDWR | always);
  } else if (file_ < 0 && (errno == EACCES || errno == EROFS || errno == EPERM)) {
    // Locking needs no write permission.
    file_ = open(path.c_str(), O_RDONLY | always);
  }
  if (file_ < 0) {
    if (reader && errno == EROFS) return {};
    return Error{Code::storage_failed, "cannot open the lock file " + path + ": " + reason(errno)};
  }
  if (file_ <= STDERR_FILENO) {
    // A host that closed its standard streams can reopen them at any time.
    const int above = fcntl(file_, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    const int error = errno;
    close(file_);
    file_ = above;
    if (above < 0) {
      return Error{Code::storage_failed,
                   "cannot open the lock file " + path + ": " + reason(error)};
    }
  }
  return {};
}

Result<void> LockFile::take(const std::string& path, bool reader) {
  if (auto opened = open_file(path, reader); !opened || file_ < 0) return opened;
  if (flock(file_, LOCK_EX | LOCK_NB) != 0) {
    const int error = errno;
    const std::string holder = holder_in(file_);
    abandon();
    if (error == EWOULDBLOCK) {
      return Error{Code::storage_in_use,
                   "the book is open in " + holder +
                       ": work on a copy (backup_to), or use PostgreSQL for a book that several "
                       "processes write"};
    }
    return Error{Code::storage_failed, "cannot lock " + path + ": " + reason(error)};
  }
  // The name is informational: the lock works without it if the disk is full.
  const std::string name = this_process();
  if (ftruncate(file_, 0) == 0) {
    [[maybe_unused]] const auto written = pwrite(file_, name.data(), name.size(), 0);
  }
  return {};
}

void LockFile::give_to(const FileAccess& access) const {
  // If this fails, the lock still works.
  if (file_ >= 0 && (made_ || geteuid() == 0)) (void)give_access(file_, access);
}

void LockFile::abandon() {
  if (file_ >= 0) close(file_);
  file_ = -1;
}

}  // namespace seatbook::sqlite::detail

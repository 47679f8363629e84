#include "storage/sqlite/log_watch.hpp"

namespace seatbook::sqlite::detail {
namespace {

#ifdef __APPLE__
timespec written(const struct stat& found) {
  return found.st_mtimespec;
}
#else
timespec written(const struct stat& found) {
  return found.st_mtim;
}
#endif

}  // namespace

void LogWatch::begin(const std::string& log, const std::string& index) {
  struct stat found{};
  if (stat(log.c_str(), &found) != 0) return;
  log_ = log;
  log_device_ = found.st_dev;
  log_file_ = found.st_ino;
  index_ = index;
  if (stat(index.c_str(), &found) == 0) {
    index_found_ = Index{found.st_dev, found.st_ino, written(found)};
  }
  watching_ = true;
}

const char* LogWatch::foreign_use() const noexcept {
  if (!watching_) return nullptr;
  struct stat found{};
  // SQLite has the log open, so no other file gets its inode number.
  if (stat(log_.c_str(), &found) != 0 || found.st_dev != log_device_ || found.st_ino != log_file_) {
    return "its log was deleted or replaced";
  }
  if (stat(index_.c_str(), &found) != 0) return nullptr;
  const timespec at = written(found);
  if (index_found_ && found.st_dev == index_found_->device && found.st_ino == index_found_->file &&
      at.tv_sec == index_found_->written.tv_sec && at.tv_nsec == index_found_->written.tv_nsec) {
    return nullptr;
  }
  return "another program has opened it";
}

}  // namespace seatbook::sqlite::detail

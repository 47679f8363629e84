#include "storage/sqlite/log_file.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "storage/sqlite/connection.hpp"
#include "types/try.hpp"

namespace seatbook::sqlite::detail {
namespace {

Error failure(int code, const std::string& what) {
  Error error = error_of(code, what + ": " + sqlite3_errstr(code));
  error.code = Code::storage_failed;
  return error;
}

/// A file opened by a virtual file system. A missing file is empty.
class File {
 public:
  explicit File(sqlite3_vfs* vfs)
      : vfs_(vfs),
        memory_(static_cast<std::size_t>(vfs->szOsFile) / sizeof(std::max_align_t) + 1) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (file()->pMethods != nullptr) file()->pMethods->xClose(file());
  }

  Result<void> open(const std::string& path, int flags) {
    path_ = path;
    int exists = 0;
    int code = vfs_->xAccess(vfs_, path.c_str(), SQLITE_ACCESS_EXISTS, &exists);
    if (code != SQLITE_OK) return failure(code, "cannot check for " + path);
    if (exists == 0) return {};
    int opened_with = 0;
    code = vfs_->xOpen(vfs_, path.c_str(), file(), flags, &opened_with);
    if (code != SQLITE_OK) return failure(code, "cannot open " + path);
    return {};
  }
  Result<sqlite3_int64> size() {
    sqlite3_int64 size = 0;
    if (file()->pMethods == nullptr) return size;
    const int code = file()->pMethods->xFileSize(file(), &size);
    if (code != SQLITE_OK) return failure(code, "cannot read the size of " + path_);
    return size;
  }
  Result<void> rewrite(sqlite3_int64 size) {
    constexpr sqlite3_int64 slice = 1 << 16;
    std::vector<char> bytes(static_cast<std::size_t>(slice));
    for (sqlite3_int64 at = 0; at < size; at += slice) {
      const int amount = static_cast<int>(std::min(slice, size - at));
      int code = file()->pMethods->xRead(file(), bytes.data(), amount, at);
      if (code == SQLITE_OK) code = file()->pMethods->xWrite(file(), bytes.data(), amount, at);
      if (code != SQLITE_OK) return failure(code, "cannot rewrite " + path_);
    }
    const int code = file()->pMethods->xSync(file(), SQLITE_SYNC_NORMAL);
    if (code != SQLITE_OK) return failure(code, "cannot sync " + path_);
    return {};
  }

 private:
  sqlite3_file* file() { return reinterpret_cast<sqlite3_file*>(memory_.data()); }

  sqlite3_vfs* vfs_;
  std::vector<std::max_align_t> memory_;  // zeroed: no methods, not open
  std::string path_;
};

Result<bool> is_not_empty(sqlite3_vfs* vfs, const std::string& path, int kind) {
  File file(vfs);
  SEATBOOK_TRY(file.open(path, kind | SQLITE_OPEN_READONLY));
  const auto size = file.size();
  if (!size) return size.error();
  return *size > 0;
}

}  // namespace

Result<bool> has_log(sqlite3_vfs* vfs, const std::string& path) {
  return is_not_empty(vfs, path + "-wal", SQLITE_OPEN_WAL);
}

Result<bool> needs_recovery(sqlite3_vfs* vfs, const std::string& path) {
  auto log = has_log(vfs, path);
  if (!log || *log) return log;
  return is_not_empty(vfs, path + "-journal", SQLITE_OPEN_MAIN_JOURNAL);
}

Result<void> rewrite_log(sqlite3_vfs* vfs, const std::string& path) {
  File log(vfs);
  SEATBOOK_TRY(log.open(path + "-wal", SQLITE_OPEN_WAL | SQLITE_OPEN_READWRITE));
  const auto size = log.size();
  if (!size) return size.error();
  return *size > 0 ? log.rewrite(*size) : Result<void>{};
}

}  // namespace seatbook::sqlite::detail

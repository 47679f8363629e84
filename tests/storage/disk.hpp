/// An in-memory disk for SQLite that can fail calls and lose power.
#ifndef SEATBOOK_TESTS_STORAGE_DISK_HPP_
#define SEATBOOK_TESTS_STORAGE_DISK_HPP_

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <new>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace seatbook::testing {

/// The calls of SQLite that a test may fail.
enum class DiskCall { open, remove, access, read, size, write, truncate, sync, lock };

enum class DiskFault {
  none,
  error,         ///< device error; a write may have written any number of bytes
  full,          ///< writes: no space left, for one of three reasons; at most half is written
  lost_success,  ///< writes: all bytes are written, but the call fails
};

/// How much of the data written since the last sync survives a power loss: nothing, everything,
/// some sectors, or some sectors of which a few are torn (new at the start, old at the end).
enum class PowerLoss { nothing, everything, some, torn };

/// The files of a disk: their visible content, their durable content, and the pending changes.
class DiskFiles {
 public:
  using Bytes = std::vector<char>;

  struct Change {
    std::size_t offset = 0;  // of a write; the new size of a truncation
    Bytes bytes;             // empty for a truncation
  };
  struct File {
    Bytes visible;
    Bytes durable;
    std::vector<Change> pending;  // visible, not yet durable
    bool named = false;           // its directory entry is durable
  };

  std::map<std::string, File> files;

  static void apply(Bytes& to, const Change& change) {
    if (change.bytes.empty()) {
      to.resize(std::min(to.size(), change.offset));
      return;
    }
    to.resize(std::max(to.size(), change.offset + change.bytes.size()));
    std::copy(change.bytes.begin(), change.bytes.end(),
              to.begin() + static_cast<std::ptrdiff_t>(change.offset));
  }

  static void change(File& file, Change change) {
    apply(file.visible, change);
    file.pending.push_back(std::move(change));
  }

  static void sync(File& file) {
    for (const Change& change : file.pending) apply(file.durable, change);
    file.pending.clear();
    file.named = true;
  }

  /// Simulates a system that marks unwritten pages as clean: they stay visible, but are lost.
  static void fail_sync(File& file, std::mt19937_64& random) {
    for (const Change& change : file.pending) {
      if (random() % 2 == 0) apply(file.durable, change);
    }
    file.pending.clear();
    file.named = true;
  }

  /// Returns the disk after a power loss.
  [[nodiscard]] DiskFiles after(PowerLoss loss, std::mt19937_64& random) const {
    DiskFiles result;
    for (const auto& [name, file] : files) {
      if (!file.named && (loss == PowerLoss::nothing || random() % 4 == 0)) continue;
      File survivor;
      survivor.durable = file.durable;
      for (const Change& change : file.pending) apply_after(loss, survivor.durable, change, random);
      survivor.visible = survivor.durable;
      survivor.named = true;
      result.files.emplace(name, std::move(survivor));
    }
    return result;
  }

 private:
  static constexpr std::size_t sector = 512;

  static void apply_after(PowerLoss loss, Bytes& durable, const Change& change,
                          std::mt19937_64& random) {
    if (loss == PowerLoss::nothing) return;
    if (loss == PowerLoss::everything) return apply(durable, change);
    if (change.bytes.empty()) {
      if (random() % 2 == 0) apply(durable, change);
      return;
    }
    for (std::size_t at = 0; at < change.bytes.size();) {
      const std::size_t in_sector = sector - (change.offset + at) % sector;
      std::size_t size = std::min(in_sector, change.bytes.size() - at);
      const std::size_t next = at + size;
      if (loss == PowerLoss::torn && random() % 4 == 0) size = random() % size;
      if (size > 0 && random() % 2 == 0) {
        const auto begin = change.bytes.begin() + static_cast<std::ptrdiff_t>(at);
        apply(durable,
              {change.offset + at, Bytes(begin, begin + static_cast<std::ptrdiff_t>(size))});
      }
      at = next;
    }
  }
};

/// A disk, registered as a SQLite VFS under a unique name.
class Disk {
 public:
  explicit Disk(DiskFiles files = {}, std::uint64_t seed = 1)
      : files_(std::move(files)), random_(seed) {
    static int count = 0;
    name_ = "disk" + std::to_string(++count);
    sqlite3_initialize();
    vfs_ = *sqlite3_vfs_find(nullptr);  // time and randomness are the system's
    vfs_.pNext = nullptr;
    vfs_.iVersion = 2;
    vfs_.zName = name_.c_str();
    vfs_.szOsFile = sizeof(Handle);
    vfs_.pAppData = this;
    vfs_.xOpen = &open;
    vfs_.xDelete = &remove;
    vfs_.xAccess = &access;
    vfs_.xFullPathname = [](sqlite3_vfs*, const char* path, int size, char* to) {
      sqlite3_snprintf(size, to, "%s", path);
      return SQLITE_OK;
    };
    sqlite3_vfs_register(&vfs_, 0);
  }
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;
  ~Disk() { sqlite3_vfs_unregister(&vfs_); }

  /// The name for Options::vfs.
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] DiskFiles& files() { return files_; }
  std::mt19937_64& random() { return random_; }

  /// Called before each call with the number of earlier calls. Returns the fault.
  std::function<DiskFault(DiskCall call, int number)> on_call;
  /// Called after each call that has changed something.
  std::function<void()> on_change;
  /// Syncs report success but do nothing, as on some disks.
  bool lies = false;
  int calls = 0;

 private:
  struct Handle {
    sqlite3_file base;
    Disk* disk;
    DiskFiles::File* file;
  };

  static Disk& disk_of(sqlite3_vfs* vfs) { return *static_cast<Disk*>(vfs->pAppData); }
  static Handle& handle_of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }

  DiskFault next(DiskCall call) {
    const int number = calls++;
    return on_call ? on_call(call, number) : DiskFault::none;
  }
  void changed() const {
    if (on_change) on_change();
  }

  static int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out) {
    Disk& disk = disk_of(vfs);
    handle_of(file).base.pMethods = nullptr;
    if (disk.next(DiskCall::open) != DiskFault::none) return SQLITE_CANTOPEN;
    auto found = disk.files_.files.find(path);
    if (found == disk.files_.files.end()) {
      if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
      found = disk.files_.files.emplace(path, DiskFiles::File{}).first;
      disk.changed();
    }
    handle_of(file) = {{&methods()}, &disk, &found->second};
    if (out != nullptr) *out = flags;
    return SQLITE_OK;
  }

  static int remove(sqlite3_vfs* vfs, const char* path, int /*sync_folder*/) {
    Disk& disk = disk_of(vfs);
    if (disk.next(DiskCall::remove) != DiskFault::none) return SQLITE_IOERR_DELETE;
    if (disk.files_.files.erase(path) == 0) return SQLITE_IOERR_DELETE_NOENT;
    disk.changed();
    return SQLITE_OK;
  }

  static int access(sqlite3_vfs* vfs, const char* path, int /*flags*/, int* out) {
    Disk& disk = disk_of(vfs);
    if (disk.next(DiskCall::access) != DiskFault::none) return SQLITE_IOERR_ACCESS;
    *out = disk.files_.files.count(path) != 0 ? 1 : 0;
    return SQLITE_OK;
  }

  static int read(sqlite3_file* file, void* to, int amount, sqlite3_int64 offset) {
    Handle& handle = handle_of(file);
    if (handle.disk->next(DiskCall::read) != DiskFault::none) return SQLITE_IOERR_READ;
    const auto& bytes = handle.file->visible;
    const auto begin = std::min(static_cast<std::size_t>(offset), bytes.size());
    const auto size = std::min(static_cast<std::size_t>(amount), bytes.size() - begin);
    std::memset(to, 0, static_cast<std::size_t>(amount));
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(begin), size, static_cast<char*>(to));
    return size == static_cast<std::size_t>(amount) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
  }

  static int write(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
    Handle& handle = handle_of(file);
    Disk& disk = *handle.disk;
    const DiskFault fault = disk.next(DiskCall::write);
    auto size = static_cast<std::size_t>(amount);
    if (fault == DiskFault::error) size = disk.random_() % (size + 1);
    if (fault == DiskFault::full) size = disk.random_() % (size / 2 + 1);
    const auto* bytes = static_cast<const char*>(from);
    if (size > 0) {
      DiskFiles::change(*handle.file, {static_cast<std::size_t>(offset), {bytes, bytes + size}});
    }
    disk.changed();
    if (fault == DiskFault::none) return SQLITE_OK;
    if (fault == DiskFault::full) return disk.no_space();
    disk.last_errno_ = EIO;
    return SQLITE_IOERR_WRITE;
  }

  /// Returns the error of a full disk, an exhausted quota, or a file at its maximum size.
  int no_space() {
    last_errno_ = std::array{0, EDQUOT, EFBIG}[random_() % 3];
    return last_errno_ == 0 ? SQLITE_FULL : SQLITE_IOERR_WRITE;
  }

  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    Handle& handle = handle_of(file);
    if (handle.disk->next(DiskCall::truncate) != DiskFault::none) return SQLITE_IOERR_TRUNCATE;
    DiskFiles::change(*handle.file, {static_cast<std::size_t>(size), {}});
    handle.disk->changed();
    return SQLITE_OK;
  }

  static int sync(sqlite3_file* file, int /*flags*/) {
    Handle& handle = handle_of(file);
    Disk& disk = *handle.disk;
    if (disk.next(DiskCall::sync) != DiskFault::none) {
      DiskFiles::fail_sync(*handle.file, disk.random_);
      return SQLITE_IOERR_FSYNC;
    }
    if (!disk.lies) DiskFiles::sync(*handle.file);
    disk.changed();
    return SQLITE_OK;
  }

  static int size(sqlite3_file* file, sqlite3_int64* size) {
    Handle& handle = handle_of(file);
    if (handle.disk->next(DiskCall::size) != DiskFault::none) return SQLITE_IOERR_FSTAT;
    *size = static_cast<sqlite3_int64>(handle.file->visible.size());
    return SQLITE_OK;
  }

  static int lock(sqlite3_file* file, int /*level*/) {
    return handle_of(file).disk->next(DiskCall::lock) == DiskFault::none ? SQLITE_OK
                                                                         : SQLITE_IOERR_LOCK;
  }

  static const sqlite3_io_methods& methods() {
    static const sqlite3_io_methods all = [] {
      sqlite3_io_methods m{};
      m.iVersion = 1;  // no shared memory
      m.xClose = [](sqlite3_file*) { return SQLITE_OK; };
      m.xRead = &read;
      m.xWrite = &write;
      m.xTruncate = &truncate;
      m.xSync = &sync;
      m.xFileSize = &size;
      m.xLock = &lock;
      m.xUnlock = [](sqlite3_file*, int) { return SQLITE_OK; };
      m.xCheckReservedLock = [](sqlite3_file*, int* out) {
        *out = 0;
        return SQLITE_OK;
      };
      m.xFileControl = [](sqlite3_file* file, int request, void* to) {
        if (request != SQLITE_FCNTL_LAST_ERRNO) return SQLITE_NOTFOUND;
        *static_cast<int*>(to) = handle_of(file).disk->last_errno_;
        return SQLITE_OK;
      };
      m.xSectorSize = [](sqlite3_file*) { return 512; };
      // As in the system's VFS: a write does not change adjacent bytes.
      m.xDeviceCharacteristics = [](sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; };
      return m;
    }();
    return all;
  }

  DiskFiles files_;
  std::mt19937_64 random_;
  int last_errno_ = 0;
  std::string name_;
  sqlite3_vfs vfs_{};
};

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_STORAGE_DISK_HPP_

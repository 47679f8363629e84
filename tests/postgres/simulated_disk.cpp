// A disk that can lose power, preloaded into the server by disk.py: keeps, of each segment of the
// write-ahead log, the pages as they were at its last sync.
//
// Only the log matters. PostgreSQL writes a page of a table only after it has synced the log of the
// page's changes, and recovery repeats those. So nothing else has to be restored or synced.
//
// The file `table` in SEATBOOK_DISK_FOLDER is shared by all processes of the server: a Header, then
// Segments. The file named like the inode of a segment has the synced pages, at their offsets. A
// sync takes SEATBOOK_DISK_SYNC_US microseconds and does not touch the machine's disk.
#include <fcntl.h>
#include <limits.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

constexpr std::uint64_t page_size = 8192;
constexpr std::size_t max_segments = 1000;

/// Pages `first` to `end` - 1, in one word so that a kill cannot leave one half of a change.
struct Pages {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
};
static_assert(std::atomic<Pages>::is_always_lock_free);

struct Header {
  std::atomic<std::uint64_t> syncs;  ///< of segments
  /// Syncs of a segment that was written meanwhile. The server's locks exclude it.
  std::atomic<std::uint64_t> overlaps;
  std::atomic<std::uint64_t> hangs;  ///< written by disk.py: no sync ends any more
};
struct Segment {
  std::atomic<std::uint64_t> inode;  ///< 0: unused
  std::atomic<Pages> unsynced;
};
struct Table {
  Header header;
  std::array<Segment, max_segments> segments;
};

[[noreturn]] void fail(const char* what) {
  const std::string line = std::string("simulated disk: ") + what + "\n";
  (void)!::write(STDERR_FILENO, line.data(), line.size());
  std::abort();
}

std::string folder() {
  const char* path = std::getenv("SEATBOOK_DISK_FOLDER");
  if (path == nullptr) fail("SEATBOOK_DISK_FOLDER is not set");
  return std::string(path) + "/";
}

Table& table() {
  static Table* const shared = [] {
    const int file = ::open((folder() + "table").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || ::ftruncate(file, sizeof(Table)) != 0) fail("cannot create the table");
    void* const memory =
        ::mmap(nullptr, sizeof(Table), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (memory == MAP_FAILED) fail("cannot map the table");
    ::close(file);
    return static_cast<Table*>(memory);
  }();
  return *shared;
}

/// Whether the file is a segment of the log: pg_wal/000000010000000000000001.
bool is_segment(int fd) {
  constexpr std::string_view parent = "/pg_wal/";
  constexpr std::size_t name_length = 24;
  std::array<char, PATH_MAX> path;
  const auto size =
      ::readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), path.data(), path.size());
  if (size < static_cast<ssize_t>(parent.size() + name_length)) return false;
  std::string_view whole(path.data(), static_cast<std::size_t>(size));
  const std::string_view name = whole.substr(whole.size() - name_length);
  whole.remove_suffix(name_length);
  return whole.ends_with(parent) && name.find_first_not_of("0123456789ABCDEF") == name.npos;
}

/// Returns the entry of a segment of the log, or null for any other file.
Segment* segment_of(int fd) {
  const int before = errno;
  struct stat status{};
  const bool found = is_segment(fd) && ::fstat(fd, &status) == 0;
  errno = before;
  if (!found) return nullptr;
  for (Segment& segment : table().segments) {
    std::uint64_t inode = 0;
    if (segment.inode.compare_exchange_strong(inode, status.st_ino) || inode == status.st_ino) {
      return &segment;
    }
  }
  fail("too many segments");
}

/// Copies pages of a segment before they are overwritten.
void keep(int fd, const Segment& segment, Pages pages) {
  if (pages.first >= pages.end) return;
  const std::string path = folder() + std::to_string(segment.inode);
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) fail("cannot keep pages");
  std::array<char, page_size> content;
  for (std::uint64_t page = pages.first; page < pages.end; ++page) {
    const auto at = static_cast<off_t>(page * page_size);
    const auto size = ::pread(fd, content.data(), content.size(), at);
    if (size < 0) fail("cannot read a page");
    std::memset(content.data() + size, 0, content.size() - static_cast<std::size_t>(size));
    if (::syscall(SYS_pwrite64, file, content.data(), content.size(), at) != page_size) {
      fail("cannot keep a page");
    }
  }
  ::close(file);
}

void before_write(int fd, std::size_t size, off_t offset) {
  Segment* const segment = segment_of(fd);
  if (segment == nullptr || size == 0) return;
  const auto start = static_cast<std::uint64_t>(offset);
  const Pages written{static_cast<std::uint32_t>(start / page_size),
                      static_cast<std::uint32_t>((start + size + page_size - 1) / page_size)};
  const Pages old = segment->unsynced.load();
  if (old.first == old.end) {
    keep(fd, *segment, written);
    segment->unsynced = written;
    return;
  }
  const Pages both{std::min(old.first, written.first), std::max(old.end, written.end)};
  keep(fd, *segment, {both.first, old.first});
  keep(fd, *segment, {old.end, both.end});
  segment->unsynced = both;
}

int sync(int fd) {
  Segment* const segment = segment_of(fd);
  if (segment == nullptr) return 0;
  Pages written = segment->unsynced.load();
  static const long sync_us = [] {
    const char* text = std::getenv("SEATBOOK_DISK_SYNC_US");
    return text == nullptr ? 0 : std::atol(text);
  }();
  timespec left{sync_us / 1'000'000, sync_us % 1'000'000 * 1'000};
  while (::nanosleep(&left, &left) != 0 && errno == EINTR) {
  }
  while (table().header.hangs != 0) ::pause();
  if (!segment->unsynced.compare_exchange_strong(written, Pages{})) ++table().header.overlaps;
  ++table().header.syncs;
  return 0;
}

}  // namespace

// The names of libc, which the server calls.
extern "C" {

ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
  before_write(fd, size, offset);
  return ::syscall(SYS_pwrite64, fd, data, size, offset);
}
ssize_t pwrite64(int fd, const void* data, size_t size, off64_t offset) {
  return pwrite(fd, data, size, offset);
}
int fsync(int fd) {
  return sync(fd);
}
int fdatasync(int fd) {
  return sync(fd);
}

}  // extern "C"

// A library for LD_PRELOAD that makes fdatasync() sleep for a fixed time and write nothing, so that
// benchmarks of a server do not depend on the disk.
//
// SEATBOOK_SYNC_US is the path of a file with the time in microseconds, a 32-bit number. The file
// is mapped, so that another process can change the time while the server runs.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

namespace {

const volatile std::uint32_t* map_time() {
  const char* path = std::getenv("SEATBOOK_SYNC_US");
  const int file = path == nullptr ? -1 : open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return nullptr;
  void* mapped = mmap(nullptr, sizeof(std::uint32_t), PROT_READ, MAP_SHARED, file, 0);
  close(file);
  // By default the system ends a sleep up to 50 us late.
  prctl(PR_SET_TIMERSLACK, 1);
  return mapped == MAP_FAILED ? nullptr : static_cast<const volatile std::uint32_t*>(mapped);
}

// The server's other processes inherit the mapping.
const volatile std::uint32_t* const sync_us = map_time();

}  // namespace

extern "C" int fdatasync(int /*file*/) {
  const std::uint32_t us = sync_us == nullptr ? 0 : *sync_us;
  const timespec time{static_cast<time_t>(us / 1'000'000),
                      static_cast<long>(us % 1'000'000) * 1'000};
  if (us != 0) nanosleep(&time, nullptr);
  return 0;
}

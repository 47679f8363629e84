/// A worker's log of its calls: one line of JSON before and one after each call. A line is in the
/// file before the call continues, so it survives a kill of the process.
#ifndef SEATBOOK_TESTS_POSTGRES_CALL_LOG_HPP_
#define SEATBOOK_TESTS_POSTGRES_CALL_LOG_HPP_

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace seatbook::testing {

using Json = nlohmann::json;

/// Returns nanoseconds of the monotonic clock, which all processes of a machine share.
inline std::int64_t monotonic_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

/// A file of lines. Writes are unbuffered.
class LineFile {
 public:
  explicit LineFile(const std::filesystem::path& path)
      : file_(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644)) {
    if (file_ < 0) throw std::runtime_error("cannot write " + path.string());
  }
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;
  ~LineFile() { ::close(file_); }

  void line(const Json& value) {
    std::string text = value.dump();
    text += '\n';
    std::string_view rest = text;
    while (!rest.empty()) {
      const ssize_t written = ::write(file_, rest.data(), rest.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) throw std::runtime_error("cannot write a line");
      rest.remove_prefix(static_cast<std::size_t>(written));
    }
  }

 private:
  int file_;
};

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_POSTGRES_CALL_LOG_HPP_

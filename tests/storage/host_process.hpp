/// A process with a book in a SQLite file, for tests that act as another program or kill the
/// process.
#ifndef SEATBOOK_TESTS_STORAGE_HOST_PROCESS_HPP_
#define SEATBOOK_TESTS_STORAGE_HOST_PROCESS_HPP_

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"
#include "support/books.hpp"

namespace seatbook::testing {

/// Forks, opens the book in the child and runs calls there. The parent must not have opened the
/// file with SQLite before, because the child would find it locked.
class HostProcess {
 public:
  using Call = std::function<std::int64_t(Desk& desk)>;

  /// `run()` selects one of `calls` by its index.
  HostProcess(const std::string& path, std::vector<Call> calls) {
    std::array<int, 2> to_child{};
    std::array<int, 2> from_child{};
    if (pipe2(to_child.data(), O_CLOEXEC) + pipe2(from_child.data(), O_CLOEXEC) != 0) {
      throw std::runtime_error("pipe2 failed");
    }
    child_ = fork();
    if (child_ == 0) {
      close(to_child[1]);
      close(from_child[0]);
      serve(path, calls, to_child[0], from_child[1]);
    }
    close(to_child[0]);
    close(from_child[1]);
    commands_ = to_child[1];
    results_ = from_child[0];
  }
  HostProcess(const HostProcess&) = delete;
  HostProcess& operator=(const HostProcess&) = delete;
  ~HostProcess() {
    kill();
    close(commands_);
    close(results_);
  }

  /// Runs the call in the child and returns its result, or -1 if the child has ended.
  std::int64_t run(std::size_t call) {
    std::int64_t result = -1;
    if (write(commands_, &call, sizeof call) != sizeof call) return -1;
    if (read(results_, &result, sizeof result) != sizeof result) return -1;
    return result;
  }

  /// Kills the child with SIGKILL.
  void kill() {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    waitpid(std::exchange(child_, 0), nullptr, 0);
  }

 private:
  [[noreturn]] static void serve(const std::string& path, const std::vector<Call>& calls, int from,
                                 int to) {
    try {
      Desk desk(sqlite::open_storage(path).value());
      std::size_t call = 0;
      while (read(from, &call, sizeof call) == sizeof call) {
        const std::int64_t result = calls.at(call)(desk);
        if (write(to, &result, sizeof result) != sizeof result) break;
      }
    } catch (...) {
      _exit(1);
    }
    _exit(0);
  }

  pid_t child_ = 0;
  int commands_ = -1;
  int results_ = -1;
};

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_STORAGE_HOST_PROCESS_HPP_

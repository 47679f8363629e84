#include "python/src/progress.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>

namespace seatbook::python {
namespace {

/// Often enough for a smooth progress bar; the cost is negligible.
constexpr auto between_calls = std::chrono::milliseconds(50);

struct Deleter {
  py::object callable;
  void operator()(const Progress* progress) const { delete progress; }
};

/// Calls the callable, and records how it responded.
class Reporter {
 public:
  Reporter(Progress& progress, const py::object& callable)
      : progress_(progress), callable_(callable) {}

  /// Calls the callable if the progress has changed. Cancels the import if it returns False or
  /// raises, or if a signal handler raises.
  void report(bool last = false) {
    if (cancelled_) return;
    try {
      if (PyErr_CheckSignals() != 0) throw py::error_already_set();
      const std::pair now(progress_.rows_done(), progress_.rows_total());
      if (now == reported_ && (!last || called_)) return;
      reported_ = now;
      called_ = true;
      const py::object result = call_host(callable_, now.first, now.second);
      if (result.ptr() == Py_False) cancel();
    } catch (py::error_already_set&) {
      raised_ = std::current_exception();
      cancel();
    }
  }
  void rethrow() const {
    if (raised_) std::rethrow_exception(raised_);
  }

 private:
  void cancel() {
    cancelled_ = true;
    progress_.cancel();
  }

  Progress& progress_;
  const py::object& callable_;
  std::pair<std::uint64_t, std::uint64_t> reported_;
  bool called_ = false;
  bool cancelled_ = false;
  std::exception_ptr raised_;
};

/// A thread that runs one function, and its exception.
class Worker {
 public:
  explicit Worker(const std::function<void()>& work) : thread_([this, &work] { run(work); }) {}
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() {
    if (thread_.joinable()) thread_.join();
  }

  /// Waits for up to `between_calls`. Returns whether the function has ended.
  bool wait() {
    const WithoutInterpreter released;
    std::unique_lock lock(mutex_);
    return done_.wait_for(lock, between_calls, [&] { return is_done_; });
  }
  void join() {
    {
      const WithoutInterpreter released;
      thread_.join();
    }
    give_raised(raised_by_host_);
    if (failed_) std::rethrow_exception(failed_);
  }

 private:
  void run(const std::function<void()>& work) {
    try {
      work();
    } catch (...) {
      failed_ = std::current_exception();
    }
    raised_by_host_ = take_raised();
    const std::lock_guard lock(mutex_);
    is_done_ = true;
    done_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable done_;
  bool is_done_ = false;
  std::exception_ptr failed_;
  PyObject* raised_by_host_ = nullptr;
  std::thread thread_;  // the last member: it uses the others
};

}  // namespace

std::shared_ptr<Progress> progress_for(py::object callable) {
  return {new Progress, Deleter{std::move(callable)}};
}

const py::object* callable_of(const std::shared_ptr<Progress>& progress) {
  const Deleter* const deleter = std::get_deleter<Deleter>(progress);
  return deleter == nullptr ? nullptr : &deleter->callable;
}

void run_reporting(Progress& progress, const py::object& callable,
                   const std::function<void()>& work, const std::function<bool()>& succeeded) {
  drop_raised();
  Reporter reporter(progress, callable);
  Worker worker(work);
  while (!worker.wait()) reporter.report();
  worker.join();
  if (succeeded()) reporter.report(/*last=*/true);
  reporter.rethrow();
}

}  // namespace seatbook::python

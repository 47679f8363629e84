#include "python/src/progress.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>

namespace seatbook::python {
namespace {

/// Often enough for a bar that moves, seldom enough to cost nothing.
constexpr auto between_calls = std::chrono::milliseconds(50);

struct Delivery {
  py::object callable;
  void operator()(const Progress* progress) const { delete progress; }
};

/// What the callable has said so far.
class Telling {
 public:
  Telling(Progress& progress, const py::object& callable)
      : progress_(progress), callable_(callable) {}

  /// Tells where there is news; ends the import where the callable, or a signal, says so.
  void tell(bool last = false) {
    if (ended_) return;
    try {
      if (PyErr_CheckSignals() != 0) throw py::error_already_set();
      const std::pair now(progress_.rows_done(), progress_.rows_total());
      if (now == told_ && (!last || delivered_once_)) return;
      told_ = now;
      delivered_once_ = true;
      const py::object result = call_host(callable_, now.first, now.second);
      if (result.ptr() == Py_False) end();
    } catch (py::error_already_set&) {
      raised_ = std::current_exception();
      end();
    }
  }
  void rethrow() const {
    if (raised_) std::rethrow_exception(raised_);
  }

 private:
  void end() {
    ended_ = true;
    progress_.cancel();
  }

  Progress& progress_;
  const py::object& callable_;
  std::pair<std::uint64_t, std::uint64_t> told_;
  bool delivered_once_ = false;
  bool ended_ = false;
  std::exception_ptr raised_;
};

/// A thread that does one thing, and what became of it.
class Worker {
 public:
  explicit Worker(const std::function<void()>& work) : thread_([this, &work] { run(work); }) {}
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() {
    if (thread_.joinable()) thread_.join();
  }

  /// Whether it has ended, at once or within the time between two calls.
  bool wait() {
    const WithoutInterpreter released;
    std::unique_lock lock(mutex_);
    return over_.wait_for(lock, between_calls, [&] { return has_ended_; });
  }
  void join() {
    {
      const WithoutInterpreter released;
      thread_.join();
    }
    give_raised(raised_by_storage_);
    if (failed_) std::rethrow_exception(failed_);
  }

 private:
  void run(const std::function<void()>& work) {
    try {
      work();
    } catch (...) {
      failed_ = std::current_exception();
    }
    raised_by_storage_ = take_raised();
    const std::lock_guard lock(mutex_);
    has_ended_ = true;
    over_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable over_;
  bool has_ended_ = false;
  std::exception_ptr failed_;
  PyObject* raised_by_storage_ = nullptr;
  std::thread thread_;  // the last: it uses the others
};

}  // namespace

std::shared_ptr<Progress> told_to(py::object callable) {
  return {new Progress, Delivery{std::move(callable)}};
}

const py::object* told_of(const std::shared_ptr<Progress>& progress) {
  const Delivery* const told = std::get_deleter<Delivery>(progress);
  return told == nullptr ? nullptr : &told->callable;
}

void run_told(Progress& progress, const py::object& callable, const std::function<void()>& work,
              const std::function<bool()>& succeeded) {
  drop_raised();
  Telling telling(progress, callable);
  Worker worker(work);
  while (!worker.wait()) telling.tell();
  worker.join();
  if (succeeded()) telling.tell(/*last=*/true);
  telling.rethrow();
}

}  // namespace seatbook::python

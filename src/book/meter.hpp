/// Counts what a book does, measures the calls of its storage, and delivers its log (stats.hpp).
#ifndef SEATBOOK_BOOK_METER_HPP_
#define SEATBOOK_BOOK_METER_HPP_

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "seatbook/events.hpp"
#include "seatbook/result.hpp"
#include "seatbook/stats.hpp"

namespace seatbook::detail {

/// The message of book_needs_reopen if no call reports the cause.
inline constexpr const char* needs_reopen_message =
    "the book no longer matches its storage: close it and open it again";

enum class StorageCall : std::uint8_t { lock, read, append, sync, find };

/// Never throws, and allocates only for entries of a log that has a callback. Entries are collected
/// where they arise, under locks of the book, and delivered by deliver_log() without them.
///
/// Safe to use from any thread.
class Meter {
 public:
  explicit Meter(LogCallback on_log);
  /// Starts the log: opening a book reports its errors to the caller.
  void start_log() noexcept { logging_.store(on_log_ != nullptr); }
  /// Ends the log and releases its callback. Called without a lock of the book.
  void end_log() noexcept;

  /// Measures a call of the storage during the object's lifetime.
  class [[nodiscard]] Timed {
   public:
    Timed(Meter& meter, StorageCall call) : meter_(meter), call_(call) {}
    Timed(const Timed&) = delete;
    Timed& operator=(const Timed&) = delete;
    ~Timed();

   private:
    Meter& meter_;
    StorageCall call_;
    const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  };
  Timed timed(StorageCall call) { return {*this, call}; }

  /// Measures how long the caller waits, which is the object's lifetime.
  class [[nodiscard]] Waiting {
   public:
    explicit Waiting(Meter& meter) : meter_(meter) {}
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;
    ~Waiting();

   private:
    Meter& meter_;
    const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  };
  Waiting waiting() { return Waiting(*this); }
  /// Called by one thread at a time: the one that may change the tables.
  void committed(std::size_t group_size) noexcept;
  void command_failed() noexcept { failed_commands_.fetch_add(1, std::memory_order_relaxed); }
  void conflict() noexcept;
  /// Reports an error of a storage's call, and returns it. A conflict is not an error.
  Error failed(StorageCall call, Error error) noexcept;
  void outcome_resolved(bool written) noexcept;
  void reread() noexcept;
  /// Reports that the book has failed, if that is new. `error` is what the call returned, if it
  /// failed.
  void needs_reopen(const Error* error) noexcept;
  /// Reports the events that were dropped since the last call. `total`: EventQueue::dropped().
  /// Called by one thread at a time.
  void events_dropped(std::uint64_t total) noexcept {
    if (total != reported_drops_.load(std::memory_order_relaxed)) report_drops(total);
  }
  /// Returns the callback for errors of listeners: it reports them, then calls the host's.
  [[nodiscard]] ListenerErrorCallback watched(ListenerErrorCallback on_listener_error);

  /// Calls the callback with the collected entries. Called without a lock of the book.
  void deliver_log() noexcept {
    if (has_entries_.load(std::memory_order_relaxed)) deliver_entries();
  }

  /// Sets the members that the meter counts.
  void fill(BookStats& stats) const noexcept;

 private:
  using Counter = std::atomic<std::uint64_t>;
  struct Times {
    Counter calls{0};
    Counter total_us{0};
    Counter longest_us{0};

    void add(std::uint64_t us) noexcept;
    [[nodiscard]] CallTimes read() const noexcept;
  };

  void report_drops(std::uint64_t total) noexcept;
  void deliver_entries() noexcept;
  /// Whether entries of this thread are logged: not in a callback, whose own calls could cause
  /// entries without end.
  [[nodiscard]] bool logs() const noexcept {
    return logging_.load(std::memory_order_relaxed) && !in_callback;
  }
  template <class... Parts>
  void log(LogKind kind, Code code, std::optional<std::uint64_t> duration_us,
           const Parts&... parts) noexcept;

  std::array<Times, 5> storage_calls_;  // by StorageCall
  Times waits_;
  Counter batches_{0};
  std::array<Counter, 6> groups_{};  // by the logarithm of their size
  Counter largest_group_{0};
  Counter failed_commands_{0};
  Counter conflicts_{0};
  Counter storage_failures_{0};
  Counter unknown_outcomes_{0};
  Counter rereads_{0};
  Counter reported_drops_{0};
  Counter log_failures_{0};
  std::atomic<bool> reported_reopen_{false};

  static thread_local bool in_callback;  // of the log of any book
  std::atomic<bool> logging_{false};
  std::atomic<bool> has_entries_{false};
  std::mutex mutex_;  // guards the members below
  std::vector<LogEntry> entries_;
  std::shared_ptr<const LogCallback> on_log_;
};

}  // namespace seatbook::detail

#endif  // SEATBOOK_BOOK_METER_HPP_

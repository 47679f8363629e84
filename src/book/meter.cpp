#include "book/meter.hpp"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

namespace seatbook::detail {
namespace {

std::uint64_t us_since(std::chrono::steady_clock::time_point start) noexcept {
  const auto elapsed = std::chrono::steady_clock::now() - start;
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(elapsed).count());
}

void raise_to(std::atomic<std::uint64_t>& most, std::uint64_t value) noexcept {
  std::uint64_t seen = most.load(std::memory_order_relaxed);
  while (seen < value && !most.compare_exchange_weak(seen, value, std::memory_order_relaxed)) {
  }
}

void increase(std::atomic<std::uint64_t>& counter, std::uint64_t by = 1) noexcept {
  counter.fetch_add(by, std::memory_order_relaxed);
}

/// Like increase(), without an atomic instruction, if one thread at a time changes the counter.
void increase_alone(std::atomic<std::uint64_t>& counter, std::uint64_t by = 1) noexcept {
  counter.store(counter.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
}

std::string_view name_of(StorageCall call) noexcept {
  constexpr std::array<std::string_view, 5> names = {"lock", "read", "append", "sync", "find"};
  return names[static_cast<std::size_t>(call)];
}

LogLevel level_of(LogKind kind) noexcept {
  switch (kind) {
    case LogKind::conflict:
      return LogLevel::debug;
    case LogKind::outcome_resolved:
      return LogLevel::info;
    case LogKind::storage_reread:
    case LogKind::storage_slow:
    case LogKind::events_dropped:
    case LogKind::listener_failed:
      return LogLevel::warning;
    case LogKind::storage_failed:
    case LogKind::outcome_unknown:
    case LogKind::needs_reopen:
      break;
  }
  return LogLevel::error;
}

}  // namespace

thread_local bool Meter::in_callback = false;

void Meter::Times::add(std::uint64_t us) noexcept {
  increase(calls);
  increase(total_us, us);
  raise_to(longest_us, us);
}

CallTimes Meter::Times::read() const noexcept {
  return {calls.load(), total_us.load(), longest_us.load()};
}

Meter::Meter(LogCallback on_log)
    : on_log_(on_log ? std::make_shared<const LogCallback>(std::move(on_log)) : nullptr) {}

void Meter::end_log() noexcept {
  // Destroyed after the mutex is released: their destructors are host code.
  std::shared_ptr<const LogCallback> callback;
  std::vector<LogEntry> entries;
  logging_.store(false);
  const std::lock_guard guard(mutex_);
  callback.swap(on_log_);
  entries.swap(entries_);
}

template <class... Parts>
void Meter::log(LogKind kind, Code code, std::optional<std::uint64_t> duration_us,
                const Parts&... parts) noexcept {
  if (!logs()) return;
  try {
    LogEntry entry;
    entry.level = level_of(kind);
    entry.kind = kind;
    entry.code = code;
    (entry.message.append(parts), ...);
    entry.duration_us = duration_us;
    const std::lock_guard guard(mutex_);
    entries_.push_back(std::move(entry));
    has_entries_.store(true);
  } catch (...) {
    increase(log_failures_);
  }
}

void Meter::deliver_entries() noexcept {
  if (in_callback) return;
  std::shared_ptr<const LogCallback> callback;
  std::vector<LogEntry> entries;
  {
    const std::lock_guard guard(mutex_);
    callback = on_log_;
    entries.swap(entries_);
    has_entries_.store(false);
  }
  for (const LogEntry& entry : entries) {
    if (!logging_.load()) return;  // closed by the callback or by another thread
    in_callback = true;
    try {
      (*callback)(entry);
    } catch (...) {
      increase(log_failures_);
    }
    in_callback = false;
  }
}

Meter::Timed::~Timed() {
  const std::uint64_t us = us_since(start_);
  meter_.storage_calls_[static_cast<std::size_t>(call_)].add(us);
  if (us < std::uint64_t{slow_storage_us} || !meter_.logs()) return;
  meter_.log(LogKind::storage_slow, Code::ok, us, name_of(call_), "() of the storage took ",
             std::to_string(us / 1000), " ms");
}

Meter::Waiting::~Waiting() {
  meter_.waits_.add(us_since(start_));
}

void Meter::committed(std::size_t group_size) noexcept {
  increase_alone(batches_, group_size);
  const std::size_t bucket = std::bit_width(group_size) - std::size_t{1};
  increase_alone(groups_[std::min(bucket, groups_.size() - 1)]);
  raise_to(largest_group_, group_size);
}

void Meter::conflict() noexcept {
  increase(conflicts_);
  log(LogKind::conflict, Code::conflict, std::nullopt,
      "another writer committed first: deciding again");
}

Error Meter::failed(StorageCall call, Error error) noexcept {
  if (error.code == Code::conflict) return error;
  const bool unknown = call == StorageCall::append && error.code == Code::storage_unknown;
  increase(unknown ? unknown_outcomes_ : storage_failures_);
  log(unknown ? LogKind::outcome_unknown : LogKind::storage_failed, error.code, std::nullopt,
      name_of(call), "() of the storage failed: ", error.message);
  return error;
}

void Meter::outcome_resolved(bool written) noexcept {
  log(LogKind::outcome_resolved, Code::ok, std::nullopt, "the batch with an unknown outcome was ",
      written ? "written" : "not written");
}

void Meter::reread() noexcept {
  increase(rereads_);
  log(LogKind::storage_reread, Code::ok, std::nullopt,
      "reading the whole storage again: it cannot confirm that it continues the records in memory");
}

void Meter::needs_reopen(const Error* error) noexcept {
  if (!logs() || reported_reopen_.exchange(true)) return;
  log(LogKind::needs_reopen, Code::book_needs_reopen, std::nullopt,
      error != nullptr ? std::string_view(error->message) : needs_reopen_message);
}

void Meter::report_drops(std::uint64_t total) noexcept {
  const std::uint64_t dropped = total - reported_drops_.exchange(total);
  if (!logs()) return;
  log(LogKind::events_dropped, Code::ok, std::nullopt, std::to_string(dropped),
      " events were not queued for listeners");
}

ListenerErrorCallback Meter::watched(ListenerErrorCallback on_listener_error) {
  if (on_log_ == nullptr) return on_listener_error;
  return [this, on_listener_error = std::move(on_listener_error)](Seq seq, std::string_view what) {
    log(LogKind::listener_failed, Code::ok, std::nullopt, "a listener failed: ", what);
    deliver_log();
    if (on_listener_error) on_listener_error(seq, what);
  };
}

void Meter::fill(BookStats& stats) const noexcept {
  const auto times = [&](StorageCall call) {
    return storage_calls_[static_cast<std::size_t>(call)].read();
  };
  stats.wait = waits_.read();
  stats.batches = batches_.load();
  stats.largest_group = largest_group_.load();
  std::uint64_t* const groups[] = {&stats.groups_of_1,        &stats.groups_of_2_to_3,
                                   &stats.groups_of_4_to_7,   &stats.groups_of_8_to_15,
                                   &stats.groups_of_16_to_31, &stats.groups_of_32_to_64};
  for (std::size_t at = 0; at < groups_.size(); ++at) {
    *groups[at] = groups_[at].load();
    stats.groups += *groups[at];
  }
  stats.failed_commands = failed_commands_.load();
  stats.lock = times(StorageCall::lock);
  stats.read = times(StorageCall::read);
  stats.append = times(StorageCall::append);
  stats.sync = times(StorageCall::sync);
  stats.find = times(StorageCall::find);
  stats.conflicts = conflicts_.load();
  stats.storage_failures = storage_failures_.load();
  stats.unknown_outcomes = unknown_outcomes_.load();
  stats.rereads = rereads_.load();
  stats.log_failures = log_failures_.load();
}

}  // namespace seatbook::detail

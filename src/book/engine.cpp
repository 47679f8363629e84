// The life of a book, its callers, and the way of a command.
#include "book/engine.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <new>
#include <thread>
#include <vector>

#include "book/storage_calls.hpp"
#include "views/views.hpp"

namespace seatbook::detail {
namespace {

/// How far the last batch may be ahead of the clock (C52).
constexpr std::int64_t tolerated_clock_lag_us = 10LL * 60 * 1'000'000;

/// Limit on the attempts of a write that conflicts with writes of other processes. Each conflict
/// means that another writer succeeded, so only a storage that never accepts a batch reaches this.
constexpr int max_attempts = 200;

/// Waiting for callers that may join a group takes at most this part of the time of an append.
constexpr int part_of_an_append = 8;
constexpr std::chrono::microseconds longest_append{8'000};  // limit on that time

/// A batch of a command on a single seat contains at most two assignments with their texts, and the
/// history's texts: the values before and after an edit, or a reason. So the number of commands
/// limits the bytes of a group to 4 MiB.
constexpr std::size_t bytes_per_code_point = 4;
static_assert(max_group_size * bytes_per_code_point *
                  (4 * (max_access_level_length + max_account_length + max_notes_length) +
                   3 * max_reason_length + 1024) <=
              std::size_t{4} << 20U);

/// Returns how many batches the book appends to a storage at once.
std::size_t largest_group_of(const Storage* storage) {
  if (storage == nullptr) return 1;
  try {
    return std::clamp<std::size_t>(storage->largest_group(), 1, max_group_size);
  } catch (...) {
    return 1;  // storages must not throw
  }
}

/// Returns the host's clock, else the storage's shared clock, else the system clock.
std::shared_ptr<Clock> choose_clock(std::shared_ptr<Clock> of_host, Storage* storage) {
  if (of_host) return of_host;
  std::shared_ptr<Clock> shared;
  try {
    if (storage != nullptr) shared = storage->clock();
  } catch (...) {
    shared.reset();  // storages must not throw; after an exception, use the system clock
  }
  return shared ? shared : std::make_shared<SystemClock>();
}

void back_off(int attempt) {
  constexpr int spins = 8;
  constexpr int longest_ms = 10;
  if (attempt < spins) {
    std::this_thread::yield();
  } else {
    std::this_thread::sleep_for(std::chrono::milliseconds(std::min(attempt - spins, longest_ms)));
  }
}

/// The error for a clock that is out of range, or else too far behind the last batch.
Error wrong_clock(Timestamp now, Timestamp last) {
  if (!now.in_range()) {
    return {Code::date_out_of_range, "the clock must be within the years 1970 to 2200", "clock"};
  }
  return {Code::clock_behind, "the clock is at " + now.to_string() +
                                  ": the last batch was written at " + last.to_string()};
}

}  // namespace

Engine::Engine(std::shared_ptr<Storage> storage, OpenOptions options)
    : queue_(/*in_order=*/storage != nullptr),
      storage_(std::move(storage)),
      storage_id_(storage_.get()),
      host_clock_(options.clock != nullptr),
      clock_(choose_clock(std::move(options.clock), storage_.get())),
      allow_clock_behind_(options.allow_clock_behind),
      read_only_(options.read_only),
      largest_group_(largest_group_of(storage_.get())),
      meter_(std::move(options.on_log)),
      events_(meter_.watched(std::move(options.on_listener_error))) {
  unresolved_.reserve(max_group_size);
}

thread_local const Engine::Turn* Engine::Turn::innermost = nullptr;
thread_local const Engine::ClockCall* Engine::ClockCall::innermost = nullptr;

Engine::Turn::Turn(Engine& engine) : engine_(engine), last_(&own_), outer_(innermost) {
  engine_.enter(own_);
  innermost = this;
}

Engine::Turn::Turn(Engine& engine, WriterQueue::Place& place)
    : engine_(engine), last_(&place), outer_(innermost) {
  innermost = this;
}

Engine::Turn::~Turn() {
  innermost = outer_;
  engine_.queue_.leave(*last_);
  engine_.meter_.deliver_log();
  engine_.close_if_wanted();
}

bool Engine::in_callback() const noexcept {
  for (const Turn* turn = Turn::innermost; turn != nullptr; turn = turn->outer_) {
    if (&turn->engine_ == this) return true;
    if (storage_id_ != nullptr && turn->engine_.storage_id_ == storage_id_) return true;
  }
  return false;
}

const Engine::ClockCall* Engine::in_clock() const noexcept {
  const ClockCall* call = ClockCall::innermost;
  while (call != nullptr && &call->engine_ != this) call = call->outer_;
  return call;
}

void Engine::close_if_wanted() {
  if (close_wanted_.load() && !closed()) close();
}

Result<void> Engine::check_caller() const {
  if (forked()) {
    return Error{
        Code::book_forked,
        "this process is a fork of the one that opened the book: use the book in that process"};
  }
  if (in_callback() || in_clock()) {
    return Error{Code::invalid_argument,
                 "a storage or a clock cannot use the book that is calling it"};
  }
  return {};
}

Error Engine::not_writable() {
  return {Code::book_read_only, "the book was opened read-only"};
}

Error Engine::not_open() const {
  if (closed()) return {Code::book_closed, "the book is closed"};
  return {Code::book_needs_reopen, needs_reopen_message};
}

/// `last` is the time of the last batch.
Result<Engine::BatchTime> Engine::batch_time(Timestamp now, Timestamp last) const {
  // Compared only if it is in range: the difference must not overflow.
  if (!now.in_range() || (last.us - now.us > tolerated_clock_lag_us && !allow_clock_behind_)) {
    return wrong_clock(now, last);
  }
  return BatchTime{now, std::max(now, last)};
}

Result<void> Engine::check_before_reading(const Actor& actor, Operation operation,
                                          const std::optional<RequestId>& request_id) {
  SEATBOOK_TRY(check_caller());
  const auto check = [&]() -> Result<void> {
    SEATBOOK_TRY(const Timestamp now, clock_time());
    const std::shared_lock lock(tables_mutex_);
    SEATBOOK_TRY(check_open());
    SEATBOOK_TRY(check_writable());
    SEATBOOK_TRY(batch_time(now, tables_->history.last_at()));
    return rules::refusal(*tables_, actor, operation);
  };
  auto checked = check();
  // Another process may have granted the permission.
  if (!checked && checked.error().code == Code::permission_denied && storage_id_ != nullptr) {
    SEATBOOK_TRY(refresh());
    checked = check();
  }
  if (!checked || !request_id) return checked;
  const Turn turn(*this);
  SEATBOOK_TRY(check_open());
  if (!unresolved_.empty()) return {};  // looked up with the commit
  return check_new(*request_id, &Storage::find);
}

/// Reads the clock. The clock is host code, so it is called without a lock.
Result<Timestamp> Engine::clock_time(ClockCall::Closing closing) const {
  try {
    SEATBOOK_TRY(check_caller());
    std::shared_ptr<Clock> clock;
    {
      const std::shared_lock lock(tables_mutex_);
      SEATBOOK_TRY(check_open());
      clock = clock_;
    }
    const ClockCall call(*this, closing);
    return clock->now();
  } catch (...) {
    return translate_exception();
  }
}

/// Executes a command and those of the callers that wait behind it, with one lock, one catch-up and
/// one sync; or waits until the caller in front has executed it. Returns the version that the
/// command committed or, if it changes nothing, was decided on.
Result<Version> Engine::run(Call& own) {
  SEATBOOK_TRY(check_caller());
  if (host_clock_) {  // host code, so it is called before others wait for this caller
    auto now = clock_time(ClockCall::Closing::after_the_call);
    if (!now) {
      close_if_wanted();
      return std::move(now).error();
    }
    own.now = *now;
  }
  if (enter(own)) {
    Turn turn(*this, own);
    group_.start_with(own);
    std::size_t limit = own.joins() ? largest_group_ : 1;
    const bool resolves = !unresolved_.empty();
    if (limit > 1) queue_.gather(last_append_ / part_of_an_append);
    try {
      for (int attempt = 0;; ++attempt) {
        StorageLock storage_lock(storage_.get(), meter_);
        if (auto ready = get_ready(storage_lock, own.joins()); !ready) {
          own.result = std::move(ready).error();
          break;
        }
        rules::View view(*tables_);
        for (Call* call = &own; call != nullptr; call = group_.next(queue_, limit)) {
          try {
            show_pending(view);
            // Read for each call: a later one of the group may have begun just now.
            const auto time = check_call(*call, host_clock_ ? call->now : clock_->now(), view);
            if (!time) {
              call->result = time.error();
              continue;
            }
            rules::Transaction transaction(view, call->actor, time->at, time->now);
            auto decided = call->decide(transaction);
            call->result = decided ? add_batch(*call, transaction)
                                   : Result<Version>(std::move(decided).error());
          } catch (...) {
            call->result = translate_exception();
          }
        }
        const auto durable = make_durable(storage_lock);
        if (durable) {
          group_.keep(*durable);
          if (auto published = publish(); !published) group_.fail(published.error());
          break;
        }
        const Code code = durable.error().code;
        if (code == Code::conflict && attempt + 1 < max_attempts) {
          meter_.conflict();
          storage_lock.unlock();
          back_off(attempt);
        } else if (code == Code::storage_failed && group_.batches().size() > 1) {
          group_.first_alone();
          limit = 1;
        } else {
          group_.fail(durable.error());
          break;
        }
        group_.start_with(own);
      }
    } catch (...) {
      own.rests_on = 1;  // this call fails in any case
      group_.fail(translate_exception());
    }
    if (resolves) own.events = std::max(own.events, events_.end());
    report(own.result);
    turn.ends_after(*group_.calls().back());
    group_.clear();
  }
  if (!own.result) meter_.command_failed();
  if (host_clock_) close_if_wanted();  // this thread may have had no turn
  if (own.events != 0) events_.deliver(own.events);
  return std::move(own.result);
}

/// Waits until the place is first in the queue, or its work is done. Returns whether it is first.
bool Engine::enter(WriterQueue::Place& place) {
  if (queue_.try_enter(place)) return true;
  const auto waits = meter_.waiting();
  return queue_.enter(place);
}

/// Logs dropped events, and that the book has failed.
void Engine::report(const Result<Version>& result) {
  meter_.events_dropped(events_.dropped());
  if (state_.load() == State::needs_reopen) {
    meter_.needs_reopen(result ? nullptr : &result.error());
  }
}

/// Prepares a write: the storage is locked, and the tables are at its version. If the first call
/// `joins` groups, the last records of other processes can be pending instead.
Result<void> Engine::get_ready(StorageLock& storage_lock, bool joins) {
  SEATBOOK_TRY(check_open());
  SEATBOOK_TRY(check_writable());
  if (!storage_) return {};
  // Before the lock, so that what the storage writes to make the outcome final is not rolled back
  // with the lock.
  SEATBOOK_TRY(resolve());
  return lock_and_catch_up(storage_lock, joins ? Into::group : Into::tables);
}

/// Steps 2 and 3 of the error order, at the time `now`.
Result<Engine::BatchTime> Engine::check_call(const Call& call, Timestamp now,
                                             const rules::View& view) {
  SEATBOOK_TRY(const BatchTime time, batch_time(now, view.last_at()));
  SEATBOOK_TRY(rules::refusal(*tables_, call.actor, call.operation));
  if (call.request_id) {
    SEATBOOK_TRY(check_new(*call.request_id, &Storage::seen));
  }
  return time;
}

/// Returns an error if a batch has this request id. Requires the turn.
Result<void> Engine::check_new(const RequestId& id, LookUp look_up) {
  std::optional<Version> version = group_.version_of(id);
  if (!version && !storage_) version = requests_.find(id);
  if (!version && storage_) {
    auto found =
        measured<Result<std::optional<Version>>>(meter_, StorageCall::find, Code::storage_failed,
                                                 [&] { return (storage_.get()->*look_up)(id); });
    // This call has written nothing, whatever code the storage returned.
    if (!found) {
      return meter_.failed(StorageCall::find, {Code::storage_failed, found.error().message});
    }
    version = *found;
  }
  if (!version) return {};
  return Error{Code::repeated_request,
               "this request was committed as version " + std::to_string(version->value),
               "request_id",
               {},
               {version->value}};
}

/// Shows what is pending to the next decision.
void Engine::show_pending(rules::View& view) const {
  if (const auto& foreign = group_.foreign(); foreign && view.version() < foreign->version) {
    view.add(foreign->images, foreign->version);
  }
  const std::vector<Batch>& batches = group_.batches();
  while (!batches.empty() && view.version() <= batches.back().base) {
    const Batch& next = batches[view.version().value - batches.front().base.value];
    view.add(next.images, Version(next.base.value + 1));
  }
}

/// Adds what a command writes to the group. Returns the version that the batch will have.
Result<Version> Engine::add_batch(const Call& call, rules::Transaction& transaction) {
  const Version base = transaction.view().version();
  if (transaction.empty()) return base;
  Batch batch;
  batch.base = base;
  batch.images = transaction.take();
  if (storage_) batch.token = call.request_id ? *call.request_id : tokens_.next();
  if (!storage_ && call.request_id) requests_.prepare(*call.request_id);
  group_.add(std::move(batch));
  return Version(base.value + 1);
}

/// Makes everything durable that the results of the group depend on. Returns how many of its
/// batches are durable, as append() does.
Result<std::size_t> Engine::make_durable(StorageLock& storage_lock) {
  if (!group_.batches().empty()) return append();  // with what the batches are based on
  if (group_.foreign()) {
    storage_lock.unlock();  // writers of other processes must not wait for a sync
    SEATBOOK_TRY(sync());
  }
  return std::size_t{0};
}

/// Appends the batches of the group. Returns how many of them are durable: all, or the first ones
/// if the storage does not write groups atomically. With storage_unknown the outcome is unknown,
/// and the next write resolves it; with any other error nothing was written.
Result<std::size_t> Engine::append() {
  const std::vector<Batch>& batches = group_.batches();
  if (!storage_) return batches.size();
  const auto start = std::chrono::steady_clock::now();
  auto appended = measured<Result<void>>(meter_, StorageCall::append, Code::storage_unknown, [&] {
    return batches.size() == 1 ? storage_->append(batches.front())
                               : storage_->append_group(batches);
  });
  last_append_ = std::min(longest_append, std::chrono::duration_cast<std::chrono::microseconds>(
                                              std::chrono::steady_clock::now() - start));
  if (appended) return batches.size();
  Error error = meter_.failed(StorageCall::append, as_append_error(std::move(appended).error()));
  if (error.code != Code::storage_unknown) return error;
  for (const Batch& batch : batches) unresolved_.push_back(batch.token);
  unresolved_base_ = batches.front().base;
  auto written = count_written();
  if (!written) return error;
  resolved(*written > 0);
  if (*written > 0) return written;
  return Error{Code::storage_failed, "not written: " + error.message};
}

/// Applies what was pending, now that it is durable, as one change: first what other processes have
/// written, then the batches of the group. Queues the events of the batches.
Result<void> Engine::publish() {
  if (group_.pending() == 0) return {};
  Seq row;
  auto applied = change_tables([&]() -> Result<void> {
    if (auto& foreign = group_.foreign()) {
      SEATBOOK_TRY(tables_->catch_up(std::move(foreign->images), foreign->version));
    }
    row = Seq(tables_->history.size() + 1);
    for (Batch& batch : group_.batches()) {
      SEATBOOK_TRY(tables_->apply(std::move(batch.images), Version(batch.base.value + 1)));
    }
    return {};
  });
  if (group_.batches().empty()) return applied;
  if (!applied) {
    return Error{Code::internal,
                 "the tables rejected the book's own batch: " + applied.error().message};
  }
  meter_.committed(group_.batches().size());
  for (std::size_t i = 0; i < group_.batches().size(); ++i) {
    Call& writer = group_.writer(i);
    const Version version(group_.batches()[i].base.value + 1);
    if (!storage_ && writer.request_id) requests_.remember(*writer.request_id, version);
    if (!events_.has_listeners()) continue;
    const Seq first = row;
    while (row.value <= tables_->history.size() && tables_->history.batch(row) == version) {
      ++row.value;
    }
    if (row == first) continue;
    queue_events(first, Seq(row.value - 1));
    writer.events = events_.end();
  }
  return {};
}

/// Changes the tables. If `change` fails part-way, the tables are no longer trusted: the book
/// enters the failed state (book_needs_reopen).
Result<void> Engine::change_tables(types::FunctionRef<Result<void>()> change) {
  const std::lock_guard lock(tables_mutex_);
  try {
    Result<void> changed = change();
    if (!changed) state_.store(State::needs_reopen);
    return changed;
  } catch (...) {
    state_.store(State::needs_reopen);
    throw;
  }
}

/// Queues the events and notifications of the history rows from `first` to `last`. Requires the
/// turn, which keeps the queue in commit order.
void Engine::queue_events(Seq first, Seq last) {
  if (!events_.has_listeners()) return;
  try {
    EventQueue::Batch batch;
    for (Seq seq = first; seq <= last; ++seq.value) {
      if (auto event = views::event_of(*tables_, seq)) batch.emplace_back(*std::move(event));
    }
    for (auto& notification : views::notifications_of(*tables_, first, last)) {
      batch.emplace_back(std::move(notification));
    }
    events_.push(std::move(batch));
  } catch (const std::bad_alloc&) {
    // The change is committed; events_after() returns the events.
    std::uint64_t lost = 0;
    for (Seq seq = first; seq <= last; ++seq.value) {
      lost += tables_->history.moves_a_seat(seq) ? 1 : 0;
    }
    events_.count_dropped(lost);
  }
}

Result<void> Engine::reach(Version version) {
  if (!version || this->version() >= version) return {};
  SEATBOOK_TRY(refresh());
  if (this->version() >= version) return {};
  return Error{Code::book_behind,
               "version " + std::to_string(version.value) + " has not been committed"};
}

Version Engine::version() const {
  if (forked()) return {};
  const std::shared_lock lock(tables_mutex_);
  return tables_ ? tables_->version : last_version_;
}

void Engine::measure(BookStats& stats) const {
  meter_.fill(stats);
  // Read from the queue itself, so that a call is counted only once it has its place.
  stats.queue_length = queue_.waiting();
  stats.dropped_events = events_.dropped();
  stats.listener_failures = events_.failures();
}

Result<Version> Engine::refresh() {
  SEATBOOK_TRY(check_caller());
  Result<Version> result = Version();
  EventQueue::Position events = 0;
  {
    const Turn turn(*this);
    const bool resolves = !unresolved_.empty();
    try {
      result = read_newer();
    } catch (...) {
      result = translate_exception();
    }
    if (resolves) events = events_.end();
    report(result);
  }
  if (events != 0) events_.deliver(events);
  return result;
}

/// Converts the exception in flight to an error: no exception leaves the library.
Error Engine::translate_exception() const noexcept {
  if (state_.load() != State::needs_reopen) return error_in_flight();
  return make_error(Code::book_needs_reopen, needs_reopen_message);
}

Result<void> Engine::backup_to(const std::string& path) {
  try {
    SEATBOOK_TRY(check_caller());
    std::shared_ptr<Storage> storage;
    {
      const Turn turn(*this);
      if (closed()) return check_open();
      storage = storage_;
    }
    if (!storage) {
      return Error{Code::unsupported_storage,
                   "a book in memory cannot be backed up: it has no storage"};
    }
    return shielded<Result<void>>(Code::storage_failed, [&] { return storage->backup_to(path); });
  } catch (...) {
    return translate_exception();
  }
}

void Engine::close() {
  if (forked()) return;  // the locks may be held by threads that do not exist in this process
  WriterQueue::Place place(false);
  const ClockCall* const clock_call = in_clock();
  if (clock_call != nullptr && clock_call->closing_ == ClockCall::Closing::after_the_call) {
    close_wanted_.store(true);
    return;
  }
  if (in_callback()) {
    close_wanted_.store(true);
    for (const Turn* turn = Turn::innermost; turn != nullptr; turn = turn->outer_) {
      if (&turn->engine_ == this) return;  // the end of that turn closes the book
    }
    // This is another book on a storage whose lock this thread may hold. A thread that writes to
    // that book may be waiting for the lock; it closes the book when its turn ends.
    if (!queue_.try_enter(place)) return;
  } else {
    state_.store(State::closed);  // what is queued in front of this call fails with book_closed
    enter(place);
  }
  // Destroyed last, without a lock: the destructors of the storage and the clock are host code, and
  // large tables take long to destroy.
  std::shared_ptr<model::Tables> tables;
  RequestMemory requests;
  std::shared_ptr<Storage> storage;
  std::shared_ptr<Clock> clock;
  {
    const Turn turn(*this, place);
    const std::lock_guard lock(tables_mutex_);
    state_.store(State::closed);
    if (tables_) last_version_ = tables_->version;
    tables.swap(tables_);
    std::swap(requests, requests_);
    storage.swap(storage_);
    clock.swap(clock_);
  }
  events_.close();
  meter_.end_log();
}

}  // namespace seatbook::detail

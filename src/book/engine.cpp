// The life of a book, its callers, and the way of a command.
#include "book/engine.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <new>
#include <thread>
#include <vector>

#include "book/storage_calls.hpp"
#include "types/try.hpp"
#include "views/views.hpp"

namespace seatbook::detail {
namespace {

/// How far the last batch may be ahead of the clock (C52).
constexpr std::int64_t tolerated_clock_lag_us = 10LL * 60 * 1'000'000;

/// Limit on the attempts of a write that conflicts with writes of other processes. Each conflict
/// means that another writer succeeded, so only a storage that never accepts a batch reaches this.
constexpr int max_attempts = 200;

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

}  // namespace

Engine::Engine(std::shared_ptr<Storage> storage, OpenOptions options)
    : storage_(std::move(storage)),
      storage_id_(storage_.get()),
      host_clock_(options.clock != nullptr),
      clock_(choose_clock(std::move(options.clock), storage_.get())),
      allow_clock_behind_(options.allow_clock_behind),
      read_only_(options.read_only),
      events_(std::move(options.on_listener_error)) {}

thread_local const Engine::Turn* Engine::Turn::innermost = nullptr;
thread_local const Engine::ClockCall* Engine::ClockCall::innermost = nullptr;

Engine::Turn::Turn(Engine& engine) : Turn(engine, std::unique_lock(engine.writer_mutex_)) {}

Engine::Turn::Turn(Engine& engine, std::unique_lock<std::mutex> writer)
    : engine_(engine), writer_(std::move(writer)), outer_(innermost) {
  innermost = this;
}

Engine::Turn::~Turn() {
  innermost = outer_;
  writer_.unlock();
  if (engine_.close_wanted_.load() && !engine_.closed()) engine_.close();
}

bool Engine::in_callback() const noexcept {
  for (const Turn* turn = Turn::innermost; turn != nullptr; turn = turn->outer_) {
    if (&turn->engine_ == this) return true;
    if (storage_id_ != nullptr && turn->engine_.storage_id_ == storage_id_) return true;
  }
  return false;
}

bool Engine::in_clock() const noexcept {
  const ClockCall* call = ClockCall::innermost;
  while (call != nullptr && &call->engine_ != this) call = call->outer_;
  return call != nullptr;
}

Error Engine::out_of_memory() {
  return {Code::out_of_memory, "out of memory"};
}

std::optional<Error> Engine::check_caller() const {
  if (forked()) {
    return Error{
        Code::book_forked,
        "this process is a fork of the one that opened the book: use the book in that process"};
  }
  if (in_callback() || in_clock()) {
    return Error{Code::invalid_argument,
                 "a storage or a clock cannot use the book that is calling it"};
  }
  return std::nullopt;
}

std::optional<Error> Engine::not_writable() const {
  if (!read_only_) return std::nullopt;
  return Error{Code::book_read_only, "the book was opened read-only"};
}

std::optional<Error> Engine::not_open() const {
  switch (state_.load()) {
    case State::open:
      return std::nullopt;
    case State::closed:
      return Error{Code::book_closed, "the book is closed"};
    case State::needs_reopen:
      break;
  }
  return Error{Code::book_needs_reopen,
               "the book no longer matches its storage: close it and open it again"};
}

Result<Engine::BatchTime> Engine::batch_time(Timestamp now) const {
  if (!now.in_range()) {
    return Error{Code::date_out_of_range, "the clock must be within the years 1970 to 2200",
                 "clock"};
  }
  const Timestamp last = tables_->history.last_at();
  if (last.us - now.us > tolerated_clock_lag_us && !allow_clock_behind_) {
    return Error{Code::clock_behind, "the clock is at " + now.to_string() +
                                         ": the last batch was written at " + last.to_string()};
  }
  return BatchTime{now, std::max(now, last)};
}

Result<std::optional<Version>> Engine::find_request(const RequestId& request_id) {
  if (!storage_) return requests_.find(request_id);
  auto found = shielded<Result<std::optional<Version>>>(Code::storage_failed,
                                                        [&] { return storage_->find(request_id); });
  // This call has written nothing, whatever code the storage returned.
  if (!found) found = Error{Code::storage_failed, found.error().message};
  return found;
}

std::optional<Error> Engine::refusal_before_reading(const Actor& actor, Operation operation,
                                                    const std::optional<RequestId>& request_id) {
  if (auto error = check_caller()) return error;
  const auto check = [&]() -> std::optional<Error> {
    const auto now = clock_time();
    if (!now) return now.error();
    const std::shared_lock lock(tables_mutex_);
    if (auto error = not_open()) return error;
    if (auto error = not_writable()) return error;
    if (const auto time = batch_time(*now); !time) return time.error();
    SEATBOOK_TRY(rules::refusal(*tables_, actor, operation));
    return std::nullopt;
  };
  auto refused = check();
  // Another process may have granted the permission.
  if (refused && refused->code == Code::permission_denied && storage_id_ != nullptr) {
    if (auto refreshed = refresh(); !refreshed) return std::move(refreshed).error();
    refused = check();
  }
  if (refused || !request_id) return refused;
  const Turn turn(*this);
  if (auto error = not_open()) return error;
  return pending_ ? std::nullopt : repeated(*request_id);  // looked up again with the commit
}

/// Reads the clock. The clock is host code, so it is called without a lock.
Result<Timestamp> Engine::clock_time() const {
  try {
    if (auto error = check_caller()) return *std::move(error);
    std::shared_ptr<Clock> clock;
    {
      const std::shared_lock lock(tables_mutex_);
      if (auto error = not_open()) return *std::move(error);
      clock = clock_;
    }
    const ClockCall call(*this);
    return clock->now();
  } catch (...) {
    return translate_exception();
  }
}

/// Runs `work` with writer_mutex_ held, then publishes the events of its commits.
template <class Work>
Result<Version> Engine::in_turn(const Work& work) {
  if (auto error = check_caller()) return *std::move(error);
  Result<Version> result = Error{};
  EventQueue::Position before = 0;
  EventQueue::Position after = 0;
  {
    const Turn turn(*this);
    before = events_.end();
    try {
      result = work();
    } catch (...) {
      result = translate_exception();
    }
    after = events_.end();
  }
  if (after != before) events_.deliver(after);
  return result;
}

std::optional<Error> Engine::repeated(const RequestId& request_id) {
  const auto version = find_request(request_id);
  if (!version) return version.error();
  if (!*version) return std::nullopt;
  return Error{Code::repeated_request,
               "this request was committed as version " + std::to_string((*version)->value),
               "request_id",
               {},
               {(*version)->value}};
}

Result<Version> Engine::write(const Actor& actor, Operation operation,
                              const std::optional<RequestId>& request_id, Decide decide) {
  return in_turn([&] { return try_write(actor, operation, request_id, decide); });
}

Result<Version> Engine::try_write(const Actor& actor, Operation operation,
                                  const std::optional<RequestId>& request_id, Decide decide) {
  for (int attempt = 0;; ++attempt) {
    if (auto error = not_open()) return *std::move(error);
    if (auto error = not_writable()) return *std::move(error);
    // The host's clock is host code, so it is called before other processes wait for the storage's
    // lock. A storage's clock is most accurate after a read from the storage.
    Timestamp now;
    if (host_clock_) now = clock_->now();
    StorageLock storage_lock(storage_.get());
    if (storage_) {
      // Before the lock, so that what the storage writes to make the outcome final is not rolled
      // back with the lock.
      if (auto resolved = resolve_pending(); !resolved) return std::move(resolved).error();
      if (auto ready = lock_and_catch_up(storage_lock); !ready) return std::move(ready).error();
    }
    if (!host_clock_) now = clock_->now();
    const auto time = batch_time(now);
    if (!time) return time.error();
    SEATBOOK_TRY(rules::refusal(*tables_, actor, operation));
    if (request_id) {
      if (auto error = repeated(*request_id)) return *std::move(error);
    }
    rules::Transaction transaction(*tables_, actor, time->at, time->now);
    if (auto decided = decide(transaction); !decided) return std::move(decided).error();
    if (transaction.empty()) return tables_->version;

    auto committed = commit(transaction, request_id);
    if (committed || committed.error().code != Code::conflict || attempt + 1 == max_attempts) {
      return committed;
    }
    storage_lock.unlock();
    back_off(attempt);
  }
}

/// Appends the transaction's batch to the storage and applies it to the tables. Requires
/// writer_mutex_ and the storage's lock.
Result<Version> Engine::commit(rules::Transaction& transaction,
                               const std::optional<RequestId>& request_id) {
  Batch batch;
  batch.base = tables_->version;
  batch.images = transaction.take();
  const Version next(batch.base.value + 1);
  const Seq before(tables_->history.size());
  if (storage_) {
    batch.token = request_id ? *request_id : tokens_.next();
    if (auto appended = append(batch); !appended) return std::move(appended).error();
  } else if (request_id) {
    requests_.prepare(*request_id);
  }
  const auto applied = change_tables([&] { return tables_->apply(std::move(batch.images), next); });
  if (!applied) {
    return Error{Code::internal,
                 "the tables rejected the book's own batch: " + applied.error().message};
  }
  if (!storage_ && request_id) requests_.remember(*request_id, next);
  queue_events(before, std::nullopt);
  return next;
}

/// Appends a batch. With storage_unknown the outcome is unknown, and `pending_` keeps the token so
/// that the next write resolves it; with any other error nothing was written.
Result<void> Engine::append(const Batch& batch) {
  auto appended =
      shielded<Result<void>>(Code::storage_unknown, [&] { return storage_->append(batch); });
  if (appended) return {};
  Error error = as_append_error(std::move(appended).error());
  if (error.code != Code::storage_unknown) return error;
  pending_ = batch.token;  // kept until the outcome is known, even if find() throws
  const auto found = shielded<Result<std::optional<Version>>>(
      Code::storage_unknown, [&] { return storage_->find(batch.token); });
  if (!found) return error;
  pending_.reset();
  if (*found && **found == Version(batch.base.value + 1)) return {};
  return Error{Code::storage_failed, "not written: " + error.message};
}

/// Queues the events and notifications of the history rows after `before`. With `only`, those of
/// that batch, because rows of other processes were read together with it. Requires writer_mutex_,
/// which keeps the queue in commit order.
void Engine::queue_events(Seq before, std::optional<Version> only) {
  if (!events_.has_listeners()) return;
  std::uint64_t first = before.value + 1;
  std::uint64_t last = tables_->history.size();
  if (only) {
    while (first <= last && tables_->history.batch(Seq(first)) < *only) ++first;
    while (first <= last && tables_->history.batch(Seq(last)) > *only) --last;
  }
  try {
    EventQueue::Batch batch;
    for (std::uint64_t seq = first; seq <= last; ++seq) {
      if (auto event = views::event_of(*tables_, Seq(seq))) {
        batch.emplace_back(*std::move(event));
      }
    }
    for (auto& notification : views::notifications_of(*tables_, Seq(first), Seq(last))) {
      batch.emplace_back(std::move(notification));
    }
    events_.push(std::move(batch));
  } catch (const std::bad_alloc&) {
    // The change is committed; events_after() returns the events.
    std::uint64_t lost = 0;
    for (std::uint64_t seq = first; seq <= last; ++seq) {
      lost += tables_->history.moves_a_seat(Seq(seq)) ? 1 : 0;
    }
    events_.count_dropped(lost);
  }
}

std::optional<Error> Engine::reach(Version version) {
  if (!version || this->version() >= version) return std::nullopt;
  if (auto refreshed = refresh(); !refreshed) return std::move(refreshed).error();
  if (this->version() >= version) return std::nullopt;
  return Error{Code::book_behind,
               "version " + std::to_string(version.value) + " has not been committed"};
}

Version Engine::version() const {
  if (forked()) return {};
  const std::shared_lock lock(tables_mutex_);
  return tables_ ? tables_->version : last_version_;
}

Result<Version> Engine::refresh() {
  return in_turn([this]() -> Result<Version> {
    if (auto error = not_open()) return *std::move(error);
    if (storage_) {
      if (auto resolved = resolve_pending(); !resolved) return std::move(resolved).error();
      if (auto caught = catch_up(); !caught) return std::move(caught).error();
    }
    return tables_->version;
  });
}

/// Converts the exception in flight to an error: no exception leaves the library.
Error Engine::translate_exception() const noexcept {
  if (state_.load() == State::needs_reopen) {
    return make_error(Code::book_needs_reopen,
                      "the book no longer matches its storage: close it and open it again");
  }
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return make_error(Code::out_of_memory, "out of memory");
  } catch (const std::exception& error) {
    return make_error(Code::internal, "unexpected: ", error.what());
  } catch (...) {
    return make_error(Code::internal, "an unexpected exception");
  }
}

Result<void> Engine::backup_to(const std::string& path) {
  try {
    if (auto error = check_caller()) return *std::move(error);
    std::shared_ptr<Storage> storage;
    {
      const Turn turn(*this);
      if (state_.load() == State::closed) return *not_open();
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
  std::unique_lock writer(writer_mutex_, std::defer_lock);
  if (in_callback()) {
    close_wanted_.store(true);
    for (const Turn* turn = Turn::innermost; turn != nullptr; turn = turn->outer_) {
      if (&turn->engine_ == this) return;  // the end of that turn closes the book
    }
    // This is another book on a storage whose lock this thread may hold. A thread that writes to
    // that book may be waiting for the lock; it closes the book when its turn ends.
    if (!writer.try_lock()) return;
  } else {
    writer.lock();
  }
  // Destroyed last, without a lock: the destructors of the storage and the clock are host code, and
  // large tables take long to destroy.
  std::shared_ptr<model::Tables> tables;
  RequestMemory requests;
  std::shared_ptr<Storage> storage;
  std::shared_ptr<Clock> clock;
  {
    const Turn turn(*this, std::move(writer));
    const std::lock_guard lock(tables_mutex_);
    state_.store(State::closed);
    if (tables_) last_version_ = tables_->version;
    tables.swap(tables_);
    std::swap(requests, requests_);
    storage.swap(storage_);
    clock.swap(clock_);
  }
  events_.close();
}

}  // namespace seatbook::detail

#include "book/engine.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <new>
#include <thread>
#include <vector>

#include "views/events.hpp"

namespace seatbook::detail {
namespace {

/// How far the last batch may be ahead of the clock (C52).
constexpr std::int64_t tolerated_clock_lag_us = 10LL * 60 * 1'000'000;

/// How often a write is decided anew because others were first. Somebody got through each time, so
/// only a storage that never takes anything wears this out.
constexpr int max_attempts = 200;

/// An error whose text may need more memory than there is; then it goes without.
template <class... Parts>
Error told(Code code, const Parts&... parts) noexcept {
  Error error;
  error.code = code;
  try {
    ((error.message += parts), ...);
  } catch (...) {
    error.message.clear();
  }
  return error;
}

/// Storages must not throw; what escapes one all the same becomes an error here.
template <class Answer, class Call>
Answer shielded(Code code, const Call& call) {
  try {
    return call();
  } catch (const std::exception& error) {
    return told(code, "the storage threw: ", error.what());
  } catch (...) {
    return told(code, "the storage threw an exception of unknown type");
  }
}

/// lock() and read() have written nothing, whatever they say.
Error as_read_error(Error error) {
  if (error.code != Code::storage_corrupt && error.code != Code::format_too_new) {
    error.code = Code::storage_failed;
  }
  return error;
}

/// append() may answer three codes; anything else is taken for the worst of them.
Error as_append_error(Error error) {
  if (error.code != Code::conflict && error.code != Code::storage_failed) {
    error.code = Code::storage_unknown;
  }
  return error;
}

/// The storage's writer lock for a scope. Without a storage, nothing.
class StorageLock {
 public:
  explicit StorageLock(Storage* storage) : storage_(storage) {}
  StorageLock(const StorageLock&) = delete;
  StorageLock& operator=(const StorageLock&) = delete;
  ~StorageLock() { unlock(); }

  Result<void> lock() {
    if (storage_ == nullptr) return {};
    auto locked = shielded<Result<void>>(Code::storage_failed, [this] { return storage_->lock(); });
    if (!locked) return as_read_error(std::move(locked).error());
    held_ = true;
    return {};
  }
  void unlock() noexcept {
    if (std::exchange(held_, false)) storage_->unlock();
  }

 private:
  Storage* storage_;
  bool held_ = false;
};

/// Takes what a storage reads. While a book is being opened, what comes in the order of kinds and
/// ids goes into the tables at once, so that nobody holds all records twice.
class Collector final : public RecordSink {
 public:
  explicit Collector(model::Tables* fresh_tables) : tables_(fresh_tables) {}

  // No exception may pass through the storage, whose frames need not be C++.
  Result<void> put(Put record) override {
    received = true;
    try {
      if (tables_ != nullptr) {
        const auto taken = tables_->take_early(record);
        if (!taken) {
          refusal = taken.error();
          return taken.error();
        }
        if (*taken) return {};
      }
      records.push_back(std::move(record));
      return {};
    } catch (const std::bad_alloc&) {
      refusal = Error{Code::out_of_memory, "out of memory"};
      return *refusal;
    }
  }
  bool received = false;
  std::vector<Put> records;
  std::optional<Error> refusal;  // ours, whatever the storage makes of it

 private:
  model::Tables* tables_;
};

/// The host's clock, or the one that the storage has for all machines, or this machine's.
std::shared_ptr<Clock> chosen_clock(std::shared_ptr<Clock> of_host, Storage* storage) {
  if (of_host) return of_host;
  std::shared_ptr<Clock> shared;
  try {
    if (storage != nullptr) shared = storage->clock();
  } catch (...) {
    shared.reset();  // a storage must not throw; one that does has no clock
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
      host_clock_(options.clock != nullptr),
      clock_(chosen_clock(std::move(options.clock), storage_.get())),
      allow_clock_behind_(options.allow_clock_behind),
      read_only_(options.read_only),
      events_(std::move(options.on_listener_error)) {}

Error Engine::out_of_memory() {
  return {Code::out_of_memory, "out of memory"};
}

std::optional<Error> Engine::not_here() const {
  if (!forked()) return std::nullopt;
  return Error{Code::book_forked, "this process is a fork of the one that opened the book"};
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
               "a change could not be taken in; close the book and open it again"};
}

Result<void> Engine::load() {
  const std::lock_guard writer(writer_mutex_);
  if (!storage_) return {};
  try {
    return catch_up(/*fresh=*/true);
  } catch (const std::bad_alloc&) {
    return out_of_memory();
  } catch (const std::exception& error) {
    return Error{Code::internal, std::string("unexpected: ") + error.what()};
  }
}

/// Tables that a change has left half-way are never looked at again.
template <class Change>
Result<void> Engine::change_tables(const Change& change) {
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

/// Takes in what others have appended; `fresh`: all there is, into tables that nobody reads yet and
/// that are given up where this fails. Called with writer_mutex_ held.
Result<void> Engine::catch_up(bool fresh) {
  Collector collector(fresh ? &tables_ : nullptr);
  auto read = shielded<Result<Version>>(Code::storage_failed,
                                        [&] { return storage_->read(tables_.version, collector); });
  if (collector.refusal) return *std::move(collector.refusal);
  if (!read) return as_read_error(std::move(read).error());
  if (*read == tables_.version && !collector.received) return {};
  if (*read <= tables_.version) {
    return Error{Code::storage_corrupt, "the storage's records do not fit its version: from " +
                                            std::to_string(tables_.version.value) + " to " +
                                            std::to_string(read->value)};
  }
  return change_tables([&] { return tables_.catch_up(std::move(collector.records), *read); });
}

/// Finds out what became of the batch whose fate is unknown. Called with writer_mutex_ held.
Result<void> Engine::resolve_pending() {
  if (!pending_) return {};
  const auto found = shielded<Result<std::optional<Version>>>(
      Code::storage_unknown, [this] { return storage_->find(*pending_); });
  if (!found) {
    return Error{
        Code::storage_unknown,
        "it is still unknown whether an earlier change was written: " + found.error().message};
  }
  const Seq before(tables_.history.size());
  if (*found && **found > tables_.version) {
    if (auto caught = catch_up(); !caught) return caught;
    pending_.reset();
    tell_commit(before, *found);
    return {};
  }
  pending_.reset();
  return {};
}

Result<Engine::BatchTime> Engine::batch_time(Timestamp now) const {
  if (!now.in_range()) {
    return Error{Code::date_out_of_range, "the clock stands outside the years 1970 to 2200",
                 "clock"};
  }
  const Timestamp last = tables_.history.last_at();
  if (last.us - now.us > tolerated_clock_lag_us && !allow_clock_behind_) {
    return Error{Code::clock_behind, "the clock stands at " + now.to_string() +
                                         ", the last batch was written at " + last.to_string()};
  }
  return BatchTime{now, std::max(now, last)};
}

Result<std::optional<Version>> Engine::find_request(const RequestId& request_id) {
  if (!storage_) return requests_.find(request_id);
  auto found = shielded<Result<std::optional<Version>>>(Code::storage_failed,
                                                        [&] { return storage_->find(request_id); });
  // Whatever the storage says, this call has written nothing.
  if (!found) found = Error{Code::storage_failed, found.error().message};
  return found;
}

Result<Version> Engine::write(const Actor& actor, Operation operation,
                              const std::optional<RequestId>& request_id, Decide decide) {
  if (auto error = not_here()) return *std::move(error);
  Result<Version> result = Error{};
  {
    const std::lock_guard writer(writer_mutex_);
    try {
      result = try_write(actor, operation, request_id, decide);
    } catch (...) {
      result = caught();
    }
  }
  events_.deliver();
  return result;
}

Result<Version> Engine::try_write(const Actor& actor, Operation operation,
                                  const std::optional<RequestId>& request_id, Decide decide) {
  for (int attempt = 0;; ++attempt) {
    if (auto error = not_open()) return *std::move(error);
    if (read_only_) return Error{Code::book_read_only, "the book was opened for reading only"};
    // The host's clock is the host's code, which nobody else's write shall wait for. A storage's is
    // best after a look at the storage.
    Timestamp now;
    if (host_clock_) now = clock_->now();
    StorageLock storage_lock(storage_.get());
    if (storage_) {
      // Before the lock, so that what a storage does to make its answer final is not undone with
      // it.
      if (auto resolved = resolve_pending(); !resolved) return std::move(resolved).error();
      if (auto locked = storage_lock.lock(); !locked) return std::move(locked).error();
      if (auto caught = catch_up(); !caught) return std::move(caught).error();
    }
    if (!host_clock_) now = clock_->now();
    const auto time = batch_time(now);
    if (!time) return time.error();
    if (auto error = rules::refusal(tables_, actor, operation)) return *std::move(error);
    if (request_id) {
      const auto repeated = find_request(*request_id);
      if (!repeated) return repeated.error();
      if (*repeated) {
        return Error{Code::repeated_request,
                     "version " + std::to_string((*repeated)->value) + " carried this request out",
                     "request_id",
                     -1,
                     {(*repeated)->value}};
      }
    }
    rules::Draft draft(tables_, actor, time->at, time->now);
    if (auto decided = decide(draft); !decided) return std::move(decided).error();
    if (draft.empty()) return tables_.version;

    auto committed = commit(draft, request_id);
    if (committed || committed.error().code != Code::conflict || attempt + 1 == max_attempts) {
      return committed;
    }
    storage_lock.unlock();
    back_off(attempt);
  }
}

/// Appends and applies what was decided. Called with writer_mutex_ and the storage's lock held.
Result<Version> Engine::commit(rules::Draft& draft, const std::optional<RequestId>& request_id) {
  Batch batch;
  batch.base = tables_.version;
  batch.puts = draft.take();
  const Version next(batch.base.value + 1);
  const Seq before(tables_.history.size());
  if (storage_) {
    batch.token = request_id ? *request_id : tokens_.next();
    if (auto appended = append(batch); !appended) return std::move(appended).error();
  } else if (request_id) {
    requests_.prepare(*request_id);
  }
  const auto applied = change_tables([&] { return tables_.apply(std::move(batch.puts), next); });
  if (!applied) {
    return Error{Code::internal, "the book's own batch was refused: " + applied.error().message};
  }
  if (!storage_ && request_id) requests_.remember(*request_id, next);
  tell_commit(before, std::nullopt);
  return next;
}

/// Success, or nothing was written, or nobody knows: then the book remembers to find out.
Result<void> Engine::append(const Batch& batch) {
  auto appended =
      shielded<Result<void>>(Code::storage_unknown, [&] { return storage_->append(batch); });
  if (appended) return {};
  Error error = as_append_error(std::move(appended).error());
  if (error.code != Code::storage_unknown) return error;
  pending_ = batch.token;  // until there is an answer, whatever happens on the way to it
  const auto found = shielded<Result<std::optional<Version>>>(
      Code::storage_unknown, [&] { return storage_->find(batch.token); });
  if (!found) return error;
  pending_.reset();
  if (*found && **found == Version(batch.base.value + 1)) return {};
  return Error{Code::storage_failed, "not written: " + error.message};
}

/// Queues the events and notifications of history rows after `before`; of one batch only, where
/// others' rows came in with it. Called with writer_mutex_ held, so that the queue is in commit
/// order.
void Engine::tell_commit(Seq before, std::optional<Version> only) {
  if (!events_.has_listeners()) return;
  try {
    std::uint64_t first = before.value + 1;
    std::uint64_t last = tables_.history.size();
    if (only) {
      while (first <= last && tables_.history.batch(Seq(first)) < *only) ++first;
      while (first <= last && tables_.history.batch(Seq(last)) > *only) --last;
    }
    for (std::uint64_t seq = first; seq <= last; ++seq) {
      if (auto event = views::event_of(tables_, Seq(seq))) events_.push(*std::move(event));
    }
    for (auto& notification : views::notifications_of(tables_, Seq(first), Seq(last))) {
      events_.push(std::move(notification));
    }
  } catch (const std::bad_alloc&) {
    events_.count_failure();  // the change stands; a dispatcher that pulls will find it
  }
}

std::optional<Error> Engine::reach(Version version) {
  if (!version || this->version() >= version) return std::nullopt;
  if (auto refreshed = refresh(); !refreshed) return std::move(refreshed).error();
  if (this->version() >= version) return std::nullopt;
  return Error{Code::book_behind, "nobody has committed version " + std::to_string(version.value)};
}

Version Engine::version() const {
  if (forked()) return {};
  const std::shared_lock lock(tables_mutex_);
  return tables_.version;
}

Result<Version> Engine::refresh() {
  if (auto error = not_here()) return *std::move(error);
  Result<Version> result = Error{};
  {
    const std::lock_guard writer(writer_mutex_);
    try {
      result = [this]() -> Result<Version> {
        if (auto error = not_open()) return *std::move(error);
        if (storage_) {
          if (auto resolved = resolve_pending(); !resolved) return std::move(resolved).error();
          if (auto caught = catch_up(); !caught) return std::move(caught).error();
        }
        return tables_.version;
      }();
    } catch (...) {
      result = caught();
    }
  }
  events_.deliver();
  return result;
}

/// What the exception in flight becomes: none leaves the library.
Error Engine::caught() const noexcept {
  if (state_.load() == State::needs_reopen) {
    return told(Code::book_needs_reopen, "a change could not be taken in; open the book again");
  }
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return told(Code::out_of_memory, "out of memory");
  } catch (const std::exception& error) {
    return told(Code::internal, "unexpected: ", error.what());
  } catch (...) {
    return told(Code::internal, "an unexpected exception");
  }
}

Result<void> Engine::backup_to(const std::string& path) {
  try {
    if (auto error = not_here()) return *std::move(error);
    std::shared_ptr<Storage> storage;
    {
      const std::lock_guard writer(writer_mutex_);
      if (state_.load() == State::closed) return *not_open();
      storage = storage_;
    }
    if (!storage) {
      return Error{Code::unsupported_storage, "a book in memory only has nothing to copy"};
    }
    return shielded<Result<void>>(Code::storage_failed, [&] { return storage->backup_to(path); });
  } catch (...) {
    return caught();
  }
}

void Engine::close() {
  if (forked()) return;  // the locks may be held by threads that are not here
  // What the host gave is let go under no lock: its destructors are the host's code.
  std::shared_ptr<Storage> storage;
  {
    const std::lock_guard writer(writer_mutex_);
    const std::lock_guard lock(tables_mutex_);
    state_.store(State::closed);
    storage.swap(storage_);
  }
  events_.drop_listeners();
}

}  // namespace seatbook::detail

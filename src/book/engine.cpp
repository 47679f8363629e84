#include "book/engine.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <limits>
#include <new>
#include <thread>
#include <tuple>
#include <variant>
#include <vector>

#include "views/events.hpp"

namespace seatbook::detail {
namespace {

/// How far the last batch may be ahead of the clock (C52).
constexpr std::int64_t tolerated_clock_lag_us = 10LL * 60 * 1'000'000;

/// How often a write is decided anew because others were first. Somebody got through each time, so
/// only a storage that never takes anything wears this out.
constexpr int max_attempts = 200;

/// More records than these are not taken in under the storage's lock, which other machines wait
/// for.
constexpr std::size_t records_under_lock = 1'000;
constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();
/// How often the storage's lock is released for that. Others may write as much again meanwhile; at
/// last everything is taken in under the lock.
constexpr int catch_ups_without_lock = 3;

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
template <class Value, class Call>
Value shielded(Code code, const Call& call) {
  try {
    return call();
  } catch (const std::exception& error) {
    return told(code, "the storage threw: ", error.what());
  } catch (...) {
    return told(code, "the storage threw an exception of unknown type");
  }
}

/// read() has written nothing, whatever it says.
Error as_read_error(Error error) {
  if (error.code != Code::storage_corrupt && error.code != Code::format_too_new) {
    error.code = Code::storage_failed;
  }
  return error;
}

/// As of read(), but that the storage may have stopped taking changes.
Error as_lock_error(Error error) {
  if (error.code == Code::book_needs_reopen) return error;
  return as_read_error(std::move(error));
}

/// append() may return four codes; anything else is taken for the worst of them.
Error as_append_error(Error error) {
  if (error.code != Code::conflict && error.code != Code::storage_failed &&
      error.code != Code::book_needs_reopen) {
    error.code = Code::storage_unknown;
  }
  return error;
}

}  // namespace

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
    if (!locked) return as_lock_error(std::move(locked).error());
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

namespace {

/// Takes what a storage reads, up to `limit` records. While a book is being opened, what comes in
/// the order of kinds and ids goes into the tables at once, so that no record is held twice.
class Collector final : public RecordSink {
 public:
  explicit Collector(model::Tables* fresh_tables, std::size_t limit = no_limit)
      : tables_(fresh_tables), limit_(limit) {}

  // No exception may pass through the storage, whose frames need not be C++.
  Result<void> accept(RecordImage record) override {
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
      if (records.size() == limit_) {
        too_many = true;
        return Error{Code::storage_failed, "too many records to be taken in under a lock"};
      }
      records.push_back(std::move(record));
      return {};
    } catch (const std::bad_alloc&) {
      refusal = Error{Code::out_of_memory, "out of memory"};
      return *refusal;
    }
  }
  bool received = false;
  bool too_many = false;  // whatever the storage makes of it
  std::vector<RecordImage> records;
  std::optional<Error> refusal;  // ours, whatever the storage makes of it

 private:
  model::Tables* tables_;
  std::size_t limit_;
};

bool equal(const HistoryRow& a, const HistoryRow& b) {
  const auto members = [](const HistoryRow& row) {
    return std::tie(row.seq, row.batch, row.at, row.actor, row.kind, row.license, row.person,
                    row.assignment, row.counterpart, row.before, row.after);
  };
  return members(a) == members(b);
}

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
      storage_id_(storage_.get()),
      host_clock_(options.clock != nullptr),
      clock_(chosen_clock(std::move(options.clock), storage_.get())),
      allow_clock_behind_(options.allow_clock_behind),
      read_only_(options.read_only),
      events_(std::move(options.on_listener_error)) {}

thread_local const Engine::Turn* Engine::Turn::innermost = nullptr;

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

Error Engine::out_of_memory() {
  return {Code::out_of_memory, "out of memory"};
}

std::optional<Error> Engine::check_caller() const {
  if (forked()) {
    return Error{Code::book_forked, "this process is a fork of the one that opened the book"};
  }
  if (in_callback()) {
    return Error{Code::invalid_argument,
                 "a storage or a clock cannot use the book that is calling it"};
  }
  return std::nullopt;
}

std::optional<Error> Engine::not_writable() const {
  if (!read_only_) return std::nullopt;
  return Error{Code::book_read_only, "the book was opened for reading only"};
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

Result<void> Engine::load() {
  if (auto error = check_caller()) return *std::move(error);
  const Turn turn(*this);
  if (!storage_) return {};
  try {
    auto caught = catch_up(no_limit, /*fresh=*/true);
    if (!caught) return std::move(caught).error();
    return {};
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

/// Takes in what others have appended. Returns false, and has taken in nothing, if there are more
/// than `limit` records. Called with writer_mutex_ held.
Result<bool> Engine::catch_up(std::size_t limit, bool fresh) {
  // No reader sees these tables yet, and they are discarded if this fails.
  Collector collector(fresh ? tables_.get() : nullptr, limit);
  auto read = shielded<Result<Version>>(
      Code::storage_failed, [&] { return storage_->read(tables_->version, collector); });
  if (collector.too_many) return false;
  if (collector.refusal) return *std::move(collector.refusal);
  if (!read && read.error().code == Code::book_needs_reopen) {
    if (fresh) return std::move(read).error();
    if (limit != no_limit) return false;  // too long for a read under the lock
    if (auto anew = read_anew(); !anew) return std::move(anew).error();
    return true;
  }
  if (!read) return as_read_error(std::move(read).error());
  if (*read == tables_->version && !collector.received) return true;
  if (*read <= tables_->version) {
    return Error{Code::storage_corrupt, "the storage's records do not fit its version: from " +
                                            std::to_string(tables_->version.value) + " to " +
                                            std::to_string(read->value)};
  }
  auto changed =
      change_tables([&] { return tables_->catch_up(std::move(collector.records), *read); });
  if (!changed) return std::move(changed).error();
  return true;
}

Result<void> Engine::catch_up() {
  auto caught = catch_up(no_limit);
  if (!caught) return std::move(caught).error();
  return {};
}

/// Takes the storage's lock, and in what others have committed. A long catch-up is made without the
/// lock, because the writers of other processes wait for it.
Result<void> Engine::lock_and_catch_up(StorageLock& storage_lock) {
  for (int released = 0;; ++released) {
    if (auto locked = storage_lock.lock(); !locked) return locked;
    const auto caught = catch_up(released < catch_ups_without_lock ? records_under_lock : no_limit);
    if (!caught) return caught.error();
    if (*caught) return {};
    storage_lock.unlock();
    if (auto all = catch_up(); !all) return all;
  }
}

/// The storage cannot say that its records follow this book's version: reads all of them, and takes
/// them in if their history begins with this book's. Otherwise the book is of no further use: two
/// histories are never mixed. Called with writer_mutex_ held.
Result<void> Engine::read_anew() {
  Collector collector(nullptr);
  auto read = shielded<Result<Version>>(Code::storage_failed,
                                        [&] { return storage_->read(Version(), collector); });
  if (collector.refusal) return *std::move(collector.refusal);
  if (!read && read.error().code != Code::book_needs_reopen) {
    return as_read_error(std::move(read).error());
  }
  std::uint64_t known = 0;
  const auto is_known = [&](const RecordImage& image) {
    const auto* row = std::get_if<HistoryRow>(&image);
    if (row == nullptr || row->seq.value > tables_->history.size()) return false;
    if (!row->seq || !equal(tables_->history.row(row->seq), *row)) return false;
    ++known;
    return true;
  };
  std::erase_if(collector.records, is_known);
  if (!read || *read < tables_->version || known != tables_->history.size()) {
    state_.store(State::needs_reopen);
    if (!read) return std::move(read).error();
    return Error{Code::book_needs_reopen,
                 "the storage's history is not the one that this book has read: was it put back to "
                 "an older state? Close the book and open it again"};
  }
  return change_tables([&] { return tables_->catch_up(std::move(collector.records), *read); });
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
  const Seq before(tables_->history.size());
  if (*found && **found > tables_->version) {
    if (auto caught = catch_up(); !caught) return caught;
    pending_.reset();
    queue_events(before, *found);
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
  const Timestamp last = tables_->history.last_at();
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
    return rules::refusal(*tables_, actor, operation);
  };
  auto refused = check();
  // Another process may have given the permission.
  if (refused && refused->code == Code::permission_denied && storage_id_ != nullptr) {
    if (auto refreshed = refresh(); !refreshed) return std::move(refreshed).error();
    refused = check();
  }
  if (refused || !request_id) return refused;
  const Turn turn(*this);
  if (auto error = not_open()) return error;
  return pending_ ? std::nullopt : repeated(*request_id);  // looked up again with the commit
}

/// The clock is the host's code, so it is called under no lock.
Result<Timestamp> Engine::clock_time() const {
  try {
    if (auto error = check_caller()) return *std::move(error);
    std::shared_ptr<Clock> clock;
    {
      const std::shared_lock lock(tables_mutex_);
      if (auto error = not_open()) return *std::move(error);
      clock = clock_;
    }
    return clock->now();
  } catch (...) {
    return caught();
  }
}

/// Runs `work` with the right to write, and publishes the events of what it commits.
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
      result = caught();
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
               "version " + std::to_string((*version)->value) + " carried this request out",
               "request_id",
               -1,
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
    // The host's clock is the host's code, which nobody else's write shall wait for. A storage's is
    // best after a look at the storage.
    Timestamp now;
    if (host_clock_) now = clock_->now();
    StorageLock storage_lock(storage_.get());
    if (storage_) {
      // Before the lock, so that what a storage does to make its answer final is not undone with
      // it.
      if (auto resolved = resolve_pending(); !resolved) return std::move(resolved).error();
      if (auto ready = lock_and_catch_up(storage_lock); !ready) return std::move(ready).error();
    }
    if (!host_clock_) now = clock_->now();
    const auto time = batch_time(now);
    if (!time) return time.error();
    if (auto error = rules::refusal(*tables_, actor, operation)) return *std::move(error);
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

/// Appends and applies what was decided. Called with writer_mutex_ and the storage's lock held.
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
    return Error{Code::internal, "the book's own batch was refused: " + applied.error().message};
  }
  if (!storage_ && request_id) requests_.remember(*request_id, next);
  queue_events(before, std::nullopt);
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
  return Error{Code::book_behind, "nobody has committed version " + std::to_string(version.value)};
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

/// What the exception in flight becomes: none leaves the library.
Error Engine::caught() const noexcept {
  if (state_.load() == State::needs_reopen) {
    return told(Code::book_needs_reopen,
                "the book no longer matches its storage: close it and open it again");
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
    if (auto error = check_caller()) return *std::move(error);
    std::shared_ptr<Storage> storage;
    {
      const Turn turn(*this);
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
  std::unique_lock writer(writer_mutex_, std::defer_lock);
  if (in_callback()) {
    close_wanted_.store(true);
    for (const Turn* turn = Turn::innermost; turn != nullptr; turn = turn->outer_) {
      if (&turn->engine_ == this) return;  // the end of that turn closes the book
    }
    // Another book on the storage whose lock this thread may hold: a thread that has the turn there
    // may be waiting for that lock. It closes the book when its turn ends.
    if (!writer.try_lock()) return;
  } else {
    writer.lock();
  }
  // Destroyed last, under no lock: destructors of the storage and the clock are host code, and
  // those of large tables take long.
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

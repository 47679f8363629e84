// Reading from the storage: when a book is opened, and what other processes have written since.
#include <cstdint>
#include <limits>
#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "book/engine.hpp"
#include "book/storage_calls.hpp"
#include "seatbook/describe.hpp"
#include "types/try.hpp"

namespace seatbook::detail {
namespace {

/// Limit on the records read under the storage's lock, which other machines wait for.
constexpr std::size_t records_under_lock = 1'000;
constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();
/// How often the storage's lock is released for a longer catch-up. Other processes may write as
/// much again meanwhile; after that, everything is read under the lock.
constexpr int catch_ups_without_lock = 3;

/// Collects the records that a storage reads, up to `limit`. While a book is being opened, records
/// that arrive in the order of kinds and ids go directly into the tables, which saves a copy.
class Collector final : public RecordSink {
 public:
  explicit Collector(model::Tables* fresh_tables, std::size_t limit = no_limit)
      : tables_(fresh_tables), limit_(limit) {}

  // No exception may propagate through the storage, whose frames may not be C++.
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
        return Error{Code::storage_failed, "too many records to read under the storage's lock"};
      }
      records.push_back(std::move(record));
      return {};
    } catch (const std::bad_alloc&) {
      refusal = Error{Code::out_of_memory, "out of memory"};
      return *refusal;
    }
  }
  bool received = false;
  bool too_many = false;  // set even if the storage ignores the error of accept()
  std::vector<RecordImage> records;
  std::optional<Error> refusal;  // the error of accept(), even if the storage ignores it

 private:
  model::Tables* tables_;
  std::size_t limit_;
};

/// Whether the first rows of a history are all rows of another one.
bool starts_with(const model::HistoryTable& history, const model::HistoryTable& known) {
  if (history.size() < known.size()) return false;
  for (Seq seq(1); seq.value <= known.size(); ++seq.value) {
    if (history.row(seq) != known.row(seq)) return false;
  }
  return true;
}

}  // namespace

Result<void> Engine::load() {
  SEATBOOK_TRY(check_caller());
  const Turn turn(*this);
  try {
    if (storage_) {
      SEATBOOK_TRY(catch_up(no_limit, Into::fresh_tables));
    }
    meter_.start_log();
    return {};
  } catch (...) {
    return error_in_flight();  // the book is discarded
  }
}

/// Applies what other processes have written. Requires the turn.
Result<Version> Engine::read_newer() {
  SEATBOOK_TRY(check_open());
  if (storage_) {
    SEATBOOK_TRY(resolve());
    SEATBOOK_TRY(catch_up());
  }
  return tables_->version;
}

/// Reads what other processes have appended, and applies it. `Into::group`: the group rests on it
/// instead, without a sync, if a view covers it. Returns false, and applies nothing, if there are
/// more than `limit` records. Requires the turn.
Result<bool> Engine::catch_up(std::size_t limit, Into into) {
  // Fresh tables are not yet visible to readers, and are discarded on failure.
  const bool fresh = into == Into::fresh_tables;
  Collector collector(fresh ? tables_.get() : nullptr, limit);
  auto read = measured<Result<Version>>(meter_, StorageCall::read, Code::storage_failed, [&] {
    return storage_->read(tables_->version, collector);
  });
  if (collector.too_many) return false;
  if (collector.refusal) return *std::move(collector.refusal);
  if (!read && read.error().code == Code::book_needs_reopen) {
    if (fresh) return std::move(read).error();
    if (limit != no_limit) return false;  // rereading takes too long under the lock
    SEATBOOK_TRY(reread());
    return true;
  }
  if (!read) return meter_.failed(StorageCall::read, as_read_error(std::move(read).error()));
  if (*read == tables_->version && !collector.received) return true;
  if (*read <= tables_->version) {
    return Error{Code::storage_corrupt,
                 "the storage returned records without a newer version: from " +
                     std::to_string(tables_->version.value) + " to " + std::to_string(read->value)};
  }
  if (into == Into::group && rules::View::covers(*tables_, collector.records)) {
    group_.rest_on({std::move(collector.records), *read});
    return true;
  }
  SEATBOOK_TRY(sync());
  SEATBOOK_TRY(
      change_tables([&] { return tables_->catch_up(std::move(collector.records), *read); }));
  return true;
}

Result<void> Engine::catch_up() {
  SEATBOOK_TRY(catch_up(no_limit, Into::tables));
  return {};
}

/// Makes what was read durable. Readers see nothing that a crash could undo.
Result<void> Engine::sync() {
  auto synced = measured<Result<void>>(meter_, StorageCall::sync, Code::storage_failed,
                                       [this] { return storage_->sync(); });
  if (!synced) return meter_.failed(StorageCall::sync, as_lock_error(std::move(synced).error()));
  return {};
}

/// Returns how many of the unresolved batches were written: all, or the first ones if the storage
/// does not write groups atomically.
Result<std::size_t> Engine::count_written() {
  for (std::size_t count = unresolved_.size(); count > 0; --count) {
    const auto found = measured<Result<std::optional<Version>>>(
        meter_, StorageCall::find, Code::storage_unknown,
        [&] { return storage_->find(unresolved_[count - 1]); });
    if (!found) return meter_.failed(StorageCall::find, found.error());
    if (*found == Version(unresolved_base_.value + count)) return count;
  }
  return std::size_t{0};
}

void Engine::resolved(bool written) {
  unresolved_.clear();
  meter_.outcome_resolved(written);
}

/// Takes the storage's lock and catches up with other processes. A long catch-up runs without the
/// lock, because writers of other processes wait for it.
Result<void> Engine::lock_and_catch_up(StorageLock& storage_lock, Into into) {
  for (int released = 0;; ++released) {
    SEATBOOK_TRY(storage_lock.lock());
    const bool bounded = released < catch_ups_without_lock;
    SEATBOOK_TRY(const bool caught_up,
                 catch_up(bounded ? records_under_lock : no_limit, bounded ? into : Into::tables));
    if (caught_up) return {};
    storage_lock.unlock();
    SEATBOOK_TRY(catch_up());
  }
}

/// Called if the storage cannot confirm that its records continue this book's version. Reads all
/// records into fresh tables, which replace those of the book if their history starts with the
/// book's history. Otherwise the book enters the failed state, because two histories must not be
/// mixed. Requires the turn.
Result<void> Engine::reread() {
  meter_.reread();
  auto tables = std::make_shared<model::Tables>();
  Collector collector(tables.get());
  auto read = measured<Result<Version>>(meter_, StorageCall::read, Code::storage_failed,
                                        [&] { return storage_->read(Version(), collector); });
  if (!read && !collector.refusal && read.error().code != Code::book_needs_reopen) {
    return meter_.failed(StorageCall::read, as_read_error(std::move(read).error()));
  }
  Result<void> filled;
  if (collector.refusal) {
    filled = *std::move(collector.refusal);
  } else if (!read) {
    filled = read.error();
  } else if (*read >= tables_->version) {
    filled = tables->catch_up(std::move(collector.records), *read);
  }
  if (filled && (*read < tables_->version || !starts_with(tables->history, tables_->history))) {
    filled = Error{Code::book_needs_reopen,
                   "the storage's history differs from the one that this book has read, as after a "
                   "restore of an older state: close the book and open it again"};
  }
  if (!filled) {
    if (filled.error().code != Code::out_of_memory) state_.store(State::needs_reopen);
    return filled;
  }
  SEATBOOK_TRY(sync());
  // A query that runs in slices continues with the tables that it began with.
  return change_tables([&]() -> Result<void> {
    tables_.swap(tables);
    return {};
  });
}

/// Resolves the batches with an unknown outcome, if any. Requires the turn.
Result<void> Engine::resolve() {
  if (unresolved_.empty()) return {};
  const auto written = count_written();
  if (!written) {
    return Error{Code::storage_unknown,
                 "the outcome of an earlier change is still unknown: " + written.error().message};
  }
  if (*written > 0) {
    std::uint64_t first = tables_->history.size() + 1;
    SEATBOOK_TRY(catch_up());
    // Rows of other processes were read with them.
    const Version last_version(unresolved_base_.value + *written);
    std::uint64_t last = tables_->history.size();
    while (first <= last && tables_->history.batch(Seq(first)) <= unresolved_base_) ++first;
    while (first <= last && tables_->history.batch(Seq(last)) > last_version) --last;
    queue_events(Seq(first), Seq(last));
  }
  resolved(*written > 0);
  return {};
}

}  // namespace seatbook::detail

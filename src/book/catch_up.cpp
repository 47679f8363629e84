// Reading from the storage: when a book is opened, and what other processes have written since.
#include <cstdint>
#include <limits>
#include <new>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "book/engine.hpp"
#include "book/storage_calls.hpp"
#include "seatbook/describe.hpp"

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

}  // namespace

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

/// Applies what other processes have appended. Returns false, and applies nothing, if there are
/// more than `limit` records. Requires writer_mutex_.
Result<bool> Engine::catch_up(std::size_t limit, bool fresh) {
  // Fresh tables are not yet visible to readers, and are discarded on failure.
  Collector collector(fresh ? tables_.get() : nullptr, limit);
  auto read = shielded<Result<Version>>(
      Code::storage_failed, [&] { return storage_->read(tables_->version, collector); });
  if (collector.too_many) return false;
  if (collector.refusal) return *std::move(collector.refusal);
  if (!read && read.error().code == Code::book_needs_reopen) {
    if (fresh) return std::move(read).error();
    if (limit != no_limit) return false;  // rereading takes too long under the lock
    if (auto read_again = reread(); !read_again) return std::move(read_again).error();
    return true;
  }
  if (!read) return as_read_error(std::move(read).error());
  if (*read == tables_->version && !collector.received) return true;
  if (*read <= tables_->version) {
    return Error{Code::storage_corrupt,
                 "the storage returned records without a newer version: from " +
                     std::to_string(tables_->version.value) + " to " + std::to_string(read->value)};
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

/// Takes the storage's lock and applies what other processes have committed. A long catch-up runs
/// without the lock, because writers of other processes wait for it.
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

/// Called if the storage cannot confirm that its records continue this book's version. Reads all
/// records, and applies them if their history starts with this book's history. Otherwise the book
/// enters the failed state, because two histories must not be mixed. Requires writer_mutex_.
Result<void> Engine::reread() {
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
    if (!row->seq || tables_->history.row(row->seq) != *row) return false;
    ++known;
    return true;
  };
  std::erase_if(collector.records, is_known);
  if (!read || *read < tables_->version || known != tables_->history.size()) {
    state_.store(State::needs_reopen);
    if (!read) return std::move(read).error();
    return Error{Code::book_needs_reopen,
                 "the storage's history differs from the one that this book has read, as after a "
                 "restore of an older state: close the book and open it again"};
  }
  return change_tables([&] { return tables_->catch_up(std::move(collector.records), *read); });
}

/// Resolves the batch with an unknown outcome, if any. Requires writer_mutex_.
Result<void> Engine::resolve_pending() {
  if (!pending_) return {};
  const auto found = shielded<Result<std::optional<Version>>>(
      Code::storage_unknown, [this] { return storage_->find(*pending_); });
  if (!found) {
    return Error{Code::storage_unknown,
                 "the outcome of an earlier change is still unknown: " + found.error().message};
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

}  // namespace seatbook::detail

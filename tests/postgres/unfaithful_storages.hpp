/// Storages that wrap another one: an unreliable one and four faulty ones. The checker of the
/// workers' calls (checker.py) must accept the first and reject each of the four; see
/// unfaithful_test.py and clients_test.py.
#ifndef SEATBOOK_TESTS_POSTGRES_UNFAITHFUL_STORAGES_HPP_
#define SEATBOOK_TESTS_POSTGRES_UNFAITHFUL_STORAGES_HPP_

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "storage/storage_kinds.hpp"

namespace seatbook::testing {

/// Discards records, for reads that need only the version.
class NoRecords final : public RecordSink {
  Result<void> accept(RecordImage /*record*/) override { return {}; }
};

/// A source of random decisions. Not thread-safe: each storage has a separate one.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}
  bool one_in(unsigned n) { return random_() % n == 0; }

 private:
  std::mt19937_64 random_;
};

/// Satisfies the contract, but fails calls and loses responses: some appends end with an unknown
/// outcome, and find() may fail too.
class Unreliable final : public ForwardingStorage {
 public:
  Unreliable(StoragePointer inner, std::uint64_t seed)
      : ForwardingStorage(std::move(inner)), chance_(seed) {}

  Result<Version> read(Version after, RecordSink& sink) override {
    if (chance_.one_in(200))
      return Error{Code::storage_failed, "the connection was lost before the request was read"};
    return ForwardingStorage::read(after, sink);
  }
  Result<void> append(const Batch& batch) override {
    if (chance_.one_in(50))
      return Error{Code::storage_failed, "the connection was lost before the request was sent"};
    if (!chance_.one_in(20)) return ForwardingStorage::append(batch);
    if (chance_.one_in(2)) {
      if (auto appended = ForwardingStorage::append(batch); !appended) return appended;
    }
    return Error{Code::storage_unknown, "the response was lost"};
  }
  Result<std::optional<Version>> find(const Token& token) override {
    if (chance_.one_in(2)) return Error{Code::storage_unknown, "the connection was lost"};
    return ForwardingStorage::find(token);
  }

 private:
  Chance chance_;
};

/// Faulty: writes a batch even if its base version is stale, like a storage that relies on a lock
/// which it may have lost.
class WritesWithoutComparing final : public ForwardingStorage {
 public:
  WritesWithoutComparing(StoragePointer inner, std::uint64_t /*seed*/)
      : ForwardingStorage(std::move(inner)) {}
  Result<void> lock() override { return {}; }
  void unlock() noexcept override {}
  Result<void> append(const Batch& batch) override {
    // Lets other threads write between the decision and the append, so that the fault shows.
    std::this_thread::sleep_for(std::chrono::microseconds(200));
    Batch forced = batch;
    for (;;) {
      auto appended = ForwardingStorage::append(forced);
      if (appended || appended.error().code != Code::conflict) return appended;
      NoRecords none;
      const auto version = ForwardingStorage::read(batch.base, none);
      if (!version) return version.error();
      forced.base = *version;
    }
  }
};

/// Faulty: reports that a batch was written when it was lost.
class LosesAfterAnUnknownOutcome final : public ForwardingStorage {
 public:
  LosesAfterAnUnknownOutcome(StoragePointer inner, std::uint64_t seed)
      : ForwardingStorage(std::move(inner)), chance_(seed) {}
  Result<void> append(const Batch& batch) override {
    if (!chance_.one_in(40)) return ForwardingStorage::append(batch);
    lost_ = batch;
    return Error{Code::storage_unknown, "the response was lost"};
  }
  Result<std::optional<Version>> find(const Token& token) override {
    if (lost_ && lost_->token == token) return std::optional(Version(lost_->base.value + 1));
    return ForwardingStorage::find(token);
  }

 private:
  Chance chance_;
  std::optional<Batch> lost_;
};

/// Faulty: reports a conflict for a batch that was written, so that it is decided and written
/// again.
class AppliesTwice final : public ForwardingStorage {
 public:
  AppliesTwice(StoragePointer inner, std::uint64_t seed)
      : ForwardingStorage(std::move(inner)), chance_(seed) {}
  Result<void> append(const Batch& batch) override {
    auto appended = ForwardingStorage::append(batch);
    if (appended && chance_.one_in(2)) return Error{Code::conflict, "try again"};
    return appended;
  }
  // Never finds the first write of the request.
  Result<std::optional<Version>> find(const Token& /*token*/) override {
    return std::optional<Version>();
  }

 private:
  Chance chance_;
};

/// Faulty: only two of eight reads return the batches of other books. The version check keeps
/// successful commands correct, but refusals are based on an old state. Counts reads instead of
/// time, so that the fault does not depend on the machine's load. Two in a row, because a book that
/// is more than 1,000 records behind reads again without the lock.
class RefusesFromAnOldState final : public ForwardingStorage {
 public:
  RefusesFromAnOldState(StoragePointer inner, std::uint64_t /*seed*/)
      : ForwardingStorage(std::move(inner)) {}
  Result<Version> read(Version after, RecordSink& sink) override {
    if (after && ++reads_ % 8 > 1) return after;
    return ForwardingStorage::read(after, sink);
  }

 private:
  unsigned reads_ = 0;
};

/// Wraps `inner` in the storage of that name. Returns `inner` if the name is empty.
inline StoragePointer unfaithful(const std::string& name, StoragePointer inner,
                                 std::uint64_t seed) {
  if (name.empty()) return inner;
  if (name == "unreliable") return std::make_shared<Unreliable>(std::move(inner), seed);
  if (name == "no_compare") return std::make_shared<WritesWithoutComparing>(std::move(inner), seed);
  if (name == "lost_update") {
    return std::make_shared<LosesAfterAnUnknownOutcome>(std::move(inner), seed);
  }
  if (name == "double_apply") return std::make_shared<AppliesTwice>(std::move(inner), seed);
  if (name == "stale_refusal") {
    return std::make_shared<RefusesFromAnOldState>(std::move(inner), seed);
  }
  throw std::invalid_argument("unknown storage: " + name);
}

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_POSTGRES_UNFAITHFUL_STORAGES_HPP_

/// Storages in front of another one that are hard to live with, and four that are wrong. The
/// checker of the workers' calls (checker.py) has to pass the first and to reject each of the four:
/// checker_test.py and chaos_test.py know why.
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

/// Takes records and keeps none: for the version alone.
class NoRecords final : public RecordSink {
  Result<void> accept(RecordImage /*record*/) override { return {}; }
};

/// Decides by chance; each storage has its own, as each book calls from one thread at a time.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}
  bool one_in(unsigned n) { return random_() % n == 0; }

 private:
  std::mt19937_64 random_;
};

/// Keeps every promise of the contract, but loses answers and connections: appends of which nobody
/// knows whether they were written, for as long as find() does not know either, and calls that
/// failed.
class Unreliable final : public PassingStorage {
 public:
  Unreliable(StoragePointer inner, std::uint64_t seed)
      : PassingStorage(std::move(inner)), chance_(seed) {}

  Result<Version> read(Version after, RecordSink& sink) override {
    if (chance_.one_in(200)) return Error{Code::storage_failed, "lost before it was read"};
    return PassingStorage::read(after, sink);
  }
  Result<void> append(const Batch& batch) override {
    if (chance_.one_in(50)) return Error{Code::storage_failed, "lost before it was sent"};
    if (!chance_.one_in(20)) return PassingStorage::append(batch);
    if (chance_.one_in(2)) {
      if (auto appended = PassingStorage::append(batch); !appended) return appended;
    }
    return Error{Code::storage_unknown, "the answer was lost"};
  }
  Result<std::optional<Version>> find(const Token& token) override {
    if (chance_.one_in(2)) return Error{Code::storage_unknown, "nobody to ask"};
    return PassingStorage::find(token);
  }

 private:
  Chance chance_;
};

/// Wrong: writes whatever the batch was decided on, as a storage does that counts on a lock which
/// somebody else may have taken over.
class WritesWithoutComparing final : public PassingStorage {
 public:
  WritesWithoutComparing(StoragePointer inner, std::uint64_t /*seed*/)
      : PassingStorage(std::move(inner)) {}
  Result<void> lock() override { return {}; }
  void unlock() noexcept override {}
  Result<void> append(const Batch& batch) override {
    // Others get a turn between the decision and the write: without one nothing goes wrong.
    std::this_thread::sleep_for(std::chrono::microseconds(200));
    Batch forced = batch;
    for (;;) {
      auto appended = PassingStorage::append(forced);
      if (appended || appended.error().code != Code::conflict) return appended;
      NoRecords none;
      const auto version = PassingStorage::read(batch.base, none);
      if (!version) return version.error();
      forced.base = *version;
    }
  }
};

/// Wrong: where the answer to a write was lost, it says that the write landed.
class LosesAfterAnUnknownAnswer final : public PassingStorage {
 public:
  LosesAfterAnUnknownAnswer(StoragePointer inner, std::uint64_t seed)
      : PassingStorage(std::move(inner)), chance_(seed) {}
  Result<void> append(const Batch& batch) override {
    if (!chance_.one_in(40)) return PassingStorage::append(batch);
    lost_ = batch;
    return Error{Code::storage_unknown, "the answer was lost"};
  }
  Result<std::optional<Version>> find(const Token& token) override {
    if (lost_ && lost_->token == token) return std::optional(Version(lost_->base.value + 1));
    return PassingStorage::find(token);
  }

 private:
  Chance chance_;
  std::optional<Batch> lost_;
};

/// Wrong: where the answer to a write was lost, it has it decided and written again, and does not
/// look whether the first one landed.
class AppliesTwice final : public PassingStorage {
 public:
  AppliesTwice(StoragePointer inner, std::uint64_t seed)
      : PassingStorage(std::move(inner)), chance_(seed) {}
  Result<void> append(const Batch& batch) override {
    auto appended = PassingStorage::append(batch);
    if (appended && chance_.one_in(2)) return Error{Code::conflict, "try again"};
    return appended;
  }
  // A second write of the same request is what it does not look for.
  Result<std::optional<Version>> find(const Token& /*token*/) override {
    return std::optional<Version>();
  }

 private:
  Chance chance_;
};

/// Wrong: looks only now and then whether others have written. Its comparison keeps what is granted
/// right; what is refused is refused by the state of a while ago. Counted in reads, so that it is
/// as wrong on a machine that is busy.
class RefusesByAnOldState final : public PassingStorage {
 public:
  RefusesByAnOldState(StoragePointer inner, std::uint64_t /*seed*/)
      : PassingStorage(std::move(inner)) {}
  Result<Version> read(Version after, RecordSink& sink) override {
    if (after && ++reads_ % 8 != 0) return after;
    return PassingStorage::read(after, sink);
  }

 private:
  unsigned reads_ = 0;
};

/// The storage of that name in front of `inner`; an empty name is `inner` itself.
inline StoragePointer unfaithful(const std::string& name, StoragePointer inner,
                                 std::uint64_t seed) {
  if (name.empty()) return inner;
  if (name == "unreliable") return std::make_shared<Unreliable>(std::move(inner), seed);
  if (name == "no_compare") return std::make_shared<WritesWithoutComparing>(std::move(inner), seed);
  if (name == "lost_update") {
    return std::make_shared<LosesAfterAnUnknownAnswer>(std::move(inner), seed);
  }
  if (name == "double_apply") return std::make_shared<AppliesTwice>(std::move(inner), seed);
  if (name == "stale_refusal") {
    return std::make_shared<RefusesByAnOldState>(std::move(inner), seed);
  }
  throw std::invalid_argument("no storage is called " + name);
}

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_POSTGRES_UNFAITHFUL_STORAGES_HPP_

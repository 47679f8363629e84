/// A storage that forwards calls to another one and fails those that a test selects.
#ifndef SEATBOOK_TESTS_SUPPORT_FAULTY_STORAGE_HPP_
#define SEATBOOK_TESTS_SUPPORT_FAULTY_STORAGE_HPP_

#include <functional>
#include <optional>
#include <stdexcept>
#include <vector>

#include "seatbook/storage.hpp"
#include "support/forwarding_storage.hpp"

namespace seatbook::testing {

enum class Fault {
  none,
  failed,               ///< storage_failed, nothing written
  conflict,             ///< conflict, nothing written
  unknown_written,      ///< storage_unknown, although the batch was written
  unknown_not_written,  ///< storage_unknown, and the batch was not written
  thrown,               ///< an exception, nothing written
  thrown_after,         ///< an exception, although the batch was written
  partly_written,       ///< storage_unknown; of a group, the first half was written
};

class FaultyStorage final : public ForwardingStorage {
 public:
  using ForwardingStorage::ForwardingStorage;

  /// Called before each append / append_group / sync / read / find or seen / lock with the number
  /// of earlier calls. Return the fault.
  std::function<Fault(int call)> on_append = [](int) { return Fault::none; };
  std::function<Fault(int call)> on_group = [](int) { return Fault::none; };
  std::function<Fault(int call)> on_sync = [](int) { return Fault::none; };
  std::function<Fault(int call)> on_read = [](int) { return Fault::none; };
  std::function<Fault(int call)> on_find = [](int) { return Fault::none; };
  std::function<Fault(int call)> on_lock = [](int) { return Fault::none; };
  int appends = 0;
  int groups = 0;
  int syncs = 0;
  int reads = 0;
  int finds = 0;
  int seen_calls = 0;  ///< those of `finds` that were calls of seen()
  int lock_calls = 0;
  int locks = 0;  ///< successful calls of lock()
  int unlocks = 0;

  Result<Version> read(Version after, RecordSink& sink) override {
    if (auto error = fault(on_read(reads++))) return *error;
    return inner()->read(after, sink);
  }
  Result<void> append(const Batch& batch) override {
    return write(on_append(appends++), [&] { return inner()->append(batch); });
  }
  Result<void> append_group(const std::vector<Batch>& batches) override {
    const Fault fault = on_group(groups++);
    if (fault == Fault::partly_written) {
      const auto half = batches.begin() + static_cast<std::ptrdiff_t>(batches.size() / 2);
      if (auto written = inner()->append_group({batches.begin(), half}); !written) return written;
    }
    return write(fault, [&] { return inner()->append_group(batches); });
  }
  Result<void> sync() override {
    if (auto error = fault(on_sync(syncs++))) return *error;
    return inner()->sync();
  }
  Result<std::optional<Version>> find(const Token& token) override {
    if (auto error = fault(on_find(finds++))) return *error;
    return inner()->find(token);
  }
  Result<std::optional<Version>> seen(const Token& token) override {
    ++seen_calls;
    if (auto error = fault(on_find(finds++))) return *error;
    return inner()->seen(token);
  }
  Result<void> lock() override {
    if (auto error = fault(on_lock(lock_calls++))) return *error;
    auto locked = inner()->lock();
    if (locked) ++locks;
    return locked;
  }
  void unlock() noexcept override {
    ++unlocks;
    inner()->unlock();
  }

 private:
  template <class Write>
  static Result<void> write(Fault fault, const Write& write) {
    if (fault == Fault::unknown_written || fault == Fault::thrown_after) {
      if (auto written = write(); !written) return written;
      if (fault == Fault::thrown_after) throw std::runtime_error("lost after writing");
      return Error{Code::storage_unknown, "the response was lost"};
    }
    if (auto error = FaultyStorage::fault(fault)) return *error;
    return write();
  }
  static std::optional<Error> fault(Fault fault) {
    switch (fault) {
      case Fault::none:
        return std::nullopt;
      case Fault::conflict:
        return Error{Code::conflict, "the base version is out of date"};
      case Fault::unknown_written:
      case Fault::unknown_not_written:
      case Fault::partly_written:
        return Error{Code::storage_unknown, "the response was lost"};
      case Fault::thrown:
      case Fault::thrown_after:
        throw std::runtime_error("the storage threw");
      case Fault::failed:
        break;
    }
    return Error{Code::storage_failed, "the disk is full"};
  }
};

}  // namespace seatbook::testing

#endif  // SEATBOOK_TESTS_SUPPORT_FAULTY_STORAGE_HPP_

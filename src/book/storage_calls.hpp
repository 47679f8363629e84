/// How the engine calls a storage, which is code of the host.
#ifndef SEATBOOK_BOOK_STORAGE_CALLS_HPP_
#define SEATBOOK_BOOK_STORAGE_CALLS_HPP_

#include <exception>
#include <new>
#include <utility>

#include "book/meter.hpp"
#include "seatbook/result.hpp"
#include "seatbook/storage.hpp"

namespace seatbook::detail {

/// Returns an error. If memory runs out, its message is empty.
template <class... Parts>
Error make_error(Code code, const Parts&... parts) noexcept {
  Error error;
  error.code = code;
  try {
    ((error.message += parts), ...);
  } catch (...) {
    error.message.clear();
  }
  return error;
}

/// Copies an error. If memory runs out, the copy has only the code.
inline Error copy_of(const Error& error) noexcept {
  try {
    return error;
  } catch (...) {
    return {error.code};
  }
}

/// Converts the exception in flight to an error.
inline Error error_in_flight() noexcept {
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

/// Calls a storage. Storages must not throw; an exception becomes an error with `code`.
template <class Value, class Call>
Value shielded(Code code, const Call& call) {
  try {
    return call();
  } catch (const std::exception& error) {
    return make_error(code, "the storage threw: ", error.what());
  } catch (...) {
    return make_error(code, "the storage threw an exception of unknown type");
  }
}

/// Like shielded(), and measures the call.
template <class Value, class Call>
Value measured(Meter& meter, StorageCall kind, Code code, const Call& call) {
  return shielded<Value>(code, [&] {
    const auto timed = meter.timed(kind);
    return call();
  });
}

/// Maps an error of Storage::read() to one that means "nothing was written".
inline Error as_read_error(Error error) {
  if (error.code != Code::storage_corrupt && error.code != Code::format_too_new) {
    error.code = Code::storage_failed;
  }
  return error;
}

/// Like as_read_error(), but keeps book_needs_reopen: the storage may no longer accept changes.
inline Error as_lock_error(Error error) {
  if (error.code == Code::book_needs_reopen) return error;
  return as_read_error(std::move(error));
}

/// Maps an error of Storage::append(). Any code other than the four allowed ones becomes
/// storage_unknown.
inline Error as_append_error(Error error) {
  if (error.code != Code::conflict && error.code != Code::storage_failed &&
      error.code != Code::book_needs_reopen) {
    error.code = Code::storage_unknown;
  }
  return error;
}

/// Holds the storage's writer lock for a scope. Does nothing without a storage.
class StorageLock {
 public:
  StorageLock(Storage* storage, Meter& meter) : storage_(storage), meter_(meter) {}
  StorageLock(const StorageLock&) = delete;
  StorageLock& operator=(const StorageLock&) = delete;
  ~StorageLock() { unlock(); }

  Result<void> lock() {
    if (storage_ == nullptr) return {};
    auto locked = measured<Result<void>>(meter_, StorageCall::lock, Code::storage_failed,
                                         [this] { return storage_->lock(); });
    if (!locked) return meter_.failed(StorageCall::lock, as_lock_error(std::move(locked).error()));
    held_ = true;
    return {};
  }
  void unlock() noexcept {
    if (std::exchange(held_, false)) storage_->unlock();
  }

 private:
  Storage* storage_;
  Meter& meter_;
  bool held_ = false;
};

}  // namespace seatbook::detail

#endif  // SEATBOOK_BOOK_STORAGE_CALLS_HPP_

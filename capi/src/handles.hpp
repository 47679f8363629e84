/// What the opaque handles of C hold.
#ifndef SEATBOOK_CAPI_HANDLES_HPP_
#define SEATBOOK_CAPI_HANDLES_HPP_

#include <memory>
#include <utility>

#include "seatbook.h"
#include "seatbook/seatbook.hpp"

struct seatbook_clock {
  std::shared_ptr<seatbook::ManualClock> clock;
};

struct seatbook_progress {
  std::shared_ptr<seatbook::Progress> progress;
};

struct seatbook_storage {
  std::shared_ptr<seatbook::Storage> storage;
};

struct seatbook_book {
  seatbook::Book book;
  /// Not asked, only compared: whether a call comes from within this storage's callback.
  const void* storage = nullptr;
};

struct seatbook_session {
  seatbook::Session session;
  const void* storage = nullptr;
};

namespace seatbook::capi {

/// While it lives, this thread is in a callback of a storage: books on it must not be called, since
/// their lock is held.
class InCallback {
 public:
  explicit InCallback(const void* storage) noexcept;
  InCallback(const InCallback&) = delete;
  InCallback& operator=(const InCallback&) = delete;
  ~InCallback();

 private:
  friend bool calls_back(const void* storage) noexcept;
  const void* storage_;
  const InCallback* outer_;
};

/// Whether a call comes from within a callback of that storage.
[[nodiscard]] bool calls_back(const void* storage) noexcept;

}  // namespace seatbook::capi

#endif  // SEATBOOK_CAPI_HANDLES_HPP_

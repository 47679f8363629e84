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

/// The storage whose callback this thread is in: its book must not be called from there, since its
/// lock is held. Null outside.
const void*& storage_in_callback() noexcept;

inline bool calls_back(const void* storage) noexcept {
  return storage != nullptr && storage == storage_in_callback();
}

}  // namespace seatbook::capi

#endif  // SEATBOOK_CAPI_HANDLES_HPP_

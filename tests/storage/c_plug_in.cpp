#include "storage/c_plug_in.hpp"

#include <stdexcept>

#include "capi/plug_in.h"
#include "capi/src/handles.hpp"

namespace seatbook::testing {

std::shared_ptr<Storage> c_plug_in() {
  seatbook_storage_callbacks callbacks;
  if (plug_in_make(&callbacks) == 0) throw std::bad_alloc();
  seatbook_storage* storage = nullptr;
  if (seatbook_storage_new(&callbacks, &storage, nullptr) != SEATBOOK_OK) {
    throw std::runtime_error("seatbook_storage_new failed");
  }
  auto kept = storage->storage;
  seatbook_storage_free(storage);  // books on it keep it alive
  return kept;
}

}  // namespace seatbook::testing

// The storages of seatbook_storage_tests: all that need no server.
#include "storage/broken_storages.hpp"

namespace seatbook::testing {

/// The sound ones, or the broken one that was chosen.
std::vector<StorageKind> storage_kinds() {
  const std::string name = chosen_broken_storage();
  if (name.empty()) return sound_storage_kinds();
  for (const StorageKind& kind : broken_storage_kinds()) {
    if (kind.name == name) return {kind};
  }
  return {};
}

}  // namespace seatbook::testing

// The storages of seatbook_storage_tests: all that do not need a server.
#include "storage/broken_storages.hpp"

namespace seatbook::testing {

/// Returns the correct storages, or the broken one that was selected.
std::vector<StorageKind> storage_kinds() {
  const std::string name = selected_broken_storage();
  if (name.empty()) return correct_storage_kinds();
  for (const StorageKind& kind : broken_storage_kinds()) {
    if (kind.name == name) return {kind};
  }
  return {};
}

}  // namespace seatbook::testing

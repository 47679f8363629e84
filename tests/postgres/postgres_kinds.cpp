// The storages of seatbook_postgres_tests.
#include "postgres/postgres_kinds.hpp"

namespace seatbook::testing {

std::vector<StorageKind> storage_kinds() {
  return postgres_storage_kinds();
}

}  // namespace seatbook::testing

#include "seatbook/storage.hpp"

#include "storage/append_each.hpp"

namespace seatbook {

Result<void> Storage::append_group(const std::vector<Batch>& batches) {
  return detail::append_each(*this, batches);
}

Result<void> Storage::backup_to(const std::string& /*path*/) {
  return Error{Code::unsupported_storage, "this storage does not support copies"};
}

}  // namespace seatbook

#include "seatbook/storage.hpp"

namespace seatbook {

Result<void> Storage::append_group(const std::vector<Batch>& batches) {
  for (const Batch& batch : batches) {
    auto appended = append(batch);
    if (appended) continue;
    if (&batch == batches.data()) return appended;
    return Error{Code::storage_unknown,
                 "some batches of the group were written: " + appended.error().message};
  }
  return {};
}

Result<void> Storage::backup_to(const std::string& /*path*/) {
  return Error{Code::unsupported_storage, "this storage does not support copies"};
}

}  // namespace seatbook

/// The default of append_group().
#ifndef SEATBOOK_STORAGE_APPEND_EACH_HPP_
#define SEATBOOK_STORAGE_APPEND_EACH_HPP_

#include <vector>

#include "seatbook/result.hpp"

namespace seatbook::detail {

/// Appends the batches one by one. After the first one, a failure leaves those before it written.
template <class AnyStorage, class AnyBatch>
Result<void> append_each(AnyStorage& storage, const std::vector<AnyBatch>& batches) {
  for (const AnyBatch& batch : batches) {
    auto appended = storage.append(batch);
    if (appended) continue;
    if (&batch == batches.data()) return appended;
    return Error{Code::storage_unknown,
                 "some batches of the group were written: " + appended.error().message};
  }
  return {};
}

}  // namespace seatbook::detail

#endif  // SEATBOOK_STORAGE_APPEND_EACH_HPP_

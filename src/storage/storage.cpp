#include "seatbook/storage.hpp"

namespace seatbook {

Result<void> Storage::backup_to(const std::string& /*path*/) {
  return Error{Code::unsupported_storage, "this storage does not support copies"};
}

}  // namespace seatbook

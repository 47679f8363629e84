#include "seatbook/seatbook.hpp"

namespace seatbook {

const char* library_version() noexcept {
  return "0.1.0";
}

}  // namespace seatbook

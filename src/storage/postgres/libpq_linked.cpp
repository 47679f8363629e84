// The libpq functions of the library that the program is linked with.
#include "storage/postgres/libpq.hpp"

namespace seatbook::postgres::detail {
namespace {

#define SEATBOOK_LIBPQ_ADDRESS(name) &::name,
constexpr Libpq linked{SEATBOOK_LIBPQ_FUNCTIONS(SEATBOOK_LIBPQ_ADDRESS)};
#undef SEATBOOK_LIBPQ_ADDRESS

}  // namespace

Result<void> load_libpq() {
  return {};
}

const Libpq& libpq() noexcept {
  return linked;
}

}  // namespace seatbook::postgres::detail

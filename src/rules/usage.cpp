#include "seatbook/usage.hpp"

#include <string>

#include "rules/usage.hpp"

namespace seatbook {

std::optional<std::uint64_t> Usage::available() const {  // C14
  if (total.is_unlimited()) return std::nullopt;
  const auto seats = static_cast<std::uint64_t>(total.seats());
  return used < seats ? seats - used : 0;
}

std::uint64_t Usage::over_by() const {  // C7
  if (total.is_unlimited()) return 0;
  const auto seats = static_cast<std::uint64_t>(total.seats());
  return used > seats ? used - seats : 0;
}

bool Usage::can_assign() const {  // A16
  return !archived && rules::has_room(used, total, policy);
}

std::string Usage::text() const {  // A39
  return std::to_string(used) + "/" +
         (total.is_unlimited() ? "unlimited" : std::to_string(total.seats()));
}

std::string Usage::available_text() const {  // A9
  if (total.is_unlimited()) return "unlimited";
  return std::to_string(*available()) + " of " + std::to_string(total.seats()) + " available";
}

namespace rules {

bool has_room(std::uint64_t used, SeatTotal total, CapacityPolicy policy) {  // A3, C7
  return policy == CapacityPolicy::allow_over || total.is_unlimited() ||
         used < static_cast<std::uint64_t>(total.seats());
}

Result<void> total_below_used(std::uint64_t used, SeatTotal total, CapacityPolicy policy) {
  if (policy != CapacityPolicy::enforce || total.is_unlimited() ||
      used <= static_cast<std::uint64_t>(total.seats())) {
    return {};
  }
  return Error{Code::total_below_used,  // C12
               std::to_string(used) + " seats are in use, more than the total of " +
                   std::to_string(total.seats()),
               "total_seats",
               {},
               {used, static_cast<std::uint64_t>(total.seats())}};
}

}  // namespace rules
}  // namespace seatbook

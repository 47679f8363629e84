#include "views/inactivity.hpp"

#include <cstdint>

#include "views/days.hpp"

namespace seatbook::views {
namespace {

/// Returns whether at least `days` days have passed from `then` to `now`; false if `then` is in the
/// future.
bool have_passed(std::uint32_t days, Timestamp then, Timestamp now) noexcept {
  return then <= now && whole_days(then, now) >= days;
}

}  // namespace

Result<void> malformed(const InactivityRule& rule) {
  if (rule.inactive_days > max_inactivity_days) {  // C8
    return Error{Code::invalid_argument, "inactive_days must be between 0 and 36,500",
                 "inactive_days"};
  }
  if (rule.new_seat_grace_days > max_inactivity_days) {  // C9
    return Error{Code::invalid_argument, "new_seat_grace_days must be between 0 and 36,500",
                 "new_seat_grace_days"};
  }
  return {};
}

bool is_inactive(const std::optional<Timestamp>& last_use, Timestamp since, Timestamp now,
                 const InactivityRule& rule) noexcept {
  const std::uint32_t grace = rule.new_seat_grace_days;
  if (grace > 0 && !have_passed(grace, since, now)) return false;
  return !last_use || have_passed(rule.inactive_days, *last_use, now);
}

}  // namespace seatbook::views

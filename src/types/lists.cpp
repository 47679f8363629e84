#include "seatbook/lists.hpp"

#include "types/names.hpp"

namespace seatbook {
namespace {

constexpr types::Names<SeatSort, 3> seat_sort_names = {{
    {SeatSort::user, "user"},
    {SeatSort::assigned, "assigned"},
    {SeatSort::last_used, "last_used"},
}};

}  // namespace

std::string_view to_string(SeatSort sort) noexcept {
  return types::name_of(seat_sort_names, sort);
}

std::optional<SeatSort> seat_sort_from_string(std::string_view name) noexcept {
  return types::value_of(seat_sort_names, name);
}

}  // namespace seatbook

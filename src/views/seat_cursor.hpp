/// The cursor of the seat list, as a text that the caller passes back.
#ifndef SEATBOOK_VIEWS_SEAT_CURSOR_HPP_
#define SEATBOOK_VIEWS_SEAT_CURSOR_HPP_

#include <cstdint>
#include <optional>
#include <string>

#include "seatbook/lists.hpp"

namespace seatbook::views {

/// A position in the order of a seat list: that of the last returned row. It contains the sort key,
/// not only the row, so the position does not change when the row moves or is removed.
struct SeatPosition {
  static constexpr std::int64_t never = -1;

  AssignmentId assignment;
  std::string name_key;              ///< if sorted by user
  std::int64_t last_use_us = never;  ///< if sorted by last use
};

/// Returns the cursor: letters, digits and dots only, safe in a URL.
[[nodiscard]] std::string cursor_of(const SeatListQuery& query, const SeatPosition& position);

/// Returns none if `query.after` is not a cursor of the query's `sort` and `descending`.
[[nodiscard]] std::optional<SeatPosition> position_of(const SeatListQuery& query);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_SEAT_CURSOR_HPP_

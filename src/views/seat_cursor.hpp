/// Where a page of the seat list ends, as a text that a caller hands back.
#ifndef SEATBOOK_VIEWS_SEAT_CURSOR_HPP_
#define SEATBOOK_VIEWS_SEAT_CURSOR_HPP_

#include <cstdint>
#include <optional>
#include <string>

#include "seatbook/lists.hpp"

namespace seatbook::views {

/// A place in the order of a seat list: that of the row last shown. It holds the key itself, not
/// only the row, so that the place stays where it was when the row moves or goes.
struct SeatPosition {
  static constexpr std::int64_t never = -1;

  AssignmentId assignment;
  std::string name_key;              ///< sorted by user
  std::int64_t last_use_us = never;  ///< sorted by last use
};

/// Letters, digits and dots only: fit for an URL.
[[nodiscard]] std::string cursor_of(const SeatListQuery& query, const SeatPosition& position);

/// None where `query.after` was not made by a query with the same `sort` and `descending`.
[[nodiscard]] std::optional<SeatPosition> position_of(const SeatListQuery& query);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_SEAT_CURSOR_HPP_

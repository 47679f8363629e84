/// The full seat list (A22 to A27): filter, sort, pages, header figures.
#ifndef SEATBOOK_VIEWS_SEAT_LIST_HPP_
#define SEATBOOK_VIEWS_SEAT_LIST_HPP_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/slices.hpp"
#include "model/tables.hpp"
#include "seatbook/lists.hpp"
#include "views/seat_cursor.hpp"

namespace seatbook::views {

/// Returns a page of the list. `after` is the position of `query.after`, if any. The ids of the
/// query must exist. If the assignment of `after` is not in the scope, the page has no rows.
[[nodiscard]] SeatListPage seat_list(const model::Tables& tables, const SeatListQuery& query,
                                     const std::optional<SeatPosition>& after, Timestamp now,
                                     model::Slices& slices);

[[nodiscard]] SeatFigures seat_figures(const model::Tables& tables, const SeatFiguresQuery& query,
                                       Timestamp now, model::Slices& slices);

/// The rows of a page, in order.
struct SeatOrder {
  std::vector<AssignmentId> seats;
  std::string next;  ///< see SeatListPage::next
};
[[nodiscard]] SeatOrder seat_order(const model::Tables& tables, const SeatListQuery& query,
                                   const std::optional<SeatPosition>& after, Timestamp now,
                                   model::Slices& slices);

/// Returns the current rows of these assignments. Each must exist, but can be revoked. `query`
/// defines which are inactive.
[[nodiscard]] std::vector<SeatListRow> seat_rows(const model::Tables& tables,
                                                 std::span<const AssignmentId> assignments,
                                                 const SeatListQuery& query, Timestamp now,
                                                 model::Slices& slices);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_SEAT_LIST_HPP_

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

/// A page of the list. `after` is the position that `query.after` names, if any; the ids of the
/// query must exist. If its assignment is not in the scope, the page has no rows.
[[nodiscard]] SeatListPage seat_list(const model::Tables& tables, const SeatListQuery& query,
                                     const std::optional<SeatPosition>& after, Timestamp now,
                                     model::Slices& slices);

[[nodiscard]] SeatFigures seat_figures(const model::Tables& tables, const SeatFiguresQuery& query,
                                       Timestamp now, model::Slices& slices);

/// Which rows a page shows, in its order.
struct SeatOrder {
  std::vector<AssignmentId> seats;
  std::string next;  ///< as SeatListPage::next
};
[[nodiscard]] SeatOrder seat_order(const model::Tables& tables, const SeatListQuery& query,
                                   const std::optional<SeatPosition>& after, Timestamp now,
                                   model::Slices& slices);

/// The lines of these assignments, as they are now; each must exist, but need not be active any
/// more. `query` says which are inactive.
[[nodiscard]] std::vector<SeatListRow> seat_rows(const model::Tables& tables,
                                                 std::span<const AssignmentId> assignments,
                                                 const SeatListQuery& query, Timestamp now,
                                                 model::Slices& slices);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_SEAT_LIST_HPP_

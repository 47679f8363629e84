/// The full seat list (A22 to A27): filter, sort, pages, header figures.
#ifndef SEATBOOK_VIEWS_SEAT_LIST_HPP_
#define SEATBOOK_VIEWS_SEAT_LIST_HPP_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/tables.hpp"
#include "seatbook/lists.hpp"
#include "views/seat_cursor.hpp"

namespace seatbook::views {

/// A page of the list. `after` is the position that `query.after` names, if any; the ids of the
/// query must exist. An `after` whose assignment is not in the scope answers no rows.
[[nodiscard]] SeatListPage seat_list(const model::Tables& tables, const SeatListQuery& query,
                                     const std::optional<SeatPosition>& after, Timestamp now);

[[nodiscard]] SeatFigures seat_figures(const model::Tables& tables, const SeatFiguresQuery& query,
                                       Timestamp now);

/// The whole list in order, for an export: the ids and what they are sorted by are taken from the
/// tables in one pass, and sorted when the tables are no longer needed.
class SeatOrder {
 public:
  SeatOrder() = default;
  SeatOrder(const model::Tables& tables, const SeatListQuery& query, Timestamp now);
  /// May be called once.
  [[nodiscard]] std::vector<AssignmentId> sorted() &&;

 private:
  struct Key {
    std::uint64_t rank = 0;  // by which most are told apart: a time, or how the name begins
    std::uint32_t assignment = 0;
    std::uint32_t name_size = 0;
    std::size_t name_start = 0;  // in names_
  };
  [[nodiscard]] bool before(const Key& a, const Key& b) const;

  SeatSort sort_ = SeatSort::assigned;
  bool descending_ = false;
  std::vector<Key> keys_;
  std::string names_;
};

/// The lines of these assignments, as they are now; each must exist, but need not be active any
/// more. `query` says which are inactive.
[[nodiscard]] std::vector<SeatListRow> seat_rows(const model::Tables& tables,
                                                 std::span<const AssignmentId> assignments,
                                                 const SeatListQuery& query, Timestamp now);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_SEAT_LIST_HPP_

/// The audit trail with the names of its records.
#ifndef SEATBOOK_VIEWS_HISTORY_HPP_
#define SEATBOOK_VIEWS_HISTORY_HPP_

#include <span>
#include <vector>

#include "model/slices.hpp"
#include "model/tables.hpp"
#include "seatbook/queries.hpp"

namespace seatbook::views {

/// Returns the rows that `query` selects; its ids must exist.
[[nodiscard]] std::vector<HistoryEntry> history(const model::Tables& tables,
                                                const HistoryQuery& query, model::Slices& slices);

/// Returns all rows that the query selects, ignoring its limit, in its order; and the entries of
/// rows.
[[nodiscard]] std::vector<Seq> history_order(const model::Tables& tables, HistoryQuery query,
                                             model::Slices& slices);
[[nodiscard]] std::vector<HistoryEntry> history_entries(const model::Tables& tables,
                                                        std::span<const Seq> rows,
                                                        model::Slices& slices);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_HISTORY_HPP_

/// Inactive seats, and the saving of freeing them (A25, C8, C9, C53).
#ifndef SEATBOOK_VIEWS_RECLAIM_HPP_
#define SEATBOOK_VIEWS_RECLAIM_HPP_

#include "model/slices.hpp"
#include "model/tables.hpp"
#include "seatbook/reports.hpp"

namespace seatbook::views {

/// The license and the assignment of the query must exist.
[[nodiscard]] ReclaimPage reclaim_candidates(const model::Tables& tables, const ReclaimQuery& query,
                                             Timestamp now, model::Slices& slices);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_RECLAIM_HPP_

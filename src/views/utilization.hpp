/// Utilization and cost of licenses, product groups and the book (B11, C3, C53).
#ifndef SEATBOOK_VIEWS_UTILIZATION_HPP_
#define SEATBOOK_VIEWS_UTILIZATION_HPP_

#include <vector>

#include "model/slices.hpp"
#include "model/tables.hpp"
#include "seatbook/reports.hpp"

namespace seatbook::views {

/// The license of the query must exist.
[[nodiscard]] std::vector<UtilizationRow> utilization(const model::Tables& tables,
                                                      const UtilizationQuery& query,
                                                      model::Slices& slices);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_UTILIZATION_HPP_

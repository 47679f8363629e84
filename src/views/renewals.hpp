/// Renewals that are due, and the number of seats they need (B5).
#ifndef SEATBOOK_VIEWS_RENEWALS_HPP_
#define SEATBOOK_VIEWS_RENEWALS_HPP_

#include <vector>

#include "model/slices.hpp"
#include "model/tables.hpp"
#include "seatbook/reports.hpp"

namespace seatbook::views {

[[nodiscard]] std::vector<RenewalRow> renewals_due(const model::Tables& tables,
                                                   const RenewalsQuery& query, Timestamp now,
                                                   model::Slices& slices);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_RENEWALS_HPP_

/// How long people who left kept their seats (B28, B31, C47).
#ifndef SEATBOOK_VIEWS_OFFBOARDING_HPP_
#define SEATBOOK_VIEWS_OFFBOARDING_HPP_

#include "model/slices.hpp"
#include "model/tables.hpp"
#include "seatbook/reports.hpp"

namespace seatbook::views {

[[nodiscard]] OffboardingTimes offboarding_times(const model::Tables& tables,
                                                 const OffboardingQuery& query,
                                                 model::Slices& slices);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_OFFBOARDING_HPP_

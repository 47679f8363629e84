/// Seats to review after an offboarding (B29, B30).
#ifndef SEATBOOK_VIEWS_REVIEWS_HPP_
#define SEATBOOK_VIEWS_REVIEWS_HPP_

#include <optional>
#include <vector>

#include "model/slices.hpp"
#include "model/tables.hpp"
#include "seatbook/queries.hpp"

namespace seatbook::views {

/// Returns the seats, longest waiting first.
[[nodiscard]] std::vector<ReviewRow> needs_review(const model::Tables& tables,
                                                  const std::optional<LicenseId>& license,
                                                  Timestamp now, model::Slices& slices);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_REVIEWS_HPP_

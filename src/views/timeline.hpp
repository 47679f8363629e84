/// Seats over time, from history: who held one at an instant, and how many were in use (C52).
#ifndef SEATBOOK_VIEWS_TIMELINE_HPP_
#define SEATBOOK_VIEWS_TIMELINE_HPP_

#include <cstdint>
#include <vector>

#include "model/slices.hpp"
#include "model/tables.hpp"
#include "seatbook/reports.hpp"

namespace seatbook::views {

// A given license must exist, and `since` must not be after `until`. Results are of one version,
// that of the first slice, because history rows never change.

[[nodiscard]] std::vector<HolderRow> holders_at(const model::Tables& tables, LicenseId license,
                                                Timestamp at, model::Slices& slices);
[[nodiscard]] UsageOverTime usage_over_time(const model::Tables& tables, const UsageRange& range,
                                            std::uint32_t limit, model::Slices& slices);
[[nodiscard]] UsageStep peak_usage(const model::Tables& tables, const UsageRange& range,
                                   model::Slices& slices);

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_TIMELINE_HPP_

#include "views/active_seats.hpp"
#include "views/views.hpp"

#include <map>
#include <string>
#include <utility>

#include "views/costs.hpp"

namespace seatbook::views {
namespace {

__extension__ using Wide = unsigned __int128;

/// Builds a row by adding licenses one by one.
class Row {
 public:
  /// Seats are counted in one step; their costs are added up in slices.
  void add(const model::Tables& tables, const License& license, model::Slices& slices) {
    const LicenseId id = license.id;
    const std::string currency = license.currency;
    const bool has_standard_cost = license.cost_per_seat.has_value();
    const Usage usage = usage_of(tables, license);
    ++row_.licenses;
    row_.used += usage.used;
    row_.over_by += usage.over_by();
    SeatCosts cost(license);
    SeatCosts waste(license);
    if (const auto available = usage.available()) {
      row_.total = row_.total.value_or(0) + static_cast<std::uint64_t>(usage.total.seats());
      row_.available = row_.available.value_or(0) + *available;
      waste.add_free(*available);
    } else {
      row_.used_unlimited += usage.used;
    }
    each_active_seat(tables, id, 1, slices, [&](const model::AssignmentRow& seat) {
      cost.add_seat(tables, AssignmentId(seat.id));
    });
    row_.unpriced += cost.unpriced();
    if (cost.monthly()) cost_.add(currency, *cost.monthly());
    // A standard cost is a price even if no seat is charged.
    if (has_standard_cost && !cost.monthly()) cost_.add(currency, {});
    if (waste.monthly()) waste_.add(currency, *waste.monthly());
  }

  [[nodiscard]] UtilizationRow& row() { return row_; }

  /// Returns the completed row.
  [[nodiscard]] UtilizationRow finished() {
    row_.monthly_cost = cost_.list();
    row_.monthly_waste = waste_.list();
    constexpr std::uint64_t full = 10'000;
    if (row_.total && *row_.total != 0) {
      row_.basis_points = (row_.used - row_.used_unlimited) * full / *row_.total;
    }
    return std::move(row_);
  }

 private:
  UtilizationRow row_;
  Totals cost_;
  Totals waste_;
};

/// Returns whether the row is within the requested percentages, compared exactly.
bool within(const UtilizationRow& row, const UtilizationQuery& query) {
  if (!query.at_least_percent && !query.at_most_percent) return true;
  if (!row.total) return false;
  const Wide used = row.used - row.used_unlimited;
  const Wide total = *row.total;
  if (total == 0) return used != 0 && !query.at_most_percent;
  return (!query.at_least_percent || used * 100 >= total * *query.at_least_percent) &&
         (!query.at_most_percent || used * 100 <= total * *query.at_most_percent);
}

/// Calls `take` with each selected license, and does not use the license afterwards, because the
/// lock may have been released.
template <class Take>
void each_license(const model::Tables& tables, const UtilizationQuery& query, model::Slices& slices,
                  const Take& take) {
  const auto take_if_requested = [&](LicenseId id) {
    const License& license = *tables.licenses.find(id);
    if (license.state == LicenseState::archived && !query.include_archived) return;
    if (query.product_group && license.product_group != *query.product_group) return;
    take(license);
  };
  if (query.license) return take_if_requested(*query.license);
  const std::uint64_t last = tables.licenses.size();
  for (std::uint64_t id = 1; id <= last; ++id) {
    if (!slices.step(model::Slices::copied_row)) return;
    take_if_requested(LicenseId(id));
  }
}

}  // namespace

std::vector<UtilizationRow> utilization(const model::Tables& tables, const UtilizationQuery& query,
                                        model::Slices& slices) {
  const Version version = tables.version;
  std::vector<UtilizationRow> rows;
  const auto keep = [&](Row& row) {
    UtilizationRow finished = row.finished();
    if (within(finished, query)) rows.push_back(std::move(finished));
  };
  switch (query.by) {
    case UtilizationBy::license:
      each_license(tables, query, slices, [&](const License& license) {
        Row row;
        row.row().license = license.id;
        row.row().license_name = license.name;
        row.row().product_group = license.product_group;
        row.add(tables, license, slices);
        if (slices.room(rows)) keep(row);
      });
      break;
    case UtilizationBy::product_group: {
      std::map<std::string, Row> groups;
      each_license(tables, query, slices, [&](const License& license) {
        groups[license.product_group].add(tables, license, slices);
      });
      for (auto& [name, row] : groups) {
        row.row().product_group = name;
        keep(row);
      }
      break;
    }
    case UtilizationBy::book: {
      Row row;
      each_license(tables, query, slices,
                   [&](const License& license) { row.add(tables, license, slices); });
      keep(row);
      break;
    }
  }
  if (slices.ended()) return rows;
  for (UtilizationRow& row : rows) {
    row.version = version;
    row.last_version = tables.version;
  }
  return rows;
}

}  // namespace seatbook::views

/// The monthly cost of seats (C53), shared by all reports.
#ifndef SEATBOOK_VIEWS_COSTS_HPP_
#define SEATBOOK_VIEWS_COSTS_HPP_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/tables.hpp"
#include "seatbook/reports.hpp"

namespace seatbook::views {

/// One sum per currency.
class Totals {
 public:
  void add(const std::string& currency, const MoneySum& monthly);
  /// Returns the sums, ordered by currency.
  [[nodiscard]] std::vector<MoneyTotal> list() const;

 private:
  std::map<std::string, MoneySum> sums_;
};

/// Adds up the seats of one license.
class SeatCosts {
 public:
  /// Uses the current prices of the license.
  explicit SeatCosts(const License& license)
      : standard_cost_(license.cost_per_seat), period_(license.billing_period) {}

  /// Adds an assignment at its override, or else the standard cost.
  void add_seat(const model::Tables& tables, AssignmentId assignment);
  /// Adds free seats at the standard cost.
  void add_free(std::uint64_t seats);

  /// Returns none if nothing that was added has a price.
  [[nodiscard]] const std::optional<MoneySum>& monthly() const { return monthly_; }
  /// Returns how many of the assignments have no price.
  [[nodiscard]] std::uint64_t unpriced() const { return unpriced_; }

 private:
  void add(const std::optional<Money>& price, std::uint64_t seats);

  std::optional<Money> standard_cost_;
  BillingPeriod period_;
  std::optional<MoneySum> monthly_;
  std::uint64_t unpriced_ = 0;
};

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_COSTS_HPP_

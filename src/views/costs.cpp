#include "views/costs.hpp"

namespace seatbook::views {

void Totals::add(const std::string& currency, const MoneySum& monthly) {
  sums_[currency] += monthly;
}

std::vector<MoneyTotal> Totals::list() const {
  std::vector<MoneyTotal> totals;
  totals.reserve(sums_.size());
  for (const auto& [currency, monthly] : sums_) totals.push_back({currency, monthly});
  return totals;
}

void SeatCosts::add(const std::optional<Money>& price, std::uint64_t seats) {
  if (!price) return;
  if (!monthly_) monthly_.emplace();
  monthly_->add(*price, seats, period_);
}

void SeatCosts::add_seat(const model::Tables& tables, AssignmentId assignment) {
  const model::AssignmentTexts* texts = tables.assignments.texts(assignment);
  const auto& price =  // B34
      texts != nullptr && texts->cost_override ? texts->cost_override : standard_cost_;
  add(price, 1);
  if (!price) ++unpriced_;
}

void SeatCosts::add_free(std::uint64_t seats) {
  add(standard_cost_, seats);
}

}  // namespace seatbook::views

#include "seatbook/reports.hpp"

#include "types/names.hpp"

namespace seatbook {
namespace {

constexpr types::Names<UtilizationBy, 3> utilization_by_names = {{
    {UtilizationBy::license, "license"},
    {UtilizationBy::product_group, "product_group"},
    {UtilizationBy::book, "book"},
}};

constexpr types::Names<OffboardingOutcome, 4> offboarding_outcome_names = {{
    {OffboardingOutcome::waiting, "waiting"},
    {OffboardingOutcome::kept, "kept"},
    {OffboardingOutcome::released, "released"},
    {OffboardingOutcome::reactivated, "reactivated"},
}};

}  // namespace

std::string_view to_string(UtilizationBy by) noexcept {
  return types::name_of(utilization_by_names, by);
}

std::string_view to_string(OffboardingOutcome outcome) noexcept {
  return types::name_of(offboarding_outcome_names, outcome);
}

std::optional<UtilizationBy> utilization_by_from_string(std::string_view name) noexcept {
  return types::value_of(utilization_by_names, name);
}

std::optional<OffboardingOutcome> offboarding_outcome_from_string(std::string_view name) noexcept {
  return types::value_of(offboarding_outcome_names, name);
}

}  // namespace seatbook

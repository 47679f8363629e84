#include "seatbook/inventory.hpp"

#include <string_view>

#include "imports/import_rows.hpp"
#include "types/names.hpp"

namespace seatbook {
namespace {

constexpr types::Names<InventoryOutcome, 4> inventory_outcome_names = {{
    {InventoryOutcome::added, "added"},
    {InventoryOutcome::already_known, "already_known"},
    {InventoryOutcome::invalid, "invalid"},
    {InventoryOutcome::without_seat, "without_seat"},
}};

constexpr types::Names<DateOrder, 3> date_order_names = {{
    {DateOrder::iso, "iso"},
    {DateOrder::month_day_year, "month_day_year"},
    {DateOrder::day_month_year, "day_month_year"},
}};

}  // namespace

std::string_view to_string(InventoryOutcome outcome) noexcept {
  return types::name_of(inventory_outcome_names, outcome);
}

std::string_view to_string(DateOrder order) noexcept {
  return types::name_of(date_order_names, order);
}

std::optional<DateOrder> date_order_from_string(std::string_view name) noexcept {
  return types::value_of(date_order_names, name);
}

std::string_view InventoryReport::column_name(const InventoryRow& row) const noexcept {
  return imports::heading_of(columns, row.column);
}

}  // namespace seatbook

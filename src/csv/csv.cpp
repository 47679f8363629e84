#include "seatbook/csv.hpp"

#include "types/names.hpp"

namespace seatbook {
namespace {

constexpr types::Names<CsvProfile, 2> csv_profile_names = {{
    {CsvProfile::spreadsheet, "spreadsheet"},
    {CsvProfile::exact, "exact"},
}};

}  // namespace

std::string_view to_string(CsvProfile profile) noexcept {
  return types::name_of(csv_profile_names, profile);
}

std::optional<CsvProfile> csv_profile_from_string(std::string_view name) noexcept {
  return types::value_of(csv_profile_names, name);
}

}  // namespace seatbook

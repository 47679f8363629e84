#include "views/people.hpp"

#include <algorithm>
#include <string>
#include <tuple>

#include "text/utf8.hpp"

namespace seatbook::views {

std::vector<PickerRow> assignable_people(const model::Tables& tables, const PickerQuery& query) {
  const std::string wanted = text::fold(query.search);
  std::vector<const model::PersonRow*> matches;
  for (std::uint64_t id = 1; id <= tables.people.size(); ++id) {
    const model::PersonRow& row = *tables.people.find(PersonId(id));
    if (row.person.state != PersonState::active) continue;
    if (query.license && tables.assignments.find_active(*query.license, row.person.id) != nullptr) {
      continue;
    }
    if (row.name_key.find(wanted) != std::string::npos ||
        row.email_key.find(wanted) != std::string::npos) {
      matches.push_back(&row);
    }
  }
  const auto shown = std::min<std::size_t>(matches.size(), query.limit);
  std::partial_sort(matches.begin(), matches.begin() + static_cast<std::ptrdiff_t>(shown),
                    matches.end(), [](const auto* a, const auto* b) {
                      return std::tie(a->name_key, a->person.id) <
                             std::tie(b->name_key, b->person.id);
                    });
  std::vector<PickerRow> rows;
  rows.reserve(shown);
  for (std::size_t i = 0; i < shown; ++i) {
    const Person& person = matches[i]->person;
    rows.push_back({person.id, person.name, person.email});
  }
  return rows;
}

}  // namespace seatbook::views

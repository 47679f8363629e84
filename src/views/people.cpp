#include "views/people.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "text/utf8.hpp"

namespace seatbook::views {

std::vector<PickerRow> assignable_people(const model::Tables& tables, const PickerQuery& query) {
  struct Match {
    std::string key;
    const Person* person;

    bool operator<(const Match& other) const {
      return key != other.key ? key < other.key : person->id < other.person->id;
    }
  };
  const std::string wanted = text::fold(query.search);
  std::vector<Match> matches;
  for (std::uint64_t id = 1; id <= tables.people.size(); ++id) {
    const model::PersonRow& row = *tables.people.find(PersonId(id));
    if (row.person.state != PersonState::active) continue;
    if (query.license && tables.assignments.find_active(*query.license, row.person.id) != nullptr) {
      continue;
    }
    std::string key = text::fold(row.person.name);
    if (key.find(wanted) == std::string::npos && row.email_key.find(wanted) == std::string::npos) {
      continue;
    }
    matches.push_back({std::move(key), &row.person});
  }
  const auto shown = std::min<std::size_t>(matches.size(), query.limit);
  std::partial_sort(matches.begin(), matches.begin() + static_cast<std::ptrdiff_t>(shown),
                    matches.end());
  std::vector<PickerRow> rows;
  rows.reserve(shown);
  for (std::size_t i = 0; i < shown; ++i) {
    rows.push_back({matches[i].person->id, matches[i].person->name, matches[i].person->email});
  }
  return rows;
}

}  // namespace seatbook::views

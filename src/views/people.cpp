#include "views/views.hpp"

#include <functional>
#include <string>
#include <vector>

#include "text/utf8.hpp"
#include "views/first_rows.hpp"

namespace seatbook::views {
namespace {

/// Returns the first people who can be assigned a seat, by name.
std::vector<PersonId> first_people(const model::Tables& tables, const AssignableQuery& query,
                                   model::Slices& slices) {
  const std::string wanted = text::search_key(query.search);
  FirstRows<RowKey, std::less<>> first(query.limit, {});
  const std::uint64_t last = tables.people.size();
  for (std::uint64_t id = 1; id <= last; ++id) {
    if (!slices.step()) return {};
    const model::PersonRow& row = *tables.people.find(PersonId(id));
    if (row.person.state != PersonState::active) continue;
    const RowKey key = RowKey::by_name(row.name_key, static_cast<std::uint32_t>(id));
    if (!first.wants(key)) continue;
    if (row.name_key.find(wanted) == std::string::npos &&
        row.email_key.find(wanted) == std::string::npos) {
      continue;
    }
    if (query.license && tables.assignments.find_active(*query.license, row.person.id) != nullptr) {
      continue;
    }
    if (!first.add(key, slices)) return {};
  }
  std::vector<PersonId> people;
  const bool finished = first.finish(slices, [&](const std::vector<RowKey>& keys) {
    for (const RowKey& key : keys) people.emplace_back(key.id);
  });
  return finished ? people : std::vector<PersonId>();
}

}  // namespace

std::vector<AssignablePerson> assignable_people(const model::Tables& tables,
                                                const AssignableQuery& query,
                                                model::Slices& slices) {
  const std::vector<PersonId> people = first_people(tables, query, slices);
  std::vector<AssignablePerson> rows;
  rows.reserve(people.size());
  for (const PersonId id : people) {
    if (!slices.step(model::Slices::copied_row)) break;
    const Person& person = tables.people.find(id)->person;
    rows.push_back({person.id, person.name, person.email});
  }
  return rows;
}

}  // namespace seatbook::views

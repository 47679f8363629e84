// Who plays in the tour: a license with a few free seats, and people to want them.
#ifndef SEATBOOK_EXAMPLES_CAST_HPP_
#define SEATBOOK_EXAMPLES_CAST_HPP_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "expect.hpp"
#include "office.hpp"
#include "seatbook/seatbook.hpp"

namespace tour {

/// So many seats can be given away without tiring the reader.
inline constexpr std::uint64_t most_seats_to_fill = 6;

struct Cast {
  seatbook::LicenseId license;
  std::string license_name;
  /// Active people without a seat on it: one more than it has free seats.
  std::vector<seatbook::PersonId> candidates;
  bool added_for_the_tour = false;
};

/// The active people but the operator, those with most licenses first: they have more to show.
inline std::vector<seatbook::PersonId> active_people(Office& office) {
  std::vector<std::pair<std::size_t, seatbook::PersonId>> people;
  office.for_each_person([&](const seatbook::Person& person) {
    if (person.state == seatbook::PersonState::active && person.id != office.operator_id()) {
      people.emplace_back(office.software(person.id).size(), person.id);
    }
  });
  std::sort(people.begin(), people.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<seatbook::PersonId> ids;
  for (const auto& [held, person] : people) ids.push_back(person);
  return ids;
}

/// The first of `people` who hold no seat on the license, at most `most` of them.
inline std::vector<seatbook::PersonId> without_seat(Office& office, seatbook::LicenseId license,
                                                    const std::vector<seatbook::PersonId>& people,
                                                    std::uint64_t most) {
  std::vector<seatbook::PersonId> found;
  for (const seatbook::PersonId person : people) {
    if (found.size() == most) break;
    if (!require(office.desk().find_seat(license, person), "a seat")) found.push_back(person);
  }
  return found;
}

/// From the inventory, if it has such a license; otherwise one is added, and guests if need be.
inline Cast choose_cast(Office& office) {
  const auto people = active_people(office);
  Cast cast;
  std::uint64_t best_rank = most_seats_to_fill + 2;
  office.for_each_license([&](const seatbook::License& license) {
    const auto free = office.usage(license.id).available();
    if (!free || *free == 0 || *free > most_seats_to_fill) return;
    // The fewest; but one alone is over too soon.
    const std::uint64_t rank = *free == 1 ? most_seats_to_fill + 1 : *free;
    if (rank >= best_rank) return;
    auto candidates = without_seat(office, license.id, people, *free + 1);
    if (candidates.size() <= *free) return;
    best_rank = rank;
    cast = {license.id, license.name, std::move(candidates), false};
  });
  if (cast.license) return cast;

  cast.added_for_the_tour = true;
  cast.license_name = "Tour Notebook";
  cast.license =
      require(office.desk().add_license({.name = cast.license_name, .total_seats = 3}), "a license")
          .license;
  cast.candidates = without_seat(office, cast.license, people, 4);
  while (cast.candidates.size() < 4) {
    const std::string guest = "Guest " + std::to_string(cast.candidates.size() + 1);
    cast.candidates.push_back(
        require(office.desk().add_person({.name = guest}), "adding a guest").person);
  }
  return cast;
}

/// Of the active people who hold a seat on the license, the one with the most licenses.
inline seatbook::PersonId holder_of_most(Office& office, seatbook::LicenseId license) {
  seatbook::PersonId best;
  std::size_t most = 0;
  for (const auto& row : require(office.desk().license_seats(license), "the seats")) {
    const std::size_t held = office.software(row.person).size();
    if (row.archived || held <= most) continue;
    best = row.person;
    most = held;
  }
  require(static_cast<bool>(best), "somebody active holds a seat");
  return best;
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_CAST_HPP_

// Chooses the records of the tour: a license with a few free seats, people, and more licenses.
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

/// The most seats to assign until the license is full.
inline constexpr std::uint64_t max_seats_to_fill = 6;
/// The number of further licenses that the newcomer requests.
inline constexpr std::size_t further_licenses = 3;

struct Cast {
  seatbook::LicenseId license;
  std::string license_name;
  /// Active people without a seat on it, one for each free seat.
  std::vector<seatbook::PersonId> candidates;
  seatbook::PersonId newcomer;
  seatbook::PersonId successor;
  /// A license on which the newcomer holds a seat, or that has a free seat.
  seatbook::LicenseId other;
  /// Licenses with a free seat that the newcomer does not hold.
  std::vector<seatbook::LicenseId> further;
  /// The names of the records added because the inventory lacked them.
  std::vector<std::string> added;
};

/// Lists the active people except the operator, ordered by their number of licenses, descending.
inline std::vector<seatbook::PersonId> active_people(Office& office) {
  std::vector<std::pair<std::size_t, seatbook::PersonId>> people;
  for (const auto& person : office.people({.state = seatbook::PersonState::active})) {
    if (person.id == office.operator_id()) continue;
    people.emplace_back(office.software(person.id).size(), person.id);
  }
  std::sort(people.begin(), people.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<seatbook::PersonId> ids;
  for (const auto& [held, person] : people) ids.push_back(person);
  return ids;
}

inline seatbook::LicenseId add_license(Office& office, Cast& cast, const std::string& name,
                                       std::int64_t seats) {
  cast.added.push_back(name);
  return require(office.desk().add_license({.name = name, .total_seats = seats}), "a license")
      .license;
}

/// Chooses the license with the fewest free seats, preferably more than one.
inline void choose_license(Office& office, Cast& cast) {
  std::uint64_t best_rank = max_seats_to_fill + 2;
  for (const auto& license : office.licenses()) {
    const auto free = office.usage(license.id).available();
    if (!free || *free == 0 || *free > max_seats_to_fill) continue;
    const std::uint64_t rank = *free == 1 ? max_seats_to_fill + 1 : *free;
    if (rank >= best_rank) continue;
    best_rank = rank;
    cast.license = license.id;
    cast.license_name = license.name;
  }
  if (cast.license) return;
  cast.license_name = "Tour Notebook";
  cast.license = add_license(office, cast, cast.license_name, 3);
}

inline void choose_people(Office& office, Cast& cast) {
  const std::size_t wanted = *office.usage(cast.license).available() + 2;
  std::vector<seatbook::PersonId>& people = cast.candidates;
  for (const seatbook::PersonId person : active_people(office)) {
    if (people.size() == wanted) break;
    if (!office.holds(person, cast.license)) people.push_back(person);
  }
  for (int guest = 1; people.size() < wanted; ++guest) {
    cast.added.push_back("Guest " + std::to_string(guest));
    people.push_back(
        require(office.desk().add_person({.name = cast.added.back()}), "adding a guest").person);
  }
  cast.successor = people.back();
  people.pop_back();
  cast.newcomer = people.back();
  people.pop_back();
}

inline void choose_more_licenses(Office& office, Cast& cast) {
  for (const auto& row : office.software(cast.newcomer)) {
    if (!cast.other) cast.other = row.license;
  }
  std::vector<seatbook::LicenseId>& more = cast.further;
  const std::size_t wanted = further_licenses + (cast.other ? 0 : 1);
  for (const auto& license : office.licenses()) {
    if (more.size() == wanted) break;
    if (license.id == cast.license || !office.usage(license.id).can_assign()) continue;
    if (!office.holds(cast.newcomer, license.id)) more.push_back(license.id);
  }
  for (int number = 1; more.size() < wanted; ++number) {
    more.push_back(add_license(office, cast, "Tour Sketchbook " + std::to_string(number), 5));
  }
  if (cast.other) return;
  cast.other = more.back();
  more.pop_back();
}

/// Chooses records from the inventory and adds missing ones.
inline Cast choose_cast(Office& office) {
  Cast cast;
  choose_license(office, cast);
  choose_people(office, cast);
  choose_more_licenses(office, cast);
  return cast;
}

/// Returns the active holder of a seat on the license who has the most licenses.
inline seatbook::PersonId holder_with_most_licenses(Office& office, seatbook::LicenseId license) {
  seatbook::PersonId best;
  std::size_t most = 0;
  for (const auto& row : require(office.desk().license_seats(license), "the seats")) {
    const std::size_t held = office.software(row.person).size();
    if (row.archived || held <= most) continue;
    best = row.person;
    most = held;
  }
  require(static_cast<bool>(best), "an active person holds a seat");
  return best;
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_CAST_HPP_

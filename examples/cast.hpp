// Chooses the records of the scenes, in the same way as examples/demo.py.
#ifndef SEATBOOK_EXAMPLES_CAST_HPP_
#define SEATBOOK_EXAMPLES_CAST_HPP_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "expect.hpp"
#include "office.hpp"
#include "seatbook/seatbook.hpp"

namespace tour {

struct Cast {
  seatbook::LicenseId license;  ///< the license that fills up
  std::uint64_t free = 3;
  std::uint64_t total = 0;
  std::vector<seatbook::PersonId> fillers;   ///< one for each free seat
  seatbook::PersonId owner;                  ///< the first of them
  seatbook::PersonId joiner;                 ///< requests several licenses, and leaves
  seatbook::PersonId successor;              ///< takes over a seat
  std::vector<seatbook::LicenseId> further;  ///< up to three licenses with a free seat
};

/// Chooses the first license with 2 to 4 free seats, active people who hold no seat on it, and
/// other licenses. If there is no such license, changes the total of the first one. Adds people if
/// there are too few.
inline Cast choose_cast(Office& office, seatbook::PersonId license_owner) {
  Cast cast;
  const auto rows = require(office.desk().utilization(), "the utilization");
  const auto fits = [](const seatbook::UtilizationRow& row) {
    return row.available && *row.available >= 2 && *row.available <= 4;
  };
  const auto found = std::find_if(rows.begin(), rows.end(), fits);
  const seatbook::UtilizationRow& chosen = found == rows.end() ? rows.front() : *found;
  cast.license = *chosen.license;
  if (fits(chosen)) cast.free = *chosen.available;
  cast.total = chosen.used + cast.free;
  if (!fits(chosen)) office.set_total(cast.license, cast.total);
  for (const auto& row : rows) {
    const bool has_room = row.available != std::uint64_t{0};
    if (row.license != cast.license && has_room && cast.further.size() < 3) {
      cast.further.push_back(*row.license);
    }
  }

  const std::size_t wanted = cast.free + 2;
  for (const auto& person : require(office.desk().people({.limit = 100'000}), "the people")) {
    if (cast.fillers.size() == wanted) break;
    const bool active = person.state == seatbook::PersonState::active;
    if (!active || person.email.empty() || person.id == license_owner) continue;
    if (!office.holds(person.id, cast.license)) cast.fillers.push_back(person.id);
  }
  for (std::size_t guest = 1; cast.fillers.size() < wanted; ++guest) {
    const auto added = office.desk().add_person(
        {.name = "Guest " + number(guest), .email = "guest-" + number(guest) + "@tour.example"});
    cast.fillers.push_back(require(added, "adding a guest").person);
  }
  cast.successor = cast.fillers.back();
  cast.fillers.pop_back();
  cast.joiner = cast.fillers.back();
  cast.fillers.pop_back();
  cast.owner = cast.fillers.front();
  return cast;
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_CAST_HPP_

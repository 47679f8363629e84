// What the scenes share: the page, the book and the chosen records.
#ifndef SEATBOOK_EXAMPLES_STAGE_HPP_
#define SEATBOOK_EXAMPLES_STAGE_HPP_

#include <cstddef>
#include <optional>
#include <string>

#include "cast.hpp"
#include "expect.hpp"
#include "office.hpp"
#include "page.hpp"
#include "scenes.hpp"
#include "seatbook/seatbook.hpp"

namespace tour {

struct InputFile {
  std::string name;
  std::string csv;
};

struct Stage {
  InputFile people_file;
  InputFile licenses_file;
  Page& page;
  Narrator narrator;
  Office office;
  seatbook::PersonId license_owner = {};
  std::size_t imported = 0;          ///< the number of events of the inventory
  Cast cast = {};                    ///< chosen from the inventory
  seatbook::AssignmentId idle = {};  ///< the seat that is not used
  seatbook::Timestamp left = {};     ///< the start of the day on which the joiner left

  [[nodiscard]] seatbook::Session& desk() { return office.desk(); }
};

/// Prints who held a seat of the license at that instant, and returns their number.
inline std::size_t show_holders(Stage& stage, seatbook::Timestamp at) {
  Rows rows;
  for (const auto& row : require(stage.desk().holders_at(stage.cast.license, at), "the holders")) {
    require(at < stage.office.now() ||
                stage.office.seat(row.person, stage.cast.license) == row.assignment,
            "holders hold their seats");
    rows.push_back({row.name, day(row.assigned_at), row.revoked_at ? day(*row.revoked_at) : "",
                    row.granted_by_name, row.access_level});
  }
  stage.page.table({{"Name"}, {"Since"}, {"Until"}, {"Granted by"}, {"Access level"}}, rows);
  return rows.size();
}

inline std::string amount(const std::string& currency,
                          const std::optional<seatbook::MoneySum>& sum) {
  return sum ? currency + ' ' + sum->to_string() : "";
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_STAGE_HPP_

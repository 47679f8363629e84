// Formats the values that the tour prints.
#ifndef SEATBOOK_EXAMPLES_WORDING_HPP_
#define SEATBOOK_EXAMPLES_WORDING_HPP_

#include <cstdint>
#include <string>

#include "seatbook/seatbook.hpp"
#include "text.hpp"

namespace tour {

inline std::string number(std::uint64_t value) {
  return std::to_string(value);
}

inline std::string day(seatbook::Timestamp instant) {
  return seatbook::Date::of(instant).to_string();
}

/// "2026-03-02 09:00".
inline std::string minute(seatbook::Timestamp instant) {
  const std::string text = instant.to_string();
  return text.substr(0, 10) + ' ' + text.substr(11, 5);
}

/// "12 rows", or "11 of 12 rows" if some were left out.
inline std::string rows_taken(std::uint64_t taken, std::uint64_t all) {
  const std::string text = counted(all, "row", "rows");
  return taken == all ? text : number(taken) + " of " + text;
}

inline std::string cost(const seatbook::License& license) {
  if (!license.cost_per_seat) return {};
  return license.currency + ' ' + license.cost_per_seat->to_string();
}

inline std::string renewal(const seatbook::License& license) {
  return license.renewal_date ? license.renewal_date->to_string() : std::string();
}

/// Returns the badges of a seat, which are independent of each other.
inline std::string badges(bool archived, bool needs_review) {
  const std::string both = archived && needs_review ? ", " : "";
  return (archived ? "Archived" : "") + both + (needs_review ? "Needs Review" : "");
}

/// "3/4, 1 of 4 available".
inline std::string seats_text(const seatbook::Usage& usage) {
  return usage.text() + ", " + usage.available_text();
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_WORDING_HPP_

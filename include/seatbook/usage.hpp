/// How many seats of a license are in use.
#ifndef SEATBOOK_USAGE_HPP_
#define SEATBOOK_USAGE_HPP_

#include <cstdint>
#include <optional>
#include <string>

#include "seatbook/types.hpp"

namespace seatbook {

/// The seats in use and the capacity of a license (A38, A39, A9).
struct Usage {
  std::uint64_t used = 0;  ///< active assignments, including archived people's (C10, C15)
  SeatTotal total = {};
  CapacityPolicy policy = CapacityPolicy::enforce;
  bool archived = false;  ///< whether the license is archived

  /// Returns the number of free seats, never below 0; none if unlimited (C14).
  [[nodiscard]] std::optional<std::uint64_t> available() const;
  /// Returns the seats in use beyond the total; 0 if unlimited (C7).
  [[nodiscard]] std::uint64_t over_by() const;
  /// Returns whether one more person could be assigned a seat now (A16). A hint for user
  /// interfaces: assign checks again at commit (A43).
  [[nodiscard]] bool can_assign() const;
  /// Returns "13/50", or "13/unlimited" if there is no total (A39).
  [[nodiscard]] std::string text() const;
  /// Returns "12 of 50 available", or "unlimited" if there is no total (A9).
  [[nodiscard]] std::string available_text() const;
};

}  // namespace seatbook

#endif  // SEATBOOK_USAGE_HPP_

/// The outcomes of a bulk call (A33, C45).
#ifndef SEATBOOK_BULK_HPP_
#define SEATBOOK_BULK_HPP_

#include <cstdint>
#include <string>
#include <vector>

#include "seatbook/result.hpp"
#include "seatbook/types.hpp"

namespace seatbook {

/// Counts the items of a bulk call by outcome.
struct BulkSummary {
  /// the number of items assigned, revoked or recorded; in a dry run, of those that would be
  std::uint64_t done = 0;
  std::uint64_t skipped = 0;             ///< the sum of the counters below
  std::uint64_t no_seats_remaining = 0;  ///< skipped: every seat of the license is in use
  std::uint64_t already_assigned = 0;    ///< skipped: the person holds a seat
  std::uint64_t license_archived = 0;    ///< skipped: the license is archived
  std::uint64_t person_archived = 0;     ///< skipped: the person is archived
  std::uint64_t person_erased = 0;       ///< skipped: the person is erased
  std::uint64_t other = 0;               ///< skipped for another reason; record_uses only

  void count(Code outcome);
  /// Returns "Bulk assign: 4 assigned, 2 skipped (1 no seats left, 1 already assigned)" (A33, C45).
  [[nodiscard]] std::string assign_text() const;
};

/// The result of a bulk command.
struct BulkReceipt {
  /// One outcome per item, in the caller's order; an item named twice has one, at its first
  /// position.
  std::vector<Outcome> outcomes = {};
  BulkSummary summary = {};  ///< the number of items by outcome
  bool dry_run = false;      ///< whether nothing was changed, as requested
  Version version = {};
};

}  // namespace seatbook

#endif  // SEATBOOK_BULK_HPP_

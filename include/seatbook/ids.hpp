/// The ids of records, and the numbers that count history rows, batches and edits.
#ifndef SEATBOOK_IDS_HPP_
#define SEATBOOK_IDS_HPP_

#include <cstdint>

namespace seatbook {

/// The number of one kind of record; ids of different kinds do not convert to each other. Ids of
/// records start at 1, are assigned in order and never reused; 0 is no record.
template <class Tag>
struct Id {
  std::uint64_t value = 0;

  constexpr Id() = default;
  constexpr explicit Id(std::uint64_t number) : value(number) {}
  /// Returns whether the id is not 0.
  constexpr explicit operator bool() const { return value != 0; }

  friend constexpr bool operator==(Id a, Id b) { return a.value == b.value; }
  friend constexpr bool operator!=(Id a, Id b) { return a.value != b.value; }
  friend constexpr bool operator<(Id a, Id b) { return a.value < b.value; }
  friend constexpr bool operator>(Id a, Id b) { return a.value > b.value; }
  friend constexpr bool operator<=(Id a, Id b) { return a.value <= b.value; }
  friend constexpr bool operator>=(Id a, Id b) { return a.value >= b.value; }
};

using PersonId = Id<struct PersonTag>;
using LicenseId = Id<struct LicenseTag>;
using AssignmentId = Id<struct AssignmentTag>;
using ActorId = Id<struct ActorTag>;
/// The id of a record whose kind depends on the context.
using RecordId = Id<struct RecordTag>;
/// The number of a history row: 1, 2, 3 ... without a gap (C48).
using Seq = Id<struct SeqTag>;
/// The number of batches that the book has committed.
using Version = Id<struct VersionTag>;
/// The number of edits of one record, from 1 (C57).
using Revision = Id<struct RevisionTag>;

}  // namespace seatbook

#endif  // SEATBOOK_IDS_HPP_

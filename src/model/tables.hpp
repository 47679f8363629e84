/// All tables of a book. They change only by applying whole sets of record images.
#ifndef SEATBOOK_MODEL_TABLES_HPP_
#define SEATBOOK_MODEL_TABLES_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/actors.hpp"
#include "model/assignments.hpp"
#include "model/history.hpp"
#include "model/licenses.hpp"
#include "model/people.hpp"
#include "model/slices.hpp"
#include "seatbook/records.hpp"
#include "seatbook/result.hpp"

namespace seatbook::model {

/// Not thread-safe: the book's lock allows many readers or one writer.
struct Tables {
  PersonTable people;
  LicenseTable licenses;
  AssignmentTable assignments;
  HistoryTable history;
  ActorTable actors;
  std::optional<BookInfo> info;
  /// The number of batches applied.
  Version version;
  /// The maximum number of records of one kind. Tests lower it to reach the limit.
  std::uint64_t record_limit = max_records;

  /// Applies one batch that is based on these tables, with `images` in the batch's order, and sets
  /// the version to `to`. Errors: storage_corrupt (the records contradict each other). Throws
  /// std::bad_alloc. After either, the tables must not be used again. The images are moved from.
  Result<void> apply(std::vector<RecordImage>&& images, Version to);

  /// Applies the changes of several batches: the newest image of each record, in any order.
  /// Intermediate states are not needed: two people may have exchanged emails, for example. Errors:
  /// storage_corrupt (the records contradict each other or, applied to tables of version 0, break
  /// the rules, see violations.hpp). The tables must then not be used again.
  Result<void> catch_up(std::vector<RecordImage> images, Version to);

  /// Applies a record during the first read into empty tables if all records that it refers to
  /// exist and its id is the next of its kind. Returns whether it was applied; pass other records
  /// to catch_up(). Errors: storage_corrupt.
  Result<bool> take_early(RecordImage& image);

  /// Returns one line per violated invariant; empty if there is none (docs/architecture.md,
  /// "Invariants"). The tables must not change between slices: callers that let writers in must end
  /// the check when they do.
  [[nodiscard]] std::vector<std::string> check_invariants(Slices& slices) const;
  /// Runs the check in a single slice, for tables without other users.
  [[nodiscard]] std::vector<std::string> check_invariants() const {
    OneSlice slices;
    return check_invariants(slices);
  }

  [[nodiscard]] static LicenseTerms terms_of(const License& license) {
    return {license.total_seats, license.policy, license.owner, license.backup_owner};
  }
};

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_TABLES_HPP_

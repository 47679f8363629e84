/// All tables of one book, and the only way they change: whole sets of after-images.
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
#include "seatbook/storage.hpp"

namespace seatbook::model {

/// Not synchronized: any number of readers, or one writer (the book holds the lock).
struct Tables {
  PersonTable people;
  LicenseTable licenses;
  AssignmentTable assignments;
  HistoryTable history;
  ActorTable actors;
  std::optional<BookInfo> info;
  /// How many batches the tables stand for.
  Version version;
  /// How many records of one kind the rules let a command make. Less in tests alone, which reach
  /// the limit this way.
  std::uint64_t record_limit = max_records;

  /// Takes one batch that was decided on these tables; `puts` in the batch's order. Afterwards the
  /// tables stand at `to`. Errors: storage_corrupt, where the records contradict each other; the
  /// tables are then of no further use. Throws std::bad_alloc; likewise.
  Result<void> apply(std::vector<RecordImage> images, Version to);

  /// Takes what several batches have changed, newest images only, in any order. Their history need
  /// not contain what lies between: people may have exchanged emails meanwhile. Errors:
  /// storage_corrupt, if the records contradict each other or, taken into tables of version 0,
  /// break the rules (violations.hpp); the tables are then of no further use.
  Result<void> catch_up(std::vector<RecordImage> images, Version to);

  /// For a first reading into empty tables: takes the record at once if it comes in its turn (after
  /// all that it names, its id the next of its kind) and answers whether. What comes early is left
  /// for catch_up(). Errors: storage_corrupt, as there.
  Result<bool> take_early(RecordImage& image);

  /// What breaks the rules, one line each; none is good (docs/architecture.md, "Invariants").
  /// The tables must not change between slices: whoever lets writers in ends the check then.
  [[nodiscard]] std::vector<std::string> check_invariants(Slices& slices) const;
  /// The same in one slice, for tables that no one else uses.
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

/// What a rule has to work with, and the batch it writes.
#ifndef SEATBOOK_RULES_TRANSACTION_HPP_
#define SEATBOOK_RULES_TRANSACTION_HPP_

#include <cstdint>
#include <optional>
#include <vector>

#include "model/tables.hpp"
#include "seatbook/actor.hpp"
#include "seatbook/records.hpp"
#include "seatbook/result.hpp"
#include "seatbook/storage.hpp"

namespace seatbook::rules {

/// One call's view of the book and the effects it decides on. Rules read the tables and the time
/// from here and put after-images and history rows; nothing they do can be seen before the batch
/// has been appended and applied. The same tables, command, actor and time give the same batch.
class Transaction {
 public:
  /// `at` is the time of the batch, `now` the clock's; they differ while the clock stands behind
  /// the last batch (C52).
  Transaction(const model::Tables& tables, const Actor& actor, Timestamp at, Timestamp now)
      : tables_(tables), actor_(actor), at_(at), now_(now) {}

  [[nodiscard]] const model::Tables& tables() const { return tables_; }
  [[nodiscard]] const Actor& actor() const { return actor_; }
  [[nodiscard]] Timestamp at() const { return at_; }
  [[nodiscard]] Timestamp now() const { return now_; }
  /// The actor's id in the book; the first write of an actor adds its record.
  [[nodiscard]] ActorId actor_id();

  /// The id of the next new record. Errors: limit_exceeded. Each call gives another one.
  Result<PersonId> new_person();
  Result<LicenseId> new_license();
  Result<AssignmentId> new_assignment();

  template <class Record>
  void put(Record record) {
    if (abandoned_) return;
    begin();
    images_.emplace_back(std::in_place_type<Record>, std::move(record));
  }
  /// Adds the next history row; `row` needs kind and what it is about, `texts` no seq. Errors:
  /// limit_exceeded.
  Result<void> record(HistoryRow row, HistoryTexts texts = {});

  /// Nothing to write: the call found everything as it should be.
  [[nodiscard]] bool empty() const { return images_.empty(); }
  /// Forgets everything put so far, and keeps nothing that is put from now on: the call writes
  /// nothing, it only finds out what would happen.
  void abandon() {
    images_ = {};
    abandoned_ = true;
  }
  [[nodiscard]] std::vector<RecordImage> take() { return std::move(images_); }

 private:
  void begin();

  const model::Tables& tables_;
  const Actor& actor_;
  Timestamp at_;
  Timestamp now_;
  std::vector<RecordImage> images_;
  bool abandoned_ = false;
  ActorId actor_id_;
  std::uint64_t new_people_ = 0;
  std::uint64_t new_licenses_ = 0;
  std::uint64_t new_assignments_ = 0;
  std::uint64_t new_history_ = 0;
};

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_TRANSACTION_HPP_

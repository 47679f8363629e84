/// The input of a command's rules, and the batch they write.
#ifndef SEATBOOK_RULES_TRANSACTION_HPP_
#define SEATBOOK_RULES_TRANSACTION_HPP_

#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "model/tables.hpp"
#include "rules/view.hpp"
#include "seatbook/actor.hpp"
#include "seatbook/records.hpp"
#include "seatbook/result.hpp"

namespace seatbook::rules {

/// What one command reads and writes. Rules read the view or the tables and the time from here, and
/// write record images and history rows. Nothing is visible outside until the batch is appended and
/// applied. The same view, command, actor and time give the same batch.
class Transaction {
 public:
  /// `at` is the time of the batch, `now` that of the clock. They differ while the clock is behind
  /// the last batch (C52).
  Transaction(const View& view, const Actor& actor, Timestamp at, Timestamp now)
      : view_(view), actor_(actor), at_(at), now_(now) {}

  [[nodiscard]] const View& view() const { return view_; }
  /// For commands that are decided when nothing is pending (see View).
  [[nodiscard]] const model::Tables& tables() const { return view_.tables(); }
  [[nodiscard]] const Actor& actor() const { return actor_; }
  [[nodiscard]] Timestamp at() const { return at_; }
  [[nodiscard]] Timestamp now() const { return now_; }
  /// Returns the actor's id in the book; the first write of an actor adds its record.
  [[nodiscard]] ActorId actor_id() {
    if (!actor_id_) find_actor();
    return actor_id_;
  }

  /// Return the id of the next new record, a different one in each call.
  /// Errors: limit_exceeded.
  Result<PersonId> new_person();
  Result<LicenseId> new_license();
  Result<AssignmentId> new_assignment();

  template <class Record>
  void put(Record&& record) {
    add<std::decay_t<Record>>(std::forward<Record>(record));
  }
  /// Adds a record that is made of `arguments`. Returns it, so that the caller can complete it
  /// before the next record is added.
  template <class Record, class... Arguments>
  Record& add(Arguments&&... arguments) {
    begin();
    RecordImage& image =
        images_.emplace_back(std::in_place_type<Record>, std::forward<Arguments>(arguments)...);
    return *std::get_if<Record>(&image);
  }
  /// Adds the next history row, and its texts, if there are any. `row` needs its kind and ids,
  /// `texts` no seq.
  /// Errors: limit_exceeded.
  Result<void> record(const HistoryRow& row);
  Result<void> record(const HistoryRow& row, HistoryTexts texts);

  /// Returns whether there is nothing to write.
  [[nodiscard]] bool empty() const { return abandoned_ || images_.empty(); }
  /// Discards everything written so far and from now on: the call only computes its result.
  void abandon() {
    images_ = {};
    abandoned_ = true;
  }
  [[nodiscard]] std::vector<RecordImage> take() { return std::move(images_); }

 private:
  /// Prepares images_ for one more record.
  void begin() {
    if (images_.empty() || abandoned_) restart();
  }
  void restart();
  void find_actor();
  Result<Seq> put_row(const HistoryRow& row);

  const View& view_;
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

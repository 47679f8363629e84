/// The table of history rows and their texts, indexed by seq, and linked backwards per license,
/// person and actor.
///
/// Shape (measured; docs/decisions/0004): a row is 48 bytes of numbers found by position, as seq
/// has no gaps. It needs no search index: each row carries the seq of the previous row of the same
/// license, person and actor.
#ifndef SEATBOOK_MODEL_HISTORY_HPP_
#define SEATBOOK_MODEL_HISTORY_HPP_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/chunked.hpp"
#include "seatbook/records.hpp"

namespace seatbook::model {

class HistoryTable {
 public:
  HistoryTable();
  ~HistoryTable();
  HistoryTable(const HistoryTable&) = delete;
  HistoryTable& operator=(const HistoryTable&) = delete;

  /// Returns the number of rows, which is the seq of the last one.
  [[nodiscard]] std::uint64_t size() const;
  /// Returns a row. The seq must exist, here and below.
  [[nodiscard]] HistoryRow row(Seq seq) const;
  [[nodiscard]] Version batch(Seq seq) const;
  [[nodiscard]] HistoryKind kind(Seq seq) const;
  /// Whether the row assigns, revokes or transfers a seat. Does not read the whole row.
  [[nodiscard]] bool moves_a_seat(Seq seq) const;
  /// Returns null if the row has no texts.
  [[nodiscard]] const HistoryTexts* texts(Seq seq) const;
  /// Returns the time of the last row; min_timestamp if there is none.
  [[nodiscard]] Timestamp last_at() const;
  /// Returns the actor of the last row; 0 if there is none.
  [[nodiscard]] ActorId last_actor() const;

  /// Return the newest row of a license, person or actor, and the row before a row; 0 at the end.
  [[nodiscard]] Seq last_of(LicenseId license) const;
  [[nodiscard]] Seq last_of(PersonId person) const;
  [[nodiscard]] Seq last_of(ActorId actor) const;
  [[nodiscard]] Seq previous_of_license(Seq seq) const;
  [[nodiscard]] Seq previous_of_person(Seq seq) const;
  [[nodiscard]] Seq previous_of_actor(Seq seq) const;

  /// Adds the next row. Returns false and changes nothing if its seq is not the next one or its
  /// time is before that of the last row.
  bool put(const HistoryRow& row);
  /// Adds or replaces the texts of a row. Returns false if there is no such row.
  bool put_texts(HistoryTexts texts);

 private:
  struct Row;
  struct Container;
  [[nodiscard]] const Row& compact(Seq seq) const;

  std::unique_ptr<Container> container_;
  Chunked<std::uint32_t> last_of_license_;  // by id - 1
  Chunked<std::uint32_t> last_of_person_;
  Chunked<std::uint32_t> last_of_actor_;
};

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_HISTORY_HPP_

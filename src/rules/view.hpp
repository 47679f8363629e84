/// What a command is decided on: the tables, and what is pending: read or decided, but not durable.
#ifndef SEATBOOK_RULES_VIEW_HPP_
#define SEATBOOK_RULES_VIEW_HPP_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/tables.hpp"
#include "seatbook/records.hpp"

namespace seatbook::rules {

/// Commands on a single seat are committed in groups: each is decided before the batches in front
/// of it are durable and in the tables. So are batches of other processes, as far as the view
/// covers them. This view shows what these commands read. All other commands read tables(), and are
/// decided when nothing is pending.
class View {
 public:
  explicit View(const model::Tables& tables) : tables_(tables), version_(tables.version) {}

  /// Whether a view of `tables` can show these records of other processes. If not, they must be in
  /// the tables before a command is decided: people, licenses, and records that contradict the
  /// tables, which Tables::catch_up() rejects.
  [[nodiscard]] static bool covers(const model::Tables& tables,
                                   const std::vector<RecordImage>& images);

  /// Adds the images of one or more batches, in any order; `to` is the version after them. They are
  /// covered, or written by a command on a single seat, and must outlive the view. No record occurs
  /// twice. If memory runs out, nothing is added.
  void add(const std::vector<RecordImage>& images, Version to);

  /// Returns the tables, without what is pending. Pending records are neither people nor licenses,
  /// so those are always current.
  [[nodiscard]] const model::Tables& tables() const { return tables_; }

  /// Returns the version after the last pending batch.
  [[nodiscard]] Version version() const { return version_; }
  [[nodiscard]] Timestamp last_at() const;
  [[nodiscard]] const std::optional<BookInfo>& info() const;
  [[nodiscard]] std::uint64_t history_size() const {
    return tables_.history.size() + history_rows_;
  }

  [[nodiscard]] std::uint64_t actor_count() const;
  [[nodiscard]] const ActorRecord* find_actor(std::string_view actor,
                                              const std::optional<PersonId>& person) const;

  // As in AssignmentTable.
  [[nodiscard]] std::uint64_t assignment_count() const;
  [[nodiscard]] const model::AssignmentRow* find(AssignmentId id) const;
  [[nodiscard]] Assignment record(AssignmentId id) const;
  [[nodiscard]] Timestamp since(const model::AssignmentRow& row) const;
  [[nodiscard]] const model::AssignmentRow* find_active(LicenseId license, PersonId person) const;
  [[nodiscard]] std::uint64_t active_count(LicenseId license) const;
  [[nodiscard]] std::optional<Timestamp> last_use(AssignmentId id) const;

 private:
  /// The newest pending image of an assignment.
  struct Seat {
    model::AssignmentRow row;
    const Assignment* image = nullptr;
    bool was_active = false;  // in the tables
  };
  [[nodiscard]] const Seat* pending(AssignmentId id) const;

  // Found by comparing all entries: a group has at most max_group_size commands, and reads at most
  // 1,000 records of other processes.
  const model::Tables& tables_;
  Version version_;
  std::uint64_t history_rows_ = 0;
  std::uint64_t new_assignments_ = 0;
  std::optional<Timestamp> last_at_;
  std::optional<BookInfo> info_;
  std::vector<Seat> seats_;
  std::vector<const ActorRecord*> actors_;
  std::vector<const LastUse*> uses_;  // oldest first
};

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_VIEW_HPP_

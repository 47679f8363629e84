/// What a command is decided on: the tables, and the batches that are decided but not yet durable.
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
/// of it are durable and in the tables. This view covers what these commands read. All other
/// commands read tables(), and are decided when nothing is pending.
class View {
 public:
  explicit View(const model::Tables& tables) : tables_(tables) {}

  /// Adds the images of a batch that a command on a single seat has produced. They must outlive the
  /// view. If memory runs out, nothing is added.
  void add(const std::vector<RecordImage>& images);

  [[nodiscard]] std::size_t pending_batches() const { return batches_; }
  /// Returns the tables, without what is pending. Commands on a single seat change neither people
  /// nor licenses, so those are always current.
  [[nodiscard]] const model::Tables& tables() const { return tables_; }

  /// Returns the version after the last pending batch.
  [[nodiscard]] Version version() const { return Version(tables_.version.value + batches_); }
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
  };
  [[nodiscard]] const Seat* pending(AssignmentId id) const;

  // Found by comparing all entries: a group has at most max_group_size commands.
  const model::Tables& tables_;
  std::size_t batches_ = 0;
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

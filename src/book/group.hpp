/// Commands on their way to the storage.
#ifndef SEATBOOK_BOOK_GROUP_HPP_
#define SEATBOOK_BOOK_GROUP_HPP_

#include <cstddef>
#include <optional>
#include <vector>

#include "book/event_queue.hpp"
#include "book/writer_queue.hpp"
#include "rules/transaction.hpp"
#include "seatbook/actor.hpp"
#include "seatbook/permissions.hpp"
#include "seatbook/result.hpp"
#include "seatbook/storage.hpp"
#include "types/function_ref.hpp"

namespace seatbook::detail {

/// A command that waits in the queue of writers. It lives in its caller's frame, but the caller
/// that is first in the queue may execute it.
struct Call : WriterQueue::Place {
  using Decide = types::FunctionRef<Result<void>(rules::Transaction&)>;

  Call(const Actor& by, Operation called, const std::optional<RequestId>& id, Decide rule,
       bool can_join)
      : Place(can_join), actor(by), operation(called), request_id(id), decide(rule) {}

  const Actor& actor;
  const Operation operation;
  const std::optional<RequestId>& request_id;
  const Decide decide;
  Timestamp now;                       ///< of the host's clock, if it has one
  Result<Version> result = Version();  ///< what it committed, or what it was decided on
  std::size_t rests_on = 0;            ///< on how much of Group::pending() the result depends
  EventQueue::Position events = 0;     ///< the end of its events; 0: it has none
};

/// Records that other processes have written: the newest images after all batches up to `version`.
struct ForeignRecords {
  std::vector<RecordImage> images;
  Version version;
};

/// The commands that one caller decides and appends together, in the order of the queue. The memory
/// is reserved, so adding cannot fail.
class Group {
 public:
  Group();

  void start_with(Call& first);
  /// Makes the group depend on records that are neither durable nor in the tables. Called before
  /// the first call is decided.
  void rest_on(ForeignRecords&& foreign) noexcept;
  /// Adds the call behind the last one, if it may join and the group has less than `limit` calls.
  /// Returns it, or null.
  Call* next(const WriterQueue& queue, std::size_t limit);
  /// Adds the batch of the last call.
  void add(Batch&& batch);
  /// Returns the version that a batch of this group with this request id will have, if any.
  [[nodiscard]] std::optional<Version> version_of(const RequestId& id) const;

  /// Keeps the first `count` batches. The calls that depend on the others leave the group, and stay
  /// in the queue.
  void keep(std::size_t count);
  /// Leaves the first call alone in the group: one batch may be the reason why the storage rejected
  /// all of them. If it fails too, all of them fail.
  void first_alone();
  /// Sets the result of every call that depends on something pending.
  void fail(const Error& error);
  void clear();

  [[nodiscard]] const std::vector<Call*>& calls() const { return calls_; }
  [[nodiscard]] std::optional<ForeignRecords>& foreign() { return foreign_; }
  [[nodiscard]] const std::optional<ForeignRecords>& foreign() const { return foreign_; }
  [[nodiscard]] std::vector<Batch>& batches() { return batches_; }
  [[nodiscard]] const std::vector<Batch>& batches() const { return batches_; }
  /// Returns the call that wrote a batch.
  [[nodiscard]] Call& writer(std::size_t batch) const { return *writers_[batch]; }

  /// Returns the number of things that are not durable: the foreign records, if any, and each
  /// batch.
  [[nodiscard]] std::size_t pending() const { return pending(batches_.size()); }

 private:
  [[nodiscard]] std::size_t pending(std::size_t batches) const {
    return batches + (foreign_ ? 1 : 0);
  }

  std::vector<Call*> calls_;
  std::vector<Call*> rejected_;  ///< the calls of the group before first_alone()
  std::optional<ForeignRecords> foreign_;
  std::vector<Batch> batches_;
  std::vector<Call*> writers_;
};

}  // namespace seatbook::detail

#endif  // SEATBOOK_BOOK_GROUP_HPP_

/// The mistakes that the simulator must find: each one breaks one thing that the protocol of a
/// shared book relies on.
#ifndef SEATBOOK_TESTS_SIMULATION_MISTAKES_HPP_
#define SEATBOOK_TESTS_SIMULATION_MISTAKES_HPP_

#include <cstdint>

namespace seatbook::simulation {

enum class Mistake : std::uint8_t {
  none,
  // What the server does with a batch.
  no_comparison,  ///< a batch is written whatever the version
  no_fence,       ///< a batch is written whatever the fence
  late_batch,     ///< only the versions still remembered are compared
  not_atomic,     ///< a lost connection leaves the first half of a batch
  group_split,    ///< a lost connection leaves the first batch of a group
  early_result,   ///< a batch is acknowledged before the flush
  // How syncs are shared.
  no_barrier,               ///< a batch with a shared sync is acknowledged before the flush
  barrier_failure_ignored,  ///< if the flush after a commit fails, the batch counts as not written
  publish_before_barrier,   ///< what others have written is published before it is durable
  refusal_before_barrier,   ///< the same for what a refused command was decided on
  // How an outcome is looked up.
  fence_forgotten,       ///< the fence is not raised
  find_without_barrier,  ///< a raised fence, and a batch that was found, are not yet durable
  find_before_fence,     ///< the batch is looked up first, then the fence is raised
  tokens_forgotten,      ///< no batch is ever found
  // How the newer records are read.
  lock_lost,         ///< others write under the lock, and the version is not read again
  torn_snapshot,     ///< each kind of record is read at another version
  restore_hidden,    ///< a restored server reports the version that was seen last
  batch_unverified,  ///< a batch that is no longer stored counts as the expected one
};

inline constexpr struct {
  Mistake mistake;
  const char* name;
} mistakes[] = {
    {Mistake::no_comparison, "no_comparison"},
    {Mistake::no_fence, "no_fence"},
    {Mistake::late_batch, "late_batch"},
    {Mistake::not_atomic, "not_atomic"},
    {Mistake::group_split, "group_split"},
    {Mistake::early_result, "early_result"},
    {Mistake::no_barrier, "no_barrier"},
    {Mistake::barrier_failure_ignored, "barrier_failure_ignored"},
    {Mistake::publish_before_barrier, "publish_before_barrier"},
    {Mistake::refusal_before_barrier, "refusal_before_barrier"},
    {Mistake::fence_forgotten, "fence_forgotten"},
    {Mistake::find_without_barrier, "find_without_barrier"},
    {Mistake::find_before_fence, "find_before_fence"},
    {Mistake::tokens_forgotten, "tokens_forgotten"},
    {Mistake::lock_lost, "lock_lost"},
    {Mistake::torn_snapshot, "torn_snapshot"},
    {Mistake::restore_hidden, "restore_hidden"},
    {Mistake::batch_unverified, "batch_unverified"},
};

}  // namespace seatbook::simulation

#endif  // SEATBOOK_TESTS_SIMULATION_MISTAKES_HPP_

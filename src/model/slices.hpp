/// Queries hold the table lock in slices of bounded size (C69).
#ifndef SEATBOOK_MODEL_SLICES_HPP_
#define SEATBOOK_MODEL_SLICES_HPP_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace seatbook::model {

/// The lock of a query. A query counts its work in steps. When a slice is full, the lock is
/// released and taken again, so that a waiting writer can run in between. A query that fits into
/// one slice sees a single version.
///
/// Every member may release the lock: pointers and references into the tables are then invalid, and
/// rows may have changed. Ids and seqs stay valid. If a member returns false, the query has ended
/// (because the book was closed, for example): the lock is not held, the caller must return
/// immediately, and its result is ignored.
class Slices {
 public:
  /// A step is one row read. It takes 0.05 to 0.4 microseconds, depending on the processor's
  /// caches, so a slice takes one to two milliseconds. Steps are counted, not timed, so that a
  /// query's behavior depends only on the book.
  static constexpr std::uint32_t steps_in_a_slice = 4096;
  /// The number of steps of a row whose texts are copied.
  static constexpr std::uint32_t copied_row = 8;

  Slices(const Slices&) = delete;
  Slices& operator=(const Slices&) = delete;
  virtual ~Slices() = default;

  /// Takes the lock for a slice.
  [[nodiscard]] bool enter() {
    ended_ = !take();
    left_ = ended_ ? 0 : size_;
    return !ended_;
  }

  /// Counts steps before the caller does them.
  [[nodiscard]] bool step(std::uint32_t steps = 1) {
    if (steps > left_ && !next()) return false;
    left_ -= std::min(steps, left_);
    return true;
  }

  /// Calls `work`, which must not use the tables: sorting, allocating, destroying. Work that fits
  /// into the first slice runs with the lock held, other work with the lock released.
  template <class Work>
  [[nodiscard]] bool apart(std::uint64_t steps, const Work& work) {
    if (ended_) return false;
    if (first_ && steps <= left_) {
      left_ -= static_cast<std::uint32_t>(steps);
      work();
      return true;
    }
    first_ = false;
    release();
    work();
    return enter();
  }

  /// Reserves space for one more row. A large vector moves its rows with the lock released.
  template <class Row>
  [[nodiscard]] bool room(std::vector<Row>& rows) {
    constexpr std::size_t large = std::size_t{64} << 10U;
    if (rows.size() < rows.capacity() || rows.size() * sizeof(Row) < large) return !ended_;
    return apart(rows.size(), [&] { rows.reserve(2 * rows.size()); });
  }

  /// Releases the lock. The rest of the query must not use the tables.
  virtual void leave() { release(); }

  [[nodiscard]] bool ended() const { return ended_; }

 protected:
  explicit Slices(std::uint32_t size = steps_in_a_slice) : size_(size) {}

  /// Takes the lock and checks whether the query may continue. If not, releases it and returns
  /// false.
  virtual bool take() = 0;
  virtual void release() = 0;

 private:
  [[nodiscard]] bool next() {
    if (ended_) return false;
    first_ = false;
    release();
    return enter();
  }

  std::uint32_t size_;
  std::uint32_t left_ = 0;
  bool first_ = true;
  bool ended_ = false;
};

/// A single unlimited slice, for callers that exclude writers in another way.
class OneSlice : public Slices {
 private:
  bool take() override { return true; }
  void release() override {}
};

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_SLICES_HPP_

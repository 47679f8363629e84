/// How a query shares the table lock with everyone else: it works in slices of bounded size (C69).
#ifndef SEATBOOK_MODEL_SLICES_HPP_
#define SEATBOOK_MODEL_SLICES_HPP_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace seatbook::model {

/// The lock that a query reads the tables with. A query announces its work in steps; when a slice
/// is full, the lock is released and taken again, so that a waiting writer gets in between. What
/// fits into one slice sees one version.
///
/// Whenever a member returns, the lock may have been released meanwhile: pointers and references
/// into the tables are then invalid, and rows may have changed. Ids and seqs stay what they are.
/// When a member returns false, the query has ended (the book was closed, say): the lock is not
/// held, the caller returns at once, and what it returns is not used.
class Slices {
 public:
  /// A step is one row that is looked at. It takes 0.05 to 0.4 microseconds, depending on what is
  /// in the processor's caches: a slice is a millisecond or two. Steps are counted, not timed,
  /// so that what a query does depends on the book alone.
  static constexpr std::uint32_t steps_in_a_slice = 4096;
  /// The steps of a row whose texts are copied.
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

  /// Counts work that the caller is about to do.
  [[nodiscard]] bool step(std::uint32_t steps = 1) {
    if (steps > left_ && !next()) return false;
    left_ -= std::min(steps, left_);
    return true;
  }

  /// Calls `work`, which needs no tables: sorting, allocating, destroying. Work that fits into the
  /// first slice is done there; other work with the lock released.
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

  /// Makes room for one more row: a vector that is large moves its rows with the lock released.
  template <class Row>
  [[nodiscard]] bool room(std::vector<Row>& rows) {
    constexpr std::size_t large = std::size_t{64} << 10U;
    if (rows.size() < rows.capacity() || rows.size() * sizeof(Row) < large) return !ended_;
    return apart(rows.size(), [&] { rows.reserve(2 * rows.size()); });
  }

  /// Releases the lock: the rest of the query needs no tables.
  virtual void leave() { release(); }

  [[nodiscard]] bool ended() const { return ended_; }

 protected:
  explicit Slices(std::uint32_t size = steps_in_a_slice) : size_(size) {}

  /// Takes the lock, and checks that the query may go on; if not, the lock is not held.
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

/// For those who keep writers out in another way.
class OneSlice : public Slices {
 private:
  bool take() override { return true; }
  void release() override {}
};

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_SLICES_HPP_

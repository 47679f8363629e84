/// Collects the first rows of a sort order from rows in any order.
#ifndef SEATBOOK_VIEWS_FIRST_ROWS_HPP_
#define SEATBOOK_VIEWS_FIRST_ROWS_HPP_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include "model/slices.hpp"
#include "text/text_store.hpp"

namespace seatbook::views {

/// Keeps the keys of the first `wanted` rows. A key is the sort key of a row when it was read: rows
/// can change between two slices, their order must not. `Key::keep_texts(store)` replaces the key's
/// texts by copies in the store. `Before` is the sort order.
template <class Key, class Before>
class FirstRows {
 public:
  static constexpr std::size_t all = std::numeric_limits<std::size_t>::max();

  FirstRows(std::size_t wanted, Before before)
      : wanted_(wanted),
        full_(wanted > all / 2 ? all : std::max(2 * wanted, smallest_full)),
        before_(std::move(before)) {}

  /// Returns whether the row is one of the first, as far as known.
  [[nodiscard]] bool wants(const Key& key) const {
    return !pruned_ || before_(key, keys_[wanted_ - 1]);
  }
  [[nodiscard]] bool add(Key key, model::Slices& slices) {
    key.keep_texts(texts_);
    keys_.push_back(key);
    if (keys_.size() < full_) return slices.room(keys_);
    return slices.apart(full_, [this] { prune(); });
  }
  /// Calls `take` with the sorted keys, without the lock if there are many.
  template <class Take>
  [[nodiscard]] bool finish(model::Slices& slices, const Take& take) {
    return slices.apart(keys_.size(), [&] {
      std::sort(keys_.begin(), keys_.end(), before_);
      if (keys_.size() > wanted_) keys_.erase(keys_.begin() + offset(wanted_), keys_.end());
      take(std::as_const(keys_));
      keys_ = {};
      texts_ = {};
    });
  }

 private:
  // Dropping keys is not worth it below this number.
  static constexpr std::size_t smallest_full = 1024;

  static std::ptrdiff_t offset(std::size_t position) {
    return static_cast<std::ptrdiff_t>(position);
  }
  void prune() {
    std::nth_element(keys_.begin(), keys_.begin() + offset(wanted_ - 1), keys_.end(), before_);
    keys_.erase(keys_.begin() + offset(wanted_), keys_.end());
    text::TextStore texts;
    for (Key& key : keys_) key.keep_texts(texts);
    texts_ = std::move(texts);
    pruned_ = true;
  }

  std::size_t wanted_;
  std::size_t full_;
  Before before_;
  std::vector<Key> keys_;  // once pruned, the wanted_-th key is the last wanted one
  text::TextStore texts_;
  bool pruned_ = false;
};

/// The key of a row that is sorted by a name or a number, then by id.
struct RowKey {
  std::uint64_t rank = 0;  // decides most comparisons: a number, or the start of the name
  std::string_view name;
  std::uint32_t id = 0;

  static RowKey by_name(std::string_view name, std::uint32_t id) {
    RowKey key;
    for (std::size_t i = 0; i < sizeof(key.rank); ++i) {
      key.rank = (key.rank << 8U) | (i < name.size() ? static_cast<unsigned char>(name[i]) : 0U);
    }
    key.name = name;
    key.id = id;
    return key;
  }
  void keep_texts(text::TextStore& texts) { name = texts.keep(name); }

  friend bool operator<(const RowKey& a, const RowKey& b) {
    if (a.rank != b.rank) return a.rank < b.rank;
    if (const int order = a.name.compare(b.name); order != 0) return order < 0;
    return a.id < b.id;
  }
};

}  // namespace seatbook::views

#endif  // SEATBOOK_VIEWS_FIRST_ROWS_HPP_

/// Keys for unique indexes over values that may be missing.
///
/// Boost.MultiIndex has no partial index. A row without the value (no email, no host key, a revoked
/// assignment) therefore has its own id in the key and conflicts with no other row, while rows with
/// the value conflict with each other.
#ifndef SEATBOOK_MODEL_UNIQUE_KEY_HPP_
#define SEATBOOK_MODEL_UNIQUE_KEY_HPP_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/keyed_hash.hpp"

namespace seatbook::model {

struct OptionalTextKey {
  std::string_view text;
  std::uint64_t id_if_empty = 0;

  static OptionalTextKey of(std::string_view text, std::uint64_t id) {
    return {text, text.empty() ? id : 0};
  }
  friend bool operator==(const OptionalTextKey& a, const OptionalTextKey& b) {
    return a.id_if_empty == b.id_if_empty && a.text == b.text;
  }
};

struct OptionalTextKeyHash {
  std::size_t operator()(const OptionalTextKey& key) const noexcept {
    return key.text.empty() ? static_cast<std::size_t>(key.id_if_empty)
                            : text::keyed_hash(key.text);
  }
};

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_UNIQUE_KEY_HPP_

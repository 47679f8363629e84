/// Keys for unique indexes over values that may be missing.
///
/// Boost.MultiIndex has no partial index, so a row without the value (no email, no host key, a
/// revoked assignment) takes its own id as a tie-break: it then clashes with nothing, while rows
/// that have the value clash with each other as they must.
#ifndef SEATBOOK_MODEL_UNIQUE_KEY_HPP_
#define SEATBOOK_MODEL_UNIQUE_KEY_HPP_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "text/keyed_hash.hpp"

namespace seatbook::model {

struct OptionalTextKey {
  std::string_view text;
  std::uint64_t id_where_empty = 0;

  static OptionalTextKey of(std::string_view text, std::uint64_t id) {
    return {text, text.empty() ? id : 0};
  }
  friend bool operator==(const OptionalTextKey& a, const OptionalTextKey& b) {
    return a.id_where_empty == b.id_where_empty && a.text == b.text;
  }
};

struct OptionalTextKeyHash {
  std::size_t operator()(const OptionalTextKey& key) const noexcept {
    return key.text.empty() ? static_cast<std::size_t>(key.id_where_empty)
                            : text::keyed_hash(key.text);
  }
};

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_UNIQUE_KEY_HPP_

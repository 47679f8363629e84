/// Hashes for texts that outsiders choose: host keys, emails, service names, cells of files.
///
/// The standard library's hash of a text is the same in every process, so a file can be crafted
/// whose keys all collide: inserting n of them then costs n * n comparisons. These hashes depend on
/// a random key of the process. They must not leave the process: never store or send one.
#ifndef SEATBOOK_TEXT_KEYED_HASH_HPP_
#define SEATBOOK_TEXT_KEYED_HASH_HPP_

#include <cstddef>
#include <string_view>

namespace seatbook::text {

/// Returns the hash of a text's bytes under this process's key. Safe to call from any thread.
[[nodiscard]] std::size_t keyed_hash(std::string_view text) noexcept;

/// For std::unordered_map and std::unordered_set with text keys. With std::equal_to<> as the
/// comparison, a lookup by std::string_view makes no std::string.
struct KeyedHash {
  using is_transparent = void;

  std::size_t operator()(std::string_view text) const noexcept { return keyed_hash(text); }
};

}  // namespace seatbook::text

#endif  // SEATBOOK_TEXT_KEYED_HASH_HPP_

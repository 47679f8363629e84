/// Hashes of texts that outsiders choose: host keys, emails, names of services, cells of files.
///
/// The standard library's hash of a text is the same in every process, so that a file can be made
/// whose keys all collide: inserting n of them then costs n * n comparisons. These hashes depend on
/// a key that each process draws at random. They must not leave the process: never store or send
/// one.
#ifndef SEATBOOK_TEXT_KEYED_HASH_HPP_
#define SEATBOOK_TEXT_KEYED_HASH_HPP_

#include <cstddef>
#include <string_view>

namespace seatbook::text {

/// Returns the hash of a text's bytes under this process's key. Safe to call from any thread.
[[nodiscard]] std::size_t keyed_hash(std::string_view text) noexcept;

/// For std::unordered_map and std::unordered_set with keys of text; with std::equal_to<> as the
/// comparison they find a std::string_view without making a std::string.
struct KeyedHash {
  using is_transparent = void;

  std::size_t operator()(std::string_view text) const noexcept { return keyed_hash(text); }
};

}  // namespace seatbook::text

#endif  // SEATBOOK_TEXT_KEYED_HASH_HPP_

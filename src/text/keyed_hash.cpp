#include "text/keyed_hash.hpp"

// g++ cannot force-inline xxHash at low optimization levels (-Og).
#define XXH_NO_INLINE_HINTS 1
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <array>
#include <cstdint>
#include <exception>
#include <functional>
#include <random>
#include <thread>

namespace seatbook::text {
namespace {

/// XXH3 accepts a key of any length from XXH3_SECRET_SIZE_MIN; this is its default length.
using Key = std::array<std::uint32_t, XXH_SECRET_DEFAULT_SIZE / sizeof(std::uint32_t)>;

Key random_key() noexcept {
  Key key = {};
  try {
    std::random_device system;
    for (std::uint32_t& word : key) word = system();
  } catch (const std::exception&) {
    // Without system randomness (no free descriptor, no /dev/urandom) use addresses, which differ
    // from process to process. Weaker, but hashing must not fail.
    std::seed_seq addresses = {reinterpret_cast<std::uintptr_t>(&key),
                               reinterpret_cast<std::uintptr_t>(&random_key),
                               std::hash<std::thread::id>{}(std::this_thread::get_id())};
    addresses.generate(key.begin(), key.end());
  }
  return key;
}

}  // namespace

std::size_t keyed_hash(std::string_view text) noexcept {
  static const Key key = random_key();
  return static_cast<std::size_t>(
      XXH3_64bits_withSecret(text.data(), text.size(), key.data(), sizeof key));
}

}  // namespace seatbook::text

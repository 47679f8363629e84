// The keyed hash prevents files whose keys all collide.
#include "text/keyed_hash.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <set>
#include <string>

namespace seatbook::text {
namespace {

TEST(KeyedHash, IsEqualForEqualTexts) {
  for (const std::string text : {"", "a", "host-17", "exactly sixteen.", "ada@example.com"}) {
    EXPECT_EQ(keyed_hash(text), keyed_hash(std::string(text)));
  }
  const std::string long_text(1000, 'x');
  EXPECT_EQ(keyed_hash(long_text), keyed_hash(std::string(long_text)));
  EXPECT_NE(keyed_hash(long_text), keyed_hash(long_text + "x"));
}

#ifdef __GLIBCXX__
/// Texts that collide in the standard library's hash (MurmurHash64A with a fixed seed): the state
/// after a pair of blocks is the same for both choices of each pair.
class Collisions {
 public:
  static std::string text(unsigned number, unsigned pairs) {
    // Each block is hashed as x = (state ^ mix(block)) * multiplier. Adding the top bit to mix() of
    // two consecutive blocks cancels out because the multiplier is odd.
    std::string text;
    for (unsigned pair = 0; pair < pairs; ++pair) {
      const std::uint64_t flip = ((number >> pair) & 1U) != 0 ? top_bit : 0;
      append(text, unmix(mix(first_block) ^ flip));
      append(text, unmix(mix(second_block) ^ flip));
    }
    return text;
  }

 private:
  static constexpr std::uint64_t multiplier = 0xC6A4A7935BD1E995U;
  static constexpr std::uint64_t top_bit = std::uint64_t{1} << 63U;
  static constexpr std::uint64_t first_block = 0x6161616161616161U;
  static constexpr std::uint64_t second_block = 0x6262626262626262U;

  static std::uint64_t shifted(std::uint64_t value) { return value ^ (value >> 47U); }
  static std::uint64_t mix(std::uint64_t block) { return shifted(block * multiplier) * multiplier; }
  static std::uint64_t unmix(std::uint64_t mixed) { return shifted(mixed * inverse()) * inverse(); }
  static std::uint64_t inverse() {
    std::uint64_t inverse = multiplier;
    for (int i = 0; i < 6; ++i) inverse *= 2 - multiplier * inverse;
    return inverse;
  }
  static void append(std::string& text, std::uint64_t block) {
    char bytes[sizeof block];
    std::memcpy(bytes, &block, sizeof block);
    text.append(bytes, sizeof block);
  }
};

TEST(KeyedHash, SeparatesTextsThatCollideInTheStandardLibrary) {
  std::set<std::size_t> standard;
  std::set<std::size_t> keyed;
  constexpr unsigned pairs = 10;
  for (unsigned number = 0; number < 1U << pairs; ++number) {
    const std::string text = Collisions::text(number, pairs);
    standard.insert(std::hash<std::string>{}(text));
    keyed.insert(keyed_hash(text));
  }
  EXPECT_EQ(standard.size(), 1U) << "the texts do not collide, so the test proves nothing";
  EXPECT_EQ(keyed.size(), 1U << pairs);
}
#endif

constexpr const char* print_variable = "SEATBOOK_TEST_PRINTS_HASH";

/// Runs this program again with the variable set and returns the hash that it prints.
std::string hash_in_another_process() {
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  const std::string command = "env -u SEATBOOK_RULES_LOG " + std::string(print_variable) + "=1 '" +
                              program + "' --gtest_filter=KeyedHash.DiffersBetweenProcesses";
  FILE* const output = popen(command.c_str(), "r");
  if (output == nullptr) return "";
  std::string hash;
  char line[256];
  while (std::fgets(line, sizeof line, output) != nullptr) {
    if (std::strncmp(line, "hash ", 5) == 0) hash = line;
  }
  pclose(output);
  return hash;
}

TEST(KeyedHash, DiffersBetweenProcesses) {
  if (std::getenv(print_variable) != nullptr) {
    std::printf("hash %zu\n", keyed_hash("host-17"));
    return;
  }
  const std::string first = hash_in_another_process();
  EXPECT_NE(first, "");
  EXPECT_NE(first, hash_in_another_process());
}

}  // namespace
}  // namespace seatbook::text

/// Helpers of all fuzz targets.
#ifndef SEATBOOK_TESTS_FUZZ_PROPERTIES_HPP_
#define SEATBOOK_TESTS_FUZZ_PROPERTIES_HPP_

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

/// Runs the target on one input. Called by libFuzzer, and by replay.cpp for the corpus files.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace seatbook::fuzz {

/// Aborts the program if a property does not hold, so that the fuzzer reports the input.
inline void require(bool condition, const char* property) {
  if (condition) return;
  std::fprintf(stderr, "property violated: %s\n", property);
  std::abort();
}

/// An input. Its first byte selects how the rest is processed.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size)
      : choices_(size == 0 ? 0U : data[0]),
        text_(size == 0 ? std::string_view()
                        : std::string_view(reinterpret_cast<const char*>(data) + 1, size - 1)) {}

  /// Returns a number from 0 to `count` - 1.
  unsigned choose(unsigned count) {
    const unsigned choice = choices_ % count;
    choices_ /= count;
    return choice;
  }
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  unsigned choices_;
  std::string_view text_;
};

}  // namespace seatbook::fuzz

#endif  // SEATBOOK_TESTS_FUZZ_PROPERTIES_HPP_

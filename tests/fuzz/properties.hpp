/// What fuzz targets have in common.
#ifndef SEATBOOK_TESTS_FUZZ_PROPERTIES_HPP_
#define SEATBOOK_TESTS_FUZZ_PROPERTIES_HPP_

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

/// One input: what libFuzzer calls, and replay.cpp for the files of the corpus.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace seatbook::fuzz {

/// Ends the program where a property does not hold, which is how a fuzzer is told.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

/// The first byte of an input chooses how the rest is treated.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size)
      : choices_(size == 0 ? 0U : data[0]),
        text_(size == 0 ? std::string_view()
                        : std::string_view(reinterpret_cast<const char*>(data) + 1, size - 1)) {}

  /// 0 to `count` - 1.
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

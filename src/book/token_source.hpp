/// Tokens for batches without a request id.
#ifndef SEATBOOK_BOOK_TOKEN_SOURCE_HPP_
#define SEATBOOK_BOOK_TOKEN_SOURCE_HPP_

#include <cstdint>
#include <cstring>
#include <random>

#include "seatbook/types.hpp"

namespace seatbook::detail {

/// Generates 128-bit tokens: a random start per open book, taken from the system, plus a counter. A
/// token costs no system call, and tokens of one book never collide.
class TokenSource {
 public:
  TokenSource() {
    std::random_device system;
    const auto word = [&system] { return (std::uint64_t{system()} << 32U) | system(); };
    high_ = word();
    low_ = word();
  }

  Token next() noexcept {
    ++low_;
    Token token;
    std::memcpy(token.bytes.data(), &high_, sizeof high_);
    std::memcpy(token.bytes.data() + sizeof high_, &low_, sizeof low_);
    return token;
  }

 private:
  std::uint64_t high_ = 0;
  std::uint64_t low_ = 0;
};

}  // namespace seatbook::detail

#endif  // SEATBOOK_BOOK_TOKEN_SOURCE_HPP_

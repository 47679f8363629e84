// Checks the results of the tour before it prints them.
#ifndef SEATBOOK_EXAMPLES_EXPECT_HPP_
#define SEATBOOK_EXAMPLES_EXPECT_HPP_

#include <stdexcept>
#include <string>
#include <utility>

#include "seatbook/seatbook.hpp"

namespace tour {

/// A result that the tour does not expect.
class Unexpected : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

inline void require(bool holds, const std::string& what) {
  if (!holds) throw Unexpected("unexpected: " + what);
}

/// Returns the value of a call that must succeed.
template <class T>
T require(seatbook::Result<T> result, const std::string& what) {
  if (!result) {
    throw Unexpected("unexpected: " + what + ": " + std::string(to_string(result.error().code)) +
                     ": " + result.error().message);
  }
  return std::move(result).value();
}

}  // namespace tour

#endif  // SEATBOOK_EXAMPLES_EXPECT_HPP_

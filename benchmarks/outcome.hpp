/// The result of a call of seats.cpp's contenders, for comparison call by call.
#ifndef SEATBOOK_BENCHMARKS_OUTCOME_HPP_
#define SEATBOOK_BENCHMARKS_OUTCOME_HPP_

#include <cstdint>

#include "seatbook/result.hpp"

namespace seatbook::bench {

struct Outcome {
  Code code = Code::ok;
  std::uint64_t assignment = 0;  ///< 0 unless ok
};

}  // namespace seatbook::bench

#endif  // SEATBOOK_BENCHMARKS_OUTCOME_HPP_

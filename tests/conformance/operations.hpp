/// Maps the operation names of steps to calls of the C++ API.
#ifndef SEATBOOK_TESTS_CONFORMANCE_OPERATIONS_HPP_
#define SEATBOOK_TESTS_CONFORMANCE_OPERATIONS_HPP_

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "conformance/arguments.hpp"
#include "seatbook/seatbook.hpp"

namespace seatbook::conformance {

/// The book and session of a step.
struct Target {
  Book& book;
  Session session;
};

/// The outcome of a call: an error, or the result as JSON.
struct Reply {
  std::optional<Error> error;
  json result;
};

using Run = std::function<Reply(Target&, Arguments&)>;

[[nodiscard]] const std::map<std::string, Run>& operations();

[[nodiscard]] Actor actor_of(const json& members);

}  // namespace seatbook::conformance

#endif  // SEATBOOK_TESTS_CONFORMANCE_OPERATIONS_HPP_

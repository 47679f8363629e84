/// What a step can do: a table from the operation's name to the call.
#ifndef SEATBOOK_TESTS_CONFORMANCE_OPERATIONS_HPP_
#define SEATBOOK_TESTS_CONFORMANCE_OPERATIONS_HPP_

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "conformance/arguments.hpp"
#include "seatbook/seatbook.hpp"

namespace seatbook::conformance {

/// What a step works on.
struct Target {
  Book& book;
  Session session;
};

/// What a call came to: an error, or the answer as JSON.
struct Reply {
  std::optional<Error> error;
  json result;
};

using Run = std::function<Reply(Target&, Arguments&)>;

[[nodiscard]] const std::map<std::string, Run>& operations();

[[nodiscard]] Actor actor_of(const json& members);

}  // namespace seatbook::conformance

#endif  // SEATBOOK_TESTS_CONFORMANCE_OPERATIONS_HPP_

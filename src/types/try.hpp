/// The propagation of errors.
#ifndef SEATBOOK_TYPES_TRY_HPP_
#define SEATBOOK_TYPES_TRY_HPP_

#include <utility>

#include "seatbook/result.hpp"

/// Evaluates a Result and ends the function with its error if it has one. With a declaration, the
/// declared name gets the value. It is a series of statements, so a branch needs braces.
///
///     SEATBOOK_TRY(storage.lock());
///     SEATBOOK_TRY(const License* license, find_license(tables, command.license, "license"));
#define SEATBOOK_TRY(...) \
  SEATBOOK_TRY_SELECT(__VA_ARGS__, SEATBOOK_TRY_VALUE, SEATBOOK_TRY_VOID, )(__VA_ARGS__)

#define SEATBOOK_TRY_SELECT(first, second, selected, ...) selected
#define SEATBOOK_TRY_VOID(expression)                 \
  if (auto tried = (expression); !tried) [[unlikely]] \
  return std::move(tried).error()
#define SEATBOOK_TRY_VALUE(declaration, expression) \
  SEATBOOK_TRY_DECLARE(declaration, expression, SEATBOOK_TRY_NAME(__LINE__))
#define SEATBOOK_TRY_NAME(line) SEATBOOK_TRY_JOIN(tried_, line)
#define SEATBOOK_TRY_JOIN(first, second) first##second
// NOLINTBEGIN(bugprone-macro-parentheses): a declaration cannot be in parentheses
#define SEATBOOK_TRY_DECLARE(declaration, expression, tried) \
  auto tried = (expression);                                 \
  if (!tried) [[unlikely]]                                   \
    return std::move(tried).error();                         \
  declaration = *std::move(tried)
// NOLINTEND(bugprone-macro-parentheses)

#endif  // SEATBOOK_TYPES_TRY_HPP_

/// What several questions check before they look at the book: steps 1, 4 and 5 of the error order.
#ifndef SEATBOOK_BOOK_QUESTION_CHECKS_HPP_
#define SEATBOOK_BOOK_QUESTION_CHECKS_HPP_

#include <cstdint>
#include <optional>

#include "model/tables.hpp"
#include "rules/lookups.hpp"
#include "seatbook/queries.hpp"
#include "seatbook/result.hpp"

namespace seatbook::detail {

/// The error, if a license was named and there is none.
inline std::optional<Error> missing_license(const model::Tables& tables,
                                            const std::optional<LicenseId>& license) {
  if (!license) return std::nullopt;
  return rules::find_license(tables, *license, "license").error;
}
inline std::optional<Error> missing_person(const model::Tables& tables,
                                           const std::optional<PersonId>& person) {
  if (!person) return std::nullopt;
  return rules::find_person(tables, *person, "person").error;
}
inline std::optional<Error> missing_actor(const model::Tables& tables,
                                          const std::optional<ActorId>& actor) {
  if (!actor) return std::nullopt;
  return rules::find_actor(tables, *actor, "actor").error;
}

/// The error of a limit that is not 1 to 100,000.
inline std::optional<Error> bad_limit(std::uint32_t limit) {
  if (limit != 0 && limit <= max_history_limit) return std::nullopt;
  return Error{Code::invalid_argument, "a limit is 1 to 100,000", "limit"};
}

}  // namespace seatbook::detail

#endif  // SEATBOOK_BOOK_QUESTION_CHECKS_HPP_

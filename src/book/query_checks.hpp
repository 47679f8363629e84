/// Checks that several queries share.
#ifndef SEATBOOK_BOOK_QUERY_CHECKS_HPP_
#define SEATBOOK_BOOK_QUERY_CHECKS_HPP_

#include <cstdint>
#include <optional>

#include "model/tables.hpp"
#include "rules/fields.hpp"
#include "rules/lookups.hpp"
#include "seatbook/queries.hpp"
#include "seatbook/result.hpp"
#include "types/try.hpp"

namespace seatbook::detail {

/// Returns the not-found error if an id is given and the record does not exist.
inline Result<void> missing_license(const model::Tables& tables,
                                    const std::optional<LicenseId>& license) {
  if (license) {
    SEATBOOK_TRY(rules::find_license(tables, *license, "license"));
  }
  return {};
}

inline Result<void> missing_person(const model::Tables& tables,
                                   const std::optional<PersonId>& person) {
  if (person) {
    SEATBOOK_TRY(rules::find_person(tables, *person, "person"));
  }
  return {};
}
inline Result<void> missing_actor(const model::Tables& tables,
                                  const std::optional<ActorId>& actor) {
  if (actor) {
    SEATBOOK_TRY(rules::find_actor(tables, *actor, "actor"));
  }
  return {};
}

/// Checks the optional instants of a query (step 6).
inline Result<void> bad_instants(const std::optional<Timestamp>& since,
                                 const std::optional<Timestamp>& until) {
  return rules::FieldChecks()
      .instant("since", since.value_or(min_timestamp))
      .instant("until", until.value_or(max_timestamp))
      .result();
}

/// Checks the page limit of a query.
inline Result<void> bad_limit(std::uint32_t limit) {
  static_assert(max_history_limit == 100'000);
  if (limit != 0 && limit <= max_history_limit) return {};
  return Error{Code::invalid_argument, "limit must be between 1 and 100,000", "limit"};
}

}  // namespace seatbook::detail

#endif  // SEATBOOK_BOOK_QUERY_CHECKS_HPP_

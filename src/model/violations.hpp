/// Stored records that break the rules.
#ifndef SEATBOOK_MODEL_VIOLATIONS_HPP_
#define SEATBOOK_MODEL_VIOLATIONS_HPP_

#include <cstddef>
#include <optional>
#include <string_view>

#include "model/tables.hpp"
#include "seatbook/records.hpp"
#include "seatbook/result.hpp"

namespace seatbook::model {

/// How many violations an error names.
inline constexpr std::size_t max_named_violations = 100;

/// Checks what all records together say: names and lengths of texts, owners, capacity, dates and
/// flags of assignments, and that history gives the present state. Returns storage_corrupt, whose
/// message names up to 100 violations separated by "; ", or nothing. One pass over the records; the
/// indexes are not checked, as the tables have just made them.
[[nodiscard]] std::optional<Error> find_violations(const Tables& tables);

/// Whether a history row agrees with the assignment that it names: license and person, and for the
/// rows of grant and removal date and actor. The assignment must exist.
[[nodiscard]] bool agrees(const AssignmentTable& assignments, const HistoryRow& row);

/// Returns the member whose text exceeds its limit; empty if there is none.
[[nodiscard]] std::string_view too_long(const Person& person);
[[nodiscard]] std::string_view too_long(const License& license);
[[nodiscard]] std::string_view too_long(const ActorRecord& actor);
[[nodiscard]] std::string_view too_long(const AssignmentTexts& texts);

/// Whether a name that must be there is missing or blank.
[[nodiscard]] bool lacks_name(const Person& person);
[[nodiscard]] bool lacks_name(const License& license);

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_VIOLATIONS_HPP_

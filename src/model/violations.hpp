/// Stored records that break the rules.
#ifndef SEATBOOK_MODEL_VIOLATIONS_HPP_
#define SEATBOOK_MODEL_VIOLATIONS_HPP_

#include <cstddef>
#include <string_view>

#include "model/tables.hpp"
#include "seatbook/records.hpp"
#include "seatbook/result.hpp"

namespace seatbook::model {

/// The maximum number of violations listed in an error message.
inline constexpr std::size_t max_named_violations = 100;

/// Checks the records against the rules: names and lengths of texts, owners, capacity, dates and
/// flags of assignments, and that replaying the history gives the current state. Returns nothing,
/// or storage_corrupt with a message that lists up to 100 violations separated by "; ". One pass
/// over the records. Indexes are not checked, because the tables have just built them.
Result<void> find_violations(const Tables& tables);

/// Whether a history row agrees with its assignment: license and person, and for rows that assign
/// or revoke also date and actor. The assignment must exist.
[[nodiscard]] bool agrees(const AssignmentTable& assignments, const HistoryRow& row);

/// Returns the member whose text exceeds its limit; empty if there is none.
[[nodiscard]] std::string_view too_long(const Person& person);
[[nodiscard]] std::string_view too_long(const License& license);
[[nodiscard]] std::string_view too_long(const ActorRecord& actor);
[[nodiscard]] std::string_view too_long(const AssignmentTexts& texts);

/// Whether a required name is missing or blank.
[[nodiscard]] bool lacks_name(const Person& person);
[[nodiscard]] bool lacks_name(const License& license);

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_VIOLATIONS_HPP_

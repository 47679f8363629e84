/// Helpers for code that handles the members of records by their types (describe.hpp).
#ifndef SEATBOOK_TYPES_RECORDS_HPP_
#define SEATBOOK_TYPES_RECORDS_HPP_

#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "seatbook/records.hpp"

namespace seatbook::types {

template <class Value>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<Id<Tag>> = true;

template <class Value>
inline constexpr bool is_optional = false;
template <class Value>
inline constexpr bool is_optional<std::optional<Value>> = true;

/// Returns the format that added a member to its record. The formats of files and of JSON records
/// have the same numbers.
template <class Record, class Value>
constexpr int format_of(Value Record::* /*member*/) {
  return 1;
}
constexpr int format_of(std::optional<Timestamp> Assignment::* member) {
  return member == &Assignment::held_since ? 2 : 1;
}
constexpr int format_of(std::vector<FieldChange> HistoryTexts::* /*member*/) {
  return 2;
}

/// Returns the enumerator of that name, if there is one; for the enumerations of records.
template <class Enum>
std::optional<Enum> from_name(std::string_view name) noexcept {
  if constexpr (std::is_same_v<Enum, PersonState>) {
    return person_state_from_string(name);
  } else if constexpr (std::is_same_v<Enum, LicenseState>) {
    return license_state_from_string(name);
  } else if constexpr (std::is_same_v<Enum, CapacityPolicy>) {
    return policy_from_string(name);
  } else if constexpr (std::is_same_v<Enum, BillingPeriod>) {
    return period_from_string(name);
  } else {
    static_assert(std::is_same_v<Enum, HistoryKind>);
    return history_kind_from_string(name);
  }
}

/// Returns an empty record of a known kind.
template <std::size_t... kinds>
RecordImage empty_record(RecordKind kind, std::index_sequence<kinds...> /*all*/) {
  RecordImage image;
  (void)((static_cast<std::size_t>(kind) == kinds && (image.emplace<kinds>(), true)) || ...);
  return image;
}
inline RecordImage empty_record(RecordKind kind) {
  return empty_record(kind, std::make_index_sequence<std::variant_size_v<RecordImage>>());
}

}  // namespace seatbook::types

#endif  // SEATBOOK_TYPES_RECORDS_HPP_

/// Applies the edits of an update command to a record, and lists what they change.
#ifndef SEATBOOK_RULES_EDITS_HPP_
#define SEATBOOK_RULES_EDITS_HPP_

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "seatbook/describe.hpp"
#include "seatbook/records.hpp"
#include "seatbook/types.hpp"

namespace seatbook::rules {
namespace detail {

/// Whether an edit of the type `Edited` can change a member of the type `Member`.
template <class Edited, class Member>
inline constexpr bool can_edit = false;
template <class Value>
inline constexpr bool can_edit<Edit<Value>, Value> = true;
template <class Value>
inline constexpr bool can_edit<Edit<Value>, std::optional<Value>> = true;

/// Calls `visit(name, edit, member)` for each edit of a command, in the order of its fields;
/// `member` is the record's member of that name.
template <class Record, class Command, class Visit>
void each_edit(const Visit& visit) {
  Description<Command>::visit([&]<class Edited>(std::string_view field, Edited Command::* edit) {
    Description<Record>::visit([&]<class Member>(std::string_view name, Member Record::* member) {
      if constexpr (can_edit<Edited, Member>) {
        if (name == field) visit(name, edit, member);
      }
    });
  });
}

/// Returns a value as the text of a change (C59).
template <class Value>
std::string text_of(const Value& value) {
  if constexpr (std::is_same_v<Value, std::string>) {
    return value;
  } else if constexpr (std::is_enum_v<Value>) {
    return std::string(to_string(value));
  } else {
    return value.to_string();
  }
}
template <class Value>
std::string text_of(const std::optional<Value>& value) {
  return value ? text_of(*value) : std::string();
}

}  // namespace detail

/// Applies each edit of a command to the record's member of the same name: keeps, clears or sets
/// the value.
template <class Record, class Command>
void apply_edits(Record& record, const Command& command) {
  detail::each_edit<Record, Command>([&](std::string_view, auto edit, auto member) {
    if ((command.*edit).sets()) record.*member = (command.*edit).value();
    using Value = std::remove_reference_t<decltype(record.*member)>;
    if ((command.*edit).clears()) record.*member = Value();
  });
}

/// Returns the fields of a command that differ between two images of a record (C59).
template <class Command, class Record>
[[nodiscard]] std::vector<FieldChange> changes_of(const Record& before, const Record& after) {
  std::vector<FieldChange> changes;
  detail::each_edit<Record, Command>([&](std::string_view name, auto /*edit*/, auto member) {
    if (before.*member == after.*member) return;
    changes.push_back(
        {std::string(name), detail::text_of(before.*member), detail::text_of(after.*member)});
  });
  return changes;
}

[[nodiscard]] inline Revision next(Revision revision) {
  return Revision(revision.value + 1);
}

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_EDITS_HPP_

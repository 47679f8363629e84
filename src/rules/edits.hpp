/// Applies the edit of one member: keeps, clears or sets the value.
#ifndef SEATBOOK_RULES_EDITS_HPP_
#define SEATBOOK_RULES_EDITS_HPP_

#include <optional>

#include "seatbook/types.hpp"

namespace seatbook::rules {

template <class Value>
void apply_edit(Value& value, const Edit<Value>& edit) {
  if (edit.sets()) value = edit.value();
  if (edit.clears()) value = Value();
}

template <class Value>
void apply_edit(std::optional<Value>& value, const Edit<Value>& edit) {
  if (edit.sets()) value = edit.value();
  if (edit.clears()) value.reset();
}

[[nodiscard]] inline Revision next(Revision revision) {
  return Revision(revision.value + 1);
}

}  // namespace seatbook::rules

#endif  // SEATBOOK_RULES_EDITS_HPP_

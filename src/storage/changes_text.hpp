/// The changed fields of a history row as the text of one column.
#ifndef SEATBOOK_STORAGE_CHANGES_TEXT_HPP_
#define SEATBOOK_STORAGE_CHANGES_TEXT_HPP_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "seatbook/records.hpp"

namespace seatbook::detail {

/// Returns the changes as JSON without whitespace, one array of three texts for each change:
/// `[["access_level","Viewer","Editor"]]`. Returns none if there are no changes.
[[nodiscard]] std::optional<std::string> changes_text(const std::vector<FieldChange>& changes);

/// Parses an untrusted text strictly: exactly what changes_text() writes, in UTF-8 without NUL.
/// Returns none for any other text. Memory is linear in the size of the text.
[[nodiscard]] std::optional<std::vector<FieldChange>> changes_from(std::string_view text);

}  // namespace seatbook::detail

#endif  // SEATBOOK_STORAGE_CHANGES_TEXT_HPP_

/// Reads JSON that somebody else has written, where only plain objects are expected.
#ifndef SEATBOOK_TEXT_FLAT_JSON_HPP_
#define SEATBOOK_TEXT_FLAT_JSON_HPP_

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "seatbook/result.hpp"

namespace seatbook::text {

/// What was read, and what was wrong with it first.
struct FlatJson {
  /// An object; its members are texts in UTF-8, unsigned numbers, true, false, null, and objects of
  /// these. Without the members that were wrong.
  nlohmann::json object = nlohmann::json::object();
  /// storage_corrupt, naming the member in `field`; none where all is well. What stands behind it
  /// is read all the same, so that `object` can tell which format this was meant to be.
  std::optional<Error> problem = {};
};

/// Memory and time are linear in the bytes, however they are nested. Throws std::bad_alloc only.
[[nodiscard]] FlatJson parse_flat_json(std::string_view bytes);

/// storage_corrupt for a member. Names that no record of any format would have are not repeated:
/// they come from outside and may be anything.
[[nodiscard]] Error member_error(std::string_view member, std::string_view what);

}  // namespace seatbook::text

#endif  // SEATBOOK_TEXT_FLAT_JSON_HPP_

/// Parses untrusted JSON of plain objects.
#ifndef SEATBOOK_CODEC_FLAT_JSON_HPP_
#define SEATBOOK_CODEC_FLAT_JSON_HPP_

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "seatbook/result.hpp"

namespace seatbook::codec {

/// The parsed JSON, and its first error.
struct FlatJson {
  /// An object. Its members are texts in UTF-8, unsigned numbers, true, false, null, and objects of
  /// these; `changes` can be a list of such objects. Invalid members are omitted.
  nlohmann::json object = nlohmann::json::object();
  /// storage_corrupt, naming the member in `field`; none if everything is valid. Members after an
  /// error are still read, so that `object` contains the format number.
  std::optional<Error> problem = {};
};

/// Parses a text. Memory and time are linear in its size, for any nesting. Throws only
/// std::bad_alloc.
[[nodiscard]] FlatJson parse_flat_json(std::string_view bytes);

/// Returns storage_corrupt for a member. Omits names that no record format has: they come from
/// outside and can be anything.
[[nodiscard]] Error member_error(std::string_view member, std::string_view what);

}  // namespace seatbook::codec

#endif  // SEATBOOK_CODEC_FLAT_JSON_HPP_

/// Ids as the 32-bit numbers of the tables, in which 0 is none.
#ifndef SEATBOOK_MODEL_COMPACT_HPP_
#define SEATBOOK_MODEL_COMPACT_HPP_

#include <cstdint>
#include <optional>

#include "seatbook/ids.hpp"

namespace seatbook::model {

template <class Tag>
[[nodiscard]] constexpr std::uint32_t compact(Id<Tag> id) noexcept {
  return static_cast<std::uint32_t>(id.value);
}
template <class Tag>
[[nodiscard]] constexpr std::uint32_t compact(const std::optional<Id<Tag>>& id) noexcept {
  return id ? compact(*id) : 0;
}
template <class IdType>
[[nodiscard]] constexpr std::optional<IdType> id_or_none(std::uint32_t number) noexcept {
  return number == 0 ? std::nullopt : std::optional(IdType(number));
}

}  // namespace seatbook::model

#endif  // SEATBOOK_MODEL_COMPACT_HPP_

/// Actors: who performs a call, and with which permissions (C1, C42, C43).
#ifndef SEATBOOK_ACTOR_HPP_
#define SEATBOOK_ACTOR_HPP_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "seatbook/permissions.hpp"  // IWYU pragma: export
#include "seatbook/types.hpp"

namespace seatbook {

/// Who performs a call: a service by name (`actor`), or a person of the book (`person`); exactly
/// one of the two. The capabilities come from `role`, or from `permissions` if the host sets them
/// itself.
///
/// A person who is not active has no capability in any role (C43). Owning a license grants none.
struct Actor {
  std::string actor = {};  ///< the service's name, as history shows it: 1 to 191 code points
  std::optional<PersonId> person = {};
  Role role = Role::employee;
  std::optional<Permissions> permissions = {};  ///< replaces the role
};

}  // namespace seatbook

#endif  // SEATBOOK_ACTOR_HPP_

/// Permissions, roles, and the permissions that each operation needs (A4, B1, B35, C42, C43).
#ifndef SEATBOOK_PERMISSIONS_HPP_
#define SEATBOOK_PERMISSIONS_HPP_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace seatbook {

/// One capability. docs/rules.md lists which ones each operation needs.
enum class Permission : std::uint8_t {
  view = 0,            ///< People, licenses, lists, history, events, reports.
  view_own = 1,        ///< The actor's own seats and history.
  edit = 2,            ///< Edit people and licenses. Implies `assign` (B1).
  create = 3,          ///< New licenses.
  assign = 4,          ///< Assign, revoke, transfer and edit seats.
  archive_person = 5,  ///< Archive, reactivate, erase a person.
  export_ = 6,         ///< Export CSV files.
  administer = 7,      ///< For checks of the host (backup, clock repair); no operation needs it.
};
inline constexpr std::size_t permission_count = 8;

[[nodiscard]] std::string_view to_string(Permission permission) noexcept;
[[nodiscard]] std::optional<Permission> permission_from_string(std::string_view name) noexcept;

/// A set of capabilities. `edit` implies `assign`.
class Permissions {
 public:
  constexpr Permissions() = default;
  template <class... More>
  constexpr Permissions(Permission first, More... more) {  // NOLINT: {Permission::view, ...}
    add(first);
    (add(more), ...);
  }
  [[nodiscard]] static constexpr Permissions all() {
    Permissions set;
    set.bits_ = (1U << permission_count) - 1;
    return set;
  }
  constexpr void add(Permission permission) {
    bits_ |= 1U << static_cast<unsigned>(permission);
    if (permission == Permission::edit) add(Permission::assign);
  }
  [[nodiscard]] constexpr bool has(Permission permission) const {
    return ((bits_ >> static_cast<unsigned>(permission)) & 1U) != 0;
  }
  [[nodiscard]] constexpr bool has_all(Permissions needed) const {
    return (needed.bits_ & ~bits_) == 0;
  }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  friend constexpr bool operator==(Permissions a, Permissions b) { return a.bits_ == b.bits_; }
  friend constexpr bool operator!=(Permissions a, Permissions b) { return a.bits_ != b.bits_; }

 private:
  std::uint32_t bits_ = 0;
};

/// A named bundle of capabilities (A4, C42).
enum class Role : std::uint8_t {
  super_admin = 0,  ///< everything
  it_admin = 1,     ///< everything
  admin = 2,        ///< everything
  manager = 3,      ///< view_own
  employee = 4,     ///< view_own
};

/// Returns "super-admin", "it-admin", "admin", "manager" or "employee".
[[nodiscard]] std::string_view to_string(Role role) noexcept;
/// Accepts both spellings, with - and with _.
[[nodiscard]] std::optional<Role> role_from_string(std::string_view name) noexcept;
[[nodiscard]] Permissions permissions_of(Role role) noexcept;

/// The operations of a session. Their names are the same in every language.
enum class Operation : std::uint8_t {
// operations.def lists them with their requests, results and permissions.
#define SEATBOOK_OPERATION(name, Result, permission) name,
#include "seatbook/operations.def"
};

namespace detail {
enum OperationsInOrder : std::size_t {
#define SEATBOOK_OPERATION(name, Result, permission) position_of_##name,
#include "seatbook/operations.def"
  end_of_operations
};
}  // namespace detail
inline constexpr std::size_t operation_count = detail::end_of_operations;

[[nodiscard]] std::string_view to_string(Operation operation) noexcept;
[[nodiscard]] std::optional<Operation> operation_from_string(std::string_view name) noexcept;
/// Returns what an operation needs (the permission table of docs/rules.md).
[[nodiscard]] Permissions required_permissions(Operation operation) noexcept;
/// Returns whether `view_own` is enough if the operation is about the actor.
[[nodiscard]] bool own_view_suffices(Operation operation) noexcept;

}  // namespace seatbook

#endif  // SEATBOOK_PERMISSIONS_HPP_

#include "seatbook/permissions.hpp"

#include <array>
#include <string>
#include <string_view>

#include "rules/fields.hpp"
#include "rules/permissions.hpp"
#include "text/utf8.hpp"
#include "types/names.hpp"
#include "types/try.hpp"

namespace seatbook {
namespace {

constexpr types::Names<Permission, permission_count> permission_names = {{
    {Permission::view, "view"},
    {Permission::view_own, "view_own"},
    {Permission::edit, "edit"},
    {Permission::create, "create"},
    {Permission::assign, "assign"},
    {Permission::archive_person, "archive_person"},
    {Permission::export_, "export"},
    {Permission::administer, "administer"},
}};

constexpr types::Names<Role, 5> role_names = {{
    {Role::super_admin, "super-admin"},
    {Role::it_admin, "it-admin"},
    {Role::admin, "admin"},
    {Role::manager, "manager"},
    {Role::employee, "employee"},
}};

struct Needs {
  Permissions permissions;
  bool own_view_suffices = false;  ///< `view_own` suffices for calls about the actor
};

// The permissions of operations.def.
namespace needs {
constexpr Needs view{Permission::view};
constexpr Needs view_or_own{Permission::view, true};
constexpr Needs view_and_export{{Permission::view, Permission::export_}};
constexpr Needs edit{Permission::edit};  // B1
constexpr Needs create{Permission::create};
constexpr Needs create_and_assign{{Permission::create, Permission::assign}};
constexpr Needs assign{Permission::assign};  // B1, B35
constexpr Needs archive_person{Permission::archive_person};
}  // namespace needs

struct OperationRow {
  std::string_view name;
  Needs needs;
};

constexpr std::array<OperationRow, operation_count> operations = {{
#define SEATBOOK_OPERATION(name, Result, permission) {#name, needs::permission},
#include "seatbook/operations.def"
}};

const OperationRow& row_of(Operation operation) noexcept {
  return operations[static_cast<std::size_t>(operation)];
}

Error denied(Operation operation) {
  std::string needed;
  for (std::size_t i = 0; i < permission_count; ++i) {
    const auto permission = static_cast<Permission>(i);
    // `edit` implies `assign`, so the message omits it.
    if (permission == Permission::assign && required_permissions(operation).has(Permission::edit)) {
      continue;
    }
    if (!required_permissions(operation).has(permission)) continue;
    needed += (needed.empty() ? " " : " and ") + std::string(to_string(permission));
  }
  return {Code::permission_denied,  // C43
          std::string(to_string(operation)) + " needs the permission" + needed};
}

}  // namespace

std::string_view to_string(Permission permission) noexcept {
  return types::name_of(permission_names, permission);
}

std::string_view to_string(Role role) noexcept {
  return types::name_of(role_names, role);
}

std::optional<Permission> permission_from_string(std::string_view name) noexcept {
  return types::value_of(permission_names, name);
}

std::optional<Role> role_from_string(std::string_view name) noexcept {
  for (const auto& [role, known] : role_names) {
    if (name.size() != known.size()) continue;
    bool same = true;
    for (std::size_t i = 0; i < name.size(); ++i) {
      same = same && (name[i] == '_' ? '-' : name[i]) == known[i];
    }
    if (same) return role;
  }
  return std::nullopt;
}

std::string_view to_string(Operation operation) noexcept {
  return static_cast<std::size_t>(operation) < operations.size() ? row_of(operation).name
                                                                 : "unknown";
}

std::optional<Operation> operation_from_string(std::string_view name) noexcept {
  for (std::size_t i = 0; i < operations.size(); ++i) {
    if (operations[i].name == name) return static_cast<Operation>(i);
  }
  return std::nullopt;
}

bool own_view_suffices(Operation operation) noexcept {
  return row_of(operation).needs.own_view_suffices;
}

Permissions required_permissions(Operation operation) noexcept {
  return row_of(operation).needs.permissions;
}

Permissions permissions_of(Role role) noexcept {
  switch (role) {
    case Role::super_admin:
    case Role::it_admin:
    case Role::admin:
      return Permissions::all();  // A4, C42
    case Role::manager:
    case Role::employee:
      return {Permission::view_own};  // C42
  }
  return {};
}

namespace rules {

Permissions permissions_of(const model::Tables& tables, const Actor& actor) {
  if (actor.person) {
    const model::PersonRow* row = tables.people.find(*actor.person);
    if (row == nullptr || row->person.state != PersonState::active) return {};  // C43
  }
  return actor.permissions ? *actor.permissions : seatbook::permissions_of(actor.role);
}

Result<void> refusal(const model::Tables& tables, const Actor& actor, Operation operation) {
  if (permissions_of(tables, actor).has_all(required_permissions(operation))) return {};
  return denied(operation);
}

Result<void> refusal_about(const model::Tables& tables, const Actor& actor, Operation operation,
                           PersonId person) {
  const Permissions has = permissions_of(tables, actor);
  if (has.has_all(required_permissions(operation))) return {};
  if (own_view_suffices(operation) && has.has(Permission::view_own) && actor.person == person) {
    return {};
  }
  return denied(operation);
}

Result<void> malformed(const Actor& actor) {
  SEATBOOK_TRY(malformed_texts({{"actor", actor.actor}}));
  if (actor.actor.empty() == !actor.person.has_value()) {  // C1
    return Error{Code::invalid_argument, "exactly one of actor and person must be set", "actor"};
  }
  if (!text::fits(actor.actor, max_actor_length)) {
    return Error{Code::invalid_argument, "actor must have at most 191 code points", "actor"};
  }
  return malformed_choice("role", actor.role);  // C42
}

}  // namespace rules
}  // namespace seatbook

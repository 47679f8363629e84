#include "seatbook/permissions.hpp"

#include <array>
#include <string>
#include <string_view>

#include "rules/fields.hpp"
#include "rules/permissions.hpp"
#include "types/names.hpp"

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

struct OperationRow {
  Operation operation;
  std::string_view name;
  Permissions needs;
  bool own_view_suffices = false;  ///< `view_own` suffices for calls about the actor
};

constexpr Permissions view_and_export(Permission::view, Permission::export_);

#define SEATBOOK_NEEDS(operation, permission) \
  {                                           \
    Operation::operation, #operation, {       \
      Permission::permission                  \
    }                                         \
  }
#define SEATBOOK_NEEDS_OR_OWN(operation, permission) \
  {Operation::operation, #operation, {Permission::permission}, true}
#define SEATBOOK_NEEDS_BOTH(operation, first, second) \
  {                                                   \
    Operation::operation, #operation, {               \
      Permission::first, Permission::second           \
    }                                                 \
  }
constexpr auto operations = std::to_array<OperationRow>({
    SEATBOOK_NEEDS(add_person, edit),
    SEATBOOK_NEEDS(update_person, edit),
    SEATBOOK_NEEDS(archive_person, archive_person),
    SEATBOOK_NEEDS(reactivate_person, archive_person),
    SEATBOOK_NEEDS(erase_person, archive_person),
    SEATBOOK_NEEDS(add_license, create),
    SEATBOOK_NEEDS(update_license, edit),
    SEATBOOK_NEEDS(set_total_seats, edit),
    SEATBOOK_NEEDS(set_policy, edit),
    SEATBOOK_NEEDS(set_owners, edit),  // B1
    SEATBOOK_NEEDS(archive_license, edit),
    SEATBOOK_NEEDS(reactivate_license, edit),
    SEATBOOK_NEEDS(assign, assign),
    SEATBOOK_NEEDS(bulk_assign, assign),
    SEATBOOK_NEEDS(assign_many, assign),  // B1, B35
    SEATBOOK_NEEDS(revoke, assign),
    SEATBOOK_NEEDS(revoke_all, assign),
    SEATBOOK_NEEDS(transfer, assign),
    SEATBOOK_NEEDS(edit_seat, assign),
    SEATBOOK_NEEDS(mark_reviewed, assign),
    SEATBOOK_NEEDS(record_use, assign),
    SEATBOOK_NEEDS(record_uses, assign),
    SEATBOOK_NEEDS(people, view),
    SEATBOOK_NEEDS(licenses, view),
    SEATBOOK_NEEDS(get_person, view),
    SEATBOOK_NEEDS(get_license, view),
    SEATBOOK_NEEDS(get_assignment, view),
    SEATBOOK_NEEDS(get_actor, view),
    SEATBOOK_NEEDS(find_person, view),
    SEATBOOK_NEEDS(find_license, view),
    SEATBOOK_NEEDS(find_actor, view),
    SEATBOOK_NEEDS_OR_OWN(find_seat, view),
    SEATBOOK_NEEDS(last_use, view),
    SEATBOOK_NEEDS(usage, view),
    SEATBOOK_NEEDS(license_seats, view),
    SEATBOOK_NEEDS_OR_OWN(my_software, view),
    SEATBOOK_NEEDS(assignable_people, view),
    SEATBOOK_NEEDS(needs_review, view),
    SEATBOOK_NEEDS(needs_review_count, view),
    SEATBOOK_NEEDS(archived_owners, view),
    SEATBOOK_NEEDS(license_contacts, view),
    SEATBOOK_NEEDS(renewals_due, view),
    SEATBOOK_NEEDS_OR_OWN(history, view),
    SEATBOOK_NEEDS(events_after, view),
    SEATBOOK_NEEDS(notifications_after, view),
    SEATBOOK_NEEDS(seat_list, view),
    SEATBOOK_NEEDS(seat_figures, view),
    SEATBOOK_NEEDS(roster, view),
    {Operation::export_seat_list, "export_seat_list", view_and_export},
    {Operation::export_roster, "export_roster", view_and_export},
    {Operation::export_history, "export_history", view_and_export},
    SEATBOOK_NEEDS(utilization, view),
    SEATBOOK_NEEDS(reclaim_candidates, view),
    SEATBOOK_NEEDS(holders_at, view),
    SEATBOOK_NEEDS(usage_over_time, view),
    SEATBOOK_NEEDS(peak_usage, view),
    SEATBOOK_NEEDS(offboarding_times, view),
    SEATBOOK_NEEDS(import_roster, assign),  // B35
    SEATBOOK_NEEDS(import_people, edit),
    SEATBOOK_NEEDS_BOTH(import_licenses, create, assign),
});
#undef SEATBOOK_NEEDS
#undef SEATBOOK_NEEDS_OR_OWN
#undef SEATBOOK_NEEDS_BOTH
static_assert(operations.size() == operation_count);

constexpr bool rows_are_in_enum_order() {
  for (std::size_t i = 0; i < operations.size(); ++i) {
    if (static_cast<std::size_t>(operations[i].operation) != i) return false;
  }
  return true;
}
static_assert(rows_are_in_enum_order());

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
  for (const OperationRow& row : operations) {
    if (row.name == name) return row.operation;
  }
  return std::nullopt;
}

bool own_view_suffices(Operation operation) noexcept {
  return row_of(operation).own_view_suffices;
}

Permissions required_permissions(Operation operation) noexcept {
  return row_of(operation).needs;
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

std::optional<Error> refusal(const model::Tables& tables, const Actor& actor, Operation operation) {
  if (permissions_of(tables, actor).has_all(required_permissions(operation))) return std::nullopt;
  return denied(operation);
}

std::optional<Error> refusal_about(const model::Tables& tables, const Actor& actor,
                                   Operation operation, PersonId person) {
  const Permissions has = permissions_of(tables, actor);
  if (has.has_all(required_permissions(operation))) return std::nullopt;
  if (own_view_suffices(operation) && has.has(Permission::view_own) && actor.person == person) {
    return std::nullopt;
  }
  return denied(operation);
}

std::optional<Error> malformed(const Actor& actor) {
  if (auto error = malformed_texts({{"actor", actor.actor}})) return error;
  if (actor.actor.empty() == !actor.person.has_value()) {  // C1
    return Error{Code::invalid_argument, "exactly one of actor and person must be set", "actor"};
  }
  if (!text_fits(actor.actor, max_actor_length)) {
    return Error{Code::invalid_argument, "actor must have at most 191 code points", "actor"};
  }
  return malformed_choice("role", actor.role);  // C42
}

}  // namespace rules
}  // namespace seatbook

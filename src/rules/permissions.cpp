#include "rules/permissions.hpp"

#include <array>
#include <string>
#include <string_view>

#include "rules/fields.hpp"

namespace seatbook {
namespace {

struct OperationRow {
  Operation operation;
  std::string_view name;
  Permission needs;
};

constexpr auto operations = std::to_array<OperationRow>({
    {Operation::add_person, "add_person", Permission::edit},
    {Operation::update_person, "update_person", Permission::edit},
    {Operation::archive_person, "archive_person", Permission::archive_person},
    {Operation::reactivate_person, "reactivate_person", Permission::archive_person},
    {Operation::add_license, "add_license", Permission::create},
    {Operation::set_total_seats, "set_total_seats", Permission::edit},
    {Operation::assign, "assign", Permission::assign},
    {Operation::revoke, "revoke", Permission::assign},
    {Operation::get_person, "get_person", Permission::view},
    {Operation::get_license, "get_license", Permission::view},
    {Operation::get_assignment, "get_assignment", Permission::view},
    {Operation::find_person, "find_person", Permission::view},
    {Operation::find_license, "find_license", Permission::view},
    {Operation::find_seat, "find_seat", Permission::view},
    {Operation::usage, "usage", Permission::view},
    {Operation::license_seats, "license_seats", Permission::view},
    {Operation::my_software, "my_software", Permission::view},
    {Operation::history, "history", Permission::view},
    {Operation::events_after, "events_after", Permission::view},
});

constexpr bool rows_stand_at_their_numbers() {
  for (std::size_t i = 0; i < operations.size(); ++i) {
    if (static_cast<std::size_t>(operations[i].operation) != i) return false;
  }
  return true;
}
static_assert(rows_stand_at_their_numbers());

const OperationRow& row_of(Operation operation) noexcept {
  return operations[static_cast<std::size_t>(operation)];
}

Error denied(Operation operation) {
  return {Code::permission_denied, std::string(to_string(operation)) + " needs the permission " +
                                       std::string(to_string(required_permission(operation)))};
}

}  // namespace

std::string_view to_string(Operation operation) noexcept {
  return row_of(operation).name;
}

Permission required_permission(Operation operation) noexcept {
  return row_of(operation).needs;
}

Permissions permissions_of(Role role) noexcept {
  switch (role) {
    case Role::super_admin:
    case Role::it_admin:
    case Role::admin:
      return Permissions::all();
    case Role::manager:
    case Role::employee:
      return {Permission::view_own};
  }
  return {};
}

namespace rules {

Permissions permissions_of(const model::Tables& tables, const Actor& actor) {
  if (actor.person) {
    const model::PersonRow* row = tables.people.find(*actor.person);
    if (row == nullptr || row->person.state != PersonState::active) return {};
  }
  return actor.permissions ? *actor.permissions : seatbook::permissions_of(actor.role);
}

std::optional<Error> refusal(const model::Tables& tables, const Actor& actor, Operation operation) {
  if (permissions_of(tables, actor).has(required_permission(operation))) return std::nullopt;
  return denied(operation);
}

std::optional<Error> refusal_about(const model::Tables& tables, const Actor& actor,
                                   Operation operation, PersonId person) {
  const Permissions has = permissions_of(tables, actor);
  if (has.has(required_permission(operation))) return std::nullopt;
  if (has.has(Permission::view_own) && actor.person == person) return std::nullopt;
  return denied(operation);
}

std::optional<Error> malformed(const Actor& actor) {
  if (auto error = malformed_texts({{"actor", actor.actor}})) return error;
  if (actor.actor.empty() == !actor.person.has_value()) {
    return Error{Code::invalid_argument,
                 "an actor is either a service by name or a person, and not both", "actor"};
  }
  if (!text_fits(actor.actor, max_actor_length)) {
    return Error{Code::invalid_argument, "an actor's name has at most 191 code points", "actor"};
  }
  if (to_string(actor.role) == "unknown") {
    return Error{Code::invalid_argument, "there is no such role", "role"};
  }
  return std::nullopt;
}

}  // namespace rules
}  // namespace seatbook

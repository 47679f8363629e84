// The permission matrix: every operation with every role and every single permission, compared with
// the table of docs/rules.md (C42, C43, B1, B35).
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"

namespace seatbook {
namespace {

using testing::code_of;
using testing::Desk;

template <class Request, class Value>
Code call(Session& session, Result<Value> (Session::*method)(const Request&)) {
  return code_of((session.*method)({}));
}
template <class Request, class Value>
Code call(Session& session, Result<Value> (Session::*method)(const Request&) const) {
  return code_of((session.*method)({}));
}
template <class... Values, class Value>
Code call(Session& session, Result<Value> (Session::*method)(Values...) const) {
  return code_of((session.*method)(Values{}...));
}
template <class Request>
Code call(Session& session,
          Result<ExportReport> (Session::*method)(const Request&, const CsvSink&) const) {
  return code_of((session.*method)({}, [](std::string_view) { return true; }));
}

/// Returns a call of every operation with unknown ids. It fails with permission_denied if the actor
/// lacks the permission, otherwise with another code or not at all.
std::map<std::string, std::function<Code(Session&)>> calls() {
  std::map<std::string, std::function<Code(Session&)>> all;
#define SEATBOOK_OPERATION(name, Result, permission) \
  all[#name] = [](Session& session) { return call(session, &Session::name); };
#include "seatbook/operations.def"
  // Malformed without arguments, which is checked before the permission.
  const auto is = [&](const char* name, auto call) {
    all.at(name) = [call](Session& session) { return code_of(call(session)); };
  };
  is("bulk_assign", [](Session& s) { return s.bulk_assign({.licenses = {LicenseId(9)}}); });
  is("assign_many", [](Session& s) { return s.assign_many({.people = {PersonId(9)}}); });
  is("record_uses", [](Session& s) {
    return s.record_uses({.uses = {{.assignment = AssignmentId(9)}}, .all_or_nothing = true});
  });
  is("find_person", [](Session& s) { return s.find_person({.email = "a@b"}); });
  is("find_license", [](Session& s) { return s.find_license({.host_key = "k"}); });
  is("find_actor", [](Session& s) { return s.find_actor({.actor = "x"}); });
  is("events_after", [](Session& s) { return s.events_after({}); });
  is("notifications_after", [](Session& s) { return s.notifications_after({}); });
  return all;
}

/// Returns the texts of a set of permissions. Of `edit` and `assign`, which it implies, both.
std::set<std::string> names_of(Permissions permissions) {
  std::set<std::string> names;
  for (std::size_t at = 0; at < permission_count; ++at) {
    const auto permission = static_cast<Permission>(at);
    if (permissions.has(permission)) names.emplace(to_string(permission));
  }
  return names;
}

TEST(PermissionMatrix, EveryOperationByEveryRoleAndPermission) {
  RULE("A4", "B1", "B35", "C42", "C43", "C68");
  Desk desk;
  struct Row {
    std::string name;
    Actor actor;
    std::set<std::string> has;
  };
  const std::set<std::string> all = {"view",   "view_own",       "edit",   "create",
                                     "assign", "archive_person", "export", "administer"};
  std::vector<Row> rows = {
      {"super-admin", {.actor = "x", .role = Role::super_admin}, all},
      {"it-admin", {.actor = "x", .role = Role::it_admin}, all},
      {"admin", {.actor = "x", .role = Role::admin}, all},
      {"manager", {.actor = "x", .role = Role::manager}, {"view_own"}},
      {"employee", {.actor = "x", .role = Role::employee}, {"view_own"}},
      {"no permission", {.actor = "x", .permissions = Permissions()}, {}},
  };
  for (const std::string& name : all) {
    const Permission permission = permission_from_string(name).value();
    std::set<std::string> has = {name};
    if (name == "edit") has.insert("assign");
    rows.push_back({name, {.actor = "x", .permissions = permission}, has});
  }
  rows.push_back({"editor of B1",
                  {.actor = "x", .permissions = Permissions(Permission::view, Permission::edit)},
                  {"view", "edit", "assign"}});
  rows.push_back({"exporter",
                  {.actor = "x", .permissions = Permissions(Permission::view, Permission::export_)},
                  {"view", "export"}});

  const auto operations = calls();
  int cells = 0;
  for (const Row& row : rows) {
    Session session = desk.book.session(row.actor);
    for (const auto& [name, call_operation] : operations) {
      SCOPED_TRACE(row.name + " calls " + name);
      const Operation operation = operation_from_string(name).value();
      // tests/conformance/operations.json lists them once more, by hand.
      const std::set<std::string> needed = names_of(required_permissions(operation));
      const bool allowed =
          std::includes(row.has.begin(), row.has.end(), needed.begin(), needed.end());
      const std::string before = desk.dump();
      const Code code = call_operation(session);
      EXPECT_EQ(code != Code::permission_denied, allowed) << to_string(code);
      EXPECT_EQ(session.can(operation), allowed);
      const auto refusal = session.why_not(operation);
      EXPECT_EQ(refusal ? refusal->code : Code::ok, allowed ? Code::ok : Code::permission_denied);
      EXPECT_EQ(desk.dump(), before);
      ++cells;
    }
  }
  EXPECT_EQ(cells, static_cast<int>(rows.size() * operation_count));
}

TEST(PermissionMatrix, ViewOwnCoversOnlyTheActorsOwnRecords) {
  RULE("A15", "C43");
  Desk desk;
  const auto ada = desk.person("Ada");
  const auto bo = desk.person("Bo");
  const auto license = desk.license("Vector", 5);
  desk.seat(license, ada);
  for (const Role role : {Role::manager, Role::employee}) {
    Session own = desk.book.session({.person = ada, .role = role});
    EXPECT_EQ(own.my_software(ada)->size(), 1U);
    EXPECT_TRUE(own.find_seat(license, ada)->has_value());
    EXPECT_FALSE(own.history({.person = ada})->empty());
    EXPECT_TRUE(own.can(Operation::my_software));
    for (const PersonId other : {bo, desk.owner, PersonId(99)}) {
      EXPECT_EQ(code_of(own.my_software(other)), Code::permission_denied);
      EXPECT_EQ(code_of(own.find_seat(license, other)), Code::permission_denied);
      EXPECT_EQ(code_of(own.history({.person = other})), Code::permission_denied);
    }
    EXPECT_EQ(code_of(own.history({})), Code::permission_denied);
    for (const LicenseId id : {license, LicenseId(99)}) {
      EXPECT_EQ(code_of(own.history({.license = id, .person = ada})), Code::permission_denied)
          << "does not reveal whether the license exists";
    }
    EXPECT_EQ(code_of(own.get_person(ada)), Code::permission_denied);
  }
}

TEST(PermissionMatrix, ErrorsNameTheRequiredPermissions) {
  RULE("C43", "C68");
  Desk desk;
  Session guest = desk.book.session({.actor = "guest"});
  const auto message = [&](Operation operation) {
    EXPECT_FALSE(guest.can(operation));
    const auto refusal = guest.why_not(operation);
    EXPECT_EQ(refusal->code, Code::permission_denied);
    return refusal->message;
  };
  EXPECT_EQ(message(Operation::assign), "assign needs the permission assign");
  EXPECT_EQ(message(Operation::update_license), "update_license needs the permission edit");
  EXPECT_EQ(message(Operation::import_licenses),
            "import_licenses needs the permission create and assign");
  EXPECT_EQ(message(Operation::export_history),
            "export_history needs the permission view and export");

  const auto unknown = static_cast<Operation>(200);
  EXPECT_FALSE(desk.admin.can(unknown));
  EXPECT_EQ(desk.admin.why_not(unknown)->code, Code::invalid_argument);
  Session nonsense = desk.book.session({});
  EXPECT_FALSE(nonsense.can(Operation::usage));
  EXPECT_EQ(nonsense.why_not(Operation::usage)->code, Code::invalid_argument);
}

TEST(PermissionMatrix, RequiresAnActivePersonAndIgnoresOwnership) {
  RULE("C43");
  Desk desk;
  const auto ada = desk.person("Ada");
  const auto license = desk.admin.add_license({.name = "Vector", .owner = ada})->license;
  Session owner = desk.book.session({.person = ada, .role = Role::employee});
  EXPECT_EQ(code_of(owner.usage(license)), Code::permission_denied);
  Session admin = desk.book.session({.person = ada, .role = Role::super_admin});
  EXPECT_TRUE(admin.usage(license));
  ASSERT_TRUE(desk.admin.archive_person({.person = ada}));
  for (const auto& [name, call] : calls()) {
    EXPECT_EQ(call(admin), Code::permission_denied) << name;
  }
  Session stranger = desk.book.session({.person = PersonId(99), .role = Role::super_admin});
  for (const auto& [name, call] : calls()) {
    EXPECT_EQ(call(stranger), Code::permission_denied) << name;
  }
}

}  // namespace
}  // namespace seatbook

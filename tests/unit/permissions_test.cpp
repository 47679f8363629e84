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

/// Splits a list of words such as "view export".
std::set<std::string> words(const std::string& list) {
  std::istringstream in(list);
  return {std::istream_iterator<std::string>(in), {}};
}

/// The table of docs/rules.md, copied by hand.
const std::map<std::string, std::vector<std::string>>& table() {
  static const std::map<std::string, std::vector<std::string>> rows = {
      {"edit",
       {"add_person", "update_person", "update_license", "set_total_seats", "set_policy",
        "set_owners", "archive_license", "reactivate_license", "import_people"}},
      {"archive_person", {"archive_person", "reactivate_person", "erase_person"}},
      {"create", {"add_license"}},
      {"create assign", {"import_licenses"}},
      {"assign",
       {"assign", "bulk_assign", "assign_many", "revoke", "revoke_all", "transfer", "edit_seat",
        "mark_reviewed", "record_use", "record_uses", "import_roster"}},
      {"view",
       {"people",
        "licenses",
        "get_person",
        "get_license",
        "get_assignment",
        "get_actor",
        "find_person",
        "find_license",
        "find_actor",
        "find_seat",
        "last_use",
        "usage",
        "license_seats",
        "my_software",
        "needs_review",
        "assignable_people",
        "archived_owners",
        "needs_review_count",
        "renewals_due",
        "license_contacts",
        "history",
        "events_after",
        "notifications_after",
        "seat_list",
        "seat_figures",
        "roster",
        "utilization",
        "reclaim_candidates",
        "holders_at",
        "usage_over_time",
        "peak_usage",
        "offboarding_times"}},
      {"view export", {"export_seat_list", "export_roster", "export_history"}},
  };
  return rows;
}
const std::set<std::string> own_view = {"find_seat", "my_software", "history"};

/// Returns a call of every operation with unknown ids. It fails with permission_denied if the actor
/// lacks the permission, otherwise with another code or not at all.
std::map<std::string, std::function<Code(Session&)>> calls() {
  std::map<std::string, std::function<Code(Session&)>> all;
  const auto is = [&](const char* name, auto call) {
    all[name] = [call](Session& session) { return code_of(call(session)); };
  };
  is("add_person", [](Session& s) { return s.add_person({}); });
  is("update_person", [](Session& s) { return s.update_person({}); });
  is("archive_person", [](Session& s) { return s.archive_person({}); });
  is("reactivate_person", [](Session& s) { return s.reactivate_person({}); });
  is("erase_person", [](Session& s) { return s.erase_person({}); });
  is("add_license", [](Session& s) { return s.add_license({}); });
  is("update_license", [](Session& s) { return s.update_license({}); });
  is("set_total_seats", [](Session& s) { return s.set_total_seats({}); });
  is("set_policy", [](Session& s) { return s.set_policy({}); });
  is("set_owners", [](Session& s) { return s.set_owners({}); });
  is("archive_license", [](Session& s) { return s.archive_license({}); });
  is("reactivate_license", [](Session& s) { return s.reactivate_license({}); });
  is("assign", [](Session& s) { return s.assign({}); });
  is("bulk_assign", [](Session& s) { return s.bulk_assign({.licenses = {LicenseId(9)}}); });
  is("assign_many", [](Session& s) { return s.assign_many({.people = {PersonId(9)}}); });
  is("revoke", [](Session& s) { return s.revoke({}); });
  is("revoke_all", [](Session& s) { return s.revoke_all({}); });
  is("transfer", [](Session& s) { return s.transfer({}); });
  is("edit_seat", [](Session& s) { return s.edit_seat({}); });
  is("mark_reviewed", [](Session& s) { return s.mark_reviewed({}); });
  is("record_use", [](Session& s) { return s.record_use({}); });
  is("record_uses", [](Session& s) {
    return s.record_uses({.uses = {{.assignment = AssignmentId(9)}}, .all_or_nothing = true});
  });
  is("people", [](Session& s) { return s.people(); });
  is("licenses", [](Session& s) { return s.licenses(); });
  is("get_person", [](Session& s) { return s.get_person({}); });
  is("get_license", [](Session& s) { return s.get_license({}); });
  is("get_assignment", [](Session& s) { return s.get_assignment({}); });
  is("get_actor", [](Session& s) { return s.get_actor({}); });
  is("find_person", [](Session& s) { return s.find_person({.email = "a@b"}); });
  is("find_license", [](Session& s) { return s.find_license({.host_key = "k"}); });
  is("find_actor", [](Session& s) { return s.find_actor({.actor = "x"}); });
  is("find_seat", [](Session& s) { return s.find_seat({}, PersonId(9)); });
  is("last_use", [](Session& s) { return s.last_use({}); });
  is("usage", [](Session& s) { return s.usage({}); });
  is("license_seats", [](Session& s) { return s.license_seats({}); });
  is("my_software", [](Session& s) { return s.my_software(PersonId(9)); });
  is("assignable_people", [](Session& s) { return s.assignable_people({}); });
  is("needs_review", [](Session& s) { return s.needs_review(); });
  is("needs_review_count", [](Session& s) { return s.needs_review_count(); });
  is("archived_owners", [](Session& s) { return s.archived_owners(); });
  is("license_contacts", [](Session& s) { return s.license_contacts({}); });
  is("renewals_due", [](Session& s) { return s.renewals_due({}); });
  is("history", [](Session& s) { return s.history({}); });
  is("events_after", [](Session& s) { return s.events_after({}); });
  is("notifications_after", [](Session& s) { return s.notifications_after({}); });
  is("seat_list", [](Session& s) { return s.seat_list({}); });
  is("seat_figures", [](Session& s) { return s.seat_figures({}); });
  is("roster", [](Session& s) { return s.roster({}); });
  const auto nowhere = [](std::string_view) { return true; };
  is("export_seat_list", [=](Session& s) { return s.export_seat_list({}, nowhere); });
  is("export_roster", [=](Session& s) { return s.export_roster({}, nowhere); });
  is("export_history", [=](Session& s) { return s.export_history({}, nowhere); });
  is("utilization", [](Session& s) { return s.utilization({.license = LicenseId(9)}); });
  is("reclaim_candidates",
     [](Session& s) { return s.reclaim_candidates({.after = AssignmentId(9)}); });
  is("holders_at", [](Session& s) { return s.holders_at(LicenseId(9), {}); });
  is("usage_over_time", [](Session& s) { return s.usage_over_time({.license = LicenseId(9)}); });
  is("peak_usage", [](Session& s) { return s.peak_usage({.license = LicenseId(9)}); });
  is("offboarding_times",
     [](Session& s) { return s.offboarding_times({.license = LicenseId(9)}); });
  is("import_roster", [](Session& s) { return s.import_roster({.csv = roster_template}); });
  is("import_people", [](Session& s) { return s.import_people({.csv = "Name\n"}); });
  is("import_licenses", [](Session& s) { return s.import_licenses({.csv = "Name\n"}); });
  return all;
}

TEST(PermissionMatrix, TableListsEveryOperationOnce) {
  std::set<std::string> named;
  for (const auto& [permission, operations] : table()) {
    for (const std::string& operation : operations) {
      EXPECT_TRUE(named.insert(operation).second) << operation;
      const auto known = operation_from_string(operation);
      ASSERT_TRUE(known.has_value()) << operation;
      Permissions needed;
      for (const std::string& word : words(permission)) {
        needed.add(permission_from_string(word).value());
      }
      EXPECT_EQ(required_permissions(*known), needed) << operation;
      EXPECT_EQ(own_view_suffices(*known), own_view.count(operation) == 1) << operation;
    }
  }
  EXPECT_EQ(named.size(), operation_count);
  EXPECT_EQ(calls().size(), operation_count);
  EXPECT_FALSE(operation_from_string("delete_everything").has_value());
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
    for (const auto& [permission, names] : table()) {
      for (const std::string& name : names) {
        SCOPED_TRACE(row.name + " calls " + name);
        const std::set<std::string> needed = words(permission);
        const bool allowed =
            std::includes(row.has.begin(), row.has.end(), needed.begin(), needed.end());
        const std::string before = desk.dump();
        const Code code = operations.at(name)(session);
        EXPECT_EQ(code != Code::permission_denied, allowed) << to_string(code);
        const Operation operation = operation_from_string(name).value();
        EXPECT_EQ(session.can(operation), allowed);
        const auto refusal = session.why_not(operation);
        EXPECT_EQ(refusal ? refusal->code : Code::ok, allowed ? Code::ok : Code::permission_denied);
        EXPECT_EQ(desk.dump(), before);
        ++cells;
      }
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

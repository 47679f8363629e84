// Tests that check_invariants finds each kind of damage, by modifying the tables from inside. All
// other suites rely on it.
#include <gtest/gtest.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "model/tables.hpp"
#include "support/books.hpp"
#include "unit/stored_books.hpp"

namespace seatbook::testing {
namespace {

/// Makes a private member accessible by a tag: an explicit instantiation may name it.
template <class Tag, auto Member>
struct Expose {
  friend constexpr auto member(Tag) { return Member; }
};
#define SEATBOOK_EXPOSE(tag, pointer)  \
  struct tag {                         \
    friend constexpr auto member(tag); \
  };                                   \
  template struct Expose<tag, pointer>

SEATBOOK_EXPOSE(AssignmentExtras, &model::AssignmentTable::extras_);
SEATBOOK_EXPOSE(ActiveOfLicense, &model::AssignmentTable::active_license_);
SEATBOOK_EXPOSE(Rosters, &model::AssignmentTable::rosters_);
SEATBOOK_EXPOSE(LastOfLicense, &model::HistoryTable::last_of_license_);
SEATBOOK_EXPOSE(LastOfPerson, &model::HistoryTable::last_of_person_);

#undef SEATBOOK_EXPOSE

/// Return mutable rows, which the containers do not allow; the indexes are not updated.
model::PersonRow& person(model::Tables& tables, std::uint64_t id) {
  return const_cast<model::PersonRow&>(*tables.people.find(PersonId(id)));
}
License& license(model::Tables& tables, std::uint64_t id) {
  return const_cast<License&>(*tables.licenses.find(LicenseId(id)));
}
model::AssignmentRow& assignment(model::Tables& tables, std::uint64_t id) {
  return const_cast<model::AssignmentRow&>(*tables.assignments.find(AssignmentId(id)));
}
/// Appends a history row directly to the table.
void add_row(model::Tables& tables, const std::function<void(HistoryRow&)>& change) {
  HistoryRow row;
  row.seq = Seq(tables.history.size() + 1);
  row.batch = tables.version;
  row.at = tables.history.last_at();
  row.actor = ActorId(1);
  row.kind = HistoryKind::license_updated;
  row.license = LicenseId(1);
  change(row);
  ASSERT_TRUE(tables.history.put(row));
}

struct Damage {
  const char* found;
  std::function<void(model::Tables&)> done;
};

// Damage to the rows of stored_book(), and the finding that it must cause. It may cause others too.
const Damage damages[] = {
    // people
    {"person 2 is stored under another id",
     [](model::Tables& tables) { person(tables, 2).person.id = PersonId(3); }},
    {"person 2 has an email key that does not match its email",
     [](model::Tables& tables) { tables.people.release_keys(PersonId(2)); }},
    {"person 3 has the email of another person",
     [](model::Tables& tables) {
       person(tables, 3).person.email = "ada@example.com";
       person(tables, 3).email_key = "ada@example.com";
     }},
    {"person 2 is not found by email",
     [](model::Tables& tables) {
       // A new text may have the old one's position in the index by chance; try another one then.
       auto& row = person(tables, 2);
       do {
         row.person.email = row.email_key = "x" + row.email_key;
       } while (tables.people.find_email(row.email_key) == &row);
     }},
    {"person 3 has the host key of another person",
     [](model::Tables& tables) { person(tables, 3).person.host_key = "h-2"; }},
    {"person 2 is not found by host key",
     [](model::Tables& tables) {
       std::string& key = person(tables, 2).person.host_key;
       do key += "-9";
       while (tables.people.find_host_key(key) != nullptr);
     }},
    {"person 2 is erased but holds seats or texts",
     [](model::Tables& tables) { person(tables, 2).person.state = PersonState::erased; }},
    {"person 2 has no name", [](model::Tables& tables) { person(tables, 2).person.name = "\t"; }},
    {"person 2 has a text that is too long: name",
     [](model::Tables& tables) { person(tables, 2).person.name = std::string(256, 'x'); }},
    // licenses and their assignment counts
    {"assignment 1 is stored under another id",
     [](model::Tables& tables) { assignment(tables, 1).id = 2; }},
    {"assignment 1 names a record that does not exist",
     [](model::Tables& tables) { assignment(tables, 1).license = 9; }},
    {"assignment 3 is revoked but needs review",
     [](model::Tables& tables) { assignment(tables, 3).needs_review = true; }},
    {"assignment 2 is a second active assignment of its person and license",
     [](model::Tables& tables) { assignment(tables, 2).person = 2; }},
    {"assignment 1 needs review although its holder is active",
     [](model::Tables& tables) { assignment(tables, 1).needs_review = true; }},
    {"assignment 1 is active on an archived license",
     [](model::Tables& tables) { license(tables, 1).state = LicenseState::archived; }},
    {"license 1 is stored under another id",
     [](model::Tables& tables) { license(tables, 1).id = LicenseId(2); }},
    {"license 1 counts 2 seats in use, but has 1",
     [](model::Tables& tables) { assignment(tables, 1).license = 2; }},
    {"license 1 is over-allocated: 2 of 1",
     [](model::Tables& tables) { license(tables, 1).total_seats = 1; }},
    {"license 1 has an owner who does not exist",
     [](model::Tables& tables) { license(tables, 1).owner = PersonId(9); }},
    {"license 1 has its owner as backup",
     [](model::Tables& tables) { license(tables, 1).backup_owner = PersonId(1); }},
    {"license 1 is not found by host key, or another has it",
     [](model::Tables& tables) {
       std::string& key = license(tables, 1).host_key;
       do key += "-9";
       while (tables.licenses.find_host_key(key) != nullptr);
     }},
    {"license 1 has no name", [](model::Tables& tables) { license(tables, 1).name = ""; }},
    // the indexes and chains of assignments
    {"assignment 1 is active but not found by license and person",
     [](model::Tables& tables) { assignment(tables, 1).person = 4; }},
    {"assignment 3 is revoked before it was assigned",
     [](model::Tables& tables) { assignment(tables, 3).revoked_at_us = 1; }},
    {"assignment 1 is flagged but not in the index of flags",
     [](model::Tables& tables) { assignment(tables, 1).needs_review = true; }},
    {"the index of flags has more entries than flagged assignments",
     [](model::Tables& tables) { assignment(tables, 2).needs_review = false; }},
    {"license 1: lists assignment 1, which is not its active one",
     [](model::Tables& tables) { assignment(tables, 1).revoked_at_us = 1; }},
    {"license 1: links are out of order at assignment 2",
     [](model::Tables& tables) {
       (tables.assignments.*member(AssignmentExtras{}))[1].of_license.previous = 0;
     }},
    {"person 2: links are out of order at assignment 1",
     [](model::Tables& tables) {
       (tables.assignments.*member(AssignmentExtras{}))[0].of_person.previous = 2;
     }},
    {"license 1: counts 3 active, lists 2",
     [](model::Tables& tables) { ++(tables.assignments.*member(ActiveOfLicense{}))[0].count; }},
    {"the lists of active assignments do not add up to 2",
     [](model::Tables& tables) { ++(tables.assignments.*member(ActiveOfLicense{}))[0].count; }},
    {"license 1: the roster is broken at assignment 2",
     [](model::Tables& tables) { assignment(tables, 2).license = 2; }},
    {"license 1: the roster ends before its last assignment",
     [](model::Tables& tables) {
       (tables.assignments.*member(AssignmentExtras{}))[1].next_ever = 0;
     }},
    {"the rosters list 2 of 3 assignments",
     [](model::Tables& tables) {
       (tables.assignments.*member(AssignmentExtras{}))[1].next_ever = 0;
       (tables.assignments.*member(Rosters{}))[0].last = 2;
     }},
    {"assignment 1 has a wrong mark of held_since",
     [](model::Tables& tables) { assignment(tables, 1).has_held_since = true; }},
    {"assignment 1 has held_since out of range",
     [](model::Tables& tables) {
       assignment(tables, 1).has_held_since = true;
       (tables.assignments.*member(AssignmentExtras{}))[0].texts->held_since_us = -2;
     }},
    // history
    {"is out of order",
     [](model::Tables& tables) {
       add_row(tables, [](HistoryRow& row) { row.batch = Version(1); });
     }},
    {"is out of order",
     [](model::Tables& tables) {
       add_row(tables, [](HistoryRow& row) { row.batch = Version(99); });
     }},
    {"has no actor",
     [](model::Tables& tables) {
       add_row(tables, [](HistoryRow& row) { row.actor = ActorId(9); });
     }},
    {"has a wrong link",
     [](model::Tables& tables) {
       (tables.history.*member(LastOfLicense{}))[0] = 0;
       add_row(tables, [](HistoryRow&) {});
     }},
    {"the history of license 1 ends at a wrong row",
     [](model::Tables& tables) { (tables.history.*member(LastOfLicense{}))[0] = 0; }},
    {"the history of person 1 ends at a wrong row",
     [](model::Tables& tables) { (tables.history.*member(LastOfPerson{}))[0] = 0; }},
    {"contradicts its assignment",
     [](model::Tables& tables) {
       add_row(tables, [](HistoryRow& row) {
         row.kind = HistoryKind::edited;
         row.assignment = AssignmentId(1);
         row.person = PersonId(1);
       });
     }},
    {"the state of person 2 differs from its history",
     [](model::Tables& tables) { person(tables, 2).person.state = PersonState::archived; }},
    {"the state of license 1 differs from its history",
     [](model::Tables& tables) { license(tables, 1).total_seats = 4; }},
    {"the state of license 2 differs from its history",
     [](model::Tables& tables) { license(tables, 2).state = LicenseState::active; }},
    {"the state of assignment 2 differs from its history",
     [](model::Tables& tables) { assignment(tables, 2).needs_review = false; }},
    {"the state of assignment 1 differs from its history",
     [](model::Tables& tables) { assignment(tables, 1).revoked_at_us = 1; }},
};

TEST(Invariants, FindEachKindOfDamage) {
  for (const Damage& damage : damages) {
    SCOPED_TRACE(damage.found);
    model::Tables tables;
    stored_book()->load(tables);
    ASSERT_EQ(tables.check_invariants(), std::vector<std::string>{});
    damage.done(tables);
    const std::vector<std::string> findings = tables.check_invariants();
    std::string all;
    for (const std::string& finding : findings) all += finding + "\n";
    EXPECT_NE(all.find(damage.found), std::string::npos) << all;
  }
}

}  // namespace
}  // namespace seatbook::testing

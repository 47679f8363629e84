// What a command changed: history rows with old and new values, and what follows from them (C59).
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "seatbook/describe.hpp"
#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"
#include "unit/stored_books.hpp"

namespace seatbook {
namespace {

using testing::Desk;
using testing::instant;
using testing::minute_us;

using Changes = std::vector<FieldChange>;

/// A license with a cost, and a seat of Ada.
struct Office : Desk {
  explicit Office(std::shared_ptr<Storage> storage = nullptr) : Desk(std::move(storage)) {
    license = admin
                  .add_license({.name = "Vector",
                                .vendor = "Inkworks",
                                .total_seats = 9,
                                .owner = person("Olga"),
                                .cost_per_seat = Money{125'800},
                                .currency = "EUR"})
                  ->license;
    ada = admin.add_person({.name = "Ada", .email = "ada@example.com"})->person;
    seat_of_ada =
        admin.assign({.license = license, .person = ada, .access_level = "Standard"})->assignment;
  }
  /// Returns the changes of the newest history row, which must be of that kind.
  Changes newest(HistoryKind kind) {
    const auto rows = admin.history({.newest_first = true, .limit = 1}).value();
    EXPECT_EQ(rows.at(0).row.kind, kind);
    return rows.at(0).texts.changes;
  }
  void edit(const char* access_level) {
    admin.edit_seat({.assignment = seat_of_ada, .access_level = access_level}).value();
  }
  HolderRow holder(Timestamp at) { return admin.holders_at(license, at).value().at(0); }

  LicenseId license;
  PersonId ada;
  AssignmentId seat_of_ada;
};

TEST(ChangesOfSeats, NameEachFieldWithItsOldAndNewValue) {
  RULE("C59");
  Office desk;
  ASSERT_TRUE(desk.admin.edit_seat({.assignment = desk.seat_of_ada,
                                    .access_level = "Admin",
                                    .account = "ada",
                                    .notes = "two\nmachines",
                                    .cost_override = Money{125'800},
                                    .held_since = instant("2025-03-01T12:00:00Z")}));
  EXPECT_EQ(desk.newest(HistoryKind::edited),
            (Changes{{"access_level", "Standard", "Admin"},
                     {"account", "", "ada"},
                     {"notes", "", "two\nmachines"},
                     {"cost_override", "", "12.58"},
                     {"held_since", "", "2025-03-01T12:00:00Z"}}));
  ASSERT_TRUE(desk.admin.edit_seat({.assignment = desk.seat_of_ada,
                                    .access_level = "Admin",
                                    .notes = clear,
                                    .cost_override = Money{1},
                                    .held_since = clear}));
  EXPECT_EQ(desk.newest(HistoryKind::edited), (Changes{{"notes", "two\nmachines", ""},
                                                       {"cost_override", "12.58", "0.0001"},
                                                       {"held_since", "2025-03-01T12:00:00Z", ""}}))
      << "a field that is set to its value does not change";
  const Version version = desk.book.version();
  ASSERT_TRUE(desk.admin.edit_seat({.assignment = desk.seat_of_ada, .access_level = "Admin"}));
  EXPECT_EQ(desk.book.version(), version);
}

TEST(ChangesOfLicenses, NameEachFieldWithItsOldAndNewValue) {
  RULE("C59");
  Office desk;
  ASSERT_TRUE(desk.admin.update_license({.license = desk.license,
                                         .name = "Vector Pro",
                                         .vendor = clear,
                                         .product_group = "design",
                                         .host_key = "l-1",
                                         .cost_per_seat = Money{200'000},
                                         .currency = "USD",
                                         .billing_period = BillingPeriod::year,
                                         .renewal_date = Date::parse("2027-01-31").value()}));
  EXPECT_EQ(desk.newest(HistoryKind::license_updated),
            (Changes{{"name", "Vector", "Vector Pro"},
                     {"vendor", "Inkworks", ""},
                     {"product_group", "", "design"},
                     {"host_key", "", "l-1"},
                     {"cost_per_seat", "12.58", "20.00"},
                     {"currency", "EUR", "USD"},
                     {"billing_period", "month", "year"},
                     {"renewal_date", "", "2027-01-31"}}));
  ASSERT_TRUE(desk.admin.update_license(
      {.license = desk.license, .cost_per_seat = clear, .renewal_date = clear}));
  EXPECT_EQ(desk.newest(HistoryKind::license_updated),
            (Changes{{"cost_per_seat", "20.00", ""}, {"renewal_date", "2027-01-31", ""}}));
  // The other commands on licenses have their terms instead.
  ASSERT_TRUE(desk.admin.set_total_seats({.license = desk.license, .total_seats = 3}));
  EXPECT_EQ(desk.newest(HistoryKind::total_changed), Changes());
}

TEST(ChangesOfPeople, NameEachFieldWithItsOldAndNewValue) {
  RULE("C18", "C59");
  Office desk;
  ASSERT_TRUE(desk.admin.update_person(
      {.person = desk.ada, .name = "Ada L.", .email = clear, .host_key = "h-1"}));
  EXPECT_EQ(desk.newest(HistoryKind::person_updated), (Changes{{"name", "Ada", "Ada L."},
                                                               {"email", "ada@example.com", ""},
                                                               {"host_key", "", "h-1"}}));
  const HistoryTexts texts = desk.admin.history({.newest_first = true, .limit = 1})->at(0).texts;
  EXPECT_EQ(texts.name_before + ">" + texts.name_after, "Ada>Ada L.");
  EXPECT_EQ(texts.email_before + ">" + texts.email_after, "ada@example.com>");
}

TEST(ChangesInExports, AreOneCell) {
  RULE("C59");
  Office desk;
  ASSERT_TRUE(desk.admin.edit_seat(
      {.assignment = desk.seat_of_ada, .access_level = clear, .cost_override = Money{0}}));
  std::string file;
  ASSERT_TRUE(
      desk.admin.export_history({.history = {.kind = HistoryKind::edited}}, append_to(file)));
  EXPECT_NE(file.find(",Reason,Changes\r\n"), std::string::npos) << file;
  EXPECT_NE(file.find(",access_level: Standard -> ; cost_override:  -> 0.00\r\n"),
            std::string::npos)
      << file;
}

TEST(ChangesOfErasedPeople, KeepTheFieldsAmountsAndInstants) {
  RULE("C49", "C59", "C64");
  for (const bool stored : {false, true}) {
    const auto storage = stored ? memory_storage() : nullptr;
    Office desk(storage);
    const auto since = instant("2025-03-01T12:00:00Z");
    const auto edit = [&](AssignmentId seat) {
      return desk.admin
          .edit_seat({.assignment = seat,
                      .access_level = "secret level",
                      .account = "secret account",
                      .notes = "secret notes",
                      .cost_override = Money{10'000},
                      .held_since = since})
          .has_value();
    };
    ASSERT_TRUE(edit(desk.seat_of_ada));
    ASSERT_TRUE(desk.admin.update_person({.person = desk.ada,
                                          .name = "Ada secret",
                                          .email = "secret@example.com",
                                          .host_key = "secret key"}));
    ASSERT_TRUE(desk.admin.update_license({.license = desk.license, .name = "Vector Pro"}));
    const auto bo = desk.person("Bo", "bo@example.com");
    const auto seat_of_bo = desk.seat(desk.license, bo);
    Session as_ada = desk.book.session({.person = desk.ada, .role = Role::admin});
    ASSERT_TRUE(as_ada.edit_seat({.assignment = seat_of_bo, .account = "bo"}));
    const auto before = desk.admin.history({}).value();

    ASSERT_TRUE(desk.admin.erase_person({.person = desk.ada, .revoke_first = true}));

    const auto after = desk.admin.history({}).value();
    std::size_t emptied = 0;
    for (std::size_t at = 0; at < before.size(); ++at) {
      Changes expected = before[at].texts.changes;
      for (FieldChange& change : expected) {
        if (before[at].row.person != desk.ada || change.field == "cost_override" ||
            change.field == "held_since") {
          continue;
        }
        change.before.clear();
        change.after.clear();
        ++emptied;
      }
      EXPECT_EQ(after[at].texts.changes, expected) << at;
    }
    EXPECT_EQ(emptied, 6U);
    EXPECT_EQ(desk.dump().find("secret"), std::string::npos) << desk.dump();
    EXPECT_EQ(desk.dump().find("Standard"), std::string::npos) << desk.dump();
    EXPECT_EQ(desk.admin.get_assignment(desk.seat_of_ada)->held_since, since);
    if (stored) {
      Desk reopened(storage);
      EXPECT_EQ(reopened.dump(), desk.dump());
    }
  }
}

// ------------------------------------------------------------------------------ holders at a time

TEST(AccessLevelAt, IsTheOneBeforeTheFirstLaterEdit) {
  RULE("C59");
  Office desk;
  const Timestamp start = desk.clock->now();
  const auto after = [&](int minutes) { return Timestamp{start.us + minutes * minute_us}; };
  const auto bo = desk.person("Bo");
  const auto seat_of_bo = desk.seat(desk.license, bo);
  desk.clock->set(after(10));
  desk.edit("Admin");
  ASSERT_TRUE(desk.admin.edit_seat({.assignment = seat_of_bo, .access_level = "Guest"}));
  desk.clock->set(after(20));
  ASSERT_TRUE(desk.admin.edit_seat({.assignment = desk.seat_of_ada, .account = "ada"}));
  desk.clock->set(after(30));
  desk.edit("Owner");
  desk.edit("Editor");  // at the same instant
  desk.clock->set(after(40));
  ASSERT_TRUE(desk.admin.revoke({.assignment = desk.seat_of_ada}));
  const auto level_at = [&](Timestamp at) {
    const HolderRow row = desk.holder(at);
    EXPECT_TRUE(row.access_level_recorded);
    EXPECT_EQ(row.assignment, desk.seat_of_ada);
    return row.access_level;
  };
  EXPECT_EQ(level_at(start), "Standard");
  EXPECT_EQ(level_at({after(10).us - 1}), "Standard");
  EXPECT_EQ(level_at(after(10)), "Admin");
  EXPECT_EQ(level_at(after(20)), "Admin");
  EXPECT_EQ(level_at({after(30).us - 1}), "Admin");
  EXPECT_EQ(level_at(after(30)), "Editor") << "the state after the last row of the instant";
  EXPECT_EQ(level_at({after(40).us - 1}), "Editor");
  EXPECT_EQ(desk.admin.holders_at(desk.license, start)->at(1).access_level, "");
  EXPECT_EQ(desk.admin.holders_at(desk.license, after(10))->at(1).access_level, "Guest");
  EXPECT_EQ(desk.holder(max_timestamp).assignment, seat_of_bo);
}

TEST(AccessLevelAt, IsNotRecordedBeforeARowWithoutChanges) {
  RULE("C59");
  const auto memory = memory_storage();
  Timestamp start;
  LicenseId license;
  {
    Office desk(memory);
    license = desk.license;
    start = desk.clock->now();
    desk.seat(license, desk.person("Bo"));
    desk.clock->advance_us(10 * minute_us);
    desk.edit("Admin");
    desk.clock->advance_us(10 * minute_us);
    desk.edit("Owner");
  }
  const auto stored = std::make_shared<testing::StoredRecords>();
  testing::RecordList list(*stored);
  stored->version = memory->read({}, list).value();
  // The first edit, as version 0.1 wrote it.
  bool removed = false;
  std::erase_if(stored->rows, [&](const auto& row) {
    const auto* texts = std::get_if<HistoryTexts>(&row.second);
    const bool first = !removed && texts != nullptr && !texts->changes.empty();
    removed = removed || first;
    return first;
  });
  ASSERT_TRUE(removed);
  for (auto& [version, image] : stored->rows) version = stored->version;

  Desk desk(stored);
  const auto at_start = desk.admin.holders_at(license, start).value();
  ASSERT_EQ(at_start.size(), 2U);
  EXPECT_FALSE(at_start[0].access_level_recorded);
  EXPECT_EQ(at_start[0].access_level, "");
  EXPECT_TRUE(at_start[1].access_level_recorded) << "the seat was never edited";
  const auto later = desk.admin.holders_at(license, {start.us + 10 * minute_us}).value();
  EXPECT_TRUE(later[0].access_level_recorded);
  EXPECT_EQ(later[0].access_level, "Admin");
  const auto now = desk.admin.holders_at(license, max_timestamp).value();
  EXPECT_EQ(now[0].access_level, "Owner");
}

TEST(AccessLevelAt, IsEmptyOnceThePersonIsErased) {
  RULE("C49", "C59");
  Office desk;
  const Timestamp start = desk.clock->now();
  desk.clock->advance_us(minute_us);
  desk.edit("Admin");
  ASSERT_TRUE(desk.admin.erase_person({.person = desk.ada, .revoke_first = true}));
  const HolderRow row = desk.holder(start);
  EXPECT_TRUE(row.erased);
  EXPECT_EQ(row.access_level, "");
  EXPECT_TRUE(row.access_level_recorded);
}

TEST(GrantedBy, IsTheActorWhoAssignedOrTransferredTheSeat) {
  RULE("C59");
  Office desk;
  const auto boss = desk.person("Boss");
  Session as_boss = desk.book.session({.person = boss, .role = Role::admin});
  const auto bo = desk.person("Bo");
  ASSERT_TRUE(as_boss.transfer({.assignment = desk.seat_of_ada, .person = bo}));
  desk.seat(desk.license, desk.ada);
  ASSERT_TRUE(desk.admin.update_person({.person = boss, .name = "Big Boss"}));
  const auto rows = desk.admin.holders_at(desk.license, max_timestamp).value();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].person, bo);
  EXPECT_EQ(rows[0].granted_by.person, boss);
  EXPECT_EQ(rows[0].granted_by_name, "Big Boss");
  EXPECT_EQ(rows[0].access_level, "Standard") << "a transfer keeps it";
  EXPECT_EQ(rows[1].granted_by.actor, "root");
  EXPECT_EQ(rows[1].granted_by_name, "root");
  ASSERT_TRUE(desk.admin.erase_person({.person = boss}));
  EXPECT_EQ(desk.holder(max_timestamp).granted_by_name, "");
}

}  // namespace
}  // namespace seatbook

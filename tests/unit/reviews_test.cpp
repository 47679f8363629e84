// Needs-review flags, edits of a seat, last use, and erasing a person (B24 to B32, C47, C49, C54).
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "seatbook/describe.hpp"
#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/heap.hpp"
#include "support/rule.hpp"

namespace seatbook {
namespace {

using testing::code_of;
using testing::Desk;
using testing::expect_refused;
using testing::instant;

TEST(ReviewRules, RevokingOrReviewingResolvesAFlag) {
  RULE("B28", "B29", "B30", "B31", "B32", "C47");
  Desk desk;
  const auto vector = desk.license("Vector", 5);
  const auto mail = desk.license("Mail", 5);
  const auto ada = desk.person("Ada", "ada@example.com");
  const auto kept = desk.seat(vector, ada);
  const auto removed = desk.seat(mail, ada);
  ASSERT_TRUE(desk.admin.archive_person({.person = ada}));
  EXPECT_EQ(desk.admin.needs_review_count().value(), 2U);
  EXPECT_EQ(desk.admin.needs_review_count(vector).value(), 1U);
  const auto rows = desk.admin.needs_review().value();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].assignment, kept);
  EXPECT_EQ(rows[0].license_name, "Vector");
  EXPECT_EQ(rows[0].email, "ada@example.com");
  EXPECT_TRUE(rows[0].archived);
  EXPECT_EQ(desk.admin.needs_review(mail)->size(), 1U);
  EXPECT_EQ(code_of(desk.admin.needs_review(LicenseId(9))), Code::license_not_found);
  EXPECT_EQ(code_of(desk.admin.needs_review_count(LicenseId(9))), Code::license_not_found);

  const auto reviewed = desk.admin.mark_reviewed({.assignment = kept});
  EXPECT_EQ(reviewed->revision, Revision(2));
  const auto seats = desk.admin.license_seats(vector).value();
  ASSERT_EQ(seats.size(), 1U) << "kept";
  EXPECT_TRUE(seats[0].archived);
  EXPECT_FALSE(seats[0].needs_review);
  expect_refused(desk, Code::not_flagged, "assignment",
                 [&] { return desk.admin.mark_reviewed({.assignment = kept}); });
  ASSERT_TRUE(desk.admin.revoke({.assignment = removed}));
  EXPECT_EQ(desk.admin.needs_review_count().value(), 0U);
  expect_refused(desk, Code::already_revoked, "assignment",
                 [&] { return desk.admin.mark_reviewed({.assignment = removed}); });
  expect_refused(desk, Code::assignment_not_found, "assignment",
                 [&] { return desk.admin.mark_reviewed({.assignment = AssignmentId(99)}); });

  ASSERT_TRUE(desk.admin.reactivate_person({.person = ada}));
  ASSERT_TRUE(desk.admin.archive_person({.person = ada}));
  EXPECT_EQ(desk.admin.needs_review_count().value(), 1U) << "flagged again after a review";
  EXPECT_TRUE(desk.findings().empty());
}

TEST(EditSeatRules, KeepsClearsOrSetsEachField) {
  RULE("B24");
  Desk desk;
  const auto license =
      desk.admin
          .add_license(
              {.name = "Vector", .total_seats = 2, .owner = desk.person("Olga"), .currency = "EUR"})
          ->license;
  const auto seat = desk.admin
                        .assign({.license = license,
                                 .person = desk.person("Ada"),
                                 .access_level = "Viewer",
                                 .account = "ada",
                                 .notes = "n"})
                        ->assignment;
  ASSERT_TRUE(desk.admin.edit_seat(
      {.assignment = seat, .access_level = "Editor", .cost_override = Money{7}}));
  Assignment record = desk.admin.get_assignment(seat).value();
  EXPECT_EQ(record.access_level, "Editor");
  EXPECT_EQ(record.account, "ada");
  EXPECT_EQ(record.cost_override, Money{7});
  EXPECT_EQ(record.revision, Revision(2));
  ASSERT_TRUE(desk.admin.edit_seat({.assignment = seat,
                                    .access_level = clear,
                                    .account = clear,
                                    .notes = clear,
                                    .cost_override = clear}));
  record = desk.admin.get_assignment(seat).value();
  EXPECT_EQ(record.access_level + record.account + record.notes, "");
  EXPECT_FALSE(record.cost_override.has_value());
  const Version version = desk.book.version();
  EXPECT_EQ(desk.admin.edit_seat({.assignment = seat, .notes = clear})->version, version);
  const auto refused = [&](Code code, const char* field, EditSeat command) {
    command.assignment = seat;
    expect_refused(desk, code, field, [&] { return desk.admin.edit_seat(command); });
  };
  refused(Code::text_too_long, "access_level", {.access_level = std::string(65, 'x')});
  refused(Code::text_too_long, "account", {.account = std::string(192, 'x')});
  refused(Code::text_too_long, "notes", {.notes = std::string(1001, 'x')});
  refused(Code::invalid_text, "notes", {.notes = "\xff"});
  refused(Code::money_out_of_range, "cost_override", {.cost_override = Money{-1}});
  refused(Code::stale_revision, "expected_revision",
          {.notes = "x", .expected_revision = Revision(1)});
  ASSERT_TRUE(desk.admin.revoke({.assignment = seat}));
  refused(Code::already_revoked, "assignment", {.notes = "x"});
  EXPECT_EQ(desk.admin.history({.kind = HistoryKind::edited})->size(), 2U);
}

TEST(LastUseRules, KeepsTheLatestTimeAndChangesNothingElse) {
  RULE("A46", "C54");
  Desk desk;
  const auto license = desk.license("Vector", 2);
  const auto seat = desk.seat(license, desk.person("Ada"));
  EXPECT_FALSE(desk.admin.last_use(seat)->has_value());
  const auto events = desk.admin.events_after({})->events.size();
  const auto history = desk.admin.history({})->size();
  const auto use = [&](const char* at) {
    return desk.admin.record_use({.assignment = seat, .used_at = instant(at)});
  };
  ASSERT_TRUE(use("2026-03-01T12:00:00Z")) << "at the assignment time";
  ASSERT_TRUE(use("2026-03-02T12:00:00Z")) << "24 hours ahead are accepted";
  const Version version = desk.book.version();
  EXPECT_EQ(use("2026-03-02T12:00:00Z")->version, version);
  EXPECT_EQ(use("2026-03-01T13:00:00Z")->version, version);
  EXPECT_EQ(desk.admin.last_use(seat).value(), instant("2026-03-02T12:00:00Z"));
  EXPECT_EQ(desk.admin.get_assignment(seat)->revision, Revision(1));
  EXPECT_EQ(desk.admin.events_after({})->events.size(), events);
  EXPECT_EQ(desk.admin.history({})->size(), history);
  expect_refused(desk, Code::used_in_future, "used_at",
                 [&] { return use("2026-03-02T12:00:00.000001Z"); });
  expect_refused(desk, Code::used_before_assigned, "used_at",
                 [&] { return use("2026-03-01T11:59:59.999999Z"); });
  expect_refused(desk, Code::date_out_of_range, "used_at",
                 [&] { return desk.admin.record_use({.assignment = seat, .used_at = {-1}}); });
  expect_refused(desk, Code::assignment_not_found, "assignment", [&] {
    return desk.admin.record_use({.assignment = AssignmentId(9), .used_at = desk.clock->now()});
  });
  ASSERT_TRUE(desk.admin.revoke({.assignment = seat}));
  expect_refused(desk, Code::already_revoked, "assignment",
                 [&] { return use("2026-03-02T12:00:00Z"); });
  EXPECT_EQ(desk.admin.last_use(seat).value(), instant("2026-03-02T12:00:00Z"));
}

TEST(LastUseRules, RecordsManyUsesInOneCall) {
  RULE("C54", "C74");
  Desk desk;
  const auto license = desk.license("Vector", 5);
  const auto ada = desk.seat(license, desk.person("Ada", "ada@example.com"));
  const auto bo = desk.seat(license, desk.person("Bo", "bo@example.com"));
  desk.person("Cy", "cy@example.com");
  const auto gone = desk.seat(license, desk.person("Gone"));
  ASSERT_TRUE(desk.admin.revoke({.assignment = gone}));
  const Timestamp now = desk.clock->now();
  const Timestamp later = {now.us + 60 * testing::second_us};
  const std::vector<SeatUse> uses = {
      {.assignment = ada, .used_at = later},
      {.license = license, .email = " BO@example.com", .used_at = now},
      {.license = license, .email = "bo@example.com", .used_at = later},
      {.assignment = bo, .used_at = now},
      {.assignment = AssignmentId(99), .used_at = now},
      {.assignment = gone, .used_at = now},
      {.assignment = ada, .used_at = {now.us - 1}},
      {.assignment = ada, .used_at = {now.us + 25 * 3600 * testing::second_us}},
      {.license = license, .email = "unknown@example.com", .used_at = now},
      {.license = license, .email = "cy@example.com", .used_at = now},
      {.license = LicenseId(9), .email = "ada@example.com", .used_at = now},
      {.used_at = now},
      {.assignment = ada, .license = license, .email = "ada@example.com", .used_at = now},
      {.license = license, .email = "\xff", .used_at = now},
      {.assignment = ada, .used_at = {-5}},
      {.assignment = ada, .used_at = Timestamp::unreadable()},
      {.assignment = ada, .email = "ada@example.com", .used_at = now},
      {.assignment = ada, .license = license, .used_at = now},
      {.license = license, .email = " ", .used_at = now},
  };
  const Version version = desk.book.version();
  const auto result = desk.admin.record_uses({.uses = uses}).value();
  const std::vector<Code> expected = {
      Code::ok,
      Code::ok,
      Code::ok,
      Code::ok,
      Code::assignment_not_found,
      Code::already_revoked,
      Code::used_before_assigned,
      Code::used_in_future,
      Code::person_not_found,
      Code::assignment_not_found,
      Code::license_not_found,
      Code::invalid_argument,
      Code::invalid_argument,
      Code::invalid_text,
      Code::date_out_of_range,
      Code::invalid_date,
      Code::invalid_argument,
      Code::invalid_argument,
      Code::person_not_found,
  };
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(to_string(result.outcomes.at(i).code), to_string(expected[i])) << i;
  }
  EXPECT_EQ(result.summary.done, 4U);
  EXPECT_EQ(result.version, Version(version.value + 1)) << "one batch";
  EXPECT_EQ(desk.admin.last_use(ada).value(), later);
  EXPECT_EQ(desk.admin.last_use(bo).value(), later) << "the later of two in one call";
  EXPECT_EQ(desk.admin.record_uses({.uses = {uses[0], uses[1]}})->version, result.version)
      << "no batch without a change";
  expect_refused(desk, Code::required, "uses", [&] { return desk.admin.record_uses({}); });
  expect_refused(desk, Code::limit_exceeded, "uses", [&] {
    return desk.admin.record_uses({.uses = std::vector<SeatUse>(max_bulk_items + 1, uses[0])});
  });
  expect_refused(desk, Code::bulk_refused, nullptr, [&] {
    auto failed =
        desk.admin.record_uses({.uses = {{.assignment = ada, .used_at = {later.us + 1}}, uses[4]},
                                .all_or_nothing = true});
    EXPECT_EQ(failed.error().outcomes.size(), 2U);
    return failed;
  });
  EXPECT_TRUE(desk.admin.record_uses(
      {.uses = {{.assignment = ada, .used_at = {later.us + 1}}}, .dry_run = true}));
  EXPECT_EQ(desk.admin.last_use(ada).value(), later);
}

TEST(LastUseRules, AMillionUpdatesNeedNoMemory) {
  RULE("C54");
  constexpr std::size_t seats = 10'000;
  constexpr std::size_t rounds = 100;
  for (const bool stored : {false, true}) {
    Desk desk(stored ? memory_storage() : nullptr);
    const auto license = desk.license("Vector", SeatTotal::unlimited());
    std::vector<PersonId> people;
    for (std::size_t i = 0; i < seats; ++i) people.push_back(desk.person("P"));
    const auto assigned = desk.admin.assign_many({.license = license, .people = people}).value();
    std::vector<SeatUse> uses;
    for (const Outcome& outcome : assigned.outcomes) {
      uses.push_back({.assignment = outcome.assignment});
    }
    const auto run = [&](std::size_t count) {
      for (std::size_t i = 0; i < count; ++i) {
        desk.clock->advance_us(testing::second_us);
        for (SeatUse& use : uses) use.used_at = desk.clock->now();
        ASSERT_TRUE(desk.admin.record_uses({.uses = uses, .all_or_nothing = true}));
      }
    };
    // The storage keeps the tokens of the last batches in memory.
    constexpr std::size_t tolerated_bytes = 1 << 20;
    run(2);
    const std::size_t before = testing::heap_bytes();
    run(rounds);
    EXPECT_LT(testing::heap_bytes(), before + tolerated_bytes);
    EXPECT_EQ(desk.admin.history({.kind = HistoryKind::edited})->size(), 0U);
    EXPECT_EQ(desk.admin.last_use(AssignmentId(1)).value(), desk.clock->now());
  }
}

// ----------------------------------------------------------------------------------------- erase

/// A book where all texts of Ada contain the word "secret".
struct Leaver {
  explicit Leaver(Desk& desk) {
    license = desk.admin
                  .add_license({.name = "Vector",
                                .total_seats = 9,
                                .owner = desk.person("Olga"),
                                .currency = "EUR"})
                  ->license;
    ada = desk.admin
              .add_person(
                  {.name = "Ada secret", .email = "secret@example.com", .host_key = "secret-key"})
              ->person;
    EXPECT_TRUE(desk.admin.update_person({.person = ada, .name = "Ada top secret"}));
    past = seat(desk);
    EXPECT_TRUE(desk.admin.revoke({.assignment = past, .reason = "secret reason"}));
    held = seat(desk);
    const auto bo = desk.person("Bo");
    const auto bos = desk.seat(license, bo);
    Session as_ada = desk.book.session({.person = ada, .role = Role::admin});
    EXPECT_TRUE(as_ada.revoke({.assignment = bos, .reason = "secret by Ada"}));
    bos_seat = bos;
  }
  AssignmentId seat(Desk& desk) const {
    return desk.admin
        .assign({.license = license,
                 .person = ada,
                 .access_level = "secret level",
                 .account = "secret account",
                 .notes = "secret notes",
                 .cost_override = Money{3}})
        ->assignment;
  }
  LicenseId license;
  PersonId ada;
  AssignmentId past;
  AssignmentId held;
  AssignmentId bos_seat;
};

TEST(EraseRules, ClearsEveryTextOfThePerson) {
  RULE("C49");
  for (const bool stored : {false, true}) {
    const auto storage = stored ? memory_storage() : nullptr;
    Desk desk(storage);
    Leaver leaver(desk);
    ASSERT_NE(desk.dump().find("secret"), std::string::npos);
    expect_refused(desk, Code::has_active_seats, "person", [&] {
      auto result = desk.admin.erase_person({.person = leaver.ada});
      EXPECT_EQ(result.error().values, std::vector<std::uint64_t>{leaver.held.value});
      return result;
    });
    int events = 0;
    desk.book.subscribe([&](const Event& event) {
      ++events;
      EXPECT_EQ(event.person_name, "");
    });
    const auto history = desk.admin.history({.person = leaver.ada})->size();
    const auto erased = desk.admin.erase_person({.person = leaver.ada, .revoke_first = true});
    ASSERT_TRUE(erased) << erased.error().message;
    EXPECT_EQ(events, 1) << "the revoke event";
    EXPECT_EQ(desk.dump().find("secret"), std::string::npos) << desk.dump();
    for (const auto& event : desk.admin.events_after({}).value().events) {
      EXPECT_EQ(to_json(event).find("secret"), std::string::npos);
    }
    EXPECT_EQ(desk.admin.history({.person = leaver.ada})->size(), history + 2)
        << "rows stay; revoked and person_erased are added";
    const Assignment past = desk.admin.get_assignment(leaver.past).value();
    EXPECT_EQ(past.cost_override, Money{3}) << "numbers are kept";
    EXPECT_EQ(desk.admin.get_person(leaver.ada)->state, PersonState::erased);
    EXPECT_EQ(desk.admin.get_assignment(leaver.bos_seat)->revoke_reason, "");
    EXPECT_FALSE(desk.admin.find_person({.email = "secret@example.com"})->has_value());
    EXPECT_TRUE(desk.findings().empty());
    if (stored) {
      Desk reopened(storage);
      EXPECT_EQ(reopened.dump(), desk.dump());
    }
    desk.person("Eve", "secret@example.com");  // the email can be reused
  }
}

TEST(EraseRules, ClearsOnlyTheReasonsOfTextsAboutOthers) {
  RULE("C49", "C64");
  for (const bool stored : {false, true}) {
    const auto storage = stored ? memory_storage() : nullptr;
    Desk desk(storage);
    const auto olga = desk.person("Olga");
    const auto admin = desk.person("Secret admin", "secret@example.com");
    Session as_admin = desk.book.session({.person = admin, .role = Role::admin});
    const auto bo = as_admin.add_person({.name = "Bo", .email = "bo@example.com"})->person;
    ASSERT_TRUE(
        as_admin.update_person({.person = bo, .name = "Bo Berg", .email = "b@example.com"}));
    ASSERT_TRUE(as_admin.update_person({.person = admin, .name = "Secret boss"}));
    const auto license =
        as_admin.add_license({.name = "Vector", .total_seats = 9, .owner = olga})->license;
    ASSERT_TRUE(as_admin.update_license({.license = license, .name = "Vector Pro"}));
    const auto revoked = as_admin.assign({.license = license, .person = bo})->assignment;
    ASSERT_TRUE(as_admin.revoke({.assignment = revoked, .reason = "a secret of theirs"}));
    const auto transferred = as_admin.assign({.license = license, .person = bo})->assignment;
    ASSERT_TRUE(as_admin.transfer({.assignment = transferred, .person = olga}));
    const auto others = as_admin.assign({.license = license, .person = bo})->assignment;
    ASSERT_TRUE(desk.admin.revoke({.assignment = others, .reason = "by another"}));
    const auto before = desk.admin.history({}).value();

    ASSERT_TRUE(desk.admin.erase_person({.person = admin}));

    const auto after = desk.admin.history({}).value();
    ASSERT_EQ(after.size(), before.size() + 1);
    for (std::size_t i = 0; i < before.size(); ++i) {
      HistoryTexts expected = before[i].texts;
      if (before[i].row.person == admin) {
        expected = {before[i].texts.seq};
        for (const FieldChange& change : before[i].texts.changes) {
          expected.changes.push_back({change.field, "", ""});  // C59
        }
      }
      if (expected.reason == "a secret of theirs") expected.reason = "";
      EXPECT_EQ(after[i].texts, expected) << i;
    }
    EXPECT_EQ(desk.dump().find("secret"), std::string::npos) << desk.dump();
    EXPECT_EQ(desk.dump().find("Secret"), std::string::npos) << desk.dump();
    EXPECT_EQ(desk.admin.get_assignment(revoked)->revoke_reason, "");
    EXPECT_EQ(desk.admin.get_assignment(transferred)->revoke_reason, "transferred");
    EXPECT_EQ(desk.admin.get_assignment(others)->revoke_reason, "by another");
    EXPECT_TRUE(desk.findings().empty());
    if (stored) {
      Desk reopened(storage);
      EXPECT_EQ(reopened.dump(), desk.dump());
    }
  }
}

TEST(EraseRules, FailsForOwnersAndSeatHolders) {
  RULE("C49");
  Desk desk;
  const auto ada = desk.person("Ada");
  const auto bo = desk.person("Bo");
  const auto owned = desk.admin.add_license({.name = "One", .owner = ada})->license;
  const auto backed =
      desk.admin.add_license({.name = "Two", .owner = bo, .backup_owner = ada})->license;
  expect_refused(desk, Code::owns_licenses, "person", [&] {
    auto result = desk.admin.erase_person({.person = ada, .revoke_first = true});
    EXPECT_EQ(result.error().values, (std::vector<std::uint64_t>{owned.value, backed.value}));
    return result;
  });
  ASSERT_TRUE(desk.admin.set_owners({.license = owned, .owner = bo}));
  ASSERT_TRUE(desk.admin.set_owners({.license = backed, .backup_owner = clear}));
  expect_refused(desk, Code::stale_revision, "expected_revision", [&] {
    return desk.admin.erase_person({.person = ada, .expected_revision = Revision(8)});
  });
  ASSERT_TRUE(desk.admin.erase_person({.person = ada}));
  const auto gone = [&](const auto& call) {
    expect_refused(desk, Code::person_erased, "person", call);
  };
  gone([&] { return desk.admin.erase_person({.person = ada}); });
  gone([&] { return desk.admin.archive_person({.person = ada}); });
  gone([&] { return desk.admin.reactivate_person({.person = ada}); });
  gone([&] { return desk.admin.update_person({.person = ada, .name = "X"}); });
  gone([&] { return desk.admin.assign({.license = owned, .person = ada}); });
  gone([&] { return desk.admin.bulk_assign({.person = ada, .licenses = {owned}}); });
  gone([&] { return desk.admin.revoke_all({.person = ada}); });
  const auto many = desk.admin.assign_many({.license = owned, .people = {ada}}).value();
  EXPECT_EQ(many.outcomes.at(0).code, Code::person_erased);
}

}  // namespace
}  // namespace seatbook

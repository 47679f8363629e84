// Commands on several seats: bulk_assign, assign_many, revoke_all, transfer (A30 to A37, B12 to
// B15, C45, C46, C55, C56).
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"

namespace seatbook {
namespace {

using testing::code_of;
using testing::Desk;
using testing::expect_refused;

std::vector<Code> codes(const std::vector<Outcome>& outcomes) {
  std::vector<Code> result;
  for (const Outcome& outcome : outcomes) result.push_back(outcome.code);
  return result;
}

/// Six licenses for one person: four with free seats, one full, one already assigned.
struct SixLicenses {
  explicit SixLicenses(Desk& desk) : ada(desk.person("Ada", "ada@example.com")) {
    for (int i = 0; i < 6; ++i) licenses.push_back(desk.license("L" + std::to_string(i), 1));
    desk.seat(licenses[1], desk.person("Bo"));
    held = desk.seat(licenses[4], ada);
  }
  PersonId ada;
  std::vector<LicenseId> licenses;
  AssignmentId held;
};

TEST(BulkAssignRules, HandlesEachLicenseIndependently) {
  RULE("A30", "A31", "A32", "A33", "A35", "A36", "A37", "C46");
  Desk desk;
  SixLicenses six(desk);
  std::vector<Event> events;
  desk.book.subscribe([&](const Event& event) { events.push_back(event); });
  const Version before = desk.book.version();
  const auto result = desk.admin.bulk_assign({.person = six.ada, .licenses = six.licenses}).value();
  EXPECT_EQ(codes(result.outcomes), (std::vector{Code::ok, Code::no_seats_remaining, Code::ok,
                                                 Code::ok, Code::already_assigned, Code::ok}));
  EXPECT_EQ(result.outcomes[4].assignment, six.held);
  EXPECT_EQ(result.summary.assign_text(),
            "Bulk assign: 4 assigned, 2 skipped (1 no seats left, 1 already assigned)");
  EXPECT_EQ(result.version, Version(before.value + 1)) << "one batch";
  EXPECT_EQ(events.size(), 4U);
  EXPECT_TRUE(desk.admin.history({.kind = HistoryKind::revoked})->empty())
      << "it only assigns and never revokes";
  for (std::size_t i = 0; i < result.outcomes.size(); ++i) {
    EXPECT_EQ(result.outcomes[i].item, six.licenses[i].value) << "in the caller's order";
    const auto seat = desk.admin.find_seat(six.licenses[i], six.ada).value();
    EXPECT_EQ(seat.has_value(), i != 1);
    if (result.outcomes[i].code == Code::ok) {
      EXPECT_EQ(seat, result.outcomes[i].assignment);
    }
  }
  EXPECT_TRUE(desk.findings().empty());
}

TEST(BulkAssignRules, AssignTextOmitsZeroCounts) {
  RULE("A33", "C45");
  BulkSummary summary;
  summary.count(Code::ok);
  EXPECT_EQ(summary.assign_text(), "Bulk assign: 1 assigned, 0 skipped");
  summary.count(Code::license_archived);
  EXPECT_EQ(summary.assign_text(), "Bulk assign: 1 assigned, 1 skipped (1 license archived)");
  summary.count(Code::already_assigned);
  summary.count(Code::already_assigned);
  summary.count(Code::no_seats_remaining);
  EXPECT_EQ(summary.assign_text(),
            "Bulk assign: 1 assigned, 4 skipped (1 no seats left, 2 already assigned, "
            "1 license archived)");
}

TEST(BulkAssignRules, SkipsArchivedLicensesAndDuplicates) {
  RULE("C46");
  Desk desk;
  const auto ada = desk.person("Ada");
  const auto gone = desk.license("Gone", 1);
  const auto vector = desk.license("Vector", 1);
  ASSERT_TRUE(desk.admin.archive_license({.license = gone}));
  const auto result =
      desk.admin.bulk_assign({.person = ada, .licenses = {vector, gone, vector, gone}}).value();
  EXPECT_EQ(codes(result.outcomes), (std::vector{Code::ok, Code::license_archived}));
}

TEST(BulkAssignRules, ErrorsOfTheWholeCallChangeNothing) {
  RULE("C46");
  Desk desk;
  const auto ada = desk.person("Ada");
  const auto gone = desk.person("Gone");
  const auto vector = desk.license("Vector", 5);
  ASSERT_TRUE(desk.admin.archive_person({.person = gone}));
  expect_refused(desk, Code::required, "licenses",
                 [&] { return desk.admin.bulk_assign({.person = ada}); });
  expect_refused(desk, Code::limit_exceeded, "licenses", [&] {
    return desk.admin.bulk_assign(
        {.person = ada, .licenses = std::vector<LicenseId>(max_bulk_items + 1, vector)});
  });
  expect_refused(desk, Code::license_not_found, "licenses", [&] {
    auto result = desk.admin.bulk_assign({.person = ada, .licenses = {vector, LicenseId(99)}});
    EXPECT_EQ(result.error().index, 1U);
    return result;
  });
  expect_refused(desk, Code::person_archived, "person",
                 [&] { return desk.admin.bulk_assign({.person = gone, .licenses = {vector}}); });
  expect_refused(desk, Code::person_not_found, "person", [&] {
    return desk.admin.bulk_assign({.person = PersonId(99), .licenses = {LicenseId(99)}});
  });
  EXPECT_TRUE(desk.admin.bulk_assign(
      {.person = ada, .licenses = std::vector<LicenseId>(max_bulk_items, vector)}))
      << "exactly the limit is accepted";
}

TEST(BulkAssignRules, AllOrNothingFailsWithAllOutcomes) {
  RULE("C46");
  Desk desk;
  SixLicenses six(desk);
  expect_refused(desk, Code::bulk_refused, nullptr, [&] {
    auto result = desk.admin.bulk_assign(
        {.person = six.ada, .licenses = six.licenses, .all_or_nothing = true});
    EXPECT_EQ(codes(result.error().outcomes),
              (std::vector{Code::ok, Code::no_seats_remaining, Code::ok, Code::ok,
                           Code::already_assigned, Code::ok}));
    EXPECT_EQ(result.error().outcomes[0].assignment, std::nullopt);
    return result;
  });
  EXPECT_TRUE(desk.admin.bulk_assign(
      {.person = six.ada, .licenses = {six.licenses[0], six.licenses[2]}, .all_or_nothing = true}));
}

TEST(BulkAssignRules, DryRunReturnsTheSameResultWithoutChanges) {
  RULE("C46");
  Desk desk;
  SixLicenses six(desk);
  const std::string before = desk.dump();
  const auto dry =
      desk.admin.bulk_assign({.person = six.ada, .licenses = six.licenses, .dry_run = true})
          .value();
  EXPECT_EQ(desk.dump(), before);
  EXPECT_TRUE(dry.dry_run);
  EXPECT_EQ(dry.version, desk.book.version());
  const auto real = desk.admin.bulk_assign({.person = six.ada, .licenses = six.licenses}).value();
  EXPECT_EQ(codes(real.outcomes), codes(dry.outcomes));
}

TEST(AssignManyRules, AssignsOneLicenseToManyPeopleWithTheSameFields) {
  RULE("B2", "B3", "B12", "B14", "B15", "C26", "C40");
  Desk desk;
  const auto license = desk.admin
                           .add_license({.name = "Vector",
                                         .total_seats = 3,
                                         .owner = desk.person("Olga"),
                                         .cost_per_seat = Money::parse("10").value(),
                                         .currency = "EUR"})
                           ->license;
  const auto ada = desk.person("Ada");
  const auto bo = desk.person("Bo");
  const auto cy = desk.person("Cy");
  const auto dee = desk.person("Dee");
  const auto gone = desk.person("Gone");
  desk.seat(license, bo);
  ASSERT_TRUE(desk.admin.archive_person({.person = gone}));
  int events = 0;
  desk.book.subscribe([&](const Event&) { ++events; });
  const auto result = desk.admin
                          .assign_many({.license = license,
                                        .people = {ada, bo, gone, cy, ada, dee},
                                        .access_level = "Viewer",
                                        .cost_override = Money::parse("8.50").value()})
                          .value();
  EXPECT_EQ(codes(result.outcomes),
            (std::vector{Code::ok, Code::already_assigned, Code::person_archived, Code::ok,
                         Code::no_seats_remaining}));
  EXPECT_EQ(events, 2);
  const auto seat = desk.admin.get_assignment(*result.outcomes[3].assignment).value();
  EXPECT_EQ(seat.person, cy);
  EXPECT_EQ(seat.access_level, "Viewer");
  EXPECT_EQ(seat.cost_override, Money::parse("8.5").value());
  EXPECT_EQ(desk.admin.usage(license)->text(), "3/3");
  expect_refused(desk, Code::person_not_found, "people", [&] {
    auto failed = desk.admin.assign_many({.license = license, .people = {dee, PersonId(99)}});
    EXPECT_EQ(failed.error().index, 1U);
    return failed;
  });
  expect_refused(desk, Code::text_too_long, "access_level", [&] {
    return desk.admin.assign_many(
        {.license = license, .people = {dee}, .access_level = std::string(65, 'x')});
  });
  expect_refused(desk, Code::required, "people",
                 [&] { return desk.admin.assign_many({.license = license}); });
  expect_refused(desk, Code::license_not_found, "license", [&] {
    return desk.admin.assign_many({.license = LicenseId(9), .people = {PersonId(99)}});
  });
  EXPECT_TRUE(desk.findings().empty());
}

TEST(RevokeAllRules, RevokesEverySeatOfAPersonInOneBatch) {
  RULE("C56");
  Desk desk;
  SixLicenses six(desk);
  ASSERT_TRUE(desk.admin.bulk_assign({.person = six.ada, .licenses = six.licenses}));
  ASSERT_TRUE(desk.admin.archive_person({.person = six.ada}));
  std::vector<Event> events;
  desk.book.subscribe([&](const Event& event) { events.push_back(event); });
  const std::string before = desk.dump();
  EXPECT_EQ(desk.admin.revoke_all({.person = six.ada, .dry_run = true})->outcomes.size(), 5U);
  EXPECT_EQ(desk.dump(), before);

  const Version version = desk.book.version();
  const auto result = desk.admin.revoke_all({.person = six.ada, .reason = "offboarded"}).value();
  EXPECT_EQ(result.outcomes.size(), 5U);
  EXPECT_EQ(result.summary.done, 5U);
  EXPECT_EQ(result.version, Version(version.value + 1));
  EXPECT_EQ(events.size(), 5U);
  EXPECT_TRUE(desk.admin.my_software(six.ada)->empty());
  EXPECT_EQ(desk.admin.needs_review_count().value(), 0U);
  EXPECT_EQ(desk.admin.get_assignment(six.held)->revoke_reason, "offboarded");

  const auto nothing = desk.admin.revoke_all({.person = six.ada}).value();
  EXPECT_TRUE(nothing.outcomes.empty());
  EXPECT_EQ(nothing.version, result.version) << "without seats it succeeds without a batch";
  expect_refused(desk, Code::person_not_found, "person",
                 [&] { return desk.admin.revoke_all({.person = PersonId(99)}); });
  EXPECT_TRUE(desk.findings().empty());
}

TEST(TransferRules, NeedsNoFreeSeat) {
  RULE("C55");
  Desk desk;
  const auto license =
      desk.admin
          .add_license(
              {.name = "Vector", .total_seats = 1, .owner = desk.person("Olga"), .currency = "EUR"})
          ->license;
  const auto ada = desk.person("Ada");
  const auto bo = desk.person("Bo");
  const auto seat = desk.admin
                        .assign({.license = license,
                                 .person = ada,
                                 .access_level = "Editor",
                                 .account = "ada@vendor.example",
                                 .notes = "private",
                                 .cost_override = Money{5}})
                        ->assignment;
  ASSERT_TRUE(desk.admin.record_use({.assignment = seat, .used_at = desk.clock->now()}));
  ASSERT_TRUE(desk.admin.archive_person({.person = ada}));
  std::vector<Event> events;
  std::vector<Notification> notifications;
  desk.book.subscribe([&](const Event& event) { events.push_back(event); });
  desk.book.subscribe_notifications(
      [&](const Notification& notification) { notifications.push_back(notification); });
  const Version version = desk.book.version();
  const auto result = desk.admin.transfer({.assignment = seat, .person = bo}).value();
  EXPECT_EQ(result.version, Version(version.value + 1));

  const Assignment old = desk.admin.get_assignment(seat).value();
  EXPECT_FALSE(old.active());
  EXPECT_EQ(old.revoke_reason, "transferred");
  EXPECT_FALSE(old.needs_review);
  const Assignment received = desk.admin.get_assignment(result.assignment).value();
  EXPECT_EQ(received.person, bo);
  EXPECT_EQ(received.access_level, "Editor");
  EXPECT_EQ(received.cost_override, Money{5});
  EXPECT_EQ(received.account, "");
  EXPECT_EQ(received.notes, "");
  EXPECT_FALSE(received.needs_review);
  EXPECT_FALSE(desk.admin.last_use(result.assignment)->has_value());

  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].kind, EventKind::software_revoked);
  EXPECT_EQ(events[0].person, ada);
  EXPECT_EQ(events[1].kind, EventKind::software_assigned);
  EXPECT_EQ(events[1].person, bo);
  ASSERT_EQ(notifications.size(), 1U);
  EXPECT_EQ(notifications[0].person, bo);
  const auto history = desk.admin.history({.kind = HistoryKind::transferred}).value();
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0].row.counterpart, result.assignment);
  EXPECT_EQ(history[1].row.counterpart, seat);
  EXPECT_TRUE(desk.findings().empty());
}

TEST(TransferRules, ErrorsNameTheField) {
  RULE("C55");
  Desk desk;
  const auto license = desk.license("Vector", 2);
  const auto ada = desk.person("Ada");
  const auto bo = desk.person("Bo");
  const auto gone = desk.person("Gone");
  ASSERT_TRUE(desk.admin.archive_person({.person = gone}));
  const auto seat = desk.seat(license, ada);
  const auto other = desk.seat(license, bo);
  const auto refused = [&](Code code, const char* field, const Transfer& command) {
    expect_refused(desk, code, field, [&] { return desk.admin.transfer(command); });
  };
  refused(Code::assignment_not_found, "assignment", {.assignment = AssignmentId(9), .person = bo});
  refused(Code::person_not_found, "person", {.assignment = seat, .person = PersonId(99)});
  refused(Code::person_archived, "person", {.assignment = seat, .person = gone});
  refused(Code::stale_revision, "expected_revision",
          {.assignment = seat, .person = bo, .expected_revision = Revision(9)});
  refused(Code::already_assigned, "person", {.assignment = seat, .person = bo});
  refused(Code::same_person, "person", {.assignment = seat, .person = ada});
  ASSERT_TRUE(desk.admin.revoke({.assignment = other}));
  refused(Code::already_revoked, "assignment", {.assignment = other, .person = bo});
  refused(Code::already_assigned, "person", {.assignment = other, .person = ada});
}

TEST(TransferRules, ReportsAnArchivedLicenseFirst) {
  RULE("C55", "C74");
  Desk desk;
  const auto license = desk.license("Vector", 2);
  const auto ada = desk.person("Ada");
  const auto seat = desk.seat(license, ada);
  ASSERT_TRUE(desk.admin.revoke({.assignment = seat}));
  ASSERT_TRUE(desk.admin.archive_license({.license = license}));
  for (const PersonId person : {desk.owner, ada, PersonId(99)}) {
    expect_refused(desk, Code::license_archived, "assignment", [&] {
      return desk.admin.transfer(
          {.assignment = seat, .person = person, .expected_revision = Revision(9)});
    });
  }
  ASSERT_TRUE(desk.admin.reactivate_license({.license = license}));
  expect_refused(desk, Code::already_revoked, "assignment",
                 [&] { return desk.admin.transfer({.assignment = seat, .person = desk.owner}); });
}

TEST(TransferRules, WorksOnAnOverAllocatedLicense) {
  RULE("C55");
  Desk desk;
  const auto license = desk.license("Vector", 0, CapacityPolicy::allow_over);
  const auto seat = desk.seat(license, desk.person("Ada"));
  EXPECT_TRUE(desk.admin.transfer({.assignment = seat, .person = desk.person("Bo")}));
  EXPECT_EQ(desk.admin.usage(license)->over_by(), 1U);
}

}  // namespace
}  // namespace seatbook

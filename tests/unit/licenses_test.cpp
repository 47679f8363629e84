// Licenses and their owners: update, policy, owners, archive, renewals (B4 to B9, C12, C20
// to C24, C50).
#include <gtest/gtest.h>

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

TEST(UpdateLicenseRules, KeepsClearsOrSetsEachField) {
  RULE("B7", "B34", "C3");
  Desk desk;
  const auto license = desk.admin
                           .add_license({.name = "Vector",
                                         .vendor = "Inkworks",
                                         .product_group = "design",
                                         .host_key = "h",
                                         .owner = desk.person("Olga"),
                                         .cost_per_seat = Money{100},
                                         .currency = "EUR",
                                         .billing_period = BillingPeriod::year,
                                         .renewal_date = Date::parse("2027-01-31").value()})
                           ->license;
  const auto renamed = desk.admin.update_license({.license = license, .name = "Vector Pro"});
  EXPECT_EQ(renamed->revision, Revision(2));
  ASSERT_TRUE(desk.admin.update_license({.license = license,
                                         .vendor = clear,
                                         .host_key = clear,
                                         .cost_per_seat = clear,
                                         .currency = clear,
                                         .billing_period = clear,
                                         .renewal_date = clear}));
  const License record = desk.admin.get_license(license).value();
  EXPECT_EQ(record.name, "Vector Pro");
  EXPECT_EQ(record.vendor, "");
  EXPECT_EQ(record.product_group, "design");
  EXPECT_EQ(record.host_key, "");
  EXPECT_FALSE(record.cost_per_seat.has_value());
  EXPECT_EQ(record.currency, "");
  EXPECT_EQ(record.billing_period, BillingPeriod::month);
  EXPECT_FALSE(record.renewal_date.has_value());
  const auto history = desk.admin.history({.license = license}).value();
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[1].texts.name_before, "Vector");
  EXPECT_EQ(history[1].texts.name_after, "Vector Pro");
  const Version version = desk.book.version();
  EXPECT_EQ(desk.admin.update_license({.license = license, .name = "Vector Pro"})->version,
            version);
}

TEST(UpdateLicenseRules, InvalidFieldsAreNamedAndChangeNothing) {
  Desk desk;
  const auto license = desk.license("Vector", 1);
  const auto other = desk.admin
                         .add_license({.name = "Other",
                                       .host_key = "taken",
                                       .owner = desk.owner,
                                       .cost_per_seat = Money{1},
                                       .currency = "EUR"})
                         ->license;
  struct Row {
    const char* what;
    UpdateLicense command;
    Code code;
    const char* field;
  };
  const Row rows[] = {
      {"no name", {.name = clear}, Code::required, "name"},
      {"empty name", {.name = ""}, Code::required, "name"},
      {"long vendor", {.vendor = std::string(256, 'v')}, Code::text_too_long, "vendor"},
      {"broken group", {.product_group = "\xff"}, Code::invalid_text, "product_group"},
      {"taken key", {.host_key = "taken"}, Code::host_key_taken, "host_key"},
      {"cost alone", {.cost_per_seat = Money{5}}, Code::required, "currency"},
      {"bad cost",
       {.cost_per_seat = Money{-5}, .currency = "EUR"},
       Code::money_out_of_range,
       "cost_per_seat"},
      {"bad currency", {.currency = "euro"}, Code::invalid_currency, "currency"},
      {"bad period",
       {.billing_period = static_cast<BillingPeriod>(9)},
       Code::invalid_argument,
       "billing_period"},
      {"bad date", {.renewal_date = Date{-1}}, Code::date_out_of_range, "renewal_date"},
      {"no date", {.renewal_date = Date::unreadable()}, Code::invalid_date, "renewal_date"},
      {"no amount",
       {.cost_per_seat = Money::unreadable(), .currency = "EUR"},
       Code::invalid_money,
       "cost_per_seat"},
      {"stale",
       {.name = "X", .expected_revision = Revision(7)},
       Code::stale_revision,
       "expected_revision"},
  };
  for (Row row : rows) {
    SCOPED_TRACE(row.what);
    row.command.license = license;
    expect_refused(desk, row.code, row.field,
                   [&] { return desk.admin.update_license(row.command); });
  }
  expect_refused(desk, Code::required, "currency",
                 [&] { return desk.admin.update_license({.license = other, .currency = clear}); });
  expect_refused(desk, Code::license_not_found, "license",
                 [&] { return desk.admin.update_license({.license = LicenseId(9)}); });
}

TEST(UpdateLicenseRules, KeepsTheCurrencyOfAmounts) {
  RULE("C53", "C65");
  Desk desk;
  const auto ada = desk.person("Ada");
  const auto license =
      desk.admin.add_license({.name = "Vector", .total_seats = 9, .owner = ada, .currency = "EUR"})
          ->license;
  const auto seat =
      desk.admin.assign({.license = license, .person = ada, .cost_override = Money{125'000}})
          ->assignment;
  const auto update = [&](UpdateLicense command) {
    command.license = license;
    return [&desk, command] { return desk.admin.update_license(command); };
  };
  const auto in_use = [&](const UpdateLicense& command) {
    expect_refused(desk, Code::currency_in_use, "currency", [&] {
      auto result = update(command)();
      EXPECT_EQ(result.error().values, std::vector<std::uint64_t>{seat.value});
      return result;
    });
  };
  // A seat in use has a cost override.
  expect_refused(desk, Code::required, "currency", update({.currency = clear}));
  expect_refused(desk, Code::required, "currency", update({.currency = ""}));
  in_use({.currency = "JPY"});
  in_use({.cost_per_seat = Money{1}, .currency = "JPY"});
  // The order of the checks.
  expect_refused(desk, Code::invalid_currency, "currency", update({.currency = "yen"}));
  expect_refused(desk, Code::stale_revision, "expected_revision",
                 update({.currency = "JPY", .expected_revision = Revision(9)}));
  EXPECT_TRUE(update({.currency = "EUR"})()) << "the same currency";
  EXPECT_TRUE(update({.name = "Vector Pro"})());
  EXPECT_TRUE(update({.cost_per_seat = Money{100'000}})());

  // The license has a cost.
  ASSERT_TRUE(desk.admin.edit_seat({.assignment = seat, .cost_override = clear}));
  expect_refused(desk, Code::required, "currency", update({.currency = clear}));
  expect_refused(desk, Code::required, "cost_per_seat", update({.currency = "JPY"}));
  EXPECT_TRUE(update({.cost_per_seat = Money{1'500}, .currency = "JPY"})());
  EXPECT_TRUE(update({.cost_per_seat = clear, .currency = "CHF"})());
  EXPECT_TRUE(update({.currency = "EUR"})()) << "the license has no amount";

  // Only seats in use count.
  ASSERT_TRUE(desk.admin.edit_seat({.assignment = seat, .cost_override = Money{7}}));
  ASSERT_TRUE(desk.admin.revoke({.assignment = seat}));
  EXPECT_TRUE(update({.currency = clear})());
  EXPECT_TRUE(update({.currency = "USD"})()) << "a first currency changes no amount";
  EXPECT_TRUE(desk.findings().empty());
}

TEST(UpdateLicenseRules, RepairsAnAmountWithoutACurrencyFromAnOldBook) {
  RULE("C65");
  const auto storage = memory_storage();
  Desk desk(storage);
  const auto ada = desk.person("Ada");
  const auto license =
      desk.admin.add_license({.name = "Vector", .owner = ada, .currency = "EUR"})->license;
  ASSERT_TRUE(
      desk.admin.assign({.license = license, .person = ada, .cost_override = Money{30'000}}));
  // Version 0.1 permitted clearing the currency despite a cost override.
  License record = desk.admin.get_license(license).value();
  record.currency = "";
  record.revision = Revision(2);
  ASSERT_TRUE(storage->append({desk.book.version(), Token{{1}}, {record}}));
  ASSERT_TRUE(desk.book.refresh());
  const auto cost = [&] { return desk.admin.utilization()->at(0).monthly_cost.at(0); };
  EXPECT_EQ(cost().currency, "");
  EXPECT_TRUE(desk.admin.update_license({.license = license, .name = "Vector Pro"}));
  EXPECT_TRUE(desk.admin.update_license({.license = license, .currency = "EUR"}));
  EXPECT_EQ(cost().currency, "EUR");
  EXPECT_EQ(code_of(desk.admin.update_license({.license = license, .currency = "USD"})),
            Code::currency_in_use);
}

TEST(UpdateLicenseRules, ListsAtMost100Seats) {
  RULE("C50", "C65");
  Desk desk;
  const auto license = desk.admin
                           .add_license({.name = "Vector",
                                         .total_seats = SeatTotal::unlimited(),
                                         .owner = desk.person("Olga"),
                                         .currency = "EUR"})
                           ->license;
  std::vector<PersonId> people;
  for (int i = 0; i < 101; ++i) people.push_back(desk.person("P"));
  const auto seats = desk.admin.assign_many(
      {.license = license, .people = people, .cost_override = Money{1}, .all_or_nothing = true});
  std::vector<std::uint64_t> first;
  for (std::size_t i = 0; i < 100; ++i) first.push_back(seats->outcomes.at(i).assignment->value);
  const auto names_the_first = [&](auto result) {
    EXPECT_EQ(result.error().values, first);
    return result;
  };
  expect_refused(desk, Code::currency_in_use, "currency", [&] {
    return names_the_first(desk.admin.update_license({.license = license, .currency = "JPY"}));
  });
  expect_refused(desk, Code::has_active_seats, "license",
                 [&] { return names_the_first(desk.admin.archive_license({.license = license})); });
}

TEST(PolicyRules, CannotEnforceAnOverAllocatedLicense) {
  RULE("C7", "C12");
  Desk desk;
  const auto license = desk.license("Vector", 1, CapacityPolicy::allow_over);
  const auto ada = desk.seat(license, desk.person("Ada"));
  desk.seat(license, desk.person("Bo"));
  const auto set = [&](CapacityPolicy policy) {
    return desk.admin.set_policy({.license = license, .policy = policy});
  };
  expect_refused(desk, Code::total_below_used, "policy", [&] {
    auto result = set(CapacityPolicy::enforce);
    EXPECT_EQ(result.error().values, (std::vector<std::uint64_t>{2, 1}));
    return result;
  });
  ASSERT_TRUE(desk.admin.revoke({.assignment = ada}));
  ASSERT_TRUE(set(CapacityPolicy::enforce));
  const Version version = desk.book.version();
  EXPECT_EQ(set(CapacityPolicy::enforce)->version, version);
  expect_refused(desk, Code::invalid_argument, "policy",
                 [&] { return set(static_cast<CapacityPolicy>(3)); });
  EXPECT_EQ(set(static_cast<CapacityPolicy>(3)).error().message,
            "policy must be enforce or allow_over");
  const auto history = desk.admin.history({.kind = HistoryKind::policy_changed}).value();
  ASSERT_EQ(history.size(), 1U);
  EXPECT_EQ(history[0].row.before->policy, CapacityPolicy::allow_over);
  EXPECT_EQ(history[0].row.after->policy, CapacityPolicy::enforce);
  ASSERT_TRUE(desk.admin.set_total_seats({.license = license, .total_seats = 1}));
  EXPECT_TRUE(desk.findings().empty());
}

TEST(OwnerRules, SetsSwapsAndClearsOwnersInOneStep) {
  RULE("B4", "B6", "C20");
  Desk desk;
  const auto ada = desk.person("Ada");
  const auto bo = desk.person("Bo");
  const auto license = desk.admin.add_license({.name = "Vector", .owner = ada})->license;
  ASSERT_TRUE(desk.admin.set_owners({.license = license, .backup_owner = bo}));
  expect_refused(desk, Code::backup_is_owner, "backup_owner",
                 [&] { return desk.admin.set_owners({.license = license, .owner = bo}); });
  expect_refused(desk, Code::backup_is_owner, "backup_owner",
                 [&] { return desk.admin.set_owners({.license = license, .backup_owner = ada}); });
  ASSERT_TRUE(desk.admin.set_owners({.license = license, .owner = bo, .backup_owner = ada}));
  EXPECT_EQ(desk.admin.get_license(license)->owner, bo);
  EXPECT_EQ(desk.admin.get_license(license)->backup_owner, ada);
  expect_refused(desk, Code::owner_required, "owner",
                 [&] { return desk.admin.set_owners({.license = license, .owner = clear}); });
  ASSERT_TRUE(desk.admin.set_owners({.license = license, .backup_owner = clear}));
  EXPECT_FALSE(desk.admin.get_license(license)->backup_owner.has_value());
  const auto history = desk.admin.history({.kind = HistoryKind::owners_changed}).value();
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[1].row.before->owner, ada);
  EXPECT_EQ(history[1].row.after->owner, bo);
  EXPECT_TRUE(desk.findings().empty());
}

TEST(OwnerRules, RequiresActivePeopleAndReportsArchivedOnes) {
  RULE("B5", "B9", "C21", "C22", "C24");
  Desk desk;
  const auto ada = desk.person("Ada");
  const auto bo = desk.person("Bo");
  const auto gone = desk.person("Gone");
  ASSERT_TRUE(desk.admin.archive_person({.person = gone}));
  const auto license =
      desk.admin.add_license({.name = "Vector", .owner = ada, .backup_owner = bo})->license;
  expect_refused(desk, Code::person_archived, "owner",
                 [&] { return desk.admin.set_owners({.license = license, .owner = gone}); });
  expect_refused(desk, Code::person_not_found, "backup_owner", [&] {
    return desk.admin.set_owners({.license = license, .backup_owner = PersonId(99)});
  });
  EXPECT_TRUE(desk.admin.archived_owners()->empty());
  LicenseContacts contacts = desk.admin.license_contacts(license).value();
  EXPECT_EQ(contacts.approver, ada);
  EXPECT_EQ(contacts.renewal_recipients, std::vector{ada});

  ASSERT_TRUE(desk.admin.archive_person({.person = ada}));
  EXPECT_EQ(desk.admin.get_license(license)->owner, ada) << "the owner is kept";
  auto rows = desk.admin.archived_owners().value();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_TRUE(rows[0].owner_archived);
  EXPECT_FALSE(rows[0].backup_archived);
  contacts = desk.admin.license_contacts(license).value();
  EXPECT_EQ(contacts.approver, bo);
  EXPECT_EQ(contacts.renewal_recipients, std::vector{bo});
  ASSERT_TRUE(desk.admin.set_total_seats({.license = license, .total_seats = 5}))
      << "other fields can still be edited";

  ASSERT_TRUE(desk.admin.archive_person({.person = bo}));
  rows = desk.admin.archived_owners().value();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_TRUE(rows[0].backup_archived);
  EXPECT_FALSE(desk.admin.license_contacts(license)->approver.has_value());
  EXPECT_EQ(desk.admin.get_license(license)->owner, ada)
      << "the backup owner does not become owner";
  const auto cy = desk.person("Cy");
  ASSERT_TRUE(desk.admin.set_owners({.license = license, .owner = cy, .backup_owner = clear}));
  EXPECT_TRUE(desk.admin.archived_owners()->empty());
}

TEST(RenewalRules, ListsRenewalsInOrderWithRecipients) {
  RULE("B5");
  Desk desk;
  const auto ada = desk.person("Ada");
  const auto add = [&](const char* name, const char* date) {
    return desk.admin
        .add_license({.name = name, .owner = ada, .renewal_date = Date::parse(date).value()})
        ->license;
  };
  const auto late = add("Late", "2026-12-01");
  const auto early = add("Early", "2026-02-01");
  const auto same = add("Same", "2026-12-01");
  const auto archived = add("Archived", "2026-01-01");
  desk.license("Without", 1);
  ASSERT_TRUE(desk.admin.archive_license({.license = archived}));
  std::vector<LicenseId> due;
  for (const auto& row : desk.admin.renewals_due({Date::parse("2026-12-01").value()}).value()) {
    due.push_back(row.license);
    EXPECT_EQ(row.recipients, std::vector{ada});
  }
  EXPECT_EQ(due, (std::vector{early, late, same}));
  EXPECT_EQ(desk.admin.renewals_due({Date::parse("2026-11-30").value()})->size(), 1U);
  EXPECT_EQ(code_of(desk.admin.renewals_due({Date{-1}})), Code::date_out_of_range);
}

TEST(ArchiveLicenseRules, ArchivesOnlyLicensesWithoutSeatsInUse) {
  RULE("C12", "C50");
  Desk desk;
  const auto license = desk.license("Vector", 2);
  const auto ada = desk.person("Ada");
  const auto seat = desk.seat(license, ada);
  expect_refused(desk, Code::has_active_seats, "license", [&] {
    auto result = desk.admin.archive_license({.license = license});
    EXPECT_EQ(result.error().values, std::vector<std::uint64_t>{seat.value});
    return result;
  });
  ASSERT_TRUE(desk.admin.revoke({.assignment = seat}));
  ASSERT_TRUE(desk.admin.archive_license({.license = license}));
  const Version version = desk.book.version();
  EXPECT_EQ(desk.admin.archive_license({.license = license})->version, version);
  const auto archived = [&](const auto& call) {
    expect_refused(desk, Code::license_archived, "license", call);
  };
  archived([&] { return desk.admin.assign({.license = license, .person = ada}); });
  archived([&] { return desk.admin.set_total_seats({.license = license, .total_seats = 3}); });
  archived([&] { return desk.admin.update_license({.license = license, .name = "X"}); });
  archived([&] { return desk.admin.set_owners({.license = license, .owner = ada}); });
  archived([&] {
    return desk.admin.set_policy({.license = license, .policy = CapacityPolicy::allow_over});
  });
  archived([&] { return desk.admin.assign_many({.license = license, .people = {ada}}); });
  EXPECT_FALSE(desk.admin.usage(license)->can_assign());
  EXPECT_FALSE(desk.admin.history({.license = license})->empty()) << "history is kept";
  ASSERT_TRUE(desk.admin.reactivate_license({.license = license}));
  EXPECT_TRUE(desk.admin.assign({.license = license, .person = ada}));
  EXPECT_TRUE(desk.findings().empty());
}

}  // namespace
}  // namespace seatbook

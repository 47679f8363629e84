// Reports on costs and unused seats: sums of money, utilization, reclaim candidates, the
// review queue, renewals (A22, A25, A26, B5, B11, B29, C3, C7 to C10, C14, C53).
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"
#include "views/days.hpp"
#include "views/inactivity.hpp"

namespace seatbook {
namespace {

using testing::code_of;
using testing::Desk;
using testing::expect_refused;
using testing::instant;
using testing::second_us;

constexpr std::int64_t day_us = 86'400 * second_us;

Money money(const char* text) {
  return Money::parse(text).value();
}

MoneySum sum_of(const char* price, std::uint64_t seats,
                BillingPeriod period = BillingPeriod::month) {
  MoneySum sum;
  sum.add(money(price), seats, period);
  return sum;
}

/// Formats totals as "EUR 1.00, USD 2.00".
std::string text_of(const std::vector<MoneyTotal>& totals) {
  std::string text;
  for (const MoneyTotal& total : totals) {
    text += (text.empty() ? "" : ", ") + total.currency + " " + total.monthly.to_string();
  }
  return text;
}

std::string text_of(const std::optional<MoneySum>& sum) {
  return sum ? sum->to_string() : "none";
}

// ---------------------------------------------------------------------------------------- money

TEST(MoneySums, CountATwelfthOfYearlyPricesAndNoOneTimePrices) {
  RULE("C53");
  EXPECT_EQ(MoneySum().to_string(), "0.00");
  EXPECT_TRUE(sum_of("9.99", 7, BillingPeriod::once).is_zero());
  EXPECT_EQ(sum_of("12.58", 3).to_string(), "37.74");
  EXPECT_EQ(sum_of("120", 1, BillingPeriod::year).to_string(), "10.00");
  EXPECT_EQ(sum_of("0.0001", 1, BillingPeriod::year).twelfths(), "1");
  EXPECT_EQ(sum_of("0.0001", 1).twelfths(), "12");
  // Twelve twelfths make exactly one.
  MoneySum sum;
  for (int month = 0; month < 12; ++month) sum.add(money("99.9999"), 1, BillingPeriod::year);
  EXPECT_EQ(sum, sum_of("99.9999", 1));
  EXPECT_EQ(sum.to_string(), "99.9999");
  sum.add(Money{-1}, 5, BillingPeriod::month);
  EXPECT_EQ(sum.to_string(), "99.9999") << "a negative price is ignored";
}

TEST(MoneySums, RoundTextsHalfToEven) {
  RULE("C53");
  const auto text = [](std::uint64_t twelfths) {
    MoneySum sum;
    sum.add(Money{1}, twelfths, BillingPeriod::year);
    return sum.to_string();
  };
  EXPECT_EQ(text(5), "0.00") << "5/12";
  EXPECT_EQ(text(6), "0.00") << "a half, to the even 0";
  EXPECT_EQ(text(7), "0.0001");
  EXPECT_EQ(text(18), "0.0002") << "one and a half, to the even 2";
  EXPECT_EQ(text(30), "0.0002") << "two and a half, to the even 2";
  EXPECT_EQ(text(31), "0.0003");
  EXPECT_EQ(text(119'994), "1.00") << "9999.5 ten-thousandths, to the even 10000";
  EXPECT_LT(sum_of("0.0001", 5, BillingPeriod::year), sum_of("0.0001", 6, BillingPeriod::year))
      << "comparisons use unrounded values";
}

TEST(MoneySums, HoldTheMaximumOfAnyBook) {
  RULE("C53");
  // The maximum number of licenses with the maximum number of seats at the highest price.
  MoneySum one;
  one.add(max_money, static_cast<std::uint64_t>(max_total_seats), BillingPeriod::month);
  EXPECT_EQ(one.to_string(), "99999999999900000.00");
  MoneySum all;
  MoneySum power = one;
  for (std::uint64_t rest = max_records; rest != 0; rest >>= 1U, power += power) {
    if ((rest & 1U) != 0) all += power;
  }
  EXPECT_EQ(all.to_string(), "429496729399570503270600000.00");
  MoneySum also;
  for (std::uint64_t rest = 0; rest < 1000; ++rest) also += one;
  EXPECT_EQ(also.to_string(), "99999999999900000000.00");
  EXPECT_LT(one, also);
  EXPECT_LT(also, all);
  EXPECT_NE(also, all);
}

TEST(MoneySums, SaturateAboveTheMaximum) {
  MoneySum most;
  most.add(Money{INT64_MAX}, UINT64_MAX, BillingPeriod::month);
  EXPECT_EQ(most.twelfths(), "340282366920938463463374607431768211455");
  MoneySum more = most;
  more += sum_of("1", 1);
  EXPECT_EQ(more, most);
}

// ----------------------------------------------------------------------------------- inactivity

TEST(Inactivity, StartsExactlyAfter30Days) {
  RULE("A25", "A26", "C8");
  const Timestamp now = instant("2026-03-31T12:00:00Z");
  const auto used = [&](std::int64_t ago_us, views::InactivityRule rule = {}) {
    return views::is_inactive(Timestamp{now.us - ago_us}, {}, now, rule);
  };
  EXPECT_FALSE(used(30 * day_us - second_us));
  EXPECT_FALSE(used(30 * day_us - 1));
  EXPECT_TRUE(used(30 * day_us));
  EXPECT_TRUE(used(30 * day_us + second_us));
  EXPECT_FALSE(used(0));
  EXPECT_FALSE(used(-second_us)) << "a future use counts as active";
  EXPECT_TRUE(views::is_inactive(std::nullopt, now, now, {})) << "never used";
  EXPECT_TRUE(used(0, {.inactive_days = 0}));
  EXPECT_FALSE(used(-1, {.inactive_days = 0}))
      << "a future use counts as active with inactive_days 0 too";
  EXPECT_FALSE(used(7 * day_us - 1, {.inactive_days = 7}));
  EXPECT_TRUE(used(7 * day_us, {.inactive_days = 7}));
}

TEST(Inactivity, GraceExcludesNewSeats) {
  RULE("C9");
  const Timestamp now = instant("2026-03-31T12:00:00Z");
  const views::InactivityRule rule = {.new_seat_grace_days = 14};
  const auto assigned = [&](std::int64_t ago_us) {
    return views::is_inactive(std::nullopt, {now.us - ago_us}, now, rule);
  };
  EXPECT_FALSE(assigned(0));
  EXPECT_FALSE(assigned(14 * day_us - 1));
  EXPECT_TRUE(assigned(14 * day_us));
  EXPECT_FALSE(assigned(-1)) << "the clock is behind the assignment";
  EXPECT_TRUE(
      views::is_inactive(Timestamp{now.us - 40 * day_us}, {now.us - 50 * day_us}, now, rule));
  EXPECT_FALSE(views::is_inactive(std::nullopt, {0}, {INT64_MIN}, rule))
      << "an extreme clock does not overflow";
  EXPECT_TRUE(views::is_inactive(Timestamp{0}, {0}, {INT64_MAX}, rule));
  EXPECT_FALSE(views::is_inactive(Timestamp{0}, {0}, {INT64_MIN}, {}));
}

TEST(Inactivity, LimitsTheNumberOfDays) {
  RULE("C8", "C9");
  EXPECT_TRUE(views::malformed(views::InactivityRule{36'500, 36'500}).has_value());
  EXPECT_EQ(views::malformed({.inactive_days = 36'501}).error().field, "inactive_days");
  EXPECT_EQ(views::malformed({.new_seat_grace_days = 36'501}).error().field, "new_seat_grace_days");
  EXPECT_EQ(views::whole_days({0}, {day_us - 1}), 0U);
  EXPECT_EQ(views::whole_days({0}, {day_us}), 1U);
  EXPECT_EQ(views::whole_days({day_us}, {0}), 0U);
  EXPECT_EQ(views::whole_days({0}, {INT64_MAX}), 106'751'991U);
}

// ---------------------------------------------------------------------------------- utilization

/// A desk with priced licenses.
struct Priced : Desk {
  struct Terms {
    SeatTotal total = 5;
    const char* cost = nullptr;
    const char* currency = "EUR";
    BillingPeriod period = BillingPeriod::month;
    const char* group = "";
    CapacityPolicy policy = CapacityPolicy::enforce;
    std::optional<Date> renewal = {};
  };
  LicenseId priced(const std::string& name, const Terms& terms) {
    if (!owner) owner = person("Olga Owner");
    AddLicense command;
    command.name = name;
    command.owner = owner;
    command.total_seats = terms.total;
    command.policy = terms.policy;
    command.currency = terms.currency;
    command.billing_period = terms.period;
    command.product_group = terms.group;
    command.renewal_date = terms.renewal;
    if (terms.cost != nullptr) command.cost_per_seat = money(terms.cost);
    return admin.add_license(command).value().license;
  }
  AssignmentId new_seat(LicenseId license, const char* override_cost = nullptr) {
    Assign command;
    command.license = license;
    command.person = person("Holder " + std::to_string(++holders));
    if (override_cost != nullptr) command.cost_override = money(override_cost);
    return admin.assign(command).value().assignment;
  }
  UtilizationRow row(const UtilizationQuery& query) {
    const auto rows = admin.utilization(query).value();
    EXPECT_EQ(rows.size(), 1U);
    return rows.empty() ? UtilizationRow() : rows.front();
  }
  int holders = 0;
};

TEST(Utilization, ReportsSeatsAndCostOfALicense) {
  RULE("B11", "C53", "C7", "C10");
  Priced desk;
  const auto figma = desk.priced("Figma", {.total = 3, .cost = "10", .group = "Design"});
  desk.new_seat(figma);
  desk.new_seat(figma, "4.50");
  const UtilizationRow row = desk.row({.license = figma});
  EXPECT_EQ(row.license, figma);
  EXPECT_EQ(row.license_name, "Figma");
  EXPECT_EQ(row.product_group, "Design");
  EXPECT_EQ(row.licenses, 1U);
  EXPECT_EQ(row.used, 2U);
  EXPECT_EQ(row.total, 3U);
  EXPECT_EQ(row.available, 1U);
  EXPECT_EQ(row.over_by, 0U);
  EXPECT_EQ(row.basis_points, 6666U) << "rounded down";
  EXPECT_EQ(text_of(row.monthly_cost), "EUR 14.50");
  EXPECT_EQ(text_of(row.monthly_waste), "EUR 10.00");
  EXPECT_EQ(row.unpriced, 0U);
}

TEST(Utilization, HasNoPercentageAndNoWasteForAnUnlimitedLicense) {
  RULE("C14", "C53");
  Priced desk;
  const auto open = desk.priced("Open", {.total = SeatTotal::unlimited(), .cost = "2"});
  desk.new_seat(open);
  const UtilizationRow row = desk.row({.license = open});
  EXPECT_EQ(row.used, 1U);
  EXPECT_EQ(row.used_unlimited, 1U);
  EXPECT_FALSE(row.total || row.available || row.basis_points);
  EXPECT_EQ(text_of(row.monthly_cost), "EUR 2.00");
  EXPECT_TRUE(row.monthly_waste.empty());
  EXPECT_TRUE(desk.admin.utilization({.at_least_percent = 0}).value().empty());
}

TEST(Utilization, CountsSeatsWithoutAPriceSeparately) {
  RULE("C53");
  Priced desk;
  const auto free = desk.priced("Free", {.total = 4, .currency = "USD"});
  desk.new_seat(free);
  EXPECT_TRUE(desk.row({}).monthly_cost.empty());
  desk.new_seat(free, "3");
  const UtilizationRow row = desk.row({});
  EXPECT_EQ(row.unpriced, 1U);
  EXPECT_EQ(text_of(row.monthly_cost), "USD 3.00");
  EXPECT_TRUE(row.monthly_waste.empty()) << "free seats have no standard cost";
}

TEST(Utilization, HasOneTotalPerCurrencyForTheBook) {
  RULE("C53", "C3");
  Priced desk;
  const auto a = desk.priced("A", {.total = 2, .cost = "10", .group = "Office"});
  const auto b = desk.priced("B", {.total = 2, .cost = "24", .period = BillingPeriod::year});
  const auto c = desk.priced("C", {.total = 1, .cost = "7", .currency = "AUD", .group = "Office"});
  const auto d = desk.priced("D", {.cost = "99", .currency = "USD", .period = BillingPeriod::once});
  desk.new_seat(a);
  desk.new_seat(b);
  desk.new_seat(d);
  const UtilizationRow book = desk.row({.by = UtilizationBy::book});
  EXPECT_FALSE(book.license);
  EXPECT_EQ(book.licenses, 4U);
  EXPECT_EQ(book.used, 3U);
  EXPECT_EQ(book.total, 10U);
  EXPECT_EQ(book.basis_points, 3000U);
  EXPECT_EQ(text_of(book.monthly_cost), "AUD 0.00, EUR 12.00, USD 0.00");
  EXPECT_EQ(text_of(book.monthly_waste), "AUD 7.00, EUR 12.00, USD 0.00");

  const auto groups = desk.admin.utilization({.by = UtilizationBy::product_group}).value();
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].product_group, "") << "licenses without a group form one";
  EXPECT_EQ(groups[0].licenses, 2U);
  EXPECT_EQ(groups[1].product_group, "Office");
  EXPECT_EQ(groups[1].used, 1U);
  EXPECT_EQ(text_of(groups[1].monthly_waste), "AUD 7.00, EUR 10.00");
  EXPECT_EQ(desk.row({.by = UtilizationBy::book, .product_group = "Office"}).licenses, 2U);
  EXPECT_EQ(desk.admin.utilization({.product_group = ""})->size(), 2U);
  EXPECT_TRUE(desk.admin.utilization({.product_group = "office"})->empty())
      << "groups are case-sensitive";
  EXPECT_EQ(desk.row({.license = c, .product_group = "Office"}).license, c);
  EXPECT_TRUE(desk.admin.utilization({.license = d, .product_group = "Office"})->empty());
}

TEST(Utilization, DoesNotOffsetLicensesAgainstEachOther) {
  RULE("C7");
  Priced desk;
  const auto over =
      desk.priced("Over", {.total = 1, .cost = "1", .policy = CapacityPolicy::allow_over});
  desk.priced("Empty", {.total = 4, .cost = "1"});
  const auto open = desk.priced("Open", {.total = SeatTotal::unlimited()});
  for (int i = 0; i < 3; ++i) desk.new_seat(over);
  desk.new_seat(open);
  EXPECT_EQ(desk.row({.license = over}).basis_points, 30'000U);
  EXPECT_EQ(desk.row({.license = over}).available, 0U);
  const UtilizationRow book = desk.row({.by = UtilizationBy::book});
  EXPECT_EQ(book.used, 4U);
  EXPECT_EQ(book.used_unlimited, 1U);
  EXPECT_EQ(book.total, 5U);
  EXPECT_EQ(book.over_by, 2U);
  EXPECT_EQ(book.available, 4U);
  EXPECT_EQ(book.basis_points, 6000U);
  EXPECT_EQ(text_of(book.monthly_waste), "EUR 4.00");
  EXPECT_EQ(book.unpriced, 1U);
}

TEST(Utilization, ComparesThresholdsWithoutRounding) {
  RULE("B11", "C14");
  Priced desk;
  const auto third = desk.priced("Third", {.total = 3});
  const auto half = desk.priced("Half", {.total = 2});
  const auto none = desk.priced("None", {.total = 0});
  const auto zero = desk.priced("Zero", {.total = 0, .policy = CapacityPolicy::allow_over});
  desk.priced("Open", {.total = SeatTotal::unlimited()});
  desk.new_seat(third);
  desk.new_seat(half);
  desk.new_seat(zero);
  const auto ids = [&](const UtilizationQuery& query) {
    std::vector<LicenseId> found;
    for (const auto& row : desk.admin.utilization(query).value())
      found.push_back(row.license.value());
    return found;
  };
  EXPECT_EQ(ids({.at_least_percent = 33}), (std::vector{third, half, zero}));
  EXPECT_EQ(ids({.at_least_percent = 34}), (std::vector{half, zero}));
  EXPECT_EQ(ids({.at_least_percent = 50}), (std::vector{half, zero}));
  EXPECT_EQ(ids({.at_least_percent = 51}), std::vector{zero});
  EXPECT_EQ(ids({.at_least_percent = UINT32_MAX}), std::vector{zero});
  EXPECT_EQ(ids({.at_most_percent = 33}), std::vector<LicenseId>());
  EXPECT_EQ(ids({.at_most_percent = 34}), std::vector{third});
  EXPECT_EQ(ids({.at_least_percent = 50, .at_most_percent = 50}), std::vector{half});
  EXPECT_FALSE(desk.row({.license = none}).basis_points.has_value());
  EXPECT_FALSE(desk.row({.license = zero}).basis_points.has_value());
  EXPECT_TRUE(ids({.license = none, .at_least_percent = 0}).empty());
}

TEST(Utilization, OmitsArchivedLicensesByDefault) {
  Priced desk;
  const auto old = desk.priced("Old", {.cost = "1"});
  ASSERT_TRUE(desk.admin.archive_license({.license = old}));
  EXPECT_TRUE(desk.admin.utilization().value().empty());
  EXPECT_TRUE(desk.admin.utilization({.license = old}).value().empty());
  EXPECT_EQ(desk.row({.include_archived = true}).used, 0U);
  const UtilizationRow book = desk.row({.by = UtilizationBy::book});
  EXPECT_EQ(book.licenses, 0U);
  EXPECT_FALSE(book.total.has_value());
  EXPECT_TRUE(desk.admin.utilization({.by = UtilizationBy::product_group}).value().empty());
}

TEST(Utilization, RejectsInvalidArguments) {
  Desk desk;
  const auto refused = [&](Code code, const char* field, const UtilizationQuery& query) {
    expect_refused(desk, code, field, [&] { return desk.admin.utilization(query); });
  };
  refused(Code::invalid_argument, "by", {.by = static_cast<UtilizationBy>(9)});
  refused(Code::invalid_text, "product_group", {.product_group = "\xff"});
  refused(Code::invalid_argument, "at_most_percent",
          {.at_least_percent = 51, .at_most_percent = 50});
  refused(Code::license_not_found, "license", {.license = LicenseId(9)});
}

// -------------------------------------------------------------------------------------- reclaim

TEST(Reclaim, ListsTheMostExpensiveOfEachCurrencyFirst) {
  RULE("A25", "A26", "C8", "C53");
  Priced desk;
  const auto eur = desk.priced("Eur", {.cost = "10"});
  const auto aud = desk.priced("Aud", {.cost = "1", .currency = "AUD"});
  const auto year = desk.priced("Year", {.cost = "132", .period = BillingPeriod::year});
  const auto free = desk.priced("Free", {.currency = ""});
  const auto first = desk.new_seat(eur);
  const auto dear = desk.new_seat(eur, "10.5");
  const auto second = desk.new_seat(eur);
  const auto unpriced = desk.new_seat(free);
  const auto cheap = desk.new_seat(aud);
  const auto yearly = desk.new_seat(year);
  const auto used = desk.new_seat(eur);
  desk.clock->set(instant("2026-04-01T00:00:00Z"));
  ASSERT_TRUE(
      desk.admin.record_use({.assignment = used, .used_at = instant("2026-03-20T00:00:00Z")}));
  ASSERT_TRUE(
      desk.admin.record_use({.assignment = dear, .used_at = instant("2026-03-01T13:00:00Z")}));

  const auto result = desk.admin.reclaim_candidates().value();
  std::vector<AssignmentId> ids;
  for (const ReclaimRow& row : result.rows) ids.push_back(row.assignment);
  EXPECT_EQ(ids, (std::vector{cheap, yearly, dear, first, second, unpriced}));
  EXPECT_FALSE(result.more);
  EXPECT_EQ(result.candidates, 6U);
  EXPECT_EQ(result.unpriced, 1U);
  EXPECT_EQ(text_of(result.monthly_saving), "AUD 1.00, EUR 41.50");
  const ReclaimRow& row = result.rows[2];
  EXPECT_EQ(row.license_name, "Eur");
  EXPECT_EQ(row.name, "Holder 2");
  EXPECT_EQ(row.last_used_at, instant("2026-03-01T13:00:00Z"));
  EXPECT_EQ(row.currency, "EUR");
  EXPECT_EQ(text_of(row.monthly_saving), "10.50");
  EXPECT_EQ(text_of(result.rows.back().monthly_saving), "none");

  // Pages give the same list, even if the last seat of a page is used meanwhile.
  std::vector<AssignmentId> paged;
  ReclaimQuery query = {.limit = 2};
  while (true) {
    const auto page = desk.admin.reclaim_candidates(query).value();
    for (const ReclaimRow& each : page.rows) paged.push_back(each.assignment);
    if (!page.more) break;
    query.after = paged.back();
    if (paged.size() == 4) {
      ASSERT_TRUE(desk.admin.record_use({.assignment = first, .used_at = desk.clock->now()}));
      EXPECT_EQ(page.candidates, 6U);
    }
  }
  EXPECT_EQ(paged, ids);
  EXPECT_EQ(desk.admin.reclaim_candidates({.license = eur})->candidates, 2U);
  EXPECT_EQ(desk.admin.reclaim_candidates({.new_seat_grace_days = 31})->candidates, 0U);
  EXPECT_EQ(desk.admin.reclaim_candidates({.inactive_days = 40})->candidates, 4U);
}

TEST(Reclaim, RejectsInvalidArguments) {
  Desk desk;
  const auto refused = [&](Code code, const char* field, const ReclaimQuery& query) {
    expect_refused(desk, code, field, [&] { return desk.admin.reclaim_candidates(query); });
  };
  refused(Code::invalid_argument, "inactive_days", {.inactive_days = 36'501});
  refused(Code::invalid_argument, "new_seat_grace_days", {.new_seat_grace_days = 36'501});
  refused(Code::invalid_argument, "limit", {.limit = 0});
  refused(Code::invalid_argument, "limit", {.limit = max_reclaim_limit + 1});
  refused(Code::license_not_found, "license", {.license = LicenseId(9), .after = AssignmentId(9)});
  refused(Code::assignment_not_found, "after", {.after = AssignmentId(9)});
  EXPECT_TRUE(desk.admin.reclaim_candidates({.limit = max_reclaim_limit})->rows.empty());
}

// -------------------------------------------------------------------------------- review queue

TEST(ReviewQueue, ListsTheLongestWaitingFirst) {
  RULE("B29", "C47");
  Desk desk;
  const auto slack = desk.license("Slack", 5);
  const auto canva = desk.license("Canva", 5);
  const auto ada = desk.person("Ada");
  const auto bo = desk.person("Bo");
  const auto ada_canva = desk.seat(canva, ada);
  const auto bo_slack = desk.seat(slack, bo);
  const auto ada_slack = desk.seat(slack, ada);
  const auto bo_canva = desk.seat(canva, bo);
  const auto queue = [&](std::optional<LicenseId> license = {}) {
    std::vector<std::pair<AssignmentId, std::uint64_t>> rows;
    for (const ReviewRow& row : desk.admin.needs_review(license).value()) {
      rows.emplace_back(row.assignment, row.waiting_days);
    }
    return rows;
  };
  using Queue = std::vector<std::pair<AssignmentId, std::uint64_t>>;
  ASSERT_TRUE(desk.admin.archive_person({.person = ada}));
  desk.clock->set(instant("2026-03-02T12:00:00Z"));
  ASSERT_TRUE(desk.admin.archive_person({.person = bo}));
  EXPECT_EQ(desk.admin.needs_review()->back().flagged_at, instant("2026-03-02T12:00:00Z"));
  EXPECT_EQ(queue(), (Queue{{ada_canva, 1}, {ada_slack, 1}, {bo_slack, 0}, {bo_canva, 0}}));
  EXPECT_EQ(queue(slack), (Queue{{ada_slack, 1}, {bo_slack, 0}}));

  // After review, reactivation and another archiving, the waiting time starts again.
  ASSERT_TRUE(desk.admin.mark_reviewed({.assignment = ada_slack}));
  ASSERT_TRUE(desk.admin.reactivate_person({.person = ada}));
  EXPECT_EQ(queue().size(), 2U);
  desk.clock->set(instant("2026-03-04T11:59:59Z"));
  ASSERT_TRUE(desk.admin.archive_person({.person = ada}));
  EXPECT_EQ(queue(), (Queue{{bo_slack, 1}, {bo_canva, 1}, {ada_canva, 0}, {ada_slack, 0}}));
  desk.clock->set(instant("2026-03-01T00:00:00Z"));
  EXPECT_EQ(queue().front(), std::make_pair(bo_slack, std::uint64_t{0}))
      << "the clock was set back";
}

// ------------------------------------------------------------------------------------- renewals

TEST(Renewals, ReportUsedSeatsAndPossibleSavings) {
  RULE("B5", "C8", "C9", "C53");
  Priced desk;
  const Date day = Date::parse("2026-06-01").value();
  const auto main = desk.priced("Main", {.total = 6, .cost = "10", .renewal = day});
  const auto open =
      desk.priced("Open", {.total = SeatTotal::unlimited(), .currency = "USD", .renewal = day});
  desk.priced("Bare", {.total = 2, .currency = "", .renewal = day});
  const auto used = desk.new_seat(main);
  desk.new_seat(main);                               // never used
  const auto leaver = desk.new_seat(main, "12.25");  // used, but archived
  const auto open_used = desk.new_seat(open, "5");
  desk.clock->set(instant("2026-05-20T00:00:00Z"));
  for (const AssignmentId seat : {used, leaver, open_used}) {
    ASSERT_TRUE(desk.admin.record_use({.assignment = seat, .used_at = desk.clock->now()}));
  }
  const PersonId person = desk.admin.get_assignment(leaver)->person;
  ASSERT_TRUE(desk.admin.archive_person({.person = person}));

  const auto rows = desk.admin.renewals_due({.until = day}).value();
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].used, 3U);
  EXPECT_EQ(rows[0].total, SeatTotal(6));
  EXPECT_EQ(rows[0].right_sized_seats, 1U);
  EXPECT_EQ(rows[0].currency, "EUR");
  EXPECT_EQ(text_of(rows[0].monthly_saving), "52.25") << "10 + 12.25, and three free seats";
  EXPECT_EQ(rows[0].recipients, std::vector{desk.owner});
  EXPECT_TRUE(rows[1].total.is_unlimited());
  EXPECT_EQ(rows[1].right_sized_seats, 1U);
  EXPECT_EQ(text_of(rows[1].monthly_saving), "0.00");
  EXPECT_EQ(text_of(rows[2].monthly_saving), "none");
  const auto lenient = desk.admin.renewals_due({.until = day, .new_seat_grace_days = 365}).value();
  EXPECT_EQ(lenient[0].right_sized_seats, 2U);
  EXPECT_EQ(text_of(lenient[0].monthly_saving), "42.25");
  expect_refused(desk, Code::invalid_argument, "inactive_days",
                 [&] { return desk.admin.renewals_due({.until = {-1}, .inactive_days = 40'000}); });
  expect_refused(desk, Code::date_out_of_range, "until",
                 [&] { return desk.admin.renewals_due({.until = {-1}}); });
}

}  // namespace
}  // namespace seatbook

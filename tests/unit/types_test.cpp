// Timestamps, dates, money, totals, tokens and names: formats, ranges and round trips.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "seatbook/seatbook.hpp"
#include "support/books.hpp"
#include "support/rule.hpp"

namespace seatbook {
namespace {

using testing::code_of;

TEST(TimestampTest, ReadsAndWritesRfc3339) {
  struct Row {
    const char* text;
    std::int64_t us;
    const char* canonical;
  };
  const Row rows[] = {
      {"1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"},
      {"1970-01-01T00:00:00.000001Z", 1, "1970-01-01T00:00:00.000001Z"},
      {"2000-02-29T23:59:59.5Z", 951'868'799'500'000, "2000-02-29T23:59:59.5Z"},
      {"2026-03-01T14:00:00+02:00", 1'772'366'400'000'000, "2026-03-01T12:00:00Z"},
      {"2026-03-01T06:30:00-05:30", 1'772'366'400'000'000, "2026-03-01T12:00:00Z"},
      {"2026-03-01 12:00:00Z", 1'772'366'400'000'000, "2026-03-01T12:00:00Z"},
      {"2200-12-31T23:59:59.999999Z", max_timestamp.us, "2200-12-31T23:59:59.999999Z"},
      // The range is checked in UTC.
      {"2201-01-01T00:59:59.999999+01:00", max_timestamp.us, "2200-12-31T23:59:59.999999Z"},
      {"1969-12-31T23:00:00-01:00", 0, "1970-01-01T00:00:00Z"},
  };
  for (const Row& row : rows) {
    const auto parsed = Timestamp::parse(row.text);
    ASSERT_TRUE(parsed) << row.text << ": " << parsed.error().message;
    EXPECT_EQ(parsed->us, row.us) << row.text;
    EXPECT_EQ(parsed->to_string(), row.canonical);
  }
}

TEST(TimestampTest, RejectsOtherFormatsAndYears) {
  for (const char* text :
       {"", "2026-03-01", "2026-03-01T12:00:00", "2026-03-01T12:00Z", "2026-3-01T12:00:00Z",
        "2026-03-01T24:00:00Z", "2026-03-01T12:60:00Z", "2026-03-01T12:00:60Z",
        "2026-03-01T12:00:00.Z", "2026-03-01T12:00:00.1234567Z", "2026-03-01T12:00:00z",
        "2026-03-01T12:00:00+2:00", "2026-03-01T12:00:00+02:00 ", "x2026-03-01T12:00:00Z",
        "2026-02-29T12:00:00Z", "2026-13-01T12:00:00Z"}) {
    EXPECT_EQ(code_of(Timestamp::parse(text)), Code::invalid_date) << text;
  }
  for (const char* text :
       {"1969-12-31T23:59:59.999999Z", "1970-01-01T00:30:00+01:00", "2201-01-01T00:00:00Z",
        "2201-01-01T01:00:00+01:00", "1969-12-31T22:59:59-01:00", "2202-01-01T00:00:00+23:59",
        "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"}) {
    EXPECT_EQ(code_of(Timestamp::parse(text)), Code::date_out_of_range) << text;
  }
}

TEST(DateTest, FollowsTheCalendar) {
  EXPECT_EQ(Date::parse("1970-01-01")->days, 0);
  EXPECT_EQ(Date::parse("2000-02-29")->days, 11'016);
  EXPECT_EQ(Date::from_calendar(2026, 11, 22)->to_string(), "2026-11-22");
  EXPECT_EQ(Date::of(testing::instant("2026-11-22T23:59:59.999999Z")).to_string(), "2026-11-22");
  for (std::int32_t days = 0; days <= max_timestamp.us / 86'400'000'000; days += 13) {
    EXPECT_EQ(Date::parse(Date{days}.to_string())->days, days);
  }
  for (const char* text : {"2026-02-29", "2025-02-30", "2026-00-01", "2026-01-00", "2026-04-31",
                           "2026-1-1", "26-01-01", "2026-01-01T", ""}) {
    EXPECT_EQ(code_of(Date::parse(text)), Code::invalid_date) << text;
  }
  EXPECT_EQ(code_of(Date::parse("1969-12-31")), Code::date_out_of_range);
  EXPECT_EQ(code_of(Date::parse("2201-01-01")), Code::date_out_of_range);
  EXPECT_TRUE(Date::parse("2200-12-31")->in_range());
}

TEST(MoneyTest, IsExact) {
  struct Row {
    const char* text;
    std::int64_t amount;
    const char* canonical;
  };
  const Row rows[] = {
      {"0", 0, "0.00"},
      {"12.58", 125'800, "12.58"},
      {" 12.5 ", 125'000, "12.50"},
      {"0.0001", 1, "0.0001"},
      {"007", 70'000, "7.00"},
      {"99999999.9999", max_money.ten_thousandths, "99999999.9999"},
      {"0.1230", 1'230, "0.123"},
  };
  for (const Row& row : rows) {
    const auto parsed = Money::parse(row.text);
    ASSERT_TRUE(parsed) << row.text << ": " << parsed.error().message;
    EXPECT_EQ(parsed->ten_thousandths, row.amount) << row.text;
    EXPECT_EQ(parsed->to_string(), row.canonical);
  }
  EXPECT_EQ((Money{-12'345}.to_string()), "-1.2345");
}

TEST(MoneyTest, RejectsOtherTexts) {
  for (const char* text : {"", " ", "$12.58", "12,58", "1 000", "1e3", "NaN", "Inf", "-1", "+1",
                           ".5", "5.", "1.23456", "0x10", "١٢"}) {
    EXPECT_EQ(code_of(Money::parse(text)), Code::invalid_money) << text;
  }
  for (const char* text : {"100000000", "99999999999999999999999999", "100000000.0000"}) {
    EXPECT_EQ(code_of(Money::parse(text)), Code::money_out_of_range) << text;
  }
  EXPECT_TRUE(max_money.in_range());
  EXPECT_FALSE((Money{max_money.ten_thousandths + 1}.in_range()));
  EXPECT_FALSE((Money{-1}.in_range()));
}

TEST(SeatTotalTest, IsANumberOrUnlimited) {
  EXPECT_EQ(SeatTotal(), SeatTotal(1));
  EXPECT_TRUE(SeatTotal(0).in_range());
  EXPECT_TRUE(SeatTotal(max_total_seats).in_range());
  EXPECT_FALSE(SeatTotal(max_total_seats + 1).in_range());
  EXPECT_FALSE(SeatTotal(-1).in_range());
  EXPECT_FALSE(SeatTotal(~std::uint64_t{0}).in_range());
  EXPECT_TRUE(SeatTotal::unlimited().in_range());
  EXPECT_NE(SeatTotal::unlimited(), SeatTotal(0));
}

TEST(UnreadableTest, IsOutsideEveryRange) {
  RULE("C74");
  EXPECT_FALSE(Timestamp::unreadable().in_range());
  EXPECT_FALSE(Date::unreadable().in_range());
  EXPECT_FALSE(Money::unreadable().in_range());
  EXPECT_FALSE(Timestamp::unreadable().to_string().empty());
  EXPECT_FALSE(Date::unreadable().to_string().empty());
  EXPECT_FALSE(Money::unreadable().to_string().empty());
}

TEST(TokenTest, IsHexadecimal) {
  RULE("C58", "C74");
  const std::string text = "00ff10a5c3deadbeef0123456789abcd";
  EXPECT_EQ(Token::parse(text)->to_string(), text);
  EXPECT_EQ(Token::parse("00FF10A5C3DEADBEEF0123456789ABCD")->to_string(), text);
  EXPECT_EQ(Token::parse("00ff10a5-c3de-adbe-ef01-23456789abcd")->to_string(), text);
  EXPECT_EQ(Token::parse("00FF10A5-C3DE-ADBE-EF01-23456789ABCD")->to_string(), text);
  for (const char* bad :
       {"", "00", "g0ff10a5c3deadbeef0123456789abcd", "00ff10a5c3deadbeef0123456789abcd0",
        "00ff10a5-c3de-adbe-ef01-23456789abcg", "00ff10a5c3de-adbe-ef01-23456789abcd",
        "00ff10a5-c3de-adbe-ef0123456789-abcd", "00ff10a5-c3de-adbe-ef01-23456789ab-d",
        "{00ff10a5-c3de-adbe-ef01-23456789abcd}", "00ff10a5_c3de_adbe_ef01_23456789abcd",
        "-00ff10a5c3deadbeef0123456789abcd---"}) {
    EXPECT_EQ(code_of(Token::parse(bad)), Code::invalid_argument) << bad;
  }
}

TEST(CodeTest, NamesAndNumbersAreOneToOne) {
  std::set<std::string_view> names;
  std::int32_t last = -1;
  for (const Code code : all_codes()) {
    EXPECT_GT(static_cast<std::int32_t>(code), last);
    last = static_cast<std::int32_t>(code);
    EXPECT_TRUE(names.insert(to_string(code)).second);
    EXPECT_EQ(code_from_string(to_string(code)), code);
  }
  EXPECT_EQ(to_string(static_cast<Code>(9999)), "unknown");
  EXPECT_FALSE(code_from_string("unknown").has_value());
}

TEST(NamesTest, EveryEnumeratorReadsBack) {
  for (const auto state : {PersonState::active, PersonState::archived, PersonState::erased}) {
    EXPECT_EQ(person_state_from_string(to_string(state)), state);
  }
  for (const auto state : {LicenseState::active, LicenseState::archived}) {
    EXPECT_EQ(license_state_from_string(to_string(state)), state);
  }
  for (const auto policy : {CapacityPolicy::enforce, CapacityPolicy::allow_over}) {
    EXPECT_EQ(policy_from_string(to_string(policy)), policy);
  }
  for (const auto period : {BillingPeriod::month, BillingPeriod::year, BillingPeriod::once}) {
    EXPECT_EQ(period_from_string(to_string(period)), period);
  }
  for (int kind = 0; kind <= static_cast<int>(HistoryKind::reviewed); ++kind) {
    const auto history_kind = static_cast<HistoryKind>(kind);
    EXPECT_EQ(history_kind_from_string(to_string(history_kind)), history_kind);
  }
  for (std::size_t bit = 0; bit < permission_count; ++bit) {
    const auto permission = static_cast<Permission>(bit);
    EXPECT_EQ(permission_from_string(to_string(permission)), permission);
  }
}

TEST(RoleTest, ReadsBothSpellings) {
  RULE("A4");
  EXPECT_EQ(role_from_string("super-admin"), Role::super_admin);
  EXPECT_EQ(role_from_string("super_admin"), Role::super_admin);
  EXPECT_EQ(role_from_string("it-admin"), Role::it_admin);
  EXPECT_EQ(role_from_string("it_admin"), Role::it_admin);
  EXPECT_EQ(role_from_string("admin"), Role::admin);
  EXPECT_EQ(role_from_string("manager"), Role::manager);
  EXPECT_EQ(role_from_string("employee"), Role::employee);
  for (const char* other : {"", "Admin", "superadmin", "owner", "it admin", "admin "}) {
    EXPECT_FALSE(role_from_string(other).has_value()) << other;
  }
  EXPECT_EQ(to_string(Role::super_admin), "super-admin");
}

TEST(ResultTest, HoldsAValueOrAnError) {
  const Result<int> value = 3;
  EXPECT_TRUE(value.has_value());
  EXPECT_EQ(value.value(), 3);
  EXPECT_EQ(value.value_or(4), 3);
  const Result<int> error = Error{Code::already_revoked, "Assignment already revoked."};
  EXPECT_FALSE(error);
  EXPECT_EQ(error.value_or(4), 4);
  try {
    (void)error.value();
    FAIL() << "value() of an error must throw";
  } catch (const BadResultAccess& thrown) {
    EXPECT_EQ(thrown.error().code, Code::already_revoked);
    EXPECT_STREQ(thrown.what(), "already_revoked: Assignment already revoked.");
  }
  EXPECT_THROW(Result<void>(Error{}).value(), BadResultAccess);
  EXPECT_NO_THROW(Result<void>().value());
}

TEST(EditTest, LeavesClearsOrSets) {
  const Edit<std::string> untouched;
  const Edit<std::string> cleared = clear;
  const Edit<std::string> set = "Ada";
  EXPECT_TRUE(untouched.leaves() && !untouched.clears() && !untouched.sets());
  EXPECT_TRUE(cleared.clears() && cleared.value().empty());
  EXPECT_TRUE(set.sets() && set.value() == "Ada");
}

}  // namespace
}  // namespace seatbook

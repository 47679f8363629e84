// Uses of the public types in C++ programs: std::chrono, streams, moved sessions.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <sstream>
#include <string>
#include <utility>

#include "seatbook/chrono.hpp"
#include "seatbook/ostream.hpp"
#include "seatbook/seatbook.hpp"

namespace seatbook {
namespace {

using std::chrono::microseconds;
using std::chrono::nanoseconds;
using std::chrono::system_clock;

template <class Duration>
system_clock::time_point since_epoch(Duration duration) {
  return system_clock::time_point(std::chrono::duration_cast<system_clock::duration>(duration));
}

TEST(Chrono, ConvertsEveryValidMicrosecond) {
  for (const Timestamp instant :
       {min_timestamp, Timestamp{1}, Timestamp{1'772'366'400'000'001}, max_timestamp}) {
    const auto point = to_time_point(instant);
    EXPECT_EQ(point, since_epoch(microseconds(instant.us)));
    EXPECT_EQ(to_timestamp(point), instant);
  }
}

TEST(Chrono, RoundsDownBefore1970) {
  EXPECT_EQ(to_timestamp(since_epoch(nanoseconds(1'999))).us, 1);
  EXPECT_EQ(to_timestamp(since_epoch(nanoseconds(-1))).us, -1);
  EXPECT_EQ(to_timestamp(since_epoch(nanoseconds(-1'000))).us, -1);
  EXPECT_FALSE(to_timestamp(since_epoch(nanoseconds(-1))).in_range());
}

TEST(Chrono, ClampsTimesThatSystemClockCannotRepresent) {
  using TimePoint = system_clock::time_point;
  EXPECT_EQ(to_time_point({std::numeric_limits<std::int64_t>::max()}), TimePoint::max());
  EXPECT_EQ(to_time_point({std::numeric_limits<std::int64_t>::min()}), TimePoint::min());
  const Timestamp last = to_timestamp(TimePoint::max());
  EXPECT_LE(to_time_point(last), TimePoint::max());
  EXPECT_EQ(to_timestamp(to_time_point(last)), last);
  EXPECT_EQ(to_time_point({last.us + 1}), TimePoint::max());
  const Timestamp first = {to_timestamp(TimePoint::min()).us + 1};
  EXPECT_EQ(to_timestamp(to_time_point(first)), first);
}

TEST(Ostream, WritesValuesAsTheirTexts) {
  std::ostringstream out;
  out << PersonId(7) << ' ' << Version(3) << ' ' << Timestamp{1'772'366'400'000'000} << ' '
      << Date::parse("2026-03-01").value() << ' ' << Money{125'800} << ' ' << MoneySum() << ' '
      << Token() << ' ' << Code::no_seats_remaining;
  EXPECT_EQ(out.str(),
            "7 3 2026-03-01T12:00:00Z 2026-03-01 12.58 0.00 00000000000000000000000000000000 "
            "no_seats_remaining");
}

TEST(Session, FailsWithBookClosedAfterItWasMoved) {
  const auto book = Book::open();
  ASSERT_TRUE(book);
  Session from = book->session({.actor = "root", .role = Role::super_admin});
  Session to = std::move(from);
  const auto code = [](const auto& result) { return result ? Code::ok : result.error().code; };
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(code(from.people()), Code::book_closed);  // NOLINT: moved on purpose
    EXPECT_EQ(code(from.add_person({.name = "Ada"})), Code::book_closed);
    EXPECT_FALSE(from.can(Operation::assign));
    EXPECT_EQ(from.why_not(Operation::assign)->code, Code::book_closed);
    EXPECT_EQ(code(from.usage(LicenseId(1))), Code::book_closed);
    EXPECT_EQ(code(from.at_least(Version(1)).people()), Code::book_closed);
    EXPECT_EQ(code(from.import_people({.csv = "Name\nBob\n"})), Code::book_closed);
    EXPECT_EQ(
        code(from.export_roster({.license = LicenseId(1)}, [](std::string_view) { return true; })),
        Code::book_closed);
    from = Session(std::move(from));  // as containers do
  }
  EXPECT_TRUE(to.add_person({.name = "Ada"}));
  from = to;
  EXPECT_EQ(from.people()->size(), 1U);
}

}  // namespace
}  // namespace seatbook

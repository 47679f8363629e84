#!/usr/bin/env python3
"""Tests conversions of times, money and texts."""

import datetime
import decimal
import unittest
import uuid
from decimal import Decimal

import seatbook
from seatbook import Code
from support import NOON, UTC, BookTest


class Times(BookTest):
    def setUp(self):
        super().setUp()
        self.seat = self.desk.assign(self.figma, self.ada)

    def test_are_aware_and_in_utc(self):
        at = self.desk.get_assignment(self.seat).assigned_at
        self.assertEqual(at, NOON)
        self.assertIs(at.tzinfo, UTC)

    def test_any_zone_is_accepted(self):
        zone = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
        used = datetime.datetime(2026, 3, 1, 17, 45, 0, 250_001, tzinfo=zone)
        self.desk.record_use(self.seat, used_at=used)
        self.assertEqual(self.desk.last_use(self.seat), used)
        self.assertEqual(self.desk.last_use(self.seat).microsecond, 250_001)

    def test_texts_and_microseconds_are_accepted(self):
        self.desk.record_use(self.seat, used_at="2026-03-01T14:00:00+01:00")
        self.assertEqual(self.desk.last_use(self.seat), NOON + datetime.timedelta(hours=1))
        later = NOON + datetime.timedelta(hours=2, microseconds=1)
        self.desk.record_use(self.seat, used_at=int(later.timestamp()) * 1_000_000 + 1)
        self.assertEqual(self.desk.last_use(self.seat), later)

    def test_naive_datetimes_are_rejected(self):
        naive = datetime.datetime(2026, 3, 1, 12)
        self.assert_refused(
            Code.invalid_argument, "used_at", self.desk.record_use, self.seat, used_at=naive
        )
        with self.assertRaises(ValueError):
            self.desk.holders_at(self.figma, naive)
        self.assert_refused(Code.invalid_argument, "since", self.desk.history, since=naive)
        self.assert_refused(
            Code.invalid_argument, "uses", self.desk.record_uses,
            uses=[{"assignment": self.seat, "used_at": naive}],
        )  # fmt: skip
        self.assert_refused(Code.invalid_argument, "used_at", seatbook.SeatUse, used_at=naive)
        with self.assertRaises(seatbook.InvalidArgumentError):
            seatbook.ManualClock(naive)
        with self.assertRaises(seatbook.InvalidArgumentError):
            self.clock.set(naive)

    def test_other_types_raise_type_error(self):
        for wrong in (datetime.date(2026, 3, 1), 1.5, True, None, object()):
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                self.desk.record_use(self.seat, used_at=wrong)

    def test_times_out_of_range_are_rejected(self):
        for wrong in (
            datetime.datetime(1969, 12, 31, 23, 59, tzinfo=UTC),
            datetime.datetime(2201, 1, 1, tzinfo=UTC),
            datetime.datetime.max.replace(
                tzinfo=datetime.timezone(datetime.timedelta(hours=-23))
            ),
            datetime.datetime.min.replace(tzinfo=datetime.timezone(datetime.timedelta(hours=23))),
            "1969-12-31T23:59:59Z",
        ):
            with self.subTest(wrong=wrong):
                self.assert_refused(
                    Code.date_out_of_range, "used_at", self.desk.record_use, self.seat,
                    used_at=wrong,
                )  # fmt: skip
        for wrong in ("yesterday", "2026-03-01", "2026-03-01T12:00:00"):
            self.assert_refused(
                Code.invalid_date, "used_at", self.desk.record_use, self.seat, used_at=wrong
            )

    def test_large_numbers_are_out_of_range(self):
        for wrong in (2**62, -(2**62), 2**70, -(2**70)):
            with self.subTest(wrong=wrong):
                self.assert_refused(
                    Code.date_out_of_range, "used_at", self.desk.record_use, self.seat,
                    used_at=wrong,
                )  # fmt: skip
                self.assert_refused(
                    Code.date_out_of_range, "renewal_date", self.desk.update_license, self.figma,
                    renewal_date=wrong,
                )  # fmt: skip

    def test_invalid_values_are_reported_in_field_order(self):
        guest = self.book.session("guest")
        for cost in ("abc", "100000000", 100_000_000, Decimal("NaN"), "\ud800"):
            with self.subTest(cost=cost):
                self.assert_refused(
                    Code.permission_denied, None, guest.assign, 999, 999, cost_override=cost
                )
                self.assert_refused(
                    Code.license_not_found, "license", self.desk.assign, 999, 999,
                    cost_override=cost,
                )  # fmt: skip
        for used in ("yesterday", "1969-01-01T00:00:00Z", "2201-01-01T00:00:00Z", 2**70, "\ud800"):
            with self.subTest(used=used):
                self.assert_refused(Code.permission_denied, None, guest.record_use, 999, used)
                self.assert_refused(
                    Code.assignment_not_found, "assignment", self.desk.record_use, 999, used
                )
        self.assert_refused(
            Code.license_not_found, "license", self.desk.set_total_seats, 999, 10**30
        )
        self.assert_refused(
            Code.total_out_of_range, "total_seats", self.desk.set_total_seats, self.figma, 10**30
        )
        self.book.close()
        self.assert_refused(Code.book_closed, None, guest.assign, 1, 1, cost_override="abc")

    def test_record_uses_reports_an_invalid_time_as_outcome(self):
        uses = [
            {"assignment": self.seat, "used_at": used}
            for used in (NOON, "yesterday", "1969-12-31T00:00:00Z",
                         datetime.datetime(1969, 12, 31, tzinfo=UTC), 2**70)
        ]  # fmt: skip
        wanted = [Code.ok, Code.invalid_date] + 3 * [Code.date_out_of_range]
        for given in (uses, [seatbook.SeatUse(**use) for use in uses]):
            receipt = self.desk.record_uses(given)
            self.assertEqual([outcome.code for outcome in receipt.outcomes], wanted)
        unreadable = seatbook.SeatUse(used_at="yesterday")
        self.assertIn("SeatUse", repr(unreadable))
        self.assertIsInstance(unreadable.used_at, int)

    def test_errors_in_lists_have_the_index(self):
        for wrong in (-1, 2**64):
            error = self.assert_refused(
                Code.invalid_argument, "licenses", self.desk.bulk_assign, self.ada,
                [self.figma.license, wrong],
            )  # fmt: skip
            self.assertEqual(error.index, 1)
        naive = datetime.datetime(2026, 3, 1, 12)
        error = self.assert_refused(
            Code.invalid_argument, "uses", self.desk.record_uses,
            [{"assignment": self.seat, "used_at": NOON},
             {"assignment": self.seat, "used_at": naive}],
        )  # fmt: skip
        self.assertEqual(error.index, 1)

    def test_dates(self):
        day = datetime.date(2026, 9, 30)
        for spelled in (day, "2026-09-30", (day - datetime.date(1970, 1, 1)).days):
            self.desk.update_license(self.figma, renewal_date=spelled)
            self.assertEqual(self.desk.get_license(self.figma).renewal_date, day)
            self.assertIs(type(self.desk.get_license(self.figma).renewal_date), datetime.date)
            self.desk.update_license(self.figma, renewal_date=None)
            self.assertIsNone(self.desk.get_license(self.figma).renewal_date)
        for wrong in (NOON, 1.5, True):
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                self.desk.update_license(self.figma, renewal_date=wrong)
        self.assert_refused(
            Code.invalid_date, "renewal_date", self.desk.update_license, self.figma,
            renewal_date="2026-02-30",
        )  # fmt: skip
        self.assert_refused(
            Code.date_out_of_range, "renewal_date", self.desk.update_license, self.figma,
            renewal_date=datetime.date(1, 1, 1),
        )  # fmt: skip

    def test_the_manual_clock_stays_in_the_range_of_datetime(self):
        for by in (
            datetime.timedelta.max,
            datetime.timedelta.min,
            datetime.timedelta(days=365 * 9000),
            datetime.timedelta(days=-365 * 3000),
        ):
            with self.subTest(by=by):
                self.assert_refused(Code.date_out_of_range, "by", self.clock.advance, by)
        self.assertEqual(self.clock.now(), NOON)
        self.clock.advance(datetime.datetime.max.replace(tzinfo=UTC) - NOON)
        self.assertEqual(self.clock.now(), datetime.datetime.max.replace(tzinfo=UTC))

    def test_the_manual_clock_rejects_other_values(self):
        for wrong, error in (("soon", seatbook.InvalidDateError),
                             ("9999-12-31T23:59:59-01:00", seatbook.DateOutOfRangeError),
                             (2**70, seatbook.DateOutOfRangeError)):  # fmt: skip
            with self.subTest(wrong=wrong):
                self.assertRaises(error, seatbook.ManualClock, wrong)
                self.assertRaises(error, self.clock.set, wrong)
        self.assertEqual(self.clock.now(), NOON)

    def test_the_manual_clock(self):
        self.assertEqual(self.clock.now(), NOON)
        self.assertIs(self.clock.now().tzinfo, UTC)
        self.clock.advance(datetime.timedelta(days=1, microseconds=1))
        self.assertEqual(self.clock.now(), NOON + datetime.timedelta(days=1, microseconds=1))
        self.clock.set(NOON + datetime.timedelta(days=2))
        seat = self.desk.assign(self.figma, self.desk.add_person(name="Grace"))
        self.assertEqual(
            self.desk.get_assignment(seat).assigned_at, NOON + datetime.timedelta(days=2)
        )
        with self.assertRaises(TypeError):
            self.clock.advance(5)


class MoneyTest(BookTest):
    def cost(self, value):
        self.desk.update_license(self.figma, cost_per_seat=value)
        return self.desk.get_license(self.figma).cost_per_seat

    def test_is_exact(self):
        for value, stored in (
            (Decimal("12.50"), "12.50"), ("12.5", "12.50"), (12, "12.00"),
            (Decimal("1E+3"), "1000"), (Decimal("0.0001"), "0.0001"),
            (Decimal("12.50000000"), "12.50"), (0, "0"),
            (Decimal("99999999.9999"), "99999999.9999"),
        ):  # fmt: skip
            with self.subTest(value=value):
                cost = self.cost(value)
                self.assertIs(type(cost), Decimal)
                self.assertEqual(cost, Decimal(stored))

    def test_does_not_depend_on_the_decimal_context(self):
        with decimal.localcontext() as context:
            context.prec = 3
            context.traps[decimal.Inexact] = True
            self.assertEqual(self.cost(Decimal("12345678.1234")), Decimal("12345678.1234"))
            self.assert_refused(
                Code.invalid_money, "cost_per_seat", self.cost, Decimal("12345678.12345")
            )

    def test_floats_raise_type_error(self):
        for wrong in (12.5, True, object(), b"12.50"):
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                self.cost(wrong)

    def test_invalid_amounts_are_rejected(self):
        for wrong, code in (
            (Decimal("0.00001"), Code.invalid_money),
            (Decimal("NaN"), Code.invalid_money),
            (Decimal("sNaN"), Code.invalid_money),
            (Decimal("Infinity"), Code.invalid_money),
            ("12,50", Code.invalid_money),
            ("", Code.invalid_money),
            (Decimal("1E-1000000"), Code.invalid_money),
            (-1, Code.money_out_of_range),
            (Decimal("-0.0001"), Code.money_out_of_range),
            (100_000_000, Code.money_out_of_range),
            (10**40, Code.money_out_of_range),
            (Decimal("1E+30"), Code.money_out_of_range),
            (Decimal("1E+999999"), Code.money_out_of_range),
        ):
            with self.subTest(wrong=wrong):
                self.assert_refused(code, "cost_per_seat", self.cost, wrong)

    def test_sums_are_decimals(self):
        self.cost("10")
        self.desk.assign(self.figma, self.ada)
        row = self.desk.utilization()[0]
        self.assertEqual(row.monthly_cost[0].currency, "EUR")
        self.assertEqual(row.monthly_cost[0].monthly, Decimal(10))
        self.assertIs(type(row.monthly_cost[0].monthly), Decimal)


class Texts(BookTest):
    def test_texts_are_stored_unchanged(self):
        for name in ("Zofie Žofie", "日本語", "😀" * 255, "a\"b'c", "tab\tand\nline"):
            person = self.desk.add_person(name=name)
            self.assertEqual(self.desk.get_person(person).name, name)

    def test_lone_surrogates_are_rejected(self):
        for wrong in ("\ud800", "A\udcff", "\udfff\ud83d"):
            self.assert_refused(Code.invalid_text, "name", self.desk.add_person, name=wrong)
            self.assert_refused(Code.invalid_text, "search", self.desk.seat_list, search=wrong)
        self.assert_refused(Code.invalid_text, "name", self.desk.add_person, name="A\0B")
        self.assertEqual(len(self.desk.people()), 1)

    def test_other_types_raise_type_error(self):
        for wrong in (b"Ada", 1, object()):
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                self.desk.add_person(name=wrong)

    def test_request_ids(self):
        number = uuid.UUID("0123456789abcdef0123456789abcdef")
        first = self.desk.add_person(name="Once", request_id=number)
        for same in (number, number.bytes, number.hex, number.hex.upper(), str(number)):
            error = self.assert_refused(
                Code.repeated_request, None, self.desk.add_person, name="Twice", request_id=same
            )
            self.assertEqual(error.values, (first.version,))
        for wrong in (b"short", "0123", "g" * 32, str(number).replace("-", "_")):
            self.assert_refused(
                Code.invalid_argument, "request_id", self.desk.add_person, name="No",
                request_id=wrong,
            )  # fmt: skip
        with self.assertRaises(TypeError):
            self.desk.add_person(name="No", request_id=5)

    def test_flags_are_bools(self):
        for wrong in (1, "yes", object()):
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                self.desk.erase_person(self.ada, revoke_first=wrong)


if __name__ == "__main__":
    unittest.main()

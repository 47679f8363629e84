#!/usr/bin/env python3
"""What the Python package adds to the C++ API: its types, its errors, its manners.

What calls answer is the business of conformance_test.py; threads are that of threads_test.py.
"""

import datetime
import decimal
import enum
import gc
import inspect
import io
import pathlib
import pickle
import re
import subprocess
import sys
import unittest
import uuid
import weakref
from decimal import Decimal

import seatbook
from seatbook import Code
from support import NOON, UTC, BookTest

HEADERS = pathlib.Path(__file__).resolve().parents[3] / "include" / "seatbook"
ENUMS = [
    "Role", "Permission", "Operation", "PersonState", "LicenseState", "CapacityPolicy",
    "BillingPeriod", "HistoryKind", "EventKind", "SeatSort", "CsvProfile", "UtilizationBy",
    "RosterOutcome", "InventoryOutcome", "OffboardingOutcome", "DateOrder", "Code",
]  # fmt: skip


def error_class(code):
    name = "".join(word.capitalize() for word in code.name.split("_"))
    return getattr(seatbook, name + "Error")


class Enums(unittest.TestCase):
    def numbers_in_headers(self):
        """{"Role": {"super_admin": 0, ...}, ...}, read from the C++ headers."""
        source = "".join(path.read_text(encoding="utf-8") for path in sorted(HEADERS.glob("*.hpp")))
        source = re.sub(r"//[^\n]*", "", source)
        numbers = {}
        for name, body in re.findall(r"enum class (\w+) : [\w:]+ \{(.*?)\};", source, re.S):
            members = numbers.setdefault(name, {})
            for member, number in re.findall(r"(\w+)\s*(?:=\s*(\d+))?\s*(?:,|$)", body.strip()):
                members[member] = int(number) if number else len(members)
        return numbers

    def test_are_real_and_have_the_numbers_of_the_headers(self):
        numbers = self.numbers_in_headers()
        self.assertEqual(len(numbers["Operation"]), 60)
        for name in ENUMS:
            with self.subTest(name):
                kind = getattr(seatbook, name)
                self.assertTrue(issubclass(kind, enum.IntEnum))
                self.assertEqual({each.name: each.value for each in kind}, numbers[name])

    def test_pickle(self):
        self.assertIs(pickle.loads(pickle.dumps(seatbook.Role.manager)), seatbook.Role.manager)


class Choices(BookTest):
    def test_are_taken_as_member_name_and_text(self):
        for role in (seatbook.Role.it_admin, "it_admin", "it-admin"):
            self.book.session("root", role=role).get_person(self.ada)
        for policy in (seatbook.CapacityPolicy.allow_over, "allow_over"):
            self.desk.set_policy(self.figma, policy=policy)
            self.assertIs(
                self.desk.usage(self.figma).policy, seatbook.CapacityPolicy.allow_over
            )
        files = self.book.session("files", permissions=["export", seatbook.Permission.view])
        files.export_roster(self.figma)
        self.book.session("files", permissions=("export_", "view")).export_roster(self.figma)

    def test_what_is_none_is_refused(self):
        self.assert_refused(
            Code.invalid_argument, "policy", self.desk.set_policy, self.figma, policy="sometimes"
        )
        with self.assertRaises(TypeError):
            self.desk.set_policy(self.figma, policy=seatbook.BillingPeriod.year)
        with self.assertRaises(TypeError):
            self.desk.set_policy(self.figma, policy=1.0)
        self.assert_refused(
            Code.invalid_argument, None,
            lambda: self.book.session("a", permissions=["fly"]).people(),
        )  # fmt: skip


class Ids(BookTest):
    def test_have_a_type_and_are_numbers(self):
        person = self.ada.person
        self.assertIs(type(person), seatbook.PersonId)
        self.assertIs(type(self.figma.license), seatbook.LicenseId)
        self.assertIsInstance(person, int)
        self.assertEqual(person, 1)
        self.assertEqual({person: "Ada"}[1], "Ada")
        self.assertEqual(repr(person), "PersonId(1)")
        self.assertEqual(f"{person}", "1")
        self.assertIs(type(pickle.loads(pickle.dumps(person))), seatbook.PersonId)
        seat = self.desk.assign(self.figma, self.ada)
        self.assertIs(type(seat.assignment), seatbook.AssignmentId)
        row = self.desk.history()[0]
        self.assertIs(type(row.row.actor), seatbook.ActorId)

    def test_of_another_kind_are_a_type_error(self):
        for wrong in (
            self.figma, self.figma.license, seatbook.LicenseId(1), seatbook.ActorId(1), True, 1.0,
            "1", None, object(),
        ):  # fmt: skip
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                self.desk.get_person(wrong)
        with self.assertRaises(TypeError):
            self.desk.assign(self.ada, self.figma)
        with self.assertRaises(TypeError):
            self.desk.get_license(self.ada)
        with self.assertRaises(TypeError):
            self.desk.bulk_assign(self.ada, licenses=[self.figma, self.ada])
        with self.assertRaises(TypeError):
            self.desk.people(after=self.figma)

    def test_out_of_range_are_refused(self):
        for wrong in (-1, 2**63, 2**64, 10**30):
            with self.subTest(wrong=wrong), self.assertRaises(seatbook.Error):
                self.desk.get_person(wrong)

    def test_records_and_rows_serve_as_ids(self):
        seat = self.desk.assign(self.figma, self.ada)
        person = self.desk.get_person(self.ada)
        license_ = self.desk.get_license(self.figma)
        assignment = self.desk.get_assignment(seat)
        self.assertEqual(self.desk.find_seat(license_, person), assignment.id)
        for row in (
            self.desk.license_seats(self.figma)[0], self.desk.my_software(self.ada)[0],
            self.desk.seat_list().rows[0], self.desk.roster(self.figma).rows[0],
            self.desk.holders_at(self.figma, NOON)[0], self.desk.reclaim_candidates().rows[0],
        ):  # fmt: skip
            with self.subTest(type(row).__name__):
                self.assertEqual(self.desk.get_assignment(row), assignment)
        self.assertEqual(self.desk.get_person(self.desk.people()[0]), person)
        self.assertEqual(self.desk.get_license(self.desk.licenses()[0]), license_)
        self.assertEqual(self.desk.get_license(self.desk.utilization()[0]), license_)
        grace = self.desk.add_person(name="Grace")
        self.assertEqual(self.desk.get_person(self.desk.assignable_people(license=self.figma)[0]),
                         self.desk.get_person(grace))  # fmt: skip
        actor = self.desk.history()[0].actor
        self.assertEqual(self.desk.get_actor(actor), actor)
        self.assertEqual(len(self.desk.history(actor=actor)), len(self.desk.history()))

    def test_records_serve_after_the_book_was_opened_again(self):
        path = self.path()
        with seatbook.open(path, clock=self.clock) as book:
            desk = book.session("root", role="super_admin")
            hire = desk.add_person(name="New Hire", email="new.hire@example.com")
            figma = desk.add_license(
                name="Figma", total_seats=50, owner=hire, cost_per_seat=Decimal("12.50"),
                currency="USD",
            )  # fmt: skip
            seat = desk.assign(figma, hire, access_level="Editor")
            row = desk.seat_list().rows[0]
        with seatbook.open(path, clock=self.clock) as book:
            desk = book.session("root", role="super_admin")
            self.assertEqual(desk.get_person(hire).name, "New Hire")
            self.assertEqual(desk.usage(figma).used, 1)
            self.assertEqual(desk.get_assignment(row).access_level, "Editor")
            desk.revoke(seat, reason="left the team")
            self.assertEqual(desk.usage(figma).used, 0)


class Records(BookTest):
    def test_are_immutable(self):
        person = self.desk.get_person(self.ada)
        for record in (person, self.ada, self.desk.usage(self.figma), self.desk.people()[0]):
            with self.subTest(type(record).__name__):
                name = next(name for name in dir(record) if not name.startswith("_"))
                with self.assertRaises(AttributeError):
                    setattr(record, name, 1)
                with self.assertRaises(AttributeError):
                    delattr(record, name)
                with self.assertRaises(AttributeError):
                    record.anything_else = 1
        self.assertEqual(person.name, "Ada")

    def test_compare_by_value_and_can_be_hashed(self):
        person = self.desk.get_person(self.ada)
        again = self.desk.get_person(self.ada)
        self.assertIsNot(person, again)
        self.assertEqual(person, again)
        self.assertFalse(person != again)
        self.assertEqual(hash(person), hash(again))
        self.assertEqual(len({person, again}), 1)
        self.desk.update_person(self.ada, name="Ada Lovelace")
        changed = self.desk.get_person(self.ada)
        self.assertNotEqual(person, changed)
        self.assertEqual(person.name, "Ada", "what was answered stays")
        self.assertEqual(len({person, changed}), 2)
        self.assertNotEqual(person, self.desk.get_license(self.figma))
        self.assertNotEqual(person, 1)
        self.assertNotEqual(person, None)
        hash(self.desk.history()[0])
        hash(self.desk.bulk_assign(self.ada, licenses=[self.figma]))
        hash(self.desk.usage(self.figma))

    def test_tell_what_they_are(self):
        text = repr(self.desk.get_person(self.ada))
        self.assertTrue(text.startswith("Person(id=PersonId(1), name='Ada'"), text)
        self.assertIn("1/3", repr(self.seat_taken()))
        self.assertIn("2 available", repr(self.desk.usage(self.figma)))
        self.desk.set_total_seats(self.figma, total_seats=None)
        self.assertIn("unlimited", repr(self.desk.usage(self.figma)))

    def seat_taken(self):
        self.desk.assign(self.figma, self.ada)
        return self.desk.usage(self.figma)

    def test_hold_tuples(self):
        answer = self.desk.bulk_assign(self.ada, licenses=[self.figma])
        self.assertIs(type(answer.outcomes), tuple)
        self.assertEqual(answer.outcomes[0].code, Code.ok)
        self.assertEqual(answer.summary.done, 1)
        contacts = self.desk.license_contacts(self.figma)
        self.assertEqual(contacts.renewal_recipients, (self.ada.person,))

    def test_say_none_for_what_is_missing(self):
        seat = self.desk.get_assignment(self.desk.assign(self.figma, self.ada))
        self.assertIsNone(seat.revoked_at)
        self.assertIsNone(seat.revoked_by)
        self.assertIsNone(seat.cost_override)
        self.assertIsNone(self.desk.get_license(self.figma).backup_owner)
        self.assertIsNone(self.desk.find_person(email="nobody@example.com"))
        self.assertIsNone(self.desk.last_use(seat))
        self.assertIsNone(self.desk.utilization(by="book")[0].license)
        row = self.desk.history(kind="person_added")[0].row
        self.assertIsNone(row.license)
        self.assertIsNone(row.before)

    def test_cannot_be_made_by_accident(self):
        for name in ("Person", "Usage", "SeatAnswer"):
            with self.subTest(name), self.assertRaises(TypeError):
                getattr(seatbook, name)()


class Times(BookTest):
    def setUp(self):
        super().setUp()
        self.seat = self.desk.assign(self.figma, self.ada)

    def test_are_aware_and_in_utc(self):
        at = self.desk.get_assignment(self.seat).assigned_at
        self.assertEqual(at, NOON)
        self.assertIs(at.tzinfo, UTC)

    def test_any_zone_is_taken(self):
        zone = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
        used = datetime.datetime(2026, 3, 1, 17, 45, 0, 250_001, tzinfo=zone)
        self.desk.record_use(self.seat, used_at=used)
        self.assertEqual(self.desk.last_use(self.seat), used)
        self.assertEqual(self.desk.last_use(self.seat).microsecond, 250_001)

    def test_texts_and_microseconds_are_taken(self):
        self.desk.record_use(self.seat, used_at="2026-03-01T14:00:00+01:00")
        self.assertEqual(self.desk.last_use(self.seat), NOON + datetime.timedelta(hours=1))
        later = NOON + datetime.timedelta(hours=2, microseconds=1)
        self.desk.record_use(self.seat, used_at=int(later.timestamp()) * 1_000_000 + 1)
        self.assertEqual(self.desk.last_use(self.seat), later)

    def test_naive_ones_are_refused(self):
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

    def test_of_other_types_are_a_type_error(self):
        for wrong in (datetime.date(2026, 3, 1), 1.5, True, None, object()):
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                self.desk.record_use(self.seat, used_at=wrong)

    def test_out_of_range_are_refused(self):
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

    def test_a_far_away_number_is_refused(self):
        for wrong in (2**62, -(2**62), 2**70):
            with self.subTest(wrong=wrong), self.assertRaises(seatbook.Error):
                self.desk.record_use(self.seat, used_at=wrong)

    def test_days(self):
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
        with self.assertRaises(OverflowError):
            self.clock.advance(datetime.timedelta.max)


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

    def test_does_not_depend_on_the_context(self):
        with decimal.localcontext() as context:
            context.prec = 3
            context.traps[decimal.Inexact] = True
            self.assertEqual(self.cost(Decimal("12345678.1234")), Decimal("12345678.1234"))
            self.assert_refused(
                Code.invalid_money, "cost_per_seat", self.cost, Decimal("12345678.12345")
            )

    def test_a_float_is_a_type_error(self):
        for wrong in (12.5, True, object(), b"12.50"):
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                self.cost(wrong)

    def test_what_is_no_amount_is_refused(self):
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
    def test_any_text_comes_back(self):
        for name in ("Zofie Žofie", "日本語", "😀" * 255, "a\"b'c", "tab\tand\nline"):
            person = self.desk.add_person(name=name)
            self.assertEqual(self.desk.get_person(person).name, name)

    def test_lone_surrogates_are_no_text(self):
        for wrong in ("\ud800", "A\udcff", "\udfff\ud83d"):
            self.assert_refused(Code.invalid_text, "name", self.desk.add_person, name=wrong)
            self.assert_refused(Code.invalid_text, "search", self.desk.seat_list, search=wrong)
        self.assert_refused(Code.invalid_text, "name", self.desk.add_person, name="A\0B")
        self.assertEqual(len(self.desk.people()), 1)

    def test_other_types_are_a_type_error(self):
        for wrong in (b"Ada", 1, object()):
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                self.desk.add_person(name=wrong)

    def test_request_ids(self):
        number = uuid.UUID("0123456789abcdef0123456789abcdef")
        first = self.desk.add_person(name="Once", request_id=number)
        for same in (number, number.bytes, number.hex, number.hex.upper()):
            error = self.assert_refused(
                Code.repeated_request, None, self.desk.add_person, name="Twice", request_id=same
            )
            self.assertEqual(error.values, (first.version,))
        for wrong in (b"short", "0123", "g" * 32):
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


class Calls(BookTest):
    def test_leading_ids_may_be_positional(self):
        seat = self.desk.assign(self.figma, self.ada, access_level="Editor")
        self.assertEqual(self.desk.get_assignment(seat).access_level, "Editor")
        self.assertEqual(self.desk.find_seat(self.figma, self.ada), seat.assignment)
        grace = self.desk.add_person(name="Grace")
        moved = self.desk.transfer(seat, grace)
        self.assertEqual(len(self.desk.holders_at(self.figma, NOON)), 1)
        self.desk.revoke(moved, reason="left the team")
        self.assertEqual(len(self.desk.events_after(0).events), 4)
        self.assertEqual(len(self.desk.events_after(0, 1).events), 1)
        self.assertEqual(len(self.desk.events_after(after=1, limit=1).events), 1)
        self.assertEqual(len(self.desk.my_software(grace)), 0)

    def test_unknown_and_missing_arguments_are_a_type_error(self):
        for call in (
            lambda: self.desk.add_person(nome="Ada"),
            lambda: self.desk.assign(self.figma, self.ada, "Editor"),
            lambda: self.desk.usage(),
            lambda: self.desk.usage(self.figma, self.figma),
            lambda: self.desk.usage(self.figma, license=self.figma),
            lambda: self.desk.record_uses(uses=[{"assignment": 1, "when": NOON}]),
            lambda: self.desk.import_people(csv="Name\n", columns={"nome": "Name"}),
            lambda: self.desk.history(**{"from": 1}),
            lambda: seatbook.open(None, self.clock),
            lambda: seatbook.open(cloak=self.clock),
        ):
            with self.subTest(inspect.getsource(call).strip()), self.assertRaises(TypeError):
                call()

    def test_an_edit_leaves_clears_or_sets(self):
        self.desk.update_person(self.ada, host_key="1")
        person = self.desk.get_person(self.ada)
        self.assertEqual((person.email, person.host_key), ("ada@example.com", "1"))
        self.desk.update_person(self.ada, email=None)
        person = self.desk.get_person(self.ada)
        self.assertEqual((person.email, person.host_key), ("", "1"))
        self.assert_refused(Code.required, "name", self.desk.update_person, self.ada, name=None)
        self.desk.update_person(self.ada, name=..., host_key=None)
        self.assertEqual(self.desk.get_person(self.ada).name, "Ada")
        self.assertEqual(self.desk.get_person(self.ada).host_key, "")
        grace = self.desk.add_person(name="Grace")
        self.desk.set_owners(self.figma, backup_owner=grace)
        self.assertEqual(self.desk.get_license(self.figma).backup_owner, grace.person)
        self.desk.set_owners(self.figma, backup_owner=None)
        self.assertIsNone(self.desk.get_license(self.figma).backup_owner)

    def test_totals(self):
        one = self.desk.add_license(name="One", owner=self.ada)
        self.assertEqual(self.desk.usage(one).total, 1)
        self.desk.set_total_seats(one, total_seats=None)
        usage = self.desk.usage(one)
        self.assertIsNone(usage.total)
        self.assertIsNone(usage.available)
        self.assertTrue(usage.can_assign)
        many = self.desk.add_license(name="Many", owner=self.ada, total_seats=None)
        self.assertEqual(self.desk.usage(many).text, "0/unlimited")
        for wrong in (1.0, "1", True):
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                self.desk.set_total_seats(one, total_seats=wrong)
        for wrong in (-1, 10**9 + 1, 2**70):
            with self.subTest(wrong=wrong), self.assertRaises(seatbook.Error):
                self.desk.set_total_seats(one, total_seats=wrong)

    def test_numbers_out_of_range_are_refused(self):
        for wrong in (-1, 0, 2**32, 2**70):
            with self.subTest(wrong=wrong):
                self.assert_refused(Code.invalid_argument, "limit", self.desk.people, limit=wrong)

    def test_lists_of_items_may_be_any_iterable(self):
        people = [self.desk.add_person(name=name) for name in ("B", "C")]
        for items in (people, tuple(people), iter(people), {each.person for each in people},
                      (each for each in people)):  # fmt: skip
            answer = self.desk.assign_many(self.figma, people=items, dry_run=True)
            self.assertEqual(answer.summary.done, 2)
        self.assertEqual(
            self.desk.assign_many(self.figma, people=self.desk.people()).summary.done, 3
        )
        for wrong in (people[0], 1, "12", None):
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                self.desk.assign_many(self.figma, people=wrong)

        def broken():
            yield people[0]
            raise KeyError("no more")

        with self.assertRaises(KeyError):
            self.desk.assign_many(self.figma, people=broken())

    def test_uses(self):
        seat = self.desk.assign(self.figma, self.ada)
        for uses in (
            [{"assignment": seat, "used_at": NOON}],
            [seatbook.SeatUse(license=self.figma, email="Ada@Example.com", used_at=NOON)],
        ):
            answer = self.desk.record_uses(uses=uses)
            self.assertEqual([each.code for each in answer.outcomes], [Code.ok])
        self.assertEqual(self.desk.last_use(seat), NOON)

    def test_every_operation_is_a_documented_method(self):
        for operation in seatbook.Operation:
            with self.subTest(operation.name):
                method = getattr(seatbook.Session, operation.name)
                self.assertTrue((method.__doc__ or "").strip())
        for cls in (seatbook.Book, seatbook.Session, seatbook.ManualClock, seatbook.Progress):
            self.assertTrue((cls.__doc__ or "").strip(), cls)
        self.assertTrue((seatbook.open.__doc__ or "").strip())
        self.assertEqual(
            str(inspect.signature(seatbook.Session.get_person)).replace("self, ", ""), "(person)"
        )
        self.assertEqual(
            list(inspect.signature(seatbook.open).parameters),
            ["path", "clock", "allow_clock_behind", "read_only", "must_exist", "durability",
             "on_listener_error"],
        )  # fmt: skip
        self.assertTrue((seatbook.__doc__ or "").strip())

    def test_everything_public_is_listed(self):
        for name in seatbook.__all__:
            self.assertTrue(hasattr(seatbook, name), name)
        self.assertLessEqual(
            {"open", "Book", "Session", "Error", "Code", "PersonId", "ManualClock", "Progress"},
            set(seatbook.__all__),
        )


class Actors(BookTest):
    def test_a_person_or_a_service(self):
        mine = self.book.session(person=self.ada)
        self.assertEqual(len(mine.my_software(self.ada)), 0)
        with self.assertRaises(PermissionError):
            mine.people()
        owner = self.book.session(person=self.ada.person, role=seatbook.Role.admin)
        license_ = owner.add_license(name="Jira")
        self.assertEqual(self.desk.get_license(license_).owner, self.ada.person)
        entry = self.desk.history(license=license_)[0]
        self.assertEqual(entry.actor.person, self.ada.person)
        self.assertEqual(entry.actor_name, "Ada")

    def test_can_answers_nothing_or_raises(self):
        self.assertIsNone(self.desk.can("assign"))
        self.assertIsNone(self.desk.can(seatbook.Operation.assign))
        error = self.assert_refused(
            Code.permission_denied, None, self.book.session("guest").can, "assign"
        )
        self.assertIsInstance(error, PermissionError)
        self.assert_refused(Code.invalid_argument, "operation", self.desk.can, "fly")

    def test_a_malformed_actor_is_refused(self):
        for wrong in ({}, {"actor": "root", "person": self.ada}, {"actor": ""}):
            with self.subTest(wrong=wrong):
                desk = self.book.session(**wrong)
                self.assert_refused(Code.invalid_argument, None, desk.people)
        with self.assertRaises(TypeError):
            self.book.session(self.ada)
        with self.assertRaises(TypeError):
            self.book.session(person=self.figma)

    def test_at_least(self):
        behind = self.desk.at_least(self.book.version + 1)
        error = self.assert_refused(Code.book_behind, None, behind.usage, self.figma)
        self.assertIsInstance(error, seatbook.BookBehindError)
        self.desk.at_least(self.figma.version).usage(self.figma)

    def test_a_session_is_a_context_manager(self):
        with self.book.session("root", role="admin") as desk:
            desk.add_person(name="Grace")
        self.assertFalse(self.book.closed)
        self.assertEqual(len(self.desk.people()), 2)


class Errors(BookTest):
    def test_every_code_has_a_class(self):
        for code in Code:
            if code == Code.ok:
                continue
            with self.subTest(code.name):
                cls = error_class(code)
                self.assertTrue(issubclass(cls, seatbook.Error))
                self.assertTrue((cls.__doc__ or "").strip())
                self.assertEqual(cls.__module__, "seatbook")
                self.assertIn(cls.__name__, seatbook.__all__)
        self.assertTrue(issubclass(seatbook.Error, Exception))

    def test_builtin_bases_fit(self):
        fitting = {
            LookupError: ["person_not_found", "license_not_found", "assignment_not_found",
                          "actor_not_found"],
            ValueError: ["invalid_argument", "invalid_text", "malformed_csv", "required",
                         "text_too_long", "invalid_email", "invalid_currency",
                         "total_out_of_range", "money_out_of_range", "invalid_money",
                         "date_out_of_range", "invalid_date"],
            PermissionError: ["permission_denied"],
            OSError: ["storage_failed", "storage_unknown", "storage_corrupt", "storage_in_use",
                      "not_a_book"],
            RuntimeError: ["book_closed", "book_forked", "internal"],
            MemoryError: ["out_of_memory"],
        }  # fmt: skip
        for base, names in fitting.items():
            for name in names:
                with self.subTest(name):
                    self.assertTrue(issubclass(error_class(Code[name]), base))

    def test_what_they_carry(self):
        seat = self.desk.assign(self.figma, self.ada)
        with self.assertRaises(seatbook.AlreadyAssignedError) as caught:
            self.desk.assign(self.figma, self.ada)
        error = caught.exception
        self.assertIs(error.code, Code.already_assigned)
        self.assertEqual(error.field, "person")
        self.assertEqual(error.values, (seat.assignment,))
        self.assertEqual(error.outcomes, ())
        self.assertEqual(
            error.message, "This user already has an active assignment for this license."
        )
        self.assertIn(error.message, str(error))
        with self.assertRaises(seatbook.PersonNotFoundError) as caught:
            self.desk.assign_many(self.figma, people=[self.ada, 99])
        self.assertEqual(caught.exception.index, 1)
        self.assertIn("99", str(caught.exception) + repr(caught.exception.args))

    def test_outcomes(self):
        self.desk.assign(self.figma, self.ada)
        grace = self.desk.add_person(name="Grace")
        with self.assertRaises(seatbook.BulkRefusedError) as caught:
            self.desk.assign_many(self.figma, people=[grace, self.ada], all_or_nothing=True)
        outcomes = caught.exception.outcomes
        self.assertIs(type(outcomes), tuple)
        self.assertEqual([each.code for each in outcomes], [Code.ok, Code.already_assigned])
        self.assertEqual([each.item for each in outcomes], [grace.person, self.ada.person])
        self.assertEqual(self.desk.usage(self.figma).used, 1)

    def test_no_seats(self):
        one = self.desk.add_license(name="One", owner=self.ada)
        self.desk.assign(one, self.ada)
        with self.assertRaises(seatbook.NoSeatsRemainingError) as caught:
            self.desk.assign(one, self.desk.add_person(name="Grace"))
        self.assertEqual(caught.exception.message, "No seats remaining on this license.")

    def test_pickle(self):
        error = self.assert_refused(Code.person_not_found, "person", self.desk.get_person, 99)
        again = pickle.loads(pickle.dumps(error))
        self.assertIs(type(again), type(error))
        self.assertEqual((again.code, again.field, again.index, again.message),
                         (error.code, error.field, error.index, error.message))  # fmt: skip

    def test_can_be_caught_by_their_builtin(self):
        with self.assertRaises(LookupError):
            self.desk.get_person(99)
        with self.assertRaises(ValueError):
            self.desk.people(limit=0)


class RowsTest(BookTest):
    def setUp(self):
        super().setUp()
        for name in ("Grace", "Edsger", "Barbara"):
            self.desk.add_person(name=name)
        self.people = self.desk.people()
        self.names = ["Ada", "Grace", "Edsger", "Barbara"]

    def test_are_a_sequence(self):
        people = self.people
        self.assertEqual(len(people), 4)
        self.assertEqual([each.name for each in people], self.names)
        self.assertEqual([each.name for each in reversed(people)], self.names[::-1])
        for index in range(-4, 4):
            self.assertEqual(people[index].name, self.names[index])
        for index in (4, -5):
            with self.subTest(index=index), self.assertRaises(IndexError):
                people[index]
        for index in ("0", 1.0, None):
            with self.subTest(index=index), self.assertRaises(TypeError):
                people[index]
        self.assertIn(people[2], people)
        self.assertNotIn("Ada", people)
        self.assertEqual(people.index(people[2]), 2)
        self.assertEqual(people.count(people[2]), 1)
        self.assertTrue(people)
        self.assertFalse(self.desk.people(after=99))
        self.assertEqual(list(self.desk.people(after=99)), [])
        with self.assertRaises(TypeError):
            people[0] = people[1]

    def test_slices(self):
        for cut in (slice(1, 3), slice(None), slice(-2, None), slice(None, None, -1),
                    slice(0, 4, 2), slice(3, 1), slice(10, 20), slice(-100, 100)):  # fmt: skip
            with self.subTest(cut=cut):
                part = self.people[cut]
                self.assertEqual([each.name for each in part], self.names[cut])
                self.assertEqual(len(part), len(self.names[cut]))
        part = self.people[1:][1:]
        self.assertEqual([each.name for each in part], self.names[2:])
        self.assertEqual(part[-1].name, "Barbara")

    def test_compare_by_value(self):
        self.assertEqual(self.people, self.desk.people())
        self.assertEqual(self.people[1:], self.desk.people(after=1))
        self.assertEqual(self.people, list(self.people))
        self.assertNotEqual(self.people, self.people[1:])
        self.assertNotEqual(self.people, self.desk.licenses())
        self.assertNotEqual(self.people, 1)
        self.desk.update_person(self.ada, name="Ada Lovelace")
        self.assertNotEqual(self.people, self.desk.people())

    def test_tell_what_they_are(self):
        text = repr(self.people)
        self.assertIn("4", text)
        self.assertIn("Person", text)
        self.assertLess(len(repr(self.many())), 5000)

    def many(self):
        csv = "Name\n" + "".join(f"Person {number}\n" for number in range(2000))
        self.desk.import_people(csv=csv)
        return self.desk.people(limit=100_000)

    def test_are_tables_in_a_notebook(self):
        self.desk.add_person(name="<b>&\"x\"")
        html = self.desk.people()._repr_html_()
        self.assertIn("<table", html)
        for name in self.names + ["email", "host_key"]:
            self.assertIn(name, html)
        self.assertNotIn("<b>&", html)
        self.assertIn("&lt;b&gt;&amp;", html)
        self.assertLess(len(self.many()._repr_html_()), 200_000, "a long list is cut")
        self.assertIn("<table", self.desk.people(after=10**6)._repr_html_())

    def test_a_page_is_as_its_rows(self):
        for name, person in enumerate(self.people):
            self.desk.assign(self.desk.add_license(name=f"L{name}", owner=person), person)
        page = self.desk.seat_list(limit=3)
        self.assertEqual(len(page), 3)
        self.assertEqual(list(page), list(page.rows))
        self.assertEqual([each.name for each in page], self.names[:3])
        self.assertEqual(page[0].name, "Ada")
        self.assertEqual(page[-1], page.rows[2])
        self.assertEqual([each.name for each in page[1:]], self.names[1:3])
        with self.assertRaises(IndexError):
            page[3]
        following = self.desk.seat_list(limit=3, after=page.next)
        self.assertEqual([each.name for each in following], self.names[3:])
        self.assertEqual(following.next, "")
        for other in (self.desk.roster(1), self.desk.reclaim_candidates(),
                      self.desk.events_after(0), self.desk.notifications_after(0),
                      self.desk.usage_over_time(), self.desk.offboarding_times()):  # fmt: skip
            with self.subTest(type(other).__name__):
                self.assertEqual(len(list(other)), len(other))
                self.assertIn(type(other).__name__, repr(other))

    def test_every_list_is_one(self):
        self.desk.assign(self.figma, self.ada)
        for rows in (
            self.desk.people(), self.desk.licenses(), self.desk.license_seats(self.figma),
            self.desk.my_software(self.ada), self.desk.history(), self.desk.seat_list().rows,
            self.desk.roster(self.figma).rows, self.desk.utilization(),
            self.desk.reclaim_candidates().rows, self.desk.holders_at(self.figma, NOON),
        ):  # fmt: skip
            with self.subTest(repr(rows)[:50]):
                self.assertIsInstance(rows, seatbook.Rows)
                self.assertGreater(len(rows), 0)
                self.assertIn("<table", rows._repr_html_())


class Lifetimes(BookTest):
    def test_rows_outlive_the_book(self):
        book = seatbook.open(clock=self.clock)
        desk = book.session("root", role="admin")
        desk.add_person(name="Ada")
        desk.add_person(name="Grace")
        rows = desk.people()
        part = rows[1:]
        iterator = iter(rows)
        row = rows[0]
        page = desk.events_after(0)
        error = self.assert_refused(Code.person_not_found, None, desk.get_person, 99)
        book.close()
        del book, desk
        gc.collect()
        self.assertEqual([each.name for each in iterator], ["Ada", "Grace"])
        del iterator
        self.assertEqual([each.name for each in rows], ["Ada", "Grace"])
        del rows
        gc.collect()
        self.assertEqual(part[0].name, "Grace")
        self.assertEqual(row.name, "Ada")
        self.assertEqual(list(page.events), [])
        self.assertEqual(error.code, Code.person_not_found)

    def test_temporaries(self):
        self.desk.assign(self.figma, self.ada)
        self.assertEqual(self.desk.seat_list().rows[0].name, "Ada")
        self.assertEqual(self.desk.history()[0].row.kind, seatbook.HistoryKind.person_added)
        self.assertEqual([each.name for each in self.desk.roster(self.figma).rows], ["Ada"])
        nested = self.desk.history(kind="license_added")[0].row.after
        gc.collect()
        self.assertEqual(nested.owner, self.ada.person)

    def test_a_session_keeps_its_book(self):
        desk = seatbook.open(clock=self.clock).session("root", role="admin")
        gc.collect()
        self.assertEqual(desk.add_person(name="Ada").person, 1)
        ahead = desk.at_least(1)
        del desk
        gc.collect()
        self.assertEqual(ahead.get_person(1).name, "Ada")

    def test_a_book_keeps_its_clock(self):
        book = seatbook.open(clock=seatbook.ManualClock(NOON))
        gc.collect()
        desk = book.session("root", role="admin")
        desk.add_person(name="Ada")
        self.assertEqual(desk.history()[0].row.at, NOON)
        book.close()

    def test_a_closed_book_lets_its_listeners_go(self):
        class Listener:
            def __call__(self, event):
                pass

        for close in (seatbook.Book.close, lambda book: None):
            book = seatbook.open()
            listener = Listener()
            gone = weakref.ref(listener)
            book.subscribe(listener)
            del listener
            gc.collect()
            self.assertIsNotNone(gone())
            close(book)
            del book
            gc.collect()
            self.assertIsNone(gone())

    def test_a_program_may_end_without_closing(self):
        path = self.path()
        program = (
            "import seatbook, sys\n"
            "told = []\n"
            "book = seatbook.open(sys.argv[1])\n"
            "desk = book.session('root', role='admin')\n"
            "book.subscribe(lambda event: told.append((event, desk)))\n"
            "ada = desk.add_person(name='Ada')\n"
            "desk.assign(desk.add_license(name='Figma', owner=ada), ada)\n"
            "rows = desk.people()\n"
        )
        for ending in ("", "sys.exit(0)", "del book, desk, told, rows", "del seatbook"):
            with self.subTest(ending=ending):
                subprocess.run(
                    [sys.executable, "-c", program + ending, path], check=True, timeout=60
                )
        with seatbook.open(path) as book:
            self.assertEqual(book.version, 12)

    def test_a_file_is_free_once_nobody_has_it(self):
        path = self.path()
        for _ in range(3):
            desk = seatbook.open(path).session("root", role="admin")
            desk.add_person(name="Ada")
            del desk
            gc.collect()
        with seatbook.open(path) as book:
            self.assertEqual(book.version, 3)


class Books(BookTest):
    def test_is_a_context_manager(self):
        with seatbook.open() as book:
            self.assertFalse(book.closed)
        self.assertTrue(book.closed)
        book.close()
        with self.assertRaises(ZeroDivisionError), seatbook.open() as book:
            _ = 1 / 0
        self.assertTrue(book.closed)

    def test_everything_of_a_closed_book_is_refused(self):
        self.book.close()
        self.assertTrue(self.book.closed)
        self.book.close()
        for call in (
            self.book.refresh, self.book.dump, self.book.check_invariants, self.desk.people,
            lambda: self.book.session("root", role="admin").people(),
            lambda: self.desk.add_person(name="Grace"),
            lambda: self.desk.export_roster(self.figma),
            lambda: self.desk.import_people(csv="Name\nGrace\n"),
            lambda: self.desk.can("assign"),
            lambda: self.book.backup_to(self.path()),
        ):  # fmt: skip
            error = self.assert_refused(Code.book_closed, None, call)
            self.assertIsInstance(error, seatbook.BookClosedError)
            self.assertIsInstance(error, RuntimeError)

    def test_version_dump_and_checks(self):
        self.assertIs(type(self.book.version), int)
        before = self.book.version
        self.desk.add_person(name="Grace")
        self.assertEqual(self.book.version, before + 1)
        self.assertEqual(self.book.check_invariants(), [])
        self.assertIs(type(self.book.dump()), str)
        self.assertIn("Grace", self.book.dump())
        self.book.refresh()

    def test_tells_what_it_is(self):
        self.assertIn("Book", repr(self.book))
        self.assertIn("Session", repr(self.desk))

    def test_cannot_be_made_otherwise(self):
        for cls in (seatbook.Book, seatbook.Session):
            with self.assertRaises(TypeError):
                cls()


class Files(BookTest):
    def fill(self, book):
        desk = book.session("root", role="admin")
        ada = desk.add_person(name="Ada", email="ada@example.com")
        return desk.add_license(name="Figma", owner=ada)

    def test_a_book_in_a_file_is_there_again(self):
        path = pathlib.Path(self.path("a book with ü.db"))
        with seatbook.open(path) as book:
            self.fill(book)
            dump = book.dump()
        self.assertTrue(path.exists())
        for spelled in (path, str(path)):
            with seatbook.open(spelled, must_exist=True) as book:
                self.assertEqual(book.dump(), dump)
                self.assertEqual(book.version, 2)

    def test_options(self):
        path = self.path()
        self.assert_refused(Code.invalid_argument, "path", seatbook.open, path, must_exist=True)
        with seatbook.open(path, durability="relaxed") as book:
            self.fill(book)
        with seatbook.open(path, read_only=True) as book:
            desk = book.session("root", role="admin")
            self.assertEqual(len(desk.people()), 1)
            error = self.assert_refused(Code.book_read_only, None, desk.add_person, name="Grace")
            self.assertIsInstance(error, seatbook.BookReadOnlyError)
        self.assert_refused(
            Code.invalid_argument, "durability", seatbook.open, path, durability="fully"
        )
        for wrong in (17, None):
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                seatbook.open(path, durability=wrong)
        with self.assertRaises(TypeError):
            seatbook.open(path, clock=NOON)
        with self.assertRaises(TypeError):
            seatbook.open(17)
        self.assert_refused(Code.invalid_argument, "path", seatbook.open, "")
        self.assert_refused(
            Code.invalid_argument, "path", seatbook.open, path + "-not-there/acme.db"
        )

    def test_belongs_to_one_book(self):
        path = self.path()
        with seatbook.open(path):
            with self.assertRaises(seatbook.StorageInUseError) as caught:
                seatbook.open(path)
            self.assertIsInstance(caught.exception, OSError)
        seatbook.open(path).close()

    def test_something_else_is_no_book(self):
        path = self.path()
        pathlib.Path(path).write_bytes(b"name,email\r\n" * 1000)
        self.assert_refused(Code.not_a_book, None, seatbook.open, path)

    def test_the_clock_may_not_stand_behind(self):
        path = self.path()
        with seatbook.open(path, clock=self.clock) as book:
            self.fill(book)
        self.clock.set(NOON - datetime.timedelta(hours=1))
        with seatbook.open(path, clock=self.clock) as book:
            desk = book.session("root", role="admin")
            self.assert_refused(Code.clock_behind, None, desk.add_person, name="Grace")
        with seatbook.open(path, clock=self.clock, allow_clock_behind=True) as book:
            book.session("root", role="admin").add_person(name="Grace")

    def test_copies(self):
        folder = pathlib.Path(self.folder())
        with seatbook.open(folder / "acme.db") as book:
            self.fill(book)
            self.assertIsNone(book.backup_to(folder / "copy.db"))
            book.backup_to(str(folder / "another.db"))
            self.assert_refused(
                Code.invalid_argument, "path", book.backup_to, folder / "copy.db"
            )
            dump = book.dump()
            for name in ("copy.db", "another.db"):
                with seatbook.open(folder / name) as copy:
                    self.assertEqual(copy.dump(), dump)
                    copy.session("root", role="admin").add_person(name="Grace")
            self.assertEqual(book.dump(), dump)
        self.assert_refused(
            Code.unsupported_storage, None, self.book.backup_to, folder / "memory.db"
        )


class FilesOut(BookTest):
    def setUp(self):
        super().setUp()
        self.desk.assign(self.figma, self.ada, access_level="Editor", cost_override="12.5")

    def test_without_a_place_to_go_it_is_in_the_report(self):
        report = self.desk.export_roster(self.figma)
        self.assertEqual(
            report.csv,
            b"Name,Email,Role,Date Added,Date Removed\r\n"
            b"Ada,ada@example.com,Editor,2026-03-01,\r\n",
        )
        self.assertEqual((report.rows, report.bytes), (1, len(report.csv)))
        self.assertEqual(report.version, self.book.version)
        self.assertEqual(report, self.desk.export_roster(self.figma))
        self.assertEqual(hash(report), hash(self.desk.export_roster(self.figma)))
        self.assertNotEqual(report, self.desk.export_roster(self.figma, byte_order_mark=True))

    def test_options(self):
        report = self.desk.export_roster(
            self.figma, include_cost=True, profile=seatbook.CsvProfile.exact, byte_order_mark=True
        )
        self.assertTrue(report.csv.startswith(b"\xef\xbb\xbfName,"))
        self.assertIn(b"2026-03-01T12:00:00Z,,12.50", report.csv)
        later = self.desk.export_roster(self.figma, utc_offset_minutes=13 * 60)
        self.assertIn(b"2026-03-02", later.csv)

    def test_goes_to_a_file_or_a_callable(self):
        for export in (
            lambda **options: self.desk.export_roster(self.figma, **options),
            lambda **options: self.desk.export_seat_list(self.figma, sort="user", **options),
            lambda **options: self.desk.export_history(newest_first=True, **options),
        ):
            expected = export().csv
            file = io.BytesIO()
            report = export(to=file)
            self.assertIsNone(report.csv)
            self.assertEqual(file.getvalue(), expected)
            self.assertEqual(report.bytes, len(expected))
            taken = []
            export(to=taken.append)
            self.assertEqual(b"".join(taken), expected)
            self.assertEqual({type(each) for each in taken}, {bytes})
            path = pathlib.Path(self.path("file.csv"))
            with path.open("wb") as real:
                export(to=real)
            self.assertEqual(path.read_bytes(), expected)

    def test_false_stops(self):
        with self.assertRaises(seatbook.CancelledError):
            self.desk.export_roster(self.figma, to=lambda _bytes: False)
        for on in (True, None, 0):
            self.desk.export_roster(self.figma, to=lambda _bytes, on=on: on)

    def test_what_a_sink_raises_comes_out_unchanged(self):
        class Full(Exception):
            pass

        full = Full("disk")

        def sink(_bytes):
            raise full

        with self.assertRaises(Full) as caught:
            self.desk.export_roster(self.figma, to=sink)
        self.assertIs(caught.exception, full)
        with self.assertRaises(TypeError):
            self.desk.export_roster(self.figma, to=io.StringIO())
        with self.assertRaises(TypeError):
            self.desk.export_roster(self.figma, to=17)
        self.assertEqual(self.desk.export_roster(self.figma).rows, 1)

    def test_a_sink_may_use_the_book(self):
        def sink(_bytes):
            self.desk.add_person(name="Grace")

        self.desk.export_roster(self.figma, to=sink)
        self.assertEqual(len(self.desk.people()), 2)


class FilesIn(BookTest):
    CSV = "Name,Email\nGrace,grace@example.com\nJosé,jose@example.com\n,\n"

    def test_text_and_bytes(self):
        for csv in (self.CSV, self.CSV.encode(), b"\xef\xbb\xbf" + self.CSV.encode()):
            report = self.desk.import_people(csv=csv, dry_run=True)
            self.assertEqual((report.rows, report.added, report.empty), (3, 2, 1))
            self.assertTrue(report.dry_run)
        self.desk.import_people(csv=self.CSV)
        self.assertEqual([each.name for each in self.desk.people()], ["Ada", "Grace", "José"])
        for wrong in (1, None, io.BytesIO(b"Name\n"), ["Name"]):
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                self.desk.import_people(csv=wrong)

    def test_columns(self):
        csv = "Full name;Mail\nGrace;grace@example.com\n"
        for columns in (
            {"name": "Full name", "email": "Mail"},
            seatbook.PeopleColumns(name="Full name", email="Mail"),
        ):
            report = self.desk.import_people(csv=csv, columns=columns, dry_run=True)
            self.assertEqual(report.added, 1)
        with self.assertRaises(seatbook.ColumnMissingError):
            self.desk.import_people(csv=csv, columns=None)
        licenses = self.desk.import_licenses(
            csv="Product,Cost\nJira,$7.75\n",
            columns=seatbook.LicenseColumns(name="Product", cost_per_seat="Cost"),
            currency_sign="$", default_currency="USD", default_owner=self.ada,
        )  # fmt: skip
        self.assertEqual(licenses.added, 1)
        self.assertEqual(self.desk.licenses()[1].cost_per_seat, Decimal("7.75"))

    def test_errors_of_a_file(self):
        error = self.assert_refused(
            Code.invalid_file_encoding, "csv", self.desk.import_people, csv=b"Name\nA\xff\n"
        )
        self.assertEqual(error.values, (2, 7 - 1))
        self.assertIsInstance(error, ValueError)
        self.assert_refused(
            Code.invalid_text, "csv", self.desk.import_people, csv="Name\nA\udcff\n"
        )
        self.assert_refused(Code.header_missing, "csv", self.desk.import_people, csv="")
        self.assert_refused(
            Code.file_too_large, "csv", self.desk.import_people, csv=b"x" * (5 * 2**20 + 1)
        )

    def test_a_roster(self):
        csv = "Email,Role\nada@example.com,Editor\nnobody@example.com,\nwrong,\n"
        report = self.desk.import_roster(self.figma, csv=csv)
        self.assertEqual((report.rows, report.added, report.not_found, report.invalid),
                         (3, 1, 1, 1))  # fmt: skip
        self.assertEqual(report.unmatched_emails, ("nobody@example.com",))
        outcomes = [each.outcome for each in report.not_added]
        self.assertEqual(
            outcomes, [seatbook.RosterOutcome.not_found, seatbook.RosterOutcome.invalid]
        )
        self.assertEqual(report.not_added[0].code, Code.person_not_found)
        self.assertEqual(report.not_added[0].line, 3)
        self.assertEqual(report.column_name(report.not_added[1]), "Email")
        back = report.to_csv()
        self.assertIn(b"nobody@example.com", back)
        self.assertIn(b"nobody@example.com", report.to_csv(profile="exact"))
        again = self.desk.import_roster(self.figma, csv=back, dry_run=True)
        self.assertEqual(again.not_found, 1)
        repr(report)
        with self.assertRaises(seatbook.BulkRefusedError) as caught:
            self.desk.import_roster(self.figma, csv=csv, all_or_nothing=True)
        self.assertEqual([each.item for each in caught.exception.outcomes], [3, 4])

    def test_progress(self):
        progress = seatbook.Progress()
        self.desk.import_people(csv=self.CSV, progress=progress)
        self.assertEqual((progress.rows_done, progress.rows_total), (3, 3))
        self.assertFalse(progress.cancelled)
        progress = seatbook.Progress()
        progress.cancel()
        self.assertTrue(progress.cancelled)
        before = self.book.version
        with self.assertRaises(seatbook.CancelledError):
            self.desk.import_people(csv=self.CSV, progress=progress)
        self.assertEqual(self.book.version, before)
        with self.assertRaises(TypeError):
            self.desk.import_people(csv=self.CSV, progress=lambda: None)


class Listeners(BookTest):
    def test_are_told_what_was_committed(self):
        events = []
        notes = []
        first = self.book.subscribe(events.append)
        second = self.book.subscribe_notifications(notes.append)
        self.assertIsInstance(first, int)
        seat = self.desk.assign(self.figma, self.ada)
        self.assertEqual([each.kind for each in events], [seatbook.EventKind.software_assigned])
        self.assertEqual(events, list(self.desk.events_after(0).events))
        self.assertEqual(events[0].assignment, seat.assignment)
        self.assertEqual(events[0].person_email, "ada@example.com")
        self.assertEqual(events[0].at, NOON)
        self.assertEqual(events[0].actor.actor, "root")
        self.assertEqual([each.license_name for each in notes[0].seats], ["Figma"])
        self.book.unsubscribe(first)
        self.book.unsubscribe(second)
        self.desk.revoke(seat)
        self.assertEqual((len(events), len(notes)), (1, 1))

    def test_may_use_the_book(self):
        def listener(event):
            usage = self.desk.usage(event.license)
            self.desk.add_person(name=f"Seen {usage.used}")

        self.book.subscribe(listener)
        self.desk.assign(self.figma, self.ada)
        self.assertEqual(self.book.listener_failures, 0)
        self.assertEqual([each.name for each in self.desk.people()], ["Ada", "Seen 1"])

    def test_what_they_raise_undoes_nothing(self):
        told = []
        book = seatbook.open(on_listener_error=lambda *what: told.append(what))
        self.addCleanup(book.close)
        desk = book.session("root", role="admin")
        ada = desk.add_person(name="Ada")
        figma = desk.add_license(name="Figma", owner=ada)

        def listener(event):
            raise ValueError("cannot reach the chat")

        book.subscribe(listener)
        later = []
        book.subscribe(later.append)
        desk.assign(figma, ada)
        self.assertEqual(desk.usage(figma).used, 1)
        self.assertEqual(book.listener_failures, 1)
        self.assertEqual(len(later), 1)
        self.assertEqual(len(told), 1)
        self.assertIn("cannot reach the chat", repr(told[0]))

    def test_must_be_callable(self):
        for subscribe in (self.book.subscribe, self.book.subscribe_notifications):
            for wrong in (None, 17, "listener"):
                with self.assertRaises(TypeError):
                    subscribe(wrong)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Tests seatbook.testing."""

import unittest

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import seatbook
from seatbook.testing import NOON, TestBook, manual_clock, memory_book
from seatbook.testing import strategies as books

FEW = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


class MemoryBooks(unittest.TestCase):
    def test_add_people_licenses_and_seats(self):
        with memory_book() as kit:
            self.assertIsInstance(kit, TestBook)
            ada = kit.add_person("Ada")
            other = kit.add_person()
            self.assertEqual(kit.desk.get_person(ada).name, "Ada")
            self.assertEqual(kit.desk.get_person(other).email, "person2@example.com")
            inkwell = kit.add_license(total_seats=2)
            self.assertIs(type(inkwell), seatbook.LicenseId)
            seat = kit.add_seat(inkwell, ada, access_level="Editor")
            self.assertEqual(kit.desk.get_assignment(seat).assigned_at, NOON)
            kit.add_seat(license=inkwell)
            kit.add_seat()
            self.assertEqual(kit.desk.usage(inkwell).used, 2)
            self.assertEqual(
                len({each.owner for each in kit.desk.licenses()}), 1, "one owner for all"
            )
            self.assertEqual(kit.add_license(owner=ada), 3)
            self.assertIn("TestBook", repr(kit))
        with self.assertRaises(seatbook.BookClosedError):
            kit.desk.people()

    def test_have_a_manual_clock(self):
        with memory_book(start="2030-01-01T00:00:00Z") as kit:
            seat = kit.add_seat()
            later = kit.advance(days=40, hours=1)
            self.assertEqual(kit.clock.now(), later)
            self.assertEqual(str(later), "2030-02-10 01:00:00+00:00")
            self.assertEqual(kit.desk.reclaim_candidates()[0].assignment, seat)
        clock = manual_clock()
        self.assertEqual(clock.now(), NOON)
        with seatbook.open(clock=clock) as book:
            self.assertEqual(book.version, 0)

    def test_have_sessions_of_other_actors(self):
        with memory_book() as kit:
            ada = kit.add_person()
            with self.assertRaises(seatbook.PermissionDeniedError):
                kit.session("employee").people()
            self.assertEqual(len(kit.session("admin").people()), 1)
            self.assertEqual(len(kit.session(actor=None, person=ada).my_software(ada)), 0)
        with memory_book(role="employee") as kit, self.assertRaises(seatbook.PermissionDeniedError):
            kit.add_person()


class Values(unittest.TestCase):
    """Tests that generated values are accepted and too long ones are rejected."""

    def setUp(self):
        kit = memory_book()
        self.addCleanup(kit.close)
        self.desk = kit.desk
        self.owner = kit.add_person()
        self.license = kit.add_license(total_seats=None, currency="EUR")
        self.seat = kit.add_seat(self.license, self.owner)

    @FEW
    @given(st.data())
    def test_people_and_licenses_are_accepted(self, data):
        # Each example has a separate book, so that it does not depend on earlier examples.
        with memory_book() as kit:
            draw, desk = data.draw, kit.desk
            person = desk.add_person(**draw(books.people()))
            license = desk.add_license(**draw(books.licenses(st.just(person))))
            desk.set_total_seats(license, draw(books.total_seats()))
            desk.set_policy(license, draw(books.policies()))

    @FEW
    @given(
        books.access_levels(), books.accounts(), books.notes(), books.money(), books.reasons(),
        books.names(), books.vendors(), books.currencies(), books.days(), books.billing_periods(),
        books.request_ids(),
    )  # fmt: skip
    def test_members_are_accepted(
        self, access_level, account, notes, cost, reason, name, vendor, currency, day, period, token
    ):
        self.desk.edit_seat(
            self.seat, access_level=access_level, account=account, notes=notes, cost_override=cost
        )
        seat = self.desk.get_assignment(self.seat)
        self.assertEqual((seat.access_level, seat.account, seat.notes, seat.cost_override),
                         (access_level, account, notes, cost))  # fmt: skip
        self.desk.revoke_all(self.owner, reason=reason, dry_run=True)
        self.desk.edit_seat(self.seat, cost_override=None)  # frees the currency (C65)
        try:
            self.desk.update_license(
                self.license, name=name, vendor=vendor, currency=currency, renewal_date=day,
                billing_period=period, cost_per_seat=cost, request_id=token,
            )  # fmt: skip
        except seatbook.RepeatedRequestError:
            return
        license = self.desk.get_license(self.license)
        self.assertEqual((license.name, license.vendor, license.renewal_date),
                         (name, vendor, day))  # fmt: skip

    @FEW
    @given(books.instants())
    def test_instants_are_accepted(self, at):
        self.assertEqual(seatbook.ManualClock(at).now(), at)
        self.desk.holders_at(self.license, at)

    @FEW
    @given(books.roles(), books.permissions())
    def test_actors_are_accepted(self, role, permissions):
        may = {seatbook.Permission.assign, seatbook.Permission.edit} & set(permissions)
        with memory_book() as kit:
            for actor, allowed in (
                ({"role": role}, role <= seatbook.Role.admin), ({"permissions": permissions}, may),
            ):  # fmt: skip
                desk = kit.book.session("service", **actor)
                if allowed:
                    desk.can("assign")
                else:
                    self.assertFalse(desk.can("assign"))

    @FEW
    @given(st.data())
    def test_too_long_texts_are_rejected(self, data):
        for name, limit in (
            ("access_level", seatbook.MAX_ACCESS_LEVEL_LENGTH),
            ("account", seatbook.MAX_ACCOUNT_LENGTH), ("notes", seatbook.MAX_NOTES_LENGTH),
        ):  # fmt: skip
            text = data.draw(books.too_long(limit))
            with self.assertRaises(seatbook.TextTooLongError) as caught:
                self.desk.edit_seat(self.seat, **{name: text})
            self.assertEqual(caught.exception.field, name)
            text = data.draw(books.texts(limit))
            self.desk.edit_seat(self.seat, **{name: text})
            self.assertEqual(getattr(self.desk.get_assignment(self.seat), name), text)

    def test_limits_are_reached(self):
        """Texts at the limits are generated, in every UTF-8 width."""
        seen = set()

        @settings(FEW, max_examples=300)
        @given(books.texts(64))
        def look(text):
            seen.add((len(text), len(text.encode()) // max(1, len(text))))

        look()
        for length in (0, 63, 64):
            self.assertIn(length, {each for each, _ in seen})
        self.assertIn((64, 4), seen)


class Books(unittest.TestCase):
    @FEW
    @given(books.books())
    def test_random_commands_keep_the_rules(self, commands):
        with memory_book() as kit:
            for command in commands:
                before = kit.book.version
                result = command.run(kit.desk)
                if isinstance(result, seatbook.Error):
                    self.assertEqual(kit.book.version, before, command)
            self.assertEqual(kit.book.check_invariants(), [])
            for license in kit.desk.licenses():
                usage = kit.desk.usage(license)
                self.assertEqual(usage.used, len(kit.desk.license_seats(license)))
                if license.policy is seatbook.CapacityPolicy.enforce:
                    self.assertEqual(usage.over_by, 0)

    def test_random_commands_cover_every_operation_and_mostly_succeed(self):
        done = set()
        counts = [0, 0]

        @settings(FEW, max_examples=800)
        @given(books.books(min_commands=10))
        def look(commands):
            with memory_book() as kit:
                for command in commands:
                    refused = isinstance(command.run(kit.desk), seatbook.Error)
                    counts[refused] += 1
                    if not refused:
                        done.add(command.operation)

        look()
        self.assertGreaterEqual(len(done), 19, done)
        self.assertGreater(counts[0], sum(counts) / 4, counts)

    def test_repr_of_a_command(self):
        command = books.Command("assign", {"license": 1, "person": 2})
        self.assertEqual(repr(command), "desk.assign(license=1, person=2)")
        with memory_book() as kit:
            self.assertIsInstance(command.run(kit.desk), seatbook.LicenseNotFoundError)
            with self.assertRaises(TypeError):
                books.Command("assign", {"unknown": 1}).run(kit.desk)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Tests the arguments of calls and the actors of sessions."""

import inspect
import re
import unittest

import seatbook
from seatbook import Code
from support import NOON, BookTest


class Calls(BookTest):
    def test_leading_ids_can_be_positional(self):
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

    def test_unknown_and_missing_arguments_raise_type_error(self):
        for call in (
            lambda: self.desk.add_person(title="Ada"),
            lambda: self.desk.assign(self.figma, self.ada, "Editor"),
            lambda: self.desk.usage(),
            lambda: self.desk.usage(self.figma, self.figma),
            lambda: self.desk.usage(self.figma, license=self.figma),
            lambda: self.desk.record_uses(uses=[{"assignment": 1, "when": NOON}]),
            lambda: self.desk.import_people(csv="Name\n", columns={"title": "Name"}),
            lambda: self.desk.history(**{"from": 1}),
            lambda: seatbook.open(None, self.clock),
            lambda: seatbook.open(cloak=self.clock),
        ):
            with self.subTest(inspect.getsource(call).strip()), self.assertRaises(TypeError):
                call()

    def test_an_edit_keeps_clears_or_sets(self):
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

    def test_numbers_out_of_range_are_rejected(self):
        for wrong in (-1, 0, 2**32, 2**70):
            with self.subTest(wrong=wrong):
                self.assert_refused(Code.invalid_argument, "limit", self.desk.people, limit=wrong)

    def test_lists_of_items_can_be_any_iterable(self):
        people = [self.desk.add_person(name=name) for name in ("B", "C")]
        for items in (people, tuple(people), iter(people), {each.person for each in people},
                      (each for each in people)):  # fmt: skip
            result = self.desk.assign_many(self.figma, people=items, dry_run=True)
            self.assertEqual(result.summary.done, 2)
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
            result = self.desk.record_uses(uses=uses)
            self.assertEqual([each.code for each in result.outcomes], [Code.ok])
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
            str(inspect.signature(seatbook.Session.get_person)), "(self, person)"
        )
        self.assertEqual(
            list(inspect.signature(seatbook.open).parameters),
            ["path", "storage", "clock", "allow_clock_behind", "read_only", "must_exist",
             "durability", "on_listener_error", "on_log", "database"],
        )  # fmt: skip
        self.assertTrue((seatbook.__doc__ or "").strip())

    def test_members_and_arguments_are_documented_and_constructors_have_signatures(self):
        without = [
            f"{name}.{member}"
            for name in seatbook.__all__
            for member, value in getattr(getattr(seatbook, name), "__dict__", {}).items()
            if inspect.isgetsetdescriptor(value) and len(value.__doc__ or "") < 5
        ]
        self.assertEqual(without, [])
        for name, method in vars(seatbook.Session).items():
            if name.startswith("_") or name == "at_least":
                continue
            _, *arguments = inspect.signature(method).parameters
            texts = re.findall(rf"^({'|'.join(arguments) or '-'}): (.*)$", method.__doc__, re.M)
            self.assertEqual([argument for argument, _ in texts], arguments, name)
            self.assertGreater(min([20, *(len(text) for _, text in texts)]), 5, name)
        self.assertIn("AlreadyAssignedError", seatbook.Session.assign.__doc__)
        self.assertIn("hundredths of a percent", seatbook.UtilizationRow.basis_points.__doc__)
        for made, wanted in (
            (seatbook.ManualClock, ["start"]),
            (seatbook.Progress, []),
            (seatbook.SeatUse, ["assignment", "license", "email", "used_at"]),
            (seatbook.PeopleColumns, list(seatbook.PeopleColumns.__match_args__)),
            (seatbook.LicenseColumns, list(seatbook.LicenseColumns.__match_args__)),
        ):
            with self.subTest(made):
                self.assertEqual(list(inspect.signature(made).parameters), wanted)

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

    def test_can_returns_a_bool_and_why_not_an_error(self):
        self.assertIs(self.desk.can("assign"), True)
        self.assertIs(self.desk.can(seatbook.Operation.assign), True)
        self.assertIsNone(self.desk.why_not("assign"))
        guest = self.book.session("guest")
        self.assertIs(guest.can("assign"), False)
        reason = guest.why_not("assign")
        self.assertIsInstance(reason, seatbook.PermissionDeniedError)
        self.assertIs(reason.code, Code.permission_denied)
        self.assertIn("assign", str(reason))
        self.assertIs(self.desk.can("fly"), False)
        self.assertIs(self.desk.why_not("fly").code, Code.invalid_argument)
        self.assertEqual(self.desk.why_not("fly").field, "operation")
        self.book.close()
        self.assertIs(self.desk.can("assign"), False)
        self.assertIsInstance(self.desk.why_not("assign"), seatbook.BookClosedError)
        with self.assertRaises(TypeError):
            self.desk.can(1.5)

    def test_a_malformed_actor_is_rejected(self):
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


if __name__ == "__main__":
    unittest.main()

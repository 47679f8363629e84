#!/usr/bin/env python3
"""Tests the enumerations and the arguments accepted as enumerators."""

import enum
import pathlib
import pickle
import re
import unittest

import seatbook
from seatbook import Code
from support import BookTest

HEADERS = pathlib.Path(__file__).resolve().parents[3] / "include" / "seatbook"
ENUMS = [
    "Role", "Permission", "Operation", "PersonState", "LicenseState", "CapacityPolicy",
    "BillingPeriod", "HistoryKind", "EventKind", "SeatSort", "CsvProfile", "UtilizationBy",
    "RosterOutcome", "InventoryOutcome", "OffboardingOutcome", "DateOrder", "Code",
]  # fmt: skip


class Enums(unittest.TestCase):
    def numbers_in_headers(self):
        """Returns {"Role": {"super_admin": 0, ...}, ...}, read from the C++ headers."""
        source = "".join(path.read_text(encoding="utf-8") for path in sorted(HEADERS.glob("*.hpp")))
        source = re.sub(r"//[^\n]*", "", source)
        numbers = {}
        for name, body in re.findall(r"enum class (\w+) : [\w:]+ \{(.*?)\};", source, re.S):
            members = numbers.setdefault(name, {})
            for member, number in re.findall(r"(\w+)\s*(?:=\s*(\d+))?\s*(?:,|$)", body.strip()):
                members[member] = int(number) if number else len(members)
        table = (HEADERS / "operations.def").read_text(encoding="utf-8")
        operations = re.findall(r"^SEATBOOK_[A-Z]+\((\w+),", table, re.M)
        numbers["Operation"] = {name: number for number, name in enumerate(operations)}
        return numbers

    def test_are_int_enums_with_the_numbers_of_the_headers(self):
        numbers = self.numbers_in_headers()
        self.assertGreater(len(numbers["Operation"]), 50)
        for name in ENUMS:
            with self.subTest(name):
                kind = getattr(seatbook, name)
                self.assertTrue(issubclass(kind, enum.IntEnum))
                self.assertEqual({each.name: each.value for each in kind}, numbers[name])

    def test_pickle(self):
        self.assertIs(pickle.loads(pickle.dumps(seatbook.Role.manager)), seatbook.Role.manager)


class Choices(BookTest):
    def test_accept_members_names_and_texts(self):
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

    def test_reject_unknown_values(self):
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

    def test_errors_list_the_texts(self):
        desk = self.desk
        for field, call in (
            ("role", lambda text: self.book.session("a", role=text)),
            ("permissions", lambda text: self.book.session("a", permissions=[text])),
            ("durability", lambda text: seatbook.open(self.path(), durability=text)),
            ("policy", lambda text: desk.set_policy(self.figma, policy=text)),
            ("billing_period", lambda text: desk.update_license(self.figma, billing_period=text)),
            ("state", lambda text: desk.people(state=text)),
            ("state", lambda text: desk.licenses(state=text)),
            ("kind", lambda text: desk.history(kind=text)),
            ("sort", lambda text: desk.seat_list(sort=text)),
            ("profile", lambda text: desk.export_roster(self.figma, profile=text)),
            ("date_order", lambda text: desk.import_licenses("Name", date_order=text)),
            ("by", lambda text: desk.utilization(by=text)),
        ):
            with self.subTest(field):
                error = self.assert_refused(Code.invalid_argument, field, call, "it boss")
                self.assertRegex(error.message, rf"^{field} must be (\S+, )*\S+ or \S+$")
                for text in re.findall(r"[\w-]+", error.message.partition(" must be ")[2]):
                    if text == "or":
                        continue
                    try:
                        call(text)
                    except seatbook.Error as accepted:
                        self.assertNotEqual(accepted.field, field, text)
        self.assertIn("it-admin", self.assert_refused(
            Code.invalid_argument, "role", self.book.session, "a", role="it admin").message)
        self.assertIn("usage", desk.why_not("fly").message)


if __name__ == "__main__":
    unittest.main()

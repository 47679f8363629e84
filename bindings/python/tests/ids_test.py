#!/usr/bin/env python3
"""Tests ids: separate types, and records accepted instead of ids."""

import pickle
import unittest
from decimal import Decimal

import seatbook
from support import NOON, BookTest


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

    def test_accept_only_numbers(self):
        self.assertEqual(seatbook.PersonId(3), 3)
        self.assertEqual(seatbook.PersonId("3"), 3)  # e.g. from a URL
        self.assertEqual(seatbook.PersonId(seatbook.PersonId(3)), 3)
        for wrong in (seatbook.LicenseId(3), 1.5, True, None, Decimal(3), b"3", self.ada):
            with self.subTest(wrong=wrong), self.assertRaises(TypeError):
                seatbook.PersonId(wrong)
        with self.assertRaises(TypeError):
            seatbook.PersonId()

    def test_of_another_type_raise_type_error(self):
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

    def test_out_of_range_are_rejected(self):
        for wrong in (-1, 2**63, 2**64, 10**30):
            with self.subTest(wrong=wrong), self.assertRaises(seatbook.Error):
                self.desk.get_person(wrong)

    def test_records_and_rows_are_accepted_as_ids(self):
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

    def test_records_are_accepted_after_reopening(self):
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


if __name__ == "__main__":
    unittest.main()

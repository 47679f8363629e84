#!/usr/bin/env python3
"""Tests the exception classes: one for each code, with fitting builtin bases."""

import datetime
import pickle
import unittest

import seatbook
from seatbook import Code
from seatbook.testing.storage import MemoryStorage
from support import BookTest


def error_class(code):
    name = "".join(word.capitalize() for word in code.name.split("_"))
    return getattr(seatbook, name + "Error")


class Errors(BookTest):
    def test_class_of_accepts_a_code_a_number_or_a_name(self):
        for code in (Code.person_not_found, 30, "person_not_found"):
            with self.subTest(code):
                self.assertIs(seatbook.class_of(code), seatbook.PersonNotFoundError)
        for unknown in (9999, "person_unknown", ""):
            with self.subTest(unknown):
                self.assertIs(seatbook.class_of(unknown), seatbook.Error)

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

    def test_attributes(self):
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

    def test_messages_of_the_package_name_the_field(self):
        naive = datetime.datetime(2026, 3, 1)
        for field, call in (
            ("at", lambda: self.desk.holders_at(self.figma, naive)),
            ("start", lambda: seatbook.ManualClock(naive)),
            ("instant", lambda: self.clock.set("soon")),
            ("by", lambda: self.clock.advance(datetime.timedelta.max)),
            ("by", lambda: self.clock.advance(datetime.timedelta.min)),
            ("person", lambda: self.desk.get_person(-1)),
            ("limit", lambda: self.desk.people(limit=2**40)),
            ("csv", lambda: self.desk.import_people("\ud800")),
            ("request_id", lambda: self.desk.add_person(name="A", request_id=b"short")),
            ("mode", lambda: self.desk.people().to_dicts(mode="xml")),
            ("listener", lambda: self.book.unsubscribe(-1)),
            ("must_exist", lambda: seatbook.open(must_exist=True)),
            ("durability", lambda: seatbook.open(durability="relaxed")),
            ("durability", lambda: seatbook.open("acme.db", durability="fast")),
            ("storage", lambda: seatbook.open("acme.db", storage=MemoryStorage())),
        ):
            with self.subTest(field):
                error = self.assert_refused(None, field, call)
                self.assertRegex(error.message, rf"^{field} must (be|have|keep) ")

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

    def test_can_be_caught_by_their_builtin_base(self):
        with self.assertRaises(LookupError):
            self.desk.get_person(99)
        with self.assertRaises(ValueError):
            self.desk.people(limit=0)


if __name__ == "__main__":
    unittest.main()

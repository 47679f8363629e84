#!/usr/bin/env python3
"""seatbook.open() follows the environment variable SEATBOOK_NOW."""

import datetime
import inspect
import os
import unittest
from unittest import mock

import seatbook
from support import NOON, UTC

VARIABLE = "SEATBOOK_NOW"


def environment(now):
    return mock.patch.dict(os.environ, {VARIABLE: now})


def time_of_first_change(**options):
    """Opens a book, adds a person and returns the recorded time."""
    with seatbook.open(**options) as book:
        session = book.session("desk", role="super_admin")
        session.add_person(name="Ada")
        return session.history()[0].row.at


class EnvironmentTest(unittest.TestCase):
    def test_fixes_the_time_of_a_book(self):
        with environment("2026-03-02T09:00:00Z"):
            expected = datetime.datetime(2026, 3, 2, 9, tzinfo=UTC)
            self.assertEqual(time_of_first_change(), expected)
            self.assertEqual(time_of_first_change(clock=None), expected)

    def test_accepts_an_offset(self):
        with environment("2026-03-02T11:00:00+02:00"):
            expected = datetime.datetime(2026, 3, 2, 9, tzinfo=UTC)
            self.assertEqual(time_of_first_change(), expected)

    def test_an_explicit_clock_takes_precedence(self):
        with environment("2026-03-02T09:00:00Z"):
            self.assertEqual(time_of_first_change(clock=seatbook.ManualClock(NOON)), NOON)

    def test_an_unset_or_empty_variable_has_no_effect(self):
        before = datetime.datetime.now(UTC) - datetime.timedelta(seconds=1)
        with environment(""):
            self.assertGreater(time_of_first_change(), before)
            del os.environ[VARIABLE]
            self.assertGreater(time_of_first_change(), before)

    def test_an_invalid_value_fails_and_names_the_variable(self):
        for value in ("tomorrow", "2026-13-45T00:00:00Z", "12:00"):
            with self.subTest(value), environment(value):
                with self.assertRaises(seatbook.InvalidDateError) as raised:
                    seatbook.open()
                self.assertIn(f"{VARIABLE} must be an instant", str(raised.exception))
                self.assertIn(value, str(raised.exception))

    def test_open_keeps_its_signature_and_documentation(self):
        self.assertEqual(seatbook.open.__module__, "seatbook")
        self.assertIn("must_exist", inspect.signature(seatbook.open).parameters)
        self.assertIn("Opens a book", seatbook.open.__doc__)


if __name__ == "__main__":
    unittest.main()

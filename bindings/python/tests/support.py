"""Shared helpers of the package's tests."""

import contextlib
import datetime
import faulthandler
import os
import tempfile
import unittest

import seatbook

UTC = datetime.timezone.utc
NOON = datetime.datetime(2026, 3, 1, 12, tzinfo=UTC)
# Longer than any test needs. On a deadlock the stacks of all threads are printed and the run ends.
ALARM_SECONDS = 120


@contextlib.contextmanager
def alarm():
    faulthandler.dump_traceback_later(ALARM_SECONDS, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


class BookTest(unittest.TestCase):
    """An in-memory book with one person and one license of three seats."""

    def setUp(self):
        self.clock = seatbook.ManualClock(NOON)
        self.book = seatbook.open(clock=self.clock)
        self.addCleanup(self.book.close)
        self.desk = self.book.session("root", role="super-admin")
        self.ada = self.desk.add_person(name="Ada", email="ada@example.com")
        self.figma = self.desk.add_license(
            name="Figma", total_seats=3, owner=self.ada, currency="EUR"
        )

    def folder(self):
        folder = tempfile.TemporaryDirectory(prefix="seatbook-test-")
        self.addCleanup(folder.cleanup)
        return folder.name

    def path(self, name="acme.db"):
        return os.path.join(self.folder(), name)

    def assert_refused(self, code, field, call, *arguments, **keywords):
        """Asserts that the call fails with this code and field; None: any. Returns the error."""
        with self.assertRaises(seatbook.Error) as caught:
            call(*arguments, **keywords)
        if code is not None:
            self.assertEqual(caught.exception.code, code, caught.exception)
        if field is not None:
            self.assertEqual(caught.exception.field, field)
        return caught.exception

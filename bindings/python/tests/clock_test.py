#!/usr/bin/env python3
"""Tests clocks written in Python, of the host and of a storage, and backups by a storage."""

import datetime
import gc
import json
import os
import threading
import unittest
import weakref

import seatbook
from seatbook import Code
from seatbook.testing.storage import MemoryStorage
from support import NOON, BookTest, alarm

HOUR = datetime.timedelta(hours=1)


class HostClock(BookTest):
    def open(self, clock, **options):
        book = seatbook.open(clock=clock, **options)
        self.addCleanup(book.close)
        return book, book.session("root", role="super_admin")

    def test_a_callable_dates_the_records(self):
        times = [NOON]
        for options in ({}, {"path": self.path()}, {"storage": MemoryStorage()}):
            book, desk = self.open(lambda: times[0], **options)
            times[0] = NOON
            desk.add_person(name="Ada")
            times[0] = (NOON + HOUR).astimezone(datetime.timezone(5 * HOUR))
            desk.add_person(name="Bo")
            self.assertEqual([entry.row.at for entry in desk.history()], [NOON, NOON + HOUR])
            with self.assertRaises(seatbook.ClockBehindError):
                times[0] = NOON
                desk.add_person(name="Cy")
            book.close()

    def test_queries_use_it(self):
        now = [NOON]
        _, desk = self.open(lambda: now[0])
        ada = desk.add_person(name="Ada")
        desk.assign(desk.add_license(name="Figma", owner=ada), ada)
        self.assertEqual(desk.seat_list(new_seat_grace_days=30)[0].inactive, False)
        now[0] += 40 * 24 * HOUR
        self.assertEqual(desk.seat_list(new_seat_grace_days=30)[0].inactive, True)

    def test_exceptions_reach_the_caller(self):
        failing = []

        def clock():
            if failing:
                raise failing[0]
            return NOON

        for options in ({}, {"storage": MemoryStorage()}):
            book, desk = self.open(clock, **options)
            desk.add_person(name="Ada")
            before = book.dump()
            for raised in (KeyError("time"), KeyboardInterrupt(), seatbook.StorageFailedError("x")):
                failing.append(raised)
                for call in (
                    lambda: desk.add_person(name="Bo"),
                    lambda: desk.import_people(csv="Name\nBo\n"),
                    lambda: desk.import_people(csv="Name\nBo\n", progress=lambda *rows: None),
                    lambda: desk.seat_list(inactive_only=True),
                ):
                    with self.assertRaises(type(raised)) as caught:
                        call()
                    self.assertIs(caught.exception, raised)
                failing.clear()
                self.assertEqual(book.dump(), before)
            desk.add_person(name="Bo")
            book.close()

    def test_the_result_is_checked(self):
        results = []
        book, desk = self.open(lambda: results[0])
        for result, expected in (
            (NOON.replace(tzinfo=None), seatbook.InvalidArgumentError),
            (None, TypeError),
            (1772366400.0, TypeError),
            ("noon", seatbook.InvalidDateError),
            (datetime.datetime(1969, 1, 1, tzinfo=datetime.timezone.utc),
             seatbook.DateOutOfRangeError),
        ):  # fmt: skip
            with self.subTest(result), self.assertRaisesRegex(expected, "clock"):
                results[:] = [result]
                desk.add_person(name="Ada")
        self.assertEqual(book.version, 0)
        results[:] = ["2026-03-01T12:00:00Z"]
        desk.add_person(name="Ada")
        self.assertEqual(desk.history()[0].row.at, NOON)

    def test_must_be_a_clock_or_a_callable(self):
        for clock in (NOON, "now", 1, datetime.timezone.utc):
            with self.assertRaisesRegex(TypeError, "'clock' must be a ManualClock or a callable"):
                seatbook.open(clock=clock)

    def test_cannot_use_its_own_book(self):
        uses = []

        def clock():
            if uses:
                uses[0]()
            return NOON

        with alarm():
            book, desk = self.open(clock)
            desk.add_person(name="Ada")
            for use in (desk.people, lambda: desk.add_person(name="Bo"), book.refresh, book.dump):
                uses[:] = [use]
                error = self.assert_refused(
                    Code.invalid_argument, None, desk.add_person, name="Cy"
                )
                self.assertIn("a storage or a clock cannot use the book", error.message)
            uses.clear()
            self.assertEqual(len(desk.people()), 1)

    def test_threads(self):
        with alarm():
            _, desk = self.open(lambda: datetime.datetime.now(datetime.timezone.utc))

            def work():
                for _ in range(100):
                    desk.add_person(name="P")
                    desk.seat_list()

            threads = [threading.Thread(target=work) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            times = [entry.row.at for entry in desk.history(limit=1000)]
            self.assertEqual(times, sorted(times))
            self.assertEqual(len(times), 400)

    def test_is_released_with_the_book(self):
        class Callable:
            def __call__(self):
                return NOON

        clock = Callable()
        gone = weakref.ref(clock)
        book, _ = self.open(clock)
        del clock
        gc.collect()
        self.assertIsNotNone(gone())
        book.close()
        self.assertIsNone(gone())


class Shared(MemoryStorage):
    """A storage with a clock and backups."""

    def __init__(self, clock=None):
        super().__init__()
        self.of_server = clock
        self.use = None

    def clock(self):
        return self.of_server

    def backup_to(self, path):
        if self.use:
            self.use()
        with open(path, "x", encoding="utf-8") as file:
            json.dump(sorted(map(str, self.rows)), file)


class StorageClock(BookTest):
    def test_dates_the_records(self):
        for clock in (seatbook.ManualClock(NOON + HOUR), lambda: NOON + HOUR):
            with seatbook.open(storage=Shared(clock)) as book:
                desk = book.session("root", role="super_admin")
                desk.add_person(name="Ada")
                self.assertEqual(desk.history()[0].row.at, NOON + HOUR)

    def test_the_clock_of_the_host_comes_first(self):
        with seatbook.open(storage=Shared(lambda: NOON + HOUR), clock=self.clock) as book:
            desk = book.session("root", role="super_admin")
            desk.add_person(name="Ada")
            self.assertEqual(desk.history()[0].row.at, NOON)

    def test_without_one_the_machine_has_the_time(self):
        with seatbook.open(storage=Shared()) as book:
            desk = book.session("root", role="super_admin")
            before = datetime.datetime.now(datetime.timezone.utc)
            desk.add_person(name="Ada")
            self.assertLess(abs(desk.history()[0].row.at - before), HOUR)

    def test_errors(self):
        class Failing(Shared):
            def clock(self):
                raise KeyError("clock")

        with self.assertRaises(KeyError):
            seatbook.open(storage=Failing())
        with self.assertRaisesRegex(TypeError, "'clock' must be"):
            seatbook.open(storage=Shared(clock=NOON))


class Backups(BookTest):
    def open(self, storage):
        book = seatbook.open(storage=storage, clock=self.clock)
        self.addCleanup(book.close)
        book.session("root", role="super_admin").add_person(name="Ada")
        return book

    def test_the_storage_makes_them(self):
        book = self.open(Shared())
        path = self.path("größer.json")
        book.backup_to(path)
        with open(path, encoding="utf-8") as file:
            self.assertIn("('people', 1)", json.load(file))
        with self.assertRaises(FileExistsError):
            book.backup_to(path)
        other = os.path.join(os.path.dirname(path), "other.json")
        book.backup_to(os.fsencode(other) if os.name == "posix" else other)
        self.assertTrue(os.path.exists(other))

    def test_they_can_use_the_book(self):
        storage = Shared()
        book = self.open(storage)
        storage.use = book.refresh
        with alarm():
            book.backup_to(self.path())

    def test_errors(self):
        book = self.open(MemoryStorage())
        self.assert_refused(Code.unsupported_storage, None, book.backup_to, self.path())
        storage = Shared()
        book = self.open(storage)

        def refuse():
            raise seatbook.InvalidArgumentError("the path must be relative", field="path")

        storage.use = refuse
        self.assert_refused(Code.invalid_argument, "path", book.backup_to, self.path())


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Tests object lifetimes: nothing is freed too early, and nothing leaks."""

import ctypes
import gc
import pathlib
import resource
import subprocess
import sys
import unittest
import weakref

import seatbook
from seatbook import Code
from support import NOON, BookTest


def resident_bytes():
    """Returns the resident memory of this process after malloc_trim()."""
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(pathlib.Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


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

    def test_a_closed_book_frees_its_memory_while_sessions_exist(self):
        csv = "Name,Email\n" + "".join(
            f"Person number {n},person{n}@example.com\n" for n in range(5_000))  # fmt: skip
        sessions, largest_book, after_first = [], 0, 0
        for round_number in range(20):
            before = resident_bytes()
            book = seatbook.open()
            desk = book.session("root", role="admin")
            desk.import_people(csv)
            largest_book = max(largest_book, resident_bytes() - before)
            book.close()
            sessions.append(desk)
            if round_number == 0:
                after_first = resident_bytes()
        self.assertGreater(largest_book, 1 << 20)
        self.assertLess(resident_bytes() - after_first, largest_book)
        for desk in sessions:
            self.assert_refused(Code.book_closed, None, desk.people)

    def test_a_book_keeps_its_clock(self):
        book = seatbook.open(clock=seatbook.ManualClock(NOON))
        gc.collect()
        desk = book.session("root", role="admin")
        desk.add_person(name="Ada")
        self.assertEqual(desk.history()[0].row.at, NOON)
        book.close()

    def test_a_closed_book_releases_its_listeners(self):
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

    def test_a_program_can_end_without_closing(self):
        path = self.path()
        program = (
            "import seatbook, sys\n"
            "events = []\n"
            "book = seatbook.open(sys.argv[1])\n"
            "desk = book.session('root', role='admin')\n"
            "book.subscribe(lambda event: events.append((event, desk)))\n"
            "ada = desk.add_person(name='Ada')\n"
            "desk.assign(desk.add_license(name='Figma', owner=ada), ada)\n"
            "rows = desk.people()\n"
        )
        for ending in ("", "sys.exit(0)", "del book, desk, events, rows", "del seatbook"):
            with self.subTest(ending=ending):
                subprocess.run(
                    [sys.executable, "-c", program + ending, path], check=True, timeout=60
                )
        with seatbook.open(path) as book:
            self.assertEqual(book.version, 12)

    def test_a_file_is_unlocked_when_its_book_is_collected(self):
        path = self.path()
        for _ in range(3):
            desk = seatbook.open(path).session("root", role="admin")
            desk.add_person(name="Ada")
            del desk
            gc.collect()
        with seatbook.open(path) as book:
            self.assertEqual(book.version, 3)


if __name__ == "__main__":
    unittest.main()

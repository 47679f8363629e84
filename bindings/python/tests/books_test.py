#!/usr/bin/env python3
"""Tests books in memory and in files."""

import datetime
import gc
import os
import pathlib
import unittest
import weakref

import seatbook
from seatbook import Code
from support import NOON, BookTest


class Books(BookTest):
    def test_is_a_context_manager(self):
        with seatbook.open() as book:
            self.assertFalse(book.closed)
        self.assertTrue(book.closed)
        book.close()
        with self.assertRaises(ZeroDivisionError), seatbook.open() as book:
            _ = 1 / 0
        self.assertTrue(book.closed)

    def test_every_call_to_a_closed_book_fails(self):
        self.book.close()
        self.assertTrue(self.book.closed)
        self.book.close()
        for call in (
            self.book.refresh, self.book.dump, self.book.check_invariants, self.desk.people,
            lambda: self.book.session("root", role="admin").people(),
            lambda: self.desk.add_person(name="Grace"),
            lambda: self.desk.export_roster(self.figma),
            lambda: self.desk.import_people(csv="Name\nGrace\n"),
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

    def test_type_errors_name_the_argument(self):
        for call, wanted in (
            (lambda: self.book.subscribe(None), "'listener' must be a callable, not NoneType"),
            (
                lambda: self.book.subscribe_notifications(1),
                "'listener' must be a callable, not int",
            ),
            (lambda: self.book.unsubscribe("x"), "'listener' must be an int, not str"),
            (lambda: seatbook.open(durability=None), "'durability' must be a str, not NoneType"),
            (lambda: seatbook.open(read_only="no"), "'read_only' must be True or False, not str"),
            (lambda: seatbook.open(must_exist=None), "'must_exist' must be True or False"),
            (lambda: seatbook.open(allow_clock_behind=1), "'allow_clock_behind' must be True or"),
            (lambda: seatbook.open(on_listener_error=1), "'on_listener_error' must be a callable"),
            (lambda: seatbook.create_schema(None), "'url' must be a str, not NoneType"),
            (lambda: seatbook.Session.assign(), "assign() must be called on a session"),
            (lambda: seatbook.Session.assign(self.book), "a seatbook.Session is required, not "),
        ):
            with self.subTest(wanted), self.assertRaises(TypeError) as caught:
                call()
            self.assertTrue(str(caught.exception).startswith(wanted), caught.exception)

    def test_an_unknown_role_is_rejected_by_session(self):
        for role in ("king", ""):
            self.assert_refused(
                Code.invalid_argument, "role", self.book.session, "root", role=role
            )
        with self.assertRaises(TypeError):
            self.book.session("root", role=99)

    def test_support_weak_references(self):
        book = seatbook.open()
        notes = weakref.WeakKeyDictionary({book: "mine"})
        session = book.session("root", role="super_admin")
        self.assertEqual(notes[book], "mine")
        del book
        gc.collect()
        self.assertEqual(len(notes), 0)
        self.assertEqual(len(session.people()), 0)  # the session keeps the book open

    def test_repr(self):
        self.assertIn("Book", repr(self.book))
        self.assertIn("Session", repr(self.desk))

    def test_classes_cannot_be_instantiated(self):
        for cls in (seatbook.Book, seatbook.Session):
            with self.assertRaises(TypeError):
                cls()


class Files(BookTest):
    def fill(self, book):
        desk = book.session("root", role="admin")
        ada = desk.add_person(name="Ada", email="ada@example.com")
        return desk.add_license(name="Figma", owner=ada)

    def test_a_book_in_a_file_can_be_reopened(self):
        path = pathlib.Path(self.path("a book with ü.db"))
        with seatbook.open(path) as book:
            self.fill(book)
            dump = book.dump()
        self.assertTrue(path.exists())
        for spelled in (path, str(path)):
            with seatbook.open(spelled, must_exist=True) as book:
                self.assertEqual(book.dump(), dump)
                self.assertEqual(book.version, 2)

    def test_memory_path(self):
        before = os.getcwd()
        os.chdir(os.path.dirname(self.path()))
        try:
            with seatbook.open(":memory:", clock=self.clock) as book:
                self.fill(book)
            for name in (":memory", "file:book.db", pathlib.Path(":memory:")):
                self.assert_refused(Code.invalid_argument, "path", seatbook.open, name)
            for path in (None, ":memory:"):
                for option in ({"must_exist": True}, {"durability": "relaxed"}):
                    field = next(iter(option))
                    self.assert_refused(
                        Code.invalid_argument, field, seatbook.open, path, **option
                    )
            self.assertEqual(os.listdir("."), [])
            with seatbook.open("./:memory:") as book:
                self.fill(book)
            self.assertTrue(os.path.isfile(":memory:"))
        finally:
            os.chdir(before)

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

    def test_a_file_can_be_opened_only_once(self):
        path = self.path()
        with seatbook.open(path):
            with self.assertRaises(seatbook.StorageInUseError) as caught:
                seatbook.open(path)
            self.assertIsInstance(caught.exception, OSError)
        seatbook.open(path).close()

    def test_other_files_are_rejected(self):
        path = self.path()
        pathlib.Path(path).write_bytes(b"name,email\r\n" * 1000)
        self.assert_refused(Code.not_a_book, None, seatbook.open, path)

    def test_allow_clock_behind(self):
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


if __name__ == "__main__":
    unittest.main()

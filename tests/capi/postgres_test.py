#!/usr/bin/env python3
"""Tests books in a PostgreSQL database through the C API only.

    postgres_test.py LIBRARY      with SEATBOOK_TEST_POSTGRES set, as tests/postgres/server.py does

Two books with separate connections share a database: each observes the changes of the other, and
the last seat is assigned only once.
"""

import ctypes
import os
import runpy
import sys
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
# The binding of docs/guides/bindings.md, which loads the library named on the command line.
binding = runpy.run_path(str(PROJECT / "capi/examples/binding.py"), run_name="binding")
lib, checked, packed = binding["lib"], binding["checked"], binding["packed"]
Session, Error = binding["Session"], binding["Error"]
lib.seatbook_book_version.restype = ctypes.c_uint64
URL = os.environ["SEATBOOK_TEST_POSTGRES"].encode()


def open_book(**options):
    book, keep = ctypes.c_void_p(), []
    memory = packed("seatbook_open_options", {"book": "acme", **options}, keep)
    checked(lib.seatbook_open, URL, ctypes.c_size_t(len(URL)), memory, ctypes.byref(book))
    return book


class PostgresTest(unittest.TestCase):
    def test_two_books_on_one_database(self):
        with self.assertRaises(Error) as no_tables:
            open_book()
        self.assertEqual(no_tables.exception.code, "not_a_book")
        checked(lib.seatbook_schema_create, URL, ctypes.c_size_t(len(URL)), None)
        with self.assertRaises(Error) as missing:
            open_book(must_exist=True)
        self.assertEqual((missing.exception.code, missing.exception.field),
                         ("invalid_argument", "book"))  # fmt: skip

        first, second = open_book(), open_book()
        here = Session(first, actor="here", role="admin")
        there = Session(second, actor="there", role="admin")
        ada = here.add_person(name="Ada")["person"]
        bo = there.add_person(name="Bo")["person"]
        self.assertEqual((ada, bo), (1, 2))
        inkwell = here.add_license(name="Inkwell", owner=ada)["license"]
        there.assign(license=inkwell, person=bo)
        with self.assertRaises(Error) as full:
            here.assign(license=inkwell, person=ada)
        self.assertEqual(full.exception.code, "no_seats_remaining")

        version = ctypes.c_uint64()
        checked(lib.seatbook_book_refresh, first, ctypes.byref(version))
        self.assertEqual(version.value, 4)
        self.assertEqual(here.usage(license=inkwell)["text"], "1/1")
        with self.assertRaises(Error) as later:
            self.at_least(here, 5)
        self.assertEqual(later.exception.code, "book_behind")
        for session, book in ((here, first), (there, second)):
            lib.seatbook_session_free(session.handle)
            lib.seatbook_book_free(book)

    def test_a_book_is_dropped(self):
        keep, schema = [], "dropping"
        memory = packed("seatbook_open_options", {"schema": schema}, keep)
        checked(lib.seatbook_schema_create, URL, ctypes.c_size_t(len(URL)), memory)
        book = open_book(schema=schema)
        with self.assertRaises(Error) as other:
            self.drop(b"main", book="acme", schema=schema)
        self.assertEqual((other.exception.code, other.exception.field),
                         ("invalid_argument", "confirm"))  # fmt: skip
        with self.assertRaises(Error) as option:
            self.drop(b"acme", book="acme", schema=schema, read_only=True)
        self.assertEqual(option.exception.field, "read_only")
        version = ctypes.c_uint64()
        checked(lib.seatbook_book_refresh, book, ctypes.byref(version))
        self.drop(b"acme", book="acme", schema=schema)
        with self.assertRaises(Error) as dropped:
            checked(lib.seatbook_book_refresh, book, ctypes.byref(version))
        self.assertEqual(dropped.exception.code, "book_needs_reopen")
        with self.assertRaises(Error) as missing:
            self.drop(b"acme", book="acme", schema=schema)
        self.assertEqual((missing.exception.code, missing.exception.field),
                         ("invalid_argument", "book"))  # fmt: skip
        lib.seatbook_book_free(book)

    @staticmethod
    def drop(confirm, **options):
        keep = []
        memory = packed("seatbook_open_options", options, keep)
        checked(lib.seatbook_book_drop, URL, ctypes.c_size_t(len(URL)), confirm,
                ctypes.c_size_t(len(confirm)), memory)  # fmt: skip

    @staticmethod
    def at_least(session, version):
        later = Session.__new__(Session)
        later.handle = ctypes.c_void_p()
        checked(lib.seatbook_session_at_least, session.handle, ctypes.c_uint64(version),
                ctypes.byref(later.handle))  # fmt: skip
        try:
            return later.people()
        finally:
            lib.seatbook_session_free(later.handle)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])

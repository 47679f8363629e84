#!/usr/bin/env python3
"""Tests that libseatbook.so needs libpq only to open a book in PostgreSQL.

    libpq_test.py LIBRARY CC

Needs no server: it tests a missing and an old libpq.
"""

import ctypes
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

LIBRARY = CC = None
UNSUPPORTED_STORAGE = 108
URL = b"postgresql://nouser@127.0.0.1:1/nothing"
OLD = "int PQlibVersion(void); int PQlibVersion(void) { return 130014; }"


def open_book(library):
    """Returns the code and the message of opening a book in PostgreSQL."""
    lib = ctypes.CDLL(library)
    lib.seatbook_error_message.restype = ctypes.c_char_p
    book, error = ctypes.c_void_p(), ctypes.c_void_p()
    code = lib.seatbook_open(URL, ctypes.c_size_t(len(URL)), None, ctypes.byref(book),
                             ctypes.byref(error))  # fmt: skip
    return code, lib.seatbook_error_message(error).decode()


class LibpqTest(unittest.TestCase):
    def open_with(self, folder):
        """Calls open_book() in a process that loads shared libraries from the folder first."""
        run = subprocess.run(
            [sys.executable, __file__, "--open", LIBRARY],
            env={**os.environ, "LD_LIBRARY_PATH": str(folder)},
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        code, _, message = run.stdout.strip().partition(" ")
        return int(code), message

    def test_libpq_is_not_linked(self):
        run = subprocess.run(["readelf", "-d", LIBRARY], check=True, capture_output=True, text=True)
        needed = re.findall(r"NEEDED.*\[(.*)\]", run.stdout)
        self.assertTrue(needed, run.stdout)
        self.assertEqual([name for name in needed if "libpq" in name], [])

    def test_unloadable_libpq_is_unsupported_storage(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "libpq.so.5").touch()
            code, message = self.open_with(folder)
            self.assertEqual(code, UNSUPPORTED_STORAGE, message)
            self.assertIn("libpq.so.5", message)
            self.assertIn("libpq5", message)

    def test_a_libpq_that_is_too_old(self):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "old.c"
            source.write_text(OLD, encoding="ascii")
            subprocess.run([CC, "-shared", "-fPIC", "-o", f"{folder}/libpq.so.5", source], check=True)
            code, message = self.open_with(folder)
            self.assertEqual(code, UNSUPPORTED_STORAGE, message)
            self.assertIn("older than version 14", message)

    def test_a_libpq_that_is_there(self):
        code, message = open_book(LIBRARY)
        self.assertNotEqual(code, UNSUPPORTED_STORAGE, message)


if __name__ == "__main__":
    if sys.argv[1] == "--open":
        print(*open_book(sys.argv[2]))
    else:
        LIBRARY, CC = sys.argv[1:3]
        unittest.main(argv=sys.argv[:1])

"""Tests that the module needs libpq only to open a book in PostgreSQL."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import seatbook

OPEN = """
import seatbook
try:
    seatbook.open("postgresql://stranger@127.0.0.1:1/nothing")
except seatbook.Error as error:
    print(error.code.name, str(error))
"""


class LibpqTest(unittest.TestCase):
    @unittest.skipUnless(shutil.which("readelf"), "needs readelf")
    def test_libpq_is_not_linked(self):
        run = subprocess.run(
            ["readelf", "-d", seatbook._core.__file__], check=True, capture_output=True, text=True
        )
        needed = re.findall(r"NEEDED.*\[(.*)\]", run.stdout)
        self.assertTrue(needed, run.stdout)
        self.assertEqual([name for name in needed if "libpq" in name], [])

    def test_opening_fails_if_libpq_cannot_be_loaded(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "libpq.so.5").touch()
            run = subprocess.run(
                [sys.executable, "-c", OPEN],
                env={**os.environ, "LD_LIBRARY_PATH": folder},
                check=True, capture_output=True, text=True,
            )  # fmt: skip
        self.assertTrue(run.stdout.startswith("unsupported_storage "), run.stdout)


if __name__ == "__main__":
    unittest.main()

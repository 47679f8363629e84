"""Tests the command with books in PostgreSQL; SEATBOOK_TEST_POSTGRES is the server's URL."""

import os
import unittest

from command_test import REFUSED, STORAGE_TROUBLE, WRONG_USAGE, CommandTest

URL = os.environ["SEATBOOK_TEST_POSTGRES"]


class DatabaseCommandTest(CommandTest):
    def setUp(self):
        super().setUp()
        self.named = {"book": URL, "SEATBOOK_NAME": self.id()}
        self.ok("init", **self.named)

    def test_init_creates_a_named_book_only_once(self):
        self.assertIn("already exists", self.fails(WRONG_USAGE, "init", **self.named))
        self.ok("people", "add", "Ada", "ada@example.com", **self.named)
        self.assertIn("ada@example.com", self.ok("--name", self.id(), "people", book=URL))
        self.ok("init", URL, "--name", f"{self.id()} 2")
        self.assertEqual(self.json("--name", f"{self.id()} 2", "people", book=URL), [])

    def test_an_unknown_book_name(self):
        for command in (["people"], ["people", "add", "X"]):
            output = self.fails(WRONG_USAGE, "--name", "unknown", *command, book=URL)
            self.assertIn("no book with this name", output)

    def test_a_book_is_dropped_with_its_name_as_confirmation(self):
        self.ok("people", "add", "Ada", **self.named)
        self.assertIn("is a file", self.fails(WRONG_USAGE, "drop-book"))
        drop = ("drop-book", URL, "--name", self.id())
        output = self.fails(WRONG_USAGE, *drop, "--yes")
        self.assertIn("--confirm", output)
        self.assertIn("was not deleted", self.fails(WRONG_USAGE, *drop, "--confirm", "main"))
        code, output = self.in_terminal(*drop, reply="main")
        self.assertEqual(code, WRONG_USAGE, output)
        self.assertIn("was not deleted", output)
        self.assertEqual(len(self.json("people", **self.named)), 1)
        code, output = self.in_terminal(*drop, reply=self.id())
        self.assertEqual(code, 0, output)
        self.assertIn("permanently", output)
        output = self.fails(WRONG_USAGE, *drop, "--confirm", self.id())
        self.assertIn(f'no book named "{self.id()}"', output)
        self.ok("init", **self.named)
        self.assertIn("Deleted", self.ok("drop-book", "--confirm", self.id(), **self.named))

    def test_seats_and_reports(self):
        self.ok("people", "add", "Ada", "ada@example.com", **self.named)
        self.ok("licenses", "add", "Ink", "--owner", "Ada", "--seats", "1", **self.named)
        self.ok("assign", "Ink", "Ada", **self.named)
        self.assertIn("already_assigned", self.fails(REFUSED, "assign", "Ink", "1", **self.named))
        self.assertIn("1 of 1", self.ok("plot", "seats", "Ink", **self.named))
        self.assertIn("The book is sound", self.ok("check", **self.named))

    def test_an_import(self):
        path = self.file("people.csv", "Name,Email\nKim,kim@example.com\n")
        self.assertEqual(self.json("import", "people", path, **self.named)["added"], 1)
        self.assertEqual(len(self.json("people", **self.named)), 1)

    def test_a_password_is_not_shown(self):
        scheme, rest = URL.split("://")
        url = f"{scheme}://stranger:hush%21@{rest.split('@')[-1]}"
        done = self.run_command("people", book=url)
        self.assertIn(done.returncode, (STORAGE_TROUBLE, WRONG_USAGE), done.stderr)
        self.assertNotIn("hush", done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Checks that docs/reference/errors.md lists each code with its number and its names."""

import json
import re
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def codes():
    table = json.loads((PROJECT / "capi/seatbook.api.json").read_text("utf-8"))
    return next(e for e in table["choices"] if e["name"] == "Code")["values"]


class ErrorsTest(unittest.TestCase):
    def setUp(self):
        text = (PROJECT / "docs/reference/errors.md").read_text("utf-8")
        lines = [line for line in text.splitlines() if re.match(r"\| `\w+` \| \d", line)]
        rows = [line.split(" | ") for line in lines]
        self.rows = {row[0].strip("|` "): [cell.strip("`| ") for cell in row[1:]] for row in rows}

    def test_lists_every_code(self):
        expected = {name: value for name, value in codes().items() if name != "ok"}
        self.assertEqual({name: int(row[0]) for name, row in self.rows.items()}, expected)

    def test_each_code_has_a_meaning_and_an_action(self):
        for name, row in self.rows.items():
            self.assertEqual(len(row), 5, name)
            self.assertGreater(min(len(row[3]), len(row[4])), 6, name)

    def test_names_are_those_of_the_languages(self):
        header = (PROJECT / "capi/include/seatbook.h").read_text("utf-8")
        python = (PROJECT / "bindings/python/seatbook/generated/errors.py").read_text("utf-8")
        for name, row in self.rows.items():
            self.assertIn(f"  {row[1]} = {row[0]}", header)
            self.assertRegex(python, rf"\nclass {row[2]}\(Error, ")
            self.assertEqual(row[1], "SEATBOOK_" + name.upper())


if __name__ == "__main__":
    unittest.main()

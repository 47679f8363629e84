#!/usr/bin/env python3
"""The numbers of docs/rules.md lead to the code: `grep -rnw A44 include src` finds it."""

import re
import sys
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "tests/support"))

import rules_report  # noqa: E402

# Areas whose rules must be cited in src, and in a public header. A range such as "A1 to A4" cites
# only its ends, as grep finds no others.
AREAS = ("core", "lists", "csv", "reports", "storage")

# A rule that no code implements: its number, and the reason.
NOT_IN_SRC = {}

# A rule without a declaration in a public header: its number, and the reason.
NOT_IN_HEADERS = {}


def cited(folder):
    """Returns the rule numbers that the C++ files of a folder cite."""
    numbers = set()
    for path in sorted((PROJECT / folder).rglob("*")):
        if path.suffix in (".hpp", ".cpp"):
            numbers.update(re.findall(r"\b[ABC][0-9]+\b", path.read_text("utf-8")))
    return numbers


class RuleNumbersTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        areas = rules_report.read_rules(rules_report.DEFAULT_RULES)
        cls.rules = {number for number, area in areas.items() if area in AREAS}

    def check(self, folder, exempt):
        missing = self.rules - cited(folder)
        self.assertEqual(
            rules_report.compact(missing - exempt.keys()),
            "",
            f"cite these rules in {folder}, at the code that implements them",
        )
        self.assertEqual(
            rules_report.compact(exempt.keys() - missing),
            "",
            f"these rules are cited in {folder}: they need no exemption",
        )

    def test_src_cites_every_rule(self):
        self.check("src", NOT_IN_SRC)

    def test_public_headers_cite_every_rule(self):
        self.check("include", NOT_IN_HEADERS)


if __name__ == "__main__":
    unittest.main()

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


# Codes that no numbered rule states, and where they are specified. Returning them needs no number.
CODES_WITHOUT_RULE = {
    "invalid_argument": "the comment of the parameter",
    "cancelled": "the caller requests it",
    "host_key_taken": "the table of limits in docs/rules.md",
    "actor_not_found": "the order of checks in docs/rules.md, step 4",
    "assignment_not_found": "the order of checks in docs/rules.md, step 4",
    "date_out_of_range": "the table of limits in docs/rules.md",
    "text_too_long": "the table of limits in docs/rules.md",
    "required": "the table of limits in docs/rules.md",
    "limit_exceeded": "decision 0004: rows are linked by 32-bit numbers",
}


def returns_without_number():
    """Yields each line that returns an error of a rule without the number of the rule.

    The number must be in the statement, or on one of the two lines above it.
    """
    for folder in ("src/rules", "src/csv", "src/views"):
        for path in sorted((PROJECT / folder).rglob("*.[ch]pp")):
            lines = path.read_text("utf-8").splitlines()
            for at, line in enumerate(lines):
                code = re.search(r"(?:Error\{|return \{)\s*Code::(\w+)", line)
                if not code or code[1] in CODES_WITHOUT_RULE or code[1] == "ok":
                    continue
                end = next(n for n in range(at, len(lines)) if ";" in lines[n])
                if not re.search(r"//.*\b[ABC]\d+\b", "\n".join(lines[max(0, at - 2) : end + 1])):
                    yield f"{path.relative_to(PROJECT)}:{at + 1}: {line.strip()}"


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

    def test_every_error_of_a_rule_names_it(self):
        self.assertEqual(list(returns_without_number()), [])

    def test_public_headers_cite_every_rule(self):
        self.check("include", NOT_IN_HEADERS)


if __name__ == "__main__":
    unittest.main()

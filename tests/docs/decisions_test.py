#!/usr/bin/env python3
"""Checks the form of decision records, and that docs/decisions/README.md lists all of them."""

import re
import unittest
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs/decisions"
HEAD = re.compile(
    r"# (?P<number>\d{4})\. (?P<title>[^\n]+)\n\n"
    r"- Status: (accepted|replaced by \[\d{4}\]\([^)]+\))\n- Date: \d{4}-\d{2}-\d{2}\n\n"
)
SECTIONS = ["Context", "Decision", "Consequences"]


class DecisionsTest(unittest.TestCase):
    def test_records_have_the_same_form(self):
        for number, path in enumerate(sorted(FOLDER.glob("[0-9]*.md")), 1):
            with self.subTest(path.name):
                text = path.read_text("utf-8")
                head = HEAD.match(text)
                self.assertTrue(head, text[:200])
                self.assertEqual(int(head["number"]), number)
                self.assertTrue(path.name.startswith(head["number"] + "-"))
                headings = re.findall(r"^## (.+)$", text, re.M)
                self.assertEqual([name for name in headings if name in SECTIONS], SECTIONS)

    def test_the_index_lists_every_record(self):
        listed = re.findall(r"^\| \[(\d{4})\]\(([^)]+)\) \| (.+) \|$",
                            (FOLDER / "README.md").read_text("utf-8"), re.M)
        expected = []
        for path in sorted(FOLDER.glob("[0-9]*.md")):
            head = HEAD.match(path.read_text("utf-8"))
            expected.append((head["number"], path.name, head["title"]))
        self.assertEqual(listed, expected)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Tests rules_report.py, and that docs/rules.md has the format that it reads."""

import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import rules_report

RULES = """# Rules

| # | what must hold | area |
|---|---|---|
| A1 | one | core |
| A2 | two, with a \\| bar | core |
| A10 | ten | lists |
| B1 | asking | host |
| C1 | cells | csv |

| step | what |
|---|---|
| 1 | not a rule |
"""


class RulesReportTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.rules = Path(folder.name) / "rules.md"
        self.logs = Path(folder.name) / "logs"
        self.logs.mkdir()
        self.rules.write_text(RULES, encoding="utf-8")

    def log(self, text, name="unit-1.txt"):
        (self.logs / name).write_text(text, encoding="utf-8")

    def run_report(self, *options):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = rules_report.main([str(self.logs), "--rules", str(self.rules), *options])
            except SystemExit as exit_:  # from argparse
                status = exit_.code
        return status, out.getvalue(), err.getvalue()

    def test_counts_covered_and_groups_open_numbers_by_area(self):
        self.log("A1\tSeats.Assign\nA2\tSeats.Assign\n")
        self.log("A1\tRace.Assign\n", "races-2.txt")
        status, out, err = self.run_report()
        self.assertEqual((status, err), (0, ""))
        self.assertEqual(
            out.splitlines(),
            [
                "rules: 2 of 4 covered",
                "covered: A1-A2",
                "open, lists (1): A10",
                "open, csv (1): C1",
                "host only, not testable (1): B1",
            ],
        )

    def test_empty_folder_covers_nothing(self):
        status, out, _ = self.run_report()
        self.assertEqual(status, 0)
        self.assertIn("rules: 0 of 4 covered\ncovered: none\n", out)

    def test_reads_only_txt_files(self):
        self.log("anything", "notes.md")
        self.assertEqual(self.run_report()[0], 0)

    def test_unknown_number_fails_and_names_its_tests(self):
        self.log("A99\tB.b\nA99\tA.a\nA01\tA.a\n")
        status, _, err = self.run_report()
        self.assertEqual(status, 1)
        self.assertIn("unknown rule A99, named by A.a, B.b", err)
        self.assertIn("unknown rule A01", err)

    def test_required_area_with_open_numbers_fails(self):
        self.log("A1\tSeats.Assign\n")
        status, _, err = self.run_report("--require-areas", "core,csv")
        self.assertEqual(status, 1)
        self.assertIn("required area core has open rules: A2", err)
        self.assertIn("required area csv has open rules: C1", err)

    def test_required_area_without_open_numbers_passes(self):
        self.log("A1\tSeats.Assign\nA2\tSeats.Assign\n")
        self.assertEqual(self.run_report("--require-areas", "core")[0], 0)
        self.assertEqual(self.run_report("--require-areas", "core,storage")[0], 0)

    def test_host_and_unknown_areas_cannot_be_required(self):
        for area in ("host", "cores", "core,", ""):
            with self.subTest(area):
                self.assertEqual(self.run_report("--require-areas", area)[0], 2)

    def test_covered_host_number_is_reported(self):
        self.log("B1\tSeats.Confirm\n")
        status, out, _ = self.run_report()
        self.assertEqual(status, 0)
        self.assertIn("rules: 0 of 4 covered", out)
        self.assertIn("host only, but named by a test: B1", out)

    def test_damaged_log_is_an_error(self):
        for text in ("A1\n", "A1 Seats.Assign\n", "A1\t\n", "X1\tSeats.Assign\n", "\n"):
            with self.subTest(text):
                self.log(text)
                status, _, err = self.run_report()
                self.assertEqual(status, 2)
                self.assertIn("unit-1.txt:1", err)

    def test_missing_folder_and_missing_rules_are_errors(self):
        self.rules.unlink()
        self.assertEqual(self.run_report()[0], 2)
        self.rules.write_text(RULES, encoding="utf-8")
        self.logs.rmdir()
        self.assertEqual(self.run_report()[0], 2)

    def test_damaged_rules_are_an_error(self):
        for text in (
            "",
            "| A1 | one | core |\n| A1 | again | core |\n",
            "| A1 | one | cores |\n",
            "| A1 | one |\n",
            "| A1 | one | two | core |\n",
            "| A1 | one | core\n",
            "| A1 | | core |\n",
        ):
            with self.subTest(text):
                self.rules.write_text(text, encoding="utf-8")
                self.assertEqual(self.run_report()[0], 2)

    def test_compact(self):
        self.assertEqual(rules_report.compact([]), "")
        self.assertEqual(
            rules_report.compact(["B1", "A10", "A9", "A11", "A43", "C2"]), "A9-A11 A43 B1 C2"
        )
        self.assertEqual(rules_report.compact(["A46", "B47"]), "A46 B47")


class ProjectRulesTest(unittest.TestCase):
    def test_docs_list_every_number_once(self):
        expected = {
            f"{letter}{value}"
            for letter, first, last in (
                ("A", 1, 46), ("B", 1, 35), ("C", 1, 59), ("C", 62, 62), ("C", 64, 74)
            )
            for value in range(first, last + 1)
        }
        self.assertEqual(set(rules_report.read_rules(rules_report.DEFAULT_RULES)), expected)


if __name__ == "__main__":
    unittest.main()

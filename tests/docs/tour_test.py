#!/usr/bin/env python3
"""Runs the tour, and then the sqlite3 queries that it prints on the file that it leaves.

    tour_test.py [--expect TEXT] <seatbook_tour> [argument of the tour ...]

Compares the results of the queries with the other scenes of the tour. Checks that
docs/guides/storage.md has the same queries and describes every column of the file.
"""

import os
import re
import shlex
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

GUIDES = Path(__file__).resolve().parents[2] / "docs" / "guides"
TOUR = []  # the program and its arguments
EXPECTED = ""  # a text that the output must contain


def scene(text, title):
    """Returns the lines of the scene whose heading begins with the title."""
    found = re.search(rf"^== \d+\. {re.escape(title)}.*? ==$(.*?)(?=^== |\Z)", text, re.M | re.S)
    if not found:
        raise AssertionError(f"the tour has no scene {title!r}")
    return found[1].splitlines()


def table(lines):
    """Returns the rows of the first table. The dashes below the titles mark its columns."""
    rule = next(i for i, line in enumerate(lines) if re.fullmatch(r"  -+(  -+)+", line))
    spans = [match.span() for match in re.finditer("-+", lines[rule])]
    rows = []
    for line in lines[rule + 1 :]:
        if not line.strip():
            break
        rows.append([line[begin:end].strip() for begin, end in spans])
    return rows


def queries(lines):
    """Returns the sqlite3 commands as words."""
    commands, open_lines = [], None
    for line in lines:
        if line.startswith("  sqlite3 "):
            open_lines = []
        if open_lines is not None:
            open_lines.append(line)
            if line.endswith('"') and len(open_lines) > 1:
                commands.append(shlex.split("\n".join(open_lines)))
                open_lines = None
    return commands


class TourTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        # The space tests that the commands quote the path.
        cls.book = Path(cls.folder.name) / "the tour.db"
        environment = dict(os.environ, COLUMNS="400")  # so that no name is shortened
        cls.run_of_tour = subprocess.run(
            [TOUR[0], "--book", str(cls.book), *TOUR[1:]],
            capture_output=True, text=True, encoding="utf-8", env=environment, check=False,
        )
        cls.output = cls.run_of_tour.stdout
        # Before any query, because a read-only connection may leave empty files.
        cls.files = sorted(path.name for path in Path(cls.folder.name).iterdir())

    def results(self):
        """Runs the three queries and returns their rows."""
        commands = queries(scene(self.output, "Queries with the sqlite3 shell"))
        self.assertEqual(3, len(commands))
        results = []
        connection = sqlite3.connect(f"{self.book.as_uri()}?mode=ro", uri=True)
        self.addCleanup(connection.close)
        for *shell, path, query in commands:
            self.assertEqual(["sqlite3", "-readonly", "-box"], shell)
            self.assertEqual(str(self.book), path)
            results.append(connection.execute(query).fetchall())
        return results

    def test_succeeds(self):
        self.assertEqual((0, ""), (self.run_of_tour.returncode, self.run_of_tour.stderr))
        self.assertIn(EXPECTED, self.output)

    def test_leaves_the_book_and_its_lock_file(self):
        self.assertEqual(["the tour.db", "the tour.db-lock"], self.files)

    def test_holders_query_matches_the_license_scene(self):
        shown = table(scene(self.output, "The license"))
        self.assertGreater(len(shown), 0)
        holders = self.results()[0]
        self.assertEqual(
            [(name, since, level) for name, since, level, *_ in shown],
            [(name, since[:10], level or "") for name, since, _, level in holders],
        )
        self.assertEqual({"Operator"}, {granted_by for _, _, granted_by, _ in holders})

    def test_unused_seats_query_matches_the_figures(self):
        figures = "\n".join(scene(self.output, "Unused seats and their cost"))
        inactive = int(re.search(r"Inactive \(>=30d\) +(\d+)$", figures, re.M)[1])
        unused = self.results()[1]
        self.assertGreater(inactive, 0)
        self.assertEqual(inactive, len(unused))
        self.assertIn(f"Seats that were never used ({inactive}):", self.output)

    def test_history_query_matches_the_history_scene(self):
        name, count = re.search(r"^The history of (.*), (\d+) rows:$", self.output, re.M).groups()
        history = self.results()[2]
        self.assertEqual(int(count), len(history))
        heading = re.search(r"^== \d+\. The history of (.*) ==$", self.output, re.M)
        shown = [
            (int(number), day, kind)
            for number, day, kind, person, *_ in table(scene(self.output, "The history of"))
            if person == name
        ]
        self.assertGreater(len(shown), 0)
        self.assertEqual(
            shown,
            [(seq, at[:10], kind) for seq, at, kind, license, *_ in history
             if license == heading[1]],
        )
        self.assertEqual({"Operator"}, {done_by for *_, done_by, _ in history})

    def test_the_guide_has_the_same_queries(self):
        guide = (GUIDES / "storage.md").read_text("utf-8")
        lines = ["  " + line for line in guide.splitlines()]

        def without_ids(commands):
            return [re.sub(r"= \d+", "= ?", " ".join(query.split())) for *_, query in commands]

        shown = queries(scene(self.output, "Queries with the sqlite3 shell"))
        self.assertEqual(without_ids(shown), without_ids(queries(lines)))

    def test_the_guide_describes_every_column(self):
        guide = (GUIDES / "storage.md").read_text("utf-8")
        connection = sqlite3.connect(f"{self.book.as_uri()}?mode=ro", uri=True)
        self.addCleanup(connection.close)
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for (name,) in tables.fetchall():
            part = re.search(rf"^\*\*{name}\*\*(.*?)(?=^\*\*|^`PRAGMA)", guide, re.M | re.S)
            self.assertIsNotNone(part, name)
            described = set(re.findall(r"`(\w+)`", part[1]))
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
            self.assertEqual(set(), columns - described, name)

    def test_fails_if_the_file_exists(self):
        before = self.book.read_bytes()
        again = subprocess.run(
            [TOUR[0], "--book", str(self.book), *TOUR[1:]],
            capture_output=True, text=True, encoding="utf-8", check=False,
        )
        self.assertEqual((1, ""), (again.returncode, again.stdout))
        self.assertIn("the file exists", again.stderr)
        self.assertEqual(before, self.book.read_bytes())


if __name__ == "__main__":
    TOUR = sys.argv[1:]
    if TOUR[0] == "--expect":
        EXPECTED, TOUR = TOUR[1], TOUR[2:]
    unittest.main(argv=sys.argv[:1])

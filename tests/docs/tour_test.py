#!/usr/bin/env python3
"""Runs the tour, and then the sqlite3 queries that it prints on the file that it leaves.

    tour_test.py [--expect TEXT] <seatbook_tour> [argument of the tour ...]

Compares the results of the queries, which the tour reads from docs/guides/storage.md, with the
other scenes of the tour. Checks that the guide describes every column of the file.
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

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ROOT / "docs" / "guides"
SCENES = ROOT / "examples" / "data" / "scenes.txt"
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

    def test_plays_the_scenes_of_the_library_in_their_order(self):
        headings = re.findall(r"^== \w+ (?:both|library) \d+ (.+)$",
                              SCENES.read_text("utf-8"), re.M)
        self.assertGreater(len(headings), 0)
        self.assertEqual(
            [f"{number}. {title}" for number, title in enumerate(headings, 1)],
            re.findall(r"^== (.+) \(\d\d \w{3} \d{4}\) ==$", self.output, re.M))

    def test_leaves_the_book_its_copy_and_their_lock_files(self):
        self.assertEqual(
            ["the tour.db", "the tour.db-lock", "the tour.db.copy", "the tour.db.copy-lock"],
            self.files)

    def test_holders_query_matches_the_table_above_it(self):
        shown = table(scene(self.output, "Queries with the sqlite3 shell"))
        self.assertGreater(len(shown), 0)
        self.assertEqual(
            [(name, since, granted_by, level) for name, since, _, granted_by, level in shown],
            [(name, since[:10], granted_by, level or "")
             for name, since, granted_by, level in self.results()[0]],
        )

    def test_unused_seats_query_matches_its_title(self):
        unused = self.results()[1]
        self.assertGreater(len(unused), 0)
        self.assertIn(f"Seats that were never used ({len(unused)}):", self.output)

    def test_history_query_matches_the_history_of_the_audit(self):
        name, count = re.search(r"^The history of (.*), (\d+) rows:$", self.output, re.M).groups()
        history = self.results()[2]
        self.assertEqual(int(count), len(history))
        audit = scene(self.output, "An audit")
        title = next(i for i, line in enumerate(audit) if line.startswith("All changes of "))
        license = re.match("All changes of (.*) since", audit[title])[1]
        rows = table(audit[title:])
        shown = [(int(number), day, kind) for number, day, kind, person, *_ in rows
                 if person == name]
        self.assertGreater(len(shown), 0)
        self.assertEqual(
            shown,
            [(seq, at[:10], kind) for seq, at, kind, of, *_ in history
             if of == license and seq >= shown[0][0]],
        )
        self.assertEqual({"operator"}, {done_by for *_, done_by, _ in history})

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

    def test_fails_if_the_inventory_has_no_license(self):
        with tempfile.TemporaryDirectory() as folder:
            licenses = Path(folder) / "none.csv"
            heading = SCENES.with_name("licenses.csv").read_text("utf-8").split("\n")[0]
            licenses.write_text(heading + "\n", "utf-8")
            run = subprocess.run(
                [TOUR[0], "--book", str(Path(folder) / "book.db"),
                 "--people", str(ROOT / "examples/data/people.csv"), "--licenses", str(licenses)],
                capture_output=True, text=True, encoding="utf-8", check=False,
            )
        self.assertEqual(
            (1, "tour: no license in none.csv can be imported\n"), (run.returncode, run.stderr))


if __name__ == "__main__":
    TOUR = sys.argv[1:]
    if TOUR[0] == "--expect":
        EXPECTED, TOUR = TOUR[1], TOUR[2:]
    unittest.main(argv=sys.argv[:1])

#!/usr/bin/env python3
"""Runs the demo of the command, which checks its results, and checks the files that it leaves.

    demo_test.py [--tour PROGRAM] [argument of the demo ...]

With --tour, compares its book with that of the tour of the library, which plays the same scenes.
"""

import os
import pty
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
DEMO = EXAMPLES / "demo.py"
ARGUMENTS = []
TOUR = ""  # the program of the tour


def run_demo(folder, *arguments):
    return subprocess.run(
        [sys.executable, str(DEMO), str(folder), *arguments],
        capture_output=True, encoding="utf-8", check=False,
    )


def run_in_a_terminal(folder):
    """Runs the demo in a pseudo-terminal, and returns its output without colors."""
    process, master = pty.fork()
    if process == 0:
        os.execve(sys.executable, [sys.executable, str(DEMO), str(folder)],
                  {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"})
    output = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # the other side is closed
            part = b""
        if not part:
            break
        output += part
    os.close(master)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", output.decode("utf-8")).replace("\r\n", "\n")
    return subprocess.CompletedProcess([], code, text, "")


class DemoTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        # The space tests that paths are quoted.
        cls.place = Path(cls.folder.name) / "the demo"
        if ARGUMENTS:
            cls.demo = run_demo(cls.place, *ARGUMENTS)
        else:
            cls.demo = run_in_a_terminal(cls.place)

    def test_succeeds(self):
        self.assertEqual((self.demo.stderr, self.demo.returncode), ("", 0), self.demo.stdout)

    def test_every_scene_shows_a_command_and_its_output(self):
        scenes = re.split(r"^== \d+\. .* ==$", self.demo.stdout, flags=re.M)[1:]
        for scene in scenes:
            self.assertRegex(scene, r"(?m)^\$ seatbook .+\n.+")

    def test_plays_the_scenes_of_the_command_in_their_order(self):
        headings = re.findall(r"^== \w+ (?:both|command) \d+ (.+)$",
                              (EXAMPLES / "data" / "scenes.txt").read_text("utf-8"), re.M)
        self.assertGreater(len(headings), 0)
        self.assertEqual(
            [f"{number}. {title}" for number, title in enumerate(headings, 1)],
            re.findall(r"^== (.+) \(\d\d \w{3} \d{4}\) ==$", self.demo.stdout, re.M))

    def test_shows_the_refused_commands(self):
        self.assertIn("No seats remaining on this license.", self.demo.stdout)
        self.assertEqual(self.demo.stdout.count("(exit code "), 3)

    def test_the_book_can_be_used_after_the_demo(self):
        command = str(self.place / "seatbook")
        variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        for arguments in (["check"], ["people", "add", "Nora New"]):
            done = subprocess.run([command, *arguments], env=variables, capture_output=True,
                                  encoding="utf-8", check=False)
            self.assertEqual((done.stderr, done.returncode), ("", 0), done.stdout)

    @unittest.skipUnless("--tour" in sys.argv, "needs --tour PROGRAM")
    def test_leaves_the_records_of_the_tour(self):
        book = str(self.place / "tour.db")
        subprocess.run([TOUR, "--book", book, *ARGUMENTS], check=True, capture_output=True)
        for query in (["history", "--limit", "100000"], ["report", "reclaim", "--days", "0"]):
            demo, tour = (
                subprocess.run([str(self.place / "seatbook"), *query, "--json", "--book", path],
                               capture_output=True, encoding="utf-8", check=True).stdout
                for path in (str(self.place / "copy.db"), book))
            self.assertEqual(demo, tour)

    def test_fails_if_the_folder_has_a_book(self):
        again = run_demo(self.place, *ARGUMENTS)
        self.assertEqual(again.returncode, 1)
        self.assertIn("unexpected result", again.stderr)

    def test_fails_if_the_inventory_has_no_license(self):
        with tempfile.TemporaryDirectory() as folder:
            licenses = Path(folder) / "none.csv"
            heading = (EXAMPLES / "data" / "licenses.csv").read_text("utf-8").split("\n")[0]
            licenses.write_text(heading + "\n", "utf-8")
            run = run_demo(Path(folder) / "demo", "--licenses", licenses)
        self.assertEqual(
            (1, "demo: no license in none.csv can be imported\n"), (run.returncode, run.stderr))


if __name__ == "__main__":
    ARGUMENTS = sys.argv[1:]
    if ARGUMENTS[:1] == ["--tour"]:
        TOUR, ARGUMENTS = ARGUMENTS[1], ARGUMENTS[2:]
    unittest.main(argv=sys.argv[:1])

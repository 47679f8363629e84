#!/usr/bin/env python3
"""Plays the tour of the command, which asserts what it shows, and looks at what it leaves.

    demo_test.py [--expect TEXT] [argument of the demo ...]
"""

import os
import pty
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

DEMO = Path(__file__).resolve().parents[2] / "examples" / "demo.py"
ARGUMENTS = []
EXPECTED = ""  # must stand in what it prints


def played(folder, *arguments):
    return subprocess.run(
        [sys.executable, str(DEMO), str(folder), *arguments],
        capture_output=True, encoding="utf-8", check=False,
    )


def played_in_a_terminal(folder):
    """The same where colors, tables and progress bars are drawn; without the colors."""
    process, master = pty.fork()
    if process == 0:
        os.execve(sys.executable, [sys.executable, str(DEMO), str(folder)],
                  {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"})
    seen = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # how Linux tells that the other side has closed
            part = b""
        if not part:
            break
        seen += part
    os.close(master)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen.decode("utf-8")).replace("\r\n", "\n")
    return subprocess.CompletedProcess([], code, text, "")


class TheDemo(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        # A space in the path shows whether the commands stand it.
        cls.place = Path(cls.folder.name) / "the demo"
        if ARGUMENTS:
            cls.demo = played(cls.place, *ARGUMENTS)
        else:
            cls.demo = played_in_a_terminal(cls.place)

    def test_ends_well(self):
        self.assertEqual((self.demo.stderr, self.demo.returncode), ("", 0), self.demo.stdout)
        self.assertIn(EXPECTED, self.demo.stdout)

    def test_every_scene_shows_a_command_and_what_it_answered(self):
        scenes = re.split(r"^== \d+\. .* ==$", self.demo.stdout, flags=re.M)[1:]
        self.assertEqual(len(scenes), 10)
        for scene in scenes:
            self.assertRegex(scene, r"(?m)^\$ seatbook .+\n.+")

    def test_the_refusal_is_told(self):
        self.assertIn("No seats remaining on this license.", self.demo.stdout)
        self.assertEqual(self.demo.stdout.count("(exit code "), 1)

    def test_its_book_can_be_used_afterwards(self):
        command = str(self.place / "seatbook")
        variables = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        for arguments in (["check"], ["people", "add", "Somebody New"]):
            done = subprocess.run([command, *arguments], env=variables, capture_output=True,
                                  encoding="utf-8", check=False)
            self.assertEqual((done.stderr, done.returncode), ("", 0), done.stdout)

    def test_a_folder_that_has_a_book_is_left_alone(self):
        again = played(self.place, *ARGUMENTS)
        self.assertEqual(again.returncode, 1)
        self.assertIn("not as the tour says", again.stderr)


if __name__ == "__main__":
    ARGUMENTS = sys.argv[1:]
    if ARGUMENTS[:1] == ["--expect"]:
        EXPECTED, ARGUMENTS = ARGUMENTS[1], ARGUMENTS[2:]
    unittest.main(argv=sys.argv[:1])

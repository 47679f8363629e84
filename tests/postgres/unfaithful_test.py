#!/usr/bin/env python3
"""Tests that the checkers detect faulty storages and find nothing wrong with correct ones.

    unfaithful_test.py WORKER [LINEARIZABILITY]

Runs the worker program with several books in one process on an in-memory storage, directly and
through each storage of unfaithful_storages.hpp. Each faulty storage must be rejected for its fault.
So must a history with one changed result. LINEARIZABILITY is the program of
tests/postgres/linearizability: without it, only checker.py is tested.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

from pathlib import Path

from checker import check_folder, read_lines
from crew import check_licenses

SECONDS = 120  # allows for a busy machine; a run usually takes at most 10 s

# At least one of these kinds must be among the findings.
WRONG = {
    "no_compare": {"acknowledged_and_lost", "version_twice"},
    "lost_update": {"acknowledged_and_lost"},
    "double_apply": {"applied_twice"},
    "stale_refusal": {"unjustified_refusal"},
}


# Changed results: the call, its code, and what is set in its result.
CHANGES = {
    "a grant that was refused": ("assign", "ok", {"code": "no_seats_remaining"}),
    "a refusal that was a grant": ("assign", "already_assigned",
                                   {"code": "ok", "assignment": 1_000_000}),
    "a revocation that was refused": ("revoke", "ok", {"code": "already_revoked"}),
    "a seat that never existed": ("revoke", "ok", {"code": "assignment_not_found"}),
    "another assignment": ("transfer", "ok", {"assignment": 1_000_000}),
    "a refused total": ("set_total_seats", "total_below_used", {"code": "ok"}),
    "a wrong number of used seats": ("usage", "ok", {"used": 9}),
}  # fmt: skip


def change_one(folder, do, code, change):
    """Changes the result of one call in the middle of the log of a process."""
    path = Path(folder) / "calls-3.jsonl"
    lines = read_lines(path)
    calls = {(line["c"], line["try"]): line for line in lines if "start" in line}
    results = [
        line for line in lines
        if "end" in line and line["code"] == code and calls[line["c"], line["try"]]["do"] == do
        and line.get("fresh_since") != 0
    ]  # fmt: skip
    changed = results[len(results) // 2]
    if change.get("code", "ok") != "ok":
        del changed["version"]
    elif "code" in change:
        changed["version"] = changed["seen"]
    changed.update(change)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


class Threads(unittest.TestCase):
    worker = None
    linearizability = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="seatbook-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_threads(self, *options):
        """Runs the workers and returns the checker. The files are in `folder` / "run"."""
        folder = self.folder / "run"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        subprocess.run(
            [self.worker, "threads", "--folder", folder, "--workers", "5", "--calls", "1000",
             "--seed", str(time.time_ns() % 1_000_000), "--listen", *options],
            check=True, timeout=SECONDS,
        )  # fmt: skip
        return check_folder(folder)

    def check_licenses(self, accepted, name="run"):
        """Expects that the calls are linearizable, or not."""
        if self.linearizability:
            found, output = check_licenses(self.linearizability, self.folder / name)
            self.assertEqual(found, accepted, output)

    def test_finds_nothing_with_correct_storages(self):
        for name in ("", "unreliable"):
            for lock in ("yes", "no"):
                with self.subTest(storage=name or "memory", lock=lock):
                    checker = self.run_threads("--storage", name, "--lock", lock)
                    self.assertEqual(checker.findings.text(), "")
                    self.assertEqual(checker.dumps, 6)
                    self.check_licenses(accepted=True)
                    # Every checked case occurs.
                    summary = checker.summary()
                    codes = ("no_seats_remaining", "already_assigned", "already_revoked",
                             "total_below_used", "bulk_refused", "repeated_request")  # fmt: skip
                    for code in codes:
                        self.assertIn(code, summary)
                    if name:
                        self.assertGreater(checker.committed_unknown, 0, summary)

    def test_rejects_faulty_storages_for_their_fault(self):
        for name, kinds in WRONG.items():
            with self.subTest(storage=name):
                checker = self.run_threads("--storage", name)
                self.assertTrue(
                    kinds & checker.findings.by_kind.keys(), checker.findings.text() or "nothing"
                )
                self.check_licenses(accepted=False)

    def test_rejects_changed_results(self):
        self.run_threads()
        for name, change in CHANGES.items():
            with self.subTest(change=name):
                shutil.copytree(self.folder / "run", self.folder / name)
                change_one(self.folder / name, *change)
                self.assertTrue(check_folder(self.folder / name).findings)
                self.check_licenses(accepted=False, name=name)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    Threads.worker, *programs = sys.argv[1:]
    Threads.linearizability = programs[0] if programs else None
    unittest.main(argv=sys.argv[:1])

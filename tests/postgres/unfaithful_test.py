#!/usr/bin/env python3
"""Tests that the checker detects faulty storages and finds nothing wrong with correct ones.

    unfaithful_test.py WORKER

Runs the worker program with several books in one process on an in-memory storage, directly and
through each storage of unfaithful_storages.hpp. Each faulty storage must be rejected for its fault.
"""

import subprocess
import sys
import tempfile
import time
import unittest

from checker import check_folder

SECONDS = 120  # allows for a busy machine; a run usually takes at most 10 s

# At least one of these kinds must be among the findings.
WRONG = {
    "no_compare": {"acknowledged_and_lost", "version_twice"},
    "lost_update": {"acknowledged_and_lost"},
    "double_apply": {"applied_twice"},
    "stale_refusal": {"unjustified_refusal"},
}


class Threads(unittest.TestCase):
    worker = None

    def run_threads(self, *options):
        """Runs the workers and returns the checker."""
        with tempfile.TemporaryDirectory(prefix="seatbook-") as folder:
            subprocess.run(
                [self.worker, "threads", "--folder", folder, "--workers", "5", "--calls", "1000",
                 "--seed", str(time.time_ns() % 1_000_000), "--listen", *options],
                check=True, timeout=SECONDS,
            )  # fmt: skip
            return check_folder(folder)

    def test_finds_nothing_with_correct_storages(self):
        for name in ("", "unreliable"):
            for lock in ("yes", "no"):
                with self.subTest(storage=name or "memory", lock=lock):
                    checker = self.run_threads("--storage", name, "--lock", lock)
                    self.assertEqual(checker.findings.text(), "")
                    self.assertEqual(checker.dumps, 6)
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


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    Threads.worker = sys.argv.pop()
    unittest.main()

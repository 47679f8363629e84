#!/usr/bin/env python3
"""Does the checker find what is wrong with storages that are wrong, and nothing with sound ones?

    unfaithful_test.py WORKER

Runs the worker program with several books in one process on a storage in memory, as it is and
behind each of unfaithful_storages.hpp. Each that is wrong has to be rejected for what is wrong with
it.
"""

import subprocess
import sys
import tempfile
import time
import unittest

from checker import check_folder

SECONDS = 120  # on a busy machine; alone it takes ten at most

# One of these kinds has to be among the findings.
WRONG = {
    "no_compare": {"acknowledged_and_lost", "version_twice"},
    "lost_update": {"acknowledged_and_lost"},
    "double_apply": {"applied_twice"},
    "stale_refusal": {"unjustified_refusal"},
}


class Threads(unittest.TestCase):
    worker = None

    def run_threads(self, *options):
        """What the checker says of a run."""
        with tempfile.TemporaryDirectory(prefix="seatbook-") as folder:
            subprocess.run(
                [self.worker, "threads", "--folder", folder, "--workers", "5", "--calls", "1000",
                 "--seed", str(time.time_ns() % 1_000_000), "--listen", *options],
                check=True, timeout=SECONDS,
            )  # fmt: skip
            return check_folder(folder)

    def test_finds_nothing_with_sound_storages(self):
        for name in ("", "unreliable"):
            for lock in ("yes", "no"):
                with self.subTest(storage=name or "memory", lock=lock):
                    checker = self.run_threads("--storage", name, "--lock", lock)
                    self.assertEqual(checker.findings.text(), "")
                    self.assertEqual(checker.dumps, 6)
                    # All that is checked does happen.
                    happened = checker.summary()
                    for code in ("no_seats_remaining", "already_assigned", "already_revoked",
                                 "total_below_used", "bulk_refused", "repeated_request"):  # fmt: skip
                        self.assertIn(code, happened)
                    if name:
                        self.assertGreater(checker.landed_unknown, 0, happened)

    def test_rejects_what_is_wrong_for_what_is_wrong(self):
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

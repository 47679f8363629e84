#!/usr/bin/env python3
"""Tests that a pool works in session mode and is refused in transaction mode.

    pool_test.py WORKER
"""

import subprocess
import sys
import tempfile
import unittest

from pool import PgBouncer, Pool
from server import PostgresServer

SECONDS = 60


class PoolTest(unittest.TestCase):
    worker = None

    @classmethod
    def setUpClass(cls):
        cls.server = PostgresServer().__enter__()
        cls.addClassCleanup(cls.server.close)

    def run_worker(self, action, url, book):
        """Runs `fill`, which creates a book and writes to it, or `inspect`, which opens it."""
        with tempfile.TemporaryDirectory(prefix="seatbook-") as folder:
            return subprocess.run(
                [self.worker, action, "--url", url, "--book", book, "--folder", folder],
                check=False, capture_output=True, text=True, timeout=SECONDS,
            )  # fmt: skip

    def test_session_mode_works(self):
        for order in ("last", "turns"):
            with self.subTest(order=order), Pool(self.server, "session", order) as pool:
                for action in ("fill", "inspect"):
                    done = self.run_worker(action, pool.url, f"session {order}")
                    self.assertEqual((done.returncode, done.stderr), (0, ""))

    @unittest.skipUnless(PgBouncer.program, "needs pgbouncer")
    def test_pgbouncer_in_session_mode_works(self):
        with PgBouncer(self.server) as pool:
            for action in ("fill", "inspect"):
                done = self.run_worker(action, pool.url, "pgbouncer")
                self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_transaction_mode_is_refused(self):
        self.run_worker("fill", self.server.url, "acme")
        for order in ("last", "turns"):
            with self.subTest(order=order), Pool(self.server, "transaction", order) as pool:
                done = self.run_worker("inspect", pool.url, "acme")
                self.assertEqual(done.returncode, 1)
                self.assertIn("pool_mode = session", done.stderr)


if __name__ == "__main__":
    PoolTest.worker = sys.argv.pop(1)
    unittest.main()

#!/usr/bin/env python3
"""Tests that acknowledged commits survive an immediate server stop, whatever the role's defaults.

    durability_test.py WORKER

The server runs with fsync, and its background processes write as little as possible: with
`synchronous_commit = off` the last commits are only in memory when the server is stopped.
"""

import subprocess
import sys
import tempfile
import unittest

from server import PostgresServer

SECONDS = 60
# Keeps background processes from flushing the write-ahead log.
QUIET = {"wal_writer_delay": "10s", "autovacuum": "off", "checkpoint_timeout": "1h"}


class DurabilityTest(unittest.TestCase):
    worker = None

    def fill(self, server, book):
        """Creates a book with a few dozen acknowledged batches."""
        with tempfile.TemporaryDirectory(prefix="seatbook-") as folder:
            subprocess.run(
                [self.worker, "fill", "--url", server.url, "--book", book, "--folder", folder],
                check=True, timeout=SECONDS,
            )  # fmt: skip

    def version(self, server, book):
        return server.sql(
            "SELECT max(version) FROM seatbook.batches JOIN seatbook.books ON id = book "
            f"WHERE name = '{book}'"
        )

    def test_synchronous_commit_off(self):
        with PostgresServer(fsync=True, settings=QUIET) as server:
            # Checks the setup itself: an asynchronous commit without the library is lost.
            server.sql("CREATE TABLE witness (id int)")
            server.sql("CHECKPOINT")
            server.sql("SET synchronous_commit = off; INSERT INTO witness VALUES (1)")
            server.restart_immediately()
            self.assertEqual(server.sql("SELECT count(*) FROM witness"), "0")

            server.sql("ALTER ROLE seatbook SET synchronous_commit = off")
            server.sql("CHECKPOINT")
            self.fill(server, "acme")
            acknowledged = self.version(server, "acme")
            self.assertGreater(int(acknowledged), 1)
            server.restart_immediately()
            self.assertEqual(self.version(server, "acme"), acknowledged)


if __name__ == "__main__":
    DurabilityTest.worker = sys.argv.pop(1)
    unittest.main()

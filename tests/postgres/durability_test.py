#!/usr/bin/env python3
"""What was acknowledged outlives an immediate stop of the server, whatever the role's defaults are.

    durability_test.py WORKER

The server syncs for real, and its background writer does not write what is not asked for: with
`synchronous_commit = off` the last commits are still in its memory when it is stopped.
"""

import subprocess
import sys
import tempfile
import unittest

from server import PostgresServer

SECONDS = 60
# Nothing else may write its log to the disk meanwhile.
QUIET = {"wal_writer_delay": "10s", "autovacuum": "off", "checkpoint_timeout": "1h"}


class DurabilityTest(unittest.TestCase):
    worker = None

    def fill(self, server, book):
        """Makes a book with some dozens of batches, each of them acknowledged."""
        with tempfile.TemporaryDirectory(prefix="seatbook-") as folder:
            subprocess.run(
                [self.worker, "fill", "--url", server.url, "--book", book, "--folder", folder],
                check=True, timeout=SECONDS,
            )  # fmt: skip

    def version(self, server, book):
        return server.sql(f"SELECT version FROM seatbook.books WHERE name = '{book}'")

    def test_synchronous_commit_off(self):
        with PostgresServer(fsync=True, settings=QUIET) as server:
            # The server itself is as it should be: without the library a commit is lost.
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

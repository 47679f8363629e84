#!/usr/bin/env python3
"""Tests processes on one book when the primary is lost and a standby takes over.

    standby_test.py WORKER

All processes have the URL of both servers.
"""

import json
import sys
import tempfile
import time
import unittest
from pathlib import Path

from checker import check_folder, read_lines
from crew import Crew
from server import PostgresServer, url_of
from standby import Standby

WORKERS = 5
WORK_SECONDS = 0.7
# Long enough for the processes to handle what the primary has sent before it ended.
HANDLING_SECONDS = 0.1
# How long to wait for the processes to write or to notice.
WAIT_SECONDS = 30


class Failover(unittest.TestCase):
    worker = None

    def start(self, **settings):
        """Starts both servers and the processes."""
        folder = tempfile.TemporaryDirectory(prefix="seatbook-standby-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.primary = self.enterContext(PostgresServer(settings=settings))
        self.standby = self.enterContext(Standby(self.primary))
        url = url_of(self.primary, self.standby)
        self.crew = self.enterContext(Crew(self.worker, self.folder, url))
        self.crew.run("fill")
        for _ in range(WORKERS):
            self.crew.start(0, "--seed", str(time.time_ns() % 1_000_000), "--until-line")
        self.crew.wait_until_ready()
        time.sleep(WORK_SECONDS)

    def calls(self, process):
        """Returns the lines that the process has logged."""
        return read_lines(self.folder / f"calls-{process.number}.jsonl")

    def reported_by(self, process):
        """Returns the highest version in a result of the process."""
        return max((line.get("version", 0) for line in self.calls(process)), default=0)

    def reported(self):
        """Returns the highest version in a result."""
        return max(map(self.reported_by, self.crew.processes))

    def stored(self, server):
        """Returns the version of the book on a server."""
        return int(server.sql("SELECT max(version) FROM seatbook.batches"))

    def wait_until(self, condition, what):
        deadline = time.monotonic() + WAIT_SECONDS
        while not condition():
            self.assertLess(time.monotonic(), deadline, f"not in time: {what}")
            time.sleep(0.02)

    def check(self):
        """Expects that the calls are linearizable and that all processes have the same book."""
        checker = check_folder(self.folder)
        self.assertEqual(checker.findings.text(), "")
        self.assertEqual(checker.dumps, WORKERS + 1)
        return checker

    def end_calls(self):
        self.crew.end_calls()
        self.crew.finish()
        self.crew.run("inspect")

    # --------------------------------------------------------------------------- asynchronous

    def test_asynchronous_standby_that_lacks_batches(self):
        self.start()
        # Only what is acknowledged from here on can be lost.
        cut_off = time.monotonic_ns()
        self.standby.wait_until_caught_up()
        self.standby.stop_replication()
        time.sleep(WORK_SECONDS)
        for process in self.crew.processes:
            self.wait_until(
                lambda process=process: self.reported_by(process) > self.stored(self.standby),
                "a process that has read what the standby lacks",
            )
        self.primary.kill_all()
        time.sleep(HANDLING_SECONDS)
        for process in self.crew.processes:
            process.suspend()
        self.standby.promote()
        taken_over = time.monotonic_ns()
        kept = self.stored(self.standby)
        lost = self.reported()

        # One process continues only when the versions that it has seen exist again, with other
        # records.
        sleeper = self.crew.processes[0]
        for process in self.crew.processes:
            if process is not sleeper:
                process.resume()
        self.wait_until(lambda: self.stored(self.standby) > lost, "other records")
        sleeper.resume()
        for process in self.crew.processes:
            self.wait_until(lambda process=process: self.notices(process), "a process that notices")
        time.sleep(WORK_SECONDS)
        self.end_calls()

        late = 0
        for process in self.crew.processes:
            notice = self.notices(process)[0]
            self.assertIn("close the book and open it again", notice["message"])
            late += sum(line.get("do") == "usage" and taken_over < line["start"] < notice["end"]
                        for line in self.calls(process))  # fmt: skip
            self.forget_results(process, cut_off, notice["end"])
        print(f"{lost - kept} batches lost; {late} queries before the processes noticed")
        self.check()

    def notices(self, process):
        """Returns the results that ask to open the book again."""
        return [line for line in self.calls(process) if line.get("code") == "book_needs_reopen"]

    def forget_results(self, process, since, until):
        """Removes the results of an interval, so that the checker accepts that they are lost."""
        path = self.folder / f"calls-{process.number}.jsonl"
        lines = self.calls(process)
        kept = [line for line in lines if not since <= line.get("end", 0) < until]
        path.write_text("".join(json.dumps(line) + "\n" for line in kept), encoding="utf-8")

    # ---------------------------------------------------------------------------- synchronous

    def test_synchronous_standby_loses_nothing(self):
        self.start(synchronous_commit="remote_apply")
        self.primary.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.primary.sql("SELECT pg_reload_conf()")
        self.wait_until(
            lambda: self.primary.sql("SELECT sync_state FROM pg_stat_replication") == "sync",
            "a synchronous standby",
        )
        # Commits that were made before the standby became synchronous.
        self.standby.wait_until_caught_up()
        time.sleep(WORK_SECONDS)

        # `remote_apply` is kept: what a process reports can be read on the standby.
        self.standby.pause_replay()
        waiting = "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
        self.wait_until(lambda: self.primary.sql(waiting) == "t", "a commit that waits")
        time.sleep(WORK_SECONDS)
        self.assertLessEqual(self.reported(), self.stored(self.standby))
        before = self.reported()
        self.standby.resume_replay()
        self.wait_until(lambda: self.reported() > before + 50, "commits after the pause")

        self.primary.kill_all()
        self.standby.promote()
        before = self.stored(self.standby)
        self.wait_until(lambda: self.reported() > before + 50, "commits on the new primary")
        self.end_calls()
        checker = self.check()
        codes = {attempt.code for attempt in checker.attempts}
        self.assertNotIn("book_needs_reopen", codes)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    Failover.worker = sys.argv.pop(1)
    unittest.main()

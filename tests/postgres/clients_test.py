#!/usr/bin/env python3
"""Tests several processes on one book in PostgreSQL: events, clocks and faulty storages.

    clients_test.py WORKER [LINEARIZABILITY]

LINEARIZABILITY is the program of tests/postgres/linearizability, if it was built.
Nothing disturbs the processes here; chaos_test.py does that.
"""

import datetime
import json
import sys
import tempfile
import unittest
from pathlib import Path

from checker import read_lines
from crew import Crew, check_licenses
from server import PostgresServer
from unfaithful_test import WRONG


def seconds_of(text):
    """Converts a record's time to seconds since 1970."""
    whole, _, fraction = text.removesuffix("Z").partition(".")
    day = datetime.datetime.fromisoformat(whole + "+00:00")
    return day.timestamp() + float("0." + (fraction or "0"))


def now():
    """Returns the current time in seconds since 1970."""
    return datetime.datetime.now(datetime.timezone.utc).timestamp()


class Clients(unittest.TestCase):
    worker = None
    linearizability = None

    @classmethod
    def setUpClass(cls):
        cls.server = PostgresServer().__enter__()
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="seatbook-clients-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def crew(self):
        """Returns a crew on a new, filled book for this test."""
        crew = self.enterContext(
            Crew(self.worker, self.folder, self.server.url, self._testMethodName)
        )
        crew.run("fill")
        return crew

    def checked(self, crew):
        """Finishes the crew, expects no findings and returns the checker."""
        crew.finish()
        checker = crew.check()
        self.assertEqual(checker.findings.text(), "")
        self.assertEqual(checker.dumps, len(crew.processes) + 1)
        return checker

    # ------------------------------------------------------------------------------ listeners

    def test_only_the_process_that_assigns_publishes_the_event(self):
        crew = self.crew()
        for _ in range(2):
            crew.start(3, "--listen", "--profile", "watch")
        crew.wait_until_ready()
        crew.start(1, "--listen", "--profile", "one_grant")
        checker = self.checked(crew)
        events = [line for path in sorted(self.folder.glob("events-*.jsonl"))
                  for line in read_lines(path)]  # fmt: skip
        self.assertEqual(len(list(self.folder.glob("events-*.jsonl"))), 3)
        self.assertEqual(
            [(event["p"], event["kind"]) for event in events], [(3, "software.assigned")]
        )
        # The other processes refreshed and saw the assignment.
        for process in (1, 2):
            usages = [line for line in read_lines(self.folder / f"calls-{process}.jsonl")
                      if "used" in line]  # fmt: skip
            self.assertEqual(usages[0]["used"], 0)
            self.assertEqual(usages[-1]["used"], 1)
        self.assertEqual(checker.history[-1]["kind"], "assigned")

    def test_busy_processes_publish_each_event_once(self):
        crew = self.crew()
        for _ in range(4):
            crew.start(1, "--calls", 200, "--listen")
        self.checked(crew)
        published = sum(len(read_lines(path)) for path in self.folder.glob("events-*.jsonl"))
        self.assertGreater(published, 100)

    # --------------------------------------------------------------------------------- clocks

    def run_with(self, option, skews):
        """Runs one worker for each clock skew, in seconds ahead."""
        crew = self.crew()
        for skew in skews:
            crew.start(1, "--calls", 150, option, skew)
        checker = self.checked(crew)
        inspection = json.loads((self.folder / "inspection.json").read_text(encoding="utf-8"))
        self.assertEqual(len(inspection["peaks"]), 25)
        for peak in inspection["peaks"]:
            self.assertEqual(peak["over"], [])
            if peak["used"]:
                self.assertLessEqual(peak["used"], peak["total"], peak)
        hot = inspection["peaks"][0]
        self.assertGreater(hot["used"], 1)
        return checker

    def count(self, checker, code):
        """Counts the calls that ended with this code."""
        return sum(attempt.code == code for attempt in checker.attempts)

    def test_wrong_machine_clocks_do_not_matter(self):
        started = now()
        checker = self.run_with("--machine-skew", [-86_400, -700, -3, 0, 40, 100_000])
        ended = now()
        self.assertEqual(self.count(checker, "clock_behind"), 0)
        for row in checker.history:
            # The times come from the server's clock, accurate to about one round trip.
            self.assertGreater(seconds_of(row["at"]), started - 1, row)
            self.assertLess(seconds_of(row["at"]), ended + 1, row)

    def test_host_clocks_with_skew_stay_in_order(self):
        started = now()
        checker = self.run_with("--clock-skew", [-280, -60, 0, 7, 120, 280])
        self.assertEqual(self.count(checker, "clock_behind"), 0)
        # The clock that is furthest ahead determines the times.
        self.assertGreater(seconds_of(checker.history[-1]["at"]), started + 279)

    def test_a_clock_far_behind_writes_nothing(self):
        crew = self.crew()
        crew.start(0, "--calls", 50, "--clock-skew", 900).wait_for("worked")
        crew.start(0, "--calls", 50, "--clock-skew", 0)
        checker = self.checked(crew)
        self.assertGreater(self.count(checker, "clock_behind"), 0)

    # ------------------------------------------------------------------------- faulty storages

    def test_detects_faulty_storages_between_processes(self):
        crews = {}
        for name in WRONG:  # all at the same time, each on a separate book
            folder = self.folder / name
            folder.mkdir()
            crew = self.enterContext(Crew(self.worker, folder, self.server.url, f"wrong: {name}"))
            crew.run("fill")
            for _ in range(3):
                crew.start(1, "--calls", 500, "--storage", name, "--may-give-up")
            crews[name] = crew
        for name, kinds in WRONG.items():
            with self.subTest(storage=name):
                crews[name].finish()
                findings = crews[name].check().findings
                self.assertTrue(kinds & findings.by_kind.keys(), findings.text() or "nothing")
                if self.linearizability:
                    accepted, output = check_licenses(self.linearizability, self.folder / name)
                    self.assertFalse(accepted, output)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    Clients.worker, *programs = sys.argv[1:]
    Clients.linearizability = programs[0] if programs else None
    unittest.main(argv=sys.argv[:1])

#!/usr/bin/env python3
"""Runs eight processes on one book while the server loses power or stops immediately.

    power_test.py WORKER DISK [--outages N] [--ahead none|some] [--control] [--seed S] [--keep F]

Power cuts and immediate stops alternate. In a power cut all processes of the server end at once,
and the write-ahead log after its last sync is lost (disk.py). An immediate stop loses what was not
yet written. DISK is the library that simulates the disk.

The run passes if checker.py finds no wrong result: what was acknowledged is stored, and every
process ends with the same book. A process *was ahead* if its storage had returned a version that an
outage has undone. `--ahead` says whether the run expects any.

`--control` makes the server commit without waiting for a sync (WITHOUT_SYNC). It passes if the
checker finds the loss after each kind of outage, within a minute.
"""

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from crew import Crew, CrewError
from disk import ServerOnDisk
from server import Ended, ServerError, end_on_signals

WORKERS = 8
KINDS = ("power cut", "immediate stop")
# Findings of an acknowledged change that is lost: its version is missing or was written again.
LOSSES = {"acknowledged_and_lost", "wrong_version", "version_twice"}
SYNC_US = 1000
# The disk hangs for some time before each outage, so that commits wait for their sync. Meanwhile
# processes may read what is not synced.
HANGING_SECONDS = 0.03
# Then a new book begins, so that the logs of the calls stay short.
OUTAGES_OF_A_BOOK = 10
BETWEEN_SECONDS = (0.2, 0.8)
CONTROL_SECONDS = 60
# Long enough for the processes to handle what the server has sent before it ended.
HANDLING_SECONDS = 0.1
# The server's background processes sync as little as possible.
QUIET = {"wal_writer_delay": "10s", "autovacuum": "off", "checkpoint_timeout": "1h"}

# Takes effect in each transaction, after the library has set up its session. A message in the log is
# what syncs a commit that has not waited (the function cannot be replaced, only renamed).
WITHOUT_SYNC = """
CREATE FUNCTION commit_without_sync() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN PERFORM set_config('synchronous_commit', 'off', true); RETURN NULL; END$$;
CREATE TRIGGER commit_without_sync AFTER INSERT ON seatbook.batches
FOR EACH STATEMENT EXECUTE FUNCTION commit_without_sync();
DO $$
DECLARE known regprocedure;
BEGIN
  FOR known IN SELECT oid FROM pg_proc WHERE proname = 'pg_logical_emit_message' LOOP
    EXECUTE format('ALTER FUNCTION %s RENAME TO emit_message_with_sync', known);
  END LOOP;
END
$$;
CREATE FUNCTION pg_catalog.pg_logical_emit_message(boolean, text, text, boolean DEFAULT false)
RETURNS pg_lsn LANGUAGE sql AS 'SELECT NULL::pg_lsn';
"""


class Outages:
    """One run, on one book."""

    def __init__(self, options, folder, seed, kinds):
        self.options = options
        self.folder = folder
        self.random = random.Random(seed)
        self.seed = seed
        self.kinds = kinds
        self.pages_lost = 0
        self.ahead = 0

    def run(self):
        """Runs everything and returns the checker."""
        log = self.folder / "server.log"
        with ServerOnDisk(
            self.options.disk, sync_us=SYNC_US, settings=QUIET, keep_log=log
        ) as self.server:
            with Crew(self.options.worker, self.folder, self.server.url) as self.crew:
                self.crew.run("fill")
                if self.options.control:
                    self.server.sql(WITHOUT_SYNC)
                for _ in range(WORKERS):
                    self.crew.start(
                        0, "--seed", self.seed, "--note-versions", "--until-line",
                    )  # fmt: skip
                self.crew.wait_until_ready()
                for kind in self.kinds:
                    time.sleep(self.random.uniform(*BETWEEN_SECONDS))
                    self.outage(kind)
                time.sleep(BETWEEN_SECONDS[1])
                self.crew.end_calls()
                self.crew.finish()
                return self.crew.check()

    def outage(self, kind):
        """Ends the server, and starts it again while the processes are suspended."""
        self.server.hang_disk(HANGING_SECONDS)
        if kind == "power cut":
            lost = self.server.cut_power()
            if lost == 0:
                raise ServerError("the power cut has undone nothing")
            self.pages_lost += lost
        else:
            self.server.stop(signal.SIGQUIT)
        time.sleep(HANDLING_SECONDS)
        for process in self.crew.processes:
            process.suspend()
        self.server.start()
        stored = int(self.server.sql("SELECT max(version) FROM seatbook.batches"))
        for process in self.crew.processes:
            self.ahead += self.seen(process) > stored
            process.resume()

    def seen(self, process):
        """Returns the last version that the storage has shown to the process."""
        return int((self.folder / f"seen-{process.number}").read_text().split()[-1])


class Totals:
    """Runs as often as needed, and adds up what happened."""

    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.done = Counter()
        self.pages_lost = 0
        self.ahead = 0
        self.runs = 0

    def run(self, kinds):
        """Makes outages of these kinds, in order, on a new book. Returns the findings."""
        folder = self.folder / str(self.runs)
        folder.mkdir(parents=True)
        outages = Outages(self.options, folder, self.options.seed + self.runs, kinds)
        checker = outages.run()
        self.runs += 1
        self.done.update(kinds)
        self.pages_lost += outages.pages_lost
        self.ahead += outages.ahead
        print(f"checked: {checker.summary()}", flush=True)
        findings = checker.findings
        if checker.dumps != WORKERS + 1:
            findings.add("dumps_missing", f"{checker.dumps}, not {WORKERS} and a fresh one")
        if not findings:
            shutil.rmtree(folder)
        return findings

    def run_all(self):
        """Makes all outages. Returns what is wrong."""
        kinds = [KINDS[number % len(KINDS)] for number in range(self.options.outages)]
        for start in range(0, len(kinds), OUTAGES_OF_A_BOOK):
            findings = self.run(kinds[start:start + OUTAGES_OF_A_BOOK])
            if findings:
                return findings.text()
        if self.options.ahead == "none" and self.ahead:
            return "processes were ahead: commits were visible before they were synced"
        if self.options.ahead == "some" and not self.ahead:
            return "no process was ahead: the run proves nothing about undone commits"
        return ""

    def run_control(self):
        """Returns the kinds of outages after which the checker has found no loss."""
        missed = []
        for kind in KINDS:
            until = time.monotonic() + CONTROL_SECONDS / len(KINDS)
            while not LOSSES & self.run([kind] * 2).by_kind.keys():
                if time.monotonic() > until:
                    missed.append(f"not found after each {kind}: commits without a sync")
                    break
        return "\n".join(missed)


def main():
    """Parses the arguments, runs and prints the findings."""
    parser = argparse.ArgumentParser(description="Eight processes on a server that loses power.")
    parser.add_argument("worker")
    parser.add_argument("disk")
    parser.add_argument("--outages", type=int, default=OUTAGES_OF_A_BOOK)
    parser.add_argument("--ahead", choices=("none", "some"))
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--keep", type=Path, help="a new folder for the files of the runs")
    options = parser.parse_args()

    print(f"power: {WORKERS} processes, --seed {options.seed}", flush=True)
    folder = options.keep or Path(tempfile.mkdtemp(prefix="seatbook-power-"))
    totals = Totals(options, folder)
    end_on_signals()
    try:
        found = totals.run_control() if options.control else totals.run_all()
    except (CrewError, ServerError) as error:
        found = str(error)
    except Ended as ended:
        if not options.keep:
            shutil.rmtree(folder)
        return 128 + ended.number
    print(
        f"{', '.join(f'{name}s: {count}' for name, count in totals.done.items())}; "
        f"pages of the log lost: {totals.pages_lost}; processes that were ahead: {totals.ahead}"
    )
    if found:
        print(f"findings:\n{found}\nThe files of this run are in {folder}")
        return 1
    if not options.keep:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())

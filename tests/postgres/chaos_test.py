#!/usr/bin/env python3
"""Runs eight processes on one book while connections, clients and the server fail.

    chaos_test.py WORKER [--seconds N] [--seed S] [--workers N] [--threads N] [--rate N] [--pool]
                  [--linearizability PROGRAM] [--rounds N] [--keep FOLDER]

The book has one hot license and many cold ones. At random times the server ends connections, a
client is killed, a client is suspended, the server restarts as after a crash, or a proxy cuts
connections around COMMIT. The run passes if every process ends with the same book and checker.py
finds no wrong result. A run of 40 s or more must also have seen each kind of disturbance. The files
of a failed run are kept, and their folder is printed.

With `--threads`, the threads of a process share its book. With `--pool`, all connections go through
PgBouncer in session mode instead of the proxy (through a pool like it if it is not installed). With `--linearizability`, the program in
tests/postgres/linearizability also has to accept the calls. It takes less than 20,000 calls of a
license, which `--rate`, the calls a second of each thread, ensures.
"""

import argparse
import contextlib
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from crew import Crew, CrewError, check_licenses, wait_until
from pool import PgBouncer, Pool
from proxy import KINDS as CUTS
from proxy import Proxy
from server import Ended, PostgresServer, end_on_signals

# Relative frequencies. Each disturbance happens at least once.
WEIGHTS = {
    "connections ended": 6,
    "all connections ended": 2,
    "client killed": 4,
    "client suspended": 4,
    "client suspended for long": 2,
    "server restarted": 2,
    "all cut by the proxy": 3,
}
# The server ends a worker's transaction after 1 s without activity (worker.cpp).
SHORT_SUSPEND = (0.05, 0.6)
LONG_SUSPEND = (1.3, 2.2)
# No disturbances at the end, so that all calls can complete.
QUIET_SECONDS = 1.5
# A run of this length or more must see every disturbance and every code of CODES.
LONG_SECONDS = 40
CODES = ("ok", "repeated_request", "no_seats_remaining", "already_assigned", "already_revoked",
         "total_below_used", "bulk_refused", "storage_unknown", "storage_failed")  # fmt: skip
CUT_EVERY_SECONDS = 0.25


class Chaos:
    """One run."""

    def __init__(self, options, folder, seed):
        self.options = options
        self.folder = folder
        self.seconds = options.seconds
        self.random = random.Random(seed)
        self.seed = seed
        self.done = Counter()
        self.resume = []  # (moment, process)

    def run(self):
        """Runs everything and returns the checker."""
        log = Path(self.folder) / "server.log"
        with contextlib.ExitStack() as opened:
            self.server = opened.enter_context(PostgresServer(keep_log=log))
            self.proxy = opened.enter_context(Proxy(self.server.port, self.seed))
            # The URLs of the workers in turn.
            self.urls = [self.server.url, self.server.url_at(self.proxy.port)]
            if self.options.pool:
                installed = PgBouncer.program is not None
                pool = PgBouncer(self.server) if installed else Pool(self.server, "session")
                print(f"through {'PgBouncer' if installed else 'a pool like PgBouncer'}")
                self.urls = [opened.enter_context(pool).url]
            self.crew = opened.enter_context(
                Crew(self.options.worker, self.folder, self.server.url)
            )
            self.crew.run("fill")
            self.until = time.monotonic() + self.seconds
            for _ in range(self.options.workers):
                self.start_worker()
            self.crew.wait_until_ready()
            self.disturb()
            self.crew.finish()
            return self.crew.check()

    def start_worker(self):
        """Starts a worker. Without a pool, every second one connects through the proxy.

        Some workers retry only briefly, so that more calls end with an unknown outcome.
        """
        url = self.urls[len(self.crew.processes) % len(self.urls)]
        # Whole seconds: a worker that starts late may run a little longer than the others.
        seconds = max(1, round(self.until - time.monotonic()))
        retry_ms = self.random.choice((1, 100, 8000, 8000))
        self.crew.start(
            seconds, "--seed", self.seed, "--listen", "--retry-ms", retry_ms,
            "--threads", self.options.threads, "--rate", self.options.rate, url=url,
        )  # fmt: skip

    def disturb(self):
        """Runs the disturbances on a schedule derived from the seed."""
        started, end = time.monotonic(), self.until - QUIET_SECONDS
        weights = dict(WEIGHTS)
        if self.options.pool:
            del weights["all cut by the proxy"]
        kinds = list(weights)
        more = max(0, round(self.seconds * 0.8) - len(kinds))
        kinds += self.random.choices(list(weights), list(weights.values()), k=more)
        self.random.shuffle(kinds)
        moments = sorted(self.random.uniform(started, end) for _ in kinds)
        self.proxy.every, self.proxy.refuse_after = CUT_EVERY_SECONDS, 0.3
        for moment, kind in zip(moments, kinds):
            self.wait(moment)
            # Retry if there is no target, for example right after a restart.
            while time.monotonic() < end:
                if getattr(self, kind.replace(" ", "_"))():
                    self.done[kind] += 1
                    break
                self.wait(time.monotonic() + 0.02)
        self.wait(end)
        self.proxy.every = None
        for _, process in self.resume:
            process.resume()

    def wait(self, moment):
        """Sleeps until `moment` and resumes suspended processes that are due before it."""
        while self.resume and min(self.resume, key=lambda pair: pair[0])[0] < moment:
            first = min(self.resume, key=lambda pair: pair[0])
            wait_until(first[0])
            self.resume.remove(first)
            first[1].resume()
        wait_until(moment)

    def some_process(self):
        """Returns a random running process, or None."""
        running = [process for process in self.crew.not_killed() if not process.suspended]
        return self.random.choice(running) if running else None

    def missing(self, checker):
        """Lists what a long run must see and did not."""
        if self.seconds < LONG_SECONDS or self.options.pool:
            return []
        missing = [f"a disturbance: {kind}" for kind in WEIGHTS if not self.done[kind]]
        missing += [f"a cut by the proxy: {kind}" for kind in CUTS if not self.proxy.counts[kind]]
        codes = Counter(attempt.code for attempt in checker.attempts)
        missing += [f"a code: {code}" for code in CODES if not codes[code]]
        if not checker.committed_unknown:
            missing.append("a call that committed with an unknown outcome")
        return missing

    # ------------------------------------------- disturbances; each returns false without a target

    def connections_ended(self):
        return self.server.terminate_backends(self.random.randint(1, 3)) > 0

    def all_connections_ended(self):
        return self.server.terminate_backends() > 0

    def client_killed(self):
        process = self.some_process()
        if process:
            process.kill()
            self.start_worker()
        return process is not None

    def client_suspended(self, seconds=SHORT_SUSPEND):
        process = self.some_process()
        if process:
            process.suspend()
            self.resume.append((time.monotonic() + self.random.uniform(*seconds), process))
        return process is not None

    def client_suspended_for_long(self):
        return self.client_suspended(LONG_SUSPEND)

    def server_restarted(self):
        self.server.restart_immediately()
        return True

    def all_cut_by_the_proxy(self):
        return self.proxy.cut_all() > 0


def counts_text(counter):
    """Formats a counter."""
    return ", ".join(f"{name} {count}" for name, count in sorted(counter.items()))


def run_once(options, seed, folder):
    """Runs once, prints a summary and returns the findings as a text."""
    chaos = Chaos(options, folder, seed)
    found, checker = "", None
    try:
        checker = chaos.run()
        found = checker.findings.text()
        if checker.dumps != options.workers + 1:
            found += f"\n{checker.dumps} dumps, expected {options.workers} and a fresh one"
        found += "".join(f"\nnot seen: {item}" for item in chaos.missing(checker))
        if options.linearizability:
            accepted, output = check_licenses(options.linearizability, folder)
            print(output.splitlines()[-1])
            found += "" if accepted else f"\n{output}"
    except CrewError as error:
        found = str(error)
    print(f"disturbances: {counts_text(chaos.done)}")
    print(f"proxy: {counts_text(chaos.proxy.counts)}")
    if checker:
        print(f"checked: {checker.summary()}")
        kinds = checker.findings.by_kind
        print(
            f"{len(kinds['over_capacity']) if 'over_capacity' in kinds else 0} over-allocated, "
            f"{len(kinds['acknowledged_and_lost']) if 'acknowledged_and_lost' in kinds else 0} "
            "acknowledged and lost, "
            f"{len(kinds['applied_twice']) if 'applied_twice' in kinds else 0} applied twice; "
            f"{checker.dumps} books opened, "
            f"{'not all ' if 'dumps_differ' in kinds else ''}equal in the end",
            flush=True,
        )
    return found


def main():
    """Parses the arguments, runs and prints the findings."""
    parser = argparse.ArgumentParser(description="Eight processes on one book under disturbances.")
    parser.add_argument("worker")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--threads", type=int, default=1, help="threads of each worker")
    parser.add_argument("--rate", type=int, default=0, help="0: no limit")
    parser.add_argument("--pool", action="store_true")
    parser.add_argument("--linearizability", metavar="PROGRAM")
    parser.add_argument("--rounds", type=int, default=1, help="runs, each with the next seed")
    parser.add_argument("--keep", type=Path, help="a new folder for the files of the run")
    options = parser.parse_args()

    if options.keep:
        options.keep.mkdir(parents=True)
    end_on_signals()
    for seed in range(options.seed, options.seed + options.rounds):
        print(f"chaos: {options.workers} processes, {options.seconds} s, --seed {seed}", flush=True)
        folder = Path(tempfile.mkdtemp(prefix="seatbook-chaos-", dir=options.keep))
        try:
            found = run_once(options, seed, folder)
        except Ended as ended:
            if not options.keep:
                shutil.rmtree(folder)
            return 128 + ended.number
        if found:
            print(f"findings:\n{found}\nThe files of this run are in {folder}")
            return 1
        if not options.keep:
            shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Eight processes on one book while everything around them breaks.

    chaos_test.py WORKER [--seconds N] [--seed S] [--workers N] [--keep FOLDER]

One hot license and cold ones. Meanwhile, by chance: connections are ended by the server, a client is
killed, one stands still, the server is restarted as after a crash, a proxy cuts connections around
COMMIT. In the end every process has to have the same book, and checker.py has to find every answer
right; a run of 40 s or more also has to have seen all of that happen. The files of a run that failed are kept, and said where.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from crew import Crew, CrewError, wait_until
from proxy import KINDS as CUTS
from proxy import Proxy
from server import Ended, PostgresServer, end_on_signals

# How often each happens beside the others. Each happens once at least.
WEIGHTS = {
    "connections ended": 6,
    "all connections ended": 2,
    "client killed": 4,
    "client stopped": 4,
    "client stopped for long": 2,
    "server restarted": 2,
    "all cut by the proxy": 3,
}
# The workers' writers are put aside after a second of silence (worker.cpp).
SHORT_STOP = (0.05, 0.6)
LONG_STOP = (1.3, 2.2)
# The end is quiet, so that all calls come to theirs.
QUIET_SECONDS = 1.5
# From so many on, a run in which something did not happen has shown nothing of it.
LONG_SECONDS = 40
# What the calls of a long run have to be answered, among others.
ANSWERS = ("ok", "repeated_request", "no_seats_remaining", "already_assigned", "already_revoked",
           "total_below_used", "bulk_refused", "storage_unknown", "storage_failed")  # fmt: skip
CUT_EVERY_SECONDS = 0.25


class Chaos:
    """One run."""

    def __init__(self, program, folder, seconds, seed, workers):
        self.program = program
        self.folder = folder
        self.seconds = seconds
        self.random = random.Random(seed)
        self.seed = seed
        self.workers = workers
        self.done = Counter()
        self.resume = []  # (moment, process)

    def run(self):
        """The whole of it; answers the checker."""
        log = Path(self.folder) / "server.log"
        with PostgresServer(keep_log=log) as self.server:
            with Proxy(self.server.port, self.seed) as self.proxy:
                with Crew(self.program, self.folder, self.server.url) as self.crew:
                    self.crew.run("fill")
                    self.until = time.monotonic() + self.seconds
                    for _ in range(self.workers):
                        self.start_worker()
                    self.crew.wait_until_ready()
                    self.disturb()
                    self.crew.finish()
                    return self.crew.check()

    def start_worker(self):
        """Every second one comes through the proxy; some give up soon, and then do not know."""
        url = self.server.url_at(self.proxy.port) if len(self.crew.processes) % 2 else None
        # Whole seconds; one that comes late works a little longer than the others.
        seconds = max(1, round(self.until - time.monotonic()))
        patience = self.random.choice((1, 100, 8000, 8000))
        self.crew.start(
            seconds, "--seed", self.seed, "--listen", "--retry-ms", patience, url=url
        )

    def disturb(self):
        """By a schedule that the seed gives."""
        started, end = time.monotonic(), self.until - QUIET_SECONDS
        kinds = list(WEIGHTS)
        more = max(0, round(self.seconds * 0.8) - len(kinds))
        kinds += self.random.choices(list(WEIGHTS), list(WEIGHTS.values()), k=more)
        self.random.shuffle(kinds)
        moments = sorted(self.random.uniform(started, end) for _ in kinds)
        self.proxy.every, self.proxy.refuse_after = CUT_EVERY_SECONDS, 0.3
        for moment, kind in zip(moments, kinds):
            self.wait(moment)
            # Where there is nobody to do it to, as right after a restart, it comes a little later.
            while time.monotonic() < end:
                if getattr(self, kind.replace(" ", "_"))():
                    self.done[kind] += 1
                    break
                self.wait(time.monotonic() + 0.02)
        self.wait(end)
        self.proxy.every = None
        for _, process in self.resume:
            process.go_on()

    def wait(self, moment):
        """Until then, letting those go on whose time has come."""
        while self.resume and min(self.resume, key=lambda pair: pair[0])[0] < moment:
            first = min(self.resume, key=lambda pair: pair[0])
            wait_until(first[0])
            self.resume.remove(first)
            first[1].go_on()
        wait_until(moment)

    def some_process(self):
        """One that is running, if any."""
        running = [process for process in self.crew.left() if not process.stopped]
        return self.random.choice(running) if running else None

    def missing(self, checker):
        """What a long run has to have seen and has not."""
        if self.seconds < LONG_SECONDS:
            return []
        missing = [f"a disturbance: {kind}" for kind in WEIGHTS if not self.done[kind]]
        missing += [f"a cut by the proxy: {kind}" for kind in CUTS if not self.proxy.counts[kind]]
        codes = Counter(attempt.code for attempt in checker.attempts)
        missing += [f"an answer: {code}" for code in ANSWERS if not codes[code]]
        if not checker.landed_unknown:
            missing.append("a call that landed although nobody was told")
        return missing

    # ------------------------------------------------------- what is done; false: there was nobody

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

    def client_stopped(self, seconds=SHORT_STOP):
        process = self.some_process()
        if process:
            process.stop()
            self.resume.append((time.monotonic() + self.random.uniform(*seconds), process))
        return process is not None

    def client_stopped_for_long(self):
        return self.client_stopped(LONG_STOP)

    def server_restarted(self):
        self.server.restart_immediately()
        return True

    def all_cut_by_the_proxy(self):
        return self.proxy.cut_all() > 0


def told(counter):
    """Counts, as text."""
    return ", ".join(f"{name} {count}" for name, count in sorted(counter.items()))


def main():
    """See above."""
    parser = argparse.ArgumentParser(description="Eight processes on one book under disturbances.")
    parser.add_argument("worker")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--keep", type=Path, help="a new folder for the files of the run")
    options = parser.parse_args()

    print(f"chaos: {options.workers} processes, {options.seconds} s, --seed {options.seed}",
          flush=True)  # fmt: skip
    if options.keep:
        options.keep.mkdir(parents=True)
    folder = options.keep or Path(tempfile.mkdtemp(prefix="seatbook-chaos-"))
    chaos = Chaos(options.worker, folder, options.seconds, options.seed, options.workers)
    found, checker = "", None
    end_on_signals()
    try:
        checker = chaos.run()
        found = checker.findings.text()
        if checker.dumps != options.workers + 1:
            found += f"\n{checker.dumps} dumps, expected {options.workers} and a fresh one"
        found += "".join(f"\nnot seen: {what}" for what in chaos.missing(checker))
    except CrewError as error:
        found = str(error)
    except Ended as ended:
        if not options.keep:
            shutil.rmtree(folder)
        return 128 + ended.number
    print(f"disturbed: {told(chaos.done)}")
    print(f"the proxy: {told(chaos.proxy.counts)}")
    if checker:
        print(f"checked: {checker.summary()}")
        kinds = checker.findings.by_kind
        print(
            f"{len(kinds['over_capacity']) if 'over_capacity' in kinds else 0} over-allocated, "
            f"{len(kinds['acknowledged_and_lost']) if 'acknowledged_and_lost' in kinds else 0} "
            "acknowledged and lost, "
            f"{len(kinds['applied_twice']) if 'applied_twice' in kinds else 0} applied twice; "
            f"{checker.dumps} books opened, "
            f"{'not all ' if 'dumps_differ' in kinds else ''}equal in the end"
        )
    if found:
        print(f"found:\n{found}\nthe files of this run are in {folder}")
        return 1
    if not options.keep:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())

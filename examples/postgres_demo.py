#!/usr/bin/env python3
"""Four processes on one book: they fight for twenty seats, and are killed, stopped and cut off.

    make demo-postgres

starts a PostgreSQL server of its own, lets four workers grant and take back seats of one license as
fast as they can, and meanwhile kills one of them, stops another with the lock in its hands, and
restarts the server without warning. A fifth process looks on. In the end the books must add up:
nothing that was acknowledged is lost, and the license was never over its total. It exits non-zero
where they do not.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import seatbook

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "postgres"))
from server import PostgresServer

SEATS = 20
PEOPLE = 60
WORKERS = 4
CHAIN = ("Noor", "Chidi", "Zoë", "Ines", "Tomasz", "Aiko", "Luca", "Amara", "Jonas", "Mei")


# ------------------------------------------------------------------------------------- a worker


def work(url, name):
    """Grants and takes back seats until it is told to end; prints every grant it was promised."""
    with seatbook.open(url) as book:
        desk = book.session(name, role="it_admin")
        inkwell = desk.find_license(host_key="inkwell")
        people = desk.people(limit=PEOPLE + 1)
        chance = random.Random(name)
        while True:
            person = chance.choice(people)
            try:
                seat = desk.find_seat(inkwell, person)
                if seat is None:
                    print("granted", int(desk.assign(inkwell, person).assignment), flush=True)
                elif chance.random() < 0.7:
                    desk.revoke(seat, reason="needed elsewhere")
                    print("taken back", int(seat), flush=True)
            except seatbook.StorageUnknownError:
                print("unknown", flush=True)
                settle(book)
            except seatbook.Error as error:
                # Another process was first, or the server is gone: the book goes on.
                print("refused", error.code.name, flush=True)


def settle(book):
    """Learns what became of a change whose answer was lost."""
    while True:
        try:
            book.refresh()
            return
        except seatbook.Error:
            time.sleep(0.1)


class Worker:
    """A process that works, and what it has printed."""

    def __init__(self, url, name):
        self.name = name
        self.lines = []
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--work", url, name], stdout=subprocess.PIPE, text=True
        )
        os.set_blocking(self._process.stdout.fileno(), False)
        self._rest = ""

    def read(self):
        """Takes in what it has printed since."""
        while True:
            try:
                text = os.read(self._process.stdout.fileno(), 65536).decode()
            except BlockingIOError:
                return
            if not text:
                return
            *whole, self._rest = (self._rest + text).split("\n")
            self.lines += whole

    def signal(self, number):
        self._process.send_signal(number)

    def end(self):
        """Kills it; what it was promised until then counts."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self.read()

    @property
    def failed(self):
        """Whether it has ended by itself: it never should."""
        return self._process.poll() not in (None, -signal.SIGKILL)

    def count(self, what):
        return sum(line.startswith(what) for line in self.lines)

    def promised(self):
        """The assignments that it was told are granted."""
        return [int(line.split()[1]) for line in self.lines if line.startswith("granted")]


# -------------------------------------------------------------------------------------- the demo


def prepare(url):
    """Somebody makes the tables, once; then the first book is there."""
    seatbook.create_schema(url)
    with seatbook.open(url) as book:
        desk = book.session("it-desk", role="it_admin")
        owner = desk.add_person(name="Olga Owner", email="olga@tern.example")
        for number in range(PEOPLE):
            desk.add_person(
                name=f"{CHAIN[number % len(CHAIN)]} {number}", email=f"p{number}@tern.example"
            )
        desk.add_license(name="Inkwell", total_seats=SEATS, owner=owner, host_key="inkwell")


class Onlooker:
    """A fifth process's view: it never writes, and refreshes when it wants to know."""

    def __init__(self, url, workers):
        self._book = seatbook.open(url)
        self._desk = self._book.session("onlooker", role="it_admin")
        self._license = self._desk.find_license(host_key="inkwell")
        self._workers = workers
        self._since = time.monotonic()

    def watch(self, seconds, title):
        """Shows the license twice a second; fails where it is ever over its total, or where nobody
        has got a seat."""
        print(f"\n{title}")
        before = sum(worker.count("granted") for worker in self._workers)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(0.5)
            for worker in self._workers:
                worker.read()
            try:
                version = self._book.refresh()
            except seatbook.StorageFailedError:
                print("    the server does not answer; the last view stays")
                continue
            usage = self._desk.usage(self._license)
            assert usage.used <= SEATS, f"over-allocated: {usage}"
            bar = "█" * usage.used + "░" * (SEATS - usage.used)
            counts = "  ".join(f"{worker.name} {worker.count('granted'):4}" for worker in self._workers)
            print(
                f"  {time.monotonic() - self._since:5.1f} s  {bar} {usage.used:2}/{SEATS}"
                f"  version {version:6}   grants: {counts}"
            )
        assert not any(worker.failed for worker in self._workers), "a worker has failed"
        after = sum(worker.count("granted") for worker in self._workers)
        assert after > before, "nobody got a seat: the work stands still"

    def close(self):
        self._book.close()


def add_up(url, workers):
    """The audit: one fresh look at everything."""
    print("\nThe audit, by a process that has just opened the book:")
    with seatbook.open(url, read_only=True) as book:
        desk = book.session("auditor", role="it_admin")
        inkwell = desk.find_license(host_key="inkwell")
        findings = book.check_invariants()
        assert not findings, findings
        peak = desk.peak_usage(license=inkwell)
        assert peak.used <= SEATS, peak
        promised = [seat for worker in workers for seat in worker.promised()]
        assert len(promised) == len(set(promised)), "a seat was promised twice"
        for seat in promised:
            assert desk.get_assignment(seat).license == inkwell, seat
        refused = sum(worker.count("refused no_seats_remaining") for worker in workers)
        failed = sum(worker.count("refused storage_failed") for worker in workers)
        print(f"  {book.version} changes, one after the other, by {WORKERS + 1} processes")
        print(f"  {len(promised)} grants acknowledged, every one of them in the book, none twice")
        print(f"  {refused} times told that no seat remains; {failed} calls failed for want of a server")
        print(f"  most seats ever in use: {peak.used} of {SEATS}; the rules hold throughout")


def demo():
    print(f"A license with {SEATS} seats, {PEOPLE} people, {WORKERS} processes, one PostgreSQL server.")
    with PostgresServer(fsync=True) as server:
        prepare(server.url)
        workers = [Worker(server.url, f"w{number}") for number in range(1, WORKERS + 1)]
        onlooker = Onlooker(server.url, workers)
        try:
            onlooker.watch(3, "All four at work:")
            workers[0].signal(signal.SIGKILL)
            onlooker.watch(2, "w1 is killed in the middle of its work; the others do not notice:")
            workers[1].signal(signal.SIGSTOP)
            onlooker.watch(6, "w2 is stopped, perhaps with the lock in its hands: in 4 s at most it is put aside:")
            workers[1].signal(signal.SIGCONT)
            print("\nThe server is restarted as after a crash ...")
            server.restart_immediately()
            onlooker.watch(3, "... and w2 goes on. All connect again by themselves:")
            workers.append(Worker(server.url, "w5"))
            onlooker.watch(3, "w5 takes the place of w1:")
        finally:
            onlooker.close()
            for worker in workers:
                worker.end()
        add_up(server.url, workers)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(*sys.argv[2:])
    else:
        demo()

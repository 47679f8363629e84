#!/usr/bin/env python3
"""Four processes compete for the twenty seats of a license, under failures.

    make demo-postgres

Starts a PostgreSQL server. Four workers assign and revoke seats of one license as fast as they can.
Meanwhile the demo kills one worker, stops another, which may hold the lock, and restarts the server
without warning. A fifth process watches. At the end the demo checks that no acknowledged change is
lost and that the license was never over its total. It exits non-zero if a check fails.
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
NAMES = ("Noor", "Chidi", "Zoë", "Maya", "Tomasz", "Aiko", "Luca", "Amara", "Jonas", "Mei")


# ------------------------------------------------------------------------------------- a worker


def work(url, name):
    """Assigns and revokes seats until it is killed. Prints each acknowledged assignment."""
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
                    print("revoked", int(seat), flush=True)
            except seatbook.StorageUnknownError:
                print("unknown", flush=True)
                settle(book)
            except seatbook.Error as error:
                # Another process was first, or the server is down: continue.
                print("refused", error.code.name, flush=True)


def settle(book):
    """Waits until the book has found the result of an unknown commit."""
    while True:
        try:
            book.refresh()
            return
        except seatbook.Error:
            time.sleep(0.1)


class Worker:
    """A worker process and its output."""

    def __init__(self, url, name):
        self.name = name
        self.lines = []
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--work", url, name], stdout=subprocess.PIPE, text=True
        )
        os.set_blocking(self._process.stdout.fileno(), False)
        self._rest = ""

    def read(self):
        """Reads the output since the last call."""
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
        """Kills the process and reads the rest of its output."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self.read()

    @property
    def failed(self):
        """Whether the process has ended by itself."""
        return self._process.poll() not in (None, -signal.SIGKILL)

    def count(self, what):
        return sum(line.startswith(what) for line in self.lines)

    def acknowledged(self):
        """Returns the ids of the acknowledged assignments."""
        return [int(line.split()[1]) for line in self.lines if line.startswith("granted")]


# -------------------------------------------------------------------------------------- the demo


def prepare(url):
    """Creates the tables, and a book with people and a license."""
    seatbook.create_schema(url)
    with seatbook.open(url) as book:
        desk = book.session("it-desk", role="it_admin")
        owner = desk.add_person(name="Olga Owner", email="olga@tern.example")
        for number in range(PEOPLE):
            desk.add_person(
                name=f"{NAMES[number % len(NAMES)]} {number}", email=f"p{number}@tern.example"
            )
        desk.add_license(name="Inkwell", total_seats=SEATS, owner=owner, host_key="inkwell")


class Observer:
    """A reader of the book in a fifth process."""

    def __init__(self, url, workers):
        self._book = seatbook.open(url)
        self._desk = self._book.session("observer", role="it_admin")
        self._license = self._desk.find_license(host_key="inkwell")
        self._workers = workers
        self._since = time.monotonic()

    def watch(self, seconds, title):
        """Prints the usage twice per second.

        Fails if the license is over its total, or if no seat was assigned.
        """
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
                print("    the server is down; the last state remains")
                continue
            usage = self._desk.usage(self._license)
            assert usage.used <= SEATS, f"over-allocated: {usage}"
            bar = "█" * usage.used + "░" * (SEATS - usage.used)
            counts = "  ".join(
                f"{worker.name} {worker.count('granted'):4}" for worker in self._workers
            )
            print(
                f"  {time.monotonic() - self._since:5.1f} s  {bar} {usage.used:2}/{SEATS}"
                f"  version {version:6}   grants: {counts}"
            )
        assert not any(worker.failed for worker in self._workers), "a worker has failed"
        after = sum(worker.count("granted") for worker in self._workers)
        assert after > before, "no seat was assigned"

    def close(self):
        self._book.close()


def check(url, workers):
    """Opens the book again and compares it with the output of the workers."""
    print("\nThe check, after opening the book again:")
    with seatbook.open(url, read_only=True) as book:
        desk = book.session("auditor", role="it_admin")
        inkwell = desk.find_license(host_key="inkwell")
        findings = book.check_invariants()
        assert not findings, findings
        peak = desk.peak_usage(license=inkwell)
        assert peak.used <= SEATS, peak
        acknowledged = [seat for worker in workers for seat in worker.acknowledged()]
        assert len(acknowledged) == len(set(acknowledged)), "an id was acknowledged twice"
        for seat in acknowledged:
            assert desk.get_assignment(seat).license == inkwell, seat
        refused = sum(worker.count("refused no_seats_remaining") for worker in workers)
        failed = sum(worker.count("refused storage_failed") for worker in workers)
        print(f"  {book.version} serialized changes by {WORKERS + 1} processes")
        print(f"  {len(acknowledged)} acknowledged assignments, all in the book, none twice")
        print(f"  {refused} requests refused because no seat was left")
        print(f"  {failed} calls failed because the server was down")
        print(f"  peak: {peak.used} of {SEATS} seats in use; no rule was violated")


def demo():
    print(f"{SEATS} seats, {PEOPLE} people, {WORKERS} processes, one PostgreSQL server.")
    with PostgresServer(fsync=True) as server:
        prepare(server.url)
        workers = [Worker(server.url, f"w{number}") for number in range(1, WORKERS + 1)]
        observer = Observer(server.url, workers)
        try:
            observer.watch(3, "All four workers run:")
            workers[0].signal(signal.SIGKILL)
            observer.watch(2, "w1 is killed; the others continue:")
            workers[1].signal(signal.SIGSTOP)
            observer.watch(6, "w2 is stopped; if it holds the lock, the server frees it after 4 s:")
            workers[1].signal(signal.SIGCONT)
            print("\nThe server crashes and restarts ...")
            server.restart_immediately()
            observer.watch(3, "... and w2 continues. All workers reconnect:")
            workers.append(Worker(server.url, "w5"))
            observer.watch(3, "w5 replaces w1:")
        finally:
            observer.close()
            for worker in workers:
                worker.end()
        check(server.url, workers)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(*sys.argv[2:])
    else:
        demo()

#!/usr/bin/env python3
"""Compares calls from Python with the same rules hand-written on sqlite3 and on plain dicts.

    PYTHONPATH=build/release/python python3 benchmarks/python_calls.py

Each contender has 100 licenses and 1,000 people in memory. It assigns every license to every
person. Each assignment is one call, which checks states, capacity and duplicates and writes a
history row. It then queries the usage of a license, iterates over all 100,000 seats, builds columns
from them, and imports a roster of 100,000 rows. Shows the medians of SEATBOOK_BENCH_ROUNDS rounds
(default 3) in which the contenders take turns. The dicts are the floor: no rollback, durability,
thread safety or other sort orders.
"""

import csv
import gc
import io
import os
import sqlite3
import statistics
import time

import seatbook

LICENSES = 100
PEOPLE = 1_000
SEATS = LICENSES * PEOPLE
ROSTER = 100_000
ROUNDS = int(os.environ.get("SEATBOOK_BENCH_ROUNDS", "3"))
FILE = "Email,Role,CostPerSeatOverride\r\n" + "".join(
    f"person{number % (PEOPLE * 2)}@example.com,Editor,\r\n" for number in range(ROSTER)
)

SCHEMA = """
    CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, email TEXT UNIQUE,
                         state INTEGER DEFAULT 0);
    CREATE TABLE license (id INTEGER PRIMARY KEY, name TEXT, total INTEGER, used INTEGER DEFAULT 0,
                          state INTEGER DEFAULT 0);
    CREATE TABLE assignment (id INTEGER PRIMARY KEY, license INTEGER, person INTEGER, at INTEGER,
                             granted_by INTEGER, level TEXT, revoked INTEGER);
    CREATE UNIQUE INDEX one_active ON assignment (license, person) WHERE revoked IS NULL;
    CREATE INDEX of_person ON assignment (person) WHERE revoked IS NULL;
    CREATE TABLE history (seq INTEGER PRIMARY KEY, at INTEGER, actor INTEGER, kind INTEGER,
                          license INTEGER, person INTEGER, assignment INTEGER);
    CREATE INDEX history_of_license ON history (license);
    CREATE INDEX history_of_person ON history (person);
"""
SEATS_OF = (
    "SELECT a.person, p.name, a.at FROM assignment a JOIN person p ON p.id = a.person"
    " WHERE a.license = ? AND a.revoked IS NULL"
)


class Library:
    def __init__(self):
        self.book = seatbook.open()
        self.desk = self.book.session("bench", role="super_admin")
        self.people = [
            self.desk.add_person(name="P", email=f"person{number}@example.com").person
            for number in range(PEOPLE)
        ]
        self.licenses = [
            self.desk.add_license(name="L", total_seats=PEOPLE, owner=self.people[0]).license
            for _ in range(LICENSES + 1)
        ]

    def assign(self):
        desk = self.desk
        for license in self.licenses[:LICENSES]:
            for person in self.people:
                desk.assign(license, person)

    def usage(self):
        desk, license = self.desk, self.licenses[0]
        for _ in range(SEATS):
            desk.usage(license)

    def rows(self):
        for license in self.licenses[:LICENSES]:
            for row in self.desk.license_seats(license):
                row.person, row.name, row.assigned_at  # noqa: B018 (the access is measured)

    def columns(self):
        for license in self.licenses[:LICENSES]:
            self.desk.license_seats(license).__arrow_c_stream__()

    def roster(self):
        report = self.desk.import_roster(self.licenses[LICENSES], csv=FILE)
        assert report.added == PEOPLE, report


class OnSqlite:
    def __init__(self):
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.db.executescript(SCHEMA)
        for number in range(PEOPLE):
            self.db.execute(
                "INSERT INTO person (name, email) VALUES ('P', ?)", (f"person{number}@example.com",)
            )
        for _ in range(LICENSES + 1):
            self.db.execute("INSERT INTO license (name, total) VALUES ('L', ?)", (PEOPLE,))

    def grant(self, license, person, level=""):
        run = self.db.execute
        states = run(
            "SELECT l.state, p.state FROM license l, person p WHERE l.id = ? AND p.id = ?",
            (license, person),
        ).fetchone()
        assert states == (0, 0)
        seat = run(
            "INSERT INTO assignment (license, person, at, granted_by, level)"
            " VALUES (?, ?, ?, 1, ?)",
            (license, person, time.time_ns() // 1000, level),
        ).lastrowid
        taken = run("UPDATE license SET used = used + 1 WHERE id = ? AND used < total", (license,))
        assert taken.rowcount == 1
        run(
            "INSERT INTO history (at, actor, kind, license, person, assignment)"
            " VALUES (?, 1, 12, ?, ?, ?)",
            (time.time_ns() // 1000, license, person, seat),
        )

    def assign(self):
        run = self.db.execute
        for license in range(1, LICENSES + 1):
            for person in range(1, PEOPLE + 1):
                run("BEGIN")
                self.grant(license, person)
                run("COMMIT")

    def usage(self):
        for _ in range(SEATS):
            self.db.execute("SELECT used, total FROM license WHERE id = 1").fetchone()

    def rows(self):
        for license in range(1, LICENSES + 1):
            for _ in self.db.execute(SEATS_OF, (license,)):
                pass

    def columns(self):
        for license in range(1, LICENSES + 1):
            list(zip(*self.db.execute(SEATS_OF, (license,))))

    def roster(self):
        run, license, added = self.db.execute, LICENSES + 1, 0
        run("BEGIN")
        for row in csv.DictReader(io.StringIO(FILE, newline="")):
            found = run("SELECT id FROM person WHERE email = ?", (row["Email"].lower(),)).fetchone()
            if found is None:
                continue
            held = run(
                "SELECT 1 FROM assignment WHERE license = ? AND person = ? AND revoked IS NULL",
                (license, found[0]),
            ).fetchone()
            if held is None:
                self.grant(license, found[0], row["Role"])
                added += 1
        run("COMMIT")
        assert added == PEOPLE


class OnDicts:
    def __init__(self):
        self.people = {id: {"name": "P", "state": "active"} for id in range(1, PEOPLE + 1)}
        self.by_email = {f"person{id - 1}@example.com": id for id in self.people}
        self.licenses = {
            id: {"name": "L", "total": PEOPLE, "state": "active", "seats": {}}
            for id in range(1, LICENSES + 2)
        }
        self.seats = {}
        self.history = []

    def grant(self, license, person, level=""):
        of, who = self.licenses[license], self.people[person]
        assert of["state"] == who["state"] == "active"
        assert person not in of["seats"]
        assert len(of["seats"]) < of["total"]
        seat, at = len(self.seats) + 1, time.time_ns() // 1000
        of["seats"][person] = self.seats[seat] = {
            "license": license, "person": person, "at": at, "level": level, "by": 1,
        }  # fmt: skip
        self.history.append((at, 1, 12, license, person, seat))

    def assign(self):
        for license in range(1, LICENSES + 1):
            for person in self.people:
                self.grant(license, person)

    def usage(self):
        for _ in range(SEATS):
            license = self.licenses[1]
            len(license["seats"]), license["total"]

    def rows(self):
        for license in range(1, LICENSES + 1):
            for person, seat in self.licenses[license]["seats"].items():
                person, self.people[person]["name"], seat["at"]

    def columns(self):
        for license in range(1, LICENSES + 1):
            seats = self.licenses[license]["seats"]
            list(seats), [self.people[each]["name"] for each in seats], [
                seat["at"] for seat in seats.values()
            ]

    def roster(self):
        license, added = LICENSES + 1, 0
        for row in csv.DictReader(io.StringIO(FILE, newline="")):
            person = self.by_email.get(row["Email"].lower())
            if person is not None and person not in self.licenses[license]["seats"]:
                self.grant(license, person, row["Role"])
                added += 1
        assert added == PEOPLE


WORK = {
    "assign": SEATS, "usage": SEATS, "rows": SEATS, "columns": SEATS, "roster": ROSTER,
}  # fmt: skip


def timed(kind):
    """Returns the microseconds per call or row, by work."""
    contender = kind()
    took = {}
    for work, count in WORK.items():
        gc.collect()
        begin = time.perf_counter()
        getattr(contender, work)()
        took[work] = (time.perf_counter() - begin) / count * 1e6
    return took


def main():
    rounds = [[timed(kind) for kind in (Library, OnSqlite, OnDicts)] for _ in range(ROUNDS)]
    print(
        f"{'microseconds':<14}{'seatbook':>10}{'sqlite3':>10}{'ratio':>8}{'dicts':>10}{'ratio':>8}"
    )
    for work in WORK:
        ours, theirs, floor = (
            statistics.median(each[at][work] for each in rounds) for at in range(3)
        )
        print(
            f"{work:<14}{ours:>10.2f}{theirs:>10.2f}{theirs / ours:>8.1f}"
            f"{floor:>10.2f}{floor / ours:>8.1f}"
        )


if __name__ == "__main__":
    main()

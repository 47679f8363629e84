#!/usr/bin/env python3
"""Calls from Python beside the same rules written by hand on Python's sqlite3, in one run.

    PYTHONPATH=build/release/python python3 benchmarks/python_calls.py

Both hold 100 licenses and 1,000 people in memory and give every person a seat on every license, each
in a call of its own that checks states and capacity and writes a history row. Medians of rounds that
take turns; SEATBOOK_BENCH_ROUNDS says how many (3).
"""

import os
import sqlite3
import statistics
import time

import seatbook

LICENSES = 100
PEOPLE = 1_000
SEATS = LICENSES * PEOPLE
ROUNDS = int(os.environ.get("SEATBOOK_BENCH_ROUNDS", "3"))

SCHEMA = """
    CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, state INTEGER DEFAULT 0);
    CREATE TABLE license (id INTEGER PRIMARY KEY, name TEXT, total INTEGER, used INTEGER DEFAULT 0,
                          state INTEGER DEFAULT 0);
    CREATE TABLE assignment (id INTEGER PRIMARY KEY, license INTEGER, person INTEGER, at INTEGER,
                             granted_by INTEGER, revoked INTEGER);
    CREATE UNIQUE INDEX one_active ON assignment (license, person) WHERE revoked IS NULL;
    CREATE INDEX of_person ON assignment (person) WHERE revoked IS NULL;
    CREATE TABLE history (seq INTEGER PRIMARY KEY, at INTEGER, actor INTEGER, kind INTEGER,
                          license INTEGER, person INTEGER, assignment INTEGER);
    CREATE INDEX history_of_license ON history (license);
    CREATE INDEX history_of_person ON history (person);
"""


def timed(work, count):
    """Microseconds for each of so many."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) / count * 1e6


def library():
    desk = seatbook.open().session("bench", role="super_admin")
    people = [desk.add_person(name="P").person for _ in range(PEOPLE)]
    licenses = [
        desk.add_license(name="L", total_seats=PEOPLE, owner=people[0]).license
        for _ in range(LICENSES)
    ]

    def assign():
        for license in licenses:
            for person in people:
                desk.assign(license, person)

    def usage():
        for _ in range(SEATS):
            desk.usage(licenses[0])

    def rows():
        for license in licenses:
            for row in desk.license_seats(license):
                row.person, row.name, row.assigned_at

    return {"assign": timed(assign, SEATS), "usage": timed(usage, SEATS), "a row": timed(rows, SEATS)}


def by_hand():
    database = sqlite3.connect(":memory:", isolation_level=None)
    run = database.execute
    database.executescript(SCHEMA)
    for _ in range(PEOPLE):
        run("INSERT INTO person (name) VALUES ('P')")
    for _ in range(LICENSES):
        run("INSERT INTO license (name, total) VALUES ('L', ?)", (PEOPLE,))

    def assign():
        for license in range(1, LICENSES + 1):
            for person in range(1, PEOPLE + 1):
                run("BEGIN")
                states = run(
                    "SELECT l.state, p.state FROM license l, person p WHERE l.id = ? AND p.id = ?",
                    (license, person),
                ).fetchone()
                assert states == (0, 0)
                seat = run(
                    "INSERT INTO assignment (license, person, at, granted_by) VALUES (?, ?, ?, 1)",
                    (license, person, time.time_ns() // 1000),
                ).lastrowid
                taken = run(
                    "UPDATE license SET used = used + 1 WHERE id = ? AND used < total", (license,)
                )
                assert taken.rowcount == 1
                run(
                    "INSERT INTO history (at, actor, kind, license, person, assignment)"
                    " VALUES (?, 1, 12, ?, ?, ?)",
                    (time.time_ns() // 1000, license, person, seat),
                )
                run("COMMIT")

    def usage():
        for _ in range(SEATS):
            run("SELECT used, total FROM license WHERE id = 1").fetchone()

    def rows():
        for license in range(1, LICENSES + 1):
            for _ in run(
                "SELECT a.person, p.name, a.at FROM assignment a JOIN person p ON p.id = a.person"
                " WHERE a.license = ? AND a.revoked IS NULL",
                (license,),
            ):
                pass

    return {"assign": timed(assign, SEATS), "usage": timed(usage, SEATS), "a row": timed(rows, SEATS)}


def main():
    rounds = [(library(), by_hand()) for _ in range(ROUNDS)]
    print(f"{'microseconds':<14}{'seatbook':>10}{'sqlite3':>10}{'ratio':>8}")
    for work in rounds[0][0]:
        ours = statistics.median(one[work] for one, _ in rounds)
        theirs = statistics.median(other[work] for _, other in rounds)
        print(f"{work:<14}{ours:>10.2f}{theirs:>10.2f}{theirs / ours:>8.1f}")


if __name__ == "__main__":
    main()

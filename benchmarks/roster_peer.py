#!/usr/bin/env python3
"""The peer of roster.cpp: the same import as a well-written script with csv and sqlite3.

    roster_peer.py FILE PEOPLE ROUNDS

Prints one line per round: seconds of processor time, then the number of rows that were added,
already linked, not found, invalid and without a seat. Each import is one transaction. All look-ups
use a key or an index, and the module's cache reuses the statements. People are looked up row by
row, because there may be too many to load. Python counts the remaining seats.
"""

import csv
import sqlite3
import sys
import time
import unicodedata
from decimal import Decimal, InvalidOperation

SCHEMA = """
CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT,
  email_key TEXT UNIQUE, state INTEGER NOT NULL DEFAULT 0);
CREATE TABLE license (id INTEGER PRIMARY KEY, name TEXT NOT NULL, total_seats INTEGER,
  used INTEGER NOT NULL DEFAULT 0);
CREATE TABLE assignment (id INTEGER PRIMARY KEY, license INTEGER NOT NULL, person INTEGER NOT NULL,
  assigned_at INTEGER NOT NULL, assigned_by INTEGER NOT NULL, revoked_at INTEGER,
  access_level TEXT NOT NULL DEFAULT '', cost_override INTEGER);
CREATE UNIQUE INDEX active ON assignment (license, person) WHERE revoked_at IS NULL;
CREATE TABLE history (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor INTEGER NOT NULL,
  kind INTEGER NOT NULL, license INTEGER, person INTEGER, assignment INTEGER);
CREATE INDEX history_by_license ON history (license);
CREATE INDEX history_by_person ON history (person);
"""


def email_key(text):
    return unicodedata.normalize("NFC", text.strip()).lower()


def ten_thousandths(text):
    text = text.strip()
    if not text:
        return None
    if not all(c in "0123456789." for c in text):
        raise ValueError(text)
    try:
        scaled = Decimal(text) * 10_000
    except InvalidOperation as error:
        raise ValueError(text) from error
    if scaled != int(scaled) or scaled > 999_999_999_999:
        raise ValueError(text)
    return int(scaled)


def import_roster(db, path, license_id, now):
    counts = {"added": 0, "linked": 0, "not_found": 0, "invalid": 0, "no_seats": 0}
    report = []
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = csv.reader(file, strict=True)
        header = [name.strip().lower() for name in next(rows)]
        at_email = header.index("email")
        at_role = header.index("role")
        at_cost = header.index("costperseatoverride")
        cursor = db.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        total, used = cursor.execute(
            "SELECT total_seats, used FROM license WHERE id = ?", (license_id,)
        ).fetchone()
        for row in rows:
            outcome = None
            try:
                if len(row) != len(header):
                    raise ValueError("cells")
                email = row[at_email]
                role = row[at_role].removeprefix("'") if row[at_role][:2] == "'=" else row[at_role]
                if "@" not in email or len(role) > 64:
                    raise ValueError(email)
                cost = ten_thousandths(row[at_cost])
            except ValueError:
                outcome = "invalid"
            if outcome is None:
                person = cursor.execute(
                    "SELECT id, state FROM person WHERE email_key = ?", (email_key(email),)
                ).fetchone()
                if person is None:
                    outcome = "not_found"
                elif cursor.execute(
                    "SELECT 1 FROM assignment WHERE license = ? AND person = ?"
                    " AND revoked_at IS NULL",
                    (license_id, person[0]),
                ).fetchone():
                    outcome = "linked"
                elif person[1] != 0:
                    outcome = "invalid"
                elif total is not None and used >= total:
                    outcome = "no_seats"
                else:
                    cursor.execute(
                        "INSERT INTO assignment (license, person, assigned_at, assigned_by,"
                        " access_level, cost_override) VALUES (?, ?, ?, 1, ?, ?)",
                        (license_id, person[0], now, role, cost),
                    )
                    cursor.execute(
                        "INSERT INTO history (at, actor, kind, license, person, assignment)"
                        " VALUES (?, 1, 12, ?, ?, ?)",
                        (now, license_id, person[0], cursor.lastrowid),
                    )
                    used += 1
                    outcome = "added"
            counts[outcome] += 1
            if outcome != "added":
                report.append((rows.line_num, outcome, row))
        cursor.execute("UPDATE license SET used = ? WHERE id = ?", (used, license_id))
        cursor.execute("COMMIT")
    return counts


def main():
    path, people, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.executescript(SCHEMA)
    db.execute("BEGIN")
    db.executemany(
        "INSERT INTO person (name, email, email_key) VALUES (?, ?, ?)",
        (
            (f"Person {i}", f"Person{i}@example.com", f"person{i}@example.com")
            for i in range(1, people + 1)
        ),
    )
    db.execute("COMMIT")
    for number in range(1, rounds + 1):
        db.execute("INSERT INTO license (name, total_seats) VALUES (?, NULL)", (f"L{number}",))
        begin = time.process_time()
        counts = import_roster(db, path, number, number)
        seconds = time.process_time() - begin
        print(seconds, *counts.values(), flush=True)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Records tests/data/format-1: one book, written by version 0.1 to each kind of storage.

    PYTHONPATH=build/release/python python3 tests/data/record_format_1.py FOLDER

This script documents how the recorded files were made. The files are never recorded again: they
represent what hosts of version 0.1 have on disk, and every later version must open them.

    book.json      the text of Book.dump() that 0.1 returned for the book in every file below
    book.db        SQLite, closed
    unclosed.db    SQLite, copied with its write-ahead log (-wal) while the book was open
    book.plain     rows as JSON, as stored by a plug-in in C or Python, in the format of
                   tests/storage/plain_files.hpp
    book.sql       pg_dump of a database with two books: "main" is the book, "small" has one person

The book has every kind of record, every enumerator, and every optional member both set and not set.
check_complete() verifies that.
"""

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import seatbook

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "postgres"))
from server import PostgresServer, find_binaries

REQUEST_ID = "5ea7b00c000040008000{:012d}"
LONG_NAME = "Ж" * 255
TEXTS = "quotes ' \" \\, a tab\t, lines\r\n\n, 東京 𝕊 e\u0301, =1+1, {}[]"


class PlainFile(seatbook.Storage):
    """Writes the format of tests/storage/plain_files.hpp. For one new book in one process."""

    def __init__(self, path):
        self._file = open(path, "xb")
        self._file.write(b"seatbook plain file, format 1\n")
        self._version = 0

    def read(self, after):
        return self._version, []

    def append(self, base, token, rows):
        puts = ",".join(f'["{table}",{number},{data.decode()}]' for table, number, _, data in rows)
        text = f'{{"version":{base + 1},"token":"{token.hex()}","puts":[{puts}]}}'.encode()
        self._file.write(b"%08x %s\n" % (zlib.crc32(text), text))
        self._file.flush()
        self._version = base + 1

    def find(self, token):
        return None


def write_book(open_book):
    """Writes the book. Yields the book, its clock and a function that makes the last changes.

    The caller may reopen the book before it calls the function with it.
    """
    clock = seatbook.ManualClock("2026-03-01T12:00:00Z")
    numbers = iter(range(1, 1000))

    def later(**by):
        clock.advance(datetime.timedelta(**(by or {"minutes": 7, "microseconds": 41})))

    def request():
        return REQUEST_ID.format(next(numbers))

    book = open_book(clock)
    root = book.session("root", role="super_admin")

    # People: with and without each member; a name and an email of maximum length.
    ada = root.add_person(name="Ada", email="Ada@Example.com", host_key="host-1",
                          request_id=request()).person
    bo = root.add_person(name=TEXTS, request_id=request()).person
    later()
    cy = root.add_person(name=LONG_NAME, email="c" * 242 + "@example.com").person
    dee = root.add_person(name="Dee", email="dee@example.com", host_key="host-" + "x" * 186).person
    eve = root.add_person(name="Eve", email="eve@büro.example", host_key="host-eve").person
    fay = root.add_person(name="Fay", email="fay@example.com").person
    gus = root.add_person(name="Gus", email="gus@example.com").person
    later()

    # Licenses: every billing period, policy and kind of total; explicit and default owners.
    vector = root.add_license(
        name="Vector studio", vendor="Inkworks", product_group="design", host_key="lic-1",
        total_seats=3, policy="enforce", owner=ada, backup_owner=bo, cost_per_seat="12.5801",
        currency="EUR", billing_period="month", renewal_date="2027-02-28", request_id=request(),
    ).license  # fmt: skip
    raster = root.add_license(
        name="Raster studio", vendor="Inkworks", product_group="design", total_seats=1,
        policy="allow_over", owner=bo, cost_per_seat="99999999.9999", currency="JPY",
        billing_period="year", renewal_date="1970-01-01",
    ).license  # fmt: skip
    words = root.add_license(name=TEXTS, total_seats=None, owner=cy, currency="USD",
                             billing_period="once", renewal_date="2200-12-31").license
    empty = root.add_license(name="Nothing set", total_seats=0, owner=ada).license
    most = root.add_license(name="Most seats", total_seats=1_000_000_000, owner=dee,
                            backup_owner=ada, cost_per_seat=0, currency="USD").license
    as_ada = book.session(person=ada, role="it_admin")
    as_eve = book.session(person=eve, role="admin")
    own = as_ada.add_license(name="Added by a person", total_seats=2).license
    later()

    # Every kind of change of people and licenses.
    root.update_person(ada, name="Ada L.", email="ada.l@example.com")
    root.update_person(dee, email=None, request_id=request())
    root.update_person(bo, email="bo@example.com", host_key="host-bo")
    root.update_license(vector, name="Vector Studio", vendor=None, renewal_date="2027-03-31")
    root.update_license(words, product_group="office", host_key="lic-" + "y" * 187,
                        cost_per_seat="0.0001")
    later()
    root.set_total_seats(vector, 5, request_id=request())
    root.set_total_seats(most, None)
    root.set_total_seats(words, 40)
    root.set_policy(raster, "enforce")
    root.set_policy(raster, "allow_over")
    as_ada.set_owners(vector, owner=bo, backup_owner=ada)
    root.set_owners(raster, backup_owner=cy)
    root.set_owners(raster, backup_owner=None)
    root.archive_license(own)
    root.reactivate_license(own)
    root.archive_license(empty, request_id=request())
    later(hours=5)

    # Seats: with and without each member, over-allocated, transferred, edited, used, revoked.
    seat = root.assign(vector, ada, access_level="Editor", account="ada@vendor.example",
                       notes=TEXTS, cost_override="0.0001", request_id=request()).assignment
    plain = as_ada.assign(vector, bo).assignment
    free = root.assign(words, bo, cost_override=0, access_level="L" * 64).assignment
    root.assign_many(raster, [ada, bo, cy, fay], access_level="Viewer", cost_override="7.5",
                     request_id=request())
    root.bulk_assign(gus, [vector, raster, words, empty])
    later(days=1)
    root.edit_seat(plain, access_level="Admin", account="bo", notes="n" * 1000)
    root.edit_seat(free, access_level=None, cost_override=None, request_id=request())
    root.record_use(seat, "2026-03-02T18:00:00.000001Z")
    root.record_uses([{"assignment": plain, "used_at": "2026-03-03T10:00:00Z"},
                      {"license": words, "email": "gus@example.com",
                       "used_at": "2026-03-02T19:00:00Z"}], request_id=request())
    later()
    transferred = as_eve.transfer(seat, eve, request_id=request()).assignment
    root.revoke(plain, reason="moved on, " + TEXTS)
    root.revoke(free, request_id=request())
    root.assign(vector, bo, account="again")
    later()

    # Offboarding: flagged seats that are reviewed, cleared, revoked, or remain flagged.
    root.archive_person(gus, request_id=request())
    gus_seats = [root.find_seat(license, gus) for license in (vector, raster, words)]
    root.mark_reviewed(gus_seats[0])
    as_eve.revoke(gus_seats[1], reason="offboarded")
    root.archive_person(fay)
    later(days=2)
    root.reactivate_person(fay, request_id=request())
    root.archive_person(cy)

    # Erasure: of an actor with an active seat and texts, and of a person with neither.
    root.edit_seat(transferred, notes="about Eve")
    root.erase_person(eve, revoke_first=True, request_id=request())
    later()

    def finish(book):
        root = book.session("root", role="super_admin")
        service = book.session("provisioning " + "z" * 178, role="it_admin")
        hal = service.add_person(name="Hal", email="eve@büro.example", host_key="host-eve").person
        root.add_person(name="Ida", email="ida@example.com")
        later()
        root.erase_person(root.find_person(email="ida@example.com"))
        service.bulk_assign(hal, [words, most], request_id=request())
        root.revoke_all(bo, reason="", request_id=request())
        service.assign(words, ada, notes="the last seat", request_id=LAST_REQUEST_ID)

    yield book, clock, finish


LAST_REQUEST_ID = REQUEST_ID.format(999)


def write_whole(open_book):
    """Writes the complete book and returns it open. The caller closes it."""
    for book, _clock, finish in write_book(open_book):
        finish(book)
        return book


def check_complete(dump):
    """Checks that every enumerator occurs, and that every optional member is both set and unset."""
    book = json.loads(dump)
    values = {}
    for table, records in book.items():
        for record in records if isinstance(records, list) else []:
            for member, value in record.items():
                values.setdefault((table, member), []).append(value)

    def enumerators(table, member, kind):
        names = {value.name.lower() for value in kind}
        found = set(values[table, member])
        assert found == names, (table, member, names ^ found)

    enumerators("people", "state", seatbook.PersonState)
    enumerators("licenses", "state", seatbook.LicenseState)
    enumerators("licenses", "policy", seatbook.CapacityPolicy)
    enumerators("licenses", "billing_period", seatbook.BillingPeriod)
    enumerators("history", "kind", seatbook.HistoryKind)
    always = {"id", "name", "revision", "state", "policy", "billing_period", "owner", "license",
              "person", "assigned_at", "assigned_by", "seq", "batch", "at", "kind", "actor",
              "used_at", "assignment"}  # fmt: skip
    for (table, member), found in sorted(values.items()):
        if member in always and (table, member) not in OPTIONAL:
            continue
        filled = [value for value in found if value not in (None, "", False)]
        assert filled and len(filled) < len(found), (table, member, found)


OPTIONAL = {("actors", "actor"), ("actors", "person"), ("history", "license"),
            ("history", "person"), ("history", "assignment")}  # fmt: skip


def record_sqlite(folder):
    path = folder / "book.db"
    work = Path(tempfile.mkdtemp())
    for book, clock, finish in write_book(lambda clock: seatbook.open(path, clock=clock)):
        book.close()
        book = seatbook.open(path, clock=clock)
        finish(book)
        for suffix in ("", "-wal"):
            shutil.copyfile(f"{path}{suffix}", work / f"unclosed.db{suffix}")
        dump = book.dump()
        book.close()
    for suffix in ("", "-wal"):
        shutil.move(work / f"unclosed.db{suffix}", folder / f"unclosed.db{suffix}")
    work.rmdir()
    for left in folder.glob("book.db-*"):
        left.unlink()
    return dump


def record_plain(folder):
    storage = PlainFile(folder / "book.plain")
    with write_whole(lambda clock: seatbook.open(storage=storage, clock=clock)) as book:
        return book.dump()


def record_postgres(folder):
    with PostgresServer() as server:
        seatbook.create_schema(server.url)
        with write_whole(lambda clock: seatbook.open(server.url, clock=clock)) as book:
            dump = book.dump()
        with seatbook.open(
            server.url, book="small", clock=seatbook.ManualClock("2026-03-01T12:00:00Z")
        ) as small:
            small.session("root", role="super_admin").add_person(
                name="Sam", request_id=LAST_REQUEST_ID
            )
        text = subprocess.run(
            [find_binaries() / "pg_dump", "--no-owner", "--no-privileges", server.url],
            check=True, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"},
        ).stdout  # fmt: skip
    # An older psql does not know these two commands, which are not needed here.
    text = re.sub(r"^\\(un)?restrict .*\n", "", text, flags=re.MULTILINE)
    (folder / "book.sql").write_text(text, encoding="utf-8")
    return dump


def main():
    """Records all files in the folder given as the argument."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True)
    dumps = [record_sqlite(folder), record_plain(folder), record_postgres(folder)]
    assert dumps[0] == dumps[1] == dumps[2]
    check_complete(dumps[0])
    (folder / "book.json").write_text(dumps[0] + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Tests that correct Python storages pass the contract suite and that incorrect ones fail."""

import sqlite3
import threading
import unittest

import seatbook
from seatbook.testing.storage import MemoryStorage, StorageContract
from support import BookTest, alarm


class WithoutLock(MemoryStorage):
    """A storage without lock(); append() must be atomic."""

    def __init__(self):
        super().__init__()
        self.mutex = threading.Lock()

    def append(self, base, token, rows):
        with self.mutex:
            super().append(base, token, rows)

    def read(self, after):
        with self.mutex:
            return super().read(after)

    def lock(self):
        pass

    unlock = lock


class InGroups(MemoryStorage):
    """A storage that takes groups."""

    def largest_group(self):
        return 64

    def append_group(self, batches):
        if batches[0][0] != self.version:
            raise seatbook.ConflictError("another commit came first")
        for batch in batches:
            self.append(*batch)


class Of01:
    """A storage as for 0.1, with the methods that 0.1 called and no base class."""

    def __init__(self):
        storage = MemoryStorage()
        self.read, self.append, self.find = storage.read, storage.append, storage.find
        self.lock, self.unlock = storage.lock, storage.unlock


class InSqlite(seatbook.Storage):
    """Stores rows in a file with Python's sqlite3, as a host might."""

    def __init__(self, path):
        self.path = path
        self.local = threading.local()
        self.db().executescript(
            "CREATE TABLE IF NOT EXISTS rows (name TEXT, id INTEGER, version INTEGER, data BLOB,"
            " PRIMARY KEY (name, id)) WITHOUT ROWID;"
            "CREATE TABLE IF NOT EXISTS batches (version INTEGER PRIMARY KEY, token BLOB UNIQUE);"
        )

    def db(self):
        if not hasattr(self.local, "db"):
            self.local.db = sqlite3.connect(self.path, isolation_level=None, timeout=60)
            self.local.db.execute("PRAGMA synchronous = OFF")
        return self.local.db

    def version(self):
        return self.db().execute("SELECT coalesce(max(version), 0) FROM batches").fetchone()[0]

    def read(self, after):
        db = self.db()
        inside = db.in_transaction
        if not inside:
            db.execute("BEGIN")
        try:
            rows = db.execute("SELECT * FROM rows WHERE version > ?", (after,)).fetchall()
            return self.version(), rows
        finally:
            if not inside:
                db.execute("COMMIT")

    def append(self, base, token, rows):
        db = self.db()
        if self.version() != base:
            raise seatbook.ConflictError("another commit came first")
        db.executemany("REPLACE INTO rows VALUES (?, ?, ?, ?)", rows)
        db.execute("INSERT INTO batches VALUES (?, ?)", (base + 1, token))

    def largest_group(self):
        return 5

    def append_group(self, batches):
        for batch in batches:  # in the transaction of lock(); only the first can be refused
            self.append(*batch)

    def find(self, token):
        query = "SELECT version FROM batches WHERE token = ?"
        found = self.db().execute(query, (token,)).fetchone()
        return found and found[0]

    def lock(self):
        self.db().execute("BEGIN IMMEDIATE")

    def unlock(self):
        self.db().execute("COMMIT")


class AlarmedTest(BookTest):
    def setUp(self):
        watch = alarm()
        watch.__enter__()
        self.addCleanup(watch.__exit__, None, None, None)


class InMemory(StorageContract, AlarmedTest):
    def make_storage(self):
        return MemoryStorage()


class InMemoryWithoutLock(StorageContract, AlarmedTest):
    def make_storage(self):
        return WithoutLock()


class InMemoryInGroups(StorageContract, AlarmedTest):
    def make_storage(self):
        return InGroups()


class InMemoryOf01(StorageContract, AlarmedTest):
    remembered = 1_000

    def make_storage(self):
        return Of01()

    def test_a_copy_is_not_supported(self):
        with seatbook.open(storage=Of01()) as book:
            with self.assertRaises(seatbook.UnsupportedStorageError):
                book.backup_to(self.path())


class InAFile(StorageContract, AlarmedTest):
    remembered = 1_000

    def make_storage(self):
        return InSqlite(self.path())

    def reopen(self, storage):
        return InSqlite(storage.path)


class AcceptsAnyBase(MemoryStorage):
    def append(self, base, token, rows):
        super().append(self.version, token, rows)


class KeepsPartOfARejectedBatch(MemoryStorage):
    def append(self, base, token, rows):
        if base != self.version:
            table, number, version, data = rows[0]
            self.rows[table, number] = (version, data)
        super().append(base, token, rows)


class ForgetsTokens(MemoryStorage):
    def append(self, base, token, rows):
        super().append(base, token, rows)
        while len(self.tokens) > 100:
            self.tokens.pop(next(iter(self.tokens)))


class ReadsEverything(MemoryStorage):
    def read(self, after):
        return super().read(0)


class LosesABatch(MemoryStorage):
    def append(self, base, token, rows):
        super().append(base, token, [] if base == 5 else rows)


class ChangesTexts(MemoryStorage):
    def append(self, base, token, rows):
        super().append(base, token, [(*row[:3], row[3].replace(b"Ada", b"ADA")) for row in rows])


class FindsEverything(MemoryStorage):
    def find(self, token):
        return self.tokens.get(token, 1)


class KeepsPartOfARejectedGroup(InGroups):
    def append_group(self, batches):
        if batches[0][0] != self.version:
            table, number, version, data = batches[0][2][0]
            self.rows[table, number] = (version, data)
        super().append_group(batches)


class WritesGroupsBackwards(InGroups):
    def append_group(self, batches):
        if batches[0][0] != self.version:
            raise seatbook.ConflictError("another commit came first")
        for _, token, rows in reversed(batches):
            self.append(self.version, token, rows)


class KeepsTheLastTokenOfAGroup(InGroups):
    def append_group(self, batches):
        super().append_group(batches)
        for _, token, _ in batches[:-1]:
            del self.tokens[token]


class IncorrectStorages(unittest.TestCase):
    def test_incorrect_storages_fail_the_contract(self):
        for kind in (
            AcceptsAnyBase, KeepsPartOfARejectedBatch, ForgetsTokens, ReadsEverything, LosesABatch,
            ChangesTexts, FindsEverything, KeepsPartOfARejectedGroup, WritesGroupsBackwards,
            KeepsTheLastTokenOfAGroup,
        ):  # fmt: skip
            contract = type(
                "Contract", (StorageContract, unittest.TestCase), {"make_storage": lambda _: kind()}
            )
            suite = unittest.defaultTestLoader.loadTestsFromTestCase(contract)
            result = unittest.TestResult()
            suite.run(result)
            with self.subTest(kind.__name__):
                self.assertGreaterEqual(result.testsRun, 9)
                self.assertFalse(result.wasSuccessful())


if __name__ == "__main__":
    unittest.main()

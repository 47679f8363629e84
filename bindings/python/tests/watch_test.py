#!/usr/bin/env python3
"""Tests Book.stats() and the log of a book."""

import gc
import logging
import unittest
import weakref

import seatbook
from seatbook.testing.storage import FailingStorage, MemoryStorage
from support import BookTest


def failing_storage():
    """Returns a storage whose first append fails."""
    return FailingStorage(MemoryStorage(), fail_at=1)


class Stats(BookTest):
    def test_count_records_and_commits(self):
        before = self.book.stats()
        self.desk.assign(self.figma, self.ada)
        with self.assertRaises(seatbook.AlreadyAssignedError):
            self.desk.assign(self.figma, self.ada)
        stats = self.book.stats()
        self.assertEqual((stats.people, stats.licenses, stats.assignments), (1, 1, 1))
        self.assertEqual(stats.version, self.book.version)
        self.assertEqual(stats.batches, before.batches + 1)
        self.assertEqual(stats.groups_of_1, stats.groups)
        self.assertEqual(stats.failed_commands, 1)
        self.assertEqual(stats.append.calls, 0)
        self.assertEqual(stats.to_dict()["lock"], {"calls": 0, "total_us": 0, "longest_us": 0})

    def test_of_a_closed_book(self):
        self.book.close()
        with self.assertRaises(seatbook.BookClosedError):
            self.book.stats()


class Log(unittest.TestCase):
    def open(self, on_log, storage=None):
        book = seatbook.open(storage=storage, on_log=on_log)
        self.addCleanup(book.close)
        return book, book.session("root", role="admin")

    def test_receives_failures_of_the_storage(self):
        entries = []
        book, desk = self.open(entries.append, failing_storage())
        with self.assertRaises(seatbook.StorageFailedError):
            desk.add_person(name="Ada")
        self.assertEqual(len(entries), 1)
        entry = entries[0]
        self.assertIs(entry.level, seatbook.LogLevel.error)
        self.assertIs(entry.kind, seatbook.LogKind.storage_failed)
        self.assertIs(entry.code, seatbook.Code.storage_failed)
        self.assertIn("simulated failure", entry.message)
        self.assertIsNone(entry.duration_us)
        self.assertEqual(book.stats().storage_failures, 1)

    def test_can_be_passed_to_logging(self):
        logger = logging.getLogger("seatbook")

        def on_log(entry):
            logger.log(logging.getLevelName(entry.level.name.upper()), entry.message)

        _, desk = self.open(on_log, failing_storage())
        with self.assertLogs(logger, "ERROR") as logs:
            with self.assertRaises(seatbook.StorageFailedError):
                desk.add_person(name="Ada")
        self.assertEqual(len(logs.records), 1)

    def test_can_use_the_book_and_raise(self):
        def on_log(entry):
            desk.add_person(name=f"After {entry.kind.name}")
            raise ValueError("no disk")

        def listener(event):
            raise ValueError("no listener")

        book, desk = self.open(on_log)
        book.subscribe(listener)
        ada = desk.add_person(name="Ada")
        desk.assign(desk.add_license(name="Figma", owner=ada), ada)
        self.assertEqual([each.name for each in desk.people()], ["Ada", "After listener_failed"])
        self.assertEqual(book.stats().log_failures, 1)

    def test_is_released_by_close(self):
        class Held:
            pass

        held = Held()
        book = seatbook.open(on_log=lambda entry, held=held: None)
        gone = weakref.ref(held)
        del held
        book.close()
        gc.collect()
        self.assertIsNone(gone())

    def test_must_be_callable(self):
        with self.assertRaises(TypeError):
            seatbook.open(on_log="log")


if __name__ == "__main__":
    unittest.main()

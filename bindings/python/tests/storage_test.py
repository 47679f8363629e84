#!/usr/bin/env python3
"""Tests books with storages written in Python: persistence, exceptions and re-entrant calls."""

import gc
import json
import threading
import time
import unittest
import uuid
import weakref

import seatbook
from support import alarm


class Shelf(seatbook.Storage):
    """A minimal storage in memory, which books of one process can share."""

    def __init__(self):
        self.version = 0
        self.rows = {}
        self.tokens = {}
        self.writer = threading.Lock()
        self.calls = []
        self.fail = {}  # exceptions to raise, by name of the call

    def _called(self, name):
        self.calls.append(name)
        if name in self.fail:
            raise self.fail[name]

    def read(self, after):
        self._called("read")
        newer = [
            (table, number, version, data)
            for (table, number), (version, data) in self.rows.items()
            if version > after
        ]
        return self.version, newer

    def append(self, base, token, rows):
        self._called("append")
        if base != self.version:
            raise seatbook.ConflictError("another commit came first")
        self.version += 1
        for table, number, version, data in rows:
            self.rows[table, number] = (version, data)
        self.tokens[token] = self.version
        self._called("appended")

    def find(self, token):
        self._called("find")
        return self.tokens.get(token)

    def lock(self):
        self._called("lock")
        self.writer.acquire()

    def unlock(self):
        self._called("unlock")
        self.writer.release()


def desk_of(book):
    return book.session("root", role="super_admin")


class StorageTest(unittest.TestCase):
    def setUp(self):
        self.shelf = Shelf()

    def test_a_book_can_be_reopened(self):
        with seatbook.open(storage=self.shelf) as book:
            desk = desk_of(book)
            ada = desk.add_person(name="Ada – größer 東京", email="ada@example.com")
            inkwell = desk.add_license(name="Inkwell", total_seats=None, owner=ada)
            desk.revoke(desk.assign(inkwell, ada), reason="left")
            before = book.dump()
        with seatbook.open(storage=self.shelf) as book:
            self.assertEqual(book.dump(), before)
            self.assertEqual(book.check_invariants(), [])
        self.assertEqual(self.shelf.calls.count("lock"), self.shelf.calls.count("unlock"))

    def test_rows_are_json_keyed_by_table_and_id(self):
        with seatbook.open(storage=self.shelf) as book:
            desk_of(book).add_person(name="Ada")
        version, data = self.shelf.rows["people", 1]
        self.assertEqual(version, 1)
        self.assertIsInstance(data, bytes)
        self.assertEqual(json.loads(data)["name"], "Ada")

    def test_two_books_share_a_storage(self):
        with seatbook.open(storage=self.shelf) as one, seatbook.open(storage=self.shelf) as two:
            owner = desk_of(one).add_person(name="Olga")
            inkwell = desk_of(two).add_license(name="Inkwell", total_seats=1, owner=owner)
            desk_of(one).assign(inkwell, owner)
            other = desk_of(two).add_person(name="Bo")
            with self.assertRaises(seatbook.NoSeatsRemainingError):
                desk_of(two).assign(inkwell, other)
            one.refresh()
            self.assertEqual(one.dump(), two.dump())

    def test_exceptions_are_reraised(self):
        with seatbook.open(storage=self.shelf) as book:
            desk = desk_of(book)
            desk.add_person(name="Ada")
            for call in ("append", "read", "lock"):
                raised = OSError(28, "no space left")
                self.shelf.fail = {call: raised}
                with self.assertRaises(OSError) as caught:
                    desk.add_person(name="Bo")
                self.assertIs(caught.exception, raised, call)
                self.shelf.fail = {}
                self.assertEqual(len(desk.people()), 1)
            desk.add_person(name="Bo")
            self.assertEqual(len(desk.people()), 2)

    def test_an_exception_is_not_raised_by_a_later_call(self):
        with seatbook.open(storage=self.shelf) as book:
            desk = desk_of(book)
            self.shelf.fail = {"append": OSError("once")}
            with self.assertRaises(OSError):
                desk.add_person(name="Ada")
            self.shelf.fail = {"append": seatbook.StorageFailedError("disk")}
            with self.assertRaises(seatbook.StorageFailedError) as caught:
                desk.add_person(name="Ada")
            self.assertEqual(caught.exception.message, "disk")

    def test_a_lost_commit_is_found_by_its_token(self):
        with seatbook.open(storage=self.shelf) as book:
            desk = desk_of(book)
            self.shelf.fail = {"appended": ConnectionError("connection lost after the commit")}
            ada = desk.add_person(name="Ada")
            self.shelf.fail = {}
            self.assertEqual(desk.get_person(ada).name, "Ada")

    def test_an_unknown_outcome_blocks_commands_until_it_is_found(self):
        with seatbook.open(storage=self.shelf) as book:
            desk = desk_of(book)
            self.shelf.fail = {"appended": ConnectionError("lost"), "find": TimeoutError("late")}
            for _ in range(2):
                with self.assertRaises((ConnectionError, TimeoutError)):
                    desk.add_person(name="Ada")
            self.assertEqual(len(desk.people()), 0)
            self.shelf.fail = {}
            desk.add_person(name="Bo")
            self.assertEqual([person.name for person in desk.people()], ["Ada", "Bo"])

    def test_invalid_results_are_reported(self):
        for result in (
            None, 3, (1,), (1, [("people", 1)]), (1, [("nowhere", 1, 1, b"{}")]), ("x", []),
        ):  # fmt: skip
            self.shelf.read = lambda after, result=result: result
            expected = (seatbook.StorageFailedError, TypeError, ValueError)
            with self.assertRaises(expected, msg=result):
                seatbook.open(storage=self.shelf)
        self.shelf.read = lambda after: (1, [("people", 1, 1, b"{}")])
        with self.assertRaises(seatbook.StorageCorruptError):
            seatbook.open(storage=self.shelf)

    def test_re_entrant_calls_are_rejected(self):
        class ReEntrant(Shelf):
            use = None

            def append(self, base, token, rows):
                if self.use:
                    self.use()
                super().append(base, token, rows)

        shelf = ReEntrant()
        with alarm(), seatbook.open(storage=shelf) as book, seatbook.open() as another:
            desk = book.session("root", role="super_admin")
            for use in (
                book.dump, book.refresh, desk.people,
                lambda: desk.add_person(name="Bo"), lambda: desk.at_least(9).people(),
                lambda: desk.export_history(), lambda: desk.import_people(csv="Name\n"),
            ):  # fmt: skip
                errors = []

                def try_use(use=use, errors=errors):
                    with self.assertRaises(seatbook.InvalidArgumentError) as caught:
                        use()
                    errors.append(str(caught.exception))
                    raise caught.exception

                shelf.use = try_use
                with self.assertRaisesRegex(seatbook.StorageFailedError, "cannot use the book"):
                    desk.add_person(name="Ada")
                self.assertRegex(errors[0], "a storage or a clock cannot use the book")
            shelf.use = lambda: another.session("log", role="super_admin").add_person(name="Ada")
            desk.add_person(name="Ada")
            self.assertEqual((len(desk.people()), book.closed), (1, False))

    def test_close_by_the_storage_takes_effect_after_the_call(self):
        class Closing(Shelf):
            use = None

            def append(self, base, token, rows):
                super().append(base, token, rows)
                if self.use:
                    self.use()

        shelf = Closing()
        with alarm():
            book = seatbook.open(storage=shelf)
            desk = book.session("root", role="super_admin")
            shelf.use = book.close
            desk.add_person(name="Ada")
            self.assertTrue(book.closed)
            with self.assertRaises(seatbook.BookClosedError):
                desk.people()
            shelf.use = None
            with seatbook.open(storage=shelf) as again:
                self.assertEqual(len(again.session("root", role="super_admin").people()), 1)

    def test_a_path_and_a_storage_are_rejected(self):
        with self.assertRaises(seatbook.InvalidArgumentError) as caught:
            seatbook.open("acme.db", storage=self.shelf)
        self.assertEqual(caught.exception.field, "storage")

    def test_the_storage_is_released_with_the_book(self):
        gone = weakref.ref(self.shelf)
        book = seatbook.open(storage=self.shelf)
        self.shelf = None
        gc.collect()
        desk_of(book).add_person(name="Ada")
        book.close()
        del book
        gc.collect()
        self.assertIsNone(gone())

    def test_a_slow_storage_does_not_block_other_threads(self):
        class Slow(Shelf):
            def append(self, base, token, rows):
                time.sleep(0.002)
                super().append(base, token, rows)

        with alarm(), seatbook.open(storage=Slow()) as book:
            desk = desk_of(book)
            owner = desk.add_person(name="Olga")
            inkwell = desk.add_license(name="Inkwell", total_seats=30, owner=owner)
            events = []
            book.subscribe(lambda event: events.append(event.seq))
            granted = []

            def work():
                for _ in range(15):
                    person = desk.add_person(name="P")
                    try:
                        granted.append(desk.assign(inkwell, person))
                    except seatbook.NoSeatsRemainingError:
                        pass
                    desk.usage(inkwell)

            threads = [threading.Thread(target=work) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(len(granted), 30)
            self.assertEqual(desk.usage(inkwell).used, 30)
            self.assertEqual(book.check_invariants(), [])
            self.assertEqual(len(events), 30)

    def test_calls_that_wait_can_be_written_as_a_group(self):
        test = self

        class InGroups(Shelf):
            sizes = []

            def largest_group(self):
                return 16

            def append_group(self, batches):
                test.assertGreater(len(batches), 1)
                time.sleep(0.002)
                for at, (base, token, rows) in enumerate(batches):
                    test.assertEqual(base, batches[0][0] + at)
                    test.assertEqual({row[2] for row in rows}, {base + 1})
                    super().append(base, token, rows)
                self.sizes.append(len(batches))

            def append(self, base, token, rows):
                time.sleep(0.002)
                super().append(base, token, rows)

            def sync(self):
                self._called("sync")

            def seen(self, token):
                self._called("seen")
                return self.tokens.get(token)

        shelf = InGroups()
        with alarm(), seatbook.open(storage=shelf) as book:
            desk = desk_of(book)
            people = [desk.add_person(name="P") for _ in range(40)]
            inkwell = desk.add_license(name="Inkwell", total_seats=30, owner=people[0])
            granted = []

            def work(mine):
                for person in mine:
                    try:
                        granted.append(desk.assign(inkwell, person, request_id=uuid.uuid4().bytes))
                    except seatbook.NoSeatsRemainingError:
                        pass

            threads = [threading.Thread(target=work, args=[people[at::8]]) for at in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(len(granted), 30)
            self.assertEqual(book.check_invariants(), [])
            self.assertTrue(shelf.sizes, "no calls were written as a group")
            self.assertTrue(all(size <= 16 for size in shelf.sizes))
            before = book.dump()
        with seatbook.open(storage=shelf) as book:
            self.assertEqual(book.dump(), before)

    def test_the_size_of_groups_is_checked_when_the_book_is_opened(self):
        for largest in (-1, "4", None):
            self.shelf.largest_group = lambda largest=largest: largest
            with self.assertRaises((seatbook.InvalidArgumentError, TypeError), msg=largest):
                seatbook.open(storage=self.shelf)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Tests the Python package with several threads and in forked processes.

Every test runs under an alarm. On a deadlock the stacks of all threads are printed and the run
ends.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
import unittest

import seatbook
from seatbook import Code
from support import BookTest, alarm

FORK_SECONDS = 30
HAS_FORK = hasattr(os, "fork")


class AlarmedTest(BookTest):
    def setUp(self):
        watch = alarm()
        watch.__enter__()
        self.addCleanup(watch.__exit__, None, None, None)
        super().setUp()
        self.wrong = []

    def start(self, *tasks):
        """Runs each task in a separate thread; an exception fails the test."""

        def run(task):
            try:
                task()
            except Exception as error:
                self.wrong.append(error)

        threads = [threading.Thread(target=run, args=[task]) for task in tasks]
        for thread in threads:
            thread.start()
        return threads

    def join(self, threads):
        for thread in threads:
            thread.join()
        if self.wrong:
            raise self.wrong[0]


class Threads(AlarmedTest):
    ROUNDS = 40

    def work(self, desk, number):
        """Runs commands and queries of every kind in one of several threads."""
        license_ = desk.add_license(name=f"License {number}", owner=1, total_seats=None)
        for round_ in range(self.ROUNDS):
            person = desk.add_person(name=f"Person {number}.{round_}")
            seat = desk.assign(license_, person, access_level="Editor")
            self.assertGreaterEqual(desk.usage(license_).used, 1)
            self.assertEqual(desk.license_seats(license_)[-1].assignment, seat.assignment)
            desk.record_use(seat, used_at=self.clock.now())
            if round_ % 2:
                desk.revoke(seat)
            desk.seat_list(license=license_, sort="user", limit=5)
            desk.history(license=license_, limit=5)
            desk.export_roster(license_, to=lambda _bytes: None)
            desk.import_people(csv=f"Name\nImported {number}.{round_}\n")
            with self.assertRaises(seatbook.PersonNotFoundError):
                desk.get_person(10**6)
        self.assertEqual(desk.usage(license_).used, self.ROUNDS // 2)

    def run_four(self, book):
        events = []
        notes = []
        desk = book.session("root", role="super-admin")

        def listener(event):
            events.append(event)
            desk.usage(event.license)  # a query from within a listener
            self.assertIsNotNone(event.person)

        book.subscribe(listener)
        book.subscribe_notifications(notes.append)
        stop = threading.Event()

        def look():
            while not stop.is_set():
                book.dump()
                self.assertEqual(book.check_invariants(), [])
                desk.seat_list(limit=0)
                _ = book.version

        if not len(desk.people()):
            desk.add_person(name="Owner")
        watcher = self.start(look)
        self.join(
            self.start(*(lambda number=number: self.work(desk, number) for number in range(4)))
        )
        stop.set()
        self.join(watcher)
        self.assertEqual(book.listener_failures, 0)
        self.assertEqual(len(events), 4 * (self.ROUNDS + self.ROUNDS // 2))
        self.assertEqual(len(notes), 4 * self.ROUNDS)
        self.assertEqual([each.seq for each in events], sorted(each.seq for each in events))
        self.assertEqual(events, list(desk.events_after(0, 100_000).events))
        self.assertEqual(book.check_invariants(), [])

    def test_four_threads_on_a_book_in_memory(self):
        self.run_four(self.book)

    def test_four_threads_on_a_book_in_a_file(self):
        path = self.path()
        with seatbook.open(path, clock=self.clock, durability="relaxed") as book:
            self.run_four(book)
            dump = book.dump()
        with seatbook.open(path, clock=self.clock) as book:
            self.assertEqual(book.dump(), dump)

    def test_subscribe_and_unsubscribe_during_commands(self):
        stop = threading.Event()

        def write():
            while not stop.is_set():
                self.desk.revoke(self.desk.assign(self.figma, self.ada))

        def subscribe():
            for _ in range(300):
                received = []
                listener = self.book.subscribe(received.append)
                note = self.book.subscribe_notifications(received.append)
                self.book.unsubscribe(listener)
                self.book.unsubscribe(note)
            stop.set()

        self.join(self.start(write, subscribe, lambda: self.desk.people()))
        self.assertEqual(self.book.listener_failures, 0)

    def test_a_listener_can_wait_for_another_thread(self):
        """The other thread queries the book and needs the interpreter lock."""
        results = []

        def listener(event):
            thread = threading.Thread(
                target=lambda: results.append(self.desk.usage(event.license).used)
            )
            thread.start()
            thread.join()

        self.book.subscribe(listener)
        self.join(self.start(lambda: self.desk.assign(self.figma, self.ada)))
        self.assertEqual(results, [1])

    def test_a_sink_can_wait_for_another_thread(self):
        self.desk.assign(self.figma, self.ada)

        def sink(_bytes):
            self.join(self.start(lambda: self.desk.add_person(name="From another thread")))

        self.desk.export_roster(self.figma, to=sink)
        self.assertEqual(len(self.desk.people()), 2)

    def test_close_during_calls_of_other_threads(self):
        for _ in range(20):
            book = seatbook.open()
            desk = book.session("root", role="admin")
            book.subscribe(lambda event: None)

            def use(desk=desk):
                try:
                    while True:
                        desk.add_person(name="Ada")
                        desk.people(limit=5)
                except seatbook.BookClosedError:
                    pass

            threads = self.start(use, use, use)
            time.sleep(0.002)
            book.close()
            self.join(threads)

    def test_rows_are_read_by_several_threads(self):
        self.desk.import_people(csv="Name\n" + "".join(f"P{at}\n" for at in range(2000)))
        rows = self.desk.people(limit=100_000)

        def read():
            self.assertEqual(sum(1 for _ in rows), 2001)
            self.assertEqual(hash(rows[7]), hash(rows[7]))

        self.join(self.start(read, read, read, read))


class InterpreterLock(AlarmedTest):
    """Long calls release the interpreter lock."""

    def test_an_import_is_cancelled_from_another_thread(self):
        """The watcher can only run during the import if the interpreter lock is released."""
        csv = "Name,Email\n" + "".join(f"Person {at},p{at}@example.com\n" for at in range(100_000))
        progress = seatbook.Progress()
        seen = []

        def watch():
            while progress.rows_total == 0:
                time.sleep(0)
            seen.append(progress.rows_done)
            progress.cancel()

        watcher = self.start(watch)
        before = self.book.version
        with self.assertRaises(seatbook.CancelledError):
            self.desk.import_people(csv=csv, progress=progress)
        self.join(watcher)
        self.assertLess(seen[0], 100_000)
        self.assertEqual(self.book.version, before)
        self.assertEqual(len(self.desk.people()), 1)


@unittest.skipUnless(HAS_FORK, "needs fork()")
class Forks(AlarmedTest):
    """A book can be used only in the process that opened it."""

    def in_child(self, task):
        """Returns the result of `task` in a forked process, which ends by os._exit()."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(FORK_SECONDS)  # ends a child that hangs
            try:
                result = task()
            except BaseException as error:
                result = f"{type(error).__name__}: {error}"
            os.write(writing, str(result).encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            result = pipe.read().decode()
        _, status = os.waitpid(child, 0)
        self.assertEqual(status, 0, f"the child failed: {result}")
        return result

    @staticmethod
    def codes(*calls):
        """Returns the codes of the calls, joined by spaces."""
        codes = []
        for call in calls:
            try:
                call()
                codes.append("ok")
            except seatbook.Error as error:
                codes.append(error.code.name)
        return " ".join(codes)

    def calls(self, book):
        desk = book.session("root", role="admin")
        return (
            lambda: desk.add_person(name="Grace"),
            lambda: desk.people(),
            lambda: desk.import_people(csv="Name\nGrace\n"),
            book.dump,
            book.check_invariants,
            book.refresh,
        )

    def check_fork(self, book):
        forked = " ".join(["book_forked"] * 6)
        self.assertEqual(self.in_child(lambda: self.codes(*self.calls(book))), forked)
        self.assertEqual(self.codes(*self.calls(book)), " ".join(["ok"] * 6))

    def test_a_book_in_memory(self):
        self.check_fork(self.book)

    def test_a_book_in_a_file(self):
        path = self.path()
        with seatbook.open(path, clock=self.clock) as book:
            self.check_fork(book)
            # The child's copy does not affect the file.
            self.assertEqual(self.in_child(book.close), "None")
            self.assertEqual(
                self.in_child(lambda: self.codes(lambda: seatbook.open(path))), "storage_in_use"
            )
            self.assertEqual(self.codes(*self.calls(book)), " ".join(["ok"] * 6))
            dump = book.dump()
        with seatbook.open(path, clock=self.clock) as book:
            self.assertEqual(book.dump(), dump)
            self.assertEqual(book.check_invariants(), [])

    def test_a_child_can_open_another_book(self):
        path = self.path()

        def task():
            with seatbook.open(path) as book:
                return self.codes(*self.calls(book))

        self.assertEqual(self.in_child(task), " ".join(["ok"] * 6))

    def test_fork_while_other_threads_use_the_book(self):
        """The child must not wait for locks that other threads held at the fork."""
        path = self.path()
        with seatbook.open(path, clock=self.clock, durability="relaxed") as book:
            desk = book.session("root", role="admin")
            book.subscribe(lambda event: None)
            stop = threading.Event()

            def work():
                while not stop.is_set():
                    desk.add_person(name="Ada")
                    desk.people(limit=10)

            threads = self.start(work, work, work)
            try:
                for _ in range(25):
                    codes = self.in_child(lambda: self.codes(*self.calls(book)))
                    self.assertEqual(codes, " ".join(["book_forked"] * 6))
            finally:
                stop.set()
            self.join(threads)
            self.assertEqual(book.check_invariants(), [])

    def test_multiprocessing_with_fork(self):
        context = multiprocessing.get_context("fork")
        receiving, sending = context.Pipe(duplex=False)

        def task():
            sending.send(self.codes(*self.calls(self.book)))
            self.book.close()

        process = context.Process(target=task)
        process.start()
        self.assertTrue(receiving.poll(FORK_SECONDS), "the child sends no result")
        self.assertEqual(receiving.recv(), " ".join(["book_forked"] * 6))
        process.join(FORK_SECONDS)
        self.assertEqual(process.exitcode, 0)
        self.assertEqual(self.codes(*self.calls(self.book)), " ".join(["ok"] * 6))

    def test_the_error_class(self):
        def task():
            try:
                self.desk.people()
            except seatbook.BookForkedError as error:
                return f"{error.code == Code.book_forked} {isinstance(error, RuntimeError)}"

        self.assertEqual(self.in_child(task), "True True")


if __name__ == "__main__":
    sys.exit(unittest.main())

#!/usr/bin/env python3
"""The Python package under several threads, and in forked processes.

Every test runs under an alarm: where threads wait for each other for good, their stacks are printed
and the run ends.
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
        """Runs each of the tasks in a thread of its own; what they raise fails the test."""

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
        """Commands and questions of every kind, as one of several threads."""
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
            desk.usage(event.license)  # a question to the book, from within
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

    def test_four_on_a_book_in_memory(self):
        self.run_four(self.book)

    def test_four_on_a_book_in_a_file(self):
        path = self.path()
        with seatbook.open(path, clock=self.clock, durability="relaxed") as book:
            self.run_four(book)
            dump = book.dump()
        with seatbook.open(path, clock=self.clock) as book:
            self.assertEqual(book.dump(), dump)

    def test_listeners_come_and_go_while_others_write(self):
        stop = threading.Event()

        def write():
            while not stop.is_set():
                self.desk.revoke(self.desk.assign(self.figma, self.ada))

        def subscribe():
            for _ in range(300):
                told = []
                listener = self.book.subscribe(told.append)
                note = self.book.subscribe_notifications(told.append)
                self.book.unsubscribe(listener)
                self.book.unsubscribe(note)
            stop.set()

        self.join(self.start(write, subscribe, lambda: self.desk.people()))
        self.assertEqual(self.book.listener_failures, 0)

    def test_a_listener_may_wait_for_another_thread(self):
        """That thread asks the book, and needs the interpreter to do so."""
        answers = []

        def listener(event):
            thread = threading.Thread(
                target=lambda: answers.append(self.desk.usage(event.license).used)
            )
            thread.start()
            thread.join()

        self.book.subscribe(listener)
        self.join(self.start(lambda: self.desk.assign(self.figma, self.ada)))
        self.assertEqual(answers, [1])

    def test_a_sink_may_wait_for_another_thread(self):
        self.desk.assign(self.figma, self.ada)

        def sink(_bytes):
            self.join(self.start(lambda: self.desk.add_person(name="From another thread")))

        self.desk.export_roster(self.figma, to=sink)
        self.assertEqual(len(self.desk.people()), 2)

    def test_a_book_is_closed_while_others_use_it(self):
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

    def test_rows_are_read_by_many(self):
        self.desk.import_people(csv="Name\n" + "".join(f"P{at}\n" for at in range(2000)))
        rows = self.desk.people(limit=100_000)

        def read():
            self.assertEqual(sum(1 for _ in rows), 2001)
            self.assertEqual(hash(rows[7]), hash(rows[7]))

        self.join(self.start(read, read, read, read))


class InterpreterLock(AlarmedTest):
    """Long calls leave the interpreter to others."""

    def test_an_import_is_cancelled_from_another_thread(self):
        """With the interpreter's lock held, nobody could see the import at its work."""
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


@unittest.skipUnless(HAS_FORK, "this system does not fork")
class Forks(AlarmedTest):
    """A book belongs to the process that opened it."""

    def in_child(self, task):
        """What `task` answers in a forked process; it ends without Python's cleaning up."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(FORK_SECONDS)  # a child that hangs dies of this
            try:
                answer = task()
            except BaseException as error:
                answer = f"{type(error).__name__}: {error}"
            os.write(writing, str(answer).encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            answer = pipe.read().decode()
        _, status = os.waitpid(child, 0)
        self.assertEqual(status, 0, f"the child ended badly: {answer}")
        return answer

    @staticmethod
    def codes(*calls):
        """The code that each of the calls answers, in a row."""
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
            # What the child does to its copy is nothing to the file.
            self.assertEqual(self.in_child(book.close), "None")
            self.assertEqual(
                self.in_child(lambda: self.codes(lambda: seatbook.open(path))), "storage_in_use"
            )
            self.assertEqual(self.codes(*self.calls(book)), " ".join(["ok"] * 6))
            dump = book.dump()
        with seatbook.open(path, clock=self.clock) as book:
            self.assertEqual(book.dump(), dump)
            self.assertEqual(book.check_invariants(), [])

    def test_a_child_may_open_a_book_of_its_own(self):
        path = self.path()

        def task():
            with seatbook.open(path) as book:
                return self.codes(*self.calls(book))

        self.assertEqual(self.in_child(task), " ".join(["ok"] * 6))

    def test_while_other_threads_are_at_work(self):
        """Whatever lock another thread holds at that moment, the child does not wait for it."""
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
                    answer = self.in_child(lambda: self.codes(*self.calls(book)))
                    self.assertEqual(answer, " ".join(["book_forked"] * 6))
            finally:
                stop.set()
            self.join(threads)
            self.assertEqual(book.check_invariants(), [])

    def test_a_process_of_multiprocessing(self):
        context = multiprocessing.get_context("fork")
        receiving, sending = context.Pipe(duplex=False)

        def task():
            sending.send(self.codes(*self.calls(self.book)))
            self.book.close()

        process = context.Process(target=task)
        process.start()
        self.assertTrue(receiving.poll(FORK_SECONDS), "the child does not answer")
        self.assertEqual(receiving.recv(), " ".join(["book_forked"] * 6))
        process.join(FORK_SECONDS)
        self.assertEqual(process.exitcode, 0)
        self.assertEqual(self.codes(*self.calls(self.book)), " ".join(["ok"] * 6))

    def test_the_error_tells(self):
        def task():
            try:
                self.desk.people()
            except seatbook.BookForkedError as error:
                return f"{error.code == Code.book_forked} {isinstance(error, RuntimeError)}"

        self.assertEqual(self.in_child(task), "True True")


if __name__ == "__main__":
    sys.exit(unittest.main())

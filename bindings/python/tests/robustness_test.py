#!/usr/bin/env python3
"""Tests that Python code cannot crash the interpreter.

Misuse, by accident or on purpose, must raise an exception. Tests that would end by a signal run in
a separate process.
"""

import copy
import copyreg
import inspect
import random
import subprocess
import sys
import textwrap
import threading
import unittest
import weakref

import seatbook
from support import NOON, BookTest, alarm

CLASSES = [
    kind
    for name in dir(seatbook._core)
    if isinstance(kind := getattr(seatbook._core, name), type) and not name.startswith("_")
]
CONSTRUCTIBLE = {"ManualClock", "Progress", "SeatUse", "PeopleColumns", "LicenseColumns"}


class Objects(BookTest):
    def samples(self):
        """Returns an object of every type that calls return."""
        desk = self.desk
        seat = desk.assign(self.figma, self.ada)
        return [
            self.book, desk, self.clock, seatbook.Progress(), seatbook.SeatUse(), seat, self.ada,
            self.figma, desk.usage(1), desk.people(), desk.people()[0], desk.licenses(),
            desk.licenses()[0], desk.history(), desk.history()[0], desk.history()[0].row,
            desk.seat_list(), desk.seat_list()[0], desk.roster(1), desk.events_after(0),
            desk.export_roster(1), desk.import_people(csv="Name\n", dry_run=True),
            desk.bulk_assign(1, licenses=[1]), desk.usage_over_time(), desk.license_contacts(1),
        ]  # fmt: skip

    def test_cannot_be_created_around_their_constructors(self):
        for kind in CLASSES:
            for make in (
                lambda: kind.__new__(kind), lambda: object.__new__(kind),
                lambda: copyreg.__newobj__(kind),
                lambda: copyreg._reconstructor(kind, object, None),
                lambda: kind.__base__.__new__(kind), lambda: kind.__new__(object),
            ):  # fmt: skip
                with self.subTest(kind.__name__):
                    try:
                        made = make()
                    except TypeError:
                        continue
                    self.assertIn(kind.__name__, CONSTRUCTIBLE)  # a complete object with defaults
                    repr(made)
            if kind.__name__ not in CONSTRUCTIBLE:
                for arguments in ((), (1,), (None, None)):
                    with self.assertRaises(TypeError):
                        kind(*arguments)

    def test_cannot_be_subclassed(self):
        for kind in CLASSES:
            with self.subTest(kind.__name__), self.assertRaises(TypeError):
                type("Sub", (kind,), {})

    def test_keep_their_class(self):
        samples = self.samples()
        for sample in samples:
            for kind in {type(each) for each in samples} | {int, object, BookTest}:
                if kind is type(sample):
                    continue
                with self.subTest(type(sample).__name__), self.assertRaises(
                    (TypeError, AttributeError)
                ):
                    sample.__class__ = kind
                with self.assertRaises((TypeError, AttributeError)):
                    object.__setattr__(sample, "__class__", kind)

    def test_a_second_init_changes_nothing(self):
        for sample in self.samples():
            before = repr(sample)
            for arguments in ((), (1,), (NOON,)):
                try:
                    sample.__init__(*arguments)
                except TypeError:
                    pass
            self.assertEqual(repr(sample), before)

    def test_methods_reject_another_self(self):
        samples = self.samples()
        strangers = [None, 1, "text", object(), [], *samples]
        for sample in samples:
            for name in dir(type(sample)):
                member = inspect.getattr_static(type(sample), name)
                if name in ("__class__", "__new__", "__init_subclass__", "__subclasshook__"):
                    continue
                for stranger in strangers:
                    if type(stranger) is type(sample):
                        continue
                    try:
                        if hasattr(member, "__get__") and not callable(member):
                            member.__get__(stranger)
                        elif callable(member):
                            member(stranger)
                    except Exception:
                        pass

    def test_arguments_of_every_type(self):
        """Makes every call with wrong values in every position: it must return or raise."""
        samples = self.samples()
        junk = [
            None, True, -1, 0, 2**63, 2**64, 10**100, 1.5, float("nan"), "", "x", "\0", "\ud800",
            "x" * 2000, b"", b"\xff", bytearray(b"x"), (), (1,), [], [None], [[]], {}, {"a": 1},
            set(), object(), int, len, lambda *_: None, lambda *_: 1 / 0, iter([1]), NOON,
            NOON.date(), Ellipsis, NotImplemented, *samples[2:],
        ]  # fmt: skip
        dice = random.Random(20261125)
        calls = 0
        for name, method in vars(seatbook.Session).items():
            if name.startswith("_"):
                continue
            _, *names = inspect.signature(method).parameters
            for _ in range(120):
                chosen = dice.sample(names, dice.randint(0, len(names)))
                keywords = {each: dice.choice(junk) for each in chosen}
                for each in ("license", "person", "assignment", "csv"):
                    if each in names and dice.random() < 0.7:
                        keywords[each] = "Email\na@b.example\n" if each == "csv" else 1
                arguments = [dice.choice(junk) for _ in range(dice.choice((0, 0, 0, 1, 4)))]
                try:
                    getattr(self.desk, name)(*arguments, **keywords)
                except Exception:
                    pass
                calls += 1
        self.assertGreater(calls, 5000)
        self.assertEqual(self.book.check_invariants(), [])
        for _ in range(300):
            for task in (
                lambda: seatbook.open(dice.choice(junk[:-1]), **{dice.choice(
                    ("clock", "storage", "read_only", "must_exist", "on_listener_error")
                ): dice.choice(junk)}) if dice.random() < 0.01 else None,
                lambda: self.book.session(dice.choice(junk), role=dice.choice(junk)).people(),
                lambda: self.book.session(person=dice.choice(junk)).people(),
                lambda: self.book.session("a", permissions=dice.choice(junk)).people(),
                lambda: self.book.unsubscribe(dice.choice(junk)),
                lambda: self.desk.at_least(dice.choice(junk)),
                lambda: self.desk.people()[dice.choice(junk)],
                lambda: self.desk.people() == dice.choice(junk),
                lambda: self.desk.people()[0] < dice.choice(junk),
                lambda: self.clock.advance(dice.choice(junk)),
                lambda: seatbook.ManualClock(dice.choice(junk)),
                lambda: seatbook.SeatUse(**{dice.choice(("used_at", "x")): dice.choice(junk)}),
                lambda: seatbook.Person._from_values(dice.choice(junk)),
                lambda: seatbook.Person._from_values(tuple(dice.choices(junk, k=6))),
                lambda: seatbook.PersonRows._from_values(dice.choice(junk)),
                lambda: self.desk.people().__arrow_c_stream__(dice.choice(junk)),
            ):
                try:
                    task()
                except Exception:
                    pass

    def test_hostile_values(self):
        """Passes objects whose methods raise, or change the object that is read."""

        class Raising(int):
            def __index__(self):
                raise RuntimeError("raised on purpose")

            __hash__ = __eq__ = __int__ = __str__ = __repr__ = __index__

        class Endless:
            def __iter__(self):
                while True:
                    yield object()

        changing = []

        class Changing:
            def __iter__(self):
                changing.clear()
                return iter((1,))

        for task in (
            lambda: self.desk.get_person(Raising(1)),
            lambda: self.desk.assign(Raising(1), Raising(1)),
            lambda: self.desk.add_license(name="L", owner=1, total_seats=Raising(1)),
            lambda: self.desk.set_policy(1, policy=Raising(1)),
            lambda: self.desk.bulk_assign(1, licenses=Endless()),
            lambda: self.desk.bulk_assign(1, licenses=Changing()),
            lambda: self.desk.get_person(**{"person": 1, "unknown": Raising()}),
            lambda: self.desk.people() == [Raising()],
        ):
            try:
                task()
            except Exception:
                pass
        self.assertEqual(self.book.check_invariants(), [])

    def test_a_closed_book_breaks_reference_cycles(self):
        class Listener:
            def __call__(self, event):
                pass

        listener = Listener()
        listener.book = seatbook.open()
        listener.book.subscribe(listener)
        gone = weakref.ref(listener)
        listener.book.close()
        del listener
        self.assertIsNone(gone())

    def test_copies_of_all_samples(self):
        for sample in self.samples():
            for task in (copy.copy, copy.deepcopy):
                try:
                    self.assertIs(task(sample), sample)
                except TypeError:
                    self.assertIn(
                        type(sample).__name__,
                        ("Book", "Session", "ManualClock", "Progress", "ExportReport"),
                    )


class Closing(BookTest):
    def test_while_threads_read_and_write(self):
        """Calls return or raise BookClosedError; returned lists stay valid."""
        with alarm():
            for _ in range(20):
                book = seatbook.open()
                desk = book.session("root", role="super_admin")
                desk.import_people(csv="Name\n" + "P\n" * 500)
                book.subscribe(lambda event: None)
                begin = threading.Barrier(5)
                wrong = []

                def work(task):
                    begin.wait()
                    try:
                        while True:
                            task()
                    except seatbook.BookClosedError:
                        pass
                    except BaseException as error:
                        wrong.append(error)

                def read():
                    self.assertEqual(len({each.id for each in desk.people(limit=500)}), 500)

                threads = [
                    threading.Thread(target=work, args=[task])
                    for task in (
                        read, lambda: desk.add_person(name="More"), book.dump,
                        lambda: desk.export_history(to=lambda part: None),
                    )
                ]  # fmt: skip
                for thread in threads:
                    thread.start()
                rows = desk.people()
                iterator = iter(rows)
                next(iterator)
                begin.wait()
                book.close()
                for thread in threads:
                    thread.join()
                self.assertEqual(wrong, [])
                self.assertEqual(sum(1 for _ in iterator), len(rows) - 1)


class Endings(unittest.TestCase):
    """Processes that end during a call."""

    def run_program(self, program):
        done = subprocess.run(
            [sys.executable, "-X", "faulthandler", "-c", textwrap.dedent(program)],
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_during_a_command(self):
        self.run_program(
            """
            import threading, time, seatbook
            book = seatbook.open()
            desk = book.session("root", role="super_admin")
            book.subscribe(lambda event: None)
            def work():
                while True:
                    desk.add_person(name="More")
            threading.Thread(target=work, daemon=True).start()
            time.sleep(0.05)
            """
        )

    def test_during_a_storage_call(self):
        self.run_program(
            """
            import threading, time, seatbook
            class Slow(seatbook.Storage):
                rows, version = [], 0
                def read(self, after):
                    return self.version, []
                def append(self, base, token, rows):
                    time.sleep(0.01)
                    Slow.version += 1
                def find(self, token):
                    return None
            book = seatbook.open(storage=Slow())
            desk = book.session("root", role="super_admin")
            def work():
                while True:
                    desk.add_person(name="More")
            for _ in range(4):
                threading.Thread(target=work, daemon=True).start()
            time.sleep(0.1)
            """
        )

    def test_during_an_import_with_progress(self):
        self.run_program(
            """
            import threading, time, seatbook
            desk = seatbook.open().session("root", role="super_admin")
            csv = "Name\\n" + "P\\n" * 200_000
            task = lambda: desk.import_people(csv=csv, progress=lambda *at: time.sleep(0.01))
            threading.Thread(target=task, daemon=True).start()
            time.sleep(0.1)
            """
        )

    def test_with_rows_in_reference_cycles(self):
        self.run_program(
            """
            import seatbook
            desk = seatbook.open().session("root", role="super_admin")
            desk.add_person(name="Ada")
            class Node: pass
            node = Node()
            node.self, node.rows, node.row = node, desk.people(), desk.people()[0]
            node.desk, node.stream = desk, desk.people().__arrow_c_stream__()
            """
        )


if __name__ == "__main__":
    unittest.main()

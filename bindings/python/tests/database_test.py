"""Tests books in PostgreSQL from Python; SEATBOOK_TEST_POSTGRES is the server's URL."""

import multiprocessing
import os
import unittest

import seatbook

URL = os.environ["SEATBOOK_TEST_POSTGRES"]
SECRET = "hunter2-hush"


def assign_until_full(book, start, granted):
    """Assigns seats in a separate process until none remain; puts their number to `granted`."""
    with seatbook.open(URL, book=book, must_exist=True) as mine:
        desk = mine.session("worker", role="it_admin")
        tool = desk.find_license(host_key="tool")
        start.wait()
        count = 0
        for person in desk.people(limit=1000):
            try:
                desk.assign(tool, person)
                count += 1
            except (seatbook.NoSeatsRemainingError, seatbook.AlreadyAssignedError):
                pass
        granted.put(count)


class DatabaseTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        seatbook.create_schema(URL)
        seatbook.create_schema(URL)

    def test_a_book_can_be_reopened(self):
        with seatbook.open(URL, book="again") as book:
            desk = book.session("root", role="super_admin")
            ada = desk.add_person(name="Ada", email="ada@example.com")
            tool = desk.add_license(name="Tool", owner=ada, total_seats=2)
            seat = desk.assign(tool, ada)
            before = book.dump()
        with seatbook.open(URL, book="again", must_exist=True) as book:
            self.assertEqual(book.dump(), before)
            desk = book.session("root", role="super_admin")
            self.assertEqual(desk.find_seat(tool, ada), seat.assignment)
            self.assertEqual(book.check_invariants(), [])

    def test_two_book_objects_read_each_others_commits(self):
        with seatbook.open(URL, book="two") as one, seatbook.open(URL, book="two") as other:
            made = one.session("root", role="super_admin").add_person(name="Ada")
            reader = other.session("root", role="super_admin")
            with self.assertRaises(seatbook.PersonNotFoundError):
                reader.get_person(made)
            self.assertEqual(reader.at_least(made.version).get_person(made).name, "Ada")

    def test_four_processes_assign_seats_without_over_allocation(self):
        with seatbook.open(URL, book="shared") as book:
            desk = book.session("root", role="super_admin")
            owner = desk.add_person(name="Owner")
            for number in range(40):
                desk.add_person(name=f"Person {number}")
            tool = desk.add_license(name="Tool", owner=owner, total_seats=25, host_key="tool")
            spawn = multiprocessing.get_context("spawn")
            start, granted = spawn.Barrier(4), spawn.Queue()
            workers = [
                spawn.Process(target=assign_until_full, args=("shared", start, granted))
                for _ in range(4)
            ]
            for worker in workers:
                worker.start()
            total = sum(granted.get(timeout=60) for _ in workers)
            for worker in workers:
                worker.join(60)
            self.assertEqual([worker.exitcode for worker in workers], [0] * 4)
            self.assertEqual(total, 25)
            book.refresh()
            self.assertEqual(desk.usage(tool).used, 25)

    def test_a_book_is_dropped(self):
        with seatbook.open(URL, book="dropped") as book:
            desk = book.session("root", role="super_admin")
            desk.add_person(name="Ada")
            for confirm in ("", "main", "Dropped"):
                with self.assertRaises(seatbook.InvalidArgumentError) as refused:
                    seatbook.drop_book(URL, book="dropped", confirm=confirm)
                self.assertEqual(refused.exception.field, "confirm")
            with self.assertRaises(seatbook.InvalidArgumentError) as refused:
                seatbook.drop_book(URL, confirm="dropped")
            self.assertEqual(refused.exception.field, "confirm")
            with self.assertRaises(TypeError):
                seatbook.drop_book(URL, book="dropped")
            desk.add_person(name="Bo")
            seatbook.drop_book(URL, book="dropped", confirm="dropped")
            for call in (book.refresh, lambda: desk.add_person(name="Cy")):
                with self.assertRaises(seatbook.BookNeedsReopenError):
                    call()
        with self.assertRaisesRegex(seatbook.InvalidArgumentError, 'named "dropped"') as missing:
            seatbook.drop_book(URL, book="dropped", confirm="dropped")
        self.assertEqual(missing.exception.field, "book")
        with seatbook.open(URL, book="dropped") as book:
            self.assertEqual(book.version, 0)

    def test_database_arguments_are_rejected_for_other_books(self):
        for place in (None, "a.db"):
            with self.assertRaises(TypeError) as raised:
                seatbook.open(place, book="main")
            self.assertIn("'book'", str(raised.exception))
        with self.assertRaises(TypeError):
            seatbook.open(URL, books="main")
        with self.assertRaises(seatbook.InvalidArgumentError) as refused:
            seatbook.open(URL, durability="relaxed")
        self.assertEqual(refused.exception.field, "durability")

    def test_invalid_options_name_their_field(self):
        for field, value in {
            "book": "",
            "schema": "No Such",
            "lock_timeout_ms": 0,
            "connections": 0,
        }.items():
            with self.subTest(field), self.assertRaises(seatbook.InvalidArgumentError) as refused:
                seatbook.open(URL, **{field: value})
            self.assertEqual(refused.exception.field, field)
        with self.assertRaises(seatbook.InvalidArgumentError) as refused:
            seatbook.open(URL, book="unknown", must_exist=True)
        self.assertEqual(refused.exception.field, "book")

    def test_missing_tables(self):
        with self.assertRaises(seatbook.NotABookError):
            seatbook.open(URL, schema="elsewhere")

    def test_no_error_shows_a_password(self):
        for url in (
            f"postgresql://u:{SECRET}@127.0.0.1:1/db",
            f"postgresql://u:a@{SECRET}@127.0.0.1:1/db",
            f"postgresql://u:a/{SECRET}@127.0.0.1:1/db",
            f"postgresql://u:a%{SECRET}@127.0.0.1:1/db",
            f"postgresql://u:a?{SECRET}@127.0.0.1:1/db",
        ):
            with self.subTest(url), self.assertRaises(seatbook.Error) as raised:
                seatbook.open(url, connect_timeout_ms=2000)
            self.assertNotIn(SECRET, str(raised.exception))
            self.assertNotIn(SECRET, repr(raised.exception))


if __name__ == "__main__":
    unittest.main()

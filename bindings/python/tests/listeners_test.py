#!/usr/bin/env python3
"""Tests listeners."""

import gc
import unittest
import weakref

import seatbook
from support import NOON, BookTest, alarm


class Listeners(BookTest):
    def test_receive_committed_events(self):
        events = []
        notes = []
        first = self.book.subscribe(events.append)
        second = self.book.subscribe_notifications(notes.append)
        self.assertIsInstance(first, int)
        seat = self.desk.assign(self.figma, self.ada)
        self.assertEqual([each.kind for each in events], [seatbook.EventKind.software_assigned])
        self.assertEqual(events, list(self.desk.events_after(0).events))
        self.assertEqual(events[0].assignment, seat.assignment)
        self.assertEqual(events[0].person_email, "ada@example.com")
        self.assertEqual(events[0].at, NOON)
        self.assertEqual(events[0].actor.actor, "root")
        self.assertEqual([each.license_name for each in notes[0].seats], ["Figma"])
        self.book.unsubscribe(first)
        self.book.unsubscribe(second)
        self.desk.revoke(seat)
        self.assertEqual((len(events), len(notes)), (1, 1))

    def test_can_use_the_book(self):
        def listener(event):
            usage = self.desk.usage(event.license)
            self.desk.add_person(name=f"Seen {usage.used}")

        self.book.subscribe(listener)
        self.desk.assign(self.figma, self.ada)
        self.assertEqual(self.book.listener_failures, 0)
        self.assertEqual([each.name for each in self.desk.people()], ["Ada", "Seen 1"])

    def test_exceptions_do_not_affect_the_commit(self):
        errors = []
        book = seatbook.open(on_listener_error=lambda *error: errors.append(error))
        self.addCleanup(book.close)
        desk = book.session("root", role="admin")
        ada = desk.add_person(name="Ada")
        figma = desk.add_license(name="Figma", owner=ada)

        def listener(event):
            raise ValueError("cannot reach the chat")

        book.subscribe(listener)
        later = []
        book.subscribe(later.append)
        desk.assign(figma, ada)
        self.assertEqual(desk.usage(figma).used, 1)
        self.assertEqual(book.listener_failures, 1)
        self.assertEqual(len(later), 1)
        self.assertEqual(len(errors), 1)
        self.assertIn("cannot reach the chat", repr(errors[0]))

    def test_are_released_by_close_with_the_error_callback(self):
        class Held:
            pass

        def released(subscribe):
            held = Held()
            book = seatbook.open(on_listener_error=lambda *what, held=held: None)
            held.session = book.session("root", role="admin")
            subscribe(book, held)
            gone = weakref.ref(held)
            del held, book
            gc.collect()
            return gone() is None

        def before(book, held):
            book.subscribe(lambda event, held=held: None)
            book.close()

        def after(book, held):
            book.close()
            self.assertEqual(book.subscribe(lambda event, held=held: None), 0)

        self.assertTrue(released(before))
        self.assertTrue(released(after))

    def test_are_destroyed_without_a_lock_held(self):
        test = self

        class Once:
            def __init__(self):
                self.number = test.book.subscribe(self)

            def __call__(self, event):
                test.book.unsubscribe(self.number)

            def __del__(self):
                test.book.unsubscribe(0)
                test.desk.add_person(name="Seen")

        with alarm():
            Once()
            self.desk.assign(self.figma, self.ada)
        self.assertEqual([each.name for each in self.desk.people()], ["Ada", "Seen"])
        self.assertEqual(self.book.dropped_events, 0)

    def test_must_be_callable(self):
        for subscribe in (self.book.subscribe, self.book.subscribe_notifications):
            for wrong in (None, 17, "listener"):
                with self.assertRaises(TypeError):
                    subscribe(wrong)


if __name__ == "__main__":
    unittest.main()

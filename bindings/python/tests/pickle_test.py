#!/usr/bin/env python3
"""Tests pickling and copying of records and lists."""

import copy
import pickle
import unittest

import seatbook
from support import NOON, BookTest


class PickleTest(BookTest):
    def assert_round_trip(self, value):
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            back = pickle.loads(pickle.dumps(value, protocol))
            self.assertEqual(back, value)
            self.assertEqual(repr(back), repr(value))
            self.assertIs(type(back), type(value))

    def test_records_round_trip(self):
        desk = self.desk
        desk.add_license(
            name="Größer", total_seats=None, owner=self.ada, cost_per_seat="12.5801",
            currency="EUR", renewal_date="2027-02-28",
        )  # fmt: skip
        seat = desk.assign(self.figma, self.ada, notes="two machines", cost_override="0.0001")
        desk.set_total_seats(self.figma, 7)
        desk.archive_person(self.ada)
        for value in (
            seat, self.ada, self.figma, desk.get_assignment(seat), desk.get_person(self.ada),
            desk.usage(self.figma), desk.license_contacts(self.figma),
            *desk.licenses(), *desk.history(), *desk.license_seats(self.figma),
            *desk.seat_list(self.figma), *desk.needs_review(), *desk.events_after(0),
            *desk.notifications_after(0), *desk.usage_over_time(),
            desk.revoke_all(self.ada), *desk.roster(self.figma), *desk.holders_at(self.figma, NOON),
        ):  # fmt: skip
            self.assert_round_trip(value)

    def test_rows_and_pages_round_trip(self):
        self.desk.assign(self.figma, self.ada)
        for rows in (
            self.desk.people(), self.desk.people()[1:], self.desk.history(),
            self.desk.license_seats(self.figma), self.desk.seat_list(limit=1),
            self.desk.roster(self.figma), self.desk.events_after(0),
            self.desk.notifications_after(0), self.desk.usage_over_time(),
        ):  # fmt: skip
            self.assert_round_trip(rows)

    def test_copies_of_immutable_values_are_identical(self):
        person = self.desk.people()[0]
        self.assertIs(copy.copy(person), person)
        self.assertIs(copy.deepcopy([person])[0], person)
        for rows in (self.desk.people(), self.desk.seat_list()):
            self.assertIs(copy.copy(rows), rows)
            self.assertIs(copy.deepcopy(rows), rows)

    def test_rows_with_rounded_sums_cannot_be_pickled(self):
        self.desk.assign(self.figma, self.ada, cost_override="1.00")
        (row,) = self.desk.utilization()
        with self.assertRaises(TypeError):
            pickle.dumps(row)

        with self.assertRaises(TypeError):
            pickle.dumps(self.desk.utilization())
        with self.assertRaises(TypeError):
            pickle.dumps(self.desk.reclaim_candidates(inactive_days=0))

    def test_values_of_another_record_are_rejected(self):
        with self.assertRaises(ValueError):
            seatbook.Person._from_values((1, "Ada"))
        with self.assertRaises(TypeError):
            seatbook.PersonRows._from_values([self.desk.get_license(self.figma)])

    def test_books_and_sessions_cannot_be_pickled_or_copied(self):
        for value in (self.book, self.desk, self.clock, seatbook.Progress()):
            for task in (pickle.dumps, copy.copy, copy.deepcopy):
                with self.subTest(value=value, task=task), self.assertRaises(TypeError):
                    task(value)


if __name__ == "__main__":
    unittest.main()

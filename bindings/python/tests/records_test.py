#!/usr/bin/env python3
"""Tests records, which are immutable values."""

import unittest

import seatbook
from seatbook import Code
from support import BookTest


class Records(BookTest):
    def test_are_immutable(self):
        person = self.desk.get_person(self.ada)
        for record in (person, self.ada, self.desk.usage(self.figma), self.desk.people()[0]):
            with self.subTest(type(record).__name__):
                name = next(name for name in dir(record) if not name.startswith("_"))
                with self.assertRaises(AttributeError):
                    setattr(record, name, 1)
                with self.assertRaises(AttributeError):
                    delattr(record, name)
                with self.assertRaises(AttributeError):
                    record.anything_else = 1
        self.assertEqual(person.name, "Ada")

    def test_compare_by_value_and_can_be_hashed(self):
        person = self.desk.get_person(self.ada)
        again = self.desk.get_person(self.ada)
        self.assertIsNot(person, again)
        self.assertEqual(person, again)
        self.assertFalse(person != again)
        self.assertEqual(hash(person), hash(again))
        self.assertEqual(len({person, again}), 1)
        self.desk.update_person(self.ada, name="Ada Lovelace")
        changed = self.desk.get_person(self.ada)
        self.assertNotEqual(person, changed)
        self.assertEqual(person.name, "Ada", "a returned record does not change")
        self.assertEqual(len({person, changed}), 2)
        self.assertNotEqual(person, self.desk.get_license(self.figma))
        self.assertNotEqual(person, 1)
        self.assertNotEqual(person, None)
        hash(self.desk.history()[0])
        hash(self.desk.bulk_assign(self.ada, licenses=[self.figma]))
        hash(self.desk.usage(self.figma))

    def test_repr(self):
        text = repr(self.desk.get_person(self.ada))
        self.assertTrue(text.startswith("Person(id=PersonId(1), name='Ada'"), text)
        self.assertIn("1/3", repr(self.usage_of_one_seat()))
        self.assertIn("2 available", repr(self.desk.usage(self.figma)))
        self.desk.set_total_seats(self.figma, total_seats=None)
        self.assertIn("unlimited", repr(self.desk.usage(self.figma)))

    def usage_of_one_seat(self):
        self.desk.assign(self.figma, self.ada)
        return self.desk.usage(self.figma)

    def test_hold_tuples(self):
        result = self.desk.bulk_assign(self.ada, licenses=[self.figma])
        self.assertIs(type(result.outcomes), tuple)
        self.assertEqual(result.outcomes[0].code, Code.ok)
        self.assertEqual(result.summary.done, 1)
        contacts = self.desk.license_contacts(self.figma)
        self.assertEqual(contacts.renewal_recipients, (self.ada.person,))

    def test_missing_values_are_none(self):
        seat = self.desk.get_assignment(self.desk.assign(self.figma, self.ada))
        self.assertIsNone(seat.revoked_at)
        self.assertIsNone(seat.revoked_by)
        self.assertIsNone(seat.cost_override)
        self.assertIsNone(self.desk.get_license(self.figma).backup_owner)
        self.assertIsNone(self.desk.find_person(email="unknown@example.com"))
        self.assertIsNone(self.desk.last_use(seat))
        self.assertIsNone(self.desk.utilization(by="book")[0].license)
        row = self.desk.history(kind="person_added")[0].row
        self.assertIsNone(row.license)
        self.assertIsNone(row.before)

    def test_cannot_be_instantiated(self):
        for name in ("Person", "Usage", "SeatReceipt"):
            with self.subTest(name), self.assertRaises(TypeError):
                getattr(seatbook, name)()


if __name__ == "__main__":
    unittest.main()

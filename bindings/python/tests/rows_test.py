#!/usr/bin/env python3
"""Tests lists of records as sequences and as tables in notebooks."""

import unittest

import seatbook
from support import NOON, BookTest


class RowsTest(BookTest):
    def setUp(self):
        super().setUp()
        for name in ("Grace", "Edsger", "Barbara"):
            self.desk.add_person(name=name)
        self.people = self.desk.people()
        self.names = ["Ada", "Grace", "Edsger", "Barbara"]

    def test_are_a_sequence(self):
        people = self.people
        self.assertEqual(len(people), 4)
        self.assertEqual([each.name for each in people], self.names)
        self.assertEqual([each.name for each in reversed(people)], self.names[::-1])
        for index in range(-4, 4):
            self.assertEqual(people[index].name, self.names[index])
        for index in (4, -5):
            with self.subTest(index=index), self.assertRaises(IndexError):
                people[index]
        for index in ("0", 1.0, None):
            with self.subTest(index=index), self.assertRaises(TypeError):
                people[index]
        self.assertIn(people[2], people)
        self.assertNotIn("Ada", people)
        self.assertEqual(people.index(people[2]), 2)
        self.assertEqual(people.count(people[2]), 1)
        self.assertTrue(people)
        self.assertFalse(self.desk.people(after=99))
        self.assertEqual(list(self.desk.people(after=99)), [])
        with self.assertRaises(TypeError):
            people[0] = people[1]

    def test_slices(self):
        for cut in (slice(1, 3), slice(None), slice(-2, None), slice(None, None, -1),
                    slice(0, 4, 2), slice(3, 1), slice(10, 20), slice(-100, 100)):  # fmt: skip
            with self.subTest(cut=cut):
                part = self.people[cut]
                self.assertEqual([each.name for each in part], self.names[cut])
                self.assertEqual(len(part), len(self.names[cut]))
        part = self.people[1:][1:]
        self.assertEqual([each.name for each in part], self.names[2:])
        self.assertEqual(part[-1].name, "Barbara")

    def test_compare_by_value(self):
        self.assertEqual(self.people, self.desk.people())
        self.assertEqual(self.people[1:], self.desk.people(after=1))
        self.assertEqual(self.people, list(self.people))
        self.assertNotEqual(self.people, self.people[1:])
        self.assertNotEqual(self.people, self.desk.licenses())
        self.assertNotEqual(self.people, 1)
        self.desk.update_person(self.ada, name="Ada Lovelace")
        self.assertNotEqual(self.people, self.desk.people())

    def test_repr(self):
        text = repr(self.people)
        self.assertIn("4", text)
        self.assertIn("Person", text)
        self.assertLess(len(repr(self.many())), 5000)

    def many(self):
        csv = "Name\n" + "".join(f"Person {number}\n" for number in range(2000))
        self.desk.import_people(csv=csv)
        return self.desk.people(limit=100_000)

    def test_are_tables_in_a_notebook(self):
        self.desk.add_person(name="<b>&\"x\"")
        html = self.desk.people()._repr_html_()
        self.assertIn("<table", html)
        for name in self.names + ["email", "host_key"]:
            self.assertIn(name, html)
        self.assertNotIn("<b>&", html)
        self.assertIn("&lt;b&gt;&amp;", html)
        self.assertLess(len(self.many()._repr_html_()), 200_000, "a long list is shortened")
        self.assertIn("<table", self.desk.people(after=10**6)._repr_html_())

    def test_a_page_is_a_sequence_of_its_rows(self):
        for name, person in enumerate(self.people):
            self.desk.assign(self.desk.add_license(name=f"L{name}", owner=person), person)
        page = self.desk.seat_list(limit=3)
        self.assertEqual(len(page), 3)
        self.assertEqual(list(page), list(page.rows))
        self.assertEqual([each.name for each in page], self.names[:3])
        self.assertEqual(page[0].name, "Ada")
        self.assertEqual(page[-1], page.rows[2])
        self.assertEqual([each.name for each in page[1:]], self.names[1:3])
        with self.assertRaises(IndexError):
            page[3]
        following = self.desk.seat_list(limit=3, after=page.next)
        self.assertEqual([each.name for each in following], self.names[3:])
        self.assertEqual(following.next, "")
        for other in (self.desk.roster(1), self.desk.reclaim_candidates(),
                      self.desk.events_after(0), self.desk.notifications_after(0),
                      self.desk.usage_over_time(), self.desk.offboarding_times()):  # fmt: skip
            with self.subTest(type(other).__name__):
                self.assertEqual(len(list(other)), len(other))
                self.assertIn(type(other).__name__, repr(other))

    def test_pages_compare_by_value(self):
        self.desk.assign(self.figma, self.ada)
        for page in (
            self.desk.seat_list, self.desk.events_after, self.desk.notifications_after,
            self.desk.reclaim_candidates, self.desk.usage_over_time, self.desk.offboarding_times,
            lambda: self.desk.roster(self.figma),
        ):  # fmt: skip
            before = page()
            with self.subTest(type(before).__name__):
                self.assertEqual(before, page())
                self.assertFalse(before != page())
                self.assertNotEqual(before, before.__class__)
                self.assertNotEqual(before, list(before))
                with self.assertRaises(TypeError):
                    hash(before)
                with self.assertRaises(TypeError):
                    before < page()  # noqa: B015 (must raise)
                self.assertIn("<table", before._repr_html_())
        before = self.desk.seat_list()
        self.desk.record_use(1, used_at=NOON)
        self.assertNotEqual(before, self.desk.seat_list())
        self.assertNotEqual(self.desk.seat_list(limit=0), self.desk.roster(self.figma))
        page = self.desk.usage_over_time()
        self.clock.advance(NOON - NOON.replace(hour=0))
        self.desk.add_person(name="Later")
        later = self.desk.usage_over_time(until=NOON.replace(hour=13))
        self.assertEqual(list(page), list(later))
        self.assertNotEqual(page, later, "of another version")

    def test_are_not_hashable(self):
        with self.assertRaises(TypeError):
            hash(self.people)

    def test_index_and_count_work_as_in_a_list(self):
        people, as_list = self.people, list(self.people)
        for row in as_list:
            self.assertEqual(people.index(row), as_list.index(row))
        self.assertEqual(people.index(people[2], 1, -1), 2)
        for wrong in ((people[0], 1), ("Ada",), (people[3], 0, 3)):
            with self.assertRaises(ValueError):
                people.index(*wrong)
        self.desk.assign(self.figma, self.ada)
        page = self.desk.seat_list()
        self.assertEqual((page.index(page[0]), page.count(page[0]), page.count(1)), (0, 1, 0))

    def test_comparison_with_a_list_that_changes(self):
        class Clearing:
            def __eq__(self, other):
                changing.clear()
                return True

        changing = [Clearing() for _ in self.people]
        self.assertNotEqual(self.people, changing)

    def test_every_list_is_a_rows_object(self):
        self.desk.assign(self.figma, self.ada)
        for rows in (
            self.desk.people(), self.desk.licenses(), self.desk.license_seats(self.figma),
            self.desk.my_software(self.ada), self.desk.history(), self.desk.seat_list().rows,
            self.desk.roster(self.figma).rows, self.desk.utilization(),
            self.desk.reclaim_candidates().rows, self.desk.holders_at(self.figma, NOON),
        ):  # fmt: skip
            with self.subTest(repr(rows)[:50]):
                self.assertIsInstance(rows, seatbook.Rows)
                self.assertGreater(len(rows), 0)
                self.assertIn("<table", rows._repr_html_())


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Tests records as dicts, as JSON and as dataclasses.

The conformance tests compare the JSON form of every result with its properties."""

import dataclasses
import datetime
import json
import subprocess
import sys
import unittest
from decimal import Decimal

import seatbook
from seatbook import Code
from support import NOON, BookTest


class Dicts(BookTest):
    def setUp(self):
        super().setUp()
        self.desk.update_license(self.figma, cost_per_seat="12.5", renewal_date="2027-01-31")
        self.clock.advance(datetime.timedelta(microseconds=500_000))
        self.seat = self.desk.assign(self.figma, self.ada)

    def test_python_values(self):
        record = self.desk.get_license(self.figma)
        values = record.to_dict()
        self.assertEqual(list(values)[:3], ["id", "name", "vendor"], "the order of declaration")
        self.assertEqual(values, {name: getattr(record, name) for name in record.__match_args__})
        self.assertIs(type(values["id"]), seatbook.LicenseId)
        self.assertEqual(values["cost_per_seat"], Decimal("12.50"))
        self.assertEqual(values["renewal_date"], datetime.date(2027, 1, 31))
        self.assertIs(values["policy"], seatbook.CapacityPolicy.enforce)
        self.assertEqual(record.to_dict(mode="python"), values)
        values.clear()
        self.assertEqual(record.to_dict()["name"], "Figma", "each dict is a new one")

    def test_json_values(self):
        values = self.desk.get_license(self.figma).to_dict(mode="json")
        self.assertEqual(
            values,
            {
                "id": 1, "name": "Figma", "vendor": "", "product_group": "", "host_key": "",
                "total_seats": 3, "policy": "enforce", "owner": 1, "backup_owner": None,
                "cost_per_seat": "12.50", "currency": "EUR", "billing_period": "month",
                "renewal_date": "2027-01-31", "state": "active", "revision": 2,
            },
        )  # fmt: skip
        self.assertIs(type(values["id"]), int)
        self.assertEqual(json.loads(json.dumps(values)), values)

    def test_json_is_that_of_the_dump(self):
        dump = json.loads(self.book.dump())
        self.assertEqual(self.desk.licenses().to_dicts(mode="json"), dump["licenses"])
        self.assertEqual(self.desk.people().to_dicts(mode="json"), dump["people"])
        seat = self.desk.get_assignment(self.seat)
        self.assertEqual([seat.to_dict(mode="json")], dump["assignments"])
        rows = [entry["row"] for entry in self.desk.history().to_dicts(mode="json")]
        self.assertEqual(rows, dump["history"])

    def test_derived_values(self):
        self.assertEqual(
            self.desk.usage(self.figma).to_dict(mode="json"),
            {
                "used": 1, "total": 3, "policy": "enforce", "archived": False, "available": 2,
                "over_by": 0, "can_assign": True, "text": "1/3",
                "available_text": "2 of 3 available",
            },
        )  # fmt: skip

    def test_records_in_records(self):
        entry = self.desk.history(kind="license_added")[0]
        values = entry.to_dict()
        self.assertEqual(values["row"], entry.row.to_dict())
        self.assertEqual(values["row"]["after"], entry.row.after.to_dict())
        self.assertIsNone(values["row"]["before"])
        receipt = self.desk.bulk_assign(self.ada, licenses=[self.figma])
        outcomes = [each.to_dict() for each in receipt.outcomes]
        self.assertEqual(receipt.to_dict()["outcomes"], outcomes)

    def test_pages_and_lists(self):
        page = self.desk.events_after(0)
        values = page.to_dict(mode="json")
        self.assertEqual(list(values), ["events", "next", "more"])
        self.assertEqual(values["events"][0]["kind"], "software.assigned")
        self.assertEqual(values["events"][0]["at"], "2026-03-01T12:00:00.5Z")
        self.assertEqual(values["events"], page.events.to_dicts(mode="json"))
        people = self.desk.people()
        self.assertEqual(people.to_dicts(), [row.to_dict() for row in people])
        self.assertEqual(people[1:].to_dicts(), [])

    def test_exports(self):
        report = self.desk.export_roster(self.figma)
        self.assertEqual(report.to_dict()["csv"], report.csv)
        values = report.to_dict(mode="json")
        self.assertEqual(values["csv"], report.csv.decode())
        self.assertEqual(values["rows"], 1)
        written = self.desk.export_roster(self.figma, to=lambda part: None)
        self.assertIsNone(written.to_dict(mode="json")["csv"])

    def test_mode_must_be_known(self):
        for task in (self.desk.people()[0].to_dict, self.desk.people().to_dicts):
            error = self.assert_refused(Code.invalid_argument, "mode", task, mode="xml")
            self.assertEqual(error.message, "mode must be python or json")
            with self.assertRaises(TypeError):
                task(mode=1)

    def test_default_of_json(self):
        text = json.dumps(
            {"seats": list(self.desk.license_seats(self.figma))},
            default=lambda record: record.to_dict(mode="json"),
        )
        self.assertEqual(json.loads(text)["seats"][0]["email"], "ada@example.com")

    def test_are_records(self):
        for record in (self.seat, self.desk.people()[0], self.desk.usage(self.figma)):
            self.assertIsInstance(record, seatbook.Record)
        for other in (self.desk.people(), self.desk.events_after(0), seatbook.Record, self.clock):
            self.assertNotIsInstance(other, seatbook.Record)


class Dataclasses(BookTest):
    def test_fields(self):
        types = {field.name: field.type for field in dataclasses.fields(seatbook.Person)}
        self.assertEqual(tuple(types), seatbook.Person.__match_args__)
        self.assertIs(types["id"], seatbook.PersonId)
        self.assertIs(types["state"], seatbook.PersonState)
        names = [field.name for field in dataclasses.fields(self.desk.usage(self.figma))]
        self.assertEqual(names, list(self.desk.usage(self.figma).to_dict()))

    def test_every_record_is_a_dataclass(self):
        classes = [kind for kind in vars(seatbook).values()
                   if isinstance(kind, type) and issubclass(kind, seatbook.Record)]  # fmt: skip
        self.assertGreater(len(classes), 40)
        for kind in classes:
            with self.subTest(kind.__name__):
                self.assertEqual(dataclasses.is_dataclass(kind), kind is not seatbook.Record)
                if kind is not seatbook.Record:
                    names = [field.name for field in dataclasses.fields(kind)]
                    self.assertTrue(all(hasattr(kind, name) for name in names))

    def test_asdict(self):
        for record in (self.desk.get_license(self.figma), self.desk.history()[1],
                       self.desk.usage(self.figma)):  # fmt: skip
            values = dataclasses.asdict(record)
            expected = record.to_dict()
            if "texts" in expected:  # asdict() keeps tuples
                expected["texts"]["changes"] = tuple(expected["texts"]["changes"])
            self.assertEqual(values, expected)
        self.assertEqual(dataclasses.astuple(self.ada), (1, 1, 0, 1))

    def test_replace(self):
        use = seatbook.SeatUse(license=self.figma, email="ada@example.com", used_at=NOON)
        changed = dataclasses.replace(use, email="bo@example.com")
        self.assertEqual((changed.license, changed.email), (1, "bo@example.com"))
        self.assertEqual(changed.used_at, NOON)
        with self.assertRaises(TypeError):  # created by calls alone
            dataclasses.replace(self.desk.people()[0], name="Bo")

    def test_the_class_itself_has_no_fields(self):
        """orjson recognizes dataclasses by these, and would read values that are released."""
        dataclasses.fields(seatbook.Person)
        self.assertNotIn("__dataclass_fields__", vars(seatbook.Person))

    def test_are_imported_when_needed(self):
        code = "import sys, seatbook; sys.exit('dataclasses' in sys.modules)"
        subprocess.run([sys.executable, "-c", code], check=True)


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Tests records in pydantic, FastAPI, pandas, polars, orjson and msgspec.

Run by tools/test_python.sh, which installs them. `make test` runs dicts_test.py.
"""

import json
import sys
import unittest
from pathlib import Path
from typing import Dict, List, Optional

import jsonschema
import msgspec
import orjson
import pandas
import polars
import pydantic
from fastapi import FastAPI
from fastapi.testclient import TestClient

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import seatbook
from support import NOON, BookTest


class Response(pydantic.BaseModel):
    person: seatbook.Person
    usage: Optional[seatbook.Usage]
    seats: List[seatbook.SeatRow]
    by_name: Dict[str, seatbook.License]
    people: seatbook.PersonRows
    events: seatbook.EventPage


class Serialized(BookTest):
    def setUp(self):
        super().setUp()
        self.desk.update_license(self.figma, cost_per_seat="12.5", renewal_date="2027-01-31")
        self.desk.assign(self.figma, self.ada)

    def results(self):
        desk = self.desk
        yield from (self.ada, self.figma, desk.get_license(self.figma), desk.usage(self.figma))
        yield from (desk.license_contacts(self.figma), desk.seat_figures(), desk.peak_usage())
        yield desk.bulk_assign(self.ada, licenses=[self.figma])
        yield desk.import_roster(self.figma, csv="Email\nx@example.com\nada@example.com\n")
        yield desk.import_people(csv="Name,Email\n,x\n")
        yield from (desk.renewals_due("2030-01-01"), desk.reclaim_candidates(inactive_days=0))
        yield from (desk.utilization(), desk.utilization(by="book"), desk.roster(self.figma))
        yield from (desk.holders_at(self.figma, NOON), desk.seat_list(), desk.my_software(self.ada))
        yield from (desk.usage_over_time(), desk.assignable_people(), desk.people())
        desk.archive_person(self.ada)
        yield from (desk.needs_review(), desk.archived_owners(), desk.offboarding_times())
        yield from (desk.history(), desk.events_after(0), desk.notifications_after(0))

    # -------------------------------------------------------------------------------- pydantic

    def response(self):
        return Response(
            person=self.desk.get_person(self.ada), usage=self.desk.usage(self.figma),
            seats=list(self.desk.license_seats(self.figma)),
            by_name={"Figma": self.desk.get_license(self.figma)}, people=self.desk.people(),
            events=self.desk.events_after(0),
        )  # fmt: skip

    def test_models(self):
        response = self.response()
        self.assertEqual(response.person, self.desk.get_person(self.ada))
        for mode in ("python", "json"):
            values = response.model_dump(mode=mode)
            self.assertEqual(values["person"], response.person.to_dict(mode=mode))
            self.assertEqual(values["usage"], response.usage.to_dict(mode=mode))
            self.assertEqual(values["seats"], [row.to_dict(mode=mode) for row in response.seats])
            self.assertEqual(values["people"], response.people.to_dicts(mode=mode))
            self.assertEqual(values["events"], response.events.to_dict(mode=mode))
        self.assertEqual(json.loads(response.model_dump_json()), values)

    def test_models_accept_instances_alone(self):
        for person in (1, {"name": "Ada"}, self.desk.get_license(self.figma)):
            with self.assertRaises(pydantic.ValidationError):
                pydantic.TypeAdapter(seatbook.Person).validate_python(person)
        with self.assertRaises(pydantic.ValidationError):
            Response.model_validate_json(self.response().model_dump_json())

    def test_schemas_describe_the_json(self):
        for result in self.results():
            kind = type(result)
            with self.subTest(kind.__name__):
                adapter = pydantic.TypeAdapter(kind)
                values = json.loads(adapter.dump_json(result))
                self.assertTrue(values)
                for mode in ("validation", "serialization"):
                    schema = adapter.json_schema(mode=mode)
                    jsonschema.validate(values, schema)
                if isinstance(values, dict):
                    self.assertEqual(list(schema["properties"]), list(values))
        schema = pydantic.TypeAdapter(seatbook.License).json_schema()
        self.assertEqual(schema["title"], "License")
        self.assertEqual(schema["properties"]["billing_period"]["enum"], ["month", "year", "once"])
        self.assertIn("ISO 4217", schema["properties"]["currency"]["description"])

    # --------------------------------------------------------------------------------- FastAPI

    def test_fastapi(self):
        app = FastAPI()
        desk = self.desk

        @app.get("/usage")
        def usage() -> seatbook.Usage:
            return desk.usage(self.figma)

        @app.get("/rows")
        def rows() -> seatbook.SeatRowRows:
            return desk.license_seats(self.figma)

        @app.get("/list")
        def listed() -> List[seatbook.SeatRow]:
            return desk.license_seats(self.figma)

        @app.get("/page", response_model=seatbook.EventPage)
        def page():
            return desk.events_after(0)

        client = TestClient(app)
        self.assertEqual(client.get("/usage").json(), usage().to_dict(mode="json"))
        self.assertEqual(client.get("/rows").json(), rows().to_dicts(mode="json"))
        self.assertEqual(client.get("/list").json(), rows().to_dicts(mode="json"))
        self.assertEqual(client.get("/page").json(), page().to_dict(mode="json"))
        schemas = client.get("/openapi.json").json()["components"]["schemas"]
        self.assertLessEqual({"Usage", "SeatRow", "SeatRowRows", "EventPage"}, set(schemas))

    # ------------------------------------------------------------------- other libraries

    def test_pandas(self):
        rows = self.desk.licenses()
        for data in (list(rows), rows, rows.to_dicts()):
            frame = pandas.DataFrame(data)
            self.assertEqual(tuple(frame.columns), rows.columns)
            self.assertEqual(frame["name"].to_list(), ["Figma"])
        entries = pandas.DataFrame(list(self.desk.history()))
        self.assertEqual(entries["row"][0]["seq"], 1)

    def test_polars(self):
        people = self.desk.people()
        frame = polars.DataFrame(list(people))
        self.assertEqual(tuple(frame.columns), people.columns)
        self.assertEqual(frame["name"].to_list(), ["Ada"])

    def test_orjson(self):
        for result in self.results():
            if isinstance(result, seatbook.Rows):
                data, expected = list(result), result.to_dicts(mode="json")
            else:
                data, expected = result, result.to_dict(mode="json")
            text = orjson.dumps(data, default=lambda record: record.to_dict(mode="json"))
            self.assertEqual(json.loads(text), expected)
            with self.assertRaises(TypeError):  # not as a dataclass
                orjson.dumps([result])

    def test_msgspec(self):
        person = self.desk.get_person(self.ada)
        text = msgspec.json.encode(person, enc_hook=int)
        self.assertEqual(json.loads(text)["email"], "ada@example.com")
        record = msgspec.json.encode(person.to_dict(mode="json"))
        self.assertEqual(json.loads(record)["state"], "active")


if __name__ == "__main__":
    unittest.main()

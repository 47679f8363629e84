#!/usr/bin/env python3
"""Tests lists as columns with the real libraries: polars, pandas, pyarrow, duckdb.

Run by tools/test_python.sh, which installs them. `make test` reads the columns only through the C
interface (arrow_test.py).
"""

import datetime
import sys
import unittest
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas
import polars
import pyarrow

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support import NOON, BookTest


class Columns(BookTest):
    def setUp(self):
        super().setUp()
        self.desk.add_license(
            name="Größer – 東京", total_seats=None, owner=self.ada, cost_per_seat="12.5801",
            currency="EUR", renewal_date="2027-02-28",
        )  # fmt: skip
        self.desk.add_person(name="Grace")
        self.seat = self.desk.assign(self.figma, self.ada, access_level="Editor")
        self.licenses = self.desk.licenses()
        self.expected = {
            name: [getattr(row, name) for row in self.licenses] for name in self.licenses.columns
        }
        self.expected["policy"] = [each.name for each in self.expected["policy"]]
        self.expected["billing_period"] = [each.name for each in self.expected["billing_period"]]
        self.expected["state"] = [each.name for each in self.expected["state"]]
        self.assertEqual(self.expected["cost_per_seat"], [None, Decimal("12.5801")])
        self.assertEqual(self.expected["total_seats"], [3, None])
        self.assertEqual(self.expected["renewal_date"], [None, datetime.date(2027, 2, 28)])

    def lists(self):
        desk = self.desk
        desk.archive_person(self.ada)
        return [
            desk.people(), desk.licenses(), desk.license_seats(self.figma), desk.history(),
            desk.my_software(self.ada), desk.assignable_people(), desk.needs_review(),
            desk.archived_owners(), desk.roster(self.figma), desk.roster(self.figma).rows,
            desk.utilization(), desk.reclaim_candidates(inactive_days=0),
            desk.renewals_due("2030-01-01"), desk.holders_at(self.figma, NOON),
            desk.usage_over_time(), desk.offboarding_times(), desk.seat_list(),
            desk.events_after(0), desk.notifications_after(0),
        ]  # fmt: skip

    # --------------------------------------------------------------------------------- pyarrow

    def test_pyarrow(self):
        table = pyarrow.table(self.licenses)
        table.validate(full=True)
        self.assertEqual(table.to_pydict(), self.expected)
        self.assertEqual(table.schema.field("id").type, pyarrow.uint64())
        self.assertEqual(table.schema.field("cost_per_seat").type, pyarrow.decimal128(38, 4))
        self.assertEqual(table.schema.field("renewal_date").type, pyarrow.date32())
        seats = pyarrow.table(self.desk.seat_list())
        self.assertEqual(seats.schema.field("assigned_at").type, pyarrow.timestamp("us", "UTC"))
        self.assertEqual(seats["assigned_at"].to_pylist(), [NOON])
        self.assertEqual(seats["inactive"].to_pylist(), [True])

    def test_pyarrow_reads_every_list(self):
        for rows in self.lists():
            for part in (rows, rows[:0], rows[1:]):
                with self.subTest(type(rows).__name__):
                    table = pyarrow.table(part)
                    table.validate(full=True)
                    self.assertEqual(table.num_rows, len(part))
                    reader = pyarrow.RecordBatchReader.from_stream(part)
                    self.assertEqual(reader.read_all(), table)

    def test_columns_outlive_the_book(self):
        table = pyarrow.table(self.licenses)
        self.book.close()
        del self.licenses, self.desk
        self.assertEqual(table["name"].to_pylist()[0], "Figma")

    # ---------------------------------------------------------------------------------- polars

    def test_polars(self):
        for frame in (
            polars.DataFrame(self.licenses),
            polars.from_arrow(pyarrow.table(self.licenses)),
        ):
            self.assertEqual(frame.to_dict(as_series=False), self.expected)
        seats = polars.DataFrame(self.desk.seat_list())
        self.assertEqual(seats["assigned_at"].to_list(), [NOON])
        self.assertEqual(seats["assigned_at"].dtype, polars.Datetime("us", "UTC"))
        people = polars.DataFrame(self.desk.people())
        self.assertEqual(people.filter(polars.col("name") == "Ada")["email"].to_list(),
                         ["ada@example.com"])  # fmt: skip

    def test_polars_reads_every_list(self):
        for rows in self.lists():
            with self.subTest(type(rows).__name__):
                frame = polars.DataFrame(rows)
                self.assertEqual(frame.height, len(rows))
                self.assertEqual(frame.columns, pyarrow.table(rows).column_names)

    # ---------------------------------------------------------------------------------- pandas

    def test_pandas(self):
        frame = pyarrow.table(self.licenses).to_pandas(types_mapper=pandas.ArrowDtype)
        self.assertEqual(list(frame.columns), list(self.licenses.columns))
        self.assertEqual(frame["name"].tolist(), self.expected["name"])
        self.assertEqual(frame["cost_per_seat"].tolist()[1], Decimal("12.5801"))
        self.assertEqual(int(frame["total_seats"].isna().sum()), 1)
        plain = pyarrow.table(self.desk.seat_list()).to_pandas()
        self.assertEqual(plain["assigned_at"][0].to_pydatetime(), NOON)
        self.assertEqual(plain.groupby("access_level").size().to_dict(), {"Editor": 1})

    def test_pandas_from_arrow(self):
        if not hasattr(pandas.DataFrame, "from_arrow"):  # before pandas 3
            self.assertLess(int(pandas.__version__.split(".")[0]), 3)
            return
        frame = pandas.DataFrame.from_arrow(self.licenses)
        self.assertEqual(frame["name"].tolist(), self.expected["name"])

    # ---------------------------------------------------------------------------------- duckdb

    def test_duckdb(self):
        seats = self.desk.seat_list()
        licenses = pyarrow.table(self.licenses)  # noqa: F841 - duckdb finds it
        found = duckdb.sql(
            "SELECT name, cost_per_seat, renewal_date FROM licenses WHERE total_seats IS NULL"
        ).fetchall()
        self.assertEqual(
            found, [("Größer – 東京", Decimal("12.5801"), datetime.date(2027, 2, 28))]
        )
        rows = pyarrow.table(seats)  # noqa: F841 - duckdb finds it
        counted = duckdb.sql("SELECT access_level, count(*) FROM rows GROUP BY ALL").fetchall()
        self.assertEqual(counted, [("Editor", 1)])

    def test_duckdb_reads_lists_directly(self):
        """duckdb 1.1 and newer find a list by its variable name."""
        people = self.desk.people()  # noqa: F841 - duckdb finds it
        found = duckdb.sql("SELECT name FROM people ORDER BY name").fetchall()
        self.assertEqual(found, [("Ada",), ("Grace",)])


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Compares the package's constants with those of the headers."""

import datetime
import pathlib
import re
import unittest
from decimal import Decimal

import seatbook

HEADERS = pathlib.Path(__file__).resolve().parents[3] / "include" / "seatbook"
# Constants for storages, thresholds, and counts that Python classes have themselves.
INTERNAL = {
    "remembered_tokens", "file_format", "schema_format", "record_format", "max_record_bytes",
    "max_record_number", "clear", "is_described", "permission_count", "operation_count",
    "default_page_limit", "max_group_size", "slow_storage_us",
}  # fmt: skip


class Constants(unittest.TestCase):
    def test_equal_those_of_the_headers(self):
        source = "".join(path.read_text(encoding="utf-8") for path in sorted(HEADERS.glob("*.hpp")))
        found = dict(re.findall(r"^inline constexpr [\w:]+ (\w+) =\s*([^;]+);", source, re.M))
        self.assertGreater(len(found), 30)
        for name, text in found.items():
            if name in INTERNAL:
                continue
            with self.subTest(name):
                value = getattr(seatbook, name.upper())
                self.assertIn(name.upper(), seatbook.__all__)
                text = text.strip("{}").replace("'", "")
                if isinstance(value, Decimal):
                    value = int(value * 10_000)
                elif isinstance(value, datetime.datetime):
                    since = value - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
                    value = since // datetime.timedelta(microseconds=1)
                self.assertEqual(value, eval(text, {}))


if __name__ == "__main__":
    unittest.main()

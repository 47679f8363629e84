#!/usr/bin/env python3
"""Compares the reader and the writer of CSV with Python's csv module, on generated tables.

    differential_test.py PROGRAM [SEED]

PROGRAM is seatbook_csv_cells. Where the two dialects differ on purpose (src/csv/reader.hpp), the
test says so: Python answers a row without cells for a blank line, ours none.
"""

import csv
import io
import json
import random
import subprocess
import sys
import unittest

PROGRAM = ""
SEED = 20260301

# Most of what a cell can be is harmless: so much the more of what is not.
PIECES = ['"', '""', ",", ";", "\t", "\r", "\n", "\r\n", " ", "a", "bc", "é", "名", "'", "=", "0"]


class Peer:
    """What Python makes of a text: the rows before the first error, and whether there was one."""

    @staticmethod
    def read(text, delimiter):
        rows = []
        # newline="": line ends reach the reader as they are.
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        try:
            for row in reader:
                if row:
                    rows.append(row)
        except csv.Error:
            return rows, True
        return rows, False


class DifferentialTest(unittest.TestCase):
    def setUp(self):
        self.random = random.Random(SEED)

    def ask(self, requests):
        lines = "".join(json.dumps(request) + "\n" for request in requests)
        run = subprocess.run(
            [PROGRAM], input=lines, capture_output=True, text=True, encoding="utf-8", check=True
        )
        answers = [json.loads(line) for line in run.stdout.splitlines()]
        self.assertEqual(len(answers), len(requests))
        return answers

    def cell(self):
        return "".join(self.random.choice(PIECES) for _ in range(self.random.randrange(5)))

    def table(self):
        columns = self.random.randrange(1, 5)
        rows = self.random.randrange(0, 7)
        return [[self.cell() for _ in range(columns)] for _ in range(rows)]

    def compare(self, texts):
        requests = [
            {"read": text, "delimiter": delimiter, "chunk": self.random.choice([1, 2, 3, 7, 4096])}
            for text, delimiter in texts
        ]
        errors = 0
        for request, answer in zip(requests, self.ask(requests)):
            rows, failed = Peer.read(request["read"], request["delimiter"])
            self.assertEqual(answer["error"] is not None, failed, request)
            self.assertEqual(answer["rows"], rows, request)
            errors += failed
        return errors

    def test_tables_that_python_wrote(self):
        texts = []
        for _ in range(3000):
            delimiter = self.random.choice(",;\t")
            out = io.StringIO(newline="")
            writer = csv.writer(
                out,
                delimiter=delimiter,
                lineterminator=self.random.choice(["\r\n", "\n", "\r"]),
                quoting=self.random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
            )
            writer.writerows(self.table())
            texts.append((out.getvalue(), delimiter))
        self.assertEqual(self.compare(texts), 0)

    def test_texts_that_nobody_wrote(self):
        texts = []
        for _ in range(6000):
            length = self.random.randrange(12)
            text = "".join(self.random.choice(PIECES) for _ in range(length))
            texts.append((text, self.random.choice(",;\t")))
        errors = self.compare(texts)
        self.assertGreater(errors, 500)
        self.assertLess(errors, 5500)

    def test_python_reads_what_ours_wrote(self):
        tables = [self.table() for _ in range(3000)]
        requests = [{"write": table, "profile": "exact"} for table in tables]
        for table, answer in zip(tables, self.ask(requests)):
            rows, failed = Peer.read(answer["text"], ",")
            self.assertFalse(failed)
            self.assertEqual(rows, table)

    def test_what_ours_wrote_for_spreadsheets_begins_no_formula(self):
        tables = [self.table() for _ in range(1000)]
        requests = [{"write": table, "profile": "spreadsheet"} for table in tables]
        guarded = 0
        for table, answer in zip(tables, self.ask(requests)):
            rows, _ = Peer.read(answer["text"], ",")
            for row, texts in zip(rows, table):
                for cell, text in zip(row, texts):
                    self.assertFalse(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")))
                    self.assertIn(cell, (text, "'" + text))
                    guarded += cell != text
        self.assertGreater(guarded, 100)


if __name__ == "__main__":
    PROGRAM = sys.argv[1]
    if len(sys.argv) > 2:
        SEED = int(sys.argv[2])
    unittest.main(argv=sys.argv[:1])

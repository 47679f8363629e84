#!/usr/bin/env python3
"""Compares the CSV reader and writer with Python's csv module on generated tables.

    differential_test.py PROGRAM [SEED]

PROGRAM is seatbook_csv_cells. The test accounts for the intended differences between the dialects
(src/csv/reader.hpp). For a blank line, Python returns an empty row and Seatbook no row.
"""

import collections
import csv
import io
import json
import random
import re
import subprocess
import sys
import unittest

PROGRAM = ""
SEED = 20260301

# Mostly special characters, because ordinary ones find no bugs.
PIECES = ['"', '""', ",", ";", "\t", "\r", "\n", "\r\n", " ", "a", "bc", "é", "名", "'", "=", "0"]
# Closed or unclosed quotes and what can follow them.
QUOTED_PIECES = ['"a"', '"b" ', '"" \t', '"c,\n"', '" ', '",']


# A row that no generated text contains. It is missing if the text ends inside a quote.
LAST_ROW = ["the last row"]

QUOTED = re.compile('"(?:[^"]|"")*"')


class Peer:
    """Parses a text with Python: the rows, and whether the last quote is never closed.

    In lenient mode, Python appends text after a closing quote to the cell. Seatbook reports such a
    cell as malformed, and drops spaces and tabs after a closing quote, which Python keeps.
    """

    @staticmethod
    def read(text, delimiter):
        # newline="" keeps the line ends unchanged.
        lines = io.StringIO(text + "\n" + LAST_ROW[0], newline="")
        rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
        never_closed = rows[-1:] != [LAST_ROW]
        return rows[:-1], never_closed

    @staticmethod
    def is_strict(text, delimiter):
        """Returns whether Python accepts the text in strict mode."""
        try:
            list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        except csv.Error:
            return False
        return True

    @staticmethod
    def forms(text, delimiter):
        """Returns the form of every cell: "plain", or "blanks" or "text" after a closing quote.

        Finds the ends of cells independently, with patterns. All quotes must be closed.
        """
        rows, row, at = [], [], 0
        end_of_cell = re.compile(f"[^{re.escape(delimiter)}\r\n]*")
        while at < len(text):
            quoted = QUOTED.match(text, at)
            start = quoted.end() if quoted else at
            end = end_of_cell.match(text, start).end()
            rest = text[start:end]
            form = "plain" if not quoted or not rest else "text" if rest.strip(" \t") else "blanks"
            row.append(form)
            if end < len(text) and text[end] == delimiter:
                at = end + 1
                if at == len(text):
                    row.append("plain")
            else:
                if not (row == ["plain"] and start == end and not quoted):
                    rows.append(row)
                row = []
                at = end + (2 if text[end : end + 2] == "\r\n" else 1)
        if row:
            rows.append(row)
        return rows


class DifferentialTest(unittest.TestCase):
    def setUp(self):
        self.random = random.Random(SEED)

    def run_program(self, requests):
        lines = "".join(json.dumps(request) + "\n" for request in requests)
        run = subprocess.run(
            [PROGRAM], input=lines, capture_output=True, text=True, encoding="utf-8", check=True
        )
        results = [json.loads(line) for line in run.stdout.splitlines()]
        self.assertEqual(len(results), len(requests))
        return results

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
        seen = collections.Counter()
        for request, result in zip(requests, self.run_program(requests)):
            text, delimiter = request["read"], request["delimiter"]
            rows, never_closed = Peer.read(text, delimiter)
            error = "quote_never_closed" if never_closed else None
            self.assertEqual(result["error"], error, request)
            if never_closed:
                # Python returns the unfinished row, which Seatbook does not.
                self.assertEqual(len(result["rows"]), len(rows), request)
                seen["never closed"] += 1
                continue
            forms = Peer.forms(text, delimiter)
            self.assertEqual([len(row) for row in forms], [len(row) for row in rows], request)
            self.assertEqual(
                result["malformed"],
                [row.index("text") + 1 if "text" in row else 0 for row in forms],
                request,
            )
            for ours, theirs, form in zip(result["rows"], rows, forms):
                for cell, kept, each in zip(ours, theirs, form):
                    self.assertEqual(kept[: len(cell)], cell, request)
                    dropped = kept[len(cell) :]
                    self.assertEqual(bool(dropped), each == "blanks", request)
                    self.assertEqual(dropped.strip(" \t"), "", request)
                    seen[each] += 1
            self.assertEqual([len(row) for row in result["rows"]], [len(row) for row in rows])
            strict = all(each == "plain" for row in forms for each in row)
            self.assertEqual(Peer.is_strict(text, delimiter), strict, request)
        return seen

    def test_tables_written_by_python(self):
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
        self.assertEqual(set(self.compare(texts)), {"plain"})

    def test_random_texts(self):
        texts = []
        for _ in range(6000):
            length = self.random.randrange(12)
            text = "".join(self.random.choice(PIECES + QUOTED_PIECES) for _ in range(length))
            texts.append((text, self.random.choice(",;\t")))
        seen = self.compare(texts)
        for form in ("plain", "blanks", "text", "never closed"):
            self.assertGreater(seen[form], 200, form)

    def test_python_reads_tables_written_by_seatbook(self):
        tables = [self.table() for _ in range(3000)]
        requests = [{"write": table, "profile": "exact"} for table in tables]
        for table, result in zip(tables, self.run_program(requests)):
            rows, never_closed = Peer.read(result["text"], ",")
            self.assertFalse(never_closed)
            self.assertEqual(rows, table)

    def test_spreadsheet_cells_are_not_formulas(self):
        tables = [self.table() for _ in range(1000)]
        requests = [{"write": table, "profile": "spreadsheet"} for table in tables]
        guarded = 0
        for table, result in zip(tables, self.run_program(requests)):
            rows, _ = Peer.read(result["text"], ",")
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

#!/usr/bin/env python3
"""Compares the reader and the writer of CSV with Python's csv module, on generated tables.

    differential_test.py PROGRAM [SEED]

PROGRAM is seatbook_csv_cells. Where the two dialects differ on purpose (src/csv/reader.hpp), the
test says so: for a blank line Python returns a row without cells, ours none.
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

# Most of what a cell can be is harmless: so much the more of what is not.
PIECES = ['"', '""', ",", ";", "\t", "\r", "\n", "\r\n", " ", "a", "bc", "é", "名", "'", "=", "0"]
# Quotes that are closed, or may be, with what can follow them.
QUOTED_PIECES = ['"a"', '"b" ', '"" \t', '"c,\n"', '" ', '",']


# A row that no text has: only the end of a text can come between it and that text.
LAST_ROW = ["the last row"]

QUOTED = re.compile('"(?:[^"]|"")*"')


class Peer:
    """What Python makes of a text: the rows, and whether its last quote is never closed.

    Python is lenient here: text after a closing quote belongs to the cell. Ours says which cell
    that was; the spaces and tabs that it drops after a closing quote are `kept` here.
    """

    @staticmethod
    def read(text, delimiter):
        # newline="": line ends reach the reader as they are.
        lines = io.StringIO(text + "\n" + LAST_ROW[0], newline="")
        rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
        never_closed = rows[-1:] != [LAST_ROW]
        return rows[:-1], never_closed

    @staticmethod
    def is_strict(text, delimiter):
        """Whether Python, when it is strict, finds nothing wrong with a text."""
        try:
            list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        except csv.Error:
            return False
        return True

    @staticmethod
    def forms(text, delimiter):
        """The form of every cell, row by row: "plain", "blanks" or "text" after a closing quote.

        A second way to find the ends of cells, by patterns. The text's quotes are closed.
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
        seen = collections.Counter()
        for request, answer in zip(requests, self.ask(requests)):
            text, delimiter = request["read"], request["delimiter"]
            rows, never_closed = Peer.read(text, delimiter)
            self.assertEqual(answer["error"], "quote_never_closed" if never_closed else None, request)
            if never_closed:
                # Python's last row is the one that ours does not hand out.
                self.assertEqual(len(answer["rows"]), len(rows), request)
                seen["never closed"] += 1
                continue
            forms = Peer.forms(text, delimiter)
            self.assertEqual([len(row) for row in forms], [len(row) for row in rows], request)
            self.assertEqual(
                answer["malformed"],
                [row.index("text") + 1 if "text" in row else 0 for row in forms],
                request,
            )
            for ours, theirs, form in zip(answer["rows"], rows, forms):
                for cell, kept, each in zip(ours, theirs, form):
                    self.assertEqual(kept[: len(cell)], cell, request)
                    dropped = kept[len(cell) :]
                    self.assertEqual(bool(dropped), each == "blanks", request)
                    self.assertEqual(dropped.strip(" \t"), "", request)
                    seen[each] += 1
            self.assertEqual([len(row) for row in answer["rows"]], [len(row) for row in rows])
            strict = all(each == "plain" for row in forms for each in row)
            self.assertEqual(Peer.is_strict(text, delimiter), strict, request)
        return seen

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

    def test_python_reads_what_ours_wrote(self):
        tables = [self.table() for _ in range(3000)]
        requests = [{"write": table, "profile": "exact"} for table in tables]
        for table, answer in zip(tables, self.ask(requests)):
            rows, never_closed = Peer.read(answer["text"], ",")
            self.assertFalse(never_closed)
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

#!/usr/bin/env python3
"""Checks that every language and the conformance cases have the operations of operations.def.

operations_test.py LIBRARY
"""

import json
import re
import subprocess
import sys
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
TABLE = json.loads((PROJECT / "capi/seatbook.api.json").read_text("utf-8"))
DEFINED = re.findall(
    r"^SEATBOOK_[A-Z]+\((\w+),",
    (PROJECT / "include/seatbook/operations.def").read_text("utf-8"),
    re.M,
)
OPERATIONS = [*DEFINED, "can", "why_not"]
OF_THE_BOOK = [operation["name"] for operation in TABLE["book_operations"]]
LIBRARY = None


def text_of(path):
    return (PROJECT / path).read_text("utf-8")


class ParityTest(unittest.TestCase):
    def assert_all(self, found, expected=OPERATIONS):
        self.assertEqual(sorted(set(expected) - set(found)), [], "missing")
        self.assertEqual(sorted(set(found) - set(expected)), [], "unexpected")

    def test_the_table_has_operations(self):
        self.assertGreater(len(OPERATIONS), 50)
        self.assertEqual(len(OPERATIONS), len(set(OPERATIONS)))

    def test_the_description_has_each(self):
        self.assertEqual([operation["name"] for operation in TABLE["operations"]], OPERATIONS)
        operations = next(e for e in TABLE["choices"] if e["name"] == "Operation")
        self.assertEqual(sorted(operations["values"], key=operations["values"].get), DEFINED)

    def test_the_conformance_description_has_each(self):
        described = json.loads(text_of("tests/conformance/operations.json"))
        self.assert_all([o["name"] for o in described["operations"]], OPERATIONS + OF_THE_BOOK)

    def test_the_c_runner_calls_each(self):
        self.assert_all(re.findall(r'call\("(\w+)"', text_of("tests/capi/generated/calls.inc")))

    def test_python_has_each(self):
        stub = text_of("bindings/python/seatbook/_core.pyi")
        session = re.search(r"^class Session[:(].*?(?=^class |\Z)", stub, re.M | re.S)[0]
        methods = set(re.findall(r"^    def (\w+)\(", session, re.M))
        self.assertEqual(sorted(set(OPERATIONS) - methods), [])

    def test_go_has_each(self):
        text = text_of("bindings/go/zz_generated_calls.go") + text_of("bindings/go/book.go")
        methods = {
            name.lower() for name in re.findall(r"^func \(s \*Session\) (\w+)\(", text, re.M)
        }
        names = {name.replace("_", "") for name in OPERATIONS}
        self.assertEqual(sorted(names - methods), [])

    def test_node_has_each(self):
        text = text_of("bindings/node/lib/generated/api.js")
        table = text[text.index("export const operations") :]
        self.assert_all(re.findall(r'^  "?(\w+)"?: ', table.partition("\n};")[0], re.M))

    def test_the_header_declares_each(self):
        header = text_of("capi/include/seatbook.h")
        declaration = r"^SEATBOOK_API (?:seatbook_code|int32_t) (seatbook_\w+)\("
        declared = set(re.findall(declaration, header, re.M))
        self.assertEqual(sorted({f"seatbook_{name}" for name in OPERATIONS} - declared), [])
        of_the_book = {operation["function"] for operation in TABLE["book_operations"]}
        self.assertEqual(sorted(of_the_book - declared), [])

    def test_the_library_exports_what_the_headers_declare(self):
        run = subprocess.run(["nm", "-D", "--defined-only", LIBRARY], check=True,
                             capture_output=True, text=True)  # fmt: skip
        exported = {line.split()[2].split("@")[0] for line in run.stdout.splitlines()}
        exported = {name for name in exported if not name.startswith("SEATBOOK_")}
        declared = set()
        for header in sorted((PROJECT / "capi/include").glob("*.h")):
            text = re.sub(r"/\*.*?\*/", " ", header.read_text("utf-8"), flags=re.S)
            declared |= set(re.findall(r"SEATBOOK_API\s[^;(]*?(seatbook_\w+)\(", text))
        self.assert_all(exported, declared)


if __name__ == "__main__":
    LIBRARY = sys.argv.pop(1)
    unittest.main()

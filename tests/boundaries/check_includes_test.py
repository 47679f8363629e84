#!/usr/bin/env python3
"""Tests that check_includes.py reports each kind of violation and accepts valid files."""

import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import check_includes

# Each text is a whole file, which must be refused in that folder.
REFUSED = {
    "include/seatbook": [
        "#include <boost/date_time.hpp>",
        "#include <nlohmann/json.hpp>",
        "#include <span>",  # not C++17
        "#include <unistd.h>",
        "#include <stdint.h>",
        "#include <seatbook/types.hpp>",
        '#include "types.hpp"',
        '#include "model/tables.hpp"',
        '#include "seatbook/../../src/model/tables.hpp"',
        'void f() { std::cerr << "x"; }',
    ],
    "src/text": [
        "#include <boost/multi_index_container.hpp>",
        "#include <boost/algorithm/string.hpp>",
        "#include <nlohmann/json.hpp>",
        '#include "model/tables.hpp"',
        "#include <format>",
        "#include TEXT_HEADER",
    ],
    "src/types": ['#include "text/utf8.hpp"', "#include <nlohmann/json.hpp>"],
    "src/codec": ['#include "model/tables.hpp"', '#include "storage/memory.hpp"'],
    "src/imports": [
        "#include <mutex>",
        '#include "views/roster.hpp"',
        '#include "book/lock.hpp"',
        '#include "seatbook/storage.hpp"',
    ],
    "src/exports": ['#include "views/roster.hpp"', '#include "seatbook/book.hpp"'],
    "src/model": [
        "#include <boost/date_time/gregorian/gregorian.hpp>",
        "#include <nlohmann/json.hpp>",
        '#include "rules/seats.hpp"',
        '#include "seatbook/book.hpp"',
        '#include "storage/memory.hpp"',
        "void f() { rows.modify(at, change); }",
        "void f() { index->modify_key(at, change); }",
    ],
    "src/rules": [
        "#include <boost/multi_index/key.hpp>",
        "#include <mutex>",
        "#include <thread>",
        "#include <shared_mutex>",
        "#include <condition_variable>",
        "#include <future>",
        "#include <chrono>",
        "#include <fstream>",
        "#include <filesystem>",
        "#include <random>",
        "#include <ctime>",
        "#include <iostream>",
        '#include "seatbook/clock.hpp"',
        '#include "seatbook/book.hpp"',
        '#include "seatbook/seatbook.hpp"',
        '#include "seatbook/storage.hpp"',
        '#include "storage/memory.hpp"',
        '#include "views/seat_list.hpp"',
        '#include "seats.hpp"',
    ],
    "src/views": [
        "#include <nlohmann/json.hpp>",
        "#  include <mutex>",
        '#include "rules/seats.hpp"',
        '#include "book/lock.hpp"',
    ],
    "src/storage": [
        "#include <sqlite3.h>",
        "#include <libpq-fe.h>",
        "#include <boost/multi_index_container.hpp>",
        '#include "rules/seats.hpp"',
        '#include "model/tables.hpp"',
        '#include "views/history.hpp"',
        '#include "book/lock.hpp"',
        '#include "seatbook/book.hpp"',
    ],
    "src/csv": [
        '#include "seatbook/book.hpp"',
        '#include "seatbook/imports.hpp"',
        '#include "rules/roster.hpp"',
        '#include "views/roster.hpp"',
        '#include "model/tables.hpp"',
        '#include "storage/memory.hpp"',
    ],
    "src/book": [
        "#include <boost/multi_index_container.hpp>",
        "#include <sqlite3.h>",
        "void f() { std::cout << 1; }",
        'void f() { printf("x"); }',
        'void f() { std::fprintf(file, "x"); }',
        "void f() { abort(); }",
        "void f() { std::abort (); }",
        "void f() { std::terminate(); }",
    ],
    "bindings/python/src": [
        "#include <sqlite3.h>",
        "#include <nlohmann/json.hpp>",
        '#include "rules/seats.hpp"',
        '#include "book/engine.hpp"',
        '#include "values.hpp"',
    ],
    "capi/include": ["#include <stdbool.h>", '#include "seatbook/seatbook.hpp"'],
    "capi/abi": ['#include "seatbook/seatbook.hpp"'],
    "bindings/go": ['#include "seatbook/seatbook.hpp"', '#include "common/members.hpp"'],
    "capi/src": ["#include <nlohmann/json.hpp>", '#include "book/engine.hpp"'],
    "capi/tools": ["#include <nlohmann/json.hpp>"],
    "bindings/common": ["#include <pybind11/pybind11.h>"],
    "src/secrets": ["int x;"],
}

ACCEPTED = {
    "include/seatbook/a.hpp": '#include <optional>\n#include "seatbook/types.hpp"\n',
    "src/types/a.cpp": "#include <boost/date_time/gregorian/gregorian_types.hpp>\n",
    "src/text/a.cpp": "#include <utf8proc.h>\n#include <chrono>\n",
    "src/codec/a.cpp": '#include "text/utf8.hpp"\n#include <nlohmann/json.hpp>\n',
    "src/model/a.cpp": '#include "model/a.hpp"\n#include "text/utf8.hpp"\n'
    "#include <boost/multi_index/key.hpp>\n#include <boost/multi_index_container.hpp>\n"
    "#include <span>\n",
    "src/rules/a.cpp": '#include "rules/a.hpp"\n#include "model/tables.hpp"\n#include <vector>\n'
    '#include "seatbook/records.hpp"\n',
    "src/imports/a.cpp": '#include "csv/reader.hpp"\n#include "rules/seats.hpp"\n',
    "src/views/deep/a.cpp": '#include "views/deep/a.hpp"\n#include "text/utf8.hpp"\n',
    "src/storage/a.cpp": '#include "storage/a.hpp"\n#include <mutex>\n#include <unistd.h>\n'
    "#include <nlohmann/json.hpp>\n",
    "src/storage/sqlite.cpp": "#include <sqlite3.h>\n",
    "src/storage/postgres/wire.cpp": "#include <libpq-fe.h>\n",
    "src/csv/a.cpp": '#include "csv/reader.hpp"\n#include "seatbook/csv.hpp"\n',
    "src/book/a.cpp": '#include "book/lock.hpp"\n#include "csv/reader.hpp"\n#include <thread>\n'
    "#include <pthread.h>\n"
    "// #include <sqlite3.h> and std::cout\n/* abort();\n#include <iostream>\n*/\n"
    "void f() { std::snprintf(b, 9'999, \"printf( %d // \", 1'0); call.abort(); p->exit(1); }\n"
    'auto g = R"x(" std::cerr ")x"; auto h = \'"\'; auto i = "\\" abort( ";\n',
    "bindings/python/src/a.cpp": '#include "python/src/values.hpp"\n#include <datetime.h>\n'
    '#include <pybind11/pybind11.h>\n#include "seatbook/sqlite.hpp"\n',
    "capi/include/a.h": '#include <stdint.h>\n#include "seatbook.h"\n',
    "capi/src/a.cpp": '#include "capi/src/guard.hpp"\n#include "seatbook.h"\n#include <new>\n'
    '#include "seatbook/sqlite.hpp"\n#include "common/members.hpp"\n',
    "capi/abi/a.h": '#include <stddef.h>\n#include "seatbook.h"\n',
    "bindings/go/a.h": '#include <stdlib.h>\n#include "seatbook.h"\n',
    "bindings/common/a.hpp": '#include <vector>\n#include "seatbook/seatbook.hpp"\n',
    "src/book/notes.txt": "std::cout\n",
}


class CheckIncludesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def run_check(self):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = check_includes.main([str(self.root)])
        return status, out.getvalue().splitlines()

    def test_each_violation_is_found_at_its_line(self):
        expected = []
        for folder, texts in REFUSED.items():
            for index, text in enumerate(texts):
                path = f"{folder}/bad{index:02}.cpp"
                line = 1 if folder == "src/secrets" else 2
                self.write(path, f"// a comment\n{text}\n")
                expected.append((f"{path}:{line}", text))
        status, lines = self.run_check()
        self.assertEqual(status, 1)
        found = [":".join(line.split(":")[:2]) for line in lines[:-1]]
        for place, text in expected:
            with self.subTest(place, text=text):
                self.assertEqual(found.count(place), 1)
        self.assertEqual(len(found), len(expected))

    def test_valid_files_pass(self):
        for path, text in ACCEPTED.items():
            self.write(path, text)
        status, lines = self.run_check()
        self.assertEqual(lines, [f"include boundaries: {len(ACCEPTED) - 1} files, 0 violations"])
        self.assertEqual(status, 0)

    def test_every_row_of_the_table_is_tested(self):
        tops = set(REFUSED)
        rows = {"include/seatbook" if row == "include" else row for row in check_includes.FOLDERS}
        self.assertEqual(tops - {"src/secrets"}, rows)

    def test_nothing_to_check_is_an_error(self):
        self.assertEqual(self.run_check()[0], 2)


if __name__ == "__main__":
    unittest.main()

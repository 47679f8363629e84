#!/usr/bin/env python3
"""Tests which host programs compile with the public headers, and the compilers' warnings.

    hosts_test.py COMPILER [COMPILER ...] INCLUDE_FOLDER
"""

import shutil
import subprocess
import sys
import unittest

COMPILERS, FOLDER = [], None

WITHOUT_EXCEPTIONS = """
#include "seatbook/chrono.hpp"
#include "seatbook/ostream.hpp"
#include "seatbook/seatbook.hpp"
#include "seatbook/sqlite.hpp"
#include "seatbook/postgres.hpp"

int add(seatbook::Session& desk) {
  seatbook::AddPerson ada;
  ada.name = "Ada";
  const auto added = desk.add_person(ada);
  if (!added) return static_cast<int>(added.error().code);
  const bool may = desk.can(seatbook::Operation::assign);
  return added->person == (*added).person && may ? 0 : 1;
}
"""

DANGLING = """
#include "seatbook/seatbook.hpp"

std::size_t names(const seatbook::Session& desk, const seatbook::RosterQuery& query) {
  std::size_t bytes = 0;
  %s
  return bytes;
}
"""
LOOP_OVER_TEMPORARY = "for (const auto& row : desk.roster(query)->rows) bytes += row.name.size();"
REFERENCE_TO_TEMPORARY = "const auto& rows = desk.roster(query)->rows; bytes += rows.size();"
OVER_A_VALUE = "for (const auto& row : desk.roster(query).value().rows) bytes += row.name.size();"


def try_compile(compiler, source, *options):
    command = [compiler, "-std=c++17", "-Wall", "-Wextra", "-Werror", *options, "-fsyntax-only",
               "-I", FOLDER, "-x", "c++", "-"]  # fmt: skip
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


class Hosts(unittest.TestCase):
    def test_programs_without_exceptions(self):
        for compiler in COMPILERS:
            with self.subTest(compiler):
                compiles, output = try_compile(compiler, WITHOUT_EXCEPTIONS, "-fno-exceptions")
                self.assertTrue(compiles, output)
                throwing = WITHOUT_EXCEPTIONS.replace("*added)", "added.value())")
                self.assertTrue(try_compile(compiler, throwing)[0])
                compiles, output = try_compile(compiler, throwing, "-fno-exceptions")
                self.assertFalse(compiles)
                self.assertIn("value", output)

    def test_clang_warns_of_references_into_a_destroyed_result(self):
        clang = [compiler for compiler in COMPILERS if "clang" in compiler]
        if not clang:
            self.skipTest("no clang")
        for body in (LOOP_OVER_TEMPORARY, REFERENCE_TO_TEMPORARY):
            compiles, output = try_compile(clang[0], DANGLING % body)
            self.assertFalse(compiles, body)
            self.assertIn("-Wdangling", output)
        compiles, output = try_compile(clang[0], DANGLING % OVER_A_VALUE)
        self.assertTrue(compiles, output)


if __name__ == "__main__":
    *compilers, FOLDER = sys.argv[1:]
    for name in [*compilers, "clang++-19"]:
        if shutil.which(name) and name not in COMPILERS:
            COMPILERS.append(name)
    unittest.main(argv=sys.argv[:1])

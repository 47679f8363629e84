#!/usr/bin/env python3
"""Compares the docstrings, constants and choices of the stub with the module.

tools/check_types.py compares the names, the parameters and the defaults.
"""

import ast
import inspect
import pathlib
import unittest

import seatbook

STUB = ast.parse(pathlib.Path(seatbook.__file__).with_name("_core.pyi").read_text("utf-8"))


class Stub(unittest.TestCase):
    def test_docstrings_are_those_of_the_module(self):
        compared = 0
        for kind in STUB.body:
            for member in kind.body if isinstance(kind, ast.ClassDef) else ():
                if isinstance(member, ast.FunctionDef) and ast.get_docstring(member):
                    with self.subTest(f"{kind.name}.{member.name}"):
                        value = inspect.getattr_static(getattr(seatbook, kind.name), member.name)
                        self.assertEqual(ast.get_docstring(member), inspect.getdoc(value))
                    compared += 1
        self.assertGreater(compared, 400)

    def test_constants_have_the_values_of_the_module(self):
        constants = {
            line.target.id: line.value and ast.literal_eval(line.value)
            for line in STUB.body
            if isinstance(line, ast.AnnAssign) and line.target.id.isupper()
        }
        self.assertEqual(set(constants), {name for name in seatbook.__all__ if name.isupper()})
        for name, value in constants.items():
            if value is not None:
                self.assertEqual(value, getattr(seatbook, name), name)

    def test_choices_are_those_that_calls_accept(self):
        names = {
            line.targets[0].id[: -len("Name")]: ast.literal_eval(line.value.slice)
            for line in STUB.body
            if isinstance(line, ast.Assign) and line.targets[0].id.endswith("Name")
        }
        self.assertIn("super-admin", names["Role"])
        self.assertGreater(len(names), 10)
        with seatbook.open() as book:
            for role in names["Role"]:
                book.session("desk", role=role)
            book.session("desk", permissions=names["Permission"])
            desk = book.session("desk", role="super-admin")
            for operation in names["Operation"]:
                self.assertTrue(desk.can(operation))
            for kind in names["HistoryKind"]:
                desk.history(kind=kind)
            for state in names["PersonState"]:
                desk.people(state=state)
            for sort in names["SeatSort"]:
                desk.seat_list(sort=sort)
            for by in names["UtilizationBy"]:
                desk.utilization(by=by)


if __name__ == "__main__":
    unittest.main()

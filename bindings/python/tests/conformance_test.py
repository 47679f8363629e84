#!/usr/bin/env python3
"""Runs every conformance case on the Python package; see conformance.py.

    conformance_test.py [NAME ...]    (names of tests, as for unittest)

Without names, every case must run; a skipped case fails the run.
"""

import re
import sys
import unittest

import conformance


def identifier(text):
    return re.sub(r"[^0-9A-Za-z]+", "_", text).strip("_").lower()


SPECS = conformance.read_operations()
CASES = conformance.read_cases()
DONE = set()


class Conformance(unittest.TestCase):
    """One test per case."""


class Operations(unittest.TestCase):
    def test_match_operations_json(self):
        conformance.check_operations(SPECS)


class Mistakes(unittest.TestCase):
    """Checks that the runner detects mistakes in cases."""

    def play(self, *steps, **members):
        data = {"name": "made up", "rules": [], "steps": list(steps), **members}
        case = conformance.Case(conformance.FOLDER / "made_up.json", data)
        conformance.play_in_new_folder(SPECS, case)

    def assert_fails(self, message, *steps, **members):
        with self.assertRaisesRegex(conformance.CaseError, message):
            self.play(*steps, **members)

    def test_a_correct_case_passes(self):
        self.play({"do": "add_person", "args": {"name": "Ada"}, "expect": {"ok": {"person": 1}}})

    def test_unknown_names(self):
        add = {"do": "add_person", "args": {"name": "Ada"}}
        self.assert_fails("unknown operation", {"do": "add_persons"})
        self.assert_fails("unknown member title", {"do": "add_person", "args": {"title": "Ada"}})
        self.assert_fails("unknown member expects", {**add, "expects": {"error": "required"}})
        self.assert_fails("unknown member failure", {**add, "expect": {"failure": "required"}})
        self.assert_fails("unknown member service", {**add, "as": {"service": "root"}})
        self.assert_fails("unknown member step", add, step=1)
        self.assert_fails("no saved id", {"do": "get_person", "args": {"person": "$ada"}})
        self.assert_fails("saved twice", {**add, "save": "ada"}, {**add, "save": "ada"})
        self.assert_fails("returns no id", {"do": "check", "save": "ada"})
        self.assert_fails(
            "unknown permission", {**add, "as": {"actor": "a", "permissions": ["fly"]}}
        )

    def test_other_results(self):
        add = {"do": "add_person", "args": {"name": "Ada"}}
        self.assert_fails("did not fail", {**add, "expect": {"error": "required"}})
        self.assert_fails("/person: expected 2, got 1", {**add, "expect": {"ok": {"person": 2}}})
        self.assert_fails("unexpected member", {**add, "expect": {"exactly": {"person": 1}}})
        self.assert_fails("no member id", {**add, "expect": {"ok": {"id": 1}}})
        failing = {"do": "add_person", "args": {"name": ""}}
        self.assert_fails("failed: ", failing)
        self.assert_fails("/error", {**failing, "expect": {"error": "email_taken"}})
        self.assert_fails(
            "/field", {**failing, "expect": {"error": "required", "field": "email"}}
        )
        revoke = {"do": "revoke_all", "args": {"person": "$ada", "dry_run": True}}
        self.assert_fails(
            "/dry_run", {**add, "save": "ada"}, {**revoke, "expect": {"ok": {"dry_run": 1}}}
        )


def add_test(case):
    def test(self):
        conformance.play_in_new_folder(SPECS, case)
        DONE.add(case.name)

    name = f"test_{identifier(case.topic)}__{identifier(case.name)}"
    if hasattr(Conformance, name):
        raise conformance.CaseError(f"two cases have the test name {name}")
    test.__doc__ = f"{case.topic}: {case.name}"
    setattr(Conformance, name, test)


for each in CASES:
    add_test(each)


def main():
    print(f"{len(CASES)} conformance cases", flush=True)
    program = unittest.main(exit=False)
    everything = all(word.startswith("-") and not word.startswith("-k") for word in sys.argv[1:])
    if not program.result.wasSuccessful() or program.result.skipped:
        sys.exit(1)
    if everything and DONE != {case.name for case in CASES}:
        sys.exit("not every case has run")


if __name__ == "__main__":
    main()

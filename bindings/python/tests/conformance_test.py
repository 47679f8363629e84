#!/usr/bin/env python3
"""Every conformance case on the Python package; see conformance.py.

    conformance_test.py [NAME ...]    (of tests, as unittest takes them)

Without names, every case has to be played: one that was skipped fails the run.
"""

import re
import sys
import unittest

import conformance


def identifier(text):
    return re.sub(r"[^0-9A-Za-z]+", "_", text).strip("_").lower()


PROMISES = conformance.read_operations()
CASES = conformance.read_cases()
PLAYED = set()


class Conformance(unittest.TestCase):
    """One test a case."""


class Operations(unittest.TestCase):
    def test_are_those_of_operations_json_and_take_the_same_members(self):
        conformance.check_operations(PROMISES)


class Mistakes(unittest.TestCase):
    """A runner that overlooks what is wrong with a case would prove nothing."""

    def play(self, *steps, **members):
        data = {"name": "made up", "rules": [], "steps": list(steps), **members}
        case = conformance.Case(conformance.FOLDER / "made_up.json", data)
        conformance.play_in_new_folder(PROMISES, case)

    def assert_fails(self, message, *steps, **members):
        with self.assertRaisesRegex(conformance.CaseError, message):
            self.play(*steps, **members)

    def test_what_is_right_passes(self):
        self.play({"do": "add_person", "args": {"name": "Ada"}, "expect": {"ok": {"person": 1}}})

    def test_unknown_names(self):
        add = {"do": "add_person", "args": {"name": "Ada"}}
        self.assert_fails("no operation", {"do": "add_persons"})
        self.assert_fails("no member nome", {"do": "add_person", "args": {"nome": "Ada"}})
        self.assert_fails("no member expects", {**add, "expects": {"error": "required"}})
        self.assert_fails("no member erorr", {**add, "expect": {"erorr": "required"}})
        self.assert_fails("no member acter", {**add, "as": {"acter": "root"}})
        self.assert_fails("no member step", add, step=1)
        self.assert_fails("nobody has saved", {"do": "get_person", "args": {"person": "$ada"}})
        self.assert_fails("saved twice", {**add, "save": "ada"}, {**add, "save": "ada"})
        self.assert_fails("answers no id", {"do": "check", "save": "ada"})
        self.assert_fails("no permission", {**add, "as": {"actor": "a", "permissions": ["fly"]}})

    def test_other_answers(self):
        add = {"do": "add_person", "args": {"name": "Ada"}}
        self.assert_fails("not refused", {**add, "expect": {"error": "required"}})
        self.assert_fails("/person: expected 2, got 1", {**add, "expect": {"ok": {"person": 2}}})
        self.assert_fails("too many", {**add, "expect": {"exactly": {"person": 1}}})
        self.assert_fails("no member id", {**add, "expect": {"ok": {"id": 1}}})
        refused = {"do": "add_person", "args": {"name": ""}}
        self.assert_fails("refused", refused)
        self.assert_fails("/error", {**refused, "expect": {"error": "email_taken"}})
        self.assert_fails(
            "/field", {**refused, "expect": {"error": "required", "field": "email"}}
        )
        revoke = {"do": "revoke_all", "args": {"person": "$ada", "dry_run": True}}
        self.assert_fails(
            "/dry_run", {**add, "save": "ada"}, {**revoke, "expect": {"ok": {"dry_run": 1}}}
        )


def add_test(case):
    def test(self):
        conformance.play_in_new_folder(PROMISES, case)
        PLAYED.add(case.name)

    name = f"test_{identifier(case.topic)}__{identifier(case.name)}"
    if hasattr(Conformance, name):
        raise conformance.CaseError(f"two cases would be the test {name}")
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
    if everything and PLAYED != {case.name for case in CASES}:
        sys.exit("not every case was played")


if __name__ == "__main__":
    main()

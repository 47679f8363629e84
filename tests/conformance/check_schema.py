#!/usr/bin/env python3
"""Checks the conformance case files against schema.json.

    check_schema.py [FOLDER]

FOLDER holds schema.json, operations.json and cases/. The default is the folder of this script.
In addition to the schema it checks that case names are unique, that each operation, argument and
code is in operations.json, and that rules are numbers of docs/rules.md if that file exists.

Prints each mistake as `file: path: message`. Exit status: 0 no mistakes, 1 mistakes, 2 no cases.
"""

import json
import re
import sys
from pathlib import Path

import jsonschema

RULES = Path(__file__).resolve().parents[2] / "docs" / "rules.md"


def path_of(parts):
    """Returns "/cases/3/steps/0" for ["cases", 3, "steps", 0]."""
    return "/" + "/".join(str(part) for part in parts)


def unique_members(pairs):
    """Returns the object; raises ValueError for a duplicate member, which json.load ignores."""
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f'duplicate member "{name}"')
    return dict(pairs)


def load(path):
    return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=unique_members)


def deepest(error):
    """Returns the error of the best matching branch of an anyOf or oneOf."""
    best = jsonschema.exceptions.best_match([error])
    return best if best is not None else error


def schema_mistakes(validator, data):
    for error in sorted(validator.iter_errors(data), key=lambda error: list(map(str, error.path))):
        error = deepest(error)
        yield path_of(error.absolute_path), error.message[:300]


class Known:
    """The operations, arguments, codes and rules that cases may name."""

    def __init__(self, operations, rules):
        self.requests = {entry["name"]: set(entry["request"]) for entry in operations["operations"]}
        self.codes = {code for entry in operations["operations"] for code in entry["codes"]}
        self.codes.update(*(operations["common"][group] for group in ("shown_once", "excluded")))
        self.rules = rules

    def mistakes(self, case):
        for number in case["rules"]:
            if self.rules and number not in self.rules:
                yield "/rules", f"docs/rules.md has no rule {number}"
        for code in case.get("order", []):
            if code not in self.codes:
                yield "/order", f"operations.json has no code {code}"
        for at, step in enumerate(case["steps"]):
            for where, what in self.step_mistakes(step):
                yield f"/steps/{at}{where}", what

    def step_mistakes(self, step):
        if "do" not in step:
            return
        if step["do"] not in self.requests:
            yield "/do", f"operations.json has no operation {step['do']}"
            return
        for member in step.get("args", {}):
            if re.sub("_b64$", "", member) not in self.requests[step["do"]]:
                yield f"/args/{member}", f"{step['do']} takes no {member}"
        code = step.get("expect", {}).get("error")
        if code is not None and code not in self.codes:
            yield "/expect/error", f"operations.json has no code {code}"


def rule_numbers():
    if not RULES.exists():
        return set()
    return set(re.findall(r"^\|\s*([ABC][0-9]+)\s*\|", RULES.read_text(encoding="utf-8"), re.M))


def file_mistakes(path, validator, known, names):
    """Yields (path in the file, message); adds the names of the file's cases to `names`."""
    if path.suffix != ".json":
        yield "/", "not a case file"
        return
    try:
        data = load(path)
    except ValueError as error:
        yield "/", str(error)
        return
    mistakes = list(schema_mistakes(validator, data))
    yield from mistakes
    if mistakes:
        return
    for at, case in enumerate(data["cases"]):
        if case["name"] in names:
            yield f"/cases/{at}/name", f'"{case["name"]}" is also in {names[case["name"]]}'
        names.setdefault(case["name"], path.name)
        for where, what in known.mistakes(case):
            yield f"/cases/{at}{where}", f'{what} ("{case["name"]}")'


def main(folder):
    schema = load(folder / "schema.json")
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    known = Known(load(folder / "operations.json"), rule_numbers())
    files = sorted(path for path in (folder / "cases").rglob("*") if path.is_file())
    names = {}
    failed = False
    for path in files:
        for where, what in file_mistakes(path, validator, known, names):
            print(f"{path}: {where}: {what}")
            failed = True
    if not names and not failed:
        print(f"{folder}: no cases")
        return 2
    if not failed:
        print(f"{len(names)} cases in {len(files)} files")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent))

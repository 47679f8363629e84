"""Checks real payloads, and the examples of docs/reference/events.md, against the schema.

usage: event_schema_test.py PAYLOADS.jsonl    (one JSON object a line, left by the unit tests)
"""

import json
import pathlib
import re
import sys

import jsonschema

REFERENCE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "reference"


def main(arguments):
    if len(arguments) != 1:
        sys.exit(__doc__)
    schema = json.loads((REFERENCE / "events.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    jsonschema.Draft7Validator.check_schema(schema)

    lines = pathlib.Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    payloads = [json.loads(line) for line in lines]
    examples = [
        json.loads(block)
        for block in re.findall(
            r"```json\n(.*?)```", (REFERENCE / "events.md").read_text(encoding="utf-8"), re.S
        )
    ]
    for what, objects in (("payloads", payloads), ("examples", examples)):
        types = {thing["type"] for thing in objects}
        if not {"software.assigned", "seats.granted"} <= types:
            sys.exit(f"{what}: expected events and notifications, found {sorted(types)}")
        for thing in objects:
            validator.validate(thing)
    # A schema that takes anything would have passed so far.
    broken = dict(payloads[0])
    del broken["actor"]
    if validator.is_valid(broken):
        sys.exit("the schema takes an event without an actor")
    print(f"{len(payloads)} payloads and {len(examples)} examples fit the schema")


if __name__ == "__main__":
    main(sys.argv[1:])

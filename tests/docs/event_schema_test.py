"""Checks the payloads of the unit tests and the examples of docs/reference/events.md.

usage: event_schema_test.py PAYLOADS.jsonl    (one JSON object per line, written by the unit tests)
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
    validator_class = jsonschema.validators.validator_for(schema)
    validator_class.check_schema(schema)
    validator = validator_class(schema)

    lines = pathlib.Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    payloads = [json.loads(line) for line in lines]
    examples = [
        json.loads(block)
        for block in re.findall(
            r"```json\n(.*?)```", (REFERENCE / "events.md").read_text(encoding="utf-8"), re.S
        )
    ]
    for name, objects in (("payloads", payloads), ("examples", examples)):
        types = {item["type"] for item in objects}
        if not {"software.assigned", "seats.granted"} <= types:
            sys.exit(f"{name}: expected events and notifications, found {sorted(types)}")
        for item in objects:
            validator.validate(item)
    # A schema that accepts everything would have passed until here.
    broken = dict(payloads[0])
    del broken["actor"]
    if validator.is_valid(broken):
        sys.exit("the schema accepts an event without an actor")
    print(f"{len(payloads)} payloads and {len(examples)} examples match the schema")


if __name__ == "__main__":
    main(sys.argv[1:])

#!/usr/bin/env python3
"""Generates what follows from the description of the C API, in every language.

    generate.py                        write all files from capi/seatbook.api.json
    generate.py --describe PROGRAM     first describe the C++ API anew, with seatbook_capi_describe
    generate.py --check [...]          write nothing; fail if a file would change

description.py builds the description. Each of c.py, go.py, node.py and python.py has a function
files(description), which returns the text of each file by its path below the project's root.
"""

import argparse
import importlib
import json
import subprocess
import sys

import description
import text

PROJECT = description.PROJECT
API = "capi/seatbook.api.json"
LANGUAGES = ("c", "go", "node", "python")


def table_text(table):
    """Formats the description as JSON with one line for each entry."""
    lines = ["{"]
    for at, (name, entries) in enumerate(table.items()):
        lines.append(f"  {json.dumps(name)}: [")
        lines.extend(
            f"    {json.dumps(entry, ensure_ascii=False)}{',' if n + 1 < len(entries) else ''}"
            for n, entry in enumerate(entries)
        )
        lines.append("  ]" + ("," if at + 1 < len(table) else ""))
    return "\n".join([*lines, "}"]) + "\n"


def described_by(program):
    run = subprocess.run([program], check=True, capture_output=True, text=True)
    return description.Builder(json.loads(run.stdout)).description()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--describe", metavar="PROGRAM")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    if arguments.describe:
        described = described_by(arguments.describe)
    else:
        described = json.loads((PROJECT / API).read_text("utf-8"))
    files, missing = {API: table_text(described)}, None
    for language in LANGUAGES:
        try:
            files |= importlib.import_module(language).files(described)
        except text.ToolMissing as tool:
            missing = f"not {'checked' if arguments.check else 'written'}: {tool}"
    stale = []
    for name, content in files.items():
        path = PROJECT / name
        if path.exists() and path.read_text("utf-8") == content:
            continue
        stale.append(name)
        if not arguments.check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, "utf-8")
    if arguments.check and stale:
        sys.exit("not up to date, run tools/bindgen/generate.py: " + ", ".join(stale))
    print(f"{len(described['operations'])} operations, {len(described['shapes'])} types of rows: "
          + (f"wrote {', '.join(stale)}" if stale else "all files up to date"))  # fmt: skip
    if missing and not arguments.check:
        sys.exit(missing)
    if missing:
        print(missing)


if __name__ == "__main__":
    main()
